"""Answers of servers that are no Ollama, or of an Ollama that something has changed on the way: read or refused in
words, never a failure of the page's own (fault D12)."""

from __future__ import annotations

import asyncio
import copy
import html
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest

from app.core.errors import AppError, BadAnswer, Interrupted
from app.core.values import Message, Model, Request
from app.models.ollama.answers import Installed, read_details, read_installed
from app.models.ollama.client import OllamaClient
from app.models.ollama.parts import make_server
from app.models.ollama.provider import OllamaProvider
from app.ui.parts.ollama_model import Beside, ollama_row
from tests.memory import FakeClock, FakeDevice, MemoryRecords, MemoryReply, ScriptedFetch
from tests.models.ollama.test_server import LONG_AFTER, TABLE
from tests.ollama.recordings import recording
from tests.words import english

HOST = "http://localhost:11434"
MODEL = Model("ollama:smollm2:135m", "smollm2:135m")
FOREIGN: list[Any] = [
    *(None, True, 0, -1, 1.5, float("nan"), 10**400, "", "text", "\ud800", [], [1], [None], [[]], {}, {"a": 1}),
    *([{}], [{"name": 5}], [{"name": "a"}], {"error": []}, {"message": "Hi"}, {"models": {}}),
]


async def _all(stream: AsyncIterator[Any]) -> list[Any]:
    return [one async for one in stream]


def _ask(client: OllamaClient) -> dict[str, Callable[[], Awaitable[Any]]]:
    provider = OllamaProvider(client, FakeClock(0.01))
    question = Request((Message("user", "Hi"),))
    return {
        "02_version": client.version,
        "14_tags": client.installed,
        "21_ps": client.running,
        "15_show": lambda: client.show("a"),
        "64_pull_resume": lambda: _all(client.pull("a")),
        "13_create_ok": lambda: _all(client.create("a", {})),
        "72_chat_smollm2": lambda: _all(provider.reply(MODEL, question)),
    }


BESIDE = Beside(is_chosen=False, is_running=True, facts=None, memory_gb=0.0, is_elsewhere=False)
PATHS = ("version", "tags", "ps", "show", "pull", "create", "chat")


def _raw(lines: list[Any]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def _spoil(value: Any, chance: random.Random) -> Any:
    """The value with one thing in it changed, removed or doubled."""
    value = copy.deepcopy(value)
    holder, at, deeper = [value], 0, True
    while deeper and isinstance(holder[at], (dict, list)) and holder[at] and chance.random() < 0.85:
        inner = holder[at]
        keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        holder, at = inner, chance.choice(keys)
    if isinstance(holder, dict) and chance.random() < 0.2:
        del holder[at]
    else:
        holder[at] = chance.choice(FOREIGN)
    return value


def _served(name: str, body: bytes) -> OllamaClient:
    fetch = ScriptedFetch({})
    for path in PATHS:
        fetch.rules[f"{HOST}/api/{path}"] = lambda start, end: MemoryReply(200, body)
    if name.endswith("smollm2"):
        loaded = json.dumps({"models": [{"name": "smollm2:135m", "context_length": 4096}]}).encode()
        fetch.rules[f"{HOST}/api/ps"] = lambda start, end: MemoryReply(200, loaded)
    return OllamaClient(fetch)


@pytest.mark.parametrize("name", list(_ask(OllamaClient(ScriptedFetch({})))))
def test_answers_of_wrong_types_are_read_or_refused_in_words(name: str) -> None:
    """Fault D12: 2,000 of 9,000 raised what nobody catches."""
    chance, lines, told = random.Random(name), recording(name).lines, list[AppError]()

    async def body() -> None:
        for _ in range(150):
            at = chance.randrange(len(lines))
            spoilt = [*lines[:at], _spoil(lines[at], chance), *lines[at + 1 :]][:60]
            try:
                await _ask(_served(name, _raw(spoilt)))[name]()
            except AppError as error:
                told.append(error)

    asyncio.run(body())
    assert all(error.message and error.cure for error in told)


def test_whatever_a_server_lists_can_be_shown() -> None:
    """Fault D12: rows, models and articles of lists in which anything may be wrong."""
    chance = random.Random("rows")
    tags, ps, shown = (recording(name).lines[0] for name in ("14_tags", "21_ps", "15_show"))

    async def body() -> None:
        fetch, records = ScriptedFetch({}), MemoryRecords()
        server = make_server(fetch, FakeDevice(), records, FakeClock(0.01), "http://localhost:8000", {}, lambda: None)
        for number in range(150):
            spoilt = [_spoil(one, chance) if number % 3 == at else one for at, one in enumerate((tags, ps, shown))]
            spoilt[0] = spoilt[0] if number % 4 else {"models": [{"name": "a", "remote_host": "https://[x"}]}
            for path, answer in zip(("tags", "ps", "show"), spoilt, strict=True):
                raw = _raw([answer])
                fetch.rules[f"{HOST}/api/{path}"] = lambda start, end, raw=raw: MemoryReply(200, raw)  # type: ignore[misc]
            with suppress(BadAnswer):
                await server.refresh()
                for row in server.rows[:1]:
                    await server.show(row.name)
            for row in (*server.rows, *server.unused):
                assert row.as_model().name == row.name
                assert row.name in html.unescape(str(ollama_row(row, BESIDE)))

    asyncio.run(body())


@pytest.mark.parametrize("name", list(_ask(OllamaClient(ScriptedFetch({})))))
@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>It works</title>",
        b"",
        b"[]",
        b'"hello"',
        b"7",
        b'{"a":' * 3000,
        b'{"status":"ok"}',
        b"\xff",
    ],
)
def test_what_is_not_ollamas_is_told_as_such(name: str, body: bytes) -> None:
    """Fault D12."""
    if name in ("64_pull_resume", "13_create_ok") and body == b'{"status":"ok"}':
        return  # a line that any pull may have
    kind = Interrupted if not body and ("pull" in name or "create" in name or "chat" in name) else BadAnswer
    with pytest.raises(kind) as caught:
        asyncio.run(_finished(_ask(_served(name, body))[name]))
    assert "Ollama" in english(caught.value.message)


