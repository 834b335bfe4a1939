"""A reply whose connection broke while nobody looked goes on by itself.

    provider = Resuming(local, presence, clock)
    async for event in provider.reply(model, request): ...      # Delta("Par"), Notice("…"), Delta("is."), Done(…)

A phone that is locked and a tab in the background lose their connections, and an engine its graphics processor. The
model is then asked to go on from the words that came. Where the page was on show all the time the error is told.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from app.core.errors import DeviceLost, Interrupted, TimedOut, Unreachable
from app.core.ports import Clock, Provider
from app.core.presence import Presence
from app.core.texts import Text
from app.core.values import Delta, Event, Message, Model, Notice, Request, Reread, Thought
from app.models.answering.wrapper import WrapperProvider

GO_ON = "Go on exactly where you stopped. Do not repeat anything."
CUT = (Interrupted, Unreachable, TimedOut, DeviceLost)
TRIES = 3
FIRST_SECONDS, GROWTH = 1.0, 2.0  # a network that has just come back needs a moment


def going_on(request: Request, said: str) -> Request:
    """The request that goes on with a reply of which these words have come."""
    return replace(request, messages=(*request.messages, Message("assistant", said), Message("user", GO_ON)))


class Resuming(WrapperProvider):
    """Before the first word only where the page is on show again: until then another model may stand in."""

    def __init__(self, wrapped: Provider, presence: Presence, clock: Clock) -> None:
        super().__init__(wrapped)
        self._presence, self._clock = presence, clock

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer. Raises what the provider raises."""
        run = _Run(request, self._presence)
        for tries in range(TRIES + 1):
            try:
                async with aclosing(self.wrapped.reply(model, run.begin())) as events:
                    async for event in events:
                        if (told := run.take(event)) is not None:
                            yield told
                return
            except CUT:
                if tries == TRIES or not run.may_go_on:
                    raise
            if tries:
                yield Notice(Text("answering.waits_for_you"))
                await self._presence.here()
            await self._clock.sleep(FIRST_SECONDS * GROWTH**tries)
            if run.thinks_only:
                yield Reread()
            yield Notice(Text("answering.went_on"), is_lasting=not tries)


class _Run:
    """One reply, over all of its tries."""

    def __init__(self, request: Request, presence: Presence) -> None:
        self._request, self._presence = request, presence
        self._absences = presence.absences - (not presence.is_here)
        self._said, self._thought = "", ""
        self._before = "", ""  # what was said and thought before this try
        self._lasting, self._told_before = list[Notice](), tuple[Notice, ...]()

    def begin(self) -> Request:
        """What the model is asked now."""
        self._thought = self._thought if self._said else ""  # it begins anew
        self._before, self._told_before = (self._said, self._thought), tuple(self._lasting)
        return going_on(self._request, self._said) if self._said else self._request

    @property
    def thinks_only(self) -> bool:
        """Whether nothing but thinking has come: it begins anew."""
        return bool(self._thought) and not self._said

    @property
    def may_go_on(self) -> bool:
        """Whether the page was left meanwhile, and what has come can be gone on with."""
        if self._presence.absences == self._absences:
            return False
        if self._said:
            return self._request.schema is None  # its beginning would not be held to it
        return self._presence.is_here

    def take(self, event: Event) -> Event | None:
        """Note what has come. Returns it as the whole reply has it; None for what was told before the break."""
        if isinstance(event, Delta):
            self._said += event.text
        elif isinstance(event, Reread):
            said, thought = self._before
            event = Reread(said + event.text, "\n\n".join(filter(None, (thought, event.thinking))))
            self._said, self._thought = event.text, event.thinking
        elif isinstance(event, Thought):
            self._thought += event.text
        elif isinstance(event, Notice) and event.is_lasting:
            if any(event == one or (event.dropped and one.dropped) for one in self._told_before):
                return None
            self._lasting.append(event)
        return event
