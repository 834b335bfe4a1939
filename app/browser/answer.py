"""The answer to a request to the local API, over the port on which the service worker listens (static/js/sw/api.js).

answer = PortAnswer(handle)
answer.on_stop(task.cancel)
answer.head(200, {"Content-Type": "text/event-stream"}); answer.text("data: …\n\n"); answer.end()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pyodide.ffi import create_proxy

from app.browser.ffi import js_array, js_object


class PortAnswer:
    """The `Answer` port over a MessagePort; every message is an array of a word and what belongs to it."""

    def __init__(self, handle: Any) -> None:
        self._port = handle
        self._proxy: Any = None

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Begin."""
        self._port.postMessage(js_array("head", status, js_object(headers)))

    def text(self, text: str) -> None:
        """A piece of the body."""
        self._port.postMessage(js_array("text", text))

    def end(self) -> None:
        """The answer is complete."""
        self._last("end")

    def fail(self, message: str) -> None:
        """The answer breaks off here."""
        self._last("fail", message)

    def on_stop(self, stop: Callable[[], object]) -> None:
        """The service worker says when nobody reads on; where it was ended itself, its end of the port closes. Both may
        come, and a second stop would cut the cleaning up after the first one: it is not passed on."""

        def stopped(event: Any) -> None:
            self._port.onmessage = self._port.onclose = None
            stop()

        self._proxy = create_proxy(stopped)
        self._port.onmessage = self._port.onclose = self._proxy

    def _last(self, *words: str) -> None:
        self._port.postMessage(js_array(*words))
        self._port.onmessage = self._port.onclose = None
        self._port.close()
        if self._proxy is not None:
            self._proxy.destroy()
