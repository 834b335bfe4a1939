"""Ties state to the page: effects that repaint exactly what has changed.

    mount(session, page, typesetter)

Each part is painted by an effect of its own. Turns are painted one by one, and a reply that streams only grows.
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.commands import KeepAwake, Offline, Reach, Speak, Title, Turned
from app.core.html import Html, h
from app.core.ports import Page, Typesetter
from app.core.signals import Effect, Signal, untracked
from app.core.texts import Text
from app.session import Session
from app.ui import layers, shell
from app.ui.conversation import Conversation
from app.ui.drawn import drawn, told_once
from app.ui.pages import chat as chat_page
from app.ui.pages.registry import PAGES, View
from app.ui.parts import composer
from app.ui.parts.aloud import aloud_bar
from app.ui.parts.chats import chat_list
from app.ui.parts.leave import leave_question, privacy
from app.ui.parts.printed import NOTHING, print_head
from app.ui.parts.reply import again_dialog
from app.ui.prose import Prose
from app.ui.words import direction, language, speak, words

NO_PANEL = h("dialog", id="setup")
NOTHING_COMING = h("div", id="coming", hidden=True)


def mount(session: Session, page: Page, typesetter: Typesetter) -> None:
    """Paint everything now, and again whenever the state behind it changes."""
    Effect(Speaking(session, page).follow)
    parts: dict[str, tuple[Text, Callable[[Session], Html]]] = {
        "nav": (Text("shell.part_pages"), shell.navigation),
        "model": (Text("shell.part_model"), shell.picker),
        "pill": (Text("shell.part_network"), shell.pill),
        "chat-tools": (Text("shell.part_chat"), shell.chat_tools),
        "notices": (Text("shell.part_notices"), shell.notices),
        "toast": (Text("shell.part_notices"), shell.toast),
        "chats": (Text("shell.part_chats"), chat_list),
        "earlier": (Text("shell.part_earlier"), chat_page.earlier),
        "empty": (Text("shell.part_start"), composer.empty),
        "queue": (Text("composer.queued_messages"), composer.queue),
        "attached": (Text("attach.attached"), composer.attachments),
        "context": (Text("composer.part_context"), composer.context),
        "scope": (Text("scope.part"), composer.scope),
        "aloud": (Text("aloud.part"), aloud_bar),
        "leave": (Text("shell.part_leave"), leave_question),
        "privacy": (Text("shell.part_privacy"), privacy),
    }
    for id, (part, draw) in parts.items():
        _paint(page, part, id, lambda draw=draw: draw(session), TAGS.get(id, "div"))  # type: ignore[misc]
        page.cut()  # a task of the page for each part, so that none is long
    first_run = Text("shell.part_first_run")
    _paint(page, first_run, "setup", lambda: _setup(session), "dialog", NO_PANEL)
    _paint(page, Text("shell.part_start"), "print-head", lambda: print_head(session), "header", NOTHING)
    _paint(page, first_run, "coming", lambda: _coming(session), "div", NOTHING_COMING)
    page.paint("add", "page-chat", h("div", id="again"))
    _paint(page, Text("shell.part_model"), "again", again_dialog, "div")
    prose = Prose(page, session.notices, typesetter)
    Conversation(session, page, prose)
    _follow(session, page, prose)


def _follow(session: Session, page: Page, prose: Prose) -> None:
    """What is no part of the page's frame: the page on show, what lies over it, and what the document itself says."""
    views = Views(session, page, prose)
    is_at_work = Signal(False)
    is_busy = Signal(False)  # changes at the start and the end of a reply, not at every delta of it
    for name, work in (
        ("pages", views.show),
        ("page", views.paint),
        ("models", lambda: layers.models(session, page)),
        ("again", lambda: layers.again(session, page)),
        ("edited", lambda: layers.repaint_edited(session, page)),
        ("sheet", layers.SheetLayer(session, page, prose).paint),
        ("source", layers.SourceLayer(session, page).paint),
        ("busy", lambda: is_busy.set(session.state.chat().id in session.state.live())),
        ("composer", lambda: _composer(page, is_busy())),
        ("works", lambda: is_at_work.set(session.state.keeps_awake())),
        ("awake", lambda: page.do(KeepAwake(is_at_work()))),
        ("reach", lambda: _reach(session, page)),
        ("find", lambda: layers.find(session, page)),
        ("keys", lambda: layers.keys(session, page)),
        ("left", session.notices.leave),
        ("ask", lambda: page.attr("message", "placeholder", composer.placeholder(session))),
        ("writing", lambda: page.do(composer.writing(session))),
        ("waiting", lambda: page.do(composer.waiting(session))),
        ("attached", lambda: page.do(composer.attached(session))),
        ("offline", lambda: page.do(Offline(session.state.is_offline() or session.state.offline().is_on))),
        ("title", lambda: page.do(Title(_share(session)))),
    ):
        Effect(told_once(session, name, work))


