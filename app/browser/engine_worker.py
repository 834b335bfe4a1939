"""One classic worker that holds one engine (static/js/workers/engine.js), as Python sees it.

    worker = EngineWorker(base)
    await worker.load("wllama", "wllama-3.13.0", [blob], {"n_ctx": 4096}, seconds=60, tell=print)   # each LoadPhase
    async for piece in worker.run({"messages": [...]}, first_seconds=180, seconds=60): ...
    worker.end()

Text and thinking arrive on a port of their own, nothing waits for an answer. A run that is closed early tells the
engine to stop and returns at once; the next run waits until the engine has come to rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import js
from pyodide.ffi import JsException
from pyscript.js_modules import comlink, workers

from app.browser.ffi import callback, js_array, js_object, text_of
from app.browser.inbox import Inbox
from app.browser.pace import first_of
from app.browser.workers import DidNotStart, first_answer
from app.core.engine_errors import Doing, engine_error, load_timed_out, reply_timed_out
from app.core.errors import AppError
from app.core.ports import TellPhase
from app.core.values import Counted, Delta, LoadPhase, Thought, Used

# A stopped engine finishes its step first: llama.cpp a batch of the prompt (`WLLAMA_BATCH`), for which the largest file
# that it takes (2 GB) needs 20 s where one of 100 MB needs one; the others a token, or the whole prompt.
REST_SECONDS = 20.0


class EngineWorker:
    """Starts the worker at once; `end` terminates it and frees all its memory."""

    def __init__(self, base: str) -> None:
        self._worker = workers.start(f"{base}static/vendor/scripts/engine.js")
        self._api = comlink.wrap(self._worker)
        self._resting: asyncio.Future[Any] | None = None  # the end of a run that was closed early
        self.counts: Counted | None = None
        self.used: Used | None = None

    async def load(
        self,
        kind: str,
        folder: str,
        blobs: Sequence[object],
        options: Mapping[str, Any],
        seconds: float,
        tell: TellPhase,
    ) -> list[str]:
        """Start the engine on a model's files; gives the addresses of the app's own files that it took. `used` is set.

        Raises LoadFailed, NotSupported, TimedOut, EngineError.
        """
        channel = js.MessageChannel.new()
        try:
            with callback(lambda event: tell(LoadPhase(event.data))) as on_message:
                channel.port1.onmessage = on_message
                port = comlink.transfer(channel.port2, js_array(channel.port2))
                loading = self._api.load(kind, folder, js_array(*blobs), js_object(options), port)
                try:
                    answer = await first_answer(self._worker, loading, seconds)
                finally:
                    channel.port1.onmessage = None
                    channel.port1.close()
        except DidNotStart as error:
            raise engine_error(detail="the engine's worker did not start", doing="fetch") from error
        except TimeoutError as error:
            raise load_timed_out(seconds) from error
        except JsException as error:
            raise engine_error(text_of(error), "fetch" if error.name == "FileMissing" else "load") from error
        told: tuple[list[str], list[float] | None] = answer.to_py()
        files, used = told
        self.used = Used(int(used[0]), bool(used[1])) if used else None
        return files

    async def run(
        self, request: Mapping[str, Any], first_seconds: float, seconds: float
    ) -> AsyncGenerator[Delta | Thought, None]:
        """Stream the reply; `counts` is set at the end. Raises TooLong, DeviceLost, TimedOut, EngineError."""
        await self._rest()
        self.counts = None
        channel = js.MessageChannel.new()
        inbox = Inbox(first_seconds, seconds)
        with callback(inbox.take) as on_message:
            channel.port1.onmessage = on_message
            call = self._api.run(js_object(request), comlink.transfer(channel.port2, js_array(channel.port2)))
            running = asyncio.ensure_future(call)
            running.add_done_callback(inbox.wake)
            try:
                while (piece := await inbox.next(running)) is not None:
                    yield piece
                self.counts = _counts(_result(running, "reply"))
            finally:
                inbox.close()
                channel.port1.onmessage = None
                channel.port1.close()
                if not running.done():
                    self._api.stop()
                    self._resting = running

    async def embed(self, texts: Sequence[str], seconds: float) -> tuple[list[list[float]], int]:
        """A vector for each text, and the tokens that were read. Raises TooLong, TimedOut, EngineError."""
        made = await self._answer(self._api.embed(js_array(*texts)), seconds)
        numbers = made.vectors.to_py().tolist()
        size = len(numbers) // max(1, int(made.count))
        rows = [numbers[start : start + size] for start in range(0, len(numbers), size)] if size else []
        return rows, int(made.tokens)

    async def rank(self, query: str, texts: Sequence[str], seconds: float) -> list[float]:
        """A score for each text. Raises TooLong, TimedOut, EngineError."""
        scores = await self._answer(self._api.rank(query, js_array(*texts)), seconds)
        return [float(score) for score in scores.to_py()]

    async def _answer(self, call: Any, seconds: float) -> Any:
        running = asyncio.ensure_future(call)
        try:
            await first_of({running}, seconds)
        except TimeoutError as error:
            raise reply_timed_out(seconds) from error
        return _result(running, "reply")

    async def _rest(self) -> None:
        resting, self._resting = self._resting, None
        if resting is None:
            return
        try:
            await first_of({resting}, REST_SECONDS)
        except TimeoutError as error:
            raise reply_timed_out(REST_SECONDS) from error
        with suppress(AppError):  # how the stopped run ended is of no interest: mostly "aborted"
            _result(resting, "reply")

    async def count(self, text: str) -> int | None:
        """The engine's own count of tokens."""
        await self._rest()
        number = await self._api.count(text)
        return int(number) if isinstance(number, (int, float)) else None

    def end(self) -> None:
        """Terminate the worker; whatever it was doing is lost."""
        self._worker.terminate()
        if self._resting is not None:
            self._resting.cancel()


def _result(call: asyncio.Future[Any], doing: Doing) -> Any:
    try:
        return call.result()
    except JsException as error:
        raise engine_error(text_of(error), doing) from error


def _counts(value: Any) -> Counted | None:
    if not hasattr(value, "to_py"):
        return None
    prompt_tokens, reply_tokens, *speeds = value.to_py()
    return Counted(int(prompt_tokens), int(reply_tokens), *map(float, speeds))
