"""Answers that are held to a JSON schema: looked at before anybody sees them, whoever gives them.

    holding = Holding(ask)
    async for event in holding.reply(model, request, schema): ...        # Loading(…), Delta('{"front": …}'), Done(…)

A model whose row says so is given the schema and can write nothing else (`Model.holds_schema`); any other one is asked
for it in words. Either way the answer comes in one piece, once it is whole and was checked. One that was cut is
refused; one that does not keep to the schema is asked for once more, in words that say why, and then refused.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace

from app.core.errors import BadAnswer, BadRequest, TimedOut
from app.core.json_schema import bounded, check, fault
from app.core.reading import Unreadable, read_object
from app.core.text import shorten
from app.core.texts import Text
from app.core.values import Delta, Done, Event, Model, Request, Reread, Schema, Thought, ToolCall

#: what a model is told behind the question
ASKED, AGAIN = "Answer only with JSON", "Your last answer could not be used: {why}."
FENCED = re.compile(r"\A```(?:json)?\s*\n(.*)\n\s*```\Z", re.DOTALL)
#: how long an answer may take from its first word. That one comes at all in time is for who asks the model.
LEAST_SECONDS, SECONDS_PER_TOKEN = 60.0, 0.5
MOST_DETAIL = 600  # characters
COUNTS = ("prompt_tokens", "reply_tokens", "cached_tokens", "written_tokens", "thinking_tokens")
Reply = Callable[[Model, Request], AsyncGenerator[Event, None]]


class Holding:
    """`reply` asks a model for anything. It remembers which models were seen to refuse a schema."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._refusers: set[str] = set()

    async def reply(self, model: Model, request: Request, schema: Schema) -> AsyncGenerator[Event, None]:
        """The events of a reply by `schema`. Raises BadSchema before anything is sent; BadAnswer for an answer that was
        cut or does not keep to it, after a Done that says what it has cost; TimedOut; and what the model raises."""
        if schema != "json":
            check(schema)
        done, why = Done(stop_reason="stopped"), ""
        is_given = model.holds_schema and model.id not in self._refusers
        for is_last in (False, True):
            tried = _Try(schema, request.sampling.max_tokens)
            try:
                asked = asked_for(request, schema, is_given=is_given, why=why)
                async with aclosing(tried.events(self._reply(model, asked))) as events:
                    async for event in events:
                        yield event
            except BadRequest:  # some models of a service take none, and nothing else tells which
                if not is_given or is_last:
                    raise
                is_given = False
                continue
            if model.holds_schema and not is_given:
                self._refusers.add(model.id)
            done, why = _together(done, tried.done) if why else tried.done, tried.fault()
            if not why:
                if tried.text:
                    yield Delta(tried.text)
                yield done
                return
            if is_last or tried.is_cut:
                break
        yield done
        raise tried.refusal(why)


class _Try:
    """One reply, whose words are kept back until it has ended."""

    def __init__(self, schema: Schema, max_tokens: int) -> None:
        self._schema, self._seconds = schema, LEAST_SECONDS + max_tokens * SECONDS_PER_TOKEN
        self._said, self._has_called = "", False
        self.done = Done(stop_reason="stopped")

    async def events(self, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
        """All of them but the answer and its end. Raises TimedOut, and what the model raises."""
        clock, deadline = asyncio.get_running_loop().time, None
        async with aclosing(events):
            while (event := await _next(events, deadline)) is not None:
                if isinstance(event, Delta | Thought) and deadline is None:
                    deadline = clock() + self._seconds
                if isinstance(event, Done):
                    self.done = event
                elif isinstance(event, Delta):
                    self._said += event.text
                elif isinstance(event, Reread):
                    self._said = event.text
                    yield replace(event, text="")
                else:
                    self._has_called = self._has_called or isinstance(event, ToolCall)
                    yield event

    @property
    def is_cut(self) -> bool:
        """Whether it did not come to an end of its own."""
        return self.done.stop_reason != "end"

    @property
    def text(self) -> str:
        """The answer; a fence around it is no part of it."""
        text = self._said.strip()
        fenced = FENCED.match(text)
        return fenced[1].strip() if fenced else text

    def fault(self) -> str:
        """Why it is not used, "" where it is: also where a tool is called in place of an answer."""
        if self.is_cut:
            return f"it ended by {self.done.stop_reason}"
        if self._has_called and not self.text:
            return ""
        try:
            value = read_object(self.text)
        except Unreadable as error:
            return f"it is no JSON object ({error})"
        return fault(value, self._schema) if self._schema != "json" else ""

    def refusal(self, why: str) -> BadAnswer:
        """The error for an answer that is not used."""
        words = Text("answering.cut") if self.is_cut else Text("answering.not_held")
        return BadAnswer(words, detail=shorten(f"{why}: {self.text}", MOST_DETAIL))


async def _next(events: AsyncGenerator[Event, None], deadline: float | None) -> Event | None:
    """The next event, None after the last one. Raises TimedOut after the deadline."""
    try:
        async with asyncio.timeout_at(deadline) as limit:
            return await anext(events, None)
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise TimedOut(Text("answering.too_slow")) from error


def asked_for(request: Request, schema: Schema, *, is_given: bool, why: str = "") -> Request:
    """The request as it goes to a model that can be given a schema, or to any other one, in words. `why` is what was
    wrong with its last answer: then any model is told in words."""
    given = schema if schema == "json" else bounded(schema, request.sampling.max_tokens)
    if is_given and not why and schema != "json":  # for that some services want the word, too
        return replace(request, schema=given)
    *before, last = request.messages
    how = (
        ASKED
        if schema == "json"
        else f"{ASKED} that matches this JSON schema:\n{json.dumps(schema, ensure_ascii=False)}"
    )
    told = "\n\n".join(filter(None, (last.content, AGAIN.format(why=why) if why else "", how)))
    return replace(request, messages=(*before, replace(last, content=told)), schema=given if is_given else None)


def _together(first: Done, second: Done) -> Done:
    """The end of a reply that took two tries: what both have cost."""
    one, other, cost = first.usage, second.usage, None
    if one.cost_micros is not None and other.cost_micros is not None:
        cost = one.cost_micros + other.cost_micros
    sums = {name: getattr(one, name) + getattr(other, name) for name in COUNTS}
    usage = replace(other, **sums, counted=one.counted and other.counted, cost_micros=cost)
    before, timing = first.timing, second.timing
    timing = replace(
        timing,
        load_seconds=before.load_seconds + timing.load_seconds,
        first_token_seconds=before.total_seconds + timing.first_token_seconds,
        total_seconds=before.total_seconds + timing.total_seconds,
    )
    return replace(second, usage=usage, timing=timing)
