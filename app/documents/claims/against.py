"""Whether a source says the opposite of a sentence, as far as its words show it.

    speaks_against("Loans become cheaper.", ["A higher key rate makes loans dearer."])     # "cheaper"

The ways: the clause of a source that says the same has a "not" more or less, or at another word; the clause nearest to
a word has its opposite (`opposites.py`); two things are compared the other way round; what is told of one name is told
of another; what a source says is turned (`turned.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.documents.claims.opposites import sides_of
from app.documents.claims.small_words import LIGHT, NEGATIONS, REFUSING, words
from app.documents.claims.support import (
    CLAUSE,
    HALF,
    Word,
    best_support,
    clauses_of,
    is_in,
    negations_in,
    sentences_of,
    source_language,
    words_in,
)
from app.documents.claims.synonyms import group_of
from app.documents.claims.turned import turned

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ANSWER = re.compile(r"^(?:yes|no|ja|nein|sí|no|oui|non|si|sim|não|nee|nie|tak)\b[,.:;!]\s*", re.IGNORECASE)
#: "may not exceed five", "no more than five": says how much, not that something is not so
_AT_MOST = re.compile(
    r"\b(?:not (?:to )?exceed|not exceeding|(?:not|no) (?:more|less|fewer|later|longer|older|higher|earlier) than"
    r"|nicht (?:mehr|weniger|länger|später|älter) als|nicht überschreiten|no (?:más|menos) de|no (?:exceder|superar)\w*"
    r"|pas (?:plus|moins) de|ne (?:dépasse\w*|excède\w*) pas)\b",
    re.IGNORECASE,
)
#: what ends the reach of a "not"
_TURN = words("but except only unless sondern außer nur sino excepto solo salvo mais sauf ma sed maar behalve")
_WHY = words("because since so must will should would may might weil denn da muss soll porque pues debe")
_THAN = re.compile(
    r"\b(?:than|als|que|dan|niż|rispetto|instead of|rather than|statt|anstelle|en lugar de|en vez de|au lieu de"
    r"|invece di|em vez de|in plaats van)\b",
    re.IGNORECASE,
)
_BEHIND_THAN = re.compile(r"\b(?:than|(?<=er )als)\b[^,;:.]*?(?=[,;:.]|\s(?:and|und)\s|$)")
#: of a number, not of what is told: "more than half"
_MORE_THAN = re.compile(r"\b(?:more|less|fewer|mehr|weniger|más|menos)\s(?:than|als|que|de)\b", re.IGNORECASE)
_DEGREE = re.compile(r"\b(?:more|less|fewer|mehr|weniger|más|menos|plus|moins|più|meno|mais)\b", re.IGNORECASE)
#: somebody says no to doing something
_REFUSED = re.compile(
    r"\b(?:(?:refus(?:e[sd]?|ing)|declin(?:e[sd]?|ing))\sto\s"
    r"|(?:ver)?weiger(?:n|te?n?)\b[^.;:]{0,120}?\bzu\s|se\s(?:neg(?:ó|aron)|niegan?)\sa\s)"
    r"(?P<deed>[^\W\d_]+)",
    re.IGNORECASE,
)
#: "fristlos", "harmless": without something
_WITHOUT = re.compile(r"\w{4,}(?:los(?:e[nrsm]?)?|less|frei(?:e[nrsm]?)?)")
#: "A but not B"
_CONTRAST = re.compile(
    r"[,;]|\b(?:but|rather|instead|and|while|whereas|than|aber|und|sondern|statt|während|sino|pero|y|mais|et|ma|mas|e)\b",
    re.IGNORECASE,
)
MOST_DENIED = 4  # words that a "not" reaches forward
LEAST_HELD, LEAST_DENIED = 0.75, 2


def speaks_against(text: str, passages: Sequence[str]) -> str | None:
    """The word by which a source says the opposite; None where none does."""
    text = _AT_MOST.sub(" ", _ANSWER.sub("", text))
    ways = [_by_not, _by_all_denied, _by_refusal, _by_denied, _by_opposite, _by_order]
    if not _is_from_other_end(text, passages):  # these look at the order of its words
        ways += [_by_name, turned]
    return next((word for way in ways if (word := way(text, passages))), None)


def is_denied_opposite(word: str, text: str, place: str) -> bool:
    """Whether a text says "not" to a word of whose opposite a place speaks without one: "not allowed", "forbidden"."""
    opposites = sides_of(word)[1]
    if not opposites or negations_in(text) % 2 == negations_in(place) % 2:
        return False
    return not opposites.isdisjoint(_tokens(place)) and is_in(word, denied_in(text) | denied_in(place))


def gloss_speaks_against(text: str, passages: Sequence[str], *, is_in_order: bool) -> str | None:
    """The same of a sentence that was put in the sources' words one by one. `is_in_order`: these stand as they would
    in the sources' language."""
    ways = (_by_opposite, _by_name, turned) if is_in_order else (_by_opposite,)
    return next((word for way in ways if (word := way(text, passages))), None)


