"""Ollama's part of the session: it is looked for only where that makes sense, and errors are told in words."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.core.actions import Picked
from app.core.errors import Interrupted
from app.core.html import h
from app.core.texts import Text
from app.models.ollama.doctor import Diagnosis
from app.session.ollama import OllamaStatus
from app.ui.parts.ollama import card, runs_where
from app.ui.parts.ollama_import import import_form, importer
from tests.memory import MemoryReply, picked
from tests.ollama.gguf import make_gguf
from tests.test_session import World, play
from tests.words import english

WEIGHTS = bytes(range(1, 256)) * 200  # a file whose weights are all zero is refused
ADDRESS = "http://localhost:11434"
TAGS = {"models": [{"name": "chatty:1b", "digest": "d", "size": 5, "capabilities": ["completion"]}]}
SAID: list[dict[str, Any]] = [
    {"message": {"role": "assistant", "content": "Paris."}, "done": False},
    {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop", "eval_count": 2},
]


def status(world: World) -> OllamaStatus:
    """What pages show of the server."""
    shown = world.session.state.ollama()
    assert shown
    return shown


def diagnosis(world: World) -> Diagnosis:
    """How the server was found."""
    found = status(world).diagnosis
    assert found
    return found


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
        assert diagnosis(world).state == "not-reachable"

    play(scene)


def test_a_step_within_a_page_that_shows_no_server_asks_for_none() -> None:
    async def scene(world: World) -> None:
        gone(world)
        await world.act("page:go", "#/library")
        count = len(asked(world))
        await world.act("page:go", "#/library/3f2a/2-0-5")
        assert len(asked(world)) == count

    play(scene)


def test_a_server_that_is_started_later_is_found_without_a_click() -> None:
    async def scene(world: World) -> None:
        gone(world)
        await world.act("page:go", "#/models")
        there(world)
        await world.act("ollama:again", "")
        shown = status(world)
        assert diagnosis(world).is_running
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
        assert world.session.state.chosen().name == "chatty:1b"
        await world.act("chat:send", "What is the capital of France?")
        assert world.texts[-1] == "Paris."
        assert (world.last.model_name, world.last.where) == ("chatty:1b", "on this computer")

    play(scene)


def test_a_server_that_is_gone_is_told_in_the_doctors_words_beside_the_reply() -> None:
    async def scene(world: World) -> None:
        gone(world)
        await world.act("models:choose", "ollama:chatty:1b")
        await world.act("chat:send", "Hello?")
        problem = world.last.problem
        assert problem is not None
        assert "isn't running" in problem.message
        assert "See Models" in problem.cure

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
        await world.act("models:memory", "32")
        await world.reload()
        assert world.session.state.settings().memory_gb == 32
        await world.act("models:memory", "lots")
        assert world.session.state.settings().memory_gb == 0

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


def file_of(world: World, data: bytes, capabilities: list[str]) -> Picked:
    """A picked file, and a server that takes it."""
    there(world)
    digest = hashlib.sha256(data).hexdigest()
    template = "{{ .Prompt }}" if "embedding" in capabilities else "{{ .Messages }}"
    shown = {"template": template, "details": {"family": "x"}, "capabilities": capabilities}
    tags = {"models": [*TAGS["models"], {"name": "mine:latest", "digest": "m", "capabilities": capabilities}]}
    for path, body in {
        f"/api/blobs/sha256:{digest}": b"",
        "/api/create": b'{"status":"success"}\n',
        "/api/show": json.dumps(shown).encode(),
        "/api/tags": json.dumps(tags).encode(),
    }.items():
        world.fetch.rules[ADDRESS + path] = lambda start, end, body=body: MemoryReply(200, body)  # type: ignore[misc]
    return picked("mine.gguf", data)


def test_an_embedding_model_is_imported_as_such_and_the_chats_model_stays() -> None:
    """Fault O1: it became the chat's model, and the next message failed."""

    async def scene(world: World) -> None:
        data = make_gguf({"general.architecture": "bert", "bert.pooling_type": 1, "bert.block_count": 0}) + WEIGHTS
        picked = file_of(world, data, ["embedding"])
        await world.act("models:choose", "ollama:chatty:1b")
        await world.act("ollama:connect", "")
        await world.act("ollama:import", picked)
        now = world.session.state.importing()
        assert now
        assert now.looked.facts.kind == "embedding"
        assert str(h("p", english(Text("ollama_page.embeds")))) in str(import_form(now, ADDRESS))
        assert "Chat template" not in str(import_form(now, ADDRESS))
        await world.act("ollama:bring", {"name": "mine"})
        assert world.session.state.settings().model_id == "ollama:chatty:1b"
        assert "your chat model is unchanged" in world.notices[-1]
        assert status(world).rows[1].kind == "embedding"

    play(scene)


