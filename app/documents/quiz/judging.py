"""Whether a model's item holds, by its passage alone: only then is it shown.

    judge(reply, passage)          # Judged(Item(…)), or Judged(None, "source", "15 minutes")

What the texts decide is decided; what they leave open (two right options in other words) is tried. An item that fails
is dropped and counted, never mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.core.quiz import Fault, Item, Judged
from app.documents.claims.against import plainly_speaks_against, speaks_against
from app.documents.claims.figures import false_number
from app.documents.claims.quotes import place_of
from app.documents.claims.sums import reckoned_in, wrong_sum
from app.documents.claims.support import is_foreign, is_in, negations_in, source_language, words_in
from app.documents.claims.synonyms import means_the_same
from app.documents.quiz.answers import (
    content,
    differ_by_letter,
    figures,
    is_in_text,
    is_same_answer,
    says,
    share_in,
    tokens,
)
from app.documents.quiz.elsewhere import asks_elsewhere
from app.documents.quiz.explained import certain, contradicted
from app.documents.quiz.giveaways import given_in
from app.documents.quiz.openings import with_what_it_leans_on
from app.documents.quiz.others import is_told, speaks_of_it
from app.documents.quiz.reading import GAP, Draft, Dropped, read
from app.documents.quiz.rivals import rival_of
from app.documents.quiz.strange import leaked_in, markup_in

ELLIPSIS = re.compile(r"…|\.\.\.")
#: a question that neither true nor false answers
_ASKS = re.compile(
    r"[¿\s]*(?:what|which|who|whom|whose|when|where|why|how|was|welche[rsnm]?|wer|wen|wem|wessen|wann|wo|warum|weshalb|wie"
    r"|wie viele?|qué|cuál(?:es)?|quién(?:es)?|cuándo|dónde|cómo|quel(?:le)?s?|qui|quand|où|pourquoi|comment|cosa|chi"
    r"|quando|dove|perché|come|qual|quem|onde|por que|como)\b.*\?\s*$",
    re.IGNORECASE,
)
_MARKS = " .,;:!?…\"'“”„«»"
_AND = re.compile(r",|;|/|&|\b(?:and|or|und|oder|sowie|y|e|et|ou)\b", re.IGNORECASE)
LEAST_SOURCE = 2  # words
LEAST_SAID, LEAST_OF_BEST = 0.6, 0.5  # of an answer's words, and where no other option has so many
#: of a statement's words: that the passage must have, or its sentence, or the passage of a false one
LEAST_SHARE, LEAST_OF_SPAN, LEAST_FALSE = 0.5, 0.4, 0.3

#: (draft, its sentence, the passage) -> what shows that it does not hold, None where it does
Check = Callable[[Draft, str, str], str | None]


def judge(reply: str, passage: str) -> Judged:
    """The item of a reply about a passage, or why there is none."""
    try:
        draft = read(reply)
        start, end = _source(draft, passage)
        source = passage[start:end]
        for fault, look in _CHECKS:
            if (detail := look(draft, source, passage)) is not None:
                raise Dropped(fault, detail)
    except Dropped as dropped:
        return Judged(None, dropped.fault, dropped.detail)
    item = Item(draft.kind, draft.question, draft.answer, draft.options, draft.hint, draft.explanation, start, end)
    return Judged(item)


def _source(draft: Draft, passage: str) -> tuple[int, int]:
    """Where the passage has the source, letter by letter. What looks strange is found before what is not there: it is
    the better reason. Raises Dropped."""
    for fault, look in _EARLY:
        if (detail := look(draft, draft.source, passage)) is not None:
            raise Dropped(fault, detail)
    place = place_of(draft.source, passage)
    if place is None or len(tokens(draft.source)) < LEAST_SOURCE or not place[1]:
        raise Dropped("source", draft.source)
    left_out = ELLIPSIS.search(draft.source.strip(_MARKS))
    if left_out and left_out[0] not in passage[slice(*place)]:
        raise Dropped("source", draft.source)
    start, end = place
    return start, end + (passage[end : end + 1] in (".", "!", "?") and draft.source.endswith(passage[end]))


def statement(draft: Draft) -> str:
    """What an item says, as one sentence where that can be made."""
    if draft.kind == "cloze":
        return GAP.sub(lambda _: draft.answer, draft.question, count=1)
    return draft.question if draft.kind == "true_false" else f"{draft.question} {draft.answer}"


def _markup(draft: Draft, source: str, passage: str) -> str | None:
    return markup_in((*draft.texts, draft.answer), passage)


def _leak(draft: Draft, source: str, passage: str) -> str | None:
    return leaked_in(draft.texts, passage)


def _language(draft: Draft, source: str, passage: str) -> str | None:
    own = source_language(passage)
    for text in (" ".join((draft.question, draft.hint, draft.explanation)), draft.question, draft.explanation):
        if is_foreign(GAP.sub(" ", text), passage, own):
            return text
    return None


def _blank(draft: Draft, source: str, passage: str) -> str | None:
    """A cloze item has one gap and words around it; a choice or a short answer may have one."""
    gaps = len(GAP.findall(draft.question))
    if draft.kind == "cloze":
        return None if gaps == 1 and content(GAP.sub(" ", draft.question)) else draft.question
    return None if gaps <= (draft.kind != "true_false") else draft.question


def _options(draft: Draft, source: str, passage: str) -> str | None:
    pairs = ((one, other) for at, one in enumerate(draft.options) for other in draft.options[:at])
    return next((one for one, other in pairs if _are_same(one, other)), None)


def _are_same(one: str, other: str) -> bool:
    return not differ_by_letter(one, other) and (is_same_answer(one, other) or _are_same_list(one, other))


def _are_same_list(one: str, other: str) -> bool:
    """Whether both name the same things in another order: "ash and fat", "fat and ash"."""
    mine, its = ({tokens(part) for part in _AND.split(text) if part.strip()} for text in (one, other))
    return len(mine) > 1 and mine == its


def _answer(draft: Draft, source: str, passage: str) -> str | None:
    """Its answer is nowhere in the passage, or what it asks about isn't."""
    if draft.kind == "true_false":
        return _stated(draft, source, passage)
    if not (says(passage, draft.answer, _least(draft, passage)) or _is_reckoned(draft, passage, source)):
        return draft.answer
    if draft.kind == "cloze":
        return None
    if not _is_about(draft, passage):
        return draft.question
    if source_language(passage) != "de":
        known = {word.text for word in words_in(passage)} | set(tokens(passage))
        names = [word.text for word in words_in(draft.question) if word.is_name]
        if names and not any(share_in(one, passage, known) for one in names):
            return names[0]
    numbers = (one for one in figures(draft.question) if not (one.is_loose or one.is_word))
    written = (draft.question[one.start : one.until or one.end] for one in numbers)
    return next((one for one in written if not share_in(one, passage)), None)


