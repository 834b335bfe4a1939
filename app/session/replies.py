"""Asking and answering: send, stop, regenerate, continue, edit, walk between versions."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.actions import ModelId, TurnId, action
from app.core.commands import Copy, Draft, Route
from app.core.errors import AppError, Interrupted, ModelMissing, OfflineModeOn, StorageError
from app.core.texts import Text, in_a_row
from app.core.values import Model
from app.session.chats import WINDOW, ChatActions
from app.session.switching import SwitchActions
from app.study.chats import Chat, Turn, new_id
from app.study.features import CHAT, CODE, TITLE
from app.study.replies import Asking, Live

if TYPE_CHECKING:
    from app.models.costs.ledger import Stayed

DEMO_TOKENS = 1_000_000
FIRST = 2  # turns of a chat whose first answer has just come


@dataclass(frozen=True, slots=True)
class EditForm:
    """A question, as it was typed over."""

    arg: TurnId
    text: str


class ReplyActions(ChatActions, SwitchActions):
    """The actions `chat:*` that a model answers."""

    @action("chat:send", str)
    def chat_send(self, text: str) -> None:
        """Ask the chosen model; a chat answers one question at a time, the next ones wait."""
        words = text.strip()
        chat = self.chat()
        if self.setup():  # who writes goes on without it
            self.jobs.start("setup", self.part("setup").later())
        if words:
            self._queued.setdefault(chat.id, []).append(words)
            self._ask_next(chat)

    def _ask_next(self, chat: Chat) -> None:
        if self._queued.get(chat.id) and not self.jobs.is_running(f"reply:{chat.id}"):
            self.jobs.start(f"reply:{chat.id}", self._ask_queued(chat))

    async def _ask_queued(self, chat: Chat) -> None:
        while queued := self._queued.get(chat.id):
            chat = self.chat_of(chat.id) or chat
            await self._ask(chat, chat.path[-1] if chat.path else "", queued.pop(0))

    @action("chat:stop")
    async def chat_stop(self) -> None:
        """Stop the answer of the open chat; its words are kept, and what was sent meanwhile is asked next."""
        chat = self.chat()
        await self.jobs.stop(f"reply:{chat.id}")
        self._ask_next(self.chat_of(chat.id) or chat)

    @action("chat:regenerate", TurnId)
    def chat_regenerate(self, turn_id: TurnId) -> None:
        """Answer the same question again; the earlier answer stays as a version."""
        turn = self._turn(turn_id)
        chat = self.chat()
        if turn and turn.parent in chat.path and not self.jobs.is_running(f"reply:{chat.id}"):
            self._learn(turn, "regenerated")
            self.jobs.start(f"reply:{chat.id}", self._reply(chat, turn.parent))

    @action("chat:again", TurnId)
    async def chat_again(self, turn_id: TurnId) -> None:
        """Stop the model that answers in the place of the chosen one, and ask that one once more."""
        chat, picked = self.chat(), self.picked()
        await self.jobs.stop(f"reply:{chat.id}")
        if self.stand_in():
            self.models_return()
        if picked.provider == "cloud":
            self.part("cloud").again(picked.id)
        self.chat_regenerate(turn_id)

    @action("chat:ask-other", str)
    def chat_ask_other(self, turn_and_model: str) -> None:
        """Let another model answer the same question, as "turn model"; the earlier answer stays as a version."""
        turn_id, _, model_id = turn_and_model.partition(" ")
        turn, chat, model = self._turn(turn_id), self.chat(), self.shelf.named(model_id)
        if model is None:
            self.show_error(ModelMissing("That model is not set up any more.", "Look at Models and Settings."))
        elif turn and turn.parent in chat.path and not self.jobs.is_running(f"reply:{chat.id}"):
            self._learn(turn, "switched")
            self.jobs.start(f"reply:{chat.id}", self._reply(chat, turn.parent, model=model))

    def _learn(self, turn: Turn, outcome: str) -> None:
        """What the person does after a reply of Automatic adjusts their policy a little."""
        if turn.receipt is not None:
            self.jobs.start(f"learn:{new_id()}", self.part("routing").learn(turn.id, outcome))

    @action("chat:continue", TurnId)
    def chat_continue(self, turn_id: TurnId) -> None:
        """Let the model go on with an answer that was cut."""
        turn = self._turn(turn_id)
        chat = self.chat()
        if turn and chat.path[-1:] == (turn_id,) and not self.jobs.is_running(f"reply:{chat.id}"):
            self.jobs.start(f"reply:{chat.id}", self._reply(chat, turn.parent, turn))

    @action("chat:edit", TurnId)
    def chat_edit(self, turn_id: TurnId) -> None:
        """Let a question be typed over ("" ends that)."""
        self.editing.set(turn_id)

    @action("chat:resend", EditForm)
    def chat_resend(self, form: EditForm) -> None:
        """Ask an edited question; the earlier one stays as a version with all that followed it."""
        turn = self._turn(form.arg)
        words = form.text.strip()
        chat = self.chat()
        if turn and words and not self.jobs.is_running(f"reply:{chat.id}"):
            self.editing.set("")
            self.jobs.start(f"reply:{chat.id}", self._ask(chat, turn.parent, words))

    @action("chat:version", TurnId)
    async def chat_version(self, turn_id: TurnId) -> None:
        """Show another version of a question or an answer."""
        if not self.jobs.is_running(f"reply:{self.chat().id}"):
            chat = await self.store.show(self.chat(), turn_id)
            self._list(chat)
            await self._show(chat, max(WINDOW, len(self.turns())))

    @action("chat:copy", TurnId)
    def chat_copy(self, turn_id: TurnId) -> None:
        """Copy a turn's text as it was written."""
        if turn := self._turn(turn_id):
            self.page.do(Copy(turn.text))

    def _turn(self, turn_id: str) -> Turn | None:
        return next((turn for turn in self.turns() if turn.id == turn_id), None)

    async def _ask(self, chat: Chat, parent: str, words: str) -> None:
        chat = self._as_private(chat)
        try:
            chat, turn = await self.store.add(chat, parent, Turn(new_id(), chat.id, parent, "user", words))
        except AppError as error:  # the page has cleared its field already
            self.page.do(Draft("\n\n".join([words, *self._queued.pop(chat.id, [])])))
            error.message = in_a_row(Text("session.not_sent"), error.message)
            error.cure = in_a_row(Text("session.words_are_back"), error.cure)
            raise
        if chat != self._as_private(chat):  # it was made private in this very moment
            chat = await self.store.change(chat, is_private=True)
        self._list(chat)
        if self.chat().id == chat.id:
            await self._show(chat, max(WINDOW, len(self.turns()) + 1))
            self.page.do(Route(f"#/chat/{chat.id}"))
        await self._reply(chat, turn.id)

    async def _who(self, chat: Chat, question: str) -> tuple[Model, str]:
        """Who answers a question, and as which feature it counts."""
        if CODE in self.settings().features:
            features = self.part("features")
            asked = await self.store.turns([question])
            if asked and features.is_code(asked[0].text):
                stays = chat.is_private or chat.leave == "no"
                return features.model_for(CODE, stays=stays) or self.chosen(chat), CODE
        return self.chosen(chat), CHAT

    async def _reply(
        self, chat: Chat, question: str, going_on: Turn | None = None, *, model: Model | None = None
    ) -> None:
        """Answer: fetch the bundled model where it is not here yet, stream, keep and show the result."""
        chat = self._as_private(await self.store.as_stored(chat))  # another page may have made it so a moment ago
        chosen, feature = await self._who(chat, question)
        model = model or chosen
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
        if self._is_sent_by_pick(chat, model):
            await self.keep_leave(chat.id, "yes")
        self.answers_with[chat.id] = model.id
        started = self.clock.tick()
        try:
            if model.provider == "automatic":
                await self.part("routing").prepare(chat, turn)
            await self._stream(chat, turn, model, feature)
        finally:
            self.jobs.start(f"enter:{new_id()}", self._enter(chat, turn, model, feature, self.clock.tick() - started))
            del self.answers_with[chat.id]
            self.live.set({key: value for key, value in self.live().items() if key != chat.id})
        if len(chat.path) == FIRST and TITLE in self.settings().features and not chat.is_named:
            self.jobs.start(f"title:{chat.id}", self.part("features").title(chat))

    def _is_sent_by_pick(self, chat: Chat, model: Model) -> bool:
        """Whether words of a chat leave because the person has picked the model, so that Automatic need not ask. What
        they have said about Automatic in this chat stays."""
        may = not chat.leave and not self.is_private(chat.id) and not self.offline().is_on
        return model.leaves_device and may

    async def _enter(self, chat: Chat, begun: Turn, model: Model, feature: str, seconds: float) -> None:
        """Note what a reply took, and who has been used."""
        stayed: Stayed = "private" if self.is_private(chat.id) else ""
        [turn] = await self.store.turns([begun.id]) or [begun]
        if is_automatic := model.provider == "automatic":
            stayed = self.part("routing").stayed(chat, turn)
        enter = self.part("costs").enter
        await enter(begun, seconds, feature=feature, was_automatic=is_automatic, stayed=stayed)
        used = self.shelf.named(turn.model_id)
        if used and used.provider == "ollama":
            await self.ollama_answered(used)

    async def _stream(self, chat: Chat, turn: Turn, model: Model, feature: str) -> None:
        live, is_kept, has_text = Live(turn.id), True, False
        try:
            run = self.answering.run(chat, turn, model, self._asking(feature))
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
            await self._refresh_turns(self.chat_of(chat.id) or chat)
            if not is_kept:  # the words could not be stored, so at least they stay on show
                turns = (replace(item, text=live.text) if item.id == turn.id else item for item in self.turns())
                self.turns.set(tuple(turns))

    async def _refresh_turns(self, chat: Chat, more: int = 0) -> None:
        if self.chat().id == chat.id:
            turns = await self.store.tail(chat, max(WINDOW, len(self.turns()) + more))
            self.turns.set(tuple(turns))
            await self._count_versions(chat, turns)

    def _asking(self, feature: str) -> Asking:
        sampling = self.settings().sampling
        if self.is_demo:  # the address says how long its reply is
            sampling = replace(sampling, max_tokens=DEMO_TOKENS)
        return Asking(self.settings().system_prompt, sampling, self.settings().think, feature)

    async def make_ready(self, model: Model) -> Model:
        """The model as its file says it is; the bundled one is fetched first where it is not here yet.

        Whoever stops the reply that began the fetch stops the fetch too; what has arrived is kept.
        """
        if model.leaves_device and self.offline().is_on:  # told at once, before anybody is looked for
            raise OfflineModeOn(f"Offline Mode is on, and a question to {model.name} is {model.where}.")
        if model.provider == "ollama":
            return await self.ollama_ready(model)
        if model.provider == "cloud":
            ready: Model = await self.part("cloud").ready(model)
            if ready.leaves_device:
                await self.part("costs").refuse_over_budget(ready)
            return ready
        if self.is_demo or not model.is_bundled or self.manager.row(model.id).is_ready:
            return model
        name = f"model:{model.id}"
        is_ours = not self.jobs.is_running(name)
        if is_ours:
            self.models_download(ModelId(model.id))
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
