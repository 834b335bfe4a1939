"""The editor of a card: what it asks, its fields, and how it will look.

card_editor(session, draft)             # <form id="card-editor">: drawn anew where its kind or a picture changes
card_preview(session, prose, draft)     # <div id="card-preview">
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.html import Html, h
from app.core.texts import Text
from app.session import Session
from app.session.cards import KINDS, Draft
from app.study.practice.faces import face, ordinals
from app.study.practice.records import Note, NoteKind
from app.ui.icons import icon
from app.ui.parts.card_face import card_face, source_chip
from app.ui.parts.controls import problem_box
from app.ui.prose import Prose
from app.ui.words import rich, t, words

EDITOR, PREVIEW, PROBLEM = "card-editor", "card-preview", "card-problem"
NAMES: Mapping[NoteKind, Text] = {
    "basic": Text("cards.kind_basic"),
    "reversed": Text("cards.kind_reversed"),
    "cloze": Text("cards.kind_cloze"),
}
MOST_SHOWN = 6  # cards of one note
EXAMPLE, HINT = "{{c1::…}}", "{{c1::word::hint}}"


def card_editor(session: Session, draft: Draft) -> Html:
    """The form. What stands in its fields is the person's, until it is drawn anew."""
    note, is_cloze = draft.note, draft.note.kind == "cloze"
    labels = (t("cards.cloze"), t("cards.beside")) if is_cloze else (t("cards.front"), t("cards.back"))
    fields = [_field(at, _label(at, labels), text) for at, text in enumerate(_padded(note.fields))]
    about = rich("cards.cloze_about", example=h("code", EXAMPLE), hint=h("code", HINT)) if is_cloze else None
    gap = None
    if is_cloze:
        face = (icon("minus"), t("cards.gap"))
        gap = h("button", *face, type="button", class_="secondary", data_gap="card-field-0")
    title = h("h2", t("cards.new_card" if draft.is_new else "cards.edit_card"), id="card-editor-title", tabindex="-1")
    return h(
        "form",
        h("header", title, source_chip(note.source)),
        h("div", _kind(note), _notebook(session, note), class_="card-choices"),
        fields[0],
        h("div", gap, _picture(), class_="actions"),
        h("p", about, class_="note") if about else None,
        *fields[1:],
        h("p", t("cards.markdown_about"), class_="note") if note.markup == "markdown" else None,
        _tags(note),
        _problem(session),
        _buttons(),
        id=EDITOR,
        data_on="submit:cards:save",
    )


def _padded(fields: tuple[str, ...]) -> tuple[str, ...]:
    return (*fields, "", "")[: max(2, len(fields))]


def _label(at: int, labels: tuple[str, ...]) -> str:
    return labels[at] if at < len(labels) else str(at + 1)


def _field(at: int, label: str, text: str) -> Html:
    """The line break before the words is the markup's own: a parser drops the first one."""
    on = {"data_on": "input:cards:typed", "data_arg": str(at)}
    id = f"card-field-{at}"
    area = h("textarea", f"\n{text}", id=id, name=str(at), rows=3, dir="auto", autofocus=not at, **on)
    return h("label", label, area)


def _kind(note: Note) -> Html | None:
    if note.kind not in KINDS:
        return None
    options = (h("option", words(NAMES[one]), value=one, selected=one == note.kind) for one in KINDS)
    return h("label", t("cards.kind"), h("select", *options, name="kind", data_on="change:cards:kind"))


def _notebook(session: Session, note: Note) -> Html:
    notebooks = sorted(session.library.notebooks().values(), key=lambda one: one.name.casefold())
    options = [h("option", t("cards.no_notebook"), value="")]
    options += [h("option", one.name, value=one.id, selected=one.id == note.notebook) for one in notebooks]
    return h("label", t("cards.notebook"), h("select", *options, name="notebook", data_on="change:cards:notebook"))


def _picture() -> Html:
    accept = "image/png,image/jpeg,image/webp,image/gif"
    field = h("input", type="file", id="card-picture", accept=accept, hidden=True, data_on="change:cards:picture")
    button = h("button", icon("image"), t("cards.picture"), type="button", class_="secondary", data_pick="card-picture")
    return h("span", field, button)


def _tags(note: Note) -> Html:
    on = {"data_on": "input:cards:typed", "data_arg": "tags"}
    field = h("input", name="tags", value=" ".join(note.tags), autocomplete="off", spellcheck="false", **on)
    return h("label", t("cards.tags"), field, h("small", t("cards.tags_about")))


def _problem(session: Session) -> Html:
    problem = session.cards.problem()
    return h("div", problem_box(problem) if problem else None, id=PROBLEM)


def _buttons() -> Html:
    cancel = h("a", t("cards.cancel"), href="#/cards/all", role="button", class_="secondary")
    return h("div", h("button", t("cards.save"), type="submit"), cancel, class_="actions")


def card_preview(prose: Prose, draft: Draft) -> Html:
    """Every card that this makes, with its answer."""
    note = draft.note
    shown = [
        _shown(prose, draft, ordinal) for ordinal in ordinals(note)[:MOST_SHOWN] if any(map(str.strip, note.fields))
    ]
    title = h("h2", t("cards.preview"))
    return h("div", title if shown else None, *shown, id=PREVIEW)


def _shown(prose: Prose, draft: Draft, ordinal: int) -> Html:
    made, note, id = face(draft.note, ordinal), draft.note, f"{draft.note.id}-{ordinal}"
    sides = (("front", made.front), ("back", made.back), ("beside", made.beside))
    parts = [card_face(prose, f"preview-{side}-{id}", text, note, draft.shown) for side, text in sides if text.strip()]
    lined = [piece for at, part in enumerate(parts) for piece in ((h("hr"), part) if at else (part,))]
    return h("div", *lined, class_="review-card card-small")
