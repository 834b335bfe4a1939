"""Local models behind one Provider, wherever they run: in this browser now, through a local server later.

local = LocalModelProvider(BrowserModelEngine(...))
async for event in local.reply(model, request): ...
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

from app.core.ports import Provider
from app.core.values import Delta, Done, Model, Notice, Request

Route = tuple[Callable[[Model], bool], Provider]


class LocalModelProvider:
    """Sends each request to the provider that owns the model; the browser's engines own what nobody else claims."""

    def __init__(self, browser: Provider, others: Sequence[Route] = ()) -> None:
        self._browser = browser
        self._others = tuple(others)

    def reply(self, model: Model, request: Request) -> AsyncIterator[Delta | Notice | Done]:
        """Stream the answer of the model's own provider."""
        return self._owner(model).reply(model, request)

    def _owner(self, model: Model) -> Provider:
        return next((provider for owns, provider in self._others if owns(model)), self._browser)
