"""What came with status 200 where a stream was asked for: events, whole JSON, or something that is no reply at all.

    async for name, data in events_in(parts, reply.headers): ...      # ("", '{"choices": …'); WHOLE for plain JSON

The first characters decide: servers send streams under other content types, and proxies send pages under any.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Literal

from app.core.errors import BadAnswer
from app.core.reading import read_json, read_object
from app.core.texts import Text
from app.net.wire import BOM, lines, sse

Kind = Literal["events", "json", "page", "text", "nothing"]
WHOLE = "whole"  # the name of an event that came as plain JSON
FIELDS = (b":", b"data:", b"event:", b"id:", b"retry:")
DATA = re.compile(rb"^data:", re.MULTILINE)
MOST_BYTES = 16_000  # of what is no reply: enough for its words


class NotEvents(Exception):
    """What came is no reply; `body` is its beginning."""

    def __init__(self, kind: Kind, body: bytes) -> None:
        super().__init__(kind)
        self.kind, self.body = kind, body


async def events_in(chunks: AsyncIterator[bytes], headers: Mapping[str, str]) -> AsyncGenerator[tuple[str, str], None]:
    """The events as (name, data). Raises NotEvents, and BadAnswer where JSON or UTF-8 is broken."""
    start, kind = b"", kind_of(b"", is_over=False)
    while kind is None:
        chunk = await anext(chunks, None)
        start += chunk or b""
        kind = kind_of(start, is_over=chunk is None)
    if kind not in ("events", "json"):
        start = await _beginning(start, chunks)
        if kind != "text" or "event-stream" not in headers.get("content-type", "") or not DATA.search(start):
            raise NotEvents(kind, start[:MOST_BYTES])
        kind = "events"  # that begins with a field of another name
    whole = _after(start, chunks)
    async with aclosing(sse(whole) if kind == "events" else _values(whole)) as events:
        async for event in events:
            yield event


def kind_of(start: bytes, *, is_over: bool) -> Kind | None:
    """What a body is, by its beginning; None where more of it is needed."""
    text = start.removeprefix(BOM).lstrip()
    if not text or BOM.startswith(text):
        return "nothing" if is_over else None
    if text[:1] in (b"{", b"["):
        return "json"
    if text[:1] == b"<":
        return "page"
    if text.startswith(FIELDS):
        return "events"
    if any(field.startswith(text) for field in FIELDS):
        return "events" if is_over else None  # a stream that was cut in its first word
    return "text"


async def _values(chunks: AsyncIterator[bytes]) -> AsyncGenerator[tuple[str, str], None]:
    """One value a line, as far as the first line is one; else one value, or a list of them, over all lines."""
    held, is_by_line = list[bytes](), None
    async for line in lines(chunks):
        if line.strip():
            is_by_line = _is_object(line) if is_by_line is None else is_by_line
            if not is_by_line:
                held.append(line)
            else:
                yield WHOLE, line.decode("utf-8", "replace")
    if held:
        value = _loaded(b"\n".join(held))
        for one in value if isinstance(value, list) else [value]:
            yield WHOLE, json.dumps(one)


def _is_object(line: bytes) -> bool:
    try:
        read_object(line.removeprefix(BOM))
    except ValueError:
        return False
    return True


def _loaded(body: bytes) -> object:
    try:
        return read_json(body.removeprefix(BOM))
    except ValueError as error:
        raise BadAnswer(Text("cloud.unreadable_server"), detail=repr(body[:300])) from error


async def _after(start: bytes, chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    yield start
    async for chunk in chunks:
        yield chunk


async def _beginning(start: bytes, chunks: AsyncIterator[bytes]) -> bytes:
    async for chunk in chunks:
        if len(start) > MOST_BYTES:
            break
        start += chunk
    return start
