"""Whether a reply says what its sources say, without a model: quotes letter by letter, numbers, names, words.

    for one in check(reply, passages, question):
        one.verdict              # "supported", "no-claim", "unsupported", "false-quote", "false-number", …

`passages` are what the model was given, in the order of their numbers; [1] is the first. What can be decided by the
texts is decided; what can't (a sentence whose language has no word table, with no number and no name that is wrong)
passes as "unchecked". A sentence that is marked need not be false: it is not found in what it cites.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.core.claims import MARKED, Verdict
from app.documents.claims.against import is_denied_opposite, speaks_against
from app.documents.claims.figures import false_number
from app.documents.claims.foreign import judged, told_abroad
from app.documents.claims.glosses import THING, WAY, is_thing, is_way
from app.documents.claims.likeness import is_said
from app.documents.claims.numbers import numbers_in
from app.documents.claims.quotes import false_quote, quoted
from app.documents.claims.sentences import Sentence, cut
from app.documents.claims.small_words import LIGHT, words
from app.documents.claims.support import (
    Support,
    Word,
    best_support,
    is_foreign,
    is_in,
    language_of,
    sentences_of,
    source_language,
    words_in,
)
from app.documents.claims.talk import is_no_claim

#: how much of a sentence must stand in one place, 0 to 1: of its words without small ones, each right number counted as
#: a word too. Less where the rest stands elsewhere in the sources ("gathered"), as of a list
LEAST_SHARE = 0.5
LEAST_GATHERED = 0.3
#: of a longer sentence less is enough, where words that stand elsewhere in the source count half, words for what is
#: done or how it is half of those for things, and a number that is right as much as two
MUCH, LEAST_OF_MUCH, NUMBER_TELLS = 3, 0.5, 2
FEW_WORDS = 2  # of which none may be new to the sources, names not counted
MOST_THINGS = 2  # that no source speaks of: a free wording has one or two names of its own for what they say
#: what stands behind a name and says of what kind it is
KINDS = words(
    "union kingdom empire republic state states city river lake sea ocean island mountains university street war court "
    "house company river county province bridge"
)
MOST_INITIALS = 6
SMALL = r"(?:of|the|for|and|de|la|le|du|des|der|die|das|und|für)"  # no letter stands for these
_IDENTIFIER = re.compile(
    r"(?<![\w.])(?:[A-Za-z]{3,20}\d{1,4}|[A-Za-z]{0,20}[a-z][A-Z][a-z]{2,20}|[a-z]{1,20}(?:_[a-z]{1,20}){1,4})(?!\w)"
)
MOST_WORDS, MOST_COMPARED = 400, 80  # of one sentence: no sentence that a person reads has more


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence of a reply. `cites` are the passages that it may show, counted from 1, `unknown` the numbers that no
    passage has. `detail` is the quote, the number or the words that were not found; `support` the best place."""

    start: int
    end: int
    verdict: Verdict
    cites: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    detail: str = ""
    support: Support | None = None

    @property
    def is_marked(self) -> bool:
        """Whether a person is told that the sources don't say this."""
        return self.verdict in MARKED


def check(reply: str, passages: Sequence[str], question: str = "") -> tuple[Checked, ...]:
    """Every sentence of a reply, in order."""
    language = language_of(reply) or language_of(question) or _language_of_all(passages)
    sentences = cut(reply)
    before = ("", *(one.text for one in sentences))
    return tuple(
        _checked(one, passages, question, language, last) for one, last in zip(sentences, before, strict=False)
    )


def _language_of_all(passages: Sequence[str]) -> str:
    """The language of all passages, "" where they have several."""
    found = {source_language(passage) for passage in passages}
    return found.pop() if len(found) == 1 else ""


