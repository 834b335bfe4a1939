"""Words that stand for numbers in eight languages: "twelve", "fünfundzwanzig", "quatre-vingt-dix", "un dixième".

    readings("vierzehn", "de")       # (frozenset({14}), False): no part of something
    readings("third", "en")          # (frozenset({3, Fraction(1, 3)}), True)

Small words that are mostly no numbers ("one", "ein") are left out, and where the language isn't known those too that
are numbers in one language and other words elsewhere ("once", "due", "sei").
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from app.documents.claims.small_words import words

_COUNT = {
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
    "nl": "nul _ twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien",
    "pl": "zero _ dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście "
    "czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "pl": "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
    "dziewięćdziesiąt",
}
#: from the second on
_ORDINALS = {
    "en": "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    "de": "zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte vierzehnte "
    "fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte zwanzigste",
    "es": "segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "fr": "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième "
    "treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième",
    "it": "secondo terzo quarto quinto sesto settimo ottavo nono decimo",
    "pt": "segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
    "nl": "tweede derde vierde vijfde zesde zevende achtste negende tiende",
    "pl": "drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty",
}
_ENDINGS = {
    "en": ("", "s"),
    "de": ("", "n", "r", "s", "m"),
    "fr": ("", "s"),
    "nl": ("", "n"),
    "es": ("", "s"),
    "it": ("",),
    "pt": ("", "s"),
    "pl": ("",),
}
#: parts of a whole
_PARTS = {
    2: "half halves hälfte halb halbe halben halber halbes mitad media medio demi demie moitié metà mezzo mezza metade "
    "meio meia helft halve połowa połowę połowy",
    3: "third thirds drittel tercio tercios tiers terzo terzi terço terços",
    4: "quarter quarters viertel kwart kwarts ćwierć quart quarts quarto quartos quarti",
    5: "fünftel",
    6: "sechstel",
    7: "siebtel",
    8: "achtel",
    9: "neuntel",
    10: "zehntel",
}
_POWERS = {
    100: "hundred hundreds hundert hunderte hunderten cientos cien ciento cent cents cento cem honderd sto",
    1000: "thousand thousands tausend tausende tausenden mil mille mila duizend tysiąc tysiące tysięcy",
    10**6: "million millions millionen millón millones milione milioni milhão milhões miljoen milion miliony "
    "milionów mio mn",
    10**9: "billion billions milliarde milliarden milliard milliards miliardo miliardi miljard miliard miliardy "
    "miliardów mrd bn mld",
}
_OTHERS = {
    2: "twice zweimal doppelt double doubled doble dobro dubbel twofold doubling",
    3: "thrice dreimal triple tripled triples dreifach treble threefold",
    4: "quadruple vierfach fourfold",
    12: "dozen dutzend docena douzaine dozzina dúzia dozijn tuzin",
}
#: "thirteenfold", "das Dreizehnfache"
_FOLD = re.compile(r"(?P<en>\w{3,}?)-?fold|(?P<de>\w{3,}?)fache?[nrsm]?")
_HUNDREDS = {"es": "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"}
#: words that stand for a number, and as often for something else: told only where the source has that number as a word
LOOSE = words(
    "second secondo segundo segunda seconde media medio third double doubled quarter quarters quarto mil half"
)
#: numbers of one language that are other words of another, where the language isn't known
_MIXED = words("once due sei sept ten elf neuf tiers quart cent cents dos mn sto sexto meia meio pl six")
POWERS = frozenset(_POWERS)


@cache
def _table(language: str) -> dict[str, tuple[frozenset[Fraction], bool]]:
    """The number words of a language; of all languages where it is none of these."""
    found: dict[str, tuple[frozenset[Fraction], bool]] = {}
    for number, names in _OTHERS.items():
        found |= dict.fromkeys(names.split(), (frozenset({Fraction(number)}), False))
    for number, names in _POWERS.items():
        found |= dict.fromkeys(names.split(), (frozenset({Fraction(number)}), False))
    for one in (language,) if language in _COUNT else _COUNT:
        for number, name in enumerate(_ORDINALS[one].split(), 2):
            for ending in _ENDINGS[one]:
                found[name + ending] = (frozenset({Fraction(number), Fraction(1, number)}), number > 2)
            if name.endswith("o"):
                for form in (name[:-1] + "a", name[:-1] + "as"):
                    found[form] = (frozenset({Fraction(number), Fraction(1, number)}), number > 2)
        for number, name in enumerate(_COUNT[one].split()):
            found[name] = (frozenset({Fraction(number)}), False)
        for number, name in enumerate(_TENS[one].split(), 2):
            found[name] = (frozenset({Fraction(10 * number)}), False)
            if one == "de":  # "die sechziger Jahre"
                found |= dict.fromkeys((name + "er", name + "ern"), found[name])
            if one == "en":  # "the sixties": of a life, or years
                found[name[:-1] + "ies"] = (frozenset({Fraction(10 * number), Fraction(1900 + 10 * number)}), False)
        for number, name in enumerate(_HUNDREDS.get(one, "").split(), 2):
            found[name] = found[name[:-2] + "as"] = (frozenset({Fraction(100 * number)}), False)
    for number, names in _PARTS.items():
        for name in names.split():
            known = found.get(name, (frozenset[Fraction](), False))[0]
            found[name] = (known | {Fraction(1, number)}, True)
    found.pop("_", None)
    if language in ("en", "de", "nl"):  # a hundredth of a dollar or a euro, a hundred of other languages
        found = {word: value for word, value in found.items() if word not in ("cent", "cents")}
    return found if language in _COUNT else {word: value for word, value in found.items() if word not in _MIXED}


@cache
def ordinals() -> dict[str, int]:
    """The ordinals of English, German and Spanish."""
    found = {"first": 1} | dict.fromkeys(("erste", "ersten", "erster", "erstes", "erstem", "primer", "primera"), 1)
    for language in ("en", "de", "es"):
        for number, name in enumerate(_ORDINALS[language].split(), 2):
            endings = ("",) if language == "en" else _ENDINGS[language]
            found |= dict.fromkeys((name + ending for ending in endings), number)
            if language == "es":
                found[name[:-1] + "a"] = number
    return found


def readings(word: str, language: str) -> tuple[frozenset[Fraction], bool]:
    """What a word may stand for, nothing where it stands for no number; and whether it may be a part of something."""
    word = word.lower()
    if (known := _table(language).get(word)) is not None:
        return known
    if fold := _FOLD.fullmatch(word):
        return readings(fold["en"] or fold["de"], "en" if fold["en"] else "de")
    value = _hyphened(word, language) if "-" in word else _compound(word) if language in ("de", "nl", "") else None
    return (frozenset() if value is None else frozenset({value})), False


def _hyphened(word: str, language: str) -> Fraction | None:
    """ "twenty-five", "quatre-vingt-dix-sept", "two-thirds"."""
    total, last = Fraction(0), Fraction(0)
    parts = [part for part in word.split("-") if part not in ("et", "and")]
    for part in parts:
        values, is_part = _table(language).get(part, (frozenset[Fraction](), False))
        if not values and part in ("un", "une", "one", "ein"):
            values = frozenset({Fraction(1)})
        if not values:
            return None
        value = min(values) if is_part and last and last < 20 else max(values)
        if value < 1 or (value == 20 and last == 4) or (value in POWERS and last):
            total, last = total - last + last * value, last * value
        elif last and value >= 20 > last:
            return None  # "five-fifty"
        else:
            total, last = total + value, value
    return total if len(parts) > 1 else None


def _compound(word: str) -> Fraction | None:
    """German and Dutch write one word: "zweihundertfünfzig", "eenentwintig"."""
    for name, size in (("tausend", 1000), ("duizend", 1000), ("hundert", 100), ("honderd", 100)):
        before, found, after = word.partition(name)
        if found:
            times = Fraction(1) if before in ("", "ein", "een") else _compound(before) or _plain(before)
            rest = Fraction(0) if not after else _compound(after) or _plain(after)
            return None if times is None or rest is None else times * size + rest
    for joint in ("und", "en"):
        unit, found, tens = word.partition(joint)
        while found:
            a, b = _plain(tens), Fraction(1) if unit in ("ein", "een") else _plain(unit)
            if a is not None and b is not None and 20 <= a < 100 and b < 10:
                return a + b
            more, found, tens = tens.partition(joint)
            unit += joint + more
    return None


def _plain(word: str) -> Fraction | None:
    for language in ("de", "nl"):
        values, is_part = _table(language).get(word, (frozenset[Fraction](), False))
        if values and not is_part:
            return max(values)
    return None
