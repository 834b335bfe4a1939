"""What something is to be made from: a list of notebooks and documents, and boxes to tick some documents.

subject_choice(session, "notebook/3f2a", "quiz-about", "change:quiz:about")
chosen_documents(session, {"77b0"}, "quiz-document", "change:quiz:document")
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.core.html import Html, h
from app.session import Session
from app.session.subject import EVERYTHING, SOME
from app.study.library.documents import Document, listed
from app.ui.words import t

Group = tuple[str, Sequence[tuple[str, str]]]  # a name, and what can be chosen: values and names


def subject_choice(session: Session, about: str, id: str, on: str, *more: Group) -> Html:
    """The list, with its label; `more` are groups behind the documents."""
    library, documents = session.library, readable(session)
    notebooks = sorted(library.notebooks().values(), key=lambda one: one.name.casefold())
    groups = (
        (t("quiz.notebooks"), [(f"notebook/{one.id}", one.name) for one in notebooks]),
        (t("quiz.documents"), [(f"document/{one.id}", one.name) for one in documents]),
        *more,
    )
    first = [(EVERYTHING, t("quiz.all_documents"))] if documents else []
    first += [(SOME, t("quiz.some"))] if len(documents) > 1 or about == SOME else []
    select = h(
        "select",
        *(_option(value, name, about) for value, name in first),
        *(h("optgroup", *(_option(*one, about) for one in rows), label=name) for name, rows in groups if rows),
        id=id,
        data_on=on,
    )
    return h("label", h("span", t("quiz.about")), select)


def _option(value: str, name: str, about: str) -> Html:
    return h("option", name, value=value, selected=value == about)


def chosen_documents(session: Session, chosen: Collection[str], id: str, on: str) -> Html:
    """The documents, each to be ticked."""
    rows = (
        h(
            "label",
            h("input", type="checkbox", checked=one.id in chosen, id=f"{id}-{one.id}", data_on=on, data_arg=one.id),
            h("span", one.name, dir="auto"),
        )
        for one in readable(session)
    )
    return h("fieldset", h("legend", t("quiz.documents")), *rows, class_="quiz-choices quiz-documents")


def readable(session: Session) -> list[Document]:
    """The documents that were read, the one added last first."""
    return [one for one in listed(session.library.documents().values()) if one.has_text]
