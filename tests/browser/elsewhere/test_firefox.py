"""Firefox as it is installed here, and Firefox as it was before 153."""

from __future__ import annotations

import pytest

from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.steps import Steps
from tests.browser.site import Site


class TestFirefox(Steps):
    """Today's: it has JSPI and Memory64."""

    browser = "firefox"


@pytest.mark.slow
class TestFirefoxWithoutJspi(Steps):
    """The other builds of the engines."""

    browser = "firefox"
    options = ("--without-jspi",)

    def test_the_switch_works(self, there: OtherPage, site: Site) -> None:
        there.open(site.url)
        assert there.run("return 'Suspending' in WebAssembly;") is False
