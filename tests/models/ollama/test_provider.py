"""Answers from Ollama: what is sent, what is told, what stops the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import AppError, Interrupted, NotSupported, ProviderError, TooLong
from app.core.values import Delta, Done, Event, Message, Model, Notice, Request, Sampling, Thought, ToolCall
from app.core.vectors import BATCH, ToEmbed, ToRank
from app.models.answering.prefixes import prefixed_as
from app.models.ollama.client import OllamaClient
from app.models.ollama.provider import OllamaProvider
from app.models.ollama.runners import Runners
from tests.memory import FakeClock, MemoryReply, ScriptedFetch
from tests.models.fakes import text_of
from tests.ollama.recordings import recording
from tests.words import english, raises

MODEL = Model("ollama:smollm2:135m", "smollm2:135m", capabilities=("completion",))
ASKED = Request((Message("user", "What is the capital of France?"),), Sampling(max_tokens=60))
PS = "http://localhost:11434/api/ps"
LOADED = {"models": [{"name": "smollm2:135m", "size": 1, "context_length": 256}]}
DONE = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop", "eval_count": 1}


def lines(*values: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


EMBED = "http://localhost:11434/api/embed"
NOMIC = Model("ollama:nomic-embed-text", "nomic-embed-text", "embedding", embeds=prefixed_as("nomic-embed-text"))


def said(text: str = "", **more: Any) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": text, **more}, "done": False}


class World:
    """A provider over replies that are given in order. The server tells what is in memory, `loaded`; what is loaded
    while it is watched reads `window` tokens, and goes out at once where that is 0."""

    def __init__(self, *replies: MemoryReply, loaded: dict[str, Any] | None = None, window: int = 4096) -> None:
        self.fetch = ScriptedFetch({})
        self.replies, self.loaded, self.window = list(replies), loaded or {"models": []}, window
        self.loads: list[dict[str, Any]] = []
        self.fetch.rules[PS] = lambda start, end: MemoryReply(200, json.dumps(self.loaded).encode())
        self.fetch.rules["http://localhost:11434/api/chat"] = lambda start, end: self._chat()
        self.runners = Runners()
        self.provider = OllamaProvider(OllamaClient(self.fetch), FakeClock(0.01), self.runners)

    def _chat(self) -> MemoryReply:
        body = json.loads(str(self.fetch.bodies[-1]))
        if body["messages"]:
            return self.replies.pop(0)
        self.loads.append(body)
        length = body.get("options", {}).get("num_ctx", self.window)
        row = {"name": "smollm2:135m", "size": 1, "context_length": length}
        self.loaded = {"models": [row] if length else []}
        return MemoryReply(200, lines({**DONE, "done_reason": "load"}))

    def events(self, request: Request = ASKED, model: Model = MODEL) -> list[Event]:
        async def body() -> list[Event]:
            return [event async for event in self.provider.reply(model, request)]

        return asyncio.run(body())

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The questions, without what only loads the model."""
        bodies = [json.loads(str(body)) for body in self.fetch.bodies if body]
        return [body for body in bodies if body["messages"]]


def done_of(events: list[Event]) -> Done:
    [*_, last] = events
    assert isinstance(last, Done)
    return last


def test_a_recorded_chat_gives_its_words_and_the_servers_own_figures() -> None:
    world = World(MemoryReply(200, recording("72_chat_smollm2").reply.encode()), loaded=LOADED)
    events = world.events()
    assert "".join(event.text for event in events if isinstance(event, Delta)) == "The capital of France is Paris."
    done = done_of(events)
    assert done.usage.counted
    assert (done.usage.prompt_tokens, done.usage.reply_tokens) == (21, 8)
    assert done.timing.tokens_per_second == pytest.approx(8 / 4.011031)
    assert done.timing.load_seconds == pytest.approx(1.640916721)
    assert done.stop_reason == "end"


def test_loading_is_said_only_of_a_model_that_is_not_loaded() -> None:
    notices = [event for event in World(MemoryReply(200, lines(DONE))).events() if isinstance(event, Notice)]
    assert ["smollm2:135m" in english(notice.text) for notice in notices] == [True]
    events = World(MemoryReply(200, lines(DONE)), loaded=LOADED).events()
    assert not [event for event in events if isinstance(event, Notice)]


def test_what_is_sent_is_what_was_asked() -> None:
    world = World(MemoryReply(200, lines(DONE)))
    sampling = Sampling(temperature=0.5, top_k=7, top_p=0.8, max_tokens=9, seed=3)
    request = Request((Message("system", "Be brief."), Message("user", "Hi")), sampling, schema="json", keep_alive="-1")
    world.events(request)
    [sent] = world.sent
    assert sent["model"] == "smollm2:135m"
    assert sent["truncate"] is False
    assert sent["stream"] is True
    assert sent["options"] == {"temperature": 0.5, "top_k": 7, "top_p": 0.8, "num_predict": 9, "seed": 3}
    assert sent["messages"] == [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]
    assert (sent["format"], sent["keep_alive"]) == ("json", -1)
    assert "think" not in sent


