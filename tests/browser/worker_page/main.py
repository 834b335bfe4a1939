"""Runs the Python that a browser test sends, inside the same kind of worker as the app: `await sync.run(source)`."""

import json

from pyodide.code import eval_code_async
from pyscript import sync

import app
from app.core.errors import AppError
from app.ui.words import use, words


async def run(source: str, base: str) -> str:
    """The value of the last line, as JSON. `BASE` is the page's address: a worker's relative ones start elsewhere."""
    try:
        return json.dumps({"value": await eval_code_async(source, {"BASE": base})})
    except AppError as error:
        kind = type(error).__name__
        message, cure = words(error.message), words(error.cure)
        return json.dumps({"error": kind, "message": message, "cure": cure, "detail": error.detail})


use("en", lambda table: json.loads(app.packed(f"ui/words/{table}.json")))
sync.run = run
sync.ready()
