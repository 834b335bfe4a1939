"""A page in a fresh profile of the browser that a test names, the proxy that counts for it, and its site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.proxy import CountingProxy, counting
from tests.browser.elsewhere.served import Served, serving_to
from tests.browser.elsewhere.variants import Variant
from tests.other_browsers import ensure_browser

ELSEWHERE = "foreign.example"
#: Asked by the page itself, past everything that Python decides, so that the proxy's silence means something.
ASK_ELSEWHERE = "await fetch(`http://${host}/`, { mode: 'no-cors' }).then(() => {}, () => {});"


@pytest.fixture
def proxy() -> Iterator[CountingProxy]:
    """Whom the browser asks besides this computer."""
    with counting() as proxy:
        yield proxy


@pytest.fixture
def there(variant: Variant, proxy: CountingProxy, tmp_path: Path) -> Iterator[OtherPage]:
    """The page in this browser, nothing opened yet. At the end there was no error in it and no request to anybody else;
    and the proxy would have told of one."""
    driver = ensure_browser(variant.browser)
    page = OtherPage([*driver, "--profile", str(tmp_path / "profile"), "--proxy", str(proxy.port), *variant.options])
    try:
        yield page
        assert page.problems() == []
        assert proxy.asked == []
        page.run(ASK_ELSEWHERE, host=ELSEWHERE)
        assert proxy.asked == [ELSEWHERE]
    finally:
        page.close()


@pytest.fixture
def served(variant: Variant, tmp_path: Path) -> Iterator[Served]:
    """The site for this browser."""
    with serving_to(variant, tmp_path / "lesser") as served:
        yield served
