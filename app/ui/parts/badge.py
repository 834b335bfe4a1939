"""Badges of a model: short words on a tint, at most two in a row.

badge("fits")                        # <span class="badge" data-kind="fits">Fits</span>
fit(8_000_000_000, 16)               # "fits": how a need in bytes compares with a memory in GB
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from app.core.html import Html, h
from app.core.texts import Text
from app.ui.words import words

Badge = Literal["recommended", "fits", "tight", "too-big", "needs-webgpu", "damaged", "gated"]
WORDS: Mapping[Badge, Text] = {
    "recommended": Text("model_row.recommended"),
    "fits": Text("model_row.fits"),
    "tight": Text("model_row.tight"),
    "too-big": Text("model_row.too_big"),
    "needs-webgpu": Text("model_row.needs_webgpu"),
    "damaged": Text("model_row.damaged"),
    "gated": Text("hub.needs_access"),
}
TIGHT = 0.75  # of the memory: more than this leaves little for the rest


def badge(kind: Badge) -> Html:
    """One badge; its words say what its colour says."""
    return h("span", words(WORDS[kind]), class_="badge", data_kind=kind)


def fit(need_bytes: int, memory_gb: float) -> Badge | None:
    """How a model's need of memory compares with this device's; None where either is unknown."""
    if not need_bytes or not memory_gb:
        return None
    share = need_bytes / (memory_gb * 1e9)
    return "too-big" if share > 1 else "tight" if share > TIGHT else "fits"
