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

TEXT_WIDTH = 128  # of the tiny model
WIDTH, INNER, HEADS, LAYERS = 32, 64, 2, 1
IMAGE, PATCH, POOLED = 112, 14, 4  # 8 x 8 patches, of which 4 x 4 become one token
FLOAT, ARRAY, STRING, WHOLE, YES = 6, 9, 8, 4, 7

Shape = tuple[int, ...]


def projector(*, sees: bool = True) -> bytes:
    """The file. One that does not say that it sees is for sound."""
    chance = random.Random(7)
    header, weights = b"", b""
    for name, shape in _shapes().items():
        header += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(weights))
        spread = 1 / math.sqrt(shape[0])
        count = math.prod(shape)
        is_norm = len(shape) == 1 and name.endswith(".weight")
        values = [1.0] * count if is_norm else [chance.uniform(-spread, spread) for _ in range(count)]
        weights += struct.pack(f"<{count}f", *values)
    metadata = _metadata(sees=sees)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(_shapes()), len(metadata))
    head += b"".join(_text(key) + value for key, value in metadata.items()) + header
    return head + bytes(-len(head) % 32) + weights


def _shapes() -> Mapping[str, Shape]:
    """By its name, each tensor's shape as GGUF writes it: the innermost dimension first. Each is whole blocks of 32
    bytes long."""
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


def _metadata(*, sees: bool) -> Mapping[str, bytes]:
    """By its key, each value with its type before it."""
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
        "general.architecture": struct.pack("<I", STRING) + _text("clip"),
        "general.type": struct.pack("<I", STRING) + _text("mmproj"),
        "clip.has_vision_encoder": struct.pack("<I?", YES, sees),
        "clip.projector_type": struct.pack("<I", STRING) + _text("gemma3"),
        "clip.use_gelu": struct.pack("<I?", YES, True),
        "clip.vision.attention.layer_norm_epsilon": struct.pack("<If", FLOAT, 1e-6),
        "clip.vision.image_mean": half,
        "clip.vision.image_std": half,
        **{f"clip.vision.{key}": struct.pack("<II", WHOLE, value) for key, value in wholes.items()},
    }


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text)) + text.encode()


def png(colour: tuple[int, int, int], size: int = 16) -> str:
    """A picture of one colour, as base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
    rows = (b"\0" + bytes(colour) * size) * size
    whole = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(whole).decode()
