"""What our client must do against a real llama.cpp server, as plain functions: from CPython and from the page.

bench = LlamaBench(fetch, clock, *servers.urls, KEY)
passed = await check_llama(bench)          # raises AssertionError with the name of the check
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from app.core.errors import AppError, BadKey, ModelMissing, NeedsKey, TooLong, Unreachable
from app.core.places import Purpose
from app.core.ports import Clock, Fetch
from app.core.values import Delta, Done, Event, Message, Model, Notice, Request, Sampling
from app.models.answering.dispatch import LocalModelProvider
from app.models.cloud.provider import CloudProvider
from app.models.cloud.services import own_service
from app.ui.words import words as english
from tests.contract.schema_contract import check_bad_schemas, check_cut
from tests.contract.schema_contract import check_schemas as check_held
from tests.contract.schema_contract import text_of as shown

QUESTION, ANSWER = "What is the capital of France?", "The capital of France is Paris."
LENGTH = 256  # tokens of context of the server that is not endless
ENDLESS = 16_000  # tokens of a reply that takes many seconds
TRIES = 8
LIMIT_SECONDS = 60.0


class LlamaBench:
    """Three servers (tests/cloud/llama.py) with what is needed to ask them."""

    def __init__(self, fetch: Fetch, clock: Clock, url: str, endless_url: str, locked_url: str, key: str) -> None:
        self.fetch, self.clock = fetch, clock
        self.url, self.endless_url = url, endless_url
        self.locked_url, self.key = locked_url, key

    def provider(self, url: str = "", path: str = "/v1", key: str = "") -> CloudProvider:
        """A provider over the address that a person would give."""
        return CloudProvider(self.fetch, self.clock, own_service(f"{url or self.url}{path}", stays=True), lambda: key)

    async def text(self, url: str) -> str:
        """What the server tells of itself."""
        reply = await self.fetch(url, purpose=Purpose.CLOUD_LIST)
        return b"".join([part async for part in reply.aiter_bytes()]).decode()

    async def metrics(self) -> tuple[int, int]:
        """The server's own counts so far: tokens in, tokens out."""
        lines = (await self.text(self.url + "/metrics")).splitlines()
        told = {name: float(value) for name, _, value in (line.partition(" ") for line in lines) if name[:1] != "#"}
        read = told["llamacpp:prompt_tokens_total"] + told["llamacpp:prompt_tokens_cached_total"]
        return int(read), int(told["llamacpp:tokens_predicted_total"])

    async def is_busy(self) -> bool:
        """Whether the endless server is generating."""
        slots = json.loads(await self.text(self.endless_url + "/slots"))
        return any(slot["is_processing"] for slot in slots)


#: as the list names it, and as little known as where the list is silent
TINY = Model("cloud:own:tiny", "tiny")


async def replied(provider: CloudProvider, *messages: Message, **sampling: Any) -> list[Event]:
    """A whole reply."""
    asked = Request(messages or (Message("user", QUESTION),), Sampling(**{"temperature": 0.0, **sampling}))
    return [event async for event in provider.reply(TINY, asked)]


def text_of(events: list[Event]) -> str:
    """Its words."""
    return "".join(event.text for event in events if isinstance(event, Delta))


def end_of(events: list[Event]) -> Done:
    """Its end."""
    assert isinstance(events[-1], Done), events
    return events[-1]


async def caught(work: Coroutine[Any, Any, Any]) -> AppError:
    """The error that the work ends in."""
    try:
        value = await work
    except AppError as error:
        return error
    raise AssertionError(f"no error but {value}")


async def check_list(bench: LlamaBench) -> None:
    """The one model, with the context length that the server was started with."""
    [model] = await bench.provider().models()
    assert (model.name, model.context_length) == ("tiny", LENGTH), model
    assert model.id.startswith("cloud:here-127.0.0.1-")
    assert model.id.endswith(":tiny")
    assert english(model.where) == "on this computer"
    assert "completion" in model.capabilities
    assert "vision" not in model.capabilities


async def check_chat(bench: LlamaBench) -> None:
    """Words in several pieces, whether the address names its path or not, with a key and without."""
    for path, key in (("/v1", ""), ("", "sk-none-is-needed-0123456789"), ("/v1/chat/completions", "")):
        events = await replied(bench.provider(path=path, key=key))
        assert text_of(events) == ANSWER, events
        assert sum(isinstance(event, Delta) for event in events) > 5
        assert end_of(events).stop_reason == "end"


async def check_usage(bench: LlamaBench) -> None:
    """Our counts are what the server adds to its own, those read from its cache among them."""
    for cached in (0, 1):
        before = await bench.metrics()
        usage = end_of(await replied(bench.provider(), Message("user", "What is two plus two?"))).usage
        after = await bench.metrics()
        assert usage.counted
        assert (usage.prompt_tokens, usage.reply_tokens) == (after[0] - before[0], after[1] - before[1])
        assert cached * 10 <= usage.cached_tokens < usage.prompt_tokens, usage


