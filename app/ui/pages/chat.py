"""The chat page: the list of chats, and what an empty chat says."""

from __future__ import annotations

from functools import partial

from app.core.days import local_day
from app.core.html import Html, h
from app.core.texts import ShortDay, ShortTime, Text, Value, Weekday
from app.session import Session
from app.study.chats import Chat
from app.ui.drawn import drawn
from app.ui.icons import icon
from app.ui.words import t, words

NAMED_SECONDS = 6 * 86_400  # a day before this is no longer called by its weekday alone
A_CHAT = Text("chat.a_chat")


def chat_list(session: Session) -> Html:
    """The chats, the one used last first; while searching only those that were found. A long list unfolds by parts."""
    found = session.state.found()
    chats = [chat for chat in session.state.chats() if found is None or chat.id in found]
    here, renaming = session.state.chat().id, session.state.renaming()
    limit, now = session.state.listed(), session.clock.now()
    today = local_day(now)

    def row(chat: Chat, label: str) -> Html:
        when = words(short_date(chat.updated, now))
        inside = _renaming(chat) if chat.id == renaming else chat_row(chat, when, chat.id == here)
        return h("li", h("p", label, class_="label") if label else None, inside, id=f"chat-{chat.id}")

    rows, last = [], ""
    for chat in chats[:limit]:
        label = t("chat.today") if local_day(chat.updated) == today else t("chat.earlier_chats")
        news, last = "" if label == last else label, label
        rows.append(drawn(A_CHAT, f"chat-{chat.id}", partial(row, chat, news), tag="li"))
    if len(chats) > limit:
        label = t("chat.older", count=len(chats) - limit)
        button = h("button", label, type="button", class_="quiet", data_on="click:chat:older")
        rows.append(h("li", button, id="chats-older"))
    if not rows:
        line = t("chat.none_found" if found is not None else "chat.none")
        rows = [h("li", line, class_="quiet", id="chats-none")]
    return h("ul", *rows, id="chats", aria_label=t("chat.chats"))


def short_date(when: float, now: float) -> Value:
    """When a chat was last used, as short as it is clear: the time today, the weekday this week, else the day."""
    if local_day(when) == local_day(now):
        return ShortTime(when)
    return Weekday(when) if 0 <= now - when < NAMED_SECONDS else ShortDay(when)


def chat_row(chat: Chat, when: str, is_open: bool) -> Html:
    """One chat with its date and its menu."""
    is_current = "true" if is_open else None
    link = h("a", words(chat.name), href=f"#/chat/{chat.id}", class_="chat-link", aria_current=is_current)
    buttons = (
        h("button", label, type="button", data_on=f"click:{action}", data_arg=chat.id, aria_label=whole)
        for label, whole, action in (
            (t("chat.rename"), t("chat.rename_chat", chat=chat.name), "chat:rename"),
            (t("chat.export"), t("chat.export_chat", chat=chat.name), "chat:export"),
            (t("chat.delete"), t("chat.delete_chat", chat=chat.name), "chat:delete"),
        )
    )
    summary = h("summary", icon("ellipsis"), aria_label=t("chat.menu", chat=chat.name))
    menu = h("details", summary, h("div", *buttons), class_="menu", id=f"menu-{chat.id}")
    return h("div", link, h("small", when), menu, class_="chat-row")


def _renaming(chat: Chat) -> Html:
    name = words(chat.name)
    field = h("input", name="title", value=name, aria_label=t("chat.title"), id=f"title-{chat.id}", autofocus=True)
    save = h("button", t("chat.save"), type="submit")
    on = {"data_on": "submit:chat:renamed", "data_arg": chat.id, "data_escape": "chat:rename"}
    return h("form", field, save, **on)


def earlier(session: Session) -> Html:
    """The way to what is not shown yet."""
    hidden = len(session.state.chat().path) - len(session.state.turns())
    if hidden <= 0 or not session.state.turns():
        return h("div", id="earlier")
    label = t("chat.earlier", count=hidden)
    button = h("button", label, type="button", data_on="click:chat:earlier", class_="quiet")
    return h("div", button, id="earlier", class_="earlier")
