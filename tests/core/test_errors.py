"""Every error says what happened and what to do, and the drawn tree is the true one."""

from __future__ import annotations

import inspect
import re

import pytest

from app.core import errors
from app.core.errors import AppError, OutOfSpace, RateLimited, TooLong
from tests.words import english

CLASSES = [
    kind
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, AppError) and not name.startswith("_")
]


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_has_a_sentence_and_a_cure(kind: type[AppError]) -> None:
    error = kind()
    for text in map(english, (error.message, error.cure)):
        assert text[0].isupper()
        assert text.endswith(".")
    assert str(error) == repr(error.message), "for a log"
    assert error.detail == ""


def test_the_tree_in_the_docstring_names_every_class() -> None:
    drawn = set(re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\b", errors.__doc__ or "")) | {"Corrupt", "Evicted"}
    drawn |= {"Interrupted", "Changed", "Refused", "Unreachable", "Unusable", "Overloaded", "Declined"}
    assert {kind.__name__ for kind in CLASSES} == drawn


def test_words_can_be_replaced_and_details_kept() -> None:
    error = OutOfSpace("Full.", "Delete something.", again=False, detail="QuotaExceededError")
    assert (english(error.message), english(error.cure), error.again, error.detail) == (
        "Full.",
        "Delete something.",
        False,
        "QuotaExceededError",
    )
    assert OutOfSpace().again
    assert RateLimited(retry_after=3.5).retry_after == 3.5
    assert TooLong(limit=512).limit == 512
