"""A quiz on show: how far one is, the question with its hints and its solution, how the making goes on.

quiz_head(session)          # <header id="quiz-head">: "Question 3 of 8 · Tides", "2 right so far"
quiz_question(session, prose)   # <article id="quiz-question">, or what there is to begin or to look back on
quiz_hints(session, prose)  # <div id="quiz-hints">
quiz_making(session)        # <div id="quiz-making">
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Figure, Seconds
from app.session import Session
from app.session.quizzing import FIELD, Now
from app.session.quizzing import QUESTION as QUESTION_ID
from app.study.practice.hints import hints
from app.study.practice.quizzes import BY_RULE, BY_YOU, Asked, Attempt, Quiz
from app.ui.icons import icon
from app.ui.parts.controls import button, problem_box
from app.ui.parts.quiz_results import coming_words, no_attempt, results
from app.ui.parts.quiz_setup import go_on_button
from app.ui.parts.quiz_words import said, source_link
from app.ui.prose import Prose
from app.ui.words import rich, t, words

HEAD, QUESTION, HINTS, MAKING = "quiz-head", QUESTION_ID, "quiz-hints", "quiz-making"
MOST_SEGMENTS = 40  # of the bar
SECONDS_A_MINUTE = 60


def quiz_head(session: Session) -> Html:
    """How far one is."""
    quiz, attempt, now = session.quizzing.quiz, session.quizzing.attempt(), session.quizzing.now()
    back = h("p", h("a", t("quiz.back"), href="#/cards/quiz"), _chat_link(session, quiz), class_="quiz-back")
    if quiz is None or attempt is None or attempt.ended or now is None:
        return h("header", back, h("h2", quiz.name if quiz else "", dir="auto"), id=HEAD)
    total, at = _total(quiz, attempt), _place(quiz, attempt, now)
    number = h("strong", t("quiz.number", number=at))
    place = h("p", rich("quiz.place", number=number, total=total, name=quiz.name), dir="auto")
    left = session.quizzing.seconds_left()
    side = t("quiz.left", seconds=Seconds(left)) if left is not None else _so_far(attempt)
    line = h("div", place, h("p", side, role="timer" if left is not None else None), class_="quiz-line")
    return h("header", back, line, _bar(quiz, attempt, now, total), id=HEAD)


def _chat_link(session: Session, quiz: Quiz | None) -> Html | None:
    """The way to the chat that it is about, where that is still there."""
    if quiz is None or not quiz.chat or session.state.chat_of(quiz.chat) is None:
        return None
    return h("a", t("quiz.open_chat"), href=f"#/chat/{quiz.chat}")


def _so_far(attempt: Attempt) -> str:
    return "" if attempt.mode == "exam" else t("quiz.so_far", count=attempt.right)


def _total(quiz: Quiz, attempt: Attempt) -> int:
    """How many questions it will have."""
    is_growing = not attempt.only and quiz.state == "making"
    return quiz.wanted if is_growing else len(attempt.questions_of(quiz))


def _place(quiz: Quiz, attempt: Attempt, now: Now) -> int:
    ids = [one.id for one in attempt.questions_of(quiz)]
    return ids.index(now.asked.id) + 1 if now.asked.id in ids else len(ids)


def _bar(quiz: Quiz, attempt: Attempt, now: Now, total: int) -> Html:
    """A segment a question, or one bar of many; what it says is in words above it."""
    at = _place(quiz, attempt, now)
    if total > MOST_SEGMENTS:
        return h("progress", value=at - 1, max=total, aria_hidden="true")
    segments = []
    for number, asked in enumerate(attempt.questions_of(quiz), 1):
        answer = attempt.answer_to(asked.id)
        is_over = answer is not None and answer.is_over
        kind = (
            "now" if number == at else "done" if is_over and answer and answer.is_right else "missed" if is_over else ""
        )
        segments.append(h("span", class_=kind or None))
    segments += [h("span") for _ in range(total - len(segments))]
    return h("div", *segments, class_="quiz-bar", aria_hidden="true")


def quiz_question(session: Session, prose: Prose) -> Html:
    """The question on show; else what can be begun, what is waited for, how it went."""
    part = session.quizzing
    quiz, attempt, now = part.quiz, part.attempt(), part.now()
    if quiz is None:
        return h("div", id=QUESTION)
    if attempt is None:
        return h("div", no_attempt(session, quiz), id=QUESTION, tabindex="-1")
    if attempt.ended:
        return h("div", results(session, prose, quiz, attempt), id=QUESTION, tabindex="-1")
    if now is None:
        return h("div", _waiting(session, quiz), id=QUESTION, tabindex="-1", class_="quiz-empty")
    return h(
        "div",
        _article(prose, quiz, attempt, now),
        id=QUESTION,
        tabindex="-1",
        class_="quiz-question",
    )


def _waiting(session: Session, quiz: Quiz) -> Html:
    """The next question is on its way; or nothing more comes."""
    if coming := coming_words(session, quiz, t("quiz.next_comes")):
        return h("p", coming, role="status")
    end = button(t("quiz.end"), "click:quizzing:end", "")
    more = go_on_button(quiz.id) if quiz.next_try else None
    return h("div", h("p", t("quiz.no_more")), h("p", more, end, class_="actions"))


def _article(prose: Prose, quiz: Quiz, attempt: Attempt, now: Now) -> Html:
    asked, answer = now.asked, now.answer
    field = _options(prose, now) if asked.options or asked.kind == "true_false" else _textbox(now)
    form = h(
        "form",
        field,
        None if answer.is_over else _buttons(attempt, now),
        data_on="submit:quizzing:check",
        data_arg=asked.id,
        data_enter=asked.kind == "cloze",
        id=f"quiz-form-{asked.id}",
    )
    question = said(prose, f"{asked.id}-question", asked.question)
    title = h("div", question, id="quiz-asked", role="heading", aria_level="2", dir="auto")
    status = h("div", *_status(now), role="status", id="quiz-status")
    over = _solution(prose, quiz, now) if answer.is_over else None
    return h("article", title, form, status, over, aria_label=t("quiz.question"), class_="quiz-card")


def _textbox(now: Now) -> Html:
    field = h(
        "textarea",
        now.answer.given,
        name="value",
        rows=1 if now.asked.kind == "cloze" else 3,
        required=True,
        readonly=now.answer.is_over or now.is_checking,
        dir="auto",
        id=FIELD,
        aria_describedby="quiz-asked",
    )
    return h("label", h("span", t("quiz.your_answer")), field)


def _options(prose: Prose, now: Now) -> Html:
    asked, answer = now.asked, now.answer
    options = [(one, one) for one in asked.options] or [("true", t("quiz.true")), ("false", t("quiz.false"))]
    rows = (
        h(
            "label",
            h(
                "input",
                type="radio",
                name="value",
                value=value,
                checked=value == answer.given,
                required=True,
                disabled=answer.is_over,
                id=f"quiz-option-{at}",
            ),
            h("span", said(prose, f"{asked.id}-option-{at}", name), dir="auto"),
            class_=_mark(now, value),
        )
        for at, (value, name) in enumerate(options)
    )
    return h("div", *rows, role="radiogroup", aria_labelledby="quiz-asked", class_="quiz-options")


def _mark(now: Now, option: str) -> str | None:
    if not now.answer.is_over:
        return None
    return "right" if option == now.asked.answer else "wrong" if option == now.answer.given else None


def _buttons(attempt: Attempt, now: Now) -> Html:
    check = h("button", t("quiz.check"), type="submit", class_="primary", disabled=now.is_checking)
    if attempt.mode == "exam":
        return h("div", check, class_="quiz-buttons")
    hint = h(
        "button",
        icon("lightbulb"),
        h("span", t("quiz.hint")),
        type="button",
        class_="secondary",
        data_on="click:quizzing:hint",
        data_key="h",
        disabled=now.is_checking,
    )
    if now.answer.tries:
        last = h(
            "button",
            t("quiz.solution"),
            type="button",
            class_="quiet",
            data_on="click:quizzing:solution",
            disabled=now.is_checking,
        )
    else:
        last = h("p", icon("lock"), h("span", t("quiz.locked")), class_="quiz-locked")
    return h("div", check, hint, last, class_="quiz-buttons")


def _status(now: Now) -> list[Html]:
    """What the last try was, and who says so."""
    answer = now.answer
    if now.is_checking:
        return [h("p", t("quiz.checking"))]
    if not answer.tries:
        return []
    is_shown = answer.is_over and not answer.is_right
    result = t("quiz.right") if answer.is_right else t("quiz.not_right") if is_shown else t("quiz.not_yet")
    by = {BY_RULE: t("quiz.by_rule"), BY_YOU: t("quiz.by_you")}.get(answer.by) or t("quiz.by", model=answer.by)
    kind = "good" if answer.is_right else "bad"
    told = [
        h(
            "p",
            icon("check" if answer.is_right else "x"),
            h("strong", result),
            h("small", by),
            class_=f"quiz-verdict {kind}",
        )
    ]
    if not now.is_sure and not answer.is_right:
        told.append(h("p", t("quiz.unsure"), " ", button(t("quiz.count_right"), "click:quizzing:count", "")))
    return told


def _solution(prose: Prose, quiz: Quiz, now: Now) -> Html:
    asked = now.asked
    next_one = h("button", t("quiz.next"), type="button", class_="primary", data_on="click:quizzing:next", data_key="n")
    of = f"question/{asked.id}"
    right = _right(prose, quiz, asked)
    return h("div", *right, h("p", next_one, class_="actions"), class_="quiz-solution", data_explain=of)


def _right(prose: Prose, quiz: Quiz, asked: Asked) -> list[Html | None]:
    """The right answer, why, and where it stands."""
    names = {"true": t("quiz.true"), "false": t("quiz.false")} if asked.kind == "true_false" else {}
    answer = said(prose, f"{asked.id}-answer", names.get(asked.answer, asked.answer))
    right = h("div", t("quiz.answer"), " ", h("strong", answer, dir="auto"), class_="quiz-said")
    explanation = said(prose, f"{asked.id}-why", asked.explanation)
    why = h("div", explanation, class_="quiz-said", dir="auto") if asked.explanation else None
    quote = h("blockquote", said(prose, f"{asked.id}-text", asked.text), dir="auto")
    return [right, why, quote, source_link(asked, quiz)]


def quiz_hints(session: Session, prose: Prose) -> Html:
    """The hints that were shown, apart from the question: what is being typed there stays as it is."""
    now, attempt = session.quizzing.now(), session.quizzing.attempt()
    if now is None or attempt is None or attempt.mode == "exam":
        return h("div", id=HINTS, aria_live="polite")
    ladder = hints(now.asked)
    shown = ladder[: now.answer.hints]
    boxes = []
    for at, hint in enumerate(shown, 1):
        is_last = at == len(ladder)
        title = h("strong", t("quiz.hint_of", number=at, total=len(ladder)))
        link = source_link(now.asked, session.quizzing.quiz) if is_last else None
        told = h("div", said(prose, f"{now.asked.id}-hint-{at}", words(hint)), class_="quiz-said", dir="auto")
        boxes.append(h("div", icon("lightbulb"), h("div", title, told, link), class_="quiz-hint"))
    return h("div", *boxes, id=HINTS, aria_live="polite")


# -- how the making goes on


def quiz_making(session: Session) -> Html:
    """How many are made, how many were dropped, how fast, and the way to stop it."""
    quiz, part = session.quizzing.quiz, session.quiz.making
    if quiz is None or not quiz.model:
        return h("div", id=MAKING)
    progress, problem = part.progress(), part.line.failed().get(quiz.id)
    made = len(quiz.questions)
    if progress is None or progress.id != quiz.id:
        box = problem_box(problem) if problem else None
        is_later = part.is_later(quiz)
        more = go_on_button(quiz.id) if quiz.next_try and quiz.state != "done" and not is_later else None
        line = " · ".join((_made(quiz), t("quiz.after_other"))) if is_later else _made(quiz)
        return h("div", box, h("p", h("small", line), more, class_="actions"), id=MAKING, class_="quiz-making")
    line = " · ".join((_made(quiz), *_speed(quiz, progress.rate, is_waiting=progress.is_waiting)))
    bar = h("progress", value=made, max=quiz.wanted, aria_label=t("quiz.being_made"), aria_valuetext=line)
    stop = button(t("quiz.stop"), "click:quiz:stop", "")
    return h("div", bar, h("p", h("small", line), stop, class_="actions"), id=MAKING, class_="quiz-making")


def _made(quiz: Quiz) -> str:
    """Made and dropped, counted apart: nothing is padded."""
    made = t("quiz.made_of", count=len(quiz.questions), total=quiz.wanted)
    by = t("quiz.written_by", model=quiz.model)
    return " · ".join([made, t("quiz.dropped", count=quiz.dropped), by] if quiz.dropped else [made, by])


def _speed(quiz: Quiz, rate: float, *, is_waiting: bool) -> list[str]:
    if is_waiting:
        return [t("quiz.reply_first")]
    if not rate or not quiz.questions:
        return []
    each = rate * len(quiz.questions) / max(quiz.tried, 1)
    left = (quiz.wanted - len(quiz.questions)) / each
    return [t("quiz.rate", rate=Figure(round(each * SECONDS_A_MINUTE, 1))), t("quiz.time_left", seconds=Seconds(left))]
