"""A provider that says what a test wrote."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from app.core.values import Event, Model, Request


class Scripted:
    """Answers with fixed events; an exception among them is raised. None waits for ever."""

    def __init__(self, *events: Event | BaseException | None) -> None:
        self.events = events
        self.requests: list[Request] = []
        self.was_closed = False

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self.requests.append(request)
        try:
            for event in self.events:
                await asyncio.sleep(0)
                if event is None:
                    await asyncio.Event().wait()
                elif isinstance(event, BaseException):
                    raise event
                else:
                    yield event
        finally:
            self.was_closed = True
