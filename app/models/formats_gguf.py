"""The header of a GGUF file (llama.cpp): metadata, then one info per tensor, then the weights.

Layout, all little-endian: `GGUF`, version u32, tensor count u64, metadata count u64; each metadata entry is a string
key, a type u32 and a value; each tensor info is a name, dimensions, a type and an offset into the data.
Source: docs/gguf.md of ggml.
"""

from __future__ import annotations

import asyncio
import struct
from typing import Any

from app.models.file_facts import FileFacts, Read, fail

STEP_BYTES = 1 << 20
MOST_HEADER_BYTES = 256 << 20
MOST_ENTRIES = 1_000_000
STRING, ARRAY = 8, 9
NUMBERS = {0: "B", 1: "b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "?", 10: "<Q", 11: "<q", 12: "<d"}

# (weights per block, bytes per block): the tensor types stored that way. Source: ggml.h and ggml-common.h.
_BY_SIZE = {
    (1, 1): (24,),
    (1, 2): (1, 25, 30),
    (1, 4): (0, 26),
    (1, 8): (27, 28),
    (32, 17): (39,),
    (32, 18): (2, 20),
    (32, 20): (3,),
    (32, 22): (6,),
    (32, 24): (7,),
    (32, 34): (8,),
    (32, 36): (9,),
    (256, 50): (19,),
    (256, 54): (34,),
    (256, 56): (29,),
    (256, 66): (16, 35),
    (256, 74): (17,),
    (256, 82): (22,),
    (256, 84): (10,),
    (256, 98): (18,),
    (256, 110): (11, 21),
    (256, 136): (23,),
    (256, 144): (12,),
    (256, 176): (13,),
    (256, 210): (14,),
    (256, 292): (15,),
}
BLOCKS = {kind: block for block, kinds in _BY_SIZE.items() for kind in kinds}


async def read_gguf(read: Read, size_bytes: int) -> FileFacts:
    """Facts of a GGUF file. Raises LoadFailed where the header is damaged or of an unknown version."""
    cursor = _Cursor(read, size_bytes)
    await cursor.take(4)
    version = await cursor.number(4)
    if version not in (2, 3):
        raise fail("This GGUF file is of a version that cannot be read here.", f"version {version}")
    tensors, entries = await cursor.number(10), await cursor.number(10)
    if not 0 < tensors < MOST_ENTRIES or not 0 < entries < MOST_ENTRIES:
        raise fail("The GGUF file's header holds no model.", f"{tensors} tensors, {entries} entries")
    metadata = [(await cursor.string(), await cursor.value(await cursor.number(4))) for _ in range(entries)]
    values = dict(metadata)
    if values.get("split.count", 0) > 1:
        raise fail("This is one part of a model that was split into several files.")
    end = await _end_of_tensors(cursor, tensors, values.get("general.alignment", 32))
    architecture = str(values.get("general.architecture", ""))
    template = str(values.get("tokenizer.chat_template", ""))
    return FileFacts(
        format="gguf",
        context_length=int(values.get(f"{architecture}.context_length", 0)),
        has_template=bool(template),
        architecture=architecture,
        title=str(values.get("general.name", "")),
        expected_size=end,
        chat_template=template,
    )


async def _end_of_tensors(cursor: _Cursor, count: int, alignment: int) -> int:
    """The size that the whole file must have, in bytes."""
    end = 0
    for _ in range(count):
        await cursor.string()
        weights = 1
        for _ in range(min(await cursor.number(4), 8)):
            weights *= await cursor.number(10)
        per_block, block_bytes = BLOCKS.get(await cursor.number(4), (1, 0))
        offset = await cursor.number(10)
        end = max(end, offset + weights // per_block * block_bytes)
    data = -(-cursor.position // alignment) * alignment
    return data + end


class _Cursor:
    """Reads forward through the header, a megabyte at a time."""

    def __init__(self, read: Read, size_bytes: int) -> None:
        self._read = read
        self._size = size_bytes
        self._start = 0  # where in the file the window begins
        self._at = 0  # the position inside the window
        self._window = b""

    @property
    def position(self) -> int:
        return self._start + self._at

    async def _need(self, count: int) -> None:
        if self._at + count <= len(self._window):
            return
        position = self.position
        if position + count > min(self._size, MOST_HEADER_BYTES):
            raise fail("The GGUF file is damaged or cut short inside its header.", f"at byte {position}")
        self._window = await self._read(position, min(max(count, STEP_BYTES), self._size - position))
        self._start, self._at = position, 0
        if len(self._window) < count:
            raise fail("The GGUF file is damaged or cut short inside its header.", f"at byte {position}")
        await asyncio.sleep(0)  # a long vocabulary must not hold up the clicks

    async def take(self, count: int) -> bytes:
        await self._need(count)
        self._at += count
        return self._window[self._at - count : self._at]

    async def number(self, kind: int) -> Any:
        form = NUMBERS[kind]
        return struct.unpack(form, await self.take(struct.calcsize(form)))[0]

    async def string(self) -> str:
        return (await self.take(await self.number(10))).decode("utf-8", "replace")

    async def value(self, kind: int) -> Any:
        """A value; arrays are stepped over and give their length."""
        if kind == STRING:
            return await self.string()
        if kind == ARRAY:
            inner, count = await self.number(4), await self.number(10)
            await self._skip(inner, count)
            return count
        if kind not in NUMBERS:
            raise fail("The GGUF file's header is damaged.", f"value type {kind}")
        return await self.number(kind)

    async def _skip(self, kind: int, count: int) -> None:
        if kind == STRING:
            await self._skip_strings(count)
        elif kind in NUMBERS:
            await self._move(count * struct.calcsize(NUMBERS[kind]))
        else:
            raise fail("The GGUF file's header is damaged.", f"array of type {kind}")

    async def _move(self, count: int) -> None:
        left = len(self._window) - self._at
        if count <= left:
            self._at += count
            return
        if self.position + count > self._size:
            raise fail("The GGUF file is damaged or cut short inside its header.", f"at byte {self.position}")
        self._start, self._at, self._window = self.position + count, 0, b""

    async def _skip_strings(self, count: int) -> None:
        """Step over many strings without awaiting for each: vocabularies hold 260,000 of them."""
        unpack = struct.Struct("<Q").unpack_from
        while count:
            await self._need(8)
            window, at, last = self._window, self._at, len(self._window) - 8
            while count and at <= last:
                after = at + 8 + unpack(window, at)[0]
                if after > len(window):
                    break
                at, count = after, count - 1
            if at == self._at and count:
                await self.string()  # one that reaches beyond the window
                count -= 1
            else:
                self._at = at
