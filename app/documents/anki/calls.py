"""Calls about Anki's files as they cross into the worker: the name of one, and what it is given as plain data.

await call(desk, ["open", "lisbon.apkg"], "/files/7/file")      # what `desk.open` gives, as plain data
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from app.core.anki import AnkiFiles, AnkiKind, AnkiMedia, AnkiNote
from app.core.shapes import Damaged, decode_as


async def call(desk: AnkiFiles, given: Sequence[object], path: str) -> object:
    """Do what is asked for by name. Raises what that raises, and Damaged for what is not there."""
    match given:
        case ["open", str(name)]:
            return asdict(await desk.open(path, name))
        case ["notes", int(at), int(count)]:
            return [asdict(one) for one in await desk.notes(at, count)]
        case ["media", wanted]:
            return list(await desk.media(path, decode_as(tuple[AnkiMedia, ...], wanted)))
        case ["close"]:
            await desk.close()
        case ["begin", kinds, int() | float() as today]:
            await desk.begin(decode_as(tuple[AnkiKind, ...], kinds), today)
        case ["add", notes, media]:
            added = decode_as(tuple[AnkiNote, ...], notes), decode_as(tuple[tuple[str, str], ...], media)
            await desk.add(*added)
        case ["finish"]:
            return await desk.finish()
        case _:
            raise Damaged(f"{given[:1]} is nothing that can be asked")
    return None
