"""What stands around every page: navigation, the model's choice, the network's state, notices."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.places import ModelRef
from app.core.text import size, speed
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.notices import Shown
from app.ui.pages.registry import PAGES
from app.ui.parts.status import WORDS
from app.ui.words import words

MOST_OPTIONS = 50  # models of this browser in one dropdown, if some of them are only listed


def navigation(session: Session) -> Html:
    """The list of pages; the present one is marked."""
    here = session.state.route()
    links = [
        h("a", row.title, id=f"nav-{row.id}", href=f"#/{row.id}", aria_current="page" if row.id == here else None)
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
    others = (("Ollama", ollama), ("Cloud", cloud))
    groups = (("In this browser", browser), *((label, options) for label, options in others if options))
    return [*automatic, *(h("optgroup", *options, label=label) for label, options in groups)]


def automatic_option(model: Model, chosen: str, place: str) -> Html:
    """Automatic as an option: it is nowhere, so it says what it does."""
    label = f"{model.name} · {words(model.best_for)}"
    return h("option", label, value=model.id, selected=chosen == model.id, id=f"{place}-{model.id}")


def server_option(session: Session, model: Model, chosen: str, place: str) -> Html:
    """One model of a server's as an option; one that cannot be reached says why."""
    why_not = "this chat is private" if is_shut(session, model) else session.switching.why_not(model)
    here = speed_here(session.state.speeds().get(model.id, 0.0))
    parts = [model.name, size(model.size_bytes) if model.size_bytes else "", here, words(why_not or model.where)]
    return h(
        "option",
        " · ".join(part for part in parts if part),
        value=model.id,
        selected=model.id == chosen,
        disabled=bool(why_not) and model.id != chosen,
        id=f"{place}-{model.id}",
    )


def is_shut(session: Session, model: Model) -> bool:
    """Whether the open chat is private and the model elsewhere."""
    return session.state.chat().is_private and model.leaves_device


def speed_here(tokens_per_second: float) -> str:
    """What was measured on this device, "" where nothing was."""
    return f"{speed(tokens_per_second)} here" if tokens_per_second else ""


def model_option(row: Row, chosen: str, place: str, tokens_per_second: float = 0.0) -> Html:
    """One model as an option: name, size, speed, where the words go; unusable ones say why. `place` makes its id."""
    model, is_usable = row.model, row.can_answer
    where = words(model.where) if is_usable else _why_not(row)
    parts = [model.name, size(model.size_bytes) if model.size_bytes else "", speed_here(tokens_per_second), where]
    return h(
        "option",
        " · ".join(part for part in parts if part),
        value=model.id,
        selected=model.id == chosen,
        disabled=not is_usable,
        id=f"{place}-{model.id}",
    )


def _why_not(row: Row) -> str:
    return "not on this device yet" if row.status == Status.NOT_DOWNLOADED else WORDS[row.status].lower()


def pill(session: Session) -> Html:
    """Whether there is a network; the app works without one."""
    if session.state.visit.is_demo:
        return h("span", "Demo: no model", id="pill", class_="pill", data_state="demo")
    title = None
    if session.state.offline().is_on:
        text, state, title = "Offline Mode", "offline", "Nothing leaves this device. Settings says what was refused."
    elif session.state.is_offline():
        text, state, title = "Offline", "offline", "The network is gone. Models on this device still answer."
    else:
        text, state = "Online", "online"
    return h("span", text, id="pill", class_="pill", data_state=state, title=title)


def notices(session: Session) -> Html:
    """Errors and news, each with its cure and the button that does it."""
    shown = [notice(item) for item in session.state.notices()]
    if session.state.can_install():
        button = h("button", "Install", type="button", data_on="click:app:install")
        words = h("p", "DrLeeLM can be installed as an app on this device.")
        close = h("button", "Not now", type="button", class_="quiet", data_on="click:app:not-now")
        shown.append(h("div", words, button, close, class_="notice", id="notice-install", data_kind="info"))
    return h("div", *shown, id="notices")


def notice(item: Shown) -> Html:
    """One notice; errors interrupt a screen reader, news do not."""
    buttons = (
        h("button", words(label), type="button", data_on=f"click:{action}", data_arg=arg)
        for label, action, arg in item.buttons
    )
    detail = (
        h("details", h("summary", "Details"), h("pre", item.detail), id=f"detail-{item.id}") if item.detail else None
    )
    return h(
        "div",
        h("p", h("strong", words(item.text)), join(" ", words(item.cure)) if item.cure else None),
        detail,
        *buttons,
        h("button", "Dismiss", type="button", class_="quiet", data_on="click:app:dismiss", data_arg=item.id),
        class_="notice",
        id=f"notice-{item.id}",
        data_kind=item.kind,
        role="alert" if item.kind == "error" else "status",
    )
