"""The part of the check against a real server that runs in a real Chromium."""

from __future__ import annotations

from pathlib import Path


def in_browser(url: str, gguf: Path) -> list[str]:
    """Run the page against the server at `url` with a GGUF file; the names of what passed, none where nothing ran.

    Raises AssertionError with what failed."""
    return []
