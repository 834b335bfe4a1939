"""Keeps the Library page up to date: while a document is read, one row changes.

view = LibraryView(session, page, prose)
view.paint()                       # inside an effect; the whole page the first time, then what has changed
"""

from __future__ import annotations

from functools import partial

from app.core.commands import Draw, Focus
from app.core.html import Html, h, join
from app.core.ports import Page
from app.core.signals import untracked
from app.core.texts import Text
from app.session import Session
from app.session.library_queue import Progress
from app.study.cited import NOTE, Sources
from app.study.library.documents import Document
from app.ui.citing import Citing
from app.ui.drawn import drawn
from app.ui.pages.library import FIRST, LIST, busy, document_list, library_page, newer_cards
from app.ui.parts.cited import hints
from app.ui.parts.documents import document_row
from app.ui.parts.meaning import LINE, meaning_line
from app.ui.parts.note import KEPT, kept_line, note_editor
from app.ui.parts.notebooks import CHATS, ROW, notebook_chats, notebooks_row
from app.ui.parts.passages import REGION, hit_id, passages_region
from app.ui.parts.reader import MARK, PICTURE, READER, reader
from app.ui.parts.writing import CARDS, points_left_out, writing_cards
from app.ui.prose import Prose
from app.ui.words import t

A_DOCUMENT, THE_LIST = Text("library.a_document"), Text("library.documents")
EDIT = "edit"  # the place in an address at which a note is written
Look = tuple[Document, Progress | None, bool, str]  # all that a row depends on


