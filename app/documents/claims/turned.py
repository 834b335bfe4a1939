"""Whether a sentence turns what a source says: who does and who is done to, from where and to where, more and less.

turned("The king is murdered by his wife.", ["The king is murdered. His wife goes mad."])      # "wife"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from app.documents.claims.numbers import numbers_in
from app.documents.claims.small_words import LIGHT, words
from app.documents.claims.support import (
    HALF,
    best_support,
    clauses_of,
    is_in,
    is_same,
    negations_in,
    sentences_of,
    source_language,
    words_in,
)

#: what turns who does and who is done to, or says what something is
_TURNED = re.compile(
    r"\b(?:is|are|was|were|be|been|being|by|called|known|named|ist|sind|war|waren|wird|werden|wurde|wurden|worden|von|durch"
    r"|es|son|fue|fueron|ser|por|est|sont|été|fut|par|è|sono|stato|stata|da|dal|são|foi|foram|pelo|pela|door|werd|przez)\b",
    re.IGNORECASE,
)
_BE = (
    r"\b(?:is|are|was|were|be|been|being|es|son|fue|fueron|ser|sido|est|sont|été|fut|furent|è|sono|stato|stata|stati|são"
    r"|foi|foram)\b"
)
_BY = r"\b(?P<by>by|por|par|da|dal|dalla|dai|pelo|pela)\b"
#: "is broken by": who does it stands behind
_PASSIVE = re.compile(rf"{_BE}(?P<done>[^,;:.]{{1,60}}?){_BY}", re.IGNORECASE)
#: of a source, with who does it
_DONE_BY = re.compile(rf"{_BE}(?P<done>[^;:.]{{1,80}}?){_BY}(?P<who>[^,;:.]{{1,40}})", re.IGNORECASE)
_BEFORE, FAR = re.compile(r"[.;:]"), 80  # characters before a passive that tell of it
_FROM_TO = re.compile(
    r"\b(?:from|von|vom|aus|de|desde|du|da|dal)\s(?P<here>[^,;:.]{1,50}?)\s(?:to|into|nach|zu|zum|zur|a|al|hasta|à|au|in)\s"
    r"(?P<there>[^,;:.]{1,40})",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:more|mehr|más|plus|più|mais)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less|fewer|weniger|menos|moins|meno)\b", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|als|que|di|do que|the (?:more|less))\b", re.IGNORECASE)
#: "To win the war, …": of whom it speaks comes behind
_AHEAD = re.compile(
    r"^\s*(?:to|in|on|at|for|with|without|by|from|after|before|during|because|since|if|when|while|although|para|en|con|sin"
    r"|por|tras|desde|cuando|si|pour|dans|avec|sans|après|avant|depuis|quand)\b[^,;:]{1,80},\s",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:more|less|fewer|\w{2,}er|worse|mehr|weniger)(?:\s[\w-]+)?\s(?:than|als)\b"
    r"(?!\s(?:\d|half\b|a\b|two\b|die Hälfte))",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"\b(?:than|als|more|less|fewer|most|least|\w{3,}er|\w{3,}est|while|whereas|but|only|mehr|weniger|nur|während|aber)\b",
    re.IGNORECASE,
)
#: what a sentence begins with
_SUBJECT = re.compile(
    r"\s*(?:the|a|an|all|most|some|der|die|das|ein|eine|el|la|los|las|un|una|le|les|une|il|o|os|as)?\s?(?P<what>[^\W\d_]{3,})",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\s[\d½¼]")
MOST_IN_ROLES, LEAST_TOLD, LEAST_SHARED = 9, 0.6, 0.75
#: languages that say who does before what is done
_FIXED_ORDER = words("en fr es it pt")


def turned(text: str, passages: Sequence[str]) -> str | None:
    """The word that a source has elsewhere; None where nothing is turned."""
    ways = (_by_roles, _by_doer, _by_other, _by_patient, _by_direction, _by_degree, _by_comparing, _by_subject)
    return next((word for way in ways if (word := way(text, passages))), None)


def _texts(text: str) -> list[str]:
    """Each sentence and each half of one."""
    spans = dict.fromkeys([*sentences_of(text), *clauses_of(text, by=HALF)])
    return [text[start:end] for start, end in spans]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.text for word in words_in(text)))


def _in_order(text: str) -> list[str]:
    """The words of a clause: who does, what is done, to whom; nothing where that is not plain."""
    text = _AHEAD.sub("", text)
    if match := _PASSIVE.search(text):
        before, behind = _words(text[: match.start("by")]), _words(text[match.end("by") :])
        return [*behind, *before[-1:], *before[:-1]] if before and behind else []
    return [] if _TURNED.search(text) else _words(text)


def _by_roles(text: str, passages: Sequence[str]) -> str | None:
    """ "A breaks B" where a source says "B breaks A" or "A is broken by B"."""
    for clause in _texts(text):
        said = _in_order(clause)
        numbers = sum(not one.is_name for one in numbers_in(clause))
        if not 3 <= len(said) <= MOST_IN_ROLES or numbers > 1:  # "100 dB and 60 dB": the numbers tell
            continue
        if any(is_same(*two) for two in combinations(said, 2)):
            continue
        for passage in passages:
            if source_language(passage) in _FIXED_ORDER and any(_is_turned(said, part) for part in _texts(passage)):
                return said[0]
    return None


def _is_turned(said: Sequence[str], part: str) -> bool:
    """Whether a clause has the words before one behind it, and those behind it before."""
    held = _in_order(part)
    places = []
    for word in said:
        at = [place for place, other in enumerate(held) if is_in(word, (other,))]
        if len(at) > 1:
            return False
        places += at
    if not any(is_in(said[0], (other,)) for other in held):  # of whom it speaks stands elsewhere
        return False
    return len(places) >= max(3, 0.75 * len(said)) and any(
        min(places[:at]) > places[at] > min(places[at + 1 :]) for at in range(1, len(places) - 1)
    )


def _by_doer(text: str, passages: Sequence[str]) -> str | None:
    """ "It was done by A" where the clause that tells of it names B, or nobody and A only elsewhere."""
    match = _PASSIVE.search(text)
    if match is None:
        return None
    done = _words(match["done"])[-1:]
    doers = [word for word in _words(text[match.end("by") :])[:2] if word not in LIGHT]
    patient = _words(text[: match.start()])
    everywhere = {word.text for passage in passages for word in words_in(passage)}
    if not done or not doers or not all(is_in(word, everywhere) for word in doers):
        return None
    rest = [word for word in words_in(text) if word.text in (*patient, *done)]
    best = best_support(rest, passages)
    if best is None or best.share < LEAST_TOLD:
        return None
    place = passages[best.passage][best.start : best.end]
    clauses = [place[start:end] for start, end in clauses_of(place)]
    told = [one for one in clauses if all(is_in(word, _words(one)) for word in (*patient, *done))]
    if len(told) == 1 and _TURNED.search(told[0]) and not _PASSIVE.search(told[0]):  # it does not say by whom
        place = told[0]
    return doers[0] if not any(is_in(word, _words(place)) for word in doers) else None


def _by_other(text: str, passages: Sequence[str]) -> str | None:
    """ "A did it" where a source says that it was done by B."""
    said = words_in(text)
    if len(said) < 3 or _TURNED.search(text):
        return None
    for passage in passages:
        names = {word.text for word in words_in(passage) if word.is_name}
        for match in _DONE_BY.finditer(passage):
            place = _words(_BEFORE.split(passage[max(0, match.start() - FAR) : match.start()])[-1] + match[0])
            doers = _words(match["who"])[:2]
            is_done = is_in(said[1].text, _words(match["done"])[:1]) and any(is_in(one.text, place) for one in said[2:])
            if is_done and said[0].text in names and doers and not any(is_in(one, _words(text)) for one in doers):
                return said[0].text
    return None


def _by_patient(text: str, passages: Sequence[str]) -> str | None:
    """ "A was beaten by them" where a source says that others were beaten by A."""
    match = _PASSIVE.search(text)
    if match is None:
        return None
    patient, done = _words(text[: match.start()]), _words(match["done"])[-1:]
    for passage in passages:
        for other in _DONE_BY.finditer(passage):
            is_done = bool(done) and is_in(done[0], _words(other["done"]))
            if is_done and patient and all(is_in(word, _words(other["who"])) for word in patient):
                return patient[0]
    return None


def _by_direction(text: str, passages: Sequence[str]) -> str | None:
    """ "From A to B" where a source says "from B to A"."""
    for mine in _FROM_TO.finditer(text):
        for passage in passages:
            for other in _FROM_TO.finditer(passage):
                here, there = _words(mine["here"]), _words(mine["there"])
                origin, goal = _words(other["here"]), _words(other["there"])
                is_back = any(is_in(word, origin) and not is_in(word, goal) for word in there)
                is_forth = any(is_in(word, goal) and not is_in(word, origin) for word in here)
                beside, told = _words(text[: mine.start()]), _words(passage[: other.start()])[-4:]
                is_told = len(beside) > 1 and all(is_in(word, told) for word in beside)
                if is_back and (is_forth or (is_told and not any(is_in(word, origin) for word in here))):
                    return there[0]
    return None


def _by_degree(text: str, passages: Sequence[str]) -> str | None:
    """ "Less confident" where sources only say "more confident"."""
    if _THAN.search(text):
        return None
    for mine, its in ((_MORE, _LESS), (_LESS, _MORE)):
        for word in _beside(mine, text):
            same = any(is_same(word, other) for passage in passages for other in _beside(mine, passage))
            if not same and any(is_same(word, other) for passage in passages for other in _beside(its, passage)):
                return word
    return None


def _beside(degree: re.Pattern[str], text: str) -> list[str]:
    """The word behind each of these, or the one before it where none follows at once."""
    found = []
    for match in degree.finditer(text):
        behind = words_in(text[match.end() : match.end() + 40])
        if behind and behind[0].start == 1:
            found.append(behind[0].text)
        elif before := words_in(text[max(0, match.start() - 40) : match.start()]):
            found.append(before[-1].text)
    return found


def _by_comparing(text: str, passages: Sequence[str]) -> str | None:
    """ "A is longer than B" where no place of a source has both, or it has them without comparing."""
    match = _COMPARED.search(text)
    if match is None:
        return None
    mine, its = _words(text[: match.start()]), _words(text[match.end() :])[:2]
    if not mine or not its or negations_in(text):
        return None
    if any(_is_compared(mine[:2], its, place) for passage in passages for place in _places(passage)):
        return None
    everywhere = {word.text for passage in passages for word in words_in(passage)}
    return its[0] if is_in(its[0], everywhere) else None


def _places(passage: str) -> list[str]:
    """Each sentence, and each two that follow one another."""
    spans = sentences_of(passage)
    return [passage[first[0] : last[1]] for first, last in [*zip(spans, spans, strict=True), *pairwise(spans)]]


def _is_compared(mine: Sequence[str], its: Sequence[str], place: str) -> bool:
    """Whether a place speaks of both, and compares or gives numbers that let one compare."""
    held = _words(place)
    if not any(is_in(word, held) for word in mine) or not any(is_in(word, held) for word in its):
        return False
    return bool(_COMPARING.search(place)) or sum(not one.is_name for one in numbers_in(place)) > 1


def _by_subject(text: str, passages: Sequence[str]) -> str | None:
    """What a source says of one thing told of another one of its things."""
    everywhere = {word.text for passage in passages for word in words_in(passage)}
    for start, end in sentences_of(text):
        match = _SUBJECT.match(text, start, end)
        subject, *rest = [word.text for word in words_in(text[start:end]) if word.text not in LIGHT] or [""]
        if match is None or len(rest) < 2 or match["what"].lower() != subject or not is_in(subject, everywhere):
            continue
        if _FIGURE.match(text, match.end()):  # "Dilute 10 mL of it": nobody is spoken of
            continue
        own, against = 0, 0
        for passage in passages:
            for first, last in sentences_of(passage):
                held = _words(passage[first:last])
                much = sum(is_in(word, held) for word in rest)
                leader = _SUBJECT.match(passage, first, last)
                first_word = leader["what"].lower() if leader else ""
                if is_in(subject, held) or is_in(first_word, rest):
                    own = max(own, much)
                elif held[:1] == [first_word] and is_in(rest[0], held[1:2]):
                    against = max(against, much)
        if against > own and against >= max(2, LEAST_SHARED * len(rest)):
            return subject
    return None
