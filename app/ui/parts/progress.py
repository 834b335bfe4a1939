"""How far the work on a model's file is: a bar, and the same in words."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.text import duration, percent, size
from app.models.rows import Row

DOING = {"Importing": "Importing", "Verifying": "Verifying"}


def bar_id(row: Row) -> str:
    """The element of a model's own bar on the Models page."""
    return f"bar-{row.model.id}"


def progress(row: Row, id: str) -> Html:
    """A progress bar with percent, bytes, rate and time left; it counts what is kept, or what has been checked."""
    total = row.model.size_bytes
    words = [percent(row.done_bytes, total), f"{size(row.done_bytes)} of {size(total) if total else 'unknown size'}"]
    if row.rate and not row.note:
        words += [f"{size(row.rate)}/s", f"{duration(row.seconds_left)} left"]
    text = ", ".join(words)
    bar = h("progress", value=row.done_bytes, max=total or 1, aria_label=row.model.name, aria_valuetext=text)
    return h("div", h("p", f"{DOING.get(row.status, 'Fetching')} {row.model.name}: {text}"), bar, id=id, class_="note")
