"""What stands beside a number and says of what it is, so that "240 kJ" and "240,000 J" are one.

    unit_at("5 km/h", 1)        # Unit("km/h", above="m", below="s", size=Fraction(1000), part=Fraction(3600))
    unit_at("€5", 1, 2)         # Unit("€", …)

The sizes are those of the SI (https://www.bipm.org/en/publications/si-brochure), a mile has 1609.344 m.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_PREFIXES = {
    "": Fraction(1), "T": Fraction(10**12), "G": Fraction(10**9), "M": Fraction(10**6), "k": Fraction(1000),
    "h": Fraction(100), "d": Fraction(1, 10), "c": Fraction(1, 100), "m": Fraction(1, 1000),
    "µ": Fraction(1, 10**6), "μ": Fraction(1, 10**6), "n": Fraction(1, 10**9),
}  # fmt: skip
#: of a symbol what it measures, in which power, and how much of that it is
_SYMBOLS = {
    "m": ("m", 1, Fraction(1)), "g": ("g", 1, Fraction(1)), "s": ("s", 1, Fraction(1)), "W": ("W", 1, Fraction(1)),
    "J": ("J", 1, Fraction(1)), "V": ("V", 1, Fraction(1)), "A": ("A", 1, Fraction(1)), "N": ("N", 1, Fraction(1)),
    "L": ("m", 3, Fraction(1, 1000)), "l": ("m", 3, Fraction(1, 1000)), "Hz": ("Hz", 1, Fraction(1)),
    "Pa": ("Pa", 1, Fraction(1)), "eV": ("eV", 1, Fraction(1)), "Wh": ("J", 1, Fraction(3600)),
    "mol": ("mol", 1, Fraction(1)), "bar": ("Pa", 1, Fraction(10**5)), "B": ("B", 1, Fraction(1)),
    "Ω": ("Ω", 1, Fraction(1)), "t": ("g", 1, Fraction(10**6)), "K": ("K", 1, Fraction(1)),
    "bit": ("bit", 1, Fraction(1)), "cal": ("cal", 1, Fraction(1)),
}  # fmt: skip
#: these take no prefix
_WHOLE = {
    "min": ("s", 1, Fraction(60)), "h": ("s", 1, Fraction(3600)), "ha": ("m", 2, Fraction(10**4)),
    "mph": ("mph", 1, Fraction(1)), "ppm": ("%", 1, Fraction(1, 10**6)), "%": ("%", 1, Fraction(1, 100)),
    "‰": ("%", 1, Fraction(1, 1000)), "°C": ("°C", 1, Fraction(1)), "°F": ("°F", 1, Fraction(1)),
    "°": ("°", 1, Fraction(1)), "mi": ("m", 1, Fraction(1609344, 1000)), "€": ("€", 1, Fraction(1)),
    "$": ("$", 1, Fraction(1)), "£": ("£", 1, Fraction(1)), "¥": ("¥", 1, Fraction(1)), "d": ("s", 1, Fraction(86400)),
    "week": ("s", 1, Fraction(604800)), "month": ("month", 1, Fraction(1)), "year": ("month", 1, Fraction(12)),
    "decade": ("month", 1, Fraction(120)), "century": ("month", 1, Fraction(1200)),
    "millennium": ("month", 1, Fraction(12000)), "ct": ("ct", 1, Fraction(1)),
    "nmi": ("m", 1, Fraction(1852)), "ft": ("m", 1, Fraction(3048, 10_000)), "in": ("m", 1, Fraction(254, 10_000)),
    "KB": ("B", 1, Fraction(1000)), "KiB": ("B", 1, Fraction(2**10)), "MiB": ("B", 1, Fraction(2**20)),
    "GiB": ("B", 1, Fraction(2**30)), "TiB": ("B", 1, Fraction(2**40)),
}  # fmt: skip
_ONE = (
    r"(?:°\s?[CF]\b|°|[%‰€$£¥]|ppm\b|mph\b|min\b|ha\b|h\b|[KMGT]i?B\b|ft\b|[TGMkhdcmµμn]?(?:mol|bar|bit|cal|Hz|Pa|eV|Wh|[mgsWJVANLlBΩKt])"
    r"(?![^\W\d_²³])(?:\^?[23](?!\d)|[²³])?)(?![^\W_])"
)
_UNIT = re.compile(rf"[\s\u00a0\u202f-]?({_ONE}(?:\s?[·⋅/]\s?(?:{_ONE}|\({_ONE}(?:[·⋅]{_ONE})*\)))*)")
_FACTOR = re.compile(r"(°\s?[CF]|[^\W\d_²³]+|[°%‰€$£¥])(?:\^?([23])|([²³]))?")
#: units that are written out, in the languages of the number words
_NAMED = {
    "%": "percent prozent porcento pourcent percento procent procenta procentów",
    "€": "euro euros",
    "$": "dollar dollars dólar dólares",
    "£": "pound pounds pfund libras livres",
    "min": "minute minutes minuten minuto minutos minuut minuty minut",
    "s": "second seconds sekunde sekunden segundo segundos secondes secondi seconden",
    "h": "hour hours stunde stunden hora horas heure heures ore uur godzin godziny",
    "d": "day days tag tage tagen día días jour jours giorno giorni dia dias dag dagen dni",
    "week": "week weeks woche wochen semana semanas semaine semaines settimana settimane weken tygodni",
    "month": "months monate monaten meses mois mesi maanden miesięcy",
    "year": "year years jahr jahre jahren año años ans année années anno anni ano anos jaar jaren lat lata",
    "km": "kilometre kilometres kilometer kilometers kilometern kilómetro kilómetros kilomètre kilomètres quilômetros "
    "chilometri kilometrów",
    "m": "metre metres meter meters metern metro metros mètre mètres metri metrów",
    "cm": "centimetre centimetres centimeter centimeters zentimeter zentimetern centímetros centimètres centimetri",
    "mm": "millimetre millimetres millimeter millimeters millimetern milímetros millimètres millimetri",
    "mi": "mile miles meile meilen millas",
    "kg": "kilogram kilograms kilogramm kilo kilos kilogramo kilogramos kilogramme kilogrammes quilos quilogramas",
    "g": "gram grams gramm gramo gramos gramme grammes grammi gramas gramów",
    "mg": "milligram milligrams milligramm milligrammes miligramos",
    "t": "tonne tonnes ton tons tonnen toneladas tonnellate ton tony",
    "L": "litre litres liter liters litro litros litri litrów",
    "mL": "millilitre millilitres milliliter milliliters mililitros millilitri",
    "km²": "quadratkilometer quadratkilometern",
    "m²": "quadratmeter quadratmetern",
    "ha": "hectare hectares hektar hectárea hectáreas",
    "km³": "kubikkilometer kubikkilometern",
    "m³": "kubikmeter kubikmetern",
    "J": "joule joules",
    "kJ": "kilojoule kilojoules",
    "W": "watt watts",
    "kW": "kilowatt kilowatts",
    "V": "volt volts",
    "A": "ampere amperes amp amps",
    "Ω": "ohm ohms",
    "N": "newton newtons",
    "Hz": "hertz",
    "mbar": "millibar millibars",
    "ft": "foot feet",
    "in": "inch inches",
    "nmi": "seemeile seemeilen",
    "ct": "cent cents centimes céntimos centavos",
}
_NAMES = {name: unit for unit, names in _NAMED.items() for name in names.split()}
_WORD = re.compile(
    r"[\s\u00a0\u202f-](?:(?:de|d['’]|of)\s?|(?:more|further|other|full|whole|weitere[rn]?|volle[rn]?|ganze[rn]?)\s)?([^\W\d_]+)"
)
_POWER = re.compile(r"[\s\u00a0-](?:of\s)?(?:(square|sq)|(cubic))[\s\u00a0.]+([^\W\d_]+)", re.IGNORECASE)
_TWO_WORDS = re.compile(r"[\s\u00a0](?:per|por|pour)\s(?:cent|ciento|cento)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"[\s\u00a0](?:percentage points?|prozentpunkten?|points de pourcentage|puntos porcentuales)\b", re.IGNORECASE
)
_NAUTICAL = re.compile(r"[\s\u00a0](?:nautical miles?|millas náuticas?|milles (?:nautiques|marins))\b", re.IGNORECASE)
_PER_MILLION = re.compile(
    r"[\s\u00a0](?:parts per million|partes por millón|parties par million|teile pro million)\b", re.I
)
_POWER_BEHIND = re.compile(r"\s(?:(cuadrad[oa]s|carrés?|quadrad[oa]s|quadrati|degrees)|(cúbic[oa]s|cubes?|cubi))\b")
_DEGREES = re.compile(
    r"[\s\u00a0](?:degrees?|grad|grados?|degrés?|gradi|graus)(?:\s(celsius|fahrenheit))?\b", re.IGNORECASE
)
_YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` as it is written, "" where there is none; `above` what it measures, `below` by what that is divided;
    `size` and `part` say how much of these it is."""

    name: str = ""
    above: str = ""
    below: str = ""
    size: Fraction = Fraction(1)
    part: Fraction = Fraction(1)

    @property
    def is_years(self) -> bool:
        """Whether it is a year, or several."""
        return self.above == "month1" and self.size >= 12