def test_a_chat_model_that_is_imported_answers_from_then_on() -> None:
    async def scene(world: World) -> None:
        fields: dict[str, str | int | bool | float | bytes]
        fields = {"general.architecture": "llama", "llama.block_count": 0, "tokenizer.chat_template": "<|im_start|>"}
        picked = file_of(world, make_gguf(fields) + WEIGHTS, ["completion"])
        await world.act("ollama:connect", "")
        await world.act("ollama:import", picked)
        await world.act("ollama:bring", {"name": "mine"})
        assert world.session.state.settings().model_id == "ollama:mine"

    play(scene)


def test_who_answers_is_said_where_the_chosen_model_is_deleted_here_or_in_another_tab() -> None:
    """Fault O13: the bundled model answered without a word."""

    async def scene(world: World) -> None:
        there(world)
        world.fetch.rules[f"{ADDRESS}/api/delete"] = lambda start, end: MemoryReply(200)
        await world.act("ollama:connect", "")
        await world.act("models:choose", "ollama:chatty:1b")
        other = World()
        other.records, other.fetch = world.records, world.fetch
        await other.reload()
        assert other.session.state.chosen().name == "chatty:1b"
        await world.act("ollama:delete", "chatty:1b")
        bundled = world.session.state.chosen().name
        assert bundled != "chatty:1b"
        assert world.notices[-1].endswith(f"Using {bundled} now.")
        await other.hear(("settings", "settings"), ("settings", "ollama"))
        assert other.notices == [f"chatty:1b was deleted in another tab. Using {bundled} from now on."]

    play(scene)


def test_the_context_that_a_person_chooses_is_sent_and_kept() -> None:
    """Fault O2."""

    async def scene(world: World) -> None:
        there(world)
        await world.act("ollama:connect", "")
        await world.act("ollama:context", {"arg": "chatty:1b", "value": "8192"})
        await world.act("ollama:context", {"arg": "chatty:1b", "value": "many"})
        await world.reload()
        await world.act("models:choose", "ollama:chatty:1b")
        await world.act("chat:send", "What is the capital of France?")
        bodies = [json.loads(str(body)) for body in world.fetch.bodies if body and "messages" in str(body)]
        assert [body["options"]["num_ctx"] for body in bodies] == [8192, 8192]
        assert status(world).rows[0].num_ctx == 8192

    play(scene)


def test_a_server_of_another_kind_moves_to_the_persons_own_servers_with_a_click() -> None:
    """Fault O13: llama.cpp's address in the field for Ollama's."""

    async def scene(world: World) -> None:
        llama = "http://localhost:8080"
        listed = b'{"object":"list","data":[{"id":"tiny","object":"model","owned_by":"llamacpp"}]}'
        world.fetch.rules[f"{llama}/api/version"] = lambda start, end: MemoryReply(404, b'{"error":{"code":404}}')
        world.fetch.rules[f"{llama}/v1/models"] = lambda start, end: MemoryReply(200, listed)
        await world.act("ollama:address", {"address": llama})
        found = diagnosis(world)
        assert (found.reason, found.offered) == ("own-server", llama)
        assert 'data-on="click:ollama:own"' in str(card(status(world)))
        await world.act("ollama:own", found.offered)
        assert status(world).address == ADDRESS
        assert [one.address for one in world.session.cloud.services() if one.is_own] == [f"{llama}/v1"]
        assert "own servers" in world.notices[-1]

    play(scene)


def test_where_an_import_goes_is_said_of_the_address_that_it_goes_to() -> None:
    """Fault O8: "Nothing of it leaves this computer" of a server in the network."""
    for address in (ADDRESS, "http://127.0.0.1:11434", "http://[::1]:11434"):
        assert "Nothing leaves it" in str(importer(address))
        assert "this computer" in runs_where(address)
    for address in ("http://192.168.1.20:11434", "https://ollama.example.org", "http://box.local:11434"):
        html = str(importer(address))
        assert "leaves this computer" not in html
        assert "another computer" in html
        assert address.split("//")[1] in html
        assert "are sent there" in runs_where(address)
