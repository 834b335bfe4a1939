"""Cards of another program's note types, as their templates ask and answer.

    sides(note_type, note, 1)       # ("<b>Lisboa</b>", "capital of Portugal"): HTML, not to be painted
    ordinals_of(note_type, note)    # (0, 1): the cards that such a note has

A template is a text with `{{Field}}` in it: `{{#Field}}…{{/Field}}` is shown where the field says anything,
`{{^Field}}` where it does not, `{{FrontSide}}` is what was asked. Its look (CSS) and its scripts are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.study.practice.markup import MOST, plain_text, without_hidden
from app.study.practice.records import Note, NoteType

MOST_DEPTH = 30
_PART = re.compile(r"(\{\{[^{}]{1,300}\}\})")
_COVERS = re.compile(r"\{\{c\d+::image-occlusion:[^{}]*\}\}")  # places on a picture, no words
_RUBY = re.compile(r" ?([^\s>\[\]]{1,100})\[([^\[\]]{1,300})\]")
_SHOWS = re.compile(r"<(?:img|video|audio)\b|\[sound:|\[latex\]|\[\$", re.IGNORECASE)
_GAP = re.compile(r"\{\{c([1-9]\d{0,2})::", re.IGNORECASE)
_ANSWER = re.compile(r"<hr\b[^<>]{0,300}\bid\s*=\s*[\"']?answer\b[^<>]{0,300}>", re.IGNORECASE)
FRONT = "FrontSide"


def sides(kind: NoteType, note: Note, ordinal: int) -> tuple[str, str]:
    """What a card asks, and what it shows below that then. Gaps of a cloze are as they were written."""
    at = 0 if kind.is_cloze else ordinal
    if at >= len(kind.templates):
        return (note.fields[0] if note.fields else ""), ""
    template = kind.templates[at]
    fields = values_of(kind, note, ordinal) | {"Card": template.name}
    front = _filled(template.front, fields, is_answer=False)
    back = _filled(template.back, fields | {FRONT: ""}, is_answer=True)
    return front, back if kind.is_cloze else _ANSWER.split(back)[-1]


def ordinals_of(kind: NoteType, note: Note) -> tuple[int, ...]:
    """The cards that a note of this type has: those whose question shows a field that says anything."""
    if kind.is_cloze:
        numbers = {int(number) - 1 for text in note.fields for number in _GAP.findall(text)}
        return tuple(sorted(numbers))
    fields = values_of(kind, note, 0)
    empty = dict.fromkeys(fields, "")
    return tuple(
        at
        for at, one in enumerate(kind.templates)
        if _filled(one.front, fields, is_answer=False) != _filled(one.front, empty, is_answer=False)
    )


def values_of(kind: NoteType, note: Note, ordinal: int) -> dict[str, str]:
    """What stands in the place of each name."""
    fields = dict(zip(kind.fields, note.fields, strict=False))
    extra = {"Tags": " ".join(note.tags), "Type": kind.name, "Deck": "", "Subdeck": "", "CardFlag": ""}
    return {**extra, **fields, **({f"c{ordinal + 1}": "1"} if kind.is_cloze else {})}


def _filled(template: str, fields: Mapping[str, str], *, is_answer: bool) -> str:
    """A template with its fields. What is shut that was not opened, and what nobody has shut, is passed over."""
    made, shows = list[str](), [True]
    for part in _PART.split(without_hidden(template[:MOST])):
        name = part[2:-2].strip() if part.startswith("{{") and part.endswith("}}") else None
        if name is None:
            made += [part] if shows[-1] else []
        elif name[:1] in ("#", "^") and len(shows) < MOST_DEPTH:
            is_there = says_anything(fields.get(name[1:].strip(), ""))
            shows.append(shows[-1] and is_there == name.startswith("#"))
        elif name.startswith("/"):
            if len(shows) > 1:
                shows.pop()
        elif shows[-1]:
            made.append(_value(name, fields, is_answer=is_answer))
    return "".join(made)


def says_anything(text: str) -> bool:
    """Whether a field holds words, a picture or a sound."""
    return bool(plain_text(text).strip()) or bool(_SHOWS.search(text))


def _value(name: str, fields: Mapping[str, str], *, is_answer: bool) -> str:
    """A field, as what stands before its name wants it."""
    *filters, field = (one.strip() for one in name.split(":"))
    if any(one.startswith("tts") for one in filters) or ("type" in filters and not is_answer):
        return ""
    if "hint" in filters and not is_answer:
        return ""
    text = fields.get(field, "")[:MOST]
    if "cloze" in filters:
        return _COVERS.sub("", text)
    if "text" in filters:
        return plain_text(text)
    if "furigana" in filters:
        return _RUBY.sub(r"\1(\2)", text)
    if "kanji" in filters:
        return _RUBY.sub(r"\1", text)
    return _RUBY.sub(r"\2", text) if "kana" in filters else text
