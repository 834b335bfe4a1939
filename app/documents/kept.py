"""The index as it is kept between visits: read when it is first wanted, written a while after it has changed.

    kept = KeptIndex(store)                                 # store.load(), store.save(bytes)
    await kept.keep("tides", "Tides", "en", reading)         # 312 passages
    await kept.find("flood", None, 20)
    await kept.save()                                        # now, and not in a while

What is damaged, or of another version, is an empty index: `known` tells what is missing then. So a page that is closed
too early costs only time.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from app.core.documents import Hit, Passage, Reading, TellPages
from app.documents.index import DamagedIndex, Index, indexed
from app.documents.passages import passages_of
from app.documents.words import language_of

QUIET_SECONDS = 2.0  # without a change, then it is written
TURN_SECONDS = 0.03  # of work, then whoever waits has a turn
TOLD_SECONDS = 0.2  # between two times that the progress is told
Item = TypeVar("Item")


class IndexStore(Protocol):
    """Where the bytes lie."""

    async def load(self) -> bytes:
        """What was saved last, b"" where nothing was."""

    async def save(self, data: bytes) -> None:
        """Write all of it durably or none. Raises OSError where there is no room."""


class HostStore:
    """The store of a host whose functions give and take bytes: JavaScript's, in the worker. `save` says whether it has
    written them."""

    def __init__(
        self, load: Callable[[], Awaitable[bytes | memoryview]], save: Callable[[bytes], Awaitable[bool]]
    ) -> None:
        self._load, self._save = load, save

    async def load(self) -> bytes:
        """What was saved last."""
        return bytes(await self._load())

    async def save(self, data: bytes) -> None:
        """Write all of it. Raises OSError."""
        if not await self._save(data):
            raise OSError


class KeptIndex:
    """One index, and changes one after the other; whoever searches meanwhile finds what was there before."""

    def __init__(self, store: IndexStore) -> None:
        self._store = store
        self._index: Index | None = None
        self._turn = asyncio.Lock()
        self._is_changed = False
        self._saving: asyncio.Task[None] | None = None

    async def keep(
        self, document: str, title: str, language: str, reading: Reading, tell: TellPages = lambda done, pages: None
    ) -> int:
        """Put a document into the index, in the place of what was there of it; gives the number of its passages."""
        async with self._turn:
            tell = rarely(tell)
            known = language_of("\n".join(page.text for page in reading.pages), language)
            passages = await _by_turns(passages_of(document, reading), lambda: tell(0, 0))
            made = await _by_turns(indexed(title, known, passages), lambda: tell(0, 0))
            try:
                (await self._opened()).put(document, title, known, digest_of(reading), made)
            except sqlite3.DatabaseError:  # what was there is damaged: it is found anew by `known`
                self._index = Index()
                self._index.put(document, title, known, digest_of(reading), made)
            self._changed()
        return len(made)

    async def drop(self, documents: Sequence[str]) -> None:
        """Take documents out, and out of what is kept."""
        async with self._turn:
            try:
                (await self._opened()).drop(documents)
            except sqlite3.DatabaseError:
                self._index = Index()
            self._is_changed = True
        await self.save()

    async def find(self, words: str, documents: Sequence[str] | None, limit: int) -> tuple[Hit, ...]:
        """The best passages, best first; none of an index that turns out to be damaged."""
        return await self.ask(lambda index: index.find(words, documents, limit), ())

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """Whole passages with their neighbours; none of an index that turns out to be damaged."""
        return await self.ask(lambda index: index.around(wanted, reach), ())

    async def known(self) -> Mapping[str, str]:
        """The documents in the index, with the digests of what was read of them."""
        return await self.ask(lambda index: index.known(), {})

    async def ask(self, question: Callable[[Index], Item], nothing: Item) -> Item:
        """What the index says; `nothing` where it turns out to be damaged, and it is empty from then on."""
        try:
            return question(await self._opened())
        except sqlite3.DatabaseError:
            self._index = Index()
            return nothing

    async def save(self) -> None:
        """Write what has changed. Without room for it nothing is lost: it is made again in the next visit."""
        async with self._turn:
            if self._index is not None and self._is_changed:
                try:
                    await self._store.save(self._index.packed())
                    self._is_changed = False
                except (OSError, sqlite3.DatabaseError):
                    return

    async def _opened(self) -> Index:
        if self._index is None:
            data = await self._store.load()
            if self._index is None:  # it may have been opened meanwhile
                self._index = _read(data)
        return self._index

    def _changed(self) -> None:
        self._is_changed = True
        if self._saving is not None:
            self._saving.cancel()
        self._saving = asyncio.ensure_future(self._save_soon())

    async def _save_soon(self) -> None:
        await asyncio.sleep(QUIET_SECONDS)
        self._saving = None  # from here on a change waits for its turn, and does not end the writing
        await self.save()


def _read(data: bytes) -> Index:
    try:
        return Index.of(data)
    except DamagedIndex:
        return Index()


async def _by_turns(items: Iterable[Item], tell: Callable[[], None]) -> list[Item]:
    """All of them, made while others have their turns; `tell` says that it goes on."""
    made, until = list[Item](), time.monotonic() + TURN_SECONDS
    for item in items:
        made.append(item)
        if time.monotonic() > until:
            tell()
            await asyncio.sleep(0)
            until = time.monotonic() + TURN_SECONDS
    return made


def rarely(tell: TellPages) -> TellPages:
    """Tells at once, and then not before some time has passed: what is told crosses into another Python."""
    told = float("-inf")

    def tell_rarely(done: int, pages: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TOLD_SECONDS:
            told = now
            tell(done, pages)

    return tell_rarely


def digest_of(reading: Reading) -> str:
    """The SHA-256 of what was read, as hexadecimal digits."""
    digest = hashlib.sha256(f"{reading.kind}\0{reading.language}".encode())
    for page in reading.pages:
        digest.update(f"\f{page.number}\0".encode() + page.text.encode("utf-8", "surrogatepass"))
    for heading in reading.headings:
        place = f"\0{heading.level}\0{heading.page}\0{heading.start}\0"
        digest.update(place.encode() + heading.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
