"""All cards as a person has them: written, changed, found, suspended, deleted and brought back."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from app.core.actions import Picked, PickedFile
from app.core.commands import Route
from app.core.errors import Interrupted
from app.session.cards import Cards, Draft
from app.study.chats import Chat, Turn
from app.study.practice.faces import face
from app.study.practice.records import Card, CardSource, Note
from tests.memory import FakeClock
from tests.test_session_library import Patient
from tests.test_session_review import World as ReviewWorld
from tests.words import english


class World(ReviewWorld):
    """The tab All cards."""

    def clock_of(self, start: float) -> FakeClock:
        clock = Patient()
        clock.time = start
        return clock

    @property
    def all(self) -> Cards:
        return self.session.cards

    async def look(self, id: str = "") -> None:
        for _ in range(3):
            self.all.look(id)
            await self.rest()

    async def act(self, name: str, arg: object = "") -> None:
        self.session.act(name, arg)
        await self.rest()

    async def write(self, kind: str = "basic", *fields: str, tags: str = "", id: str = "new") -> None:
        """What a person types into the editor, and Save."""
        await self.look(id)
        await self.act("cards:kind", kind)
        await self.act("cards:save", {**{str(at): text for at, text in enumerate(fields)}, "tags": tags, "arg": ""})
        await self.look()

    def lines(self) -> list[str]:
        return [self.all.line(note) for note in self.all.shown()]

    async def undo(self) -> None:
        toast = self.session.state.toast()
        assert toast is not None
        await self.act(*toast.button[1:])


def cards(body: Callable[[World], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        async def whole() -> None:
            world = World()
            await world.look()
            await body(world)
            assert [english(one.text) for one in world.session.state.notices()] == []

        asyncio.run(whole())

    return run


@cards
async def test_a_card_is_written_kept_and_listed(world: World) -> None:
    await world.act("cards:new")
    assert world.page.done(Route)[-1] == Route("#/cards/all/new")
    await world.write("basic", "What is **ebb**?", "Falling water.\r\n", tags="sea, moon sea")
    assert world.page.done(Route)[-1] == Route("#/cards/all")
    assert world.toast() == "1 card added"
    [note] = (await world.practice.store.all_notes()).values()
    assert note.fields == ("What is **ebb**?", "Falling water.\n")
    assert (note.tags, note.kind, bool(note.guid), note.added_at > 0) == (("sea", "moon"), "basic", True, True)
    [card] = (await world.cards()).values()
    assert (card.note, card.state, card.position) == (note.id, "new", 1)
    assert world.lines() == ["What is ebb?"]
    outlook = world.session.state.outlook()
    assert outlook
    assert outlook.due_on(outlook.day) == 1


@asynccontextmanager
async def saving(world: World) -> AsyncIterator[None]:
    """A card that is being written: it is kept only at the end of the block."""
    await world.act("page:go", "#/cards/all/new")
    await world.look("new")
    keep, goes_on = world.practice.keep, asyncio.Event()

    async def slowly(notes: Sequence[Note], cards: Sequence[Card]) -> None:
        await goes_on.wait()
        await keep(notes, cards)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.practice, "keep", slowly)
        await world.act("cards:save", {"0": "front", "1": "back", "arg": ""})
        yield
        goes_on.set()
        await world.rest()
    assert world.toast() == "1 card added"
    assert len(await world.cards()) == 1


@pytest.mark.parametrize("has_left", [True, False])
def test_who_goes_on_while_a_card_is_saved_stays_there(has_left: bool) -> None:
    """A click on Review right after Save led back to all cards once the card was written."""

    @cards
    async def body(world: World) -> None:
        async with saving(world):
            await world.act("page:go", "#/cards")
            if has_left:  # the view has been drawn
                world.all.leave()
        assert world.session.navigation.place == ("cards", "", "")
        assert world.page.done(Route) == []

    body()


@cards
async def test_who_is_on_the_way_to_a_chat_as_a_card_is_kept_gets_there(world: World) -> None:
    """A chat takes a moment to be read; the page behind is shown until then."""
    arrives = asyncio.Event()

    async def slowly(*_: str) -> None:
        await arrives.wait()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.session.chats, "open", slowly)
        async with saving(world):
            await world.act("page:go", "#/chat/other")
            assert world.session.navigation.place == ("cards", "all", "new")
        arrives.set()
        await world.rest()
    assert world.session.state.route() == "chat"
    assert world.page.done(Route) == []


@cards
async def test_another_card_that_is_written_meanwhile_stays(world: World) -> None:
    other = Draft(Note("other", "other", fields=("next", "")), is_new=True)
    async with saving(world):
        world.all.draft.set(other)
    assert world.all.draft() == other
    assert world.page.done(Route) == []


@cards
async def test_a_changed_card_keeps_what_was_learned_and_gaps_come_and_go(world: World) -> None:
    await world.write("cloze", "{{c1::Ebb}} follows {{c2::flood}}.", "Twice a day")
    [note] = (await world.practice.store.all_notes()).values()
    first, second = sorted((await world.cards()).values(), key=lambda one: one.ordinal)
    await world.practice.keep(cards=[replace(first, state="review", reps=5, due=9e8)])
    await world.write("cloze", "{{c1::Ebb}} follows {{c3::the flood}}.", id=note.id)
    assert world.toast() == "2 cards saved"
    kept = sorted((await world.cards()).values(), key=lambda one: one.ordinal)
    assert [(one.ordinal, one.reps) for one in kept] == [(0, 5), (2, 0)]
    assert second.id not in {one.id for one in kept}
    assert (await world.practice.store.all_notes())[note.id].added_at == note.added_at


@cards
async def test_what_would_ask_nothing_is_not_kept_and_told(world: World) -> None:
    for kind, words in (("basic", "The front is empty."), ("cloze", "The text has no gap.")):
        await world.write(kind, " " if kind == "basic" else "No gap here", "back")
        problem = world.all.problem()
        assert problem is not None
        assert english(problem.message) == words
        assert await world.practice.store.all_notes() == {}
        world.all.leave()


@cards
async def test_without_room_what_was_written_stays(world: World) -> None:
    await world.look("new")
    world.records.is_full = True
    await world.act("cards:save", {"0": "front", "1": "back"})
    assert world.session.state.notices()
    world.session.state.notices.set(())
    draft = world.all.draft()
    assert draft is not None
    assert draft.note.fields == ("front", "back")
    world.records.is_full = False
    await world.act("cards:save", {"0": "front", "1": "back"})
    assert len(await world.cards()) == 1


@cards
async def test_cards_are_found_by_their_words_and_tags_and_by_notebook(world: World) -> None:
    await world.write("basic", "Ebb", "falling water", tags="sea")
    await world.write("reversed", "Hund", "dog")
    [dog] = [note for note in (world.all.notes() or {}).values() if note.kind == "reversed"]
    await world.practice.keep([replace(dog, notebook="book")])
    await world.look()
    for words, found in (("WATER", ["Ebb"]), ("sea fall", ["Ebb"]), ("dog", ["Hund"]), ("dog sea", []), ("", None)):
        await world.act("cards:find", words)
        assert world.lines() == (found if found is not None else world.lines())
    for notebook, found in (("book", ["Hund"]), ("", ["Ebb"]), ("all", ["Ebb", "Hund"])):
        await world.act("cards:in", notebook)
        assert sorted(world.lines()) == found


@cards
async def test_a_deleted_note_comes_back_with_its_cards_as_they_were(world: World) -> None:
    await world.write("reversed", "Hund", "dog")
    before = await world.records.snapshot()
    [note] = (world.all.notes() or {}).values()
    await world.act("cards:delete", note.id)
    assert world.toast() == "2 cards deleted"
    assert (await world.cards(), world.lines()) == ({}, [])
    await world.undo()
    after = await world.records.snapshot()
    assert (after["notes"], after["cards"]) == (before["notes"], before["cards"])
    assert world.lines() == ["Hund"]


@cards
async def test_cards_are_suspended_and_asked_again(world: World) -> None:
    await world.write("reversed", "Hund", "dog")
    [note] = (world.all.notes() or {}).values()
    for is_suspended in (True, False):
        await world.act("cards:suspend", note.id)
        assert {one.is_suspended for one in (await world.cards()).values()} == {is_suspended}


@cards
async def test_a_picture_is_kept_with_its_card_and_deleted_with_it(world: World) -> None:
    await world.look("new")
    await world.act("cards:typed", {"arg": "0", "value": "Which bridge?"})
    await world.act("cards:picture", Picked((PickedFile("a [bridge].png", b"\x89PNG bridge"),)))
    draft = world.all.draft()
    assert draft is not None
    [name] = draft.note.media
    assert draft.note.fields[0] == f"Which bridge?\n\n![a bridge]({name.name})"
    await world.act("cards:save", {"0": draft.note.fields[0], "1": "Golden Gate"})
    [media] = (await world.practice.store.media([name.media])).values()
    assert draft.shown[name.name] == media
    assert (media.kind, media.content) == ("image/jpeg", b64encode(b"\x89PNG bridge").decode())
    await world.act("cards:delete", draft.note.id)
    assert await world.practice.store.media([name.media]) == {}
    await world.undo()
    assert await world.practice.store.media([name.media]) == {media.id: media}


@cards
async def test_a_picture_in_a_card_of_another_program_is_written_as_html(world: World) -> None:
    await world.practice.store.add([Note("n", "n", fields=("<b>Which?</b>", ""), markup="html")], [Card("c", "n")])
    await world.look("n")
    await world.act("cards:picture", Picked((PickedFile('a "bridge".png', b"\x89PNG bridge"),)))
    draft = world.all.draft()
    assert draft is not None
    [name] = draft.note.media
    assert draft.note.fields[0] == f'<b>Which?</b><br><img src="{name.name}" alt="a &quot;bridge&quot;">'
    assert face(draft.note, 0).front.endswith(f'<br>![a "bridge"]({name.name})')


@cards
async def test_the_editor_opens_with_what_a_card_is_made_of(world: World) -> None:
    question, reply = (
        Turn("q", "chat", "", "user", "What is ebb?"),
        Turn("r", "chat", "q", "assistant", "Falling water."),
    )
    chat, _ = await world.session.store.add(Chat("chat", "Tides", notebook="book"), "", question)
    chat, _ = await world.session.store.add(chat, "q", reply)
    world.session.state.chat.set(chat)
    await world.act("cards:from-reply", "r")
    await world.look("new")
    draft = world.all.draft()
    assert draft is not None
    assert draft.note.fields == ("What is ebb?", "Falling water.")
    assert draft.note.source == CardSource(chat.title, chat="chat", turn="r")
    assert draft.is_new
    world.all.leave()
    await world.look("new")
    draft = world.all.draft()
    assert draft is not None
    assert draft.note.source is None


@cards
async def test_a_note_that_is_gone_leads_back_to_the_list(world: World) -> None:
    await world.look("gone")
    assert world.page.done(Route)[-1] == Route("#/cards/all")
    await world.fill([Note("n", fields=("a", "b", "c"), kind="other")], [Card("c", "n")])
    await world.look("n")
    await world.act("cards:typed", {"arg": "2", "value": "third"})
    await world.act("cards:typed", {"arg": "9", "value": "nowhere"})
    await world.act("cards:kind", "cloze")
    draft = world.all.draft()
    assert draft is not None
    assert (draft.note.fields, draft.note.kind) == (("a", "b", "third"), "other")


def test_before_the_deck_is_there_a_note_keeps_its_cards_and_is_deleted_with_them() -> None:
    async def body() -> None:
        async def package(name: str) -> None:
            raise Interrupted

        world = World(package=package)
        note = Note("n", kind="reversed", fields=("dog", "Hund"))
        learned = [Card(f"c{at}", "n", at, state="review", reps=5 + at, due=9e8, position=3) for at in (0, 1)]
        await world.fill([note], [*learned, Card("other", "m", position=7)])
        await world.write("reversed", "dog", "der Hund", id="n")
        assert world.practice.deck is None
        kept = await world.cards()
        assert {id: one.reps for id, one in kept.items()} == {"c0": 5, "c1": 6, "other": 0}
        await world.write("basic", "cat", "Katze")
        [new] = [one for one in (await world.cards()).values() if one.id not in kept]
        assert new.position == 8
        await world.act("cards:suspend", "n")
        assert [one.is_suspended for one in (await world.cards()).values() if one.note == "n"] == [True, True]
        await world.act("cards:delete", "n")
        assert (await world.cards()).keys() == {"other", new.id}

    asyncio.run(body())
