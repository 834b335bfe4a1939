"""Summing up a conversation, in as many steps as the model's context asks for.

words = await sum_up(ask, SUMMARIES, messages, "", belongs_to=chat.id, most_tokens=400, limit=4096)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.text import estimate_tokens
from app.core.values import Message
from app.models.answering.context import TURN_TOKENS, reply_budget
from app.study.ask import Ask, Question
from app.study.asked import cut
from app.study.features import Feature

LEAST_TOKENS = 128  # of the talk in one step: with fewer it would never end
ASK = (
    "Sum up this conversation for somebody who goes on with it: facts, names, numbers, what was asked and what is "
    "still open. At most {words} words. Answer with the summary alone."
)


async def sum_up(
    ask: Ask,
    feature: Feature,
    messages: Sequence[Message],
    known: str,
    *,
    belongs_to: str,
    most_tokens: int,
    limit: int,
    stays_here: bool = False,
) -> str:
    """The summary of a conversation in at most so many tokens, with what was `known` of its beginning; "" where the
    model says nothing. `limit` is what the model can read and write, 0 where that is not known. Raises what the model
    raises."""
    task = ASK.format(words=most_tokens // 2)
    for part in _parts(messages, _room(limit, most_tokens, task)):
        before = f"Summary so far: {known}\n\n" if known else ""
        question = Question(
            feature, f"{task}\n\n{before}{part}", belongs_to, max_tokens=most_tokens, stays_here=stays_here
        )
        known = (await ask.text(question)).strip()
        if not known:
            return ""
    return known


def _room(limit: int, most_tokens: int, task: str) -> int:
    """Tokens of the conversation that fit into one question, 0 for as many as there are."""
    if not limit:
        return 0
    around = estimate_tokens(task) + 2 * TURN_TOKENS + most_tokens  # the last is the summary so far
    return max(LEAST_TOKENS, limit - reply_budget(limit, most_tokens) - around)


def _parts(messages: Sequence[Message], room: int) -> Iterator[str]:
    """The conversation in pieces that fit; a message that is longer than one goes through several."""
    talk = "\n\n".join(f"{message.role}: {message.content}" for message in messages)
    while talk:
        part = cut(talk, room)
        yield part.strip()
        talk = talk[max(1, len(part)) :]
