"""Keeps notes, their cards, what was answered, and the pictures and note types that belong to them.

    store = PracticeStore(records)
    await store.add([note], cards_of(note, now))            # one transaction, like every change here
    await store.answered([card], review)                    # the card as it is now, and the answer of its day
    removed = await store.remove([note.id], cards)          # `restore(removed)` brings all of it back

Answers are kept by days: a chart of the last month reads 30 records, whatever was answered in a year.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.days import local_day
from app.core.ports import Json, Record
from app.records.checked import CheckedRecords
from app.study.practice.records import (
    Card,
    Media,
    Note,
    NoteType,
    Review,
    ReviewDay,
    as_json,
    card_from,
    media_from,
    media_of_kind,
    note_from,
    note_type_from,
    reviews_from,
)

Put = tuple[str, str, Json]
Days = Sequence[ReviewDay]


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted together, for as long as it can come back."""

    notes: tuple[Note, ...] = ()
    cards: tuple[Card, ...] = ()
    media: tuple[Media, ...] = ()


class PracticeStore:
    """Five shelves, by their ids. What it is given replaces what lies there."""

    def __init__(self, records: CheckedRecords) -> None:
        self._records = records
        self._lock = asyncio.Lock()  # two answers at a time both stay in their day

    # -- reading

    async def cards(self, ids: Iterable[str] | None = None) -> dict[str, Card]:
        """Every card, or those with these ids that are here. Raises StorageError."""
        if ids is None:
            return {one.id: one for one in map(card_from, await self._records.all("cards"))}
        found = await self._records.get("cards", list(dict.fromkeys(ids)))
        return {one.id: one for one in (card_from(record) for record in found if record)}

    async def notes(self, ids: Iterable[str]) -> dict[str, Note]:
        """The notes with these ids that are here. Raises StorageError."""
        found = await self._records.get("notes", list(dict.fromkeys(ids)))
        return {one.id: one for one in (note_from(record) for record in found if record)}

    async def all_notes(self) -> dict[str, Note]:
        """Every note. Raises StorageError."""
        return {one.id: one for one in map(note_from, await self._records.all("notes"))}

    async def note_types(self) -> dict[str, NoteType]:
        """What other programs' notes are made of. Raises StorageError."""
        return {one.id: one for one in map(note_type_from, await self._records.all("note_types"))}

    async def note_type(self, id: str) -> NoteType | None:
        """One of them. Raises StorageError."""
        [found] = await self._records.get("note_types", [id])
        return note_type_from(found) if found else None

    async def media(self, ids: Iterable[str]) -> dict[str, Media]:
        """The files with these ids that are here. Raises StorageError."""
        found = await self._records.get("media", list(dict.fromkeys(ids)))
        return {one.id: one for one in (media_from(record) for record in found if record)}

    async def days(self, days: Sequence[str]) -> list[ReviewDay]:
        """What was answered on these days, an empty one where nothing was. Raises StorageError."""
        found = await self._records.get("reviews", days)
        return [reviews_from(record) if record else ReviewDay(day) for day, record in zip(days, found, strict=True)]

    async def all_days(self) -> list[ReviewDay]:
        """All that was ever answered, by days. Raises StorageError."""
        return [reviews_from(record) for record in await self._records.all("reviews")]

    # -- writing

    async def add(
        self,
        notes: Iterable[Note] = (),
        cards: Iterable[Card] = (),
        media: Iterable[Media] = (),
        types: Iterable[NoteType] = (),
        days: Iterable[ReviewDay] = (),
    ) -> None:
        """Keep all of it in one transaction; answers join those of their days. Raises OutOfSpace, StorageError."""
        async with self._lock:
            puts = [*_puts("notes", notes), *_puts("cards", cards), *_puts("media", media)]
            puts += [*_puts("note_types", types), *_puts("reviews", await self._joined(days))]
            await self._records.write(puts)

    async def answered(self, cards: Iterable[Card], review: Review, notes: Iterable[Note] = ()) -> None:
        """Keep an answer, and the cards and notes as they are after it. Raises StorageError."""
        async with self._lock:
            [day] = await self.days([local_day(review.at)])
            now = replace(day, reviews=(*(one for one in day.reviews if one.id != review.id), review))
            await self._records.write([*_puts("cards", cards), *_puts("notes", notes), *_puts("reviews", [now])])

    async def taken_back(self, cards: Iterable[Card], review: Review, notes: Iterable[Note] = ()) -> None:
        """Keep the cards and notes as they were before an answer, which was not given. Raises StorageError."""
        async with self._lock:
            [day] = await self.days([local_day(review.at)])
            left = replace(day, reviews=tuple(one for one in day.reviews if one.id != review.id))
            puts = [*_puts("cards", cards), *_puts("notes", notes)]
            puts += _puts("reviews", [left]) if left.reviews else []
            await self._records.write(puts, [] if left.reviews else [("reviews", day.id)])

    async def _joined(self, days: Iterable[ReviewDay]) -> list[ReviewDay]:
        more = {day.id: day for day in days}
        joined = []
        for day in await self.days(list(more)):
            reviews = {one.id: one for one in (*day.reviews, *more[day.id].reviews)}
            joined.append(replace(day, reviews=tuple(sorted(reviews.values(), key=lambda one: one.at))))
        return joined

    async def put_back(
        self, notes: Iterable[Note], cards: Mapping[str, Card | None], types: Mapping[str, NoteType | None], days: Days
    ) -> None:
        """Keep all of it as it was, in one transaction: what is None was not there, and these answers were not given.
        Raises StorageError."""
        async with self._lock:
            gone = {one.id for day in days for one in day.reviews}
            found = await self.days([day.id for day in days])
            left = [replace(day, reviews=tuple(one for one in day.reviews if one.id not in gone)) for day in found]
            puts = [*_puts("notes", notes), *_puts("cards", filter(None, cards.values()))]
            puts += [*_puts("note_types", filter(None, types.values()))]
            puts += [*_puts("reviews", (day for day in left if day.reviews))]
            deletes = [("cards", id) for id, one in cards.items() if one is None]
            deletes += [("note_types", id) for id, one in types.items() if one is None]
            await self._records.write(puts, deletes + [("reviews", day.id) for day in left if not day.reviews])

    async def remove(self, notes: Sequence[str], cards: Mapping[str, Card], media: Iterable[str] = ()) -> Removed:
        """Delete notes, those of `cards` that are theirs, what only they show, and of `media` what nothing shows; what
        was answered stays in the charts. Raises StorageError."""
        everything, gone = await self.all_notes(), set(notes)
        found = tuple(one for id, one in everything.items() if id in gone)
        theirs = tuple(one for one in cards.values() if one.note in gone)
        used = {one.media for id, note in everything.items() if id not in gone for one in note.media}
        used |= {one.media for kind in (await self.note_types()).values() for one in media_of_kind(kind)}
        alone = {one.media for note in found for one in note.media}.union(media) - used
        files = tuple((await self.media(alone)).values())
        deletes = [("notes", one.id) for one in found] + [("cards", one.id) for one in theirs]
        await self._records.write([], deletes + [("media", one.id) for one in files])
        return Removed(found, theirs, files)

    async def drop_cards(self, ids: Iterable[str]) -> None:
        """Delete cards alone. Raises StorageError."""
        await self._records.write([], [("cards", id) for id in ids])

    async def restore(self, removed: Removed) -> None:
        """Put back what was removed. Raises StorageError."""
        await self.add(removed.notes, removed.cards, removed.media)

    async def kept(self, key: str) -> Record | None:
        """A record of the settings that belongs to practice. Raises StorageError."""
        [found] = await self._records.get("settings", [key])
        return found

    async def keep(self, key: str, record: Json) -> None:
        """Keep one. Raises StorageError."""
        await self._records.write([("settings", key, record)])


def _puts(shelf: str, values: Iterable[Note | Card | ReviewDay | NoteType | Media]) -> list[Put]:
    return [(shelf, one.id, as_json(one)) for one in values]
