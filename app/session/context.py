"""What fills the context of the model that answers in the open chat, what of the chat no longer reaches it, and a
summary in place of older messages, where the person asks for one.

    session.act("context:open", "what is being written")
    session.context.shown()         # Contents: by part, in tokens; the sheet "context" draws it
    session.act("context:summarise")
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.commands import Focus, Say
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.texts import Text, Words
from app.core.values import Model
from app.models.answering.context import Count, reply_budget, uncounted
from app.models.answering.summariser import most_tokens
from app.session.asking import asking
from app.session.chats import Chats
from app.session.ollama import Ollama
from app.session.state import Opening, State
from app.study.ask import Ask
from app.study.asked import UNKNOWN, messages_of, read_of
from app.study.attachments import File
from app.study.chats import Chat, ChatStore, Turn
from app.study.cited import Cited
from app.study.contents import Filled, Room, fill
from app.study.features import CHAT, SUMMARY_ON_REQUEST
from app.study.replies import Asking
from app.study.summary import TO_COME, Summary, after, standing
from app.study.summing import sum_up

if TYPE_CHECKING:
    from app.session.grounding import Grounding
    from app.session.personas import Personas

UNLIMITED = 1 << 40  # of a model that does not tell what it can read
FRESH = (4, 2)  # turns that stay as they are when the others are summed up: in a short chat the last two


@dataclass(frozen=True, slots=True)
class Contents:
    """What would be sent with the next question. `limit` is what the model can read and write, 0 where it does not
    tell; of that, `reply` is kept free. `dropped` are the turns that do not reach it any more; a `summary` stands for
    `summed` others; `older` are those that a summary could stand for now, and `by` is who would write it."""

    model: Model
    filled: Filled
    limit: int
    reply: int
    dropped: tuple[Turn, ...]
    summary: Summary | None = None
    summed: int = 0
    older: int = 0
    by: Model | None = None

    @property
    def kept(self) -> int:
        """How many of the chat's turns are sent."""
        return len(self.filled.kept)


