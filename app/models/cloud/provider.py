"""CloudProvider: answers from one service.

    provider = CloudProvider(fetch, clock, SERVICES["openai"], lambda: keys.get("openai"))
    async for event in provider.reply(model, request): ...         # Thought, Delta, ToolCall, …, Done
    await provider.models()                                        # what the key may use

`model.id` is "cloud:", the service and its name for the model. Tokens are the service's own counts; the clock is the
one of every other provider. A reply that was cut raises Interrupted after its words: it is never taken for a whole one.
Asked again by itself is only what nobody has seen a word of.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TypeVar

from app.core.errors import AppError, BadAnswer, BadRequest, Interrupted, NoReply, TooLong
from app.core.places import Purpose
from app.core.ports import Clock, Fetch
from app.core.texts import Text
from app.core.values import Counted, Delta, Done, Event, Message, Model, Notice, Request, ToolCall
from app.core.vectors import ToEmbed, ToRank, Vectors, in_batches, text_too_long, vectors_of
from app.models.answering.context import Fitted, fit, notice_about, reply_budget, tighter, uncounted
from app.models.answering.reply_meter import ReplyMeter
from app.models.answering.unsupported import refuse_unsupported
from app.models.cloud import anthropic, gemini, openai, vectors
from app.models.cloud.bodies import WHOLE, Kind
from app.models.cloud.client import CloudClient
from app.models.cloud.learned import Learned
from app.models.cloud.listing import models_of
from app.models.cloud.messages import Dialect, Piece, Reader, Said
from app.models.cloud.reaching import explained
from app.models.cloud.refusals import no_reply, status_in
from app.models.cloud.services import Service
from app.net.breaker import Health
from app.net.waits import Patience

T = TypeVar("T")
DIALECTS: Mapping[str, Dialect] = {"openai": openai, "anthropic": anthropic, "gemini": gemini}
UNLIMITED = 1 << 40  # the service keeps to the limit itself
MOST_FITS = 4  # times that turns are left out, where a service does not say how much it takes


class CloudProvider:
    """A Provider over one service. `health` says whether it may be asked now; `key` is asked for at each request,
    `quiet` where the browser does not say why a server is not reached."""

    def __init__(
        self,
        fetch: Fetch,
        clock: Clock,
        service: Service,
        key: Callable[[], str],
        *,
        health: Health | None = None,
        patience: Patience | None = None,
        quiet: Fetch | None = None,
        **seconds: float,
    ) -> None:
        self.service, self._clock = service, clock
        self.health, self._patience = health or Health(clock), patience or Patience()
        self._quiet = quiet
        self._client = CloudClient(fetch, clock, service, key, **seconds)
        self._dialect = DIALECTS[service.dialect]
        self._learned = Learned(self._dialect)

    async def models(self) -> tuple[Model, ...]:
        """What the service offers to this key and can chat. Raises what `CloudClient` and `explained` raise."""
        return await self._patiently(self._listed)

    async def _listed(self) -> tuple[Model, ...]:
        if self.service.check:
            await self._client.json(self.service.check, Purpose.KEY_CHECK)
        found = models_of(self.service, await self._client.json(self._dialect.MODELS, Purpose.CLOUD_LIST))
        if self.service.is_own and self._dialect.KNOCKS:
            await self._client.knock(self._dialect.path(""), self._quiet)
        return found

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        """Vectors of some texts, in batches. Raises NotSupported, TooLong, and what `reply` raises of a service."""
        vectors.check(self.service, model)
        made, tokens = list[tuple[float, ...]](), 0
        for texts in in_batches(model.embeds.put_before(asked.texts, asked.use)):
            body = vectors.embeddings_body(model.ref.name, texts, asked.dimensions)
            answer = await self._one(model, asked.why, vectors.EMBEDDINGS, body)
            some, count = vectors.read_embeddings(self.service, answer, len(texts))
            made, tokens = made + some, tokens + count
        return vectors_of(model, made, asked.texts, tokens)

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        """A score for each text. Raises what `embed` raises."""
        vectors.check(self.service, model, ranks=True)
        scores = list[float]()
        for texts in in_batches(asked.texts):
            body = vectors.rerank_body(model.ref.name, asked.query, texts)
            answer = await self._one(model, asked.why, vectors.RERANK, body)
            scores += vectors.read_scores(self.service, answer, len(texts))
        return tuple(scores)

    async def _one(self, model: Model, why: Request, path: str, body: Mapping[str, object]) -> object:
        """One answer that does not stream, asked for again where that is of use."""
        self.health.enter()
        try:
            answer = await self._patiently(
                lambda: self._client.json(path, why.purpose, body, model.ref.name), self.health.note_error
            )
            self.health.note_ok()
            return answer
        except TooLong as error:
            raise text_too_long(model, error) from error
        finally:
            self.health.leave()

    async def _patiently(
        self, ask: Callable[[], Awaitable[T]], note: Callable[[AppError], None] = lambda error: None
    ) -> T:
        """What does not stream, asked for until it comes or asking is of no use; `note` hears of each failure."""
        waits: list[float] = []
        while True:
            try:
                return await ask()
            except AppError as error:
                told = await explained(error, self.service, self._quiet)
                note(told)
                if told is not error:
                    raise told from error
                await self._clock.sleep(self._before_again(error, waits))

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer; closing the iterator ends the request. Raises NeedsKey, BadKey, NotAllowed, NoQuota,
        RateLimited, Overloaded, Unreachable, ServiceFailed, NoReply, OriginRefused, ModelMissing, TooLong, BadRequest,
        Declined, NotSupported, BadAnswer, Interrupted."""
        refuse_unsupported(model, request)
        self.health.enter()
        try:
            async with aclosing(self._fitted(model, request)) as events:
                async for event in events:
                    if isinstance(event, Done):
                        self.health.note_ok()
                    yield event
        except AppError as error:
            told = await explained(error, self.service, self._quiet)
            self.health.note_error(told)
            if told is not error:
                raise told from error
            raise
        finally:
            self.health.leave()

    async def _fitted(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Leave out the oldest turns where the service says, or is known to say, that there are too many."""
        limit, most = model.context_length, request.sampling.max_tokens
        budget = limit - reply_budget(limit, most) if limit else UNLIMITED
        meter = ReplyMeter(self._clock, self.service.name, UNLIMITED)
        for tries in range(MOST_FITS):
            fitted = await fit(request.messages, budget, uncounted, limit)
            is_told = not fitted.dropped
            try:
                async with aclosing(self._asked(model, request, fitted, meter)) as events:
                    async for event in events:
                        if not is_told:
                            yield notice_about(fitted.dropped)
                            is_told = True
                        yield event
                return
            except TooLong as error:
                limit = error.limit or limit
                fewer = _shorter(request, limit)
                if tries == MOST_FITS - 1 or meter.has_begun or (len(fitted.messages) < 2 and fewer == request):
                    raise
                request = fewer
                budget = min(tighter(fitted), limit - reply_budget(limit, most) if limit else UNLIMITED)

    async def _asked(
        self, model: Model, request: Request, fitted: Fitted, meter: ReplyMeter
    ) -> AsyncGenerator[Event, None]:
        """Ask until it works or is of no use: without what a model refuses, and once more where that is safe."""
        body = self._body(model, request, fitted.messages)
        waits: list[float] = []
        while True:
            is_shown = False
            try:
                async with aclosing(self._stream(model, request, body, fitted, meter)) as events:
                    async for event in events:
                        is_shown = True
                        yield event
                return
            except BadRequest as error:
                fewer = None if is_shown else self._learned.mended(model.ref.name, body, error)
                if fewer is None:
                    raise
                body = fewer
            except AppError as error:
                if is_shown:
                    raise
                seconds = self._before_again(error, waits)
                yield Notice(Text("cloud.asking_again", message=error.message))
                await self._clock.sleep(seconds)

    def _before_again(self, error: AppError, waits: list[float]) -> float:
        """Seconds until it is time to ask once more, which are noted. Raises the error where it is of no use."""
        seconds = self._patience.before(error, len(waits), sum(waits))
        if seconds is None:
            raise error
        waits.append(seconds)
        return seconds

    def _body(self, model: Model, request: Request, messages: Sequence[Message]) -> dict[str, object]:
        name = model.ref.name
        return self._learned.applied(name, self._dialect.body(self.service, name, request, messages))

    async def _stream(
        self, model: Model, request: Request, body: Mapping[str, object], fitted: Fitted, meter: ReplyMeter
    ) -> AsyncGenerator[Event, None]:
        name = model.ref.name
        reader = self._dialect.reader(self.service, request)
        meter.start()
        odd: tuple[Kind, str] | None = None  # what came last, where it may be no piece of a reply
        try:
            async with aclosing(self._client.events(self._dialect.path(name), request.purpose, body, name)) as events:
                async for kind, data in events:
                    odd = _odd(kind, data)
                    for piece in self._pieces(reader, kind, data, name):
                        if shown := piece if isinstance(piece, ToolCall) else meter.take(piece):
                            yield shown
        except (Interrupted, NoReply):
            if reader.reason is None:
                raise
        if rest := meter.rest():
            yield Delta(rest)
        if reader.reason is None and odd and not meter.has_begun:
            raise self._client.cleaned(no_reply(self.service, odd[0], odd[1].encode()))
        if reader.reason is None:
            words = Text("cloud.incomplete", name=self.service.name)
            raise Interrupted(words, Text("cloud.ask_again_or_go_on"))
        yield _done(meter, reader, fitted)

    def _pieces(self, reader: Reader, kind: str, data: str, name: str) -> Iterator[Piece]:
        """What an event says. Raises the error that it tells of; BadAnswer where its shape is none that is known."""
        try:
            yield from reader.read(kind, data)
        except Said as said:
            body = json.dumps(said.body).encode()
            raise self._client.refusal(status_in(said.body), {}, body, name) from None
        except (AttributeError, KeyError, TypeError, IndexError) as error:
            words = Text("cloud.unreadable", name=self.service.name)
            raise BadAnswer(words, detail=data[:300]) from error


def _odd(kind: str, data: str) -> tuple[Kind, str] | None:
    """What may be no piece of a reply: plain JSON, and words in place of an object."""
    if kind == WHOLE:
        return "json", data
    text = data.strip()
    return ("text", text) if " " in text and text[0] not in "{[" else None


def _done(meter: ReplyMeter, reader: Reader, fitted: Fitted) -> Done:
    """Our clock's figures and the service's counts. What it has left out, or told as 0 beside a text, is estimated."""
    told = reader.usage
    estimated = meter.done(None, fitted)
    if told is None:
        return replace(estimated, stop_reason=reader.reason or "end")
    is_counted = bool(told.prompt_tokens) and (bool(told.reply_tokens) or not meter.has_begun)
    reply_tokens = told.reply_tokens or (estimated.usage.reply_tokens if meter.has_begun else 0)
    prompt_tokens = told.prompt_tokens or estimated.usage.prompt_tokens
    usage = replace(told, prompt_tokens=prompt_tokens, reply_tokens=reply_tokens, counted=is_counted)
    done = meter.done(Counted(prompt_tokens, reply_tokens, *reader.speeds), fitted)
    return replace(done, usage=usage, stop_reason=reader.reason or "end")


def _shorter(request: Request, limit: int) -> Request:
    """The reply takes part of a context that is known: a part of it is as much as may be asked for."""
    most = reply_budget(limit, request.sampling.max_tokens) if limit else request.sampling.max_tokens
    return replace(request, sampling=replace(request.sampling, max_tokens=most))
