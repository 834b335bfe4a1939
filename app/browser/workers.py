"""Starting a worker: its first answer, or the news that its script did not run.

    worker = workers.start(url)
    await first_answer(worker, comlink.wrap(worker).load(), seconds=60)

A worker whose script fails never answers: only its `error` event tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from app.browser.ffi import callback
from app.browser.pace import first_of


class DidNotStart(Exception):
    """The worker's script could not be fetched, or failed before it could answer."""


async def first_answer(worker: Any, call: Awaitable[Any], seconds: float) -> Any:
    """What the first call to a fresh worker gives.

    Raises DidNotStart, TimeoutError, and what the call itself does (JsException).
    """
    failed = asyncio.get_running_loop().create_future()
    with callback(lambda event: None if failed.done() else failed.set_result(event)) as on_error:
        worker.addEventListener("error", on_error)
        asking = asyncio.ensure_future(call)
        try:
            await first_of({asking, failed}, seconds)
            if not asking.done():
                raise DidNotStart
            return asking.result()
        finally:
            worker.removeEventListener("error", on_error)
            failed.cancel()
            asking.cancel()
