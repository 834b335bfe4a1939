"""The start: what a person sees before Python is there, and where it can never come."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Route, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.browser.site import PlainHandler, Site, serving_folder
from tests.environment import PAGE_FLAGS, ROOT, find_chromium

SHELL_ONLY = (
    "index.html",
    "pyscript.toml",
    "app/main.py",
    "static/vendor/scripts/app.css",
    "static/manifest.webmanifest",
)


def test_the_shell_is_painted_and_typable_before_any_python_is_fetched(app: App) -> None:
    held: list[Route] = []
    asked: list[str] = []
    app.page.on("request", lambda request: asked.append(request.url))
    app.page.route(re.compile(r"/vendor/py(script|odide)/"), lambda route: held.append(route))
    app.open("?demo&tokens=20&rate=400", ready=False)
    app.page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    message = app.page.get_by_role("textbox", name="Message")
    message.fill("typed early")
    expect(app.page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_count(4)
    assert not any(url.endswith((".wasm", ".zip")) for url in asked)
    app.page.unroute(re.compile(r"/vendor/py(script|odide)/"))  # lets the held ones go on
    app.wait_ready()
    expect(message).to_have_value("typed early")


def test_nothing_jumps_when_python_takes_over(app: App) -> None:
    where = "() => ['message', 'top', 'nav'].map(id => document.getElementById(id).getBoundingClientRect().top)"
    app.open("?demo", ready=False)
    app.page.get_by_role("textbox", name="Message").wait_for()
    before = app.page.evaluate(where)
    app.wait_ready()
    assert app.page.evaluate(where) == before


def test_an_unprepared_copy_explains_itself(make_app: MakeApp, tmp_path: Path) -> None:
    for name in SHELL_ONLY:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "static" / "js", tmp_path / "static" / "js")
    shutil.copytree(ROOT / "static" / "icons", tmp_path / "static" / "icons")
    with serving_folder(tmp_path, PlainHandler) as url:
        app = make_app(url)
        app.allow("404", "Failed to fetch dynamically imported module", "net::ERR")
        app.open(ready=False)
        expect(app.page.get_by_role("alert").filter(has_text="python serve.py")).to_be_visible()
        app.page.goto("about:blank")


def test_without_webassembly_the_page_says_so(app: App) -> None:
    app.allow("WebAssembly")
    app.page.add_init_script("delete globalThis.WebAssembly")
    app.open(ready=False)
    expect(app.page.get_by_role("alert").filter(has_text="WebAssembly switched off")).to_be_visible()
    app.page.goto("about:blank")


@pytest.mark.parametrize(
    ("address", "flags", "words"),
    [
        ((ROOT / "index.html").as_uri(), (), "python serve.py"),
        ("", ("--blink-settings=scriptEnabled=false",), "scripts are off"),
    ],
)
def test_where_no_script_runs_it_says_so(
    browser_type: BrowserType, site: Site, address: str, flags: tuple[str, ...], words: str
) -> None:
    browser = browser_type.launch(executable_path=find_chromium(), args=[*PAGE_FLAGS, *flags])
    page = browser.new_page()
    page.goto(address or site.url)
    expect(page.locator(".notice").filter(has_text=words)).to_be_visible()
    browser.close()
