"""Markdown becomes safe HTML, block by block, also while it grows."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from app.core.html import Html, join
from app.ui.blocks import split, split_growing
from app.ui.citing import CHAT, NOTHING, Citing
from app.ui.markdown import Block, LiveText, Markdown
from app.ui.painter import TypesetJob

ELEMENTS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "button",
        "code",
        "del",
        "div",
        "em",
        "figcaption",
        "figure",
        "h2",
        "hr",
        "input",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ATTRIBUTES = frozenset(
    [
        "aria-label",
        "checked",
        "class",
        "dir",
        "data-align",
        "data-arg",
        "data-display",
        "data-level",
        "data-on",
        "data-plain",
        "disabled",
        "href",
        "id",
        "rel",
        "start",
        "tabindex",
        "target",
        "title",
        "type",
    ]
)


class Inspector(HTMLParser):
    """Fails on every element, attribute and address that the painter has no right to make."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name == "href":
                assert re.match(r"https?://|mailto:", value or "", re.IGNORECASE), value
            if name == "data-on":
                assert value in ("click:copy-code", "click:run-code")
        if tag not in ("br", "hr", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def inspect(html: str) -> None:
    """Check one piece of HTML, whole."""
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    assert inspector.open == []


def render(text: str, citing: Citing = NOTHING) -> str:
    """HTML of a text by a fresh renderer."""
    markdown = Markdown()
    return join([markdown.block(source, citing) for source in markdown.blocks(text)])


# --- what a person writes


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Hi **you**, *and* ~~not~~ `x < 1`",
            "<p>Hi <strong>you</strong>, <em>and</em> <s>not</s> <code>x &lt; 1</code></p>",
        ),
        ("# One\n\n###### Six", '<h2 data-level="1">One</h2><h2 data-level="6">Six</h2>'),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("> q\n> r", "<blockquote><p>q\nr</p></blockquote>"),
        ("a  \nb\n\n---", "<p>a<br>b</p><hr>"),
        ("", ""),
        (" \n\n ", ""),
        ("[x]: a.org", "<p>[x]: a.org</p>"),
        (r"\*not\* &amp; &lt;b&gt;", "<p>*not* &amp; &lt;b&gt;</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert render(text) == html


def test_a_table_scrolls_in_a_box_of_its_own_and_keeps_its_alignment() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert html.startswith('<div class="table" tabindex="0"><table><thead>')
    assert '<td data-align="right">2</td>' in html


def test_code_says_its_language_and_can_be_copied() -> None:
    assert render("```ruby\nputs 1\n```") == (
        '<figure class="code"><figcaption>ruby <button type="button" data-on="click:copy-code">Copy</button>'
        '</figcaption><pre tabindex="0"><code>puts 1\n</code></pre></figure>'
    )


def test_python_can_be_run_in_a_chat_and_nothing_else() -> None:
    runs = '<button type="button" data-on="click:run-code" data-arg="run">Run</button>'
    assert runs in render("```python\nprint(1)\n```", CHAT)
    assert runs in render("~~~ Py\nprint(1)\n~~~", CHAT)
    assert "run-code" not in render("```js\nalert(1)\n```", CHAT) + render("    print(1)", CHAT)
    assert "run-code" not in render("```python\nprint(1)\n```"), "in a note or on a card"


def test_a_task_list_shows_boxes() -> None:
    html = render("- [x] read\n- [ ] draw")
    assert html.count("<input") == 2
    assert html.count("checked") == 1


def test_a_link_opens_elsewhere_and_shows_where_it_goes() -> None:
    assert render('[a](https://b.org/c "Harmless")') == (
        '<p><a href="https://b.org/c" title="https://b.org/c" target="_blank" rel="noopener noreferrer">a</a></p>'
    )


def test_a_picture_is_a_link_and_never_loaded() -> None:
    assert ">a leaf</a>" in render("![a leaf](https://b.org/leaf.png)")
    inside = render("[![leaf](https://b.org/leaf.png)](https://c.org)")
    assert inside.count("<a ") == 1
    assert ">leaf</a>" in inside


# --- maths


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("so $x^2$ is", [TypesetJob("math", "x^2")]),
        (r"so \(a_b + c_d\) is", [TypesetJob("math", "a_b + c_d")]),
        ("so $$x$$ is", [TypesetJob("math", "x", display=True)]),
        (r"so \[ x \] is", [TypesetJob("math", "x", display=True)]),
        ("$$\nx\n\n- y\n$$", [TypesetJob("math", "x\n\n- y", display=True)]),
        ("\\[\nx\n\\]", [TypesetJob("math", "x", display=True)]),
        ("\\[ a\n- b \\]", [TypesetJob("math", "a\n- b", display=True)]),
        ("- item\n\n  $$\n  x\n  $$", [TypesetJob("math", "x", display=True)]),
        ("| $a$ |\n|---|\n| $b$ |", [TypesetJob("math", "a"), TypesetJob("math", "b")]),
    ],
)
def test_maths_is_found(text: str, jobs: list[TypesetJob]) -> None:
    assert Markdown().pending(text) == jobs


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6",
        "from $5 to $10",
        "US$5 or CA$6",
        r"\$x\$",
        "`$x$`",
        "```\n$x$\n```",
        "$ x $",
        "$$",
        "a $ b",
        r"\( \)",
        "$20,000 is $less than it was",
    ],
)
def test_money_and_code_are_not_maths(text: str) -> None:
    assert not [job for job in Markdown().pending(text) if job.kind == "math"]


