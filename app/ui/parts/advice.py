"""Which model is recommended for what: the mark on a model's row, and a table by task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.html import Html, h
from app.core.texts import Text, in_a_row
from app.models.device.recommend import TASKS, Recommendation, Task
from app.session import Session
from app.ui.words import rich, t, words

#: a task within a sentence
FOR: Mapping[Task, Text] = {
    "quick": Text("ollama_model.for_quick"),
    "write": Text("ollama_model.for_write"),
    "code": Text("ollama_model.for_code"),
    "embed": Text("ollama_model.for_embed"),
}


def advice_words(session: Session) -> dict[str, str]:
    """By the model's id what its row says: its tasks, and the reason."""
    found: dict[str, list[Recommendation]] = {}
    for one in session.measure.advice():
        if one.model_id:
            found.setdefault(one.model_id, []).append(one)
    return {model_id: _words(several) for model_id, several in found.items()}


def _words(several: Sequence[Recommendation]) -> str:
    tasks = ", ".join(words(FOR[one.task]) for one in several)
    return t("ollama_model.advice", tasks=tasks, why=several[0].reason)


def mark(advice: str) -> Html | None:
    """On the row of a recommended model."""
    if not advice:
        return None
    title = h("strong", t("ollama_model.recommended"))
    return h("p", rich("ollama_model.recommended_for", recommended=title, advice=advice), class_="advice")


def advice_table(advice: Sequence[Recommendation]) -> Html | None:
    """What to use for each task, why, and what comes next."""
    if not advice:
        return None
    heads = (h("th", name, scope="col") for name in _heads())
    rows = (
        h("tr", h("th", words(TASKS[one.task].name), scope="row"), *(h("td", cell) for cell in _cells(one)))
        for one in advice
    )
    table = h("table", h("thead", h("tr", *heads)), h("tbody", *rows), aria_labelledby="advice-title")
    return h("div", h("h3", t("ollama_model.recommended"), id="advice-title"), table, class_="advice-table")


def _heads() -> tuple[str, str, str]:
    return t("ollama_model.for"), t("ollama_model.model"), t("ollama_model.why")


def _cells(one: Recommendation) -> tuple[str, str]:
    after = Text("ollama_model.next_best", model=one.runner_up_name) if one.runner_up else ""
    return one.name or t("ollama_model.none"), words(in_a_row(one.reason, after))
