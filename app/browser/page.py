"""The page thread, as Python sees it: paint operations out, events in, over one MessagePort.

    page = BrowserPage(words)
    hello = await page.connect()             # {"app": "drleelm-demo", "base": "https://…/", "search": "?demo", ...}
    page.listen(session.act)
    page.paint("html", "chats", "<ul id=chats>…</ul>")

Everything painted between two frames leaves as one message. After half a second of 60 frames a second there are 30: a
long reply reads as smoothly and costs the page half, a short one is still seen to stream. What an event has changed is
painted at once all the same.
"""

from __future__ import annotations

import asyncio
import json
import time
import traceback
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import create_proxy, to_js

from app.core import signals
from app.core.actions import ApiRequest, Picked, PickedFile
from app.core.commands import Answer, Command, Draw, Question, WithFile, wire
from app.core.ports import PaintKind
from app.core.shapes import decode
from app.core.texts import Words

FRAME_SECONDS, LATER_FRAME_SECONDS = 1 / 60, 1 / 30
BURST = 30  # frames before the longer ones
REST_SECONDS = 0.5  # without a frame: the next one begins a new burst


class BrowserPage:
    """The `Page` port over a MessageChannel."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._ops: list[list[Any]] = []
        self._is_waiting = False
        self._timer = 0
        self._last = 0.0
        self._run = 0
        self._handler: Callable[[str, object], None] = lambda name, arg: None
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._pieces: dict[int, Callable[[str], None]] = {}
        self._number = 0
        self._hello: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        channel = js.MessageChannel.new()
        self._port = channel.port1
        self._on_message = create_proxy(self._receive)  # lives as long as the page
        self._frame_proxy = create_proxy(self._frame)
        self._port.onmessage = self._on_message
        self._their_port = channel.port2
        signals.on_change(self._wake)

    async def connect(self) -> dict[str, Any]:
        """Hand the other end to the page and wait for its greeting."""
        message = to_js({"port": self._their_port}, dict_converter=js.Object.fromEntries)
        js.postMessage(message, to_js([self._their_port]))
        return await self._hello

    def listen(self, handler: Callable[[str, object], None]) -> None:
        """Give every event (name, argument) to `handler`."""
        self._handler = handler

    def paint(self, kind: PaintKind, id: str, html: str = "") -> None:
        """Paint at the next frame."""
        self._ops.append([kind, id, html])
        self._wake()

    def attr(self, id: str, name: str, value: str | None) -> None:
        """Set or (None) remove an attribute at the next frame."""
        self._ops.append(["attr", id, name, value])
        self._wake()

    def do(self, command: Command) -> None:
        """Ask for something only a window can do. What holds a file leaves at once, by reference; the way to a picture
        is given away, in one message with what was painted before it: no frame comes between a canvas and what is on
        it."""
        if isinstance(command, Draw):
            ops, self._ops = js.JSON.parse(json.dumps(self._ops)), []
            ops.push(to_js(["do", *wire(command, self._words)]))
            self._port.postMessage(ops, to_js([command.picture]))
            return
        if isinstance(command, WithFile):
            self.cut()
            self._port.postMessage(to_js([["do", *wire(command, self._words)]]))
            return
        self._ops.append(["do", *wire(command, self._words)])
        self._wake()

    async def ask(self, question: Question[Answer], on_piece: Callable[[str], None] | None = None) -> Answer:
        """Ask for something of the page's, and wait for what it answers; `on_piece` hears what comes before that.
        Raises Damaged where it answers nonsense."""
        self._number += 1
        number, asked = self._number, asyncio.get_running_loop().create_future()
        self._asked[number] = asked
        if on_piece is not None:
            self._pieces[number] = on_piece
        name, *args = wire(question, self._words)
        self._ops.append(["do", name, number, *args])
        self._wake()
        try:
            found: Answer = decode(question.answer, await asked)
        finally:
            self._pieces.pop(number, None)
        return found

    def now(self) -> None:
        """Paint what waits at once; the timer that it waited for goes, or it would count as a frame of its own."""
        if self._is_waiting:
            js.clearTimeout(self._timer)
            self._frame()

    def cut(self) -> None:
        """End the present message here, so that the page paints what follows as a task of its own."""
        if self._ops:
            ops, self._ops = self._ops, []
            self._port.postMessage(json.dumps(ops))

    def _wake(self) -> None:
        if not self._is_waiting:
            self._is_waiting = True
            seconds = FRAME_SECONDS if self._run < BURST else LATER_FRAME_SECONDS
            wait = seconds - (time.perf_counter() - self._last)
            self._timer = js.setTimeout(self._frame_proxy, max(0, int(wait * 1000)))

    def _frame(self) -> None:
        now = time.perf_counter()
        self._run = self._run + 1 if now - self._last < REST_SECONDS else 0
        self._last = now
        try:
            signals.flush()
        except Exception:  # noqa: BLE001 - an effect that failed: what it would have painted is missing, all else is not
            js.console.error(traceback.format_exc())
        finally:
            self._is_waiting = False
            self.cut()

    def _told(self, arg: Any) -> None:
        """A piece of what is asked for; nobody hears those of a question that was given up."""
        number, piece = arg
        if (on_piece := self._pieces.get(number)) is not None:
            on_piece(str(piece))

    def _answered(self, arg: Any) -> None:
        number, answer = arg if isinstance(arg, list) and len(arg) == 2 else (None, None)
        waiting = self._asked.pop(number, None) if isinstance(number, int) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def _receive(self, event: Any) -> None:
        try:
            name, arg = _message(event.data)
        except (AttributeError, TypeError, ValueError, LookupError):  # nothing that the page sends
            return
        if name == "hello":
            if not self._hello.done():
                self._hello.set_result(arg)
        elif name == "answer":
            self._answered(arg)
        elif name == "piece":
            self._told(arg)
        else:
            self._handler(name, arg)
        if time.perf_counter() - self._last > FRAME_SECONDS:
            self.now()  # what an event has changed is painted at once, without the wait of a timer


def _message(data: Any) -> tuple[str, Any]:
    """Name and argument of what the page sends: JSON, or an array where a handle is in it."""
    if isinstance(data, str):
        name, arg = json.loads(data)
    else:
        name = data[0]
        arg = asked(data[1]) if name == "api:request" else picked(data[1])
    if not isinstance(name, str):
        raise TypeError("an event has no name")
    return name, arg


def picked(data: Any) -> Picked:
    """What a person picked or dropped."""
    files = tuple(
        PickedFile(str(item.name), item.file, getattr(item, "link", None), str(getattr(item, "folder", "")))
        for item in data.files
    )
    if not files:
        raise ValueError("nothing was picked")
    return Picked(files)


def asked(data: Any) -> ApiRequest:
    """A request to the local API, as the service worker hands it on; `reply` is a port (see `app.browser.answer`)."""
    return ApiRequest(str(data.method), str(data.path), str(data.body), data.reply)
