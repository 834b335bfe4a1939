"""Sums and units that a reply works out, each as a line of Python that finds them again.

    claims_in("So 17 × 23 = 401, and 5 km = 5,000 m.")
    # (Claim("17 × 23 = 401", "17 * 23", …), Claim("5 km = 5,000 m", "5 * 1000", …))

Only what is read without doubt is a claim: both sides to their ends, with units that fit. What is found goes into a
program letter by letter from numbers and operators alone; no word of a reply gets there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, pairwise

from app.study.checking.amounts import DIGITS, Amount, amount_at, has_comma, is_unsure
from app.study.checking.plain import plain, segments
from app.study.checking.reader import Reader, Token, Unclear, Value, divided

MOST_CLAIMS, MOST_LINES = 30, 60
_SIGN = re.compile(r"[=≈+×÷/^()√π!²³]|-|(?<=\s):(?=\s)")
_EQUALS = re.compile("[=≈]")
_WORD = re.compile(r"[^\W\d_]+")
#: before a sum they say that it goes on to the left, or is the argument of something
_TAKES = frozenset(
    (
        *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "arccot"),
        *("asin", "acos", "atan", "log", "ln", "lg", "lb", "ld", "exp", "lim", "det", "sgn", "floor", "ceil"),
        *("max", "min", "mod", "sqrt", "cbrt", "abs", "round", "gcd", "lcm", "ggt", "kgv", "root", "wurzel"),
        *("of", "von", "aus", "half", "twice", "thrice", "double", "doppelt", "negative", "choose", "über", "hoch"),
        *("plus", "minus", "times", "mal", "by", "durch", "over"),
    )
)
#: behind a result they say that it goes on, or is another number
_GOES_ON = frozenset(
    (
        *("remainder", "rem", "rest", "hundred", "thousand", "million", "millions", "billion", "billions", "trillion"),
        *("hundert", "tausend", "millionen", "milliarde", "milliarden", "billionen", "mio", "mrd", "bn", "dozen"),
        *("dutzend", "percent", "prozent", "permille", "promille", "tens", "tenths", "hundredths", "halves", "thirds"),
        *("quarters", "zehntel", "drittel", "viertel", "times", "mal", "plus", "minus", "squared", "cubed", "hoch"),
    )
)
_HALVES = frozenset(("a", "one", "half", "ein", "eine", "einhalb"))  # 3 and a half
_SMALL = "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_BOUNDARY = frozenset(".,;:?\"'“”„‚‘’(–—|→…[]•✓✅")
_APART = frozenset(".,:'‘’–—")  # none where it touches the number: .5, 10:30, 3–4, f'(2)
_NOT_TEN = re.compile(r"\bmod\b|\bmodulo\b|\bbinar|\bbinär|\bhex|\boctal|\bbase\b|\bBasis\b", re.IGNORECASE)
#: all of a text reckons otherwise than usual, or all of its numbers that are made of ones and noughts
_OTHERWISE = re.compile(
    r"\bhexade[cz]|\bo[ck]tal|\bin (?:base|Basis) \d|\b(?:base|Basis)-\d|\bmodul(?:o|ar arith)|\(mod\b|\\p?mod\b|"
    r"\bclock arithmetic",
    re.IGNORECASE,
)
_BINARY = re.compile(
    r"\bbinar|\bbinär|\bDualzahl|\bDualsystem|\bbase (?:2|two)\b|\bBasis (?:2|zwei)\b|\bboole", re.IGNORECASE
)
_ONES = frozenset("01")
_DIFFERENCE = re.compile(
    r"Δ|°.*\b(?:differ|rise|rose|chang|increas|drop|warmer|colder|cooler|Differenz|Unterschied|Anstieg|wärmer|kälter)"
    r"|\b(?:differ|rise|rose|chang|increas|drop|warmer|colder|cooler|Differenz|Unterschied|Anstieg|wärmer|kälter).*°",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d+/\d+/\d{2,4}\b|\b\d{4}-\d\d-\d\d\b")
_SCALES: Mapping[tuple[str, str], str] = {
    ("°C", "°F"): "{} * 9 / 5 + 32",
    ("°F", "°C"): "({} - 32) * 5 / 9",
    ("°C", "K"): "{} + 273.15",
    ("K", "°C"): "{} - 273.15",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reply says, and Python that works it out. `told` is the result that it says, None where `also` works out
    the other side as well. It is said as rounded where it `is_about` right, and counts `step` in its last digit."""

    text: str
    code: str
    told: Fraction | None = None
    also: str = ""
    is_about: bool = False
    step: Fraction = Fraction(1)
    zeros: Fraction = Fraction(1)

    @property
    def needs_math(self) -> bool:
        """Whether its code needs that module."""
        return "math." in self.code + self.also


