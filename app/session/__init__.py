"""The signals and the actions. The only place where state changes.

    session = Session(records=..., manager=..., provider=..., device=..., clock=..., page=...)
    await session.start("#/chat")
    session.act("chat:send", "Hello!")          # the action of that name; what the page reports

Pages read the signals, actions set them. What is long runs as a job: `reply:<chat>`, `model:<id>`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from app.core.actions import BadMessage, action, actions_of
from app.core.commands import OfflineMode, Route, Theme
from app.core.errors import OfflineModeOn
from app.core.values import Model
from app.session.app import AppActions
from app.session.chats import WINDOW
from app.session.later import LATER
from app.session.replies import ReplyActions
from app.session.settings import LIMITS, Settings, settings_from
from app.session.sources import SourceActions
from app.session.state import (
    SERVICES_KEY,
    Shown,
    State,
    as_app_error,
    models_of_services,
)
from app.study.chats import new_id

__all__ = [
    "LIMITS",
    "Session",
    "Settings",
    "Shown",
    "State",
    "as_app_error",
    "settings_from",
]


class Session(ReplyActions, AppActions, SourceActions):
    """State and actions of one open page."""

    async def start(self, route: str, catalog: str = "") -> None:
        """Read what is stored and show the page that the address names; `catalog` adds one for this visit. What cannot
        be read is told: Settings, under Data, is reached all the same.

        Raises StorageError where nothing can be read.
        """
        await self._read_settings()
        for step in (self._read_chats, self.load_sources, self.manager.refresh):
            await self._attempt(step())
        self.keep_here()
        await self._attempt(self.go(route))
        if catalog:  # it may be slow to come, and the page does not wait for it
            self.jobs.start("catalog", self.visit(catalog))

    async def _attempt(self, step: Coroutine[Any, Any, None]) -> None:
        try:
            await step
        except Exception as error:  # noqa: BLE001 - shown; the next step may be the one that helps
            self.show_error(as_app_error(error))

    async def _read(self) -> None:
        await self._read_settings()
        await self._read_chats()
        await self.load_sources()

    async def _read_chats(self) -> None:
        self.chats.set(tuple(map(self._as_private, await self.store.all())))
        for chat in self.chats():
            if chat.is_private:  # an import may just have made it so
                self.egress.stop(chat.id)

    async def _read_settings(self) -> None:
        stored, services = await self._records.get("settings", ["settings", SERVICES_KEY])
        if stored:
            self.settings.set(settings_from(stored))
            self.page.do(Theme(self.settings().theme))
        if services:
            self.cloud.set(models_of_services(services))
        self.apply_offline_mode()

    async def read_again(self) -> None:
        """Show what is stored now: an import has changed it, here or in another page. Raises StorageError."""
        await self._read()
        await self.ollama_read_again()
        for part in tuple(self._parts.values()):
            if hasattr(part, "read_again"):
                await part.read_again()
        if chat := self.chat_of(self.chat().id):
            await self._show(chat, max(WINDOW, len(self.turns())))

    def act(self, name: str, raw: object) -> None:
        """Run what the page asks for as a job of its own: one of the marked actions, once its argument was read. What
        is unknown or does not fit is told, and nothing is run."""
        self.run(lambda: self._act(name, raw))

    def _act(self, name: str, raw: object) -> Any:
        group = name.partition(":")[0]
        owner: object = self.part(group) if group in LATER else self
        found = actions_of(type(owner)).get(name)
        if found is None:
            raise BadMessage(f"The page asked for something unknown: {name}.")
        return found.call(owner, raw)

    def run(self, work: Callable[[], Any]) -> None:
        """Do something as a job of its own; what goes wrong is shown."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - shown, like the errors of every other action
            self.show_error(as_app_error(error))
            return
        if asyncio.iscoroutine(result):
            self.jobs.start(f"act:{new_id()}", result)

    async def go(self, route: str) -> None:
        """Show the page of a hash route: `#/chat`, `#/chat/<id>`, `#/models`, `#/settings`."""
        parts = [part for part in route.lstrip("#/").split("/") if part]
        page = parts[0] if parts else "chat"
        if page == "chat":
            await self._open_chat(parts[1] if len(parts) > 1 else "")
        self.route.set(page if page in ("chat", "models", "settings") else "chat")

    def apply_offline_mode(self) -> None:
        """Open or shut the gate, as the settings say; the page and the service worker follow. What is under way to
        another machine ends, also where another tab has switched Offline Mode on."""
        settings = self.settings()
        allows = settings.is_loopback_allowed
        self.gate.switch(settings.is_offline_mode, allows_loopback=allows, since=settings.offline_since)
        self.page.do(OfflineMode("" if not settings.is_offline_mode else "loopback" if allows else "strict"))
        if settings.is_offline_mode:
            self.egress.stop_all(_offline_now)
        self.keep_here()

    @action("page:visit", str)
    def page_visit(self, route: str) -> None:
        """A button leads to another page."""
        self.page.do(Route(route))
        self.page_go(route)

    @action("page:go", str)
    def page_go(self, route: str) -> None:
        """The address changed; only the latest one counts."""
        self.jobs.start("go", self.go(route))
        if not route.startswith("#/chat"):
            self.ollama_look()


def _offline_now(model: Model) -> OfflineModeOn:
    return OfflineModeOn(f"Offline Mode is on, so the request to {model.name} was stopped.")
