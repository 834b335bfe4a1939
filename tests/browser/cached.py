"""One browser context for many tests: what a first visit has cached stays, what a person made goes.

cached = Cached(browser.new_context())
app = cached.app(url)               # a page that was not opened yet
cached.clear(app)                   # its pages are shut, its data is deleted
"""

from __future__ import annotations

from typing import NoReturn

from playwright.sync_api import BrowserContext

from tests.browser.driver import App

#: what a test would leave behind in the context for all later ones
LASTING = ("route", "add_init_script", "add_cookies", "expose_binding", "expose_function", "grant_permissions",
           "set_extra_http_headers", "set_geolocation", "set_offline")  # fmt: skip
#: data that the browser keeps for the origin, but for the caches and the service worker that answers from them
MADE = "indexeddb,local_storage,file_systems"

#: the service worker keeps the mode beside the files of the page, and in its memory (static/js/sw/offline.js)
END_OFFLINE_MODE = """async () => {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise(resolve => { port1.onmessage = resolve; });
  worker.postMessage({ type: 'offline', mode: '' }, [port2]);
  await done;
}"""


class Cached:
    """The context, and the app that uses it now."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        for name in LASTING:
            setattr(context, name, refuse)

    def app(self, url: str) -> App:
        """A page of the app for one test."""
        return App(self.context, url)

    def clear(self, app: App) -> None:
        """Shut every page, then delete what they kept: a page that is open might write it again."""
        last = self.context.new_page()
        for page in self.context.pages:
            if page is not last:
                page.evaluate(END_OFFLINE_MODE)
                page.close()
        app.release()
        session = self.context.new_cdp_session(last)
        origin = app.url[: app.url.index("/", len("https://"))]
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": MADE})
        session.detach()


def refuse(*_args: object, **_options: object) -> NoReturn:
    """A shared context stays as it is: use `make_app` for a test that changes it."""
    raise AssertionError(refuse.__doc__)