def plainly_speaks_against(text: str, passages: Sequence[str]) -> str | None:
    """The same by the ways alone that a text in quite other words seldom sets off."""
    ways = (_by_denied, _by_opposite, _by_order)
    return next((word for way in ways if (word := way(text, passages))), None)


@dataclass(frozen=True, slots=True)
class _Region:
    """A clause of a source: all its words, those that are not behind a "than", those that carry meaning, those that a
    "not" reaches, whether it says "not" an odd number of times, and whether it says no in another way."""

    held: frozenset[str]
    sided: frozenset[str]
    words: tuple[str, ...]
    denied: frozenset[str]
    is_odd: bool
    refuses: bool


@lru_cache(maxsize=256)
def _regions(passage: str, by: re.Pattern[str]) -> tuple[_Region, ...]:
    """The clauses of a passage."""
    parts = [_AT_MOST.sub(" ", passage[start:end]) for start, end in clauses_of(passage, by=by)]
    return tuple(
        _Region(
            frozenset(_tokens(part)),
            frozenset(_tokens(_BEHIND_THAN.sub("", _MORE_THAN.sub("", part)))),
            tuple(word.text for word in words_in(part)),
            denied_in(part),
            negations_in(part) % 2 == 1,
            _refuses(part),
        )
        for part in parts
    )


def _refuses(text: str) -> bool:
    tokens = _tokens(text)
    return not REFUSING.isdisjoint(tokens) or any(_WITHOUT.fullmatch(token) for token in tokens)


def _tokens(text: str) -> list[str]:
    return [match[0].lower().replace("’", "'") for match in _TOKEN.finditer(text)]


def _content(text: str) -> list[Word]:
    return [word for word in words_in(text) if word.text not in LIGHT]


def _denied(text: str) -> frozenset[str]:
    """The words of a clause that a "not" reaches."""
    found, reach = set[str](), set[int]()
    content = {word.text for word in words_in(text)}
    tokens = _tokens(text)
    for at, token in enumerate(tokens):
        if token not in NEGATIONS and not token.endswith("n't"):
            continue
        reached: list[str] = []
        for place, other in enumerate(tokens[at + 1 :], at + 1):
            if other in _TURN or len(reached) == MOST_DENIED or (reached and other in _WHY):
                break
            if other.removesuffix("'s") in content:
                reached.append(other.removesuffix("'s"))
            reach.add(place)
        found.update(reached or [one for one in tokens[max(0, at - 4) : at] if one in content][-2:])
    free = {token for at, token in enumerate(tokens) if at not in reach}
    return frozenset(found - free if reach else found)


def denied_in(text: str) -> frozenset[str]:
    """The words of a text that a "not" reaches."""
    return frozenset[str]().union(*(_denied(text[start:end]) for start, end in clauses_of(text)))


def _by_not(text: str, passages: Sequence[str]) -> str | None:
    """A clause with all the words of one of the sentence's, of which a "not" reaches the one but not the other."""
    is_odd, refuses = negations_in(text) % 2 == 1, _refuses(text)
    for start, end in clauses_of(text):
        said = [word.text for word in _content(text[start:end])]
        if len(said) < 2 or text.startswith("|"):
            continue
        denied = _denied(text[start:end])
        same, differing = 0.0, (0.0, "")
        for passage in passages:
            for region in (*_regions(passage, CLAUSE), *_regions(passage, HALF)):
                held = [word for word in said if is_in(word, region.words)]
                share = len(held) / len(said)
                if share < LEAST_HELD:
                    continue
                word = next((one for one in held if is_in(one, denied) != is_in(one, region.denied)), "")
                is_told = region.is_odd != is_odd and not region.refuses and not refuses
                if not word or not is_told:
                    same = max(same, share)
                elif share > differing[0]:
                    differing = share, word
        if differing[0] > same:
            return differing[1]
    return None


