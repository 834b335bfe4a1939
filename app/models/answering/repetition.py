"""Noticing a model that says the same again and again, as small ones do: it would go on until somebody stops it.

    watch = Repetition(question)
    watch.take(delta)
    if watch.is_endless: ...                # stop the model; what it said is kept

    events = until_repeating(request, provider.reply(model, request))     # ends in Done(stop_reason="repeating")

Only what repeats exactly and without anything between counts, the numbers of a list apart. What people want repeated
needs far more of it: rows of a table or matrix, lines of code, digits, dots and lines to fill in, and words that the
question asks for.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing

from app.core.text import estimate_tokens
from app.core.values import Delta, Done, Event, Request, Reread, Thought, Usage

#: how often a phrase must come in a row, and how many characters that must be in all
MOST_SHORT, MOST_LONG, LONG = 20, 6, 200
LEAST_CHARACTERS = 240
PATIENCE = 8  # so many times as much, where repeating may be meant
LONGEST = 800  # no phrase that is longer is looked for. Characters.
SEEN = 16_384  # characters of the end that are looked at: enough for the most that is asked for
LOOK_EACH = 64  # characters
PROBE = 24  # characters of the end that must have been there before
CANDIDATES = 8

_NUMBER = re.compile(r"^[ \t]*\d{1,4}[.)][ \t]+", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_FIGURES = re.compile(r"[\d\s.,]*")
_LETTER = re.compile(r"[^\W_]")
_SENTENCE = re.compile(r"[\n.!?。！？]+")


class Repetition:
    """Watches one growing text. `question` is what was asked."""

    def __init__(self, question: str = "") -> None:
        self._question = " ".join(question.casefold().split())
        self._text = ""
        self._is_in_code = False
        self._open_line = ""  # of which it is not known yet whether it opens or ends a block of code
        self._unseen = 0
        self.is_endless = False

    def take(self, text: str) -> None:
        """Some more of it."""
        self._follow_fences(text)
        self._text = (self._text + text)[-SEEN:]
        self._unseen += len(text)
        if self._unseen >= LOOK_EACH and not self.is_endless:
            self._unseen = 0
            self.is_endless = self._repeats(_NUMBER.sub("", self._text))

    def _follow_fences(self, text: str) -> None:
        whole, _, line = (self._open_line + text).rpartition("\n")
        self._open_line = line[:LONGEST]  # only its beginning tells
        if len(_FENCE.findall(whole)) % 2:
            self._is_in_code = not self._is_in_code

    def _repeats(self, text: str) -> bool:
        """Whether the end of the text is one phrase, often enough."""
        probe, first, end = text[-PROBE:], max(0, len(text) - LONGEST - PROBE), len(text) - 1
        shorter = 0
        for _ in range(CANDIDATES):
            at = text.rfind(probe, first, end)
            if at < 0:
                return False
            phrase, end = text[at + PROBE :], at + PROBE - 1
            if shorter and len(phrase) % shorter == 0:
                continue  # the same phrase, twice
            times = _times(text, phrase)
            if times >= self._enough(phrase):
                return True
            shorter = shorter or (len(phrase) if times > 1 else 0)
        return False

    def _enough(self, phrase: str) -> float:
        size = len(phrase)
        times = max(LEAST_CHARACTERS / size, MOST_SHORT if size < LONG else MOST_LONG)
        return times * PATIENCE if self._may_be_meant(phrase) else times

    def _may_be_meant(self, phrase: str) -> bool:
        if self._is_in_code or "|" in phrase or "&" in phrase:
            return True
        signs = set(phrase) - set(" \t\n")
        if len(signs) <= 2 or not _LETTER.search(phrase) or _FIGURES.fullmatch(phrase):
            return True
        return _is_asked_for(phrase, self._question)


def _times(text: str, phrase: str) -> int:
    """How often a text ends in a phrase, in a row."""
    size, times = len(phrase), 0
    while text.endswith(phrase, 0, len(text) - times * size):
        times += 1
    return times


def _is_asked_for(phrase: str, question: str) -> bool:
    """Whether the question holds a whole sentence of a phrase that comes again and again, or all of its words. The
    phrase may begin anywhere in it."""
    sentences = _SENTENCE.split((phrase * 3).casefold())
    if len(sentences) > 1:
        return " ".join(max(sentences[1:-1] or sentences, key=len).split()) in question
    words = sentences[0].split()
    count = max(1, len(words) // 3)
    return any(" ".join(words[at : at + count]) in question for at in range(1, count + 1))


async def until_repeating(request: Request, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
    """The events of one reply up to where it only repeats itself, in its thinking or its answer."""
    question = request.asked
    answer, thinking = Repetition(question), Repetition(question)
    text = ""
    async with aclosing(events):
        async for event in events:
            yield event
            if isinstance(event, Reread):
                answer, thinking, text = Repetition(question), Repetition(question), event.text + event.thinking
                continue
            if not isinstance(event, Delta | Thought):
                continue
            text += event.text
            watch = answer if isinstance(event, Delta) else thinking
            watch.take(event.text)
            if watch.is_endless:
                break
        else:
            return
    prompt = sum(estimate_tokens(one.content) for one in request.messages)
    yield Done(Usage(prompt, estimate_tokens(text)), stop_reason="repeating")
