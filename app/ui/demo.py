"""What the demo's page has on top: a hidden button whose answer takes the way of every event, for measuring it."""

from __future__ import annotations

from app.core.html import h, join
from app.core.ports import Page
from app.core.signals import Effect
from app.session import Session


def mount_ping(session: Session, page: Page) -> None:
    """`#ping` sends `demo:ping`; the count it changes is painted into `#pong`."""
    button = h("button", "Ping", type="button", id="ping", data_on="click:demo:ping")
    page.paint("add", "main", h("div", join(button, h("output", "0", id="pong")), hidden=True))
    Effect(lambda: page.paint("fill", "pong", str(session.state.pings())))
