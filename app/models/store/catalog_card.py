"""What a catalogue's row publishes about its model besides the file: how good it is, its languages, what it can do.

quality = 55.3                       # MMLU-Pro in per cent; counts only with its source and the day it was read
quality_source = "Qwen3.5 model cards"
quality_url = "https://huggingface.co/Qwen/Qwen3.5-2B"
quality_date = "2026-11-28"
quality_mode = "plain"               # or "thinking"; left out where the source does not say
quantisation = "Q4_K_M"
languages = ["en", "de"]
language_count = 201
capabilities = ["thinking"]
gated = true
"""

from __future__ import annotations

from datetime import date
from typing import NotRequired, TypedDict, get_args

from app.core.cards import ModelCard, QualityMode
from app.core.ports import Json
from app.core.texts import Text
from app.core.values import Model

TEXTS = ("quality_source", "quality_url", "quality_date", "quality_mode", "quantisation")
NUMBERS = ("language_count",)
LISTS = ("languages", "capabilities")
MODES: tuple[str, ...] = get_args(QualityMode)
MOST_QUALITY = 100  # per cent


class CardRow(TypedDict):
    """The fields of a [[model]] section that make its card; their types have been checked."""

    quality: NotRequired[float]
    quality_source: NotRequired[str]
    quality_url: NotRequired[str]
    quality_date: NotRequired[str]
    quality_mode: NotRequired[QualityMode]
    quantisation: NotRequired[str]
    languages: NotRequired[list[str]]
    language_count: NotRequired[int]
    capabilities: NotRequired[list[str]]
    gated: NotRequired[bool]


def wrong_card(row: Json) -> Text | None:
    """What is wrong with the fields above, as the end of a sentence; None where nothing is. `row` has texts, whole
    numbers and lists of texts where they belong."""
    quality = row.get("quality", 0)
    if not isinstance(quality, int | float) or isinstance(quality, bool) or not 0 <= quality <= MOST_QUALITY:
        return Text("store.quality_range")
    if quality and not (row.get("quality_source") and _is_day(str(row.get("quality_date", "")))):
        return Text("store.quality_source")
    if row.get("quality_mode", "") not in MODES:
        return Text("store.quality_mode", modes=", ".join(mode for mode in MODES if mode))
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def card_of(row: CardRow) -> ModelCard:
    """The card of a row that is right."""
    return ModelCard(
        row.get("quality_source", ""),
        row.get("quality_url", ""),
        row.get("quality_date", ""),
        row.get("quality_mode", ""),
        row.get("quantisation", ""),
        tuple(row.get("languages", ())),
        row.get("language_count", 0),
        row.get("gated", False) is True,
    )


def card_fields(model: Model) -> dict[str, object]:
    """The same fields of a model, for a catalogue that is written along with its file."""
    card = model.card
    return {
        "quality": model.quality,
        "quality_source": card.quality_source,
        "quality_url": card.quality_url,
        "quality_date": card.quality_date,
        "quality_mode": card.quality_mode,
        "quantisation": card.quantisation,
        "languages": list(card.languages),
        "language_count": card.language_count,
        "capabilities": list(model.capabilities),
        "gated": card.is_gated,
    }
