"""The search dialog: the chats that hold what is typed, by kind, so that other kinds of things can join them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.html import Child, Html, h
from app.session import Session
from app.study.chats import Chat
from app.ui.icons import icon
from app.ui.parts.chats import short_date
from app.ui.words import t, words

RECENT, MOST = 8, 50


def results(session: Session) -> Html:
    """The list below the field: what was found, before anything is typed the latest chats."""
    found, chats = session.state.found(), session.state.chats()
    if found is None:
        rows = [_option(session, chat, "", ()) for chat in chats[:RECENT]]
        label = t("chats.recent")
    else:
        hits = [chat for chat in chats if chat.id in found.hits][:MOST]
        rows = [_option(session, chat, found.hits[chat.id], found.words) for chat in hits]
        label = t("chats.list")
    return h("div", _group(label, rows) if rows else None, id="found", role="listbox", aria_label=t("chats.results"))


def nothing(session: Session) -> Html:
    """The line in its place where nothing was found."""
    found, query = session.state.found(), session.state.finding()
    line = t("chats.none_found", query=query) if query and found is not None and not found.hits else None
    return h("p", line, id="found-none", role="status")


def _group(label: str, rows: Sequence[Html]) -> Html:
    head = h("p", label, id="found-chats", role="presentation")
    return h("div", head, *rows, role="group", aria_labelledby="found-chats")


def _option(session: Session, chat: Chat, said: str, found: Sequence[str]) -> Html:
    when = words(short_date(chat.updated, session.clock.now()))
    return h(
        "div",
        icon("pin" if chat.is_pinned else "message-square"),
        h("span", h("strong", *marked(words(chat.name), found)), h("small", *marked(said, found)) if said else None),
        h("small", when),
        role="option",
        id=f"found-{chat.id}",
        aria_selected="false",
        data_on="click:page:visit",
        data_arg=f"#/chat/{chat.id}",
    )


def marked(text: str, found: Sequence[str]) -> list[Child]:
    """A text in pieces, those that were searched for marked."""
    if not found:
        return [text]
    pattern = "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))
    parts = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return [h("mark", part) if at % 2 else part for at, part in enumerate(parts) if part]
