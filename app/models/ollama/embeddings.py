"""Embeddings through Ollama: in batches, with the prefix that a model wants, marked with what made them.

    made = await embed(client, "nomic-embed-text", ["What is light?"], "query")
    made.model, made.digest, made.dimensions, made.vectors[0]

Vectors of different models, of different versions of one, or of different lengths do not mix: every set keeps the
model's name, its digest and its dimensions, and `check_same` refuses a mixture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.errors import BadAnswer, NotSupported
from app.models.ollama.client import OllamaClient
from app.models.ollama.library import same_name

BATCH = 32
Purpose = Literal["query", "document"]

# What the models' own cards tell to put before a text; the others take it as it is.
PREFIXES: Mapping[str, Mapping[Purpose, str]] = {
    "nomic-embed-text": {"query": "search_query: ", "document": "search_document: "},
    "mxbai-embed-large": {"query": "Represent this sentence for searching relevant passages: ", "document": ""},
    "embeddinggemma": {"query": "task: search result | query: ", "document": "title: none | text: "},
    "qwen3-embedding": {
        "query": "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
        "document": "",
    },
}


@dataclass(frozen=True, slots=True)
class Embeddings:
    """One vector of `dimensions` numbers for each text, in their order, and what made them."""

    model: str
    digest: str
    dimensions: int
    vectors: tuple[tuple[float, ...], ...]

    def check_same(self, other: Embeddings) -> None:
        """Raises NotSupported where these vectors and others cannot be compared."""
        if (self.digest, self.dimensions) != (other.digest, other.dimensions):
            words = f"Vectors of {self.model} and of {other.model} cannot be compared: they are of different models."
            raise NotSupported(words, "Make all of them with the same model.")


def prefix(model: str, purpose: Purpose) -> str:
    """What stands before each text for this model."""
    family = model.rpartition("/")[2].partition(":")[0]
    return PREFIXES.get(family, {}).get(purpose, "")


async def embed(
    client: OllamaClient, model: str, texts: Sequence[str], purpose: Purpose = "document", *, dimensions: int = 0
) -> Embeddings:
    """Vectors of some texts. Raises ModelMissing, NotSupported where it only chats, BadAnswer, ProviderError."""
    digest = next((one.digest for one in await client.installed() if same_name(one.name, model)), "")
    before, vectors = prefix(model, purpose), list[tuple[float, ...]]()
    for start in range(0, len(texts), BATCH):
        batch = [before + text for text in texts[start : start + BATCH]]
        made = (await client.embed(model, batch, dimensions=dimensions)).vectors
        if len(made) != len(batch):
            raise BadAnswer(f"{model} made {len(made)} vectors of {len(batch)} texts.")
        vectors += made
    lengths = {len(vector) for vector in vectors}
    if len(lengths) > 1:
        raise BadAnswer(f"{model} made vectors of different lengths.", detail=str(sorted(lengths)))
    return Embeddings(model, digest, lengths.pop() if lengths else 0, tuple(vectors))
