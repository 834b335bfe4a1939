"""The words of a question, as a document or a model has them: formulas are typeset as in chats, the rest stays words.

said(prose, "q1-question", asked.question)      # the words themselves where there is no formula
source_link(asked, quiz)                        # where its sentence stands
"""

from __future__ import annotations

from app.core.html import Child, Html, h
from app.core.quiz import BLANK
from app.session.page_shown import Place
from app.study.practice.plain import GAP, as_markdown, has_formula
from app.study.practice.quizzes import Asked, Quiz
from app.ui.icons import icon
from app.ui.prose import Prose
from app.ui.words import t


def said(prose: Prose, id: str, text: str) -> Child:
    """What stands there; `id` is of no other words on the page."""
    return prose.html(f"quiz-{id}", as_markdown(text)) if has_formula(text) else text.replace(BLANK, GAP)


def source_link(asked: Asked, quiz: Quiz | None) -> Html | None:
    """Where a question's sentence stands, a page or a reply of the chat that the quiz is about, as a link that leads
    there."""
    if asked.document:
        to = f"#/library/{asked.document}/{Place(asked.page or 1, asked.start, asked.end)}"
        name = t("quiz.source_page", name=asked.name, page=asked.label or str(asked.page))
    elif quiz and quiz.chat:
        to, name = f"#/chat/{quiz.chat}/{asked.turn}".rstrip("/"), t("quiz.source_chat", name=quiz.name)
    else:
        return None
    return h("a", icon("quote"), h("span", name, dir="auto"), href=to, class_="quiz-source")
