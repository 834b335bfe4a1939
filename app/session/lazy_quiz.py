"""The parts of Session that ask questions, made at their first use as those in `app.session.lazy` are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.session.quiz import Quizzes
    from app.session.quiz_making import QuizMaking
    from app.session.quizzing import Quizzing
    from app.session.session import Session
    from app.study.practice.quiz_store import QuizStore


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
        session.store,
        session.reading_queue,
        documents=lambda: session.library.documents(),
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
        ask=lambda: session.ask,
    )
