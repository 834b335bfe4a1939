"""How far the work on a model's file is: a bar, and the same in words."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.ports import Page
from app.core.texts import Percent, Seconds, Size
from app.models.store.rows import Row, Status
from app.ui.words import t


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
    percent, done = Percent.of(row.done_bytes, total), Size(row.done_bytes)
    if row.rate and not row.note:
        rate, left = Size(round(row.rate)), Seconds(row.seconds_left)
        if not total:
            return t("progress.share_unknown_size_at_rate", percent=percent, done=done, rate=rate, seconds=left)
        return t("progress.share_at_rate", percent=percent, done=done, total=Size(total), rate=rate, seconds=left)
    if not total:
        return t("progress.share_unknown_size", percent=percent, done=done)
    return t("progress.share", percent=percent, done=done, total=Size(total))


def _sentence(row: Row, text: str) -> str:
    if row.status == Status.IMPORTING:
        return t("progress.importing_model", model=row.model.name, share=text)
    if row.status == Status.VERIFYING:
        return t("progress.verifying_model", model=row.model.name, share=text)
    return t("progress.fetching_model", model=row.model.name, share=text)
