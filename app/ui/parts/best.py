"""The card "Best for this device": one model, one button, why, and two others. Gone once the best is here."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.html import Html, h
from app.core.texts import Size, TextOrWords
from app.models.ability.quality import EQUAL, quality_of
from app.models.device.recommend import Recommendation
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.icons import icon
from app.ui.parts.progress import progress
from app.ui.parts.status import WAYS_ON
from app.ui.words import rich, t, words

BAR = "best-bar"


@dataclass(frozen=True, slots=True)
class Other:
    """A model that could be taken instead."""

    id: str
    name: str
    size_bytes: int
    is_better: bool


@dataclass(frozen=True, slots=True)
class Best:
    """The recommended model of this browser, and why."""

    row: Row
    why: TextOrWords
    others: tuple[Other, ...]


def best(session: Session) -> Best | None:
    """None where the best is here already, or nothing is known of this device."""
    advice = {one.task: one for one in session.measure.advice()}
    first, quick = advice.get("write"), advice.get("quick")
    rows = {row.model.id: row for row in session.state.rows()}
    row = rows.get(first.model_id) if first else None
    if first is None or row is None or row.is_ready:
        return None
    ids = [id for id in _others(first, quick) if id in rows and id != row.model.id]
    others = (_other(rows[id], row) for id in dict.fromkeys(ids))
    return Best(row, first.reason, tuple(one for one in others if one)[:2])


def _others(first: Recommendation, quick: Recommendation | None) -> tuple[str, ...]:
    return (first.slower, *((quick.model_id, quick.runner_up) if quick else ()), first.runner_up)


def _other(row: Row, than: Row) -> Other | None:
    """None where nothing speaks for it: it is neither better nor smaller."""
    model, best = row.model, than.model
    is_better = quality_of(model).points >= quality_of(best).points + EQUAL
    if not is_better and model.size_bytes >= best.size_bytes:
        return None
    return Other(model.id, model.name, model.size_bytes, is_better)


def best_card(found: Best | None) -> Html:
    """The card, or an empty place for it."""
    if found is None:
        return h("div", id="best")
    row, model = found.row, found.row.model
    size = h("span", words(Size(model.size_bytes)), class_="size") if model.size_bytes else None
    bar = progress(row, BAR) if row.is_busy else None
    others = [h("p", _told(one)) for one in found.others]
    return h(
        "div",
        h("span", icon("gauge"), class_="best-sign"),
        h(
            "div",
            h("p", t("models_page.best"), class_="best-title", id="best-title"),
            h("h2", model.name, " ", size),
            bar or h("p", words(found.why), class_="reason"),
            class_="best-what",
        ),
        _button(row),
        h("div", *others, class_="others") if others else None,
        role="group",
        aria_labelledby="best-title",
        id="best",
    )


def _told(one: Other) -> Html:
    on, size = "click:page:sheet", Size(one.size_bytes)
    name = h("button", one.name, type="button", class_="link", data_on=on, data_arg=f"model/{one.id}")
    if not one.size_bytes:
        return rich("models_page.or_other", model=name)
    if one.is_better:
        return rich("models_page.or_better", model=name, size=size)
    return rich("models_page.or_smaller", model=name, size=size)


def _button(row: Row) -> Html | None:
    model, id = row.model, row.model.id
    if row.is_busy:
        label, action, kind = t("models_page.pause"), "click:models:pause", None
        if row.status != Status.DOWNLOADING:
            return None
    else:
        size = Size(model.size_bytes)
        download = t("models_page.download_of", size=size) if model.size_bytes else t("models_page.download")
        label = words(WAYS_ON[row.status]) if row.status in WAYS_ON else download
        action, kind = "click:models:download", "primary"
    sign = icon("pause" if row.is_busy else "download")
    return h("button", sign, label, type="button", class_=kind, data_on=action, data_arg=id, id="best-button")
