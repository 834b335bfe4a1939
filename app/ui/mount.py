"""Ties state to the page: effects that repaint exactly what has changed.

    mount(session, page, typesetter)

Each part is painted by an effect of its own. Turns are painted one by one, and a reply that streams only grows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.commands import KeepAwake, Offline, Reach, Speak, Title, Turned
from app.core.html import Html, h
from app.core.ports import Page, Typesetter
from app.core.signals import Effect, Signal, untracked
from app.core.texts import Text
from app.session import Session
from app.session.notices import Shown, as_app_error
from app.study.chats import Turn
from app.ui import layers, shell
from app.ui.drawn import drawn
from app.ui.live import LiveReply
from app.ui.pages import chat as chat_page
from app.ui.pages.registry import PAGES, View
from app.ui.parts import composer
from app.ui.parts.aloud import aloud_bar
from app.ui.parts.chats import chat_list
from app.ui.parts.leave import leave_question, privacy
from app.ui.parts.printed import NOTHING, print_head
from app.ui.parts.reply import Foot, again_dialog, foot, notes, turn_article
from app.ui.parts.thinking import folded
from app.ui.prose import Prose
from app.ui.words import direction, language, speak, words

A_MESSAGE = Text("chat.a_message")
NO_FOOT = Foot()
NO_PANEL = h("dialog", id="setup")
NOTHING_COMING = h("div", id="coming", hidden=True)
GROUP = 8  # turns painted in one task of the page


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
        ("sheet", layers.SheetLayer(session, page).paint),
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
        Effect(_told(session, name, work))


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


def _told(session: Session, name: str, work: Callable[[], object]) -> Callable[[], None]:
    """The same work; what goes wrong in it is said once, and keeps nothing else from being painted."""

    def run() -> None:
        try:
            work()
        except Exception as caught:  # noqa: BLE001 - shown at the top of the page
            error = as_app_error(caught)
            with untracked():
                session.notices.show(Shown(f"broken-{name}", error.message, error.cure, "error", detail=error.detail))

    return run


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


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a turn is painted. A reply that streams paints itself, so it has no turn here."""

    turn: Turn | None
    is_editing: bool = False
    foot: Foot = NO_FOOT
    language: str = ""

    def has_same_words(self, other: Look) -> bool:
        """Whether only what stands under them differs."""
        if self.turn is None or other.turn is None or self.is_editing or other.is_editing:
            return False
        is_same = self.turn == replace(other.turn, opinion=self.turn.opinion)
        return is_same and self.language == other.language


