"""The HTML file of chats: whole, safe, and readable without anything else."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from app.core.errors import Interrupted
from app.core.html import Html
from app.core.values import Timing
from app.study.archive.trees import Tree
from app.study.chats import Chat, Problem, Turn
from app.ui.chat_file import ChatFile
from tests.study.archive.worlds import TEXTS
from tests.ui.pages import Element, read

ASK = Turn("a", "c", "", "user", "Why is the sky blue?", children=("b", "d"))
ANSWER = Turn("b", "c", "a", "assistant", "Because *air* scatters it.", model_name="Tiny")
OTHER = Turn("d", "c", "a", "assistant", "Nobody knows.", children=("e",))
AFTER = Turn("e", "c", "d", "user", "Really?")
CHAT = Chat("c", "The sky", path=("a", "b"), roots=("a",))
TREE = Tree(CHAT, {turn.id: turn for turn in (ASK, ANSWER, OTHER, AFTER)})


class FakeTypesetter:
    """Draws like KaTeX and highlight.js, as far as the file sees it; or cannot."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.asked = 0

    async def code(self, text: str, language: str) -> str:
        """Highlighted."""
        return self._drawn(f'<span class="hljs-keyword">{language}</span>')

    async def math(self, tex: str, display: bool) -> str:
        """HTML with MathML inside."""
        mathml = f'<span class="katex-mathml"><math><mi>{len(tex)}</mi></math></span>'
        return self._drawn(f'<span class="katex">{mathml}<span class="katex-html">drawn</span></span>')

    def _drawn(self, html: str) -> str:
        self.asked += 1
        if self.fails:
            raise Interrupted()
        return html


def written(*trees: Tree, typesetter: FakeTypesetter | None = None) -> str:
    return asyncio.run(ChatFile(typesetter or FakeTypesetter()).html(trees, "My <chats>", "2026-11-23"))


def drawn(*trees: Tree) -> Element:
    return read(Html(written(*trees).removeprefix("<!doctype html>\n")))


def with_text(text: str) -> Tree:
    return Tree(replace(CHAT, path=("a",)), {"a": Turn("a", "c", "", "user", text)})


def test_it_says_who_said_what_under_the_chats_title() -> None:
    page = drawn(TREE)
    assert page.one("title").text == "My <chats>"
    assert [page.one("h1").text, page.one("h2").text] == ["My <chats>", "The sky"]
    assert [item.text for item in page.all("h3")] == ["You", "Tiny", "Assistant", "You", "Sources and models"]
    assert page.one("footer").text.endswith("on 2026-11-23.")


def test_a_file_that_is_named_after_its_chat_does_not_say_its_title_twice() -> None:
    page = drawn(Tree(replace(CHAT, title="My <chats>"), TREE.turns))
    assert page.one("h1").text == "My <chats>"
    assert page.all("h2") == []


def test_every_version_is_there_and_leads_to_the_others() -> None:
    page = drawn(TREE)
    assert page.one("section", class_="branch").text.count("Nobody knows.") == 1
    ids = {item.attributes["id"] for item in page.all() if "id" in item.attributes}
    links = [item.attributes["href"] for item in page.all("a")]
    assert links == ["#t-d", "#t-b"]
    assert {link.removeprefix("#") for link in links} <= ids
    assert "Version 1 of 2; the others: 2" in page.text
    assert "4 messages, 2 of them in other versions" in page.text


def test_several_chats_have_a_list_of_contents() -> None:
    other = Tree(Chat("x", "The sea", path=("y",), roots=("y",)), {"y": Turn("y", "x", "", "user", "Salt?")})
    page = drawn(TREE, other)
    assert [item.text for item in page.all("h2")] == ["The sky", "The sea"]
    links = page.one("nav").all("a")
    assert [(item.text, item.attributes["href"]) for item in links] == [("The sky", "#chat-c"), ("The sea", "#chat-x")]


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_was_written_is_text_and_the_file_stays_whole(text: str) -> None:
    page = drawn(with_text(text))
    assert {item.tag for item in page.all()} & {"script", "img", "link", "iframe", "object", "form"} == set()


def test_nothing_is_fetched_from_anywhere_and_no_script_runs() -> None:
    hostile = "![x](https://evil.example/x.png) [y](javascript:alert(1)) <script>alert(1)</script> <b onclick=x>"
    html = written(replace(with_text(hostile), chat=replace(CHAT, title="</title><script>", path=("a",))))
    assert "<script" not in html
    assert not re.search(r"\s(?:src|srcset|action)=", html)
    assert "url(" not in html
    assert "@import" not in html
    assert 'content="default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;; img-src data:"' in html
    assert 'href="javascript' not in html


def test_formulas_are_mathml_and_code_has_colours() -> None:
    html = written(with_text("$x^2$\n\n```python\nprint(1)\n```"))
    assert "<math><mi>3</mi></math>" in html
    assert "katex" not in html
    assert '<span class="hljs-keyword">python</span>' in html


def test_without_the_typesetter_code_and_formulas_stay_as_written_and_it_is_asked_once() -> None:
    typesetter = FakeTypesetter(fails=True)
    html = written(with_text("$x^2$\n\n```python\nprint(1)\n```"), TREE, typesetter=typesetter)
    assert "$x^2$" in html
    assert "print(1)" in html
    assert typesetter.asked == 1


def test_what_a_reply_was_marked_with_is_told() -> None:
    turn = replace(ANSWER, stop_reason="stopped", notices=("Answered locally.",), thinking="Hm <b>",
                   timing=Timing(thinking_seconds=12.3), problem=Problem("It failed.", "Try again."))  # fmt: skip
    page = drawn(Tree(CHAT, {"a": ASK, "b": turn}))
    assert [item.text for item in page.all("small")] == [
        "Answered locally.",
        "Stopped. Partial reply saved.",
        "It failed. Try again.",
    ]
    assert page.one("details").text == "Thought for 12 s Hm <b>"
