"""Writes a package that every Anki takes: the older form, with what FSRS knows of each card beside it.

    package = NewPackage(kinds, today)          # when this day began, in seconds since 1970
    package.add(notes)
    package.attach("red square.png", data)
    package.finish()                            # the bytes of an .apkg

Review dates are days since the collection began there: it begins before everything that is in it.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from hashlib import sha1
from html import unescape

from app.core.anki import AnkiCard, AnkiKind, AnkiNote, AnkiReview, Stage
from app.documents.anki.legacy import TABLES, row
from app.documents.anki.package import is_name

META = b"\x08\x02"  # the older form, with the database under its second name
DEFAULT, DEFAULT_NAME = 1, "Default"
DAY = 86_400
_HOURS = 2 * 3600  # a day that begins an hour earlier or later, as clocks are changed, is still that day
_TYPES: dict[Stage, tuple[int, int]] = {"new": (0, 0), "learning": (1, 1), "review": (2, 2), "relearning": (3, 1)}
_QUEUES = {"suspended": -1, "buried": -2}
_EASE = 2.5
_MARKUP = re.compile(r"<[^>]*>")
_PICTURE = re.compile(r"<img[^>]*src=[\"']?([^\"'>]+)[\"']?[^>]*>", re.IGNORECASE)
_DATE = zipfile.ZipInfo("").date_time


class NewPackage:
    """A package that is being made. `today` is when the person's day began, in seconds since 1970."""

    def __init__(self, kinds: Sequence[AnkiKind], today: float) -> None:
        self._kinds, self._today = kinds, int(today)
        self._database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._database.executescript(TABLES)
        self._decks = {DEFAULT_NAME: DEFAULT}
        self._used: dict[str, set[int]] = {"notes": set(), "cards": set(), "revlog": set()}
        self._due: list[tuple[int, float]] = []  # cards whose day is known at the end
        self._first = self._today
        self._media = dict[str, str]()
        self._file = io.BytesIO()
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def add(self, notes: Iterable[AnkiNote]) -> None:
        """Notes, with their cards and reviews."""
        self._database.execute("BEGIN")
        for note in notes:
            id = self._free("notes", note.id)
            tags = f" {' '.join(note.tags)} " if note.tags else ""
            first = shown_text(note.fields[0] if note.fields else "")
            self._put("notes", id, note.guid, note.kind, int(note.changed), -1, tags, "\x1f".join(note.fields))
            sql = "UPDATE notes SET sfld = ?, csum = ? WHERE id = ?"
            self._database.execute(sql, (first, int(sha1(first.encode()).hexdigest()[:8], 16), id))
            for card in note.cards:
                self._add_card(id, card)
        self._database.execute("COMMIT")

    def _put(self, table: str, *values: object) -> None:
        """A row; what stands behind these values is nothing yet."""
        rest: tuple[object, ...] = ("", 0, 0, "") if table == "notes" else ()
        every = (*values, *rest)
        self._database.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(every))})", every)

    def _free(self, table: str, id: int) -> int:
        """An id that no other row has: the wanted one, or the next."""
        used = self._used[table]
        while id in used:
            id += 1
        used.add(id)
        return id

    def _add_card(self, note: int, card: AnkiCard) -> None:
        id, (type_, queue) = self._free("cards", card.id), _TYPES[card.stage]
        is_new, is_learning = card.stage == "new", card.stage in ("learning", "relearning")
        due = card.position if is_new else int(card.due)
        if card.stage == "review":
            self._due.append((id, card.due))
            self._first = min(self._first, int(card.due))
        ease = round(1000 * (card.ease or (_EASE if card.stage == "review" else 0.0)))
        self._put(
            "cards",
            *(id, note, self._deck(card.deck), card.ordinal, int(card.changed), -1, type_),
            *(_QUEUES.get(card.aside, queue), due, 0 if is_new else _interval(card.days), ease),
            *(card.reps, card.lapses, int(is_learning), 0, 0, card.flag, _data(card)),
        )
        for review in card.reviews:
            self._add_review(id, review)

    def _add_review(self, card: int, one: AnkiReview) -> None:
        id = self._free("revlog", one.id)
        intervals = (_interval(one.days), _interval(one.before))
        self._put("revlog", id, card, -1, one.rating, *intervals, one.factor, round(one.seconds * 1000), one.stage)

    def _deck(self, name: str) -> int:
        """The id of a deck; those that it lies in are made, too."""
        name = "::".join(part.strip() or "blank" for part in name.split("::")) if name.strip() else DEFAULT_NAME
        parts = name.split("::")
        for count in range(1, len(parts) + 1):
            whole = "::".join(parts[:count])
            self._decks.setdefault(whole, self._today * 1000 + len(self._decks))
        return self._decks[name]

    def attach(self, name: str, data: bytes) -> None:
        """A picture or a sound, once by its name."""
        if is_name(name) and name not in self._media.values():
            part = str(len(self._media))
            self._media[part] = name
            self._write(part, data)

    def _write(self, name: str, data: bytes) -> None:
        info = zipfile.ZipInfo(name, _DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(info, data)

    def finish(self) -> bytes:
        """The file."""
        created = self._today - ((self._today - self._first) // DAY + 2) * DAY
        days = ((int(due - created + _HOURS) // DAY, id) for id, due in self._due)
        self._database.executemany("UPDATE cards SET due = ? WHERE id = ?", days)
        decks = {id: name for name, id in self._decks.items()}
        self._put("col", *row(created, self._today, self._kinds, decks))
        data = self._database.serialize()
        self._database.close()
        self._write("meta", META)
        self._write("collection.anki21", data)
        self._write("media", json.dumps(self._media, ensure_ascii=False).encode())
        self._zip.close()
        return self._file.getvalue()


def shown_text(field: str) -> str:
    """A field as it is compared and sorted: without markup, pictures by their names."""
    return unescape(_MARKUP.sub("", _PICTURE.sub(r" \1 ", field))).strip()


def _interval(days: float) -> int:
    """Whole days; less than one as seconds below nothing."""
    return round(days) if days >= 1 else -round(days * DAY)


def _data(card: AnkiCard) -> str:
    """What FSRS knows of a card, and where it stood when it was new."""
    told: dict[str, object] = {}
    if card.stage != "new" and card.position > 0:
        told["pos"] = card.position
    if card.stability > 0 and card.difficulty > 0:
        told |= {"s": round(card.stability, 4), "d": round(card.difficulty, 4)}
        if card.last:
            told["lrt"] = int(card.last)
    return json.dumps(told, separators=(",", ":")) if told else ""
