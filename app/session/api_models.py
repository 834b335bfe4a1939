"""The local models as the local API names, lists, pulls and deletes them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from enum import StrEnum
from typing import TYPE_CHECKING

from app.api.openai_in import HERE, Refusal, flag, read_model
from app.api.openai_out import Flow, model_entry
from app.core.errors import ProviderError
from app.core.places import ModelRef
from app.core.ports import Json
from app.core.texts import Text, Words, in_a_row
from app.core.values import Model
from app.models.answering.egress import too_far
from app.models.store.rows import Row
from app.session.ollama import Ollama
from app.session.state import State

if TYPE_CHECKING:
    from app.models.ollama.server import OllamaRow, OllamaServer

DEFAULT = "default"
TELL_SECONDS = 0.25
SUCCESS = {"status": "success"}


class ServerStatus(StrEnum):
    """How Ollama is, as programs are told it."""

    RUNNING = "Running"
    NOT_RUNNING = "Not running"


class ApiModels:
    """Models in this browser, and in Ollama on this computer. What Ollama passes on, or runs on another computer, is
    listed nowhere and never asked: the words of a request stay here."""

    def __init__(self, state: State, ollama: Ollama, words: Words) -> None:
        self._state, self._ollama, self._words = state, ollama, words

    async def find(self, name: str, *, embeds: bool | None = False) -> Model:
        """The model that a request means, which must chat, or make vectors where it `embeds` (None: either). Raises
        Refusal, and ProviderError where Ollama is named and does not run."""
        if name == DEFAULT:
            name = self._default_embedding() if embeds else self._default()
        for row in self._state.rows_here():
            if row.model.id == name:
                return _usable(row, embeds=embeds)
        for found in await self._installed(is_asked=ModelRef.parse(name).provider == "ollama"):
            if _is_named(found, name):
                model = found.as_model()
                if model.leaves_device:
                    raise _elsewhere(model)
                return model
        raise _unknown(name)

    def _default(self) -> str:
        """The model that answers in the page; the best one of this device while that is Automatic or a cloud's."""
        chosen, local = self._state.usual(), self._state.shelf.best_local()
        is_here = chosen.provider in ("browser", "ollama") and not chosen.leaves_device
        return local.id if local and not is_here else chosen.id

    def _default_embedding(self) -> str:
        """An embedding model of this browser's, the one that comes along first."""
        rows = [row for row in self._state.rows() if row.model.can_embed and row.can_answer]
        return max(rows, key=lambda row: row.model.is_bundled).model.id if rows else DEFAULT

    async def entries(self) -> list[Json]:
        """The rows of v1/models: what can answer now. Nothing here asks for scores."""
        able = [row.model for row in self._state.rows_here() if row.can_answer and not row.model.can_rank]
        here = [model_entry(model) for model in able]
        return here + [model_entry(row.as_model()) for row in await self._installed() if not row.place.leaves_device]

    async def browser(self) -> Json:
        """Every model that this browser has or knows of."""
        chosen, loaded = self._state.usual().id, self._state.loaded_id()
        return {"models": [_browser_row(row, chosen, loaded, self._words) for row in self._state.rows_here()]}

    async def ollama(self) -> Json:
        """How the server is, and every model that it has or could have."""
        try:
            server = await self._server()
        except ProviderError as error:
            message = self._words(in_a_row(error.message, error.cure))
            return {"status": ServerStatus.NOT_RUNNING, "message": message, "models": []}
        chosen, found = self._state.usual().id, server.diagnosis
        rows = [_ollama_row(row, chosen, self._words) for row in server.rows]
        version = found.version if found else ""
        return {"status": ServerStatus.RUNNING, "address": server.address, "version": version, "models": rows}

    async def pull(self, body: Json) -> Json | Flow:
        """Pull a model into Ollama; the lines of progress end with the status "success". Raises Refusal."""
        from app.models.ollama.library import BadName, valid_name

        try:
            name = valid_name(read_model(body))
        except BadName as error:
            raise Refusal(in_a_row(error.message, error.cure), param="model") from error
        self._ollama.check_pull(name)
        steps = self._steps(await self._ollama.server_found(clicked=True), name)
        if flag(body, "stream", usual=True):
            return Flow(steps)
        async for _ in steps:
            pass
        return SUCCESS

    async def _steps(self, server: OllamaServer, name: str) -> AsyncGenerator[Json | None, None]:
        pulling = asyncio.ensure_future(server.pull(name))
        told: Json = {}
        try:
            while not pulling.done():
                await asyncio.wait({pulling}, timeout=TELL_SECONDS)
                step = _step(server, name, self._words)
                if not pulling.done() and step != told:
                    yield (told := step)
            await pulling
        finally:
            pulling.cancel()  # it pauses, unless somebody else wants the same model
        yield SUCCESS

    async def delete(self, name: str) -> Json:
        """Delete a model from Ollama. Raises Refusal, ProviderError."""
        for row in (await self._server()).rows:
            if row.installed and _is_named(row, name):
                await self._ollama.delete(row.name)
                return {"model": row.name, "deleted": True}
        raise _unknown(name)

    async def _server(self) -> OllamaServer:
        """The server, with what it has at this moment. Raises ProviderError."""
        server = await self._ollama.server_found(clicked=False)
        await server.refresh()
        return server

    async def _installed(self, *, is_asked: bool = False) -> list[OllamaRow]:
        """What the person's own server has. Raises ProviderError where it `is_asked` for and not there."""
        try:
            server = await self._server()
        except ProviderError:
            if is_asked:
                raise
            return []
        return [row for row in server.rows if row.installed]