def _is_about(draft: Draft, passage: str) -> bool:
    """Whether a question has any word of the passage that is not the answer's own: "What is the passage about?" has
    none, nor has "Which vitamin helps the blood to clot?", of vitamin K."""
    there, own = ({word.text for word in words_in(text)} for text in (passage, draft.answer))
    asked = [word.text for word in words_in(GAP.sub(" ", draft.question))]
    new = [word for word in asked if not is_in(word, own)] or asked
    return bool(figures(draft.question)) or any(is_in(word, there) or means_the_same(word, there) for word in new)


def _stated(draft: Draft, source: str, passage: str) -> str | None:
    """A true statement must be said, a false one be about what is said, and not be said itself. A question is none."""
    if _ASKS.match(draft.question):
        return draft.question
    if draft.answer == "false":
        is_said = is_in_text(draft.question, source)
        return draft.question if is_said or share_in(draft.question, passage) < LEAST_FALSE else None
    if (number := _false_number(draft.question, passage)) is not None:
        return number
    if share_in(draft.question, passage) < LEAST_SHARE:
        return draft.question
    return speaks_against(draft.question, [source])


def _least(draft: Draft, text: str) -> float:
    """How much of the answer a text must say: a little less, where it says less of every other option."""
    others = [share_in(one, text) for one in draft.options if one != draft.answer]
    return LEAST_OF_BEST if others and share_in(draft.answer, text) > max(others) else LEAST_SAID


