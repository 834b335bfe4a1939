"""Records behind a door: what is damaged never reaches a reader, and costs nothing beside it.

    records = CheckedRecords(SharedRecords(...), reader_of, lambda: ...)
    await records.all("turns")                   # the good ones
    records.damaged                              # {("turns", "3f2a9c"): Damage("turns", "3f2a9c", is_left_out=True)}
    await records.everything_damaged()           # looks through all shelves; with the records as they lie there

`reader_of(shelf, key)` names who owns the shape of a record: a function of the record and a list that takes the names
of parts which could not be read. What can be read of a record in parts is handed on with defaults in their place.
Before such a record is written over, what lies there is copied beside it, under `damaged/` on the settings shelf.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, is_dataclass
from itertools import pairwise

from app.core.ports import Json, Records, Shelves
from app.core.shapes import Damaged

Reader = Callable[[object, list[str]], object]
KEPT = "damaged/"  # the beginning of the keys, on the shelf "settings", of what was damaged and has been written over
ELSEWHERE = ("models",)  # shelves whose damage others tell: a model's row, which can delete its bytes too
#: shelves whose records hold their own key as `id`
NAMED = frozenset(
    (
        "chats",
        "turns",
        "ledger",
        "files",
        "drafts",
        "personas",
        "documents",
        "notebooks",
        "consents",
        "notes",
        "cards",
        "reviews",
        "note_types",
        "media",
        "quizzes",
        "writings",
        "attempts",
    )
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that cannot be read: not at all, or but for the `lost` parts."""

    shelf: str
    key: str
    is_left_out: bool
    lost: tuple[str, ...] = ()


