"""Cards come again exactly when `fsrs` says so, whatever is stored and read in between."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from app.study.practice.limits import Limits
from app.study.practice.records import AGAIN, EASY, GOOD, RATINGS, Card, CardState, Note
from app.study.practice.scheduling import DAY, Scheduling, is_leech, review_of
from app.study.practice.store import PracticeStore
from app.study.shelves import checked
from tests.memory import MemoryRecords

START = datetime(2026, 11, 29, 8, 0, 0, 123457, tzinfo=UTC)


def history(seed: int) -> list[tuple[int, datetime]]:
    """Answers and their times: soon, on the day, weeks and years late."""
    dice, at, answers = random.Random(seed), START, []
    for _ in range(dice.randint(1, 25)):
        days = dice.choice([0, 0, 0, 1, 3, 10, 40, 400]) * dice.random()
        at += timedelta(days=days, seconds=dice.randint(1, 5000), microseconds=dice.randint(0, 999_999))
        answers.append((dice.choices(RATINGS, [2, 1, 5, 1])[0], at))
    return answers


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_random_histories_through_the_store_end_as_one_pass_of_the_package(first: int) -> None:
    limits = Limits(retention=0.9 if first else 0.85)

    async def through_the_store(seed: int) -> Card:
        records = MemoryRecords()
        await PracticeStore(checked(records)).add([Note("n")], [Card("c", "n")])
        for number, (rating, at) in enumerate(history(seed)):
            store = PracticeStore(checked(records))  # as a page that is loaded anew
            before = (await store.cards())["c"]
            after = Scheduling(limits).answered(before, rating, at.timestamp())
            await store.answered([after], review_of(f"r{number}", before, after, rating, 1.0))
        return (await PracticeStore(checked(records)).cards())["c"]

    for seed in range(first, first + 50):
        scheduler = fsrs.Scheduler(desired_retention=limits.retention, enable_fuzzing=False)
        wanted = fsrs.Card(card_id=1)
        for rating, at in history(seed):
            wanted, _ = scheduler.review_card(wanted, fsrs.Rating(rating), at)
        card = asyncio.run(through_the_store(seed))
        assert (card.stability, card.difficulty, card.step) == (wanted.stability, wanted.difficulty, wanted.step)
        assert datetime.fromtimestamp(card.due, UTC) == wanted.due
        assert card.reps == len(history(seed))


def test_the_four_buttons_say_when_the_card_comes_again() -> None:
    scheduling, now = Scheduling(Limits()), START.timestamp()
    assert scheduling.intervals(Card("c", "n"), now) == (60.0, 330.0, 600.0, 8 * DAY)
    card = scheduling.answered(Card("c", "n"), EASY, now)
    assert (card.state, card.reps, card.lapses, card.step) == ("review", 1, 0, None)
    assert scheduling.recall(card, now + 8 * DAY) == pytest.approx(0.9, abs=0.01)
    later = scheduling.answered(card, AGAIN, now + 9 * DAY)
    assert (later.state, later.lapses) == ("relearning", 1)
    assert scheduling.answered(later, AGAIN, now + 9 * DAY + 60).lapses == 1, "it was not known again yet"


@pytest.mark.parametrize("state", ["learning", "review", "relearning"])
@pytest.mark.parametrize(("stability", "difficulty"), [(None, None), (0.0, 5.0), (-1.0, 5.0), (3.0, None), (None, 5.0)])
def test_a_card_of_which_nothing_is_known_counts_as_new(
    state: CardState, stability: float | None, difficulty: float | None
) -> None:
    scheduling, now = Scheduling(Limits()), START.timestamp()
    odd = Card("c", "n", 0, "", state, 1, stability, difficulty, now - DAY, now - 2 * DAY, 5, 2)
    assert scheduling.intervals(odd, now) == (60.0, 330.0, 600.0, 8 * DAY)
    for rating in RATINGS:
        after, wanted = scheduling.answered(odd, rating, now), scheduling.answered(Card("c", "n"), rating, now)
        assert (after.state, after.step, after.due) == (wanted.state, wanted.step, wanted.due)
        assert (after.stability, after.difficulty) == (wanted.stability, wanted.difficulty)
        assert (after.reps, after.lapses) == (6, 2)
    assert scheduling.recall(odd, now) == 0


def test_what_is_kept_of_an_answer() -> None:
    scheduling, now = Scheduling(Limits()), START.timestamp()
    first = scheduling.answered(Card("c", "n"), EASY, now)
    then = scheduling.answered(first, GOOD, now + 10 * DAY)
    review = review_of("r", first, then, GOOD, 4.5)
    assert (review.card, review.rating, review.at, review.state, review.seconds) == (
        "c",
        3,
        now + 10 * DAY,
        "review",
        4.5,
    )
    assert review.before == 8
    assert review.due == then.due


def test_a_leech_is_told_at_the_limit_and_after_each_half_of_it() -> None:
    found = [lapses for lapses in range(20) if is_leech(Card("c", "n", lapses=lapses), Limits(leech_lapses=8))]
    assert found == [8, 12, 16]
    assert not is_leech(Card("c", "n", lapses=99), Limits(leech_lapses=0))
