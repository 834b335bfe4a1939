"""Collections in BEIR's form, as they are found: packed, with numbers as ids, without titles, judged as TREC does.

collection = read(Path("corpus.jsonl.gz"), Path("queries.jsonl"), Path("qrels.tsv"))
collection.texts["184"], collection.gains["3"]        # ("A title", "Its text …"), {"184": 2.0}
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PACKED = b"\x1f\x8b"  # how gzip's files begin
_IDS = ("_id", "id", "doc_id", "query_id")
_TEXTS = ("text", "contents", "query")


class Unusable(Exception):
    """A file is no part of a collection; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts as (title, text), questions, and how much each text says to a question; all by their ids. Only questions
    that a text is judged to answer are here."""

    texts: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    gains: Mapping[str, Mapping[str, float]]


def read(corpus: Path, queries: Path, qrels: Path) -> Collection:
    """A collection. Raises Unusable, OSError."""
    texts = {_id(row): (_words(row, "title"), _words(row, *_TEXTS)) for row in _rows(corpus)}
    questions = {_id(row): _words(row, *_TEXTS) for row in _rows(queries)}
    gains = dict[str, dict[str, float]]()
    for query, text, gain in _judgements(qrels):
        gains.setdefault(query, {})[text] = gain
    judged = {query: some for query, some in gains.items() if query in questions and max(some.values()) > 0}
    if not texts or not judged:
        raise Unusable("There is no text" if not texts else "No question of these has a judgement")
    return Collection(texts, {query: questions[query] for query in judged}, judged)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Where each line stands, for messages, and the line; empty ones are left out."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if data.startswith(_PACKED) else data).decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):  # in a text stand other ends of lines, too
        if line.strip():
            yield f"{path.name}, line {number}", line.rstrip("\r")


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for place, line in _lines(path):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise Unusable(f"{place}: no JSON ({error})") from error
        if not isinstance(row, dict) or not any(name in row for name in _IDS):
            raise Unusable(f"{place}: no object with an _id")
        yield row


def _id(row: Mapping[str, Any]) -> str:
    return next(str(row[name]) for name in _IDS if name in row)


def _words(row: Mapping[str, Any], *names: str) -> str:
    """The first of these that says something, "" where none does."""
    return next((str(row[name]) for name in names if row.get(name)), "")


def _judgements(path: Path) -> Iterator[tuple[str, str, float]]:
    """Question, text and gain. The first line may be one of names; TREC's have a column more, after the question."""
    for at, (place, line) in enumerate(_lines(path)):
        cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())]
        try:
            query, *_, text, gain = cells
            if len(cells) not in (3, 4):
                raise ValueError
            yield query, text, float(gain)
        except ValueError as error:
            if at:
                raise Unusable(f"{place}: not question, text and score") from error
