"""One GGUF file in several parts, as llama-gguf-split writes them: the first has the metadata, each some tensors.

parts = split((MODELS / "tiny-gemma3-f16.gguf").read_bytes(), 3)

Source: tools/gguf-split/gguf-split.cpp of llama.cpp (keys `split.no` and `split.count`, 16 bits, and
`split.tensors.count`, 32 bits with a sign), docs/gguf.md of ggml.
"""

from __future__ import annotations

import math
import struct
from dataclasses import replace

from tests.ollama.gguf import laid_out, packed

WHOLE_16, SIGNED_32 = 2, 5  # of GGUF's types of values


def names_of(stem: str, count: int) -> list[str]:
    """What the parts are called."""
    return [f"{stem}-{number:05d}-of-{count:05d}.gguf" for number in range(1, count + 1)]


def split(data: bytes, count: int) -> list[bytes]:
    """The parts of a file, in their order, with about as many tensors each."""
    whole = laid_out(data)
    tensors, each = whole.tensors, math.ceil(len(whole.tensors) / count)
    parts = [tensors[at : at + each] for at in range(0, len(tensors), each)]
    assert len(parts) == count
    made = []
    for number, part in enumerate(parts):
        own = packed("split.no") + struct.pack("<IH", WHOLE_16, number)
        own += packed("split.count") + struct.pack("<IH", WHOLE_16, count)
        own += packed("split.tensors.count") + struct.pack("<Ii", SIGNED_32, len(tensors))
        entries, metadata = (whole.entries, whole.metadata) if number == 0 else (0, b"")
        made.append(replace(whole, entries=entries + 3, metadata=metadata + own, tensors=part).written())
    return made
