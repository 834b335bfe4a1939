"""A dataclass and its JSON schema say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest

from app.core.places import Place
from app.core.schemas import MOST_CHARACTERS, schema_of
from app.core.shapes import Share

TEXT = {"type": "string", "maxLength": MOST_CHARACTERS}


@dataclass(frozen=True)
class Option:
    text: str
    is_right: bool = False


@dataclass(frozen=True)
class Item:
    question: str
    options: tuple[Option, ...]
    level: Literal["easy", "hard"] = "easy"
    place: Place = Place.BROWSER
    points: int | None = None
    share: Share = 0.5


@dataclass(frozen=True)
class Odd:
    what: object


def test_every_kind_of_field_has_its_schema() -> None:
    option = {
        "type": "object",
        "properties": {"text": TEXT, "is_right": {"type": "boolean"}},
        "required": ["text"],
        "additionalProperties": False,
    }
    assert schema_of(Item) == {
        "type": "object",
        "properties": {
            "question": TEXT,
            "options": {"type": "array", "items": option},
            "level": {"enum": ["easy", "hard"]},
            "place": {"enum": ["browser", "computer", "network", "cloud"]},
            "points": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
            "share": {"type": "number", "minimum": 0},
        },
        "required": ["question", "options"],
        "additionalProperties": False,
    }


def test_a_type_that_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError):
        schema_of(Odd)
