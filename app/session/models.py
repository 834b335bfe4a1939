"""What a person does with models: fetch, import, choose, delete, pick an engine, check the device."""

from __future__ import annotations

from typing import Any

from app.core.errors import AppError
from app.models.engine_choice import engines_for, reasons_against
from app.session.state import Shown, State


class ModelActions(State):
    """The actions `models:*`."""

    def models_changed(self) -> None:
        """The manager's rows changed."""
        self.rows.set(self.manager.rows)

    async def models_choose(self, model_id: str) -> None:
        """Answer with this model from now on."""
        await self._set(model_id=model_id)

    def models_download(self, model_id: str) -> None:
        """Fetch a model's bytes into this browser."""
        self.page.do("persist")
        self.jobs.start(f"model:{model_id}", self.manager.fetch(model_id))

    async def models_pause(self, model_id: str) -> None:
        """Stop fetching; what has arrived is kept."""
        await self.jobs.stop(f"model:{model_id}")

    def models_import(self, picked: dict[str, Any]) -> None:
        """Copy a picked file into this browser, and answer with it where it can run."""
        self.page.do("persist")
        self.jobs.start(f"import:{picked['name']}", self._import(picked["file"], picked["name"]))

    async def models_cancel_import(self, _: object) -> None:
        """Stop importing and remove what was copied."""
        for name in self.jobs.names("import:"):
            await self.jobs.stop(name)

    async def _import(self, handle: object, name: str) -> None:
        try:
            model_id = await self.manager.import_file(handle, name)
        except AppError as error:
            error.message = f"{name}: {error.message}"
            raise
        model = self.manager.row(model_id).model
        facts, id = await self._device.facts(), f"imported-{model_id}"
        if not engines_for(model.format, facts, model.size_bytes):
            reasons = " ".join(reasons_against(model.format, facts, model.size_bytes).values())
            self.notify(Shown(id, f"{model.name} is stored in this browser, but cannot run in it.", reasons))
            return
        await self._set(model_id=model_id)
        self.notify(Shown(id, f"{model.name} is stored in this browser and answers from now on."))

    async def models_delete(self, model_id: str) -> None:
        """Delete a model's bytes; the page has asked first."""
        await self.jobs.stop(f"model:{model_id}")
        name = self.manager.row(model_id).model.name
        await self._free(model_id)
        await self.manager.delete(model_id)
        if self.settings().model_id == model_id:
            await self._set(model_id="")
        self.notify(Shown(f"gone-{model_id}", f"{name} was deleted and its space is free."))

    async def models_unload(self, _: object) -> None:
        """Free the loaded model's memory."""
        await self._free(self.loaded_id())

    async def _free(self, model_id: str) -> None:
        """Take a model out of memory; the replies that it is writing stop, and their words are kept."""
        for chat_id in [chat_id for chat_id, used in self._answers_with.items() if used == model_id]:
            await self.jobs.stop(f"reply:{chat_id}")
        if model_id and self.loaded_id() == model_id:
            await self._unload()

    async def models_engine(self, form: dict[str, str]) -> None:
        """Use this engine for a model; an empty name lets the app choose."""
        engines = dict(self.settings().engines)
        engines.pop(form["arg"], None)
        if form["value"]:
            engines[form["arg"]] = form["value"]  # type: ignore[assignment]
        await self._set(engines=tuple(engines.items()))
