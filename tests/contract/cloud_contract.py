"""What our client of cloud services must do, as plain functions: against llmock, from CPython and from the page.

    bench = CloudBench(fetch, clock, "gemini", (url, slow_url), exposes=True)
    passed = await check_cloud(bench)          # raises AssertionError with the name of the check

llmock breaks what is asked of it and judges how the client takes it (`GET /_llmock/verdict`): after each check it must
have found nothing to fault. Where a reply was cut after its first words only the person may ask again: the checks do.
"""

from __future__ import annotations

import json
from asyncio import gather
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import replace
from typing import Any

from app.core.errors import (
    AppError,
    BadAnswer,
    BadKey,
    BadRequest,
    Interrupted,
    ModelMissing,
    NoQuota,
    NoReply,
    NotAllowed,
    Overloaded,
    RateLimited,
    TooLong,
)
from app.core.places import Purpose
from app.core.ports import Clock, Fetch
from app.core.values import Delta, Done, Event, Message, Model, Request, Sampling, ToolCall
from app.models.cloud.provider import CloudProvider
from app.models.cloud.services import SERVICES, Service
from app.ui.words import words as english

KEY = "sk-contract-0123456789abcdef"
TEXT = "The capital of France is Paris, and it has been for a very long time."
#: where llmock has each service
PATHS = {
    "openai": "/v1",
    "anthropic": "/anthropic",
    "gemini": "/gemini/v1beta",
    "mistral": "/mistral/v1",
    "groq": "/groq/openai/v1",
    "xai": "/xai/v1",
}
DIALECTS = ("openai", "anthropic", "gemini")
NAMES = {"openai": "gpt-4o", "anthropic": "claude-sonnet-4-6", "gemini": "gemini-2.5-pro"}
SHORT = 0.3  # seconds, of which a busy service may ask thrice; where headers are hidden, a back-off is longer
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather in a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


class CloudBench:
    """Servers of llmock with what is needed to ask them. `exposes`: their headers can be read by a page; `resends`: it
    is one in Chromium, which asks at once again by itself after a 408 on a connection that has been used before."""

    def __init__(
        self,
        fetch: Fetch,
        clock: Clock,
        service_id: str,
        urls: Sequence[str],
        *,
        exposes: bool,
        resends: bool = False,
    ) -> None:
        self.fetch, self.clock, self.service_id = fetch, clock, service_id
        self.exposes, self.resends = exposes, resends
        self.url, self.slow_url = urls

    @property
    def service(self) -> Service:
        """The one that is checked."""
        return replace(SERVICES[self.service_id], base_url=self.url + PATHS[self.service_id])

    @property
    def model(self) -> Model:
        """A model of it."""
        name = NAMES.get(self.service_id, "some-model")
        return Model(self.service.model_id(name), name)

    def provider(self, key: str = KEY, **seconds: Any) -> CloudProvider:
        """A provider that nothing has happened to yet."""
        return CloudProvider(self.fetch, self.clock, self.service, lambda: key, **seconds)

    @contextmanager
    def slow(self) -> Iterator[None]:
        """Ask the slow server with the small quota meanwhile."""
        self.url, self.slow_url = self.slow_url, self.url
        try:
            yield
        finally:
            self.url, self.slow_url = self.slow_url, self.url

    async def admin(self, path: str, body: object = None) -> Any:
        """A word with llmock itself."""
        method = "GET" if body is None else "POST"
        sent = None if body is None else json.dumps(body)
        reply = await self.fetch(self.url + "/_llmock" + path, purpose=Purpose.QUESTION, method=method, body=sent)
        return json.loads(b"".join([part async for part in reply.aiter_bytes()]))

    async def script(self, *behaviors: dict[str, Any]) -> None:
        """What happens to the next requests; what they say is always the same."""
        await self.admin("/reset", {})
        await self.admin("/scenario", {"behaviors": [{"type": "reply", "text": TEXT, "times": None}, *behaviors]})

    async def requests(self) -> list[dict[str, Any]]:
        """What llmock was asked."""
        found: list[dict[str, Any]] = (await self.admin("/requests"))["requests"]
        return found

    async def judged(self, *allowed: str) -> None:
        """llmock's verdict on us is without a fault; `allowed` are warnings that are meant to be there."""
        verdict = await self.admin("/verdict")
        faults = [found for found in verdict["findings"] if found["code"] not in allowed]
        assert not faults, faults
        assert verdict["passed"], verdict


def asked(max_tokens: int = 200, **more: Any) -> Request:
    """A small question."""
    return Request((Message("user", "What is the capital of France?"),), Sampling(max_tokens=max_tokens), **more)


