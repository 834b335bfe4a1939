"""The two signals of a question: sensible on plain examples, bounded on wild ones, steady under other typing."""

from __future__ import annotations

import random

import pytest

from app.models.routing.features import HEAD_CHARACTERS, SAYS, TAIL_CHARACTERS, features
from app.models.routing.signals import signals
from app.models.routing.vocabulary import INDEX, key
from app.models.routing.weights import DIFFICULTY, SHARES, WORTH
from tests.environment import ROOT
from tests.routing.noise import NOISES
from tests.routing.rows import read_rows
from tests.words import english

QUESTIONS = ROOT / "tests" / "fixtures" / "routing" / "questions.jsonl"
ODD = [
    "",
    " \n\t ",
    "hi",
    "?" * 5000,
    "a" * 100_000,
    "\x00\ud800",
    "你好，量子纠缠是什么？",
    "🙂" * 3000,
    "1" * 4000,
    "(" * 9000,
]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Prove that the square root of 2 is irrational.", "What is the capital of France?"),
        ("Write a Python function that merges two sorted lists and explain its complexity.", "thanks!"),
        (
            "Design a database schema for a library, justify each choice; it must support reservations.",
            "Write a poem about autumn.",
        ),
        (
            "If demand is elastic, why does a higher price lower the revenue of the firm?",
            "what year did the titanic sink",
        ),
    ],
)
def test_what_needs_thought_is_worth_more_than_small_talk_and_short_facts(more: str, less: str) -> None:
    assert signals(more).worth > signals(less).worth + 0.1


def test_a_forgotten_fact_is_hard_and_yet_not_worth_escalating() -> None:
    seen = signals("which footballer scored the winner in the 1923 cup final")
    assert seen.difficulty > 0.5 > seen.worth


def test_each_score_tells_what_it_is_made_of_the_strongest_first() -> None:
    seen = signals("Prove by induction that the sum of the first n odd numbers is a square.")
    assert {"maths", "logic and proof"} <= {english(one.says) for one in seen.worth_why}
    for why in (seen.worth_why, seen.difficulty_why):
        amounts = [abs(one.amount) for one in why]
        assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_has_scores_between_0_and_1(text: str) -> None:
    seen = signals(text)
    assert 0 <= seen.worth <= 1
    assert 0 <= seen.difficulty <= 1
    assert all(0 <= value <= 1 for value in features(text).values())


def test_only_the_beginning_and_the_end_are_read() -> None:
    head, tail = "word " * 200, "end " * 100
    assert len(head) >= HEAD_CHARACTERS
    assert len(tail) >= TAIL_CHARACTERS
    assert signals(head + "prove the theorem " * 5000 + tail) == signals(head + "which river is it " * 5000 + tail)


def test_letter_case_and_spacing_change_nothing() -> None:
    plain = "Why does the price of bread rise when the harvest is poor?"
    assert signals("  WHY does\n the price  of BREAD rise when\tthe harvest is poor? ") == signals(plain)


@pytest.mark.parametrize("name", NOISES)
def test_other_ways_of_typing_change_few_decisions_at_any_share(name: str) -> None:
    chance = random.Random(3)
    prompts = [row.prompt for row in read_rows(QUESTIONS)]
    pairs = [(signals(prompt).worth, signals(NOISES[name](prompt, chance)).worth) for prompt in prompts]
    for _, threshold in SHARES:
        same = sum((plain > threshold) == (noisy > threshold) for plain, noisy in pairs)
        assert same >= 0.9 * len(pairs)


def test_words_are_known_by_their_beginning() -> None:
    assert INDEX[key("probabilities")] == INDEX[key("probability")] == ("maths",)
    assert INDEX[key("plants")] == ("science",)
    assert key("zzz") not in INDEX


def test_every_feature_has_words_for_the_person_and_every_weight_a_feature() -> None:
    assert set(features("")) == set(SAYS)
    assert set(WORTH) | set(DIFFICULTY) <= set(SAYS)


def test_the_table_of_shares_rises_while_its_thresholds_fall() -> None:
    shares, thresholds = zip(*SHARES, strict=True)
    assert list(shares) == sorted(shares)
    assert list(thresholds) == sorted(thresholds, reverse=True)
    assert (SHARES[0], SHARES[-1]) == ((0.0, 1.0), (1.0, 0.0))
