"""The months and the dates of a text, however written: "6 April", "April 6th", "06.04.1453", "1453-04-06".

    [(one.part, one.value) for one in months_in("on 06.04.1453")]    # [("day", 6), ("month", 4), ("year", 1453)]

A month's name is a number of its own: "29 May" and "29 June" are told apart by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents.claims.small_words import words

_NAMES = (
    "january januar jänner enero janvier gennaio janeiro januari stycznia styczniu styczeń jan",
    "february februar febrero février febbraio fevereiro februari lutego lutym luty feb",
    "march märz marzo mars março maart marca marcu marzec mar",
    "april abril avril aprile kwietnia kwietniu kwiecień apr",
    "may mai mayo maggio maio mei maja maju",
    "june juni junio juin giugno junho czerwca czerwcu czerwiec jun",
    "july juli julio juillet luglio julho lipca lipcu lipiec jul",
    "august agosto août augustus sierpnia sierpniu sierpień aug",
    "september septiembre septembre settembre setembro września wrześniu wrzesień sept sep",
    "october oktober octubre octobre ottobre outubro października październiku październik oct okt",
    "november noviembre novembre novembro listopada listopadzie listopad nov",
    "december dezember diciembre décembre dicembre dezembro grudnia grudniu grudzień dec dez",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
#: names that are other words as often, and short forms: only beside the number of a day or a year
_DOUBTFUL = words("march mars may mar jan feb apr jun jul aug sept sep oct okt nov dec dez mei mai maja marca augustus")
_NAME = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![^\W_])", re.IGNORECASE)
_BESIDE = re.compile(r"\d(?:st|nd|rd|th|º|er|\.)?(?:\s+(?:de|of|di))?\s+$", re.IGNORECASE)
_BEHIND = re.compile(r"\.?,?\s+(?:de\s+|of\s+)?\d")
_INTO = re.compile(r"\b(?:in|im|en|em|w|since|seit|until|bis|by|from|von|between|entre)\s$", re.IGNORECASE)
_JOINT = r"\s?(?:and|to|or|und|bis|oder|y|a|o|et|à|[-–])\s?"
_LONG = "|".join(sorted((name for name in _MONTHS if name not in _DOUBTFUL), key=len, reverse=True))
_TO_MONTH = re.compile(rf"{_JOINT}(?:{_LONG})\b", re.IGNORECASE)
_FROM_MONTH = re.compile(rf"\b(?:{_LONG}){_JOINT}$", re.IGNORECASE)
_POINTS = re.compile(r"(?<![\d.])(\d{1,2})([./])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d])")
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")


@dataclass(frozen=True, slots=True)
class DatePart:
    """`part` is "month", or "" for a day and a year, which stand as numbers elsewhere."""

    start: int
    end: int
    value: int
    part: str = ""


def months_in(text: str) -> tuple[DatePart, ...]:
    """The months of a text, with day and year where they are written in digits alone."""
    found: list[DatePart] = []
    for match in _NAME.finditer(text):
        name, start, end = match[0].lower(), *match.span()
        is_beside = _BESIDE.search(text, max(0, start - 12), start) or _BEHIND.match(text, end)
        is_into = match[0][:1].isupper() and (
            _INTO.search(text, max(0, start - 8), start)
            or _TO_MONTH.match(text, end)
            or _FROM_MONTH.search(text, max(0, start - 20), start)
        )
        if is_beside or is_into or name not in _DOUBTFUL:
            found.append(DatePart(start, end, _MONTHS[name], "month"))
    for match in _POINTS.finditer(text):
        day, month = int(match[1]), int(match[3])
        if match[2] == "/" and day <= 12 < month:
            day, month = month, day
        if 1 <= month <= 12 and 1 <= day <= 31:
            found += _three(match, (1, day, ""), (3, month, "month"), (4, int(match[4]), ""))
    for match in _ISO.finditer(text):
        if 1 <= int(match[2]) <= 12:
            found += _three(match, (1, int(match[1]), ""), (2, int(match[2]), "month"), (3, int(match[3]), ""))
    return tuple(sorted(found, key=lambda one: one.start))


def _three(match: re.Match[str], *parts: tuple[int, int, str]) -> list[DatePart]:
    return [DatePart(*match.span(group), value, part) for group, value, part in parts]
