"""What a long chat's model can no longer read is summed up for it, where the person wants that.

    provider = Summariser(local_and_cloud, is_wanted, summarise)
    async for event in provider.reply(model, request): ...     # Notice("…"), then the answer

`summarise` sums up the turns that would be left out, or returns "" where nobody is to do that. The model's own provider
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
from app.models.answering.context import briefed, fit, reply_budget, uncounted
from app.models.answering.wrapper import WrapperProvider

MOST_TOKENS = 400
SHARE = 8  # of the context length, the part that a summary may take: one in so many
Summarise = Callable[[Request, Sequence[Message], int], Awaitable[str]]


class Summariser(WrapperProvider):
    """`is_wanted` is asked first, for each request: looking costs nothing then."""

    def __init__(self, wrapped: Provider, is_wanted: Callable[[Request], bool], summarise: Summarise) -> None:
        super().__init__(wrapped)
        self._is_wanted, self._summarise = is_wanted, summarise

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer. Raises what the provider raises."""
        left_out = await _left_out(model, request) if self._is_wanted(request) else ()
        gone = 0
        if left_out:
            yield Notice(Text("answering.summing_up"))
            words = ""
            try:
                words = await self._summarise(request, left_out, most_tokens(model.context_length))
            except AppError as error:
                yield Notice(Text("answering.not_summed_up", message=error.message), is_lasting=True)
            if words:
                request = with_summary(request, left_out, words)
                told = Text("answering.summed_up", count=len(left_out))
                gone = len(left_out)
                yield Notice(told, is_lasting=True, dropped=gone)
        async with aclosing(self.wrapped.reply(model, request)) as events:
            async for event in events:
                if gone and isinstance(event, Notice) and event.dropped:  # beside those that the summary stands for
                    event = replace(event, dropped=event.dropped + gone)
                yield event


def with_summary(request: Request, left_out: Sequence[Message], words: str) -> Request:
    """The request with a summary, in the system prompt, in place of messages."""
    system = [message.content for message in request.messages if message.role == "system"]
    gone = {id(message) for message in left_out}
    rest = [message for message in request.messages if message.role != "system" and id(message) not in gone]
    return replace(request, messages=(Message("system", briefed("\n\n".join(system), words)), *rest))


def most_tokens(limit: int) -> int:
    """How long a summary may be for a model that reads and writes so many tokens, 0 where that is not known."""
    return min(MOST_TOKENS, limit // SHARE) if limit else MOST_TOKENS


async def _left_out(model: Model, request: Request) -> tuple[Message, ...]:
    """The messages that would not fit beside a summary, as far as an estimate tells."""
    limit = model.context_length
    if not limit:
        return ()
    budget = limit - reply_budget(limit, request.sampling.max_tokens)
    try:
        if not (await fit(request.messages, budget, uncounted)).dropped:
            return ()
        fitted = await fit(request.messages, budget - most_tokens(limit), uncounted)
    except AppError:  # the question alone is too long: for the model's provider to say
        return ()
    kept = {id(message) for message in fitted.messages}
    return tuple(message for message in request.messages if id(message) not in kept)
