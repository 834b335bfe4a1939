"""Whether a GGUF model runs on the graphics processor here, and why not.

    plan = plan_for(model, facts, wish="auto", verdict=None, version="3.13.0")
    plan.is_used, plan.needs_check, plan.why      # False, True, Text("gpu.not_checked")

llama.cpp's WebGPU is asked for only where it has been seen to be sound (engines.md 10): in Chromium with JSPI, on
a graphics processor of its own (not one in software) that has half precision. Even there a driver may compute
nonsense, so a model runs on it only after its first words there were the same as on the processor. That check is made
for each model, not once for the device: each format of weights and each kind of model runs other programs on the
graphics processor. Its verdict holds for one browser, adapter and version of llama.cpp.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.core.errors import AppError, DeviceLost, EngineError, TimedOut
from app.core.shapes import When, decode
from app.core.texts import Day, Size, Text
from app.core.values import DeviceFacts, Model

LEAST_BYTES = 500_000_000  # smaller ones gain little: a step there costs as much as computing it
BROWSERS = ("Chrome ", "Edge ")  # Firefox's gave no tokens; Safari has none of JSPI

Switch = Literal["on", "off"]
Wish = Switch | Literal["auto"]
Found = Literal["same", "differs", "silent", "failed", "unused", "lost"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was `found` of a model on the graphics processor: the "same" words as on the processor, others ("differs"),
    none in time ("silent"); that it could not be started there ("failed"), that llama.cpp took none ("unused"), that it
    was "lost" in the middle of a reply. `detail` is what the engine said, for those who look for the reason."""

    model_id: str
    found: Found
    browser: str = ""
    adapter: str = ""
    version: str = ""  # of wllama
    when: When = 0.0
    detail: str = ""

    def holds(self, facts: DeviceFacts, version: str) -> bool:
        """Whether it is about this browser, adapter and version of the engine."""
        return (self.browser, self.adapter, self.version) == (facts.browser, facts.adapter, version)


def verdict_from(record: object, lost: list[str] | None = None) -> Verdict:
    """A verdict from its stored record. Raises Damaged."""
    return decode(Verdict, record, lost)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with a model: put on the graphics processor (`is_used`), or checked on it first (`needs_check`).
    `why` says it to the person, beside the switch."""

    why: Text
    is_used: bool = False
    needs_check: bool = False
    is_asked: bool = False  # apart from what was found

    @property
    def is_found(self) -> bool:
        """Whether a verdict holds here."""
        return self.is_asked and not self.needs_check


def can_have(model: Model) -> bool:
    """Whether there is anything to decide for a model. Embedding models are faster on the processor."""
    return model.format == "gguf" and model.can_chat


def plan_for(model: Model, facts: DeviceFacts, wish: Wish, verdict: Verdict | None, version: str) -> Plan:
    """What is done with a model here. `wish` is the person's own for it, `version` the engine's."""
    if why := _against(model, facts, wish):
        return Plan(why)
    if verdict is None or not verdict.holds(facts, version):
        return Plan(Text("gpu.not_checked"), needs_check=True, is_asked=True)
    return Plan(told(verdict), is_used=verdict.found == "same", is_asked=True)


def _against(model: Model, facts: DeviceFacts, wish: Wish) -> Text | None:
    """Why it is not even asked for. The person may ask for it with a small model, not where it cannot work."""
    if not can_have(model):
        return Text("gpu.not_for_this")
    if wish == "off":
        return Text("gpu.is_off")
    if not facts.browser.startswith(BROWSERS) or not facts.has_jspi:
        return Text("gpu.no_browser")
    if not facts.has_device:
        return Text("gpu.no_device")
    if facts.is_software:
        return Text("gpu.in_software")
    if not facts.has_f16:
        return Text("gpu.no_half")
    if wish == "auto" and model.size_bytes < LEAST_BYTES:
        return Text("gpu.small", size=Size(LEAST_BYTES))
    return None


def told(verdict: Verdict) -> Text:
    """A verdict beside the switch."""
    day = Day(verdict.when)
    texts: Mapping[Found, Text] = {
        "same": Text("gpu.same", day=day),
        "differs": Text("gpu.differs", day=day),
        "silent": Text("gpu.silent", day=day),
        "failed": Text("gpu.failed", day=day),
        "unused": Text("gpu.unused", day=day),
        "lost": Text("gpu.lost", day=day),
    }
    return texts[verdict.found]


def notice_of(found: Found, model: Model) -> Text:
    """What is said once, beside the reply during which it was found. Not of the "same"."""
    name = model.name
    texts: Mapping[Found, Text] = {
        "differs": Text("gpu.notice_differs", model=name),
        "silent": Text("gpu.notice_silent", model=name),
        "failed": Text("gpu.notice_failed", model=name),
        "unused": Text("gpu.notice_unused", model=name),
        "lost": Text("gpu.notice_lost", model=name),
    }
    return texts[found]


class NotTaken(EngineError):
    """llama.cpp was offered the graphics processor and did without; nothing but its log says so."""


def found_by(error: AppError, *, has_begun: bool) -> Found:
    """What an error on the graphics processor says about it. `has_begun`: words of a reply have come."""
    if isinstance(error, NotTaken):
        return "unused"
    if isinstance(error, TimedOut):
        return "silent"
    return "lost" if has_begun or isinstance(error, DeviceLost) else "failed"
