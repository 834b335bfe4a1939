"""The shelf: every model that this page knows of, wherever it runs, in one list.

    shelf = Shelf(rows, server, services, has_automatic, loaded_id)     # functions or signals: asked anew each time
    shelf.named("ollama:llama3.2:1b")           # a Model; None where it is not known
    shelf.of("cloud")                           # those that services answer for
    shelf.best_local()                          # the best one on this device right now

What a model can do is asked of the model (`can_chat`, `can_see`, `can_embed`), where its words go too (`place`), and
whose it is of its id (`ModelRef`). Whether it can be asked at this moment (a key, a budget) its provider knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from app.core.places import ModelRef, Place, ProviderName
from app.core.values import Model
from app.models.answering.automatic import AUTOMATIC
from app.models.store.rows import Row, Status

if TYPE_CHECKING:
    from app.models.ollama.server import OllamaRow  # most pages never ask for Ollama


class Server(Protocol):
    """What is known of an Ollama."""

    @property
    def rows(self) -> Sequence[OllamaRow]:
        """Every model that it has, or could have."""

    @property
    def is_running(self) -> bool:
        """Whether it answered when it was last asked."""


class Shelf:
    """`rows` are this browser's models, `server` an Ollama once it was looked for, `services` the models that were
    picked of services and own servers, `has_automatic` whether Automatic is offered, `loaded_id` what is in memory,
    `built_in` the browser's own model, None where it has none."""

    def __init__(
        self,
        rows: Callable[[], Sequence[Row]],
        server: Callable[[], Server | None],
        services: Callable[[], Sequence[Model]],
        has_automatic: Callable[[], bool],
        loaded_id: Callable[[], str],
        built_in: Callable[[], Row | None] = lambda: None,
    ) -> None:
        self._rows, self._server, self._services, self._built_in = rows, server, services, built_in
        self._has_automatic, self._loaded_id = has_automatic, loaded_id

    @property
    def chat_rows(self) -> tuple[Row, ...]:
        """The models for chats that this browser has or could have, each with where it stands."""
        own = self._built_in()
        shown = (own,) if own and is_offered(own) else ()
        return (*(row for row in self._rows() if row.model.can_chat), *shown)

    @property
    def is_ollama_running(self) -> bool:
        """Whether an Ollama answers, as far as is known."""
        server = self._server()
        return server is not None and server.is_running

    @property
    def models(self) -> tuple[Model, ...]:
        """Every model that can chat, Automatic first; those of this browser also where they are not here yet."""
        return (*self.of("automatic"), *self.of("browser"), *self.of("ollama"), *self.of("cloud"))

    def of(self, provider: ProviderName) -> tuple[Model, ...]:
        """The models for chats that one provider answers for: of Ollama what is installed."""
        if provider == "browser":
            return tuple(row.model for row in self.chat_rows)
        if provider == "ollama":
            return tuple(model for model in self._installed() if model.can_chat)
        if provider == "cloud":
            return tuple(self._services())
        return (AUTOMATIC,) if self._has_automatic() else ()

    def _installed(self) -> tuple[Model, ...]:
        server = self._server()
        return tuple(row.as_model() for row in server.rows if row.installed) if server else ()

    def named(self, model_id: str) -> Model | None:
        """The model of an id, wherever it is; None where it is not known now. One of Ollama's keeps its name and its
        place while the server has not been asked yet."""
        ref = ModelRef.parse(model_id)
        if ref.provider == "automatic":
            return AUTOMATIC if self._has_automatic() else None
        if ref.provider == "ollama":
            return self._of_ollama(ref)
        if ref.is_built_in:
            own = self._built_in()
            return own.model if own and not is_refused(own) else None
        known = self._services() if ref.provider == "cloud" else [row.model for row in self._rows()]
        return next((model for model in known if model.id == model_id), None)

    def _of_ollama(self, ref: ModelRef) -> Model:
        server = self._server()
        row = next((row for row in server.rows if row.installed and row.name == ref.name), None) if server else None
        return row.as_model() if row else Model(str(ref), ref.name, where="Ollama", place=Place.COMPUTER)

    def picked(self, model_id: str) -> Model | None:
        """The person's choice, else a model that is ready, else the bundled one, else any; None where there is none."""
        known = self.named(model_id)
        if known and known.can_chat:
            return known
        ready = next((row.model for row in self.chat_rows if row.is_ready), None)
        models = [row.model for row in self.chat_rows]
        return ready or next((model for model in models if model.is_bundled), models[0] if models else None)

    def ready(self) -> tuple[Model, ...]:
        """The models for chats that can answer on this device right now, this browser's first."""
        near = [model for model in self.of("ollama") if not model.leaves_device] if self.is_ollama_running else []
        return (*(row.model for row in self.chat_rows if row.is_ready), *near)

    def best_local(self) -> Model | None:
        """The best model on this device right now: the one that is in memory, else the largest that is ready."""
        ready, loaded = self.ready(), self._loaded_id()
        in_memory = next((model for model in ready if model.id == loaded), None)
        return in_memory or max(ready, key=lambda model: model.size_bytes, default=None)

    def leaving(self) -> tuple[Model, ...]:
        """The models whose words would leave this device."""
        return tuple(model for model in self.models if model.leaves_device)


def is_refused(own: Row) -> bool:
    """Whether the browser says that its own model is not for this device."""
    return own.problem is not None and not own.problem.again


def is_offered(own: Row) -> bool:
    """Whether the browser's own model is something to choose: not before the browser was asked."""
    return own.status != Status.VERIFYING and not is_refused(own)
