"""Asking and answering: send, stop, regenerate, continue, edit, walk between versions."""

from __future__ import annotations

from app.core.values import Model, Sampling
from app.session.chats import WINDOW, ChatActions
from app.study.chats import Chat, Turn, new_id


class ReplyActions(ChatActions):
    """The actions `chat:*` that a model answers."""

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
        """Answer: fetch the bundled model where it is not here yet, stream, keep and show the result."""
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
