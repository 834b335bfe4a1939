"""A picture as the app keeps it: written anew by the browser, so that nothing but what can be seen is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Picture:
    """`data` is its base64 and `preview` that of a small JPEG of it; width and height are pixels."""

    kind: Literal["image/jpeg", "image/png"]
    data: str
    width: int
    height: int
    preview: str


class Pictures(Protocol):
    """Makes pictures fit for models."""

    async def fit(self, handle: object, longest: int, preview: int) -> Picture | None:
        """The picture of a file, or of its bytes, turned the right way up, neither of its sides longer than `longest`
        pixels, and its preview with at most `preview`; None where the browser cannot open it."""
