"""What spares a pattern: the same is found with it as without, whatever the text."""

from __future__ import annotations

import importlib
import random
import re
from dataclasses import fields, replace
from typing import Any

import pytest

from app.core.values import Model
from app.models.routing import features, followups, plain, rules
from app.models.routing.decision import Candidate
from app.models.routing.letters import holds, letters_of
from app.models.routing.phrases import WORD, words_in
from app.models.routing.plain import parts_of

TEXTS = (
    "",
    "Don't panic: it's 4.5x (or 1,000)!",
    "snake_case and x2y, a_1",
    "“Why?” – naïve café… 2½ ①",
    "“Isn’t it…” – he said — ‘no’ • one → „two“",
    "用python写 ひらがな・カタカナ 한국어 3개",
    "٣ أرقام و كلمات क्या है",
    "12\x1c34\u00a0ab\u2028cd",
)
SPARED = (
    (plain.COURTESY, plain.COURTEOUS),
    (plain.QUOTES, plain.QUOTE),
    (features.CODE, features.CODE_HAS),
    (features.SYMBOL, features.SYMBOLS_HAVE),
    (features.YEAR, features.YEARS_HAVE),
    (features.QUANTITY, ("how ",)),
    (rules.MATHS_SIGN, "$-/"),
    (rules.CODE_SIGN, rules.SIGNS),
    (rules.NOTATION, rules.SIGNS),
    (followups.SPEAKER, followups.SPEAKER_HAS),
    (followups.SWITCH, followups.SWITCH_HAS),
)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_the_patterns(text: str) -> None:
    assert letters_of(text) == re.findall(r"[^\W\d_]+", text)
    assert words_in(text).words == tuple(WORD.findall(text))
    assert parts_of(text) == tuple(plain.WORD.findall(text))
    assert followups.pieces_of(text) == followups.PARTS.findall(text)


@pytest.mark.parametrize(
    "text", [*TEXTS, "One.  Two:\n\nthree\n four. \n five", "a.\tb \n\n c;\n", "是。吗？ 好! ok\n"]
)
def test_sentences_end_where_they_do_by_the_whole_pattern(text: str) -> None:
    whole, fast = (
        [part.strip() for part in found if part and part.strip()]
        for found in (plain.SENTENCE.split(text), plain.sentences_of(text))
    )
    assert whole == fast


@pytest.mark.parametrize(("pattern", "parts"), SPARED)
def test_no_text_that_a_pattern_matches_is_spared_it(pattern: re.Pattern[str], parts: tuple[str, ...] | str) -> None:
    chance, tree = random.Random(7), importlib.import_module("re._parser").parse(pattern.pattern)
    found = 0
    for _ in range(2_000):
        text = _made(tree, chance)
        if pattern.search(text) and (text.isascii() or pattern not in (plain.COURTESY, plain.QUOTES)):
            found += 1
            assert holds(text, parts), text
    assert found > 100


def test_a_candidate_that_lasts_is_otherwise_the_same() -> None:
    one = Candidate(Model("a", "A"), "browser", 20.0, 0.4, 12, None, "no key", is_barred=True)
    assert all(getattr(one, each.name) != each.default for each in fields(one) if each.name != "seconds")
    assert one.lasting(3.0) == replace(one, seconds=3.0)


def _made(tree: Any, chance: random.Random) -> str:
    """A text that the pattern may match, by its parts."""
    made = ""
    for name, value in tree:
        kind = str(name)
        if kind == "LITERAL":
            made += chr(value)
        elif kind == "IN":
            made += _one_of(value, chance)
        elif kind == "BRANCH":
            made += _made(chance.choice(value[1]), chance)
        elif kind == "SUBPATTERN":
            made += _made(value[3], chance)
        elif kind == "MAX_REPEAT":
            made += "".join(
                _made(value[2], chance) for _ in range(chance.randint(value[0], min(value[1], value[0] + 2)))
            )
    return made


def _one_of(choices: Any, chance: random.Random) -> str:
    kind, value = chance.choice(choices)
    if str(kind) == "RANGE":
        return chr(chance.randint(*value))
    return chr(value) if str(kind) == "LITERAL" else {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " "}.get(str(value), "w")
