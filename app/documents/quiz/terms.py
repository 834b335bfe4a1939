"""The parts of a sentence that a question can be about: what it defines, what it names, what it is about.

list(defined("The loss of water is called transpiration."))       # [(28, 41)]
list(named("The brig Aurora lay at berth four.", "en"))           # [(9, 15)]
list(telling("The lens floated on mercury.", "en"))               # [(20, 27), (4, 8)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.documents.claims.small_words import LIGHT, words
from app.documents.stop_words import STOP_WORDS
from app.documents.words import is_stop_word, plain

Span = tuple[int, int]
_NAME = r"(?P<name>[^\W\d_][\w-]*(?:\s+[\w-]+){0,2}?)"
_ARTICLE = r"(?:(?:an?|the|der|die|das|eine?|el|la|los|las|une?|le|les|il|lo|gli|os?|as?|uma?)\s+)?"
#: "The rank is the dimension …": the name stands before
_IS = re.compile(
    rf"{_ARTICLE}{_NAME}\s+(?:(?:is|are)\s+(?:an?|the)|means|ist\s+(?:eine?|der|die|das)|sind\s+die|bedeutet"
    r"|(?:es|son)\s+(?:el|la|los|las|una?)|(?:est|sont)\s+(?:une?|le|la|les))\s(?P<what>(?:[\w-]+\s){0,2}?[\w-]+)",
    re.IGNORECASE,
)
#: what tells nothing of a thing: "X is a key part of …" fits many
_VAGUE = words(
    "key main major important good great common typical simple example examples segment part parts result results "
    "matter problem question way topic issue field area case one lot number reason cause beispiel teil ergebnis frage "
    "grund wichtiger wichtige wichtiges ejemplo parte resultado problema exemple partie résultat problème esempio parte"
)
#: of what a text itself is, not of what it is about: "The present study is the first …"
_OF_TEXT = words(
    "study paper article report review survey book work chapter introduction conclusion appendix section text aim goal "
    "purpose objective result results conclusion reason problem present following details weitere weiteres arbeit "
    "bericht artikel ziel zweck ergebnis einleitung anhang studie estudio artículo objetivo étude article objectif but"
)
#: "… is called transpiration": it stands behind
_CALLED = re.compile(
    r"\b(?:(?:is|are|was|were|be)\s+(?:called|known\s+as|named|termed)|(?:called|known\s+as|named)"
    r"|(?:nennt|bezeichnet)\s+man|heißt|heißen|(?:se\s+)?llama(?:n)?|s['’]appelle(?:nt)?|si\s+chiama(?:no)?|chama(?:m)?-se)"
    rf"\s+{_ARTICLE}[\"“„«]?{_NAME}[\"”“»]?(?=[.,;:)]|\s+(?:and|but|which|because|und|weil|y|et|e)\s|$)",
)
_CAPITALS = re.compile(
    r"(?<=[^\W_]\s)[A-ZÀ-Þ][^\W\d_]+(?:[\s-](?:(?:of|de|von|van|der|la|v)\s)?[A-ZÀ-Þ][^\W\d_]+){0,3}"
)
_ROMAN = re.compile(r"[IVXLC]+")
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{4,}(?![\w'’-])")
_HEAD = words(
    "the a an of in on at by with from into for to and or as than between above below under over per its their "
    "der die das den dem des ein eine einen einem einer im am vom zum zur aus mit von auf für in an durch über unter "
    "el la los las un una de del en con por para le les une du des dans par sur avec il lo gli di da "
    "nel della o os do"
)
#: words of set phrases ("on average"), and of no thing that could be asked for
_EMPTY = words(
    "average general particular fact example instance inside outside total course case kind sort number amount way "
    "thing part value note addition contrast turn time times basis end beginning use importance help view means aid "
    "role level problems purpose grundlage stelle ende anfang angabe verwendung hilfe rahmen basis bereich sinne bezug "
    "zusammenhang folge zeitpunkt verfügung erstellung durchschnitt allgemeinen beispiel fall art teil weise "
    "zahl mal ejemplo general caso parte vez exemple général cas partie fois esempio caso parte volta exemplo"
)
#: what stands before a word that nobody could know: "for several hours"
_SOME = words(
    "several many few some any all both more most other such various einige mehrere viele wenige alle andere varios "
    "muchos algunos plusieurs quelques beaucoup diversi alcuni vários alguns"
)
_AND = r"(?:and|or|und|oder|y|et|ou|e)\b"
_LISTED_BEFORE = re.compile(rf"(?:,|\b{_AND})\s+(?:\w+\s)?$", re.IGNORECASE)
_LISTED_BEHIND = re.compile(rf"\s*{_AND}", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:[.;:)]|$|,\s+(?:which|who|that|so|but|because|der|die|das|weil|dass|que|qui))|\s+([^\W\d_]+)"
)


def defined(sentence: str) -> Iterator[Span]:
    """The term that a sentence says what it is."""
    for pattern, is_first in ((_IS, True), (_CALLED, False)):
        found = pattern.match(sentence) if is_first else pattern.search(sentence)
        if found and _tells(found["name"]) and not (is_first and _is_vague(found["what"])):
            yield found.span("name")


def _tells(name: str) -> bool:
    """Whether none of its words only carries a sentence."""
    own = [plain(word) for word in name.split()]
    return not any(
        word in LIGHT or word in _OF_TEXT or any(word in stops for stops in STOP_WORDS.values()) for word in own
    )


def _is_vague(what: str) -> bool:
    return any(plain(word) in _VAGUE for word in what.split()[:2])


def named(sentence: str, language: str) -> Iterator[Span]:
    """Names in the middle of a sentence; German writes every noun with a capital."""
    if language == "de":
        return
    for found in _CAPITALS.finditer(sentence):
        before = sentence[: found.start()].split()
        is_half = len(before) == 1 and not is_stop_word(plain(before[0]), language)  # "Aimé Argand bent …"
        is_told = any(_tells(word) for word in found[0].split()) and not _ROMAN.fullmatch(found[0])
        is_name = is_told and not _is_half(sentence, *found.span())
        if is_name and not is_half and not _is_listed(sentence, *found.span()):
            yield found.span()


def _is_half(sentence: str, start: int, end: int) -> bool:
    """Whether it is a part of something longer: of a title in quotation marks, or of "one/other"."""
    before, behind = sentence[start - 1 : start], sentence[end : end + 1]
    is_quoted = sentence[:start].count('"') % 2 or sentence[:start].count("“") > sentence[:start].count("”")
    return "/" in (before, behind) or (bool(is_quoted) and not (before in '"“' and behind in '"”'))


def telling(sentence: str, language: str) -> Iterator[Span]:
    """Words that look like the head of what the sentence speaks of, from its end: behind an article or a preposition,
    before a mark or a small word, and in no list."""
    found = list[Span]()
    for one in _WORD.finditer(sentence):
        word, before = plain(one[0]), sentence[: one.start()].split()
        if word in LIGHT or is_stop_word(word, language) or word.endswith(("ly", "lich")):
            continue
        if language == "de" and not one[0][:1].isupper():
            continue
        if word in _EMPTY or word in _OF_TEXT or (before and plain(before[-1]) in _SOME):
            continue
        behind = _BEHIND.match(sentence, one.end())
        is_head = behind is not None and (not behind[1] or is_stop_word(plain(behind[1]), language))
        lead = [plain(one) in _HEAD for one in before[-2:]]
        is_led = lead[-1:] == [True] or (lead[:1] == [True] and behind is not None and not behind[1])
        if is_head and is_led and one.start() and not _is_listed(sentence, *one.span()):
            found.append(one.span())
    yield from reversed(found)


def _is_listed(sentence: str, start: int, end: int) -> bool:
    """Whether it is one of several that stand side by side: their places could be changed."""
    return bool(_LISTED_BEFORE.search(sentence[:start]) or _LISTED_BEHIND.match(sentence, end))
