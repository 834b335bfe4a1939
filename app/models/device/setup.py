"""What the first run offers: what this device can do, and which models fit it, each with the reason.

for choice in choices(rows, facts, memory_gb=0): ...       # Choice("smollm2-135m", "SmolLM2 135M, bundled", …)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.texts import Size, Text, TextOrWords, in_a_row
from app.core.values import DeviceFacts
from app.models.device.recommend import recommend
from app.models.store.rows import Row

OLLAMA, CLOUD = "ollama", "cloud"


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, "ollama" or "cloud". `reason` says why it is offered here, `is_best` marks the one that is picked
    already."""

    id: str
    name: TextOrWords
    reason: TextOrWords
    size_bytes: int = 0
    is_best: bool = False


def choices(rows: Sequence[Row], facts: DeviceFacts, memory_gb: float = 0.0) -> tuple[Choice, ...]:
    """What is worth picking here, what needs least first. `memory_gb` is the person's own word, 0 without one."""
    bundled = next((row for row in rows if row.model.is_bundled), None)
    bigger = None if why_not_bigger(facts) else _bigger(rows, facts, memory_gb)
    found = []
    if bundled:
        reason = Text("setup.bundled_is_here" if bundled.is_ready else "setup.bundled_runs_everywhere")
        found.append(Choice(bundled.model.id, bundled.model.name, reason, bundled.model.size_bytes, bigger is None))
    if bigger:
        found.append(bigger)
    if not facts.is_mobile:
        found.append(Choice(OLLAMA, "Ollama", Text("setup.what_ollama_is")))
    found.append(Choice(CLOUD, Text("setup.cloud"), Text("setup.what_cloud_is")))
    return tuple(found)


def _bigger(rows: Sequence[Row], facts: DeviceFacts, memory_gb: float) -> Choice | None:
    """What is recommended here for explaining, of all that must be fetched."""
    others = [row for row in rows if row.model.kind == "chat" and not row.model.is_bundled]
    best = recommend("write", facts, memory_gb, others)
    model = next((row.model for row in others if row.model.id == best.model_id), None)
    if model is None:
        return None
    memory = Text("setup.wants_memory", size=Size(model.ram_bytes)) if model.ram_bytes else ""
    about = Text("setup.best_for", what=model.best_for) if model.best_for else ""
    return Choice(model.id, model.name, in_a_row(about, best.reason, memory), model.size_bytes, True)


def why_not_bigger(facts: DeviceFacts) -> Text | None:
    """Why no larger browser model is offered, None where one may be."""
    if facts.is_mobile:
        return Text("setup.only_small_on_phone")
    if not facts.has_device:
        return Text("setup.larger_need_webgpu")
    return Text("setup.larger_need_gpu") if facts.is_software else None
