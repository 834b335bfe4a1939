"""A sheet over the page: at its side where there is room, at the bottom of a narrow one.

    sheet("Gemma 3n E2B", about, facts, foot=(h("button", "Use", …),))      # what stands in <dialog id="sheet">

There is one sheet (index.html). The action `page:sheet` opens it for what it names, such as "model/gemma-3n-e2b", and
`app.ui.sheets` draws that; "" shuts it. Esc, its button and a click beside it shut it too; the focus then returns.
"""

from __future__ import annotations

from app.core.html import Child, Html, h
from app.ui.parts.controls import icon_button
from app.ui.words import t

BODY = "sheet-body"  # the element that is painted


def sheet(title: str, *children: Child, foot: Child = None) -> Html:
    """The whole content: a head with the title, which names the dialog, and what is in it; `foot` stays below."""
    close = icon_button("x", t("model_row.close"), data_close=True)
    return h(
        "div",
        h("header", h("h2", title, id="sheet-title"), close),
        h("div", *children, class_="sheet-content"),
        h("footer", foot) if foot else None,
        id=BODY,
    )


def fact(name: Child, *value: Child, **more: str) -> Html:
    """One line of a `dl.sheet-facts`: a name, and what there is to say."""
    return h("div", h("dt", name), h("dd", *value), **more)


def facts(*lines: Html | None) -> Html:
    """Names and what there is to say to each."""
    return h("dl", *lines, class_="sheet-facts")
