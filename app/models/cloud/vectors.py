"""Vectors and scores from services that speak OpenAI's dialect: POST /embeddings, and /rerank of servers of one's own.

Shapes: OpenAI's API reference for embeddings; for /rerank, which OpenAI does not have, that of Jina, which llama.cpp's
server and vLLM share: `results` of `index` and `relevance_score`, the best first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from app.core.errors import BadAnswer
from app.core.reading import part, rows
from app.core.texts import Text
from app.core.values import Model
from app.core.vectors import no_scores, no_vectors
from app.models.cloud.services import Service
from app.models.costs.cost import whole_count

EMBEDDINGS, RERANK = "/embeddings", "/rerank"


def check(service: Service, model: Model, *, ranks: bool = False) -> None:
    """Raises NotSupported where the service has nothing of the kind."""
    if ranks and not (service.is_own and service.dialect == "openai"):
        raise no_scores(model)
    if service.dialect != "openai":
        raise no_vectors(model)


def embeddings_body(name: str, texts: Sequence[str], dimensions: int) -> dict[str, object]:
    """The request of /embeddings."""
    wanted = {"dimensions": dimensions} if dimensions else {}
    return {"model": name, "input": list(texts), "encoding_format": "float", **wanted}


def rerank_body(name: str, query: str, texts: Sequence[str]) -> dict[str, object]:
    """The request of /rerank: all of them, not only the best."""
    return {"model": name, "query": query, "documents": list(texts), "top_n": len(texts)}


def read_embeddings(service: Service, answer: object, count: int) -> tuple[list[tuple[float, ...]], int]:
    """The vectors in the order of their texts, and the tokens that were read. Raises BadAnswer."""
    found = _by_index(service, answer, "data", "embedding", count)
    if not all(isinstance(one, list) and one and all(map(_is_number, one)) for one in found):
        raise _unreadable(service, answer)
    vectors = [tuple(map(float, one)) for one in found if isinstance(one, list)]
    return vectors, whole_count(part(part(answer).get("usage")).get("prompt_tokens"))


def read_scores(service: Service, answer: object, count: int) -> list[float]:
    """The scores in the order of their texts. Raises BadAnswer."""
    found = _by_index(service, answer, "results", "relevance_score", count)
    if not all(map(_is_number, found)):
        raise _unreadable(service, answer)
    return [float(one) for one in found if _is_number(one)]


def _by_index(service: Service, answer: object, key: str, field: str, count: int) -> list[object]:
    """One value for each text."""
    found: dict[int, object] = {}
    for place, row in enumerate(rows(part(answer).get(key))):
        index = row.get("index", place)
        if not isinstance(index, int):
            raise _unreadable(service, answer)
        found[index] = row.get(field)
    if set(found) != set(range(count)):
        raise _unreadable(service, answer)
    return [found[place] for place in range(count)]


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _unreadable(service: Service, answer: object) -> BadAnswer:
    shown = answer if isinstance(answer, Mapping) else {}
    return BadAnswer(Text("cloud.unreadable", name=service.name), detail=json.dumps(shown)[:300])