def _usable(row: Row, *, embeds: bool | None) -> Model:
    """A model of this browser's that can answer; a bundled one is fetched with its first question."""
    if embeds and not row.model.can_embed:
        raise Refusal(Text("api.no_embeddings", model=row.model.name), param="model", code="not_supported")
    if embeds is False and not row.model.can_chat:
        text = Text("api.reranking_model" if row.model.can_rank else "api.embedding_model", model=row.model.name)
        raise Refusal(text, 400, param="model")
    if row.can_answer:
        return row.model
    message = Text("api.not_in_browser", model=row.model.name, status=row.status.lower())
    raise Refusal(message, 404, code="model_not_found", param="model")


def _unknown(name: str) -> Refusal:
    return Refusal(Text("api.unknown_model", model=name), 404, code="model_not_found", param="model")


def _elsewhere(model: Model) -> Refusal:
    """A model that this API does not have, although Ollama does."""
    error = too_far(model, HERE)
    return Refusal(in_a_row(error.message, error.cure), 404, code="model_not_found", param="model")


def _is_named(row: OllamaRow, name: str) -> bool:
    """Whether a request means this model: by its name in Ollama, or by its id in this app."""
    from app.models.ollama.library import same_name

    ref = ModelRef.parse(name)
    return same_name(row.name, ref.name if ref.provider == "ollama" else name)


def _browser_row(row: Row, chosen: str, loaded: str, words: Words) -> Json:
    model = row.model
    return {
        "id": model.id,
        "name": model.name,
        "kind": model.kind,
        "status": row.status,
        "is_ready": row.is_ready,
        "is_active": model.id == chosen,
        "is_loaded": model.id == loaded,
        "size_bytes": model.size_bytes,
        "stored_bytes": row.stored_bytes,
        "ram_bytes": model.ram_bytes,
        "context_length": model.context_length,
        "license": model.license,
        "best_for": words(model.best_for),
    }


def _ollama_row(row: OllamaRow, chosen: str, words: Words) -> Json:
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "status": row.status,
        "is_ready": row.installed is not None,
        "is_active": row.id == chosen,
        "is_loaded": row.running is not None,
        "size_bytes": row.size_bytes,
        "ram_bytes": row.ram_bytes,
        "context_length": row.context_length,
        "where": words(row.where),
    }


def _step(server: OllamaServer, name: str, words: Words) -> Json:
    """A line of a pull: the bytes of the whole model, where Ollama itself tells of one layer after the other."""
    row = server.pulls.row(name)
    if row is None:
        return {"status": "pulling"}
    return {"status": words(row.note) or "pulling", "completed": row.done_bytes, "total": row.total_bytes}
