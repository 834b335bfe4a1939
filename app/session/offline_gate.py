"""Offline Mode as the settings say it, at the gate, in the page and for what is under way."""

from __future__ import annotations

from app.core.commands import OfflineMode
from app.core.errors import OfflineModeOn
from app.core.ports import Page
from app.core.texts import Text
from app.core.values import Model
from app.models.answering.egress import Egress
from app.net.gate import Gate
from app.session.state import State
from app.session.switching import Switching


class OfflineGate:
    """Opens or shuts the gate."""

    def __init__(self, state: State, switching: Switching, page: Page, gate: Gate, egress: Egress) -> None:
        self._state, self._switching, self._page, self._gate, self._egress = state, switching, page, gate, egress

    def apply(self) -> None:
        """Open or shut the gate, as the settings say; the page and the service worker follow. What is under way to
        another machine ends, also where another tab has switched Offline Mode on."""
        settings = self._state.settings()
        allows = settings.is_loopback_allowed
        self._gate.switch(settings.is_offline_mode, allows_loopback=allows, since=settings.offline_since)
        self._page.do(OfflineMode("" if not settings.is_offline_mode else "loopback" if allows else "strict"))
        if settings.is_offline_mode:
            self._egress.stop_all(_offline_now)
        self._switching.keep_here()


def _offline_now(model: Model) -> OfflineModeOn:
    return OfflineModeOn(Text("offline.request_stopped", model=model.name))
