"""Offline Mode in Settings: the switch, what it allows, and what was refused."""

from __future__ import annotations

import time

from app.core.html import Html, h, join
from app.net.gate import Refusal, Standing
from app.session import Session

WORDS = "While it is on, every request that would leave this device is refused: downloads, links, cloud models."


def offline_mode(session: Session) -> Html:
    """The switch and, while it is on, its account."""
    standing = session.state.offline()
    return join(
        toggle("offline-mode", "Offline Mode", "offline:switch", standing.is_on),
        h("small", WORDS),
        toggle("offline-loopback", "Ollama here may be asked", "offline:loopback", standing.allows_loopback),
        account(standing),
    )


def toggle(id: str, label: str, action: str, is_on: bool) -> Html:
    """One switch with its label."""
    box = h("input", type="checkbox", role="switch", id=id, checked=is_on, data_on=f"change:{action}")
    return h("label", box, label, for_=id)


def account(standing: Standing) -> Html:
    """What has left this device, and what has not."""
    if not standing.is_on:
        asked = f"Last external request: {standing.left_to}, for {standing.left_for}, {clock_time(standing.left_at)}."
        words = asked if standing.left_at else "No external requests since this page was opened."
        return h("p", words, id="offline-account")
    count = standing.count
    refused = "No requests blocked." if not count else f"{count} request{'s were' if count > 1 else ' was'} refused."
    words = f"Nothing has left this device since {clock_time(standing.since)}. {refused}"
    return h("div", h("p", words, role="status"), log(standing.refused) if count else None, id="offline-account")


def log(refused: tuple[Refusal, ...]) -> Html:
    """The refusals, latest first: hosts and times, nothing of what a person wrote."""
    head = h("tr", *(h("th", name, scope="col") for name in ("When", "Where to", "What for")))
    rows = (h("tr", h("td", clock_time(one.when)), h("td", one.host), h("td", one.what)) for one in refused)
    table = h("table", h("thead", head), h("tbody", *rows))
    return h("details", h("summary", "What was refused"), table, id="offline-log")


def clock_time(seconds: float) -> str:
    """Hours and minutes of this place, with the date where it was another day."""
    then = time.localtime(seconds)
    is_today = time.strftime("%Y%j", then) == time.strftime("%Y%j")
    return time.strftime("%H:%M" if is_today else "%d %B %Y, %H:%M", then)
