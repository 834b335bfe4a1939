"""All models behind one Provider, wherever they run: in this browser, in a server on this computer, elsewhere.

local = LocalModelProvider(BrowserModelEngine(...), {"ollama": make_ollama_provider})
async for event in local.reply(model, request): ...
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from typing import TYPE_CHECKING

from app.core.places import ProviderName, Purpose
from app.core.ports import Provider
from app.core.values import Event, Model, Request
from app.models.answering.egress import Egress
from app.models.answering.repetition import until_repeating
from app.models.answering.thinking import tell_apart, without_thinking

if TYPE_CHECKING:
    from app.models.answering.holding import Holding  # a chat asks for no JSON

#: nobody reads along: a program asks, or a benchmark
UNWATCHED = (Purpose.API, Purpose.BENCHMARK)
Routes = Mapping[ProviderName, Callable[[], Provider]]


class LocalModelProvider:
    """Sends each request to the provider that its model's id names; the browser's engines answer for those of which
    there is no other. The others are made when they are first needed."""

    def __init__(self, browser: Provider, others: Routes | None = None, egress: Egress | None = None) -> None:
        self._browser, self._egress = browser, egress or Egress()
        self._others = others or {}
        self._openers: set[str] = set()
        self._holding: Holding | None = None

    def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer of the model's own provider. Raises what `Egress.check` raises where the words must not go
        there: every request of every feature passes here, whoever chose the model. An answer by a schema comes in one
        piece, checked; BadSchema and BadAnswer where there is none."""
        if request.schema is None:
            return self._ask(model, request)
        if self._holding is None:
            from app.models.answering.holding import Holding

            self._holding = Holding(self._ask)
        return self._holding.reply(model, request, request.schema)

    def _ask(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self._egress.check(model, request)
        request = without_thinking(request)
        events = self._owner(model).reply(model, request)
        if model.leaves_device:
            events = self._egress.stream(model, request, events)
        events = tell_apart(model, request, events, self._openers)
        return events if request.purpose in UNWATCHED else until_repeating(request, events)

    def _owner(self, model: Model) -> Provider:
        make = self._others.get(model.provider)
        return make() if make else self._browser
