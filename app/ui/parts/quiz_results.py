"""A quiz that was answered, or not begun: how it went, what was not right, and what can be begun.

no_attempt(session, quiz)
results(session, prose, quiz, attempt)
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Day, Text
from app.session import Session
from app.study.practice.quizzes import Asked, Attempt, Mode, Quiz
from app.ui.parts.controls import button
from app.ui.parts.quiz_words import said, source_link
from app.ui.prose import Prose
from app.ui.words import t, words

MODES: dict[Mode, Text] = {
    "practice": Text("quiz.practice"),
    "exam": Text("quiz.exam"),
    "mistakes": Text("quiz.mistakes"),
}


def coming_words(session: Session, quiz: Quiz, soon: str) -> str:
    """That a question is on its way (`soon`), or comes after another quiz; "" where nothing is."""
    making = session.quiz.making
    return soon if making.is_at(quiz) else t("quiz.after_other") if making.is_later(quiz) else ""


def no_attempt(session: Session, quiz: Quiz) -> Html:
    """What can be begun."""
    if not quiz.questions:
        return h("p", coming_words(session, quiz, t("quiz.first_comes")) or t("quiz.none_yet"), role="status")
    begin = h(
        "button",
        t("quiz.practice_begin"),
        type="button",
        class_="primary",
        data_on="click:quizzing:begin",
        data_arg="practice",
        id="quiz-begin",
    )
    about = h("p", t("quiz.practice_about"), class_="note")
    return h("div", about, h("p", begin, class_="actions"), _exam(session, quiz), class_="quiz-begin")


def _exam(session: Session, quiz: Quiz) -> Html | None:
    """The timed exam; of what is whole."""
    if quiz.state == "making":
        return None
    minutes = h(
        "input",
        type="number",
        min=1,
        max=600,
        value=session.quizzing.minutes() or None,
        placeholder=max(1, round(len(quiz.questions) * 0.75)),
        id="quiz-minutes",
        data_on="change:quizzing:minutes",
    )
    label = h("label", h("span", t("quiz.minutes")), minutes)
    begin = button(t("quiz.exam_begin"), "click:quizzing:begin", "exam")
    return h("div", h("p", t("quiz.exam_about"), class_="note"), h("p", label, begin, class_="actions"))


def results(session: Session, prose: Prose, quiz: Quiz, attempt: Attempt) -> Html:
    """How the last attempt went, what to look at again, and all attempts before it."""
    total = len(attempt.questions_of(quiz))
    told = h("p", h("strong", t("quiz.result", right=attempt.right, total=total)), class_="quiz-result")
    aided = h("p", t("quiz.unaided", count=attempt.unaided, total=total)) if attempt.mode != "exam" else None
    mistakes = session.quizzing.mistakes()
    review = (
        h(
            "button",
            t("quiz.review", count=len(mistakes)),
            type="button",
            class_="primary",
            data_on="click:quizzing:begin",
            data_arg="mistakes",
        )
        if mistakes
        else None
    )
    again = button(t("quiz.again"), "click:quizzing:begin", "practice")
    used = button(t("statement.title"), "click:statement:open", f"quiz/{quiz.id}")
    cards = button(t("making.from_mistakes"), "click:offers:of-mistakes", "") if mistakes else None
    return h(
        "div",
        told,
        aided,
        h("p", review, cards, again, used, class_="actions"),
        _exam(session, quiz),
        _missed(prose, quiz, attempt, mistakes),
        _history(session, quiz),
        class_="quiz-results",
    )


def _missed(prose: Prose, quiz: Quiz, attempt: Attempt, mistakes: tuple[Asked, ...]) -> Html | None:
    if not mistakes:
        return None
    rows = []
    for asked in mistakes:
        answer = attempt.answer_to(asked.id)
        names = {"true": t("quiz.true"), "false": t("quiz.false")} if asked.kind == "true_false" else {}
        given = names.get(answer.given, answer.given) if answer and answer.given else t("quiz.no_answer")
        answer_words = said(prose, f"{asked.id}-right", names.get(asked.answer, asked.answer))
        rows.append(
            h(
                "li",
                h("div", said(prose, f"{asked.id}-missed", asked.question), class_="quiz-said", dir="auto"),
                h("p", t("quiz.you_said"), " ", h("span", given, dir="auto")),
                h("div", t("quiz.answer"), " ", h("strong", answer_words, dir="auto"), class_="quiz-said"),
                source_link(asked, quiz),
                data_explain=f"question/{asked.id}",
            )
        )
    title = h("h3", t("quiz.missed"), id="quiz-missed")
    return h("section", title, h("ol", *rows, aria_labelledby="quiz-missed"), class_="quiz-missed")


def _history(session: Session, quiz: Quiz) -> Html | None:
    ended = [one for one in session.quizzing.history() if one.ended]
    if len(ended) < 2:
        return None
    heads = (t("quiz.day"), t("quiz.mode"), t("quiz.right_of"), t("quiz.at_once"))
    rows = (
        h(
            "tr",
            h("th", t("quiz.on", day=Day(one.ended)), scope="row"),
            h("td", words(MODES[one.mode])),
            h("td", t("quiz.went", right=one.right, total=len(one.questions_of(quiz)))),
            h("td", str(one.unaided)),
        )
        for one in ended
    )
    head = h("thead", h("tr", *(h("th", name, scope="col") for name in heads)))
    return h("table", h("caption", t("quiz.history")), head, h("tbody", *rows), class_="quiz-history")
