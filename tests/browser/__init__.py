"""The page in a real Chromium. `site.py` serves it, `driver.py` works it, `conftest.py` has the fixtures."""
