"""What stands around every page: navigation, the model's choice, the network's state, notices."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.session import Session
from app.session.notices import Shown
from app.ui.icons import icon
from app.ui.model_choice import sign
from app.ui.pages.registry import PAGES
from app.ui.words import t, words


def navigation(session: Session) -> Html:
    """The list of pages; the present one is marked."""
    here = session.state.route()
    links = [
        h(
            "a",
            icon(row.icon),
            words(row.title),
            id=f"nav-{row.id}",
            href=f"#/{row.id}",
            aria_current="page" if row.id == here else None,
        )
        for row in PAGES
    ]
    return h("ul", *(h("li", link) for link in links), id="nav")


def picker(session: Session) -> Html:
    """The button that names the model that answers, and opens the list of all."""
    model = session.state.chosen()
    return h(
        "button",
        icon(sign(model)),
        h("span", model.name),
        icon("chevron-down"),
        type="button",
        role="combobox",
        aria_label=t("shell.part_model"),
        aria_haspopup="dialog",
        aria_controls="find-model",
        aria_expanded="false" if session.state.finding_model() is None else "true",
        popovertarget="find-model",
        id="model",
    )


def pill(session: Session) -> Html:
    """Whether there is a network; the app works without one."""
    if session.state.visit.is_demo:
        return h("span", t("shell.demo"), id="pill", class_="pill", data_state="demo")
    title = None
    if session.state.offline().is_on:
        text, state, title = t("shell.offline_mode"), "offline", t("shell.offline_mode_tip")
    elif session.state.is_offline():
        text, state, title = t("shell.offline"), "offline", t("shell.offline_tip")
    else:
        text, state = t("shell.online"), "online"
    return h("span", text, id="pill", class_="pill", data_state=state, title=title)


def toast(session: Session) -> Html:
    """What was just done, with the way back; it goes by itself (static/js/page/toast.js)."""
    shown = session.state.toast()
    if shown is None:
        return h("div", id="toast", role="status")
    label, action, arg = shown.button
    button = h("button", words(label), type="button", data_on=f"click:{action}", data_arg=arg)
    return h("div", h("p", words(shown.text)), button, id="toast", role="status", data_shown=shown.id)


def notices(session: Session) -> Html:
    """Errors and news, each with its cure and the button that does it."""
    shown = [notice(item) for item in session.state.notices()]
    if session.state.can_install():
        button = h("button", t("shell.install"), type="button", data_on="click:app:install")
        line = h("p", t("shell.can_install"))
        close = h("button", t("shell.not_now"), type="button", class_="quiet", data_on="click:app:not-now")
        shown.append(h("div", line, button, close, class_="notice", id="notice-install", data_kind="info"))
    return h("div", *shown, id="notices")


def notice(item: Shown) -> Html:
    """One notice; errors interrupt a screen reader, news do not."""
    buttons = (
        h("button", words(label), type="button", data_on=f"click:{action}", data_arg=arg)
        for label, action, arg in item.buttons
    )
    summary = h("summary", t("shell.details"))
    detail = h("details", summary, h("pre", item.detail), id=f"detail-{item.id}") if item.detail else None
    return h(
        "div",
        h("p", h("strong", words(item.text)), join(" ", words(item.cure)) if item.cure else None),
        detail,
        *buttons,
        h("button", t("shell.dismiss"), type="button", class_="quiet", data_on="click:app:dismiss", data_arg=item.id),
        class_="notice",
        id=f"notice-{item.id}",
        data_kind=item.kind,
        role="alert" if item.kind == "error" else "status",
    )
