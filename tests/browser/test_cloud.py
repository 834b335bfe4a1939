"""Cloud services as a person meets them: a key is entered, models are picked, a question is answered and counted."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Locator, expect

from tests.browser.conftest import Site
from tests.browser.driver import App
from tests.browser.driver import problems_of
from tests.cloud.mock import mocks
from tests.environment import QUIET_FLAGS

KEY = "sk-browser-0123456789abcdef-3f9a"
TEXT = "The capital of France is Paris, and it has been for a very long time."


class Mock:
    """llmock, as a test speaks with it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def admin(self, path: str, body: object = None) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(self.url + "/_llmock" + path, data=sent, headers={"content-type": "application/json"})
        with urllib.request.urlopen(asked) as reply:
            return json.loads(reply.read())

    def script(self, *behaviors: dict[str, Any]) -> None:
        self.admin("/reset", {})
        self.admin("/scenario", {"behaviors": [{"type": "reply", "text": TEXT, "times": None}, *behaviors]})


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Mock, Mock]]:
    with mocks(1, exposes=True) as [(fast, slow)]:
        yield Mock(fast), Mock(slow)


Make = Callable[[], App]


@pytest.fixture
def make(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    site: Site,
    tmp_path: Path,
) -> Iterator[Make]:
    apps: list[App] = []

    def start() -> App:
        options = {**browser_type_launch_args, **browser_context_args}
        options["args"] = [*QUIET_FLAGS, "--host-resolver-rules=MAP llm.lan 127.0.0.1"]
        apps.append(App(browser_type.launch_persistent_context(tmp_path / "profile", **options), site.url))
        return apps[-1]

    yield start
    for app in apps:
        app.context.close()
    assert problems_of(apps) == []


def group(app: App) -> Locator:
    return app.page.get_by_role("group", name="Cloud providers and keys")


def test_look(make: Make, pair: tuple[Mock, Mock]) -> None:
    app = make()
    fast, _ = pair
    fast.script()
    app.allow(re.escape(fast.url), "llm.lan")
    app.open()
    app.go("Settings")
    expect(group(app)).to_be_visible()
    own = group(app).get_by_role("form", name="Add a server")
    own.get_by_label("Server address").fill(fast.url)
    own.get_by_label("Key (optional)").fill(KEY)
    own.get_by_role("button", name="Add server").click()
    server = group(app).get_by_role("article", name=re.compile("127.0.0.1"))
    expect(server).to_be_visible()
    server.locator("summary").click()
    app.page.wait_for_timeout(2000)
    group(app).get_by_role("article", name="OpenRouter").locator("summary").click()
    group(app).screenshot(path="/tmp/cloud1.png")
    app.page.set_viewport_size({"width": 1280, "height": 6000})
    group(app).screenshot(path="/tmp/cloud1.png")
    app.page.set_viewport_size({"width": 360, "height": 8000})
    app.page.emulate_media(color_scheme="dark")
    group(app).screenshot(path="/tmp/cloud2.png")
    print(group(app).inner_text())