def _by_all_denied(text: str, passages: Sequence[str]) -> str | None:
    """ "It also shifts the equilibrium", where all a source says of this is "but does not shift the equilibrium"."""
    said = [] if negations_in(text) or _refuses(text) else [word.text for word in _content(text)]
    for region in (region for passage in passages for region in _regions(passage, CLAUSE)):
        if (
            len(region.denied) < LEAST_DENIED
            or not region.is_odd
            or not all(is_in(word, said) for word in region.denied)
        ):
            continue
        others = (other for passage in passages for other in _regions(passage, CLAUSE) if not other.is_odd)
        if not any(all(is_in(word, other.words) for word in region.denied) for other in others):
            return next(word for word in said if is_in(word, region.denied))
    return None


def _by_denied(text: str, passages: Sequence[str]) -> str | None:
    """ "A but not B" where a source says "B but not A"."""
    for start, end in sentences_of(text):
        said = [word.text for word in words_in(text[start:end])]
        denied = denied_in(text[start:end])
        if not denied or len(denied) == len(said) or not _CONTRAST.search(text, start, end):
            continue
        for passage in passages:
            for first, last in sentences_of(passage):
                place = passage[first:last]
                held, reached = {word.text for word in words_in(place)}, denied_in(place)
                shared = [word for word in said if is_in(word, held)]
                turned_off = [word for word in shared if is_in(word, reached) and not is_in(word, denied)]
                turned_on = [word for word in shared if is_in(word, denied) and not is_in(word, reached)]
                if turned_off and turned_on and len(shared) >= LEAST_HELD * len(said):
                    return turned_on[0]
    return None


def _by_refusal(text: str, passages: Sequence[str]) -> str | None:
    """ "He refused to write" where the place that tells of it says that he wrote, and says no in no way."""
    refused = None if negations_in(text) else _REFUSED.search(text)
    best = best_support(_content(text), passages) if refused else None
    if refused is None or best is None:
        return None
    place = _tokens(passages[best.passage][best.start : best.end])
    says_no = any(one in NEGATIONS or one in REFUSING or one.endswith("n't") for one in place)
    deed = refused["deed"].lower()
    return refused[0].split()[0] if not says_no and (is_in(deed, place) or is_in(_stem(deed), place)) else None


def _stem(deed: str) -> str:
    """What a German verb mostly keeps in the past: "unterschreiben", "unterschrieb"."""
    return deed.removesuffix("en").replace("ei", "ie")


def _by_opposite(text: str, passages: Sequence[str]) -> str | None:
    """A word whose opposite stands in a clause that is nearer to the sentence's other words than any clause with it."""
    for start, end in clauses_of(text):
        clause = text[start:end]
        denied = _denied(clause)
        tokens, seen = _tokens(_BEHIND_THAN.sub("", _MORE_THAN.sub("", clause))), set[str]()
        for token in tokens:
            like, opposites = sides_of(token)
            if not opposites or token in seen or token in denied:
                continue
            if _is_from_other_end(clause, passages, opposites):
                continue
            seen |= opposites | like  # of two opposites in one clause the first decides
            if opposites & set(tokens) and not _THAN.search(clause) and _has_both(like, opposites, passages):
                continue
            others = [word.text for word in _content(clause) if not sides_of(word.text)[1]]
            others += [one for one in tokens if sides_of(one)[1] and one not in opposites and one not in like]
            like |= group_of(token) - opposites
            is_first = bool(others) and others[0] in tokens[: tokens.index(token)]
            if is_first and _THAN.search(clause) and not _is_sided(others[0], opposites, passages):
                continue
            if others and any(_is_opposed(like, opposites, others, is_first, passages, by) for by in (CLAUSE, HALF)):
                return token
    return None


def _is_sided(word: str, opposites: Collection[str], passages: Sequence[str]) -> bool:
    """Whether half of a sentence of a source has a word beside one of these: "the high heat capacity of water" says
    nothing against "copper has a lower one than water"."""
    regions = (region for passage in passages for region in _regions(passage, HALF))
    return any(is_in(word, one.held) and not one.sided.isdisjoint(opposites) for one in regions)


