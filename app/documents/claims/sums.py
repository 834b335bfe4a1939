"""Sums that a text writes out: "0.50 · 4200 · 80 = 168 000".

wrong_sum("So Q = 0.50 · 4200 · 90 = 168 000 J.")       # "168 000"
reckoned_in("84 ÷ 95 = 0.88")[1]                        # (the values of the number behind "=", where it is right)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product

from app.documents.claims.numbers import Number, numbers_in

_OPERATORS = {"+": "+", "-": "-", "−": "-", "–": "-", "·": "*", "×": "*", "*": "*", "∙": "*", "/": "/", "÷": "/"}
#: between two numbers of a sum: a unit, or a few words, may stand before the operator
_BETWEEN = re.compile(r"[\s*]*[^\W\d_]{0,3}[\s*]*([+\-−–·×*∙/÷=≈])[\s*]*|\s*(?:[^\W\d_]+\s){1,4}([+=])[\s*]*")
#: between a share and what it is of, and between that and what it comes to
_OF = re.compile(r"\s*\b(?:of|von|de|des|du|d['’])\s+(?:the\s)?[€$£]?\s*", re.IGNORECASE)
_IS = re.compile(
    r"\s*(?:=|\b(?:is|are|makes?|gives?|ist|sind|ergibt|ergeben|es|son|sont|font|fait)\b)\s*[€$£]?\s*", re.IGNORECASE
)
#: bounded, and begun only where a word begins: a page of digits or of capitals must not be tried from each of them
_FORMULA = r"(?:\d{1,3}\s?)?(?:[A-Z][a-z]?[0-9₀-₉]{0,3}|\([A-Za-z0-9₀-₉]{1,20}\)[0-9₀-₉]{0,3}){1,20}"
_SUM = rf"{_FORMULA}(?:\s?\+\s?{_FORMULA}){{0,8}}"
_REACTION = re.compile(rf"(?<![^\W_]){_SUM}\s?(?:→|⇌|⇄|↔|->|<=>)\s?{_SUM}")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_RATIO = re.compile(r"(?<![\d:.,])(\d{1,4}) ?: ?(\d{1,4})(?![\d:])")
_MOST = 8  # numbers in one sum; each may have two values


def _chains(text: str) -> list[tuple[list[Number], list[str]]]:
    """Numbers that operators join, with these."""
    chains: list[tuple[list[Number], list[str]]] = []
    numbers = numbers_in(text)
    for one, other in pairwise(numbers):
        match = _BETWEEN.fullmatch(text, one.end, other.start)
        if not match:
            continue
        operator = match[1] or match[2]
        if chains and chains[-1][0][-1] is one:
            chains[-1][0].append(other)
            chains[-1][1].append(operator)
        else:
            chains.append(([one, other], [operator]))
    return chains


def _sums(text: str) -> list[tuple[Number, list[Number], bool]]:
    """The number behind each "=" that has a sum before it, what is reckoned there, and whether it is right."""
    found = []
    for numbers, operators in _chains(text):
        for at, operator in enumerate(operators):
            if operator in "=≈" and at and len(numbers) <= _MOST:
                start = max((k + 1 for k in range(at) if operators[k] in "=≈"), default=0)
                result, members = numbers[at + 1], numbers[start : at + 1]
                if len(members) > 1:
                    found.append((result, members, _holds(members, operators[start:at], result)))
    return [*found, *_shares(text)]


def _shares(text: str) -> Iterator[tuple[Number, list[Number], bool]]:
    """The same of "30 % of €500 is €150"."""
    numbers = numbers_in(text)
    for share, whole, part in zip(numbers, numbers[1:], numbers[2:], strict=False):
        is_told = _OF.fullmatch(text, share.until or share.end, whole.start) and _IS.fullmatch(
            text, whole.until or whole.end, part.start
        )
        if is_told and share.unit.name == "%" and whole.unit.name == part.unit.name:
            yield part, [share, whole], _holds([share, whole], ["*"], part, Fraction(1, 100))


def _holds(numbers: list[Number], operators: list[str], result: Number, times: Fraction = Fraction(1)) -> bool:
    """Whether so many times the sum comes to the result, as exactly as that is written (one in a hundred)."""
    return any(
        (found := _value(values, operators)) is not None
        and abs((value := found * times) - told) <= max(abs(told), abs(value)) / 100
        for values in product(*(one.values for one in numbers))
        for told in (value / size for value in result.values for size in ({1, 100} if result.unit.name == "%" else {1}))
    )


def _value(values: tuple[Fraction, ...], operators: list[str]) -> Fraction | None:
    """Products before sums; None for a division by nothing."""
    terms = [values[0]]
    for operator, value in zip(operators, values[1:], strict=True):
        sign = _OPERATORS[operator]
        if sign == "/" and not value:
            return None
        if sign in "*/":
            terms[-1] = terms[-1] * value if sign == "*" else terms[-1] / value
        else:
            terms.append(value if sign == "+" else -value)
    return sum(terms, Fraction(0))


def wrong_sum(text: str) -> str | None:
    """The result of a sum that does not come to it; None where there is none."""
    return next((text[one.start : one.end] for one, _, is_right in _sums(text) if not is_right), None)


def reckoned_in(text: str) -> tuple[frozenset[Fraction], frozenset[Fraction]]:
    """What stands in the right sums of a text, and what these come to."""
    right = [(members, result) for result, members, is_right in _sums(text) if is_right]
    return (
        frozenset(value for members, _ in right for one in members for value in one.values),
        frozenset(value for _, result in right for value in result.values),
    )


def false_reaction(text: str, passages: Sequence[str]) -> str | None:
    """A chemical equation that no passage has, where one has an equation; None where there is none."""
    for match in _REACTION.finditer(text):
        known = [_solid(passage) for passage in passages if _REACTION.search(passage)]
        if known and not any(_solid(match[0]) in one for one in known):
            return match[0]
    return None


def turned_ratio(text: str, passages: Sequence[str]) -> str | None:
    """A ratio of which the passages have only the reverse: "1:2" for "2:1"."""
    known = {(one[1], one[2]) for passage in passages for one in _RATIO.finditer(passage)}
    return next(
        (
            one[0]
            for one in _RATIO.finditer(text)
            if one[1] != one[2] and (one[2], one[1]) in known and (one[1], one[2]) not in known
        ),
        None,
    )


def _solid(text: str) -> str:
    return re.sub(r"\s|[*`$]", "", re.sub("[⇌⇄↔]|->|=>|<=>", "→", text.translate(_LOWERED)))
