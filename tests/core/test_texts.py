"""A text is a key with values: frozen, comparable, and never words by accident."""

from __future__ import annotations

from copy import deepcopy

import pytest

from app.core.texts import Percent, Size, Text, as_words, in_a_row, of

PARTS = Text("formats.needs_named", here=Text("formats.part", part=1, parts=2), parts=["b", "c"])


def test_it_is_equal_to_one_of_the_same_key_and_values_and_can_be_kept_in_a_set() -> None:
    assert Text("store.evicted", model="Tiny") == Text("store.evicted", model="Tiny")
    assert Text("store.evicted", model="Tiny") != Text("store.evicted", model="Other")
    assert len({PARTS, deepcopy(PARTS), Text("formats.needs_named", here=PARTS, parts=("b", "c"))}) == 2


def test_it_is_frozen() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        PARTS.key = "another"


def test_in_an_f_string_it_is_an_error_instead_of_a_key_that_a_person_reads() -> None:
    with pytest.raises(TypeError, match="becomes words"):
        f"{PARTS}"
    assert repr(Text("store.evicted", model="Tiny")) == "store.evicted(model='Tiny')", "for a log"


def test_what_is_taken_out_of_its_values_is_out_of_those_inside_too() -> None:
    hidden = Text(
        "errors.of", name="key", message=Text("cloud.bad_key", name="a key"), more=["key", PARTS], size=Size(3)
    )
    assert "key'" not in repr(hidden.changed(lambda words: words.replace("key", "…")))


def test_sentences_in_a_row_leave_out_what_is_empty() -> None:
    assert in_a_row("", "") == ""
    assert in_a_row("", PARTS) == PARTS
    assert in_a_row("One.", PARTS, "Three.") == in_a_row(in_a_row("One.", PARTS), "Three.")


def test_what_is_kept_are_words() -> None:
    record = {"reasons": (PARTS, "plain"), "cost": 3, "inside": {"blocked": of("Tiny", PARTS)}}
    kept = as_words(record, lambda text: text if isinstance(text, str) else text.key)
    assert kept == {"reasons": ["formats.needs_named", "plain"], "cost": 3, "inside": {"blocked": "errors.of"}}


def test_a_hundred_per_cent_is_only_said_when_it_is_true() -> None:
    assert (Percent.of(999, 1000), Percent.of(1, 1), Percent.of(1, 0)) == (99, 100, 0)
