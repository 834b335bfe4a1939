"""The objects of a large JSON file, one at a time: a file of 500 MB never lies in memory as a whole.

    found = Elements()
    for piece in pieces:                        # bytes
        for element in found.take(piece): ...   # a dict; None for one that cannot be read
    found.is_cut                                # the file ended in the middle of one

An export is one array of chats; `take` gives each of them once its last bracket has come. A single object is an array
of one. What stands between the objects is passed over. Only the marks that matter are looked at here, each string as a
whole; the reading itself is `read_json`'s, within its limits.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from app.core.reading import MOST_DEPTH, Unreadable, read_json

Element = dict[str, object]
MOST_ELEMENT = 48_000_000  # characters of one chat: in memory up to four bytes each, and once more as objects

# Up to the next bracket, past whole strings; else up to a string that goes on behind the end of the text, or the end.
_NEXT = re.compile(r'[^"\[\]{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"\[\]{}]*+)*+(?:([\[{])|([\]}])|(?=")|\Z)', re.DOTALL)
_OPENING, _CLOSING = 1, 2
_WIDE = {b"\xff": "utf-16-le", b"\xfe": "utf-16-be"}  # by the first byte of its mark, which never begins UTF-8
_BLANK = " \t\r\n\ufeff"


class Elements:
    """Reads one file. `is_json` turns False with a first character that no JSON of objects begins with."""

    def __init__(self, most: int = MOST_ELEMENT) -> None:
        self._most = most
        self._decoder: codecs.IncrementalDecoder | None = None
        self._text = ""
        self._start = 0  # where in it the current object begins
        self._at = 0  # up to where its marks were seen
        self._depth = 0
        self._deepest = 0  # of the current object
        self._floor = 0  # brackets around the objects: 1 in an array
        self._is_skipping = False  # the current object is too large
        self.is_json: bool | None = None  # None: nothing has come yet

    @property
    def held(self) -> int:
        """Characters that are in memory."""
        return len(self._text)

    @property
    def is_cut(self) -> bool:
        """Whether something has begun and not ended, once there is no more."""
        return self._depth > 0

    def take(self, piece: bytes) -> Iterator[Element | None]:
        """The objects that a piece of the file completes."""
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(_WIDE.get(piece[:1], "utf-8"))("replace")
        self._text += self._decoder.decode(piece)
        if self.is_json is None and (start := self._text.lstrip(_BLANK)):
            self.is_json = start[0] in "[{"
        if not self.is_json:
            self._text = ""
            return
        yield from self._objects()
        self._forget()

    def _objects(self) -> Iterator[Element | None]:
        text, at, depth, deepest = self._text, self._at, self._depth, self._deepest
        while mark := _NEXT.match(text, at):
            at, kind = mark.end(), mark.lastindex
            if kind == _OPENING:
                if depth <= self._floor:
                    if not depth and text[at - 1] == "[":
                        self._floor = 1
                    else:
                        self._start, deepest = at - 1, 0
                depth += 1
                if depth > deepest:
                    deepest = depth
            elif kind == _CLOSING:
                depth = max(0, depth - 1)
                if depth < self._floor:
                    self._floor = 0
                elif depth == self._floor:
                    yield from self._object(text[self._start : at], deepest - self._floor)
            else:
                break
        self._at, self._depth, self._deepest = at, depth, deepest

    def _object(self, text: str, depth: int) -> Iterator[Element | None]:
        if self._is_skipping:
            self._is_skipping = False
            yield None
        elif text.startswith("{"):
            yield _read(text) if depth <= MOST_DEPTH else None

    def _forget(self) -> None:
        """Keep only what is still needed: the current object, unless it is too large, and a string that goes on."""
        is_inside = self._depth > self._floor
        self._is_skipping = is_inside and (self._is_skipping or len(self._text) - self._start > self._most)
        if is_inside and not self._is_skipping:
            self._text, self._at, self._start = self._text[self._start :], self._at - self._start, 0
            return
        rest = self._text[self._at :]
        escapes = (len(rest) - len(rest.rstrip("\\"))) % 2
        self._text, self._at, self._start = ('"' + "\\" * escapes if rest else ""), 0, 0


def _read(text: str) -> Element | None:
    try:
        value = read_json(text, is_shallow=True)
    except Unreadable:
        return None
    return value if isinstance(value, dict) else None
