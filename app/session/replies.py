"""Asking and answering: send, stop, regenerate, continue, edit, walk between versions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.core.actions import TurnId, action
from app.core.commands import Copy, Route
from app.core.errors import AppError, ModelMissing, StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.presence import Presence
from app.core.texts import Text, Words, in_a_row
from app.core.values import Model
from app.session.asking import asking
from app.session.chats import WINDOW, Chats
from app.session.memory import Memory
from app.session.notices import Notices
from app.session.ollama import Ollama
from app.session.privacy import Privacy
from app.session.state import Queued, State, without
from app.session.switching import Switching
from app.session.waiting import Waiting
from app.study.attachments import Attachment, Draft
from app.study.chats import Chat, ChatStore, Turn, new_id
from app.study.features import CHAT, CODE, TITLE, TUTOR
from app.study.ran import RunMark
from app.study.replies import Answering, Live
from app.study.tutored import Kind, Tutored, is_tutor

if TYPE_CHECKING:
    from app.models.costs.ledger import Stayed
    from app.models.routing.policy import Outcome
    from app.session.cloud import CloudServices
    from app.session.costs import Costs
    from app.session.features import Features
    from app.session.grounding import Grounding
    from app.session.personas import Personas
    from app.session.routing import Routing
    from app.session.setup import Setup
    from app.session.tutor import Tutor

FIRST = 2  # turns of a chat whose first answer has just come


@dataclass(frozen=True, slots=True)
class EditForm:
    """A question, as it was typed over."""

    arg: TurnId
    text: str


class Replies:
    """The actions `chat:*` that a model answers."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        privacy: Privacy,
        ollama: Ollama,
        memory: Memory,
        switching: Switching,
        chats: Chats,
        store: ChatStore,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        answering: Answering,
        words: Words,
        presence: Presence,
        waiting: Waiting,
        cloud: Callable[[], CloudServices],
        costs: Callable[[], Costs],
        features: Callable[[], Features],
        personas: Callable[[], Personas],
        routing: Callable[[], Routing],
        setup: Callable[[], Setup],
        grounding: Callable[[], Grounding],
        tutor: Callable[[], Tutor],
    ) -> None:
        self._state, self._notices, self._privacy = state, notices, privacy
        self._ollama, self._memory, self._switching = ollama, memory, switching
        self._chats, self._store, self._jobs, self._page, self._clock = chats, store, jobs, page, clock
        self._answering, self._words, self._presence, self._waiting = answering, words, presence, waiting
        self._cloud = cloud
        self._costs, self._features, self._personas = costs, features, personas
        self._routing, self._setup, self._grounding, self._tutor = routing, setup, grounding, tutor

    @action("chat:send", str)
    def send(self, text: str) -> None:
        """Ask the chosen model; a chat answers one question at a time, the next ones wait."""
        words, chat = text.strip(), self._state.chat()
        if self._state.setup() == "welcome":  # whoever writes goes on without it
            self._jobs.start("setup", self._setup().later())
        has_files = bool(self._state.attaching() or self._state.attached().get(self._state.draft_key(chat)))
        if not words and not has_files:
            return
        key, end = self._state.draft_key(chat), chat.path[-1] if chat.path else ""
        if not self._begin(chat, lambda: self._send(chat, end, words, key)):
            self._waiting.put(chat.id, (*self._waiting.of(chat.id), Queued(new_id(), words, self._waiting.take(key))))

    def tell(self, words: str, *, ran: RunMark | None = None, kind: Kind | None = None) -> None:
        """Ask with what a program printed, or for a step of the Tutor's; nothing happens while the chat is being
        answered."""
        chat = self._state.chat()
        self._begin(chat, lambda: self._ask(chat, chat.path[-1] if chat.path else "", words, ran=ran, kind=kind))

    async def _send(self, chat: Chat, parent: str, words: str, key: str, kept: tuple[Attachment, ...] = ()) -> None:
        """Ask with what is attached, once that was read."""
        for name in self._jobs.names("attach:"):
            await self._jobs.wait(name)
        if not chat.path and self._state.chat().id == chat.id:
            chat = self._state.chat()  # with what was chosen for it meanwhile
        drafts = self._waiting.take(key)
        if words or kept or drafts:
            await self._ask(chat, parent, words, drafts, kept)

    def _begin(self, chat: Chat, work: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        """Answer in a chat, then what is queued there; False, and nothing is done, where it is being answered."""
        name = f"reply:{chat.id}"
        if is_free := not self._jobs.is_running(name):
            self._jobs.start(name, self._then_queued(chat, work))
        return is_free

    async def _then_queued(self, chat: Chat, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
            while queued := self._waiting.of(chat.id):
                self._waiting.put(chat.id, queued[1:])
                chat = self._state.chat_of(chat.id) or chat
                await self._ask(chat, chat.path[-1] if chat.path else "", queued[0].text, queued[0].drafts)
        except Exception:
            self._waiting.give_back(chat.id)  # nobody would ask them now
            raise

    @action("chat:stop")
    async def stop(self) -> None:
        """Stop the answer of the open chat; its words are kept, and what is queued goes back to the message field."""
        chat = self._state.chat()
        self._waiting.give_back(chat.id)
        await self._jobs.stop(f"reply:{chat.id}")

    @action("chat:keep")
    async def keep(self) -> None:
        """The page may be gone in a moment: store what has come of every reply."""
        self._presence.leave()
        await self._answering.keep_all()

    @action("chat:regenerate", TurnId)
    def regenerate(self, turn_id: TurnId) -> None:
        """Answer the same question again; the earlier answer stays as a version."""
        turn = self._turn(turn_id)
        chat = self._state.chat()
        if turn and turn.parent in chat.path and self._begin(chat, lambda: self._reply(chat, turn.parent)):
            self.learn(turn, "regenerated")

    @action("chat:without-documents", TurnId)
    def without_documents(self, turn_id: TurnId) -> None:
        """Answer the same question from what the model knows; the earlier answer stays as a version."""
        turn, chat = self._turn(turn_id), self._state.chat()
        if turn and turn.parent in chat.path:
            self._begin(chat, lambda: self._reply(chat, turn.parent, from_documents=False))

    @action("chat:again", TurnId)
    async def again(self, turn_id: TurnId) -> None:
        """Stop the model that answers in the place of the chosen one, and ask that one once more."""
        chat, picked = self._state.chat(), self._state.picked(self._state.chat())
        await self._jobs.stop(f"reply:{chat.id}")
        if self._state.stand_in():
            self._switching.return_to_picked()
        if picked.provider == "cloud":
            self._cloud().again(picked.id)
        self.regenerate(turn_id)

    @action("chat:ask-other", str)
    def ask_other(self, turn_and_model: str) -> None:
        """Let another model answer the same question, as "turn model"; the earlier answer stays as a version."""
        turn_id, _, model_id = turn_and_model.partition(" ")
        turn, chat, model = self._turn(turn_id), self._state.chat(), self._state.shelf.named(model_id)
        if model is None:
            self._notices.error(ModelMissing(Text("answering.not_set_up"), Text("answering.not_set_up_cure")))
        elif (
            turn and turn.parent in chat.path and self._begin(chat, lambda: self._reply(chat, turn.parent, model=model))
        ):
            self.learn(turn, "switched")

    def learn(self, turn: Turn, outcome: Outcome) -> None:
        """What the person does after a reply of Automatic adjusts their policy a little."""
        if turn.receipt is not None:
            self._jobs.start(f"learn:{new_id()}", self._routing().learn(turn.id, outcome))

    @action("chat:continue", TurnId)
    def go_on(self, turn_id: TurnId) -> None:
        """Let the model go on with an answer that was cut."""
        turn = self._turn(turn_id)
        chat = self._state.chat()
        if turn and chat.path[-1:] == (turn_id,):
            self._begin(chat, lambda: self._reply(chat, turn.parent, turn))

    @action("chat:edit", TurnId)
    def edit(self, turn_id: TurnId) -> None:
        """Let a question be typed over, with what is attached to it ("" ends that)."""
        self._waiting.take(self._state.edit_key)
        turn = self._turn(turn_id)
        self._state.edited.set(turn.attachments if turn else ())
        self._state.editing.set(turn_id)

    @action("chat:resend", EditForm)
    def resend(self, form: EditForm) -> None:
        """Ask an edited question with what is attached to it; the earlier one stays as a version with all that followed
        it."""
        turn, words = self._turn(form.arg), form.text.strip()
        kept = self._state.edited() if self._state.editing() == form.arg else turn.attachments if turn else ()
        chat, key = self._state.chat(), self._state.edit_key
        has_any = words or kept or self._state.attached().get(key) or self._state.attaching()
        if turn and has_any and self._begin(chat, lambda: self._send(chat, turn.parent, words, key, kept)):
            self._state.editing.set("")

    @action("chat:version", TurnId)
    async def version(self, turn_id: TurnId) -> None:
        """Show another version of a question or an answer."""
        if not self._jobs.is_running(f"reply:{self._state.chat().id}"):
            chat = await self._store.show(self._state.chat(), turn_id)
            self._chats.list_chat(chat)
            await self._chats.show_chat(chat, max(WINDOW, len(self._state.turns())))

    @action("chat:copy", TurnId)
    def copy(self, turn_id: TurnId) -> None:
        """Copy a turn's text as it was written."""
        if turn := self._turn(turn_id):
            self._page.do(Copy(turn.text))

    def _turn(self, turn_id: str) -> Turn | None:
        return next((turn for turn in self._state.turns() if turn.id == turn_id), None)

    async def _ask(
        self,
        chat: Chat,
        parent: str,
        words: str,
        drafts: tuple[Draft, ...] = (),
        kept: tuple[Attachment, ...] = (),
        ran: RunMark | None = None,
        kind: Kind | None = None,
    ) -> None:
        """Ask with what is attached: `drafts`, and what is `kept` already. Words may be missing then. What tells of a
        program that `ran` is marked so, and what is said to the Tutor, with its `kind` where that is known."""
        chat = self._privacy.as_private(chat)
        said = words or self._words(Text("attach.question"))
        attached = (*kept, *(draft.attachment for draft in drafts))
        try:
            mark = await self._tutor().mark(chat, parent, said, kind) if is_tutor(chat.persona) else None
            question = Turn(new_id(), chat.id, parent, "user", said, attachments=attached, ran=ran, tutor=mark)
            chat, turn = await self._store.add(chat, parent, question, drafts)
        except AppError as error:  # the page has cleared its field already
            self._waiting.give_back(chat.id, Queued(new_id(), words, drafts))
            error.message = in_a_row(Text("session.not_sent"), error.message)
            error.cure = in_a_row(Text("session.words_are_back"), error.cure)
            raise
        if chat != self._privacy.as_private(chat):  # it was made private in this very moment
            chat = await self._store.change(chat, is_private=True)
        self._chats.list_chat(chat)
        if self._state.chat().id == chat.id:
            await self._chats.show_chat(chat, max(WINDOW, len(self._state.turns()) + 1))
            self._page.do(Route(f"#/chat/{chat.id}"))
        await self._reply(chat, turn.id)

    async def _who(self, chat: Chat, question: str) -> tuple[Model, str]:
        """Who answers a question, and as which feature it counts: a model chosen for this chat before one for code."""
        if is_tutor(chat.persona) and TUTOR.id in self._state.settings().features:
            stays = chat.is_private or chat.leave == "no"
            return self._features().who(TUTOR, chat.id, stays=stays) or self._state.chosen(chat), TUTOR.id
        if CODE in self._state.settings().features and not chat.model_id:
            features = self._features()
            asked = await self._store.turns([question])
            if asked and features.is_code(asked[0].text):
                stays = chat.is_private or chat.leave == "no"
                return features.model_for(CODE, stays=stays) or self._state.chosen(chat), CODE
        return self._state.chosen(chat), CHAT

    async def _reply(
        self,
        chat: Chat,
        question: str,
        going_on: Turn | None = None,
        *,
        model: Model | None = None,
        from_documents: bool = True,
    ) -> None:
        """Answer: fetch the bundled model where it is not here yet, stream, keep and show the result."""
        # Another page may have made it private a moment ago.
        chat = self._privacy.as_private(await self._store.as_stored(chat))
        persona = await self._personas().now(chat) if chat.persona else None
        chosen, feature = await self._who(chat, question)
        model = model or chosen
        # Until it has ended it is stored as closed, so that a page that is gone by then leaves a turn that says so.
        mark = await self._replied(chat, question)
        new = Turn(new_id(), chat.id, question, "assistant", "", model_id=model.id, model_name=model.name, tutor=mark)
        turn = replace(going_on or replace(new, stop_reason="closed"), persona=persona)
        if going_on is None:
            chat, turn = await self._store.add(chat, question, turn)
            self._chats.list_chat(chat)
        grown = Live(turn.id, turn.text, thinking=turn.thinking, thinking_seconds=turn.timing.thinking_seconds)
        self._state.live.set({**self._state.live(), chat.id: grown})  # first, or it would be shown as one that ended
        try:
            await self._refresh_turns(chat, 1)
            if self._is_sent_by_pick(chat, model):
                await self._chats.keep_leave(chat.id, "yes")
            await self._answer(chat if from_documents else replace(chat, scope=None), turn, model, feature)
        except asyncio.CancelledError:
            await self._answering.mark_stopped(turn.id)
            await self._refresh_turns(chat)
            raise
        finally:
            self._state.live.set(without(self._state.live(), chat.id))
            if chat.scope or turn.sources:
                self._grounding().check_later(turn.id)
        if len(chat.path) == FIRST and TITLE in self._state.settings().features and not chat.is_named:
            self._jobs.start(f"title:{chat.id}", self._features().title(chat))

    async def _replied(self, chat: Chat, question: str) -> Tutored | None:
        """Which step of the Tutor's a reply is, None in every other chat."""
        asked = self._turn(question) or next(iter(await self._store.turns([question])), None)
        return self._tutor().replied(asked) if asked and asked.tutor else None

    async def _answer(self, chat: Chat, turn: Turn, model: Model, feature: str) -> None:
        self._state.answers_with.set({**self._state.answers_with(), chat.id: model.id})
        started = self._clock.tick()
        try:
            if model.provider == "automatic":
                await self._routing().prepare(chat, turn)
            await self._stream(chat, turn, model, feature)
        finally:
            if turn.tutor is None or turn.tutor.kind == "answer":  # what the Tutor asks is entered already
                enter = self._enter(chat, turn, model, feature, self._clock.tick() - started)
                self._jobs.start(f"enter:{new_id()}", enter)
            self._state.answers_with.set(without(self._state.answers_with(), chat.id))

    def _is_sent_by_pick(self, chat: Chat, model: Model) -> bool:
        """Whether words of a chat leave because the person has picked the model, so that Automatic need not ask. What
        they have said about Automatic in this chat stays."""
        may = not chat.leave and not self._privacy.is_private(chat.id) and not self._state.offline().is_on
        return model.leaves_device and may

    async def _enter(self, chat: Chat, begun: Turn, model: Model, feature: str, seconds: float) -> None:
        """Note what a reply took, and who has been used."""
        stayed: Stayed = "private" if self._privacy.is_private(chat.id) else ""
        [turn] = await self._store.turns([begun.id]) or [begun]
        if is_automatic := model.provider == "automatic":
            stayed = self._routing().stayed(chat, turn)
        enter = self._costs().enter
        await enter(begun, seconds, feature=feature, was_automatic=is_automatic, stayed=stayed)
        used = self._state.shelf.named(turn.model_id)
        if used and used.provider == "ollama":
            await self._ollama.answered(used)
        if used and used.provider == "browser":
            await self._memory.answered(used.id, turn.timing.load_seconds)

    async def _stream(self, chat: Chat, turn: Turn, model: Model, feature: str) -> None:
        live, is_kept, has_text = Live(turn.id), True, False
        try:
            how = asking(self._state, chat, turn.persona, feature, model)
            if turn.tutor:
                chat, how = await self._tutor().asking(chat, turn, model, how)
            run = self._answering.run(chat, turn, model, how)
            async with aclosing(run) as lives:
                async for live in lives:
                    self._state.live.set({**self._state.live(), chat.id: live})
                    if not has_text and live.text != turn.text:
                        has_text = True
                        self._page.now()  # the first words do not wait for a frame
        except StorageError:
            is_kept = False
            raise
        finally:
            await self._refresh_turns(self._state.chat_of(chat.id) or chat)
            if not is_kept:  # the words could not be stored, so at least they stay on show
                turns = (replace(item, text=live.text) if item.id == turn.id else item for item in self._state.turns())
                self._state.turns.set(tuple(turns))

    async def _refresh_turns(self, chat: Chat, more: int = 0) -> None:
        if self._state.chat().id == chat.id:
            turns = await self._store.tail(chat, max(WINDOW, len(self._state.turns()) + more))
            self._state.turns.set(tuple(turns))
            await self._chats.count_versions(chat, turns)