NONE = Unit()


def unit_named(word: str) -> Unit:
    """A unit by its name written out, in small letters; NONE of what is none."""
    return unit(_NAMES[word]) if word in _NAMES else NONE


@lru_cache(maxsize=500)
def unit(name: str) -> Unit:
    """A unit by its symbols; NONE of what is none."""
    above, _, below = name.partition("/")
    found = [_measured(part.strip("() ")) for part in (above, below)]
    return Unit(name, found[0][0], found[1][0], found[0][1], found[1][1])


def _measured(symbols: str) -> tuple[str, Fraction]:
    size, powers = Fraction(1), dict[str, int]()
    for match in _FACTOR.finditer(symbols):
        symbol = match[1].replace(" ", "")
        power = int(match[2] or {"²": 2, "³": 3}.get(match[3] or "", 1))
        kind, own, much = _WHOLE.get(symbol) or _prefixed(symbol)
        powers[kind] = powers.get(kind, 0) + own * power
        size *= much**power
    return "·".join(f"{kind}{power}" for kind, power in sorted(powers.items())), size


def _prefixed(symbol: str) -> tuple[str, int, Fraction]:
    if symbol in _SYMBOLS:
        return _SYMBOLS[symbol]
    kind, power, much = _SYMBOLS.get(symbol[1:], (symbol, 1, Fraction(1)))
    return kind, power, much * _PREFIXES.get(symbol[:1], Fraction(1))


