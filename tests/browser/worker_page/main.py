"""Runs the Python that a browser test sends, inside the same kind of worker as the app: `await sync.run(source)`."""

import json

from pyodide.code import eval_code_async
from pyscript import sync

from app.core.errors import AppError


async def run(source: str, base: str) -> str:
    """The value of the last line, as JSON. `BASE` is the page's address: a worker's relative ones start elsewhere."""
    try:
        return json.dumps({"value": await eval_code_async(source, {"BASE": base})})
    except AppError as error:
        kind = type(error).__name__
        return json.dumps({"error": kind, "message": error.message, "cure": error.cure, "detail": error.detail})


sync.run = run
sync.ready()
