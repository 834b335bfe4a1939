"""What a model file's header tells, and the reader that all formats share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.core.embeds import UNTOLD, Embeds
from app.core.errors import LoadFailed
from app.core.texts import Text
from app.core.values import FileFormat, Kind, Model
from app.models.answering.prefixes import prefixed_as

VISION = "vision"  # of a model's capabilities (`Model.can_see`)
Read = Callable[[int, int], Awaitable[bytes]]  # (start, size in bytes) -> those bytes, fewer at the end of the file

# What a file is for. The app keeps "chat" and those of `MADE_FOR` only; `app.models.formats.kinds` has the words.
FileKind = Literal[
    "chat",
    "embedding",
    "rerank",
    "classifier",
    "decision",
    "diffusion",
    "encoder",
    "image",
    "speech",
    "projector",
    "adapter",
    "control-vector",
    "draft",
    "imatrix",
    "vocabulary",
    "incomplete",
    "other",
]
#: what a file says of itself, whatever a catalogue says
MADE_FOR: Mapping[FileKind, Kind] = {"embedding": "embedding", "rerank": "rerank"}
FROM_HEADER = (VISION, *MADE_FOR.values())  # capabilities that a file itself tells

TOKENS = 4096
BUFFERS_BYTES = 350_000_000
RAM_PER_BYTE = 2  # memory for each byte of a model's files, where no more is known of it


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the header tells. `context_length` in tokens, `expected_size` in bytes; 0 where the file does not say.
    `cache_bytes` is what each token of a conversation takes in memory. A file that is part 2 of 3 has `part` 2 and
    `parts` 3. `is_known` is False for a GGUF architecture that the
    browser's llama.cpp does not know. `sees` where it has, or is, the part that takes pictures."""

    format: FileFormat
    context_length: int = 0
    has_template: bool = False
    architecture: str = ""
    title: str = ""
    expected_size: int = 0
    kind: FileKind = "chat"
    part: int = 0
    parts: int = 0
    is_known: bool = True
    cache_bytes: int = 0
    embeds: Embeds = UNTOLD
    sees: bool = False


def as_told(model: Model, facts: FileFacts) -> Model:
    """The model with what its file says of itself. A catalogue may call a model for code or embeddings what looks like
    any other; it cannot call one for embeddings or for ranking one for chats. What nobody has published of its memory
    is computed."""
    if facts.format == "gguf" and model.size_bytes and not model.ram_bytes:
        model = replace(model, ram_bytes=memory_bytes(model.size_bytes, facts))
    kind = MADE_FOR.get(facts.kind, model.kind)
    can = (*(one for one in model.capabilities if one != VISION), *((VISION,) if facts.sees else ()))
    if kind in MADE_FOR.values():
        can = tuple(dict.fromkeys((*can, kind)))
    told = replace(model, format=facts.format, has_template=facts.has_template, kind=kind, capabilities=can)
    if not told.can_embed:
        return told
    embeds = model.embeds.filled(facts.embeds).filled(prefixed_as(facts.title or model.name))
    return replace(told, embeds=embeds)


def memory_bytes(size_bytes: int, facts: FileFacts) -> int:
    """About how much memory a GGUF model takes: the files, the cache of a usual conversation, and what the engine and
    the page need besides. The built-in catalogue counts the same way."""
    return size_bytes + facts.cache_bytes * min(facts.context_length or TOKENS, TOKENS) + BUFFERS_BYTES


class CutShort(LoadFailed):
    """The header goes on where there are no more bytes."""

    message = Text("formats.cut_short")
    again = False


AGAIN = Text("formats.fail_cure")


def fail(message: Text, detail: str = "") -> LoadFailed:
    """A damaged file: trying the same bytes again makes no sense."""
    return LoadFailed(message, AGAIN, again=False, detail=detail)