def test_thinking_is_told_apart_and_can_be_switched_off() -> None:
    thinker = replace(MODEL, capabilities=("completion", "thinking"))
    world = World(*(MemoryReply(200, lines(said(thinking="Easy."), said("Paris."), DONE)) for _ in range(2)))
    events = world.events(replace(ASKED, think=True), thinker)
    assert [event for event in events if isinstance(event, (Thought, Delta))] == [Thought("Easy."), Delta("Paris.")]
    world.events(replace(ASKED, think=False), thinker)
    assert [sent["think"] for sent in world.sent] == [True, False]


def test_a_model_that_cannot_think_is_not_told_to() -> None:
    world = World(MemoryReply(200, lines(DONE)))
    world.events(replace(ASKED, think=True))
    assert "think" not in world.sent[0]


def test_tools_and_pictures_go_to_models_that_know_them() -> None:
    able = replace(MODEL, capabilities=("completion", "tools", "vision"))
    call = {"id": "call_1", "function": {"index": 0, "name": "sum", "arguments": {"a": 1}}}
    world = World(MemoryReply(200, lines(said(tool_calls=[call]), DONE)))
    tool = {"type": "function", "function": {"name": "sum"}}
    request = Request((Message("user", "What is it?", images=("aGk=",)),), tools=(tool,))
    assert ToolCall("sum", {"a": 1}, "call_1") in world.events(request, able)
    [sent] = world.sent
    assert sent["tools"] == [tool]
    assert sent["messages"][0]["images"] == ["aGk="]


@pytest.mark.parametrize(
    "request_",
    [
        Request((Message("user", "?", images=("aGk=",)),)),
        Request((Message("user", "?"),), tools=({"type": "function"},)),
    ],
)
def test_a_feature_that_the_model_lacks_is_refused_before_anything_is_sent(request_: Request) -> None:
    world = World()
    with pytest.raises(NotSupported):
        world.events(request_)
    assert world.fetch.asked == []


def test_a_long_chat_loses_its_oldest_turns_and_says_so() -> None:
    world = World(MemoryReply(200, lines(DONE)), loaded=LOADED)
    turns = [Message("user" if number % 2 == 0 else "assistant", f"{number} " + "word " * 40) for number in range(9)]
    events = world.events(Request(tuple(turns), Sampling(max_tokens=32)))
    assert any(isinstance(event, Notice) and event.is_lasting for event in events)
    kept = world.sent[0]["messages"]
    assert kept[-1]["content"] == turns[-1].content
    assert len(kept) < 5


def test_an_overflow_all_the_same_is_tried_once_more_with_less() -> None:
    over = recording("74_ctx_overflow")
    replies = [MemoryReply(over.status, over.reply.encode()), MemoryReply(200, lines(said("Yes."), DONE))]
    world = World(*replies)
    turns = tuple(Message("user" if number % 2 == 0 else "assistant", "word " * 60) for number in range(5))
    assert Delta("Yes.") in world.events(Request(turns))
    first, second = world.sent
    assert len(second["messages"]) < len(first["messages"])


TURNS = tuple(Message("user" if number % 2 == 0 else "assistant", "word " * 500) for number in range(9))
LONG = Request((*TURNS[:-1], Message("user", "And now?")), Sampling(max_tokens=500))


def test_a_model_that_is_not_loaded_is_loaded_before_anything_is_left_out() -> None:
    """Fault O2: 4,096 tokens were assumed of every model that Ollama had unloaded."""
    world = World(MemoryReply(200, lines(DONE)), window=8192)
    assert not [event for event in world.events(LONG) if isinstance(event, Notice) and event.is_lasting]
    assert [len(sent["messages"]) for sent in world.sent] == [9]
    [load] = world.loads
    assert (load["messages"], load["keep_alive"]) == ([], "1m")
    world = World(MemoryReply(200, lines(DONE)), window=4096)
    assert [event for event in world.events(LONG) if isinstance(event, Notice) and event.is_lasting]
    assert len(world.sent[0]["messages"]) < 9


def test_where_nobody_tells_how_much_is_read_all_is_sent_and_the_server_says_what_is_too_long() -> None:
    """Fault O2: a server that unloads at once shows nothing in /api/ps."""
    over = recording("74_ctx_overflow")
    world = World(MemoryReply(over.status, over.reply.encode()), MemoryReply(200, lines(said("Yes."), DONE)), window=0)
    turns = tuple(Message("user" if number % 2 == 0 else "assistant", "word " * 30) for number in range(9))
    assert Delta("Yes.") in world.events(Request(turns))
    first, second = world.sent
    assert (len(first["messages"]), first["truncate"]) == (9, False)
    assert 0 < len(second["messages"]) < 9


def test_the_length_that_a_person_chose_goes_with_every_request() -> None:
    """Fault O2: `num_ctx` could not be chosen. Without it in each request Ollama would load the model anew."""
    world = World(*(MemoryReply(200, lines(DONE)) for _ in range(2)))
    world.runners.choose("smollm2:135m", 16_384)
    world.events(LONG)
    events = world.events(LONG)
    assert [load["options"] for load in world.loads] == [{"num_ctx": 16_384}]
    assert [sent["options"]["num_ctx"] for sent in world.sent] == [16_384, 16_384]
    assert not [event for event in events if isinstance(event, Notice)]


