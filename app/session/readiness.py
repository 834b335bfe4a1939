"""What a model still needs before it can be asked: a file, a server, a key, a budget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.actions import ModelId
from app.core.errors import Interrupted, OfflineModeOn
from app.core.jobs import Jobs
from app.core.texts import Text
from app.core.values import Model
from app.models.store.manager import LocalModelManager
from app.session.models import Models
from app.session.ollama import Ollama
from app.session.state import State

if TYPE_CHECKING:
    from app.session.builtin import BuiltIn
    from app.session.cloud import CloudServices
    from app.session.costs import Costs


class Readiness:
    """Makes models ready, or says what keeps them from it."""

    def __init__(
        self,
        state: State,
        models: Models,
        ollama: Ollama,
        jobs: Jobs,
        manager: LocalModelManager,
        builtin: Callable[[], BuiltIn],
        cloud: Callable[[], CloudServices],
        costs: Callable[[], Costs],
    ) -> None:
        self._state, self._models, self._ollama, self._jobs, self._manager = state, models, ollama, jobs, manager
        self._builtin, self._cloud, self._costs = builtin, cloud, costs

    async def make_ready(self, model: Model) -> Model:
        """The model as its file says it is; the bundled one is fetched first where it is not here yet.

        Whoever stops the reply that began the fetch stops the fetch too; what has arrived is kept.
        """
        if model.leaves_device and self._state.offline().is_on:  # told at once, before anybody is looked for
            raise OfflineModeOn(Text("leave.offline", model=model.name, where=model.where))
        if model.provider == "ollama":
            return await self._ollama.ready(model)
        if model.provider == "cloud":
            ready: Model = await self._cloud().ready(model)
            if ready.leaves_device:
                await self._costs().refuse_over_budget(ready)
            return ready
        if model.ref.is_built_in:
            return await self._builtin().ready(model)
        if self._state.visit.is_demo or not model.is_bundled or self._manager.row(model.id).is_ready:
            return model
        name = f"model:{model.id}"
        is_ours = not self._jobs.is_running(name)
        if is_ours:
            self._models.download(ModelId(model.id))
        try:
            await self._jobs.wait(name)
        except asyncio.CancelledError:
            if is_ours:
                await self._jobs.stop(name)
            raise
        row = self._manager.row(model.id)
        if not row.is_ready:
            paused = Interrupted(Text("setup.fetch_paused", model=model.name), Text("setup.try_again_to_go_on"))
            raise row.problem or paused
        return row.model
