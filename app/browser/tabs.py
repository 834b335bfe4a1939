"""The other open pages of this app: names held by one page at a time, and messages between them.

tabs = BrowserTabs("drleelm", "models")
if await tabs.claim("gemma-3n-e2b"): ...         # until tabs.release(...), or until this page is gone
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pyodide.ffi import create_proxy
from pyscript.js_modules import tabs

from app.core.ports import Json
from app.core.reading import Unreadable, read_json


class BrowserTabs:
    """The `Tabs` port over Web Locks and a BroadcastChannel. `app` is the app's name, as the page tells it, and `topic`
    is what is told over the channel. The names that are held are models' ids, each the same lock for every topic."""

    def __init__(self, app: str, topic: str) -> None:
        self._app = app
        self._channel: Any = tabs.channel(app, topic)
        self._proxy: Any = None

    async def claim(self, name: str) -> bool:
        """Hold a name if no other page does."""
        return bool(await tabs.claim(self._app, name))

    async def wait(self, name: str) -> None:
        """Hold a name as soon as it is free."""
        waiting = tabs.wait(self._app, name)
        is_held = False
        try:
            is_held = bool(await waiting.held)
        finally:
            if not is_held:
                waiting.stop()

    def release(self, name: str) -> None:
        """Let go of a name."""
        tabs.release(self._app, name)

    def tell(self, message: Json) -> None:
        """Send something to the other pages."""
        self._channel.postMessage(json.dumps(dict(message)))

    def listen(self, handler: Callable[[dict[str, Any]], None]) -> None:
        """Give every message of another page to `handler`, for as long as this page lives."""

        def heard(event: Any) -> None:
            with suppress(Unreadable):  # any page of this origin can say something on a channel
                if isinstance(message := read_json(event.data), dict):
                    handler(message)

        self._proxy = create_proxy(heard)
        self._channel.onmessage = self._proxy
