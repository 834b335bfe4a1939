"""The services as data, and the address of one's own server."""

from __future__ import annotations

import pytest

from app.core.places import ModelRef
from app.models.cloud.services import SERVICES, Dialect, own_address, own_service
from app.net.addresses import BadAddress
from tests.words import english


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("localhost:8080", "http://localhost:8080/v1"),
        (" http://localhost:1234/v1/ ", "http://localhost:1234/v1"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000/v1"),
        ("models.example.org", "https://models.example.org/v1"),
        ("https://models.example.org/openai/v1/chat/completions", "https://models.example.org/openai/v1"),
        ("https://models.example.org/v1/models", "https://models.example.org/v1"),
        ("https://models.example.org/api", "https://models.example.org/api"),
        ("http://[::1]:8080", "http://[::1]:8080/v1"),
        ("localhost:8080/v1/chat/completions?stream=true", "http://localhost:8080/v1"),
        ("http://localhost:8080/v1/messages", "http://localhost:8080/v1"),
        ("http://localhost:8080/v1/responses/#x", "http://localhost:8080/v1"),
        ("http://localhost:11434/api/chat", "http://localhost:11434/v1"),
        ("https://models.example.org/lab/api/tags", "https://models.example.org/lab"),
        ("https://webui.example.org/api/chat/completions", "https://webui.example.org/api"),
        ("100.100.1.2:8080", "http://100.100.1.2:8080/v1"),
        ("http://nas.fritz.box:1234", "http://nas.fritz.box:1234/v1"),
        ("http://gpu.tail12.ts.net", "http://gpu.tail12.ts.net/v1"),
        ("http://nas.home:8080/v1", "http://nas.home:8080/v1"),
    ],
)
def test_an_address_is_read_as_it_was_meant(typed: str, address: str) -> None:
    """Faults S8 and S9."""
    assert own_address(typed) == address
    assert own_address(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ftp://x",
        "http://models.example.org/v1",
        "https://me:secret@x/v1",
        "https://x/v1?key=1",
        "https://x/v1?a=1&access_token=2",
        "a b",
        "https://",
    ],
)
def test_what_is_no_address_or_would_send_a_key_in_the_open_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress) as caught:
        own_address(typed)
    assert "11434" not in english(caught.value.cure)


@pytest.mark.parametrize(
    ("typed", "dialect", "address"),
    [
        ("localhost:3000", "anthropic", "http://localhost:3000"),
        ("https://proxy.example.org/anthropic/v1/messages", "anthropic", "https://proxy.example.org/anthropic"),
        ("https://proxy.example.org/v1", "anthropic", "https://proxy.example.org"),
        ("https://proxy.example.org/v1/chat/completions", "anthropic", "https://proxy.example.org"),
        ("https://x.org/v1beta/models/gemini-2.5:streamGenerateContent?alt=sse", "gemini", "https://x.org/v1beta"),
        ("https://proxy.example.org/V1/Chat/Completions", "openai", "https://proxy.example.org/V1"),
        ("https://proxy.example.org//v1//chat//completions/", "openai", "https://proxy.example.org/v1"),
        ("localhost:3000", "gemini", "http://localhost:3000/v1beta"),
        ("http://127.0.0.1:3000/gemini/v1beta/models", "gemini", "http://127.0.0.1:3000/gemini/v1beta"),
    ],
)
def test_an_address_goes_by_its_dialect(typed: str, dialect: Dialect, address: str) -> None:
    assert own_address(typed, dialect) == address
    assert own_address(address, dialect) == address


def test_an_own_server_has_an_id_of_its_address_and_dialect() -> None:
    ids = [
        own_service("localhost:8080").id,
        own_service("localhost:8080", stays=True).id,
        own_service("http://localhost:8080/v1/", stays=True).id,
        own_service("http://localhost:8080", "anthropic", stays=True).id,
        own_service("http://[::1]:8080", stays=True).id,
        own_service("https://Models.example.org/a/b").id,
        own_service("http://192.168.1.20:8000", "gemini").id,
    ]
    assert ids == [
        "own-localhost-8080-v1-openai",
        "here-localhost-8080-v1-openai",
        "here-localhost-8080-v1-openai",
        "here-localhost-8080-anthropic",
        "here-1-8080-v1-openai",
        "own-models.example.org-a-b-openai",
        "own-192.168.1.20-8000-v1beta-gemini",
    ]
    assert not {id for id in ids if ":" in id}


@pytest.mark.parametrize("dialect", ["openai", "anthropic", "gemini"])
def test_an_own_server_is_asked_in_its_dialect_and_needs_no_key(dialect: Dialect) -> None:
    service = own_service("localhost:8080", dialect, stays=True)
    assert (service.dialect, service.needs_key, service.is_own, service.is_here) == (dialect, False, True, True)
    like = SERVICES[dialect]
    assert service.headers("sk-x") == like.headers("sk-x")
    assert service.name == "localhost:8080"
    assert service.key_url == ""
    assert not own_service("localhost:8080", dialect).is_here
    assert not own_service("https://x.org", dialect, stays=True).is_here, "no other computer is this one"
    assert not like.is_own


def test_where_the_words_go_is_told() -> None:
    assert english(own_service("localhost:8080", stays=True).where) == "on this computer"
    assert english(own_service("localhost:8080").where) == "sent to localhost:8080", "it may be a proxy"
    assert english(own_service("http://192.168.1.20:8000").where) == "sent to 192.168.1.20"
    assert all(english(one.where).startswith("sent to ") for one in SERVICES.values())


def test_a_models_id_names_its_service_whatever_its_own_name_holds() -> None:
    name = SERVICES["openrouter"].model_id("x-ai/grok-4:free")
    assert ModelRef.parse(name) == ModelRef("cloud", "x-ai/grok-4:free", "openrouter")


def test_every_service_that_needs_a_key_says_where_there_is_one_and_uses_https() -> None:
    for service in SERVICES.values():
        assert service.needs_key
        assert service.key_url.startswith("https://")
        assert service.base_url.startswith("https://")
        assert not service.base_url.endswith("/")
