"""Sentences of replies beside what they cite: the labelled answers, and each kind of falsehood by itself."""

from __future__ import annotations

from collections import Counter

import pytest

from app.documents.claims.check import check
from tests.claims import TRUE, judge, lines, texts_of
from tests.environment import ROOT

STUDY = ROOT / "tests" / "fixtures" / "study"
KETTLE = (
    "A kettle heats 0.50 kg of water from 20 °C to 100 °C, so Q = 0.50 · 4200 · 80 = 168 000 J. "
    "If nothing is lost, this takes 84 s. In practice the kettle needs about 95 s, because some energy warms the room."
)
SONNET = "The result is named after Shakespeare, whose 154 sonnets were printed in 1609. Sonnet 130 is an example."


def verdict(reply: str, *passages: str, question: str = "") -> str:
    [one] = check(reply, passages, question)
    return one.verdict


@pytest.mark.parametrize(
    ("name", "unmarked", "false", "unsupported"),
    [
        ("", 0.99, 1.0, 0.9),
        ("dev-", 0.98, 1.0, 0.7),
        ("heldout-", 0.98, 1.0, 0.65),
        ("second-", 0.95, 1.0, 0.7),
        ("third-", 0.99, 1.0, 0.6),
        ("fourth-", 0.99, 1.0, 0.75),
        ("fifth-", 0.98, 1.0, 0.75),
        ("sixth-", 0.98, 1.0, 0.65),
        ("seventh-", 0.98, 1.0, 0.65),
        ("eighth-", 0.91, 1.0, 0.6),
        ("ninth-", 0.85, 1.0, 0.7),
        ("tenth-", 0.98, 1.0, 0.8),
        ("eleventh-", 0.96, 0.96, 0.8),
        ("twelfth-", 0.89, 0.87, 0.6),
        ("thirteenth-", 0.89, 0.92, 0.65),
    ],
    ids=[
        "first",
        "dev",
        "heldout",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
    ],
)
def test_the_labelled_answers(name: str, unmarked: float, false: float, unsupported: float) -> None:
    """What was held at first look, before anything was changed for a set, of its supported sentences, false numbers
    and unsupported ones; of false quotes and unknown citations none ever passed. The eighth and ninth have a freer
    wording, by people who did not know the rules: the words that they lack are marked.

    tenth: 247 of 275, 90 of 95, 51 of 60; eleventh, after what the tenth had taught: 144 of 153, 57 of 65 (five of the
    eight that passed had two numbers exchanged), 23 of 25. The twelfth and thirteenth reckon on purpose: ages, spans,
    rates, rests, other units. 71 of 100, 40 of 48, 14 of 22; after what the twelfth had taught: 80 of 108, 44 of 53,
    13 of 19."""
    judged = list(judge(lines(STUDY / f"{name}answers.jsonl"), texts_of(STUDY / f"{name}passages.jsonl")))
    total, right = Counter(one.label for one in judged), Counter(one.label for one in judged if one.is_right)
    for label in ("quote_false", "number_false", "unknown_citation"):
        least = false if label == "number_false" else 1
        assert right[label] >= least * total[label], [
            one.text for one in judged if one.label == label and not one.is_right
        ]
    assert right["supported"] + right["no_claim"] >= unmarked * (total["supported"] + total["no_claim"])
    assert right["unsupported"] >= unsupported * total["unsupported"]
    assert {one.label for one in judged} > TRUE


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("In practice it needs about 95 s [1].", "supported"),
        ("In practice it needs about 95 seconds [1].", "supported"),
        ("In practice it needs about 96 s [1].", "false-number"),
        ("In practice it needs about 84 s [1].", "false-number"),  # that is the one without losses
        ("If nothing is lost it takes 95 s [1].", "false-number"),
        ("If nothing is lost it takes 84 kJ [1].", "false-number"),  # of something else
        ("It takes 84 s if nothing is lost [2].", "unknown-citation"),
        ("Q = 0.50 · 4200 · 80 = 168,000 J [1].", "supported"),
        ("Q = 0.50 · 4200 · 20 = 168 000 J [1].", "false-number"),  # the sum is wrong
        ('The text says "the kettle needs about 95 s" [1].', "supported"),
        ('The text says "the kettle takes about 95 s" [1].', "false-quote"),
        ("The text says “because … warms the room” [1].", "supported"),
        ("The text says “warms the room … because” [1].", "false-quote"),
        ("The room is warmed by angry customers who shout [1].", "unsupported"),
        ("Energy never warms the room [1].", "unsupported"),
        ("The Kettle of Birmingham needs about 95 s [1].", "unsupported"),  # a name that is nowhere
        ("The passage does not say what a kettle costs.", "no-claim"),
        ("Dazu steht nichts im Text.", "no-claim"),
        ("Good question!", "no-claim"),
        ("Kettles were invented in Brussels by monks.", "unsupported"),
        ("In der Praxis sind es etwa 95 s [1].", "unchecked"),
        ("In der Praxis sind es etwa 59 s [1].", "false-number"),
    ],
)
def test_one_sentence(reply: str, expected: str) -> None:
    assert verdict(reply, KETTLE) == expected


