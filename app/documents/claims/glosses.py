"""A sentence in one of three languages told in the words of a source that is in another one of them.

    gloss = glossed("Das Blatt kühlt ab.", "de", "en", Vocabulary(["leaf", "cools"]))
    gloss.text           # "Das leaf cools ab."
    gloss.strange        # words that the source has in no way, though it is known what they mean

German compounds are told by their parts. Nothing here knows grammar: a word means whatever the source has for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from app.core.finding import fold
from app.documents.claims.numbers import numbers_in
from app.documents.claims.opposites import sides_of
from app.documents.claims.small_words import LIGHT, words
from app.documents.claims.support import Word, words_in
from app.documents.claims.synonyms import group_of
from app.documents.claims.tongues import deeds, forms, letters, matters, nature, society, ways
from app.documents.claims.vocabulary import Vocabulary
from app.documents.words import is_stop_word, term

TONGUES = ("en", "de", "es")
_SHORT = 4  # letters of a German word that is told as a part of longer ones
LEAST_PART = 3
#: how much a word is that the source does not have: of what is done or how a thing is, of a thing
WAY, THING = 0.5, 1.0
#: between the parts of a compound
_JOINTS = ("", "s", "n", "en", "es", "er", "e")
_AHEAD = words(
    "ab an auf aus bei ein fest her hin los mit nach über um unter vor weg weiter wieder zu zurück zusammen be ver er "
    "ent zer ge un"
)
#: what German puts behind adjectives and nouns, and before that behind verbs
_BEFORE_ENDING, _ENDING = re.compile(r"(?<=\w{3})(?:e[nrsm]?|ern|n|s)$"), re.compile(r"(?<=\w{4})(?:e?t|st|e[nr])$")
_SPANISH_ENDING = re.compile(
    r"(?<=\w{3})(?:[aei]r|[aeo]s?|[ae]n|[aei]mos|aron|ieron|aba[ns]?|ia[ns]?|[ai]d[oa]s?|ando|iendo|io|[aei]ran?)$"
)
_ENCLITICS = re.compile(r"(?<=[rdo])(?:se|l[oae]s?|nos|me)$")
#: of words that are alike in all three languages: where the source has none like it, it does not have it
_LEARNED = tuple(
    words(
        "tion sion ität ismus logie graphie grafie skop ieren ción sión dad ismo logía grafía scopio ico ica ity ism "
        "logy"
    )
)
_COMES_TO = words("beträgt betragen betrug betrugen")  # of a number: no other deed, though it looks like a form of one
MOST_NAMES = 3  # of the source's for one word
MOST_WORDS, LONGEST = 200, 40  # of a sentence, and letters of one


@dataclass(frozen=True, slots=True)
class Gloss:
    """`held` are the source's words for those of the sentence, `strange` words of the sentence that it does not have,
    `things` where those of them begin that name a thing, `weight` how much they are, in words: what is done is told in
    more ways than what a thing is called. Words that the tables don't have are in none of these. `numbers` is how many
    numbers the sentence has. `is_in_order`: both languages put their words in one order."""

    text: str
    held: tuple[Word, ...]
    strange: tuple[Word, ...]
    things: frozenset[int]
    weight: float
    numbers: int
    is_in_order: bool


def _parted(lines: str) -> tuple[tuple[frozenset[str], ...], ...]:
    entries = filter(None, map(str.strip, re.split(r"[;\n]", lines)))
    return tuple(tuple(frozenset(side.split()) for side in entry.split("/")) for entry in entries)


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Of each form of an English word all of them."""
    groups = (frozenset(one.split()) for one in re.split(r"[;\n]", forms.FORMS))
    return {form: group for group in groups for form in group}


@cache
def _entries() -> tuple[tuple[frozenset[str], ...], ...]:
    """Each meaning as its words in each of the three languages."""
    return _parted("\n".join(part.WORDS for part in (deeds, ways, letters, matters, nature, society)))


@cache
def _index(language: str) -> dict[str, frozenset[int]]:
    """Of each word and each stem of a language the meanings that have it."""
    found: dict[str, set[int]] = {}
    side = TONGUES.index(language)
    for at, entry in enumerate(_entries()):
        for word in entry[side]:
            for form in (fold(word), "~" + stem_of(word, language)):
                found.setdefault(form, set()).add(at)
    return {form: frozenset(entries) for form, entries in found.items()}


def forms_of(word: str) -> frozenset[str]:
    """The forms of an English word that no ending makes."""
    return _forms().get(word, frozenset())


@lru_cache(maxsize=20_000)
def stem_of(word: str, language: str) -> str:
    """What the forms of a word have in common."""
    if language == "de":
        return _ENDING.sub("", _BEFORE_ENDING.sub("", fold(word)))
    if language == "es":
        stem = _SPANISH_ENDING.sub("", fold(word)).replace("ie", "e").replace("ue", "o")
        return stem[:-1] + "z" if stem.endswith("c") else stem
    return term(word, language)


@lru_cache(maxsize=4000)
def _meanings(word: str, language: str) -> frozenset[int]:
    if len(word) > LONGEST:
        return frozenset()
    index = _index(language)
    bare = [word]
    if language == "es" and _ENCLITICS.search(word):
        bare.append(_ENCLITICS.sub("", word))
    if language == "de" and word.startswith("ge") and len(word) > 5:
        bare.append(word[2:])
    none = frozenset[int]()
    found = index.get(fold(word), none) | index.get("~" + stem_of(word, language), none)
    return found or next((known for form in bare if (known := index.get("~" + stem_of(form, language)))), none)


