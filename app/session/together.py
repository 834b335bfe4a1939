"""Several pages of the app side by side, and storage that goes away under one of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.errors import Interrupted, ProviderError
from app.core.jobs import Jobs
from app.core.places import ModelRef
from app.core.ports import Clock
from app.core.texts import Text
from app.models.store.manager import LocalModelManager
from app.records.checked import CheckedRecords
from app.session.chats import WINDOW, Chats
from app.session.notices import Notices, Shown
from app.session.offline_gate import OfflineGate
from app.session.ollama import Ollama
from app.session.preferences import Preferences
from app.session.privacy import Privacy
from app.session.sources import ModelSources
from app.session.state import SERVICES_KEY, State, models_of_services
from app.study.chats import Chat, ChatStore, new_id

if TYPE_CHECKING:
    from app.session.cloud import CloudServices
    from app.session.personas import Personas

LOST = "storage-lost"


class Together:
    """The actions `together:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        preferences: Preferences,
        privacy: Privacy,
        ollama: Ollama,
        model_sources: ModelSources,
        offline_gate: OfflineGate,
        chats: Chats,
        store: ChatStore,
        jobs: Jobs,
        clock: Clock,
        records: CheckedRecords,
        manager: LocalModelManager,
        cloud: Callable[[], CloudServices],
        documents_changed: Callable[[], None],
        cards_changed: Callable[[], None],
        personas: Callable[[], Personas],
    ) -> None:
        self._state, self._notices, self._privacy = state, notices, privacy
        self._preferences, self._chats = preferences, chats
        self._ollama, self._model_sources = ollama, model_sources
        self._offline_gate, self._store, self._jobs, self._clock = offline_gate, store, jobs, clock
        self._records, self._manager, self._cloud, self._personas = records, manager, cloud, personas
        self._documents_changed, self._cards_changed = documents_changed, cards_changed
        self._waiting: set[tuple[str, str]] = set()

    async def wrote(self, keys: list[tuple[str, str]]) -> None:
        """Another page has written these (shelf, key): show what it did. What comes meanwhile is read with it."""
        is_first = not self._waiting
        self._waiting.update(keys)
        if not is_first:
            return
        await self._clock.sleep(0)
        wrote, self._waiting = self._waiting, set()
        if ("settings", "settings") in wrote:
            await self._read_settings()
        if ("settings", "ollama") in wrote:
            with suppress(ProviderError, Interrupted):  # a server that is away now is looked for again by itself
                await self._ollama.read_again()
        if ("settings", "sources") in wrote:
            await self._model_sources.load()
        if ("settings", SERVICES_KEY) in wrote:
            await self._read_services()
        if self._state.personas() is not None and any(shelf == "personas" for shelf, _ in wrote):
            await self._personas().read_again()
        if any(shelf in ("chats", "turns") for shelf, _ in wrote):
            await self._read_chats({key for shelf, key in wrote if shelf in ("chats", "turns")})

        if any(shelf in ("documents", "notebooks", "writings") for shelf, _ in wrote):
            self._documents_changed()
        practice = ("notes", "cards", "reviews", "quizzes", "attempts")
        if any(shelf in practice for shelf, _ in wrote) or ("settings", "practice") in wrote:
            self._cards_changed()

    async def _read_settings(self) -> None:
        [stored] = await self._records.get("settings", ["settings"])
        if stored:
            before, chosen = self._state.picked(), self._state.settings().model_id
            self._preferences.take(stored)
            if ModelRef.parse(chosen).provider == "ollama" and not self._state.settings().model_id:
                now = self._state.picked()
                gone = Text("together.model_deleted", model=before.name, now=now.name)
                self._notices.show(Shown(new_id(), gone))
            self._offline_gate.apply()

    async def _read_services(self) -> None:
        [stored] = await self._records.get("settings", [SERVICES_KEY])
        self._state.cloud.set(models_of_services(stored or {}))
        if self._state.are_keys_known():
            await self._cloud().elsewhere()

    async def _read_chats(self, changed: set[str]) -> None:
        """The list, and the open chat where it is one of these. A reply that is being written here goes on as it is."""
        stored = await self._store.all()
        self._state.chats.set(tuple(map(self._privacy.as_private, stored)))
        for chat in stored:
            if chat.id in changed and chat.is_private:
                self._chats.keep_private(chat.id)
            elif chat.id in changed and self._privacy.is_private(
                chat.id
            ):  # it was marked here while the other page wrote it
                await self._chats.keep(chat.id, is_private=True)
        open_chat, known = self._state.chat(), {chat.id: chat for chat in self._state.chats()}
        if open_chat.id in self._state.live():
            return
        is_touched = open_chat.id in changed or any(turn.id in changed for turn in self._state.turns())
        if open_chat.id in known and is_touched:
            await self._chats.show_chat(known[open_chat.id], max(WINDOW, len(self._state.turns())))
        elif open_chat.path and open_chat.id not in known:
            await self._chats.show_chat(Chat(new_id()), WINDOW)
            self._notices.show(Shown(new_id(), Text("chats.deleted_elsewhere", chat=open_chat.name)))

    def blocked(self) -> None:
        """The browser stores nothing for this site: everything lasts as long as this page."""
        blocked, cure = Text("together.storage_blocked"), Text("together.storage_blocked_cure")
        self._notices.show(Shown("storage-blocked", blocked, cure, "error", everywhere=True))

    def lost(self) -> None:
        """The browser's storage was cleared while this page was open."""
        put_back, anew = Text("together.put_back"), Text("together.start_anew")
        buttons = ((put_back, "together:put-back", ""), (anew, "app:reload", ""))
        lost, cure = Text("together.storage_lost"), Text("together.storage_lost_cure")
        self._notices.show(Shown(LOST, lost, cure, "error", buttons, everywhere=True))
        self._jobs.start("refresh", self._manager.refresh())

    @action("together:put-back")
    async def put_back(self) -> None:
        """Write what this page still knows."""
        puts = [("settings", "settings", asdict(self._state.settings()))]
        chat, turns = self._state.chat(), self._state.turns()
        if turns:
            kept = {turn.id for turn in turns}
            path = tuple(turn_id for turn_id in chat.path if turn_id in kept)
            first = turns[0]
            known = {**asdict(self._privacy.as_private(chat)), "path": path, "roots": path[:1]}
            puts.append(("chats", chat.id, known))
            for turn in turns:
                children = [child for child in turn.children if child in kept]
                parent = "" if turn.id == first.id else turn.parent
                puts.append(("turns", turn.id, {**asdict(turn), "parent": parent, "children": children}))
        await self._records.write(puts)
        self._notices.dismiss(LOST)
        self._state.chats.set(tuple(await self._store.all()))
        self._notices.show(Shown(new_id(), Text("together.is_put_back")))
