"""The tables of Google's model files: `.litertlm` containers and TFLite files made for MediaPipe on the web.

A `.litertlm` file opens with `LITERTLM`, three version numbers u32, padding, and at byte 24 the end of its header u64;
a FlatBuffer from byte 32 lists the sections. The settings inside both kinds are protocol buffers.
Source: schema/core of LiteRT-LM and tensorflow/lite/schema; checked against the test models.

Tables may name the same bytes any number of times, so what is read of them has limits.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from app.core.texts import Text
from app.models.formats.facts import FileFacts, Read, fail

HEADER_START = 32
MOST_HEADER_BYTES = 1 << 20
VISION_ENCODER = "vision_encoder"  # in a section's model type, "tf_lite_vision_encoder". Source: LiteRT-LM's ModelType
TFLITE_SECTION, METADATA_SECTION = 3, 5
TFLITE_SMALLEST_BYTES = 1 << 20  # MediaPipe 0.10.29 waits for ever on anything shorter
TABLES_BYTES = 4 << 20
MOST_SECTIONS = 256
MOST_NUMBERS = 200_000  # read of one FlatBuffer
MOST_TEXT_BYTES = 1024
MOST_FIELDS, MOST_VARINT_BYTES = 10_000, 10  # of one protocol buffer message, of one number in it
MOST_CONTEXT = 1 << 31
MOST_FILE_BYTES = 1 << 48

Proto = dict[int, "int | bytes"]


async def read_litertlm(read: Read, size_bytes: int) -> FileFacts:
    """Facts of a `.litertlm` file. Raises LoadFailed where it is damaged, cut short, or holds no text model."""
    head = await read(0, min(HEADER_START, size_bytes))
    end = int.from_bytes(head[24:32], "little")
    if len(head) < HEADER_START or not HEADER_START < end <= MOST_HEADER_BYTES:
        raise fail(Text("formats.damaged"), f"header ends at {end}")
    if end > size_bytes:
        raise fail(Text("formats.header_cut_short"), f"header ends at {end}")
    try:
        sections = list(islice(_sections(Flat(await read(HEADER_START, end - HEADER_START))), MOST_SECTIONS + 1))
    except (struct.error, IndexError, ValueError) as error:
        raise fail(Text("formats.damaged"), repr(error)) from error
    if len(sections) > MOST_SECTIONS:
        raise fail(Text("formats.damaged"), f"more than {MOST_SECTIONS} sections")
    if any(not first <= last < MOST_FILE_BYTES for _, _, first, last in sections):
        raise fail(Text("formats.damaged"), "a section ends before it begins, or beyond any file")
    models = {kind for data, kind, _, _ in sections if data == TFLITE_SECTION}
    metadata = await _metadata(read, sections, size_bytes)
    await _check_models(read, sections, size_bytes)
    template = metadata.get(7, b"")
    return FileFacts(
        format="litertlm-gpu" if _names_decoder(models) else "litertlm-cpu",
        context_length=_context(metadata.get(5, 0)),
        has_template=bool(template) or 3 in metadata,
        expected_size=max(last for _, _, _, last in sections),
        sees=any(VISION_ENCODER in model for model in models),
    )


def _names_decoder(models: set[str]) -> bool:
    """True for a decoder made for GPU_ARTISAN, False for one for the CPU."""
    if any("artisan_text_decoder" in model for model in models):
        return True
    if any("prefill_decode" in model for model in models):
        return False
    raise fail(Text("formats.no_text_model"), ", ".join(sorted(models)))


def _sections(flat: Flat) -> Iterator[tuple[int, str, int, int]]:
    """(data type, model type, first byte, byte after the last) of every section; both offsets in the file."""
    table = flat.table(flat.root(), 1)
    if not table:
        raise ValueError("no section table")
    for section in flat.tables(table, 0):
        kind = ""
        for pair in flat.tables(section, 0):
            if flat.text(pair, 0) == "model_type":
                kind = flat.text(flat.table(pair, 2), 0).lower()
        yield flat.number(section, 3, "B"), kind, flat.number(section, 1, "<Q"), flat.number(section, 2, "<Q")


async def _metadata(read: Read, sections: list[tuple[int, str, int, int]], size_bytes: int) -> Proto:
    for data, _, first, last in sections:
        if data == METADATA_SECTION and first < last <= size_bytes:
            return read_proto(await read(first, min(last - first, MOST_HEADER_BYTES)))
    return {}


async def _check_models(read: Read, sections: list[tuple[int, str, int, int]], size_bytes: int) -> None:
    """Every model inside must open as a TFLite file: an engine may wait for ever where one does not."""
    if not sections:
        raise fail(Text("formats.lists_nothing"))
    for data, kind, first, last in sections:
        if data == TFLITE_SECTION and last <= size_bytes and (await read(first, 8))[4:8] != b"TFL3":
            raise fail(Text("formats.part_damaged"), kind)


async def read_tflite(read: Read, size_bytes: int) -> FileFacts:
    """Facts of a TFLite file for MediaPipe on the web. Raises LoadFailed where it is another TFLite file."""
    try:
        flat = Flat(await read(0, min(TABLES_BYTES, size_bytes)))
        names = {flat.text(entry, 0): flat.number(entry, 1, "<I") for entry in flat.tables(flat.root(), 6)}
        buffers = [(flat.number(b, 1, "<Q"), flat.number(b, 2, "<Q")) for b in flat.tables(flat.root(), 4)]
    except (struct.error, IndexError, ValueError) as error:
        raise fail(Text("formats.damaged"), repr(error)) from error
    parameters = names.get("odml.infra.proto.LlmParameters")
    if parameters is None or parameters >= len(buffers):
        raise fail(Text("formats.no_tflite_model"), ", ".join(names))
    first, length = buffers[parameters]
    context = 0
    if 0 < first < first + length <= size_bytes:
        context = _context_of_parameters(await read(first, min(length, MOST_HEADER_BYTES)))
    end = max(start + length for start, length in buffers)
    if end >= MOST_FILE_BYTES:
        raise fail(Text("formats.damaged"), f"a part ends at {end}")
    return FileFacts("task-web", context_length=context, expected_size=max(end, TFLITE_SMALLEST_BYTES))


def _context_of_parameters(data: bytes) -> int:
    """LlmParameters.transformer_parameters (1) .max_seq_length (2), 0 where it is not given."""
    inner = read_proto(data).get(1, b"")
    return _context(read_proto(inner).get(2, 0)) if isinstance(inner, bytes) else 0


def _context(value: int | bytes) -> int:
    """A context length in tokens, 0 where the field holds something else."""
    return value if isinstance(value, int) and value <= MOST_CONTEXT else 0


def read_proto(data: bytes) -> Proto:
    """The last value of each field of a protocol buffer message. Reading ends quietly where it is no message."""
    fields: Proto = {}
    at = 0
    try:
        for _ in range(MOST_FIELDS):
            if at >= len(data):
                break
            key, at = _varint(data, at)
            kind = key & 7
            value: int | bytes
            if kind == 0:
                value, at = _varint(data, at)
            elif kind == 2:
                length, at = _varint(data, at)
                value, at = data[at : at + length], at + length
            elif kind in (1, 5):
                length = 8 if kind == 1 else 4
                value, at = data[at : at + length], at + length
            else:
                break
            fields[key >> 3] = value
    except IndexError:
        return fields
    return fields


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(MOST_VARINT_BYTES):
        byte = data[at + step]
        value |= (byte & 127) << 7 * step
        if byte < 128:
            return value, at + step + 1
    raise IndexError("a number that does not end")


class Flat:
    """Just enough of a FlatBuffer reader: tables, vectors of tables, strings and numbers by field index.

    Raises ValueError beyond its limits, struct.error outside the data."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._numbers_left = MOST_NUMBERS

    def root(self) -> int:
        """The offset of the root table."""
        return self._follow(0)

    def table(self, table: int, index: int) -> int:
        """The offset of a table that a field points at, 0 where it is absent."""
        at = self._field(table, index)
        return self._follow(at) if at else 0

    def tables(self, table: int, index: int) -> Iterator[int]:
        """The offsets of a vector of tables."""
        at = self._field(table, index)
        if at:
            vector = self._follow(at)
            for number in range(self._number(vector, "<I")):
                yield self._follow(vector + 4 + 4 * number)

    def text(self, table: int, index: int) -> str:
        """A string, empty where it is absent."""
        at = self._field(table, index) if table else 0
        if not at:
            return ""
        start = self._follow(at)
        length = self._number(start, "<I")
        if length > MOST_TEXT_BYTES:
            raise ValueError(f"a name of {length} bytes")
        return self._data[start + 4 : start + 4 + length].decode("utf-8", "replace")

    def number(self, table: int, index: int, form: str) -> int:
        """A number in `struct` notation, 0 where it is absent."""
        at = self._field(table, index)
        return self._number(at, form) if at else 0

    def _follow(self, at: int) -> int:
        target = at + self._number(at, "<I")
        if not at < target < len(self._data):
            raise ValueError(f"offset outside the header at {at}")
        return target

    def _field(self, table: int, index: int) -> int:
        layout = table - self._number(table, "<i")
        if layout < 0 or 4 + 2 * index >= self._number(layout, "<H"):
            return 0
        offset = self._number(layout + 4 + 2 * index, "<H")
        return table + offset if offset else 0

    def _number(self, at: int, form: str) -> int:
        self._numbers_left -= 1
        if self._numbers_left < 0:
            raise ValueError("more tables than any model has")
        number: int = struct.unpack_from(form, self._data, at)[0]
        return number