class Conversation:
    """Paints the turns of the open chat and the reply that streams into it."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session = session
        self._page = page
        self._prose = prose
        self._language = language()
        self._chat_id = ""
        self._shown: dict[str, Look] = {}
        self._live_id = Signal("")
        self._live: LiveReply | None = None
        self._ended: LiveReply | None = None
        Effect(_told(session, "reply", self._paint_live))
        Effect(_told(session, "turns", self._paint_turns))

    def _paint_live(self) -> None:
        session = self._session
        live = session.state.live().get(session.state.chat().id)
        if self._live is not None and (live is None or live.turn_id != self._live.turn_id):
            self._live.end()
            self._live, self._ended = None, self._live
        self._live_id.set(live.turn_id if live else "")
        if live is None:
            return
        if self._live is None:
            self._live = LiveReply(
                live.turn_id,
                self._page,
                self._prose.markdown,
                self._prose.settle,
                live.text,
                session.state.is_read_aloud,
            )
        if live.turn_id in self._shown:
            self._live.show(live, session.state.rows())
        else:  # it is drawn with what its article shows first
            self._live.show_note(live, session.state.rows())

    def _paint_turns(self) -> None:
        session = self._session
        turns, chat = session.state.turns(), session.state.chat()
        live_id, editing, versions = self._live_id(), session.state.editing(), session.state.versions()
        unfolded, can_read = session.state.unfolded(), session.state.visit.can_speak
        last, spoken, is_private = chat.path[-1] if chat.path else "", language(), chat.is_private
        if spoken != self._language:
            self._language = spoken
            self._prose.markdown.forget_words()

        def look(turn: Turn) -> Look:
            if turn.id == live_id:
                return Look(None, language=spoken)
            has_details, has_why = (f"{part} {turn.id}" in unfolded for part in ("details", "why"))
            under = Foot(
                versions.get(turn.id, ()), turn.id == last, bool(live_id), has_details, has_why, can_read, is_private
            )
            return Look(turn, turn.id == editing, under, spoken)

        by_id = {turn.id: turn for turn in turns}
        self._update(chat.id, {turn.id: look(turn) for turn in turns}, lambda id, look: self._draw(by_id[id], look))
        self._ended = None

    def _draw(self, turn: Turn, look: Look) -> Html:
        """The whole article of a turn."""
        return drawn(A_MESSAGE, f"t-{turn.id}", lambda: self._article(turn, look), tag="article")

    def _article(self, turn: Turn, look: Look) -> Html:
        live = self._live if look.turn is None else None
        prose = live.html() if live else self._prose.html(turn.id, turn.text)
        below = None if look.turn is None else self._foot(turn, look)
        edited = layers.edited(self._session, turn.id) if look.is_editing else None
        return turn_article(turn, prose, below, edited=edited, note=live.note if live else None)

    def _foot(self, turn: Turn, look: Look) -> Html:
        """What stands under a turn."""
        return drawn(A_MESSAGE, f"x-{turn.id}", lambda: foot(self._session, turn, look.foot))

    def _update(self, chat_id: str, looks: dict[str, Look], draw: Callable[[str, Look], Html]) -> None:
        """Paint the difference: changed turns are morphed, new ones added at the end or at the start."""
        before, after = list(self._shown), list(looks)
        common = [turn_id for turn_id in before if turn_id in looks]
        start = after.index(common[0]) if common else 0
        is_same = chat_id == self._chat_id and common and common == after[start : start + len(common)]
        if not is_same:
            self._page.paint("fill", "turns", "")
            common, start = [], 0
        else:
            for turn_id in before:
                if turn_id not in looks:
                    self._page.paint("drop", f"t-{turn_id}")
            for turn_id in common:
                if not self._change(turn_id, self._shown[turn_id], looks[turn_id]):
                    self._page.paint("html", f"t-{turn_id}", draw(turn_id, looks[turn_id]))
        self._chat_id, self._shown = chat_id, looks
        new = after[start + len(common) :]
        if not is_same and len(new) > GROUP:
            self._fill_from_the_end(new, lambda id: draw(id, looks[id]))
        else:
            for turn_id in new:
                self._page.paint("add", "turns", draw(turn_id, looks[turn_id]))
        if start:
            self._prepend(after[:start], lambda id: draw(id, looks[id]))

    def _change(self, turn_id: str, old: Look, new: Look) -> bool:
        """Paint a small change of a turn; False where the whole turn must be drawn again."""
        if old == new:
            return True
        turn = new.turn
        if turn is None:
            return False
        if new.has_same_words(old):
            self._page.paint("html", f"x-{turn_id}", self._foot(turn, new))
            return True
        ended = self._ended
        if old.turn is not None or new.is_editing or ended is None or ended.turn_id != turn_id:
            return False
        return self._finish(turn, ended, new)

    def _finish(self, turn: Turn, ended: LiveReply, look: Look) -> bool:
        """A reply that has ended keeps all it has painted: only its last block and what stands below are new."""
        finished = self._prose.markdown.turn_blocks(turn.id, turn.text)
        if not ended.finish(finished):
            return False
        self._prose.settle(finished)
        self._page.paint("html", f"k-{turn.id}", folded(turn.id, turn.thinking, turn.timing.thinking_seconds))
        self._page.paint("html", f"n-{turn.id}", notes(turn, is_live=False))
        self._page.paint("add", f"t-{turn.id}", self._foot(turn, look))
        self._page.attr(f"t-{turn.id}", "aria-busy", None)
        return True

    def _fill_from_the_end(self, ids: list[str], draw: Callable[[str], Html]) -> None:
        """A long chat appears with its newest turns; the ones above follow in small tasks."""
        self._page.paint("add", "turns", "".join(draw(turn_id) for turn_id in ids[-GROUP:]))
        self._page.cut()
        self._prepend(ids[:-GROUP], draw)

    def _prepend(self, ids: list[str], draw: Callable[[str], Html]) -> None:
        for end in range(len(ids), 0, -GROUP):
            self._page.paint("first", "turns", "".join(draw(turn_id) for turn_id in ids[max(0, end - GROUP) : end]))
            self._page.cut()
