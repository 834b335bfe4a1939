"""The page in every kind of browser, driven in one way: people use more than today's Chromium."""
