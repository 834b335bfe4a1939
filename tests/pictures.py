"""Takes pictures from the running app.

    python -m tests pictures                  # the six of the README
    python -m tests pictures FOLDER [WORD]    # every page and state (picture_tour.py), or those with WORD in their name

The README's chat shows a real reply of the bundled model; the others run on fakes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.driver import App
from tests.browser.site import serving
from tests.browser.states import automatic_on, heading, section, tab, why
from tests.environment import QUIET_FLAGS, ROOT, WEBGPU_FLAGS, find_chromium
from tests.picture_tour import resize, tour

FOLDER = ROOT / ".github" / "pictures"
DEMO = "?demo&tokens=190&rate=4000"


def shoot(page: Page, name: str) -> None:
    """One picture of what the window shows."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    print(path.relative_to(ROOT), flush=True)


def visitor(browser: Browser, url: str, scheme: Literal["light", "dark"]) -> App:
    """A page in a context of its own."""
    context = browser.new_context(color_scheme=scheme, locale="en-GB", reduced_motion="reduce")
    app = App(context, url)
    resize(app.page, 1280, 800)
    return app


def answered(app: App) -> None:
    """A real reply, wide and on a phone; then the page of models."""
    app.open()
    app.ask("Give me three tips for remembering new words.")
    shoot(app.page, "chat-wide-light")
    resize(app.page, 390, 844)
    shoot(app.page, "chat-narrow-light")
    resize(app.page, 1280, 800)
    app.go("Models")
    heading("Local Models")(app)
    tab("On this device")(app)
    app.page.get_by_text("This device:").wait_for()
    shoot(app.page, "models-wide-light")


def chosen(app: App) -> None:
    """A reply of Automatic with its receipt."""
    app.open(f"{DEMO}#/settings/automatic")
    automatic_on(app)
    app.go("Chat")
    app.ask("Prove step by step that the square root of two is irrational.")
    why(app)
    shoot(app.page, "receipt-wide-light")


def dark(app: App) -> None:
    """A reply with everything that Markdown can hold, and Settings."""
    app.open(DEMO)
    app.ask("What is photosynthesis?")
    shoot(app.page, "demo-wide-dark")
    app.page.goto(f"{app.url}{DEMO}#/settings/privacy")
    section("Privacy & offline")(app)
    shoot(app.page, "settings-wide-dark")


def readme() -> int:
    """The six pictures of the README."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as site, sync_playwright() as playwright:
        chromium = find_chromium()
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET_FLAGS, *WEBGPU_FLAGS])
        answered(visitor(browser, site.url, "light"))
        chosen(visitor(browser, site.url, "light"))
        dark(visitor(browser, site.url, "dark"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(tour(Path(sys.argv[1]), *sys.argv[2:3]) if len(sys.argv) > 1 else readme())
