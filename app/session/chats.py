"""What a person does with chats: open, rename, search, delete, bring back, export."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.core.actions import ChatId, action
from app.core.commands import Focus, Opened, Route
from app.session.state import Shown, State
from app.study.chats import Chat, Leave, Turn, new_id

WINDOW = 40  # turns that a chat opens with


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A chat's new title, as it was typed."""

    arg: ChatId
    title: str


class ChatActions(State):
    """The actions `chat:*` that ask nobody."""

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
        chat, turns = await self.store.opened(chat, count)
        self.chat.set(self._as_private(chat))
        self.turns.set(tuple(turns))
        await self._count_versions(chat, turns)
        self.page.do(Opened(chat.id, len(chat.path)))

    async def _count_versions(self, chat: Chat, turns: list[Turn]) -> None:
        parents = {turn.id: turn for turn in turns}
        found: dict[str, tuple[str, ...]] = {}
        for turn in turns:
            parent = parents.get(turn.parent)
            siblings = parent.children if parent else await self.store.siblings(chat, turn) if turn is turns[0] else ()
            if len(siblings) > 1:
                found[turn.id] = siblings
        self.versions.set(found)

    @action("chat:new")
    def chat_new(self) -> None:
        """Open an empty chat at once, so that what is sent next goes there; it is kept once something is said in it."""
        chat = Chat(new_id())
        self.editing.set("")
        self.chat.set(chat)
        self.turns.set(())
        self.versions.set({})
        self.route.set("chat")
        self.page.do(Opened(chat.id, 0))
        self.page.do(Route("#/chat"))
        self.page.do(Focus("message"))

    @action("chat:earlier")
    async def chat_earlier(self) -> None:
        """Show more of the chat's beginning."""
        earlier = await self.store.tail(self.chat(), WINDOW, skip=len(self.turns()))
        turns = [*earlier, *self.turns()]
        self.turns.set(tuple(turns))
        await self._count_versions(self.chat(), turns)

    @action("chat:older")
    def chat_older(self) -> None:
        """Show more of the list."""
        self.listed.set(self.listed() + 200)

    @action("chat:search", str)
    def chat_search(self, query: str) -> None:
        """Show only the chats that hold every word; only the latest query counts."""
        self.jobs.start("search", self._search(query.strip()))

    async def _search(self, text: str) -> None:
        self.found.set(frozenset(await self.store.search(text)) if text else None)

    @action("chat:rename", ChatId)
    def chat_rename(self, chat_id: ChatId) -> None:
        """Let the title be typed over."""
        self.renaming.set(chat_id)

    @action("chat:renamed", TitleForm)
    async def chat_renamed(self, form: TitleForm) -> None:
        """Keep a new title; an empty one changes nothing."""
        self.renaming.set("")
        if title := form.title.strip():
            await self.keep_chat(form.arg, title=title, is_named=True)

    @action("chat:delete", ChatId)
    async def chat_delete(self, chat_id: ChatId) -> None:
        """Delete a chat, with a way back."""
        chat = self.chat_of(chat_id)
        if not chat:
            return
        self._queued.pop(chat_id, None)
        self.egress.stop(chat_id)
        await self.jobs.stop(f"reply:{chat_id}")
        self._deleted[chat_id] = await self.store.delete(self.chat_of(chat_id) or chat)
        self.chats.set(tuple(item for item in self.chats() if item.id != chat_id))
        if self.chat().id == chat_id:
            self.chat_new()
        button = ("Undo", "chat:undo", chat_id)
        self.notify(Shown(f"deleted-{chat_id}", f"“{chat.title}” was deleted.", "", "info", (button,)))

    @action("chat:private", bool)
    def chat_private(self, is_private: bool) -> None:
        """From now on nothing of the open chat leaves this device: at once, so that what is sent next stays here. That
        can be taken back only while the chat is empty."""
        chat = self.chat()
        if not chat.path and not self.jobs.is_running(f"reply:{chat.id}"):
            self.chat.set(replace(chat, is_private=is_private))
        elif is_private and not chat.is_private:
            self.keep_private(chat.id)
            self.jobs.start(f"private:{chat.id}", self._make_private(chat.id))

    def keep_private(self, chat_id: str) -> None:
        """A chat is private from now on, here or because another page says so: all of it that is under way to
        elsewhere ends (its reply, its summary, its title), and what is asked next stays here."""
        self.store.private.add(chat_id)
        self.egress.stop(chat_id)
        if chat_id in self.asking_leave():
            self.part("leave").here(chat_id)
        if self.chat().id == chat_id:
            self.chat.set(replace(self.chat(), is_private=True))
        self.chats.set(tuple(replace(chat, is_private=chat.is_private or chat.id == chat_id) for chat in self.chats()))

    async def keep_leave(self, chat_id: str, leave: Leave) -> None:
        """Keep whether words of a chat may leave this device. Raises StorageError."""
        chat = self.chat_of(chat_id)
        if chat and chat.leave != leave:
            await self.keep_chat(chat_id, leave=leave)

    def _as_private(self, chat: Chat) -> Chat:
        """The chat, private if it is that by now."""
        return replace(chat, is_private=chat.is_private or self.is_private(chat.id))

    async def _make_private(self, chat_id: str) -> None:
        """Store it, and say what has left before."""
        await self.keep_chat(chat_id, is_private=True)
        if away := next((turn for turn in self.turns() if turn.place.leaves_device), None):
            words = f"Some of this chat was {away.where} before. From now on nothing of it leaves this device."
            self.notify(Shown(f"private-{chat_id}", words))

    @action("chat:undo", ChatId)
    async def chat_undo(self, chat_id: ChatId) -> None:
        """Bring a deleted chat back."""
        deleted = self._deleted.pop(chat_id, None)
        self.app_dismiss(f"deleted-{chat_id}")
        if deleted:
            await self.store.restore(deleted)
            self.chats.set(tuple(await self.store.all()))

    @action("chat:export", ChatId)
    async def chat_export(self, chat_id: ChatId) -> None:
        """Save a chat as a Markdown file; Settings offers other kinds."""
        if chat := self.chat_of(chat_id):
            await self.part("archive").save_chat(chat, "markdown")

    def chat_of(self, chat_id: str) -> Chat | None:
        """The chat of an id as it is now, None where it is not kept."""
        return next((chat for chat in self.chats() if chat.id == chat_id), None)

    async def keep_chat(self, chat_id: str, **fields: Any) -> None:
        """Write some fields of a chat's own record and show it. Raises StorageError."""
        if chat := self.chat_of(chat_id):
            chat = await self.store.change(chat, **fields)
            if self.chat_of(chat_id):  # it was not deleted meanwhile
                self._list(chat)

    def _list(self, chat: Chat) -> None:
        chat = self._as_private(chat)
        others = (item for item in self.chats() if item.id != chat.id)
        self.chats.set(tuple(sorted((chat, *others), key=lambda item: -item.updated)))
        if self.chat().id == chat.id:
            self.chat.set(chat)
