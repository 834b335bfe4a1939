"""Vectors of passages in memory, as bytes with a scale each: what static/js/workers/vectors.js does, in plain Python.

    store = HostVectors(MemoryVectors())

Both pass tests/contract/meaning_contract.py.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

LARGEST = 127
LEAST = 0.6  # of the best likeness


@dataclass
class Of:
    """The vectors of a document."""

    stamp: str
    size: int
    rows: list[tuple[bytes, float]] = field(default_factory=list)


def quantized(vector: Sequence[float]) -> tuple[bytes, float]:
    """A vector of length 1, as signed bytes and what to multiply them with."""
    length, largest = sqrt(sum(value * value for value in vector)), max(map(abs, vector))
    if not largest:
        return bytes(len(vector)), 0.0
    row = array("b", (int(value / largest * LARGEST + 128.5) - 128 for value in vector))
    return row.tobytes(), largest / LARGEST / length


def alike(row: tuple[bytes, float], vector: Sequence[float]) -> float:
    """The product of both."""
    numbers = array("b", row[0])
    return row[1] * sum(map(float.__mul__, map(float, numbers), vector))


def floats(base64: str) -> list[float]:
    """The numbers of a text of 32-bit floats."""
    return list(array("f", b64decode(base64)))


class MemoryVectors:
    """The `Host` of `app.documents.meaning`."""

    def __init__(self) -> None:
        self.sets: dict[str, dict[str, Of]] = {}

    async def made(self, key: str) -> str:
        return json.dumps({id: [one.stamp, len(one.rows)] for id, one in self.sets.get(key, {}).items()})

    async def put(self, key: str, document: str, stamp: str, first: int, count: int, rows: str) -> None:
        numbers, documents = floats(rows), self.sets.setdefault(key, {})
        size = len(numbers) // count
        before = documents.get(document) if first else Of(stamp, size)
        if before and (before.stamp, before.size, len(before.rows)) == (stamp, size, first):
            before.rows += [quantized(numbers[at : at + size]) for at in range(0, len(numbers), size)]
            documents[document] = before

    async def nearest(self, key: str, vector: str, stamps: str, most: int, least: float) -> str:
        wanted = floats(vector)
        found = [
            (-alike(row, wanted), document, number)
            for document, stamp in json.loads(stamps).items()
            if (one := self.sets.get(key, {}).get(document)) and (one.stamp, one.size) == (stamp, len(wanted))
            for number, row in enumerate(one.rows)
        ]
        best = sorted(found, key=lambda each: each[0])[:most]
        good = max(1e-9, least * sqrt(sum(value * value for value in wanted)), -best[0][0] * LEAST) if best else 0.0
        return json.dumps([[document, number] for unlike, document, number in best if -unlike >= good])

    async def drop(self, documents: str) -> None:
        for id in json.loads(documents):
            for each in self.sets.values():
                each.pop(id, None)
