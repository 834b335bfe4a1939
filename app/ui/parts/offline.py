"""Offline Mode in Settings: the switch, what it allows, and what was refused."""

from __future__ import annotations

import time

from app.core.html import Html, h, join
from app.core.texts import Moment, Text, in_a_row
from app.net.gate import Refusal, Standing
from app.session import Session
from app.ui.words import t, words


def offline_mode(session: Session) -> Html:
    """The switch and, while it is on, its account."""
    standing = session.state.offline()
    return join(
        toggle("offline-mode", t("offline.mode"), "offline:switch", standing.is_on),
        h("small", t("offline.meaning")),
        toggle("offline-loopback", t("offline.ollama_here"), "offline:loopback", standing.allows_loopback),
        account(standing),
    )


def toggle(id: str, label: str, action: str, is_on: bool) -> Html:
    """One switch with its label."""
    box = h("input", type="checkbox", role="switch", id=id, checked=is_on, data_on=f"change:{action}")
    return h("label", box, label, for_=id)


def account(standing: Standing) -> Html:
    """What has left this device, and what has not."""
    if not standing.is_on:
        return h("p", _last_request(standing), id="offline-account")
    count, since = standing.count, Text("offline.nothing_left", when=clock_time(standing.since))
    refused = Text("offline.refused", count=count) if count else Text("offline.none_refused")
    told = words(in_a_row(since, refused))
    return h("div", h("p", told, role="status"), log(standing.refused) if count else None, id="offline-account")


def _last_request(standing: Standing) -> str:
    if not standing.left_at or not standing.left_for:
        return t("offline.no_requests")
    when = clock_time(standing.left_at)
    return t("offline.last_request", host=standing.left_to, what=standing.left_for, when=when)


def log(refused: tuple[Refusal, ...]) -> Html:
    """The refusals, latest first: hosts and times, nothing of what a person wrote."""
    names = t("offline.when"), t("offline.where_to"), t("offline.what_for")
    head = h("tr", *(h("th", name, scope="col") for name in names))
    rows = (
        h("tr", h("td", words(clock_time(one.when))), h("td", one.host), h("td", words(one.what))) for one in refused
    )
    table = h("table", h("thead", head), h("tbody", *rows))
    return h("details", h("summary", t("offline.log")), table, id="offline-log")


def clock_time(seconds: float) -> str | Moment:
    """Hours and minutes of this place, with the date where it was another day."""
    then = time.localtime(seconds)
    is_today = time.strftime("%Y%j", then) == time.strftime("%Y%j")
    return time.strftime("%H:%M", then) if is_today else Moment(seconds)
