"""Settings, Chat and Advanced: what holds for every reply."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Text
from app.session import Session
from app.session.settings import LIMITS
from app.ui.parts.setting import card, described, field, switch
from app.ui.words import t, words

#: by the setting: label, what it does, step; the limits are the session's
SAMPLING = {
    "temperature": (Text("settings.temperature"), Text("settings.temperature_help"), "any"),
    "max_tokens": (Text("settings.max_tokens"), Text("settings.max_tokens_help"), "1"),
    "top_k": (Text("settings.top_k"), Text("settings.top_k_help"), "1"),
    "top_p": (Text("settings.top_p"), Text("settings.top_p_help"), "any"),
    "seed": (Text("settings.seed"), Text("settings.seed_help"), "1"),
}


def replies(session: Session) -> Html:
    """What people set."""
    think = session.state.settings().think
    about = t("settings.reasoning_help")
    return card(
        system_prompt(session),
        switch("set-think", t("settings.reasoning"), "settings:think", think, about=about),
        number(session, "temperature"),
        number(session, "max_tokens"),
    )


def sampling(session: Session) -> Html:
    """What few people set."""
    return card(*(number(session, name) for name in ("top_k", "top_p", "seed")))


def system_prompt(session: Session) -> Html:
    """What every chat begins with, unseen."""
    id = "set-system_prompt"
    control = h(
        "textarea",
        session.state.settings().system_prompt,
        id=id,
        rows=4,
        placeholder=t("settings.instructions_example"),
        data_on="change:settings:system-prompt",
        aria_describedby=described(id),
        dir="auto",
    )
    return field(id, t("settings.instructions"), control, about=t("settings.instructions_help"), is_wide=True)


def number(session: Session, name: str) -> Html:
    """One setting of the sampler, kept within its limits."""
    label, meaning, step = SAMPLING[name]
    low, high, _ = LIMITS[name]
    id = f"set-{name}"
    control = h(
        "input",
        type="number",
        id=id,
        value=getattr(session.state.settings().sampling, name),
        data_on="change:settings:number",
        data_arg=name,
        aria_describedby=described(id),
        min=low,
        max=high,
        step=step,
    )
    return field(id, words(label), control, about=words(meaning))


def reasoning_state(session: Session) -> Text:
    """The section in two words, for the index."""
    return Text("settings.reasoning_on") if session.state.settings().think else Text("settings.reasoning_off")
