"""The measures, and the command on a small collection of our own."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import pytest

from tests.retrieval.__main__ import Collection, by_words, measured, read
from tests.retrieval.measures import ndcg, recall

TEXTS = (
    {"_id": "d1", "title": "Tides", "text": "The moon raises the sea twice a day."},
    {"_id": "d2", "title": "", "text": "Sugar is made of light and water.\u2028Really."},
    {"_id": "d3", "text": "Mills turn when the tide is rising."},
)
QUESTIONS = ({"_id": "q1", "text": "What do tides do?"}, {"_id": "q2", "text": "sugar"}, {"_id": "q3", "text": "none"})


def test_gains_count_less_the_further_down_they_stand() -> None:
    assert ndcg(["a", "b", "c"], {"a": 1}, 10) == 1
    assert ndcg(["b", "a", "c"], {"a": 1}, 10) == pytest.approx(1 / log2(3))
    assert ndcg(["b", "a"], {"a": 2, "b": 1}, 10) == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))
    assert ndcg(["b", "a"], {"a": 1}, 1) == ndcg([], {"a": 1}, 10) == ndcg(["a"], {}, 10) == 0


def test_recall_is_the_part_of_what_is_relevant() -> None:
    assert recall(["a", "b", "x"], {"a": 1, "b": 2, "c": 1, "x": 0}, 20) == pytest.approx(2 / 3)
    assert recall(["x", "a"], {"a": 1}, 1) == 0


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
