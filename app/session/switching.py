"""Who answers while the network is gone: the best model on this device, until the person wants the other one back."""

from __future__ import annotations

from app.core.actions import action
from app.core.errors import AppError, RateLimited, ServiceFailed
from app.core.texts import Text, TextOrWords
from app.core.values import Model
from app.session.ollama import OllamaActions
from app.session.state import Shown

NOTICE = "switched"


class SwitchActions(OllamaActions):
    """Moves to a local model by itself, and back only when asked."""

    def why_not(self, model: Model) -> str:
        """Why a model cannot be asked now, "" where it can. Of keys nothing is said before they were looked for."""
        if why := self._why_not_reached(model):
            return why
        if model.provider != "cloud" or not self.are_keys_known():
            return ""
        return "needs its key" if self.part("cloud").lacks_key(model.id) else ""

    def _why_not_reached(self, model: Model) -> str:
        if not model.leaves_device:
            return ""
        if self.offline().is_on:
            return "Offline Mode is on"
        return "there is no network" if self.is_offline() else ""

    def keep_here(self) -> None:
        """The network or Offline Mode has changed: move to this device, or offer the way back."""
        picked = self.picked()
        if why := self._why_not_reached(picked):  # a key is for the person to enter
            self._switch(picked, why)
        elif standing_in := self.stand_in():
            words = f"{picked.name} can be reached again. {standing_in.name} goes on answering until you decide."
            button = (f"Go back to {picked.name}", "models:return", "")
            self.notify(Shown(NOTICE, words, "", "info", (button,)))

    def instead(self, model: Model, error: AppError) -> Model | None:
        """Who answers in place of a model that could not be reached; the person is told once. A service that is only
        busy or broken for the moment is asked again with the next question, when its time has come. None where the
        person wants to be told instead."""
        if not self.settings().falls_back:
            return None
        if isinstance(error, RateLimited | ServiceFailed):
            return self.shelf.best_local()
        return self._switch(model, error.message)

    def _switch(self, picked: Model, why: TextOrWords) -> Model | None:
        if self.stand_in() is None and (local := self.shelf.best_local()):
            self.stand_in.set(local)
            words = Text("session.stands_in", picked=picked.name, why=why, local=local.name)
            self.notify(Shown(NOTICE, words, "You will be asked before anything goes back."))
        return self.stand_in()

    @action("models:return")
    def models_return(self) -> None:
        """Go back to the model that was picked."""
        self.stand_in.set(None)
        self.app_dismiss(NOTICE)