class LibraryView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._parts: dict[str, Html] = {}
        self._rows: dict[str, tuple[Look, Html]] = {}
        self._list: tuple[object, ...] = ()
        self._reader: Html | None = None
        self._marked = ""  # the place that was brought into view

    def leave(self) -> None:
        """Another page is shown."""
        with untracked():
            self._session.passages.leave()
            self._session.notes.leave()
            if self._session.passages.found() is not None:
                self._session.act("passages:find", "")
        self._parts, self._reader = {}, None

    def paint(self) -> None:
        """Draw the list, or the page of a document that the address names."""
        session = self._session
        with untracked():
            session.library.begin()
            session.meaning.begin()
            session.writing.begin()
        id, place = session.state.section(), session.state.setting()
        with untracked():
            if not id or place == EDIT:
                session.passages.leave()
            if not id:
                session.notes.leave()
        if not id:
            self._paint_list()
        elif place == EDIT:
            self._paint_editor(id)
        else:
            self._paint_reader(id, place)

    # -- the list

    def _paint_list(self) -> None:
        session, was_reading = self._session, self._reader is not None
        parts = {
            ROW: drawn(Text("library.notebooks"), ROW, lambda: notebooks_row(session)),
            CHATS: drawn(Text("library.chats_here"), CHATS, lambda: notebook_chats(session), tag="section"),
            LINE: drawn(Text("meaning.region"), LINE, lambda: meaning_line(session), tag="section"),
            CARDS: drawn(Text("writing.region"), CARDS, lambda: writing_cards(session), tag="section"),
            "newer": drawn(THE_LIST, "newer", lambda: newer_cards(session)),
            "library-busy": drawn(THE_LIST, "library-busy", lambda: busy(session), tag="p"),
            REGION: drawn(
                Text("library.found_region"), REGION, lambda: passages_region(session, session.passages.found())
            ),
        }
        before, self._parts, self._reader = self._parts, parts, None
        rows, changed = self._look()
        library = session.library
        frame = (tuple(rows), len(library.shown), library.is_known(), library.notebook())
        if not before or was_reading:
            found = session.passages.found()
            whole = library_page(parts, self._listed(rows), found.words if found else "")
            self._page.paint("html", "page-library", whole)
            if was_reading:
                self._page.do(Focus(self._came_from(whole)))
        else:
            for id, html in parts.items():
                if html != before[id]:
                    self._page.paint("html", id, html)
            if frame != self._list:
                self._page.paint("html", LIST, self._listed(rows))
            else:
                for id in changed:
                    self._page.paint("html", f"document-{id}", rows[id])
        self._list = frame

    def _came_from(self, whole: Html) -> str:
        """The id of what led to the page that was read: a passage that was found, else the document's row."""
        id, address, *_ = (*self._marked.split(" "), "")
        found = hit_id(id, address)
        return found if f'id="{found}"' in whole else f"open-{id}"

    def _look(self) -> tuple[dict[str, Html], list[str]]:
        """The rows that are listed, and the ids of those that look otherwise than before."""
        session, library = self._session, self._session.library
        progress, stopped, notebooks = library.progress(), library.stopped(), library.notebooks()
        shown = library.shown
        rows, changed = dict[str, tuple[Look, Html]](), list[str]()
        for document in shown if library.shows_all() else shown[:FIRST]:
            id = document.id
            notebook = notebooks.get(document.notebook)
            at = progress if progress and progress.id == id else None
            look = (document, at, id in stopped, notebook.name if notebook else "")
            before = self._rows.get(id)
            if before is None or before[0] != look:
                draw = partial(document_row, session, document, at)
                before = (look, drawn(A_DOCUMENT, f"document-{id}", draw, tag="li"))
                changed.append(id)
            rows[id] = before
        self._rows = rows
        return {id: html for id, (_, html) in rows.items()}, changed

    def _listed(self, rows: dict[str, Html]) -> Html:
        hidden = len(self._session.library.shown) - len(rows)
        return drawn(THE_LIST, LIST, lambda: document_list(self._session, rows.values(), hidden))

    # -- a page of a document

    def _paint_reader(self, id: str, address: str) -> None:
        session, was_list = self._session, self._reader is None
        with untracked():
            session.passages.look(id, address)
        document, shown = session.library.documents().get(id), session.passages.page()
        if document is None:
            if session.library.is_known():
                session.act("page:visit", "#/library")
            return
        if shown is None or shown.is_coming:
            return
        note = self._note(document) if document.is_note and not shown.place.end else None
        html = drawn(Text("library.reader"), READER, lambda: reader(document, shown, note))
        if was_list:
            for name in ("data-drop", "data-paste"):
                self._page.attr("page-library", name, None)
            self._page.paint("fill", "page-library", html)  # nothing of the list is in it: there is nothing to compare
        elif html != self._reader:
            self._page.paint("html", READER, html)
        self._reader, self._parts = html, {}
        if picture := session.passages.reader.take():
            self._page.do(Draw(picture, f"{READER}-{PICTURE}"))
        self._bring(id, address, is_first=was_list, is_marked=f'id="{MARK}"' in html)

    # -- a note

    def _note(self, document: Document) -> Html:
        """The words of a note as they are drawn."""
        notes = self._session.notes
        with untracked():
            notes.look(document.id, is_written=False)
        note = notes.open()
        if note is None or note.id != document.id:
            return h("p", t("library.opening"), class_="note")
        if not note.text.strip():
            return h("p", t("notes.empty"), class_="note")
        writing = self._session.writing.of(note.id)
        if writing is None:
            return self._prose.html(f"note-{note.id}", note.text)
        turn = f"{NOTE}{note.id}"
        citing = Citing(turn, frozenset(one.number for one in writing.passages))
        prose = self._prose.html(f"note-{note.id}", note.text, citing)
        return join(prose, hints(turn, Sources(writing.passages)), points_left_out(writing))

    def _paint_editor(self, id: str) -> None:
        session, notes = self._session, self._session.notes
        if not session.library.is_known():
            return  # it is painted again then
        with untracked():
            notes.look(id, is_written=True)
        note, kept = notes.open(), notes.kept()
        if note is None or note.id != id:
            return
        marked = f"{id} {EDIT}"
        if self._marked != marked or self._reader is None:
            html = drawn(Text("notes.words"), READER, lambda: note_editor(note, kept))
            self._page.paint("html", "page-library", h("section", html, id="page-library"))
            self._reader, self._parts, self._marked = html, {}, marked
        else:
            self._page.paint("html", KEPT, kept_line(kept))

    def _bring(self, id: str, address: str, *, is_first: bool, is_marked: bool) -> None:
        """Put the focus on the passage once it is there, or on the title of what was opened."""
        here = f"{id} {address}"
        if is_marked and (is_first or self._marked != f"{here} marked"):
            self._marked = f"{here} marked"
            self._page.do(Focus(MARK))
        elif not is_marked and (is_first or not self._marked.startswith(here)):
            self._marked = here
            self._page.do(Focus("reader-title"))
