"""What is found by its meaning: a vector for each passage, made elsewhere by a model, kept and compared here.

    meaning = Meaning(index, vectors)
    lacking = await meaning.lacking("all-minilm-l6-v2 7d5d…", ["tides"], 8)     # Lacking((Meant(…), …), 1240, 3100, …)
    await meaning.keep("all-minilm-l6-v2 7d5d…", lacking.passages, rows)
    await meaning.find("flood", None, 20, Near("all-minilm-l6-v2 7d5d…", vector))

A set of vectors belongs to a key. Those of a document stand in the order of its passages, from the first one on, and
under a stamp of what was read: where the document says something else now, they count as none and are made again.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64encode
from collections import Counter
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from app.core.documents import Hit, Lacking, Meant, Near
from app.core.reading import read_json
from app.core.shapes import decode_as
from app.documents.fusion import fused
from app.documents.index import About, Index, Place
from app.documents.kept import KeptIndex

DEPTH = 100  # of each ranking that is put together with the other
Made = Mapping[str, tuple[str, int]]  # by document: the stamp of its vectors, and how many there are


class VectorStore(Protocol):
    """Where vectors lie, in sets by their keys. What cannot be read counts as not there."""

    async def made(self, key: str) -> Made:
        """What there is in a set."""

    async def put(self, key: str, document: str, stamp: str, first: int, rows: Sequence[Sequence[float]]) -> None:
        """Keep the vectors of a document from passage `first` on. With 0 they take the place of what was there; else
        they must follow what is there under the same stamp, or nothing is kept."""

    async def nearest(
        self, key: str, vector: Sequence[float], stamps: Mapping[str, str], most: int, least: float
    ) -> list[Place]:
        """The passages whose vectors are most alike, best first, of documents whose vectors have these stamps; none
        that is far less alike than the best, or less than `least` (a cosine)."""

    async def drop(self, documents: Sequence[str]) -> None:
        """Take documents out of all sets."""


class Host(Protocol):
    """The store of a host that takes and gives texts: JavaScript's, in the worker (static/js/workers/vectors.js).
    Vectors are 32-bit floats in base64, everything else is JSON."""

    def made(self, key: str) -> Awaitable[str]:
        """As `VectorStore.made`."""

    def put(self, key: str, document: str, stamp: str, first: int, count: int, rows: str) -> Awaitable[object]:
        """As `VectorStore.put`; `count` is the number of rows."""

    def nearest(self, key: str, vector: str, stamps: str, most: int, least: float) -> Awaitable[str]:
        """As `VectorStore.nearest`."""

    def drop(self, documents: str) -> Awaitable[object]:
        """As `VectorStore.drop`."""


class HostVectors:
    """A VectorStore over a host."""

    def __init__(self, host: Host) -> None:
        self._host = host

    async def made(self, key: str) -> Made:
        """What there is in a set."""
        return decode_as(Mapping[str, tuple[str, int]], read_json(await self._host.made(key)))  # type: ignore[type-abstract]

    async def put(self, key: str, document: str, stamp: str, first: int, rows: Sequence[Sequence[float]]) -> None:
        """Keep the vectors of a document from passage `first` on."""
        packed = _packed([number for row in rows for number in row])
        await self._host.put(key, document, stamp, first, len(rows), packed)

    async def nearest(
        self, key: str, vector: Sequence[float], stamps: Mapping[str, str], most: int, least: float
    ) -> list[Place]:
        """The passages whose vectors are most alike."""
        found = await self._host.nearest(key, _packed(vector), json.dumps(dict(stamps)), most, least)
        return list(decode_as(tuple[Place, ...], read_json(found)))

    async def drop(self, documents: Sequence[str]) -> None:
        """Take documents out of all sets."""
        await self._host.drop(json.dumps(list(documents)))


def _packed(numbers: Sequence[float]) -> str:
    return b64encode(array("f", numbers).tobytes()).decode("ascii")  # little-endian, as WebAssembly is


class Meaning:
    """The vectors of what an index holds."""

    def __init__(self, index: KeptIndex, vectors: VectorStore) -> None:
        self._index, self._vectors = index, vectors

    async def lacking(self, key: str, documents: Sequence[str] | None, limit: int) -> Lacking:
        """The next passages that lack a vector, of the first documents that lack any."""
        made, about = await self._vectors.made(key), await self._about(documents)
        has = {name: _count(made, name, one) for name, one in about.items()}
        nothing: tuple[Meant, ...] = ()
        wanted = await self._index.ask(lambda index: tuple(_next(index, about, has, limit)), nothing)
        languages = Counter[str]()
        for one in about.values():
            languages[one.language] += one.count
        left = (one.size_bytes * (one.count - has[name]) // one.count for name, one in about.items())
        total = sum(one.count for one in about.values())
        return Lacking(wanted, sum(has.values()), total, sum(left), tuple(languages.most_common()))

    async def keep(self, key: str, passages: Sequence[Meant], rows: Sequence[Sequence[float]]) -> None:
        """Keep the vectors of passages as `lacking` has given them, of documents that say the same still."""
        about = await self._about([one.document for one in passages])
        pairs = zip(passages, rows, strict=True)
        for (document, stamp), some in groupby(pairs, lambda pair: (pair[0].document, pair[0].stamp)):
            if document in about and about[document].stamp == stamp:
                held = list(some)
                await self._vectors.put(key, document, stamp, held[0][0].number, [row for _, row in held])

    async def find(self, words: str, documents: Sequence[str] | None, limit: int, near: Near) -> tuple[Hit, ...]:
        """The best passages by words and by meaning together, or by meaning alone."""
        stamps = {name: one.stamp for name, one in (await self._about(documents)).items()}
        # A vector is always near some other: what words find tells that there is something to be found.
        finds = near.least > 0 and await self._index.ask(lambda index: bool(index.find(words, documents, 1)), False)
        least = 0.0 if finds else near.least
        alike = await self._vectors.nearest(near.key, near.vector, stamps, DEPTH, least)

        def both(index: Index) -> tuple[Hit, ...]:
            by_words = [] if near.alone else index.places(words, documents, DEPTH)
            return index.shown(words, documents, fused([by_words, alike]), limit)

        return await self._index.ask(both, ())

    async def drop(self, documents: Sequence[str]) -> None:
        """Documents are gone: their vectors go, too."""
        await self._vectors.drop(documents)

    async def _about(self, documents: Sequence[str] | None) -> dict[str, About]:
        return await self._index.ask(lambda index: index.about(documents), {})


def _count(made: Made, name: str, about: About) -> int:
    """How many vectors of a document hold still."""
    stamp, count = made.get(name, ("", 0))
    return min(count, about.count) if stamp == about.stamp else 0


def _next(index: Index, about: Mapping[str, About], has: Mapping[str, int], limit: int) -> Iterator[Meant]:
    for name, one in about.items():
        if has[name] < one.count and limit > 0:
            some = index.meant(name, has[name], limit)
            limit -= len(some)
            yield from (Meant(name, one.stamp, number, text) for number, text in some)
