"""Each part of a page is drawn by itself: one that cannot be drawn says so in its place, and the others are there.

    drawn("The usage history", "group-costs", lambda: costs_section(session), reset="settings/costs")

What a part draws was checked when it came in, so that this should never be seen. It is seen where a check has a hole:
then it costs that part, and never the page on which the way out of it stands.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable

from app.core.html import Html, h
from app.core.ports import Page

WORDS = "The rest of the app works. Settings, under Data, looks for damaged data, saves it as a file and removes it."


def drawn(name: str, id: str, draw: Callable[[], Html], *, tag: str = "div", reset: str = "") -> Html:
    """What `draw` makes; where that fails, a box with the part's name and id. `reset` names the stored record, as
    "shelf/key", that the part starts anew without."""
    try:
        return draw()
    except Exception as error:  # noqa: BLE001 - shown in the part's place
        return could_not(name, id, error, tag=tag, reset=reset)


def could_not(name: str, id: str, error: Exception, *, tag: str = "div", reset: str = "") -> Html:
    """The box of a part that could not be drawn."""
    button = h(
        "button",
        "Reset this part",
        type="button",
        data_on="click:archive:reset",
        data_arg=reset,
        data_ask=f"Reset this part? {name} starts with its defaults; what is stored is kept aside, under Data.",
        data_no="Cancel",
    )
    detail = "".join(traceback.format_exception_only(error)).strip()[:2000]
    where = [f"{frame.name}, line {frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
    return h(
        tag,
        h("p", h("strong", f"This part could not be drawn: {name}."), " ", WORDS),
        h("details", h("summary", "Details"), h("pre", "\n".join([detail, *where])), id=f"broken-{id}"),
        h("div", button if reset else None, h("a", "Open Settings", href="#/settings"), class_="actions"),
        class_="problem broken",
        role="alert",
        id=id,
    )


def kept_up(page: Page, name: str, id: str, paint: Callable[[], object], *, tag: str = "div") -> bool:
    """Let a view repaint what has changed; where that fails, its box takes its place. Whether it worked."""
    try:
        paint()
    except Exception as error:  # noqa: BLE001 - shown in the view's place
        page.paint("html", id, could_not(name, id, error, tag=tag))
        return False
    return True
