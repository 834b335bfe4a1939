"""What a long chat's model can no longer read is summed up for it, where the person wants that.

    provider = Recapping(local_and_cloud, recap)
    async for event in provider.reply(model, request): ...     # Notice("…"), then the answer

`recap` sums up the turns that would be left out, or returns "" where nobody is to do that. The model's own provider
still makes the rest fit, and says what it leaves out: a summary that cannot be made costs nothing but itself.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from app.core.errors import AppError
from app.core.ports import Provider
from app.core.texts import Text
from app.core.values import Event, Message, Model, Notice, Request
from app.models.answering.context import fit, reply_budget

MOST_TOKENS = 400
SHARE = 8  # of the context length, the part that a summary may take: one in so many
Recap = Callable[[Request, Sequence[Message], int], Awaitable[str]]


class Recapping:
    """`is_wanted` is asked first, for each request: looking costs nothing then."""

    def __init__(self, provider: Provider, is_wanted: Callable[[Request], bool], recap: Recap) -> None:
        self._provider, self._is_wanted, self._recap = provider, is_wanted, recap

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer. Raises what the provider raises."""
        left_out = await _left_out(model, request) if self._is_wanted(request) else ()
        if left_out:
            yield Notice(Text("answering.summing_up"))
            words = ""
            try:
                words = await self._recap(request, left_out, _room(model))
            except AppError as error:
                yield Notice(Text("answering.not_summed_up", message=error.message), is_lasting=True)
            if words:
                request = with_recap(request, left_out, words)
                yield Notice(Text("answering.summed_up", count=len(left_out)), is_lasting=True)
        async with aclosing(self._provider.reply(model, request)) as events:  # type: ignore[type-var]
            async for event in events:
                yield event


def with_recap(request: Request, left_out: Sequence[Message], words: str) -> Request:
    """The request with a summary, in the system prompt, in place of messages."""
    system = [message.content for message in request.messages if message.role == "system"]
    gone = {id(message) for message in left_out}
    rest = [message for message in request.messages if message.role != "system" and id(message) not in gone]
    told = "\n\n".join([*system, f"Summary of the conversation so far:\n{words}"])
    return replace(request, messages=(Message("system", told), *rest))


def _room(model: Model) -> int:
    return min(MOST_TOKENS, model.context_length // SHARE)


async def _left_out(model: Model, request: Request) -> tuple[Message, ...]:
    """The messages that would not fit beside a summary, as far as an estimate tells."""
    limit = model.context_length
    if not limit:
        return ()
    budget = limit - reply_budget(limit, request.sampling.max_tokens)
    try:
        if not (await fit(request.messages, budget, _nobody_counts)).dropped:
            return ()
        fitted = await fit(request.messages, budget - _room(model), _nobody_counts)
    except AppError:  # the question alone is too long: for the model's provider to say
        return ()
    kept = {id(message) for message in fitted.messages}
    return tuple(message for message in request.messages if id(message) not in kept)


async def _nobody_counts(text: str) -> int | None:
    return None
