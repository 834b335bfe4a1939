"""What leaves the room about a reply: places that are letter by letter in the passages, whatever the reply is."""

from __future__ import annotations

import random

from app.core.claims import Claim
from app.documents.claims.told import claims

LEAF = "Leaves are green. A waxy layer covers the leaf, and keeps the water in."
TIDE = "The moon raises the sea twice a day.\nA spring tide comes at full moon, in 14.8 days."


def place(claim: Claim, passages: list[str]) -> str:
    return passages[claim.quoted - 1][claim.quote_start : claim.quote_end] if claim.quoted else ""


def test_a_supported_sentence_shows_where_its_passage_says_the_same() -> None:
    passages = [LEAF, TIDE]
    [cited, bare, other] = claims(
        "The sea is raised by the moon twice a day [2]. The leaf has a waxy layer. It is blue [1].", passages
    )
    assert (cited.verdict, cited.quoted, place(cited, passages)) == (
        "supported",
        2,
        "The moon raises the sea twice a day.",
    )
    assert (bare.verdict, place(bare, passages)) == (
        "supported",
        "A waxy layer covers the leaf, and keeps the water in.",
    )
    assert (other.verdict, other.quoted) == ("unsupported", 0)


def test_of_a_thousand_replies_every_quote_stands_in_its_passage() -> None:
    dice = random.Random(19)
    signs = ["[1]", "[2]", "[9]", "[1–3]", "“", "”", '"', "`", "…", "\n", "- ", "12", "\ud83d", "水。", "```"]
    words = [*f"{LEAF} {TIDE}".split(), *signs]
    for _ in range(1000):
        passages = [LEAF, TIDE, ""][: dice.randrange(4)]
        reply = " ".join(dice.choices(words, k=dice.randrange(40)))
        for one in claims(reply, passages, dice.choice(("", LEAF))):
            assert 0 <= one.start <= one.end <= len(reply)
            assert set(one.cites) <= set(range(1, len(passages) + 1))
            assert (place(one, passages) != "") == (one.quoted > 0) == (one.quote_end > 0)
