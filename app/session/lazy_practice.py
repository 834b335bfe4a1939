"""The parts of Session that practise, made at their first use as those in `app.session.lazy` are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.session.anki import AnkiImport
    from app.session.anki_export import AnkiExport
    from app.session.cards import Cards
    from app.session.item_making import ItemMaking
    from app.session.making import Making
    from app.session.offers import Offers
    from app.session.practice import Practice
    from app.session.quiz import Quizzes
    from app.session.quiz_making import QuizMaking
    from app.session.quizzing import Quizzing
    from app.session.review import Reviewing
    from app.session.session import Session
    from app.session.tutor import Tutor
    from app.study.practice.limits import Outlook
    from app.study.practice.quiz_store import QuizStore


def outlook(record: object) -> Outlook:
    """What was due when the cards were last looked at. Raises Damaged."""
    from app.study.practice.limits import outlook_from

    return outlook_from(record)


def practice(session: Session) -> Practice:
    """The cards as every part has them."""
    from app.session.practice import Practice
    from app.study.practice.store import PracticeStore

    store = PracticeStore(session.records)
    return Practice(session.state, session.jobs, session.clock, store, session.make.package)


def review(session: Session) -> Reviewing:
    """One card at a time."""
    from app.session.review import Reviewing

    return Reviewing(session.notices, session.jobs, session.page, session.clock, session.practice)


def cards(session: Session) -> Cards:
    """All cards: made, changed, deleted."""
    from app.session.cards import Cards

    return Cards(
        session.state,
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.practice,
        session.navigation,
        session.make.pictures,
        library=lambda: session.library,
        passages=lambda: session.passages,
        chats=session.store,
    )


def quiz_store(session: Session) -> QuizStore:
    """Where quizzes are kept."""
    from app.study.practice.quiz_store import QuizStore

    return QuizStore(session.records)


def quiz_making(session: Session) -> QuizMaking:
    """What makes questions."""
    from app.session.quiz_making import QuizMaking

    return QuizMaking(
        session.state,
        session.jobs,
        session.clock,
        session.make.tabs("library"),
        session.quiz_store,
        session.item_making,
    )


def item_making(session: Session) -> ItemMaking:
    """What makes one question."""
    from app.session.item_making import ItemMaking

    return ItemMaking(
        session.state,
        session.jobs,
        session.clock,
        session.store,
        session.reading_queue,
        library=lambda: session.library,
        ask=lambda: session.ask,
    )


def quiz(session: Session) -> Quizzes:
    """What a quiz is to be about, and all of them."""
    from app.session.quiz import Quizzes

    return Quizzes(
        session.state,
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.words,
        session.quiz_store,
        session.quiz_making,
        session.reading_queue,
        session.searching,
        session.store,
        session.navigation,
        library=lambda: session.library,
        ask=lambda: session.ask,
    )


def quizzing(session: Session) -> Quizzing:
    """Answering one."""
    from app.session.quizzing import Quizzing

    return Quizzing(
        session.jobs,
        session.page,
        session.clock,
        session.quiz_store,
        session.reading_queue,
        session.quiz,
        library=lambda: session.library,
        ask=lambda: session.ask,
    )


def offers(session: Session) -> Offers:
    """Cards that were made and are not saved."""
    from app.session.offers import Offers

    return Offers(
        session.state,
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.words,
        session.practice,
        session.navigation,
        library=lambda: session.library,
        quizzing=lambda: session.quizzing,
    )


def making(session: Session) -> Making:
    """Cards made of documents and replies."""
    from app.session.making import Making

    return Making(
        session.state,
        session.jobs,
        session.page,
        session.make.tabs("library"),
        session.item_making,
        session.offers,
        session.navigation,
        session.store,
        library=lambda: session.library,
        passages=lambda: session.passages,
        quizzes=lambda: session.quiz,
        ask=lambda: session.ask,
    )


def anki(session: Session) -> AnkiImport:
    """Cards from Anki."""
    from app.session.anki import AnkiImport

    return AnkiImport(
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.practice,
        session.navigation,
        files=lambda: session.reading_queue.librarian.anki,
        library=lambda: session.library,
    )


def packing(session: Session) -> AnkiExport:
    """Cards for Anki."""
    from app.session.anki_export import AnkiExport

    return AnkiExport(
        session.notices,
        session.jobs,
        session.page,
        session.clock,
        session.words,
        session.practice,
        files=lambda: session.reading_queue.librarian.anki,
        saved=session.library_store.files,
        library=lambda: session.library,
    )


def tutor(session: Session) -> Tutor:
    """What holds the ladder of a tutored chat."""
    from app.session.tutor import Tutor
    from app.session.tutor_steps import TutorSteps

    steps = TutorSteps(
        session.state,
        session.jobs,
        session.words,
        session.store,
        session.reading_queue,
        grounding=lambda: session.grounding,
        ask=lambda: session.ask,
    )
    return Tutor(session.state, session.jobs, session.page, session.words, session.store, session.replies, steps)
