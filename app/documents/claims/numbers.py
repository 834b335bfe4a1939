"""The numbers of a text, however they are written: "1,130", "2,50 €", "half", "dreißig", "fourteenth".

    [one.values for one in numbers_in("a million or 2,50")]     # [{Fraction(1000000)}, {Fraction(5, 2), Fraction(250)}]

A point or a comma means two things in the world's languages, so a number may have two values; two numbers are the same
where they share one. Small words that are mostly no numbers ("one", "ein") are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

_UNITS = {
    "en": "zero _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "de": "null _ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "es": "cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
    "fr": "zéro _ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "it": "zero _ due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove",
    "pt": "zero _ dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete "
    "dezoito dezenove",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
}
_OTHERS = {
    Fraction(100): "hundred hundert cien ciento cent cento cem",
    Fraction(1000): "thousand tausend mil mille mila",
    Fraction(10**6): "million millions million millionen millón millones milione milioni milhão milhões",
    Fraction(10**9): "billion billions milliarde milliarden milliard milliards miliardo miliardi",
    Fraction(1, 2): "half halve halves hälfte halb halbe halben halber halbes mitad medio media moitié demi metà "
    "metade",
    Fraction(3): "third thirds drittel dritte dritten dritter drittes tercero tercera tercio tercios troisième tiers "
    "terzo terza terceiro terceira dreimal thrice",
    Fraction(4): "quarter quarters fourth viertel vierte vierten vierter cuarto cuarta quatrième quart quarto quarta",
    Fraction(2): "second zweite zweiten zweiter zweites segundo segunda deuxième second seconde secondo seconda twice "
    "zweimal doppelt double doubled dos veces deux",
    Fraction(5): "fifth fünfte fünften fünfter quinto quinta cinquième",
    Fraction(8): "eighth achte achten",
    Fraction(9): "ninth neunte neunten",
    Fraction(12): "twelfth zwölfte dozen dutzend docena douzaine dozzina dúzia",
    Fraction(20): "twentieth zwanzigste zwanzigsten",
}
#: words that stand for a number, and as often for something else: told only where the source has that number as a word
_LOOSE = frozenset(("second", "seconde", "media", "medio", "third", "double", "doubled", "quarter", "quarto", "mil"))
_DIGITS = re.compile(r"(?<![\w.,])[-−]?\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: what stands beside a number and says of what it is
_UNIT = re.compile(
    r"[\s\u00a0\u202f-]?(?:°\s?[CF]|%|[µkMGTm]?(?:m|g|s|W|J|V|A|N|L|l|Hz|Pa|eV|Wh|mol|min|h|B)(?![\w])|cm\b|mm\b|[€$£¥]|km/h|mph)"
)
#: units that are written out, in the languages of the lists above
_NAMED = {
    "%": "percent prozent porcento pourcent percento",
    "€": "euro euros",
    "$": "dollar dollars dólar dólares",
    "£": "pound pounds pfund libras livres",
    "min": "minute minutes minuten minuto minutos",
    "s": "second seconds sekunde sekunden segundo segundos secondes secondi",
    "h": "hour hours stunde stunden hora horas heure heures",
    "km": "kilometre kilometres kilometer kilometers kilometern kilómetro kilómetros kilomètre kilomètres",
    "m": "metre metres meter meters metern metro metros mètre mètres",
    "cm": "centimetre centimetres centimeter zentimeter zentimetern centímetros centimètres",
    "mm": "millimetre millimetres millimeter millimetern milímetros millimètres",
    "kg": "kilogram kilograms kilogramm kilo kilos kilogramo kilogramos kilogramme kilogrammes",
    "g": "gram grams gramm gramo gramos gramme grammes",
}
_NAMES = {name: unit for unit, names in _NAMED.items() for name in names.split()}
_TWO_WORDS = re.compile(r"\s?(?:per|por|pour)\s(?:cent|ciento|cento)\b", re.IGNORECASE)
#: "10 to 14 per minute", "zwischen 3 und 6 m": the first number is of the second one's unit
_JOINED = re.compile(r"\s?(?:to|and|or|bis|und|oder|a|y|o|à|et|ou|e|–|-|—|,)\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """`values` are what it may mean, `unit` what stands beside it ("" where that is no unit we know)."""

    start: int
    end: int
    values: frozenset[Fraction]
    unit: str = ""
    is_loose: bool = False  # a word that is more often something else


@cache
def _words() -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for value, words in _OTHERS.items():
        found |= dict.fromkeys(words.split(), value)
    for language, tens in _TENS.items():
        for number, word in enumerate(tens.split(), 2):
            found[word] = Fraction(10 * number)
        for number, word in enumerate(_UNITS[language].split()):
            if word != "_":
                found.setdefault(word, Fraction(number))
    for number, word in enumerate(_UNITS["en"].split()):
        found.setdefault(f"{word}th", Fraction(number))
    for number, word in enumerate(_UNITS["de"].split()):
        for ending in ("te", "ten", "ter", "tes"):
            found.setdefault(word + ending, Fraction(number))
    return found


def _word_value(word: str) -> Fraction | None:
    """What a word stands for: "twenty-five" and "fünfundzwanzig" are made of their parts."""
    word = word.lower()
    if (value := _words().get(word)) is not None:
        return value
    tens, _, unit = word.partition("-")
    a, b = _words().get(tens), _words().get(unit)
    if a is not None and b is not None and a >= 20 and b < 10:
        return a + b
    unit, und, tens = word.partition("und")
    a, b = _words().get(tens), Fraction(1) if unit == "ein" else _words().get(unit)
    return a + b if und and a is not None and b is not None and 20 <= a < 100 and b < 10 else None


def _readings(text: str) -> frozenset[Fraction]:
    """What digits may mean: a point or a comma before three digits groups them, or parts the whole from the rest."""
    text = re.sub(r"['’\s\u00a0\u202f]", "", text).replace("−", "-").strip("-")
    marks = re.findall(r"[.,]", text)
    if not marks:
        return frozenset({Fraction(text)})
    last = max(text.rfind("."), text.rfind(","))
    whole, rest = re.sub(r"[.,]", "", text[:last]), text[last + 1 :]
    readings = set()
    if len(set(marks)) == 2 or len(marks) == 1:
        readings.add(Fraction(f"{whole}.{rest}"))
    if len(set(marks)) == 1 and len(rest) == 3:
        readings.add(Fraction(whole + rest))
    return frozenset(readings or {Fraction(whole + rest)})


def _unit_of(text: str, start: int, end: int) -> str:
    """What stands behind a number, or a sign of money before it."""
    if (before := text[max(0, start - 1) : start]) and before in "€$£¥":
        return before
    if match := _UNIT.match(text, end):
        return re.sub(r"[\s\u00a0\u202f-]", "", match[0])
    if _TWO_WORDS.match(text, end):
        return "%"
    named = _WORD.match(text, end + 1) if text[end : end + 1] in " \u00a0-" else None
    return _NAMES.get(named[0].lower(), "") if named else ""


def numbers_in(text: str) -> tuple[Number, ...]:
    """Every number of a text, in order of where it stands."""
    found = [Number(*match.span(), _readings(match[0])) for match in _DIGITS.finditer(text)]
    found += [
        Number(*match.span(), frozenset({value}), is_loose=match[0].lower() in _LOOSE)
        for match in _WORD.finditer(text)
        if (value := _word_value(match[0])) is not None and not _TWO_WORDS.match(text, match.start() - 4)
    ]
    joined = _multiplied(text, sorted(found, key=lambda one: one.start))
    told = [replace(one, unit=_unit_of(text, one.start, one.end)) for one in joined]
    for at in range(len(told) - 2, -1, -1):
        if not told[at].unit and _JOINED.fullmatch(text, told[at].end, told[at + 1].start):
            told[at] = replace(told[at], unit=told[at + 1].unit)
    return tuple(told)


def _multiplied(text: str, found: list[Number]) -> list[Number]:
    """ "3 million" is one number."""
    joined: list[Number] = []
    for one in found:
        last = joined[-1] if joined else None
        (value, *_) = one.values
        if last and value >= 100 and value in (100, 1000, 10**6, 10**9) and not text[last.end : one.start].strip():
            both = frozenset(other * value for other in last.values)
            joined[-1] = Number(last.start, one.end, both)
        else:
            joined.append(one)
    return joined
