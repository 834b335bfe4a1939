"""What a person does with chats: open, rename, search, delete, bring back, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Unpack

from app.core.actions import ChatId, action
from app.core.commands import Focus, Opened, Route
from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Page
from app.core.texts import Text
from app.models.answering.egress import Egress
from app.session.notices import Notices, Shown, Toast
from app.session.privacy import Privacy
from app.session.state import State, without
from app.study.chats import Chat, ChatChanges, ChatStore, Leave, Turn, Write, new_id

if TYPE_CHECKING:
    from app.session.archive import Archive
    from app.session.attaching import Attaching
    from app.session.grounding import Grounding
    from app.session.leave import Leaving

WINDOW = 40  # turns that a chat opens with


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A chat's new title, as it was typed."""

    arg: ChatId
    title: str


class Chats:
    """The actions `chat:*` that ask nobody."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        privacy: Privacy,
        store: ChatStore,
        jobs: Jobs,
        page: Page,
        egress: Egress,
        archive: Callable[[], Archive],
        attach: Callable[[], Attaching],
        leave: Callable[[], Leaving],
        grounding: Callable[[], Grounding],
    ) -> None:
        self._state, self._notices, self._privacy, self._store, self._jobs = state, notices, privacy, store, jobs
        self._page, self._egress, self._archive, self._leave = page, egress, archive, leave
        self._attach, self._grounding = attach, grounding
        self._deleted: dict[str, tuple[list[Write], Chat]] = {}
        self._was_open = ""  # the chat that was deleted last, where it was the open one

    async def open(self, chat_id: str, turn_id: str = "") -> None:
        """Show a chat with its last turns, and down to one of them; "" keeps the open one, or begins an empty one. What
        is not here is told."""
        known = {chat.id: chat for chat in self._state.chats()}
        if not chat_id and (self._state.chat().id in known or not self._state.chat().path):
            return  # an empty one stays what it was made: private, or with a persona
        chat = known.get(chat_id) or Chat(new_id())
        count = max(WINDOW, len(chat.path) - chat.path.index(turn_id) + 1) if turn_id in chat.path else WINDOW
        if chat.id != self._state.chat().id or not chat_id:
            self._state.editing.set("")
            await self.show_chat(chat, count)
        elif turn_id in chat.path and count > len(self._state.turns()):
            await self.show_chat(chat, count)
        if chat_id and chat_id not in known:
            self._notices.show(
                Shown(new_id(), Text("chats.not_here"), Text("chats.not_here_cure"), at=f"chat/{chat.id}")
            )

    async def show_chat(self, chat: Chat, count: int) -> None:
        """Show a chat with its last turns."""
        chat, turns = await self._store.opened(chat, count)
        self._state.chat.set(self._privacy.as_private(chat))
        self._state.turns.set(tuple(turns))
        await self.count_versions(chat, turns)
        if any(turn.sources and turn.sources.is_unchecked for turn in turns):
            self._grounding().catch_up(turns)
        self._page.do(Opened(chat.id, len(chat.path)))

    async def count_versions(self, chat: Chat, turns: list[Turn]) -> None:
        parents = {turn.id: turn for turn in turns}
        found: dict[str, tuple[str, ...]] = {}
        for turn in turns:
            parent = parents.get(turn.parent)
            siblings = parent.children if parent else await self._store.siblings(chat, turn) if turn is turns[0] else ()
            if len(siblings) > 1:
                found[turn.id] = siblings
        self._state.versions.set(found)

    @action("chat:new")
    def new(self) -> None:
        """Open an empty chat at once, so that what is sent next goes there; it is kept once something is said in it.
        From another page this leads back to one that is empty still."""
        if self._state.route() == "chat" or self._state.chat().path or self._is_answering(self._state.chat().id):
            self._begin()
        self._state.route.set("chat")
        self._page.do(Route("#/chat"))
        self._page.now()  # nothing on a page that is hidden takes the cursor
        self._page.do(Focus("message"))

    def _begin(self) -> None:
        chat = Chat(new_id())
        self._state.editing.set("")
        self._state.chat.set(chat)
        self._state.turns.set(())
        self._state.versions.set({})
        self._page.do(Opened(chat.id, 0))

    def _is_answering(self, chat_id: str) -> bool:
        return self._jobs.is_running(f"reply:{chat_id}")

    @action("chat:earlier")
    async def earlier(self) -> None:
        """Show more of the chat's beginning."""
        earlier = await self._store.tail(self._state.chat(), WINDOW, skip=len(self._state.turns()))
        turns = [*earlier, *self._state.turns()]
        self._state.turns.set(tuple(turns))
        await self.count_versions(self._state.chat(), turns)

    @action("chat:older")
    def older(self) -> None:
        """Show more of the list."""
        self._state.listed.set(self._state.listed() + 200)

    @action("chat:rename", ChatId)
    def rename(self, chat_id: ChatId) -> None:
        """Let the title be typed over; "" leaves that."""
        self._state.renaming.set(chat_id)

    @action("chat:renamed", TitleForm)
    async def renamed(self, form: TitleForm) -> None:
        """Keep a new title; an empty one changes nothing."""
        self._state.renaming.set("")
        if title := form.title.strip():
            await self.keep(form.arg, title=title, is_named=True)

    @action("chat:pin", ChatId)
    async def pin(self, chat_id: ChatId) -> None:
        """Keep a chat at the top of the list, or no longer. Raises StorageError."""
        if chat := self._state.chat_of(chat_id):
            await self.keep(chat_id, is_pinned=not chat.is_pinned)

    @action("chat:delete", ChatId)
    async def delete(self, chat_id: ChatId) -> None:
        """Delete a chat, with a way back."""
        chat = self._state.chat_of(chat_id)
        if not chat:
            return
        self._state.queued.set(without(self._state.queued(), chat_id))
        self._egress.stop(chat_id)
        for name in (f"reply:{chat_id}", f"summary:{chat_id}"):
            await self._jobs.stop(name)
        self._deleted[chat_id] = await self._store.delete(self._state.chat_of(chat_id) or chat)
        self._state.chats.set(tuple(item for item in self._state.chats() if item.id != chat_id))
        if is_open := self._state.chat().id == chat_id:
            self._begin()
            if self._state.route() == "chat":
                self._page.do(Route("#/chat"))
        self._was_open = chat_id if is_open else ""
        self._offer_back(chat_id)

    def _offer_back(self, chat_id: str) -> None:
        button = (Text("chats.undo"), "chat:undo", chat_id)
        self._notices.toast(Toast(f"deleted-{chat_id}", Text("chats.deleted"), button))

    @action("chat:private", bool)
    def private(self, is_private: bool) -> None:
        """From now on nothing of the open chat leaves this device: at once, so that what is sent next stays here. That
        can be taken back only while the chat is empty."""
        chat = self._state.chat()
        if not chat.path and not self._is_answering(chat.id):
            self._state.chat.set(replace(chat, is_private=is_private))
            self._move_drafts(chat, self._state.chat())
        elif is_private and not chat.is_private:
            self.keep_private(chat.id)
            self._jobs.start(f"private:{chat.id}", self._make_private(chat.id))

    def keep_private(self, chat_id: str) -> None:
        """A chat is private from now on, here or because another page says so: all of it that is under way to
        elsewhere ends (its reply, its summary, its title), and what is asked next stays here."""
        self._store.private.add(chat_id)
        self._egress.stop(chat_id)
        if chat_id in self._state.asking_leave():
            self._leave().here(ChatId(chat_id))
        if self._state.chat().id == chat_id:
            self._state.chat.set(replace(self._state.chat(), is_private=True))
        self._state.chats.set(
            tuple(replace(chat, is_private=chat.is_private or chat.id == chat_id) for chat in self._state.chats())
        )

    async def keep_leave(self, chat_id: str, leave: Leave) -> None:
        """Keep whether words of a chat may leave this device. Raises StorageError."""
        chat = self._state.chat_of(chat_id)
        if chat and chat.leave != leave:
            await self.keep(chat_id, leave=leave)

    def _move_drafts(self, before: Chat, after: Chat) -> None:
        """What is attached to the message of a chat follows it where that gets private, or no longer is."""
        if self._state.attached():
            names = self._state.draft_key(before), self._state.draft_key(after)
            self._jobs.start(f"drafts:{after.id}", self._attach().make_private(*names))

    async def _make_private(self, chat_id: str) -> None:
        """Store it, and say what has left before."""
        if chat := self._state.chat_of(chat_id):
            self._move_drafts(chat, chat)
        await self.keep(chat_id, is_private=True)
        if away := next((turn for turn in self._state.turns() if turn.place.leaves_device), None):
            left = Text("chats.some_left", where=away.where)
            self._notices.show(Shown(f"private-{chat_id}", left))

    @action("chat:undo", ChatId)
    async def undo(self, chat_id: ChatId) -> None:
        """Bring a deleted chat back. Raises StorageError, after which it can be tried again."""
        deleted = self._deleted.pop(chat_id, None)
        self._notices.toast_over(f"deleted-{chat_id}")
        if deleted:
            try:
                await self._store.restore(deleted)
            except StorageError:
                self._deleted[chat_id] = deleted
                self._offer_back(chat_id)
                raise
            self.list_chat(deleted[1])
            if self._was_open == chat_id and not self._state.chat().path and self._state.route() == "chat":
                await self.open(chat_id)
                self._page.do(Route(f"#/chat/{chat_id}"))

    @action("chat:export", ChatId)
    async def export(self, chat_id: ChatId) -> None:
        """Save a chat as a Markdown file; Settings offers other kinds."""
        if chat := self._state.chat_of(chat_id):
            await self._archive().save_chat(chat, "markdown")

    async def keep(self, chat_id: str, **fields: Unpack[ChatChanges]) -> None:
        """Write some fields of a chat's own record and show it. Raises StorageError."""
        if chat := self._state.chat_of(chat_id):
            chat = await self._store.change(chat, **fields)
            if self._state.chat_of(chat_id):  # it was not deleted meanwhile
                self.list_chat(chat)

    async def choose(self, **fields: Unpack[ChatChanges]) -> None:
        """Change what is chosen for the open chat. One in which nothing was said yet is kept with its first message.
        Raises StorageError."""
        chat = self._state.chat()
        if self._state.chat_of(chat.id):
            await self.keep(chat.id, **fields)
        else:
            self._state.chat.set(replace(chat, **fields))

    def list_chat(self, chat: Chat) -> None:
        chat = self._privacy.as_private(chat)
        others = (item for item in self._state.chats() if item.id != chat.id)
        self._state.chats.set(tuple(sorted((chat, *others), key=lambda item: -item.updated)))
        if self._state.chat().id == chat.id:
            self._state.chat.set(chat)
