"""The services as data, and the address of one's own server."""

from __future__ import annotations

import pytest

from app.models.cloud.services import SERVICES, own_address, own_service, split_id
from app.models.ollama.addresses import BadAddress


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
    ],
)
def test_an_address_is_read_as_it_was_meant(typed: str, address: str) -> None:
    assert own_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "ftp://x", "http://models.example.org/v1", "https://me:secret@x/v1", "https://x/v1?key=1", "a b", "https://"],
)
def test_what_is_no_address_or_would_send_a_key_in_the_open_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress) as caught:
        own_address(typed)
    assert "11434" not in caught.value.cure


def test_where_the_words_go_is_told() -> None:
    assert own_service("localhost:8080").where == "stays on this computer"
    assert own_service("http://192.168.1.20:8000").where == "sent to 192.168.1.20"
    assert all(one.where.startswith("sent to ") for one in SERVICES.values())


def test_a_models_id_names_its_service_whatever_its_own_name_holds() -> None:
    name = SERVICES["openrouter"].model_id("x-ai/grok-4:free")
    assert split_id(name) == ("openrouter", "x-ai/grok-4:free")


def test_every_service_that_needs_a_key_says_where_there_is_one_and_uses_https() -> None:
    for service in SERVICES.values():
        assert service.needs_key
        assert service.key_url.startswith("https://")
        assert service.base_url.startswith("https://")
        assert not service.base_url.endswith("/")
