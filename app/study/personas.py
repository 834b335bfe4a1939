"""Personas: those that come along, those that a person keeps, and the file that carries them from one to another.

    built_in(words)[0].name                 # "Explain simply"
    text = write_personas([persona])        # what "Export" saves
    personas = read_personas(text)          # raises BadPersonas, in words

The file is one JSON object, in UTF-8:

    {
      "format": "drleelm-personas",
      "version": 1,
      "personas": [
        {"name": "Socratic tutor", "about": "Asks before it tells.", "instructions": "You are a …"}
      ]
    }

`name` (at most 80 characters) and `instructions` (at most 8,000) are needed, `about` (at most 200) is not, nor is
`"tutor": true` of one that asks for an attempt first, as the Tutor does. Unknown keys are passed over. A catalogue
lists personas by the same names (app.models.store.catalog).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.core.errors import AppError
from app.core.persona import MOST_ABOUT, MOST_INSTRUCTIONS, MOST_NAME, Persona, persona_of, wrong_persona
from app.core.reading import Unreadable, read_json
from app.core.shapes import decode
from app.core.text import shorten
from app.core.texts import Text, Words

FORMAT, VERSION = "drleelm-personas", 1
MOST = 200  # personas of one file
CAME_ALONG = "built-in:"  # how the ids of those begin that came along


class BadPersonas(AppError):
    """A file that holds no personas that could be taken in; the message says why."""

    message = Text("personas.bad")
    cure = Text("personas.bad_cure")
    again = False


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """One that comes along, in every language of the app."""

    id: str
    name: Text
    about: Text
    instructions: Text


TUTOR = BuiltIn("tutor", Text("personas.tutor"), Text("personas.tutor_about"), Text("personas.tutor_does"))
BUILT_IN = (
    BuiltIn("explain", Text("personas.explain"), Text("personas.explain_about"), Text("personas.explain_does")),
    TUTOR,
    BuiltIn("socratic", Text("personas.socratic"), Text("personas.socratic_about"), Text("personas.socratic_does")),
    BuiltIn("exam", Text("personas.exam"), Text("personas.exam_about"), Text("personas.exam_does")),
    BuiltIn("language", Text("personas.language"), Text("personas.language_about"), Text("personas.language_does")),
    BuiltIn("proof", Text("personas.proof"), Text("personas.proof_about"), Text("personas.proof_does")),
    BuiltIn("notes", Text("personas.notes"), Text("personas.notes_about"), Text("personas.notes_does")),
    BuiltIn("debate", Text("personas.debate"), Text("personas.debate_about"), Text("personas.debate_does")),
)


def built_in(words: Words) -> tuple[Persona, ...]:
    """Those that come along, in the language of `words`."""
    return tuple(
        Persona(
            f"{CAME_ALONG}{one.id}", words(one.name), words(one.instructions), words(one.about), tutors=one is TUTOR
        )
        for one in BUILT_IN
    )


def persona_from(record: object, lost: list[str] | None = None) -> Persona:
    """A persona from its stored record; what of it cannot be read is named in `lost`. Raises Damaged."""
    return decode(Persona, record, lost)


def typed(id: str, name: str, about: str, instructions: str, now: float, *, tutors: bool = False) -> Persona:
    """A persona as a person has typed it. Raises BadPersonas where the name or the instructions are missing."""
    named, told = shorten(name, MOST_NAME), instructions.strip()[:MOST_INSTRUCTIONS]
    if not named or not told:
        raise BadPersonas(Text("personas.incomplete"), Text("personas.incomplete_cure"))
    return Persona(id, named, told, shorten(about, MOST_ABOUT), now, tutors)


def is_same(one: Persona, other: Persona) -> bool:
    """Whether two say the same, whatever their ids."""
    return replace(one, id=other.id, updated=other.updated) == other


def write_personas(personas: Iterable[Persona]) -> str:
    """The text of the file."""
    rows = [
        {"name": one.name, "about": one.about, "instructions": one.instructions}
        | ({"tutor": True} if one.tutors else {})
        for one in personas
    ]
    return json.dumps({"format": FORMAT, "version": VERSION, "personas": rows}, ensure_ascii=False, indent=2) + "\n"


def read_personas(text: str) -> tuple[Persona, ...]:
    """The personas of a file, without ids. Raises BadPersonas."""
    try:
        data = read_json(text.removeprefix("\ufeff"))
    except Unreadable as error:
        raise BadPersonas(Text("personas.not_json"), detail=str(error)) from error
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise BadPersonas(Text("personas.other_file"))
    if data.get("version") != VERSION:
        raise BadPersonas(Text("personas.newer"), Text("personas.newer_cure"))
    rows = data.get("personas")
    if not isinstance(rows, list) or not rows:
        raise BadPersonas(Text("personas.none_in_it"))
    if len(rows) > MOST:
        raise BadPersonas(Text("personas.too_many", most=MOST))
    return tuple(_read(number, row) for number, row in enumerate(rows, 1))


def _read(number: int, row: object) -> Persona:
    if wrong := wrong_persona(number, row):
        raise BadPersonas(wrong)
    return persona_of(row)
