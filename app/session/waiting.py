"""Messages that wait: what is attached to the one that is written, and those that are asked once a reply has ended.

waiting.take(key)                           # what is attached, for the message that goes now
waiting.put(chat.id, (*waiting.of(chat.id), Queued(…)))
waiting.give_back(chat.id)                  # all of them go back to where they were written
"""

from __future__ import annotations

from app.core.actions import action
from app.core.commands import Draft as DraftBack
from app.core.commands import Focus
from app.core.ports import Page
from app.session.state import Queued, State, without
from app.study.attachments import Draft


class Waiting:
    """The actions `chat:*` on messages that wait."""

    def __init__(self, state: State, page: Page) -> None:
        self._state, self._page = state, page

    def take(self, key: str) -> tuple[Draft, ...]:
        """What is attached to the message of a chat, or to a question that is edited; it goes with its words."""
        attached = self._state.attached()
        if key in attached:
            self._state.attached.set(without(attached, key))
        return attached.get(key, ())

    def of(self, chat_id: str) -> tuple[Queued, ...]:
        """What waits in a chat, the next one first."""
        return self._state.queued().get(chat_id, ())

    def put(self, chat_id: str, queued: tuple[Queued, ...]) -> None:
        """These wait from now on, and no others."""
        others = without(self._state.queued(), chat_id)
        self._state.queued.set({**others, chat_id: queued} if queued else others)

    def give_back(self, chat_id: str, *messages: Queued) -> None:
        """These messages, and what is queued behind them, go back to where they were written: nothing is lost."""
        given = [*messages, *self.of(chat_id)]
        self.put(chat_id, ())
        if given:
            words = "\n\n".join(filter(None, (item.text for item in given)))
            self._put_back(chat_id, words, tuple(draft for item in given for draft in item.drafts))

    def _put_back(self, chat_id: str, words: str, drafts: tuple[Draft, ...]) -> None:
        kept = self._state.chat_of(chat_id)
        self._page.do(DraftBack(kept.id if kept else "", words))
        if drafts:
            key = kept.id if kept else self._state.draft_key(self._state.chat())
            attached = self._state.attached()
            self._state.attached.set({**attached, key: (*drafts, *attached.get(key, ()))})

    @action("chat:unqueue", str)
    def unqueue(self, id: str) -> None:
        """Take a queued message of the open chat back for good."""
        chat_id = self._state.chat().id
        self.put(chat_id, tuple(item for item in self.of(chat_id) if item.id != id))

    @action("chat:edit-queued", str)
    def edit_queued(self, id: str) -> None:
        """Put a queued message of the open chat back into the message field."""
        chat_id = self._state.chat().id
        found = next((item for item in self.of(chat_id) if item.id == id), None)
        if found:
            self.unqueue(id)
            self._put_back(chat_id, found.text, found.drafts)
            self._page.do(Focus("message"))
