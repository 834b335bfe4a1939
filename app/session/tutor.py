"""The Tutor: holds the ladder of a chat, whichever model answers. It asks for an attempt first, gives hints, checks
what was tried, and only then lets the answer be written.

    session.act("chat:send", "What is 6 · 7?")          # asks for an attempt
    session.act("tutor:hint")                           # a hint that does not tell the answer
    session.act("chat:send", "41")                      # checked
    session.act("tutor:answer")                         # the answer, by the chat's model

A message of such a chat knows its step (`app.study.tutored`); the reply to it is made by `app.session.tutor_steps`
instead of by the chat's model, but for the answer itself. So stopping, asking again and editing are as in every chat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.core.actions import TurnId, action
from app.core.commands import Focus
from app.core.jobs import Jobs
from app.core.persona import Persona
from app.core.ports import Page
from app.core.signals import Signal
from app.core.texts import Text, Words
from app.core.values import Model
from app.session.replies import Replies
from app.session.state import State
from app.session.tutor_steps import Step, TutorSteps
from app.study.chats import Chat, ChatStore, Turn
from app.study.practice import ladder
from app.study.practice.tutoring import explaining
from app.study.replies import Asking
from app.study.tutored import Kind, Score, Tutored, is_tutor


class Tutor:
    """The actions `tutor:*`, about the open chat."""

    def __init__(
        self, state: State, jobs: Jobs, page: Page, words: Words, store: ChatStore, replies: Replies, steps: TutorSteps
    ) -> None:
        self._state, self._jobs, self._page, self._words = state, jobs, page, words
        self._store, self._replies, self._steps = store, replies, steps

        self.total: Signal[Score] = Signal(Score())  # of all chats, once it was counted

    # -- how far the student came

    def look(self) -> None:
        """Count anew how the questions of all tutored chats ended."""
        self._jobs.start("tutor-total", self._count())

    async def _count(self) -> None:
        """Raises StorageError."""
        found = Score()
        for chat in self._state.chats():
            if is_tutor(chat.persona):
                last = await self._steps.last(chat.path, lambda turn: turn.tutor is not None)
                found = found.plus(last.tutor.score) if last and last.tutor else found
        self.total.set(found)

    # -- what the student does

    @action("tutor:hint")
    def hint(self) -> None:
        """Ask for a hint."""
        if (now := self._shown()) and ladder.can_hint(now):
            self._replies.tell(self._words(Text("tutor.hint_please")), kind="hint")

    @action("tutor:answer")
    def answer(self) -> None:
        """Ask for the answer; without an attempt, too, and that is kept."""
        if (now := self._shown()) and (now.is_open or now.came):
            self._replies.tell(self._words(Text("tutor.answer_please")), kind="answer")

    @action("tutor:count", TurnId)
    async def count(self, turn_id: TurnId) -> None:
        """Count the last attempt as right: a check can be wrong. Raises StorageError."""
        await self._change(turn_id, ladder.counted)

    @action("tutor:next", TurnId)
    async def next(self, turn_id: TurnId) -> None:
        """Leave the open question for another. Raises StorageError."""
        await self._change(turn_id, ladder.left)
        self._page.do(Focus("message"))

    def _shown(self) -> Tutored | None:
        """How things stand at the end of the open chat."""
        return next((turn.tutor for turn in reversed(self._state.turns()) if turn.tutor), None)

    async def _change(self, turn_id: str, change: Callable[[Tutored], Tutored]) -> None:
        """The last reply of the open chat says how things stand from now on."""
        chat = self._state.chat()
        if chat.path[-1:] != (turn_id,) or self._jobs.is_running(f"reply:{chat.id}"):
            return
        for turn in await self._store.turns([turn_id]):
            if turn.tutor and (after := change(turn.tutor)) != turn.tutor:
                await self._steps.keep(replace(turn, tutor=after))

    # -- what a message and the reply to it are

    async def mark(self, chat: Chat, end: str, text: str, kind: Kind | None) -> Tutored | None:
        """What a message behind the turn `end` is; None for what asks nothing. Raises StorageError."""
        path = chat.path[: chat.path.index(end) + 1] if end in chat.path else ()
        last = await self._steps.last(path, lambda turn: turn.tutor is not None)
        now = last.tutor if last else None
        found = kind or ladder.kind_of(now, text)
        return ladder.request(now, found) if found else None

    def replied(self, asked: Turn) -> Tutored | None:
        """What the reply to a message is, as far as that is known before it is made: until then things stand as
        before, but for an answer, which counts as seen with its first word."""
        mark = asked.tutor
        return ladder.shown(mark) if mark and mark.kind == "answer" else mark and replace(mark, key=None)

    async def asking(self, chat: Chat, turn: Turn, model: Model, how: Asking) -> tuple[Chat, Asking]:
        """How a reply is asked for: the answer by the model, each other step by what is held here. Raises
        StorageError."""
        if turn.tutor and turn.tutor.kind != "answer":
            step = Step(chat, turn, turn.tutor, model, how)
            return replace(chat, scope=None), replace(how, instead=partial(self._steps.run, step))
        question = await self._steps.question(chat, turn)
        key = question.tutor.key if question and question.tutor and not chat.scope else None
        does = how.persona.instructions if how.persona else ""
        told = explaining(does, question.text if question else "", key)
        return chat, replace(how, persona=Persona("", "", told))
