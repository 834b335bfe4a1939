"""What an Ollama and our adapters to it must do together, as plain functions: against the stand-in, against a real
server, from CPython and from the page (there `handle` is a Blob, and the clock and the fetch are the browser's).

    bench = OllamaBench(OllamaClient(fetch, url), clock, handle, sha256, "drleelm-contract-1f3a", template, stop)
    passed = await check_ollama(bench)          # raises AssertionError with the name of the check

One small GGUF that chats is enough. The checks make models whose names begin with `own`, delete them at the end
whatever happens, and look at the others only to see that they are what they were.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from app.core.errors import AppError, Corrupt, ModelMissing, NotSupported, ProviderError, TooLong
from app.core.places import Purpose
from app.core.ports import Clock
from app.core.values import Delta, Done, Event, Message, Model, Notice, Request, Sampling
from app.models.answering.dispatch import LocalModelProvider
from app.models.ollama.answers import Installed, Part, Step
from app.models.ollama.client import OllamaClient
from app.models.ollama.provider import OllamaProvider
from app.models.ollama.runners import Runners
from app.ui.words import words as english
from tests.contract.schema_contract import check_bad_schemas, check_cut, check_schemas

SYSTEM = "You are a tutor."
QUESTION = "What is the capital of France?"
STORY = "Tell me a very long story about a dragon."
NOBODY = "0" * 64  # the digest of no file
STATE_SECONDS = 60.0
LOOK_SECONDS = 0.1
TOOL = {"type": "function", "function": {"name": "weather", "description": "d", "parameters": {"type": "object"}}}
SCHEMA = {"type": "object", "properties": {"fine": {"type": "boolean"}}, "required": ["fine"]}


class OllamaBench:
    """One server with what it needs to be asked. `handle` is whatever the client's fetch takes as a body; `template`
    and `stop` are what the file wants, "" where Ollama is to find it in the file."""

    def __init__(
        self,
        client: OllamaClient,
        clock: Clock,
        handle: object,
        sha256: str,
        own: str,
        template: str = "",
        stop: Sequence[str] = (),
    ) -> None:
        self.client, self.clock, self.handle, self.sha256 = client, clock, handle, sha256
        self.own, self.template, self.stop = own, template, tuple(stop)
        self.name = f"{own}:latest"
        self.provider = OllamaProvider(client, clock)

    @property
    def model(self) -> Model:
        """The model as the provider wants it."""
        return Model("ollama:" + self.name, "Contract", capabilities=("completion",))

    async def ours(self) -> list[Installed]:
        """The installed models that the checks made."""
        return [row for row in await self.client.installed() if row.name.startswith(self.own)]

    async def others(self) -> set[tuple[str, str]]:
        """(name, digest) of everything else that is installed."""
        return {(row.name, row.digest) for row in await self.client.installed() if not row.name.startswith(self.own)}

    async def clean(self) -> None:
        """Delete what the checks made."""
        for row in await self.ours():
            await self.client.delete(row.name)

    def body(self, question: str = QUESTION, **more: Any) -> dict[str, Any]:
        """A request of `/api/chat` with a short, sober reply."""
        options = {"temperature": 0, "num_predict": 40, **more.pop("options", {})}
        return {"model": self.name, "messages": [{"role": "user", "content": question}], "options": options, **more}

    async def lines(self, body: dict[str, Any]) -> list[Part]:
        """All lines of a chat."""
        async with aclosing(self.client.chat(body, Purpose.QUESTION)) as lines:
            return [line async for line in lines]

    def events(self, question: str, max_tokens: int = 40) -> AsyncIterator[Event]:
        """The events of a reply by the provider."""
        sampling = Sampling(temperature=0.0, max_tokens=max_tokens)
        return self.provider.reply(self.model, Request((Message("user", question),), sampling))

    async def reply(self, question: str = QUESTION, max_tokens: int = 40) -> list[Event]:
        """All of them."""
        return [event async for event in self.events(question, max_tokens)]

    async def is_loaded(self) -> bool:
        """Whether the model is in memory."""
        return self.name in [row.name for row in await self.client.running()]

    async def until(self, is_so: Callable[[], Awaitable[bool]], words: str) -> None:
        """Wait for a state of the server."""
        end = self.clock.tick() + STATE_SECONDS
        while not await is_so():
            assert self.clock.tick() < end, f"not within {STATE_SECONDS:.0f} s: {words}"
            await self.clock.sleep(LOOK_SECONDS)

    async def unload(self) -> None:
        """Take the model out of memory: it goes when nobody is being answered any more."""
        await self.client.unload(self.name)

        async def is_gone() -> bool:
            return not await self.is_loaded()

        await self.until(is_gone, "the model leaves memory, so nothing is being generated any more")


async def raises(kind: type[AppError], work: Coroutine[Any, Any, Any]) -> AppError:
    """The error, which must be of this kind and tell a cure."""
    try:
        await work
    except AppError as error:
        caught = error
    else:
        raise AssertionError(f"no {kind.__name__} was raised")
    assert isinstance(caught, kind), f"{told(caught)} in place of {kind.__name__}"
    assert caught.message, kind.__name__
    assert caught.cure, kind.__name__
    return caught


def told(error: AppError) -> str:
    """An error with everything it knows."""
    return f"{type(error).__name__}: {english(error.message)} {english(error.cure)} {error.detail}".strip()


async def statuses(steps: AsyncIterator[Step]) -> list[str]:
    """What a pull or a create told."""
    return [step.status async for step in steps]


async def check_version(bench: OllamaBench) -> None:
    """The server tells a version in numbers."""
    version = await bench.client.version()
    assert version[:1].isdigit(), version
    assert "." in version, version


async def check_import(bench: OllamaBench) -> None:
    """A file is sent once, by its hash, and becomes a model with the template that was chosen."""
    client = bench.client
    assert not await client.has_blob(NOBODY)
    if not await client.has_blob(bench.sha256):  # an earlier run, or the person, may have sent it
        await client.send_blob(bench.sha256, bench.handle)
    assert await client.has_blob(bench.sha256)
    files = {"model.gguf": f"sha256:{bench.sha256}"}
    made = client.create(bench.own, files, template=bench.template, system=SYSTEM, stop=bench.stop)
    told = await statuses(made)
    assert told[-1] == "success", told
    assert [row.name for row in await bench.ours()] == [bench.name]


async def check_import_refusals(bench: OllamaBench) -> None:
    """Other bytes than announced are refused; a model of a file that was never sent is not made."""
    await raises(Corrupt, bench.client.send_blob(NOBODY, "hello"))
    missing = bench.client.create(f"{bench.own}-missing", {"model.gguf": f"sha256:{NOBODY}"})
    await raises(ProviderError, statuses(missing))
    assert len(await bench.ours()) == 1


async def check_facts(bench: OllamaBench) -> None:
    """List and details agree and know what the page shows."""
    [row] = await bench.ours()
    details = await bench.client.show(bench.name)
    assert row.size_bytes > 1000, row
    assert len(row.digest) == 64, row
    assert row.family == details.family != "", (row, details)
    assert details.has_template, details.template
    assert details.template == (bench.template or details.template), details
    assert details.system == SYSTEM, details
    assert all(stop in details.parameters for stop in bench.stop), details.parameters
    assert details.context_length > 0, details
    assert "completion" in details.capabilities, details


async def check_streams(bench: OllamaBench) -> None:
    """A reply comes in several lines; the last one tells tokens and durations."""
    lines = await bench.lines(bench.body())
    assert len(lines) > 2, lines
    assert "".join(line.text for line in lines).strip(), lines
    assert [line.is_done for line in lines] == [False] * (len(lines) - 1) + [True], lines
    assert lines[-1].reason in ("stop", "length"), lines[-1]
    assert lines[-1].reply_tokens > 0, lines[-1]
    assert lines[-1].reply_seconds > 0, lines[-1]


async def check_provider(bench: OllamaBench) -> None:
    """A reply says that the model is loaded first, streams, and ends with the server's own figures."""
    await bench.unload()
    events = await bench.reply()
    deltas = [event for event in events if isinstance(event, Delta)]
    assert isinstance(events[0], Notice), events[0]
    assert len(deltas) > 1, events
    done = events[-1]
    assert isinstance(done, Done), done
    assert done.usage.counted, done
    assert min(done.usage.prompt_tokens, done.usage.reply_tokens) > 0, done
    assert min(done.timing.tokens_per_second, done.timing.load_seconds, done.timing.total_seconds) > 0, done
    assert await bench.is_loaded()
    again = await bench.reply()
    assert not isinstance(again[0], Notice), again[0]


