"""Making a conversation fit the model's context length: the oldest turns go first, and the person is told.

fitted = await fit(messages, budget=3000, count=engine.count_tokens)
fitted.messages, fitted.dropped
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.core.errors import TooLong
from app.core.text import estimate_tokens
from app.core.texts import Text
from app.core.values import Message, Notice

TURN_TOKENS = 8  # what a chat template adds around a message: marks, role, line breaks
PICTURE_TOKENS = 260  # of one: Gemma's 256 and its two marks; other models take from 64 to some thousand
DROP_STEP = 4  # messages dropped at a time, so that the next turns keep their beginning and the engine its cache
RETRY_SHARE = 0.6  # how much of the budget is used after an overflow all the same
Count = Callable[[str], Awaitable["int | None"]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is sent, how many older messages are not, and the tokens it takes (estimated unless `counted`)."""

    messages: tuple[Message, ...]
    dropped: int = 0
    tokens: int = 0
    counted: bool = False


async def uncounted(text: str) -> int | None:
    """The `Count` where nobody is there to ask: tokens are estimated."""


def reply_budget(context_length: int, max_tokens: int) -> int:
    """Tokens kept free for the reply: what was asked for, at most a quarter of the context length."""
    return max(1, min(max_tokens, context_length // 4))


async def fit(messages: Sequence[Message], budget: int, count: Count, limit: int = 0) -> Fitted:
    """Drop the oldest turns until the rest takes at most `budget` tokens.

    The system prompt and the last question always stay. Raises TooLong(limit) where even these cannot fit.
    """
    sizes = [size_of(message) for message in messages]
    if sum(sizes) <= budget:
        return Fitted(tuple(messages), 0, sum(sizes))
    counts = [await count(message.content) for message in messages]
    counted = all(number is not None for number in counts)
    if counted:
        sizes = [_around(message) + (number or 0) for message, number in zip(messages, counts, strict=True)]
    old = [index for index, message in enumerate(messages[:-1]) if message.role != "system"]
    fixed = sum(sizes) - sum(sizes[index] for index in old)
    # An estimate is on the safe side: a question that only seems too long is left for the engine to judge.
    if (fixed if counted else fixed // 2) > budget:
        raise TooLong(limit=limit, detail=f"{fixed} tokens, room for {budget}")
    dropped = set(old[: _drop_count(messages, old, sizes, sum(sizes) - budget)])
    kept = [index for index in range(len(messages)) if index not in dropped]
    return Fitted(tuple(messages[index] for index in kept), len(dropped), sum(sizes[index] for index in kept), counted)


def _drop_count(messages: Sequence[Message], old: Sequence[int], sizes: Sequence[int], excess: int) -> int:
    """How many of the old messages go, so that `excess` tokens do and the rest starts with a question."""
    number = 0
    while excess > 0 and number < len(old):
        excess -= sizes[old[number]]
        number += 1
    stepped = -(-number // DROP_STEP) * DROP_STEP
    number = stepped if stepped < len(old) else number
    while number < len(old) and messages[old[number]].role == "assistant":
        number += 1
    return number


def size_of(message: Message) -> int:
    """Tokens that a message takes, estimated."""
    return _around(message) + estimate_tokens(message.content)


def _around(message: Message) -> int:
    """What a message takes besides its text."""
    return TURN_TOKENS + PICTURE_TOKENS * len(message.images)


def briefed(instructions: str, summary: str) -> str:
    """A system prompt that also tells what was said before."""
    told = f"Summary of the conversation so far:\n{summary}" if summary else ""
    return "\n\n".join(filter(None, (instructions, told)))


def notice_about(dropped: int) -> Notice:
    """What the person reads when older messages are left out."""
    return Notice(Text("answering.left_out", count=dropped), is_lasting=True, dropped=dropped)


def tighter(fitted: Fitted) -> int:
    """The budget for the second try, after an engine found too long what should have fitted."""
    return max(1, int(fitted.tokens * RETRY_SHARE))
