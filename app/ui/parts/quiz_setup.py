"""What the next quiz is to be: about what, how many questions, of which kinds, and who writes them.

quiz_setup(session)         # <form id="quiz-setup">
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.places import Place
from app.core.quiz import KINDS, Kind
from app.core.texts import Percent, Text
from app.core.values import Model
from app.session import Session
from app.session.quiz import FIELD, TOPIC_LENGTH, Wish
from app.session.subject import SOME
from app.study.library.documents import listed
from app.study.practice.quizzes import MOST_WANTED
from app.ui.parts.controls import button
from app.ui.parts.subject import chosen_documents, subject_choice
from app.ui.words import t, words

SETUP = "quiz-setup"
MOST_CHATS = 30  # that can be chosen
SMALL_BYTES = 1_000_000_000  # of a model that makes few questions that hold
FEW = 0.34  # of its questions, that a model is too weak for quizzes below
KIND_NAMES: dict[Kind, Text] = {
    "multiple_choice": Text("quiz.multiple_choice"),
    "true_false": Text("quiz.true_false"),
    "cloze": Text("quiz.cloze"),
    "short_answer": Text("quiz.short_answer"),
}


def quiz_setup(session: Session) -> Html:
    """The whole form; each choice takes effect at once."""
    part = session.quiz
    wish, documents = part.wish(), listed(session.library.documents().values())
    readable = [one for one in documents if one.has_text]
    chats = [one for one in session.state.chats() if not one.is_private][:MOST_CHATS]
    if part.is_known() and not readable and not chats:
        add = h("a", t("quiz.open_library"), href="#/library", role="button", class_="primary")
        return h("div", h("p", t("quiz.no_documents")), h("p", add, class_="actions"), id=SETUP, class_="quiz-empty")
    start = h(
        "button",
        t("quiz.starting") if part.is_starting() else t("quiz.start"),
        type="submit",
        class_="primary",
        disabled=part.is_starting() or not part.is_known(),
        id=FIELD,
    )
    return h(
        "form",
        h("h2", t("quiz.new"), id="quiz-new"),
        _about(session, wish),
        chosen_documents(session, wish.documents, "quiz-document", "change:quiz:document")
        if wish.about == SOME
        else None,
        _topic(wish) if not wish.about.startswith("chat/") else None,
        how_many(t("quiz.wanted"), wish.wanted, MOST_WANTED, "quiz-wanted", "change:quiz:wanted"),
        _writer(session, wish),
        _kinds(session, wish),
        h("p", start, class_="actions"),
        data_on="submit:quiz:start",
        aria_labelledby="quiz-new",
        id=SETUP,
        class_="quiz-setup",
    )


def _about(session: Session, wish: Wish) -> Html:
    chats = [one for one in session.state.chats() if not one.is_private][:MOST_CHATS]
    more = (t("quiz.chats"), [(f"chat/{one.id}", one.title) for one in chats])
    return subject_choice(session, wish.about, "quiz-about", "change:quiz:about", more)


def _topic(wish: Wish) -> Html:
    field = h(
        "input",
        type="text",
        value=wish.topic,
        placeholder=t("quiz.topic_example"),
        maxlength=TOPIC_LENGTH,
        autocomplete="off",
        id="quiz-topic",
        data_on="change:quiz:topic",
    )
    return h("label", h("span", t("quiz.topic")), field)


def how_many(label: str, value: int, most: int, id: str, on: str) -> Html:
    """The field for how many are to be made."""
    field = h("input", type="number", value=value, min=1, max=most, required=True, id=id, data_on=on)
    return h("label", h("span", label), field)


def _writer(session: Session, wish: Wish) -> Html:
    """Whether a model writes the questions, which, and whether it can."""
    model = session.quiz.writer()
    if model is None:
        return h("p", t("quiz.no_model"), class_="note", id="quiz-writer")
    told = ability(session, model) if wish.by_model else t("quiz.by_nobody")
    label = t("quiz.by_model", model=model.name)
    return who_writes(label, told, "quiz", "change:quiz:by-model", is_on=wish.by_model)


def who_writes(label: str, told: str, name: str, on: str, *more: Html | None, is_on: bool) -> Html:
    """Whether a model writes, what is known of that, and the way to another one; `name` begins the ids."""
    box = h("input", type="checkbox", checked=is_on, id=f"{name}-by-model", data_on=on)
    change = h("a", t("quiz.change_model"), href="#/settings/automatic")
    about = h("p", told, " ", change, class_="note")
    return h("div", h("label", box, h("span", label)), about, *more, id=f"{name}-writer", class_="quiz-writer")


def ability(session: Session, model: Model) -> str:
    """Whether a model is up to it, by what became of its questions here; before there are any, by its size."""
    share = session.quiz.share(model.name)
    if share is None:
        is_small = model.place is Place.BROWSER and 0 < model.size_bytes < SMALL_BYTES
        return t("quiz.untried_small" if is_small else "quiz.untried")
    kept, tried = share
    percent = Percent.of(kept, tried)
    return t("quiz.too_weak" if kept < FEW * tried else "quiz.able", percent=percent, count=tried)


def _kinds(session: Session, wish: Wish) -> Html | None:
    if session.quiz.writer() is None or not wish.by_model:
        return None
    rows = (
        h(
            "label",
            h(
                "input",
                type="checkbox",
                checked=kind in wish.kinds,
                id=f"quiz-kind-{kind}",
                data_on="change:quiz:kind",
                data_arg=kind,
            ),
            h("span", words(KIND_NAMES[kind])),
        )
        for kind in KINDS
    )
    return h("fieldset", h("legend", t("quiz.kinds")), *rows, class_="quiz-choices")


def go_on_button(id: str, name: str = "") -> Html:
    """Make what is lacking of a quiz; with its name where there are several."""
    about = {"aria_label": t("quiz.go_on_with", name=name)} if name else {}
    return button(t("quiz.go_on"), "click:quiz:go-on", id, **about)