async def _finished(ask: Callable[[], Awaitable[Any]]) -> None:
    await ask()


def test_a_row_with_strange_facts_is_a_row_of_which_less_is_known() -> None:
    row = {"name": "a", "size": "big", "details": [], "capabilities": "chat", "digest": 5, "modified_at": None}
    assert read_installed({"models": [row]}) == (Installed("a", "", 0),)
    assert read_installed({"models": None}) == ()


def test_the_cache_of_a_token_is_counted_from_the_models_own_figures() -> None:
    shown = json.loads(recording("15_show").reply)
    assert read_details(shown).kv_bytes == 18 * 1 * (256 + 256) * 2
    llama = {"block_count": 32, "attention.head_count": 32, "attention.head_count_kv": 8, "embedding_length": 4096}
    info = {"general.architecture": "llama", **{f"llama.{key}": value for key, value in llama.items()}}
    assert read_details({"model_info": info}).kv_bytes == 131_072
    by_layer = info | {"llama.attention.head_count_kv": [8] * 16 + [0] * 15 + ["x"]}
    assert read_details({"model_info": by_layer}).kv_bytes == 65_536
    assert read_details({"model_info": {}}).kv_bytes == 0


@pytest.mark.parametrize(
    "remote", [{"remote_host": 7}, {"remote_host": {}, "remote_model": "x"}, {"remote_model": "x"}]
)
def test_any_sign_of_a_model_that_runs_elsewhere_counts(remote: dict[str, Any]) -> None:
    [row] = read_installed({"models": [{"name": "a", **remote}]})
    assert row.remote_host == "ollama.com"


def test_a_server_that_turns_out_to_be_none_is_another_program() -> None:
    """Fault D12: a version, but lists of something else."""

    fetch, clock = ScriptedFetch({}), FakeClock(0.01, LONG_AFTER)
    server = make_server(fetch, FakeDevice(), MemoryRecords(), clock, "http://localhost:8000", TABLE, lambda: None)
    fetch.rules[f"{server.address}/api/version"] = lambda start, end: MemoryReply(200, b'{"version": "0.34.4"}')
    fetch.rules[f"{server.address}/api/tags"] = lambda start, end: MemoryReply(200, b'{"models": 5}')
    found = asyncio.run(server.check(clicked=True))
    assert (found.is_running, found.reason) == (False, "other-program")
