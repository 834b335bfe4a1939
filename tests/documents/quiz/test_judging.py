"""Items that a model wrote: what is kept of the labelled ones, each reason to drop one, replies that are no item."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from app.core.quiz import Fault, Item, Judged
from app.documents.quiz.judging import judge
from tests.claims import lines, texts_of
from tests.environment import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "quiz"
OPEN = {"two_right", "none_right", "answer_given_away", "explanation_contradicts"}  # what the text alone doesn't decide
LEAF = (
    "Each pore is framed by two guard cells. In the light, the guard cells pump potassium ions inward. The loss of "
    "water vapour is called transpiration. A shoot took up 12 mm of water in 5 minutes, but 30 mm in front of a fan. "
    "Four conditions speed it up: bright light, warmth, wind and dry air."
)
CLOZE: dict[str, object] = {
    "kind": "cloze",
    "question": "The loss of water vapour is called ____.",
    "answer": "transpiration",
    "hint": "It begins with t.",
    "explanation": "This is the definition in the text.",
    "source": "The loss of water vapour is called transpiration.",
}
CHOICE: dict[str, object] = {
    "kind": "multiple_choice",
    "question": "What do guard cells pump in?",
    "options": ["chloride ions", "starch", "potassium ions", "sugar"],
    "correct": 2,
    "hint": "A metal.",
    "explanation": "Potassium ions go in first.",
    "source": "In the light, the guard cells pump potassium ions inward.",
}


def of(base: dict[str, object], **changes: object) -> Judged:
    return judge(json.dumps({**base, **changes}), LEAF)


#: of the good ones, where it is less than of the other sets
LEAST_GOOD = {"natural-": 0.95, "kinds-": 0.93}


@pytest.mark.parametrize("name", ["", "heldout-", "unseen-", "fresh-", "later-", "natural-", "kinds-"])
def test_the_labelled_items(name: str) -> None:
    texts = texts_of(FOLDER / f"{'natural-' if name == 'kinds-' else name}passages.jsonl")
    kept = {"good": 0, "decided": 0, "open": 0}
    total = dict(kept)
    for one in lines(FOLDER / f"{name}items.jsonl"):
        group = "good" if one["label"] == "good" else "open" if one["why"] in OPEN else "decided"
        total[group] += 1
        kept[group] += judge(one["reply"], texts[one["passage"]]).item is not None
    assert kept["good"] >= LEAST_GOOD.get(name, 0.96) * total["good"]
    assert kept["decided"] == 0
    assert kept["open"] <= (0.14 if name == "kinds-" else 0.11) * total["open"]
    assert min(total["good"], total["open"]) >= 10


def test_good_ones_whose_explanations_compare_and_name_others() -> None:
    texts = {
        key: text for name in ("later-", "heldout-") for key, text in texts_of(FOLDER / f"{name}passages.jsonl").items()
    }
    rows = lines(FOLDER / "good-items.jsonl")
    assert sum(judge(one["reply"], texts[one["passage"]]).item is not None for one in rows) >= 0.9 * len(rows)


def test_the_share_of_the_included_model_is_what_the_readme_states() -> None:
    """What it wrote when it was asked as the app asks (`asking.py`), one reply for each passage, kinds in turn."""
    replies = lines(FOLDER / "smollm2-replies.jsonl")
    kept = sum(judge(one["reply"], one["passage"]).item is not None for one in replies)
    assert f"(SmolLM2 135M: {kept} of {len(replies)})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_an_item_that_holds_has_all_its_parts() -> None:
    start = LEAF.index(str(CLOZE["source"]))
    end = start + len(str(CLOZE["source"]))
    text = f"Sure!\n```json\n{json.dumps(CLOZE, indent=1)}\n```\nAnything else? {{}}"
    item = Item("cloze", "The loss of water vapour is called ____.", "transpiration", (), "It begins with t.",
                "This is the definition in the text.", start, end)  # fmt: skip
    assert judge(text, LEAF) == Judged(item)
    assert judge(f"<think>A {{draft}} first.</think>{json.dumps(CLOZE)}", LEAF).item == item
    assert of(CHOICE).item is not None


FAULTS: list[tuple[Fault, dict[str, object], dict[str, object]]] = [
    ("keys", CLOZE, {"kind": "essay"}),
    ("keys", CLOZE, {"hint": None}),
    ("keys", CHOICE, {"options": ["potassium ions", "starch"]}),
    ("keys", CHOICE, {"correct": "C"}),
    ("keys", {**CLOZE, "kind": "true_false"}, {"answer": "true"}),
    ("broken", CLOZE, {"hint": "It is the loss of water. " * 2}),
    ("broken", CLOZE, {"explanation": f"It is {'very ' * 2}{' '.join(f'w{at}' for at in range(50))} and the"}),
    ("empty", CLOZE, {"hint": " \u200b…"}),
    ("long", CLOZE, {"hint": "very " * 200}),
    ("index", CHOICE, {"correct": 4}),
    ("index", CHOICE, {"correct": -1}),
    ("markup", CLOZE, {"hint": "<b>t</b>"}),
    ("markup", CLOZE, {"explanation": "See ![](https://example.org/x.png)."}),
    ("leak", CLOZE, {"hint": "<|im_start|>assistant"}),
    ("leak", CLOZE, {"explanation": "As requested, here is only the JSON."}),
    ("language", CLOZE, {"question": "Der Verlust von Wasser heißt in dem Text ____.", "hint": "Es ist ein Wort."}),
    ("blank", CLOZE, {"question": "The loss of water vapour is called transpiration."}),
    ("blank", CLOZE, {"question": "The ____ of water ____ is called so."}),
    ("source", CLOZE, {"source": "The loss of water is called transpiration."}),
    ("source", CLOZE, {"source": "Each pore … is called transpiration."}),
    ("options", CHOICE, {"options": ["Potassium ions", "starch", "potassium ions", "sugar"]}),
    ("answer", CLOZE, {"answer": "evaporation"}),
    ("answer", CHOICE, {"question": "What does the Calvin cycle of Melvin Calvin pump in?"}),
    ("answer", CHOICE, {"question": "What is it about?"}),
    ("leak", CHOICE, {"question": "What is the answer to the question?"}),
    ("answer", {**CLOZE, "kind": "true_false"}, {"question": "What is the loss of water vapour?", "answer": False}),
    ("span", CHOICE, {"source": "Each pore is framed by two guard cells."}),
    ("given", CLOZE, {"question": "In transpiration the loss of water vapour is called ____."}),
    ("given", CLOZE, {"hint": "It is transpiration."}),
    ("against", CHOICE, {"explanation": "They pump 44 of them."}),
    ("against", CHOICE, {"explanation": "It is the starch that goes in."}),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "base", "changes"), FAULTS, ids=lambda one: one if isinstance(one, str) else "")
def test_why_an_item_is_dropped(fault: Fault, base: dict[str, object], changes: dict[str, object]) -> None:
    found = of(base, **changes)
    assert (found.item, found.fault) == (None, fault), found.detail


def test_of_two_options_in_one_list_both_are_right() -> None:
    source = "Four conditions speed it up: bright light, warmth, wind and dry air."
    speeds = {**CHOICE, "question": "What speeds it up?", "explanation": "Wind does.", "hint": "Air.", "source": source}
    assert of(speeds, options=["frost", "wind", "darkness", "dry air"], correct=1).fault == "rivals"
    assert of(speeds, options=["frost", "wind", "darkness", "drought"], correct=1).item
    last = "Which of them comes last in the list?"
    assert of(
        speeds, question=last, options=["wind", "dry air", "frost", "rain"], correct=1, explanation="The last."
    ).item


def test_options_may_differ_by_a_letter() -> None:
    text = "Clay gathers in the B horizon. Roots end in the A horizon."
    horizons: dict[str, object] = {
        **CHOICE,
        "question": "In which horizon does clay gather?",
        "options": ["A horizon", "O horizon", "B horizon", "C horizon"],
        "hint": "Think of the subsoil.",
        "explanation": "Clay is carried down.",
        "source": "Clay gathers in the B horizon.",
    }
    assert judge(json.dumps(horizons), text).item is not None


VITAMINS = "Fat-soluble vitamins: A, D, E and K.\nWater-soluble vitamins: C and the eight B vitamins."


@pytest.mark.parametrize(
    ("question", "fault"),
    [("Which of these vitamins is soluble in fat?", None), ("Which vitamin helps the blood to clot?", "answer")],
)
def test_a_letter_stands_in_many_sentences_and_a_question_needs_a_word_of_one(
    question: str, fault: Fault | None
) -> None:
    vitamin: dict[str, object] = {
        **CHOICE,
        "question": question,
        "options": ["C", "K", "B12", "B1"] if not fault else ["vitamin C", "vitamin K", "vitamin B12", "vitamin B1"],
        "correct": 1,
        "hint": "There are four of them.",
        "explanation": "A, D, E and K are the fat-soluble ones." if not fault else "Without it wounds bleed longer.",
        "source": "Fat-soluble vitamins: A, D, E and K.",
    }
    assert judge(json.dumps(vitamin), VITAMINS).fault == fault


def test_a_number_of_another_clause_is_no_answer() -> None:
    source = "A shoot took up 12 mm of water in 5 minutes, but 30 mm in front of a fan."
    asked = {**CHOICE, "question": "How much did it take up in front of a fan?", "hint": "More.", "source": source}
    options = ["30 mm", "5 mm", "44 mm", "80 mm"]
    assert of(asked, options=options, correct=0, explanation="With the fan it was 30 mm.").item
    assert of(asked, options=options, correct=1, explanation="It was the fan.").fault is not None


def test_what_the_passage_has_an_item_may_have() -> None:
    passage = "In HTML the element <b> makes letters bold. The prompt of the shell is a dollar sign."
    reply = {
        **CLOZE,
        "question": "The element <b> makes letters ____.",
        "answer": "bold",
        "hint": "It begins with b, and <b> is short for it.",
        "explanation": "In HTML the element <b> does this.",
        "source": "In HTML the element <b> makes letters bold.",
    }
    assert judge(json.dumps(reply), passage).item
    assert judge(json.dumps({**reply, "hint": "<script>"}), passage).fault == "markup"


# -- replies that are no item


def fuzzed(count: int) -> Iterator[tuple[str, str]]:
    """Replies with parts cut, doubled, mixed and put in, each with its passage."""
    texts, replies, draw = texts_of(FOLDER / "passages.jsonl"), lines(FOLDER / "items.jsonl"), random.Random(20)
    junk = [*'"{}[\\\x00\u202e中…', "\\ud800", "____", "<b>", "NaN", "1e999"]
    junk += [one * 500 for one in ("[", " ", "a", "_", "9 ", '"', "0.1·", ", and ", '{"a":')]
    for _ in range(count):
        one = draw.choice(replies)
        text = str(one["reply"])
        for _ in range(draw.choice([1, 1, 2, 3, 8])):
            at = draw.randrange(len(text) + 1)
            end, more = at + draw.choice([1, 3, 20, 200]), str(draw.choice(replies)["reply"])
            ways = (text[at:end] * 3, "", draw.choice(junk), more[: draw.randrange(200)])
            text = text[:at] + draw.choice(ways) + text[end if draw.random() < 0.5 else at :]
        yield text, texts[one["passage"]]


def test_no_reply_whatever_breaks_the_judge_and_what_is_kept_is_whole() -> None:
    kept = 0
    for reply, passage in fuzzed(1000):
        found = judge(reply, passage)
        assert (found.item is None) == (found.fault is not None)
        if found.item:
            kept += 1
            item = found.item
            assert 0 <= item.start < item.end <= len(passage)
            assert item.question.strip()
            assert item.answer in item.options if item.options else item.answer
            assert "\x00" not in json.dumps(asdict(item))
    assert 0 < kept < 500
