"""The next card is the right one, and is found without looking at the others."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from app.core.days import local_day, midnight
from app.study.practice.deck import AHEAD_SECONDS, Deck
from app.study.practice.limits import Limits
from app.study.practice.records import Card, CardState, Review
from app.study.practice.scheduling import DAY

NOW = midnight(1_795_000_000.0) + 12 * 3600
LEARNED = Card("learned", "l", state="learning", due=NOW - 60)
SOON = Card("soon", "s", state="relearning", due=NOW + 300)
LATE = Card("late", "a", state="review", due=NOW - 5 * DAY)
TODAY = Card("today", "b", state="review", due=NOW + 3600)
TOMORROW = Card("tomorrow", "c", state="review", due=NOW + DAY)
NEW = Card("new", "d", position=1)
NEWER = Card("newer", "e", position=2)
ALL = (LEARNED, SOON, LATE, TODAY, TOMORROW, NEW, NEWER)


LIMITS = Limits()


def deck(*cards: Card, limits: Limits = LIMITS, **more: object) -> Deck:
    """The deck of these cards at noon."""
    return Deck({one.id: one for one in cards}, limits, NOW, **more)  # type: ignore[arg-type]


def in_order(one: Deck, now: float = NOW) -> list[str]:
    """Cards as they come, each put away for a year once it was asked."""
    found = []
    while card := one.next(now):
        found.append(card.id)
        one.put(replace(card, state="review", due=now + 365 * DAY))
    return found


def test_learned_ones_come_first_then_reviews_then_new_ones_and_early_ones_last() -> None:
    assert in_order(deck(*reversed(ALL))) == ["learned", "late", "today", "new", "newer", "soon"]


def test_nothing_is_due_and_when_the_next_card_comes() -> None:
    one = deck(TOMORROW, replace(SOON, due=NOW + AHEAD_SECONDS + 60))
    assert one.next(NOW) is None
    assert one.next_time(NOW) == NOW + AHEAD_SECONDS + 60
    assert deck(TOMORROW).next_time(NOW) == NOW + DAY
    assert deck().next_time(NOW) is None
    assert deck(NEW, limits=Limits(new_a_day=0)).next_time(NOW) == midnight(NOW) + DAY


def test_suspended_and_buried_cards_and_those_of_other_notebooks_are_not_asked() -> None:
    cards = (replace(LATE, is_suspended=True), replace(NEW, buried_until=NOW + 9 * 3600), replace(TODAY, notebook="x"))
    assert in_order(deck(*cards, notebook="")) == []
    assert in_order(deck(*cards, notebook="x")) == ["today"]
    assert in_order(deck(replace(NEW, buried_until=midnight(NOW)))) == ["new"], "until today"


def test_the_limits_hold_for_the_day() -> None:
    new = [Card(f"n{number}", f"n{number}", position=number) for number in range(5)]
    due = [Card(f"r{number}", f"r{number}", state="review", due=NOW - number) for number in range(5)]
    answers = [Review("a", "x", 3, NOW, "new"), Review("b", "y", 3, NOW, "review")]
    one = deck(*new, *due, limits=Limits(new_a_day=3, reviews_a_day=4), answered=answers)
    assert (one.count().left, one.count().total, one.count().new) == (2 + 3, 2 + 3 + 2, 2)
    for number in range(5):
        card = one.next(NOW)
        assert card
        one.note(Review(f"s{number}", card.id, 3, NOW, card.state))
        one.put(replace(card, state="review", due=NOW + 9 * DAY))
    assert one.next(NOW) is None
    assert (one.count().left, one.count().total) == (0, 7)


def test_an_answer_that_is_taken_back_counts_as_before() -> None:
    one = deck(*ALL)
    before, review = one.count(), Review("a", "late", 3, NOW, "review")
    one.note(review)
    one.put(replace(LATE, due=NOW + DAY))
    assert (one.count().left, one.count().total) == (before.left - 1, before.total)
    one.forget(review)
    one.put(LATE)
    assert one.count() == before
    assert in_order(one) == in_order(deck(*ALL))


def test_what_is_forecast_and_told_to_the_navigation() -> None:
    one = deck(*ALL, Card("week", "w", state="review", due=NOW + 6 * DAY))
    assert one.forecast(7) == [4, 1, 0, 0, 0, 0, 1]
    outlook = one.outlook()
    assert (outlook.day, outlook.new, outlook.reviews[:3]) == (local_day(NOW), 2, (4, 1, 0))
    assert outlook.due_on(local_day(NOW)) == one.count().left


def test_siblings_and_cards_of_a_note() -> None:
    one = deck(Card("b", "n", 1), Card("a", "n", 0), Card("c", "m"))
    assert [card.id for card in one.of_note("n")] == ["a", "b"]
    assert [card.id for card in one.siblings(one.cards["a"])] == ["b"]
    one.drop("b", "gone")
    assert one.siblings(one.cards["a"]) == []
    assert sorted(in_order(one)) == ["a", "c"]


@pytest.mark.parametrize("seed", range(20))
def test_however_it_was_changed_it_is_as_one_that_is_made_anew(seed: int) -> None:
    dice = random.Random(seed)

    def any_card(id: str) -> Card:
        state: CardState = dice.choice(["new", "learning", "review", "relearning"])
        due = NOW + dice.uniform(-3, 3) * DAY
        hidden, buried = dice.random() < 0.1, NOW + dice.choice([-2, 0, 0, 0, 1]) * DAY
        return Card(id, f"n{dice.randint(0, 5)}", 0, dice.choice(["", "x"]), state, due=due, is_suspended=hidden,
                    buried_until=buried, position=dice.randint(0, 9))  # fmt: skip

    one = deck(*(any_card(str(number)) for number in range(30)), notebook="x")
    for _ in range(100):
        if dice.random() < 0.2:
            one.drop(str(dice.randint(0, 39)))
        else:
            id = str(dice.randint(0, 39))
            card = any_card(id)
            one.put(replace(card, note=one.cards[id].note) if id in one.cards else card)
        one.next(NOW)
    fresh = deck(*one.cards.values(), notebook="x")
    assert (one.count(), one.forecast(7), one.next_time(NOW)) == (
        fresh.count(),
        fresh.forecast(7),
        fresh.next_time(NOW),
    )
    assert in_order(one) == in_order(fresh)


def test_twenty_thousand_cards_are_not_looked_at_for_the_next_one() -> None:
    cards = [Card(str(number), str(number), state="review", due=NOW - number) for number in range(20_000)]
    one, looked = deck(*cards, limits=Limits(reviews_a_day=9999)), 0

    class Counted(dict[str, Card]):
        """Counts who is looked at."""

        def __getitem__(self, id: str) -> Card:
            nonlocal looked
            looked += 1
            return super().__getitem__(id)

    one.cards = Counted(one.cards)
    for _ in range(50):
        card = one.next(NOW)
        assert card
        one.put(replace(card, due=NOW + DAY))
        one.count()
    assert looked <= 200
