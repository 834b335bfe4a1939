"""Which row of /api/ps is a model's, and how much it reads: against the stand-in, which names rows as Ollama does."""

from __future__ import annotations

from dataclasses import replace

from app.core.values import Done, Event, Message, Notice, Request, Sampling
from app.models.ollama.answers import Installed, Running
from app.models.ollama.provider import OllamaProvider
from app.models.ollama.runners import Runners
from tests.models.ollama.test_server import World, played
from tests.words import english

# By the stand-in's count 5,632 tokens; an estimate on the safe side has 7,536 of them.
LONG = tuple(Message("user" if number % 2 == 0 else "assistant", "word " * 560) for number in range(8))
AND_NOW = Request((*LONG, Message("user", "And now?")), Sampling(max_tokens=1024))
COPY = Installed("copy:latest", "d1", 5, family="llama", parameter_size="1B", quantization="Q4_K_M")
OTHER = Installed("other:latest", "d2", 5, family="qwen2", parameter_size="7B", quantization="Q4_K_M")


async def answer(world: World, name: str, request: Request = AND_NOW) -> list[Event]:
    provider = OllamaProvider(world.server.client, world.clock, world.server.runners)
    events = [event async for event in provider.reply(world.server.row(name).as_model(), request)]
    assert isinstance(events[-1], Done)
    await world.server.note_use(name)
    return events


def notices(events: list[Event]) -> list[str]:
    return [english(event.text) for event in events if isinstance(event, Notice)]


def test_a_long_chat_is_whole_also_after_the_model_was_unloaded() -> None:
    """Fault O2: OLLAMA_CONTEXT_LENGTH=8192, 5,000 tokens, five idle minutes, "And now?"."""

    async def scene(world: World) -> None:
        world.stand_in.num_ctx = 8192
        world.stand_in.install("tiny:1b", context_length=131_072)
        await world.server.refresh()
        for _ in range(2):
            told = notices(await answer(world, "tiny:1b"))
            assert ["Loading" in text for text in told] == [True]
            asked = world.stand_in.asked("/api/chat")[-1].json
            assert (len(asked["messages"]), asked["truncate"]) == (9, False)
            row = world.server.row("tiny:1b")
            assert (row.reads, row.context_length, row.as_model().context_length) == (8192, 131_072, 8192)
            world.stand_in.idle()
            await world.server.refresh()
            assert world.server.row("tiny:1b").running is None

    played(scene)


def test_what_is_too_long_all_the_same_loses_no_more_than_it_must() -> None:
    """Fault O2: the server's own count says how much goes, and one notice tells it."""

    async def scene(world: World) -> None:
        world.stand_in.num_ctx = 8192
        world.stand_in.install("tiny:1b", context_length=131_072)
        await world.server.refresh()
        longer = tuple(replace(message, content="word " * 900) for message in LONG)
        told = notices(await answer(world, "tiny:1b", Request((*longer, Message("user", "And now?")))))
        asked = [one.json["messages"] for one in world.stand_in.asked("/api/chat") if one.json["messages"]]
        assert len(asked[-1]) in (5, 7), "some of nine messages, and no more than room for a reply wants"
        assert [text for text in told if "left out" in text] == [told[-1]]

    played(scene)


def test_a_length_that_was_chosen_is_kept_and_is_what_the_server_reads() -> None:
    """Fault O2: `num_ctx` is offered; what is loaded with another one goes out of memory."""

    async def scene(world: World) -> None:
        world.stand_in.install("tiny:1b", context_length=16_384)
        await world.server.refresh()
        assert len(notices(await answer(world, "tiny:1b"))) == 2, "loaded, and something left out of 4,096 tokens"
        before = world.server.row("tiny:1b").ram_bytes
        await world.server.choose_context("tiny:1b", 1_000_000)
        row = world.server.row("tiny:1b")
        assert (row.running, row.num_ctx, row.reads) == (None, 16_384, 16_384), "never more than it was made for"
        assert row.ram_bytes > before
        await world.server.choose_context("tiny:1b", 8192)
        assert len(notices(await answer(world, "tiny:1b"))) == 1
        assert notices(await answer(world, "tiny:1b")) == [], "the model is not loaded anew for every question"
        assert [one.context_length for one in await world.server.client.running()] == [8192]
        again = world.again()
        await again.load()
        assert again.runners.chosen("tiny:1b") == 8192
        await world.server.rename("tiny:1b", "new:1b")
        assert world.server.row("new:1b").num_ctx == 8192
        await world.server.choose_context("new:1b", 0)
        assert world.server.row("new:1b").reads == 0

    played(scene)


