"""Drives WebKitGTK, the WebKit of Linux, by GObject introspection: run by the system's own Python under Xvfb.

It lacks JSPI, Memory64, WebGPU and `navigator.storage`, as some Safaris do, which makes it worth asking.
"""

from __future__ import annotations

import json
import tempfile
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402 - the versions are named first

from tests.browser.elsewhere.lines import LOOPBACK, read_options, serve  # noqa: E402

#: Tells us what goes wrong in a page. Printing it instead would end up among our answers.
LISTEN = """
const tell = text => webkit.messageHandlers.problem.postMessage(String(text));
addEventListener('error', event => tell(`uncaught: ${event.message}`));
addEventListener('unhandledrejection', event => tell(`uncaught: ${event.reason}`));
const write = console.error;
console.error = (...words) => { tell(`console error: ${words.join(' ')}`); write.apply(console, words); };
"""


class WebKitTab:
    """One window with one view."""

    def __init__(self, options: Namespace) -> None:
        self._problems: list[str] = []
        self._is_loading = False
        self._path = ""
        content = WebKit2.UserContentManager()
        content.connect("script-message-received::problem", self._on_problem)
        content.register_script_message_handler("problem")
        content.add_script(WebKit2.UserScript.new(LISTEN, 1, 0, None, None))  # every frame begins with it
        self._view = WebKit2.WebView(web_context=_context(options), user_content_manager=content)
        self._view.connect("load-changed", self._on_load)
        self._view.connect("load-failed", self._on_failure)
        self._view.connect("run-file-chooser", self._on_chooser)
        window = Gtk.Window(default_width=1280, default_height=800)
        window.add(self._view)
        window.show_all()

    def _on_problem(self, _: object, message: Any) -> None:
        self._problems.append(message.get_js_value().to_string())

    def _on_load(self, _: object, event: object) -> None:
        if event == WebKit2.LoadEvent.FINISHED:
            self._is_loading = False

    def _on_failure(self, _view: object, _event: object, url: str, error: Any) -> None:
        self._problems.append(f"{url} did not load: {error.message}")

    def _on_chooser(self, _: object, request: Any) -> bool:
        request.select_files([self._path])
        self._path = ""
        return True

    def _wait(self, is_done: Callable[[], bool]) -> None:
        while not is_done():
            GLib.MainContext.default().iteration(True)

    def open(self, url: str) -> None:
        """Load a page and wait until it has loaded."""
        self._is_loading = True
        self._view.load_uri(url)
        self._wait(lambda: not self._is_loading)

    def run(self, source: str) -> Any:
        """Run the body of an asynchronous function."""
        results: list[Any] = []
        on_end = lambda view, result: results.append(result)  # noqa: E731 - GObject wants a plain callable
        self._view.call_async_javascript_function(source, -1, None, None, None, None, on_end)
        self._wait(lambda: bool(results))
        value = self._view.call_async_javascript_function_finish(results[0])
        return None if value.is_undefined() else json.loads(value.to_json(0))

    def choose(self, field: str, path: str) -> None:
        """Press the field, and answer the window that WebKit would show."""
        self._path = path
        self.run(f"document.getElementById({json.dumps(field)}).click();")
        self._wait(lambda: not self._path)

    def problems(self) -> list[str]:
        """What went wrong so far."""
        return self._problems


def _context(options: Namespace) -> Any:
    """What the view keeps and whom it asks: a profile on disk, since one that forgets all refuses to keep models."""
    folder = options.profile or tempfile.mkdtemp()
    manager = WebKit2.WebsiteDataManager(base_data_directory=folder, base_cache_directory=str(Path(folder) / "cache"))
    if options.proxy:
        proxy = WebKit2.NetworkProxySettings.new(f"http://127.0.0.1:{options.proxy}", list(LOOPBACK))
        manager.set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, proxy)
    return WebKit2.WebContext.new_with_website_data_manager(manager)


if __name__ == "__main__":
    serve(WebKitTab(read_options()))