def _has_both(like: Collection[str], opposites: Collection[str], passages: Sequence[str]) -> bool:
    """Whether a sentence of a source has a word and its opposite, as where one thing rises and another falls."""
    held = (set(_tokens(passage[start:end])) for passage in passages for start, end in sentences_of(passage))
    return any(not one.isdisjoint(like) and not one.isdisjoint(opposites) for one in held)


def _is_opposed(
    like: Collection[str],
    opposites: Collection[str],
    others: Sequence[str],
    is_first: bool,
    passages: Sequence[str],
    by: re.Pattern[str],
) -> bool:
    """`is_first`: the first of the others stands before the word, as what is spoken of does."""
    own, against = 0, 0
    for passage in passages:
        for region in _regions(passage, by):
            told = sum(is_in(word, region.held) for word in others) + (is_first and is_in(others[0], region.words[:1]))
            if not region.sided.isdisjoint(like):
                own = max(own, told)
            elif not region.sided.isdisjoint(opposites) and not (
                region.held & NEGATIONS or {"away", "from"} <= region.held
            ):
                against = max(against, told)
    return against > own and against >= max(min(2, len(others)), 0.5 * len(others))


def _by_name(text: str, passages: Sequence[str]) -> str | None:
    """A sentence that begins with a name, where the clause that says the same begins with another."""
    start, end = next(iter(clauses_of(text)), (0, 0))
    first, *rest = words_in(text[start:end]) or [Word("", 0)]
    others, said = [word.text for word in rest if not word.is_name], {word.text for word in words_in(text)}
    if len(others) < 2:
        return None
    own, against, is_name = 0, 0, False
    for passage in passages:
        names = _names(passage)
        is_name = is_name or first.text in names
        for region in _regions(passage, CLAUSE):
            much = sum(is_in(word, region.held) for word in others)
            leader = next(iter(region.words), "")
            if leader in names and not any(is_in(word, said) for word in names & set(region.words)):
                against = max(against, much)
            else:
                own = max(own, much)
    return first.text if is_name and against > own and against >= 0.6 * len(others) else None


@lru_cache(maxsize=64)
def _names(passage: str) -> frozenset[str]:
    """The names of a passage; none of a German one, whose nouns are all written so."""
    if source_language(passage) == "de":
        return frozenset()
    return frozenset(word.text for word in words_in(passage) if word.is_name)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What stands before and behind a "than", all words before it, and the last "more" or "less" of these."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    before: frozenset[str]
    degree: str

    def opposites(self) -> frozenset[str]:
        """The opposites of the words before it."""
        return frozenset[str]().union(*(sides_of(word)[1] for word in self.before))

    def exchanged(self, other: _Comparison) -> str:
        """A word that stands on the other side there, as one from behind the "than" does too; "" where none does."""
        first = next((w for w in self.left if is_in(w, other.right) and not is_in(w, other.left)), "")
        return first if any(is_in(w, other.left) and not is_in(w, other.right) for w in self.right) else ""


def _comparisons_in(passages: Sequence[str]) -> Iterator[_Comparison]:
    for passage in passages:
        for start, end in sentences_of(passage):
            yield from _sides(passage[start:end])


def _is_from_other_end(text: str, passages: Sequence[str], opposites: Collection[str] = ()) -> bool:
    """Whether a source says of B and A with the opposite word, or one of these, what a text says of A and B."""
    return any(
        mine.exchanged(other) and not other.before.isdisjoint(opposites or mine.opposites())
        for mine in _sides(text)
        for other in _comparisons_in(passages)
    )


def _by_order(text: str, passages: Sequence[str]) -> str | None:
    """ "A is better than B" where a source says that B is better than A."""
    for mine in _sides(text):
        for other in _comparisons_in(passages):
            word = mine.exchanged(other)
            is_like = any(is_in(one, other.left) for one in mine.left) or (mine.degree and mine.degree == other.degree)
            if word and is_like and other.before.isdisjoint(mine.opposites()):
                return word
    return None


def _sides(text: str) -> Iterator[_Comparison]:
    """The comparisons of a text."""
    for start, end in clauses_of(text):
        if match := _THAN.search(text, start, end):
            before = text[start : match.start()]
            yield _Comparison(
                tuple(word.text for word in words_in(before)),
                tuple(word.text for word in words_in(text[match.end() : end])),
                frozenset(_tokens(before)),
                next(iter(reversed(_DEGREE.findall(before))), "").lower(),
            )
