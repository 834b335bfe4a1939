"""The command on a small collection of our own, written as collections are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.retrieval.__main__ import by_words, measured
from tests.retrieval.collection import Collection, Unusable, read

TEXTS = (
    {"_id": "d1", "title": "Tides", "text": "The moon raises the sea twice a day."},
    {"_id": "d2", "title": "", "text": "Sugar is made of light and water.\u2028Really."},
    {"_id": "d3", "text": "Mills turn when the tide is rising."},
)
QUESTIONS = ({"_id": "q1", "text": "What do tides do?"}, {"_id": "q2", "text": "sugar"}, {"_id": "q3", "text": "none"})


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    for name, rows in (("corpus", TEXTS), ("queries", QUESTIONS)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / name).write_text(lines + "\n", "utf-8")
    (tmp_path / "qrels").write_text(
        "query-id\tcorpus-id\tscore\r\nq1\td1\t2\r\nq1\td3\t1\nq2\td2\t1\nq3\td1\t0\n", "utf-8"
    )
    return read(*(tmp_path / name for name in ("corpus", "queries", "qrels")))


def test_a_collection_is_read_as_it_is_written(collection: Collection) -> None:
    assert collection.texts["d2"] == ("", "Sugar is made of light and water.\u2028Really.")
    assert collection.texts["d3"][0] == ""
    assert collection.gains == {"q1": {"d1": 2, "d3": 1}, "q2": {"d2": 1}}, "a question without judgements is none"


@pytest.mark.parametrize("is_cut", [False, True])
def test_the_index_of_the_app_answers(collection: Collection, is_cut: bool) -> None:
    rankings = by_words(collection, is_cut=is_cut)
    assert rankings == {"q1": ["d1", "d3"], "q2": ["d2"]}
    assert measured("keyword", rankings, collection) == "keyword nDCG@10 1.000 recall@20 1.000"


def files(folder: Path, corpus: str, queries: str, qrels: str) -> Collection:
    for name, text in (("corpus", corpus), ("queries", queries), ("qrels", qrels)):
        (folder / name).write_bytes(text.encode())
    return read(*(folder / name for name in ("corpus", "queries", "qrels")))


CORPUS = '{"_id": 1, "title": null, "text": "Tides"}\r\n\r\n{"_id": "2", "title": "Sugar", "metadata": {}}\r\n'
QUERIES = '\ufeff{"_id": 1, "text": "tide"}\n{"_id": 7, "text": "nobody judged this"}\n'


def test_ids_may_be_numbers_and_titles_and_texts_missing(tmp_path: Path) -> None:
    found = files(tmp_path, CORPUS, QUERIES, "1\t1\t1.0\r\n1\t2\t-1\r\n")
    assert found.texts == {"1": ("", "Tides"), "2": ("Sugar", "")}
    assert found.questions == {"1": "tide"}, "the first line of judgements is not always one of names"
    assert found.gains == {"1": {"1": 1.0, "2": -1.0}}
    rankings = by_words(found, is_cut=False)
    assert measured("keyword", rankings, found) == "keyword nDCG@10 1.000 recall@20 1.000"


@pytest.mark.parametrize(
    "qrels", ["1 0 1 2\n1 0 2 0\n", "1 1 2\n1 2 0", "query-id\tcorpus-id\tscore\n1\t1\t2\n1\t2\t0\n"]
)
def test_judgements_are_read_in_every_usual_form(tmp_path: Path, qrels: str) -> None:
    assert files(tmp_path, CORPUS, QUERIES, qrels).gains == {"1": {"1": 2.0, "2": 0.0}}


def test_packed_files_are_read(tmp_path: Path) -> None:
    whole = files(tmp_path, CORPUS, QUERIES, "1\t1\t1\n")
    for name in ("corpus", "queries", "qrels"):
        (tmp_path / name).write_bytes(gzip.compress((tmp_path / name).read_bytes()))
    assert read(*(tmp_path / name for name in ("corpus", "queries", "qrels"))) == whole


@pytest.mark.parametrize(
    ("corpus", "qrels", "told"),
    [
        ("{", "1\t1\t1\n", "corpus, line 1: no JSON"),
        ('["Tides"]', "1\t1\t1\n", "corpus, line 1: no object with an _id"),
        (CORPUS, "1\t1\t1\n1\t2\tmuch\n", "qrels, line 2: not question, text and score"),
        (CORPUS, "9\t1\t1\n", "No question of these has a judgement"),
        ("", "1\t1\t1\n", "There is no text"),
    ],
)
def test_what_is_no_collection_is_said(tmp_path: Path, corpus: str, qrels: str, told: str) -> None:
    with pytest.raises(Unusable, match=told):
        files(tmp_path, corpus, QUERIES, qrels)


def test_a_long_text_counts_as_much_as_its_best_passage(tmp_path: Path) -> None:
    long = " ".join(["The mill stood still."] * 200 + ["Neap tides come twice a month."] + ["Nobody came."] * 200)
    rows = [{"_id": "long", "text": long}, {"_id": "short", "text": "A month has four weeks, more or less."}]
    corpus = "\n".join(map(json.dumps, rows))
    found = files(tmp_path, corpus, '{"_id": "q", "text": "neap tides a month"}', "q\tlong\t1\n")
    assert by_words(found, is_cut=True) == {"q": ["long", "short"]}
