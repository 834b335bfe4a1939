"""What a question shows at a glance: about twenty-five features between 0 and 1, each with words for the person.

    seen = features("Prove that the sum of two odd numbers is even.")
    seen["maths"], seen["reasoning"], seen["fact"]      # 0.78, 0.4, 0.0

Only the first 900 and the last 300 characters are read, in lower case and with spaces evened out, so the time is
bounded and the way of typing does not matter. Patterns are compiled once and none of them can backtrack far.
Counts are softened (one hit says much, a tenth hardly anything more), so that one slip of the keyboard moves little.
"""

from __future__ import annotations

import math
import re

from app.core.texts import Text
from app.models.routing.vocabulary import INDEX, TOPICS, key

HEAD_CHARACTERS = 900
TAIL_CHARACTERS = 300

#: every feature, and how a receipt names it
SAYS: dict[str, Text] = {
    "maths": Text("routing.seen_maths"),
    "code": Text("routing.seen_code"),
    "law": Text("routing.seen_law"),
    "economics": Text("routing.seen_economics"),
    "science": Text("routing.seen_science"),
    "reasoning": Text("routing.seen_reasoning"),
    "explaining": Text("routing.seen_explaining"),
    "conditions": Text("routing.seen_conditions"),
    "amounts": Text("routing.seen_amounts"),
    "people": Text("routing.seen_people"),
    "judging": Text("routing.seen_judging"),
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
    "word-list": Text("routing.seen_word_list"),
    "years": Text("routing.seen_years"),
    "fact": Text("routing.seen_fact"),
    "unfinished": Text("routing.seen_unfinished"),
    "search": Text("routing.seen_search"),
    "choices": Text("routing.seen_choices"),
    "choices-with-numbers": Text("routing.seen_choices_with_numbers"),
    "numbers": Text("routing.seen_numbers"),
    "notation": Text("routing.seen_notation"),
}
_TASKS = """
    calculate compare compose compute consider create derive describe design determine discuss evaluate explain find
    generate give if implement let list make outline plan prove show simplify solve suggest suppose translate write
"""
TASKS = frozenset(_TASKS.split())

WORD = re.compile(r"[0-9][0-9.,]*|[^\W\d_]+")
CHOICE = re.compile(r"(?:^|[ (])([a-d])[.)] ")
SYMBOL = re.compile(r"\\[a-z]{2}|[$=^_{}<>]")
CODE = re.compile(r"```|\bdef |\bimport |\(\)|\breturn |;|\[\]|->|>>>|=>")
FACT = re.compile(r"(?:(?:in|on|at|of|for|to|with|from) )?(?:the )?(?:who|whom|whose|when|where|which|what)\b")
QUANTITY = re.compile(r"\bhow (?:many|much|long|far|old|tall|fast|often)\b")


def features(text: str) -> dict[str, float]:
    """Every feature of `SAYS`, between 0 and 1."""
    line = tidy(text)
    words = WORD.findall(line)
    counts, numbers, years = _counts(words)
    seen = {topic: _soft(count, 0.6) for topic, count in counts.items()}
    symbols = _soft(len(SYMBOL.findall(line)), 0.6)
    seen["maths"] = 1 - (1 - seen["maths"]) * (1 - symbols)
    seen["code"] = 1 - (1 - seen["code"]) * 0.5 ** len(CODE.findall(line))
    seen |= {"notation": symbols, "years": _soft(years, 0.5), "numbers": _soft(numbers, 0.75)}
    _add_form(seen, line, words, numbers)
    return seen


def tidy(text: str) -> str:
    """The first and the last characters of a text, in lower case, with single spaces."""
    if len(text) > HEAD_CHARACTERS + TAIL_CHARACTERS:
        text = text[:HEAD_CHARACTERS] + " " + text[-TAIL_CHARACTERS:]
    return " ".join(text.lower().split())


def _soft(count: int, rest: float) -> float:
    """0 for none, nearing 1 for many; `rest` is what one hit leaves of the way to 1."""
    return 1 - rest**count


def _counts(words: list[str]) -> tuple[dict[str, int], int, int]:
    """Hits by topic, other numbers, years."""
    counts = dict.fromkeys(TOPICS, 0)
    numbers = years = 0
    for word in words:
        if word[0] <= "9":
            is_year = len(word) == 4 and word.isdigit() and word[0] in "12"
            years += is_year
            numbers += not is_year
        else:
            for topic in INDEX.get(key(word), ()):
                counts[topic] += 1
    return counts, numbers, years


def _add_form(seen: dict[str, float], line: str, words: list[str], numbers: int) -> None:
    """What the shape of a question tells, apart from its topics."""
    count = len(words)
    has_choices = {"b", "c"} <= set(CHOICE.findall(line))
    is_task = bool(words) and words[0] in TASKS
    how_many = QUANTITY.search(line) is not None
    asks_amount = how_many or "what" in line
    seen["long"] = min(1.0, math.log1p(count) / math.log(220))
    seen["passage"] = min(1.0, max(0.0, (count - 60) / 120))
    seen["technical"] = min(1.0, 4 * sum(len(word) > 8 for word in words) / (count + 4))
    seen["quantity"] = float(how_many)
    seen["problem"] = _soft(numbers, 0.7) * (asks_amount and not has_choices)
    seen["task"] = float(is_task)
    seen["word-list"] = float(line.count(",") > 0.6 * max(1, count))
    seen["fact"] = min(1.0, max(0.0, (32 - count) / 16)) * (FACT.match(line) is not None and not has_choices)
    seen["unfinished"] = float("?" not in line and count < 40 and not is_task)
    seen["search"] = float(not line.endswith(("?", ".", ":", "!")))
    seen["choices"] = float(has_choices)
    seen["choices-with-numbers"] = seen["numbers"] * has_choices
