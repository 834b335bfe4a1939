"""How much memory a GGUF model takes, as its header tells it."""

from __future__ import annotations

import pytest

from app.core.values import Model
from app.models.formats.facts import BUFFERS_BYTES, as_told
from tests.environment import ROOT
from tests.models.formats.test_kinds import BERT, CHAT, facts_of, gguf, tags
from tests.ollama.gguf import Value

LAYERS: dict[str, Value] = {
    **CHAT,
    "qwen3.block_count": 28,
    "qwen3.context_length": 40_960,
    "qwen3.embedding_length": 1024,
    "qwen3.attention.head_count": 16,
    "qwen3.attention.head_count_kv": 8,
}


@pytest.mark.parametrize(
    ("more", "a_token"),
    [
        ({"qwen3.attention.key_length": 128, "qwen3.attention.value_length": 128}, 114_688),  # Qwen3-0.6B (catalog.md)
        ({}, 28 * 8 * (64 + 64) * 2),  # of the width, shared by the heads
        ({"qwen3.attention.head_count_kv": tags("layer", "by", "layer")}, 28 * 16 * (64 + 64) * 2),
    ],
)
def test_the_cache_of_a_token_is_counted_from_the_header(more: dict[str, Value], a_token: int) -> None:
    facts = facts_of(gguf({**LAYERS, **more}))
    assert facts.cache_bytes == a_token
    told = as_told(Model("x", "X", size_bytes=1_000_000_000), facts)
    assert told.ram_bytes == 1_000_000_000 + 4096 * a_token + BUFFERS_BYTES
    assert as_told(Model("x", "X", size_bytes=7, ram_bytes=5), facts).ram_bytes == 5, "what is published stays"


def test_a_model_for_vectors_has_no_cache_and_one_that_tells_nothing_none_that_is_known() -> None:
    assert facts_of(gguf({**BERT, "bert.block_count": 6, "bert.attention.head_count": 12})).cache_bytes == 0
    assert facts_of(gguf(CHAT)).cache_bytes == 0
    tiny = (ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf").read_bytes()
    assert facts_of(tiny).cache_bytes > 0
