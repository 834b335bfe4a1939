"""What a GGUF file is for, read from its header: many hold no model that can chat.

    kind_of(Header(values={"general.architecture": "bert"}, ...))     # "embedding"

In this order: what the file says it is (`general.type`), its architecture, what its tensors are called, whether its
output is pooled to one vector (`<architecture>.pooling_type`), what its publisher's model card says (`general.tags`),
and its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.core.embeds import Pooling
from app.core.texts import Text
from app.models.formats.architectures import KIND_OF
from app.models.formats.facts import FileKind, fail

TAGS = "general.tags"
UNSPECIFIED = (-1, 0xFFFF_FFFF)  # poolings that say nothing
# By number; 1 to 3 make one vector of a text, the last is of rerankers. Source: enum llama_pooling_type in llama.h
POOLINGS: tuple[Pooling, ...] = ("none", "mean", "cls", "last", "rank")

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
    (b"medusa", "draft"),
)
ENDINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b".lora_a", "adapter"),
    (b".in_sum2", "imatrix"),
)
EMBEDDINGS = b"token_embd.weight"  # every text model that llama.cpp loads has this one
FIRST_LAYER = (b"blk.0.", b"dec.blk.0.")
HEADS = (b"cls.weight", b"cls.output.weight")
DRAFT = b"fc.weight"  # joins a draft model to the hidden states of the model that it drafts for

# What a model card's tags tell; one of the last kind says that the model writes, whatever else it can do.
CARD: tuple[tuple[frozenset[str], FileKind], ...] = (
    (frozenset({"text-ranking", "reranker"}), "classifier"),
    (frozenset({"sentence-similarity", "feature-extraction", "sentence-transformers"}), "embedding"),
    (frozenset({"text-to-speech"}), "speech"),
)
WRITES = frozenset({"text-generation", "conversational", "image-text-to-text", "any-to-any"})

# What the names of models tell whose files say nothing else: families that were converted before the fields existed.
TITLES: tuple[tuple[re.Pattern[str], FileKind], ...] = (
    (re.compile(r"rerank"), "classifier"),
    (re.compile(r"embedding|\bembed\b|\bcol(bert|qwen|pali)|^inf[- ]retriever|^(gte|bge|e5|stella)\b"), "embedding"),
    (re.compile(r"\btts\b|^(oute|neu)tts|^neutts|^orpheus 3b"), "speech"),
)


@dataclass(slots=True)
class Names:
    """What the names of a file's tensors tell; the names themselves are not kept."""

    count: int = 0
    kinds: set[FileKind] = field(default_factory=set)
    has_embeddings: bool = False
    has_blocks: bool = False
    has_first_layer: bool = False
    has_head: bool = False
    is_draft: bool = False

    def add(self, name: bytes) -> None:
        """Look at one name."""
        self.count += 1
        self.has_embeddings |= name == EMBEDDINGS
        self.has_blocks |= name.startswith(b"blk.")
        self.has_first_layer |= name.startswith(FIRST_LAYER)
        self.has_head |= name in HEADS
        self.kinds.update(kind for text, kind in BEGINNINGS if name.startswith(text))
        self.kinds.update(kind for text, kind in ENDINGS if name.endswith(text))
        self.is_draft |= name == DRAFT


def joined(parts: Iterable[Names]) -> Names:
    """What the names of all parts of one file tell."""
    whole = Names()
    for part in parts:
        whole = Names(
            whole.count + part.count,
            whole.kinds | part.kinds,
            whole.has_embeddings or part.has_embeddings,
            whole.has_blocks or part.has_blocks,
            whole.has_first_layer or part.has_first_layer,
            whole.has_head or part.has_head,
            whole.is_draft or part.is_draft,
        )
    return whole


@dataclass(frozen=True, slots=True)
class Header:
    """The metadata that the app reads, by key, and what the tensors' names tell."""

    values: Mapping[str, object]
    names: Names

    def text(self, key: str) -> str:
        """A text, "" where there is none. Raises LoadFailed where something else stands there."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise fail(Text("formats.gguf_damaged"), f"{key} is not text")
        return value

    def whole(self, key: str, most: int, otherwise: int = 0) -> int:
        """A whole number from 0 to `most`. Raises LoadFailed where something else stands there."""
        value = self.values.get(key, otherwise)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise fail(Text("formats.gguf_damaged"), f"{key} is {str(value)[:40]!r}")
        return value

    @property
    def architecture(self) -> str:
        """The architecture's name, "" where the file does not say."""
        return self.text("general.architecture")


def kind_of(header: Header) -> FileKind:
    """What the file is for. Raises LoadFailed where the header is damaged."""
    names, architecture = header.names, header.architecture
    if kind := TYPES.get(header.text("general.type").strip().lower()):
        return kind
    kind = KIND_OF.get(architecture)
    if not names.count and kind in (None, "embedding", "encoder"):
        return "vocabulary"
    if kind:
        return _of_encoder(header) if kind == "embedding" else kind
    if header.values.get("adapter.type"):
        return "adapter"
    if names.kinds and not names.has_embeddings:
        return sorted(names.kinds)[0]
    if names.is_draft:
        return "draft"
    return _pooled(header) or _whole_or_part(header)


def _of_encoder(header: Header) -> FileKind:
    """An encoder makes a vector of a text; with a head it makes one number of the vector. What is a reranker by its
    name or its pooling alone has lost its head, and llama.cpp cannot rank without."""
    if header.names.has_head:
        return "rerank"
    return "classifier" if _pooled(header) == "classifier" else "embedding"


def _whole_or_part(header: Header) -> FileKind:
    names = header.names
    if not names.has_embeddings and not names.has_blocks:
        return "other"
    has_layers = header.whole(f"{header.architecture}.block_count", 1 << 20) > 0
    if not names.has_embeddings or (has_layers and not names.has_first_layer):
        return "incomplete"
    return "chat"


def pooling_of(header: Header) -> Pooling:
    """How one vector is made of those of all tokens, "" where the file does not say. Raises LoadFailed where the header
    is damaged."""
    key = f"{header.architecture}.pooling_type"
    if header.values.get(key, UNSPECIFIED[0]) in UNSPECIFIED:
        return ""
    number = header.whole(key, 255)
    return POOLINGS[number] if number < len(POOLINGS) else ""


def _pooled(header: Header) -> FileKind | None:
    """A model whose output is a vector, a number or sound, with the architecture of one that chats. Files that were
    converted without the field are known by their card, or by the name that their authors gave them. One that rates
    texts ("classifier") wants its question in a form of its own, which the engine does not write."""
    pooling = pooling_of(header)
    if pooling == "rank" or header.names.has_head:
        return "classifier"
    titles = [header.text(f"general.{field}").lower().replace("_", " ") for field in ("name", "basename")]
    named = next((kind for text, kind in TITLES if any(map(text.search, titles))), None)
    if pooling not in ("", "none"):
        return "classifier" if named == "classifier" else "embedding"
    return named or _carded(header)


def _carded(header: Header) -> FileKind | None:
    told = header.values.get(TAGS)
    tags = frozenset(told if isinstance(told, (list, tuple)) else ())
    return None if tags & WRITES else next((kind for names, kind in CARD if tags & names), None)
