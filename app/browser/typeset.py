"""Code and formulas drawn by static/js/workers/typeset.js, a worker of its own that starts when it is first needed.

    typesetter = WorkerTypesetter(base)              # base: the page's own address, ends with "/"
    await typesetter.code("print(1)", "python")      # '<span class="hljs-built_in">print</span>(...'

The HTML is highlight.js's and KaTeX's own, which escape what they are given.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html import escape
from typing import Any

from pyodide.ffi import JsException
from pyscript.js_modules import comlink, workers

from app.browser.ffi import text_of
from app.browser.pace import first_of
from app.browser.workers import DidNotStart, first_answer
from app.core.errors import Interrupted
from app.core.texts import Text

LOAD_SECONDS = 60.0
DRAW_SECONDS = 10.0  # some inputs keep a regular expression busy for ever


class WorkerTypesetter:
    """One piece at a time; a piece that takes too long ends the worker and stays plain."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._worker: Any = None
        self._api: Any = None
        self._turn = asyncio.Lock()

    async def code(self, text: str, language: str) -> str:
        """Highlighted HTML; escaped text where the language is unknown. Raises Interrupted without the network."""
        return await self._draw(text, lambda api: api.code(text, language))

    async def math(self, tex: str, display: bool) -> str:
        """A formula as HTML with MathML inside; its source where it cannot be read. Raises Interrupted."""
        return await self._draw(tex, lambda api: api.math(tex, display))

    async def _draw(self, source: str, ask: Callable[[Any], Any]) -> str:
        async with self._turn:
            if self._api is None:
                await self._start()
            drawing = asyncio.ensure_future(ask(self._api))
            try:
                await first_of({drawing}, DRAW_SECONDS)
                return str(drawing.result())
            except TimeoutError:
                self._end()
                return escape(source)
            finally:
                drawing.cancel()

    async def _start(self) -> None:
        self._worker = workers.start(f"{self._base}static/vendor/scripts/typeset-worker.js")
        self._api = comlink.wrap(self._worker)
        try:
            await first_answer(self._worker, self._api.load(), LOAD_SECONDS)
        except BaseException as error:
            self._end()
            if not isinstance(error, (DidNotStart, TimeoutError, JsException)):
                raise
            problem = Text("browser.no_typesetter")
            raise Interrupted(problem, detail=text_of(error)) from error

    def _end(self) -> None:
        self._worker.terminate()
        self._worker = self._api = None
