"""Replies that no model should write: broken, endless, hostile. Nothing breaks, nothing takes long, nothing false
passes, and what is shown of a source is the source's own text."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from app.documents.claims.check import Checked, check
from app.documents.claims.quotes import place_of, quotes_in
from tests.claims import lines, texts_of
from tests.environment import ROOT

STUDY = ROOT / "tests" / "fixtures" / "study"
PASSAGES = list(texts_of(STUDY / "dev-passages.jsonl").values())
REPLIES = [str(one["reply"]) for one in lines(STUDY / "dev-answers.jsonl")]
MARKS = [
    '"',
    "“",
    "”",
    "„",
    "«",
    "»",
    "'",
    "’",
    "‘",
    "‚",
    "`",
    "```",
    "[",
    "]",
    "[1]",
    "[2]",
    "[0]",
    "[99]",
    "[1, 2]",
    "[1–",
]
MARKS += [
    "]]",
    "[[1]]",
    "(",
    ")",
    "*",
    "**",
    "|",
    "|---|",
    "#",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    "…",
    "...",
    ".",
    "。",
    "?",
    ":",
]
ODD = [
    "\x00",
    "\ud800",
    "\udfff",
    "\u202e",
    "\u200f",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "🙂",
    "👩‍👩‍👧",
    "ﬁ",
    "½",
    "²",
    "٣",
    "Ⅷ",
    "e\u0301",
]
ODD += [
    "\u0085",
    "\u2028",
    "−",
    "–",
    "=",
    "·",
    "÷",
    "/",
    "0",
    "1/0",
    "°C",
    "€",
    "%",
    "10^99999",
    "9" * 40,
    "1,2,3",
    "XIV",
]
NEVER = "zyx"  # stands in no passage


def garbled(draw: random.Random) -> str:
    """A real reply with its pieces shuffled, doubled, cut, and mixed with marks that mean something to the checks."""
    pieces = draw.choice(REPLIES).split(" ")[: draw.randrange(4, 24)]
    if draw.random() < 0.3:
        pieces += draw.choice(REPLIES).split(" ")[:8]
    for _ in range(draw.randrange(12)):
        at = draw.randrange(len(pieces) + 1)
        pieces.insert(at, draw.choice(draw.choice((MARKS, ODD))) * draw.choice((1, 1, 1, 2, 30)))
    if draw.random() < 0.3:
        draw.shuffle(pieces)
    text = draw.choice((" ", " ", "", "\n", "\u00a0")).join(pieces[: draw.randrange(len(pieces) + 1)])
    start = draw.randrange(20)
    return text[start:] if draw.random() < 0.2 else text


def shown(reply: str, passages: list[str], checked: tuple[Checked, ...]) -> Iterator[str]:
    """Each quote of a reply that a person sees unmarked."""
    for one in checked:
        if not one.is_marked:
            yield from (quote for quote, is_code in quotes_in(reply[one.start : one.end]) if not is_code)


def holds(reply: str, passages: list[str]) -> None:
    """What is so of every reply."""
    checked, at = check(reply, passages), 0
    for one in checked:
        assert at <= one.start < one.end <= len(reply)
        at = one.end
        assert all(1 <= number <= len(passages) for number in one.cites)
        assert not set(one.unknown) & set(range(1, len(passages) + 1))
        assert one.is_marked or not one.unknown
        if (place := one.support) is not None:
            assert 0 <= place.passage < len(passages)
            assert 0 <= place.start < place.end <= len(passages[place.passage])
            assert not one.cites or place.passage + 1 in one.cites
    assert not any(NEVER in quote for quote in shown(reply, passages, checked)), reply


def many(count: int, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(count):
        reply = garbled(draw)
        if draw.random() < 0.3:
            before, after = draw.choice((('"', '"'), ("“", "”"), ("„", "“"), ("«", "»")))
            words = draw.choice(PASSAGES).split()[:3]
            reply = f"{reply}\n\nIt says {before}{words[0]} {NEVER} {words[1]}{after} [1]."
        holds(reply, draw.sample(PASSAGES, draw.randrange(1, 3)))


def test_a_thousand_garbled_replies_break_nothing_and_show_no_false_quote() -> None:
    many(1000, 19)


@pytest.mark.slow
def test_fifty_thousand_garbled_replies() -> None:
    many(50_000, 2019)


@pytest.mark.parametrize(
    "reply",
    [
        "a " * 50_000 + "[1].",
        "a" * 100_000 + " [1].",
        '"' * 1_000 + "[1]",
        "[" * 4_000 + "1" + "]" * 4_000,
        "[1]" * 2_000,
        "`" * 4_000,
        "1 + " * 1_600 + "= 2 [1].",
        "1,000," * 1_600 + " [1].",
        "1 " * 4_000 + " [1].",
        "in the " * 1_600 + "[1].",
        "*" * 6_000 + "a" + "*" * 6_000,
        "| a " * 2_000 + "|\n|---|\n" + "| 1 " * 2_000,
        "«" * 2_000 + "»" * 2_000,
        "… " * 4_000 + '"a … b … c" [1].',
        '"' + "a … " * 200 + '" [1].',
        "- 1. " * 400 + "x",
        "twenty-" * 2_000 + "five [1].",
        "undund" * 2_000 + " [1].",
        "not " * 4_000 + "[1].",
        "than " * 2_000 + "[1].",
        "\n" * 10_000 + "x",
        " " * 10_000 + "x",
        "x" + "\t" * 10_000 + ".",
    ],
    ids=lambda reply: repr(reply[:8]),
)
def test_endless_ones_take_no_longer_than_their_length(reply: str) -> None:
    started = time.process_time()
    holds(reply, PASSAGES[:8])
    assert time.process_time() - started < 20, "a second or less; minutes where it grows with the square"


def test_what_is_shown_as_a_quote_is_the_sources_own_text() -> None:
    draw = random.Random(4)
    for _ in range(150):
        passage = draw.choice(PASSAGES)
        words = passage.split(" ")
        at, size = draw.randrange(len(words) - 9), draw.randrange(3, 9)
        quote = " ".join(words[at : at + size]).replace("\n", " ").strip("“”„«»\"' ")
        if any(mark in quote for mark in '"“”„«»`[]…'):
            continue
        place = place_of(quote, passage)
        assert place is not None, quote
        assert " ".join(passage[slice(*place)].split()) == quote.strip(" .,;:!?")
        changed = quote.replace(draw.choice([one for one in quote if one.isalpha()] or ["a"]), "q", 1)
        assert place_of(changed, passage) is None or changed in passage
        [*_, one] = check(f"The text says “{quote}” [2].", [draw.choice(PASSAGES), passage])
        if not one.is_marked and one.support is not None:
            assert one.support.passage == 1
            assert one.support.start <= place[0] < place[1] <= one.support.end or passage.count(quote) > 1