def test_an_unfinished_formula_is_shown_as_it_stands() -> None:
    assert render("\\[ x +\nmore") == "<p>[ x +\nmore</p>"
    assert "x &lt; 1" in render("$$\nx < 1")


# --- blocks


# fmt: off
PIECES = (
    "a", "b c", "\n", "\n", "\n\n", "- ", "* ", "1. ", "2. ", "2) ", "> ", "```", "```py\n", "~~~", "$$", "$$\n", "\\[",
    "\\]", "\\[\n", "$", "| a | b |\n", "|---|---|\n", "#", "# ", "---", "===", "***", "    ", "  ", "\t", "`", "**",
    "[x]: http://a\n", "<div>", "<!--", "\\", "1", "\r\n", "](javascript:x)", "[", "![", "<http://a>", "&lt;", "\0",
)
# fmt: on


def texts(count: int, longest: int = 22) -> list[str]:
    """Texts made of everything that Markdown reacts to; always the same ones."""
    source = random.Random(7)
    return ["".join(source.choice(PIECES) for _ in range(source.randint(1, longest))) for _ in range(count)]


def test_closed_blocks_never_change_when_text_is_appended() -> None:
    for text in texts(400):
        whole = split(text)
        for end in range(len(text)):
            closed, _ = split_growing(text[:end])
            assert closed == whole[: len(closed)], (text, end)


def test_a_block_alone_is_one_block() -> None:
    for text in texts(1500):
        for source in split(text):
            assert split(source) == [source], text


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("1. a\n\n2", []),
        ("a\n\nb\n", ["a"]),
        ("a\n#", []),
        ("a\n---\n", []),
        ("- a\n\n  b\n", []),
        ("```\na\n\nb\n", []),
        ("```\na\n```\n", []),
        ("```\na\n```\nb\n", ["```\na\n```"]),
        ("| a |\n|---|\n| b |\n", []),
        ("$$\na\n\nb\n", []),
        ("> a\nlazy\n", []),
    ],
)
def test_only_what_cannot_change_any_more_is_closed(text: str, closed: list[str]) -> None:
    assert split_growing(text)[0] == closed


# --- hostile text


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<details open ontoggle=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\nscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](data:image/svg+xml;base64,PHN2Zz4=)",
    "[a](vbscript:msgbox(1))",
    "[a](file:///etc/passwd)",
    "[a](//evil.org)",
    "[a](/\\evil.org)",
    "[a](?catalog=https://evil.org)",
    "[a](#/settings)",
    "[a](http:javascript:alert(1))",
    '[a](https://b.org "\\" onmouseover=\\"alert(1)")',
    '[a](https://b.org/"onmouseover="alert(1))',
    "[a](<https://b.org/ onclick=alert(1)>)",
    "<javascript:alert(1)>",
    "<https://b.org/\"onclick='x'>",
    "![a](javascript:alert(1))",
    "![a](data:image/gif;base64,R0lGOD)",
    '![" onerror="alert(1)](https://b.org/x.png)',
    "[![a](javascript:x)](https://b.org)",
    '```"><script>alert(1)</script>\nx\n```',
    "```python\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "| <script>alert(1)</script> |\n|---|\n| <b onclick=x> |",
    "$<script>alert(1)</script>$",
    "$$\n</span><script>alert(1)</script>\n$$",
    "- [ ] <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "# <a href=javascript:x>",
    "[a]: javascript:alert(1)\n\n[a]",
    '1. <p id="p-1" class="x">',
    "\0<script>",
    "<<script>script>",
    "[a](https://b.org)<!DOCTYPE html>",
    "]]>--><x>",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_hostile_markdown_is_inert(text: str) -> None:
    inspect(render(text))
    inspect(render(f"> - {text}\n\n**{text}** [{text}](https://b.org)"))


