"""Each part of a page is drawn by itself: one that cannot be drawn says so in its place, and the others are there.

    drawn(Text("costs.history"), "group-costs", lambda: costs_section(session), reset="settings/costs")

What a part draws was checked when it came in, so that this should never be seen. It is seen where a check has a hole:
then it costs that part, and never the page on which the way out of it stands.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable

from app.core.html import Html, h
from app.core.ports import Page
from app.core.signals import untracked
from app.core.texts import TextOrWords
from app.session import Session
from app.session.notices import Shown, as_app_error
from app.ui.words import t


def drawn(name: TextOrWords, id: str, draw: Callable[[], Html], *, tag: str = "div", reset: str = "") -> Html:
    """What `draw` makes; where that fails, a box with the part's name and id. `reset` names the stored record, as
    "shelf/key", that the part starts anew without."""
    try:
        return draw()
    except Exception as error:  # noqa: BLE001 - shown in the part's place
        return could_not(name, id, error, tag=tag, reset=reset)


def could_not(name: TextOrWords, id: str, error: Exception, *, tag: str = "div", reset: str = "") -> Html:
    """The box of a part that could not be drawn."""
    button = h(
        "button",
        t("shell.reset"),
        type="button",
        data_on="click:archive:reset",
        data_arg=reset,
        data_ask=t("shell.reset_ask", part=name),
        data_no=t("shell.cancel"),
    )
    detail = "".join(traceback.format_exception_only(error)).strip()[:2000]
    where = [f"{frame.name}, line {frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
    return h(
        tag,
        h("p", h("strong", t("shell.broken", part=name)), " ", t("shell.broken_cure")),
        h("details", h("summary", t("shell.details")), h("pre", "\n".join([detail, *where])), id=f"broken-{id}"),
        h("div", button if reset else None, h("a", t("shell.open_settings"), href="#/settings/data"), class_="actions"),
        class_="problem broken",
        role="alert",
        id=id,
    )


def kept_up(page: Page, name: TextOrWords, id: str, paint: Callable[[], object], *, tag: str = "div") -> bool:
    """Let a view repaint what has changed; where that fails, its box takes its place. Whether it worked."""
    try:
        paint()
    except Exception as error:  # noqa: BLE001 - shown in the view's place
        page.paint("html", id, could_not(name, id, error, tag=tag))
        return False
    return True


def told_once(session: Session, name: str, work: Callable[[], object]) -> Callable[[], None]:
    """The same work; what goes wrong in it is said once, and keeps nothing else from being painted."""

    def run() -> None:
        try:
            work()
        except Exception as caught:  # noqa: BLE001 - shown at the top of the page
            error = as_app_error(caught)
            with untracked():
                session.notices.show(Shown(f"broken-{name}", error.message, error.cure, "error", detail=error.detail))

    return run
