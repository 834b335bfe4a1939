"""WebKit: on Linux WebKitGTK, elsewhere the build that Playwright brings."""

from __future__ import annotations

from tests.browser.elsewhere.steps import Steps


class TestWebKit(Steps):
    """It has neither JSPI nor Memory64 nor a private file system."""

    browser = "webkit"
