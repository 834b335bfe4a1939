"""Finds passages in the person's documents: the one way in, for the Library's search and for replies with sources.

    found = await session.searching.search("flood tide", None, 20)      # Searched((Hit(…), …), "hybrid")
    await session.searching.search(question, ("3f2a",), 8, is_private=chat.is_private)
    await session.searching.search("flood tide", None, 20, by="keyword")    # at once: no model is asked

It finds by words and by meaning together where passages have vectors, else by words alone: a model that cannot be asked
keeps nobody from finding. By meaning alone it finds only where no passage lacks a vector: without one it would be found
by nothing. Raises what the librarian raises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.documents import DocumentError, Hit, Near, Passage
from app.core.errors import AppError
from app.core.places import Place, Purpose
from app.core.values import Model, Request
from app.core.vectors import Embedder, ToRank
from app.session.library_queue import ReadingQueue
from app.session.settings import SearchKind
from app.session.state import State

if TYPE_CHECKING:
    from app.session.meaning import Meaning

RANKED = 20  # of the best passages, in the order of a reranking model


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found, best first, and how."""

    hits: tuple[Hit, ...]
    kind: SearchKind = "keyword"


class Searching:
    """Over all documents that are indexed, of this page's library."""

    def __init__(
        self, state: State, queue: ReadingQueue, embedder: Callable[[], Embedder], meaning: Callable[[], Meaning]
    ) -> None:
        self._state, self._queue, self._embedder, self._meaning = state, queue, embedder, meaning

    async def search(
        self,
        words: str,
        documents: Sequence[str] | None,
        limit: int,
        *,
        by: SearchKind | None = None,
        is_private: bool = False,
    ) -> Searched:
        """The best passages for some words, best first, in these documents (None: in all), `by` the way that the person
        has chosen where none is named. The words of what `is_private` leave this device for no search."""
        if not words.strip() or (documents is not None and not documents):
            return Searched(())
        by = by or self._state.settings().search_by
        near = None if by == "keyword" else await self._near(words, documents, is_private=is_private)
        if near is None:
            return Searched(await self._queue.librarian.find(words, documents, limit))
        by = "vector" if by == "vector" and near.alone else "hybrid"
        near = replace(near, alone=by == "vector")
        hits = await self._queue.librarian.find(words, documents, max(limit, RANKED), near)
        return Searched((await self._reranked(words, hits))[:limit], by)

    async def _near(self, words: str, documents: Sequence[str] | None, *, is_private: bool) -> Near | None:
        try:
            return await self._meaning().near(words, documents, is_private=is_private)
        except DocumentError:
            raise
        except AppError:  # the Library's line tells it; words can be found
            return None

    def ranker(self) -> Model | None:
        """The model on this device that could put passages in order, None where there is none."""
        rows = self._state.rows_at_rest()
        return next((row.model for row in rows if row.model.can_rank and row.is_ready), None)

    async def _reranked(self, words: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The best ones in the order of a reranking model, where the person wants that."""
        model = self.ranker() if self._state.settings().reranks else None
        best = hits[:RANKED]
        if model is None or not best:
            return hits
        places = {(one.document, one.number): one.text for one in await self._around(best)}
        texts = tuple(places.get((hit.document, hit.passage), hit.snippet) for hit in best)
        why = Request((), purpose=Purpose.EMBEDDING, farthest=Place.COMPUTER)
        try:
            scores = await self._embedder().rank(model, ToRank(words, texts, why))
        except AppError:  # the order that was there is good, too
            return hits
        order = sorted(range(len(best)), key=lambda at: -scores[at])
        return (*(best[at] for at in order), *hits[RANKED:])

    async def _around(self, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        return await self._queue.librarian.around([(hit.document, hit.passage) for hit in hits], 0)