def _checked(sentence: Sentence, passages: Sequence[str], question: str, language: str, before: str) -> Checked:
    cites = tuple(number for number in sentence.cites if 1 <= number <= len(passages))
    unknown = tuple(number for number in sentence.cites if number not in cites)

    def told(verdict: Verdict, detail: str = "", support: Support | None = None) -> Checked:
        if support is not None:
            support = _with_quote(sentence.text, cited, support)
            support = replace(support, passage=cites[support.passage] - 1 if cites else support.passage)
        return Checked(sentence.start, sentence.end, verdict, cites, unknown, detail, support)

    if unknown:
        return told("unknown-citation", ", ".join(map(str, unknown)))
    cited = [passages[number - 1] for number in cites] or list(passages)
    if (quote := false_quote(sentence.text, cited, question)) is not None:
        return told("false-quote", quote)
    if not cites and (sentence.is_title or is_no_claim(sentence.text)):
        return told("no-claim")
    parts = [(text, [passages[number - 1] for number in own]) for text, own in sentence.parts]
    for text, sources in parts or [(sentence.text, cited)]:
        said = abroad.text if (abroad := told_abroad(text, sources, language)) else text
        if (number := false_number(said, sources, question, before, language, text)) is not None:
            return told("false-number", number)
    return told(*_by_words(sentence, passages, language))


def _with_quote(text: str, passages: Sequence[str], support: Support) -> Support:
    """What a sentence quotes is its best place, whatever else it says."""
    if (quote := quoted(text, passages)) is None:
        return support
    number, first, last = quote
    if number == support.passage and support.start <= first and last <= support.end:
        return support
    spans = [span for span in sentences_of(passages[number]) if span[0] < last and first < span[1]]
    start, end = (min(spans[0][0], first), max(spans[-1][1], last)) if spans else (first, last)
    return replace(support, passage=number, start=start, end=end)


def _by_words(sentence: Sentence, passages: Sequence[str], language: str) -> tuple[Verdict, str, Support | None]:
    """What the words tell: of each part of a sentence with sources of its own, and the worst of these."""
    parts = [(text, [passages[number - 1] for number in cites]) for text, cites in sentence.parts]
    found = [_of_part(text, cited, passages, True, language) for text, cited in parts]
    if found:
        cited = [passages[number - 1] for number in sentence.cites]
        best = best_support(_meaning(sentence.text, language), cited)
        return next(((*one[:2], best) for one in found if one[0] != "supported"), ("supported", "", best))
    cited = [passages[number - 1] for number in sentence.cites] or list(passages)
    return _of_part(sentence.text, cited, passages, bool(sentence.cites), language)


def _meaning(text: str, language: str) -> list[Word]:
    """The words of a sentence, without those of its numbers and their units."""
    numbers = numbers_in(text, language)
    told = [one for one in numbers if not (one.is_loose and one.unit.name)]  # "a week" is a word
    inside = {at for one in told for at in range(one.start, one.until)}
    return [word for word in words_in(text) if word.start not in inside][:MOST_WORDS]


def _of_part(
    text: str, passages: Sequence[str], given: Sequence[str], has_source: bool, language: str
) -> tuple[Verdict, str, Support | None]:
    if (name := _new_identifier(text, passages)) is not None:
        return "unsupported", name, None
    if (abroad := told_abroad(text, passages, language)) is not None:
        others = [one for one in given if one not in passages]
        return judged(abroad, passages, lambda: told_abroad(text, others, language))
    said = _meaning(text, language)
    best = best_support(said, passages)
    if best is None or not said:
        return ("supported" if has_source else "no-claim"), "", best
    if is_foreign(text, passages[best.passage], language):
        return "unchecked", "", best
    foreign = any(is_foreign(text, passage, language) for passage in passages)
    everywhere = {word.text for passage in passages for word in words_in(passage)}
    place = passages[best.passage][best.start : best.end]
    there = {word.text for word in words_in(place)}
    near = [word for word in best.missing if not is_said(word.text, there, language)]
    near = [word for word in near if not is_denied_opposite(word.text, text, place)]
    lacking = [word for word in near if not _is_short_for(_written(text, word), passages)]
    missing = [word for word in lacking if word.text not in LIGHT]
    strange = [word for word in missing if not is_in(word.text, everywhere)]
    if (
        language_of(text) != "de"
        and not foreign
        and (names := [word.text for word in strange if word.is_name and not _is_no_name(text, word)])
    ):
        return "unsupported", names[0], best
    new = [word for word in strange if not is_said(word.text, everywhere, language)]
    held = len(said) - len(lacking)
    is_gathered = len(strange) <= len(said) / 10  # of a list, from many sentences
    if _is_too_little(text, held, missing, new, language, least=LEAST_GATHERED if is_gathered else LEAST_SHARE):
        return "unsupported", " ".join(word.text for word in missing), best
    if not foreign and (word := _new_word(text, said, strange, everywhere, language) or _against(text, said, passages)):
        return "unsupported", word, best
    return "supported", "", best


