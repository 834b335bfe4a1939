"""The All cards tab: what is looked for, the notes that fit, one row each.

list_tools(session)         # <div id="card-tools">: the search, the notebook, New card
card_list(session)          # <div id="card-list">
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import ShortDay
from app.session import Session
from app.study.practice.records import Card, Note
from app.ui.icons import icon
from app.ui.parts.anki import anki_tools
from app.ui.parts.card_making import making_link
from app.ui.parts.controls import problem_box, search_field
from app.ui.parts.menu import Item, menu
from app.ui.words import t, words

TOOLS, LIST, FILTER = "card-tools", "card-list", "card-filter"


def list_tools(session: Session) -> Html:
    """Drawn once: what stands in the search is the person's."""
    search = search_field(
        "card-words",
        t("cards.search"),
        "input:cards:find",
        value=session.cards.wanted() or None,
        data_below=LIST,
    )
    face = (icon("plus"), h("span", t("cards.new_card")))
    new = h("button", *face, type="button", class_="primary", id="new-card", data_on="click:cards:new")
    found = h("div", icon("search"), search, class_="library-search")
    return h("div", found, notebook_filter(session), *anki_tools(), making_link(), new, id=TOOLS)


def notebook_filter(session: Session) -> Html:
    """Whose cards are listed."""
    chosen = session.cards.notebook()
    notebooks = sorted(session.library.notebooks().values(), key=lambda one: one.name.casefold())
    pairs = [("all", t("cards.every_notebook")), ("", t("cards.no_notebook"))]
    pairs += [(one.id, one.name) for one in notebooks]
    options = (
        h("option", name, value=value, selected=value == ("all" if chosen is None else chosen)) for value, name in pairs
    )
    label = t("cards.notebook")
    return h("select", *options, id=FILTER, aria_label=label, data_on="change:cards:in", hidden=not notebooks)


def card_list(session: Session) -> Html:
    """The rows; where there are none, why."""
    cards, deck = session.cards, session.practice.deck
    session.practice.version()
    if problem := session.practice.problem():
        return h("div", problem_box(problem), id=LIST)
    if cards.notes() is None or deck is None:
        return h("div", h("p", t("cards.opening"), role="status"), id=LIST)
    found, listed = cards.shown(), cards.listed()
    if not found:
        empty = t("cards.none_found") if cards.notes() else t("cards.none")
        return h("div", h("p", empty, class_="library-empty"), id=LIST)
    rows = (_row(session, note, deck.of_note(note.id)) for note in found[:listed])
    left = len(found) - listed
    label = t("cards.more", count=left)
    more = h("button", label, type="button", class_="quiet", data_on="click:cards:more") if left > 0 else None
    return h("div", h("ul", *rows, data_rows=True, aria_label=t("cards.list"), class_="card-rows"), more, id=LIST)


def _row(session: Session, note: Note, cards: tuple[Card, ...]) -> Html:
    line = session.cards.line(note) or t("cards.untitled")
    is_suspended = bool(cards) and all(card.is_suspended for card in cards)
    notebook = session.library.notebooks().get(note.notebook)
    about = [
        t("cards.count", count=len(cards)),
        notebook.name if notebook else "",
        *(f"#{tag}" for tag in note.tags[:3]),
    ]
    items = (
        Item(t("cards.edit"), "page:visit", f"#/cards/all/{note.id}", "pencil"),
        Item(t("cards.resume" if is_suspended else "cards.suspend"), "cards:suspend", note.id,
             "play" if is_suspended else "pause"),
        None,
        Item(t("chats.delete"), "cards:delete", note.id, "trash-2", is_danger=True),
    )  # fmt: skip
    link = h("a", line, href=f"#/cards/all/{note.id}", dir="auto")
    return h(
        "li",
        h("div", link, h("small", " · ".join(filter(None, about)), dir="auto"), class_="document-name"),
        h("span", _state(session, cards, is_suspended=is_suspended), class_="document-status"),
        menu(f"menu-{note.id}", t("cards.row_menu", name=line), *items),
        id=f"note-{note.id}",
    )


def _state(session: Session, cards: tuple[Card, ...], *, is_suspended: bool) -> str:
    """When the first of its cards comes."""
    if is_suspended:
        return t("cards.suspended")
    asked = [card for card in cards if not card.is_suspended]
    learned = [card.due for card in asked if card.state != "new"]
    if not learned:
        return t("cards.new") if asked else ""
    due = min(learned)
    return t("cards.due_now") if due <= session.clock.now() else t("cards.due_on", day=words_day(due))


def words_day(seconds: float) -> str:
    """A day in short."""
    return words(ShortDay(seconds))
