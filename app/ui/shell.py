"""What is around every page: navigation, the model's choice, the network's state, the chat's menu, notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.core.days import local_day
from app.core.html import Html, h, join
from app.core.places import Place
from app.core.texts import Text
from app.session import Session
from app.session.notices import NoticeKind, Shown
from app.study.chats import CHOICES, Chat
from app.ui.icons import Icon, icon
from app.ui.model_choice import sign
from app.ui.pages.registry import PAGES
from app.ui.parts.chats import row_items
from app.ui.parts.controls import icon_button
from app.ui.parts.menu import Item, menu
from app.ui.words import t, words

SIGNS: Mapping[NoticeKind, Icon] = {
    "info": "info",
    "error": "circle-alert",
    "offline": "wifi-off",
    "update": "refresh-cw",
}
#: said beside the model's name; where words leave this device, its icon and the line below the composer say so
NEAR = {Place.BROWSER: Text("shell.on_this_device"), Place.COMPUTER: Text("shell.on_this_computer")}


def navigation(session: Session) -> Html:
    """The list of pages; the present one is marked. The chats have a list of their own."""
    here = session.state.route()
    links = [
        h(
            "a",
            icon(row.icon),
            words(row.title),
            _due(session) if row.id == "cards" else None,
            id=f"nav-{row.id}",
            href=f"#/{row.id}",
            aria_current="page" if row.id == here else None,
        )
        for row in PAGES
        if row.make
    ]
    return h("ul", *(h("li", link) for link in links), id="nav")


def _due(session: Session) -> Html | None:
    """How many cards are due, as far as that is known."""
    outlook = session.state.outlook()
    count = outlook.due_on(local_day(session.clock.now())) if outlook else 0
    return join(" ", h("small", t("shell.cards_due", count=count))) if count else None


def picker(session: Session) -> Html:
    """The button that names the model that answers, and opens the list of all."""
    model = session.state.chosen()
    near = model.where if model.ref.is_built_in else NEAR.get(model.place)
    return h(
        "button",
        icon(sign(model)),
        h("span", model.name),
        h("small", words(near)) if near and model.provider != "automatic" else None,
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


def chat_tools(session: Session) -> Html:
    """What can be done with the open chat: keep it private, and its menu."""
    if session.state.route() != "chat":
        return h("div", id="chat-tools")
    chat = session.state.chat()
    kept = session.state.chat_of(chat.id)
    stays = chat.is_private and bool(chat.path)
    private = Item(t("shell.private_chat"), "chat:private", icon="hat-glasses", is_on=chat.is_private, is_off=stays)
    settings = Item(t("options.title"), "options:open", icon="sliders-horizontal")
    items: list[Item | None] = [
        Item(t("scope.menu"), "page:sheet", "scope", "library"),
        settings,
        replace(private, more="narrow"),
        Item(t("shell.keys"), "keys", icon="keyboard"),
    ]
    if session.state.visit.can_speak:
        reads = session.state.reads_replies()
        items.append(Item(t("aloud.always"), "aloud:always", icon="volume-2", is_on=reads))
    if kept:
        *first, line, delete = row_items(kept)
        lies = Item(t("shell.to_notebook"), "page:sheet", f"notebook/{chat.id}", "notebook-text")
        fills = Item(t("composer.part_context"), "context:open", icon="gauge")
        used = Item(t("statement.open"), "statement:open", f"chat/{chat.id}", "quote")
        items = [*first, lies, fills, used, Item(t("shell.print"), "print", icon="printer"), *items, line, delete]
    more = menu("chat-menu", t("shell.chat_menu"), *items)
    return h("div", _options(session, chat), _private(is_on=chat.is_private, stays=stays), more, id="chat-tools")


def _options(session: Session, chat: Chat) -> Html | None:
    """What is chosen for this chat alone, imported with the first of it."""
    if all(getattr(chat, name) is None for name in CHOICES if name != "scope"):  # that one stands in the composer
        return None
    from app.ui.parts.options import chip

    return chip(session, chat)


def _private(*, is_on: bool, stays: bool) -> Html:
    """The switch of a private chat. Once something was said in it, it stays on."""
    label = t("shell.private_chat")
    return icon_button(
        join(icon("hat-glasses"), h("span", label) if is_on else None),
        label,
        None if stays else "click:chat:private",
        role="switch",
        aria_checked="true" if is_on else "false",
        aria_disabled="true" if stays else None,
        title=t("shell.private_stays" if stays else "shell.private_tip"),
        id="private-chat",
    )


def notices(session: Session) -> Html:
    """Errors and news of what is on show, each with its cure and the button that does it."""
    here, sheet = session.state.here(), session.state.sheet()
    told = (item for item in session.state.notices() if item.everywhere or item.at == here)
    shown = [notice(item) for item in told if not (sheet and item.over is sheet)]
    if session.state.can_install():
        line = h("p", t("shell.can_install"))
        button = h("button", t("shell.install"), type="button", data_on="click:app:install")
        close = h("button", t("shell.not_now"), type="button", class_="quiet", data_on="click:app:not-now")
        card = (icon("download"), line, h("div", button, close, class_="actions"))
        shown.append(h("div", *card, class_="notice", id="notice-install", data_kind="info"))
    return h("div", *shown, id="notices")


def sheet_notices(session: Session) -> Html:
    """What has come while the sheet was open: nothing can be read or pressed behind it."""
    sheet = session.state.sheet()
    shown = [notice(item) for item in session.state.notices() if sheet and item.over is sheet]
    return h("div", *shown, id="sheet-notices")


def notice(item: Shown) -> Html:
    """One notice as a card; errors interrupt a screen reader, news do not."""
    is_error = item.kind in ("error", "offline")
    buttons = [
        h(
            "button",
            words(label),
            type="button",
            class_="primary" if is_error and not at else None,
            data_on=f"click:{action}",
            data_arg=arg,
        )
        for at, (label, action, arg) in enumerate(item.buttons)
    ]
    summary = h("summary", t("shell.details"))
    detail = h("details", summary, h("pre", item.detail), id=f"detail-{item.id}") if item.detail else None
    return h(
        "div",
        icon(SIGNS[item.kind]),
        h("p", h("strong", words(item.text)), join(" ", words(item.cure)) if item.cure else None),
        h("div", *buttons, class_="actions") if buttons else None,
        detail,
        icon_button("x", t("shell.dismiss"), "click:app:dismiss", item.id),
        class_="notice",
        id=f"notice-{item.id}",
        data_kind=item.kind,
        role="alert" if is_error else "status",
    )
