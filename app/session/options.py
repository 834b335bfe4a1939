"""What is chosen for one chat: its model, persona and temperature, whether models think; the rest is as in Settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.core.actions import action
from app.models.store.refusals import cannot_chat
from app.session.chats import Chats
from app.session.settings import limited
from app.session.state import Opening, State

if TYPE_CHECKING:
    from app.session.personas import Personas


@dataclass(frozen=True, slots=True)
class ThinkField:
    """Whether models think first, as it was chosen; "" is as in Settings."""

    value: Literal["", "on", "off"]


class ChatOptions:
    """The actions `options:*`, about the open chat."""

    def __init__(self, state: State, chats: Chats, personas: Callable[[], Personas]) -> None:
        self._state, self._chats, self._personas = state, chats, personas

    @action("options:open")
    async def open(self) -> None:
        """Show all of it. Raises StorageError."""
        await self._personas().look()
        self._state.sheet.set(Opening("chat"))

    @action("options:persona", str)
    async def persona(self, id: str) -> None:
        """Let a persona answer, or ("") none; what was said already stays as it was. Raises StorageError."""
        await self._personas().look()
        known, now = self._personas().named(id), self._state.chat().persona
        if not id or known:
            await self._chats.choose(persona=known)
        elif now is None or now.id != id:  # the chat's own, which is gone from the list, stays
            await self._chats.choose(persona=None)

    @action("options:start", str)
    async def start(self, id: str) -> None:
        """Begin a chat with a persona. Raises StorageError."""
        self._state.sheet.set(None)
        self._chats.new()
        await self.persona(id)

    @action("options:model", str)
    async def model(self, id: str) -> None:
        """Let a model answer in this chat alone; "" is who answers in every chat. Raises NotSupported where it cannot,
        StorageError."""
        if (model := self._state.shelf.named(id)) and not model.can_chat:
            raise cannot_chat(model)
        await self._chats.choose(model_id=id or None)

    @action("options:temperature", str)
    async def temperature(self, typed: str) -> None:
        """How creative the replies of this chat are; "" is as in Settings. Raises StorageError."""
        number = limited("temperature", typed)
        if number is not None or not typed.strip():
            await self._chats.choose(temperature=number)

    @action("options:think", ThinkField)
    async def think(self, field: ThinkField) -> None:
        """Whether models think before they answer in this chat. Raises StorageError."""
        await self._chats.choose(think=None if not field.value else field.value == "on")
