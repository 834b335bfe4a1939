"""Room 3: the signals and the actions. The only place where state changes.

    session = Session(records=..., manager=..., provider=..., device=..., clock=..., page=...)
    await session.start("#/chat")
    session.act("chat:send", "Hello!")          # what the page reports; actions are the methods in ACTIONS

Pages read the signals, actions set them. What is long runs as a job: `reply:<chat>`, `model:<id>`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Device, Page, Provider, Records
from app.core.signals import Signal
from app.core.values import DeviceFacts, EngineName, Model, Sampling
from app.models.manager import LocalModelManager, Row
from app.study.chats import Chat, ChatStore, Turn, new_id
from app.study.replies import Answering, Live

WINDOW = 40

NoticeKind = Literal["info", "error", "update"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice at the top of the page: what happened, what to do, and buttons as (label, action, argument)."""

    id: str
    text: str
    cure: str = ""
    kind: NoticeKind = "info"
    buttons: tuple[tuple[str, str, str], ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person has chosen. `engines` maps a model's id to the engine picked for it."""

    model_id: str = ""
    system_prompt: str = ""
    sampling: Sampling = Sampling()
    theme: Literal["system", "light", "dark"] = "system"
    engines: tuple[tuple[str, EngineName], ...] = ()


class Session:
    """State and actions of one open page."""

    def __init__(
        self,
        *,
        records: Records,
        manager: LocalModelManager,
        provider: Provider,
        device: Device,
        clock: Clock,
        page: Page,
        unload: Callable[[], Any],
        is_demo: bool = False,
    ) -> None:
        self.manager, self.page, self.clock, self.is_demo = manager, page, clock, is_demo
        self._records, self._device, self._unload = records, device, unload
        self.store = ChatStore(records, clock)
        self.jobs = Jobs(self._failed)
        self.answering = Answering(self.store, provider, clock)
        self.route = Signal("chat")
        self.chats: Signal[tuple[Chat, ...]] = Signal(())
        self.found: Signal[frozenset[str] | None] = Signal(None)
        self.chat = Signal(Chat(new_id()))
        self.turns: Signal[tuple[Turn, ...]] = Signal(())
        self.versions: Signal[dict[str, tuple[str, ...]]] = Signal({})
        self.editing = Signal("")
        self.renaming = Signal("")
        self.live: Signal[dict[str, Live]] = Signal({})
        self.rows: Signal[tuple[Row, ...]] = Signal(manager.rows)
        self.loaded: Signal[object | None] = Signal(None)
        self.facts: Signal[DeviceFacts | None] = Signal(None)
        self.settings = Signal(Settings())
        self.notices: Signal[tuple[Shown, ...]] = Signal(())
        self.is_offline = Signal(False)
        self.can_install = Signal(False)
        self._deleted: dict[str, tuple[Any, Any]] = {}

    # -- start and events --------------------------------------------------------------------------------------------

    async def start(self, route: str) -> None:
        """Read what is stored and show the page that the address names. Raises StorageError."""
        [stored] = await self._records.get("settings", ["settings"])
        if stored:
            self.settings.set(settings_from(stored))
        self.chats.set(tuple(await self.store.all()))
        await self.manager.refresh()
        await self.go(route)

    def act(self, name: str, arg: Any) -> None:
        """Run the action of an event as a job of its own; an unknown name is a bug and is shown as one."""
        group, _, verb = name.partition(":")
        method = getattr(self, f"{group}_{verb.replace('-', '_')}", None)
        if method is None:
            self.show_error(AppError(f"The page asked for something unknown: {name}."))
            return
        result = method(arg)
        if asyncio.iscoroutine(result):
            self.jobs.start(f"act:{new_id()}", result)

    def _failed(self, name: str, error: BaseException) -> None:
        self.show_error(as_app_error(error))

    def show_error(self, error: AppError) -> None:
        """Show an error once, at the top of the page."""
        self.notify(Shown(new_id(), error.message, error.cure, "error", detail=error.detail))

    def notify(self, notice: Shown) -> None:
        """Show a notice; one of the same id or text is replaced."""
        others = (item for item in self.notices() if item.id != notice.id and item.text != notice.text)
        self.notices.set((*others, notice))

    def app_dismiss(self, notice_id: str) -> None:
        """Take a notice away."""
        self.notices.set(tuple(item for item in self.notices() if item.id != notice_id))

    def app_update(self, _: object) -> None:
        """A new version of the app waits."""
        button = ("Reload to update", "app:reload", "")
        self.notify(Shown("update", "A new version of DrLeeLM is ready.", "", "update", (button,)))

    async def app_reload(self, _: object) -> None:
        """Keep what is being written, then let the new version take over."""
        for name in [f"reply:{chat_id}" for chat_id in self.live()]:
            await self.jobs.stop(name)
        self.page.do("update")

    def app_installable(self, can: object) -> None:
        """The browser offers to install the app."""
        self.can_install.set(bool(can))

    def app_install(self, _: object) -> None:
        """Show the browser's own install question."""
        self.page.do("install")

    def app_online(self, is_online: object) -> None:
        """The network came or went, as far as the browser knows."""
        self.is_offline.set(not is_online)

    def app_problem(self, text: object) -> None:
        """Something the page's own script could not do."""
        self.notify(Shown(new_id(), str(text), "", "error"))

    # -- pages -------------------------------------------------------------------------------------------------------

    async def go(self, route: object) -> None:
        """Show the page of a hash route: `#/chat`, `#/chat/<id>`, `#/models`, `#/settings`."""
        parts = [part for part in str(route).lstrip("#/").split("/") if part]
        page = parts[0] if parts else "chat"
        if page == "chat":
            await self._open_chat(parts[1] if len(parts) > 1 else "")
        self.route.set(page if page in ("chat", "models", "settings") else "chat")

    async def page_go(self, route: object) -> None:
        """The address changed."""
        await self.go(route)

    async def _open_chat(self, chat_id: str) -> None:
        known = {chat.id: chat for chat in self.chats()}
        if not chat_id and self.chat().id in known:
            return
        chat = known.get(chat_id) or Chat(new_id())
        if chat.id != self.chat().id or not chat_id:
            self.editing.set("")
            await self._show(chat, WINDOW)
        if chat_id and chat_id not in known:
            self.notify(Shown(new_id(), "That chat is not on this device.", "A new one is open instead."))

    async def _show(self, chat: Chat, count: int) -> None:
        turns = await self.store.tail(chat, count)
        self.chat.set(chat)
        self.turns.set(tuple(turns))
        await self._count_versions(chat, turns)
        self.page.do("opened", chat.id, len(chat.path))

    async def _count_versions(self, chat: Chat, turns: list[Turn]) -> None:
        parents = {turn.id: turn for turn in turns}
        found: dict[str, tuple[str, ...]] = {}
        for turn in turns:
            parent = parents.get(turn.parent)
            siblings = parent.children if parent else await self.store.siblings(chat, turn) if turn is turns[0] else ()
            if len(siblings) > 1:
                found[turn.id] = siblings
        self.versions.set(found)

    # -- chats -------------------------------------------------------------------------------------------------------

    async def chat_new(self, _: object) -> None:
        """Open an empty chat; it is kept once something is said in it."""
        self.editing.set("")
        await self._show(Chat(new_id()), 0)
        self.route.set("chat")
        self.page.do("route", "#/chat")
        self.page.do("focus", "message")

    async def chat_earlier(self, _: object) -> None:
        """Show more of the chat's beginning."""
        earlier = await self.store.tail(self.chat(), WINDOW, skip=len(self.turns()))
        turns = [*earlier, *self.turns()]
        self.turns.set(tuple(turns))
        await self._count_versions(self.chat(), turns)

    async def chat_search(self, query: object) -> None:
        """Show only the chats that hold every word."""
        text = str(query).strip()
        self.found.set(frozenset(await self.store.search(text)) if text else None)

    def chat_rename(self, chat_id: str) -> None:
        """Let the title be typed over."""
        self.renaming.set(chat_id)

    async def chat_renamed(self, form: dict[str, str]) -> None:
        """Keep a new title; an empty one changes nothing."""
        self.renaming.set("")
        title = form.get("title", "").strip()
        chat = self._chat(form.get("arg", ""))
        if chat and title:
            await self._keep(replace(chat, title=title, is_named=True))

    async def chat_delete(self, chat_id: str) -> None:
        """Delete a chat, with a way back."""
        chat = self._chat(chat_id)
        if not chat:
            return
        await self.jobs.stop(f"reply:{chat_id}")
        self._deleted[chat_id] = await self.store.delete(self._chat(chat_id) or chat)
        self.chats.set(tuple(item for item in self.chats() if item.id != chat_id))
        if self.chat().id == chat_id:
            await self.chat_new(None)
        button = ("Undo", "chat:undo", chat_id)
        self.notify(Shown(f"deleted-{chat_id}", f"“{chat.title}” was deleted.", "", "info", (button,)))

    async def chat_undo(self, chat_id: str) -> None:
        """Bring a deleted chat back."""
        deleted = self._deleted.pop(chat_id, None)
        self.app_dismiss(f"deleted-{chat_id}")
        if deleted:
            await self.store.restore(deleted)
            self.chats.set(tuple(await self.store.all()))

    async def chat_export(self, chat_id: str) -> None:
        """Save a chat's branch on show as a Markdown file."""
        chat = self._chat(chat_id)
        if chat:
            turns = await self.store.turns(chat.path)
            parts = [f"## {'You' if turn.role == 'user' else turn.model_name or 'Assistant'}\n\n{turn.text}" for turn in turns]
            text = "\n\n".join([f"# {chat.title}", *parts]) + "\n"
            self.page.do("save", f"{chat.title}.md", text, "text/markdown")

    def _chat(self, chat_id: str) -> Chat | None:
        return next((chat for chat in self.chats() if chat.id == chat_id), None)

    async def _keep(self, chat: Chat) -> None:
        await self.store.save(chat)
        self._list(chat)

    def _list(self, chat: Chat) -> None:
        others = (item for item in self.chats() if item.id != chat.id)
        self.chats.set(tuple(sorted((chat, *others), key=lambda item: -item.updated)))
        if self.chat().id == chat.id:
            self.chat.set(chat)

    # -- asking and answering ----------------------------------------------------------------------------------------

    def chat_send(self, text: object) -> None:
        """Ask the chosen model; a chat answers one question at a time."""
        words = str(text).strip()
        chat = self.chat()
        if words and not self.jobs.is_running(f"reply:{chat.id}"):
            parent = chat.path[-1] if chat.path else ""
            self.jobs.start(f"reply:{chat.id}", self._ask(chat, parent, words))

    async def chat_stop(self, _: object) -> None:
        """Stop the answer of the open chat; its words are kept."""
        await self.jobs.stop(f"reply:{self.chat().id}")

    def chat_regenerate(self, turn_id: str) -> None:
        """Answer the same question again; the earlier answer stays as a version."""
        turn = self._turn(turn_id)
        chat = self.chat()
        if turn and turn.parent in chat.path and not self.jobs.is_running(f"reply:{chat.id}"):
            self.jobs.start(f"reply:{chat.id}", self._reply(chat, turn.parent))

    def chat_continue(self, turn_id: str) -> None:
        """Let the model go on with an answer that was cut."""
        turn = self._turn(turn_id)
        chat = self.chat()
        if turn and chat.path[-1:] == (turn_id,) and not self.jobs.is_running(f"reply:{chat.id}"):
            self.jobs.start(f"reply:{chat.id}", self._reply(chat, turn.parent, turn))

    def chat_edit(self, turn_id: str) -> None:
        """Let a question be typed over ("" ends that)."""
        self.editing.set(turn_id)

    def chat_resend(self, form: dict[str, str]) -> None:
        """Ask an edited question; the earlier one stays as a version with all that followed it."""
        turn = self._turn(form.get("arg", ""))
        words = form.get("text", "").strip()
        chat = self.chat()
        if turn and words and not self.jobs.is_running(f"reply:{chat.id}"):
            self.editing.set("")
            self.jobs.start(f"reply:{chat.id}", self._ask(chat, turn.parent, words))

    async def chat_version(self, turn_id: str) -> None:
        """Show another version of a question or an answer."""
        if not self.jobs.is_running(f"reply:{self.chat().id}"):
            chat = await self.store.show(self.chat(), turn_id)
            self._list(chat)
            await self._show(chat, max(WINDOW, len(self.turns())))

    def chat_copy(self, turn_id: str) -> None:
        """Copy a turn's text as it was written."""
        if turn := self._turn(turn_id):
            self.page.do("copy", turn.text)

    def _turn(self, turn_id: str) -> Turn | None:
        return next((turn for turn in self.turns() if turn.id == turn_id), None)

    async def _ask(self, chat: Chat, parent: str, words: str) -> None:
        chat, turn = await self.store.add(chat, parent, Turn(new_id(), chat.id, parent, "user", words))
        self._list(chat)
        if not self.chats() or self.chat().id == chat.id:
            await self._show(chat, max(WINDOW, len(self.turns()) + 1))
            self.page.do("route", f"#/chat/{chat.id}")
        await self._reply(chat, turn.id)

    async def _reply(self, chat: Chat, question: str, going_on: Turn | None = None) -> None:
        """Answer: fetch the bundled model first where it is not here yet, then stream, then keep and show the result."""
        model = self.chosen()
        turn = going_on or Turn(new_id(), chat.id, question, "assistant", "", model_id=model.id, model_name=model.name)
        if going_on is None:
            chat, turn = await self.store.add(chat, question, turn)
            self._list(chat)
        await self._refresh_turns(chat)
        try:
            async for live in self.answering.run(chat, turn, model, self._make_ready(model), self._ask_settings()):
                self.live.set({**self.live(), chat.id: live})
        finally:
            self.live.set({key: value for key, value in self.live().items() if key != chat.id})
            await self._refresh_turns(self._chat(chat.id) or chat)

    async def _refresh_turns(self, chat: Chat) -> None:
        if self.chat().id == chat.id:
            turns = await self.store.tail(chat, max(WINDOW, len(self.turns()) + 1))
            self.turns.set(tuple(turns))
            await self._count_versions(chat, turns)

    def _ask_settings(self) -> tuple[str, Sampling]:
        return self.settings().system_prompt, self.settings().sampling

    async def _make_ready(self, model: Model) -> None:
        if not self.is_demo and model.is_bundled and not self.manager.row(model.id).is_ready:
            await self.manager.fetch(model.id)

    # -- models ------------------------------------------------------------------------------------------------------

    def chosen(self) -> Model:
        """The model that answers: the person's choice, else one that is ready, else the bundled one."""
        rows = self.rows()
        by_id = {row.model.id: row for row in rows}
        if self.settings().model_id in by_id:
            return by_id[self.settings().model_id].model
        ready = next((row.model for row in rows if row.is_ready), None)
        return ready or next((row.model for row in rows if row.model.is_bundled), rows[0].model)

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
        """Copy a picked file into this browser, and answer with it if nothing else was chosen."""
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
        await self._set(model_id=model_id)
        self.notify(Shown(f"imported-{model_id}", f"{model.name} is stored in this browser and answers from now on."))

    async def models_delete(self, model_id: str) -> None:
        """Delete a model's bytes; the page has asked first."""
        await self.jobs.stop(f"model:{model_id}")
        name = self.manager.row(model_id).model.name
        if self.loaded_id() == model_id:
            await self._unload()
        await self.manager.delete(model_id)
        if self.settings().model_id == model_id:
            await self._set(model_id="")
        self.notify(Shown(f"gone-{model_id}", f"{name} was deleted and its space is free."))

    async def models_unload(self, _: object) -> None:
        """Free the loaded model's memory."""
        await self._unload()

    async def models_engine(self, form: dict[str, str]) -> None:
        """Use this engine for a model; an empty name lets the app choose."""
        engines = dict(self.settings().engines)
        engines.pop(form["arg"], None)
        if form["value"]:
            engines[form["arg"]] = form["value"]  # type: ignore[assignment]
        await self._set(engines=tuple(engines.items()))

    def engine_of(self, model: Model) -> EngineName | None:
        """The engine that the person picked for a model."""
        return dict(self.settings().engines).get(model.id)

    def loaded_id(self) -> str:
        """Id of the model that is in memory, "" where none is."""
        return str(getattr(self.loaded(), "model_id", ""))

    async def models_check(self, _: object) -> None:
        """Ask the device again."""
        self.facts.set(await self._device.facts())

    # -- settings ----------------------------------------------------------------------------------------------------

    async def settings_set(self, form: dict[str, str]) -> None:
        """Change one setting by its name; numbers are kept within their limits."""
        name, value = form["arg"], form["value"]
        if name in ("system_prompt", "theme"):
            await self._set(**{name: value})
        elif name in LIMITS:
            low, high, kind = LIMITS[name]
            try:
                number = kind(float(value))
            except ValueError:
                return
            sampling = replace(self.settings().sampling, **{name: min(high, max(low, number))})
            await self._set(sampling=sampling)
        if name == "theme":
            self.page.do("theme", value)

    async def _set(self, **changes: Any) -> None:
        self.settings.set(replace(self.settings(), **changes))
        await self._records.write([("settings", "settings", asdict(self.settings()))])


LIMITS: dict[str, tuple[float, float, type]] = {
    "temperature": (0.0, 2.0, float),
    "top_k": (1, 200, int),
    "top_p": (0.05, 1.0, float),
    "max_tokens": (16, 8192, int),
    "seed": (0, 2**31 - 1, int),
}


def settings_from(record: dict[str, Any]) -> Settings:
    """Settings from their stored record; unknown fields of later versions are ignored."""
    known = {key: value for key, value in record.items() if key in Settings.__dataclass_fields__}
    known["sampling"] = Sampling(**known.get("sampling", {}))
    known["engines"] = tuple((model_id, name) for model_id, name in known.get("engines", ()))
    return Settings(**known)


def as_app_error(error: BaseException) -> AppError:
    """Any exception as one that a person can read; the raw text goes into the details."""
    return error if isinstance(error, AppError) else AppError(detail=f"{type(error).__name__}: {error}")
