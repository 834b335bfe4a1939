"""Automatic: the entry in the list of models that lets the router choose. What chooses is in `app.models.routing`.

provider = Automatic(fallback, make_router)
async for event in provider.reply(AUTOMATIC, request): ...      # Routed(receipt), AnsweredBy(tiny), Delta("…") …
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable

from app.core.ports import Provider
from app.core.texts import Text
from app.core.values import Event, Model, Request
from app.models.answering.wrapper import WrapperProvider

AUTOMATIC = Model("automatic", "Automatic", best_for=Text("answering.automatic"), where=Text("answering.decided"))


class Automatic(WrapperProvider):
    """Lets the router answer for Automatic. The router is made when it is first needed: most visits never use it."""

    def __init__(self, wrapped: Provider, make_router: Callable[[], Provider]) -> None:
        super().__init__(wrapped)
        self._make_router = make_router

    def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer of the model, or of the one that the router chooses."""
        provider = self._make_router() if model.provider == "automatic" else self.wrapped
        return provider.reply(model, request)
