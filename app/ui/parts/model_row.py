"""A model as one compact row: `article` named by the model, the same for the browser, Ollama and clouds.

    model_row(
        "tiny", "Tiny", sign=sign("here"), status=status(Text("progress.ready"), "ready", is_hidden=True), about="Chat",
        badges=("fits",), speed=24.0, size_bytes=98_000_000, main=use_button, aside=(delete_button,), menu=menu,
    )

`main` is the one button that is always on show, `aside` what shows on hover and focus, `menu` the ⋯. The rest is in the
sheet, which `button "Details"` opens: it lies over the name and the second line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from app.core.html import Child, Html, h
from app.core.texts import Percent, Size, Speed, TextOrWords
from app.ui.icons import Icon, icon
from app.ui.parts.badge import Badge, badge
from app.ui.parts.controls import icon_button
from app.ui.words import t, words

Sign = Literal["away", "here", "active", "ring", "problem"]
SIGNS: Mapping[Sign, Icon] = {
    "away": "circle",
    "here": "circle-dot",
    "active": "circle-check",
    "problem": "circle-alert",
}
MOST_BADGES = 2


def model_row(
    id: str,
    name: str,
    *,
    sign: Html,
    status: Html,
    about: Child = None,
    badges: Sequence[Badge] = (),
    speed: float = 0.0,
    size_bytes: int = 0,
    main: Child = None,
    aside: Sequence[Html] = (),
    menu: Child = None,
    progress: Html | None = None,
    problem: Html | None = None,
    is_active: bool = False,
) -> Html:
    """`speed` in tokens per second as measured here, 0 unknown. `progress` or a visible `status` takes the place of
    `about`. `sign` and `status` are made by the functions below."""
    shown = (badge(one) for one in badges[:MOST_BADGES])
    return h(
        "article",
        sign,
        h("div", h("h3", name, id=f"name-{id}"), *shown, class_="model-name"),
        h("div", progress or h("span", about, class_="about") if about else progress, status, class_="model-line"),
        h("span", words(Speed(speed)), class_="model-speed") if speed else None,
        h("span", words(Size(size_bytes)), class_="model-size") if size_bytes else None,
        details_button(id),
        h("div", *aside, main, menu, class_="actions", id=f"actions-{id}"),
        problem,
        class_="model-row",
        id=f"model-{id}",
        aria_labelledby=f"name-{id}",
        data_active=is_active,
    )


def details_button(id: str) -> Html:
    """Opens the sheet of a model (`app.ui.sheets`)."""
    return h(
        "button",
        type="button",
        class_="model-open",
        aria_label=t("model_row.details"),
        aria_describedby=f"name-{id}",
        data_on="click:page:sheet",
        data_arg=f"model/{id}",
        id=f"details-{id}",
    )


def sign(kind: Sign, id: str = "", share: Percent | None = None) -> Html:
    """The mark before the name: not here, here, active, something wrong, or a ring that is closed by `share`."""
    if kind != "ring":
        return h("span", icon(SIGNS[kind]), class_="sign", data_sign=kind)
    track = h("circle", cx=12, cy=12, r=9, class_="track")
    done = h("circle", cx=12, cy=12, r=9, pathLength=100, stroke_dasharray=dashes(share), id=f"ring-{id}")
    ring = h("svg", track, done, viewBox="0 0 24 24", class_="icon", aria_hidden="true")
    return h("span", ring, class_="sign", data_sign=kind)


def dashes(share: Percent | None) -> str:
    """The part of a ring that is drawn; a quarter where nothing is known."""
    return f"{25 if share is None else int(share)} 100"


def status(text: TextOrWords, kind: str, *notes: str, is_hidden: bool = False) -> Html:
    """One status of the fixed list, and what there is to add. `kind` is `data-status`; a hidden one is read out."""
    line = " · ".join((words(text), *(note for note in notes if note)))
    return h("span", line, class_="status visually-hidden" if is_hidden else "status", data_status=kind)


def row_button(
    id: str, label: str, action: str, arg: str, *, icon_name: Icon | None = None, **more: str | bool | None
) -> Html:
    """The button of a row; with an icon it is only that on a phone. `action` is as in `data-on`."""
    verb = action.split(":")[-1]
    label_html = h("span", label)
    return h(
        "button",
        icon(icon_name) if icon_name else None,
        label_html,
        type="button",
        class_="with-icon" if icon_name else None,
        data_on=action,
        data_arg=arg,
        id=f"{verb}-{id}",
        **more,
    )


def use_button(id: str, arg: str, *, is_chosen: bool, data_ask: str | None = None, data_no: str | None = None) -> Html:
    """Let this model answer from now on; one that does already says so. `data_ask` and `data_no` are what is asked
    first, and the answer that is no."""
    on = "click:models:choose"
    if is_chosen:
        return row_button(id, t("models_page.active"), on, arg, icon_name="check", aria_pressed="true")
    return row_button(id, t("models_page.use"), on, arg, data_ask=data_ask, data_no=data_no)


def aside_button(id: str, label: str, action: str, arg: str, icon_name: Icon, **more: str | bool | None) -> Html:
    """An icon that shows while the row is pointed at or focused."""
    verb = action.split(":")[-1]
    return icon_button(icon_name, label, action, arg, class_="bare aside", id=f"{verb}-{id}", **more)


def group_head(label: Html | str, id: str, status: Child = None) -> Html:
    """The capitals over a group of rows, and what stands at their right."""
    return h("div", h("h2", label, id=id), status, class_="group-head")
