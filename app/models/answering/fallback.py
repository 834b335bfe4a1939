"""A model on this device answers where one elsewhere cannot: the fallback is a Provider, too.

    provider = Fallback(local_and_cloud, make_ready, instead)
    async for event in provider.reply(cloud_model, request): ...   # Notice("…"), AnsweredBy(local), Delta("…"), …

Only models whose words leave this device are replaced, and only before their first word: what has begun is kept as it
is. Nothing is ever sent further away than the person chose.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from app.core.errors import AppError, Interrupted, NoQuota, OfflineModeOn, RateLimited, Unreachable
from app.core.ports import Provider
from app.core.texts import Text, TextOrWords
from app.core.values import AnsweredBy, Delta, Event, Model, Notice, Request, Reread, Thought
from app.models.answering.wrapper import WrapperProvider

Instead = Callable[[Model, AppError], Model | None]

#: What another model can mend. A wrong key or a message that is too long is for the person to mend.
MENDABLE = (Unreachable, RateLimited, NoQuota, Interrupted, OfflineModeOn)


def stands_in(failed: Model, other: Model, message: TextOrWords) -> Text:
    """The sentence under a reply that another model gave."""
    return Text("answering.stands_in", failed=failed.name, message=message, other=other.name)


class Fallback(WrapperProvider):
    """`make_ready` returns the model as it can be asked, or raises; `instead` names the model that takes the place of
    one that failed, None where there is none."""

    def __init__(
        self,
        wrapped: Provider,
        make_ready: Callable[[Model], Awaitable[Model]],
        instead: Instead,
    ) -> None:
        super().__init__(wrapped)
        self._make_ready, self._instead = make_ready, instead

    def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer; `AnsweredBy` tells who gives it. Raises what the providers raise."""
        return self.reply_or(self._instead, model, request)

    async def reply_or(self, instead: Instead, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """The same, where the caller knows better who takes the place of a model that fails (the router)."""
        has_begun = False
        try:
            async with aclosing(self._stream(model, request)) as events:
                async for event in events:
                    has_begun = has_begun or isinstance(event, Delta | Thought | Reread)
                    yield event
            return
        except MENDABLE as error:
            other = instead(model, error) if model.leaves_device and not has_begun else None
            if other is None:
                raise
            yield Notice(stands_in(model, other, error.message), is_lasting=True, offers_again=True)
        async with aclosing(self._stream(other, request)) as events:
            async for event in events:
                yield event

    async def _stream(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        model = await self._make_ready(model)
        yield AnsweredBy(model)
        async with aclosing(self.wrapped.reply(model, request)) as events:
            async for event in events:
                yield event
