"""Cards from a document, a part of a page or a reply: the form, and what was made, to keep, change or drop.

making_form(session)        # <form id="card-making">
making_progress(session)    # <div id="making-progress">
card_offers(session, prose) # <section id="card-offers">
"""

from __future__ import annotations

from app.core.html import Html, h
from app.session import Session
from app.session.making import MOST_WANTED, CardWish
from app.session.offers import ADDRESS, FIELD, OFFERS, Batch, Offer
from app.study.practice.faces import face, is_empty
from app.ui.icons import icon
from app.ui.parts.card_face import card_face, source_chip
from app.ui.parts.controls import button, problem_box
from app.ui.parts.quiz_setup import ability, how_many, who_writes
from app.ui.prose import Prose
from app.ui.words import t

FORM, PROGRESS, LIST = "card-making", "making-progress", "card-offers"


def making_link() -> Html:
    """The way to the form."""
    return h("a", icon("layers"), h("span", t("making.title")), href=ADDRESS, role="button", class_="secondary")


def making_form(session: Session) -> Html:
    """What of, how many, by whom; nothing while cards are offered."""
    part = session.making
    wish = part.wish()
    if session.offers.batch() is not None:
        return h("div", id=FORM, hidden=True)
    title = h("h2", t("making.title"), id="making-title")
    if not wish.turn and not wish.document:
        add = h("a", t("quiz.open_library"), href="#/library", role="button", class_="primary")
        return h("div", title, h("p", t("making.nothing")), h("p", add, class_="actions"), id=FORM, class_="quiz-empty")
    is_busy = part.is_busy()
    label = t("quiz.starting") if is_busy else t("making.start")
    start = h("button", label, type="submit", class_="primary", disabled=is_busy, id=FIELD)
    cancel = h("a", t("cards.cancel"), href="#/cards/all", role="button", class_="secondary")
    return h(
        "form",
        title,
        _about(session, wish),
        how_many(t("making.wanted"), wish.wanted, MOST_WANTED, "making-wanted", "change:making:wanted"),
        _writer(session, wish),
        h("p", t("making.about"), class_="note"),
        h("p", start, cancel, class_="actions"),
        data_on="submit:making:start",
        aria_labelledby="making-title",
        id=FORM,
        class_="quiz-setup",
    )


def _about(session: Session, wish: CardWish) -> Html:
    here = session.library.documents()
    options = []
    if wish.turn:
        chat = session.state.chat_of(wish.chat)
        options = [h("option", t("making.of_reply", name=chat.title if chat else ""), value="", selected=True)]
    elif wish.within and wish.document in here:
        part = t("making.of_page", name=here[wish.document].name, page=wish.within.page)
        options = [h("option", part, value="", selected=True)]
    options += [
        h("option", here[id].name, value=id, selected=not options and id == wish.document)
        for id in session.making.documents()
    ]
    return h(
        "label", h("span", t("making.of")), h("select", *options, id="making-about", data_on="change:making:about")
    )


def _writer(session: Session, wish: CardWish) -> Html:
    """Whether a model writes them, which, and whether it can."""
    model = session.making.writer()
    if model is None:
        return h("p", t("making.no_model"), class_="note", id="making-writer")
    told = ability(session, model) if wish.by_model else t("making.no_model")
    label = t("making.by_model", model=model.name)
    return who_writes(label, told, "making", "change:making:by-model", is_on=wish.by_model)


def making_progress(session: Session) -> Html:
    """How many were made, how many were dropped, and the way to stop it."""
    batch, part = session.offers.batch(), session.making
    problem = part.problem()
    box = problem_box(problem) if problem else None
    if batch is None or batch.is_of_mistakes:
        return h("div", box, id=PROGRESS)
    line = " · ".join(_counts(session, batch))
    if not (batch.quiz.model and part.is_busy()):
        return h("div", box, h("p", h("small", line), role="status"), id=PROGRESS, class_="quiz-making")
    told = {"aria_label": t("making.being_made"), "aria_valuetext": line}
    bar = h("progress", value=len(batch.offers), max=batch.quiz.wanted, **told)
    stop = button(t("quiz.stop"), "click:making:stop", "")
    return h("div", bar, h("p", h("small", line), stop, class_="actions"), id=PROGRESS, class_="quiz-making")