def meanings(word: str, language: str, into: str) -> frozenset[str]:
    """What a word is called in another language; nothing where that is not known."""
    side = TONGUES.index(into)
    return frozenset(other for at in _meanings(word, language) for other in _entries()[at][side])


@lru_cache(maxsize=4000)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a German word, as far as they are known; "" for one that is not."""
    best: tuple[str, ...] = ()
    for at in range(len(word) - LEAST_PART, 1, -1):
        ahead, behind = word[:at], word[at:]
        known = _meanings(behind, "de")
        if known and ahead in _AHEAD:
            return (behind,)
        if not known or not _is_thing(known):
            continue
        for joint in _JOINTS:
            bare = ahead.removesuffix(joint) if joint else ahead
            if bare + joint == ahead and len(bare) >= LEAST_PART and _meanings(bare, "de"):
                return (bare, behind)
        if len(behind) > _SHORT and len(ahead) > _SHORT and not best:
            best = (*(parts_of(ahead) or ("",)), behind)
    return best


@lru_cache(maxsize=16)
def glossed(text: str, language: str, into: str, there: Vocabulary) -> Gloss:
    """A text in the words that a source has."""
    numbers = numbers_in(text, language)
    inside = {at for one in numbers for at in range(one.start, one.until)}
    made, last = list[str](), 0
    held, strange, things, weight = list[Word](), list[Word](), list[int](), 0.0
    for word in words_in(text)[:MOST_WORDS]:
        if word.start in inside or len(word.text) > LONGEST or word.text in _COMES_TO:
            continue
        may_be_deed = language == "es" or (language == "de" and text[word.start].islower())
        told = _told(word.text, language, into, there, may_be_deed)
        made += [text[last : word.start], told.text or word.text]
        last = word.start + len(word.text)
        if word.text in LIGHT:
            continue
        held += [Word(one, word.start, word.is_name) for one in told.found]
        if told.weight:
            strange.append(word)
            things.extend([word.start] if told.weight == THING else ())
            weight += told.weight
    counted = sum(not (one.is_loose or one.is_name) for one in numbers)
    whole, is_in_order = "".join([*made, text[last:]]), "de" not in (language, into)
    return Gloss(whole, tuple(held), tuple(strange), frozenset(things), weight, counted, is_in_order)


@dataclass(frozen=True, slots=True)
class _Told:
    """The source's words for a word, how much of it is missing, and what stands for it: all that the source may call
    it, or a word for it that the source doesn't have."""

    found: tuple[str, ...]
    weight: float = 0.0
    text: str = ""


@lru_cache(maxsize=4000)
def _told(word: str, language: str, into: str, there: Vocabulary, may_be_deed: bool) -> _Told:
    if same := _known(word, language, into, there):
        is_deed = min(_meanings(word, language)) < _ways()
        return _Told(same[:1], text=" ".join(same[: 1 if is_deed else MOST_NAMES]))
    if other := (word if there.same(word) else there.alike(word)):
        return _Told((other,), text=other)
    if known := _meanings(word, language):
        others = sorted(meanings(word, language, into))
        instead = next((one for one in others if sides_of(one)[1]), others[0] if others else "")
        return _Told((), WAY if (min if may_be_deed else max)(known) < _ways() else THING, text=instead)
    if len(word) > 6 and word.endswith(_LEARNED):
        return _Told((), THING)
    if language == "de" and (parts := parts_of(word)):
        told = [_known(part, language, into, there) for part in parts if part]
        found = tuple(names[0] for names in told if names)
        text = " ".join(one for names in told for one in names[:MOST_NAMES] if not sides_of(one)[1])  # "meltwater"
        return _Told(found, THING * (len(told) - len(found)) / len(parts), text)
    return _Told(())


def _known(word: str, language: str, into: str, there: Vocabulary) -> tuple[str, ...]:
    """All words of the source that may stand for one."""
    others = sorted(meanings(word, language, into))
    if exact := tuple(dict.fromkeys(one for other in others if (one := _there(other, into, there)))):
        return exact
    near = dict.fromkeys(there.same(one) for other in others for one in sorted(group_of(other)))
    return tuple(one for one in near if one and not is_stop_word(one, into))


def _there(word: str, language: str, there: Vocabulary) -> str:
    if same := there.same(word):
        return same
    if language == "en":
        return next((one for one in sorted(forms_of(word)) if one in there), "")
    return there.ends(word) if language == "de" and len(word) <= _SHORT else ""


def is_thing(word: str, language: str) -> bool:
    """Whether a word is known to name a thing and nothing else."""
    return bool(known := _meanings(word, language)) and min(known) >= _ways()


def is_way(word: str, language: str) -> bool:
    """Whether a word is known to say what is done, or how, where or when."""
    return language in TONGUES and bool(known := _meanings(word, language)) and min(known) < _ways()


def _is_thing(known: Collection[int]) -> bool:
    """Whether any of these meanings is of a thing."""
    return max(known) >= _ways()


@cache
def _ways() -> int:
    """How many of the meanings are of what is done and how things are."""
    return len(_parted(deeds.WORDS)) + len(_parted(ways.WORDS))