class CheckedRecords:
    """The `Records` port over another one. `on_damage` is called when something damaged is found for the first time."""

    def __init__(self, records: Records, reader_of: Callable[[str, str], Reader | None]) -> None:
        self._records, self._reader_of = records, reader_of
        self.on_damage: Callable[[], None] = lambda: None
        self.damaged: dict[tuple[str, str], Damage] = {}

    async def get(self, shelf: str, keys: Sequence[str]) -> list[dict[str, object] | None]:
        """The values of some keys, None where there is none that can be read. Raises StorageError."""
        found = await self._records.get(shelf, keys)
        return [None if one is None else self._read(shelf, key, one) for key, one in zip(keys, found, strict=True)]

    async def all(self, shelf: str) -> list[dict[str, object]]:
        """Every value of a shelf that can be read, in the order of the keys. Raises StorageError."""
        found = await self._records.all(shelf)
        if all(self._is_whole(shelf, one) for one in found) and (shelf not in NAMED or _is_sorted(found)):
            return found
        whole = (await self._records.snapshot()).get(shelf, {})  # with the keys, to say which are damaged
        read = (self._read(shelf, key, whole[key]) for key in sorted(whole))
        return [one for one in read if one is not None]

    async def write(self, puts: Sequence[tuple[str, str, Json]], deletes: Sequence[tuple[str, str]] = ()) -> None:
        """One durable transaction; what it writes over is kept, if damaged. Fields that only a newer version of the app
        knows stay in their records. Raises OutOfSpace, StorageError."""
        over = [(shelf, key) for shelf, key, _ in puts if (shelf, key) in self.damaged]
        kept = [await self._kept(shelf, key) for shelf, key in over]
        await self._records.write([*await self._with_unknown(puts), *(one for one in kept if one)], deletes)
        for place in (*over, *deletes):
            self.damaged.pop(place, None)

    async def snapshot(self) -> Shelves:
        """Every record that can be read, of every shelf at one moment. Raises StorageError."""
        return self._whole(await self._records.snapshot())

    async def erase(self) -> None:
        """Delete everything. Raises StorageError."""
        await self._records.erase()
        self.damaged.clear()

    async def everything_damaged(self) -> Shelves:
        """What is damaged as it lies there, by shelf and key; with it, what was damaged and has been written over.
        `damaged` is complete afterwards. Raises StorageError."""
        shelves = await self._records.snapshot()
        self.damaged.clear()
        self._whole(shelves)
        found: Shelves = {}
        for shelf, key in self.damaged:
            found.setdefault(shelf, {})[key] = shelves[shelf][key]
        over = {key: one for key, one in shelves.get("settings", {}).items() if key.startswith(KEPT)}
        return {**found, **({KEPT: over} if over else {})}

    def _whole(self, shelves: Shelves) -> Shelves:
        read = {
            shelf: {key: self._read(shelf, key, one) for key, one in kept.items()} for shelf, kept in shelves.items()
        }
        return {shelf: {key: one for key, one in kept.items() if one is not None} for shelf, kept in read.items()}

    async def clean(self) -> None:
        """Remove what cannot be read: whole records, or those parts of them. Raises StorageError."""
        await self.everything_damaged()
        shelves = await self._records.snapshot()
        puts, deletes = [], [("settings", key) for key in shelves.get("settings", {}) if key.startswith(KEPT)]
        for shelf, key in self.damaged:
            read, _ = self._look(shelf, key, shelves[shelf][key])
            if read is None:
                deletes.append((shelf, key))
            else:
                puts.append((shelf, key, read))
        await self._records.write(puts, deletes)
        self.damaged.clear()

    async def put_aside(self, shelf: str, key: str) -> None:
        """Start this record anew; what lies there is kept beside it. Raises StorageError."""
        if kept := await self._kept(shelf, key):
            await self._records.write([kept], [(shelf, key)])
        self.damaged.pop((shelf, key), None)

    def _is_whole(self, shelf: str, record: object) -> bool:
        key = record.get("id", "") if isinstance(record, Mapping) else ""
        return self._look(shelf, key if isinstance(key, str) else "", record)[1] is None

    def _read(self, shelf: str, key: str, record: object) -> dict[str, object] | None:
        read, damage = self._look(shelf, key, record)
        is_new = (shelf, key) not in self.damaged
        if damage is None:
            self.damaged.pop((shelf, key), None)
        else:
            self.damaged[shelf, key] = damage
            if is_new:
                self.on_damage()
        return read

    def _look(self, shelf: str, key: str, record: object) -> tuple[dict[str, object] | None, Damage | None]:
        """What a reader gets of a record, and what is wrong with it."""
        reader, lost = self._reader_of(shelf, key), list[str]()
        if not isinstance(record, dict) and shelf in ELSEWHERE:
            return None, None
        if reader is None:
            return (record, None) if isinstance(record, dict) else (None, Damage(shelf, key, is_left_out=True))
        try:
            value = reader(record, lost)  # settings have an answer to what is no record at all, too
            if shelf in NAMED and isinstance(record, dict) and (record.get("id") != key or not key):
                raise Damaged("it lies under another name, or under none")
        except (Damaged, RecursionError):
            return None, Damage(shelf, key, is_left_out=True)
        if isinstance(record, dict) and not lost:
            return record, None
        return _mended(record, value, lost), Damage(shelf, key, is_left_out=False, lost=tuple(lost))

    async def _with_unknown(self, puts: Sequence[tuple[str, str, Json]]) -> list[tuple[str, str, Json]]:
        """The records with the fields that this version would drop: those it reads it also writes. A page of a newer
        version may be open beside this one, or have been here before."""
        stored: dict[tuple[str, str], Json] = {}
        for shelf in {shelf for shelf, _, _ in puts}:
            keys = [key for its, key, _ in puts if its == shelf and (shelf, key) not in self.damaged]
            for key, record in zip(keys, await self._records.get(shelf, keys), strict=True):
                if isinstance(record, Mapping):
                    stored[shelf, key] = record
        return [(shelf, key, {**stored.get((shelf, key), {}), **record}) for shelf, key, record in puts]

    async def _kept(self, shelf: str, key: str) -> tuple[str, str, Json] | None:
        [record] = await self._records.get(shelf, [key])
        if record is None:
            return None
        return "settings", f"{KEPT}{shelf}/{key}", {"shelf": shelf, "key": key, "record": record}


def _is_sorted(records: Sequence[Mapping[str, object]]) -> bool:
    """Whether records that came in the order of their keys could each lie under its own id."""
    ids = [str(one.get("id")) for one in records]
    return all(before < after for before, after in pairwise(ids))


def _mended(record: object, value: object, lost: list[str]) -> dict[str, object]:
    """A record with defaults in place of what cannot be read."""
    whole = record if isinstance(record, dict) else {}
    if hasattr(value, "as_record"):
        return {**whole, **value.as_record()}
    if is_dataclass(value) and not isinstance(value, type):
        return {**whole, **asdict(value)}
    mended = copy.deepcopy(whole)
    for path in reversed(lost):  # from the last one on, so that places in lists stay what they are
        with suppress(KeyError, IndexError, TypeError, ValueError, AttributeError):  # it went with what it is in
            _cut(mended, re.findall(r"[^.\[\]]+", path))
    return mended


def _cut(record: object, path: list[str]) -> None:
    *above, last = path
    for name in above:
        if isinstance(record, list):
            record = record[int(name)]
        elif isinstance(record, dict):
            record = record.get(name, {})
    if isinstance(record, list):
        del record[int(last)]
    elif isinstance(record, dict):
        record.pop(last, None)
