"""Ollama's part of the session: it is looked for only where that makes sense, and errors are told in words."""

from __future__ import annotations

import json
from typing import Any

from app.core.errors import Interrupted
from tests.memory import MemoryReply
from tests.test_session import World, play

ADDRESS = "http://localhost:11434"
TAGS = {"models": [{"name": "chatty:1b", "digest": "d", "size": 5, "capabilities": ["completion"]}]}
SAID: list[dict[str, Any]] = [
    {"message": {"role": "assistant", "content": "Paris."}, "done": False},
    {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop", "eval_count": 2},
]


def gone(world: World) -> None:
    """Nobody listens."""
    for path in ("", "/", "/api/version", "/api/tags", "/api/ps", "/api/chat"):
        world.fetch.rules[ADDRESS + path] = lambda start, end: Interrupted(detail="refused")


def there(world: World) -> None:
    """A server with one model."""
    answers: dict[str, bytes] = {
        "/api/version": b'{"version": "0.32.15"}',
        "/api/tags": json.dumps(TAGS).encode(),
        "/api/ps": b'{"models": []}',
        "/api/chat": b"".join(json.dumps(line).encode() + b"\n" for line in SAID),
    }
    for path, body in answers.items():
        world.fetch.rules[ADDRESS + path] = lambda start, end, body=body: MemoryReply(200, body)  # type: ignore[misc]


def asked(world: World) -> list[str]:
    return [url.removeprefix(ADDRESS) for url, _ in world.fetch.asked if url.startswith(ADDRESS)]


def test_nobody_who_only_chats_is_looked_up_for() -> None:
    async def scene(world: World) -> None:
        gone(world)
        await world.act("app:awake", "")
        await world.act("models:check", "")
        assert asked(world) == []
        await world.act("page:go", "#/models")
        assert asked(world) == ["/api/version", "/"]
        assert world.session.ollama().diagnosis.state == "Not reachable"

    play(scene)


def test_a_server_that_is_started_later_is_found_without_a_click() -> None:
    async def scene(world: World) -> None:
        gone(world)
        await world.act("page:go", "#/models")
        there(world)
        await world.act("ollama:again", "")
        shown = world.session.ollama()
        assert shown.diagnosis.is_running
        assert [row.name for row in shown.rows] == ["chatty:1b", "listed:1b"]
        count = len(asked(world))
        await world.act("ollama:again", "")
        assert len(asked(world)) == count, "a server that runs is not asked every few seconds"

    play(scene)


def test_a_chat_goes_to_the_chosen_model_of_ollamas_also_after_a_reload() -> None:
    async def scene(world: World) -> None:
        there(world)
        await world.act("models:choose", "ollama:chatty:1b")
        await world.reload()
        assert world.session.chosen().name == "chatty:1b"
        await world.act("chat:send", "What is the capital of France?")
        assert world.texts[-1] == "Paris."
        assert (world.last.model_name, world.last.where) == ("chatty:1b", "stays on this computer")

    play(scene)


def test_a_server_that_is_gone_is_told_in_the_doctors_words_beside_the_reply() -> None:
    async def scene(world: World) -> None:
        gone(world)
        await world.act("models:choose", "ollama:chatty:1b")
        await world.act("chat:send", "Hello?")
        problem = world.last.problem
        assert problem is not None
        assert "was not found" in problem.message
        assert "Models page" in problem.cure

    play(scene)


def test_a_model_that_is_gone_is_told_apart_from_a_server_that_is() -> None:
    async def scene(world: World) -> None:
        there(world)
        await world.act("models:choose", "ollama:other:7b")
        await world.act("chat:send", "Hello?")
        problem = world.last.problem
        assert problem is not None
        assert "other:7b" in problem.message

    play(scene)


def test_the_memory_that_a_person_names_is_kept() -> None:
    async def scene(world: World) -> None:
        await world.act("models:memory", {"arg": "memory", "value": "32"})
        await world.reload()
        assert world.session.settings().memory_gb == 32
        await world.act("models:memory", {"arg": "memory", "value": "lots"})
        assert world.session.settings().memory_gb == 0

    play(scene)


def test_a_server_that_is_killed_in_mid_answer_says_so_and_that_the_words_are_saved() -> None:
    """Fault O7: the words of a pull were told ("Ollama keeps what it has")."""

    async def scene(world: World) -> None:
        there(world)
        loaded = json.dumps({"models": [{"name": "chatty:1b", "context_length": 4096}]}).encode()
        world.fetch.rules[f"{ADDRESS}/api/ps"] = lambda start, end: MemoryReply(200, loaded)
        for half in ([json.dumps(SAID[0]).encode() + b"\n"], [json.dumps(SAID[0]).encode() + b'\n{"mess'], []):
            world.fetch.rules[f"{ADDRESS}/api/chat"] = lambda start, end, half=half: MemoryReply(  # type: ignore[misc]
                200, chunks=half, cut=True
            )
            await world.act("models:choose", "ollama:chatty:1b")
            await world.act("chat:send", "What is the capital of France?")
            problem = world.last.problem
            assert problem is not None
            told = f"{problem.message} {problem.cure}"
            assert told.startswith("Ollama stopped while answering. ")
            assert ("Partial reply saved." in told, world.last.text) == (bool(half), "Paris." if half else "")

    play(scene)
