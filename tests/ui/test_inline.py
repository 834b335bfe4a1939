"""Emphasis beside Chinese, Japanese and Korean (fault U2); tags, bare addresses and cells with code (fault U3)."""

from __future__ import annotations

import re

import pytest

from app.ui.markdown import LiveText, Markdown


def render(text: str) -> str:
    """The HTML; of a link only where it leads."""
    markdown = Markdown()
    html = "".join(markdown.block(source) for source in markdown.blocks(text))
    return re.sub(r'<a href="([^"]*)"[^>]*>', r"<a \1>", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("这是**“重要”**的内容", "这是<strong>“重要”</strong>的内容"),
        ("**注意：**请保存。", "<strong>注意：</strong>请保存。"),
        ("これは**「重要」**です。", "これは<strong>「重要」</strong>です。"),
        ("**한국어(Korean)**는", "<strong>한국어(Korean)</strong>는"),
        ("请看*《论语》*吧", "请看<em>《论语》</em>吧"),
        ("**API(接口)**是什么", "<strong>API(接口)</strong>是什么"),
        ("~~（旧）~~新", "<s>（旧）</s>新"),
        ("**「あ」**と**『い』**", "<strong>「あ」</strong>と<strong>『い』</strong>"),
        ("葛󠄀**(かつら)**城", "葛󠄀<strong>(かつら)</strong>城"),
        ("**漢字** かな", "<strong>漢字</strong> かな"),
        ("2**3**4 and ** not **", "2<strong>3</strong>4 and ** not **"),
        ('a**"b"**c', "a**&quot;b&quot;**c"),
        ("snake_case_名", "snake_case_名"),
        ("中_文_字", "中_文_字"),
        ("** 空白 **", "** 空白 **"),
        ("👍**(yes)**no", "👍**(yes)**no"),
    ],
)
def test_emphasis_beside_cjk(text: str, html: str) -> None:
    assert render(text).replace("&#x27;", "'") == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a<br>b<br/>c<BR />d", "a<br>b<br>c<br>d"),
        ("H<sub>2</sub>O, x<sup>n+1</sup>", "H<sub>2</sub>O, x<sup>n+1</sup>"),
        ("<kbd>Ctrl</kbd>+<KBD>C</KBD>", "<kbd>Ctrl</kbd>+<kbd>C</kbd>"),
        ("x<sub>*i* &lt; 1</sub>", "x<sub><em>i</em> &lt; 1</sub>"),
        ("x<sub>a<sup>2</sup></sub>", "x<sub>a<sup>2</sup></sub>"),
        ("`a<br>b`", "<code>a&lt;br&gt;b</code>"),
        ("<sub>open", "&lt;sub&gt;open"),
        ("close</sub>", "close&lt;/sub&gt;"),
        ("<sub></sub>", "&lt;sub&gt;&lt;/sub&gt;"),
        ("<sub onclick=x>1</sub>", "&lt;sub onclick=x&gt;1&lt;/sub&gt;"),
        ("<b>no</b><br onload=x>", "&lt;b&gt;no&lt;/b&gt;&lt;br onload=x&gt;"),
        ("<sub><script>1</script></sub>", "<sub>&lt;script&gt;1&lt;/script&gt;</sub>"),
    ],
)
def test_a_few_tags_are_drawn_and_all_others_are_words(text: str, html: str) -> None:
    assert render(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("https://a.example", "https://a.example", ""),
        ("See http://a.example/x.", "http://a.example/x", "."),
        ("(https://a.example/b_c_d)", "https://a.example/b_c_d", ")"),
        ("https://a.example/wiki/A_(b), and", "https://a.example/wiki/A_(b)", ", and"),
        ("请看https://a.example/x。谢谢", "https://a.example/x", "。谢谢"),
        ("**https://a.example/x**", "https://a.example/x", ""),
        ("https://a.example/?a=1&b=2#c!", "https://a.example/?a=1&amp;b=2#c", "!"),
    ],
)
def test_a_bare_address_is_a_link_without_the_signs_around_it(text: str, address: str, after: str) -> None:
    html = render(text)
    assert f"<a {address}>{address}</a>" in html
    assert re.sub(r"<[^>]*>", "", html.rpartition("</a>")[2]) == after


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.example`",
        "http://",
        "https:// a.example",
        "xhttps://a.example",
        "javascript://a.example/%0aalert(1)",
        "ftp://a.example",
        "file:///etc/passwd",
    ],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a " not in render(text)


def test_the_words_of_a_link_hold_no_second_one() -> None:
    assert render("[see https://b.example](https://a.example)") == (
        "<p><a https://a.example>see https://b.example</a></p>"
    )
    assert render("<https://a.example>").count("<a ") == 1


def test_code_with_a_bar_and_tags_stay_in_their_cells() -> None:
    html = render("| a | b | c |\n|---|---|---|\n| `x\\|y` | m<br>n | last |")
    assert re.findall(r"<td>(.*?)</td>", html) == ["<code>x|y</code>", "m<br>n", "last"]


def test_a_formula_in_a_tag_still_waits_for_the_typesetter() -> None:
    markdown = Markdown()
    assert [job.text for job in markdown.pending("a<sub>$x$</sub>")] == ["x"]


def test_it_looks_the_same_while_it_grows() -> None:
    text = "これは**「重要」**です。See https://a.example/b_c. H<sub>2</sub>O<br>\n\nEnd."
    markdown = Markdown()
    live = LiveText(markdown, "t")
    for piece in (text[:30], text[30:], "\n\nAnd more.\n"):
        live.push(piece)
        live.redraw()
    shown = "".join(markdown.block(one.source) for one in live.closed)
    assert shown == "".join(markdown.block(source) for source in markdown.blocks(text)[: len(live.closed)])
    assert live.closed
