"""The library's parts of Session, made at their first use as those in `app.session.lazy` are."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.session.best import BestSearch
    from app.session.cited import CitedPages
    from app.session.explaining import Explaining
    from app.session.grounding import Grounding
    from app.session.library import Library
    from app.session.library_queue import ReadingQueue
    from app.session.meaning import Meaning
    from app.session.notes import Notes
    from app.session.passages import Passages
    from app.session.scope import ScopeChoice
    from app.session.searching import Searching
    from app.session.session import Session
    from app.session.statement import Statements
    from app.session.writing import Writings
    from app.study.library.store import LibraryStore


def cited(session: Session) -> CitedPages:
    """The page that a reply cites."""
    from app.session.cited import CitedPages

    return CitedPages(
        session.state,
        session.jobs,
        session.clock,
        session.library_store,
        session.reading_queue,
        library=lambda: session.library,
        of_note=lambda id: session.writing.said(id, session.notes.open()),
    )


def explain(session: Session) -> Explaining:
    """What explains a selection."""
    from app.session.explaining import Explaining

    return Explaining(
        session.state,
        session.jobs,
        session.page,
        session.clock,
        session.words,
        session.navigation,
        library=lambda: session.library,
        passages=lambda: session.passages,
        cited=lambda: session.cited,
        notes=lambda: session.notes,
        review=lambda: session.review,
        quizzing=lambda: session.quizzing,
        scope=lambda: session.scope,
        ask=lambda: session.ask,
    )


def grounding(session: Session) -> Grounding:
    """Replies that are written from documents."""
    from app.session.grounding import Grounding

    return Grounding(
        session.state,
        session.jobs,
        session.store,
        session.reading_queue,
        session.searching,
        library=lambda: session.library,
        ask=lambda: session.ask,
        measure=lambda: session.measure,
    )


def library(session: Session) -> Library:
    """The person's documents."""
    from app.session.library import Library

    async def keep_here(documents: Collection[str]) -> None:
        await session.scope.keep_here(documents)
        await session.writing.keep_here(documents)

    return Library(
        session.state,
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.make.web.blobs,
        session.make.web.hasher,
        session.library_store,
        session.reading_queue,
        session.chats,
        find_again=lambda: session.passages.find_again(),
        keep_here=keep_here,
        bring_cards=lambda picked: session.anki.open(picked),
    )


def meaning(session: Session) -> Meaning:
    """Finding by meaning."""
    from app.session.meaning import Meaning
    from app.session.vector_queue import VectorQueue

    state, jobs, clock, reading = session.state, session.jobs, session.clock, session.reading_queue
    queue = VectorQueue(state, jobs, clock, session.make.tabs("library"), reading, lambda: session.embedders)
    return Meaning(
        state,
        session.preferences,
        jobs,
        clock,
        session.readiness,
        session.ollama,
        session.library_store,
        reading,
        queue,
        embedder=lambda: session.embedders,
        library=lambda: session.library,
    )


async def go_on(session: Session) -> None:
    """Read what waits, and make the vectors that lack, though the Library is not opened in this visit. Who has no
    documents loads nothing for it. Raises StorageError."""
    if await session.records.all("documents"):
        session.library.begin()
        await session.jobs.wait("library")
        session.meaning.begin()
        session.writing.begin()


def library_store(session: Session) -> LibraryStore:
    """Where documents are kept."""
    from app.study.library.store import LibraryStore

    return LibraryStore(session.records, session.make.document_files(), session.make.tabs("library"))


def reading_queue(session: Session) -> ReadingQueue:
    """What reads documents."""
    from app.session.library_queue import ReadingQueue

    def on_indexed() -> None:
        session.passages.find_again()
        session.meaning.changed()

    return ReadingQueue(
        session.jobs,
        session.clock,
        session.library_store,
        session.make.tabs("library"),
        session.words,
        session.make.librarian,
        on_indexed=on_indexed,
    )


def passages(session: Session) -> Passages:
    """What is found in documents."""
    from app.session.passages import Passages

    return Passages(
        session.jobs,
        session.clock,
        session.library_store,
        session.reading_queue,
        session.searching,
        library=lambda: session.library,
        meaning=lambda: session.meaning,
    )


def searching(session: Session) -> Searching:
    """How passages are found."""
    from app.session.searching import Searching

    return Searching(
        session.state,
        session.reading_queue,
        embedder=lambda: session.embedders,
        meaning=lambda: session.meaning,
    )


def scope(session: Session) -> ScopeChoice:
    """Which documents a chat is about."""
    from app.session.scope import ScopeChoice

    return ScopeChoice(
        session.state,
        session.notices,
        session.chats,
        session.store,
        session.page,
        library=lambda: session.library,
        passages=lambda: session.passages,
    )


def notes(session: Session) -> Notes:
    """The notes that are written here."""
    from app.session.notes import Notes

    return Notes(
        session.state,
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.make.web.blobs,
        session.words,
        session.make.tabs("library"),
        session.library_store,
        session.reading_queue,
        session.library,
        session.navigation,
        session.store,
    )


def best(session: Session) -> BestSearch:
    """Which search is best in these documents."""
    from app.session.best import BestSearch

    return BestSearch(
        session.jobs,
        session.clock,
        session.records,
        session.preferences,
        session.reading_queue,
        session.searching,
        session.meaning.making,
        library=lambda: session.library,
        ask=lambda: session.ask,
    )


def writing(session: Session) -> Writings:
    """Study notes from documents."""
    from app.session.writing import Writings
    from app.session.writing_queue import WritingQueue
    from app.study.writing.store import WritingStore

    store = WritingStore(session.records)
    queue = WritingQueue(
        session.state,
        session.jobs,
        session.clock,
        session.make.tabs("library"),
        session.words,
        store,
        session.reading_queue,
        library=lambda: session.library,
        ask=lambda: session.ask,
        put=lambda *note: session.notes.put(*note),
        on_done=lambda done: session.writing.told(done),
    )
    return Writings(
        session.state,
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.words,
        store,
        queue,
        session.reading_queue,
        session.library_store,
        library=lambda: session.library,
        ask=lambda: session.ask,
    )


def statement(session: Session) -> Statements:
    """Sources and models used."""
    from app.session.statement import Statements

    return Statements(
        session.state,
        session.jobs,
        session.page,
        session.clock,
        session.words,
        session.store,
        library=lambda: session.library,
        writings=lambda: session.writing,
        quizzes=lambda: session.quiz,
        costs=lambda: session.costs,
    )