def _is_reckoned(draft: Draft, text: str, source: str) -> bool:
    """Whether its number comes of a right sum in the explanation, from numbers that the text has, or is what those of
    its sentence come to, as it says ("increased by 40 euros")."""
    members, results = reckoned_in(draft.explanation)
    own = [one for one in figures(draft.answer) if not one.is_loose]
    there = {value for one in figures(text) for value in one.values}
    if len(own) != 1:
        return False
    if own[0].values & results and members & there:
        return True
    is_told = share_in(" ".join(content(draft.answer)), source) >= LEAST_SAID
    return is_told and len(figures(source)) > 1 and false_number(statement(draft), [source], "") is None


def _span(draft: Draft, source: str, passage: str) -> str | None:
    """The sentence that it names is not the one that says it."""
    if draft.kind == "true_false":
        if draft.answer == "true":
            return None if share_in(draft.question, source) >= LEAST_OF_SPAN else draft.question
        return None if share_in(draft.question, with_what_it_leans_on(source, passage)) > 0 else draft.question
    if not (says(source, draft.answer, _least(draft, source)) or _is_reckoned(draft, source, source)):
        return draft.answer
    asked, whole = GAP.sub(" ", draft.question), statement(draft)
    if draft.kind == "cloze" and share_in(asked, passage) < LEAST_SHARE:
        return draft.question
    is_elsewhere = bool(content(asked)) and share_in(asked, source) == 0 and share_in(asked, passage) >= LEAST_SHARE
    if is_elsewhere and says(passage.replace(source, " "), draft.answer):
        return draft.question
    if draft.kind != "cloze" or is_in_text(whole, source):
        return asks_elsewhere(draft, source, passage)
    return _false_number(whole, passage) or plainly_speaks_against(whole, [source])


def _false_number(text: str, passage: str, question: str = "") -> str | None:
    """A number that the passage has nowhere, not as a share either (0.88 of 88 %)."""
    number = false_number(text, [passage], question)
    if number is None:
        return None
    there = [value for one in figures(passage) for value in one.values]
    own = [value for one in figures(text) if text[one.start : one.end] == number for value in one.values]
    is_known = any(value in there or (value < 1 and value * 100 in there) for value in own)
    return None if is_known else number


def _rivals(draft: Draft, source: str, passage: str) -> str | None:
    return rival_of(draft, source, passage)


def _given(draft: Draft, source: str, passage: str) -> str | None:
    return given_in(draft)


def _against(draft: Draft, source: str, passage: str) -> str | None:
    """The explanation says something else than the passage, or names another option and not the right one."""
    text = draft.explanation
    if (number := wrong_sum(text)) is not None:
        return number
    if (number := _false_number(text, passage, draft.question)) is not None and not all(reckoned_in(text)):
        return number
    if (word := plainly_speaks_against(certain(text), [source]) or contradicted(draft, source, passage)) is not None:
        return word
    if draft.kind == "multiple_choice" and not negations_in(text) and not says(text, draft.answer, 0.5):
        named = [one for one in draft.options if one != draft.answer and is_in_text(one, text)]
        is_of_it = speaks_of_it(text) or is_told(text, source)
        if len(named) == 1 and not is_in_text(named[0], draft.question) and not is_of_it:
            return named[0]
    return None


_EARLY: tuple[tuple[Fault, Check], ...] = (
    ("markup", _markup),
    ("leak", _leak),
    ("blank", _blank),
    ("language", _language),
)
_CHECKS: tuple[tuple[Fault, Check], ...] = (
    ("options", _options),
    ("answer", _answer),
    ("span", _span),
    ("given", _given),
    ("rivals", _rivals),
    ("against", _against),
)
