"""Everybody who makes vectors behind one port, wherever the model runs: each request passes the gate of questions.

embedders = Embedders(engines, {"ollama": make_ollama_provider}, egress)
made = await embedders.embed(model, ToEmbed(("Light is a wave.",), why=why))
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from app.core.places import ProviderName
from app.core.values import Model, Request
from app.core.vectors import Embedder, ToEmbed, ToRank, Vectors
from app.models.answering.egress import Egress

T = TypeVar("T")
Makers = Mapping[ProviderName, Callable[[], Embedder]]


class Embedders:
    """An Embedder over all others; those of a provider are made when they are first needed. `browser` answers for
    models that are nobody else's; `note_use(model)` is called when a model has been asked."""

    def __init__(
        self,
        browser: Callable[[], Embedder],
        others: Makers,
        egress: Egress,
        note_use: Callable[[Model], None] = lambda model: None,
    ) -> None:
        self._browser, self._others, self._egress, self._note_use = browser, others, egress, note_use

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        """Raises what `Egress.check` raises where the words must not go there, and what the model's own raises."""
        return await self._guarded(model, asked.why, lambda: self._owner(model).embed(model, asked))

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        """Raises what `embed` raises."""
        return await self._guarded(model, asked.why, lambda: self._owner(model).rank(model, asked))

    async def _guarded(self, model: Model, why: Request, work: Callable[[], Awaitable[T]]) -> T:
        self._egress.check(model, why)
        try:
            return await (self._egress.call(model, why, work) if model.leaves_device else work())
        finally:
            self._note_use(model)

    def _owner(self, model: Model) -> Embedder:
        return self._others.get(model.provider, self._browser)()
