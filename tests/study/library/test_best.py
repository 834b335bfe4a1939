"""Which search is proposed, and when nothing is."""

from __future__ import annotations

import pytest

from app.core.documents import Trial
from app.core.shapes import Damaged
from app.study.library.best import LEAST_PASSAGES, LEAST_QUESTIONS, Typed, place_of, typed_from, verdict

MANY = 500


def test_an_answer_stands_at_its_place_among_the_first_ten() -> None:
    trial = Trial("When is low water?", "tides", 4)
    others = [("tides", number) for number in range(5, 20)]
    assert place_of(trial, [("mills", 4), ("tides", 4)]) == 2
    assert place_of(trial, others) == 0
    assert place_of(trial, [*others[:10], ("tides", 4)]) == 0


def test_figures_are_those_of_the_places() -> None:
    found = verdict({"keyword": [1, 2, 0, 6]}, passages=MANY)
    [way] = found.ways
    assert (way.kind, way.first, way.near) == ("keyword", 0.25, 0.5)
    assert way.mrr == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)
    assert way.ndcg.mean == pytest.approx((1 + 0.6309 + 0.3562) / 4, abs=1e-3)
    assert way.ndcg.low <= way.ndcg.mean <= way.ndcg.high


def test_what_differs_by_chance_alone_leaves_both_together() -> None:
    found = verdict({"keyword": [1, 3] * 20, "vector": [3, 2] * 20, "hybrid": [2, 1, 1, 3] * 10}, passages=MANY)
    assert (found.best, found.is_clear, found.lacks) == ("hybrid", False, "")
    assert found.gain is not None
    assert found.gain.low <= 0


def test_a_single_way_is_proposed_where_it_is_clearly_better() -> None:
    found = verdict({"keyword": [1] * 40, "vector": [0] * 40, "hybrid": [2] * 40}, passages=MANY)
    assert (found.best, found.over, found.is_clear) == ("keyword", "hybrid", True)
    found = verdict({"keyword": [0] * 40, "vector": [1] * 38 + [2, 3], "hybrid": [2] * 40}, passages=MANY)
    assert (found.best, found.over, found.is_clear) == ("vector", "hybrid", True)


def test_both_together_are_compared_with_the_better_single_way() -> None:
    found = verdict({"keyword": [2] * 40, "vector": [4] * 40, "hybrid": [1] * 40}, passages=MANY)
    assert (found.best, found.over, found.is_clear) == ("hybrid", "keyword", True)


def test_questions_of_the_documents_own_words_never_speak_for_search_by_words() -> None:
    words = {"keyword": [1] * 40, "vector": [0] * 40, "hybrid": [2] * 40}
    found = verdict(words, passages=MANY, is_fair=False)  # type: ignore[arg-type]
    assert (found.best, found.lacks) == ("hybrid", "fair")
    meaning = {"keyword": [0] * 40, "vector": [1] * 40, "hybrid": [2] * 40}
    assert verdict(meaning, passages=MANY, is_fair=False).best == "vector"  # type: ignore[arg-type]


def test_with_too_little_nothing_is_proposed() -> None:
    def ways(count: int) -> dict[str, list[int]]:
        return {"keyword": [1] * count, "vector": [0] * count, "hybrid": [2] * count}

    few = verdict(ways(LEAST_QUESTIONS - 1), passages=MANY)  # type: ignore[arg-type]
    assert (few.best, few.gain, few.lacks, few.is_clear) == ("hybrid", None, "questions", False)
    assert verdict(ways(40), passages=LEAST_PASSAGES - 1).lacks == "passages"  # type: ignore[arg-type]
    assert verdict({"keyword": [1] * 40}, passages=MANY).lacks == "vectors"
    assert len(few.ways) == 3, "what was measured is shown all the same"


def test_typed_questions_come_back_from_their_record() -> None:
    record = {"questions": [{"question": "When?", "document": "tides", "passage": 4}]}
    assert typed_from(record) == Typed((Trial("When?", "tides", 4),))
    assert typed_from({}) == Typed()
    lost: list[str] = []
    assert typed_from({"questions": "none"}, lost) == Typed()
    assert lost
    with pytest.raises(Damaged):
        typed_from("none")
