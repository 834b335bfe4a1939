"""What is typed or copied is understood as a place on the Hub, or as words."""

from __future__ import annotations

import pytest

from app.models.hub.place import HubPlace, hub_place

REPO = HubPlace("user/repo")
FILE = HubPlace("user/repo", "main", "x.gguf")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("user/repo", REPO),
        (" bartowski/Llama-3.2-1B-Instruct-GGUF ", HubPlace("bartowski/Llama-3.2-1B-Instruct-GGUF")),
        ("https://huggingface.co/user/repo", REPO),
        ("https://huggingface.co/user/repo.git", REPO),
        ("https://hf.co/user/repo", REPO),
        ("hf.co/user/repo", REPO),
        ("huggingface.co/user/repo/tree/main", REPO),
        ("https://huggingface.co/user/repo/tree/v2/sub", HubPlace("user/repo", "v2")),
        ("https://huggingface.co/user/repo/blob/v2", HubPlace("user/repo", "v2")),
        ("https://huggingface.co/user/repo/discussions/3", REPO),
        ("git clone https://huggingface.co/user/repo", REPO),
        ("https://huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("https://huggingface.co/user/repo/resolve/main/x.gguf?download=true", FILE),
        ("hf.co/user/repo/blob/main/x.gguf", FILE),
        ("user/repo/x.gguf", FILE),
        ("hf download user/repo x.gguf", FILE),
        (
            "https://huggingface.co/user/repo/blob/refs%2Fpr%2F1/a/x.gguf",
            HubPlace("user/repo", "refs/pr/1", "a/x.gguf"),
        ),
        ("https://huggingface.co/user/repo/resolve/main/my%20x.gguf", HubPlace("user/repo", "main", "my x.gguf")),
    ],
)
def test_a_place_is_understood(typed: str, place: HubPlace) -> None:
    assert hub_place(typed) == place


@pytest.mark.parametrize(
    "typed",
    [
        *("qwen", "qwen 3 1.7b", "", "user/repo:Q4_K_M", "ollama run llama3.2", "x.gguf"),
        "https://huggingface.co",
        "https://huggingface.co/user",
        "https://huggingface.co/datasets/user/repo/blob/main/x.gguf",
        "https://huggingface.co/gpt2/resolve/main/x.gguf",
        "https://hf-mirror.com/user/repo",
        "https://huggingface.co.school.example/user/repo",
        "https://school.example/user/repo",
        "https://huggingface.co/us er/re%00po",
        "http://192.168.1.5/user/repo",
    ],
)
def test_everything_else_is_none(typed: str) -> None:
    assert hub_place(typed) is None
