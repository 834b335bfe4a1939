"""The question above the message field: may Automatic send this to a model elsewhere? And the line below the field."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.places import Place
from app.core.texts import Text, TextOrWords, with_commas, with_semicolons
from app.core.values import Model
from app.session import Session
from app.study.chats import Chat
from app.study.features import CODE, SUMMARY, TITLE, TUTOR
from app.study.tutored import is_tutor
from app.ui.icons import Icon, icon
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
    settings = h("a", t("leave.change"), href="#/settings/automatic/asks-before-leaving")
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
    """The line below the field; the switch for a private chat is in the bar."""
    return h("div", line(session), id="privacy")


def line(session: Session) -> Html:
    """The truth about the next question: where it goes, and whatever else of the chat goes elsewhere."""
    chat = session.state.chat()
    model = session.state.chosen()
    if chat.is_private:
        has_left = any(turn.place.leaves_device for turn in session.state.turns())
        stays = t("leave.from_now_on" if has_left else "leave.nothing_leaves")
        where = t("leave.browser") if model.ref.is_built_in else stays
        return h("p", icon("lock"), h("strong", t("leave.private")), " · ", where)
    beside = _beside(session, chat, model)
    sign, told = _automatic(session, chat) if model.provider == "automatic" else _goes(model, is_alone=not beside)
    again = None
    if chat.leave == "no" and model.provider == "automatic":
        on = "click:leave:again"
        again = h("button", t("leave.ask_again"), type="button", class_="quiet", data_on=on, data_arg=chat.id)
    return h(
        "p", icon("cloud" if beside else sign), words(with_semicolons(told, *beside)), " " if again else None, again
    )


def _goes(model: Model, *, is_alone: bool = True) -> tuple[Icon, TextOrWords]:
    """Where a question to a model goes. What answers here is only called private where nothing else goes elsewhere."""
    if model.ref.is_built_in:  # what the browser does with the words, a page cannot see
        return "laptop", Text("leave.browser")
    match model.place:
        case Place.BROWSER:
            return "lock", Text("leave.private_here") if is_alone else Text("leave.answers_here")
        case Place.COMPUTER:
            return "server", Text("leave.private_computer") if is_alone else Text("leave.answers_computer")
        case Place.NETWORK:
            return "server", Text("leave.sent_in_network", who=_who(model))
        case Place.CLOUD:
            has_key = model.provider == "cloud"
            return "cloud", Text("leave.sent_with_key", who=_who(model)) if has_key else Text(
                "leave.sent", who=_who(model)
            )


def _who(model: Model) -> str:
    """Who gets the words: a company, or the address of a server."""
    values = dict(model.where.values) if isinstance(model.where, Text) else {}
    return str(values.get("name") or model.name)


def _automatic(session: Session, chat: Chat) -> tuple[Icon, TextOrWords]:
    away = [model for model in session.state.shelf.leaving() if not session.switching.why_not(model)]
    if not away or session.state.settings().share <= 0 or chat.leave == "no":
        return "lock", Text("leave.private_here")
    if not session.privacy.may_leave(chat.id):
        return "lock", Text("leave.asks_before")
    who = with_commas(*dict.fromkeys(map(_who, away)))
    has_keys = all(model.provider == "cloud" for model in away)
    return "cloud", Text("leave.may_use_with_key", who=who) if has_keys else Text("leave.may_use", who=who)


def _beside(session: Session, chat: Chat, model: Model) -> list[Text]:
    """What goes to another model than the one that answers."""
    parts = []
    features = [(CODE, Text("leave.code")), (TITLE, Text("leave.title")), (SUMMARY, Text("leave.summaries"))]
    if is_tutor(chat.persona):
        features.insert(0, (TUTOR.id, Text("leave.tutor")))
    for feature, what in features:
        choice = session.state.settings().features.get(feature)
        other = session.state.shelf.named(choice.model_id) if choice and choice.model_id else None
        may = session.privacy.may_leave(chat.id) or (feature in (CODE, TUTOR.id) and chat.leave != "no")
        if other and other.leaves_device and other.id != model.id and may and not session.switching.why_not(other):
            parts.append(Text("leave.goes", what=what, where=other.where))
    reading = session.state.aloud()
    if reading and reading.voice and not reading.voice.is_local and not reading.is_paused:
        parts.append(
            Text("leave.goes", what=Text("leave.read_aloud"), where=Text("places.sent_to", name=reading.voice.maker))
        )
    return parts
