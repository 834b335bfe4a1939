"""The one place where words leave this device: each request is checked here, and everything under way can be stopped.

    egress = Egress()
    provider = LocalModelProvider(engines, routes, egress)     # every request of every feature passes here
    egress.also_check = session.check_leaving                  # what only the session knows: Offline Mode, privacy
    egress.stop("chat1")                                       # the chat is private now: its requests end at once

A request to a model on this device is not held up by anything here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

from app.core.errors import AppError, PrivateChat, StaysHere
from app.core.places import Purpose
from app.core.texts import Text
from app.core.values import Event, Model, Request

T = TypeVar("T")
Check = Callable[[Model, Request], None]


class Egress:
    """Raises StaysHere (PrivateChat) where words would go farther than they may; `also_check` raises its own."""

    def __init__(self, also_check: Check = lambda model, request: None) -> None:
        self.also_check = also_check
        self._under_way: dict[str, set[_Leaving]] = {}

    def check(self, model: Model, request: Request) -> None:
        """Let a request out, or raise why not. Nothing has left when it raises."""
        if not model.place.is_within(request.farthest):
            raise too_far(model, request)
        self.also_check(model, request)

    async def stream(
        self, model: Model, request: Request, events: AsyncGenerator[Event, None]
    ) -> AsyncGenerator[Event, None]:
        """The events of a request that leaves this device, until it is stopped. Raises why it was."""
        leaving = _Leaving(model)
        self._under_way.setdefault(request.belongs_to, set()).add(leaving)
        try:
            while (event := await leaving.step(lambda: anext(events, None))) is not None:
                yield event
        finally:
            self._under_way[request.belongs_to].discard(leaving)
            await events.aclose()

    async def call(self, model: Model, request: Request, work: Callable[[], Awaitable[T]]) -> T:
        """The one answer of a request that leaves this device, until it is stopped. Raises why it was."""
        leaving = _Leaving(model)
        self._under_way.setdefault(request.belongs_to, set()).add(leaving)
        try:
            return await leaving.step(work)
        finally:
            self._under_way[request.belongs_to].discard(leaving)

    def stop(self, chat_id: str) -> None:
        """End everything of a chat that is on its way to another machine; who waits for it is told by PrivateChat."""
        for leaving in tuple(self._under_way.get(chat_id, ())):
            leaving.stop(_private_now(leaving.model))

    def stop_all(self, why: Callable[[Model], AppError]) -> None:
        """End everything that is on its way to another machine, of every chat and of none."""
        for leaving in [one for under_way in self._under_way.values() for one in under_way]:
            leaving.stop(why(leaving.model))

    def names(self, chat_id: str) -> list[str]:
        """The models elsewhere that words of a chat are under way to."""
        return [leaving.model.name for leaving in self._under_way.get(chat_id, ())]


class _Leaving:
    """One request on its way. Stopping it cancels what is awaited, as asyncio.timeout does, and nothing around it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._task: asyncio.Task[object] | None = None
        self._why: AppError | None = None
        self._has_cancelled = False

    def stop(self, why: AppError) -> None:
        """End it now, or before its next event."""
        if self._why is None:
            self._why = why
            if self._task is not None:
                self._has_cancelled = self._task.cancel()

    async def step(self, work: Callable[[], Awaitable[T]]) -> T:
        """Await one event. Raises why it was stopped, once it is."""
        if self._why is not None:
            raise self._why
        self._task = task = asyncio.current_task()
        try:
            return await work()
        except asyncio.CancelledError:
            if self._why is None or not self._has_cancelled or (task is not None and task.uncancel() > 0):
                raise
            raise self._why from None
        finally:
            self._task = None


def _private_now(model: Model) -> PrivateChat:
    words = Text("answering.private_now", model=model.name)
    return PrivateChat(words, Text("answering.private_now_cure"))


def too_far(model: Model, request: Request) -> StaysHere:
    """Why a request must not go to a model."""
    if request.purpose is Purpose.API:
        words = Text("answering.api_stays", model=model.name, where=model.where)
        return StaysHere(words, Text("answering.api_stays_cure"))
    return PrivateChat(Text("answering.private", model=model.name, where=model.where))
