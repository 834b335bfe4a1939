"""Packages that the page's Python imports only when it needs them: set-up has compiled their wheels.

await bring("http://localhost:8000/", "fsrs")       # from static/vendor/packages/; then `import fsrs`
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import js
from pyodide.ffi import JsException

from app.browser.ffi import text_of
from app.core.errors import Interrupted

NEEDS = {"fsrs": ("typing_extensions",)}


async def bring(base: str, name: str) -> None:
    """Make a package importable, with what it needs. Raises Interrupted where it cannot be fetched."""
    for one in (*NEEDS.get(name, ()), name):
        path = f"{one}.zip"
        if path in sys.path:
            continue
        try:
            response = await js.fetch(f"{base}static/vendor/packages/{path}")
            data = (await response.arrayBuffer()).to_bytes()
        except JsException as error:
            raise Interrupted(detail=text_of(error)) from error
        if not response.ok:
            raise Interrupted(detail=f"{path}: {response.status}")
        _put(path, data)


def _put(path: str, data: bytes) -> None:
    Path(path).write_bytes(data)  # into memory
    sys.path.append(path)
    importlib.invalidate_caches()