def test_no_mixture_of_signs_makes_anything_else_than_plain_elements() -> None:
    for text in texts(1500, 40):
        inspect(render(text))


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000,
        "> " * 10_000,
        "- " * 10_000,
        "[" * 10_000,
        "[a](" * 10_000,
        "![" * 10_000,
        "*a_ " * 10_000,
        "a**b" * 10_000,
        "`" * 9_999 + " `",
        "\\(" * 10_000,
        "$a" * 10_000,
        "<!--" * 10_000,
        "~" * 10_000,
        "|".join("a" * 5_000) + "\n" + "|".join("-" * 5_000) + "\n" + "x\n" * 3_000,
        "| a | b |\n|--|--|\n" + "| x | y |\n" * 10_000,
        "\n".join("  " * depth + "- a" for depth in range(300)),
        "\n".join(">" * depth + " a" for depth in range(1, 200)),
        "a\n" * 10_000 + "===",
        "word " * 40_000,
    ],
)
def test_texts_made_to_hurt_end_and_lose_no_letter(text: str) -> None:
    html = render(text)
    inspect(html)
    if 'class="plain"' in html:
        assert html.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&").endswith(text + "</p>")


# --- growing text


def paint_all(
    text: str, size: Callable[[], int], redraw: Callable[[], bool]
) -> tuple[LiveText, dict[str, str], list[str]]:
    """Stream a text; the page's elements as strings, and the order of their ids."""
    live = LiveText(Markdown(), "1")
    page, order = {"o-1": ""}, ["o-1"]
    position = 0
    while position < len(text):
        operations = live.push(text[position : position + size()])
        position += size()
        if redraw() or position >= len(text):
            operations += live.redraw()
        for kind, id, html in operations:
            if kind == "before":
                name = re.findall(r'id="(b-1-\d+)"', html)[0]
                page[name] = html
                order.insert(order.index(id), name)
            elif kind == "html":
                page[id] = html
    return live, page, order


def test_a_finished_turn_looks_as_its_stream_did() -> None:
    for text in texts(300):
        live, page, order = paint_all(text, lambda: 1, lambda: True)
        streamed = "".join(page[id] for id in order[:-1])
        whole = Markdown().render_turn("1", text)
        assert whole.startswith('<div class="prose" id="p-1">' + streamed), text
        assert live.html().startswith('<div class="prose" id="p-1">' + streamed)


def test_text_is_appended_without_parsing_where_it_looks_right() -> None:
    live = LiveText(Markdown(), "1")
    assert live.push("Hello ") == [("text", "o-1", "Hello ")]
    assert live.redraw() == [("html", "o-1", "<p>Hello</p>")]
    assert live.push("world") == [("text", "o-1", " world")]
    live.push(" **now**")
    live.redraw()
    assert live.push(" then") == [], "it would be bold"
    assert live.redraw() == [("html", "o-1", "<p>Hello world <strong>now</strong> then</p>")]
    assert live.redraw() == []


def test_open_code_is_drawn_once_and_then_only_appended() -> None:
    live = LiveText(Markdown(), "1")
    live.push("```python\nprint(1)\n")
    assert [kind for kind, *_ in live.redraw()] == ["html"]
    for line in ("print(2)\n", "\n", "x = `1`\n", "``"):
        assert live.push(line) == [("text", "o-1", line)]
        assert live.redraw() == []
    live.push("`\nAnd then")
    assert "</figure><p>And then</p>" in live.redraw()[0][2]
    live.push(" on.\n")
    assert [kind for kind, *_ in live.redraw()] == ["before", "html"]
    assert [block.id for block in live.closed] == ["b-1-0"]


def test_a_turn_can_be_painted_whole_in_the_middle_of_its_stream() -> None:
    live = LiveText(Markdown(), "1", "One\n\ntwo")
    live.push(" three\n\nfour")
    html = live.html()
    inspect(html)
    assert html.endswith('<div class="block" id="o-1" dir="auto"><p>One</p><p>two three</p><p>four</p></div></div>')
    assert live.push(" five") == [("text", "o-1", " five")]


