"""All quizzes, the newest first: how many questions, and how the last attempt went.

quiz_list(session)          # <section id="quiz-list">
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Day
from app.session import Session
from app.session.quiz import ADDRESS
from app.study.practice.quizzes import Attempt, Quiz
from app.ui.parts.controls import icon_button
from app.ui.parts.quiz_results import coming_words
from app.ui.parts.quiz_setup import go_on_button
from app.ui.words import t

LIST = "quiz-list"


def quiz_list(session: Session) -> Html:
    """Nothing where there is none."""
    quizzes = session.quiz.listed()
    if not quizzes:
        return h("section", id=LIST)
    rows = (_row(session, one) for one in quizzes)
    title = h("h2", t("quiz.all"), id="quiz-all")
    return h("section", title, h("ul", *rows, aria_labelledby="quiz-all", data_rows=True), id=LIST)


def _row(session: Session, quiz: Quiz) -> Html:
    attempts = [one for one in session.quiz.attempts().values() if one.quiz == quiz.id]
    last = max(attempts, key=lambda one: one.began, default=None)
    link = h("a", quiz.name, href=f"{ADDRESS}/{quiz.id}", dir="auto")
    told = h("small", " · ".join((t("quiz.count", count=len(quiz.questions)), *_state(session, quiz, last))))
    label = t("quiz.delete", name=quiz.name)
    delete = icon_button("trash-2", label, "click:quiz:delete", quiz.id)
    return h("li", h("div", link, told), _go_on(session, quiz), delete, id=f"quiz-row-{quiz.id}")


def _go_on(session: Session, quiz: Quiz) -> Html | None:
    """The way to what is lacking, where nobody is at it and it is not on its turn later."""
    making = session.quiz.making
    is_left = quiz.state != "done" and quiz.next_try is not None and not making.is_at(quiz)
    return go_on_button(quiz.id, quiz.name) if is_left and not making.is_later(quiz) else None


def _state(session: Session, quiz: Quiz, last: Attempt | None) -> list[str]:
    coming = coming_words(session, quiz, t("quiz.being_made"))
    found = [coming] if coming else []
    if last is None:
        return [*found, t("quiz.not_begun")]
    if not last.ended:
        return [*found, t("quiz.under_way")]
    return [
        *found,
        t("quiz.went", right=last.right, total=len(last.questions_of(quiz))),
        t("quiz.on", day=Day(last.ended)),
    ]
