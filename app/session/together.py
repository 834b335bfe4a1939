"""Several pages of the app side by side, and storage that goes away under one of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Any

from app.core.actions import action
from app.core.commands import Theme
from app.core.errors import Interrupted, ProviderError
from app.core.places import ModelRef
from app.session.chats import WINDOW
from app.session.settings import settings_from
from app.session.state import SERVICES_KEY, Shown, models_of_services
from app.study.chats import Chat, new_id

LOST = "storage-lost"


class Actions:
    """The actions `together:*`."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._waiting: set[tuple[str, str]] = set()

    async def wrote(self, keys: list[tuple[str, str]]) -> None:
        """Another page has written these (shelf, key): show what it did. What comes meanwhile is read with it."""
        is_first, session = not self._waiting, self._session
        self._waiting.update(keys)
        if not is_first:
            return
        await session.clock.sleep(0)
        wrote, self._waiting = self._waiting, set()
        if ("settings", "settings") in wrote:
            await self._settings()
        if ("settings", "ollama") in wrote:
            with suppress(ProviderError, Interrupted):  # a server that is away now is looked for again by itself
                await session.ollama_read_again()
        if ("settings", "sources") in wrote:
            await session.load_sources()
        if ("settings", SERVICES_KEY) in wrote:
            await self._services()
        if any(shelf in ("chats", "turns") for shelf, _ in wrote):
            await self._chats({key for shelf, key in wrote if shelf in ("chats", "turns")})

    async def _settings(self) -> None:
        session = self._session
        [stored] = await session._records.get("settings", ["settings"])
        if stored:
            before, chosen = session.picked(), session.settings().model_id
            session.settings.set(settings_from(stored))
            if ModelRef.parse(chosen).provider == "ollama" and not session.settings().model_id:
                words = f"{before.name} was deleted in another tab. {session.picked().name} is used from now on."
                session.notify(Shown(new_id(), words))
            session.page.do(Theme(session.settings().theme))
            session.apply_offline_mode()

    async def _services(self) -> None:
        session = self._session
        [stored] = await session._records.get("settings", [SERVICES_KEY])
        session.cloud.set(models_of_services(stored or {}))
        if session.are_keys_known():
            await session.part("cloud").elsewhere()

    async def _chats(self, changed: set[str]) -> None:
        """The list, and the open chat where it is one of these. A reply that is being written here goes on as it is."""
        session = self._session
        stored = await session.store.all()
        session.chats.set(tuple(map(session._as_private, stored)))
        for chat in stored:
            if chat.id in changed and chat.is_private:
                session.keep_private(chat.id)
            elif chat.id in changed and session.is_private(chat.id):  # it was marked here while the other page wrote it
                await session.keep_chat(chat.id, is_private=True)
        open_chat, known = session.chat(), {chat.id: chat for chat in session.chats()}
        if open_chat.id in session.live():
            return
        is_touched = open_chat.id in changed or any(turn.id in changed for turn in session.turns())
        if open_chat.id in known and is_touched:
            await session._show(known[open_chat.id], max(WINDOW, len(session.turns())))
        elif open_chat.path and open_chat.id not in known:
            await session._show(Chat(new_id()), WINDOW)
            session.notify(Shown(new_id(), f"“{open_chat.title}” was deleted in another tab."))

    def blocked(self) -> None:
        """The browser stores nothing for this site: everything lasts as long as this page."""
        words = "This browser blocks storage; chats are kept only until you close this page."
        cure = "To keep them, allow site data for this site in the browser's settings, then reload the page."
        self._session.notify(Shown("storage-blocked", words, cure, "error"))

    def lost(self) -> None:
        """The browser's storage was cleared while this page was open."""
        words = "The browser's storage for this site was cleared while this page was open."
        cure = "This page still knows the settings and the chat that is open, and can put them back."
        buttons = (("Put them back", "together:put-back", ""), ("Start anew", "app:reload", ""))
        self._session.notify(Shown(LOST, words, cure, "error", buttons))
        self._session.jobs.start("refresh", self._session.manager.refresh())

    @action("together:put-back")
    async def put_back(self) -> None:
        """Write what this page still knows."""
        session = self._session
        puts = [("settings", "settings", asdict(session.settings()))]
        chat, turns = session.chat(), session.turns()
        if turns:
            kept = {turn.id for turn in turns}
            path = tuple(turn_id for turn_id in chat.path if turn_id in kept)
            first = turns[0]
            known = {**asdict(session._as_private(chat)), "path": path, "roots": path[:1]}
            puts.append(("chats", chat.id, known))
            for turn in turns:
                children = [child for child in turn.children if child in kept]
                parent = "" if turn.id == first.id else turn.parent
                puts.append(("turns", turn.id, {**asdict(turn), "parent": parent, "children": children}))
        await session._records.write(puts)
        session.app_dismiss(LOST)
        session.chats.set(tuple(await session.store.all()))
        session.notify(Shown(new_id(), "Put back: the settings and the chat that is open."))
