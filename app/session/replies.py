"""Asking and answering: send, stop, regenerate, continue, edit, walk between versions."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace

from app.core.errors import AppError, Interrupted, OfflineModeOn, StorageError
from app.core.values import Model, Sampling
from app.session.chats import WINDOW, ChatActions
from app.session.state import is_ollama
from app.session.switching import SwitchActions
from app.study.chats import Chat, Turn, new_id
from app.study.replies import Live

DEMO_TOKENS = 1_000_000


class ReplyActions(ChatActions, SwitchActions):
    """The actions `chat:*` that a model answers."""

    def chat_send(self, text: object) -> None:
        """Ask the chosen model; a chat answers one question at a time, the next ones wait."""
        words = str(text).strip()
        chat = self.chat()
        if self.setup():  # who writes goes on without it
            self.jobs.start("setup", self.part("setup").later(""))
        if words:
            self._queued.setdefault(chat.id, []).append(words)
            self._ask_next(chat)

    def _ask_next(self, chat: Chat) -> None:
        if self._queued.get(chat.id) and not self.jobs.is_running(f"reply:{chat.id}"):
            self.jobs.start(f"reply:{chat.id}", self._ask_queued(chat))

    async def _ask_queued(self, chat: Chat) -> None:
        while queued := self._queued.get(chat.id):
            chat = self._chat(chat.id) or chat
            await self._ask(chat, chat.path[-1] if chat.path else "", queued.pop(0))

    async def chat_stop(self, _: object) -> None:
        """Stop the answer of the open chat; its words are kept, and what was sent meanwhile is asked next."""
        chat = self.chat()
        await self.jobs.stop(f"reply:{chat.id}")
        self._ask_next(self._chat(chat.id) or chat)

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
        try:
            chat, turn = await self.store.add(chat, parent, Turn(new_id(), chat.id, parent, "user", words))
        except AppError as error:
            error.detail = f"Your message was: {words}\n{error.detail}"  # the page has cleared its field already
            raise
        self._list(chat)
        if self.chat().id == chat.id:
            await self._show(chat, max(WINDOW, len(self.turns()) + 1))
            self.page.do("route", f"#/chat/{chat.id}")
        await self._reply(chat, turn.id)

    async def _reply(self, chat: Chat, question: str, going_on: Turn | None = None) -> None:
        """Answer: fetch the bundled model where it is not here yet, stream, keep and show the result."""
        model = self.chosen()
        # Until it has ended it is stored as stopped, so that a closed page leaves a turn that says so.
        turn = going_on or Turn(
            new_id(),
            chat.id,
            question,
            "assistant",
            "",
            model_id=model.id,
            model_name=model.name,
            stop_reason="stopped",
        )
        if going_on is None:
            chat, turn = await self.store.add(chat, question, turn)
            self._list(chat)
        await self._refresh_turns(chat, 1)
        self.answers_with[chat.id] = model.id
        started = self.clock.tick()
        try:
            await self._stream(chat, turn, model)
        finally:
            entered = self.part("costs").enter(turn, self.clock.tick() - started)
            self.jobs.start(f"enter:{new_id()}", entered)
            del self.answers_with[chat.id]
            if is_ollama(model):
                self.jobs.start("ollama-used", self.ollama_answered(model))
            self.live.set({key: value for key, value in self.live().items() if key != chat.id})

    async def _stream(self, chat: Chat, turn: Turn, model: Model) -> None:
        live, is_kept, has_text = Live(turn.id), True, False
        try:
            run = self.answering.run(chat, turn, model, self._ask_settings())
            async with aclosing(run) as lives:
                async for live in lives:
                    self.live.set({**self.live(), chat.id: live})
                    if not has_text and live.text != turn.text:
                        has_text = True
                        self.page.now()  # the first words do not wait for a frame
        except StorageError:
            is_kept = False
            raise
        finally:
            await self._refresh_turns(self._chat(chat.id) or chat)
            if not is_kept:  # the words could not be stored, so at least they stay on show
                turns = (replace(item, text=live.text) if item.id == turn.id else item for item in self.turns())
                self.turns.set(tuple(turns))

    async def _refresh_turns(self, chat: Chat, more: int = 0) -> None:
        if self.chat().id == chat.id:
            turns = await self.store.tail(chat, max(WINDOW, len(self.turns()) + more))
            self.turns.set(tuple(turns))
            await self._count_versions(chat, turns)

    def _ask_settings(self) -> tuple[str, Sampling, bool]:
        sampling = self.settings().sampling
        if self.is_demo:  # the address says how long its reply is
            sampling = replace(sampling, max_tokens=DEMO_TOKENS)
        return self.settings().system_prompt, sampling, self.settings().think

    async def make_ready(self, model: Model) -> Model:
        """The model as its file says it is; the bundled one is fetched first where it is not here yet.

        Whoever stops the reply that began the fetch stops the fetch too; what has arrived is kept.
        """
        if model.leaves_device and self.offline().is_on:
            raise OfflineModeOn(f"Offline Mode is on, and a question to {model.name} is {model.where}.")
        if is_ollama(model):
            return await self.ollama_ready(model)
        if model.id in [one.id for one in self.cloud()]:
            await self.part("costs").refuse_over_budget()
            return model
        if self.is_demo or not model.is_bundled or self.manager.row(model.id).is_ready:
            return model
        name = f"model:{model.id}"
        is_ours = not self.jobs.is_running(name)
        if is_ours:
            self.models_download(model.id)
        try:
            await self.jobs.wait(name)
        except asyncio.CancelledError:
            if is_ours:
                await self.jobs.stop(name)
            raise
        row = self.manager.row(model.id)
        if not row.is_ready:
            raise row.problem or Interrupted(f"Fetching {model.name} was paused.", "Try again to go on from there.")
        return row.model
