"""Model files for the lying server: any size, made from a seed while they are read, and the catalogue rows for them.

file = gguf(2_200_000_000, seed=7)            # a valid header and one big tensor; costs no memory
file.read(1_000_000, 1_000_016), file.sha256(), file.chunk_sha256(16_777_216)
Offer("Big", file, ("big.gguf",), hashes="whole").row("http://localhost:8001/")
"""

from __future__ import annotations

import hashlib
import json
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tests.environment import ROOT

BLOCK = 1 << 16
STEP = 1 << 22
Hashes = Literal["chunks", "whole", "both", "none"]


class File:
    """Bytes that are a function of `size` and `seed`, but for the `head` at the beginning. No two blocks are alike."""

    def __init__(self, size: int, seed: int = 0, head: bytes = b"") -> None:
        self.size, self.seed = size, seed
        self._head = head[:size]
        self._block = random.Random(seed).randbytes(BLOCK)[8:]

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`."""
        end = min(end, self.size)
        if start >= end:
            return b""
        first, last = start // BLOCK, -(-end // BLOCK)
        own = b"".join(number.to_bytes(8, "little") + self._block for number in range(first, last))
        own = own[start - first * BLOCK : end - first * BLOCK]
        head = self._head[start:end]
        return head + own[len(head) :]

    def parts(self, start: int, end: int, step: int = STEP) -> Iterator[bytes]:
        """The same in pieces of `step` bytes."""
        end = min(end, self.size)
        for at in range(start, end, step):
            yield self.read(at, min(at + step, end))

    def sha256(self, start: int = 0, end: int | None = None) -> str:
        """The hash of a part, or of all of it."""
        digest = hashlib.sha256()
        for part in self.parts(start, self.size if end is None else end):
            digest.update(part)
        return digest.hexdigest()

    def chunk_sha256(self, chunk_bytes: int) -> list[str]:
        """The hashes of its chunks, in order."""
        return [self.sha256(at, at + chunk_bytes) for at in range(0, self.size, chunk_bytes)]


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode()


def gguf(size: int, seed: int = 0) -> File:
    """A file with the header of a GGUF model and one tensor of bytes that fills the rest of it."""
    entries = _text("general.architecture") + struct.pack("<I", 8) + _text("llama")
    entries += _text("llama.context_length") + struct.pack("<II", 4, 2048)
    start = b"GGUF" + struct.pack("<IQQ", 3, 1, 2) + entries + _text("token_embd.weight") + struct.pack("<I", 1)
    data = -(-(len(start) + 20) // 32) * 32
    head = start + struct.pack("<QIQ", size - data, 24, 0)
    return File(size, seed, head + bytes(data - len(head)))


@cache
def tiny() -> File:
    """The tiny model of the fixtures, which every GGUF engine can run."""
    content = (ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf").read_bytes()
    return File(len(content), head=content)


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of a catalogue. `sources` are names on the liar or whole addresses; `hashes` is what is published."""

    name: str
    file: File
    sources: tuple[str, ...]
    chunk_bytes: int = 1 << 18
    hashes: Hashes = "chunks"
    knows_size: bool = True

    @property
    def id(self) -> str:
        """The id of the row, which names the model's database too."""
        return self.name.lower().replace(" ", "-")

    @property
    def chunk_count(self) -> int:
        """Chunks in the file."""
        return -(-self.file.size // self.chunk_bytes)

    def row(self, base: str) -> str:
        """The row as TOML. (A TOML string or list of strings is written as JSON writes it.)"""
        addresses = [source if "://" in source else base + source for source in self.sources]
        lines = [
            f'[[model]]\nid = {json.dumps(self.id)}\nname = {json.dumps(self.name)}\nkind = "chat"',
            f"sources = {json.dumps(addresses)}\nsize_bytes = {self.file.size if self.knows_size else 0}",
            f"chunk_bytes = {self.chunk_bytes}",
        ]
        if self.hashes in ("whole", "both"):
            lines.append(f'sha256 = "{self.file.sha256()}"')
        if self.hashes in ("chunks", "both"):
            lines.append(f"chunk_sha256 = {json.dumps(self.file.chunk_sha256(self.chunk_bytes))}")
        return "\n".join(lines) + "\n"
