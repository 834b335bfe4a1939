"""How answers come over the wire: JSON values, one a line (NDJSON), or server-sent events (SSE); cut anywhere.

async for line in ndjson(reply.aiter_bytes()): ...          # {"status": "pulling manifest"}, …
async for name, data in sse(reply.aiter_bytes()): ...       # ("", '{"choices": …'), …, ("", "[DONE]")

A network cuts where it likes: inside a line, inside a character, or not at all for many lines.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress

from app.core.errors import BadAnswer
from app.core.reading import read_json, read_object
from app.core.texts import Text

BOM = b"\xef\xbb\xbf"
_ENDS = re.compile(rb"\r\n?|\n")


async def lines(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Whole lines without their ends; a last one without an end too. A line break is never inside a character."""
    rest: list[bytes] = []
    async for chunk in chunks:
        first, *more = chunk.split(b"\n")
        rest.append(first)
        for part in more:
            yield b"".join(rest)
            rest = [part]
    if last := b"".join(rest):
        yield last


async def ndjson(chunks: AsyncIterator[bytes]) -> AsyncGenerator[object, None]:
    """The values, one a line; blank lines are passed over. Raises BadAnswer where a line is not JSON."""
    async for line in lines(chunks):
        if line.strip():
            try:
                yield read_json(line.removeprefix(BOM))
            except ValueError as error:  # UnicodeDecodeError is a ValueError
                raise BadAnswer(Text("net.not_json"), detail=repr(line[:500])) from error


async def sse(chunks: AsyncIterator[bytes]) -> AsyncGenerator[tuple[str, str], None]:
    """The events of a `text/event-stream` as (name, data); the name is "" where the server gives none.

    As the HTML standard reads such a stream (9.2.6): lines end with CR, LF or both; comments, `id` and `retry` are
    passed over. Beyond it: an event whose empty line never came counts where it is whole JSON or the mark of the end,
    and so does each line of data that is. Raises BadAnswer where a line is not UTF-8."""
    name, data = "", list[str]()
    async for line in _event_lines(chunks):
        if not line:
            for one in _apart(data):
                yield name, one
            name, data = "", []
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            data.append(value)
        elif field == "event":
            name = value
    for one in filter(_is_whole, _apart(data)):
        yield name, one


def _apart(data: list[str]) -> list[str]:
    """The data of one event; of several that no empty line divides, each."""
    return data if len(data) > 1 and all(map(_is_whole, data)) else ["\n".join(data)] if data else []


def _is_whole(data: str) -> bool:
    """Whether this can be no half of anything: an object, or what OpenAI ends a stream with."""
    text = data.strip()
    if not text.startswith("{") or not text.endswith("}"):
        return text == "[DONE]"
    try:
        read_object(text)
    except ValueError:
        return False
    return True


async def _event_lines(chunks: AsyncIterator[bytes]) -> AsyncGenerator[str, None]:
    """The lines; the last one may have no end. A line feed behind a carriage return across a border belongs to it."""
    rest, is_first, skips_feed = list[bytes](), True, False
    async for chunk in chunks:
        if skips_feed and chunk:
            chunk, skips_feed = chunk.removeprefix(b"\n"), False
        start = 0
        for end in _ENDS.finditer(chunk):
            raw = b"".join((*rest, chunk[start : end.start()]))
            rest, start = [], end.end()
            yield _text(raw.removeprefix(BOM) if is_first else raw)
            is_first = False
        skips_feed = skips_feed or chunk.endswith(b"\r")
        rest.append(chunk[start:])
    if last := b"".join(rest):
        with suppress(BadAnswer):  # a character that was cut
            yield _text(last.removeprefix(BOM) if is_first else last)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadAnswer(Text("net.not_text"), detail=repr(raw[:500])) from error
