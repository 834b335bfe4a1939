"""The chat page: what an empty chat says, and the way to earlier messages."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Size, Text
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.parts.progress import progress
from app.ui.words import t, words

STARTERS = (Text("chat.starter_capital"), Text("chat.starter_photosynthesis"), Text("chat.starter_sky"))


def earlier(session: Session) -> Html:
    """The way to what is not shown yet."""
    hidden = len(session.state.chat().path) - len(session.state.turns())
    if hidden <= 0 or not session.state.turns():
        return h("div", id="earlier")
    label = t("chat.earlier", count=hidden)
    button = h("button", label, type="button", data_on="click:chat:earlier", class_="quiet")
    return h("div", button, id="earlier", class_="earlier")


def empty(session: Session) -> Html:
    """What an empty chat says: who answers, where the words go, and how to begin."""
    if session.state.turns() or session.state.chat().path:
        return h("div", id="empty", class_="empty", hidden=True)
    model = session.state.chosen()
    row = next((item for item in session.state.rows() if item.model.id == model.id), None)
    starters = (
        h("button", text, type="button", data_on="click:chat:send", data_arg=text, id=f"starter-{number}")
        for number, text in enumerate(map(words, STARTERS))
    )
    return h(
        "div",
        h("h2", t("chat.welcome")),
        h("p", who_answers(model, row, session.state.visit.is_demo)),
        offer(model, row) if row and not session.state.visit.is_demo else None,
        h("div", *starters, class_="starters"),
        id="empty",
        class_="empty",
    )


def who_answers(model: Model, row: Row | None, is_demo: bool) -> str:
    """One honest sentence about the model that will answer."""
    if is_demo:
        return t("chat.demo_answers")
    if model.provider == "automatic":
        return t("chat.automatic_answers")
    if row is None:
        return t(
            "chat.answers_away" if model.leaves_device else "chat.answers_near", model=model.name, where=model.where
        )
    if row.is_ready:
        return t("chat.answers_here", model=model.name)
    return t("chat.will_answer", model=model.name, size=Size(model.size_bytes))


def offer(model: Model, row: Row) -> Html | None:
    """The button that fetches the bundled model, or its progress."""
    if row.is_ready or not model.is_bundled:
        return None
    if row.is_busy:
        return progress(row, "offer")
    label = (
        t("chat.go_on_fetching", model=model.name)
        if row.status == Status.PAUSED
        else t("chat.get", model=model.name, size=Size(model.size_bytes))
    )
    return h(
        "button", label, type="button", data_on="click:models:download", data_arg=model.id, id="offer", class_="primary"
    )
