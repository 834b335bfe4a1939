"""Very small models of the shape of the bundled embedding model, with random weights: they make vectors, or scores.

make_embedder(wheel(folder), folder / "vectors.gguf")
ranking(folder, folder / "judge.gguf")
"""

from __future__ import annotations

import json
import math
import random
import struct
import zipfile
from pathlib import Path
from unittest import mock

from app.models.formats.gguf_kinds import POOLINGS
from static.js.build import embedder
from static.js.build.embedder import FOLDER, OF_LAYER

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "light", "##s", "!"]
CONFIG = {
    "num_hidden_layers": 1,
    "max_position_embeddings": 64,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_attention_heads": 2,
    "layer_norm_eps": 1e-12,
    "type_vocab_size": 2,
    "vocab_size": len(WORDS),
}
ROUND = {"word": len(WORDS), "position": 64, "token_type": 2}


def wheel(folder: Path, dtype: str = "F32") -> Path:
    """A wheel with a very small model of the same shape."""
    shapes = {f"embeddings.{name}_embeddings.weight": [count, 32] for name, count in ROUND.items()}
    shapes |= {"embeddings.LayerNorm.weight": [32], "embeddings.LayerNorm.bias": [32], "pooler.dense.weight": [32, 32]}
    shapes |= {"classifier.weight": [1, 32], "classifier.bias": [1]}
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


def ranking(folder: Path, target: Path) -> None:
    """The same as a model that ranks: its pooling is another one, and a head makes one number of the vector."""
    around = {**embedder.AROUND, "cls.output": "classifier"}
    with mock.patch.multiple(embedder, AROUND=around, MEAN=POOLINGS.index("rank")):
        embedder.make_embedder(wheel(folder), target)
