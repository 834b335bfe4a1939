"""Exact quotes: what a model picks stands in a passage letter by letter, or nothing is kept."""

from __future__ import annotations

import json

from app.core.claims import Quote
from app.documents.claims.told import MOST_CHARACTERS, quotable
from app.study.quoting import MOST_SENTENCES
from app.ui.parts.cited import told
from tests.test_session_grounding import ASKED, TIDES, Grounded, grounded
from tests.ui.pages import Element, read

REPLY = "The moon does [1]."
FIRST = TIDES.partition("\f")[0]


def drawn(world: Grounded) -> Element:
    html = told(world.last)
    assert html is not None
    return read(html)


def answer(*quotes: str) -> str:
    return json.dumps({"quotes": quotes})


@grounded(REPLY, answer(FIRST))
async def test_what_is_picked_is_kept_and_shown_with_its_passage(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    assert "Show exact quotes" in drawn(world).buttons()
    claims = world.sources.claims
    await world.act("grounding:quote", world.last.id)
    assert FIRST in world.asked
    assert world.sources.picked == (Quote(1, 0, len(FIRST)),)
    assert (world.sources.claims, world.session.state.quoting()) == (claims, frozenset())
    foot = drawn(world)
    assert (foot.one("blockquote").text, foot.one("figcaption").text) == (FIRST, "[1] tides.txt")
    assert "Show exact quotes" not in foot.buttons()
    [kept] = await world.session.store.turns([world.last.id])
    assert kept == world.last
    await world.look("costs")
    assert "quotes" in {entry.feature for entry in world.session.costs.entries()}


@grounded(REPLY, answer("The moon raises the sea thrice a day."), answer("The moon raises the sea thrice a day."))
async def test_what_no_passage_says_is_refused_and_said(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    before = world.last
    await world.act("grounding:quote", world.last.id)
    assert world.last == before
    assert world.session.state.quoting() == frozenset()
    assert world.session.state.notices()


@grounded(REPLY)
async def test_where_the_librarian_fails_the_reply_stays(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    before = world.last
    await world.act("grounding:quote", "nothing")
    assert world.last == before


def test_whole_sentences_are_offered_the_nearest_ones_in_their_order() -> None:
    spring = "A spring tide comes at full moon."
    passages = ["Tides.\nThe moon raises the sea twice a day. Mills grind corn by water.", spring]
    every = quotable(passages, "When does the moon raise a spring tide?", MOST_SENTENCES)
    texts = [passages[one.number - 1][one.start : one.end] for one in every]
    assert texts == ["The moon raises the sea twice a day.", "Mills grind corn by water.", spring]
    best = quotable(passages, "When does the moon raise a spring tide?", 2)
    assert [passages[one.number - 1][one.start : one.end] for one in best] == [texts[0], texts[2]]
    assert quotable(["word " * MOST_CHARACTERS], "word", 9) == ()
