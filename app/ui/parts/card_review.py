"""The Review tab: the card on show, how many are left, and the buttons that grade it.

review_head(session)            # <div id="review-head">: "8 left of 12 due", Undo
review_card(session, prose)     # <article id="card">
review_keys(session)            # <div id="grades">: Show answer, or Again, Hard, Good, Easy
"""

from __future__ import annotations

from app.core.days import local_day
from app.core.html import Html, h, join
from app.core.texts import ShortDay, Text
from app.session import Session
from app.session.review import Asked
from app.study.practice.limits import days_from
from app.ui.icons import icon
from app.ui.parts.card_face import card_face, source_chip
from app.ui.parts.card_making import making_link
from app.ui.parts.controls import problem_box
from app.ui.parts.menu import Item, menu
from app.ui.prose import Prose
from app.ui.words import rich, t, words

HEAD, CARD, KEYS = "review-head", "card", "grades"
GRADES = (
    ("1", Text("cards.again")),
    ("2", Text("cards.hard")),
    ("3", Text("cards.good")),
    ("4", Text("cards.easy")),
)
MINUTE, HOUR, DAY, MONTH, YEAR = 60.0, 3600.0, 86_400.0, 30.4 * 86_400, 365.25 * 86_400


def interval(seconds: float) -> str:
    """How long until a card comes again, as short as it can be said."""
    if seconds < HOUR:
        return t("cards.minutes", count=max(1, round(seconds / MINUTE)))
    if seconds < DAY:
        return t("cards.hours", count=round(seconds / HOUR))
    if seconds < MONTH:
        return t("cards.days", count=round(seconds / DAY))
    if seconds < YEAR:
        return t("cards.months", count=_short(seconds / MONTH))
    return t("cards.years", count=_short(seconds / YEAR))


def _short(number: float) -> float:
    """One decimal below ten, and none where it is nothing."""
    rounded = round(number, 1) if number < 10 else round(number)
    return int(rounded) if rounded == int(rounded) else rounded


def review_head(session: Session) -> Html:
    """How many cards are left of today, and the way back."""
    session.practice.version()
    deck = session.practice.asked
    if deck is None or not deck.cards:
        return h("div", id=HEAD)
    count = deck.count()
    left = h("strong", t("cards.left_count", count=count.left))
    undo = h(
        "button",
        icon("undo-2"),
        h("span", t("cards.undo")),
        type="button",
        class_="quiet",
        title=t("cards.undo_tip"),
        disabled=not session.review.can_undo(),
        data_on="click:review:undo",
        data_key="z",
    )
    done = count.total - count.left
    bar = h("progress", value=done, max=count.total or 1, aria_label=t("cards.progress"))
    told = h("p", rich("cards.left", left=left, total=count.total))
    return h("div", h("div", told, _notebook(session), undo), bar, id=HEAD)


def _notebook(session: Session) -> Html | None:
    """Whose cards are reviewed; nothing where there are no notebooks."""
    chosen = session.practice.notebook()
    notebooks = sorted(session.library.notebooks().values(), key=lambda one: one.name.casefold())
    pairs = [
        ("all", t("cards.every_notebook")),
        ("", t("cards.no_notebook")),
        *((one.id, one.name) for one in notebooks),
    ]
    here = "all" if chosen is None else chosen
    options = (h("option", name, value=value, selected=value == here) for value, name in pairs)
    if not notebooks and chosen is None:
        return None
    return h("select", *options, id="review-notebook", aria_label=t("cards.notebook"), data_on="change:review:in")


def review_card(session: Session, prose: Prose) -> Html:
    """The card on show; where there is none, why, and what to do."""
    if problem := session.practice.problem():
        return h("div", problem_box(problem), id=CARD, class_="review-empty")
    asked = session.review.asked()
    if asked is None:
        return _nothing(session)
    id, face, note = f"{asked.card.id}", asked.face, asked.note
    front = h("div", card_face(prose, f"front-{id}", face.front, note, asked.pictures), class_="card-front")
    whole = face.is_cloze and asked.is_open
    return h(
        "article",
        _card_head(session, asked),
        None if whole else front,
        _answer(prose, asked) if asked.is_open else None,
        h("footer", source_chip(note.source)),
        id=CARD,
        aria_label=t("cards.card"),
        class_="review-card",
    )


