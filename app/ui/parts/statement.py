"""Sources and models used: the sheet that shows them, to be copied and printed.

statement_sheet(session)
statement_parts(statement)      # the headings and lines alone, for a file
"""

from __future__ import annotations

from app.core.html import Html, h, join
from app.session import Session
from app.study.statement import Statement
from app.ui.icons import icon
from app.ui.parts.controls import button
from app.ui.parts.sheet import sheet
from app.ui.words import t, words


def statement_sheet(session: Session) -> Html:
    """The sheet; what it shows is put together when it opens."""
    part = session.statement
    statement = part.shown()
    if statement is None:
        told = t("statement.nothing") if part.is_known() else t("statement.reading")
        return sheet(t("statement.title"), h("p", told, role="status"))
    body = h("div", h("h3", words(statement.name), dir="auto"), statement_parts(statement), class_="statement")
    face = (icon("printer"), t("statement.print"))
    printing = h("button", *face, type="button", class_="secondary", data_on="click:print")
    copy = button(t("statement.copy"), "click:statement:copy", "")
    return sheet(t("statement.title"), body, foot=join(copy, printing))


def statement_parts(statement: Statement, tag: str = "h4") -> Html:
    """Each part with its heading."""
    return join(
        *(
            h("section", h(tag, words(part.title)), h("ul", *(h("li", words(line), dir="auto") for line in part.lines)))
            for part in statement.parts
        )
    )
