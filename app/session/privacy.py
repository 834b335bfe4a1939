"""Whether words of a chat may leave this device."""

from __future__ import annotations

from dataclasses import replace

from app.core.errors import OfflineModeOn, StaysHere
from app.core.places import Purpose
from app.core.texts import Text
from app.core.values import Model, Request
from app.models.answering.egress import too_far
from app.session.state import State
from app.study.chats import Chat, ChatStore

#: what no person sends by themselves, so that the model they picked for a chat says nothing about where it may go
ASKED_BY_FEATURES = (Purpose.TITLE, Purpose.SUMMARY, Purpose.STUDY)


class Privacy:
    """Knows which chats are private, and is asked before any words leave."""

    def __init__(self, state: State, store: ChatStore) -> None:
        self._state, self._store = state, store

    def is_private(self, chat_id: str) -> bool:
        """Whether nothing of a chat may leave this device, as far as this page knows at this moment."""
        known = (chat for chat in (*self._state.chats(), self._state.chat()) if chat.id == chat_id)
        return chat_id in self._store.private or any(chat.is_private for chat in known)

    def may_leave(self, chat_id: str) -> bool:
        """Whether words of a chat may leave this device without the person having picked the model for them: as they
        have said for this chat, or where they do not want to be asked. "" stands for words that belong to no chat."""
        if self.is_private(chat_id):
            return False
        if not chat_id:
            return not self._state.settings().asks_before_leaving
        known = (chat.leave for chat in (*self._state.chats(), self._state.chat()) if chat.id == chat_id)
        leave = next(known, "no")  # of a chat that was deleted meanwhile nothing more leaves
        return leave == "yes" or (leave == "" and not self._state.settings().asks_before_leaving)

    def check(self, model: Model, request: Request) -> None:
        """Called before any words go to a model. Raises PrivateChat, OfflineModeOn where they must not."""
        if not model.leaves_device:
            return
        if self.is_private(request.belongs_to):
            raise too_far(model, request)
        if request.purpose in ASKED_BY_FEATURES and not self.may_leave(request.belongs_to):
            raise StaysHere(Text("leave.stays", what=request.purpose.label, where=model.where))
        if self._state.offline().is_on:
            raise OfflineModeOn(Text("leave.offline", model=model.name, where=model.where))

    def as_private(self, chat: Chat) -> Chat:
        """The chat, private if it is that by now."""
        return replace(chat, is_private=chat.is_private or self.is_private(chat.id))
