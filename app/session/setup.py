"""The first run: pick how to start, then chat while the model downloads.

It is offered once, in a fresh profile. A download that was begun in it goes on after a reload; Settings opens it again.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.actions import ModelId, action
from app.core.commands import Focus, Say
from app.core.jobs import Jobs
from app.core.ports import Page
from app.core.signals import Effect, untracked
from app.core.texts import Text
from app.models.device.setup import OLLAMA
from app.models.store.manager import LocalModelManager
from app.models.store.rows import Row
from app.session.models import Models
from app.session.navigation import Navigation
from app.session.notices import Notices, Shown
from app.session.ollama import Ollama
from app.session.preferences import Preferences
from app.session.state import State

WELCOME, FETCH = "welcome", "fetch"
LATER, DONE = "later", "done"  # not shown again unasked; a better model is still offered in an empty chat
ENOUGH = "enough"  # nothing is offered any more


@dataclass(frozen=True, slots=True)
class PickForm:
    """A model's id, or "ollama"."""

    choice: str


class Setup:
    """The actions `setup:*`. What is on show is the session's signal `setup`: "welcome", "fetch" or nothing."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        preferences: Preferences,
        models: Models,
        ollama: Ollama,
        navigation: Navigation,
        jobs: Jobs,
        page: Page,
        manager: LocalModelManager,
    ) -> None:
        self._state, self._notices, self._preferences, self._models = state, notices, preferences, models
        self._ollama, self._navigation, self._jobs = ollama, navigation, jobs
        self._page, self._manager = page, manager
        self._open = state.chat().id
        Effect(self._look)
        Effect(self._go_on)

    def offer(self) -> None:
        """Show it unasked: to a person who has nothing yet, or who was in the middle of it. Never over a question that
        is being answered, or that was sent a moment ago and isn't stored yet."""
        settings, is_asked = self._state.settings(), bool(self._jobs.names("reply:"))
        is_new = not self._state.chats() and not any(row.is_ready for row in self._state.rows_at_rest())
        if settings.setup in (LATER, DONE, ENOUGH) or is_asked or self._state.setup():
            return
        if settings.setup == FETCH:
            self._state.setup.set(FETCH)
        elif settings.setup or is_new:
            self._state.setup.set(WELCOME)
            self._page.do(Say(Text("setup.offered")))

    def _go_on(self) -> None:
        """Whoever opens a chat that came by an import goes on without it: it stands in the conversation's place."""
        chat = self._state.chat()
        is_another, self._open = chat.id != self._open, chat.id
        with untracked():
            if is_another and chat.path and self._state.setup() == WELCOME:
                self._jobs.start("setup", self.later())

    @action("setup:open")
    async def open(self) -> None:
        """Show it because it was asked for."""
        self._state.setup.set(WELCOME)
        self._navigation.visit("#/chat")
        await self._preferences.change(setup=WELCOME)

    @action("setup:pick", PickForm)
    async def pick(self, form: PickForm) -> None:
        """Start: with a model, which is downloaded first where it must be, or by looking for Ollama."""
        if form.choice == OLLAMA:
            await self.later()
            self._navigation.visit("#/models/ollama")
            self._ollama.connect()
            return
        choice = ModelId(form.choice)
        row = self._manager.row(choice)
        if row.is_ready or row.model.is_bundled:
            await self._models.choose(choice)
        self._page.do(Focus("message"))
        await self._preferences.change(setup=DONE if row.is_ready else FETCH, setup_model=choice)
        self._state.setup.set("" if row.is_ready else FETCH)
        if not row.is_ready:
            self._models.download(choice)

    @action("setup:fetch", ModelId)
    async def fetch(self, model_id: ModelId) -> None:
        """Download the better model that an empty chat offers."""
        await self.pick(PickForm(model_id))

    @action("setup:enough")
    async def enough(self) -> None:
        """No better model is wanted; Local Models still shows which would be."""
        await self._preferences.change(setup=ENOUGH)

    @action("setup:later")
    async def later(self) -> None:
        """Not now, and not unasked again. A download that has begun goes on."""
        self._state.setup.set("")
        await self._preferences.change(setup=LATER)

    def _look(self) -> None:
        """The model that was picked may have arrived."""
        if self._state.setup() != FETCH:
            return
        rows = self._state.rows()
        with untracked():
            picked = self._state.settings().setup_model
            row = next((row for row in rows if row.model.id == picked), None)
            if row and row.is_ready and not self._jobs.is_running("setup"):
                self._jobs.start("setup", self._arrived(row))

    async def _arrived(self, row: Row) -> None:
        """It answers from now on, unless the person has chosen another one meanwhile."""
        self._state.setup.set("")
        chosen = self._state.shelf.named(self._state.settings().model_id)
        if chosen is None or chosen.is_bundled:
            await self._models.choose(ModelId(row.model.id))
        await self._preferences.change(setup=DONE)
        self._notices.show(Shown("setup", Text("setup.ready", model=row.model.name)))
