"""Takes the pictures of the README from the running app: `python -m tests pictures`.

The chat picture shows a real reply of the bundled model; the others show the page as it is on a fresh machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.driver import App
from tests.browser.site import serving
from tests.environment import QUIET_FLAGS, ROOT, WEBGPU_FLAGS, find_chromium

FOLDER = ROOT / ".github" / "pictures"
SIZES = {"wide": (1280, 800), "narrow": (360, 740)}


def shoot(page: Page, name: str) -> Path:
    """One picture of what the window shows."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT), flush=True)
    return path


def tour(app: App, suffix: str) -> None:
    """A reply of the bundled model, a reply with everything that Markdown can hold, the other pages."""
    app.open()
    app.ask("Give me three tips for remembering new words.")
    shoot(app.page, f"chat-{suffix}")
    app.go("Models")
    app.page.get_by_role("heading", name="Local Models").wait_for()
    shoot(app.page, f"models-{suffix}")
    app.go("Settings")
    app.page.get_by_role("heading", name="Settings", exact=True).wait_for()
    shoot(app.page, f"settings-{suffix}")
    app.open("?demo&tokens=190&rate=4000")
    app.ask("What is photosynthesis?")
    shoot(app.page, f"demo-{suffix}")
    receipt(app)
    shoot(app.page, f"receipt-{suffix}")


def receipt(app: App) -> None:
    """A reply of Automatic with its receipt unfolded."""
    app.settings("Models & Automatic").get_by_role("switch", name="Smart routing").check()
    app.go("Chat")
    app.ask("Prove step by step that the square root of two is irrational.")
    app.answers.last.get_by_text("Details", exact=True).click()
    app.answers.last.get_by_role("region", name="Routing receipt").scroll_into_view_if_needed()


def main() -> int:
    """All sizes, light and dark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as site, sync_playwright() as playwright:
        chromium = find_chromium()
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET_FLAGS, *WEBGPU_FLAGS])
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                viewport = {"width": width, "height": height}
                context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB")  # type: ignore[arg-type]
                tour(App(context, site.url), f"{size}-{scheme}")
                context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
