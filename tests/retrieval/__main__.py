"""How well the app finds, on any collection in BEIR's form: by words, by meaning, and by both.

    python -m tests retrieval --corpus C.jsonl --queries Q.jsonl --qrels R.tsv [--only keyword] [--cut]

Prints for each of the three `keyword nDCG@10 0.369 recall@20 0.412`, the means over all questions that have judgements.
By words finds the app's own index, by meaning the bundled embedding model, whose vectors are bytes as the app keeps
them, and `hybrid` are both rankings fused as the app fuses them. A text of the collection is one passage, as such
collections mean it; with `--cut` it is cut as a document of the app is, and counts as much as its best passage.

Files: C and Q have a JSON object a line, `_id`, `text` and in C `title`; R has lines `query-id corpus-id score`, after
one of names or not, parted by tabs. They may be packed by gzip (`tests.retrieval.collection`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from statistics import fmean
from typing import TypeVar

from app.core.documents import PageText, Passage, Reading
from app.documents.fusion import fused
from app.documents.index import Index, meant
from app.documents.meaning import DEPTH
from app.documents.passages import cut
from app.documents.words import language_of
from app.study.library.measures import ndcg, recall
from tests.passage_vectors import quantized
from tests.retrieval.collection import Collection, Unusable, read
from tests.retrieval.vectors import embedder, nearest

WAYS = ("keyword", "vector", "hybrid")
_NDCG, _RECALL = 10, 20
_EVERY = 10.0  # seconds between lines of progress
Item = TypeVar("Item")
Rankings = Mapping[str, list[str]]


def told(what: str, items: Iterable[Item], count: int) -> Iterator[Item]:
    """The items, and on the way how many of the `count` are done."""
    started = last = time.monotonic()
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            left = (last - started) / number * (count - number)
            say(f"  {what}: {number:,} of {count:,}, about {left:.0f} s left")


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
    for id, (title, text) in told("indexing", collection.texts.items(), len(collection.texts)):
        index.keep(id, title, language_of(f"{title}\n{text}"), "", passages_of(id, title, text, is_cut=is_cut))
    return {
        query: list(dict.fromkeys(hit.document for hit in index.find(asked, None, DEPTH)))
        for query, asked in told("asking", collection.questions.items(), len(collection.questions))
    }


def by_meaning(collection: Collection, *, is_cut: bool) -> Rankings:
    """What lies near a question in the bundled model's eyes."""
    pieces = [
        (id, meant(title, passage.heading, passage.text))
        for id, (title, text) in collection.texts.items()
        for passage in passages_of(id, title, text, is_cut=is_cut)
    ]
    with embedder() as embed:
        texts, questions = [text for _, text in pieces], collection.questions
        vectors = [quantized(vector) for vector in told("vectors", embed(texts), len(texts))]
        asked = embed(list(questions.values()))
        return {
            query: list(dict.fromkeys(pieces[at][0] for at in nearest(near, vectors, DEPTH)))
            for query, near in told("asking", zip(questions, asked, strict=True), len(questions))
        }


def measured(name: str, rankings: Rankings, collection: Collection) -> str:
    """The line of one way."""
    gain = fmean(ndcg(rankings[query], gains, _NDCG) for query, gains in collection.gains.items())
    part = fmean(recall(rankings[query], gains, _RECALL) for query, gains in collection.gains.items())
    return f"{name} nDCG@{_NDCG} {gain:.3f} recall@{_RECALL} {part:.3f}"


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests retrieval", description=__doc__)
    for name in ("corpus", "queries", "qrels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--only", choices=WAYS[:2], help="one way, without the other")
    parser.add_argument("--cut", action="store_true", help="cut the texts into passages, as the app does")
    options = parser.parse_args()
    try:
        collection = read(options.corpus, options.queries, options.qrels)
    except (Unusable, OSError, UnicodeDecodeError) as error:
        parser.error(str(error))
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
