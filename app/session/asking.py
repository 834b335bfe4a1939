"""How a chat is asked: as Settings say, but for what was chosen for that chat.

asking(state, chat, persona, "chat", model)     # Asking(system_prompt, sampling, think, …)
"""

from __future__ import annotations

from dataclasses import replace

from app.core.persona import Persona
from app.core.values import Model
from app.session.settings import Settings
from app.session.state import State
from app.study.chats import Chat
from app.study.replies import Asking

DEMO_TOKENS = 1_000_000


def asking(state: State, chat: Chat, persona: Persona | None, feature: str, model: Model) -> Asking:
    """How a reply of a chat is asked for, by the persona as it reads now."""
    settings = state.settings()
    sampling = replace(settings.sampling, temperature=temperature_of(settings, chat))
    if state.visit.is_demo:  # the address says how long its reply is
        sampling = replace(sampling, max_tokens=DEMO_TOKENS)
    reading, think = state.reading(model), thinks(settings, chat)
    return Asking(settings.system_prompt, sampling, think, feature, reading, persona)


def temperature_of(settings: Settings, chat: Chat) -> float:
    """The temperature of a chat's replies."""
    return settings.sampling.temperature if chat.temperature is None else chat.temperature


def thinks(settings: Settings, chat: Chat) -> bool:
    """Whether models that can think do so before they answer in a chat."""
    return settings.think if chat.think is None else chat.think
