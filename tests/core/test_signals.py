"""Signals: who reads a value is told once when it changes, and only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.core.signals import Computed, Effect, Signal, flush, on_change


@pytest.fixture
def later() -> Iterator[list[str]]:
    """Effects wait for `flush`, as they do in the page."""
    calls: list[str] = []
    on_change(lambda: calls.append("wake"))
    yield calls
    flush()
    on_change(None)


def test_an_effect_runs_now_and_at_every_change() -> None:
    count, seen = Signal(1), []
    Effect(lambda: seen.append(count()))
    count.set(2)
    count.set(2)
    count.set(3)
    assert seen == [1, 2, 3]


def test_a_computed_value_is_worked_out_only_when_it_is_stale() -> None:
    count, runs = Signal(1), []

    def double() -> int:
        runs.append(1)
        return count() * 2

    doubled = Computed(double)
    assert (doubled(), doubled(), len(runs)) == (2, 2, 1)
    count.set(5)
    assert (doubled(), len(runs)) == (10, 2)


def test_an_effect_follows_a_computed_value() -> None:
    count, seen = Signal(1), []
    doubled = Computed(lambda: count() * 2)
    Effect(lambda: seen.append(doubled()))
    count.set(5)
    assert seen == [2, 10]


def test_what_was_not_read_does_not_wake() -> None:
    is_shown, name, seen = Signal(False), Signal("a"), []
    Effect(lambda: seen.append(name() if is_shown() else ""))
    name.set("b")
    is_shown.set(True)
    name.set("c")
    is_shown.set(False)
    name.set("d")
    assert seen == ["", "b", "c", ""]


def test_a_stopped_effect_never_runs_again() -> None:
    count, seen = Signal(1), []
    effect = Effect(lambda: seen.append(count()))
    effect.stop()
    count.set(2)
    assert seen == [1]


def test_effects_wait_for_the_flush_and_run_once(later: list[str]) -> None:
    one, two, seen = Signal(1), Signal(1), []
    effect = Effect(lambda: seen.append(one() + two()))
    one.set(2)
    two.set(2)
    assert (seen, bool(later)) == ([2], True)
    flush()
    assert seen == [2, 4]
    effect.stop()


def test_an_effect_may_set_signals_for_others(later: list[str]) -> None:
    one, two, seen = Signal(1), Signal(0), []
    Effect(lambda: two.set(one() * 10))
    Effect(lambda: seen.append(two()))
    one.set(2)
    flush()
    assert seen == [10, 20]


def test_an_effect_that_fails_spares_the_others(later: list[str]) -> None:
    count, seen = Signal(1), []
    divide: Callable[[], object] = lambda: 1 / (2 - count())  # noqa: E731 - as short as what it tests
    Effect(divide)
    Effect(lambda: seen.append(count()))
    count.set(2)
    with pytest.raises(ZeroDivisionError):
        flush()
    assert seen == [1, 2]
    count.set(3)
    flush()
    assert seen == [1, 2, 3]


def test_a_computed_value_that_failed_is_tried_again() -> None:
    answers: list[Exception | int] = [ZeroDivisionError(), 7]

    def compute() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    value = Computed(compute)
    with pytest.raises(ZeroDivisionError):
        value()
    assert value() == 7


def test_nobody_is_left_reading_after_an_error() -> None:
    number, seen = Signal(0), list[int]()
    effect = Effect(lambda: seen.append(number()))
    with pytest.raises(ZeroDivisionError):
        Effect(lambda: 1 / 0)
    number.set(1)
    assert seen == [0, 1], "where somebody still read, this would wait for the end of that"
    effect.stop()
