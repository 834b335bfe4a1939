"""The header of a GGUF file (llama.cpp): metadata, then one info per tensor, then the weights.

Layout, all little-endian: `GGUF`, version u32, tensor count u64, metadata count u64; each metadata entry is a string
key, a type u32 and a value; each tensor info is a name, dimensions, a type and an offset into the data.
Source: docs/gguf.md of ggml.

A header may come from anybody, so what is read of it has limits: entries, tensors, words, bytes. Values that nobody
asks for are stepped over.
"""

from __future__ import annotations

import asyncio
import math
import struct
from collections.abc import Sequence
from typing import Any

from app.core.embeds import UNTOLD, Embeds
from app.core.texts import Text
from app.models.formats.architectures import KNOWN
from app.models.formats.facts import AGAIN, MADE_FOR, CutShort, FileFacts, FileKind, Read, fail
from app.models.formats.gguf_kinds import TAGS, Header, Names, joined, kind_of, pooling_of
from app.models.formats.memory import CACHE_KEYS, cache_bytes

STEP_BYTES = 1 << 20
MOST_READ_BYTES = 64 << 20
MOST_ENTRIES = 10_000  # real files have less than a hundred
MOST_TENSORS = 20_000
MOST_WORDS = 1_200_000  # of all arrays together: a vocabulary of 260,000 words has 520,000 merges
MOST_KEY_BYTES, MOST_NAME_BYTES = 1024, 256
MOST_DIMENSIONS = 4
MOST_TENSOR_BYTES = 8 + MOST_NAME_BYTES + 4 + 8 * MOST_DIMENSIONS + 4 + 8
MOST_WEIGHTS = 1 << 63
MOST_CONTEXT = 1 << 31
MOST_DIMENSIONS_OF_A_VECTOR = 1 << 20
MOST_ALIGNMENT = 1 << 16
MOST_PARTS = 65_535
MOST_TAGS, MOST_TAG_BYTES = 256, 128
STRING, ARRAY = 8, 9
U32, U64, U32_U64 = struct.Struct("<I"), struct.Struct("<Q"), struct.Struct("<IQ")
NUMBERS = {0: "B", 1: "b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "?", 10: "<Q", 11: "<q", 12: "<d"}

# The texts and numbers that are kept, with the most bytes that a text may have.
TEMPLATE = "tokenizer.chat_template"
SEES = "clip.has_vision_encoder"  # of a projector; some hear only. Source: clip-impl.h of llama.cpp
KEPT = {
    b"general.type": 256,
    b"general.architecture": 256,
    b"general.name": 4096,
    b"general.basename": 4096,
    b"general.alignment": 256,
    b"adapter.type": 256,
    SEES.encode(): 256,
    b"split.count": 256,
    b"split.no": 256,
    TEMPLATE.encode(): 1 << 20,
}
KEPT_ENDINGS = (b".context_length", b".pooling_type", b".block_count", b".embedding_length", *CACHE_KEYS)

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


DAMAGED = Text("formats.gguf_damaged")
SHORT = Text("formats.gguf_cut_short")


async def read_gguf(read: Read, size_bytes: int) -> FileFacts:
    """Facts of a GGUF file. Raises LoadFailed where the header is damaged or of an unknown version."""
    return _facts(*await _header(read, size_bytes))


async def read_gguf_parts(parts: Sequence[tuple[Read, int]]) -> FileKind:
    """What the model is for that these parts are together, in their order: the first has the metadata, each some of the
    tensors. Raises LoadFailed."""
    headers = [(await _header(read, size_bytes))[0] for read, size_bytes in parts]
    return kind_of(Header(headers[0].values, joined(header.names for header in headers)))


async def _header(read: Read, size_bytes: int) -> tuple[Header, int]:
    """The header, and the size that the file must have, in bytes."""
    cursor = _Cursor(read, size_bytes)
    await cursor.take(4)
    _check_version(await cursor.number(4))
    tensors, entries = await cursor.number(10), await cursor.number(10)
    if tensors > MOST_TENSORS or not entries <= MOST_ENTRIES:
        raise fail(Text("formats.gguf_too_much"), f"{tensors} tensors, {entries} entries")
    values = await _metadata(cursor, entries)
    names, end = await _tensors(cursor, tensors, Header(values, Names()))
    return Header(values, names), end


def _check_version(version: int) -> None:
    if version in (2, 3):
        return
    if version and not version & 0xFFFF:
        raise fail(Text("formats.gguf_byte_order"), f"version {version:#010x}")
    raise fail(Text("formats.gguf_old" if version == 1 else "formats.gguf_version"), f"version {version}")


def _facts(header: Header, end: int) -> FileFacts:
    architecture = header.architecture
    parts = header.whole("split.count", MOST_PARTS)
    part = header.whole("split.no", MOST_PARTS) + 1
    if parts > 1 and part > parts:
        raise fail(DAMAGED, f"part {part} of {parts}")
    is_part = parts > 1
    kind: FileKind = "incomplete" if is_part else kind_of(header)
    return FileFacts(
        format="gguf",
        context_length=header.whole(f"{architecture}.context_length", MOST_CONTEXT),
        has_template=bool(header.text(TEMPLATE)),
        architecture=architecture,
        title=header.text("general.name"),
        expected_size=end,
        kind=kind,
        part=part if is_part else 0,
        parts=parts if is_part else 0,
        is_known=architecture in KNOWN,
        embeds=_embeds(header) if is_part or kind == "embedding" else UNTOLD,
        cache_bytes=0 if kind in MADE_FOR else cache_bytes(header),
        sees=kind == "projector" and header.values.get(SEES) is True,
    )


def _embeds(header: Header) -> Embeds:
    dimensions = header.whole(f"{header.architecture}.embedding_length", MOST_DIMENSIONS_OF_A_VECTOR)
    return Embeds(dimensions, pooling_of(header))


async def _metadata(cursor: _Cursor, entries: int) -> dict[str, Any]:
    """The values that the app asks for; the others are stepped over."""
    values: dict[str, Any] = {}
    seen: set[bytes] = set()
    for _ in range(entries):
        key = await cursor.text(MOST_KEY_BYTES)
        if key in seen:
            raise fail(DAMAGED, f"two values for {key[:80]!r}")
        seen.add(key)
        kind = await cursor.number(4)
        most = KEPT.get(key, 256 if key.endswith(KEPT_ENDINGS) else 0)
        if kind == ARRAY and key == TAGS.encode():
            values[TAGS] = await cursor.tags()
        elif not most or (kind == ARRAY and key.endswith(CACHE_KEYS)):
            await cursor.skip(kind)
        elif kind == STRING:
            values[key.decode()] = (await cursor.text(most)).decode("utf-8", "replace")
        elif kind in NUMBERS:
            values[key.decode("utf-8", "replace")] = await cursor.number(kind)
        else:
            raise fail(DAMAGED, f"{key[:80]!r} is of type {kind}")
    return values


async def _tensors(cursor: _Cursor, count: int, header: Header) -> tuple[Names, int]:
    """What the tensors' names tell, and the size that the whole file must have, in bytes."""
    alignment = header.whole("general.alignment", MOST_ALIGNMENT, 32)
    if not alignment or alignment & (alignment - 1):
        raise fail(DAMAGED, f"alignment {alignment}")
    names, end = Names(), 0
    for _ in range(count):
        name, weights, kind, offset = await cursor.tensor()
        names.add(name)
        if weights >= MOST_WEIGHTS or offset >= MOST_WEIGHTS:
            raise fail(DAMAGED, f"a tensor of {weights} weights at {offset}")
        per_block, block_bytes = BLOCKS.get(kind, (1, 0))
        end = max(end, offset + weights // per_block * block_bytes)
    return names, -(-cursor.position // alignment) * alignment + end


class _Cursor:
    """Reads forward through the header, a megabyte at a time."""

    def __init__(self, read: Read, size_bytes: int) -> None:
        self._read = read
        self._size = size_bytes
        self._start = 0  # where in the file the window begins
        self._at = 0  # the position inside the window
        self._window = b""
        self._bytes_left = MOST_READ_BYTES
        self._words_left = MOST_WORDS

    @property
    def position(self) -> int:
        return self._start + self._at

    async def _need(self, count: int) -> None:
        if self._at + count <= len(self._window):
            return
        position = self.position
        if position + count > self._size:
            raise CutShort(SHORT, AGAIN, detail=f"at byte {position}")
        length = min(max(count, STEP_BYTES), self._size - position)
        self._bytes_left -= length
        if self._bytes_left < 0:
            raise fail(Text("formats.gguf_too_long"), f"at byte {position}")
        self._window = await self._read(position, length)
        self._start, self._at = position, 0
        if len(self._window) < count:
            raise CutShort(SHORT, AGAIN, detail=f"at byte {position}")
        await asyncio.sleep(0)  # a long vocabulary must not hold up the clicks

    async def take(self, count: int) -> bytes:
        await self._need(count)
        self._at += count
        return self._window[self._at - count : self._at]

    async def number(self, kind: int) -> Any:
        form = NUMBERS[kind]
        return struct.unpack(form, await self.take(struct.calcsize(form)))[0]

    async def text(self, most: int) -> bytes:
        """A string of at most so many bytes."""
        length = await self.number(10)
        if length > most:
            raise fail(DAMAGED, f"a text of {length} bytes at byte {self.position}")
        return await self.take(length)

    async def tensor(self) -> tuple[bytes, int, int, int]:
        """A tensor's name, its number of weights, their type, and where they begin; read in one go, for there may be
        thousands."""
        await self._need(min(MOST_TENSOR_BYTES, self._size - self.position))
        window, at = self._window, self._at
        try:
            length = U64.unpack_from(window, at)[0]
            dimensions = U32.unpack_from(window, at + 8 + length)[0] if length <= MOST_NAME_BYTES else 0
            if length > MOST_NAME_BYTES or dimensions > MOST_DIMENSIONS:
                raise fail(DAMAGED, f"a tensor with a name of {length} bytes, or of {dimensions} dimensions")
            shape = struct.unpack_from(f"<{dimensions}Q", window, at + 12 + length)
            kind, offset = U32_U64.unpack_from(window, at + 12 + length + 8 * dimensions)
        except struct.error as error:
            raise CutShort(SHORT, AGAIN, detail=f"at byte {self.position}") from error
        self._at += 24 + length + 8 * dimensions
        return window[at + 8 : at + 8 + length], math.prod(shape), kind, offset

    async def skip(self, kind: int) -> None:
        """Step over a value."""
        if kind == STRING:
            await self._move(await self.number(10))
        elif kind == ARRAY:
            await self._skip_array(await self.number(4), await self.number(10))
        elif kind in NUMBERS:
            await self._move(struct.calcsize(NUMBERS[kind]))
        else:
            raise fail(DAMAGED, f"a value of type {kind}")

    async def tags(self) -> tuple[str, ...]:
        """The short texts of a list; none where it is a list of something else, or far too long."""
        inner, count = await self.number(4), await self.number(10)
        if inner != STRING or count > MOST_TAGS:
            await self._skip_array(inner, count)
            return ()
        found = []
        for _ in range(count):
            length = await self.number(10)
            if length <= MOST_TAG_BYTES:
                found.append((await self.take(length)).decode("utf-8", "replace").lower())
            else:
                await self._move(length)
        return tuple(found)

    async def _skip_array(self, inner: int, count: int) -> None:
        if inner == STRING:
            await self._skip_strings(count)
        elif inner in NUMBERS:
            await self._move(count * struct.calcsize(NUMBERS[inner]))
        else:
            raise fail(DAMAGED, f"an array of type {inner}")

    async def _move(self, count: int) -> None:
        left = len(self._window) - self._at
        if count <= left:
            self._at += count
            return
        if self.position + count > self._size:
            raise CutShort(SHORT, AGAIN, detail=f"at byte {self.position}")
        self._start, self._at, self._window = self.position + count, 0, b""

    async def _skip_strings(self, count: int) -> None:
        """Step over many strings without awaiting for each: vocabularies hold 260,000 of them."""
        self._words_left -= count
        if self._words_left < 0:
            raise fail(Text("formats.gguf_too_much"), f"a list of {count} words")
        unpack = U64.unpack_from
        while count:
            await self._need(8)
            window, at, last = self._window, self._at, len(self._window) - 8
            while count and at <= last:
                after = at + 8 + unpack(window, at)[0]
                if after > len(window):
                    break
                at, count = after, count - 1
            if at == self._at and count:
                await self._move(await self.number(10))  # one that reaches beyond the window
                count -= 1
            else:
                self._at = at
