"""Who answers while the network is gone: the best model on this device, until the person wants the other one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.errors import AppError, RateLimited, ServiceFailed
from app.core.texts import Text, TextOrWords
from app.core.values import Model
from app.session.notices import Notices, Shown
from app.session.state import State

if TYPE_CHECKING:
    from app.session.cloud import CloudServices

NOTICE = "switched"


class Switching:
    """Moves to a local model by itself, and back only when asked."""

    def __init__(self, state: State, notices: Notices, cloud: Callable[[], CloudServices]) -> None:
        self._state, self._notices, self._cloud = state, notices, cloud

    def why_not(self, model: Model) -> str:
        """Why a model cannot be asked now, "" where it can. Of keys nothing is said before they were looked for."""
        if why := self._why_not_reached(model):
            return why
        if model.provider != "cloud" or not self._state.are_keys_known():
            return ""
        return "needs its key" if self._cloud().lacks_key(model.id) else ""

    def _why_not_reached(self, model: Model) -> str:
        if not model.leaves_device:
            return ""
        if self._state.offline().is_on:
            return "Offline Mode is on"
        return "there is no network" if self._state.is_offline() else ""

    def keep_here(self) -> None:
        """The network or Offline Mode has changed: move to this device, or offer the way back."""
        picked = self._state.picked()
        if why := self._why_not_reached(picked):  # a key is for the person to enter
            self._switch(picked, why)
        elif standing_in := self._state.stand_in():
            words = f"{picked.name} can be reached again. {standing_in.name} goes on answering until you decide."
            button = (f"Go back to {picked.name}", "models:return", "")
            self._notices.show(Shown(NOTICE, words, "", "info", (button,)))

    def instead(self, model: Model, error: AppError) -> Model | None:
        """Who answers in place of a model that could not be reached; the person is told once. A service that is only
        busy or broken for the moment is asked again with the next question, when its time has come. None where the
        person wants to be told instead."""
        if not self._state.settings().falls_back:
            return None
        if isinstance(error, RateLimited | ServiceFailed):
            return self._state.shelf.best_local()
        return self._switch(model, error.message)

    def _switch(self, picked: Model, why: TextOrWords) -> Model | None:
        if self._state.stand_in() is None and (local := self._state.shelf.best_local()):
            self._state.stand_in.set(local)
            words = Text("session.stands_in", picked=picked.name, why=why, local=local.name)
            self._notices.show(Shown(NOTICE, words, "You will be asked before anything goes back."))
        return self._state.stand_in()

    @action("models:return")
    def return_to_picked(self) -> None:
        """Go back to the model that was picked."""
        self._state.stand_in.set(None)
        self._notices.dismiss(NOTICE)
