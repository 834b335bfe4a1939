"""The watching itself: what goes wrong anywhere in a page must be seen, or every other test is blind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.driver import NATIVE_LOG, App, wait_until
from tests.browser.site import serving_folder

MakePage = Callable[[str], App]
READY = "document.documentElement.dataset.ready = ''"


@pytest.fixture
def open_script(no_webgpu: Browser, tmp_path: Path) -> Iterator[MakePage]:
    """Open a page that runs a script, with two nested workers at hand: `outer.js` starts `inner.js`."""
    (tmp_path / "inner.js").write_text("console.error('inner'); postMessage('done')")
    (tmp_path / "outer.js").write_text("new Worker('inner.js').onmessage = () => postMessage('done')")
    contexts = []
    with serving_folder(tmp_path) as url:

        def open_script(script: str) -> App:
            body = f'<link rel="icon" href="data:,"><script type="module">{script}</script>'
            (tmp_path / "index.html").write_text(f"<!doctype html><html>{body}</html>")
            contexts.append(no_webgpu.new_context())
            app = App(contexts[-1], url)
            app.open()
            return app

        yield open_script
        for context in contexts:
            context.close()


def test_a_page_without_trouble_has_no_problems(open_script: MakePage) -> None:
    assert open_script(f"console.warn('only a warning'); {READY}").problems == []


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("console.error('of the page'); {ready}", "console error: of the page"),
        ("setTimeout(() => {{ throw new Error('late') }}); setTimeout(() => {{ {ready} }}, 200)", "uncaught: late"),
        ("Promise.reject(new Error('lost')); setTimeout(() => {{ {ready} }}, 200)", "uncaught: lost"),
        ("new Worker('inner.js').onmessage = () => setTimeout(() => {{ {ready} }}, 200)", "console error: inner"),
        ("new Worker('outer.js').onmessage = () => setTimeout(() => {{ {ready} }}, 200)", "console error: inner"),
        ("fetch('http://127.0.0.1:9/').catch(() => {{ {ready} }})", "a request left the origin: http://127.0.0.1:9/"),
        ("await fetch('./nothing'); {ready}", "404"),
    ],
)
def test_what_goes_wrong_is_seen(open_script: MakePage, script: str, problem: str) -> None:
    app = open_script(script.format(ready=READY))
    wait_until(app.page, lambda: any(problem in seen for seen in app.problems))


def test_a_provoked_error_can_be_allowed(open_script: MakePage) -> None:
    app = open_script("window.go = () => console.error('on purpose'); " + READY)
    app.allow("on purpose")
    with app.page.expect_console_message():
        app.page.evaluate("window.go()")
    assert app.problems == []


@pytest.mark.parametrize(("kind", "has_adapter"), [("no_webgpu", False), ("webgpu", True)])
def test_the_two_browsers_differ_in_their_graphics(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, has_adapter: bool
) -> None:
    browser: Browser = request.getfixturevalue(kind)
    (tmp_path / "index.html").write_text("<!doctype html><title>empty</title>")
    with serving_folder(tmp_path) as url, browser.new_page() as page:
        page.goto(url)
        assert page.evaluate("async () => !!await navigator.gpu.requestAdapter()") == has_adapter


@pytest.mark.parametrize(
    ("line", "is_native"),
    [
        ("INFO: [cpu_registry.cc:75] Registered", True),
        ("W1122 21:41:10.123000       1 tasks.cc:593] Something", True),
        ("I1122 21:41:10.123000 1 llm_engine.cc:12] Something", True),
        ("E1122 21:41:10.123000       1 calculator.cc:1] Failed", False),
        ("TypeError: undefined is not a function", False),
        ("INFORMATION: nothing of the kind", False),
    ],
)
def test_only_the_engines_own_log_format_is_let_through(line: str, is_native: bool) -> None:
    assert bool(NATIVE_LOG.match(line)) == is_native
