"""The notes of a collection with their cards and reviews, a few hundred at a time.

collection = Collection(data)               # the bytes of a database; raises UnreadableDocument
collection.kinds, collection.decks, collection.counts
collection.notes(0, 200)                    # (AnkiNote(…), …)
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.core.anki import AnkiCard, AnkiNote, AnkiReview, Aside, Skip, Stage
from app.core.documents import UnreadableDocument
from app.core.reading import Unreadable, part, read_json
from app.documents.anki.database import open_database, rows, whole
from app.documents.anki.kinds import decks_of, kinds_of

MOST_NOTES, MOST_CARDS, MOST_REVIEWS = 250_000, 600_000, 3_000_000
MOST_OF_NOTE, MOST_OF_CARD = 500, 3_000  # cards, reviews: the newest ones
MOST_FIELDS_TEXT = 1_000_000  # characters of a note
MOST_TAGS = 200
DAY = 86_400.0
_A_TIME = 1_000_000_000  # a due date that is larger is a time, one that is smaller a number of days
_LATEST = 253_370_764_800  # in the year 9999
_STAGES: Mapping[int, Stage] = {1: "learning", 2: "review", 3: "relearning"}
_ASIDE: Mapping[int, Aside] = {-1: "suspended", -2: "buried", -3: "buried"}
_CARD = "id, nid, did, ord, mod, type, queue, due, ivl, factor, reps, lapses, odue, odid, flags, data"


class Collection:
    """An open collection. `skipped` counts what of it makes no sense."""

    def __init__(self, data: bytes) -> None:
        self._database = open_database(data)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Free it."""
        self._database.close()

    def _begin(self) -> None:
        [(created,)] = [*self._rows("SELECT crt FROM col LIMIT 1")] or [(0,)]
        self._created = whole(created, 0, _LATEST)
        for index in ("cards(nid)", "revlog(cid)"):  # whoever made it may have left them out
            self._run(f"CREATE INDEX IF NOT EXISTS ours_{index[:2]} ON {index}")
        counts = [self._count(f"SELECT count(*) FROM {table}") for table in ("notes", "cards", "revlog")]
        if any(map(int.__gt__, counts, (MOST_NOTES, MOST_CARDS, MOST_REVIEWS))):
            raise UnreadableDocument("large", f"{counts} notes, cards, reviews")
        self.kinds, self.decks = kinds_of(self._database), decks_of(self._database)
        every = [(whole(id), whole(kind, -(2**53))) for id, kind in self._rows("SELECT id, mid FROM notes ORDER BY id")]
        self._notes = [id for id, kind in every if kind in self.kinds]
        lost = self._count("SELECT count(*) FROM cards WHERE nid NOT IN (SELECT id FROM notes)")
        self.counts = (len(self._notes), counts[1] - lost, counts[2])
        self.skipped: dict[Skip, int] = {}
        if len(every) > len(self._notes):
            self.skipped["note_broken"] = len(every) - len(self._notes)
        if lost:
            self.skipped["card_broken"] = lost

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return list(rows(self._database, sql, *values))

    def _count(self, sql: str) -> int:
        [(count,)] = self._rows(sql)
        return int(count)

    def _run(self, sql: str) -> None:
        try:
            self._database.execute(sql)
        except sqlite3.Error as error:
            raise UnreadableDocument("damaged", str(error)) from error

    def notes(self, at: int, count: int) -> tuple[AnkiNote, ...]:
        """So many notes from the one of that place on, in the order of their ids. Raises UnreadableDocument."""
        ids = self._notes[at : at + count]
        if not ids:
            return ()
        cards = self._cards(ids)
        wanted = ",".join(map(str, ids))
        found = self._rows(f"SELECT id, guid, mid, mod, tags, flds FROM notes WHERE id IN ({wanted}) ORDER BY id")
        return tuple(self._note(row, cards[row[0]]) for row in found)

    def _note(self, row: tuple[Any, ...], cards: Sequence[AnkiCard]) -> AnkiNote:
        id, guid, kind, changed, tags, fields = row
        made = self.kinds[whole(kind, -(2**53))]
        texts = str(fields or "")[:MOST_FIELDS_TEXT].split("\x1f")[: len(made.fields)]
        return AnkiNote(
            whole(id),
            str(guid or id)[:200],
            made.id,
            (*texts, *("" for _ in range(len(made.fields) - len(texts)))),
            tuple(dict.fromkeys(str(tags or "").split()))[:MOST_TAGS],
            whole(changed, 0, _LATEST),
            tuple(one for one in cards if made.is_cloze or one.ordinal < len(made.templates)),
        )

    def _cards(self, notes: Sequence[int]) -> dict[int, list[AnkiCard]]:
        found, wanted = defaultdict[int, list[AnkiCard]](list), ",".join(map(str, notes))
        kept = self._rows(f"SELECT {_CARD} FROM cards WHERE nid IN ({wanted}) ORDER BY nid, ord")
        reviews = self._reviews([whole(row[0]) for row in kept])
        for row in kept:
            of_note = found[row[1]]
            if len(of_note) < MOST_OF_NOTE and all(one.ordinal != row[3] for one in of_note):
                of_note.append(self._card(row, tuple(reviews[whole(row[0])])))
        return found

    def _reviews(self, cards: Sequence[int]) -> dict[int, list[AnkiReview]]:
        found = defaultdict[int, list[AnkiReview]](list)
        wanted = ",".join(map(str, cards))
        sql = f"SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog WHERE cid IN ({wanted}) ORDER BY id"
        for id, card, rating, days, before, factor, took, stage in rows(self._database, sql):
            of_card = found[whole(card)]
            made = AnkiReview(whole(id, 0, _LATEST * 1000), whole(rating, 0, 4), _days(days), _days(before))
            of_card.append(
                replace(
                    made,
                    factor=whole(factor, 0, 100_000),
                    seconds=whole(took, 0, 86_400_000) / 1000,
                    stage=whole(stage, 0, 100),
                )
            )
            del of_card[:-MOST_OF_CARD]
        return found

    def _card(self, row: tuple[Any, ...], reviews: tuple[AnkiReview, ...]) -> AnkiCard:
        id, _, deck, ordinal, changed, stage, queue, due, days, *rest = row
        factor, reps, lapses, own_due, own_deck, flags, data = rest
        is_away = whole(own_deck) != 0  # lent to a deck that is made of a search
        told, at = _told(data), whole(own_due if is_away and own_due else due, -(2**53))
        now: Stage = _STAGES.get(whole(stage), "new")
        is_new = now == "new"
        return AnkiCard(
            whole(id),
            whole(ordinal, 0, MOST_OF_NOTE),
            self.decks.get(whole(own_deck if is_away else deck, -(2**53)), ""),
            whole(changed, 0, _LATEST),
            now,
            _ASIDE.get(whole(queue, -9), ""),
            due=0.0 if is_new else self._when(at, now),
            position=at if is_new else whole(told.get("pos"), -(2**53)),
            days=_days(days),
            ease=whole(factor, 0, 100_000) / 1000,
            reps=whole(reps, 0, 100_000_000),
            lapses=whole(lapses, 0, 100_000_000),
            flag=whole(flags) & 7,
            stability=_real(told.get("s"), 1e6),
            difficulty=_real(told.get("d"), 10),
            last=_last(told, reviews),
            reviews=reviews,
        )

    def _when(self, due: int, stage: Stage) -> float:
        """When a card is due: learning knows the time, reviewing the day; so does learning over days."""
        if stage != "review" and due > _A_TIME:
            return float(min(due, _LATEST))
        return min(max(self._created + due * DAY, 0.0), _LATEST)


def _days(interval: object) -> float:
    """Days: below nothing, an interval is in seconds."""
    value = whole(interval, -(2**40), 2**40)
    return -value / DAY if value < 0 else float(value)


def _told(data: object) -> Mapping[str, object]:
    """What FSRS keeps with a card."""
    try:
        return part(read_json(str(data)[:10_000])) if data else {}
    except Unreadable:
        return {}


def _real(value: object, most: float) -> float:
    is_one = isinstance(value, (int, float)) and not isinstance(value, bool)
    return min(max(float(value), 0.0), most) if is_one else 0.0  # type: ignore[arg-type]


def _last(told: Mapping[str, object], reviews: Sequence[AnkiReview]) -> float:
    """When a card was last answered."""
    if last := _real(told.get("lrt"), _LATEST):
        return last
    return next((one.id // 1000 for one in reversed(reviews) if one.rating), 0)
