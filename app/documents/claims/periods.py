"""Stretches of time, and parts of a unit, that are told without a figure: "half an hour", "a century", "one hour and".

[one.value for one in periods_in("half an hour")]       # [Fraction(1, 2)], of an hour
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.units import unit_named

#: "over a century", "for centuries": a hundred years
_CENTURY = re.compile(
    r"\b(?:(?:a|ein|einem|einen|un|une|um|per)\s(?:century|jahrhundert|siglo|siècle|século|secolo)"
    r"|centuries|jahrhunderten?|siglos|siècles)\b",
    re.IGNORECASE,
)
#: "a quarter of an hour", "eine halbe Stunde", "media hora", "un quart d'heure", "half a litre", "half a million"
_PART = re.compile(
    r"(?<!and )(?<!und )(?<!\by )\b(?:(?P<half>half(?: of)? an? |a half[- ]|halbe[nrs]? |medi[ao] |demi-)"
    r"|(?P<dreiviertel>dreiviertel|three quarters of an? |trois quarts d['’]|tres cuartos de )"
    r"|(?P<quarter>(?:a )?quarter (?:of )?an? |cuarto de |quart d['’]|quart de )|(?P<viertel>viertel))"
    r"(?P<of>[^\W\d_]+)",
    re.IGNORECASE,
)
_GREAT = {
    **dict.fromkeys(("million", "millón", "milione"), 10**6),
    **dict.fromkeys(("billion", "milliarde", "milliard"), 10**9),
}
#: "one hour and ten minutes"
_ONE_AND = re.compile(
    r"\b(?:an?|one|eine[rn]?|una?|une)\s(?:(?P<h>hour|stunde|hora|heure)|(?P<min>minute|minuto))\s(?:and|und|y|et)"
    r"\s(?=\w)",
    re.IGNORECASE,
)
#: "within a year": of one
_WITHIN_A = re.compile(
    r"\b(?:within|in|after|for|innerhalb|binnen|nach|en|dentro de|tras|après|pendant)\s"
    r"(?P<one>(?:an?|eine[smnr]?|une?)\s"
    r"(?P<unit>minute|hour|day|week|month|year|stunde|tage?s?|woche|monats?|jahre?s?|hora|día|semana|mes|año|heure|jour"
    r"|semaine|mois|an))\b",
    re.IGNORECASE,
)
#: between the parts of one stretch of time: "2 hours and 10 minutes"
BOTH = re.compile(r"\s(?:(?:and|und|y|et)\s)?", re.IGNORECASE)
#: "in the third century": told of what it says
CENTURY_BEHIND = re.compile(r"[\s-](?:century|centuries|jahrhunderts?|siècles?|siglos?)\b", re.IGNORECASE)
_FIRST_CENTURY = re.compile(
    r"\b(?:first century|ersten? jahrhunderts?|primer siglo|siglo primero|premier siècle)\b", re.IGNORECASE
)
#: "los años sesenta", "die sechziger Jahre"
DECADE_AHEAD, DECADE_BEHIND = re.compile(r"\baños\s$", re.IGNORECASE), re.compile(r"\sjahren?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """`value` in `unit` ("" for none). `is_part`: of a longer one that goes on behind it. `is_loose`: a source has it,
    a reply that has it claims no number."""

    start: int
    end: int
    value: Fraction
    unit: str
    is_part: bool = False
    is_loose: bool = False


def periods_in(text: str) -> Iterator[Period]:
    """Each of these, by itself."""
    for match in _PART.finditer(text):
        part = Fraction(1, 2) if match["half"] else Fraction(3, 4) if match["dreiviertel"] else Fraction(1, 4)
        name = match["of"].lower()
        if unit := unit_named(name).name:
            yield Period(*match.span(), part, unit)
        elif name in _GREAT:
            yield Period(*match.span(), part * _GREAT[name], "")
    for match in _CENTURY.finditer(text):
        yield Period(*match.span(), Fraction(100), "year", is_loose=True)
    for match in _WITHIN_A.finditer(text):
        name = match["unit"].lower()
        if unit := (unit_named(name) if unit_named(name).name else unit_named(name.rstrip("s").rstrip("e"))).name:
            yield Period(*match.span("one"), Fraction(1), unit, is_loose=True)
    for match in _ONE_AND.finditer(text):
        yield Period(match.start(), match.end(match.lastgroup or 0), Fraction(1), match.lastgroup or "", is_part=True)
    for match in _FIRST_CENTURY.finditer(text):
        yield Period(*match.span(), Fraction(1), "century of ours")


_SOME_UNITS = re.compile(
    r"\b(?:few|several|some|couple of|wenige[nr]?|einige[nr]?|paar|mehrere[nr]?|poc[oa]s|algun[oa]s|vari[oa]s|quelques"
    r"|plusieurs)\s(?P<unit>[^\W\d_]+)",
    re.IGNORECASE,
)
#: "for a month", and the same in the plural: how long something takes, told without a figure
_SPANS = (_WITHIN_A, _SOME_UNITS)
_TIME = ("s1", "month1")


def _unit_of(name: str) -> str:
    bare = name.rstrip("s")
    names = (name, bare, bare.rstrip("e"), name.rstrip("n"), name + "s", name + "e", name + "es")
    return next((found.name for one in names if (found := unit_named(one)).above in _TIME), "")


def false_period(text: str, passages: Sequence[str]) -> str | None:
    """ "For a year", "every few years" where a source has that only of another unit, "for a month", and this one
    nowhere; None where there is none."""
    for kind in _SPANS:
        told = [(match, _unit_of(match["unit"].lower())) for match in kind.finditer(text)]
        if not (told := [(match, unit) for match, unit in told if unit]):
            continue
        known = {_unit_of(match["unit"].lower()) for passage in passages for match in kind.finditer(passage)} - {""}
        for match, unit in told:
            is_named = kind is _WITHIN_A and any(
                re.search(rf"\b{match['unit']}\b", one, re.IGNORECASE) for one in passages
            )
            if known and unit not in known and not is_named:
                return match[0]
    return None
