"""The browser's own model: how it is, and its download, which the browser does when the person asks for it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.core.actions import action
from app.core.built_in import built_in_error, unavailable
from app.core.commands import AskBuiltIn, BuiltInState, BuiltInTold, StopBuiltIn
from app.core.errors import AppError, NotSupported, OfflineModeOn
from app.core.jobs import Jobs
from app.core.ports import Page
from app.core.texts import Percent, Text
from app.core.values import Model
from app.models.engines.built_in import BUILT_IN_MODEL
from app.models.store.rows import Row, Status
from app.session.state import State

JOB = "built-in"
STATUSES: Mapping[BuiltInState, Status] = {
    "downloadable": Status.NOT_DOWNLOADED,
    "downloading": Status.DOWNLOADING,
    "available": Status.READY,
}


class BuiltIn:
    """The actions `builtin:*`. Nothing is asked where the browser has no such model."""

    def __init__(self, state: State, jobs: Jobs, page: Page) -> None:
        self._state, self._jobs, self._page = state, jobs, page
        self._fetches = 0
        self._refused: Row | None = None  # why the last download failed

    async def look(self) -> None:
        """Ask the browser how its model is. While it is being downloaded for this page that is known. The app looks by
        itself, too: why a download failed stays told until the browser says more than that it can be downloaded."""
        if self._state.built_in() is None or self._jobs.is_running(JOB):
            return
        fetches = self._fetches
        told = await self._page.ask(AskBuiltIn("look"))
        is_told = self._refused is not None and self._state.built_in() is self._refused
        if fetches == self._fetches and not (is_told and told.state == "downloadable"):
            self._show(told)

    async def ready(self, model: Model) -> Model:
        """The model, if it can answer now. Raises what keeps it from that; nothing is downloaded."""
        row = self._state.built_in()
        if row is not None and not row.is_ready:
            await self.look()
            row = self._state.built_in()
        if row is not None and row.is_ready:
            return row.model
        problem = row.problem if row else None
        raise problem or NotSupported(Text("builtin.not_here"), Text("builtin.not_here_cure"))

    @action("builtin:fetch")
    def fetch(self) -> None:
        """Have the browser download its model, or follow how far it is. Raises OfflineModeOn."""
        if self._state.offline().is_on:
            raise OfflineModeOn(Text("builtin.offline"))
        self._fetches += 1  # what was seen before is of the past
        self._jobs.start(JOB, self._fetch())

    async def _fetch(self) -> None:
        self._state.built_in.set(Row(BUILT_IN_MODEL, Status.DOWNLOADING))
        self._state.built_in_share.set(Percent(0))
        told = BuiltInTold()
        try:
            told = await self._page.ask(AskBuiltIn("fetch"), self._moved)
            self._show(told)
            self._refused = self._state.built_in() if told.error else None
        finally:
            self._state.built_in_share.set(None)
            if not told.state and not told.error:  # stopped
                self._page.do(StopBuiltIn(is_over=False))
                self._state.built_in.set(Row(BUILT_IN_MODEL, Status.NOT_DOWNLOADED))

    def _moved(self, share: str) -> None:
        try:
            part = float(share)
        except ValueError:
            return
        if math.isfinite(part):
            self._state.built_in_share.set(Percent(math.floor(min(1.0, max(0.0, part)) * 100)))

    @action("builtin:stop")
    async def stop(self) -> None:
        """Wait for the download no longer. What the browser goes on with is its own affair: it is asked."""
        await self._jobs.stop(JOB)
        await self.look()

    def _show(self, told: BuiltInTold) -> None:
        if told.error:
            self._fail(built_in_error(told))
        elif told.state in STATUSES:
            self._state.built_in.set(Row(BUILT_IN_MODEL, STATUSES[told.state]))
        else:
            self._fail(unavailable())

    def _fail(self, error: AppError) -> None:
        """What is not for this device is so for good; the rest may be tried again."""
        self._state.built_in.set(Row(BUILT_IN_MODEL, Status.FAILED, problem=error))
