"""Thinking on the page: folded, counted, and only painted where it is new. Faults E1 and U1."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.core.html import Html
from app.core.values import Timing, Usage
from app.study.archive.reading import as_markdown
from app.study.archive.trees import Tree
from app.study.chats import Chat, Turn
from app.study.replies import Live
from app.ui.live import LiveReply
from app.ui.markdown import Markdown
from app.ui.parts.figures import figures
from app.ui.parts.reply import notes, turn_article
from app.ui.parts.thinking import label
from app.ui.settings.chat import replies
from tests.memory import RecordingPage
from tests.ui.pages import Element, read, session
from tests.words import english

TURN = Turn("t", "c", "q", "assistant", "Paris.", model_name="Tiny", thinking="Easy <b>.", usage=Usage(9, 8, True))


def article(turn: Turn) -> Element:
    return read(turn_article(turn, Html("<p>…</p>"), Html("<i></i>")))


@pytest.mark.parametrize(
    ("seconds", "is_on", "words"),
    [
        (12.3, True, "Thinking… 12 s"),
        (12.3, False, "Thought for 12 s"),
        (0.1, True, "Thinking… 1 s"),
        (75.0, False, "Thought for 1 min 15 s"),
        (0.0, False, "Thinking"),
    ],
)
def test_the_line_tells_how_long_it_has_thought(seconds: float, is_on: bool, words: str) -> None:
    assert label(seconds, is_on=is_on) == words


def test_thinking_is_folded_above_the_answer() -> None:
    found = article(replace(TURN, timing=Timing(thinking_seconds=12.0))).one("details")
    assert "open" not in found.attributes
    assert found.one("summary").text == "Thought for 12 s"
    assert found.one("p").text == "Easy <b>."
    assert not article(replace(TURN, thinking="")).all("details")


@pytest.mark.parametrize(
    ("told", "words"),
    [(3, "8 tokens, 3 of them for thinking"), (0, "8 tokens, about 5 of them for thinking")],
)
def test_the_details_tell_the_tokens_of_the_thinking(told: int, words: str) -> None:
    turn = replace(TURN, usage=replace(TURN.usage, thinking_tokens=told), timing=Timing(read_per_second=41.0))
    facts = read(figures(turn)).one("dl")
    assert words in facts.text
    assert "Reading speed 41 tok/s" in facts.text
    assert "for thinking" not in read(figures(replace(turn, thinking="", usage=Usage(9, 8, True)))).text


def test_a_reply_that_was_all_thinking_offers_a_cure() -> None:
    turn = replace(TURN, text="", notices=("The model used all 8 tokens for thinking.",), stop_reason="length")
    page = read(notes(turn, is_live=False))
    assert [line.text for line in page.all("p")] == ["The model used all 8 tokens for thinking."]
    assert page.button("Try again").attributes["data-on"] == "click:chat:regenerate"
    assert page.one("a").attributes["href"] == "#/settings/chat"
    assert not read(notes(replace(turn, text="Paris."), is_live=False)).all("button")


def test_one_switch_for_all_models() -> None:
    page = read(replies(session()))
    assert page.labelled("Reasoning").attributes["data-on"] == "change:settings:think"


def test_markdown_says_that_thinking_is_left_out() -> None:
    chat = Chat("c", "France", path=("t",), roots=("t",))
    text = as_markdown([Tree(chat, {"t": TURN})], english)
    assert "Easy" not in text
    assert text.endswith("*This file doesn't include the model's thinking. Export as HTML or JSON to keep it.*\n")
    assert "Thinking" not in as_markdown([Tree(chat, {"t": replace(TURN, thinking="")})], english)


def live(*lives: Live) -> list[tuple[str, str, str]]:
    """What is painted of the thinking and the prose of a reply that grows so."""
    page = RecordingPage()

    async def run() -> None:
        reply = LiveReply("t", page, Markdown(), lambda blocks: None, "")
        for one in lives:
            reply.show(one, ())
        reply.end()

    asyncio.run(run())
    return [painted for painted in page.painted if painted[1] != "n-t"]


def test_growing_thinking_is_appended_and_its_line_repainted_only_where_it_reads_otherwise() -> None:
    first = Live("t", thinking="Ea", is_thinking=True)
    painted = live(
        first,
        replace(first, thinking="Easy."),
        replace(first, thinking="Easy.", thinking_seconds=2.0, is_thinking=False, text="Paris."),
    )
    assert [(kind, id) for kind, id, _ in painted] == [
        ("html", "k-t"),
        ("text", "kt-t"),
        ("fill", "ks-t"),
        ("text", "o-t"),
        ("html", "o-t"),
    ]
    assert painted[1][2] == "sy."
    assert painted[2][2] == "Thought for 2 s"


def test_words_that_turn_out_to_be_thinking_leave_the_answer() -> None:
    painted = live(
        Live("t", "Easy."),
        Live("t", "", thinking="Easy.", thinking_seconds=2.0),
        Live("t", "Paris.", thinking="Easy.", thinking_seconds=2.0),
    )
    shown = {id: html for _, id, html in painted}
    assert "Easy." in shown["k-t"]
    assert "Thought for 2 s" in shown["k-t"]
    assert "Easy." not in shown["p-t"]
    assert "Paris." in shown["o-t"]


def test_thinking_that_turns_out_to_be_the_answer_leaves_its_fold() -> None:
    painted = live(Live("t", thinking="Paris.", is_thinking=True), Live("t", "Paris."))
    assert [html for _, id, html in painted if id == "k-t"][-1] == '<div id="k-t"></div>'
    assert "Paris." in [html for _, id, html in painted if id == "o-t"][-1]
