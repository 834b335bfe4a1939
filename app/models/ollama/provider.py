"""OllamaProvider: answers from models that Ollama runs.

    provider = OllamaProvider(client, clock, runners)
    async for event in provider.reply(model, request): ...     # Notice, Thought, Delta, ToolCall, …, Done

`model.id` is "ollama:" and the name. Tokens, decode speed and load time are the server's own figures, from the last
line of the stream; the time to the first token is on the clock that every other provider's is on.

How much a model reads is Ollama's to say, and it says so only of what is in memory. So a model is loaded first, then
the conversation is made to fit; nothing is ever shortened by the server without a word (`truncate` and `shift` are
false): it tells instead what is too long, and ends a reply where the context is full.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from app.core.errors import NotSupported, TooLong
from app.core.places import Place, sent_to
from app.core.ports import Clock
from app.core.texts import Text
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
)
from app.core.vectors import ToEmbed, ToRank, Vectors, in_batches, no_scores, text_too_long, vectors_of
from app.models.answering.context import Fitted, fit, notice_about, reply_budget, tighter, uncounted
from app.models.answering.egress import Check, Egress
from app.models.answering.reply_meter import ReplyMeter
from app.models.answering.unsupported import refuse_unsupported
from app.models.ollama.answers import Embedded, Part, Running
from app.models.ollama.client import OllamaClient
from app.models.ollama.library import DEFAULT_CONTEXT, same_name
from app.models.ollama.runners import Runners
from app.net.addresses import distance

REASONS: dict[str, StopReason] = {"stop": "end", "length": "length"}
LOAD_KEEP = "1m"  # until the question itself says how long: a server may be set to unload at once
TRIES = 3  # what is too long is told by the server; then the oldest turns go
BOUNDLESS = 1 << 60


class OllamaProvider:
    """A Provider over one server, which queues requests by itself. `runners` is what is known of its memory. While
    `stays()` (Offline Mode) no words may be passed on: what the server has is looked at first, and goes to `check`."""

    def __init__(
        self,
        client: OllamaClient,
        clock: Clock,
        runners: Runners | None = None,
        check: Check | None = None,
        stays: Callable[[], bool] = lambda: False,
    ) -> None:
        self._client, self._clock, self._runners = client, clock, runners or Runners()
        self._check, self._stays = check or Egress().check, stays

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer; closing the iterator stops the server. Raises Unreachable, OriginRefused, ModelMissing,
        NotSupported, TooLong, RateLimited, ProviderError, Interrupted."""
        name = model.ref.name
        _check_features(model, request)
        if request.stays_here or self._stays():
            await self._check_here(model, request)
        meter = ReplyMeter(self._clock, "Ollama", request.sampling.max_tokens)
        limit = model.context_length
        if not self._runners.is_remote(name):
            self._runners.see(await self._client.running())
            if not self._is_ready(name):
                yield Notice(Text("ollama_server.loading", model=name))
                await self._load(name, meter)
            limit = _limit(self._runners.of(name), model)
        async with aclosing(self._fitting(name, model, request, limit, meter)) as events:
            async for event in events:
                yield event

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        """Vectors of some texts, in batches. Raises Unreachable, OriginRefused, ModelMissing, NotSupported, TooLong,
        RateLimited, BadAnswer, ProviderError, Interrupted."""
        name, rows, tokens = model.ref.name, list[tuple[float, ...]](), 0
        if model.capabilities and "embedding" not in model.capabilities:
            raise NotSupported(Text("ollama_errors.no_embeddings", model=name), Text("ollama_errors.choose_embedding"))
        if asked.why.stays_here or self._stays():
            await self._check_here(model, asked.why)
        for texts in in_batches(model.embeds.put_before(asked.texts, asked.use)):
            self._check_address(model, asked.why)
            made = await self._embedded(model, texts, asked.dimensions)
            rows, tokens = [*rows, *made.vectors], tokens + made.prompt_tokens
        return vectors_of(model, rows, asked.texts, tokens)

    async def _embedded(self, model: Model, texts: Sequence[str], dimensions: int) -> Embedded:
        try:
            return await self._client.embed(model.ref.name, texts, dimensions=dimensions)
        except TooLong as error:
            raise text_too_long(model, error) from error

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        """Ollama has nothing that ranks. Raises NotSupported."""
        raise no_scores(model)

    def _is_ready(self, name: str) -> bool:
        """Whether the model is in memory as the person wants it."""
        row, wanted = self._runners.of(name), self._runners.chosen(name)
        return row is not None and wanted in (0, row.context_length)

    async def _load(self, name: str, meter: ReplyMeter) -> None:
        started = self._clock.tick()
        await self._client.load(name, self._runners.chosen(name), LOAD_KEEP)
        meter.load_seconds = self._clock.tick() - started
        self._runners.see(await self._client.running())
        self._runners.used(name)

    async def _fitting(
        self, name: str, model: Model, request: Request, limit: int, meter: ReplyMeter
    ) -> AsyncGenerator[Event, None]:
        """The answer to as much of the conversation as the model reads. An estimate leaves out only what is sure not to
        fit: what is left the server counts, and says before the first word where it is too long."""
        budget = self._budget(name, limit, request)
        for left in reversed(range(TRIES)):
            fitted = await fit(request.messages, budget, uncounted, limit)
            try:
                async with aclosing(self._stream(name, model, request, fitted, meter)) as events:
                    async for event in events:
                        yield event
                return
            except TooLong as error:
                limit = error.limit or limit
                if not left or meter.has_begun or len(fitted.messages) < 2:
                    raise
                self._runners.counted(name, error.tokens, fitted.tokens)
                budget = self._budget(name, limit, request)
                budget = budget if error.tokens else min(tighter(fitted), budget)

    def _budget(self, name: str, limit: int, request: Request) -> int:
        """Estimated tokens for the conversation, with room for the reply."""
        if not limit:
            return BOUNDLESS
        return self._runners.estimated(name, limit - reply_budget(limit, request.sampling.max_tokens))

    async def _check_here(self, model: Model, request: Request) -> None:
        """The server may pass on by now what it ran itself before. Raises what `check` raises."""
        name = model.ref.name
        passed_on = [one for one in await self._client.installed() if one.remote_host and same_name(one.name, name)]
        if passed_on:
            where = sent_to(passed_on[0].remote_host)
            self._check(replace(model, where=where, place=Place.CLOUD), request)

    def _check_address(self, model: Model, request: Request) -> None:
        """The person may have changed the address since the question was asked. Raises what `check` raises."""
        if distance(self._client.address) != "loopback":
            where = sent_to(self._client.address)
            self._check(replace(model, where=where, place=Place.CLOUD), request)

    async def _stream(
        self, name: str, model: Model, request: Request, fitted: Fitted, meter: ReplyMeter
    ) -> AsyncGenerator[Event, None]:
        last = Part()
        meter.start()
        body = _body(name, model, request, fitted.messages, self._runners.chosen(name))
        is_told = not fitted.dropped
        self._check_address(model, request)  # nothing is waited for between this and the request
        async with aclosing(self._client.chat(body, request.purpose)) as parts:
            async for part in parts:
                if not is_told:  # not before the server has taken it: it may be too long still
                    yield notice_about(fitted.dropped)
                    is_told = True
                if shown := meter.take(Thought(part.thought)):
                    yield shown
                for call in part.calls:
                    yield call
                if part.text and (shown := meter.take(Delta(part.text))):
                    yield shown
                last = part
                if meter.is_endless:
                    break
        if rest := meter.rest():
            yield Delta(rest)
        yield _done(meter.done(_counts(last), fitted), last)


