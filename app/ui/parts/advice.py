"""Which model is recommended for what: the mark on a model's row, and a table by task."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.html import Html, h
from app.models.device.recommend import TASKS, Recommendation
from app.session import Session
from app.ui.words import words


def advice_words(session: Session) -> dict[str, str]:
    """By the model's id what its row says: its tasks, and the reason."""
    found: dict[str, list[Recommendation]] = {}
    for one in session.measure.advice():
        if one.model_id:
            found.setdefault(one.model_id, []).append(one)
    return {model_id: _words(several) for model_id, several in found.items()}


def _words(several: Sequence[Recommendation]) -> str:
    return f"{', '.join(words(TASKS[one.task].name).lower() for one in several)}. {words(several[0].reason)}"


def mark(advice: str) -> Html | None:
    """On the row of a recommended model."""
    return h("p", h("strong", "Recommended for this device"), f": {advice}", class_="advice") if advice else None


def advice_table(advice: Sequence[Recommendation]) -> Html | None:
    """What to use for each task, why, and what comes next."""
    if not advice:
        return None
    heads = (h("th", name, scope="col") for name in ("For", "Model", "Why"))
    rows = (
        h("tr", h("th", words(TASKS[one.task].name), scope="row"), *(h("td", cell) for cell in _cells(one)))
        for one in advice
    )
    table = h("table", h("thead", h("tr", *heads)), h("tbody", *rows), aria_labelledby="advice-title")
    return h("div", h("h3", "Recommended for this device", id="advice-title"), table, class_="advice-table")


def _cells(one: Recommendation) -> tuple[str, str]:
    after = f" Next best: {one.runner_up_name}." if one.runner_up else ""
    return (one.name or "none"), words(one.reason) + after