async def check_length(bench: OllamaBench) -> None:
    """A reply that reaches its limit says so."""
    done = (await bench.reply(max_tokens=2))[-1]
    assert isinstance(done, Done), done
    assert done.stop_reason == "length", done
    assert done.usage.reply_tokens == 2, done


async def check_stops(bench: OllamaBench) -> None:
    """Closing the reply stops the server: the model can leave memory, which it cannot while it answers."""
    got = 0
    async with aclosing(bench.provider.reply(bench.model, Request((Message("user", STORY),)))) as events:
        async for event in events:
            got += isinstance(event, Delta)
            if got == 2:
                break
    assert got == 2, got
    await bench.unload()
    assert isinstance((await bench.reply())[-1], Done)


async def check_cancels(bench: OllamaBench) -> None:
    """Cancelling the task that reads is the same."""
    has_begun = asyncio.Event()

    async def read() -> None:
        async for event in bench.events(STORY, 2000):
            if isinstance(event, Delta):
                has_begun.set()

    task, beginning = asyncio.ensure_future(read()), asyncio.ensure_future(has_begun.wait())
    await asyncio.wait({task, beginning}, return_when=asyncio.FIRST_COMPLETED)
    task.cancel()
    beginning.cancel()
    await asyncio.wait({task, beginning})
    assert has_begun.is_set()
    await bench.unload()
    assert isinstance((await bench.reply())[-1], Done)


