"""What a person does with Offline Mode: switch it, decide about this computer's own servers, meet a refusal."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from app.core.actions import action
from app.session.state import Shown


class Actions:
    """The actions `offline:*`."""

    def __init__(self, session: Any) -> None:
        self._session = session

    @action("offline:switch", bool)
    async def switch(self, is_on: bool) -> None:
        """Shut the gate, or open it. What is being fetched from elsewhere stops, and what has arrived is kept."""
        session, since = self._session, self._session.clock.now()
        if is_on:
            await session.stop_transfers()
        try:
            await session.change(is_offline_mode=is_on, offline_since=since if is_on else 0.0)
        finally:
            session.apply_offline_mode()

    @action("offline:loopback", bool)
    async def loopback(self, is_allowed: bool) -> None:
        """Whether servers on this computer, such as Ollama, may be asked while Offline Mode is on."""
        try:
            await self._session.change(is_loopback_allowed=is_allowed)
        finally:
            self._session.apply_offline_mode()

    @action("offline:link", str)
    def link(self, address: str) -> None:
        """A link that leads away was clicked."""
        host = urlsplit(address).hostname or address
        self._session.gate.refuse(host, "a link")
        words = f"Offline Mode is on, so the link to {host} was not followed."
        button = ("Open Settings", "page:visit", "#/settings")
        self._session.notify(Shown("offline-link", words, "Switch Offline Mode off to follow it.", "info", (button,)))

    @action("offline:refused", str)
    def refused(self, host: str) -> None:
        """The service worker refused a request that did not come from Python."""
        self._session.gate.refuse(host, "the page")
