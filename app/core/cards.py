"""What its publisher and others have published about a model, as a catalogue quotes it. Nothing in it is measured here.

card = ModelCard(quality_source="Qwen3.5 model cards", quality_date="2026-11-28", languages=("en",))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: how a model was asked when its quality was measured: "" where its source does not say
QualityMode = Literal["", "plain", "thinking"]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """`quality_source`, `quality_url`, `quality_date` (YYYY-MM-DD, when it was read there) and `quality_mode` are of
    `Model.quality`. `languages` are codes as "de", at most the few that a row names; `language_count` is how many there
    are, 0 where that is not published. `is_gated`: the publisher wants a sign-in and the terms accepted first."""

    quality_source: str = ""
    quality_url: str = ""
    quality_date: str = ""
    quality_mode: QualityMode = ""
    quantisation: str = ""
    languages: tuple[str, ...] = ()
    language_count: int = 0
    is_gated: bool = False


NOTHING = ModelCard()
