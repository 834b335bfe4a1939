"""The first run: what this browser can do, what fits, pick, watch it come, say hello.

It is offered once, in a fresh profile, and goes on after a reload where it stood; who skips it finds it in Settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.actions import ModelId, action
from app.core.commands import Focus, Route, Say
from app.models.device.setup import CLOUD, OLLAMA

HELLO = "Hello! What can you help me with?"


@dataclass(frozen=True, slots=True)
class PickForm:
    """A model's id, or one of the other ways."""

    choice: str


class Actions:
    """The actions `setup:*`. The step that is on show is the session's signal `setup`."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def offer(self) -> None:
        """Show it unasked: to a person who has nothing yet, or who was in the middle of it."""
        session, step = self._session, self._session.settings().setup
        is_new = not session.chats() and not any(row.is_ready for row in session.rows_at_rest())
        if step not in ("later", "done") and (step or is_new) and not session.live():
            session.setup.set(step or "device")
            session.page.do(Say("Set up local models: the steps stand above the message field."))

    @action("setup:open")
    async def open(self) -> None:
        """Show it because it was asked for."""
        await self._go("device")
        self._session.page_visit("#/chat")

    @action("setup:pick-step")
    async def pick_step(self) -> None:
        """What fits here."""
        await self._go("pick")

    @action("setup:pick", PickForm)
    async def pick(self, form: PickForm) -> None:
        """Take one: fetch it, or see to Ollama or to a key."""
        session, choice = self._session, ModelId(form.choice)
        if choice == OLLAMA:
            await self.later()
            session.page_visit("#/models")
            session.ollama_connect()
            return
        if choice == CLOUD:
            await self.later()
            session.page.do(Route("#/settings"))
            await session.go("#/settings")
            session.page.now()
            session.page.do(Focus("cloud-open-openai"))
            return
        await session.change(setup_model=choice)
        await session.models_choose(choice)
        await self._go("fetch")
        if not session.manager.row(choice).is_ready:
            session.models_download(choice)

    @action("setup:hello")
    async def hello(self) -> None:
        """The first words; the model answers in the chat."""
        session = self._session
        session.setup.set("")
        await session.change(setup="done")
        session.chat_new()
        session.chat_send(HELLO)

    @action("setup:later")
    async def later(self) -> None:
        """Not now, and not unasked again. A download that has begun goes on."""
        self._session.setup.set("")
        await self._session.change(setup="later")

    async def _go(self, step: str) -> None:
        self._session.setup.set(step)
        await self._session.change(setup=step)
