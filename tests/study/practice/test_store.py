"""Notes, cards and answers are there together, or not at all, and come back after they were deleted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import asdict, replace
from typing import Any

import pytest

from app.core.days import local_day
from app.core.errors import OutOfSpace
from app.study.archive.backup import kept, read_backup, write_backup
from app.study.archive.merging import merge
from app.study.library.carrying import at_rest, without_twins
from app.study.practice.quizzes import Asked, Quiz, Spot, quiz_from
from app.study.practice.records import Card, MediaName, Note, Review, ReviewDay
from app.study.practice.store import PracticeStore
from app.study.shelves import checked, is_whole
from tests.memory import MemoryRecords
from tests.study.practice.test_records import CARD, DAY, NOTE, PICTURE, TYPE


class World:
    """A store over memory."""

    def __init__(self) -> None:
        self.records = MemoryRecords()
        self.store = PracticeStore(checked(self.records))

    async def shelves(self) -> dict[str, dict[str, Any]]:
        """All that there is."""
        return {name: found for name, found in (await self.records.snapshot()).items() if found}

    async def fill(self) -> None:
        """One of everything."""
        await self.store.add([NOTE], [CARD], [PICTURE], [TYPE], [DAY])


def practised(body: Callable[[World], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(body(World()))

    return run


@practised
async def test_what_is_added_is_found(world: World) -> None:
    await world.fill()
    store = world.store
    assert await store.cards() == {"c": CARD}
    assert await store.notes(["n", "n", "gone"]) == await store.all_notes() == {"n": NOTE}
    assert await store.note_types() == {"t": TYPE}
    assert await store.media([PICTURE.id]) == {PICTURE.id: PICTURE}
    assert await store.days(["2026-11-28", "2026-11-29"]) == [ReviewDay("2026-11-28"), DAY]
    assert world.records.writes == 1


@practised
async def test_without_room_nothing_is_written(world: World) -> None:
    world.records.is_full = True
    with pytest.raises(OutOfSpace):
        await world.fill()
    assert await world.shelves() == {}


@practised
async def test_an_answer_joins_its_day_and_can_be_taken_back(world: World) -> None:
    await world.store.add([Note("n")], [before := Card("c", "n")])
    first, second = Review("a", "c", 3, 1.7e9), Review("b", "c", 1, 1.7e9 + 60)
    now = replace(before, reps=1, due=2e9)
    await asyncio.gather(world.store.answered([now], first), world.store.answered([now], second))
    day = local_day(1.7e9)
    assert await world.store.days([day]) == [ReviewDay(day, (first, second))]
    assert await world.store.cards() == {"c": now}
    await world.store.taken_back([before], second)
    assert await world.store.days([day]) == [ReviewDay(day, (first,))]
    await world.store.taken_back([before], first)
    assert await world.store.all_days() == []
    assert await world.store.cards() == {"c": before}


@practised
async def test_answers_that_are_brought_in_join_those_of_their_day(world: World) -> None:
    await world.fill()
    earlier = Review("q", "c", 2, 1.6e9)
    await world.store.add(days=[ReviewDay(DAY.id, (earlier, *DAY.reviews))])
    assert await world.store.all_days() == [ReviewDay(DAY.id, (earlier, *DAY.reviews))]


@practised
async def test_a_deleted_note_takes_its_cards_and_pictures_and_brings_them_back(world: World) -> None:
    await world.fill()
    await world.store.add([other := Note("o")], [Card("d", "o")])
    before = await world.shelves()
    removed = await world.store.remove(["n"], await world.store.cards())
    assert (await world.store.all_notes()).keys() == {"o"}
    assert (await world.store.cards()).keys() == {"d"}
    assert await world.store.media([PICTURE.id]) == {}
    assert await world.store.all_days() == [DAY], "what was answered stays in the charts"
    await world.store.restore(removed)
    assert await world.shelves() == before
    await world.store.add([replace(other, media=(MediaName("same.png", PICTURE.id),))])
    await world.store.remove(["n"], await world.store.cards())
    assert PICTURE.id in await world.store.media([PICTURE.id]), "another note shows it"


@practised
async def test_a_picture_that_a_note_type_shows_stays(world: World) -> None:
    await world.fill()
    await world.store.add(types=[replace(TYPE, extra={"media": {"logo.png": PICTURE.id}})])
    await world.store.remove(["n"], await world.store.cards())
    assert await world.store.media([PICTURE.id]) == {PICTURE.id: PICTURE}


@practised
async def test_a_backup_brings_everything_back_and_nothing_twice(world: World) -> None:
    await world.fill()
    shelves = read_backup(write_backup(kept(await world.records.snapshot()), "", 0.0)).shelves
    fresh = World()
    for _ in range(2):
        mine = await fresh.records.snapshot()
        await fresh.records.write(merge(mine, shelves, is_whole).puts)
    assert await fresh.shelves() == await world.shelves()
    assert fresh.records.writes == 2


@practised
async def test_the_later_card_wins_and_the_answers_of_both_sides_are_kept(world: World) -> None:
    await world.store.add([Note("n")], [replace(CARD, updated=10.0, reps=5)], days=[DAY])
    other = replace(DAY, reviews=(Review("s", "c", 1, 1.7e9 + 90),))
    theirs = {
        "cards": {"c": asdict(replace(CARD, updated=9.0, reps=4))},
        "reviews": {DAY.id: {"id": DAY.id, "reviews": [asdict(one) for one in other.reviews]}},
    }
    merged = merge(await world.records.snapshot(), theirs, is_whole)
    await world.records.write(merged.puts)
    assert (await world.store.cards())["c"].reps == 5
    assert {one.id for day in await world.store.all_days() for one in day.reviews} == {"r", "s"}


def test_a_source_is_the_document_that_is_here_under_another_id() -> None:
    here = {"documents": {"mine": {"id": "mine", "sha256": "0a"}}}
    theirs = {"documents": {"d": {"id": "d", "sha256": "0a"}}, "notes": {"n": asdict(NOTE), "o": asdict(Note("o"))}}
    came = without_twins(theirs, here)["notes"]  # type: ignore[arg-type]
    assert came["n"] == {**asdict(NOTE), "source": {**asdict(NOTE)["source"], "document": "mine"}}
    assert came["o"] == asdict(Note("o"))


def test_a_quiz_names_the_document_that_is_here_under_another_id() -> None:
    here = {"documents": {"mine": {"id": "mine", "sha256": "0a"}}}
    spots, questions = (Spot("d", 3), Spot(turn="t")), (Asked("q", "cloze", "It is ____.", "waxy", document="d"),)
    quiz = Quiz("a", spots=spots, questions=questions)
    record = json.loads(json.dumps(asdict(quiz)))
    odd = {"id": "b", "spots": "none", "questions": [7, {"document": 8}]}
    theirs = {"documents": {"d": {"id": "d", "sha256": "0a"}}, "quizzes": {"a": record, "b": odd}}
    came = without_twins(theirs, here)["quizzes"]  # type: ignore[arg-type]
    named = replace(quiz, spots=(Spot("mine", 3), spots[1]), questions=(replace(questions[0], document="mine"),))
    assert quiz_from(came["a"]) == named
    assert came["b"] == odd


def test_a_quiz_that_comes_in_waits_for_the_person() -> None:
    theirs = {"quizzes": {"a": {"id": "a", "state": "making"}, "b": {"id": "b", "state": "done"}, "c": {"id": "c"}}}
    came = at_rest(theirs)["quizzes"]  # type: ignore[arg-type]
    assert {id: one["state"] for id, one in came.items()} == {"a": "stopped", "b": "done", "c": "stopped"}


@practised
async def test_what_cannot_be_read_is_told_and_costs_itself(world: World) -> None:
    await world.fill()
    world.records.shelves["cards"]["bad"] = "{"
    world.records.shelves["notes"]["bad"] = '{"fields": []}'
    door = checked(world.records)
    assert set(await PracticeStore(door).cards()) == {"c"}
    assert set(await PracticeStore(door).all_notes()) == {"n"}
    assert set(door.damaged) == {("cards", "bad"), ("notes", "bad")}
