"""Own servers that are not reached, and keys that a public list hides (faults O5, O9 and O12)."""

from __future__ import annotations

import asyncio

import pytest

from app.core.errors import AppError, BadKey, Interrupted, NeedsKey, NoReply, OriginRefused, Unreachable
from app.models.cloud.services import own_service
from tests.memory import MemoryReply, ScriptedFetch
from tests.models.cloud.streams import PARIS, World, refused, stream
from tests.words import english, raises

LIST = b'{"data": [{"id": "tiny"}]}'
LOCKED = {"error": {"message": "Invalid API Key", "type": "authentication_error", "code": 401}}


def unreached(address: str, *there: str) -> tuple[AppError, World, ScriptedFetch]:
    """What is told of a server that the browser does not reach; `there` are the addresses where anybody answers."""
    quiet = ScriptedFetch({})
    for scheme in ("http", "https"):
        for host in ("localhost:8080", "localhost:1234", "nas.lan:8000", "nas.lan", "models.example.org"):
            url = f"{scheme}://{host}/"
            quiet.rules[url] = lambda *_, url=url: MemoryReply(200) if url in there else Interrupted()
    world = World(
        own_service(address), *[Interrupted(detail="TypeError: Failed to fetch") for _ in range(3)], quiet=quiet
    )
    with pytest.raises(AppError) as caught:
        asyncio.run(world.provider.models())
    return caught.value, world, quiet


def test_a_server_that_does_not_run_is_told_apart_from_one_that_lets_no_page_in() -> None:
    """Fault O12."""
    error, world, quiet = unreached("localhost:8080")
    assert type(error) is Unreachable
    assert "No server at localhost:8080" in english(error.message)
    assert len(world.urls) == 1, "the reason at once"
    assert set(quiet.modes) == {"no-cors"}
    error, _, _ = unreached("localhost:1234", "http://localhost:1234/")
    assert type(error) is OriginRefused
    assert "CORS" in english(error.message)
    assert "--cors" in english(error.cure)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("localhost:1234", "LM Studio"),
        ("http://nas.lan:8000", "--allowed-origins"),
        ("localhost:8080", "llama.cpp"),
        ("http://nas.lan", "OLLAMA_ORIGINS"),
    ],
)
def test_the_servers_own_switch_is_named_where_its_port_tells_it(address: str, words: str) -> None:
    """Fault O12."""
    origin = own_service(address).base_url.removesuffix("/v1")
    assert words in english(unreached(address, f"{origin}/")[0].cure)


def test_https_before_a_server_that_speaks_http_is_told_at_once() -> None:
    """Fault O9."""
    error, world, _ = unreached("https://localhost:8080", "http://localhost:8080/")
    assert "to http://localhost:8080" in english(error.cure)
    assert len(world.urls) == 1
    error, _, _ = unreached("https://models.example.org", "http://models.example.org/")
    assert "http://" not in english(error.cure), "never over the internet"


def test_a_server_that_never_answers_https_is_not_waited_for() -> None:
    """Fault O9: a server of http may leave the browser's handshake without an answer."""
    quiet = ScriptedFetch({})
    quiet.rules["http://localhost:8080/"] = lambda *_: MemoryReply(200)
    world = World(own_service("https://localhost:8080"), quiet=quiet, first_seconds=0.01)
    world.fetch.gate = asyncio.Semaphore(0)
    with raises(Unreachable, "uses http"):
        asyncio.run(world.provider.models())
    assert len(world.urls) == 1


def test_a_question_that_finds_no_server_is_explained_too() -> None:
    """Fault O12."""
    quiet = ScriptedFetch({})
    quiet.rules["http://localhost:8080/"] = lambda *_: MemoryReply(200)
    world = World("own", *[Interrupted() for _ in range(3)], quiet=quiet)
    assert "CORS" in english(world.error(OriginRefused).message)
    assert not world.health.is_blocked


def test_services_of_companies_are_not_asked_behind_the_browsers_back() -> None:
    quiet = ScriptedFetch({})
    World("groq", *[Interrupted() for _ in range(3)], quiet=quiet).error(Unreachable)
    assert quiet.asked == []


@pytest.mark.parametrize(("key", "kind"), [("", NeedsKey), ("sk-wrong-9876543210", BadKey)])
def test_a_public_list_does_not_hide_that_a_key_is_wanted(key: str, kind: type[AppError]) -> None:
    """Fault O5."""
    world = World("own", MemoryReply(200, LIST), refused(401, LOCKED), key=key)
    with pytest.raises(kind) as caught:
        asyncio.run(world.provider.models())
    assert "key" in english(caught.value.message)
    assert world.fetch.bodies == [None, None], "no word is sent"
    assert world.urls[-1].endswith("/v1/chat/completions")


@pytest.mark.parametrize("status", [200, 400, 404, 422, 500])
def test_any_other_answer_to_an_empty_question_is_fine(status: int) -> None:
    """Fault O5."""
    world = World("own", MemoryReply(200, LIST), refused(status, {"error": {"message": "no messages"}}), key="")
    assert [model.name for model in asyncio.run(world.provider.models())] == ["tiny"]
    assert world.urls == ["http://localhost:8080/v1/models", "http://localhost:8080/v1/chat/completions"]


def test_a_server_that_does_not_answer_an_empty_question_is_fine_too() -> None:
    for odd in (Interrupted(), NoReply()):
        assert asyncio.run(World("own", MemoryReply(200, LIST), odd, key="").provider.models())


def test_services_that_guard_their_lists_are_not_asked_an_empty_question() -> None:
    for service in ("openai", own_service("localhost:3000", "gemini")):
        world = World(service, MemoryReply(200, LIST), stream(*PARIS))
        asyncio.run(world.provider.models())
        assert len(world.urls) == 1
