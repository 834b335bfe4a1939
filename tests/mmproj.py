"""A part that sees for the tiny model, made of chance: llama.cpp reads it as Gemma 3's and makes four tokens of a
picture. What the model then says of it means nothing.

    path.write_bytes(projector())          # 128 numbers for each token, as many as the tiny model's own have
    png((255, 0, 0))                       # a red picture, as base64

Names and shapes are those that llama.cpp looks for (tools/mtmd/clip-impl.h, clip.cpp: PROJECTOR_TYPE_GEMMA3).
"""

from __future__ import annotations

import base64
import math
import random
import struct
import zlib
from collections.abc import Mapping

from tests.ollama.gguf import Laid, Value, Whole, packed, packed_value

TEXT_WIDTH = 128  # of the tiny model
WIDTH, INNER, HEADS, LAYERS = 32, 64, 2, 1
IMAGE, PATCH, POOLED = 112, 14, 4  # 8 x 8 patches, of which 4 x 4 become one token
FLOAT, ARRAY, F32 = 6, 9, 0  # of GGUF's types of values, and of ggml's

Shape = tuple[int, ...]


def projector(*, sees: bool = True) -> bytes:
    """The file. One that does not say that it sees is for sound."""
    chance = random.Random(7)
    tensors = []
    for name, shape in _shapes().items():
        about = packed(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
        spread = 1 / math.sqrt(shape[0])
        count = math.prod(shape)
        is_norm = len(shape) == 1 and name.endswith(".weight")
        values = [1.0] * count if is_norm else [chance.uniform(-spread, spread) for _ in range(count)]
        tensors.append(Laid(about, F32, struct.pack(f"<{count}f", *values)))
    metadata = _metadata(sees=sees)
    entries = b"".join(packed(key) + packed_value(value) for key, value in metadata.items())
    return Whole(len(metadata), entries, tuple(tensors)).written()


def _shapes() -> Mapping[str, Shape]:
    """By its name, each tensor's shape as GGUF writes it: the innermost dimension first."""
    shapes: dict[str, Shape] = {
        "v.patch_embd.weight": (PATCH, PATCH, 3, WIDTH),
        "v.patch_embd.bias": (WIDTH,),
        "v.position_embd.weight": (WIDTH, (IMAGE // PATCH) ** 2),
        "v.post_ln.weight": (WIDTH,),
        "v.post_ln.bias": (WIDTH,),
        "mm.input_projection.weight": (TEXT_WIDTH, WIDTH),
        "mm.soft_emb_norm.weight": (WIDTH,),
    }
    for layer in range(LAYERS):
        own: dict[str, Shape] = dict.fromkeys(("attn_q", "attn_k", "attn_v", "attn_out"), (WIDTH, WIDTH))
        own |= {"ln1": (WIDTH,), "ln2": (WIDTH,), "ffn_up": (WIDTH, INNER), "ffn_down": (INNER, WIDTH)}
        for name, shape in own.items():
            shapes |= {f"v.blk.{layer}.{name}.weight": shape, f"v.blk.{layer}.{name}.bias": shape[-1:]}
    return shapes


def _metadata(*, sees: bool) -> Mapping[str, Value]:
    wholes = {
        "image_size": IMAGE,
        "patch_size": PATCH,
        "embedding_length": WIDTH,
        "feed_forward_length": INNER,
        "block_count": LAYERS,
        "projection_dim": TEXT_WIDTH,
        "attention.head_count": HEADS,
        "projector.scale_factor": POOLED,
    }
    half = struct.pack("<IIQ3f", ARRAY, FLOAT, 3, 0.5, 0.5, 0.5)
    return {
        "general.architecture": "clip",
        "general.type": "mmproj",
        "clip.has_vision_encoder": sees,
        "clip.projector_type": "gemma3",
        "clip.use_gelu": True,
        "clip.vision.attention.layer_norm_epsilon": 1e-6,
        "clip.vision.image_mean": half,
        "clip.vision.image_std": half,
        **{f"clip.vision.{key}": value for key, value in wholes.items()},
    }


def png(colour: tuple[int, int, int], size: int = 16) -> str:
    """A picture of one colour, as base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
    rows = (b"\0" + bytes(colour) * size) * size
    whole = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(whole).decode()
