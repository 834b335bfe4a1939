"""Numbers with their units, as they stand in a line of a reply (app.study.checking.plain).

amount_at("5,000 m long", 0)        # Amount("5000", 0, 7, Measure("m", {"m": 1}, Fraction(1)))
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from app.core.units import unit, unit_at

DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*", re.ASCII)
_POWER_OF_TEN = re.compile(r"\s?×\s?10\^(?:\(\s?([-+]?\d{1,3})\s?\)|([-+]?\d{1,3}))(?!\d)", re.ASCII)
_E = re.compile(r"[eE]([-+]?[0-9]{1,3})\b")
_KIND = re.compile(r"(\D+?)(-?\d+)")
FOOT, INCH = unit("ft").size, unit("in").size
POUND, GALLON = Fraction("453.59237"), Fraction("0.003785411784")
#: units that people write out beside those of app.core.units: of what, in which power, how much of it
_MORE: Mapping[str, tuple[str, int, Fraction]] = {
    "ft": ("m", 1, FOOT), "foot": ("m", 1, FOOT), "feet": ("m", 1, FOOT),
    "in": ("m", 1, INCH), "inch": ("m", 1, INCH), "inches": ("m", 1, INCH), "zoll": ("m", 1, INCH),
    "yd": ("m", 1, FOOT * 3), "yard": ("m", 1, FOOT * 3), "yards": ("m", 1, FOOT * 3),
    "lb": ("g", 1, POUND), "lbs": ("g", 1, POUND), "oz": ("g", 1, POUND / 16),
    "ounce": ("g", 1, POUND / 16), "ounces": ("g", 1, POUND / 16),
    "gallon": ("m", 3, GALLON), "gallons": ("m", 3, GALLON), "gal": ("m", 3, GALLON),
}  # fmt: skip
_MORE_AT = re.compile(
    r"[ \u00a0\u202f-]?([A-Za-z]{2,7})(?![^\W_])(?!\s*[\^²³/])(?<! in)(?<!\din)|[ -]?(in)(?=\s*(?:[=≈.,;)]|$))"
)
#: words of languages that write decimals with a comma, for texts whose numbers do not say so
_COMMA_WORDS = re.compile(
    r"\b(?:und|ist|sind|der|das|also|ergibt|nicht|wir|insgesamt|el|los|las|es|son|del|entonces|le|les|des|est|sont|donc|"
    r"il|che|sono|quindi|het|een|zijn|dus)\b",
    re.IGNORECASE,
)
#: there are 1000 or 1024 of these in the next: nobody can say which is meant
_UNSURE = {"B", "bit"}
_SHARE = "%"


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit: its name, what it measures in which power, and how much of that it is. A share, such as per cent,
    measures nothing."""

    name: str = ""
    kinds: Mapping[str, int] = field(default_factory=dict)
    size: Fraction = Fraction(1)

    @property
    def is_share(self) -> bool:
        """Whether it is a part of the whole."""
        return bool(self.name) and not self.kinds


NONE = Measure()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as Python writes it, from `start` to before `end` of its line, with its unit. `step` is what its last
    digit counts, `zeros` the last one that isn't 0; `is_power` says that a power of ten is written with it."""

    literal: str
    start: int
    end: int
    measure: Measure = NONE
    step: Fraction = Fraction(1)
    zeros: Fraction = Fraction(1)
    is_power: bool = False


def has_comma(text: str) -> bool:
    """Whether a text writes decimals with a comma, as far as it says so without doubt."""
    comma = re.search(r"(?<![\d.,])(?:\d+,(?!\d{3}(?!\d))|\d{1,3}(?:\.\d{3})+,)\d+(?![\d.,]*\d)", text)
    point = re.search(r"(?<![\d.,])(?:\d+\.(?!\d{3}(?!\d))|\d{1,3}(?:,\d{3})+\.)\d+(?![\d.,]*\d)", text)
    if comma or point:
        return point is None
    return len({word.lower() for word in _COMMA_WORDS.findall(text)}) > 1


def amount_at(line: str, start: int, *, comma: bool = False) -> Amount | None:
    """The number that begins there; None where there is none that can be read without doubt. `comma` says that the
    text writes decimals with one."""
    found = DIGITS.match(line, start)
    digits = _digits(found[0], comma=comma) if found else None
    if found is None or digits is None:
        return None
    end, whole = found.end(), Fraction(digits)
    step = Fraction(1, 10 ** len(digits.partition(".")[2]))
    literal, raised = digits, _POWER_OF_TEN.match(line, end) or _E.match(line, end)
    if raised:
        power = int(next(filter(None, raised.groups())))
        end, step = raised.end(), step * Fraction(10) ** power
        literal = f"{digits} * 10**{power}" if power >= 0 else f"{digits} / 10**{-power}"
    measure, end = _measure(line, start, end)
    zeros = step * 10 ** (len(digits) - len(digits.rstrip("0"))) if whole and "." not in digits else step
    return Amount(literal, start, end, measure, step, zeros, raised is not None)


def _digits(text: str, *, comma: bool) -> str | None:
    """A number with a point, as Python reads it; None where it is none."""
    text = re.sub(r"[ \u00a0\u202f'’]", "_", text)
    signs = [one for one in text if one in ".,"]
    if len(set(signs)) == 2:  # the last one has the decimals behind it
        decimal = signs[-1]
    elif len(signs) > 1:
        decimal = ""
    elif signs:
        head, _, tail = text.partition(signs[0])
        is_grouped = len(tail) == 3 and len(head) <= 3 and head != "0" and "_" not in head
        decimal = signs[0] if not is_grouped or (signs[0] == ",") == comma else ""
    else:
        decimal = ""
    head, _, tail = text.rpartition(decimal) if decimal else (text, "", "")
    groups = re.split(r"[_.,]", head)
    if any(len(one) != 3 for one in groups[1:]) or "_" in tail or (decimal and decimal in head):
        return None
    whole = "".join(groups)
    if len(whole) > 1 and whole.startswith("0"):
        return None
    return f"{whole}.{tail}" if tail else whole


def _measure(line: str, start: int, end: int) -> tuple[Measure, int]:
    """The unit behind a number, and where it ends."""
    more = _MORE_AT.match(line, end)
    if more and (kind := _MORE.get((more[1] or more[2]).lower())):
        return Measure(more[1] or more[2], {kind[0]: kind[1]}, kind[2]), more.end()
    one, until = unit_at(line, start, end)
    if not one.name:
        return NONE, end
    return _named(one.name, one.above, one.below, one.size / one.part), until


@lru_cache(maxsize=200)
def _named(name: str, above: str, below: str, size: Fraction) -> Measure:
    kinds = dict[str, int]()
    for part, sign in ((above, 1), (below, -1)):
        for one in part.split("·") if part else ():
            if found := _KIND.fullmatch(one):
                kinds[found[1]] = kinds.get(found[1], 0) + sign * int(found[2])
    kinds.pop(_SHARE, None)
    return Measure(name, {kind: power for kind, power in kinds.items() if power}, size)


def is_unsure(measure: Measure) -> bool:
    """Whether its size depends on who says it."""
    return not _UNSURE.isdisjoint(measure.kinds)
