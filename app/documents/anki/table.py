"""Notes in a text, a line each: what Anki writes as "Notes in Plain Text", and any table of questions and answers.

    table = Table(data, "lisbon-notes.txt")     # raises UnreadableDocument
    table.notes(0, 200)                         # (AnkiNote(…, guid="", deck="Lisbon"), …)

Lines at the beginning that start with "#" say how it is written: "#separator:tab", "#html:true", "#deck column:3". A
note without a guid has "".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from app.core.anki import AnkiFile, AnkiKind, AnkiNote
from app.core.anki_kinds import CLOZE, plain_kind, stock
from app.core.documents import UnreadableDocument
from app.documents.formats.text import text_of

MOST_LINES, MOST_COLUMNS, MOST_FIELD = 250_000, 100, 1_000_000
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_LIKELY = "\t;,|"
_GAP = re.compile(r"\{\{c\d+::")
_TAGS = re.compile(r"<(?:br|div|b|i|u|img|span|p|ul|ol|sub|sup|hr)\b[^>]*>|&(?:lt|gt|amp|nbsp|quot);", re.IGNORECASE)
_CLOZES = ("cloze", "lückentext")


class Table:
    """A text that was read. Notes are counted from 1, note types too where they have no id of Anki's."""

    def __init__(self, data: bytes, name: str) -> None:
        said, lines = _said(text_of(data))
        self._said, self._broken = said, 0
        self._separator = _separator(said, lines)
        rows = list(self._rows(lines))
        is_html = said["html"] == "true" if "html" in said else any(_TAGS.search(one) for row in rows for one in row)
        self._special = {key: _column(said, key) for key in ("notetype", "deck", "tags", "guid")}
        self._kinds = dict[tuple[str, bool], AnkiKind]()
        self._shape = _plain if is_html else _escaped
        self._fields = self._names(max(map(len, rows), default=0))
        self._made = [self._note(id, row) for id, row in enumerate(rows, 1)]
        if not self._made or not self._fields:
            raise UnreadableDocument("nothing")

    def told(self) -> AnkiFile:
        """What is in it."""
        decks = tuple(sorted({one.deck for one in self._made if one.deck}))
        skipped = (("line_broken", self._broken),) if self._broken else ()
        return AnkiFile("text", tuple(self._kinds.values()), decks, len(self._made), skipped=skipped)  # type: ignore[arg-type]

    def notes(self, at: int, count: int) -> tuple[AnkiNote, ...]:
        """So many notes from the one of that place on."""
        return tuple(self._made[at : at + count])

    def _rows(self, lines: list[str]) -> Iterator[list[str]]:
        csv.field_size_limit(MOST_FIELD)
        reader = csv.reader(lines, delimiter=self._separator)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self._broken += 1
                continue
            if any(one.strip() for one in row):
                yield row[:MOST_COLUMNS]
            if reader.line_num > MOST_LINES:
                raise UnreadableDocument("large", f"lines: {MOST_LINES}")

    def _names(self, width: int) -> tuple[tuple[int, str], ...]:
        """The columns that are fields, with their names."""
        named = self._said.get("columns", "").split(self._separator) if "columns" in self._said else []
        taken = set(self._special.values())
        columns = [at for at in range(width) if at not in taken]
        usual = ("Front", "Back")
        return tuple(
            (at, named[at] if at < len(named) and named[at] else usual[place] if place < 2 else f"Field {place + 1}")
            for place, at in enumerate(columns)
        )

    def _note(self, id: int, row: list[str]) -> AnkiNote:
        def special(key: str) -> str:
            at = self._special[key]
            return row[at].strip() if 0 <= at < len(row) else self._said.get(key, "")

        fields = tuple(self._shape(row[at]) if at < len(row) else "" for at, _ in self._fields)
        kind = self._kind(special("notetype"), has_gap=any(map(_GAP.search, fields)))
        fields = (*fields, *("" for _ in kind.fields))[: len(kind.fields)]
        tags = f"{self._said.get('tags', '')} {special('tags')}".split()
        return AnkiNote(id, self._guid(row), kind.id, fields, tuple(dict.fromkeys(tags)), deck=special("deck"))

    def _guid(self, row: list[str]) -> str:
        at = self._special["guid"]
        return row[at][:200] if 0 <= at < len(row) else ""

    def _kind(self, name: str, *, has_gap: bool) -> AnkiKind:
        is_cloze = has_gap or name.casefold() in _CLOZES
        if (name, is_cloze) not in self._kinds:
            self._kinds[name, is_cloze] = replace(self._new_kind(name, is_cloze=is_cloze), id=len(self._kinds) + 1)
        return self._kinds[name, is_cloze]

    def _new_kind(self, name: str, *, is_cloze: bool) -> AnkiKind:
        if is_cloze:
            return replace(CLOZE, name=name or CLOZE.name)
        names = tuple(name for _, name in self._fields)
        known = stock(name)
        if known and len(names) <= len(known.fields):
            return known
        return plain_kind(0, name or "Basic", names if len(names) > 1 else (*names, "Back"))


def _said(text: str) -> tuple[Mapping[str, str], list[str]]:
    """What the first lines say, and the lines behind them."""
    said, lines = dict[str, str](), text.split("\n")
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    for line in lines[:count]:
        key, _, value = line[1:].partition(":")
        key = key.strip().casefold()
        said.setdefault(key, value if key in ("separator", "columns") else value.strip())
    return said, [f"{line}\n" for line in lines[count:]]


def _separator(said: Mapping[str, str], lines: list[str]) -> str:
    """What stands between columns: what the text says, else what the first line has most of."""
    if name := said.get("separator", ""):
        found = _SEPARATORS.get(name.strip().casefold(), name)
        return found if len(found) == 1 and found not in '\r\n"' else "\t"
    first = next((line for line in lines if line.strip()), "")
    if "\t" in first:
        return "\t"
    return max(_LIKELY, key=first.count) if any(one in first for one in _LIKELY) else "\t"


def _column(said: Mapping[str, str], key: str) -> int:
    """Where a column is, from 0; -1 where it is none."""
    number = said.get(f"{key} column", "")
    return int(number) - 1 if number.isdecimal() and 0 < int(number) <= MOST_COLUMNS else -1


def _plain(text: str) -> str:
    return text


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
