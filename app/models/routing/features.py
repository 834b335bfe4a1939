"""What a question shows at a glance: about twenty features between 0 and 1, each with words for the person.

    seen = features(plain("Prove that the sum of two odd numbers is even."))
    seen["maths"], seen["reasoning"], seen["fact"]      # 0.64, 0.4, 0.0

They are read of what `plain` leaves, so the time is bounded, and neither the way of typing nor an instruction about the
form of the answer matters. Patterns are compiled once and none of them can backtrack far.
Counts are softened (one hit says much, a tenth hardly anything more), so that one slip of the keyboard moves little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from app.core.texts import Text
from app.models.routing.letters import holds
from app.models.routing.phrases import words_in
from app.models.routing.plain import parts_of, units
from app.models.routing.rules import MATHS, is_fact
from app.models.routing.vocabulary import EVERYDAY, INDEX, TOPICS, key

#: every feature, and how a receipt names it
SAYS: dict[str, Text] = {
    "maths": Text("routing.seen_maths"),
    "code": Text("routing.seen_code"),
    "law": Text("routing.seen_law"),
    "economics": Text("routing.seen_economics"),
    "science": Text("routing.seen_science"),
    "reasoning": Text("routing.seen_reasoning"),
    "explaining": Text("routing.seen_explaining"),
    "amounts": Text("routing.seen_amounts"),
    "people": Text("routing.seen_people"),
    "fame": Text("routing.seen_fame"),
    "society": Text("routing.seen_society"),
    "creative": Text("routing.seen_creative"),
    "rules": Text("routing.seen_rules"),
    "long": Text("routing.seen_long"),
    "passage": Text("routing.seen_passage"),
    "technical": Text("routing.seen_technical"),
    "quantity": Text("routing.seen_quantity"),
    "problem": Text("routing.seen_problem"),
    "task": Text("routing.seen_task"),
    "years": Text("routing.seen_years"),
    "fact": Text("routing.seen_fact"),
    "choices": Text("routing.seen_choices"),
    "numbers": Text("routing.seen_numbers"),
    "notation": Text("routing.seen_notation"),
}
_TASKS = """
    calculate compare compose compute consider create derive describe design determine discuss evaluate explain find
    generate give if implement let list make outline plan prove show simplify solve suggest suppose translate write
"""
TASKS = frozenset(_TASKS.split())

CHOICE = re.compile(r"(?:^|[ (])([a-d])[.)] ")
SYMBOL = re.compile(r"\\[a-z]{2}|[$=^_{}<>]")
CODE = re.compile(r"```|\bdef |\bimport |\(\)|\breturn |;|\[\]|->|>>>|=>")
#: without one of these the pattern finds nothing
CHOICES_HAVE = ("b. ", "b) ")
YEARS_HAVE = ("15", "16", "17", "18", "19", "20")
SYMBOLS_HAVE = "\\$=^_{}<>"
CODE_HAS = ("```", "def ", "import ", "()", "return ", ";", "[]", "->", ">>>", "=>")
#: a number is a year where its neighbours say so
YEAR = re.compile(
    r"(?:\b(?:in|since|until|during|year|jahr|im jahr|seit|en|depuis|année|desde|año|nel|dal|anno|em|ano|w|roku|"
    r"в|с|году?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|summer|winter|"
    r"spring|autumn|"
    r"the|\d,) (?:1[5-9]|20)\d\d(?:s|\b)(?! ?(?:%|[€$£°]|k?m\b|c?m\b|[mk]?g\b|ml\b|\w*(?:seconds|minutes|hours|"
    r"people|words|"
    r"years|units|dollars|euros?|steps|meters|metres|miles|calories|students|characters)\b)))|\b(?:1[5-9]|20)\d\d ?年"
)
QUANTITY = re.compile(r"\bhow (?:many|much|long|far|old|tall|fast|often)\b")
SURELY_MATHS = 0.4  # what a word of the rules' own list comes to


def features(line: str) -> dict[str, float]:
    """Every feature of `SAYS`, between 0 and 1, of a text that `plain` has read."""
    words = parts_of(line)
    counts, numbers = _counts(words)
    years = len(YEAR.findall(line)) if numbers and holds(line, YEARS_HAVE) else 0
    seen = {topic: _soft(count, 0.6) for topic, count in counts.items()}
    symbols = _soft(len(SYMBOL.findall(line)) if holds(line, SYMBOLS_HAVE) else 0, 0.6)
    seen["maths"] = 1 - (1 - seen["maths"]) * (1 - symbols)
    if seen["maths"] < SURELY_MATHS and MATHS.is_in(words_in(line)):
        seen["maths"] = SURELY_MATHS
    seen["code"] = 1 - (1 - seen["code"]) * 0.5 ** (len(CODE.findall(line)) if holds(line, CODE_HAS) else 0)
    seen |= {"notation": symbols, "years": _soft(years, 0.5), "numbers": _soft(numbers, 0.75)}
    _add_form(seen, line, words, numbers)
    return seen


def _soft(count: int, rest: float) -> float:
    """0 for none, nearing 1 for many; `rest` is what one hit leaves of the way to 1."""
    return 1 - rest**count


def _counts(words: Sequence[str]) -> tuple[dict[str, int], int]:
    """Hits by topic, and numbers. An everyday word counts only beside another word of its topic: a good morning is no
    economics."""
    counts, doubtful = dict.fromkeys(TOPICS, 0), dict.fromkeys(TOPICS, 0)
    numbers = len([word for word in words if word[0] <= "9"])
    for stem in [stem for stem in map(key, words) if stem in INDEX]:
        hits = doubtful if stem in EVERYDAY else counts
        for topic in INDEX[stem]:
            hits[topic] += 1
    return {topic: count + (doubtful[topic] if count else 0) for topic, count in counts.items()}, numbers


def _add_form(seen: dict[str, float], line: str, words: Sequence[str], numbers: int) -> None:
    """What the shape of a question tells, apart from its topics."""
    count = max(len(words), round(units(line)))
    has_choices = holds(line, CHOICES_HAVE) and {"b", "c"} <= set(CHOICE.findall(line))
    is_task = bool(words) and words[0] in TASKS
    how_many = "how " in line and QUANTITY.search(line) is not None
    asks_amount = how_many or "what" in line
    seen["long"] = min(1.0, math.log1p(count) / math.log(220))
    seen["passage"] = min(1.0, max(0.0, (count - 60) / 120))
    seen["technical"] = min(1.0, 4 * len([word for word in words if len(word) > 8]) / (count + 4))
    seen["quantity"] = float(how_many)
    seen["problem"] = _soft(numbers, 0.7) * (asks_amount and not has_choices)
    seen["task"] = float(is_task)
    seen["fact"] = min(1.0, max(0.0, (32 - count) / 16)) * (count < 32 and not has_choices and is_fact(line))
    seen["choices"] = float(has_choices)
