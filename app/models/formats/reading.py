"""What a model file really is: read from its first bytes and tables, never from its name.

    facts = await read_facts(read, size_bytes)         # read(start, size) -> bytes
    facts.format, facts.context_length                 # "gguf", 8192

A file that is cut short, blank or something else is found here, before any engine spends a minute on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import LoadFailed
from app.models.engines.choice import ENGINE_LABELS, engines_for, reasons_against
from app.models.formats.facts import FileFacts, Read, fail
from app.models.formats.gguf import read_gguf
from app.models.formats.kinds import refuse, refuse_piece
from app.models.formats.litert import read_litertlm, read_tflite

__all__ = ["ENGINE_LABELS", "FileFacts", "Read", "engines_for", "read_facts", "reasons_against"]

HEAD_BYTES = 4096
SAMPLE_BYTES = 4096
SMALLEST_BYTES = 4096
WANTED = "Choose a model file made for browsers: .gguf, .litertlm, or a .task whose name ends in -web."

# First bytes of what people pick by mistake, and what to call it.
OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed archive (gzip)"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"Rar!", "a compressed archive (RAR)"),
    (b"SQLite format 3", "a database"),
    (b"version https://git-lfs", "a placeholder of Git LFS, not the model itself"),
    (b"\x80\x02", "a Python pickle (PyTorch)"),
    (b"lmgg", "a model in GGML's first format (perhaps one for speech)"),
    (b"fmgg", "a model in an old format of llama.cpp (GGMF)"),
    (b"tjgg", "a model in an old format of llama.cpp (GGJT)"),
    (b"algg", "an adapter (LoRA) in an old format of llama.cpp"),
)


async def read_facts(read: Read, size_bytes: int, name: str = "", others: Sequence[str] = ()) -> FileFacts:
    """Read the header through `read(start, size)`, and look at what is behind it. `name` is the file's, `others` are
    the names of files picked together with it. Raises LoadFailed with a sentence about what the file is instead of a
    model for chats or embeddings."""
    facts = await read_header(read, size_bytes, name, others)
    if size_bytes < facts.expected_size:
        missing = facts.expected_size - size_bytes
        raise fail(f"The file is cut short: {missing:,} of {facts.expected_size:,} bytes are missing.")
    if size_bytes < SMALLEST_BYTES or await _is_blank(read, size_bytes):
        raise fail("The file has a model's header, but no model behind it.")
    return facts


async def read_header(read: Read, size_bytes: int, name: str = "", others: Sequence[str] = ()) -> FileFacts:
    """The same by the header alone, while the rest may still be on its way. Raises LoadFailed."""
    if size_bytes == 0:
        raise fail("The file is empty.")
    head = await read(0, min(HEAD_BYTES, size_bytes))
    refuse_piece(name, has_header=head.startswith(b"GGUF"))
    facts = await _read_known(read, head, size_bytes)
    if facts is None:
        raise LoadFailed(f"This is {_what_else(head)}, not a model that runs in a browser.", WANTED, again=False)
    refuse(facts, name, others)
    return facts


async def _read_known(read: Read, head: bytes, size_bytes: int) -> FileFacts | None:
    if head.startswith(b"LITERTLM"):
        return await read_litertlm(read, size_bytes)
    if head[4:8] == b"TFL3":
        return await read_tflite(read, size_bytes)
    if head.startswith(b"GGUF"):
        return await read_gguf(read, size_bytes)
    if head.startswith(b"PK\x03\x04"):
        raise await _zip_error(read, size_bytes)
    if head[4:6] == b"PK":  # MediaPipe 0.10.29 looks for the letters here, behind a prefix of four bytes
        return FileFacts("task-bundle")
    return None


async def _zip_error(read: Read, size_bytes: int) -> LoadFailed:
    """A zip at offset 0: a bundle for telephones, or a plain archive. The names stand at its end."""
    tail = await read(max(0, size_bytes - 65536), min(65536, size_bytes))
    if b"TF_LITE_PREFILL_DECODE" in tail or b"TOKENIZER_MODEL" in tail:
        return LoadFailed("This model was made for telephones, not for browsers.", WANTED, again=False)
    return LoadFailed("This is a zip archive, not a model.", f"Unpack it if it holds a model. {WANTED}", again=False)


def _what_else(head: bytes) -> str:
    start = head.lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head")):
        return "a web page (perhaps the page that asks you to sign in or to accept a licence)"
    if len(head) > 9 and int.from_bytes(head[:8], "little") < 100_000_000 and head[8:9] == b"{":
        return "a safetensors file, made for Python"
    for magic, name in OTHERS:
        if head.startswith(magic):
            return name
    if not head.strip(b"\0"):
        return "a blank file"
    if start.startswith((b"{", b"[")):
        return "a JSON file"
    if _is_text(head):
        return "a text file"
    return "an unknown kind of file"


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8") if len(head) < HEAD_BYTES else head[:-4].decode("utf-8", "ignore")
    except UnicodeDecodeError:
        return False
    return len(text) > len(head) // 2 and all(letter.isprintable() or letter.isspace() for letter in text)


async def _is_blank(read: Read, size_bytes: int) -> bool:
    """Whether three samples from the inside are nothing but zeros: a download that only reserved its space."""
    for quarter in (1, 2, 3):
        start = size_bytes * quarter // 4
        if (await read(start, min(SAMPLE_BYTES, size_bytes - start))).strip(b"\0"):
            return False
    return True
