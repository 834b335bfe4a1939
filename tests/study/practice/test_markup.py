"""HTML of other programs' cards: what it says comes out as Markdown, and nothing of it runs or is fetched."""

from __future__ import annotations

import random

import pytest

from app.study.practice.markup import MOST, as_html, as_markdown, names_in, plain_text, renamed, without_hidden


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain words, 1755", "plain words, 1755"),
        ("Water <b>falls</b><br>\\(h = 2\\)", "Water **falls**<br>$h = 2$"),
        ("<div>a</div><div>b * c</div>", "a\n\nb \\* c"),
        ("<ul><li>one</li><li>two <i>x </i>y</li></ul>", "- one\n- two *x* y"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1. a\n\n   - b"),
        ('<img src="a b (1).png" onerror=x> z [sound:q.mp3]', "![](a%20b%20%281%29.png) z ![](q.mp3)"),
        ("<script>alert(1)</script><style>a{}</style><iframe src=x>in</iframe>kept", "kept"),
        ('<img src="https://a.example/x.png"><img src=../../up.png>none', "none"),
        ("<a href='javascript:x'>l</a>", "l"),
        ("{{c1::x <i>y</i>::h}} \\({{c3::x^{2}}}\\)", "{{c1::x *y*::h}} ${{c3::x^{2}}}$"),
        ("&lt;tag&gt; a_b $5 [x] | `c`", "\\<tag\\> a\\_b \\$5 &#91;x&#93; \\| \\`c\\`"),
        ("<pre>x = 1\ny &lt; 2</pre>", "```\nx = 1\ny < 2\n```"),
        ("<code>a*b</code>", "`a*b`"),
        ("[latex]\\LaTeX[/latex] [$$]b[/$$] [$]a&lt;b[/$] \\[c<br>d\\]", "$\\LaTeX$ $$b$$ $a<b$ $$c d$$"),
        ("<ruby>水<rt>みず</rt></ruby> H<sub>2</sub>O", "水(みず) H<sub>2</sub>O"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("<b>open <i>never shut", "**open *never shut***"),
        ("", ""),
    ],
)
def test_html_is_said_in_markdown(html: str, markdown: str) -> None:
    assert as_markdown(html) == markdown


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Water **falls**", "Water <strong>falls</strong>"),
        ("$h=2<3$ and \\$5", "\\(h=2&lt;3\\) and $5"),
        ("$$\na^2\n$$", "\\[a^2\\]"),
        ("![x](ab12.png)", '<img src="ab12.png" alt="x">'),
        ("{{c1::a *b*}} x", "{{c1::a <em>b</em>}} x"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("H<sub>2</sub>O <script>", "H<sub>2</sub>O &lt;script&gt;"),
    ],
)
def test_markdown_is_written_as_html(markdown: str, html: str) -> None:
    assert as_html(markdown) == html


def test_names_are_those_of_files_alone() -> None:
    html = '<img src="a%20b.png"><img src=\'c&amp;d.gif\'>[sound:e.mp3]<img src=http://x/y.png><img src="../z.png">'
    assert names_in(html) == ("a b.png", "c&d.gif", "e.mp3")


def test_plain_text_is_words_alone() -> None:
    html = "a <b>b</b><br>c &lt; 2 <STYLE>x</style>d<!-- e > f --><script>1 < 2</script >g < 3 <i>h</i>"
    assert plain_text(html) == "a b c < 2 dg < 3 h"
    assert without_hidden("<script>a<style>b</style>c<!-- d") == "<script>ac<!-- d"
    assert as_markdown("5 < 6 <b>x</b> <img") == "5 \\< 6 **x** \\<img"


ENDLESS = [
    "<", "<a ", "</", "</a ", "<?", "<!--", "<script>", '<a b="', "<a b=c<a", "<img ", "<img src=", "<br ", "\\(",
    "\\[", "[$]", "[latex]", "[sound:", "<b>", "<ul><li>", "x<br>", "<br>x ", "&",
]  # fmt: skip


@pytest.mark.parametrize("part", ENDLESS)
def test_what_is_begun_and_never_ended_is_read_once(part: str) -> None:
    text = part * (MOST // len(part))  # each of these was looked at anew to the end of the text: for hours
    assert len(plain_text(text)) <= MOST
    assert len(as_markdown(text)) < 30 * MOST
    assert names_in(text) == ()


def test_a_long_row_of_blank_lines_goes() -> None:
    assert as_markdown("a" + "<br>" * 40_000 + "b").count("<br>") == 40_000
    assert as_markdown("<br>" * 20_000 + "a" + "<br> " * 20_000) == "a"


def test_pictures_and_sounds_get_other_names() -> None:
    html = "a.png <img alt='x' src=a.png> <IMG src='b%20&amp;.png'>[sound:a.png][sound:c&amp;.mp3] <img src='c.png'"
    names = {"a.png": "a-1.png", "b &.png": "b &-2.png", "c&.mp3": "c&-3.mp3", "c.png": "no"}
    made = renamed(html, names)
    assert names_in(made) == ("a-1.png", "b &-2.png", "c&-3.mp3")
    assert made.startswith("a.png <img alt='x' src=\"a-1.png\"> <IMG")


def test_no_text_breaks_it() -> None:
    chance = random.Random(20)
    parts = [
        "<b>",
        "</b>",
        "<",
        ">",
        "&",
        "{{c1::",
        "}}",
        "\\(",
        "\\)",
        "[$]",
        "[/$]",
        "<pre>",
        "</ul>",
        "<li>",
        "a",
        "\n",
    ]
    parts += ["<script>", "</script>", "<img src='", "[sound:", "]", "\ue0000\ue001", "&#0;", "<!--", "<![CDATA["]
    for _ in range(500):
        text = "".join(chance.choices(parts, k=30))
        assert isinstance(as_markdown(text), str)
        assert isinstance(as_html(text), str)
        names_in(text)