def claims_in(text: str) -> tuple[Claim, ...]:
    """The sums and units of a reply, each once."""
    if _OTHERWISE.search(text):
        return ()
    comma, found, is_binary = has_comma(text), dict[str, Claim](), _BINARY.search(text) is not None
    lines = (line for language, piece in segments(text) if language is None for line in plain(piece))
    for line in islice(filter(_EQUALS.search, lines), MOST_LINES):
        claims = _of_line(line, comma=comma)
        found.update(
            {one.text: one for one in claims if not (is_binary and _ONES.issuperset(re.sub(r"\D", "", one.text)))}
        )
        if len(found) >= MOST_CLAIMS:
            break
    return tuple(found.values())[:MOST_CLAIMS]


def _of_line(line: str, *, comma: bool) -> list[Claim]:
    if _NOT_TEN.search(line) or _DATE.search(line) or ("°" in line and _DIFFERENCE.search(line)):
        return []
    tokens, found = _tokens(line, comma=comma), list[Claim]()
    equals = [at for at, one in enumerate(tokens) if one.kind == "equals"]
    edges = [-1, *equals, len(tokens)]
    sides = [tokens[one + 1 : other] for one, other in pairwise(edges)]
    for n, side in enumerate(sides[:-1]):
        left, signs = _left(side, is_first=n == 0), ""
        for at, one in enumerate(sides[n + 1 :] if left else (), n + 1):
            right = _right(one)
            signs += tokens[edges[at]].text
            is_end = len(right) < len(one) or at == len(sides) - 1
            if not right or is_end or _is_lone(right):  # else it is a step of the sum, and its result comes behind
                behind = [token.text for token in one[len(right) : len(right) + 1]]
                found += _claim(line, left, right, signs, is_cut=behind == ["…"]) if right else []
                break
    return found


def _is_lone(tokens: list[Token]) -> bool:
    return len(tokens) == 1 or (len(tokens) == 2 and tokens[0].text == "-")


def _tokens(line: str, *, comma: bool) -> list[Token]:
    found, at = list[Token](), 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        if digits := DIGITS.match(line, at):
            amount = amount_at(line, at, comma=comma)
            if amount and _is_pair(line, digits):
                amount = None
            end = amount.end if amount else digits.end()
            found.append(Token("number" if amount else "other", line[at:end], at, end, amount))
        elif sign := _SIGN.match(line, at):
            is_equals = sign[0] in "=≈"
            found.append(Token("equals" if is_equals else "sign", sign[0], at, at + 1))
        elif word := _WORD.match(line, at):
            found.append(Token("word", word[0], at, word.end()))
        else:
            found.append(Token("other", line[at], at, at + 1))
        at = found[-1].end
    return found


def _is_pair(line: str, digits: re.Match[str]) -> bool:
    """Whether it may be two numbers: (1,5) is a point more often than it is a number."""
    around = line[digits.start() - 1 : digits.start()] + line[digits.end() : digits.end() + 1]
    return "," in digits[0] and around in ("()", "[]", "(]", "[)")


def _is_inner(token: Token) -> bool:
    return token.kind in ("number", "sign")


def _left(tokens: list[Token], *, is_first: bool) -> list[Token]:
    """The sum that ends a side; nothing where it may go on to the left, or does not reach the sign."""
    at = len(tokens)
    while at and _is_inner(tokens[at - 1]):
        at -= 1
    found = tokens[at:]
    if not found or (at and not _may_stand_before(tokens[at - 1], found[0])):
        return []
    if at == 0 and not is_first:
        return found
    while found and found[0].text == "(" and _opens(found) > 0:
        found = found[1:]
    return found