class Told:
    """What a reply said, up to its end or its error."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(event.text for event in self.events if isinstance(event, Delta))

    @property
    def done(self) -> Done:
        """Its end."""
        last = self.events[-1]
        assert isinstance(last, Done), last
        return last


async def reply(
    provider: CloudProvider, model: Model, request: Request | None = None, told: Told | None = None
) -> Told:
    """A whole reply."""
    told = told or Told()
    stream: AsyncIterator[Event] = provider.reply(model, request or asked())
    async for event in stream:
        told.events.append(event)
    return told


async def raises(kind: type[AppError], work: Coroutine[Any, Any, Any]) -> AppError:
    """The error, which must be exactly of this kind, tell a cure and be silent about the key."""
    caught: AppError | None = None
    try:
        await work
    except AppError as error:
        caught = error
    assert caught is not None, f"no {kind.__name__} was raised"
    words = f"{english(caught.message)} {english(caught.cure)} {caught.detail}"
    assert type(caught) is kind, f"{type(caught).__name__} in place of {kind.__name__}: {words}"
    assert caught.message, kind.__name__
    assert caught.cure, kind.__name__
    assert KEY not in words
    return caught


async def check_streams(bench: CloudBench) -> None:
    """Words in several pieces, an end, the service's own counts."""
    await bench.script()
    told = await reply(bench.provider(), bench.model)
    assert told.text == TEXT, told.text
    assert sum(isinstance(event, Delta) for event in told.events) > 5
    usage = told.done.usage
    if bench.service_id in DIALECTS:
        assert usage.counted
        assert usage.prompt_tokens > 0
        assert usage.reply_tokens > 5
    assert told.done.stop_reason == "end"
    await bench.judged()


async def check_lists(bench: CloudBench) -> None:
    """The models that a key may use."""
    await bench.script()
    models = await bench.provider().models()
    assert models
    assert all(model.id.startswith(f"cloud:{bench.service_id}:") for model in models)
    await bench.judged()


async def check_tools(bench: CloudBench) -> None:
    """A tool call in pieces is one call."""
    call = {"name": "get_weather", "arguments": {"city": "Rome, the city of seven hills"}}
    await bench.admin("/reset", {})
    await bench.admin("/scenario", {"behaviors": [{"type": "reply", "tool_calls": [call]}]})
    told = await reply(bench.provider(), bench.model, asked(tools=(TOOL,)))
    calls = [event for event in told.events if isinstance(event, ToolCall)]
    assert [(one.name, dict(one.arguments)) for one in calls] == [("get_weather", call["arguments"])], calls
    await bench.judged()


async def check_pauses(bench: CloudBench) -> None:
    """A short pause is kept to, where its length can be read and where it cannot."""
    times = 2 if bench.exposes else 1
    await bench.script({"type": "fail", "status": 429, "retry_after": SHORT, "times": times})
    told = await reply(bench.provider(), bench.model)
    assert told.text == TEXT
    assert len(await bench.requests()) == times + 1
    await bench.judged()


async def check_pauses_of_a_second(bench: CloudBench) -> None:
    """A second is what services ask for where nobody has set another time: kept to, even where it cannot be read."""
    for status in (429, 503, 504, 529):
        await bench.script({"type": "fail", "status": status})
        assert (await reply(bench.provider(), bench.model)).text == TEXT, status
        await bench.judged()


async def check_failures(bench: CloudBench) -> None:
    """What may be over soon is asked again, when it was asked to be where that can be read."""
    for status in (408, 500, 502, 503, 529):
        wait = 0.8 if bench.exposes and status == 500 else SHORT
        await bench.script({"type": "fail", "status": status, "retry_after": wait})
        told = await reply(bench.provider(), bench.model)
        assert told.text == TEXT, status
        assert len(await bench.requests()) == 2, status
        if status != 408 or not bench.resends:  # what Chromium does there is not our client's doing
            await bench.judged()


async def check_refusals(bench: CloudBench) -> None:
    """What the same request would meet again is asked once; each has its class."""
    kinds = {
        400: BadRequest,
        401: BadKey,
        402: NoQuota,
        403: NotAllowed,
        404: ModelMissing,
        413: TooLong,
        422: BadRequest,
    }
    for status, kind in kinds.items():
        await bench.script({"type": "fail", "status": status, "message": f"No. Your key {KEY} is of no use."})
        await raises(kind, reply(bench.provider(), bench.model))
        assert len(await bench.requests()) == 1, status
        await bench.judged()


async def check_credit(bench: CloudBench) -> None:
    """An account without credit is not asked again, though its status is that of a pause. llmock warns of whoever does
    not ask again, whatever the code is."""
    if bench.service_id == "openai":
        await bench.script({"type": "fail", "status": 429, "code": "insufficient_quota", "retry_after": SHORT})
        await raises(NoQuota, reply(bench.provider(), bench.model))
        assert len(await bench.requests()) == 1
        await bench.judged("gave_up")


async def check_long_pauses(bench: CloudBench) -> None:
    """A long pause is not waited for: another model answers, and nobody is asked until it is over. llmock warns of
    whoever gives up without a second try; here that is meant."""
    if bench.exposes:
        await bench.script({"type": "fail", "status": 429, "retry_after": 30})
        provider = bench.provider()
        error = await raises(RateLimited, reply(provider, bench.model))
        assert isinstance(error, RateLimited)
        assert error.retry_after == 30
        await raises(RateLimited, reply(provider, bench.model))
        assert len(await bench.requests()) == 1
        await bench.judged("gave_up")


