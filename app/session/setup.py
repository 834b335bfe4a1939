"""The first run: what this browser can do, what fits, pick, watch it come, say hello.

It is offered once, in a fresh profile, and goes on after a reload where it stood; who skips it finds it in Settings.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.actions import ModelId, action
from app.core.commands import Focus, Route, Say
from app.core.ports import Page
from app.core.texts import Text, Words
from app.models.device.setup import CLOUD, OLLAMA
from app.models.store.manager import LocalModelManager
from app.session.chats import Chats
from app.session.models import Models
from app.session.navigation import Navigation
from app.session.ollama import Ollama
from app.session.preferences import Preferences
from app.session.replies import Replies
from app.session.state import State

HELLO = Text("setup.first_words")


@dataclass(frozen=True, slots=True)
class PickForm:
    """A model's id, or one of the other ways."""

    choice: str


class Setup:
    """The actions `setup:*`. The step that is on show is the session's signal `setup`."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        models: Models,
        ollama: Ollama,
        chats: Chats,
        replies: Replies,
        navigation: Navigation,
        page: Page,
        manager: LocalModelManager,
        words: Words,
    ) -> None:
        self._state, self._preferences, self._models = state, preferences, models
        self._ollama, self._chats = ollama, chats
        self._replies, self._navigation, self._page, self._manager = replies, navigation, page, manager
        self._words = words

    def offer(self) -> None:
        """Show it unasked: to a person who has nothing yet, or who was in the middle of it."""
        step = self._state.settings().setup
        is_new = not self._state.chats() and not any(row.is_ready for row in self._state.rows_at_rest())
        if step not in ("later", "done") and (step or is_new) and not self._state.live():
            self._state.setup.set(step or "device")
            self._page.do(Say(Text("setup.offered")))

    @action("setup:open")
    async def open(self) -> None:
        """Show it because it was asked for."""
        await self._go("device")
        self._navigation.visit("#/chat")

    @action("setup:pick-step")
    async def pick_step(self) -> None:
        """What fits here."""
        await self._go("pick")

    @action("setup:pick", PickForm)
    async def pick(self, form: PickForm) -> None:
        """Take one: fetch it, or see to Ollama or to a key."""
        choice = ModelId(form.choice)
        if choice == OLLAMA:
            await self.later()
            self._navigation.visit("#/models")
            self._ollama.connect()
            return
        if choice == CLOUD:
            await self.later()
            self._page.do(Route("#/settings/connections"))
            await self._navigation.go("#/settings/connections")
            self._page.now()
            self._page.do(Focus("cloud-open-openai"))
            return
        await self._preferences.change(setup_model=choice)
        await self._models.choose(choice)
        await self._go("fetch")
        if not self._manager.row(choice).is_ready:
            self._models.download(choice)

    @action("setup:hello")
    async def hello(self) -> None:
        """The first words; the model answers in the chat."""
        self._state.setup.set("")
        await self._preferences.change(setup="done")
        self._chats.new()
        self._replies.send(self._words(HELLO))

    @action("setup:later")
    async def later(self) -> None:
        """Not now, and not unasked again. A download that has begun goes on."""
        self._state.setup.set("")
        await self._preferences.change(setup="later")

    async def _go(self, step: str) -> None:
        self._state.setup.set(step)
        await self._preferences.change(setup=step)
