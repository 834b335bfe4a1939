"""A page in a fresh profile of the browser that a test's class names, and the proxy that counts for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.proxy import CountingProxy, counting
from tests.other_browsers import ensure_browser


@pytest.fixture
def proxy() -> Iterator[CountingProxy]:
    """Whom the browser asks besides this computer."""
    with counting() as proxy:
        yield proxy


@pytest.fixture(scope="class")
def driver(request: pytest.FixtureRequest) -> list[str]:
    """The program that drives the browser of this class."""
    return ensure_browser(request.cls.browser)


@pytest.fixture
def there(
    request: pytest.FixtureRequest, driver: list[str], proxy: CountingProxy, tmp_path: Path
) -> Iterator[OtherPage]:
    """The page in this browser, nothing opened yet."""
    page = OtherPage([*driver, "--profile", str(tmp_path), "--proxy", str(proxy.port), *request.cls.options])
    yield page
    page.close()