async def check_outages(bench: CloudBench) -> None:
    """A service that stays busy is left alone after two or three tries."""
    await bench.script({"type": "fail", "status": 503, "retry_after": SHORT, "times": None})
    await raises(Overloaded, reply(bench.provider(), bench.model))
    assert len(await bench.requests()) in (2, 3)
    await bench.judged()


async def check_quotas(bench: CloudBench) -> None:
    """A quota that is spent is waited for as long as it takes to fill, and no longer."""
    with bench.slow():
        await bench.script()
        provider = bench.provider()
        await reply(provider, bench.model, asked(5850))
        told = await reply(provider, bench.model, asked(250))  # for which nearly two seconds are missing
        assert told.text == TEXT
        statuses = [one["status"] for one in await bench.requests()]
        assert statuses == [200, 429, 200], statuses
        await bench.judged()


async def check_cut_streams(bench: CloudBench) -> None:
    """Cut after its first words, a reply is never taken for a whole one; it goes on only when the person says so. At a
    slow pace: a browser throws away what it has received and not yet given to the page when the line breaks."""
    with bench.slow():
        for fault in ("disconnect", "truncate"):
            await cut_stream(bench, fault, Interrupted)


async def check_broken_streams(bench: CloudBench) -> None:
    """The same where a piece cannot be read: nothing is left out in silence, and nothing more is taken."""
    with bench.slow():
        await cut_stream(bench, "malformed", BadAnswer)


async def cut_stream(bench: CloudBench, fault: str, kind: type[AppError]) -> None:
    """One reply that breaks in the middle, and the next one."""
    await bench.script({"type": "stream_fault", "kind": fault, "after_chunks": 6})
    told, provider = Told(), bench.provider()
    await raises(kind, reply(provider, bench.model, told=told))
    assert told.text, fault
    assert TEXT.startswith(told.text), told.text
    assert not any(isinstance(event, Done) for event in told.events)
    assert len(await bench.requests()) == 1, fault
    assert (await reply(provider, bench.model)).text == TEXT  # the person has asked again
    await bench.judged()


async def check_streams_cut_before_their_first_word(bench: CloudBench) -> None:
    """Nobody has seen anything yet, so it is asked again."""
    with bench.slow():
        for fault in ("disconnect", "truncate", "malformed"):
            await bench.script({"type": "stream_fault", "kind": fault, "after_chunks": 0})
            assert (await reply(bench.provider(), bench.model)).text == TEXT, fault
            assert len(await bench.requests()) == 2, fault
            await bench.judged()


async def check_stalls(bench: CloudBench) -> None:
    """A service that falls silent in the middle is given up, and what came is kept."""
    await bench.script({"type": "stream_fault", "kind": "stall", "after_chunks": 6, "stall_seconds": 20})
    told = Told()
    await raises(NoReply, reply(bench.provider(stall_seconds=0.4), bench.model, told=told))
    assert told.text
    await bench.judged()


async def check_stopping(bench: CloudBench) -> None:
    """Whoever closes the reply ends the request."""
    await bench.script({"type": "stream_fault", "kind": "stall", "after_chunks": 6, "stall_seconds": 20})
    async with aclosing(bench.provider().reply(bench.model, asked())) as events:
        async for event in events:
            if isinstance(event, Delta):
                break
    end = bench.clock.tick() + 60
    while not (found := await bench.requests()) and bench.clock.tick() < end:
        await bench.clock.sleep(0.05)
    assert [one["completed"] for one in found] == [False], found


CHECKS: tuple[Callable[[CloudBench], Coroutine[Any, Any, None]], ...] = (
    check_streams,
    check_lists,
    check_tools,
    check_pauses,
    check_pauses_of_a_second,
    check_failures,
    check_refusals,
    check_credit,
    check_long_pauses,
    check_outages,
    check_quotas,
    check_cut_streams,
    check_broken_streams,
    check_streams_cut_before_their_first_word,
    check_stalls,
    check_stopping,
)


async def check_cloud(bench: CloudBench) -> list[str]:
    """Every check for a dialect, the words alone for the services that share one. The names of what passed."""
    passed = []
    for check in CHECKS if bench.service_id in DIALECTS else CHECKS[:1]:
        name = f"{check.__name__}:{bench.service_id}"
        try:
            await check(bench)
        except (AssertionError, AppError) as error:
            words = f"{english(error.message)} {error.detail}" if isinstance(error, AppError) else str(error)
            raise AssertionError(f"{name}: {type(error).__name__}: {words}") from error
        passed.append(name)
    return passed


async def check_clouds(benches: Sequence[CloudBench]) -> list[str]:
    """The same for several benches at once, each with servers of its own: most of the time is waiting."""
    return [name for passed in await gather(*map(check_cloud, benches)) for name in passed]
