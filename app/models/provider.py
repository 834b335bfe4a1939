"""Local models behind one Provider, wherever they run: in this browser, or in a server on this computer.

local = LocalModelProvider(BrowserModelEngine(...), [(is_ollama, make_ollama_provider)])
async for event in local.reply(model, request): ...
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

from app.core.errors import PrivateChat
from app.core.ports import Provider
from app.core.values import Event, Model, Request

Route = tuple[Callable[[Model], bool], Callable[[], Provider]]


class LocalModelProvider:
    """Sends each request to the provider that owns the model; the browser's engines own what nobody else claims. The
    others are made when they are first needed."""

    def __init__(self, browser: Provider, others: Sequence[Route] = ()) -> None:
        self._browser = browser
        self._others = tuple(others)

    def reply(self, model: Model, request: Request) -> AsyncIterator[Event]:
        """Stream the answer of the model's own provider. Raises PrivateChat where the words would leave this device
        and must not: every request of every feature passes here, whoever chose the model."""
        if not model.place.is_within(request.farthest):
            raise PrivateChat(f"This chat is private, and a question to {model.name} is {model.where}.")
        return self._owner(model).reply(model, request)

    def _owner(self, model: Model) -> Provider:
        return next((make() for owns, make in self._others if owns(model)), self._browser)
