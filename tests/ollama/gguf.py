"""GGUF files for the stand-in: headers read as `/api/show` tells them, and tiny files with a header of one's own.

header = read_gguf(path); header.metadata["general.architecture"], header.tensors[0].shape
path.write_bytes(make_gguf({"general.architecture": "llama", "tokenizer.chat_template": "<|im_start|>"}))
path.write_bytes(with_template(tiny, "{{ messages[-1].content }}<think>"))
whole = laid_out(tiny.read_bytes()); replace(whole, tensors=whole.tensors[:9]).written()
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"GGUF"
STRING, ARRAY = 8, 9
NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
ALIGNMENT = 32  # of weights, where a file says nothing else
WEIGHT_BYTES = {0: 4, 1: 2}  # F32 and F16
TENSOR_TYPES = {0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 8: "Q8_0", 12: "Q4_K", 14: "Q6_K", 30: "BF16"}
FILE_TYPES = {0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 15: "Q4_K_M", 18: "Q6_K", 32: "BF16"}


class NotGGUF(Exception):
    """The file does not begin as a GGUF file does, or ends inside its header."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor's name, type and shape."""

    name: str
    type: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the weights. Arrays of the metadata (vocabularies) are None, as `/api/show` tells them."""

    metadata: dict[str, Any]
    tensors: tuple[Tensor, ...]

    @property
    def parameters(self) -> int:
        """The number of weights."""
        return sum(math.prod(tensor.shape) for tensor in self.tensors)


def read_gguf(path: Path) -> Header:
    """Read the header of a file. Raises NotGGUF."""
    with path.open("rb") as file:
        return _header(file)


def _header(file: BinaryIO) -> Header:
    if file.read(4) != MAGIC:
        raise NotGGUF("invalid file magic")
    try:
        tensors, metadata = _metadata(file)
        return Header(metadata, tuple(_tensor(file) for _ in range(tensors)))
    except struct.error as error:
        raise NotGGUF("unexpected EOF") from error


def _metadata(file: BinaryIO) -> tuple[int, dict[str, Any]]:
    """The number of tensors, and what is told of the model, from behind the magic on."""
    version, tensors, entries = struct.unpack("<IQQ", file.read(20))
    if version not in (2, 3):
        raise NotGGUF(f"unsupported version {version}")
    return tensors, {_string(file): _value(file, _number(file, 4)) for _ in range(entries)}


def _number(file: BinaryIO, kind: int) -> Any:
    form = NUMBERS[kind]
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, 10)).decode("utf-8", "replace")


def _value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return _string(file)
    if kind != ARRAY:
        return _number(file, kind)
    inner, count = _number(file, 4), _number(file, 10)
    for _ in range(count):
        _value(file, inner)
    return None


def _tensor(file: BinaryIO) -> Tensor:
    name, dimensions = _string(file), _number(file, 4)
    shape = tuple(_number(file, 10) for _ in range(dimensions))
    kind = TENSOR_TYPES.get(_number(file, 4), "F32")
    _number(file, 10)
    return Tensor(name, kind, shape)


Value = str | int | bool | float | bytes  # bytes: a value as it stands in the file, its type before it


def make_gguf(
    metadata: Mapping[str, Value], weights: int = 32, tensors: Sequence[str] = ("token_embd.weight",), fill: bytes = b""
) -> bytes:
    """A GGUF file with this metadata and tensors of so many weights each, zeros or `fill` over and over: whole to
    whoever reads headers, and no model."""
    header = MAGIC + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    for key, value in metadata.items():
        header += packed(key) + packed_value(value)
    for number, name in enumerate(tensors):
        header += packed(name) + struct.pack("<IQIQ", 1, weights, 0, 4 * weights * number)
    body = 4 * weights * len(tensors)
    return header + bytes(-len(header) % 32) + ((fill * (body // len(fill) + 1))[:body] if fill else bytes(body))


def packed(text: str) -> bytes:
    """A text as it stands in a file."""
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def packed_value(value: Value) -> bytes:
    """A value of the metadata, its type before it."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return struct.pack("<I?", 7, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value) if value >= 0 else struct.pack("<Ii", 5, value)
    return struct.pack("<I", STRING) + packed(value)


def architecture_fields(header: Header) -> tuple[str, int, int]:
    """(architecture, context length, embedding length) of a header, "" and 0 where it does not say."""
    name = str(header.metadata.get("general.architecture", ""))
    lengths = [int(header.metadata.get(f"{name}.{field}_length") or 0) for field in ("context", "embedding")]
    return name, lengths[0], lengths[1]


def with_template(path: Path, template: str) -> bytes:
    """The same file with another chat template: the weights stay what they are."""
    data = path.read_bytes()
    with path.open("rb") as file:
        header, end = _header(file), file.tell()
    old = packed("tokenizer.chat_template") + packed_value(header.metadata["tokenizer.chat_template"])
    alignment = int(header.metadata.get("general.alignment") or 32)
    assert data.count(old) == 1
    new = data[:end].replace(old, packed("tokenizer.chat_template") + packed_value(template))
    return new + bytes(-len(new) % alignment) + data[end + -end % alignment :]


@dataclass(frozen=True, slots=True)
class Laid:
    """A tensor as it lies in a file: the bytes of its name and shape, the number of its type, its weights."""

    about: bytes
    type: int
    weights: bytes


@dataclass(frozen=True, slots=True)
class Whole:
    """A file taken apart: how many entries its metadata has, their bytes, and its tensors."""

    entries: int
    metadata: bytes
    tensors: tuple[Laid, ...]
    alignment: int = ALIGNMENT

    def written(self) -> bytes:
        """The file."""
        infos, weights = b"", bytearray()
        for tensor in self.tensors:
            infos += tensor.about + struct.pack("<IQ", tensor.type, len(weights))
            weights += tensor.weights + bytes(-len(tensor.weights) % self.alignment)
        head = MAGIC + struct.pack("<IQQ", 3, len(self.tensors), self.entries) + self.metadata + infos
        return head + bytes(-len(head) % self.alignment) + weights


def laid_out(data: bytes) -> Whole:
    """A file taken apart; its weights are of 16 or 32 bits."""
    file = io.BytesIO(data)
    file.seek(len(MAGIC))
    count, metadata = _metadata(file)
    start, infos = file.tell(), list[tuple[bytes, int, int, int]]()
    for _ in range(count):
        begin, shape, end = file.tell(), _tensor(file).shape, file.tell() - 12
        kind, offset = struct.unpack_from("<IQ", data, end)
        infos.append((data[begin:end], kind, offset, math.prod(shape) * WEIGHT_BYTES[kind]))
    alignment = int(metadata.get("general.alignment") or ALIGNMENT)
    base = file.tell() + -file.tell() % alignment
    tensors = (Laid(about, kind, data[base + at : base + at + size]) for about, kind, at, size in infos)
    return Whole(len(metadata), data[24:start], tuple(tensors), alignment)


def in_f32(path: Path) -> bytes:
    """The same file with its weights of 16 bits in 32: for who computes with no others."""
    whole = laid_out(path.read_bytes())
    return replace(whole, tensors=tuple(map(_widened, whole.tensors))).written()


def _widened(tensor: Laid) -> Laid:
    if tensor.type == 0:
        return tensor
    count = len(tensor.weights) // 2
    numbers = struct.unpack(f"<{count}e", tensor.weights)
    return replace(tensor, type=0, weights=struct.pack(f"<{count}f", *numbers))