def test_a_long_open_block_is_drawn_less_often() -> None:
    live = LiveText(Markdown(), "1")
    live.push("- an item of a list\n" * 400)
    live.redraw()
    drawn = 0
    for _ in range(100):
        live.push("- another\n")
        drawn += bool(live.redraw())
    assert 1 <= drawn < 20


# --- typesetting


class FakeTypesetter:
    """Draws in capital letters, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def code(self, text: str, language: str) -> str:
        """Capital letters."""
        self.asked.append(text)
        return f"<i>{text.upper()}</i>"

    async def math(self, tex: str, display: bool) -> str:
        """Capital letters."""
        self.asked.append(tex)
        return f"<i>{tex.upper()}</i>"


def test_code_and_formulas_settle_block_by_block() -> None:
    typesetter = FakeTypesetter()
    markdown = Markdown(typesetter)
    text = "plain\n\n$x$ and $x$ and $y$\n\n```python\nz\n```\n\n```\nno language\n```"
    painted: dict[str, str] = {}
    asyncio.run(markdown.settle(markdown.turn_blocks("7", text), painted.__setitem__))
    assert typesetter.asked == ["x", "y", "z\n"]
    assert list(painted) == ["b-7-1", "b-7-2"]
    assert '<span class="math"><i>X</i></span>' in painted["b-7-1"]
    assert "<code><i>Z\n</i></code>" in painted["b-7-2"]
    assert not any(markdown.pending(block.source) for block in markdown.turn_blocks("7", text))
    assert all(html in markdown.render_turn("7", text) for html in painted.values())


def test_what_was_drawn_once_is_not_asked_again() -> None:
    typesetter = FakeTypesetter()
    markdown = Markdown(typesetter)
    for turn_id in ("1", "2"):
        asyncio.run(markdown.settle(markdown.turn_blocks(turn_id, f"{turn_id} $x$"), lambda id, html: None))
    assert typesetter.asked == ["x"]


def test_without_a_typesetter_everything_stays_plain() -> None:
    markdown = Markdown()
    asyncio.run(markdown.settle([Block("b-1-0", "$x$")], lambda id, html: pytest.fail("nothing to paint")))
    assert markdown.block("$x$") == '<p><span class="math" data-plain>$x$</span></p>'


def test_long_code_and_formulas_are_not_sent_to_the_typesetter() -> None:
    markdown = Markdown()
    assert markdown.pending("```python\n" + "x = 1\n" * 10_000 + "```") == []
    assert markdown.pending("$$\n" + "x + " * 1_000 + "\n$$") == []


def test_the_result_is_html() -> None:
    assert isinstance(render("a"), Html)


# -- where CommonMark is not left on purpose (fault D13)


@pytest.mark.parametrize("text", ["[a]()", "[a]( )", "[a](<>)", "![a]()", "[a](#top)", "[a](x.html)", "[![a]()]()"])
def test_a_link_without_an_address_is_no_link_to_the_app_itself(text: str) -> None:
    html = render(text)
    assert "<a" not in html
    assert "</a>" not in html
    assert "a" in html


def test_a_picture_in_a_link_without_an_address_still_leads_to_the_picture() -> None:
    html = render("[![a](https://a.example/b.png)]()")
    assert html.count("<a ") == html.count("</a>") == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```\nfoo", "foo\n"),
        ("```\nfoo\n", "foo\n"),
        ("```\nfoo\n\n", "foo\n\n"),
        ("`````\n\n```\naaa", "\n```\naaa\n"),
        ("```\n\n  \n```", "\n  \n"),
        ("```\nfoo\n```\n\n", "foo\n"),
        ("~~~\nfoo\n```", "foo\n```\n"),
        ("```", ""),
    ],
)
def test_code_that_nothing_closes_keeps_its_last_line(text: str, code: str) -> None:
    assert f"<code>{code}</code>" in render(text)


@pytest.mark.parametrize(
    ("info", "language"), [("c\\+\\+", "c++"), ("c&#43;&#43;", "c++"), ("ruby startline=3", "ruby"), ("f\\#", "f#")]
)
def test_the_name_of_a_language_may_be_escaped(info: str, language: str) -> None:
    assert f"<figcaption>{language} <button" in render(f"``` {info}\nx\n```")