def _right(tokens: list[Token]) -> list[Token]:
    """The sum that begins a side; nothing where it may go on to the right."""
    at = 0
    while at < len(tokens) and _is_inner(tokens[at]):
        at += 1
    found = tokens[:at]
    while found and found[-1].text == ")" and _opens(found) < 0:
        found = found[:-1]
    if found and at < len(tokens) and not _may_stand_behind(tokens[at : at + 3], tokens[at - 1]):
        return []
    if found and found[-1].text == "!":  # a factorial, or the end of a glad sentence
        return []
    return found


def _opens(tokens: list[Token]) -> int:
    return sum({"(": 1, ")": -1}.get(one.text, 0) for one in tokens)


def _may_stand_before(token: Token, first: Token) -> bool:
    touches = token.end == first.start
    if token.kind == "word":
        return len(token.text) > 1 and token.text.lower().rstrip(_SMALL) not in _TAKES and not touches
    return token.text in _BOUNDARY and not (touches and token.text in _APART)


def _may_stand_behind(tokens: list[Token], last: Token) -> bool:
    """`tokens` are the next ones, `last` is the one before."""
    token, then = tokens[0], tokens[1] if len(tokens) > 1 else None
    touches = token.start == last.end
    if token.kind == "word":
        word = token.text.lower()
        if word in ("and", "und") and then:
            is_fraction = then.kind == "number" and len(tokens) > 2 and tokens[2].text == "/"
            return then.text.lower() not in _HALVES and not is_fraction
        return len(word) > 1 and word not in _GOES_ON and not touches
    if touches and token.text in _APART and then and then.start == token.end and then.kind == "number":
        return False
    return token.text in _BOUNDARY or token.text in ")]"


def _claim(line: str, left: list[Token], right: list[Token], signs: str, *, is_cut: bool) -> list[Claim]:
    try:
        one, other = Reader(left).read(), Reader(right).read()
        code, also = _sides(one, other)
    except Unclear:
        return []
    sign = "≈" if "≈" in signs else "="
    text = f"{line[left[0].start : left[-1].end]} {sign} {line[right[0].start : right[-1].end]}"
    claim = Claim(text, code, also=also, is_about=sign == "≈" or is_cut)
    if other.lone is None:
        return [claim] if one.is_sum else []
    minus = -1 if right[0].text == "-" else 1
    told = minus * _exact(other.lone)
    return [replace(claim, told=told, also="", step=other.lone.step, zeros=other.lone.zeros)]


def _exact(amount: Amount) -> Fraction:
    digits, sign, power = amount.literal.partition(" * 10**")
    if not sign:
        digits, sign, power = amount.literal.partition(" / 10**")
        power = f"-{power}" if sign else "0"
    return Fraction(digits) * Fraction(10) ** int(power)


def _sides(one: Value, other: Value) -> tuple[str, str]:
    """Python for both sides in the unit of the right one. Raises Unclear where nothing is claimed."""
    if one.lone and other.lone:
        return _converted(one.lone, other.lone), ""
    if not one.is_sum:
        raise Unclear
    if not one.units:  # a unit that only the result has is not reckoned with; a share is
        size = other.lone.measure.size if other.lone and other.lone.measure.is_share else Fraction(1)
        return divided(one.code, size), other.code
    if dict(one.kinds) != dict(other.kinds) or (other.lone and bool(other.units) != bool(one.units)):
        raise Unclear
    if one.units == other.units and len(one.units) == 1 and one.bare:
        return one.bare, other.bare or other.code
    size = other.lone.measure.size if other.lone else Fraction(1)
    return divided(one.code, size), other.code


def _converted(one: Amount, other: Amount) -> str:
    """One number in the unit of another."""
    names = (one.measure.name, other.measure.name)
    if names in _SCALES:
        return _SCALES[names].format(one.literal)
    is_same = dict(one.measure.kinds) == dict(other.measure.kinds)
    if names[0] == names[1] and not (one.is_power and not other.is_power):
        raise Unclear
    if not is_same or is_unsure(one.measure) or "°" in "".join(names):
        raise Unclear
    if not (one.measure.name and other.measure.name) and names != ("", ""):
        raise Unclear
    return divided(one.literal, other.measure.size / one.measure.size)
