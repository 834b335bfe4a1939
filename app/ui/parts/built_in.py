"""`region "Built into this browser"`: the model that some browsers have, as one row, and its sheet.

    built_in_region(session)         # empty where the browser has none
    built_in_sheet(session)

The browser downloads it, keeps it and removes it; how large it is, it does not say.
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Percent
from app.models.shelf import is_refused
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.icons import Icon
from app.ui.parts.controls import problem_box
from app.ui.parts.loading import in_memory
from app.ui.parts.menu import Item, menu
from app.ui.parts.model_row import Sign, aside_button, group_head, model_row, row_button, sign, status, use_button
from app.ui.parts.sheet import fact, facts, sheet
from app.ui.parts.status import WORDS, status_kind
from app.ui.words import t, words

REGION = "built-in"
ID = "built-in-model"  # begins the ids of its elements


def built_in_region(session: Session) -> Html:
    """The region with its one row. That it is not for this device is no alarm: on most devices it is so."""
    row = session.state.built_in()
    if row is None:
        return Html("")
    head = group_head(t("builtin.group"), f"{REGION}-title")
    article = h("div", _article(session, row), class_="models")
    return h("section", head, article, aria_label=t("builtin.region"), id=REGION)


def _article(session: Session, row: Row) -> Html:
    is_chosen = session.state.usual().id == row.model.id
    bar = _bar(session, row) if row.status == Status.DOWNLOADING else None
    actions = [Item(t("model_row.details"), "page:sheet", f"model/{row.model.id}", "info")]
    if session.state.loaded_id() == row.model.id:
        actions.append(Item(t("models_page.unload"), "models:unload", row.model.id, "power"))
    return model_row(
        row.model.id,
        row.model.name,
        sign=_sign(row, is_chosen=is_chosen, share=session.state.built_in_share()),
        status=_status(session, row),
        about=words(row.problem.message if row.problem and is_refused(row) else row.model.best_for),
        main=main_button(session, row, ID),
        aside=_aside(session, row),
        menu=menu(f"menu-{ID}", t("models_page.menu", model=row.model.name), *actions),
        progress=bar,
        problem=problem_box(row.problem) if row.problem and not is_refused(row) else None,
        is_active=row.is_ready and is_chosen,
    )


def _sign(row: Row, *, is_chosen: bool, share: Percent | None) -> Html:
    kind: Sign = "away"
    if row.status == Status.DOWNLOADING:
        kind = "ring"
    elif row.problem and not is_refused(row):
        kind = "problem"
    elif row.is_ready:
        kind = "active" if is_chosen else "here"
    return sign(kind, ID, share)


def _status(session: Session, row: Row) -> Html:
    """Its status, read out; on show only while the browser is being asked."""
    if row.status == Status.VERIFYING:
        return status(t("builtin.asking"), "busy")
    loaded = session.state.loaded()
    is_here = loaded is not None and loaded.model_id == row.model.id
    notes = [in_memory(loaded)] if loaded and is_here else []
    return status(WORDS[row.status], status_kind(row.status), *notes, is_hidden=not is_here)


def _bar(session: Session, row: Row) -> Html:
    """How far the browser is, as far as it tells this page."""
    share = session.state.built_in_share()
    told = t("builtin.share", percent=share) if share is not None else t("builtin.elsewhere")
    value = None if share is None else int(share)
    meter = h("progress", value=value, max=100, aria_label=row.model.name, aria_valuetext=told, id=f"{ID}-meter")
    return h("div", meter, h("p", told), class_="model-progress", id=f"{ID}-bar")


def main_button(session: Session, row: Row, key: str) -> Html | None:
    """The one thing to do now; `key` makes its element's id."""
    id = row.model.id
    if row.is_ready:
        return use_button(key, id, is_chosen=session.state.usual().id == id)
    if row.status == Status.DOWNLOADING:
        if session.state.built_in_share() is not None:
            return None
        return row_button(key, t("builtin.follow"), "click:builtin:fetch", "")
    if row.status == Status.VERIFYING or is_refused(row):
        return None
    has_failed = row.status == Status.FAILED
    label = t("progress.try_again") if has_failed else t("models_page.download")
    shown: Icon = "play" if has_failed else "download"
    ask, no = t("builtin.download_ask"), t("models_page.not_now")
    return row_button(key, label, "click:builtin:fetch", "", icon_name=shown, data_ask=ask, data_no=no)


def _aside(session: Session, row: Row) -> tuple[Html, ...]:
    if row.status != Status.DOWNLOADING or session.state.built_in_share() is None:
        return ()
    return (aside_button(ID, t("models_page.cancel"), "click:builtin:stop", "", "x"),)


def built_in_sheet(session: Session) -> Html | None:
    """What is known of it, and what is not; None where the browser has none."""
    row = session.state.built_in()
    if row is None:
        return None
    return sheet(
        row.model.name,
        h("p", words(row.model.best_for)),
        problem_box(row.problem) if row.problem else None,
        h("h3", t("models_page.details")),
        facts(
            fact(t("models_page.engine"), t("builtin.engine")),
            fact(t("models_page.size"), t("builtin.size")),
            fact(t("builtin.needs"), t("builtin.needs_what")),
            fact(t("builtin.sampling"), t("builtin.sampling_what")),
            fact(t("builtin.words_stay"), t("builtin.words_stay_what")),
            fact(t("builtin.kept"), t("builtin.kept_what")),
        ),
        foot=main_button(session, row, f"sheet-{ID}"),
    )
