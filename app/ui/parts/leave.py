"""The question above the message field: may Automatic send this to a model elsewhere? And the line below the field."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Text, with_semicolons
from app.core.values import Model
from app.session import Session
from app.study.chats import Chat
from app.study.features import CODE, SUMMARY, TITLE
from app.ui.words import t, words


def leave_question(session: Session) -> Html:
    """The open chat's question, until it is answered."""
    chat = session.state.chat()
    model = session.state.asking_leave().get(chat.id)
    if model is None:
        return h("div", id="leave")
    buttons = (
        h("button", label, type="button", data_on=f"click:{action}", data_arg=chat.id, class_=kind)
        for label, action, kind in (
            (t("leave.send"), "leave:send", None),
            (t("leave.answer_here"), "leave:here", "secondary"),
        )
    )
    settings = h("a", t("leave.change"), href="#/settings")
    return h(
        "div",
        h("p", t("leave.question", model=model.name, where=model.where), id="leave-words"),
        h("div", *buttons, settings, class_="actions"),
        role="group",
        aria_label=t("leave.question_label"),
        aria_describedby="leave-words",
        id="leave",
    )


def privacy(session: Session) -> Html:
    """Where the words of the next question go; the switch for a private chat is in the bar."""
    chat = session.state.chat()
    if chat.is_private and chat.path:
        has_left = any(turn.place.leaves_device for turn in session.state.turns())
        stays = t("leave.from_now_on" if has_left else "leave.nothing_leaves")
        return h("div", h("p", h("strong", t("leave.private")), " ", stays), id="privacy")
    if session.state.visit.is_demo:
        return h("div", id="privacy")
    again = None
    if chat.leave == "no" and session.state.chosen().provider == "automatic":
        on = "click:leave:again"
        again = h("button", t("leave.ask_again"), type="button", class_="quiet", data_on=on, data_arg=chat.id)
    return h("div", h("span", where_words_go(session, chat)), again, id="privacy")


def where_words_go(session: Session, chat: Chat) -> str:
    """Where the next question goes, and whatever else of the chat goes elsewhere."""
    if chat.is_private:
        return t("leave.nothing")
    model = session.state.chosen()
    where = _automatic(session, chat) if model.provider == "automatic" else model.where
    parts = [Text("leave.goes", what=model.name, where=where), *_beside(session, chat, model)]
    return words(with_semicolons(*parts))


def _automatic(session: Session, chat: Chat) -> Text:
    away = [model for model in session.state.shelf.leaving() if not session.switching.why_not(model)]
    if not away or session.state.settings().share <= 0 or chat.leave == "no":
        return Text("leave.stays_here")
    if not session.privacy.may_leave(chat.id):
        return Text("leave.asks_before")
    return Text("leave.may_be_sent")


def _beside(session: Session, chat: Chat, model: Model) -> list[Text]:
    """What goes to another model than the one that answers."""
    parts = []
    features = ((CODE, Text("leave.code")), (TITLE, Text("leave.title")), (SUMMARY, Text("leave.summaries")))
    for feature, what in features:
        choice = session.state.settings().features.get(feature)
        other = session.state.shelf.named(choice.model_id) if choice and choice.model_id else None
        may = session.privacy.may_leave(chat.id) or (feature == CODE and chat.leave != "no")
        if other and other.leaves_device and other.id != model.id and may and not session.switching.why_not(other):
            parts.append(Text("leave.goes", what=what, where=other.where))
    return parts
