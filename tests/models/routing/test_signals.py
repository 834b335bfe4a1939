"""The two signals of a question: sensible on plain examples, bounded on wild ones, steady under other typing."""

from __future__ import annotations

import random

import pytest

from app.models.routing.asides import aside_in
from app.models.routing.features import features
from app.models.routing.plain import HEAD_CHARACTERS, TAIL_CHARACTERS, plain, units
from app.models.routing.rules import HARD, RULES, rules
from app.models.routing.shape import shape, stairs, stepped
from app.models.routing.shares import SHARES
from app.models.routing.signals import SAYS, signals
from app.models.routing.vocabulary import INDEX, key
from app.models.routing.weights import DIFFICULTY, DIFFICULTY_STEPS, WORTH
from tests.environment import ROOT
from tests.routing.noise import NOISES
from tests.routing.rows import as_in_a_chat, read_rows, read_turns
from tests.routing.templates import FORMS, TEMPLATES
from tests.words import english

QUESTIONS = ROOT / "tests" / "fixtures" / "routing" / "questions.jsonl"
TURNS = ROOT / "tests" / "fixtures" / "routing" / "turns.jsonl"
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
    assert signals(more).worth > signals(less).worth + 0.08


def test_a_forgotten_fact_is_hard_and_yet_not_worth_escalating() -> None:
    seen = signals("which footballer scored the winner in the 1923 cup final")
    assert seen.difficulty > 0.5 > seen.worth


def test_each_score_tells_what_it_is_made_of_the_strongest_first() -> None:
    seen = signals("Prove by induction that the sum of the first n odd numbers is a square.")
    assert {"maths", "asks for a proof"} <= {english(one.says) for one in seen.worth_why}
    for why in (seen.worth_why, seen.difficulty_why):
        amounts = [abs(one.amount) for one in why]
        assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_has_scores_between_0_and_1(text: str) -> None:
    seen = signals(text)
    assert 0 <= seen.worth <= 1
    assert 0 <= seen.difficulty <= 1
    assert all(0 <= value <= 1 for value in (features(plain(text)) | rules(plain(text))).values())


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
    prompts += as_in_a_chat([], read_turns(TURNS))
    pairs = [(signals(prompt).worth, signals(NOISES[name](prompt, chance)).worth) for prompt in prompts]
    for _, threshold in SHARES:
        same = sum((plain > threshold) == (noisy > threshold) for plain, noisy in pairs)
        assert same >= 0.9 * len(pairs)
    usual = [threshold for share, threshold in SHARES if share in (0.1, 0.25, 0.5, 0.75, 0.9)]
    same_all = [(plain > edge) == (noisy > edge) for plain, noisy in pairs for edge in usual]
    assert sum(same_all) >= 0.95 * len(same_all)


#: what people ask in chats, and exams: each with its own worth
ASKED_OFTEN = (
    "Why does the price of bread rise when the harvest is poor?",
    "What is the capital of France?",
    "Prove that the square root of 2 is irrational.",
    "Write a Python function that merges two sorted lists.",
    "I want to eat more healthily without spending too much money each week, what should I plan?",
    "Wie funktioniert ein Elektromotor?",
    "¿Quién pintó el Guernica?",
)


@pytest.mark.parametrize(
    "template", [*TEMPLATES, *(f"{form} {{}}" for form in FORMS), *(f"{{}}\n{form}" for form in FORMS)]
)
def test_no_template_and_no_word_about_the_form_changes_what_a_question_is_worth(template: str) -> None:
    before, _, after = template.partition("{}")
    for asked in ASKED_OFTEN:
        assert signals(f"{before}{asked}{after}").worth == pytest.approx(signals(asked).worth, abs=0.02), asked


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("your answer must be a single word.", "form"),
        ("express your answer as a common fraction.", "form"),
        ("use an encouraging tone.", "form"),
        ("请用一句话回答。", "form"),
        ("संक्षेप में उत्तर दें।", "form"),
        ("here is a question from my homework:", "around"),
        ("you are a helpful assistant.", "around"),
        ("can you help me with this?", "around"),
        ("hi there, hope you're doing well.", "greeting"),
        ("write a letter to my landlord.", ""),
        ("write a short story in english.", ""),
        ("translate this sentence:", ""),
        ("let $n$ be the 1000th number in $s$.", ""),
        ("भारत की राजधानी क्या है", ""),
        ("why?", ""),
        ("", ""),
    ],
)
def test_what_a_sentence_is_for(sentence: str, kind: str) -> None:
    assert aside_in(sentence) == kind


def test_a_fact_is_one_behind_another_sentence_too() -> None:
    assert rules(plain("My cat sleeps. What is the capital of Peru?"))["fact"] == 1
    assert rules(plain("My cat sleeps. Design a house for it."))["fact"] == 0


def test_words_are_known_by_their_beginning() -> None:
    assert INDEX[key("probabilities")] == INDEX[key("probability")] == ("maths",)
    assert INDEX[key("plants")] == ("science",)
    assert key("zzz") not in INDEX


def test_every_feature_has_words_for_the_person_and_every_weight_a_feature() -> None:
    assert set(features("")) | set(rules("")) <= set(SAYS)
    assert set(WORTH) == set(rules("")) == set(RULES)
    assert set(DIFFICULTY) <= set(features(""))
    assert set(DIFFICULTY_STEPS) <= set(features("")) | set(shape(""))
    assert set(HARD) <= set(RULES)


