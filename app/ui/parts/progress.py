"""How far the work on a model's file is: a bar, and the same in words."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.ports import Page
from app.core.text import duration, percent, size
from app.models.store.rows import Row, Status

DOING = {Status.IMPORTING: "Importing", Status.VERIFYING: "Verifying"}


def bar_id(row: Row) -> str:
    """The element of a model's own bar on the Models page."""
    return f"bar-{row.model.id}"


def progress(row: Row, id: str) -> Html:
    """A progress bar with percent, bytes, rate and time left; it counts what is kept, or what has been checked."""
    text, total = how_far(row), row.model.size_bytes
    words = h("p", _sentence(row, text), id=f"{id}-words")
    names = {"aria_label": row.model.name, "aria_valuetext": text}
    bar = h("progress", value=row.done_bytes, max=total or 1, id=f"{id}-meter", **names)
    return h("div", words, bar, id=id, class_="note")


def move(page: Page, row: Row, id: str) -> None:
    """Paint how far it is into a progress bar that is there: nothing is compared, nothing else is touched."""
    text = how_far(row)
    page.paint("fill", f"{id}-words", join(_sentence(row, text)))
    page.attr(f"{id}-meter", "value", str(row.done_bytes))
    page.attr(f"{id}-meter", "aria-valuetext", text)


def how_far(row: Row) -> str:
    """Percent, bytes, rate and time left, as far as they are known."""
    total = row.model.size_bytes
    words = [percent(row.done_bytes, total), f"{size(row.done_bytes)} of {size(total) if total else 'unknown size'}"]
    if row.rate and not row.note:
        words += [f"{size(row.rate)}/s", f"{duration(row.seconds_left)} left"]
    return ", ".join(words)


def _sentence(row: Row, text: str) -> str:
    return f"{DOING.get(row.status, 'Fetching')} {row.model.name}: {text}"
