"""Whether a reply says what its sources say, without a model: quotes letter by letter, numbers, names, words.

    for one in check(reply, passages, question):
        one.verdict              # "supported", "no-claim", "unsupported", "false-quote", "false-number", …

`passages` are what the model was given, in the order of their numbers; [1] is the first. What can be decided by the
texts is decided; what can't (a sentence in another language than its source, with no number and no name that is wrong)
passes as "unchecked". A sentence that is marked need not be false: it is not found in what it cites.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.claims import Verdict
from app.documents.claims.figures import false_number
from app.documents.claims.quotes import false_quote
from app.documents.claims.sentences import Sentence, cut
from app.documents.claims.support import (
    Support,
    best_support,
    clauses_of,
    is_in,
    language_of,
    negations_in,
    sentences_of,
    words_in,
)
from app.documents.claims.talk import is_no_claim

#: how much of a sentence's words must stand in one place, 0 to 1: of the labelled answers of tests/fixtures/study those
#: that are not supported reach 0.4, and those that are begin at 0.57
LEAST_SHARE = 0.5
LEAST_GATHERED = 0.3
ALMOST_ALL = 0.8
_ANSWER = re.compile(r"^(?:yes|no|ja|nein|sí|no|oui|non|si|sim|não)\b[,.:;!]\s*", re.IGNORECASE)


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
        return self.verdict not in ("supported", "no-claim", "unchecked")


def check(reply: str, passages: Sequence[str], question: str = "") -> tuple[Checked, ...]:
    """Every sentence of a reply, in order."""
    language = language_of(reply)
    sentences = cut(reply)
    before = ("", *(one.text for one in sentences))
    return tuple(
        _checked(one, passages, question, language, last) for one, last in zip(sentences, before, strict=False)
    )


def _checked(sentence: Sentence, passages: Sequence[str], question: str, language: str, before: str) -> Checked:
    cites = tuple(number for number in sentence.cites if 1 <= number <= len(passages))
    unknown = tuple(number for number in sentence.cites if number not in cites)

    def told(verdict: Verdict, detail: str = "", support: Support | None = None) -> Checked:
        return Checked(sentence.start, sentence.end, verdict, cites, unknown, detail, support)

    if unknown:
        return told("unknown-citation", ", ".join(map(str, unknown)))
    cited = [passages[number - 1] for number in cites] or list(passages)
    if (quote := false_quote(sentence.text, cited, question)) is not None:
        return told("false-quote", quote)
    if not cites and is_no_claim(sentence.text):
        return told("no-claim")
    if (number := false_number(sentence.text, cited, question, before)) is not None:
        return told("false-number", number)
    return told(*_by_words(sentence.text, cited, bool(cites), language))


def _is_denied(text: str, source: str) -> bool:
    """Whether the clause that says just what a sentence says has a "not" more or less."""
    said, negations = [word.text for word in words_in(text)], negations_in(_ANSWER.sub("", text)) % 2
    for first, last in sentences_of(source):
        if negations_in(source[first:last]) % 2 == negations:
            continue
        for start, end in clauses_of(source[first:last]):
            clause = source[first + start : first + end]
            held = [word.text for word in words_in(clause)]
            is_this = sum(is_in(word, held) for word in said) >= 0.75 * len(said)
            if is_this and negations_in(clause) % 2 != negations:
                return sum(is_in(word, said) for word in held) >= 0.85 * len(held)
    return False


def _by_words(
    text: str, passages: Sequence[str], has_source: bool, language: str
) -> tuple[Verdict, str, Support | None]:
    words = words_in(text)
    best = best_support(words, passages)
    if best is None or not words:
        return ("supported" if has_source else "no-claim"), "", best
    source = passages[best.passage]
    if (language := language_of(text) or language) and language != (language_of(source) or language):
        return "unchecked", "", best
    everywhere = {word.text for passage in passages for word in words_in(passage)}
    strange = [word for word in best.missing if not is_in(word.text, everywhere)]
    if language != "de" and (names := [word.text for word in strange if word.is_name]):
        return "unsupported", names[0], best
    is_gathered = len(strange) <= len(words) / 10 and best.share >= LEAST_GATHERED  # of a list, from many sentences
    if best.share < LEAST_SHARE and not is_gathered:
        return "unsupported", " ".join(word.text for word in best.missing), best
    if best.share >= ALMOST_ALL and len(words) >= 3 and _is_denied(text, source):
        return "unsupported", "", best
    return "supported", "", best
