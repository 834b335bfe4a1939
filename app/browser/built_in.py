"""The browser's own model behind the `Engine` port. The page asks it (static/js/page/built-in.js): only a window may.

    engine = BuiltInEngine(page)
    await engine.load((), settings, tell)                  # raises NotSupported where it would have to be downloaded
    async for piece in engine.generate(messages, settings): ...

A page cannot say how the next token is chosen, nor how long a reply may be: whoever reads it stops it. A conversation
stays alive while each request adds one question to the last.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from app.browser.inbox import Inbox
from app.browser.pace import first_of
from app.core.built_in import built_in_error, unavailable
from app.core.commands import AskBuiltIn, BuiltInTold, StopBuiltIn
from app.core.engine_errors import load_timed_out
from app.core.errors import BadRequest, NotSupported
from app.core.ports import Page, TellPhase
from app.core.texts import Text
from app.core.turns import new_turn
from app.core.values import Counted, Delta, EngineName, EngineSettings, LoadPhase, Message, Schema, Thought, Used

LOAD_SECONDS = 180.0  # its size is not known, nor how fast the browser reads it
FIRST_SECONDS, NEXT_SECONDS = 180.0, 60.0
ANY_JSON: Schema = {"type": "object"}


class BuiltInEngine:
    """The `Engine` of the browser's own model. It has no file, so `load` gets none."""

    name: EngineName = "built-in"
    needs_template = False
    restarts_after_stop = False
    used: Used | None = None

    def __init__(self, page: Page) -> None:
        self._page = page
        self.last_counts: Counted | None = None
        self._held: tuple[Message, ...] = ()
        self._held_for: tuple[str, bool] | None = None

    async def load(
        self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase = lambda phase: None
    ) -> None:
        """Have the browser read its model into memory. Raises NotSupported, TimedOut, EngineError."""
        tell(LoadPhase.STARTING)
        asking = asyncio.ensure_future(self._page.ask(AskBuiltIn("load")))
        try:
            await first_of({asking}, LOAD_SECONDS)
        except TimeoutError as error:
            raise load_timed_out(LOAD_SECONDS) from error
        finally:
            if not asking.done():
                self._page.do(StopBuiltIn(is_over=False))
                asking.cancel()
        told = asking.result()
        if told.error:
            raise built_in_error(told)
        if told.state == "unavailable":
            raise unavailable()
        if told.state != "available":
            raise NotSupported(Text("builtin.not_here"), Text("builtin.not_here_cure"))

    async def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """Stream the reply. Raises TooLong, TimedOut, EngineError."""
        held_for = chat_id, settings.schema is None
        goes_on = self._held_for == held_for and new_turn(self._held, messages) is not None
        self._held, self._held_for, self.last_counts = (), None, None
        inbox, texts = Inbox(FIRST_SECONDS, NEXT_SECONDS), list[str]()
        asked = AskBuiltIn("reply", _request(messages, settings, goes_on=goes_on))
        running = asyncio.ensure_future(self._page.ask(asked, inbox.put))
        running.add_done_callback(lambda _: inbox.put(None))
        try:
            while (piece := await inbox.next(running)) is not None:
                texts.append(piece.text)
                yield piece
            self._end(running.result(), settings)
        finally:
            inbox.close()
            if not running.done():
                self._page.do(StopBuiltIn(is_over=False))
                running.cancel()
        self._held, self._held_for = (*messages, Message("assistant", "".join(texts))), held_for

    def _end(self, told: BuiltInTold, settings: EngineSettings) -> None:
        if told.error == "NotSupportedError" and settings.schema is not None:
            raise BadRequest(detail=told.message)  # a schema that it does not take: it is asked for in words
        if told.error:
            raise built_in_error(told)
        if len(told.counts) == 2:
            self.last_counts = Counted(*told.counts)

    async def embed(self, texts: Sequence[str]) -> tuple[list[list[float]], int]:
        """The browser's own model makes no vectors. Raises NotSupported."""
        raise NotSupported(Text("vectors.other_engine"), Text("vectors.choose"))

    async def rank(self, query: str, texts: Sequence[str]) -> list[float]:
        """It ranks nothing. Raises NotSupported."""
        raise NotSupported(Text("vectors.other_engine"), Text("vectors.choose_ranking"))

    async def count_tokens(self, text: str) -> int | None:
        """None: the browser counts whole conversations, and that only asynchronously with a session of its own."""

    async def unload(self) -> None:
        """Let the browser free its memory."""
        self._page.do(StopBuiltIn(is_over=True))


def _request(messages: Sequence[Message], settings: EngineSettings, *, goes_on: bool) -> dict[str, object]:
    plain = [{"role": message.role, "content": message.content} for message in messages]
    schema = ANY_JSON if settings.schema == "json" else settings.schema
    return {"messages": plain, "schema": schema, "goesOn": goes_on}
