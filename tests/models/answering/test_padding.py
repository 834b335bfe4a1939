"""A model that says nothing but <pad> is noticed; a text about <pad> is left alone."""

from __future__ import annotations

import pytest

from app.models.answering.padding import MOST_EMPTY, PadFilter


def passed(*deltas: str) -> tuple[str, PadFilter]:
    guard = PadFilter()
    shown = "".join(guard.filter(delta) for delta in deltas)
    return shown, guard


@pytest.mark.parametrize("cut", range(1, 12))
def test_endless_padding_is_noticed_wherever_the_deltas_are_cut(cut: int) -> None:
    text = "Paris." + "<pad>" * 20
    shown, guard = passed(*[text[at : at + cut] for at in range(0, len(text), cut)])
    assert shown == "Paris."
    assert guard.is_endless


@pytest.mark.parametrize("cut", range(1, 12))
def test_ordinary_text_passes_unchanged_even_with_tags(cut: int) -> None:
    text = "a < b, <p>x</p>, the <pad> token, <pre>1</pre> <"
    shown, guard = passed(*[text[at : at + cut] for at in range(0, len(text), cut)])
    assert shown + guard.rest() == text
    assert not guard.is_endless


def test_padding_at_the_end_of_a_reply_is_not_shown() -> None:
    shown, guard = passed("Paris.", "<pad>", "<pad>")
    assert shown + guard.rest() == "Paris."


def test_an_engine_that_prints_nothing_for_ever_is_noticed_too() -> None:
    _, guard = passed(*[""] * MOST_EMPTY)
    assert guard.is_endless
