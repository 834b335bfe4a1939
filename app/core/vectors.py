"""Vectors of texts, and scores of texts for a question: what is asked for, and what comes.

    made = await embedder.embed(model, ToEmbed(("Light is a wave.",)))
    made.rows[0], made.dimensions
    await embedder.rank(model, ToRank("What is light?", ("Light is a wave.", "Rome fell.")))      # (0.98, 0.01)

Vectors of different models do not mix: they say whose they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.embeds import Use
from app.core.errors import BadAnswer, NotSupported, TooLong
from app.core.places import Purpose
from app.core.texts import Plain, Text
from app.core.values import Model, Request

BATCH = 32  # texts at a time
#: why words go to a model that makes vectors of them, where nothing else is said
EMBEDDING = Request((), purpose=Purpose.EMBEDDING)


@dataclass(frozen=True, slots=True)
class ToEmbed:
    """Texts to make vectors of, each as long as the model reads at most. `dimensions` 0 leaves their length to the
    model. Of `why` counts the purpose, whose words they are and how far they may go; its messages are empty."""

    texts: tuple[str, ...]
    use: Use = "document"
    dimensions: int = 0
    why: Request = EMBEDDING


@dataclass(frozen=True, slots=True)
class ToRank:
    """Texts to be scored by how well they answer a question. `why` as of `ToEmbed`."""

    query: str
    texts: tuple[str, ...]
    why: Request = EMBEDDING


@dataclass(frozen=True, slots=True)
class Vectors:
    """One vector of `dimensions` numbers for each text, in their order; `prompt_tokens` were read, 0 where nobody
    tells."""

    model_id: str
    rows: tuple[tuple[float, ...], ...]
    prompt_tokens: int = 0

    @property
    def dimensions(self) -> int:
        """The length of each vector, 0 of none."""
        return len(self.rows[0]) if self.rows else 0


class Embedder(Protocol):
    """Whoever makes vectors and scores, in a browser's engine or behind an address."""

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        """Raises TooLong where a text is longer than the model reads (nothing is ever cut), NotSupported where it makes
        no vectors or none of that length, ModelMissing, BadAnswer, and what a reply raises."""

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        """A score for each text, in their order: the higher the better; of different models they do not compare.
        Raises TooLong, NotSupported where it ranks nothing, and what `embed` raises."""


def in_batches(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The texts, some at a time."""
    for start in range(0, len(texts), BATCH):
        yield tuple(texts[start : start + BATCH])


def vectors_of(model: Model, rows: Sequence[Sequence[float]], texts: Sequence[str], tokens: int = 0) -> Vectors:
    """What a model has made of all the texts. Raises BadAnswer where that cannot be."""
    check_count(model, len(rows), len(texts))
    if len({len(row) for row in rows}) > 1:
        raise BadAnswer(Text("vectors.other_lengths", model=model.name))
    return Vectors(model.id, tuple(tuple(row) for row in rows), tokens)


def no_vectors(model: Model) -> NotSupported:
    """That a model makes no vectors."""
    return NotSupported(Text("vectors.no_vectors", model=model.name), Text("vectors.choose"))


def no_scores(model: Model) -> NotSupported:
    """That a model ranks nothing."""
    return NotSupported(Text("vectors.no_scores", model=model.name), Text("vectors.choose_ranking"))


def text_too_long(model: Model, error: TooLong, reads: int = 0) -> TooLong:
    """That one of the texts is longer than a model reads, which takes `reads` tokens where nobody else says."""
    message, limit = Text("vectors.too_long", model=model.name), error.limit or reads or model.context_length
    return TooLong(message, Text("vectors.shorter"), limit=limit, tokens=error.tokens, detail=error.detail)


def check_count(model: Model, made: int, texts: int) -> None:
    """Raises BadAnswer where a model has made more or fewer than there are texts."""
    if made != texts:
        raise BadAnswer(Text("vectors.other_number", model=model.name, made=Plain(made), texts=Plain(texts)))