def test_a_record_of_the_version_before_has_no_lengths_and_a_damaged_one_none_that_count() -> None:
    async def scene(world: World) -> None:
        old = {"address": world.stand_in.url, "connected": [world.stand_in.url], "used": {"tiny:1b": 5.0}}
        damaged = old | {"num_ctx": {"a:latest": 4096, "b:latest": "x"}}
        for record, kept in ((old, {}), (damaged, {"a:latest": 4096}), (old | {"num_ctx": [5]}, {})):
            await world.records.write([("settings", "ollama", record)])
            again = world.again()
            await again.load()
            assert again.address == world.stand_in.url
            assert {name: again.runners.chosen(name) for name in kept} == kept
            assert again.runners.chosen("b:latest") == 0

    played(scene)


def test_a_copy_of_a_loaded_model_is_loaded_too() -> None:
    """Fault O3: /api/ps names the runner after whoever loaded it."""

    async def scene(world: World) -> None:
        world.stand_in.num_ctx = 8192
        world.stand_in.install("tiny:1b", context_length=131_072)
        await world.server.refresh()
        await world.server.copy("tiny:1b", "copy:1b")
        await answer(world, "tiny:1b")
        assert [one.name for one in await world.server.client.running()] == ["tiny:1b"]
        copy = world.server.row("copy:1b")
        assert copy.running is not None
        assert copy.reads == 8192
        assert notices(await answer(world, "copy:1b")) == []
        assert [one.name for one in await world.server.client.running()] == ["tiny:1b"]
        await world.server.unload("copy:1b")
        assert await world.server.client.running() == ()
        assert [world.server.row(name).running for name in ("tiny:1b", "copy:1b")] == [None, None]

    played(scene)


def test_a_model_with_its_own_system_prompt_shares_the_weights_and_is_found_after_an_answer() -> None:
    """Fault O3: another digest, the same family and size."""

    async def scene(world: World) -> None:
        world.stand_in.install("tiny:1b", context_length=4096)
        shelf = world.stand_in.shelf
        shelf.add(replace(shelf.models["tiny:1b"], name="mine:1b", system="Be brief."))
        await world.server.refresh()
        short = Request((Message("user", "Hi"),))
        await answer(world, "tiny:1b", short)
        assert world.server.row("mine:1b").running is None, "nobody can know before it has been used"
        await answer(world, "mine:1b", short)
        assert [one.name for one in await world.server.client.running()] == ["tiny:1b"]
        assert world.server.row("mine:1b").running is not None
        assert notices(await answer(world, "mine:1b", short)) == []

    played(scene)


def test_only_what_can_be_the_model_counts_after_an_answer() -> None:
    runners = Runners()
    runners.installed = (COPY, OTHER)
    mine = Running("tiny:latest", 9, context_length=8192, family="llama", parameter_size="1B", quantization="Q4_K_M")
    runners.see([mine])
    assert runners.of("copy") is None
    assert runners.used("copy") is mine
    assert runners.of("copy") is mine
    assert runners.used("other") is None, "what is of another build is another model"
    assert runners.used("never:installed") is mine, "the only one that there is"
    assert runners.used("big:480b-cloud") is None, "a model that runs elsewhere is never in memory here"
    runners.see([])
    assert runners.of("copy") is None
    assert runners.context_length("copy") == 8192, "as it was loaded last"
    runners.see([Running("tiny:latest", 9), Running("x:latest", 9)])
    assert runners.used("never:installed") is None
