"""Vectors of texts by the bundled embedding model, in llama.cpp compiled for this machine: the same weights and engine
as in the page, and faster.

    with embedder() as made:
        made(["What is light?"])        # [array("f", …)], of length 1

What is longer than the model reads is read up to there.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import sqrt
from typing import TypeAlias

from static.js.build.prepare import EMBEDDER, VENDOR
from tests.bench.native import native

MODEL = VENDOR / "models" / EMBEDDER
AT_ONCE = 8
READS = 512  # tokens
_FIRST, _LESS = 2000, 0.8  # characters that are tried of a long text, and what is left of them if they are too many
Vector: TypeAlias = "array[float]"
Embed = Callable[[Sequence[str]], list[Vector]]


@contextmanager
def embedder() -> Iterator[Embed]:
    """Makes vectors until the block ends."""
    options = {
        "n_threads": _free_cores(),
        "n_batch": READS,
        "n_ctx": READS * AT_ONCE,
        "n_parallel": AT_ONCE,
    }
    with native(MODEL, {**options, "n_gpu_layers": 0, "embedding": True}) as url:
        yield lambda texts: [
            vector for some in batches(texts) for vector in _made(url, [text[:_FIRST] or " " for text in some])
        ]


def _free_cores() -> int:
    """How many cores of this machine nobody uses: llama.cpp's threads wait for each other."""
    cores, load = os.cpu_count() or 1, os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return max(1, round(cores - load))


def batches(texts: Sequence[str]) -> list[Sequence[str]]:
    """The texts, as many at a time as are asked for at once."""
    return [texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE)]


def _made(url: str, texts: list[str]) -> list[Vector]:
    """The vectors of a few texts; where one is too long, each by itself and as much of it as is read."""
    body = json.dumps({"input": texts}).encode()
    request = urllib.request.Request(f"{url}/v1/embeddings", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            rows = sorted(json.load(answer)["data"], key=lambda row: int(row["index"]))
    except urllib.error.HTTPError:
        if len(texts) > 1:
            return [vector for text in texts for vector in _made(url, [text])]
        if len(texts[0]) < READS:
            raise
        return _made(url, [texts[0][: int(len(texts[0]) * _LESS)]])
    return [_of_length_1(row["embedding"]) for row in rows]


def _of_length_1(row: Sequence[float]) -> Vector:
    length = sqrt(sum(value * value for value in row)) or 1.0
    return array("f", (value / length for value in row))


def nearest(query: Vector, vectors: Sequence[Vector], most: int) -> list[int]:
    """The places of the vectors that are most alike, best first."""
    likeness = [sum(map(float.__mul__, query, vector)) for vector in vectors]
    return sorted(range(len(vectors)), key=lambda at: -likeness[at])[:most]
