"""One GGUF file in several parts, as llama-gguf-split writes them: the first has the metadata, each some tensors.

parts = split((MODELS / "tiny-gemma3-f16.gguf").read_bytes(), 3)

Source: tools/gguf-split/gguf-split.cpp of llama.cpp (keys `split.no` and `split.count`, 16 bits, and
`split.tensors.count`, 32 bits with a sign), docs/gguf.md of ggml.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

ALIGNMENT = 32
STRING, ARRAY = 8, 9
SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
WEIGHT_BYTES = {0: 4, 1: 2}  # float32 and float16: all that the tiny model has


@dataclass
class Tensor:
    """A tensor's info up to its offset, and its weights."""

    info: bytes
    weights: bytes


def names_of(stem: str, count: int) -> list[str]:
    """What the parts are called."""
    return [f"{stem}-{number:05d}-of-{count:05d}.gguf" for number in range(1, count + 1)]


def split(data: bytes, count: int) -> list[bytes]:
    """The parts of a file, in their order, with about as many tensors each."""
    entries, metadata, tensors = _read(data)
    each = math.ceil(len(tensors) / count)
    parts = [tensors[at : at + each] for at in range(0, len(tensors), each)]
    assert len(parts) == count
    made = []
    for number, part in enumerate(parts):
        own = _entry("split.no", 2, struct.pack("<H", number)) + _entry("split.count", 2, struct.pack("<H", count))
        own += _entry("split.tensors.count", 5, struct.pack("<i", len(tensors)))
        made.append(_write(metadata + own if number == 0 else own, 3 + (entries if number == 0 else 0), part))
    return made


def _entry(key: str, kind: int, value: bytes) -> bytes:
    return struct.pack("<Q", len(key)) + key.encode() + struct.pack("<I", kind) + value


def _write(metadata: bytes, entries: int, tensors: list[Tensor]) -> bytes:
    infos, weights = b"", b""
    for tensor in tensors:
        infos += tensor.info + struct.pack("<Q", len(weights))
        weights += tensor.weights + bytes(-len(tensor.weights) % ALIGNMENT)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), entries) + metadata + infos
    return head + bytes(-len(head) % ALIGNMENT) + weights


def _read(data: bytes) -> tuple[int, bytes, list[Tensor]]:
    """(number of metadata entries, their bytes, the tensors)."""
    tensors, entries = struct.unpack_from("<QQ", data, 8)
    at = 24
    for _ in range(entries):
        at += 8 + struct.unpack_from("<Q", data, at)[0]
        at = _after(data, at + 4, struct.unpack_from("<I", data, at)[0])
    metadata, infos = data[24:at], []
    for _ in range(tensors):
        start = at
        at += 8 + struct.unpack_from("<Q", data, at)[0]
        dimensions = struct.unpack_from("<I", data, at)[0]
        shape = struct.unpack_from(f"<{dimensions}Q", data, at + 4)
        kind, offset = struct.unpack_from("<IQ", data, at + 4 + 8 * dimensions)
        at += 16 + 8 * dimensions
        infos.append((data[start : at - 8], offset, math.prod(shape) * WEIGHT_BYTES[kind]))
    base = at + -at % ALIGNMENT
    return entries, metadata, [Tensor(info, data[base + at : base + at + size]) for info, at, size in infos]


def _after(data: bytes, at: int, kind: int) -> int:
    """Where a value that begins here ends."""
    if kind == STRING:
        return at + 8 + int(struct.unpack_from("<Q", data, at)[0])
    if kind != ARRAY:
        return at + SIZES[kind]
    inner, count = struct.unpack_from("<IQ", data, at)
    at += 12
    for _ in range(count):
        at = _after(data, at, inner)
    return at
