"""Whether words of a chat may leave this device by Automatic's choice: asked once a chat, before the first of them.

    may = await session.leave.ask(chat_id, model)     # waits for the person; their word is kept with the chat
    session.act("leave:send", chat_id)                        # the buttons of the question

Nothing is sent before the answer, nor after a reload: the next try asks again.
"""

from __future__ import annotations

import asyncio

from app.core.actions import ChatId, action
from app.core.commands import Focus, Say
from app.core.ports import Page
from app.core.texts import Text
from app.core.values import Model
from app.session.chats import Chats
from app.session.preferences import Preferences
from app.session.privacy import Privacy
from app.session.state import State, without


class Leaving:
    """The actions `leave:*`."""

    def __init__(self, state: State, preferences: Preferences, privacy: Privacy, chats: Chats, page: Page) -> None:
        self._state, self._preferences, self._privacy = state, preferences, privacy
        self._chats, self._page = chats, page
        self._waiting: dict[str, asyncio.Future[bool]] = {}

    async def ask(self, chat_id: str, model: Model) -> bool:
        """Ask the person whether words of a chat may be sent to a model, and wait. Raises StorageError."""
        await self._chats.keep_leave(chat_id, "")  # an earlier word was about another model
        answer = self._waiting[chat_id] = asyncio.get_running_loop().create_future()
        self._state.asking_leave.set({**self._state.asking_leave(), chat_id: model})
        if self._state.chat().id == chat_id:
            self._page.do(Say(Text("leave.asks", model=model.name)))
        try:
            may: bool = await answer
        finally:
            del self._waiting[chat_id]
            self._state.asking_leave.set(without(self._state.asking_leave(), chat_id))
        if not self._privacy.is_private(chat_id):
            await self._chats.keep_leave(chat_id, "yes" if may else "no")
        return may

    @action("leave:send", ChatId)
    def send(self, chat_id: ChatId) -> None:
        """It may be sent, and what follows in this chat too."""
        self._answer(chat_id, may=True)

    @action("leave:here", ChatId)
    def here(self, chat_id: ChatId) -> None:
        """It stays: a model on this device answers, in this chat from now on."""
        self._answer(chat_id, may=False)

    def _answer(self, chat_id: str, *, may: bool) -> None:
        answer = self._waiting.get(chat_id)
        if answer is not None and not answer.done():
            answer.set_result(may)
        self._page.do(Focus("message"))

    @action("leave:again", ChatId)
    async def again(self, chat_id: ChatId) -> None:
        """Ask again with the next question of a chat. Raises StorageError."""
        await self._chats.keep_leave(chat_id, "")

    @action("leave:switch", bool)
    async def switch(self, is_on: bool) -> None:
        """Whether Automatic asks at all. Raises StorageError."""
        await self._preferences.change(asks_before_leaving=is_on)
