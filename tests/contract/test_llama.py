"""Our client against a real llama.cpp server, as a page from another origin meets it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.cloud.llama import llama
from tests.contract.llama_contract import CHECKS, Check, LlamaBench
from tests.ollama.clock import WallClock
from tests.ollama.fetch import HttpFetch


@pytest.fixture(scope="module")
def urls() -> Iterator[tuple[str, str]]:
    """A server, and one whose replies never end by themselves."""
    with llama() as pair:
        yield pair


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_").replace("_", " "))
def test_a_llama_cpp_server_is_understood(check: Check, urls: tuple[str, str]) -> None:
    asyncio.run(check(LlamaBench(HttpFetch("https://user.github.io"), WallClock(), *urls)))
