"""Settings for every test. What the browser tests share stands in `tests/browser/conftest.py`."""

from __future__ import annotations

import pytest

from tests.words import speak_english

speak_english()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: Playwright keeps an event loop open, and the units start loops of their own."""
    items.sort(key=lambda item: "browser" in item.path.parts)
