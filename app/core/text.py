"""Texts of others: cut to a line, measured in tokens, names without their path. Numbers: app.core.texts."""

from __future__ import annotations

FILES = (".gguf", ".safetensors", ".bin", ".task", ".litertlm")


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def estimate_tokens(text: str) -> int:
    """Tokens of a text, on the safe side: about 3 bytes of UTF-8 each, never fewer than its words."""
    return max(len(text.encode("utf-8", "surrogatepass")) // 3 + 1, len(text.split())) if text else 0


def file_name(name: str) -> str:
    """A name as it is shown: of a path on somebody's disk the last part only, since the others may tell who they are.

    >>> file_name("/srv/models/some-1b-q4.gguf"), file_name("meta-llama/Llama-3.1-8B")
    ('some-1b-q4.gguf', 'meta-llama/Llama-3.1-8B')
    """
    plain = name.replace("\\", "/").rstrip("/")
    is_path = "\\" in name or plain.startswith(("/", "~", ".", "file:")) or plain[1:3] == ":/"
    return plain.rpartition("/")[2] if is_path or plain.lower().endswith(FILES) else name
