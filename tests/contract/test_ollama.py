"""The stand-in keeps the contract that a real Ollama keeps (`python -m tests ollama` runs it against one)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.ollama_contract import CHECKS, STORY, check_import, check_ollama
from tests.ollama.against import bench_of
from tests.ollama.gguf import make_gguf
from tests.ollama.stand_in import StandIn


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A stand-in that has a model of somebody else's, and stories that outlast every patience."""
    with StandIn() as running:
        running.install("somebody:else")
        running.talk.answers[STORY] = "Once upon a time there was a dragon. " * 5000
        running.talk.token_seconds = 0.001
        yield running


def test_the_stand_in_keeps_the_contract_of_ollama(server: StandIn) -> None:
    passed = asyncio.run(check_ollama(bench_of(server.url)))
    assert len(passed) == len(CHECKS)
    assert list(server.shelf.models) == ["somebody:else"]
    assert [asked.json["messages"][0]["content"] for asked in server.hangups] == [STORY, STORY]
    assert max(asked.lines for asked in server.hangups) < 5000


def test_the_contract_holds_where_lines_are_cut_anywhere(server: StandIn) -> None:
    server.chunk_bytes = 23
    assert len(asyncio.run(check_ollama(bench_of(server.url)))) == len(CHECKS)


def test_the_contract_holds_without_a_network(server: StandIn) -> None:
    server.faults.is_offline = True
    assert len(asyncio.run(check_ollama(bench_of(server.url)))) == len(CHECKS)


def test_a_check_that_fails_is_named_and_its_models_are_deleted(server: StandIn) -> None:
    server.faults.crash_after = 0
    with pytest.raises(AssertionError, match="check_streams"):
        asyncio.run(check_ollama(bench_of(server.url)))
    assert list(server.shelf.models) == ["somebody:else"]


@pytest.mark.parametrize(
    ("metadata", "marks"),
    [
        (
            {"general.architecture": "llama", "tokenizer.chat_template": "<|im_start|>{{ role }}<|im_end|>"},
            "<|im_start|>",
        ),
        ({"general.architecture": "gemma3"}, "<start_of_turn>"),
        ({"general.architecture": "llama", "general.name": "SmolLM2 135M"}, "<|im_start|>"),
        ({"general.architecture": "nobody-knows"}, ""),
    ],
)
def test_the_contract_asks_a_file_in_its_own_template_and_sends_it_once(
    server: StandIn, tmp_path: Path, metadata: dict[str, str], marks: str
) -> None:
    """Fault O10: Gemma's template was forced on every model, and a second run sent the file that was there."""
    path = tmp_path / "model.gguf"
    path.write_bytes(make_gguf({**metadata, f"{metadata['general.architecture']}.context_length": 2048}))
    bench = bench_of(server.url, path)
    assert marks in bench.template
    assert bool(bench.stop) == bool(marks)
    server.shelf.path(f"sha256:{bench.sha256}").write_bytes(path.read_bytes())
    asyncio.run(check_import(bench))
    assert server.asked(f"/api/blobs/sha256:{bench.sha256}", "POST") == []
    [asked] = server.asked("/api/create")
    assert asked.json.get("template", "") == bench.template
    asyncio.run(bench.clean())
