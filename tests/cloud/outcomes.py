"""What a stream of bytes comes to, read by the real openai and anthropic SDKs and by our client, in one form.

    READERS["openai"](raw)                  # Outcome(text="Paris.", reason="end", usage=(14, 3, 0, 0), …)
    asyncio.run(ours("openai", [raw]))      # the same; error="Interrupted" where the SDK is silent about a cut

The SDKs get a response with these bytes, and what they parse is gathered by their own helpers. What was parsed and
gathered once is kept by its content: a stream that is cut one byte later mostly holds the same events.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import anthropic
import httpx2
import openai
from anthropic.lib.streaming._messages import accumulate_event
from anthropic.types import RawMessageStreamEvent
from openai.lib.streaming.chat import ChatCompletionStreamState
from openai.types.chat import ChatCompletionChunk

from app.core.errors import AppError
from app.core.values import Delta, Done, Event, Message, Model, Request, Thought, ToolCall
from app.models.cloud.provider import CloudProvider
from app.models.cloud.services import SERVICES
from app.net.waits import Patience
from tests.environment import ROOT
from tests.memory import FakeClock, MemoryReply, ScriptedFetch

#: the fixtures, by name and dialect: "thinking.openai"
STREAMS = {path.stem: path.read_bytes() for path in sorted((ROOT / "tests" / "fixtures" / "cloud").glob("*.sse"))}
#: why a reply ended, in our words
REASONS: Mapping[str | None, str] = {
    "stop": "end",
    "tool_calls": "end",
    "length": "length",
    "end_turn": "end",
    "tool_use": "end",
    "max_tokens": "length",
}


def dialect_of(name: str) -> str:
    """The end of a stream's name."""
    return name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`calls` are names with their arguments as JSON; `usage` is tokens in, out, read from a cache, written to one, or
    None; `error` is the class of what was raised, "" where the stream was taken for a whole one."""

    text: str = ""
    thoughts: str = ""
    calls: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    usage: tuple[int, int, int, int] | None = None
    error: str = ""


class Events(tuple[Any, ...]):
    """Parsed events; equal where they are the very same objects."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Events) and [*map(id, self)] == [*map(id, other)]

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))


def remembering(client: Any) -> Any:
    """The client, which parses the same event only once."""
    parse, kept = client._process_response_data, dict[str, Any]()

    def once(*, data: object, cast_to: object, response: object) -> Any:
        key = json.dumps(data)
        if key not in kept:
            kept[key] = parse(data=data, cast_to=cast_to, response=response)
        return kept[key]

    client._process_response_data = once
    return client


OPENAI = remembering(openai.OpenAI(api_key="none", base_url="http://localhost/v1"))
ANTHROPIC = remembering(anthropic.Anthropic(api_key="none", base_url="http://localhost"))


def read_by_openai(raw: bytes) -> Outcome:
    """As the openai SDK reads it."""
    return _read(openai.Stream(cast_to=ChatCompletionChunk, response=_response(raw), client=OPENAI), _chunks)


def read_by_anthropic(raw: bytes) -> Outcome:
    """As the anthropic SDK reads it."""
    kind: Any = RawMessageStreamEvent
    return _read(anthropic.Stream(cast_to=kind, response=_response(raw), client=ANTHROPIC), _messages)


READERS: Mapping[str, Callable[[bytes], Outcome]] = {"openai": read_by_openai, "anthropic": read_by_anthropic}


def called(dialect: str, raw: bytes) -> Outcome:
    """As a program reads it that calls the SDK, whose transport answers with these bytes."""
    http = httpx2.Client(transport=httpx2.MockTransport(lambda request: _response(raw)))
    if dialect == "openai":
        chat = openai.OpenAI(api_key="none", http_client=http).chat.completions
        return _read(chat.create(model="m", messages=[{"role": "user", "content": "?"}], stream=True), _chunks)
    messages = anthropic.Anthropic(api_key="none", http_client=http).messages
    asked = messages.create(model="m", messages=[{"role": "user", "content": "?"}], max_tokens=9, stream=True)
    return _read(asked, _messages)


