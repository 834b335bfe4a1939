"""How answers come over the wire: one JSON value a line (NDJSON), cut anywhere.

async for line in ndjson(reply.aiter_bytes()): ...          # {"status": "pulling manifest"}, …

A network cuts where it likes: inside a line, inside a character, or not at all for many lines.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from app.core.errors import BadAnswer


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


async def ndjson(chunks: AsyncIterator[bytes]) -> AsyncGenerator[Any, None]:
    """The values, one a line; blank lines are passed over. Raises BadAnswer where a line is not JSON."""
    async for line in lines(chunks):
        if line.strip():
            try:
                yield json.loads(line.decode("utf-8"))
            except ValueError as error:  # UnicodeDecodeError is one too
                raise BadAnswer("The server sent something that is not JSON.", detail=repr(line[:500])) from error