def _reach(session: Session, page: Page) -> None:
    """Once its chat is painted."""
    if turn_id := session.state.reaching():
        page.do(Reach(turn_id))


def _share(session: Session) -> str:
    """How far the downloads are, "" where there is none."""
    share = session.state.progress()
    return "" if share is None else words(share)


class Speaking:
    """Speaks the language that is chosen; what paints words paints them anew then. What the address says holds until
    the person chooses another."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._visit = session.state.visit
        self._chosen = session.state.settings().language
        self._by_address = self._visit.query.get("lang", [""])[0]

    def follow(self) -> None:
        """Take up the settings as they are now."""
        chosen = self._session.state.settings().language
        if chosen != self._chosen:
            self._chosen, self._by_address = chosen, ""
        with untracked():  # it is the settings that are followed
            speak(self._by_address, chosen, self._visit.language)
            self._page.do(Speak(language(), direction(), chosen))


TAGS = {"nav": "ul", "chats": "ul", "queue": "ul"}  # of elements whose place in the page takes no other


def _paint(page: Page, name: Text, id: str, draw: Callable[[], Html], tag: str, is_there: Html | None = None) -> None:
    """Keep an element up to date; `is_there` is what the document has already."""
    shown = [is_there]

    def paint() -> None:
        html = drawn(name, id, draw, tag=tag)
        if shown != [html]:
            shown[:] = [html]
            page.paint("html", id, html)

    Effect(paint)


class Views:
    """Shows one page at a time; what keeps it up to date is made when it is first opened."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._made: dict[str, View] = {}
        self._language = language()
        for row in PAGES:
            if row.make:  # the chat is in the document from the start
                page.paint("add", "main", h("section", id=f"page-{row.id}", hidden=True))

    def show(self) -> None:
        """Show the page of the route, and hide the others."""
        route = self._session.state.route()
        self._page.do(Turned(route))
        for row in PAGES:
            self._page.attr(f"page-{row.id}", "hidden", None if row.id == route else "")

    def paint(self) -> None:
        """Keep the page that is shown up to date; in another language it is drawn anew."""
        route = self._session.state.route()
        if language() != self._language:
            self._language = language()
            self._made.clear()
        for id, view in self._made.items():
            if id != route:
                view.leave()
        row = next(row for row in PAGES if row.id == route)
        if row.make and route not in self._made:
            self._made[route] = row.make(self._session, self._page, self._prose)
        if route in self._made:
            self._made[route].paint()


def _setup(session: Session) -> Html:
    """The first run's panel, imported when it is first shown."""
    if session.state.setup() != "welcome":
        return NO_PANEL
    from app.ui.parts.setup import setup_dialog

    return setup_dialog(session)


def _coming(session: Session) -> Html:
    """The download that was begun there."""
    if session.state.setup() != "fetch":
        return NOTHING_COMING
    from app.ui.parts.setup import coming

    return coming(session)


def _composer(page: Page, is_busy: bool) -> None:
    page.attr("composer", "data-busy", "" if is_busy else None)
    page.attr("send", "hidden", "" if is_busy else None)
    page.attr("stop", "hidden", None if is_busy else "")
