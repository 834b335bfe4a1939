"""Which model is recommended for what: the mark on a model's row, and a table by task."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.html import Html, h
from app.core.texts import Text, TextOrWords, in_a_row
from app.models.device.recommend import TASKS, Recommendation
from app.session import Session
from app.ui.words import t, words


def advised(session: Session) -> frozenset[str]:
    """Ids of the models that are recommended for a task."""
    return frozenset(one.model_id for one in session.measure.advice() if one.model_id)


def advice_table(advice: Sequence[Recommendation]) -> Html | None:
    """What to use for each task, why, and what comes next."""
    if not advice:
        return None
    heads = (h("th", name, scope="col") for name in (t("recommend.for"), t("recommend.model"), t("recommend.why")))
    rows = (
        h("tr", h("th", words(TASKS[one.task].name), scope="row"), *(h("td", cell) for cell in _cells(one)))
        for one in advice
    )
    table = h("table", h("thead", h("tr", *heads)), h("tbody", *rows), aria_labelledby="advice-title")
    return h("div", h("h3", t("recommend.title"), id="advice-title"), table, class_="advice-table")


def _cells(one: Recommendation) -> tuple[str, str]:
    after: TextOrWords = Text("recommend.next_best", model=one.runner_up_name) if one.runner_up else ""
    return one.name or t("recommend.no_model"), words(in_a_row(one.reason, after))
