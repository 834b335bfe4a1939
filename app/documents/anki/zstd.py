"""What Anki packs its newer files with: Zstandard, which Python has from 3.14 on."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from app.core.documents import UnreadableDocument


def _library() -> Any:
    try:
        return import_module("compression.zstd")
    except ModuleNotFoundError:  # the units run on an older Python, with the same library beside it
        return import_module("backports.zstd")


def unpacked(data: bytes, most: int) -> bytes:
    """What was packed; its frame need not say how large that is. Raises UnreadableDocument, also for more than `most`
    bytes."""
    zstd = _library()
    unpack, made = zstd.ZstdDecompressor(), bytearray()
    try:
        while not unpack.eof:
            if unpack.needs_input and not data:
                raise UnreadableDocument("damaged", "zstd: cut")
            made += unpack.decompress(data, min(most + 1 - len(made), 1 << 24))
            data = b""
            if len(made) > most:
                raise UnreadableDocument("bomb", f"zstd: {most}")
    except (zstd.ZstdError, MemoryError) as error:
        raise UnreadableDocument("damaged", str(error)) from error
    return bytes(made)