def _response(raw: bytes) -> httpx2.Response:
    headers = {"content-type": "text/event-stream"}
    return httpx2.Response(200, content=raw, headers=headers, request=httpx2.Request("POST", "http://localhost"))


def _read(stream: Iterable[Any], gather: Callable[[Events], Outcome]) -> Outcome:
    events, error = list[Any](), ""
    try:
        for event in stream:  # one by one: those before an error count
            events.append(event)
    except (openai.APIError, anthropic.APIError, ValueError) as caught:
        error = type(caught).__name__
    return replace(gather(Events(events)), error=error)


@cache
def _chunks(chunks: Events) -> Outcome:
    state = ChatCompletionStreamState()
    for chunk in chunks:
        list(state.handle_chunk(chunk))
    if not chunks:
        return Outcome()
    whole = state.current_completion_snapshot
    [choice], usage = whole.choices, whole.usage
    thoughts = [getattr(one.delta, "reasoning_content", None) or "" for chunk in chunks for one in chunk.choices]
    details = usage and usage.prompt_tokens_details
    cached = (details.cached_tokens if details else 0) or 0
    calls: Any = choice.message.tool_calls or ()
    return Outcome(
        choice.message.content or "",
        "".join(thoughts),
        tuple((call.function.name, _same(call.function.arguments)) for call in calls),
        REASONS.get(choice.finish_reason, ""),
        (usage.prompt_tokens, usage.completion_tokens, cached, 0) if usage else None,
    )


@cache
def _messages(events: Events) -> Outcome:
    message: Any = None
    buffers: dict[int, bytes] = {}
    for event in events:
        message = accumulate_event(event=event, current_snapshot=message, json_bufs=buffers)
    if message is None:
        return Outcome()
    usage = message.usage
    cached, written = usage.cache_read_input_tokens or 0, usage.cache_creation_input_tokens or 0
    return Outcome(
        "".join(block.text for block in message.content if block.type == "text"),
        "".join(block.thinking for block in message.content if block.type == "thinking"),
        tuple((block.name, _json(block.input)) for block in message.content if block.type == "tool_use"),
        REASONS.get(message.stop_reason, ""),
        (usage.input_tokens + cached + written, usage.output_tokens, cached, written),
    )


def _same(arguments: str) -> str:
    """In one form, where they are whole."""
    try:
        return _json(json.loads(arguments))
    except ValueError:
        return arguments


def _json(arguments: Any) -> str:
    return json.dumps(dict(arguments), ensure_ascii=False, separators=(",", ":"))


class _Once(Patience):
    """Nothing is asked a second time."""

    def before(self, error: AppError, tries: int, waited: float = 0.0) -> float | None:
        return None


async def ours(dialect: str, parts: Sequence[bytes]) -> Outcome:
    """As our client reads a reply that comes in these parts and then ends. Calls are only told when the reply is whole,
    in Anthropic's dialect when they are."""
    service, fetch = SERVICES[dialect], ScriptedFetch({})
    fetch.events = [MemoryReply(200, chunks=parts)]
    provider = CloudProvider(fetch, FakeClock(), service, lambda: "none", patience=_Once())
    events, error = list[Event](), ""
    try:
        async for event in provider.reply(Model(service.model_id("m"), "m"), Request((Message("user", "?"),))):
            events.append(event)
    except AppError as caught:
        error = type(caught).__name__
    done = next((event for event in events if isinstance(event, Done)), None)
    usage = done.usage if done else None
    return Outcome(
        "".join(event.text for event in events if isinstance(event, Delta)),
        "".join(event.text for event in events if isinstance(event, Thought)),
        tuple((event.name, _json(event.arguments)) for event in events if isinstance(event, ToolCall)),
        done.stop_reason if done else "",
        (usage.prompt_tokens, usage.reply_tokens, usage.cached_tokens, usage.written_tokens)
        if usage and usage.counted
        else None,
        error,
    )
