"""How well the app finds, on any collection in BEIR's form: by words, by meaning, and by both.

    python -m tests retrieval --corpus C.jsonl --queries Q.jsonl --qrels R.tsv [--only keyword] [--cut]

Prints for each of the three `keyword nDCG@10 0.369 recall@20 0.412`, the means over all questions that have judgements.
By words finds the app's own index, by meaning the bundled embedding model, and `hybrid` are both rankings fused as the
app fuses them. A text of the collection is one passage, as such collections mean it; with `--cut` it is cut as a
document of the app is, and counts as much as its best passage.

Files: C and Q have a JSON object a line, `_id`, `text` and in C `title`; R has lines `query-id corpus-id score` after
one of names, parted by tabs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from app.core.documents import PageText, Passage, Reading
from app.documents.fusion import fused
from app.documents.index import Index
from app.documents.passages import cut
from app.documents.words import language_of
from tests.retrieval.measures import ndcg, recall
from tests.retrieval.vectors import batches, embedder, nearest

WAYS = ("keyword", "vector", "hybrid")
DEPTH = 100  # of each ranking
_NDCG, _RECALL = 10, 20
_EVERY = 10.0  # seconds between lines of progress
Item = TypeVar("Item")
Rankings = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts as (title, text), questions, and how much each text says to a question; all by their ids."""

    texts: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    gains: Mapping[str, Mapping[str, int]]


def read(corpus: Path, queries: Path, qrels: Path) -> Collection:
    """A collection. Raises ValueError where a line is none, OSError."""
    texts = {row["_id"]: (row.get("title") or "", row.get("text") or "") for row in _rows(corpus)}
    questions = {row["_id"]: row["text"] for row in _rows(queries)}
    gains: dict[str, dict[str, int]] = {}
    for line in qrels.read_text("utf-8").split("\n")[1:]:
        if line.strip():
            query, text, score = line.rstrip("\r").split("\t")
            gains.setdefault(query, {})[text] = int(score)
    judged = {query: some for query, some in gains.items() if query in questions and max(some.values()) > 0}
    return Collection(texts, {query: questions[query] for query in judged}, judged)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def told(what: str, items: Sequence[Item]) -> Iterator[Item]:
    """The items, and on the way how many are done."""
    started = last = time.monotonic()
    for number, item in enumerate(items):
        yield item
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            left = (last - started) / (number + 1) * (len(items) - number - 1)
            say(f"  {what}: {number + 1:,} of {len(items):,}, about {left:.0f} s left")


def say(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def passages_of(id: str, title: str, text: str, *, is_cut: bool) -> list[Passage]:
    """A text of the collection as the index takes it."""
    if is_cut:
        return cut(id, Reading("text", title, "", (PageText(1, text),)))
    return [Passage(id, 0, 1, 0, len(text), "", text)]


def by_words(collection: Collection, *, is_cut: bool) -> Rankings:
    """What the app's index finds."""
    index = Index()
    for id in told("indexing", list(collection.texts)):
        title, text = collection.texts[id]
        index.keep(id, title, language_of(f"{title}\n{text}"), "", passages_of(id, title, text, is_cut=is_cut))
    return {
        query: list(dict.fromkeys(hit.document for hit in index.find(collection.questions[query], None, DEPTH)))
        for query in told("asking", list(collection.questions))
    }


def by_meaning(collection: Collection, *, is_cut: bool) -> Rankings:
    """What lies near a question in the bundled model's eyes."""
    pieces = [
        (id, f"{title}\n{passage.text}")
        for id, (title, text) in collection.texts.items()
        for passage in passages_of(id, title, text, is_cut=is_cut)
    ]
    with embedder() as embed:
        some = told("vectors", batches([text for _, text in pieces]))
        vectors = list(chain.from_iterable(map(embed, some)))
        found = {}
        for query in told("asking", list(collection.questions)):
            near = nearest(embed([collection.questions[query]])[0], vectors, DEPTH)
            found[query] = list(dict.fromkeys(pieces[at][0] for at in near))
    return found


def measured(name: str, rankings: Rankings, collection: Collection) -> str:
    """The line of one way."""
    count = max(len(collection.gains), 1)
    gain = sum(ndcg(rankings[query], gains, _NDCG) for query, gains in collection.gains.items()) / count
    part = sum(recall(rankings[query], gains, _RECALL) for query, gains in collection.gains.items()) / count
    return f"{name} nDCG@{_NDCG} {gain:.3f} recall@{_RECALL} {part:.3f}"


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests retrieval", description=__doc__)
    for name in ("corpus", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--only", choices=WAYS[:2], help="one way, without the other")
    parser.add_argument("--cut", action="store_true", help="cut the texts into passages, as the app does")
    options = parser.parse_args()
    collection = read(options.corpus, options.queries, options.qrels)
    say(f"  {len(collection.texts):,} texts, {len(collection.questions):,} questions with judgements")
    found: dict[str, Rankings] = {}
    ways: tuple[tuple[str, Callable[..., Rankings]], ...] = (("keyword", by_words), ("vector", by_meaning))
    for name, way in ways:
        if options.only in (None, name):
            found[name] = way(collection, is_cut=options.cut)
            say(measured(name, found[name], collection))
    if len(found) == len(ways):
        both = {query: fused([ranked[query] for ranked in found.values()]) for query in collection.questions}
        say(measured("hybrid", both, collection))


if __name__ == "__main__":
    main()
