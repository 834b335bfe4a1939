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
    """A progress bar with its words under it; it counts what is kept, or what has been checked."""
    words = h("p", sentence(row), id=f"{id}-words")
    return h("div", words, meter(row, id), id=id, class_="note")


def row_progress(row: Row, id: str) -> Html:
    """The same in one line, for a row."""
    return h("div", meter(row, id), h("p", sentence(row), id=f"{id}-words"), id=id, class_="model-progress")


def meter(row: Row, id: str) -> Html:
    """The bar; its value text says percent, bytes, rate and time left."""
    names = {"aria_label": row.model.name, "aria_valuetext": how_far(row)}
    return h("progress", value=row.done_bytes, max=row.model.size_bytes or 1, id=f"{id}-meter", **names)


def move(page: Page, row: Row, id: str) -> None:
    """Paint how far it is into a progress bar that is there: nothing is compared, nothing else is touched."""
    page.paint("fill", f"{id}-words", join(sentence(row)))
    page.attr(f"{id}-meter", "value", str(row.done_bytes))
    page.attr(f"{id}-meter", "aria-valuetext", how_far(row))


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


def sentence(row: Row) -> str:
    """What there is to read beside the bar: percent, rate and time left, or what it waits for."""
    percent = Percent.of(row.done_bytes, row.model.size_bytes)
    if row.note:
        return t("progress.waiting", percent=percent, note=row.note)
    if row.status == Status.VERIFYING:
        return t("progress.checking_file", percent=percent)
    if row.status == Status.IMPORTING:
        return t("progress.importing_file", percent=percent)
    if not row.model.size_bytes:
        return t("progress.bytes_of_unknown", done=Size(row.done_bytes))
    if not row.rate:
        return t("progress.of_size", percent=percent, size=Size(row.model.size_bytes))
    return t("progress.at_rate", percent=percent, rate=Size(round(row.rate)), seconds=Seconds(row.seconds_left))