def test_a_sentence_is_held_against_what_it_cites_and_nothing_else() -> None:
    assert verdict("The 154 sonnets were printed in 1609 [2].", KETTLE, SONNET) == "supported"
    assert verdict("The 154 sonnets were printed in 1609 [1].", KETTLE, SONNET) == "false-number"
    assert verdict("The 154 sonnets were printed in 1609.", KETTLE, SONNET) == "supported"


def test_what_was_asked_may_be_said_again() -> None:
    assert verdict("The text says nothing of 1850.", SONNET, question="What happened in 1850?") == "no-claim"


def test_positions_are_those_of_the_reply() -> None:
    reply = "- It needs 95 s [1].\n- It needs 84 s in practice [1][7]."
    first, second = check(reply, [KETTLE])
    assert reply[first.start : first.end] == "It needs 95 s [1]."
    assert reply[second.start : second.end] == "It needs 84 s in practice [1][7]."
    assert (second.cites, second.unknown, second.is_marked) == ((1,), (7,), True)
    assert first.support is not None
    assert KETTLE[first.support.start : first.support.end].strip().startswith("In practice")


DEATHS = (
    "After an hour more than half was lost, after a month about 80 %. Those who tested themselves kept 61 %. "
    "On 17 June it declared itself the Assembly. Three days later the deputies swore in a tennis court. "
    "Only Martin Dauch refused to swear. The port is 80 for HTTP and 443 for HTTPS. "
    "The fever lasts for a day or two. The town had 7,000 soldiers, among them some 2,000 foreigners, "
    "when it fell in 1453."
)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("About 60 % was kept by those who tested themselves [1].", "supported"),
        ("After a month about 60 % was lost [1].", "false-number"),  # rounded, but of something else
        ("On 20 June the deputies swore in a tennis court [1].", "supported"),
        ("On 21 June the deputies swore in a tennis court [1].", "false-number"),
        ("The port of HTTPS is 443 [1].", "supported"),
        ("The port of HTTPS is 80 [1].", "false-number"),
        ("The fever lasts for one or two days [1].", "supported"),
        ("The fever lasts for one or three days [1].", "false-number"),
        ("Some 2,000 of the soldiers were foreigners [1].", "supported"),
        ("The town fell in 1453 [1].", "supported"),
        ("It was hard to swear for Martin Dauch, so he declined [1].", "supported"),
        ("Martin Dauch was deaf [1].", "unsupported"),
    ],
)
def test_numbers_are_of_what_they_are_told_of(reply: str, expected: str) -> None:
    assert verdict(reply, DEATHS) == expected