def test_a_step_adds_once_its_edge_is_passed() -> None:
    steps = stairs({"size": ((1.0, 0.2), (3.0, 0.4)), "commas": ((0.1, 1.0),)})
    assert stepped({"size": 1.0, "commas": 0.1}, steps) == {}
    assert stepped({"size": 2.0, "commas": 0.1}, steps) == {"size": 0.2}
    assert stepped({"size": 4.0, "commas": 0.2}, steps) == {"size": pytest.approx(0.6), "commas": 1.0}


def test_the_end_mark_and_quotation_marks_are_no_part_of_the_shape() -> None:
    assert shape("why is it so?") == shape("why is it so")
    assert shape(plain("“Why, then, is it so?”")) == shape(plain("why, then, is it so"))


def test_the_table_of_shares_rises_while_its_thresholds_fall() -> None:
    shares, thresholds = zip(*SHARES, strict=True)
    assert list(shares) == sorted(shares)
    assert list(thresholds) == sorted(thresholds, reverse=True)
    assert (SHARES[0], SHARES[-1]) == ((0.0, 1.0), (1.0, 0.0))


def said(text: str) -> set[str]:
    """What a receipt would say of a question."""
    seen = signals(text)
    return {english(one.says) for one in (*seen.worth_why, *seen.difficulty_why)}


@pytest.mark.parametrize(
    ("text", "false"),
    [
        ("good morning", "economics"),
        ("I have 1500 apples and 2500 pears.", "mentions years"),
        ("Walk 1800 m to the north.", "mentions years"),
        ("Is my 24/7 shop open?", "maths"),
        ("My class has 30 children.", "programming"),
        ("What did I mean by that?", "maths"),
        ("I took the state road home.", "society, politics or management"),
        ("Die Straßenverkehrsordnung gilt überall.", "technical words"),
    ],
)
def test_no_reason_is_false(text: str, false: str) -> None:
    assert false not in said(text)


def test_years_are_seen_where_the_words_around_say_so() -> None:
    assert "mentions years" in said("Who ruled France in 1810?")


ASKED = "Why does the price of bread rise when the harvest is poor?"


@pytest.mark.parametrize(
    "text",
    [
        f"Please answer in one sentence. {ASKED}",
        f"{ASKED}\nGive your final answer as \\boxed{{X}}.",
        f"“{ASKED}”",
        f"{ASKED} Thank you!",
        f"Please read the following question carefully and answer it in at most 50 words.\n{ASKED}",
        f"{ASKED} Antworte kurz.",
        f"Réponds en deux phrases. {ASKED}",
    ],
)
def test_courtesies_quotation_marks_and_the_form_of_the_answer_are_no_part_of_the_question(text: str) -> None:
    assert signals(text).worth == pytest.approx(signals(ASKED).worth, abs=0.02)


def test_what_is_nothing_but_a_form_is_kept() -> None:
    assert plain("Answer in JSON.") == "answer."


def test_length_is_counted_by_each_scripts_own_measure() -> None:
    assert units("a b c d") == 4
    assert units("量子力学は難しい") == pytest.approx(4.8)
    assert units("ภาษาไทยยาก") > 1


PROOFS = """Prove that the square root of 2 is irrational.|Beweise, dass die Wurzel aus 2 irrational ist.|
Démontre que la racine de 2 est irrationnelle.|Demuestra que la raíz de 2 es irracional.|
Dimostra che la radice di 2 è irrazionale.|Докажи, что корень из 2 иррационален.|证明根号2是无理数。|
ルート2が無理数であることを証明してください。|
루트 2가 무리수임을 증명하세요.|
أثبت أن جذر 2 عدد غير نسبي|
सिद्ध करो कि 2 का वर्गमूल अपरिमेय है।"""
CAPITALS = """What is the capital of France?|
Was ist die Hauptstadt von Frankreich?|
Quelle est la capitale de la France ?|
¿Cuál es la capital de Francia?|Qual è la capitale della Francia?|Где находится столица Франции?|法国的首都是哪里？|
フランスの首都はどこですか。|프랑스의 수도는 어디인가요?|
أين تقع عاصمة فرنسا؟|
फ्रांस की राजधानी क्या है?"""


def test_in_eleven_languages_a_proof_is_worth_more_than_a_capital() -> None:
    proofs, capitals = (list(map(str.strip, text.split("|"))) for text in (PROOFS, CAPITALS))
    for proof, capital in zip(proofs, capitals, strict=True):
        assert signals(proof).worth > 0.55 > 0.4 > signals(capital).worth, (proof, capital)
        assert signals(proof).difficulty + signals(proof).worth > 1, proof


@pytest.mark.parametrize(
    "text",
    [
        "I have chest pain and my left arm is numb, what should I do?",
        "Ich habe Brustschmerzen, was soll ich tun?",
        "J'ai une douleur dans la poitrine, que faire ?",
        "我胸口痛，怎么办？",
    ],
)
def test_where_health_is_at_stake_no_small_model_is_trusted(text: str) -> None:
    seen = signals(text)
    assert seen.worth + seen.difficulty > 1
    assert "health or safety at stake" in said(text)
