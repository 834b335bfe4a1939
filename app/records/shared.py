"""Records that several open pages share: whoever writes tells the others what.

records = SharedRecords(IndexedRecords("drleelm", VERSION, NAMES), BrowserTabs("drleelm", "records"))
records.listen(lambda wrote: ...)
await records.write([("settings", "settings", {...})])      # the other pages hear [("settings", "settings")]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from app.core.ports import Json, Records, Shelves, Tabs
from app.core.shapes import Damaged, decode

Wrote = list[tuple[str, str]]  # (shelf, key)


@dataclass(frozen=True, slots=True)
class Told:
    """What another page says: (shelf, key) of each record that it has written or deleted."""

    wrote: tuple[tuple[str, str], ...]


class SharedRecords:
    """The `Records` port over another one. `on_write` is given what is written or deleted, by this page or another."""

    def __init__(self, records: Records, tabs: Tabs) -> None:
        self._records, self._tabs = records, tabs
        self.on_write: Callable[[Wrote], None] = lambda wrote: None

    def listen(self, handler: Callable[[Wrote], None]) -> None:
        """Give `handler` what another page has written or deleted."""

        def heard(message: Mapping[str, object]) -> None:
            with suppress(Damaged):
                wrote = list(decode(Told, message).wrote)
                self.on_write(wrote)
                handler(wrote)

        self._tabs.listen(heard)

    async def get(self, shelf: str, keys: Sequence[str]) -> list[dict[str, object] | None]:
        """The values of some keys, None where there is none. Raises StorageError."""
        return await self._records.get(shelf, keys)

    async def all(self, shelf: str) -> list[dict[str, object]]:
        """Every value of a shelf, in the order of the keys. Raises StorageError."""
        return await self._records.all(shelf)

    async def write(self, puts: Sequence[tuple[str, str, Json]], deletes: Sequence[tuple[str, str]] = ()) -> None:
        """One durable transaction; then the other pages are told. Raises OutOfSpace, StorageError."""
        await self._records.write(puts, deletes)
        wrote = [(shelf, key) for shelf, key, _ in puts] + list(deletes)
        self.on_write(wrote)
        self._tabs.tell({"wrote": wrote})

    async def snapshot(self) -> Shelves:
        """Every record of every shelf at one moment. Raises StorageError."""
        return await self._records.snapshot()

    async def erase(self) -> None:
        """Delete everything; whoever asks for that tells the other pages. Raises StorageError."""
        await self._records.erase()
