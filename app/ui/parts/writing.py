"""Study notes from documents: the sheet in which one is begun, and what is being written above the documents.

writing_sheet(session)          # what stands in <dialog id="sheet">
writing_cards(session)          # <section id="writings">; hidden where nothing is under way
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Percent, Seconds, Text
from app.session import Session
from app.session.subject import SOME
from app.session.writing import Wish
from app.study.writing.asking import said
from app.study.writing.record import ALONE, FORMS, Form, Writing
from app.ui.parts.controls import button, icon_button, problem_box
from app.ui.parts.quiz_setup import who_writes
from app.ui.parts.sheet import sheet
from app.ui.parts.subject import chosen_documents, subject_choice
from app.ui.words import t, words

CARDS, START = "writings", "writing-start"
FEW = 0.5  # of its points: a model of which fewer hold is told to be too weak
LONG_SECONDS = 3  # of what is left, from which on it is told
FORM_NAMES: dict[Form, Text] = {
    "summary": Text("writing.summary_form"),
    "outline": Text("writing.outline_form"),
    "glossary": Text("writing.glossary_form"),
    "cornell": Text("writing.cornell_form"),
}
ABOUT: dict[Form, Text] = {
    "summary": Text("writing.summary_about"),
    "outline": Text("writing.outline_about"),
    "glossary": Text("writing.glossary_about"),
    "cornell": Text("writing.cornell_about"),
}
ABOUT_ALONE: dict[Form, Text] = {"outline": Text("writing.outline_alone"), "glossary": Text("writing.glossary_alone")}


def writing_sheet(session: Session) -> Html:
    """What the next note is to be; each choice takes effect at once."""
    part = session.writing
    wish, documents = part.wish(), part.documents()
    start = h(
        "button",
        t("writing.starting") if part.is_starting() else t("writing.start"),
        type="submit",
        class_="primary",
        disabled=part.is_starting() or not part.can_start,
        id=START,
        form="writing-form",
    )
    form = h(
        "form",
        subject_choice(session, wish.subject.about, "writing-about", "change:writing:about"),
        chosen_documents(session, wish.subject.chosen, "writing-document", "change:writing:document")
        if wish.subject.about == SOME
        else None,
        None if documents else h("p", t("writing.none_chosen"), class_="note", role="status"),
        _writer(session, wish),
        _forms(session, wish),
        data_on="submit:writing:start",
        id="writing-form",
        class_="writing-form",
    )
    return sheet(t("writing.title"), form, foot=start)


def _forms(session: Session, wish: Wish) -> Html:
    """The kinds of notes; without a model those that need one cannot be chosen."""
    uses_model = session.writing.uses_model
    return h("fieldset", h("legend", t("writing.form")), *(_form(one, wish, uses_model) for one in FORMS))


def _form(form: Form, wish: Wish, uses_model: bool) -> Html:
    is_possible = uses_model or form in ALONE
    about = ABOUT[form] if uses_model else ABOUT_ALONE.get(form, Text("writing.needs_model"))
    box = h(
        "input",
        type="radio",
        name="form",
        value=form,
        checked=form == wish.form,
        disabled=not is_possible,
        id=f"writing-{form}",
        data_on="change:writing:form",
    )
    return h("label", box, h("span", words(FORM_NAMES[form]), " ", h("small", words(about))), class_="writing-kind")


def _writer(session: Session, wish: Wish) -> Html:
    """Whether a model writes, which, and whether it is up to it."""
    model = session.writing.writer()
    if model is None:
        return h("p", t("writing.by_nobody"), class_="note", id="writing-writer")
    told = _ability(session, model.name) if wish.by_model else t("writing.by_nobody")
    stays = h("p", t("writing.stays"), class_="note") if session.writing.is_private else None
    label = t("writing.by_model", model=model.name)
    return who_writes(label, told, "writing", "change:writing:by-model", stays, is_on=wish.by_model)


def _ability(session: Session, model: str) -> str:
    """Whether a model is up to it, by what became of its points here."""
    share = session.writing.share(model)
    if share is None:
        return t("writing.untried")
    kept, tried = share
    return t("writing.too_weak" if kept < FEW * tried else "writing.able", percent=Percent.of(kept, tried), count=tried)


# -- what is under way


def writing_cards(session: Session) -> Html:
    """Each note that is being written, or was stopped."""
    part = session.writing
    rows = [_card(session, one) for one in part.under_way()]
    problem, failed = part.queue.problem(), part.queue.line.failed()
    if problem in failed.values():
        problem = None  # its note says it, where it was not given up
    title = h("h2", t("writing.region"), id="writings-title", class_="visually-hidden")
    told = problem_box(problem) if problem and rows else None
    return h("section", title, told, *rows, id=CARDS, hidden=not rows, aria_labelledby="writings-title")


def _card(session: Session, writing: Writing) -> Html:
    is_at = session.writing.queue.is_at(writing)
    name = h("strong", writing.name, dir="auto", id=f"writing-name-{writing.id}")
    bar = h(
        "progress",
        value=writing.read,
        max=max(writing.total, 1),
        aria_labelledby=f"writing-name-{writing.id}",
    )
    told = h("small", " · ".join(_told(session, writing, is_at=is_at)))
    why = session.writing.queue.line.failed().get(writing.id)
    box = problem_box(why, of=writing.name) if why else None
    return h("div", h("div", name, bar, told, box), *_ways(writing, is_at=is_at), class_="writing-card")


def _told(session: Session, writing: Writing, *, is_at: bool) -> list[str]:
    """How far it is, and how long it takes still."""
    progress = session.writing.queue.progress()
    points = t("writing.points", count=len(writing.points)) if writing.points else ""
    step = t("writing.progress", read=writing.read, total=writing.total)
    if writing.next_step != "read":
        step = t("writing.summing")
    if not is_at:
        state = t("writing.later" if session.writing.queue.is_later(writing) else "writing.stopped")
        return [state, step, *filter(None, [points])]
    left = (writing.total - writing.read) / progress.rate if progress and progress.rate else 0
    waits = t("writing.waiting") if progress and progress.is_waiting else ""
    more = t("library.left", seconds=Seconds(left)) if left >= LONG_SECONDS else ""
    return [one for one in (waits, step, more, points) if one]


def _ways(writing: Writing, *, is_at: bool) -> list[Html]:
    """Stop or go on; keep what is there; give it up."""
    name, id = writing.name, writing.id
    ways = []
    if is_at:
        ways.append(button(t("writing.stop"), "click:writing:stop", id, aria_label=t("writing.stop_name", name=name)))
    else:
        label = t("writing.go_on_name", name=name)
        ways.append(button(t("writing.go_on"), "click:writing:go-on", id, aria_label=label))
        if writing.points:
            label = t("writing.end_name", name=name)
            ways.append(button(t("writing.end"), "click:writing:end", id, aria_label=label))
    delete = icon_button("trash-2", t("writing.delete", name=name), "click:writing:delete", id)
    return [*ways, delete]


def points_left_out(writing: Writing) -> Html | None:
    """Below a note: what its writer said and no passage says; nothing where there is none."""
    if not writing.left_out:
        return None
    rows = (h("li", said(one), dir="auto") for one in writing.left_out)
    about = h("p", t("writing.left_out_about"), class_="note")
    title = h("summary", t("writing.left_out", count=writing.dropped))
    return h("details", title, about, h("ul", *rows), class_="left-out", id=f"left-out-{writing.id}")