def _limit(row: Running | None, model: Model) -> int:
    """Tokens that the server reads, 0 where it does not tell. An old one that tells it of no model reads its default
    and cuts what is longer without a word, so that this is what is counted on."""
    if row is None:
        return 0
    return row.context_length or min(DEFAULT_CONTEXT, model.context_length or DEFAULT_CONTEXT)


def _check_features(model: Model, request: Request) -> None:
    """What the model cannot do is said before anything is sent; a server that tells no capabilities is asked."""
    refuse_unsupported(model, request)
    can = model.capabilities
    if can and "completion" not in can:
        cure = Text("ollama_errors.choose_chatting")
        if "embedding" in can:
            raise NotSupported(Text("ollama_server.only_embeds", model=model.name), cure)
        raise NotSupported(Text("ollama_errors.no_chat", model=model.name), cure)


def _body(
    name: str, model: Model, request: Request, messages: tuple[Message, ...], num_ctx: int = 0
) -> dict[str, object]:
    """The request of /api/chat. A model that can think does so unless it is told not to."""
    body: dict[str, object] = {
        "model": name,
        "messages": [_plain(message) for message in messages],
        "options": _options(request.sampling, num_ctx),
        "truncate": False,
        "shift": False,
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


def _plain(message: Message) -> dict[str, object]:
    plain: dict[str, object] = {"role": message.role, "content": message.content}
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


def _options(sampling: Sampling, num_ctx: int) -> dict[str, object]:
    options: dict[str, object] = {
        "temperature": sampling.temperature,
        "top_k": sampling.top_k,
        "top_p": sampling.top_p,
        "num_predict": sampling.max_tokens,
    }
    options |= {"seed": sampling.seed} if sampling.seed else {}
    return options | ({"num_ctx": num_ctx} if num_ctx else {})


def _counts(last: Part) -> Counted | None:
    """Tokens in and out, and how fast it wrote, as the server counts them."""
    if not last.is_done:
        return None
    speed = last.reply_tokens / last.reply_seconds if last.reply_seconds else 0.0
    return Counted(last.prompt_tokens, last.reply_tokens, speed)


def _done(done: Done, last: Part) -> Done:
    """Our clock's figures, and the server's own where it knows better."""
    if not last.is_done:
        return done
    timing = replace(done.timing, load_seconds=done.timing.load_seconds + last.load_seconds)
    reason = done.stop_reason if done.stop_reason == "padding" else REASONS.get(last.reason, "end")
    return replace(done, timing=timing, stop_reason=reason)