@pytest.mark.parametrize(
    ("source", "reply"),
    [
        ("Objects in motion stay in motion.", "An object in motion stays in motion [1]."),
        ("Vaccination protects children against measles.", "Vaccination prevents measles in children [1]."),
        ("The plan collapsed in 1923.", "The plan failed in 1923 [1]."),
        (
            "Under the treaty the use of chemical weapons became illegal.",
            "The treaty banned the use of chemical weapons [1].",
        ),
        ("Caesar stayed away from battle at Dyrrhachium.", "Caesar avoided a battle at Dyrrhachium [1]."),
        ("Der Versuch brach 1923 zusammen.", "Der Versuch scheiterte 1923 [1]."),
        ("A lock protects bikes against theft.", "A lock prevents theft of bikes [1]."),
        ("Insulation keeps the heat in the house.", "Insulation prevents the loss of heat from the house [1]."),
    ],
)
def test_what_is_put_without_a_word_of_refusing_is_true_all_the_same(source: str, reply: str) -> None:
    assert verdict(reply, source) == "supported"


@pytest.mark.parametrize(
    ("source", "reply"),
    [
        ("Dauch signed the oath in the tennis court.", "Dauch refused to sign the oath in the tennis court [1]."),
        ("Dauch unterschrieb den Eid im Ballhaus.", "Dauch weigerte sich, den Eid im Ballhaus zu unterschreiben [1]."),
    ],
)
def test_one_did_what_he_is_said_to_have_refused(source: str, reply: str) -> None:
    assert verdict(reply, source) == "unsupported"


@pytest.mark.parametrize(
    ("source", "reply", "expected"),
    [
        ("The walk takes 15 minutes.", "The walk takes a quarter of an hour [1].", "supported"),
        ("The walk takes 30 minutes.", "The walk takes half an hour [1].", "supported"),
        ("The walk takes 20 minutes.", "The walk takes a quarter of an hour [1].", "false-number"),
        ("Der Weg dauert 15 Minuten.", "Der Weg dauert eine Viertelstunde [1].", "supported"),
        ("Der Weg dauert 30 Minuten.", "Der Weg dauert eine halbe Stunde [1].", "supported"),
        ("El paseo dura 15 minutos.", "El paseo dura un cuarto de hora [1].", "supported"),
        ("El paseo dura 30 minutos.", "El paseo dura media hora [1].", "supported"),
        ("The plant flowers for six months.", "The plant flowers for half a year [1].", "supported"),
        ("Die Pflanze blüht sechs Monate.", "Die Pflanze blüht ein halbes Jahr [1].", "supported"),
        ("33 percent of the students passed.", "A third of the students passed [1].", "supported"),
        ("33.3 percent of the students passed.", "A third of the students passed [1].", "supported"),
        ("25 % of the students passed.", "A quarter of the students passed [1].", "supported"),
        ("50 % of the students passed.", "Half of the students passed [1].", "supported"),
        ("60 % of the students passed.", "A third of the students passed [1].", "false-number"),
    ],
)
def test_a_part_in_words_is_what_the_source_has_in_figures(source: str, reply: str, expected: str) -> None:
    assert verdict(reply, source) == expected


@pytest.mark.parametrize(
    ("reply", "source", "found"),
    [
        ("Auf Meereshöhe kocht Wasser bei 100 Grad [1].", "Wasser siedet auf Meereshöhe bei 100 °C.", "supported"),
        ("At sea level water boils at 100 degrees [1].", "At sea level, water boils at 100 °C.", "supported"),
        ("At sea level water boils at 100 °C [1].", "At sea level, water boils at 100 degrees.", "supported"),
        ("At sea level water boils at 110 degrees [1].", "At sea level, water boils at 100 °C.", "false-number"),
        ("At sea level water boils at 100 °F [1].", "At sea level, water boils at 100 °C.", "false-number"),
        ("Bake the bread at 220 degrees with the lid on [1].", "Bake the bread at 250 °C with the lid on, at 220 °C "
         "without it.", "false-number"),
    ],
)  # fmt: skip
def test_degrees_are_those_that_the_source_has(reply: str, source: str, found: str) -> None:
    assert verdict(reply, source) == found
