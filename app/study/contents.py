"""What fills a model's context with the next question, found by the very steps that a question goes through.

    filled = await fill(turns, question, files, Asking(…), Room(3072, 4096, engine.count))
    filled.parts["earlier"], filled.dropped         # tokens, and the turns that do not reach the model

Tokens are estimated as they are where a conversation is made to fit (app.models.answering.context). Where the last
reply has told what they really were, those of what has been said are scaled to that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from app.core.errors import TooLong
from app.core.text import estimate_tokens
from app.core.values import Message
from app.models.answering.context import PICTURE_TOKENS, TURN_TOKENS, Count, fit, size_of
from app.study.asked import Said, instructed, merged, messages_of, tokens_of
from app.study.attachments import File
from app.study.chats import Turn
from app.study.cited import Cited
from app.study.replies import Asking
from app.study.summary import Summary

Part = Literal["instructions", "summary", "earlier", "attachments", "passages", "question"]
PARTS: tuple[Part, ...] = ("instructions", "summary", "earlier", "attachments", "passages", "question")


@dataclass(frozen=True, slots=True)
class Room:
    """What a model can take, in tokens: for the conversation (`budget`), and in all (`limit`, 0: not known). `count` is
    its own counting; `dropped` messages at least are left out, as they were the last time."""

    budget: int
    limit: int
    count: Count
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """Tokens by part, the turns of those messages that are left out, and those that are sent. `is_too_long`: the
    question is, even without any other message."""

    parts: Mapping[Part, int]
    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    is_too_long: bool = False

    @property
    def tokens(self) -> int:
        """Of all parts."""
        return sum(self.parts.values())


async def fill(
    turns: Sequence[Turn],
    question: Turn,
    files: Mapping[str, File],
    asking: Asking,
    room: Room,
    summary: Summary | None = None,
    passages: Sequence[Cited] = (),
) -> Filled:
    """What would be sent with this question behind these turns, oldest first; the summary stands for those before, and
    the question is to be answered from the passages."""
    is_empty = not question.text and not question.attachments
    asked = Turn("", "", "", "user", " ") if is_empty else question
    said = messages_of([*turns, asked], files, asking.reading, passages)
    messages = merged(instructed(said.messages, asking.told, summary.text if summary else ""))
    groups = _groups(said)
    count, is_too_long = await _dropped(messages, room)
    count = min(max(count, room.dropped), len(groups) - 1)
    gone = {id for group in groups[:count] for id in group}
    first = len(messages) - len(groups)  # what stands before them: the instructions
    sent = (*messages[:first], *messages[first + count :])
    attached = _attached([*turns, question], said, gone)
    new = attached.pop(question.id, said.passage_tokens) - said.passage_tokens
    own, head = (sum(map(size_of, some)) for some in (instructed((), asking.told), messages[:first]))
    before, last = sum(attached.values()), _alone(asked.text)
    earlier = max(0, sum(map(size_of, sent)) - head - before - new - said.passage_tokens - last)
    share = _share(turns, said, messages, first, asking, summary)
    parts = _scaled({"instructions": own, "summary": head - own, "earlier": earlier, "attachments": before}, share)
    parts |= {"attachments": parts["attachments"] + new, "passages": said.passage_tokens}
    parts["question"] = 0 if is_empty else last
    dropped, kept = (tuple(turn.id for turn in turns if (turn.id in gone) is is_gone) for is_gone in (True, False))
    return Filled(parts, dropped, kept, sent, is_too_long)


async def _dropped(messages: Sequence[Message], room: Room) -> tuple[int, bool]:
    try:
        return (await fit(messages, room.budget, room.count, room.limit)).dropped, False
    except TooLong:
        return len(messages), True


def _groups(said: Said) -> list[list[str]]:
    """The turns of each message, once neighbours of the same role are one."""
    of_roles = groupby(zip(said.messages, said.turns, strict=True), key=lambda pair: pair[0].role)
    return [[id for _, id in pairs] for _, pairs in of_roles]


def _alone(text: str) -> int:
    return TURN_TOKENS + estimate_tokens(text)


def _attached(turns: Sequence[Turn], said: Said, gone: set[str]) -> dict[str, int]:
    """By turn: what its attachments add to its words."""
    words = {turn.id: turn.text for turn in turns if turn.attachments and turn.id not in gone}
    return {
        id: estimate_tokens(message.content) - estimate_tokens(words[id]) + PICTURE_TOKENS * len(message.images)
        for message, id in zip(said.messages, said.turns, strict=True)
        if id in words
    }


def _share(
    turns: Sequence[Turn], said: Said, messages: Sequence[Message], first: int, asking: Asking, summary: Summary | None
) -> float:
    """Real tokens for an estimated one, as the last reply has told; 1 where none has since the summary
    was made, or by another persona."""
    last = next((turn for turn in reversed(turns) if turn.role == "assistant"), None)
    if last is None or not last.usage.prompt_tokens or last.persona != asking.persona:
        return 1.0
    if summary and last.created < summary.at:
        return 1.0
    covered = messages[first + last.dropped :] if said.messages else ()
    estimated = sum(map(size_of, (*messages[:first], *covered))) - size_of(messages[-1])
    return tokens_of(turns, summary) / estimated if estimated > 0 else 1.0


def _scaled(parts: Mapping[Part, int], share: float) -> dict[Part, int]:
    """Each part in real tokens; their sum is that of all, rounded once."""
    scaled = {part: int(tokens * share) for part, tokens in parts.items()}
    largest = max(scaled, key=lambda part: scaled[part])
    scaled[largest] += round(sum(parts.values()) * share) - sum(scaled.values())
    return scaled