async def check_seeds(bench: LlamaBench) -> None:
    """The same seed gives the same words, another one others."""
    texts = []
    for seed in (7, 7, 8, 9):
        wild = {"temperature": 1.8, "top_k": 0, "top_p": 1.0, "max_tokens": 40, "seed": seed}
        texts.append(text_of(await replied(bench.provider(bench.endless_url), Message("user", "A story"), **wild)))
    assert texts[0] == texts[1], texts
    assert len(set(texts)) > 1, texts


async def check_limits(bench: LlamaBench) -> None:
    """A reply ends where it was told to, and says so."""
    done = end_of(await replied(bench.provider(), max_tokens=3))
    assert done.stop_reason == "length"
    assert done.usage.reply_tokens == 3
    done = end_of(await replied(bench.provider(bench.endless_url), max_tokens=50))
    assert (done.stop_reason, done.usage.reply_tokens) == ("length", 50)


async def check_stopping(bench: LlamaBench) -> None:
    """Whoever closes the reply ends the work at the server, and the next one is served."""
    provider = bench.provider(bench.endless_url)
    asked = Request((Message("user", QUESTION),), Sampling(max_tokens=ENDLESS))
    for _ in range(TRIES):  # a tiny model may be done before anybody can look
        async with aclosing(provider.reply(TINY, asked)) as events:
            async for event in events:
                if isinstance(event, Delta):
                    break
            was_busy = await bench.is_busy()
        if was_busy:
            break
    assert was_busy
    end = bench.clock.tick() + LIMIT_SECONDS
    while (is_busy := await bench.is_busy()) and bench.clock.tick() < end:
        await bench.clock.sleep(0.02)
    assert not is_busy
    assert end_of(await replied(provider, max_tokens=5)).usage.reply_tokens == 5


async def check_long_prompts(bench: LlamaBench) -> None:
    """One question too long is refused with the limit; of many turns the oldest are left out, and it is said."""
    error = await caught(replied(bench.provider(), Message("user", QUESTION * 60)))
    assert type(error) is TooLong, repr(error)
    assert error.limit == LENGTH
    turns = (Message("user", QUESTION), Message("assistant", ANSWER)) * 12
    events = await replied(bench.provider(), *turns, Message("user", QUESTION))
    assert isinstance(events[0], Notice), events
    assert text_of(events) == ANSWER
    assert end_of(events).usage.prompt_tokens < LENGTH


async def check_schemas(bench: LlamaBench) -> None:
    """An answer by a schema is one; what is cut or cannot be held is refused."""
    cities = {"type": "object", "properties": {"city": {"enum": ["Paris", "Rome"]}}, "required": ["city"]}
    asked = Request((Message("user", QUESTION),), Sampling(temperature=0.0, max_tokens=200), schema=cities)
    provider = LocalModelProvider(bench.provider(), {"cloud": bench.provider})
    model = replace(TINY, capabilities=("completion", "schema"))
    assert json.loads(await shown(provider, model, asked)) == {"city": "Paris"}
    assert (await check_held(provider, model)).slow == 0
    await check_cut(provider, model)
    await check_bad_schemas(provider, model)


async def check_keys(bench: LlamaBench) -> None:
    """A server that wants a key gets it, and refuses another one in words that do not repeat it."""
    assert text_of(await replied(bench.provider(bench.locked_url, key=bench.key))) == ANSWER
    for key in ("", "sk-wrong-9876543210fedcba"):
        provider = bench.provider(bench.locked_url, key=key)
        for error in (await caught(replied(provider)), await caught(provider.models())):  # its list is public: fault O5
            assert type(error) is (BadKey if key else NeedsKey), repr(error)
            assert error.cure
            assert not key or key not in f"{english(error.message)} {english(error.cure)} {error.detail}"
    assert await bench.provider(bench.locked_url, key=bench.key).models()


async def check_wrong_addresses(bench: LlamaBench) -> None:
    """A path that the server does not know is told as such, not as a model that is missing."""
    provider = bench.provider(path="/nowhere")
    for error in (await caught(provider.models()), await caught(replied(provider))):
        assert isinstance(error, ModelMissing | Unreachable), repr(error)
        assert "/v1" in english(error.cure), english(error.cure)


Check = Callable[[LlamaBench], Coroutine[Any, Any, None]]
CHECKS: tuple[Check, ...] = (
    check_list,
    check_chat,
    check_usage,
    check_seeds,
    check_limits,
    check_stopping,
    check_long_prompts,
    check_schemas,
    check_keys,
    check_wrong_addresses,
)


async def check_llama(bench: LlamaBench) -> list[str]:
    """Every check, in order. The names of what passed."""
    for check in CHECKS:
        try:
            await check(bench)
        except (AssertionError, AppError) as error:
            words = f"{english(error.message)} {error.detail}" if isinstance(error, AppError) else str(error)
            raise AssertionError(f"{check.__name__}: {type(error).__name__}: {words}") from error
    return [check.__name__ for check in CHECKS]
