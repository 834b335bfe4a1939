"""Keeps the Quiz tab up to date: the next quiz and the list of all, or the one that the address names."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.ports import Page
from app.core.signals import untracked
from app.core.texts import Text
from app.session import Session
from app.ui.drawn import drawn
from app.ui.pages.cards import PANEL
from app.ui.parts.quiz_list import LIST, quiz_list
from app.ui.parts.quiz_question import HEAD, HINTS, MAKING, QUESTION, quiz_head, quiz_hints, quiz_making, quiz_question
from app.ui.parts.quiz_setup import SETUP, quiz_setup
from app.ui.parts.tabs import tab_panel
from app.ui.prose import Prose

PART, ALL = Text("quiz.quiz"), Text("quiz.all")


class QuizView:
    """Remembers what is on the screen."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session, self._page, self._prose = session, page, prose
        self._parts: dict[str, Html] = {}

    def leave(self) -> None:
        """Another tab or page is shown."""
        with untracked():
            self._session.quizzing.leave()
        self._parts = {}

    def paint(self) -> None:
        """Draw the tab, or what has changed in it."""
        session, id = self._session, self._session.state.setting()
        session.quiz.quizzes()
        with untracked():
            session.quiz.begin()
            if id in session.quiz.quizzes():
                session.quizzing.look(id)
            else:
                session.quizzing.leave()
        self._draw(self._of_one() if id in session.quiz.quizzes() else self._of_all())

    def _of_all(self) -> dict[str, Html]:
        session = self._session
        return {
            SETUP: drawn(PART, SETUP, lambda: quiz_setup(session)),
            LIST: drawn(ALL, LIST, lambda: quiz_list(session)),
        }

    def _of_one(self) -> dict[str, Html]:
        session = self._session
        return {
            HEAD: drawn(PART, HEAD, lambda: quiz_head(session)),
            QUESTION: drawn(Text("quiz.question"), QUESTION, lambda: quiz_question(session, self._prose)),
            HINTS: drawn(PART, HINTS, lambda: quiz_hints(session, self._prose)),
            MAKING: drawn(PART, MAKING, lambda: quiz_making(session)),
        }

    def _draw(self, parts: dict[str, Html]) -> None:
        before, self._parts = self._parts, parts
        if before.keys() != parts.keys():
            inside = h("div", *parts.values(), class_="quiz")
            self._page.paint("html", PANEL, tab_panel(PANEL, "quiz", inside))
            return
        for id, html in parts.items():
            if html != before[id]:
                self._page.paint("html", id, html)
