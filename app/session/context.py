"""What fills the context of the model that answers in the open chat, and what of the chat no longer reaches it.

session.act("context:open", "what is being written")
session.context.shown()         # Contents: by part, in tokens; the sheet "context" draws it
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.core.actions import action
from app.core.signals import Signal
from app.core.texts import Text, Words
from app.core.values import Model
from app.models.answering.context import Count, reply_budget, uncounted
from app.session.asking import asking
from app.session.ollama import Ollama
from app.session.state import Opening, State
from app.study.attachments import File
from app.study.chats import ChatStore, Turn
from app.study.contents import Filled, Room, fill
from app.study.features import CHAT
from app.study.replies import MOST_TURNS, Asking

UNLIMITED = 1 << 40  # of a model that does not tell what it can read


@dataclass(frozen=True, slots=True)
class Contents:
    """What would be sent with the next question. `limit` is what the model can read and write, 0 where it does not
    tell; of that, `reply` is kept free. `dropped` are the turns that do not reach it any more, `kept` counts the
    others."""

    model: Model
    filled: Filled
    limit: int
    reply: int
    dropped: tuple[Turn, ...]

    @property
    def kept(self) -> int:
        """How many of the chat's turns are sent."""
        return len(self.filled.kept)


class Context:
    """The actions `context:*`."""

    def __init__(
        self,
        state: State,
        ollama: Ollama,
        store: ChatStore,
        words: Words,
        count: Callable[[Model, str], Awaitable[int | None]],
    ) -> None:
        self._state, self._ollama, self._store = state, ollama, store
        self._words, self._count = words, count
        self.shown: Signal[Contents | None] = Signal(None)

    @action("context:open", str)
    async def open(self, words: str) -> None:
        """Show what fills the context, with the words that are being written. Raises StorageError."""
        model = self._state.reader() or self._state.chosen()
        self.shown.set(await self._contents(model, words))
        self._state.sheet.set(Opening("context"))

    async def _contents(self, model: Model, words: str) -> Contents:
        chat = self._state.chat()
        turns = [turn for turn in await self._store.turns(chat.path) if turn.chat_id == chat.id]
        beyond, turns = turns[:-MOST_TURNS], turns[-MOST_TURNS:]
        question, drafts = self._question(words)
        names = [one.id for turn in turns for one in turn.attachments]
        files = {**(await self._store.files(names) if names else {}), **drafts}
        how = asking(self._state, chat, chat.persona, CHAT, model)
        room = self._room(model, how, turns)
        filled = await fill(turns, question, files, how, room)
        gone = set(filled.dropped)
        reply = reply_budget(room.limit, how.sampling.max_tokens) if room.limit else 0
        dropped = (*beyond, *(turn for turn in turns if turn.id in gone))
        return Contents(model, filled, room.limit, reply, dropped)

    def _question(self, words: str) -> tuple[Turn, dict[str, File]]:
        """The message that is being written, as it would be sent."""
        drafts = self._state.attached().get(self._state.draft_key(self._state.chat()), ())
        said = words or (self._words(Text("attach.question")) if drafts else "")
        attached = tuple(draft.attachment for draft in drafts)
        return Turn("", "", "", "user", said, attachments=attached), {draft.file.id: draft.file for draft in drafts}

    def _room(self, model: Model, how: Asking, turns: list[Turn]) -> Room:
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
        again = last.dropped if last and last.model_id == model.id else 0
        return Room(budget, limit, count, again)
