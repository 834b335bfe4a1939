"""The question above the message field: may Automatic send this to a model elsewhere? And the line below the field."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.values import Model
from app.session import Session
from app.study.chats import Chat
from app.study.features import CODE, SUMMARY, TITLE

NOTHING = "nothing of it leaves this device"


def leave_question(session: Session) -> Html:
    """The open chat's question, until it is answered."""
    chat = session.state.chat()
    model = session.state.asking_leave().get(chat.id)
    if model is None:
        return h("div", id="leave")
    words = (
        f"Automatic wants to send this question to {model.name}. It would be {model.where}, and so would what "
        "Automatic sends there later in this chat. Nothing was sent yet."
    )
    buttons = (
        h("button", label, type="button", data_on=f"click:{action}", data_arg=chat.id, class_=kind)
        for label, action, kind in (("Send", "leave:send", None), ("Answer here", "leave:here", "secondary"))
    )
    settings = h("a", "Change in Settings", href="#/settings")
    return h(
        "div",
        h("p", words, id="leave-words"),
        h("div", *buttons, settings, class_="actions"),
        role="group",
        aria_label="Send this question?",
        aria_describedby="leave-words",
        id="leave",
    )


def privacy(session: Session) -> Html:
    """Whether the chat is private, and where the words of the next question go. Once something was said in a private
    chat it stays private."""
    chat = session.state.chat()
    if chat.is_private and chat.path:
        has_left = any(turn.place.leaves_device for turn in session.state.turns())
        words = " From now on nothing of it leaves this device." if has_left else " Nothing of it leaves this device."
        return h("div", h("p", h("strong", "Private chat"), words), id="privacy")
    switch = h(
        "input",
        type="checkbox",
        role="switch",
        id="private-chat",
        checked=chat.is_private,
        data_on="change:chat:private",
    )
    label = h("label", switch, "Private chat", for_="private-chat")
    if session.state.visit.is_demo:
        return h("div", label, id="privacy")
    again = None
    if chat.leave == "no" and session.state.chosen().provider == "automatic":
        again = h("button", "Ask again", type="button", class_="quiet", data_on="click:leave:again", data_arg=chat.id)
    return h("div", label, h("span", where_words_go(session, chat)), again, id="privacy")


def where_words_go(session: Session, chat: Chat) -> str:
    """Where the next question goes, and whatever else of the chat goes elsewhere."""
    if chat.is_private:
        return NOTHING
    model = session.state.chosen()
    where = _automatic(session, chat) if model.provider == "automatic" else model.where
    return "; ".join((f"{model.name}: {where}", *_beside(session, chat, model)))


def _automatic(session: Session, chat: Chat) -> str:
    away = [model for model in session.state.shelf.leaving() if not session.switching.why_not(model)]
    if not away or session.state.settings().share <= 0 or chat.leave == "no":
        return "stays on this device"
    if not session.privacy.may_leave(chat.id):
        return "asks before sending"
    return "may be sent to a model elsewhere"


def _beside(session: Session, chat: Chat, model: Model) -> list[str]:
    """What goes to another model than the one that answers."""
    parts = []
    for feature, words in ((CODE, "code questions"), (TITLE, "its title"), (SUMMARY, "its summaries")):
        choice = session.state.settings().features.get(feature)
        other = session.state.shelf.named(choice.model_id) if choice and choice.model_id else None
        may = session.privacy.may_leave(chat.id) or (feature == CODE and chat.leave != "no")
        if other and other.leaves_device and other.id != model.id and may and not session.switching.why_not(other):
            parts.append(f"{words}: {other.where}")
    return parts
