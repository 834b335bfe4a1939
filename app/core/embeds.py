"""How a model turns texts into vectors: data on its row, from the file's header or a list.

Embeds(384, "mean").put_before(("What is light?",), "query")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

Pooling = Literal["", "none", "mean", "cls", "last", "rank"]
#: what a text is: to be found, looked for with, or just as whoever asks has written it
Use = Literal["document", "query", "as-is"]


@dataclass(frozen=True, slots=True)
class Embeds:
    """`dimensions` is the length of a vector, 0 where it is not known; `pooling` how the vectors of all its tokens
    become one, "" where it is not told. `query` and `document` are what the model was trained to read before texts."""

    dimensions: int = 0
    pooling: Pooling = ""
    query: str = ""
    document: str = ""

    def filled(self, other: Embeds) -> Embeds:
        """The same, with what another knows where this one is silent."""
        mine = {name: value for name, value in asdict(self).items() if value}
        return replace(other, **mine)

    def put_before(self, texts: Sequence[str], use: Use) -> tuple[str, ...]:
        """The texts as the model wants to read them."""
        prefix = {"document": self.document, "query": self.query, "as-is": ""}[use]
        return tuple(prefix + text for text in texts)


UNTOLD = Embeds()  # nothing is known
