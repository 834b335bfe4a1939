"""Pictures of every page and state for looking at: `python -m tests pictures FOLDER`.

    models-discover-dark-390.png             # state, light or dark, width in CSS pixels

Everything runs on fakes, in one browser. A state that the page does not have (yet) is named and left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.driver import App
from tests.browser.site import serving
from tests.browser.states import State, Visit, show, visits
from tests.environment import QUIET_FLAGS, find_chromium
from tests.ollama.stand_in import StandIn

HEIGHTS = {390: 844, 768: 1024, 1280: 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 5000
PATIENCE_MS = 10_000  # for one step of a state
#: How much taller the window must be to show all that scrolls in the page on show.
HIDDEN = """() => Math.max(0, ...[...document.querySelectorAll('#main, #main *')]
  .filter(one => one.clientHeight > 300 && /auto|scroll/.test(getComputedStyle(one).overflowY))
  .map(one => one.scrollHeight - one.clientHeight))"""


def resize(page: Page, width: int, height: int) -> None:
    """Another size of the window, once it is drawn."""
    page.set_viewport_size(ViewportSize(width=width, height=height))
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def shoot(page: Page, state: State, folder: Path) -> int:
    """The pictures of a state that is on show; returns how many."""
    count = 0
    for width in state.widths:
        resize(page, width, HEIGHTS[width])
        if state.is_tall:
            resize(page, width, min(TALLEST, HEIGHTS[width] + int(page.evaluate(HIDDEN))))
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=folder / f"{state.name}-{scheme}-{width}.png", animations="disabled")
            count += 1
    return count


def why_not(error: Exception) -> str:
    """What a step waited for in vain."""
    lines = [line.strip(" -") for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("waiting for")), lines[0])


def take(browser: Browser, url: str, visit: Visit, folder: Path, only: str) -> tuple[int, list[str]]:
    """The pictures of one visit: how many, and what was left out or went wrong."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC", reduced_motion="reduce")
    app = App(context, url)
    app.open(visit.path)
    context.set_default_timeout(PATIENCE_MS)
    count, left_out = 0, []
    for state in visit.states:
        resize(app.page, state.widths[0] if len(state.widths) < len(HEIGHTS) else 1280, 800)
        try:
            show(app, visit, state)
            if only in state.name:
                count += shoot(app.page, state, folder)
        except (PlaywrightError, AssertionError) as error:
            left_out.append(f"{state.name}: {why_not(error)}")
            print(f"left out: {left_out[-1]}", flush=True)
    asked = "a request left the origin: http://127.0.0.1"  # the stand-in for Ollama
    left_out += [f"{visit.path or 'the app'}: {problem}" for problem in app.problems if not problem.startswith(asked)]
    context.close()
    return count, left_out


def tour(folder: Path, only: str = "") -> int:
    """All pictures into a folder, or those with `only` in their name; 0 if there is none that was left out."""
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    count, left_out = 0, list[str]()
    with serving() as site, StandIn() as ollama, sync_playwright() as playwright:
        for name in ("llama3.2:3b", "qwen3:8b", "nomic-embed-text:latest"):
            ollama.install(name)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*QUIET_FLAGS])
        for visit in visits(ollama.url):
            if any(only in state.name for state in visit.states):
                taken, problems = take(browser, site.url, visit, folder, only)
                count, left_out = count + taken, left_out + problems
        browser.close()
    print(f"{count} pictures in {folder}")
    for line in left_out:
        print(f"  left out or wrong: {line}")
    return 1 if left_out else 0
