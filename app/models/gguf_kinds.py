"""What a GGUF file is for, read from its header: many hold no model that can chat.

    kind_of(Header(values={"general.architecture": "bert"}, ...))     # "embedding"

In this order: what the file says it is (`general.type`), its architecture, what its tensors are called, and whether
its output is pooled to one vector (`<architecture>.pooling_type`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.architectures import KIND_OF
from app.models.file_facts import FileKind, fail

RANK = 4  # the pooling of rerankers; 1 to 3 make one vector of a text. Source: enum llama_pooling_type in llama.h

TYPES: Mapping[str, FileKind] = {
    "adapter": "adapter",
    "lora": "adapter",
    "imatrix": "imatrix",
    "mmproj": "projector",
    "projector": "projector",
    "vocab": "vocabulary",
    "vocabulary": "vocabulary",
    "controlvector": "control-vector",
    "control-vector": "control-vector",
}

# How tensors are called where the metadata say nothing: (the beginning or the end of a name, what has such tensors).
BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"model.diffusion_model.", "image"),
    (b"first_stage_model.", "image"),
    (b"double_blocks.", "image"),
    (b"transformer_blocks.", "image"),
    (b"joint_blocks.", "image"),
    (b"v.blk.", "projector"),
    (b"a.blk.", "projector"),
    (b"mm.", "projector"),
    (b"direction.", "control-vector"),
)
ENDINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b".lora_a", "adapter"),
    (b".in_sum2", "imatrix"),
)
EMBEDDINGS = b"token_embd.weight"  # every text model that llama.cpp loads has this one
FIRST_LAYER = (b"blk.0.", b"dec.blk.0.")
HEADS = (b"cls.weight", b"cls.output.weight")


@dataclass(slots=True)
class Names:
    """What the names of a file's tensors tell; the names themselves are not kept."""

    count: int = 0
    kinds: set[FileKind] = field(default_factory=set)
    has_embeddings: bool = False
    has_first_layer: bool = False
    has_head: bool = False

    def add(self, name: bytes) -> None:
        """Look at one name."""
        self.count += 1
        self.has_embeddings |= name == EMBEDDINGS
        self.has_first_layer |= name.startswith(FIRST_LAYER)
        self.has_head |= name in HEADS
        self.kinds.update(kind for text, kind in BEGINNINGS if name.startswith(text))
        self.kinds.update(kind for text, kind in ENDINGS if name.endswith(text))


@dataclass(frozen=True, slots=True)
class Header:
    """The metadata that the app reads, by key, and what the tensors' names tell."""

    values: Mapping[str, Any]
    names: Names

    def text(self, key: str) -> str:
        """A text, "" where there is none. Raises LoadFailed where something else stands there."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise fail("The GGUF file's header is damaged.", f"{key} is not text")
        return value

    def whole(self, key: str, most: int, otherwise: int = 0) -> int:
        """A whole number from 0 to `most`. Raises LoadFailed where something else stands there."""
        value = self.values.get(key, otherwise)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise fail("The GGUF file's header is damaged.", f"{key} is {str(value)[:40]!r}")
        return value

    @property
    def architecture(self) -> str:
        """The architecture's name, "" where the file does not say."""
        return self.text("general.architecture")


def kind_of(header: Header) -> FileKind:
    """What the file is for. Raises LoadFailed where the header is damaged."""
    names, architecture = header.names, header.architecture
    if kind := TYPES.get(header.text("general.type").strip().lower()) or KIND_OF.get(architecture):
        return _ranker_or(kind, header)
    if not names.count:
        return "vocabulary"
    if names.kinds and not names.has_embeddings:
        return sorted(names.kinds)[0]
    if kind := _pooled(header):
        return kind
    has_blocks = header.whole(f"{architecture}.block_count", 1 << 20) > 0
    if not names.has_embeddings or (has_blocks and not names.has_first_layer):
        return "incomplete"
    return "chat"


def _ranker_or(kind: FileKind, header: Header) -> FileKind:
    """Rerankers have the architectures of embedding models, and a head that gives one number."""
    is_ranker = kind == "embedding" and (_pooled(header) == "reranker" or header.names.has_head)
    return "reranker" if is_ranker else kind


def _pooled(header: Header) -> FileKind | None:
    """A model whose output is one vector, or one number. Files that were converted without the field are known by the
    name that their authors gave them."""
    pooling = header.values.get(f"{header.architecture}.pooling_type", 0)
    if pooling != -1:  # -1: not specified
        pooling = header.whole(f"{header.architecture}.pooling_type", 255)
    title = f"{header.text('general.name')} {header.text('general.basename')}".lower()
    if pooling == RANK or "rerank" in title:
        return "reranker"
    return "embedding" if 0 < pooling < RANK or "embedding" in title else None
