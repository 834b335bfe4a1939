"""The words that a person reads, for tests: through the same table as the page.

assert english(error.message) == "Fetching Tiny was paused."
with raises(LoadFailed, "cut short"): ...               # pytest.raises whose words are looked at
"""

from __future__ import annotations

import functools
import re
import tomllib
from typing import Any, TypeVar

import pytest

from app.api.openai_in import Refusal
from app.core.errors import AppError
from app.core.texts import TextOrWords
from app.ui.words import use, words
from tests.environment import ROOT

FOLDER = ROOT / "app" / "ui" / "words"
E = TypeVar("E", bound=AppError | Refusal)


@functools.cache
def table(name: str) -> dict[str, Any]:
    """The table of a feature, by "language/feature"."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def speak_english() -> None:
    """As the page does at its start."""
    use("en", table)


def english(text: TextOrWords) -> str:
    """A text in English."""
    return words(text)


def raises(kind: type[E], match: str) -> pytest.RaisesExc[E]:
    """Expect an error whose message, in English, holds the pattern."""
    return pytest.raises(kind, check=lambda error: re.search(match, english(error.message)) is not None)
