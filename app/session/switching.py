"""Who answers while the network is gone: the best model on this device, until the person wants the other one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.errors import AppError, RateLimited, ServiceFailed
from app.core.texts import Text
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

    def why_not(self, model: Model) -> Text | None:
        """Why a model cannot be asked now, None where it can. Of keys nothing is said before they were looked for."""
        if self._is_cut_off(model):
            return Text("answering.offline_mode" if self._state.offline().is_on else "answering.no_network")
        if model.provider != "cloud" or not self._state.are_keys_known():
            return None
        return Text("answering.needs_key") if self._cloud().lacks_key(model.id) else None

    def _is_cut_off(self, model: Model) -> bool:
        return model.leaves_device and (self._state.offline().is_on or self._state.is_offline())

    def keep_here(self) -> None:
        """The network or Offline Mode has changed: move to this device, or offer the way back."""
        picked = self._state.picked()
        if self._is_cut_off(picked):  # a key is for the person to enter
            self._switch(picked)
        elif standing_in := self._state.stand_in():
            words = Text("answering.reached_again", picked=picked.name, local=standing_in.name)
            button = (Text("answering.go_back", picked=picked.name), "models:return", "")
            self._notices.show(Shown(NOTICE, words, "", "info", (button,), everywhere=True))

    def instead(self, model: Model, error: AppError) -> Model | None:
        """Who answers in place of a model that could not be reached; the person is told once. A service that is only
        busy or broken for the moment is asked again with the next question, when its time has come. None where the
        person wants to be told instead."""
        if not self._state.settings().falls_back:
            return None
        if isinstance(error, RateLimited | ServiceFailed):
            return self._state.shelf.best_local()
        return self._switch(model, error)

    def _switch(self, picked: Model, error: AppError | None = None) -> Model | None:
        if self._state.stand_in() is None and (local := self._state.shelf.best_local()):
            self._state.stand_in.set(local)
            self._notices.show(
                Shown(NOTICE, self._told(picked, local, error), Text("answering.asked_before"), everywhere=True)
            )
        return self._state.stand_in()

    def _told(self, picked: Model, local: Model, error: AppError | None) -> Text:
        if error:
            return Text("session.stands_in", picked=picked.name, why=error.message, local=local.name)
        is_by_choice = self._state.offline().is_on
        return Text(
            "answering.here_offline_mode" if is_by_choice else "answering.here_no_network",
            picked=picked.name,
            local=local.name,
        )

    @action("models:return")
    def return_to_picked(self) -> None:
        """Go back to the model that was picked."""
        self._state.stand_in.set(None)
        self._notices.dismiss(NOTICE)