def unit_at(text: str, start: int, end: int) -> tuple[Unit, int]:
    """What stands behind a number from `start` to `end`, or a sign of money before it; and where that ends."""
    if (before := text[max(0, start - 1) : start]) and before in "€$£¥":
        return unit(before), end
    for words, symbol in ((_TWO_WORDS, "%"), (_POINTS, "%"), (_PER_MILLION, "ppm"), (_NAUTICAL, "nmi")):
        if match := words.match(text, end):
            return unit(symbol), match.end()
    if match := _POWER.match(text, end):
        if name := _NAMES.get(match[3].lower()):
            return unit(name + ("²" if match[1] else "³")), match.end()
        return NONE, end
    if match := _DEGREES.match(text, end):
        return unit({"celsius": "°C", "fahrenheit": "°F"}.get((match[1] or "").lower(), "°")), match.end()
    if (match := _UNIT.match(text, end)) and not (match[1] in "As" and _YEAR.fullmatch(text, start, end)):
        return unit(re.sub(r"[\s\u00a0\u202f]", "", match[1]).replace("⋅", "·")), match.end()
    if (match := _WORD.match(text, end)) and (name := _NAMES.get(match[1].lower())):
        more = _POWER_BEHIND.match(text, match.end())
        if more and more[1] != "degrees":
            return unit(name + ("²" if more[1] else "³")), more.end()
        return unit(name), match.end()
    return NONE, end
