"""The little of Protocol Buffers that Anki's newer files need: the fields of a message by their numbers.

message = Message(blob)
message.number(1), message.text(3), message.parts(1)
"""

from __future__ import annotations

from collections import defaultdict

from app.core.documents import UnreadableDocument

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
MOST_FIELDS = 200_000  # of one message


class Message:
    """A message. A field that is not there is 0 or empty; of one that is there twice the last counts. Raises
    UnreadableDocument where it is none."""

    def __init__(self, data: bytes) -> None:
        self._fields: dict[int, list[int | bytes]] = defaultdict(list)
        at, count = 0, 0
        while at < len(data):
            count += 1
            if count > MOST_FIELDS:
                raise UnreadableDocument("bomb", "wire: fields")
            key, at = _varint(data, at)
            value, at = _value(data, at, key & 7)
            self._fields[key >> 3].append(value)

    def has(self, field: int) -> bool:
        """Whether a field is there: one that is may be 0."""
        return field in self._fields

    def number(self, field: int) -> int:
        """A whole number, or a switch."""
        value = self._fields[field][-1] if field in self._fields else 0
        return value if isinstance(value, int) else 0

    def text(self, field: int) -> str:
        """A text; what is no UTF-8 in it is replaced."""
        value = self._fields[field][-1] if field in self._fields else b""
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""

    def parts(self, field: int) -> list[bytes]:
        """Every value of a field that is repeated."""
        return [one for one in self._fields.get(field, ()) if isinstance(one, bytes)]


def _value(data: bytes, at: int, kind: int) -> tuple[int | bytes, int]:
    if kind == _VARINT:
        return _varint(data, at)
    size = {_EIGHT: 8, _FOUR: 4}.get(kind, 0)
    if kind == _BYTES:
        size, at = _varint(data, at)
    elif not size:
        raise UnreadableDocument("damaged", f"wire: {kind}")
    if at + size > len(data):
        raise UnreadableDocument("damaged", "wire: cut")
    return data[at : at + size], at + size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise UnreadableDocument("damaged", "wire: number")
