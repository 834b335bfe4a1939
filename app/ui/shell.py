"""What stands around every page: navigation, the model's choice, the network's state, notices."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.html import Html, h, join
from app.core.places import ModelRef
from app.core.texts import Size, Speed, Text, TextOrWords
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.notices import Shown
from app.ui.icons import icon
from app.ui.pages.registry import PAGES
from app.ui.words import t, words

MOST_OPTIONS = 50  # models of this browser in one dropdown, if some of them are only listed
WHY_NOT: Mapping[Status, Text] = {
    Status.NOT_DOWNLOADED: Text("shell.not_here_yet"),
    Status.DOWNLOADING: Text("shell.downloading"),
    Status.PAUSED: Text("shell.paused"),
    Status.IMPORTING: Text("shell.importing"),
    Status.VERIFYING: Text("shell.verifying"),
    Status.DAMAGED: Text("shell.damaged"),
    Status.FAILED: Text("shell.failed"),
}


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
    """The one model dropdown. What cannot be used stays visible and says why."""
    chosen = session.state.chosen().id
    return h("select", *model_groups(session, chosen, "option"), id="model", data_on="change:models:choose")


def model_groups(session: Session, chosen: str, place: str) -> list[Html]:
    """Every model that can chat, by where it runs; of a long catalogue only those that are here. `place` makes the
    options' ids."""
    speeds = session.state.speeds()
    rows = session.state.shelf.chat_rows
    if len(rows) > MOST_OPTIONS:
        rows = tuple(row for row in rows if row.can_answer or row.model.id == chosen)
    browser = [model_option(row, chosen, place, speeds.get(row.model.id, 0.0)) for row in rows]
    installed = session.state.shelf.of("ollama")
    if ModelRef.parse(chosen).provider == "ollama" and chosen not in [model.id for model in installed]:
        installed = (*installed, session.state.chosen())
    ollama = [server_option(session, model, chosen, place) for model in installed]
    cloud = [server_option(session, model, chosen, place) for model in session.state.shelf.of("cloud")]
    automatic = [automatic_option(model, chosen, place) for model in session.state.shelf.of("automatic")]
    others = ((t("shell.ollama"), ollama), (t("shell.cloud"), cloud))
    groups = ((t("shell.in_this_browser"), browser), *((label, options) for label, options in others if options))
    return [*automatic, *(h("optgroup", *options, label=label) for label, options in groups)]


def automatic_option(model: Model, chosen: str, place: str) -> Html:
    """Automatic as an option: it is nowhere, so it says what it does."""
    label = t("shell.option", model=model.name, what=model.best_for)
    return h("option", label, value=model.id, selected=chosen == model.id, id=f"{place}-{model.id}")


def server_option(session: Session, model: Model, chosen: str, place: str) -> Html:
    """One model of a server's as an option; one that cannot be reached says why."""
    why_not = Text("shell.private") if is_shut(session, model) else session.switching.why_not(model)
    return h(
        "option",
        _about(model, session.state.speeds().get(model.id, 0.0), why_not or model.where),
        value=model.id,
        selected=model.id == chosen,
        disabled=bool(why_not) and model.id != chosen,
        id=f"{place}-{model.id}",
    )


def _about(model: Model, tokens_per_second: float, where: TextOrWords) -> str:
    """What an option says: name, size, speed, and where the words go or why it cannot be used."""
    size = words(Size(model.size_bytes)) if model.size_bytes else ""
    parts = [model.name, size, speed_here(tokens_per_second), words(where)]
    return " · ".join(part for part in parts if part)


def is_shut(session: Session, model: Model) -> bool:
    """Whether the open chat is private and the model elsewhere."""
    return session.state.chat().is_private and model.leaves_device


def speed_here(tokens_per_second: float) -> str:
    """What was measured on this device, "" where nothing was."""
    return t("shell.speed_here", speed=Speed(tokens_per_second)) if tokens_per_second else ""


def model_option(row: Row, chosen: str, place: str, tokens_per_second: float = 0.0) -> Html:
    """One model as an option: name, size, speed, where the words go; unusable ones say why. `place` makes its id."""
    model, is_usable = row.model, row.can_answer
    return h(
        "option",
        _about(model, tokens_per_second, model.where if is_usable else WHY_NOT[row.status]),
        value=model.id,
        selected=model.id == chosen,
        disabled=not is_usable,
        id=f"{place}-{model.id}",
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
