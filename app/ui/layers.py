"""What is drawn into the layers over the page, each imported when it is first opened: lists of models, the sheet, the
search, the map of keys.

    Effect(lambda: find(session, page))             # repaints the search while it is open
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.commands import Draw, Sheet, Source
from app.core.html import Html, h
from app.core.ports import Page
from app.session import Session
from app.session.state import Opening
from app.study.cited import NOTE
from app.ui.shell import sheet_notices
from app.ui.words import language, t

if TYPE_CHECKING:
    from app.core.running import ProgramFile
    from app.study.programs import RunShown
    from app.ui.prose import Prose


def models(session: Session, page: Page) -> None:
    """The list of models, imported when it is first opened."""
    if session.state.finding_model() is not None:
        from app.ui.parts.picker import model_list

        page.paint("html", "models", model_list(session))


class SourceLayer:
    """The source beside a chat or a note, imported when one is first shown. It goes with its reply and its page."""

    def __init__(self, session: Session, page: Page) -> None:
        self._session, self._page = session, page
        self._shown: tuple[str, bool] = ("", False)
        self._html = Html("")
        self._number, self._language = 0, ""  # of the program that is drawn
        self._places: dict[str, Html] = {}
        self._left: tuple[ProgramFile, ...] = ()

    def paint(self) -> None:
        """Keep it up to date, and tell the page when another passage is open, and when it is drawn."""
        state = self._session.state
        if (program := state.running()) and state.route() == "chat" and program.chat == state.chat().id:
            self._program(program)
            return
        self._number, self._places = 0, {}
        shown = state.cited()
        if shown and not self._is_here(shown.turn):
            shown = None
        now = ("", False)
        if shown:
            from app.ui.parts.source import BODY, CANVAS, MARKED, source_panel

            page = self._session.cited.reader.page()
            if page and page.is_coming:
                return  # what is there stays until then
            html = source_panel(self._session, shown)
            now = (shown.chip, MARKED in html)
            if html != self._html:
                self._html = html
                self._page.attr("source", "aria-label", t("cited.panel"))  # a program may have had the place
                self._page.paint("html", BODY, html)
            if picture := self._session.cited.reader.take():
                self._page.do(Draw(picture, CANVAS))
        self._tell(now)

    def _is_here(self, turn: str) -> bool:
        """Whether the reply or the note that names it is on show."""
        state = self._session.state
        if state.route() == "chat":
            return any(one.id == turn for one in state.turns())
        return state.route() == "library" and not state.setting() and turn == f"{NOTE}{state.section()}"

    def _tell(self, now: tuple[str, bool]) -> None:
        if now != self._shown:
            self._shown = now
            self._page.do(Source(*now))

    def _program(self, program: RunShown) -> None:
        """A program in the place of a source: its frame once, then what changes."""
        from app.ui.parts.run import BODY, LEFT, left, places, run_panel

        if (program.number, language()) != (self._number, self._language):
            self._number, self._language, self._html, self._places = program.number, language(), Html(""), {}
            self._left = ()
            self._page.attr("source", "aria-label", t("run.title"))
            self._page.paint("html", BODY, run_panel(program))
        for id, html in places(self._session, program).items():
            if self._places.get(id) != html:
                self._places[id] = html
                self._page.paint("html", id, html)
        if program.files != self._left:
            self._left = program.files
            self._page.paint("html", LEFT, left(program))
        self._tell(("run", False))


class SheetLayer:
    """The sheet over the page, imported when one is first shown; what is gone shuts it."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._last: Opening | None = None
        self._notices = h("div", id="sheet-notices")  # as index.html has it

    def paint(self) -> None:
        """Open it once for each time it was asked for: a repaint must not open again what a person is just shutting."""
        opening, html = self._session.state.sheet(), None
        if opening:
            from app.ui.sheets import draw

            html = draw(self._session, self._prose, opening.what)
        if html:
            self._page.paint("html", "sheet-body", html)
        if (notices := sheet_notices(self._session)) != self._notices:
            self._notices = notices
            self._page.paint("html", "sheet-notices", notices)
        if not html or opening is not self._last:
            self._page.do(Sheet(bool(html)))
        self._last = opening


def find(session: Session, page: Page) -> None:
    """The search, imported when it is first opened."""
    if (found := session.state.found()) is not None:
        from app.ui.parts.findable import ready
        from app.ui.parts.search import listbox, sections, told

        shown = sections(session, found)
        page.paint("html", "found", listbox(found, shown))
        page.paint("html", "found-told", told(found, shown))
        if not found.query.words and not session.jobs.is_running("find-ready"):
            session.jobs.start("find-ready", ready(session))


def keys(session: Session, page: Page) -> None:
    """The map of keys, imported when it is first opened; the page knows whether single keys act."""
    page.attr("keys", "data-off", None if session.state.settings().single_keys else "")
    if session.state.is_showing_keys():
        from app.ui.parts.keys import key_map

        page.paint("html", "keys-body", key_map(session))


def again(session: Session, page: Page) -> None:
    """The list of models for another answer to a question, imported when it is first opened."""
    if session.state.asking_again():
        from app.ui.parts.picker import again_list

        page.paint("html", "again-models", again_list(session))


def edited(session: Session, turn_id: str) -> Html:
    """What is attached to a question that is edited, imported with the first."""
    from app.ui.parts.attached import edited_list

    return edited_list(session, turn_id)


def repaint_edited(session: Session, page: Page) -> None:
    """The same, whenever something is added or taken away."""
    if turn_id := session.state.editing():
        page.paint("html", f"files-{turn_id}", edited(session, turn_id))
