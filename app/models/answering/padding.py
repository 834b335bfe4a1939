"""Noticing a model that says nothing but `<pad>`, as some files do on some graphics processors.

    guard = PadFilter()
    text = guard.filter(delta)        # the delta without a run of <pad> that has not ended yet
    if guard.is_endless: ...           # stop the engine
    text = guard.rest()                # what was held back, when the reply has ended by itself

Known: LiteRT-LM issues 2322 and 3280.
"""

from __future__ import annotations

import re

PAD = "<pad>"
MOST_PADS = 8
MOST_EMPTY = 100  # deltas in a row without any text: a special token that the engine does not print
_TAIL = re.compile(r"(?:<pad>\s*)+(?:<(?:p(?:ad?)?)?)?$|<(?:p(?:ad?)?)?$")


class PadFilter:
    """Holds back runs of `<pad>` until they end; a single one inside a text passes unchanged."""

    def __init__(self) -> None:
        self._held = ""
        self._empty = 0

    @property
    def is_endless(self) -> bool:
        """Whether the reply should be stopped."""
        return self._held.count(PAD) >= MOST_PADS or self._empty >= MOST_EMPTY

    def filter(self, delta: str) -> str:
        """The text that may be shown now."""
        self._empty = 0 if delta else self._empty + 1
        if not self._held and "<" not in delta:
            return delta
        text = self._held + delta
        tail = _TAIL.search(text)
        self._held = tail.group() if tail else ""
        return text[: len(text) - len(self._held)]

    def rest(self) -> str:
        """What is still held back, unless it is padding."""
        held, self._held = self._held, ""
        return "" if PAD in held else held
