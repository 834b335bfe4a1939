"""Settings, Privacy & offline: what has left this device, the switches, where questions can go."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from app.core.html import Html, h, join
from app.core.texts import Moment, Text
from app.net.gate import Refusal, Standing
from app.session import Session
from app.ui.icons import icon
from app.ui.parts.ollama import host
from app.ui.parts.setting import card, heading, line, switch
from app.ui.settings.storage import safety, told
from app.ui.words import t, words

if TYPE_CHECKING:
    from app.session.cloud import CloudServices


def account(session: Session) -> Html:
    """What has left this device, and what was refused."""
    standing = session.state.offline()
    is_calm = standing.is_on or not standing.left_at
    return h(
        "div",
        icon("shield-check" if is_calm else "shield"),
        h(
            "div",
            h("p", words(_headline(standing)), class_="name", role="status"),
            h("small", words(_refusals(standing))),
            log(standing.refused) if standing.is_on and standing.refused else None,
        ),
        class_="setting-banner",
        data_kind="good" if is_calm else None,
    )


def _headline(standing: Standing) -> Text:
    if standing.is_on:
        return Text("offline.nothing_left", when=clock_time(standing.since))
    if not standing.left_at or not standing.left_for:
        return Text("offline.no_requests")
    when = clock_time(standing.left_at)
    return Text("offline.last_request", host=standing.left_to, what=standing.left_for, when=when)


def _refusals(standing: Standing) -> Text:
    if not standing.is_on:
        return Text("offline.stored_here")
    return Text("offline.refused", count=standing.count) if standing.count else Text("offline.none_refused")


def switches(session: Session) -> Html:
    """Offline Mode, and what it allows."""
    standing = session.state.offline()
    meaning, ollama = t("offline.meaning"), t("offline.ollama_about")
    return card(
        switch("offline-mode", t("offline.mode"), "offline:switch", standing.is_on, about=meaning),
        switch(
            "offline-loopback", t("offline.ollama_here"), "offline:loopback", standing.allows_loopback, about=ollama
        ),
    )


def log(refused: tuple[Refusal, ...]) -> Html:
    """The refusals, latest first: hosts and times, nothing of what a person wrote."""
    names = t("offline.when"), t("offline.where_to"), t("offline.what_for")
    head = h("tr", *(h("th", name, scope="col") for name in names))
    rows = (
        h("tr", h("td", words(clock_time(one.when))), h("td", one.host), h("td", words(one.what))) for one in refused
    )
    table = h("table", h("thead", head), h("tbody", *rows))
    return h("details", h("summary", t("offline.log")), h("div", table, class_="figures", tabindex=0), id="offline-log")


def clock_time(seconds: float) -> str | Moment:
    """Hours and minutes of this place, with the date where it was another day."""
    then = time.localtime(seconds)
    is_today = time.strftime("%Y%j", then) == time.strftime("%Y%j")
    return time.strftime("%H:%M", then) if is_today else Moment(seconds)


def places(session: Session) -> Html:
    """Everywhere that a question can go."""
    cloud: CloudServices = session.cloud
    count = sum(row.can_answer for row in session.state.shelf.chat_rows)
    always = h("span", t("offline.always"), class_="setting-badge")
    here = line("place-browser", t("offline.this_browser"), always, about=t("offline.here", count=count), sign="laptop")
    services = [
        line(
            f"place-{one.id}",
            one.name,
            about=words(Text("offline.with_key") if one.last4 else Text("offline.without_key")),
            sign="cloud",
        )
        for one in cloud.services()
        if one.is_set_up or one.last4
    ]
    more = h("a", t("offline.connect"), href="#/settings/connections", class_="setting-link")
    return join(heading(t("offline.places")), card(here, _ollama(session), *services, more))


def _ollama(session: Session) -> Html:
    shown = session.state.ollama()
    if shown is None or not shown.is_running:
        about = t("offline.ollama_not_connected")
    else:
        about = t("offline.ollama_running", address=host(shown.address))
    return line("place-ollama", t("offline.ollama"), about=about, sign="server")


def stored(session: Session) -> Html:
    """How much is stored; the section Data has the rest."""
    manage = h("a", t("offline.manage"), href="#/settings/data", role="button")
    return join(
        heading(t("settings.storage")), card(line("stored", told(session), manage, about=words(safety(session))))
    )


def offline_state(session: Session) -> Text:
    """The section in two words, for the index."""
    standing = session.state.offline()
    return Text("offline.is_on") if standing.is_on else _short(standing)


def _short(standing: Standing) -> Text:
    return Text("offline.something_left") if standing.left_at else Text("offline.no_requests_short")
