"""What a card asks and answers, and which cards a note has.

    faces(note, 0)              # Face("What is ebb?", "Falling water.")
    ordinals(note)              # (0, 1) for a reversed note, (0, 2) for a cloze with the gaps c1 and c3
    gap("Ebb follows flood.", "flood", 1)

A cloze is a text with `{{c1::words::hint}}` in it: its first card hides every gap 1, and shows the others. Gaps may
stand in gaps. The words are Markdown of this app, or HTML of another program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.study.practice.markup import as_markdown, plain_text
from app.study.practice.records import Card, Note, NoteType
from app.study.practice.templates import sides

MOST_DEPTH = 20  # of gaps in gaps; what stands deeper is words
MOST_LINE = 4_000  # characters of which one line is made
_MARK = re.compile(r"\{\{c([1-9]\d{0,2})::|\}{2,}", re.IGNORECASE)
_MARKS = re.compile(r"[*_`#>$~]+|!?\[([^\[\]]*)\]\([^()]*\)|<[^<>]{0,200}>")
_DOLLARS = re.compile(r"(?<!\\)\$\$?")
HIDDEN, LEFT, RIGHT = "…", "[", "]"


@dataclass(frozen=True, slots=True)
class Face:
    """Both sides of a card; the back of a cloze is the whole text. `beside` is told with the answer."""

    front: str
    back: str
    beside: str = ""
    is_cloze: bool = False


@dataclass(frozen=True, slots=True)
class _Gap:
    """A gap from `start` to before `end` of its text."""

    number: int
    start: int
    end: int
    words: str
    hint: str
    is_in_formula: bool


def ordinals(note: Note) -> tuple[int, ...]:
    """The cards that a note has; none of a cloze without gaps."""
    if note.kind == "cloze":
        return tuple(sorted({one.number - 1 for one in _every(_text(note, 0))}))
    return (0, 1) if note.kind == "reversed" else (0,)


def face(note: Note, ordinal: int, kind: NoteType | None = None) -> Face:
    """What one card of a note shows, in Markdown; `kind` is the type of a note of another program's."""
    if note.kind == "other" and kind:
        front, back = map(as_markdown, sides(kind, note, ordinal))
        if not kind.is_cloze:
            return Face(front, back)
        return Face(_shown(front, ordinal + 1, _hide), _shown(back, ordinal + 1, _tell), is_cloze=True)
    first, second = _markdown(note, 0), _markdown(note, 1)
    if note.kind == "cloze":
        return Face(_shown(first, ordinal + 1, _hide), _shown(first, ordinal + 1, _tell), second, is_cloze=True)
    return Face(second, first) if ordinal == 1 and note.kind == "reversed" else Face(first, second)


def is_empty(note: Note) -> bool:
    """Whether nothing would be asked."""
    return not _text(note, 0).strip() or not ordinals(note)


def cards_of(note: Note, new_id: Callable[[], str], now: float, here: tuple[Card, ...] = ()) -> list[Card]:
    """The cards of a note: those that are here stay, with what was learned, and new ones are made; of another program's
    note all stay."""
    if note.kind == "other" and here:
        return list(here)
    known = {card.ordinal: card for card in here}
    return [
        known.get(ordinal) or Card(new_id(), note.id, ordinal, note.notebook, added_at=now, updated=now)
        for ordinal in ordinals(note)
    ]


def gap(text: str, words: str, number: int, hint: str = "") -> str:
    """The text with a gap where these words first stand in it; as it is where they do not."""
    at = text.find(words) if words else -1
    if at < 0:
        return text
    told = f"::{hint}" if hint else ""
    return f"{text[:at]}{{{{c{number}::{words}{told}}}}}{text[at + len(words) :]}"


def in_one_line(note: Note, length: int = 160) -> str:
    """What a note asks, without marks, for a list of many."""
    text = _shown(_text(note, 0), 0, _tell) if note.kind == "cloze" else _text(note, 0)
    if note.markup == "html":
        text = plain_text(text)
    line = " ".join(_MARKS.sub(lambda found: found[1] or "", text[:MOST_LINE]).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _text(note: Note, at: int) -> str:
    return note.fields[at] if at < len(note.fields) else ""


def _markdown(note: Note, at: int) -> str:
    return as_markdown(_text(note, at)) if note.markup == "html" else _text(note, at)


def _gaps(text: str) -> Iterator[_Gap]:
    """The outermost gaps, in order."""
    at, counted, dollars = 0, 0, 0
    for found, end in _pairs(text):
        if found.start() < at:
            continue  # it stands in another one
        dollars += len(_DOLLARS.findall(text, counted, found.start()))
        counted, at = found.start(), end + 2
        words, _, hint = _parted(text[found.end() : end])
        yield _Gap(int(found[1]), found.start(), at, words, hint, is_in_formula=dollars % 2 == 1)


def _pairs(text: str) -> list[tuple[re.Match[str], int]]:
    """What opens a gap, and where the two braces are that shut it, in order; read once. Braces of a formula stand
    before those of a gap."""
    waiting, pairs = list[re.Match[str]](), list[tuple[re.Match[str], int]]()
    for found in _MARK.finditer(text):
        if found[1]:
            waiting.append(found)
            continue
        count = min(len(waiting), len(found[0]) // 2)
        pairs += [(waiting.pop(), found.end() - 2 * left) for left in range(count, 0, -1)]
    return sorted(pairs, key=lambda pair: pair[0].start())


def _every(text: str, depth: int = 0) -> Iterator[_Gap]:
    for one in _gaps(text):
        yield one
        if depth < MOST_DEPTH:
            yield from _every(one.words, depth + 1)


def _parted(inside: str) -> tuple[str, str, str]:
    """The words and the hint; colons inside another gap belong to that."""
    last = inside.rfind("}}")
    head, separator, hint = inside[last + 1 :].partition("::")
    return inside[: last + 1] + head, separator, hint


def _shown(text: str, number: int, asked: Callable[[_Gap, str], str], depth: int = 0) -> str:
    """The text with its gaps filled, but for those of this number, which `asked` draws."""
    parts, at = list[str](), 0
    for one in _gaps(text):
        inside = _shown(one.words, number, asked, depth + 1) if depth < MOST_DEPTH else one.words
        parts += [text[at : one.start], asked(one, inside) if one.number == number else inside]
        at = one.end
    return "".join([*parts, text[at:]])


def _hide(one: _Gap, _inside: str) -> str:
    if one.is_in_formula:
        return r"[\,\ldots\,]"
    return f"**{LEFT}{one.hint or HIDDEN}{RIGHT}**"


def _tell(one: _Gap, inside: str) -> str:
    is_plain = inside and not one.is_in_formula and not set(inside) & set("\n$*")
    return f"**{inside}**" if is_plain else inside