def _counts(session: Session, batch: Batch) -> list[str]:
    """Made, dropped and known, counted apart."""
    made = len(batch.offers)
    is_busy = session.making.is_busy() and batch.quiz.model
    found = [t("quiz.made_of", count=made, total=batch.quiz.wanted) if is_busy else t("cards.count", count=made)]
    if batch.quiz.dropped:
        found.append(t("quiz.dropped", count=batch.quiz.dropped))
    if batch.known:
        found.append(t("making.known", count=batch.known))
    if batch.quiz.model:
        found.append(t("quiz.written_by", model=batch.quiz.model))
    if is_busy and session.making.is_waiting():
        found.append(t("quiz.reply_first"))
    return found


def card_offers(session: Session, prose: Prose) -> Html:
    """What was made, each with its source, and what can be done with all of it."""
    batch = session.offers.batch()
    if batch is None:
        return h("section", id=LIST)
    title = h("h2", t("making.offered", name=batch.quiz.name), id=OFFERS, tabindex="-1", dir="auto")
    rows = [_offer(prose, one) for one in batch.offers]
    is_busy = session.making.is_busy()
    if not batch.offers and not is_busy:
        rows = [h("li", t("making.none_held"), class_="quiz-empty")]
    count = len(batch.chosen)
    save = h(
        "button",
        t("making.save", count=count),
        type="button",
        class_="primary",
        disabled=not count,
        id="offers-save",
        data_on="click:offers:save",
    )
    more = None
    if not batch.is_of_mistakes:
        more = h(
            "button", t("making.more"), type="button", class_="secondary", disabled=is_busy, data_on="click:making:more"
        )
    ask = t("making.discard_ask") if batch.offers else None
    discard = h(
        "button", t("making.discard"), type="button", class_="quiet", data_on="click:offers:discard", data_ask=ask
    )
    return h(
        "section",
        title,
        h("p", t("making.decide"), class_="note"),
        h("ul", *rows, aria_labelledby=OFFERS, class_="offers"),
        h("p", save, more, discard, class_="actions offers-end"),
        id=LIST,
    )


def _offer(prose: Prose, offer: Offer) -> Html:
    note = offer.note
    box = h(
        "input",
        type="checkbox",
        checked=offer.is_kept and not is_empty(note),
        disabled=is_empty(note),
        id=f"offer-keep-{note.id}",
        data_on="change:offers:keep",
        data_arg=note.id,
    )
    keep = h("label", box, h("span", t("making.keep")), class_="offer-keep")
    edit = h(
        "button",
        icon("pencil"),
        h("span", t("making.done" if offer.is_open else "cards.edit")),
        type="button",
        class_="quiet",
        aria_expanded="true" if offer.is_open else "false",
        aria_describedby=f"offer-{note.id}-words",
        id=f"offer-edit-{note.id}",
        data_on="click:offers:edit",
        data_arg=note.id,
    )
    words = _fields(offer) if offer.is_open else _shown(prose, offer)
    head = h("div", keep, source_chip(note.source), edit, class_="offer-head")
    return h("li", head, words, id=f"offer-{note.id}", class_=None if offer.is_kept else "dropped")


def _shown(prose: Prose, offer: Offer) -> Html:
    """The card as it will be asked, with its answer."""
    note = offer.note
    made = face(note, 0)
    texts = (made.back, made.beside) if made.is_cloze else (made.front, made.back)
    names = ("front", "back")
    parts = [
        card_face(prose, f"offer-{note.id}-{name}", text, note, {})
        for name, text in zip(names, texts, strict=True)
        if text.strip()
    ]
    return h("div", *parts, id=f"offer-{note.id}-words", class_="offer-words")


def _fields(offer: Offer) -> Html:
    note = offer.note
    is_cloze = note.kind == "cloze"
    labels = (t("cards.cloze"), t("cards.beside")) if is_cloze else (t("cards.front"), t("cards.back"))
    fields = (
        h(
            "label",
            label,
            h(
                "textarea",
                f"\n{note.fields[at]}",
                id=f"offer-field-{note.id}-{at}",
                rows=2 + note.fields[at].count("\n"),
                dir="auto",
                data_on="input:offers:typed",
                data_arg=f"{note.id}/{at}",
            ),
        )
        for at, label in enumerate(labels)
    )
    return h("div", *fields, id=f"offer-{note.id}-words", class_="offer-fields")