class Context:
    """The actions `context:*`. Of the open chat: what is `shown`, whether its summary is being made, and what kept one
    from being made."""

    def __init__(
        self,
        state: State,
        ollama: Ollama,
        chats: Chats,
        store: ChatStore,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        words: Words,
        count: Callable[[Model, str], Awaitable[int | None]],
        ask: Callable[[], Ask],
        personas: Callable[[], Personas],
        grounding: Callable[[], Grounding],
    ) -> None:
        self._state, self._ollama, self._chats, self._store = state, ollama, chats, store
        self._jobs, self._page, self._clock, self._words, self._count, self._ask = jobs, page, clock, words, count, ask
        self._personas, self._grounding = personas, grounding
        self._written = ""
        self.shown: Signal[Contents | None] = Signal(None)
        self.making: Signal[frozenset[str]] = Signal(frozenset())  # chats whose summary is being made
        self.problem: Signal[tuple[str, AppError] | None] = Signal(None)  # a chat's, and why it has none

    @action("context:open", str)
    async def open(self, words: str) -> None:
        """Show what fills the context, with the words that are being written. Raises StorageError."""
        self._written = words
        self.problem.set(None)
        await self._look()
        self._state.sheet.set(Opening("context"))

    async def _look(self) -> None:
        self.shown.set(await self._contents(self._state.reader() or self._state.chosen(), self._written))

    async def _contents(self, model: Model, words: str) -> Contents:
        chat = self._state.chat()
        path = (*chat.path, TO_COME)
        summary = standing(chat.summary, path)
        turns = await self._turns(chat, after(summary, path))
        ids = set(read_of(chat, path)[0])
        question, drafts = self._question(words)
        persona = await self._personas().now(chat) if chat.persona else None
        how = asking(self._state, chat, persona, CHAT, model)
        read = [turn for turn in turns if turn.id in ids]
        room = self._room(model, how, read, summary)
        passages = await self._passages(chat, [*read, question], summary, model, how)
        filled = await fill(read, question, {**await self._files(read), **drafts}, how, room, summary, passages)
        gone = set(filled.dropped)
        reply = reply_budget(room.limit, how.sampling.max_tokens) if room.limit else 0
        dropped = tuple(turn for turn in turns if turn.id in gone or turn.id not in ids)
        return Contents(
            model,
            filled,
            room.limit,
            reply,
            dropped,
            summary,
            summed=len(path) - len(after(summary, path)),
            older=len(_older(turns)),
            by=self._ask().model_for(SUMMARY_ON_REQUEST, chat.id),
        )

    async def _passages(
        self, chat: Chat, turns: Sequence[Turn], summary: Summary | None, model: Model, how: Asking
    ) -> tuple[Cited, ...]:
        """Those that would go with the question, as far as there is one."""
        if chat.scope is None or not turns[-1].text:
            return ()
        try:
            found = await self._grounding().for_next(chat, turns, summary.text if summary else "", model, how)
        except AppError:  # the question itself will tell
            return ()
        return found.passages

    async def _turns(self, chat: Chat, path: Sequence[str]) -> list[Turn]:
        return [turn for turn in await self._store.turns(path) if turn.chat_id == chat.id]

    async def _files(self, turns: Sequence[Turn]) -> dict[str, File]:
        names = [one.id for turn in turns for one in turn.attachments]
        return await self._store.files(names) if names else {}

    def _question(self, words: str) -> tuple[Turn, dict[str, File]]:
        """The message that is being written, as it would be sent."""
        drafts = self._state.attached().get(self._state.draft_key(self._state.chat()), ())
        said = words or (self._words(Text("attach.question")) if drafts else "")
        attached = tuple(draft.attachment for draft in drafts)
        return Turn("", "", "", "user", said, attachments=attached), {draft.file.id: draft.file for draft in drafts}

    def _room(self, model: Model, how: Asking, turns: Sequence[Turn], summary: Summary | None) -> Room:
        limit = how.reading.limit
        budget = limit - reply_budget(limit, how.sampling.max_tokens) if limit else UNLIMITED
        count: Count = uncounted
        if model.provider == "ollama":
            budget = self._ollama.estimated(model, budget)
        elif model.provider == "browser":
            budget = min(limit - 1, budget)

            async def count(text: str) -> int | None:
                return await self._count(model, text)

        last = next((turn for turn in reversed(turns) if turn.role == "assistant"), None)
        is_alike = last and last.model_id == model.id and not (summary and last.created < summary.at)
        return Room(budget, limit, count, last.dropped if last and is_alike else 0)

    # -- a summary

    @action("context:summarise")
    def summarise(self) -> None:
        """Have the older messages of the open chat summed up; the model is given that in their place from then on."""
        chat_id = self._state.chat().id
        name = f"summary:{chat_id}"
        if not self._jobs.is_running(name):
            self.problem.set(None)
            self.making.set(self.making() | {chat_id})
            self._page.do(Focus("context-stop"))
            self._jobs.start(name, self._summarise(chat_id))

    async def _summarise(self, chat_id: str) -> None:
        """What goes wrong is shown in the sheet."""
        focus = "context-summarise"
        try:
            await self._jobs.wait(f"reply:{chat_id}")  # one after the other: it may be about to end
            if (chat := self._state.chat_of(chat_id)) and (summary := await self._made(chat)):
                await self._chats.keep(chat_id, summary=summary)
                self._page.do(Say(Text("context.made")))
                focus = "context-forget"
        except AppError as error:
            self.problem.set((chat_id, error))
        finally:
            self.making.set(self.making() - {chat_id})
        await self._again(chat_id, focus)

    async def _made(self, chat: Chat) -> Summary | None:
        """The summary of what can be summed up, with the one before; None where there is nothing."""
        path = (*chat.path, TO_COME)
        before = standing(chat.summary, path)
        older = _older(await self._turns(chat, after(before, path)))
        if not older:
            return None
        by = self._ask().model_for(SUMMARY_ON_REQUEST, chat.id)
        reading = self._state.reading(by) if by else UNKNOWN
        limit, said = reading.limit, messages_of(older, await self._files(older), reading)
        text = await sum_up(
            self._ask(),
            SUMMARY_ON_REQUEST,
            said.messages,
            before.text if before else "",
            belongs_to=chat.id,
            most_tokens=most_tokens(limit),
            limit=limit,
        )
        if not text:
            raise AppError(Text("context.nothing_said"), Text("context.nothing_said_cure"))
        return Summary(text, older[-1].id, by.name if by else "", self._clock.now())

    async def _again(self, chat_id: str, focus: str) -> None:
        opening = self._state.sheet()
        if self._state.chat().id == chat_id and opening and opening.what == "context":
            await self._look()
            self._page.do(Focus(focus))

    @action("context:stop")
    async def stop(self) -> None:
        """Make no summary."""
        chat_id = self._state.chat().id
        await self._jobs.stop(f"summary:{chat_id}")
        await self._again(chat_id, "context-summarise")

    @action("context:forget")
    async def forget(self) -> None:
        """Give the model the messages themselves again. Raises StorageError."""
        chat_id = self._state.chat().id
        await self._chats.keep(chat_id, summary=None)
        self._page.do(Say(Text("context.forgotten")))
        await self._again(chat_id, "context-summarise")


def _older(turns: Sequence[Turn]) -> list[Turn]:
    """The turns that a summary can stand for, down to a reply: what follows it begins with a question."""
    for fresh in FRESH:
        older = list(turns[:-fresh])
        while older and older[-1].role == "user":
            older.pop()
        if older:
            return older
    return []