def _answer(prose: Prose, asked: Asked) -> Html:
    """The back; of a cloze the whole text, and what is told beside it."""
    id, face, note = asked.card.id, asked.face, asked.note
    back = card_face(prose, f"back-{id}", face.back, note, asked.pictures) if face.back.strip() else None
    beside = card_face(prose, f"beside-{id}", face.beside, note, asked.pictures) if face.beside.strip() else None
    nothing = None if back else h("p", t("cards.no_answer"), class_="note")
    line = h("hr") if not face.is_cloze else None
    parts = (line, back, nothing, h("hr") if beside and face.is_cloze else None, beside)
    return h(
        "div",
        *parts,
        id="card-answer",
        tabindex="-1",
        role="group",
        aria_label=t("cards.answer"),
        class_="card-back card-whole" if face.is_cloze else "card-back",
        data_explain="card",
    )


def _card_head(session: Session, asked: Asked) -> Html:
    notebook = session.library.notebooks().get(asked.card.notebook)
    label, to = t("cards.edit_card"), f"#/cards/all/{asked.note.id}"
    edit = h("a", icon("pencil"), href=to, role="button", class_="bare", aria_label=label, title=label)
    more = menu(
        "card-menu",
        t("cards.menu"),
        Item(t("cards.bury"), "review:bury", icon="clock"),
        Item(t("cards.suspend"), "review:suspend", icon="pause"),
        None,
        Item(t("chats.delete"), "cards:delete", asked.note.id, "trash-2", is_danger=True),
    )
    return h("header", h("span", notebook.name if notebook else "", dir="auto"), edit, more)


def _nothing(session: Session) -> Html:
    deck = session.practice.deck
    if deck is None or not session.review.is_over():
        return h("div", h("p", t("cards.opening"), role="status"), id=CARD, class_="review-empty")
    new = h("button", icon("plus"), t("cards.new_card"), type="button", class_="primary", data_on="click:cards:new")
    if not deck.cards:
        ways = h("p", new, making_link(), class_="actions card-make")
        return h("div", h("p", t("cards.none")), ways, id=CARD, class_="review-empty")
    parts = (icon("circle-check"), h("p", h("strong", t("cards.nothing_due")), " ", _next_time(session), role="status"))
    return h("div", *parts, id=CARD, class_="review-empty")


def _next_time(session: Session) -> str:
    """When the next card comes, as short as it can be said."""
    deck, now = session.practice.asked, session.clock.now()
    then = deck.next_time(now) if deck else None
    if then is None:
        return t("cards.all_suspended")
    today, tomorrow = days_from(local_day(now), 2)
    day = local_day(then)
    if then <= now:
        return t("cards.limit_reached")
    if day == today:
        return t("cards.next_in", time=interval(then - now))
    return t("cards.next_tomorrow") if day == tomorrow else t("cards.next_on", day=ShortDay(then))


def review_keys(session: Session) -> Html:
    """What can be done with the card on show."""
    asked = session.review.asked()
    if asked is None or session.practice.problem():
        return h("div", id=KEYS)
    if asked.is_open:
        pairs = zip(GRADES, asked.intervals, strict=True)
        buttons = join(*(_grade(key, words(label), seconds) for (key, label), seconds in pairs))
        row = h("div", buttons, class_="grades")
    else:
        show = h(
            "button",
            t("cards.show_answer"),
            type="button",
            class_="primary",
            id="card-show",
            data_on="click:review:show",
            data_key="space",
        )
        row = h("div", show, class_="grades")
    hint = h("p", t("cards.hint"), class_="keys-hint") if session.state.settings().single_keys else None
    return h("div", row, hint, id=KEYS)


def _grade(key: str, label: str, seconds: float) -> Html:
    return h(
        "button",
        h("strong", label),
        h("small", interval(seconds)),
        h("kbd", key, aria_hidden="true"),
        type="button",
        class_="grade",
        data_grade=key,
        data_on="click:review:grade",
        data_arg=key,
        data_key=key,
        aria_keyshortcuts=key,
    )
