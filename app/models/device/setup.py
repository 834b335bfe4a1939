"""What the first run offers: the included model, a better one where this device can run it, Ollama.

for choice in choices(rows, facts, memory_gb=0): ...       # Choice("smollm2-135m", "included", "SmolLM2 135M", …)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from app.core.texts import Text
from app.core.values import DeviceFacts
from app.models.device.recommend import recommend
from app.models.store.rows import Row

OLLAMA = "ollama"
#: Bits a second for the estimate of a download, as a usual line at home carries. The real rate is shown once it runs.
USUAL_LINE = 50_000_000
Kind = Literal["included", "better", "ollama"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to start. `id` is a model's, or "ollama"; `size_bytes` is what must still be downloaded; `is_best` marks
    the one that is picked already."""

    id: str
    kind: Kind
    name: str
    size_bytes: int = 0
    is_best: bool = False

    @property
    def minutes(self) -> int:
        """About how long the download takes, at least 1."""
        return max(1, ceil(self.size_bytes * 8 / USUAL_LINE / 60))


def choices(rows: Sequence[Row], facts: DeviceFacts | None, memory_gb: float = 0.0) -> tuple[Choice, ...]:
    """The ways to start, quickest first. `facts` is None while the device was not asked yet; `memory_gb` is the
    person's own word, 0 without one."""
    bundled = next((row for row in rows if row.model.is_bundled and row.model.can_chat), None)
    bigger = _bigger(rows, facts, memory_gb) if facts else None
    found = []
    if bundled:
        model = bundled.model
        found.append(Choice(model.id, "included", model.name, _missing(bundled), is_best=bigger is None))
    if bigger:
        found.append(Choice(bigger.model.id, "better", bigger.model.name, _missing(bigger), is_best=True))
    if not (facts and facts.is_mobile):
        found.append(Choice(OLLAMA, "ollama", "Ollama"))
    return tuple(found)


def _missing(row: Row) -> int:
    return 0 if row.is_ready else max(0, row.model.size_bytes - row.stored_bytes)


def _bigger(rows: Sequence[Row], facts: DeviceFacts, memory_gb: float) -> Row | None:
    """What is recommended here for explaining, of all but the bundled one."""
    others = [row for row in rows if row.model.kind == "chat" and not row.model.is_bundled]
    best = recommend("write", facts, memory_gb, others)
    return next((row for row in others if row.model.id == best.model_id), None)


def why_not_bigger(facts: DeviceFacts) -> Text:
    """What is said where no better model of this browser is among the choices."""
    return Text("setup.only_small_on_phone" if facts.is_mobile else "setup.nothing_better")
