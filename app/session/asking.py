"""How a chat is asked: as Settings say, but for what was chosen for that chat.

asking(state, chat, turn, "chat", model)        # Asking(system_prompt, sampling, think, …)
"""

from __future__ import annotations

from dataclasses import replace

from app.core.persona import instructions
from app.core.values import Model
from app.session.settings import Settings
from app.session.state import State
from app.study.chats import Chat, Turn
from app.study.replies import Asking

DEMO_TOKENS = 1_000_000


def asking(state: State, chat: Chat, turn: Turn, feature: str, model: Model) -> Asking:
    """How the reply `turn` of a chat is asked for."""
    settings = state.settings()
    sampling = replace(settings.sampling, temperature=temperature_of(settings, chat))
    if state.visit.is_demo:  # the address says how long its reply is
        sampling = replace(sampling, max_tokens=DEMO_TOKENS)
    told = instructions(settings.system_prompt, turn.persona)
    return Asking(told, sampling, thinks(settings, chat), feature, state.reading(model))


def temperature_of(settings: Settings, chat: Chat) -> float:
    """The temperature of a chat's replies."""
    return settings.sampling.temperature if chat.temperature is None else chat.temperature


def thinks(settings: Settings, chat: Chat) -> bool:
    """Whether models that can think do so before they answer in a chat."""
    return settings.think if chat.think is None else chat.think
