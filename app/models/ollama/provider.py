"""OllamaProvider: answers from models that Ollama runs.

    provider = OllamaProvider(client, clock)
    async for event in provider.reply(model, request): ...     # Notice, Thought, Delta, ToolCall, …, Done

`model.id` is "ollama:" and the name. Tokens, decode speed and load time are the server's own figures, from the last
line of the stream; the time to the first token is on the clock that every other provider's is on.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from app.core.errors import NotSupported, TooLong
from app.core.ports import Clock
from app.core.values import (
    Counted,
    Delta,
    Done,
    Event,
    Message,
    Model,
    Notice,
    Request,
    Sampling,
    StopReason,
    Thought,
    ToolCall,
)
from app.models.context import Fitted, fit, reply_budget, sentence_about, tighter
from app.models.ollama.client import NANOSECOND, OllamaClient, Running
from app.models.ollama.library import DEFAULT_CONTEXT, same_name
from app.models.reply_meter import ReplyMeter

PREFIX = "ollama:"
REASONS: dict[str, StopReason] = {"stop": "end", "length": "length"}


class OllamaProvider:
    """A Provider over one server, which queues requests by itself."""

    def __init__(self, client: OllamaClient, clock: Clock) -> None:
        self._client, self._clock = client, clock

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer; closing the iterator stops the server. Raises Unreachable, OriginRefused, ModelMissing,
        NotSupported, TooLong, RateLimited, ProviderError, Interrupted."""
        name = model.id.removeprefix(PREFIX)
        _check_features(model, request)
        loaded = next((one for one in await self._client.running() if same_name(one.name, name)), None)
        if loaded is None:
            yield Notice(f"Loading {name} into Ollama's memory …")
        limit = _limit(model, loaded)
        budget = limit - reply_budget(limit, request.sampling.max_tokens)
        meter = ReplyMeter(self._clock, "Ollama", request.sampling.max_tokens)
        for is_last in (False, True):
            fitted = await fit(request.messages, budget, _nobody_counts, limit)
            if fitted.dropped:
                yield Notice(sentence_about(fitted.dropped), is_lasting=True)
            try:
                async with aclosing(self._stream(name, model, request, fitted, meter)) as events:
                    async for event in events:
                        yield event
                return
            except TooLong as error:
                limit = error.limit or limit
                if is_last or meter.has_begun or len(fitted.messages) < 2:
                    raise
                budget = min(tighter(fitted), limit - reply_budget(limit, request.sampling.max_tokens))

    async def _stream(
        self, name: str, model: Model, request: Request, fitted: Fitted, meter: ReplyMeter
    ) -> AsyncGenerator[Event, None]:
        last: dict[str, Any] = {}
        meter.start()
        async with aclosing(self._client.chat(_body(name, model, request, fitted.messages), request.purpose)) as lines:
            async for line in lines:
                message = line.get("message") or {}
                if shown := meter.take(Thought(message.get("thinking") or "")):
                    yield shown
                for call in message.get("tool_calls") or ():
                    function = call.get("function") or {}
                    yield ToolCall(function.get("name", ""), function.get("arguments") or {}, call.get("id", ""))
                if (text := message.get("content")) and (shown := meter.take(Delta(text))):
                    yield shown
                last = line
                if meter.is_endless:
                    break
        if rest := meter.rest():
            yield Delta(rest)
        yield _done(meter.done(_counts(last), fitted), last)


def _limit(model: Model, loaded: Running | None) -> int:
    """Tokens that the server reads: what it has loaded the model with, else what it takes by itself."""
    own = loaded.context_length if loaded and loaded.context_length else DEFAULT_CONTEXT
    return min(own, model.context_length or own)


async def _nobody_counts(text: str) -> int | None:
    """Ollama has no endpoint that counts tokens: they are estimated."""
    return None


def _check_features(model: Model, request: Request) -> None:
    """What the model cannot do is said before anything is sent; a server that tells no capabilities is asked."""
    can = model.capabilities
    if not can:
        return
    if any(message.images for message in request.messages) and "vision" not in can:
        raise NotSupported(f"{model.name} cannot see pictures.", "Choose a model that can.")
    if request.tools and "tools" not in can:
        raise NotSupported(f"{model.name} cannot use tools.", "Choose a model that can.")
    if "embedding" in can and "completion" not in can:
        raise NotSupported(f"{model.name} makes embeddings; it does not chat.", "Choose a chat model.")


def _body(name: str, model: Model, request: Request, messages: tuple[Message, ...]) -> dict[str, Any]:
    """The request of /api/chat. A model that can think does so unless it is told not to."""
    body: dict[str, Any] = {
        "model": name,
        "messages": [_plain(message) for message in messages],
        "options": _options(request.sampling),
        "truncate": False,
    }
    if "thinking" in model.capabilities and request.think is not None:
        body["think"] = request.think
    if request.schema is not None:
        body["format"] = request.schema
    if request.tools:
        body["tools"] = list(request.tools)
    if request.keep_alive:
        body["keep_alive"] = _number_or_text(request.keep_alive)
    return body


def _number_or_text(text: str) -> int | str:
    """Ollama takes "10m" as text and seconds (and -1 for ever) as a number."""
    return int(text) if text.lstrip("-").isdecimal() else text


def _plain(message: Message) -> dict[str, Any]:
    plain: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.images:
        plain["images"] = list(message.images)
    if message.tool_calls:
        plain["tool_calls"] = [
            {"id": call.id, "function": {"name": call.name, "arguments": dict(call.arguments)}}
            for call in message.tool_calls
        ]
    if message.tool_name:
        plain["tool_name"] = message.tool_name
    return plain


def _options(sampling: Sampling) -> dict[str, Any]:
    options: dict[str, Any] = {
        "temperature": sampling.temperature,
        "top_k": sampling.top_k,
        "top_p": sampling.top_p,
        "num_predict": sampling.max_tokens,
    }
    return options | ({"seed": sampling.seed} if sampling.seed else {})


def _counts(last: dict[str, Any]) -> Counted | None:
    """Tokens in and out, and how fast it wrote, as the server counts them; a figure of 0 is left out there."""
    if not last.get("done"):
        return None
    written, seconds = last.get("eval_count", 0), last.get("eval_duration", 0) * NANOSECOND
    return Counted(last.get("prompt_eval_count", 0), written, written / seconds if seconds else 0.0)


def _done(done: Done, last: dict[str, Any]) -> Done:
    """Our clock's figures, and the server's own where it knows better."""
    if not last.get("done"):
        return done
    timing = replace(done.timing, load_seconds=last.get("load_duration", 0) * NANOSECOND)
    reason = done.stop_reason if done.stop_reason == "padding" else REASONS.get(last.get("done_reason", ""), "end")
    return replace(done, timing=timing, stop_reason=reason)
