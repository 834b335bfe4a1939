"""What a person does with Offline Mode: switch it, decide about this computer's own servers, meet a refusal."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.core.actions import action
from app.core.ports import Clock
from app.core.texts import Text
from app.net.gate import Gate
from app.session.models import Models
from app.session.notices import OPEN_PRIVACY, Notices, Shown
from app.session.offline_gate import OfflineGate
from app.session.ollama import Ollama
from app.session.preferences import Preferences


class Offline:
    """The actions `offline:*`."""

    def __init__(
        self,
        notices: Notices,
        preferences: Preferences,
        models: Models,
        ollama: Ollama,
        offline_gate: OfflineGate,
        clock: Clock,
        gate: Gate,
    ) -> None:
        self._notices, self._preferences, self._offline_gate = notices, preferences, offline_gate
        self._models, self._ollama = models, ollama
        self._clock, self._gate = clock, gate

    @action("offline:switch", bool)
    async def switch(self, is_on: bool) -> None:
        """Shut the gate, or open it. What is being fetched from elsewhere stops, and what has arrived is kept."""
        since = self._clock.now()
        if is_on:
            await self._models.stop_transfers()
            await self._ollama.stop_transfers()
        try:
            await self._preferences.change(is_offline_mode=is_on, offline_since=since if is_on else 0.0)
        finally:
            self._offline_gate.apply()

    @action("offline:loopback", bool)
    async def loopback(self, is_allowed: bool) -> None:
        """Whether servers on this computer, such as Ollama, may be asked while Offline Mode is on."""
        try:
            await self._preferences.change(is_loopback_allowed=is_allowed)
        finally:
            self._offline_gate.apply()

    @action("offline:link", str)
    def link(self, address: str) -> None:
        """A link that leads away was clicked."""
        host = urlsplit(address).hostname or address
        self._gate.refuse(host, Text("offline.a_link"))
        text, cure = Text("offline.link_refused", host=host), Text("offline.link_refused_cure")
        self._notices.show(Shown("offline-link", text, cure, "info", (OPEN_PRIVACY,)))

    @action("offline:refused", str)
    def refused(self, host: str) -> None:
        """The service worker refused a request that did not come from Python."""
        self._gate.refuse(host, Text("offline.the_page"))
