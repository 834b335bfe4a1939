"""The search over everything, by kind: what fits best comes first, and Enter takes that.

shown = sections(session, found)
page.paint("html", "found", listbox(found, shown))
page.paint("html", "found-told", told(found, shown))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.finding import Query, Rank, rank, spans
from app.core.html import Child, Html, h
from app.session import Session
from app.study.chats import Chat
from app.study.finding import LINES, Found, Hit
from app.ui.icons import Icon, icon
from app.ui.parts.chats import short_date
from app.ui.parts.findable import KINDS, Kind, Thing
from app.ui.words import t, words

RECENT = 8  # chats that are offered before anything is typed


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one kind, and how well the best of them fits."""

    id: str
    label: str
    options: tuple[Html, ...]
    best: Rank


def sections(session: Session, found: Found) -> list[Section]:
    """All that was found, the kind with the best result first; before anything is typed, what is common."""
    if not found.query.words:
        made = [_common(session, kind) for kind in KINDS if kind.common]
        return [one for one in (_recent(session), *made) if one.options]
    made = [_of_kind(session, kind, found.query) for kind in KINDS]
    return sorted((one for one in (*made, _chats(session, found)) if one.options), key=lambda one: one.best)


def listbox(found: Found, shown: Sequence[Section]) -> Html:
    """The list below the field. It says what it was drawn for, so that Enter never takes what was found before."""
    groups = (
        h(
            "div",
            h("p", one.label, id=f"found-{one.id}", role="presentation"),
            *one.options,
            role="group",
            aria_labelledby=f"found-{one.id}",
        )
        for one in shown
    )
    return h("div", *groups, id="found", role="listbox", aria_label=t("find.results"), data_for=found.query.text)


def told(found: Found, shown: Sequence[Section]) -> Html:
    """How much was found, for a screen reader; for everybody where it is nothing, or not all has been read."""
    count = sum(len(one.options) for one in shown)
    line = t("find.found", count=count) if count else t("find.none", words=found.query.text)
    is_quiet = bool(count) and found.is_whole
    if not found.is_whole:
        line = t("find.reading") if not count else f"{line} {t('find.reading')}"
    return h(
        "p",
        line if found.query.words else None,
        id="found-told",
        role="status",
        class_="visually-hidden" if is_quiet else None,
    )


def _common(session: Session, kind: Kind) -> Section:
    things = [thing for thing, _ in zip(kind.things(session), range(kind.common), strict=False)]
    return Section(kind.id, words(kind.label), tuple(_thing(kind.id, one, ()) for one in things), Rank.NAME)


def _of_kind(session: Session, kind: Kind, query: Query) -> Section:
    ranked = list(_ranked(kind.things(session), query))
    ranked.sort(key=lambda one: one[0])
    options = tuple(_thing(kind.id, thing, query.words) for _, thing in ranked[: kind.most])
    return Section(kind.id, words(kind.label), options, ranked[0][0] if ranked else Rank.TEXT)


def _ranked(things: Iterator[Thing], query: Query) -> Iterator[tuple[Rank, Thing]]:
    for thing in things:
        fits = rank(query, thing.name, f"{thing.about} {thing.place} {thing.also}")
        if fits is not None:
            yield fits, thing


def _thing(kind: str, thing: Thing, found: Sequence[str]) -> Html:
    return _option(
        f"{kind}-{thing.id}",
        thing.sign,
        thing.name,
        thing.about,
        thing.place,
        f"click:{thing.action}",
        thing.arg,
        found,
    )


def _recent(session: Session) -> Section:
    chats = [_chat(session, chat, Hit(chat.id, Rank.NAME), ()) for chat in session.find.chats()[:RECENT]]
    return Section("chats", t("find.recent"), tuple(chats), Rank.NAME)


def _chats(session: Session, found: Found) -> Section:
    by_id = {chat.id: chat for chat in session.find.chats()}
    hits = [hit for hit in found.hits[:LINES] if hit.chat_id in by_id]  # not deleted meanwhile
    options = tuple(_chat(session, by_id[hit.chat_id], hit, found.query.words) for hit in hits)
    return Section("chats", t("chats.list"), options, hits[0].rank if hits else Rank.TEXT)


def _chat(session: Session, chat: Chat, hit: Hit, found: Sequence[str]) -> Html:
    when = words(short_date(chat.updated, session.clock.now()))
    address = "/".join(["#/chat", chat.id, *([hit.turn_id] if hit.turn_id else [])])
    sign: Icon = "hat-glasses" if chat.is_private else "pin" if chat.is_pinned else "message-square"
    return _option(f"chat-{chat.id}", sign, words(chat.name), hit.line, when, "click:page:visit", address, found)


def _option(id: str, sign: Icon, name: str, about: str, beside: str, on: str, arg: str, found: Sequence[str]) -> Html:
    return h(
        "div",
        icon(sign),
        h("span", h("strong", *marked(name, found)), h("small", *marked(about, found)) if about else None, dir="auto"),
        h("small", beside) if beside else None,
        role="option",
        id=f"found-{id}",
        aria_selected="false",
        data_on=on,
        data_arg=arg or None,
    )


def marked(text: str, found: Sequence[str]) -> list[Child]:
    """A text in pieces, the folded words that were searched for marked."""
    pieces: list[Child] = []
    at = 0
    for start, end in spans(text, found):
        pieces += [text[at:start], h("mark", text[start:end])]
        at = end
    return [piece for piece in (*pieces, text[at:]) if piece]
