"""Reads a sum from its tokens, in the order of operations, and writes it as Python.

    Reader(tokens).read()       # Value("2 * (3 + 4)", …); raises Unclear where it may be read in two ways

What comes out is made of numbers, operators and functions of `math` alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from app.study.checking.amounts import NONE, Amount, Measure, is_unsure

MOST_POWER, MOST_FACTORIAL, MOST_PARTS = 400, 170, 60
_OPERATORS = {"+": "+", "-": "-", "×": "*", "÷": "/", "/": "/", ":": "/"}


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a line, from `start` to before `end`."""

    kind: Literal["number", "sign", "equals", "word", "other"]
    text: str
    start: int
    end: int
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """Python for a part of a sum, what it measures, and the names of its units."""

    code: str
    kinds: tuple[tuple[str, int], ...] = ()
    units: frozenset[str] = frozenset()
    bare: str = ""  # the same in its own unit, where all of it has that one
    is_share: bool = False
    is_sum: bool = False  # something is reckoned
    lone: Amount | None = None


class Unclear(Exception):
    """It cannot be read without doubt."""


def divided(code: str, size: Fraction) -> str:
    """Python for a value in a unit of this size."""
    if size == 1:
        return code
    body = code if re.fullmatch(r"[\d.]+|math\.pi", code) else f"({code})"
    up, down = size.denominator, size.numerator
    return body + (f" * {up}" if up != 1 else "") + (f" / {down}" if down != 1 else "")


class Reader:
    """Reads a sum, with the order of operations that Python has, too."""

    def __init__(self, tokens: list[Token]) -> None:
        if len(tokens) > MOST_PARTS or any(one.kind not in ("number", "sign") for one in tokens):
            raise Unclear
        self._tokens, self._at = tokens, 0

    def read(self) -> Value:
        """All of it. Raises Unclear."""
        value = self._sum()
        if self._at < len(self._tokens):
            raise Unclear
        return value

    def _next(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _is_number(self) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind == "number"

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1].text

    def _sum(self) -> Value:
        value = self._product()
        while self._next() in ("+", "-") and self._next():
            sign, other = self._take(), self._product()
            if value.kinds != other.kinds or value.is_share != other.is_share or bool(value.units) != bool(other.units):
                raise Unclear
            units = value.units | other.units
            bare = f"{value.bare} {sign} {other.bare}" if len(units) == 1 and value.bare and other.bare else ""
            is_share = value.is_share
            value = Value(f"{value.code} {sign} {other.code}", value.kinds, units, bare, is_share, is_sum=True)
        return value

    def _product(self) -> Value:
        value, has_divided = self._power(), False
        while True:
            sign = self._next()
            if sign in ("×", "÷", "/", ":"):
                self._take()
                has_divided = has_divided or sign != "×"
            elif sign in ("(", "π", "√"):  # 2(3 + 4); behind a division nobody can say what is meant
                if has_divided:
                    raise Unclear
                sign = "×"
            else:
                return value
            value = _times(value, self._power(), _OPERATORS[sign])

    def _power(self) -> Value:
        if self._next() == "-":
            self._take()
            value = self._power()
            return replace(value, code=f"-{value.code}", bare=f"-{value.bare}" if value.bare else "")
        value = self._atom()
        while (sign := self._next()) in ("^", "²", "³", "!") and sign:
            self._take()
            value = self._factorial(value) if sign == "!" else self._raised(value, sign)
        return value

    def _raised(self, value: Value, sign: str) -> Value:
        exponent = {"²": 2, "³": 3}.get(sign) or self._exponent()
        is_known = value.lone or value.code.startswith("(") or value.code == "math.pi"
        if not is_known or value.is_share or (value.lone and value.units):
            raise Unclear
        body = f"({value.code})" if value.lone and value.lone.is_power else value.code
        kinds = tuple((kind, power * exponent) for kind, power in value.kinds)
        return Value(f"{body}**{exponent}", kinds, value.units, is_sum=True)

    def _exponent(self) -> int:
        is_open = self._next() == "("
        if is_open:
            self._take()
        is_minus = self._next() == "-"
        if is_minus:
            self._take()
        if not self._is_number() or not self._next().isdecimal() or int(self._next()) > MOST_POWER:
            raise Unclear
        exponent = int(self._take()) * (-1 if is_minus else 1)
        if is_open and (self._next() != ")" or self._take() != ")"):
            raise Unclear
        if self._next() in ("^", "²", "³", "!") and self._next():
            raise Unclear
        return exponent

    def _factorial(self, value: Value) -> Value:
        if value.lone is None or not value.code.isdecimal() or int(value.code) > MOST_FACTORIAL or value.units:
            raise Unclear
        return Value(f"math.factorial({value.code})", is_sum=True)

    def _atom(self) -> Value:
        if self._is_number():
            amount = self._tokens[self._at].amount
            self._take()
            return _number(amount) if amount else Value("0")
        sign = self._next()
        if sign == "(":
            self._take()
            value = self._sum()
            if self._next() != ")":
                raise Unclear
            self._take()
            bare = f"({value.bare})" if value.bare else ""
            return replace(value, code=f"({value.code})", bare=bare, lone=None)
        if sign == "√":
            self._take()
            value = self._atom()
            if value.units:
                raise Unclear
            inner = value.code[1:-1] if value.code.startswith("(") else value.code
            return Value(f"math.sqrt({inner})", is_sum=True)
        if sign == "π":
            self._take()
            return Value("math.pi", is_sum=True)
        raise Unclear


def _number(amount: Amount) -> Value:
    measure = amount.measure
    if is_unsure(measure) or "°" in measure.name:  # reckoned with as a lone number only
        measure = NONE if "°" in measure.name else _unclear()
    literal = f"({amount.literal})" if amount.is_power else amount.literal
    code = literal if measure.size == 1 else f"({divided(literal, 1 / measure.size)})"
    units = frozenset({measure.name} if measure.kinds else ())
    bare = literal if measure.kinds else ""
    return Value(code, _sorted(measure.kinds), units, bare, measure.is_share, lone=amount)


def _unclear() -> Measure:
    raise Unclear


def _sorted(kinds: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((kind, power) for kind, power in kinds.items() if power))


def _times(one: Value, other: Value, operator: str) -> Value:
    sign = 1 if operator == "*" else -1
    kinds = dict(one.kinds)
    for kind, power in other.kinds:
        kinds[kind] = kinds.get(kind, 0) + sign * power
    bare = f"{one.bare} {operator} {other.code}" if one.bare and not other.units and not other.is_share else ""
    return Value(f"{one.code} {operator} {other.code}", _sorted(kinds), one.units | other.units, bare, is_sum=True)
