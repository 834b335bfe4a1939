"""The list of chats in the rail: pinned ones, those of today, earlier ones, each with its menu."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.core.days import local_day
from app.core.html import Html, h
from app.core.texts import ShortDay, ShortTime, Text, Value, Weekday
from app.session import Session
from app.study.chats import Chat
from app.ui.drawn import drawn
from app.ui.parts.menu import Item, menu
from app.ui.words import t, words

NAMED_SECONDS = 6 * 86_400  # a day before this is no longer called by its weekday alone
A_CHAT = Text("chats.a_chat")


def chat_list(session: Session) -> Html:
    """The chats, the one used last first, pinned ones above all. A long list unfolds by parts."""
    chats = sorted(session.state.chats(), key=lambda chat: not chat.is_pinned)
    open_id, renaming = session.state.chat().id, session.state.renaming()
    limit, now, is_here = session.state.listed(), session.clock.now(), session.state.route() == "chat"
    shown = [chat for at, chat in enumerate(chats) if at < limit or chat.id in (open_id, renaming)]

    def row(chat: Chat, label: str) -> Html:
        is_open = chat.id == open_id
        when = words(short_date(chat.updated, now))
        inside = _renaming(chat) if chat.id == renaming else chat_row(chat, when, is_open=is_open, is_here=is_here)
        return h("li", h("p", label, class_="label") if label else None, inside, id=f"chat-{chat.id}")

    rows = [
        drawn(A_CHAT, f"chat-{chat.id}", partial(row, chat, label), tag="li") for chat, label in _labelled(shown, now)
    ]
    if len(chats) > len(shown):
        label = t("chats.older", count=len(chats) - len(shown))
        button = h("button", label, type="button", class_="quiet", data_on="click:chat:older")
        rows.append(h("li", button, id="chats-older"))
    if not rows:
        rows = [h("li", t("chats.none"), class_="quiet", id="chats-none")]
    return h("ul", *rows, id="chats", data_rows=True, aria_label=t("chats.list"))


def _labelled(chats: list[Chat], now: float) -> Iterator[tuple[Chat, str]]:
    """Each chat, the first of a group with the group's name."""
    today, last = local_day(now), ""
    for chat in chats:
        is_today = local_day(chat.updated) == today
        label = t("chats.pinned") if chat.is_pinned else t("chats.today") if is_today else t("chats.earlier")
        yield chat, "" if label == last else label
        last = label


def short_date(when: float, now: float) -> Value:
    """When a chat was last used, as short as it is clear: the time today, the weekday this week, else the day."""
    if local_day(when) == local_day(now):
        return ShortTime(when)
    return Weekday(when) if 0 <= now - when < NAMED_SECONDS else ShortDay(when)


def chat_row(chat: Chat, when: str, *, is_open: bool, is_here: bool) -> Html:
    """One chat with its date and its menu. The open one is marked, also while another page is shown: it leads back."""
    link = h(
        "a",
        words(chat.name),
        href=f"#/chat/{chat.id}",
        class_="chat-link",
        dir="auto",
        aria_current="true" if is_open and is_here else None,
        data_open=is_open,
    )
    more = menu(f"menu-{chat.id}", t("chats.menu", chat=chat.name), *row_items(chat))
    return h("div", link, h("small", when), more, class_="chat-row", data_menu=f"menu-{chat.id}")


def row_items(chat: Chat) -> tuple[Item | None, ...]:
    """What can be done with a chat."""
    return (
        Item(t("chats.rename"), "chat:rename", chat.id, "pencil"),
        Item(t("chats.unpin"), "chat:pin", chat.id, "pin-off")
        if chat.is_pinned
        else Item(t("chats.pin"), "chat:pin", chat.id, "pin"),
        Item(t("chats.export"), "chat:export", chat.id, "download"),
        None,
        Item(t("chats.delete"), "chat:delete", chat.id, "trash-2", is_danger=True),
    )


def _renaming(chat: Chat) -> Html:
    name, id = words(chat.name), f"title-{chat.id}"
    field = h("input", name="title", value=name, aria_label=t("chats.title"), id=id, autofocus=True, autocomplete="off")
    save = h("button", t("chats.save"), type="submit")
    on = {"data_on": "submit:chat:renamed", "data_arg": chat.id, "data_escape": "chat:rename"}
    return h("form", field, save, **on)