def _new_identifier(text: str, passages: Sequence[str]) -> str | None:
    """A name of a program ("OverflowError", "int64", "read_csv") that the sources don't have, in whatever language."""
    names = (match[0] for match in _IDENTIFIER.finditer(text))
    return next((name for name in names if not any(name.lower() in one.lower() for one in passages)), None)


def _is_too_little(
    text: str, held: int, missing: Sequence[Word], new: Sequence[Word], language: str, *, least: float
) -> bool:
    """Whether a place says too little of a sentence. `new` are those of the missing words that the sources have in no
    place."""
    numbers = sum(1 for one in numbers_in(text, language) if not one.is_loose)  # these are right, and tell much
    share = (held + numbers) / (held + numbers + len(missing)) if held + numbers + len(missing) else 1.0
    if share > least or (share == least and (numbers or least < LEAST_SHARE)):
        return False
    near = (len(missing) - len(new)) / 2
    own = language_of(text) or language or "en"
    much = held + near + NUMBER_TELLS * numbers
    most = LEAST_OF_MUCH * (much + near + sum(WAY if is_way(word.text, own) else THING for word in new))
    return much < most or (not numbers and (much < MUCH or much == most))


def _written(text: str, word: Word) -> str:
    return text[word.start : word.start + len(word.text)]


def _is_no_name(text: str, word: Word) -> bool:
    """Whether a word with a capital is none that the sources must have: it says of what kind a name is, or is a
    formula."""
    written = _written(text, word)
    return word.text in KINDS or not (written.isupper() or written[1:].islower())


def _is_short_for(written: str, passages: Sequence[str]) -> bool:
    """Whether capitals stand for words of the sources by their first letters: "ECB"."""
    if not (written.isupper() and 2 <= len(written) <= MOST_INITIALS):
        return False
    words = (rf"\b{re.escape(letter)}[^\W\d_]+" for letter in written)
    named = re.compile(rf"\W+(?:{SMALL}\W+)*".join(words), re.IGNORECASE)
    return any(named.search(passage) for passage in passages)


def _new_word(
    text: str, said: Sequence[Word], strange: Sequence[Word], everywhere: Collection[str], language: str
) -> str | None:
    """A word that the sources have in no form, of a sentence of so few that it says something else by it; or the first
    of several things that they don't speak of."""
    things = [word.text for word in strange if is_thing(word.text, "en") and not is_said(word.text, everywhere, "en")]
    if language in ("en", "") and len(things) > MOST_THINGS:
        return things[0]
    if (
        "`" in text
        or numbers_in(text, language)
        or sum(word.text not in LIGHT and (not word.is_name or language == "de") for word in said) > FEW_WORDS
    ):
        return None
    new = (word.text for word in strange if language not in ("en", "") or not is_way(word.text, "en"))
    return next((word for word in new if not is_said(word, everywhere, language)), None)


def _against(text: str, said: Sequence[Word], passages: Sequence[str]) -> str | None:
    return speaks_against(text, passages) if len(said) <= MOST_COMPARED else None
