"""What the first run offers: what this device can do, and which models fit it, each with the reason in words.

for choice in choices(rows, facts, memory_gb=0): ...       # Choice("smollm2-135m", "SmolLM2 135M, bundled", …)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.text import size
from app.core.values import DeviceFacts
from app.models.device.recommend import recommend
from app.models.store.rows import Row

OLLAMA, CLOUD = "ollama", "cloud"


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, "ollama" or "cloud". `reason` says why it is offered here, `is_best` marks the one that is picked
    already."""

    id: str
    name: str
    reason: str
    size_bytes: int = 0
    is_best: bool = False


def choices(rows: Sequence[Row], facts: DeviceFacts, memory_gb: float = 0.0) -> tuple[Choice, ...]:
    """What is worth picking here, what needs least first. `memory_gb` is the person's own word, 0 without one."""
    bundled = next((row for row in rows if row.model.is_bundled), None)
    bigger = None if why_not_bigger(facts) else _bigger(rows, facts, memory_gb)
    found = []
    if bundled:
        reason = (
            "Runs in every browser and answers in a minute. It is very small and often wrong: good for a first look."
        )
        if bundled.is_ready:
            reason = "It is here already. It is very small and often wrong: good for a first look."
        found.append(Choice(bundled.model.id, bundled.model.name, reason, bundled.model.size_bytes, bigger is None))
    if bigger:
        found.append(bigger)
    if not facts.is_mobile:
        reason = "A program of its own on this computer: larger models, faster. The Models page says how to get it."
        found.append(Choice(OLLAMA, "Ollama", reason))
    reason = "Large models of companies, which answer best. What you ask goes to the company, and costs what it asks."
    found.append(Choice(CLOUD, "A cloud service, with your own key", reason))
    return tuple(found)


def _bigger(rows: Sequence[Row], facts: DeviceFacts, memory_gb: float) -> Choice | None:
    """What is recommended here for explaining, of all that must be fetched."""
    others = [row for row in rows if row.model.kind == "chat" and not row.model.is_bundled]
    best = recommend("write", facts, memory_gb, others)
    model = next((row.model for row in others if row.model.id == best.model_id), None)
    if model is None:
        return None
    memory = f" It wants about {size(model.ram_bytes)} of memory." if model.ram_bytes else ""
    about = f"{model.best_for}. " if model.best_for else ""
    return Choice(model.id, model.name, f"{about}{best.reason}{memory}", model.size_bytes, True)


def why_not_bigger(facts: DeviceFacts) -> str:
    """Why no larger browser model is offered, "" where one may be."""
    if facts.is_mobile:
        return "Phones and tablets end a page that takes much memory, so only small models are offered."
    if not facts.has_device:
        return "Larger models in the browser need WebGPU, and this browser has none that works."
    if facts.is_software:
        return "Larger models in the browser need a graphics processor; here WebGPU works in software only."
    return ""
