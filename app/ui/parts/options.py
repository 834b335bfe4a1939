"""What is chosen for the open chat: in the bar what differs from Settings, and the sheet that changes it.

chip(session)               # the button "Socratic tutor · temperature 0.2"; None where nothing is chosen
options_sheet(session)      # its persona, model, Reasoning, temperature
"""

from __future__ import annotations

from collections.abc import Iterator

from app.core.html import Html, h, join
from app.core.persona import Persona
from app.core.texts import Text, TextOrWords
from app.session import Session
from app.session.settings import LIMITS
from app.study.chats import Chat
from app.study.tutored import is_tutor
from app.ui.icons import icon
from app.ui.model_choice import options
from app.ui.parts.setting import card, described, field, select
from app.ui.parts.sheet import sheet
from app.ui.parts.tutor import up_to_it
from app.ui.words import t, words

NONE = Persona("", "", "")


def persona_of(session: Session, chat: Chat) -> Persona | None:
    """Who answers in a chat, as the list has it now; as the chat has kept it where the list was not read, or it is gone
    from there."""
    if chat.persona is None or session.state.personas() is None:
        return chat.persona
    found: Persona = session.personas.named(chat.persona.id) or chat.persona
    return found


def chip(session: Session, chat: Chat) -> Html | None:
    """What is chosen for the chat; it opens the sheet."""
    persona = persona_of(session, chat)
    chosen: list[TextOrWords] = [persona.name] if persona else []
    if chat.model_id:  # its name stands beside
        chosen.append(Text("options.model_now"))
    if chat.temperature is not None:
        chosen.append(Text("options.temperature_now", number=chat.temperature))
    if chat.think is not None:
        chosen.append(Text("options.reasoning_now_on") if chat.think else Text("options.reasoning_now_off"))
    if not chosen:
        return None
    what = " · ".join(map(words, chosen))
    label = t("options.now", what=what)
    on = {"data_on": "click:options:open"}
    face = join(icon("drama" if persona else "sliders-horizontal"), h("span", what))
    return h("button", face, type="button", id="chat-options", class_="bare", aria_label=label, title=label, **on)


def options_sheet(session: Session) -> Html:
    """The sheet."""
    chat, settings = session.state.chat(), session.state.settings()
    to_list = h("a", t("options.change_personas"), href="#/settings/chat/personas")
    return sheet(
        t("options.title"),
        h(
            "fieldset",
            h("legend", t("options.persona")),
            *(_persona(one, about, chat) for one, about in _personas(session, chat)),
            class_="persona-list",
        ),
        up_to_it(session, chat) if is_tutor(chat.persona) else None,
        h("p", to_list),
        h("h3", t("options.replies")),
        card(
            _model(session, chat),
            _thinks(chat, is_usual=settings.think),
            _temperature(chat, settings.sampling.temperature),
        ),
    )


def _personas(session: Session, chat: Chat) -> Iterator[tuple[Persona, str]]:
    """What can be chosen, each with what it does: none first, then one that only this chat has."""
    yield NONE, t("personas.none_about")
    known = session.personas.all()
    if chat.persona and session.state.personas() is not None and chat.persona.id not in {one.id for one in known}:
        yield chat.persona, t("personas.gone")
    yield from ((one, one.about) for one in known)


def _persona(one: Persona, about: str, chat: Chat) -> Html:
    id = f"persona-{one.id or 'none'}"
    box = h(
        "input",
        type="radio",
        name="persona",
        value=one.id,
        checked=one.id == (chat.persona.id if chat.persona else ""),
        data_on="change:options:persona",
        aria_describedby=f"{id}-about" if about else None,
        id=id,
    )
    name = h("strong", one.name if one.id else t("personas.none"))
    told = h("small", about, id=f"{id}-about", aria_hidden="true") if about else None
    return h("label", box, h("span", name, told), dir="auto", id=f"{id}-row")


def _model(session: Session, chat: Chat) -> Html:
    usual = h(
        "option", t("options.usual_model", model=session.state.usual().name), value="", selected=not chat.model_id
    )
    made = (usual, *options(session, chat.model_id or "", "option"))
    return field("option-model", t("options.model"), select("option-model", made, "options:model"))


def _thinks(chat: Chat, *, is_usual: bool) -> Html:
    usual = t("options.as_settings_on") if is_usual else t("options.as_settings_off")
    now = "" if chat.think is None else "on" if chat.think else "off"
    choices = (("", usual), ("on", t("options.on")), ("off", t("options.off")))
    made = (h("option", name, value=value, selected=value == now) for value, name in choices)
    return field("option-think", t("options.reasoning"), select("option-think", made, "options:think", ""))


def _temperature(chat: Chat, usual: float) -> Html:
    low, high, _ = LIMITS["temperature"]
    id = "option-temperature"
    control = h(
        "input",
        type="number",
        id=id,
        value="" if chat.temperature is None else chat.temperature,
        placeholder=str(usual),
        data_on="change:options:temperature",
        aria_describedby=described(id),
        min=low,
        max=high,
        step="any",
    )
    return field(id, t("options.temperature"), control, about=t("options.temperature_about", number=usual))
