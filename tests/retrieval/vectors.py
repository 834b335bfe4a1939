"""Vectors of texts by the bundled embedding model, in llama.cpp compiled for this machine: the same weights and engine
as in the page, and faster.

    with embedder() as embed:
        list(embed(["What is light?"]))        # [[0.02, …]], each of length 1, in the order of the texts

What is longer than the model reads is read up to there. Each core has an engine of its own: threads of one engine wait
for each other, which takes three times as long where something else runs, too.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain
from math import sqrt
from operator import mul
from queue import SimpleQueue
from typing import TypeAlias

from static.js.build.prepare import EMBEDDER, VENDOR
from tests.bench.native import native
from tests.passage_vectors import LEAST, alike

MODEL = VENDOR / "models" / EMBEDDER
AT_ONCE = 8
READS = 512  # tokens
MOST_ENGINES = 8
_FIRST, _LESS = 2000, 0.8  # characters that are tried of a long text, and what is left of them if they are too many
_OPTIONS = {
    "n_threads": 1,
    "n_batch": READS,
    "n_ctx": READS * AT_ONCE,
    "n_parallel": AT_ONCE,
    "n_gpu_layers": 0,
    "embedding": True,
}
Vector: TypeAlias = list[float]
Embed = Callable[[Sequence[str]], Iterator[Vector]]


@contextmanager
def embedder() -> Iterator[Embed]:
    """Makes vectors until the block ends; they come as they are made."""
    engines = min(os.cpu_count() or 1, MOST_ENGINES)
    with ExitStack() as stack:
        free = SimpleQueue[str]()
        for _ in range(engines):
            free.put(stack.enter_context(native(MODEL, _OPTIONS)))
        pool = stack.enter_context(ThreadPoolExecutor(engines))

        def some(texts: Sequence[str]) -> list[Vector]:
            url = free.get()
            try:
                return _made(url, [text[:_FIRST] or " " for text in texts])
            finally:
                free.put(url)

        yield lambda texts: chain.from_iterable(pool.map(some, _batches(texts)))


def _batches(texts: Sequence[str]) -> list[Sequence[str]]:
    """The texts, as many at a time as an engine is asked for."""
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
    length = sqrt(sum(map(mul, row, row))) or 1.0
    return [value / length for value in row]


def nearest(query: Vector, vectors: Iterable[tuple[bytes, float]], most: int) -> list[int]:
    """The places of the vectors that are most alike, best first, as the app takes them."""
    likeness = [alike(vector, query) for vector in vectors]
    good = max(likeness, default=0.0) * LEAST
    return sorted((at for at, one in enumerate(likeness) if one >= good), key=lambda at: -likeness[at])[:most]