async def check_memory(bench: OllamaBench) -> None:
    """Loading and unloading are seen in what runs."""
    await bench.unload()
    await bench.client.load(bench.name)
    rows = {row.name: row for row in await bench.client.running()}
    assert rows[bench.name].size_bytes > 0, rows
    assert rows[bench.name].context_length > 0, rows
    assert rows[bench.name].expires_at, rows
    await bench.client.load(bench.name, 256)
    assert [row.context_length for row in await bench.client.running() if row.name == bench.name] == [256]
    await bench.unload()


async def check_schema(bench: OllamaBench) -> None:
    """A reply in a form that was asked for is JSON, unless it was cut at its limit."""
    lines = await bench.lines(bench.body(format=SCHEMA, options={"num_predict": 60}))
    if lines[-1].reason == "stop":
        answer = json.loads("".join(line.text for line in lines))
        assert isinstance(answer["fine"], bool), answer
    model = replace(bench.model, capabilities=("completion", "schema"))
    provider = LocalModelProvider(bench.provider, {"ollama": lambda: bench.provider})
    assert (await check_schemas(provider, model)).slow == 0
    await check_cut(provider, model)
    await check_bad_schemas(provider, model)


async def check_too_long(bench: OllamaBench) -> None:
    """What does not fit the context is refused with its length, not shortened without a word."""
    body = bench.body("word " * 2000, truncate=False, options={"num_ctx": 256})
    error = await raises(TooLong, bench.lines(body))
    assert isinstance(error, TooLong)
    assert error.limit == 256, error.limit


async def check_refusals(bench: OllamaBench) -> None:
    """What the model cannot do is told as such: thinking, tools, pictures, embeddings."""
    can = (await bench.client.show(bench.name)).capabilities
    picture = [{"role": "user", "content": "hi", "images": ["iVBORw0KGgo="]}]
    for capability, more in (
        ("thinking", {"think": True}),
        ("tools", {"tools": [TOOL]}),
        ("vision", {"messages": picture}),
    ):
        if capability not in can:
            await raises(NotSupported, bench.lines(bench.body() | more))
    if "embedding" not in can:
        await raises(NotSupported, bench.client.embed(bench.name, ["hello", "world"]))


async def check_missing(bench: OllamaBench) -> None:
    """A model that is not there is missing in every call."""
    client, nobody = bench.client, f"{bench.own}-nobody"
    await raises(ModelMissing, client.show(nobody))
    await raises(ModelMissing, client.delete(nobody))
    await raises(ModelMissing, client.copy(nobody, f"{bench.own}-copy"))
    await raises(ModelMissing, client.load(nobody))
    await raises(ModelMissing, client.embed(nobody, ["hello"]))
    await raises(ModelMissing, bench.lines({**bench.body(), "model": nobody}))


async def check_pull_refusals(bench: OllamaBench) -> None:
    """Neither a name that is none nor one that nobody has can be pulled, with a network or without."""
    await raises(ProviderError, statuses(bench.client.pull("bad name!!")))
    await raises(ProviderError, statuses(bench.client.pull(f"{bench.own}-nobody")))
    assert len(await bench.ours()) == 1


async def check_copy(bench: OllamaBench) -> None:
    """A copy is the same model by another name, in memory too; deleting it leaves the first."""
    await bench.client.copy(bench.name, f"{bench.own}-copy:v1")
    rows = await bench.ours()
    assert {row.name for row in rows} == {bench.name, f"{bench.own}-copy:v1"}, rows
    assert len({row.digest for row in rows}) == 1, rows
    runners = Runners()
    runners.installed = tuple(rows)
    for name in (bench.name, f"{bench.own}-copy:v1"):
        assert (await bench.lines({**bench.body(), "model": name}))[-1].is_done
    runners.see(await bench.client.running())
    assert runners.of(bench.name) is runners.of(f"{bench.own}-copy:v1") is not None, runners.rows
    await bench.client.delete(f"{bench.own}-copy:v1")
    assert [row.name for row in await bench.ours()] == [bench.name]
    assert (await bench.lines(bench.body()))[-1].is_done


async def check_delete(bench: OllamaBench) -> None:
    """A deleted model is gone, from memory too."""
    await bench.client.delete(bench.name)
    assert await bench.ours() == []
    await raises(ModelMissing, bench.lines(bench.body()))


CHECKS = (
    check_version,
    check_import,
    check_import_refusals,
    check_facts,
    check_streams,
    check_provider,
    check_length,
    check_stops,
    check_cancels,
    check_memory,
    check_schema,
    check_too_long,
    check_refusals,
    check_missing,
    check_pull_refusals,
    check_copy,
    check_delete,
)


async def check_ollama(bench: OllamaBench, say: Callable[[str], None] = lambda name: None) -> list[str]:
    """Run every check on one server; the names of those that passed, each given to `say` when it has."""
    others = await bench.others()
    passed = []
    try:
        for check in CHECKS:
            try:
                await check(bench)
            except AssertionError as error:
                raise AssertionError(f"{check.__name__}: {error}") from error
            except AppError as error:
                raise AssertionError(f"{check.__name__}: {told(error)}") from error
            passed.append(check.__name__)
            say(check.__name__)
    finally:
        await bench.clean()
    assert await bench.others() == others, "another model was changed"
    return passed
