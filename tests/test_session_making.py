"""Cards made of documents, pages, replies and mistakes: with a model and without, decided by the person, then kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.core.commands import Route
from app.core.quiz import BLANK
from app.core.values import Model
from app.session.item_making import Within
from app.session.making import Making
from app.session.offers import ADDRESS, Batch, Offers
from app.study.chats import Chat, Turn
from app.study.features import CARDS, QUIZ, Feature
from app.study.practice.made import Asks, note_of
from app.study.practice.plain import as_markdown, has_formula
from app.study.practice.quizzes import Asked, Quiz
from app.study.practice.records import Card, Note
from app.ui.parts.card_making import making_form, making_progress
from tests.test_session_quiz import PAGES, Quizzed, Writer, item
from tests.words import english


class CardWriter(Writer):
    """The same model, asked for cards: what it is asked about a passage it answers with a cloze item."""

    def model_for(self, feature: Feature, belongs_to: str = "", *, stays_here: bool = False) -> Model | None:
        assert feature in (CARDS, QUIZ)
        return Model("writer", "Writer 1B") if self.is_there else None


class World(Quizzed):
    """A library with the coves, and the page on which cards are made."""

    def __init__(self) -> None:
        super().__init__(writer=CardWriter())

    @property
    def making(self) -> Making:
        return self.session.making

    @property
    def offers(self) -> Offers:
        return self.session.offers

    @property
    def batch(self) -> Batch:
        batch = self.offers.batch()
        assert batch is not None
        return batch

    async def make(self, *, wanted: int = 3, by_model: bool = False) -> None:
        await self.act("making:wanted", str(wanted))
        await self.act("making:by-model", by_model)
        await self.act("making:start", {"arg": ""})
        for _ in range(4 * wanted):
            await self.rest()

    async def notes(self) -> list[Note]:
        return list((await self.session.practice.store.all_notes()).values())


def making(body: Callable[[World], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        async def whole() -> None:
            world = World()
            await world.begin()
            await world.add(coves_txt=PAGES)
            await world.act("making:of-document", world.one("coves.txt").id)
            world.making.look()
            await world.rest()
            await body(world)

        asyncio.run(whole())

    return run


def told(world: World) -> list[str]:
    return [english(one.text) for one in world.session.state.notices()]


@making
async def test_without_a_model_the_person_decides_which_are_kept_and_none_comes_twice(world: World) -> None:
    assert world.page.done(Route)[-1] == Route(ADDRESS)
    await world.make()
    first, second, third = world.batch.offers
    assert {one.note.kind for one in world.batch.offers} == {"cloze"}
    assert world.writer.asked == []
    source = first.note.source
    assert source
    assert source.text == PAGES.decode().split("\f")[source.page - 1][source.start : source.end]
    assert source.document == world.one("coves.txt").id
    await world.act("offers:keep", {"arg": first.note.id, "value": False})
    await world.act("offers:edit", second.note.id)
    await world.act("offers:typed", {"arg": f"{second.note.id}/0", "value": "The {{c1::wall}} of the cove"})
    assert await world.notes() == []
    await world.act("offers:save")
    kept = {one.fields[0] for one in await world.notes()}
    assert kept == {"The {{c1::wall}} of the cove", third.note.fields[0]}
    assert sorted(one.position for one in (await world.session.practice.store.cards()).values()) == [1, 2]
    assert world.offers.batch() is None
    await world.make()
    assert third.note.fields[0] not in {one.note.fields[0] for one in world.batch.offers}
    assert (len(world.batch.offers), world.batch.known) == (3, 1)
    await world.act("making:more")
    assert len({one.note.fields[0] for one in world.batch.offers}) == len(world.batch.offers) == 6


@making
async def test_who_goes_on_while_cards_are_saved_stays_there(world: World) -> None:
    await world.make()
    keep, before = world.session.practice.keep, world.page.done(Route)

    async def slowly(notes: Sequence[Note], cards: Sequence[Card]) -> None:
        await world.act("page:go", "#/library")
        await keep(notes, cards)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.session.practice, "keep", slowly)
        await world.act("offers:save")
    await world.rest()
    assert len(await world.notes()) == 3
    assert world.page.done(Route) == before


@making
async def test_what_was_saved_can_be_taken_back_and_is_offered_again(world: World) -> None:
    await world.make()
    await world.act("offers:save")
    toast = world.session.state.toast()
    assert toast
    assert english(toast.text) == "3 cards added"
    await world.act(*toast.button[1:])
    assert await world.notes() == []
    assert len(world.batch.offers) == 3
    await world.act("offers:save")
    toast = world.session.state.toast()
    await world.act("making:wanted", "2")
    await world.act("making:start", {"arg": ""})
    assert toast
    await world.act(*toast.button[1:])
    assert await world.notes() == []
    assert len(world.batch.offers) == 3 + 2, "beside what is offered by now"


@making
async def test_a_model_writes_them_one_by_one_and_what_fails_its_check_is_counted(world: World) -> None:
    world.writer.bad = {2: "no JSON", 4: item("The wall was done in 1999.")}
    await world.make(by_model=True)
    quiz = world.batch.quiz
    assert (len(world.batch.offers), quiz.tried, quiz.dropped, quiz.model) == (3, 5, 2, "Writer 1B")
    assert {one.feature for one in world.writer.asked} == {CARDS}
    assert all("{{c1::" in one.note.fields[0] for one in world.batch.offers)
    assert english_of(making_progress(world.session)) == "3 cards · 2 dropped · by Writer 1B"
    assert world.session.state.makes_cards() is False
    kept = world.batch.offers
    await world.act("offers:save")
    count = len(world.writer.asked)
    await world.make(by_model=True)
    again = {one.note.fields[0] for one in world.batch.offers} & {one.note.fields[0] for one in kept}
    assert again == set()
    assert len(world.writer.asked) > count + 3  # what is a card already was dropped


@making
async def test_what_is_discarded_or_stopped_is_made_no_further(world: World) -> None:
    world.writer.held = asyncio.Event()
    await world.make(by_model=True)
    assert world.making.is_busy() is True
    await world.act("offers:discard")
    assert world.making.is_busy() is False
    assert (world.writer.ended, world.offers.batch()) == (1, None)
    await world.make(by_model=True)
    await world.act("making:stop")
    assert (world.making.is_busy(), world.batch.quiz.state) == (False, "stopped")


@making
async def test_what_is_offered_meanwhile_gets_no_card_of_what_was_offered_before(world: World) -> None:
    other, new_ones = Batch(Quiz("other")), world.offers.new_ones

    async def look(made: Sequence[Asked], batch: Batch) -> tuple[list[Note], int]:
        found = await new_ones(made, batch)
        world.offers.batch.set(other)
        return found

    world.offers.new_ones = look  # type: ignore[method-assign]
    await world.make(by_model=True)
    assert world.batch == other


@making
async def test_a_passage_of_a_page_alone_is_asked(world: World) -> None:
    text = PAGES.decode().split("\f")[41]
    world.making.wish.set(replace(world.making.wish(), within=Within(42, 4, 12)))
    await world.make(wanted=5)
    assert {one.note.source.page for one in world.batch.offers if one.note.source} == {42}
    assert all(re.sub(r"\{\{c1::(.*?)\}\}", r"\1", one.note.fields[0]) == text for one in world.batch.offers)
    await world.act("offers:discard")
    world.making.wish.set(replace(world.making.wish(), within=Within(42, 4, 12)))
    await world.make(wanted=1, by_model=True)
    [offer] = world.batch.offers
    assert offer.note.source
    assert offer.note.source.page == 42


@making
async def test_a_reply_of_a_chat_leads_back_to_it(world: World) -> None:
    turn = Turn("t1", "c1", "", "assistant", "The harbour wall of Cove9 was finished in 1824 by the old masons.")
    chat, _ = await world.session.store.add(Chat("c1", "Harbours"), "", turn)
    world.session.state.chats.set((chat,))
    world.session.state.chat.set(chat)
    await world.act("making:of-reply", "t1")
    await world.make()
    source = world.batch.offers[0].note.source
    assert source
    assert (source.chat, source.turn, source.name) == ("c1", "t1", "Harbours")


async def miss_one(world: World) -> None:
    """A quiz of two questions, the first of which was not answered."""
    await world.made(wanted=2, by_model=False)
    world.quizzing.look(world.quiz.id)
    await world.act("quizzing:begin", "practice")
    await world.answer("nothing")
    await world.act("quizzing:solution")
    await world.act("quizzing:next")
    await world.answer(world.quiz.questions[1].answer)
    await world.act("quizzing:next")


@making
async def test_who_goes_on_while_mistakes_become_cards_stays_there(world: World) -> None:
    await miss_one(world)
    all_notes, before = world.session.practice.store.all_notes, world.page.done(Route)

    async def slowly() -> dict[str, Note]:
        await world.act("page:go", "#/library")
        return dict(await all_notes())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.session.practice.store, "all_notes", slowly)
        await world.act("offers:of-mistakes")
        await world.rest()
    assert len(world.batch.offers) == 1
    assert world.page.done(Route) == before


@making
async def test_mistakes_of_a_quiz_become_cards_with_their_answers(world: World) -> None:
    await miss_one(world)
    await world.act("offers:of-mistakes")
    [offer] = world.batch.offers
    missed = world.quiz.questions[0]
    assert offer.note.fields[0] == missed.question.replace(BLANK, f"{{{{c1::{missed.answer}}}}}")
    await world.act("offers:save")
    await world.act("offers:of-mistakes")
    assert told(world) == ["You already have these cards."]


@making
async def test_a_form_says_who_writes_and_what_became_of_it(world: World) -> None:
    assert "Let Writer 1B write the cards" in str(making_form(world.session))
    world.writer.is_there = False
    assert "Without a model" in str(making_form(world.session))


def english_of(html: object) -> str:
    return re.sub(r"<[^>]+>", "", str(html)).replace("\u00a0", " ").strip()


def test_each_kind_of_question_makes_a_card_that_answers_it() -> None:
    def fields(**changes: Any) -> tuple[str, ...]:
        asked = Asked("q", "short_answer", "What *is* ebb?", "falling water", explanation="It falls.")
        return note_of(replace(asked, **changes), english).fields

    assert fields() == ("What \\*is\\* ebb?", "falling water\n\nIt falls.")
    assert fields(kind="true_false", answer="false") == (
        "True or false? What \\*is\\* ebb?",
        "False\n\nIt falls.",
    )
    assert fields(options=("rain", "falling water")) == (
        "What \\*is\\* ebb?\n\n- rain\n- falling water",
        "falling water\n\nIt falls.",
    )
    cloze = {"kind": "cloze", "question": f"Ebb is {BLANK}.", "answer": "low"}
    assert fields(**cloze) == ("Ebb is {{c1::low}}.", "It falls.")


def test_the_same_card_is_known_by_what_it_asks() -> None:
    def note(text: str) -> Note:
        return Note("n", kind="cloze", fields=(text, ""))

    asks = Asks([note("{{c1::Ebb}} follows {{c2::flood::water}}.")])
    assert asks.knows(note("{{c1::ebb::a tide}} follows {{c2::flood}}"))
    assert not asks.knows(note("{{c2::Ebb}} follows {{c1::flood}}."))
    assert not asks.knows(note("{{c1::Neap}} follows {{c2::flood}}."))


def test_words_of_a_document_look_as_they_were_and_formulas_stay() -> None:
    assert as_markdown("It costs $5 or $6, *not* 2 * 3.") == "It costs \\$5 or \\$6, \\*not\\* 2 * 3."
    assert as_markdown("1994. A year") == "1994\\. A year"
    assert as_markdown("# a\n- b") == "\\# a\n\\- b"
    assert as_markdown("snake_case and _it_") == "snake_case and \\_it\\_"
    assert as_markdown(f"$E = {BLANK}$ of {BLANK}") == "$E = \\underline{\\qquad}$ of \u2009\\_\\_\\_\\_\u2009"
    assert [has_formula(one) for one in ("$x^2$", "\\(a\\)", "$n$", "$5 and $6", "a_b")] == [
        True,
        True,
        True,
        False,
        False,
    ]
