"""How much memory the cache of a GGUF model takes, from its header, in half precision: llama.cpp's own default."""

from __future__ import annotations

from app.models.formats.gguf_kinds import Header

HALF = 2  # bytes of a number of the cache
MOST_LAYERS, MOST_HEADS, MOST_LENGTH = 1 << 16, 1 << 16, 1 << 24

#: the numbers that it takes, by the ends of their keys; some models list them layer by layer
CACHE_KEYS = (
    b".attention.head_count",
    b".attention.head_count_kv",
    b".attention.key_length",
    b".attention.value_length",
)


def cache_bytes(header: Header) -> int:
    """Bytes of cache for each token, in half precision; 0 where the file does not tell. Raises LoadFailed."""
    of = header.architecture
    layers = header.whole(f"{of}.block_count", MOST_LAYERS)
    heads = header.whole(f"{of}.attention.head_count", MOST_HEADS)
    length = header.whole(f"{of}.embedding_length", MOST_LENGTH) // (heads or 1)
    keys = header.whole(f"{of}.attention.key_length", MOST_LENGTH, length)
    values = header.whole(f"{of}.attention.value_length", MOST_LENGTH, length)
    return layers * header.whole(f"{of}.attention.head_count_kv", MOST_HEADS, heads) * (keys + values) * HALF
