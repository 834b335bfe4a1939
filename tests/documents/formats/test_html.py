"""Web pages: what a person would see, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.documents.formats.html import markup_of, words_of
from tests.documents.truth import headings_of, reading_of

PAGE = """<!doctype html><html lang="de-AT"><head><title>Die
 Gezeiten</title><style>p { color: red }</style><script>document.write("run")</script></head>
<body><nav><a href="/">Start</a></nav><h1>Ebbe &amp; <em>Flut</em></h1><p>Zweimal<br>am&nbsp;Tag.
<p hidden>versteckt</p><div style="display: NONE">weg <p>auch</p></div><table><tr><th>Ort</th><th>Zeit</th></tr>
<tr><td>Cuxhaven<td>06:12</table><pre>a
  b</pre><h2>Nipp</h2>Ende<template>nie</template><noscript>nie</noscript></body></html>"""


def test_a_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    reading = reading_of(path)
    assert (reading.title, reading.language) == ("Die Gezeiten", "de")
    assert reading.pages[0].text.split("\n") == [
        *("Ebbe & Flut", "Zweimal", "am Tag.", "Ort Zeit", "Cuxhaven 06:12", "a", "  b", "Nipp", "Ende")
    ]
    assert headings_of(reading) == [(1, "Ebbe & Flut", 1), (2, "Nipp", 1)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('<meta charset="utf-8">é'.encode(), "é"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">é €'.encode("cp1252"), "é €"),
        ('<meta charset="shift_jis">潮'.encode("shift_jis"), "潮"),
        ('<meta charset="none-such">é'.encode(), "é"),
        ('<meta charset="utf-8">é'.encode("cp1252"), "é"),
        ("\ufeff<p>é".encode("utf-16-le"), "é"),
    ],
)
def test_the_encoding_is_the_one_it_names(data: bytes, words: str) -> None:
    assert markup_of(data).endswith(words)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 50_000 + "deep",
        "<p" * 100_000,
        "<!--" * 100_000,
        "&" * 300_000,
        "</div>" * 50_000,
        '<a b="' * 50_000,
    ],
)
def test_a_page_without_end_is_read_in_time(markup: str) -> None:
    words_of(markup)


def test_a_footnote_is_told_apart() -> None:
    blocks = words_of('<p>Text</p><aside epub:type="footnote"><p>Note</p></aside><p>More</p>').blocks
    assert [(one.text, one.kind) for one in blocks] == [("Text", ""), ("Note", "footnote"), ("More", "")]


def test_in_xml_a_tag_may_close_itself() -> None:
    markup = (
        '<html><head><title/><script src="a.js"/></head><body><a id="x"/><div hidden=""/><p>Words</p></body></html>'
    )
    assert [one.text for one in words_of(markup, is_xml=True).blocks] == ["Words"]
    assert words_of(markup).blocks == [], "as a browser reads it, the script goes on to the end"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<form><h1>Page</h1><p>In a form<select><option>no</select></form>", "Page|In a form"),
        ("<ul><li style='display:none'>no<li>yes</ul>end", "yes|end"),
        ("<ul><li hidden>no<p>no</ul>end", "end"),
        ("<p hidden>no<p>yes<div>rest</div>", "yes|rest"),
        ("<table><tr hidden><td>no<tr><td>cell</table>end", "cell|end"),
        ("<p>漢字 <ruby>漢<rp>(<rt>かん<rp>)</ruby>字", "漢字 漢字"),
        (
            "<p>white<sup><a href='#fn1'>1</a></sup>, old<a href='n.html#2'><sup>[2]</sup></a>. x<sup>2</sup>",
            "white, old. x2",
        ),
        ("<p>See <a href='#x'>E = mc<sup>2</sup></a>", "See E = mc2"),
        ("<p>Note. <a href='#r' role='doc-backlink'>↩</a>", "Note."),
        ("<p>one <span epub:type='pagebreak'>12</span>word", "one word"),
        (
            "<p>So <span class='katex'><math><mi>a</mi><annotation encoding='application/x-tex'>\\alpha</annotation>"
            "</math><span class='katex-html'>a</span></span> holds.",
            "So \\alpha holds.",
        ),
        ("<p>So <math><mi>a</mi><mo>=</mo><mi>b</mi></math> holds.", "So a=b holds."),
    ],
)
def test_words_are_those_that_are_seen(markup: str, words: str) -> None:
    assert "|".join(block.text for block in words_of(markup).blocks) == words


def test_a_heading_may_hold_blocks_and_be_one_by_its_role() -> None:
    markup = (
        "<h2><div>Block</div></h2><p>a</p><h1>Title<p>text</p><div role=heading aria-level=3>Role</div>c<h2><a>Link"
    )
    levels = [(block.text, block.level) for block in words_of(markup).blocks]
    assert levels == [("Block", 2), ("a", 0), ("Title", 1), ("text", 0), ("Role", 3), ("c", 0), ("Link", 2)]


@pytest.mark.parametrize(
    ("named", "encoding", "words"),
    [("gb2312", "gb18030", "镕"), ("utf-16", "utf-8", "é"), ("x-sjis", "cp932", "①"), ("euc-kr", "cp949", "똠")],
)
def test_an_encoding_is_what_browsers_take_it_for(named: str, encoding: str, words: str) -> None:
    assert markup_of(f"<meta charset={named}>{words}".encode(encoding)).endswith(words)
