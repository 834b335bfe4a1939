"""A model's thinking, told apart from its answer where both come as one text.

    filter = ThinkingFilter()
    filter.take("<thi")                      # []: it may become a tag
    filter.take("nk>Easy.</think>Paris.")    # [Thought("Easy."), Delta("Paris.")]
    filter.rest()                            # what was held back, at the end

    split("Easy.</think>Paris.")             # ("Easy.", "Paris.")

A reply thinks only at its beginning: tags that stand later are words about tags. Where the chat template has opened the
thinking itself, only the closing tag comes; what stood before it was thinking then, and `Reread` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from app.core.values import Delta, Reread, Thought

Piece = Delta | Thought | Reread


@dataclass(frozen=True, slots=True)
class Tags:
    """How one family of models marks its thinking, in lower case. What closes it may be written in several ways."""

    opening: tuple[str, ...]
    closing: tuple[str, ...]


def _element(name: str) -> Tags:
    return Tags((f"<{name}>",), (f"</{name}>",))


_FINAL = ("<|channel|>final<|message|>", "<|channel|>final <|constrain|>json<|message|>")
_FINALS = (*(f"<|start|>assistant{one}" for one in _FINAL), *_FINAL)
_ENDED = ("<|return|>", "<|end|>")
#: what opens the answer where it has a mark of its own (gpt-oss, Command, OpenThinker); it is dropped
ANSWER = (*_FINALS, "<|start_response|>", "<|begin_of_solution|>")
#: what ends it there
END = (*_ENDED, "<|end_response|>", "<|end_of_solution|>")
_CHANNELS = tuple(f"<|channel|>{name}<|message|>" for name in ("analysis", "commentary"))
HARMONY = Tags((*_CHANNELS, *(f"<|start|>assistant{one}" for one in _CHANNELS)), (*_FINALS, *_ENDED))
FAMILIES: tuple[Tags, ...] = (
    Tags(("<think>", "<thinking>"), ("</think>", "</thinking>")),  # some models mix them up
    *map(_element, ("thought", "reasoning", "seed:think", "mm:think", "longcat_think", "reflection")),
    Tags(("<|think|>",), ("<|/think|>",)),
    Tags(("<|begin_of_thought|>",), ("<|end_of_thought|>",)),  # OpenThinker
    Tags(("<unused94>thought",), ("<unused95>",)),  # MedGemma
    Tags(("[think]",), ("[/think]",)),  # Magistral
    Tags(("◁think▷",), ("◁/think▷",)),  # Kimi
    Tags(("<|start_thinking|>",), ("<|end_thinking|>",)),  # Command
    Tags(("<|channel>thought",), ("<channel|>",)),  # Gemma 4
    HARMONY,
)
_SIGNS = "<[◁"  # every mark begins with one
_OPENINGS = tuple(one for tags in FAMILIES for one in tags.opening)
#: what can close a thinking that the template has opened
_CLOSINGS = tuple(one for tags in FAMILIES for one in tags.closing if one not in END)


@cache
def _any_of(marks: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(marks, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


_OPENS = _any_of(_OPENINGS)
_CLOSES = _any_of(_CLOSINGS)
_ANSWERS = _any_of(ANSWER)
_ENDS = _any_of(END)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_QUOTED = re.compile(r"(?:^|[\s(\[])[\"'“‘«(]$")


class ThinkingFilter:
    """Reads one reply as it grows. `is_open` guesses that the template has opened the thinking, as it did before."""

    def __init__(self, *, is_open: bool = False) -> None:
        self._held = ""  # may be the beginning of a tag, or blanks that nothing follows
        self._closing: tuple[str, ...] = _CLOSINGS if is_open else ()  # while the model thinks
        self._is_guess = is_open
        self._is_fresh = True  # of the answer there are only blanks so far
        self._is_sure = False  # the thinking was marked: a lone closing tag means nothing any more
        self._ends: tuple[str, ...] = ()  # marks that are dropped from the answer
        self._thinking, self._answer = "", ""
        self._gap: str | None = ""  # what stands before the next words of the thinking, None within a block of it
        self.was_open = False  # whether the template had opened the thinking

    @property
    def thinking(self) -> str:
        """All of it so far."""
        return self._thinking

    @property
    def answer(self) -> str:
        """All of it so far."""
        return self._answer

    def thought(self, text: str) -> None:
        """The engine or the server has told some thinking apart by itself."""
        if self._is_guess:
            self._is_guess, self._closing = False, ()
        self._is_sure = True
        self._thinking += text

    def take(self, text: str) -> list[Piece]:
        """What a piece of the reply says."""
        text, self._held = self._held + text, ""
        pieces: list[Piece] = []
        while text:
            step: Callable[[str, list[Piece]], str] = (
                self._think if self._closing else self._begin if self._is_fresh else self._say
            )
            text = step(text, pieces)
        return pieces

    def rest(self, *, is_cut: bool = False) -> list[Piece]:
        """What was held back; the reply has ended, by its longest allowed length where it `is_cut`."""
        held, self._held = self._held, ""
        pieces: list[Piece] = []
        if self._closing:
            self._add_thought(held.rstrip(), pieces)
            if self._is_guess and not is_cut:  # it has answered without thinking
                self._thinking, self._answer = "", self._thinking
                pieces = [Reread(text=self._answer)]
        elif not (self._is_fresh and self._is_sure):
            self._add_answer(held, pieces)
        return pieces

    def _begin(self, text: str, pieces: list[Piece]) -> str:
        """At the beginning of the answer: a tag, or what may become one, or words."""
        start = text.lstrip()
        if found := _OPENS.match(start):
            tags = next(tags for tags in FAMILIES if found[0].lower() in tags.opening)
            self._closing, self._is_sure = tags.closing, True
            self._gap = "\n\n" if self._thinking else ""
            self._ends = END if tags is HARMONY else ()
            return start[found.end() :]
        if found := _ANSWERS.match(start):
            self._ends, self._is_sure = END, True
            return start[found.end() :]
        if not start or _is_beginning(start, (*_OPENINGS, *ANSWER)):
            self._held = text
            return ""
        self._is_fresh = False
        return start if self._is_sure else text

    def _think(self, text: str, pieces: list[Piece]) -> str:
        """Inside the thinking: up to what closes it. Blanks at either end of it are dropped."""
        if found := _any_of(self._closing).search(text):
            self._add_thought(text[: found.start()].rstrip(), pieces)
            self.was_open = self.was_open or self._is_guess
            self._closing, self._is_guess, self._is_fresh, self._is_sure = (), False, True, True
            return text[found.end() :]
        cut = len(text[: _cut(text, self._closing)].rstrip())
        self._held = text[cut:]
        self._add_thought(text[:cut], pieces)
        return ""

    def _say(self, text: str, pieces: list[Piece]) -> str:
        """In the answer, which may yet turn out to have been thinking."""
        if self._is_sure:
            return self._say_surely(text, pieces)
        if found := _CLOSES.search(text):
            before = self._answer + text[: found.start()]
            if _is_mention(before, found[0]):
                self._add_answer(text[: found.end()], pieces)
                return text[found.end() :]
            self._thinking, self._answer = before.strip(), ""
            self._is_fresh = self._is_sure = self.was_open = True
            pieces.append(Reread(thinking=self._thinking))
            return text[found.end() :]
        cut = _cut(text, _CLOSINGS)
        self._held = text[cut:]
        self._add_answer(text[:cut], pieces)
        return ""

    def _say_surely(self, text: str, pieces: list[Piece]) -> str:
        cut = _cut(text, self._ends) if self._ends else len(text)
        self._held = text[cut:]
        self._add_answer(_ENDS.sub("", text[:cut]) if self._ends else text, pieces)
        return ""

    def _add_thought(self, text: str, pieces: list[Piece]) -> None:
        if self._gap is not None and (text := text.lstrip()):
            text, self._gap = self._gap + text, None
        if text:
            pieces.append(Thought(text))
            self._thinking += text

    def _add_answer(self, text: str, pieces: list[Piece]) -> None:
        if text:
            pieces.append(Delta(text))
            self._answer += text


def split(text: str) -> tuple[str, str]:
    """(thinking, answer) of a whole reply."""
    if not any(sign in text for sign in _SIGNS):
        return "", text
    reply = ThinkingFilter()
    reply.take(text)
    reply.rest()
    return reply.thinking, reply.answer


def _cut(text: str, marks: tuple[str, ...]) -> int:
    """Where a text ends that cannot be the beginning of a mark."""
    places = range(max(0, len(text) - max(map(len, marks)) + 1), len(text))
    found = (place for place in places if text[place] in _SIGNS and _is_beginning(text[place:], marks))
    return next(found, len(text))


def _is_beginning(text: str, marks: tuple[str, ...]) -> bool:
    lower = text.lower()
    return any(len(lower) < len(mark) and mark.startswith(lower) for mark in marks)


def _is_mention(before: str, mark: str) -> bool:
    """Whether a closing tag behind this text is spoken about: in code, in quotes, or with its partner before it."""
    if len(_FENCE.findall(before)) % 2 or before.rsplit("\n", 1)[-1].count("`") % 2 or _QUOTED.search(before):
        return True
    opening = next(tags.opening for tags in FAMILIES if mark.lower() in tags.closing)
    return any(one in before.lower() for one in opening)
