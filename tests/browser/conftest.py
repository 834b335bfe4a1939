"""What the browser tests share, on top of pytest-playwright's own fixtures.

`app` is the page in a fresh context of a Chromium without WebGPU, as most machines of a school have it; `gpu_app` the
same with WebGPU in software. Both fail the test at its end on any console error, uncaught exception or request that
left the origin. `make_app` makes further ones, `make_profile` ones that survive a restart of the browser. Where a test
is marked `warm`, `app` is a later visit: the files of the page are cached, and nothing that a person made is there. It
starts in half the processor time, so tests of what the page does, not of how it starts, are marked. A first visit also
keeps all files of the page (5 s of a processor): those that need a context of their own and look at something else
block the service worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from static.js.build.prepare import install_packages
from tests.browser.cached import Cached
from tests.browser.driver import LIMIT_MS, App, problems_of
from tests.browser.liar import Liar, lying
from tests.browser.python_worker import PythonWorker, worker_folder
from tests.browser.site import Site, publish, serving, serving_folder
from tests.environment import PAGE_FLAGS, ROOT, WEBGPU_FLAGS, find_chromium

AXE = ROOT / "tests" / "fixtures" / "axe"

expect.set_options(timeout=LIMIT_MS)


class MakeApp(Protocol):
    """`make_app(url=..., webgpu=True, offline=True, ...)`: further words go to Playwright's `new_context`."""

    def __call__(self, url: str | None = None, *, webgpu: bool = False, **context: Any) -> App: ...


class MakeProfile(Protocol):
    """`make_profile()`: a browser with a profile on disk. Close `app.context` and call it again: a restart."""

    def __call__(self, name: str = "profile", *, url: str | None = None, webgpu: bool = False) -> App: ...


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of this machine, and keep it quiet."""
    chromium = find_chromium()
    assert chromium is not None, "no Chromium: `python -m tests browser` finds or installs one"
    return {"executable_path": str(chromium), "args": list(PAGE_FLAGS), **browser_type_launch_args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """One size, one language and one time zone for all, so that no test hangs on the machine's own."""
    return {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "timezone_id": "UTC", **browser_context_args}


@pytest.fixture(scope="session")
def no_webgpu(browser: Browser) -> Browser:
    """A Chromium whose `requestAdapter()` gives null."""
    return browser


@pytest.fixture(scope="session")
def webgpu(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """A Chromium with WebGPU in software (no f16)."""
    browser = launch_browser(args=[*PAGE_FLAGS, *WEBGPU_FLAGS])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The repository behind `serve.py`, shared by all tests: do not stop it, use `own_site` for that."""
    with serving() as running:
        yield running


@pytest.fixture
def own_site() -> Iterator[Site]:
    """A server of the test's own, which it may stop and start again."""
    with serving() as running:
        yield running


@pytest.fixture
def liar() -> Iterator[Liar]:
    """A server of model files on another origin, which does to them what the test says."""
    with lying() as server:
        yield server


@pytest.fixture(scope="session")
def published_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The published folder, deep under the root of a server that sends no special headers: its address."""
    root = tmp_path_factory.mktemp("published")
    publish(root / "some" / "sub" / "path")
    with serving_folder(root) as url:
        yield url + "some/sub/path/"


@pytest.fixture
def make_app(request: pytest.FixtureRequest, browser_context_args: dict[str, Any], site: Site) -> Iterator[MakeApp]:
    """Makes pages in fresh contexts and checks them all at the end."""
    apps: list[App] = []

    def make(url: str | None = None, *, webgpu: bool = False, **context: Any) -> App:
        browser: Browser = request.getfixturevalue("webgpu" if webgpu else "no_webgpu")
        apps.append(App(browser.new_context(**{**browser_context_args, **context}), url or site.url))
        return apps[-1]

    yield make
    for app in apps:
        app.context.close()
    assert problems_of(apps) == []


@pytest.fixture(scope="session")
def cached(no_webgpu: Browser, browser_context_args: dict[str, Any]) -> Iterator[Cached]:
    """The context that tests marked `warm` use one after the other."""
    cached = Cached(no_webgpu.new_context(**browser_context_args))
    yield cached
    cached.context.close()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Iterator[App]:
    """The page in a Chromium without WebGPU, not opened yet."""
    if request.node.get_closest_marker("warm") is None:
        make: MakeApp = request.getfixturevalue("make_app")
        yield make()
        return
    cached: Cached = request.getfixturevalue("cached")
    site: Site = request.getfixturevalue("site")
    app = cached.app(site.url)
    yield app
    cached.clear(app)
    assert app.problems == []


@pytest.fixture
def gpu_app(make_app: MakeApp) -> App:
    """The page in a Chromium with WebGPU in software, not opened yet. No service worker keeps its files meanwhile."""
    return make_app(webgpu=True, service_workers="block")


@pytest.fixture
def make_profile(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    site: Site,
    tmp_path: Path,
) -> Iterator[MakeProfile]:
    """Makes browsers with a profile on disk, for restarts and for running without a server."""
    apps: list[App] = []

    def make(name: str = "profile", *, url: str | None = None, webgpu: bool = False) -> App:
        options = {**browser_type_launch_args, **browser_context_args}
        if webgpu:
            options["args"] = [*PAGE_FLAGS, *WEBGPU_FLAGS]
        context = browser_type.launch_persistent_context(tmp_path / name, **options)
        apps.append(App(context, url or site.url))
        return apps[-1]

    yield make
    for app in apps:
        app.context.close()
    assert problems_of(apps) == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules, as one script."""
    install_packages(AXE, "the accessibility rules")
    return (AXE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def worker(request: pytest.FixtureRequest, page: Page, tmp_path: Path) -> Iterator[PythonWorker]:
    """Python in a worker, as the app's own; with the module that a test's `CONTRACT` names."""
    contracts = [request.module.CONTRACT] if hasattr(request.module, "CONTRACT") else []
    with worker_folder(tmp_path, *contracts) as url:
        worker = PythonWorker(page, url)
        yield worker
        assert worker.problems == []
