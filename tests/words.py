"""The words that a person reads, for tests: through the same table as the page.

assert english(error.message) == "Fetching Tiny was paused."
with raises(LoadFailed, "cut short"): ...               # pytest.raises whose words are looked at
"""

from __future__ import annotations

import functools
import json
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
    """The table of a feature, by "language/feature"; by "languages" what set-up tells of each."""
    if name == "languages":
        about = {
            folder.name: table(f"{folder.name}/language")
            for folder in sorted(FOLDER.glob("*/"))
            if folder.name[0] != "_"
        }
        return {code: {"name": one["name"], "direction": one["direction"]} for code, one in about.items()}
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def speak_english() -> None:
    """As the page does at its start; a space that does not break is one like any other here: tests stay readable."""
    use("en", _plain)


def _plain(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(table(name), ensure_ascii=False).replace("\u00a0", " "))
    return found


def english(text: TextOrWords) -> str:
    """A text in English."""
    return words(text)


def raises(kind: type[E], match: str) -> pytest.RaisesExc[E]:
    """Expect an error whose message, in English, holds the pattern."""
    return pytest.raises(kind, check=lambda error: re.search(match, english(error.message)) is not None)
