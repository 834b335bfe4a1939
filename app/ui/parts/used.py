"""What an engine really runs on, in words: beside a loaded model and in a measurement."""

from __future__ import annotations

from app.core.values import Used
from app.ui.words import t


def runs_on(used: Used | None) -> str:
    """The graphics processor, or how many threads of the processor; nothing where the engine does not tell."""
    if used is None:
        return ""
    if used.on_gpu:
        return t("used.on_gpu")
    return t("used.threads", count=used.threads) if used.threads else ""
