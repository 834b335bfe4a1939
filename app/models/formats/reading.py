"""What a model file really is: read from its first bytes and tables, never from its name.

    facts = await read_facts(read, size_bytes)         # read(start, size) -> bytes
    facts.format, facts.context_length                 # "gguf", 8192

A file that is cut short, blank or something else is found here, before any engine spends a minute on it.
"""

from __future__ import annotations

from app.core.errors import LoadFailed
from app.core.texts import Text
from app.models.engines.choice import ENGINE_LABELS, engines_for, reasons_against
from app.models.formats.facts import FileFacts, Read, fail
from app.models.formats.gguf import read_gguf
from app.models.formats.kinds import refuse, refuse_piece
from app.models.formats.litert import read_litertlm, read_tflite

__all__ = ["ENGINE_LABELS", "FileFacts", "Read", "engines_for", "read_facts", "reasons_against"]

HEAD_BYTES = 4096
SAMPLE_BYTES = 4096
SMALLEST_BYTES = 4096
WANTED = Text("formats.wanted")

# First bytes of what people pick by mistake, and what to call it.
OTHERS: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG", Text("formats.png")),
    (b"\xff\xd8\xff", Text("formats.jpeg")),
    (b"GIF8", Text("formats.gif")),
    (b"%PDF", Text("formats.pdf")),
    (b"\x1f\x8b", Text("formats.gzip")),
    (b"7z\xbc\xaf", Text("formats.7z")),
    (b"Rar!", Text("formats.rar")),
    (b"SQLite format 3", Text("formats.database")),
    (b"version https://git-lfs", Text("formats.git_lfs")),
    (b"\x80\x02", Text("formats.pickle")),
    (b"lmgg", Text("formats.ggml")),
    (b"fmgg", Text("formats.ggmf")),
    (b"tjgg", Text("formats.ggjt")),
    (b"algg", Text("formats.old_lora")),
)


async def read_facts(read: Read, size_bytes: int, name: str = "") -> FileFacts:
    """Read the header through `read(start, size)`, and look at what is behind it. `name` is the file's. Raises
    LoadFailed with a sentence about what the file is instead of a
    model for chats or embeddings."""
    facts = await read_any(read, size_bytes, name)
    refuse(facts, name)
    await check_whole(read, size_bytes, facts)
    return facts


async def check_whole(read: Read, size_bytes: int, facts: FileFacts) -> None:
    """Look at what is behind the header. Raises LoadFailed where that is too little, or nothing."""
    if size_bytes < facts.expected_size:
        missing = facts.expected_size - size_bytes
        raise fail(Text("formats.missing_bytes", missing=missing, expected_size=facts.expected_size))
    if size_bytes < SMALLEST_BYTES or await _is_blank(read, size_bytes):
        raise fail(Text("formats.no_model_behind"))


async def read_any(read: Read, size_bytes: int, name: str = "") -> FileFacts:
    """The same by the header alone, whatever the file is for: it may be one of several, and the rest of it may still be
    on its way. Raises LoadFailed."""
    if size_bytes == 0:
        raise fail(Text("formats.empty"))
    head = await read(0, min(HEAD_BYTES, size_bytes))
    refuse_piece(name, has_header=head.startswith(b"GGUF"))
    facts = await _read_known(read, head, size_bytes)
    if facts is None:
        raise LoadFailed(Text("formats.not_a_model", what=_what_else(head)), WANTED, again=False)
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
        return LoadFailed(Text("formats.telephones"), WANTED, again=False)
    return LoadFailed(Text("formats.zip"), Text("formats.zip_cure", wanted=WANTED), again=False)


def _what_else(head: bytes) -> Text:
    start = head.lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head")):
        return Text("formats.web_page")
    if len(head) > 9 and int.from_bytes(head[:8], "little") < 100_000_000 and head[8:9] == b"{":
        return Text("formats.safetensors")
    for magic, name in OTHERS:
        if head.startswith(magic):
            return name
    if not head.strip(b"\0"):
        return Text("formats.blank")
    if start.startswith((b"{", b"[")):
        return Text("formats.json")
    if _is_text(head):
        return Text("formats.text")
    return Text("formats.unknown")


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
