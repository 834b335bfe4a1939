"""Sums that a text writes out: "0.50 · 4200 · 80 = 168 000".

wrong_sum("So Q = 0.50 · 4200 · 90 = 168 000 J.")       # "168 000"
results_in("84 ÷ 95 = 0.88")                            # (the values of the number behind "=", where it is right)
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise, product

from app.documents.claims.numbers import Number, numbers_in

_OPERATORS = {"+": "+", "-": "-", "−": "-", "–": "-", "·": "*", "×": "*", "*": "*", "∙": "*", "/": "/", "÷": "/"}
#: between two numbers of a sum: a unit, or a few words, may stand before the operator
_BETWEEN = re.compile(r"[\s*]*[^\W\d_]{0,3}[\s*]*([+\-−–·×*∙/÷=≈])[\s*]*|\s*(?:[^\W\d_]+\s){1,4}([+=])[\s*]*")
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


def _sums(text: str) -> list[tuple[Number, bool]]:
    """The number behind each "=" that has a sum before it, and whether it is right."""
    found = []
    for numbers, operators in _chains(text):
        for at, operator in enumerate(operators):
            if operator in "=≈" and at and len(numbers) <= _MOST:
                start = max((k + 1 for k in range(at) if operators[k] in "=≈"), default=0)
                result, members = numbers[at + 1], numbers[start : at + 1]
                if len(members) > 1:
                    found.append((result, _holds(members, operators[start:at], result)))
    return found


def _holds(numbers: list[Number], operators: list[str], result: Number) -> bool:
    """Whether the sum comes to the result, as exactly as that is written (one in a hundred)."""
    return any(
        (value := _value(values, operators)) is not None and abs(value - told) <= max(abs(told), abs(value)) / 100
        for values in product(*(one.values for one in numbers))
        for told in result.values
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
    return next((text[one.start : one.end] for one, is_right in _sums(text) if not is_right), None)


def results_in(text: str) -> frozenset[Fraction]:
    """What right sums of a text come to."""
    return frozenset(value for one, is_right in _sums(text) if is_right for value in one.values)