def test_a_model_that_runs_elsewhere_is_not_loaded_here() -> None:
    world = World(MemoryReply(200, lines(DONE)))
    model = Model("ollama:gpt-oss:120b-cloud", "gpt-oss:120b-cloud", context_length=131_072)
    assert not [event for event in world.events(LONG, model) if isinstance(event, Notice)]
    assert (world.loads, len(world.sent[0]["messages"])) == ([], 9)


def test_too_long_in_the_stream_is_mended_as_well() -> None:
    """Fault S3: told in a line of the answer, after a status of 200."""
    line = {"error": "Trying to keep the first 6547 tokens, but the model has a context length of only 4096 tokens"}
    world = World(MemoryReply(200, lines(line)), MemoryReply(200, lines(said("Yes."), DONE)), window=8192)
    events = world.events(LONG)
    assert Delta("Yes.") in events
    assert [event for event in events if isinstance(event, Notice) and event.is_lasting]
    first, second = world.sent
    assert len(second["messages"]) < len(first["messages"]) == 9


def test_a_question_that_alone_is_too_long_is_an_error() -> None:
    over = recording("74_ctx_overflow")
    with pytest.raises(TooLong) as caught:
        World(MemoryReply(over.status, over.reply.encode())).events()
    assert caught.value.limit == 256


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (recording("75_midstream_crash").reply.encode(), ProviderError),
        (lines(said("Half")), Interrupted),
        (lines(said("Half"), {"detail": "boom"}), ProviderError),
        (lines(said("Half"), {"message": "boom"}), ProviderError),
        (b"", Interrupted),
    ],
)
def test_a_stream_that_ends_badly_is_never_a_finished_reply(body: bytes, kind: type[AppError]) -> None:
    with pytest.raises(kind):
        World(MemoryReply(200, body)).events()


def test_an_error_that_is_none_and_a_mark_of_the_byte_order_end_nothing() -> None:
    body = b"\xef\xbb\xbf" + lines({"error": None, **said("Hi")}, DONE)
    assert text_of(World(MemoryReply(200, body)).events()) == "Hi"


def test_stopping_closes_the_request() -> None:
    reply = MemoryReply(200, chunks=[lines(said("one ")), lines(said("two ")), lines(DONE)])

    async def body() -> None:
        async with aclosing(World(reply).provider.reply(MODEL, ASKED)) as events:
            async for event in events:
                if isinstance(event, Delta):
                    break
        assert reply.is_closed

    asyncio.run(body())


def test_endless_padding_is_stopped() -> None:
    reply = MemoryReply(200, lines(*[said("<pad>") for _ in range(50)], DONE))
    assert done_of(World(reply).events()).stop_reason == "padding"


def vectors(world: World) -> Callable[[Any, Any], MemoryReply]:
    """The server's answer: a vector for each text of the last request."""

    def reply(start: Any, end: Any) -> MemoryReply:
        texts = json.loads(str(world.fetch.bodies[-1]))["input"]
        body = {"model": "nomic-embed-text", "embeddings": [[float(len(text)), 1.0] for text in texts]}
        return MemoryReply(200, json.dumps({**body, "prompt_eval_count": len(texts)}).encode())

    return reply


def test_vectors_come_in_batches_with_the_models_prefix_and_nothing_is_cut() -> None:
    """Fault O11: a text that is too long was cut without a word."""
    world = World()
    world.fetch.rules[EMBED] = vectors(world)
    made = asyncio.run(world.provider.embed(NOMIC, ToEmbed(("light",) * (BATCH + 1), "query")))
    first, second = [json.loads(str(body)) for body in world.fetch.bodies]
    assert first == {"model": "nomic-embed-text", "input": ["search_query: light"] * BATCH, "truncate": False}
    assert len(second["input"]) == 1
    assert (len(made.rows), made.prompt_tokens, made.dimensions) == (BATCH + 1, BATCH + 1, 2)


def test_a_text_that_is_too_long_for_an_embedding_model_is_an_error() -> None:
    """Fault O11. The words are those of Ollama's server."""
    world = World()
    body = json.dumps({"error": "the input length exceeds the context length"}).encode()
    world.fetch.rules[EMBED] = lambda start, end: MemoryReply(400, body)
    with raises(TooLong, "A text is longer than nomic-embed-text can read. Nothing was cut off.") as caught:
        asyncio.run(world.provider.embed(replace(NOMIC, context_length=2048), ToEmbed(("word " * 9000,))))
    assert caught.value.limit == 2048


def test_a_model_that_only_chats_and_a_server_that_ranks_nothing_are_not_asked() -> None:
    world = World()
    with raises(NotSupported, "can't create embeddings"):
        asyncio.run(world.provider.embed(MODEL, ToEmbed(("light",))))
    with raises(NotSupported, "can't rank texts"):
        asyncio.run(world.provider.rank(NOMIC, ToRank("why", ("light",))))
    assert not world.fetch.bodies
