"""A persona: instructions with a name, by which a model answers in a chat.

instructions("Answer in short sentences.", persona)     # what a model is told before the chat's words
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.shapes import When
from app.core.text import shorten
from app.core.texts import Text

MOST_NAME, MOST_ABOUT, MOST_INSTRUCTIONS = 80, 200, 8_000  # characters
FIELDS = {"name": MOST_NAME, "instructions": MOST_INSTRUCTIONS, "about": MOST_ABOUT}


@dataclass(frozen=True, slots=True)
class Persona:
    """`about` says in a line what it does. `updated` is when the person last changed it, seconds since 1970; 0 for one
    that came along or is a catalogue's. Chats of one that `tutors` are tutored (app.study.tutored)."""

    id: str
    name: str
    instructions: str
    about: str = ""
    updated: When = 0.0
    tutors: bool = False


def instructions(general: str, persona: Persona | None) -> str:
    """What holds for every chat, then what the persona adds; "" for neither."""
    both = (general.strip(), persona.instructions.strip() if persona else "")
    return "\n\n".join(filter(None, both))


def wrong_persona(number: int, row: object) -> Text | None:
    """What is wrong with one row of a file or a catalogue, the first being 1; None where nothing is."""
    if not isinstance(row, Mapping):
        return Text("personas.row_no_object", row=number)
    for field, most in FIELDS.items():
        value = row.get(field, "")
        if not isinstance(value, str) or (not value.strip() and field != "about"):
            return Text("personas.row_lacks", row=number, field=field)
        if len(value) > most:
            return Text("personas.row_too_long", row=number, field=field, most=most)
    return None


def persona_of(row: object, id: str = "") -> Persona:
    """The persona of a row with which nothing is wrong."""
    known: Mapping[object, object] = row if isinstance(row, Mapping) else {}
    name, told, about = (str(known.get(field, "")).strip() for field in FIELDS)
    tutors = known.get("tutor") is True
    return Persona(id, shorten(name, MOST_NAME), told, shorten(about, MOST_ABOUT), tutors=tutors)
