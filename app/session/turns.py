"""What a person does with a reply that is there: an opinion, a branch, its details, another model for its question."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from app.core.actions import TurnId, action
from app.core.commands import Route
from app.core.ports import Page
from app.core.texts import Text, Words
from app.session.chats import WINDOW, Chats
from app.session.replies import Replies
from app.session.state import State
from app.study.chats import ChatStore, Opinion


class Turns:
    """The actions `turns:*`."""

    def __init__(
        self, state: State, chats: Chats, replies: Replies, store: ChatStore, page: Page, words: Words
    ) -> None:
        self._state, self._chats, self._replies, self._store = state, chats, replies, store
        self._page, self._words = page, words
        self._judging = asyncio.Lock()

    @action("turns:good", TurnId)
    async def good(self, turn_id: TurnId) -> None:
        """A good answer, or no longer said to be one. Raises StorageError."""
        await self._judge(turn_id, "good")

    @action("turns:bad", TurnId)
    async def bad(self, turn_id: TurnId) -> None:
        """A bad answer, or no longer said to be one. Raises StorageError."""
        await self._judge(turn_id, "bad")

    async def _judge(self, turn_id: str, opinion: Opinion) -> None:
        """Keep it with the turn; of a reply that Automatic chose the model for, it also adjusts the person's policy.
        Quick clicks count one after the other."""
        async with self._judging:
            found = await self._store.turns([turn_id])
            if not found or found[0].role != "assistant":
                return
            turn = replace(found[0], opinion="" if found[0].opinion == opinion else opinion)
            await self._store.save_turn(turn)
            self._state.change_turn(turn.id, opinion=turn.opinion)
        if turn.opinion:
            self._replies.learn(turn, "liked" if opinion == "good" else "disliked")

    @action("turns:branch", TurnId)
    async def branch(self, turn_id: TurnId) -> None:
        """Go on from a reply in a new chat. Raises StorageError."""
        chat = self._state.chat()
        title = self._words(Text("chat.branch_title", chat=chat.name))
        copy = await self._store.branch(chat, turn_id, title)
        if copy is not None:
            self._chats.list_chat(copy)
            await self._chats.show_chat(copy, WINDOW)
            self._page.do(Route(f"#/chat/{copy.id}"))

    @action("turns:details", TurnId)
    def details(self, turn_id: TurnId) -> None:
        """Show all figures of a reply, or no longer."""
        self._toggle(f"details {turn_id}")

    @action("turns:why", TurnId)
    def why(self, turn_id: TurnId) -> None:
        """Show why Automatic chose this model, or no longer."""
        self._toggle(f"why {turn_id}")

    def _toggle(self, part: str) -> None:
        self._state.unfolded.set(self._state.unfolded() ^ {part})

    @action("turns:again", TurnId)
    def again(self, turn_id: TurnId) -> None:
        """Show which models could answer a reply's question."""
        self._state.finding_again.set("")
        self._state.asking_again.set(turn_id)

    @action("turns:picking", bool)
    def picking(self, is_open: bool) -> None:
        """That list was opened or shut."""
        if not is_open:
            self._state.asking_again.set("")

    @action("turns:find", str)
    def find(self, text: str) -> None:
        """Show only the models that hold these words."""
        self._state.finding_again.set(text)
