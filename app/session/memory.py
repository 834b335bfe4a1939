"""What stays in memory: of this browser's models the chosen one, and how long models take to get there.

A model that is not chosen any more is freed at once, or with the end of the replies that are under way. Where the
choice is elsewhere (a service, another computer, Automatic) it stays: it is the one that answers when that cannot be
reached, in private chats, and for what must not leave this device. Ollama on this computer needs the same memory.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress

from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.signals import Effect, untracked
from app.session.preferences import Preferences
from app.session.settings import SettingsChanges
from app.session.state import State

DAY_SECONDS = 86_400.0
NEWS_SECONDS, NEWS_SHARE = 1.0, 0.2  # a load time this far from the one that is kept is kept in its place


class Memory:
    """`unload_unless` frees the model that is loaded, unless its id is one to keep."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        jobs: Jobs,
        clock: Clock,
        unload_unless: Callable[[Callable[[str], bool]], Coroutine[object, object, None]],
    ) -> None:
        self._state, self._preferences, self._jobs, self._unload_unless = state, preferences, jobs, unload_unless
        self._clock = clock
        Effect(self._look)  # the choice may come from another page, too

    def _look(self) -> None:
        self._state.settings()
        with untracked():
            loaded = self._state.loaded_id()
            if loaded and not self._is_kept(loaded):
                self._jobs.start("memory", self._unload_unless(self._is_kept))

    def _is_kept(self, model_id: str) -> bool:
        picked, open_chats = self._state.picked(), self._state.chosen()  # a chat may have a model of its own
        return model_id in (picked.id, open_chats.id) or picked.leaves_device or picked.provider == "automatic"

    async def answered(self, model_id: str, load_seconds: float) -> None:
        """A model of this browser has answered: keep when, and how long it took to load here, for the next time. What
        cannot be kept costs nothing."""
        times, used, now = self._state.settings().load_times, self._state.settings().used, self._clock.now()
        changes: SettingsChanges = {}
        away = abs(load_seconds - times.get(model_id, 0.0))
        if load_seconds and away > max(NEWS_SECONDS, NEWS_SHARE * load_seconds):
            changes["load_times"] = {**times, model_id: round(load_seconds, 1)}
        if now - used.get(model_id, 0.0) > DAY_SECONDS:
            changes["used"] = {**used, model_id: now}
        if changes:
            with suppress(StorageError):
                await self._preferences.change(**changes)
