"""Review as a person does it: asked, answered, taken back, put away; and what the navigation says is due."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from typing import Any

import fsrs
import pytest

from app.compose import compose
from app.core.commands import Focus, Say
from app.core.days import local_day, midnight
from app.core.errors import Interrupted, OutOfSpace
from app.core.signals import Effect, flush, on_change, untracked
from app.session.practice import QUIET_SECONDS, Practice
from app.session.review import Asked, Reviewing
from app.study.practice.limits import LIMITS_KEY, Limits, as_record
from app.study.practice.media import media_of
from app.study.practice.records import LEECH, Card, CardTemplate, MediaName, Note, NoteType
from app.study.practice.scheduling import DAY
from tests.adapters import memory_adapters
from tests.memory import FakeClock, MemoryRecords, RecordingPage
from tests.words import english

START = 1_795_000_000.0
NOTES = [Note(f"n{number}", fields=(f"Question {number}", f"Answer {number}")) for number in range(4)]
CARDS = [Card(f"c{number}", f"n{number}", position=number + 10) for number in range(4)]


class World:
    """A page of the app with some cards; `again` is a later visit."""

    def __init__(self, before: World | None = None, start: float = START, **changes: Any) -> None:
        self.records: MemoryRecords = before.records if before else MemoryRecords()
        self.page, self.clock = RecordingPage(), self.clock_of(start)
        adapters = memory_adapters(records=self.records, page=self.page, clock=self.clock, **changes)
        self.session = compose(adapters).session

    def clock_of(self, start: float) -> FakeClock:
        return FakeClock(start=start)

    @property
    def practice(self) -> Practice:
        return self.session.practice

    @property
    def review(self) -> Reviewing:
        return self.session.review

    @property
    def asked(self) -> Asked:
        """The card on show."""
        asked = self.review.asked()
        assert asked is not None
        return asked

    async def fill(self, notes: list[Note], cards: list[Card]) -> None:
        await self.practice.store.add(notes, cards)

    async def rest(self) -> None:
        for _ in range(200):
            await asyncio.sleep(0)

    async def look(self) -> None:
        """The tab is painted, now and whenever something has changed."""
        for _ in range(3):
            self.review.look()
            await self.rest()

    async def act(self, name: str, arg: object = "") -> None:
        self.session.act(name, arg)
        await self.rest()
        await self.look()

    async def answer(self, grade: str = "3") -> None:
        await self.act("review:show")
        await self.act("review:grade", grade)

    async def cards(self) -> dict[str, Card]:
        return await self.practice.store.cards()

    def toast(self) -> str:
        toast = self.session.state.toast()
        return english(toast.text) if toast else ""


def review(body: Callable[[World], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        async def whole() -> None:
            world = World()
            await world.fill(NOTES, CARDS)
            await world.look()
            await body(world)
            assert [english(one.text) for one in world.session.state.notices()] == []

        asyncio.run(whole())

    return run


@review
async def test_a_card_is_asked_its_answer_is_shown_and_the_next_one_follows(world: World) -> None:
    assert (world.asked.card.id, world.asked.face.front, world.asked.is_open) == ("c0", "Question 0", False)
    await world.act("review:grade", "3")
    assert world.asked.card.id == "c0", "its answer was not looked at"
    await world.act("review:show")
    assert world.asked.is_open
    assert world.page.done(Focus)[-1] == Focus("card-answer")
    assert world.asked.intervals == (60.0, 330.0, 600.0, 8 * DAY)
    world.clock.time += 7
    await world.act("review:grade", "4")
    assert (world.asked.card.id, world.asked.is_open) == ("c1", False)
    assert world.page.done(Focus)[-1] == Focus("card-show")
    kept = (await world.cards())["c0"]
    wanted, _ = fsrs.Scheduler(enable_fuzzing=False).review_card(fsrs.Card(1), fsrs.Rating.Easy)
    assert (kept.stability, kept.difficulty, kept.state) == (wanted.stability, wanted.difficulty, "review")
    [day] = await world.practice.store.all_days()
    assert [(one.card, one.rating, one.seconds) for one in day.reviews] == [("c0", 4, 7.0)]
    deck = world.practice.deck
    assert deck
    assert (deck.count().left, deck.count().total) == (3, 4)


@review
async def test_what_is_done_can_be_taken_back_step_by_step(world: World) -> None:
    before = await world.records.snapshot()
    for grade in "413":
        await world.answer(grade)
    assert world.review.can_undo()
    for card in ("c2", "c1", "c0"):
        await world.act("review:undo")
        assert (world.asked.card.id, world.asked.is_open) == (card, False)
    assert not world.review.can_undo()
    after = await world.records.snapshot()
    assert {name: after[name] for name in ("cards", "notes", "reviews")} == {
        name: before[name] for name in ("cards", "notes", "reviews")
    }
    await world.act("review:undo")
    assert world.asked.card.id == "c0"


@review
async def test_learned_cards_come_again_and_nothing_is_due_then(world: World) -> None:
    for _ in range(4):
        await world.answer("1")
    assert world.asked.card.id == "c0", "a little early, as nothing else is left"
    for _ in range(8):
        await world.answer("4")
    assert world.review.asked() is None
    assert world.review.is_over()
    assert english(world.page.done(Say)[-1].text) == "Nothing due."


@review
async def test_a_card_is_put_away_until_tomorrow_or_for_good_and_brought_back(world: World) -> None:
    await world.act("review:bury")
    assert world.toast() == "Card skipped until tomorrow"
    await world.act("review:suspend")
    assert world.asked.card.id == "c2"
    later = World(world)
    await later.look()
    assert later.asked.card.id == "c2"
    tomorrow = World(world, START + DAY)
    await tomorrow.look()
    assert tomorrow.asked.card.id == "c0"
    await world.act("review:undo")
    await world.act("review:undo")
    assert world.asked.card.id == "c0"


@review
async def test_a_card_that_is_forgotten_too_often_is_set_aside_and_told(world: World) -> None:
    stuck = Card("x", "n0", state="review", stability=1.0, difficulty=9.0, due=START, last_review=START - DAY, lapses=7)
    await world.practice.keep(cards=[stuck])
    world.review.leave()
    await world.look()
    assert world.asked.card.id == "x", "reviews come before new cards"
    await world.answer("1")
    kept, notes = (await world.cards())["x"], await world.practice.store.notes(["n0"])
    assert (kept.is_suspended, kept.lapses, notes["n0"].tags) == (True, 8, (LEECH,))
    assert world.toast().startswith("Forgotten 8 times and suspended.")
    await world.act("review:undo")
    assert (await world.cards())["x"] == stuck
    assert (await world.practice.store.notes(["n0"]))["n0"].tags == ()


@review
async def test_undo_takes_back_no_later_work(world: World) -> None:
    await world.answer("4")
    await world.practice.keep(cards=[replace((await world.cards())["c0"], notebook="moved")])
    await world.act("review:undo")
    assert (await world.cards())["c0"].notebook == "moved"
    assert [len(day.reviews) for day in await world.practice.store.all_days()] == [1]
    assert [english(one.text) for one in world.session.state.notices()] == [
        "This card has changed since. That step stays."
    ]
    assert (world.asked.card.id, world.review.can_undo()) == ("c1", False)
    await world.answer("4")
    await world.practice.remove(["n1"])
    await world.act("review:undo")
    assert "c1" not in await world.cards()
    await world.act("review:suspend")
    other = World(world)
    await other.look()
    await other.practice.keep(cards=[replace(CARDS[2], reps=9)])
    await world.act("review:undo")
    assert (await world.cards())["c2"].reps == 9, "what another page has written"
    world.session.state.notices.set(())


@review
async def test_undo_in_a_toast_takes_back_what_the_toast_tells(world: World) -> None:
    await world.act("review:bury")
    toast = world.session.state.toast()
    assert toast
    await world.answer("4")
    assert world.toast() == "", "it goes with the next answer"
    await world.act(*toast.button[1:])
    kept = await world.cards()
    assert (kept["c1"].reps, kept["c0"].buried_until > START) == (1, True)
    await world.act("review:suspend")
    toast = world.session.state.toast()
    assert toast
    await world.act(*toast.button[1:])
    assert (world.asked.card.id, world.toast()) == ("c2", "")
    await world.act("review:suspend")
    world.review.leave()
    assert world.toast() == ""


@review
async def test_nothing_is_taken_back_once_another_page_was_shown(world: World) -> None:
    await world.answer("4")
    world.review.leave()
    assert not world.review.can_undo()
    await world.look()
    await world.act("review:undo")
    assert (await world.cards())["c0"].reps == 1


@review
async def test_undo_takes_only_the_tag_off_a_note_that_was_written_since(world: World) -> None:
    await world.practice.keep(cards=[learned("x", START, lapses=7)])
    await world.look()
    world.review.leave()
    await world.look()
    await world.practice.keep([replace(NOTES[0], tags=("sea",))])
    await world.answer("1")
    [note] = (await world.practice.store.notes(["n0"])).values()
    assert note.tags == ("sea", LEECH)
    await world.practice.keep([replace(note, fields=("Rewritten", "since"))])
    await world.act("review:undo")
    [note] = (await world.practice.store.notes(["n0"])).values()
    assert (note.fields, note.tags) == (("Rewritten", "since"), ("sea",))


@review
async def test_other_cards_of_a_note_wait_for_tomorrow(world: World) -> None:
    both = Note("both", kind="reversed", fields=("dog", "Hund"))
    await world.practice.keep([both], [Card("a", "both", 0, position=1), Card("b", "both", 1, position=2)])
    world.review.leave()
    await world.look()
    assert world.asked.card.id == "a"
    await world.answer("4")
    assert world.asked.card.id == "c0"
    assert (await world.cards())["b"].buried_until > START
    await world.act("review:undo")
    assert (await world.cards())["b"].buried_until == 0
    await world.act("practice:buries", False)
    await world.answer("4")
    assert world.asked.card.id == "b"


@review
async def test_without_room_the_card_stays_and_nothing_is_lost(world: World) -> None:
    await world.act("review:show")
    world.records.is_full = True
    await world.act("review:grade", "3")
    assert (world.asked.card.id, world.asked.is_open) == ("c0", True)
    [told] = world.session.state.notices()
    assert english(told.text) == english(OutOfSpace().message)
    world.records.is_full = False
    await world.act("review:grade", "3")
    assert world.asked.card.id == "c1"
    world.session.state.notices.set(())


def learned(id: str, due: float, **more: Any) -> Card:
    return Card(id, "n0", state="review", stability=3.0, difficulty=5.0, due=due, last_review=due - 3 * DAY, **more)


class Counted(FakeClock):
    """Remembers what was waited for."""

    waits: tuple[float, ...] = ()

    async def sleep(self, seconds: float) -> None:
        self.waits = (*self.waits, seconds)
        await super().sleep(seconds)


class CountedWorld(World):
    def clock_of(self, start: float) -> FakeClock:
        return Counted(start=start)


def test_where_a_limit_is_reached_nobody_waits_for_what_is_due() -> None:
    async def body() -> None:
        world = CountedWorld()
        await world.fill(
            NOTES, [learned("x", START - DAY), Card("y", "n1", state="learning", step=0, due=START + 1500)]
        )
        await world.practice.store.keep(LIMITS_KEY, as_record(Limits(reviews_a_day=0)))
        await world.look()
        assert isinstance(world.clock, Counted)
        assert [wait for wait in world.clock.waits if wait != QUIET_SECONDS] == [1500.0 - QUIET_SECONDS], (
            "for the card that is learned"
        )
        assert world.asked.card.id == "y"
        await world.answer("4")
        assert world.review.is_over()
        assert [wait for wait in world.clock.waits if wait != QUIET_SECONDS] == [1500.0 - QUIET_SECONDS], (
            "tomorrow is far"
        )

    asyncio.run(body())


def test_at_midnight_the_cards_of_the_new_day_come() -> None:
    async def body() -> None:
        night = midnight(START + DAY)
        world = CountedWorld(start=night - 600)
        await world.fill(NOTES, [learned("x", night + 1800)])
        await world.look()
        assert isinstance(world.clock, Counted)
        [wait] = [wait for wait in world.clock.waits if wait != QUIET_SECONDS]
        assert world.clock.time - wait <= night <= world.clock.time
        assert world.practice.today.id == local_day(night)
        assert world.asked.card.id == "x"

    asyncio.run(body())


@review
async def test_the_navigation_says_what_is_due_before_a_card_is_read(world: World) -> None:
    await world.answer("4")
    later = World(world)
    await later.session.start("#/chat")
    outlook = later.session.state.outlook()
    assert outlook
    assert outlook.due_on(outlook.day) == 3
    assert "practice" not in vars(later.session)


@review
async def test_limits_are_changed_within_reason_and_hold_at_once(world: World) -> None:
    await world.act("practice:limit", {"arg": "new_a_day", "value": "2"})
    await world.act("practice:limit", {"arg": "retention", "value": "85"})
    for arg, value in (("retention", "10"), ("new_a_day", "-1"), ("new_a_day", "many"), ("buries_siblings", "1")):
        await world.act("practice:limit", {"arg": arg, "value": value})
    assert world.practice.limits == Limits(new_a_day=2, retention=0.85)
    deck = world.practice.deck
    assert deck
    assert deck.count().left == 2
    again = World(world)
    await again.look()
    assert again.practice.limits == Limits(new_a_day=2, retention=0.85)


@review
async def test_what_another_page_does_is_seen_here(world: World) -> None:
    other = World(world)
    await other.look()
    await other.answer("4")
    await world.session.together.wrote([("cards", "c0")])
    await world.rest()
    await world.look()
    assert world.asked.card.id == "c1"


@review
async def test_what_is_answered_while_the_cards_are_read_stays_answered(
    world: World,
) -> None:
    store = world.practice.store
    read, once = store.cards, asyncio.Event()

    async def slowly(ids: Iterable[str] | None = None) -> dict[str, Card]:
        found = await read(ids)
        if ids is None and not once.is_set():
            once.set()
            await world.answer("4")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "cards", slowly)
        await world.practice.read()
    deck = world.practice.deck
    assert deck
    assert (deck.cards["c0"].reps, len(world.practice.today.reviews), deck.count().left) == (1, 1, 3)
    await world.look()
    assert world.asked.card.id == "c1"


@review
async def test_a_card_whose_note_is_gone_goes_with_it(world: World) -> None:
    await world.records.write([], [("notes", "n0")])
    world.review.leave()
    await world.look()
    assert world.asked.card.id == "c1"
    assert "c0" not in await world.cards()


@review
async def test_what_was_remembered_and_days_in_a_row(world: World) -> None:
    def learned(card: Card, days: int) -> Card:
        return replace(
            card, state="review", stability=2.0, difficulty=5.0, due=START - DAY, last_review=START - 3 * DAY
        )

    later = world
    for day, grade in enumerate("3133"):
        later = World(later, START + day * DAY)
        others = [replace(one, is_suspended=True) for one in CARDS]
        await later.fill([], [*others, learned(CARDS[day], day)])
        await later.look()
        await later.answer(grade)
    assert later.practice.remembered() == 0.75
    assert later.practice.days_in_a_row() == 4


@review
async def test_the_calendar_has_all_of_its_twelve_weeks(world: World) -> None:
    await world.answer("4")
    later = World(world, START + 80 * DAY)
    await later.look()
    assert len(later.practice.past()) == 83
    assert [len(day.reviews) for day in later.practice.past() if day.reviews] == [1]


def test_without_the_scheduler_the_page_says_so_and_tries_again() -> None:
    async def body() -> None:
        tries = []

        async def package(name: str) -> None:
            tries.append(name)
            if len(tries) == 1:
                raise Interrupted

        world = World(package=package)
        await world.fill(NOTES, CARDS)
        world.review.look()
        await world.rest()
        assert isinstance(world.practice.problem(), Interrupted)
        await world.look()
        assert world.practice.problem() is None
        assert world.asked.card.id == "c0"
        assert tries == ["fsrs", "fsrs"]

    asyncio.run(body())


def test_the_same_trouble_again_draws_nothing_and_so_is_not_tried_for_ever() -> None:
    async def body() -> None:
        tries = []

        async def package(name: str) -> None:
            tries.append(name)
            raise Interrupted

        world = World(package=package)

        def paint() -> None:
            world.practice.problem()
            with untracked():
                if len(tries) < 9:
                    world.review.look()

        def soon() -> None:
            asyncio.get_running_loop().call_soon(flush)

        on_change(soon)
        try:
            painted = Effect(paint)
            await world.rest()
        finally:
            on_change(None)
        assert isinstance(world.practice.problem(), Interrupted)
        painted.stop()
        assert len(tries) == 2

    asyncio.run(body())


@pytest.mark.parametrize("grade", ["0", "5", "", "33", "good"])
def test_nonsense_is_no_answer(grade: str) -> None:
    async def body() -> None:
        world = World()
        await world.fill(NOTES, CARDS)
        await world.look()
        await world.answer(grade)
        assert (world.asked.card.id, world.asked.is_open) == ("c0", True)
        assert await world.practice.store.all_days() == []

    asyncio.run(body())


@review
async def test_a_card_shows_the_pictures_of_its_note_and_of_its_note_type(world: World) -> None:
    logo, map_ = media_of("logo.png", "aaaa"), media_of("map.png", "bbbb")
    kind = NoteType("t", "Maps", ("Place",), (CardTemplate("Card 1", '<img src="logo.png">{{Place}}', "x"),))
    note = Note("n", "n", "other", ('<img src="map.png">',), "html", note_type="t")
    note = replace(note, media=(MediaName("map.png", map_.id),))
    kind = replace(kind, extra={"media": {"logo.png": logo.id}})
    await world.practice.store.add(media=[logo, map_], types=[kind])
    await world.practice.keep([note], [Card("c", "n", position=1)])
    await world.act("review:bury")
    assert world.asked.pictures == {"logo.png": logo, "map.png": map_}
    assert world.asked.face.front == "![](logo.png)![](map.png)"


@review
async def test_one_notebook_alone_is_reviewed_and_the_limits_are_of_all(world: World) -> None:
    await world.practice.keep(cards=[replace(CARDS[2], notebook="sea"), replace(CARDS[3], notebook="sea")])
    await world.act("review:in", "sea")
    deck = world.practice.asked
    assert deck
    assert (world.asked.card.id, deck.count().left, deck.count().total) == ("c2", 2, 2)
    await world.answer("4")
    assert (world.asked.card.id, deck.count().left, deck.count().total) == ("c3", 1, 2)
    await world.act("review:undo")
    assert world.asked.card.id == "c2"
    await world.answer("4")
    await world.answer("4")
    assert world.review.asked() is None
    outlook = world.session.state.outlook()
    assert outlook
    assert outlook.due_on(outlook.day) == 2, "the navigation tells of all of them"
    await world.act("review:in", "")
    assert world.asked.card.id == "c0"
    await world.answer("4")
    await world.act("review:in", "all")
    assert (world.asked.card.id, world.practice.asked) == ("c1", world.practice.deck)
