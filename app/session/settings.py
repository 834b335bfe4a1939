"""What the person has chosen, its limits, and how it comes back from storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.core.values import EngineName, Sampling, known_fields
from app.study.features import Choice, choices_from


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person has chosen. `engines` maps a model's id to the engine picked for it."""

    model_id: str = ""
    system_prompt: str = ""
    sampling: Sampling = Sampling()
    theme: Literal["system", "light", "dark"] = "system"
    engines: tuple[tuple[str, EngineName], ...] = ()
    active: tuple[tuple[str, str], ...] = ()  # by group (browser, ollama, cloud): the model chosen last in it
    think: bool = True
    is_offline_mode: bool = False
    is_loopback_allowed: bool = True  # whether Ollama on this computer may be asked in Offline Mode
    offline_since: float = 0.0  # when Offline Mode was switched on, seconds since 1970
    setup: str = ""  # where the first run stands: "", "device", "pick", "fetch", "later", "done"
    setup_model: str = ""  # what was picked in it
    memory_gb: float = 0.0  # this computer's memory as the person says, 0 where they have not
    speeds: Mapping[str, float] = field(default_factory=dict)  # by a model's id: tokens a second as measured here
    is_api_on: bool = False  # whether scripts of this origin may ask local models (app.session.api)
    is_smart: bool = False  # whether Automatic is offered
    share: float = 0.3  # of usual questions that Automatic may send to a cloud, 0 to 1
    keeps_quick: bool = True  # whether quick follow-ups go to the browser's model
    asks_before_leaving: bool = True  # whether Automatic asks before the first words of a chat leave this device
    falls_back: bool = True  # whether a model here answers where a cloud's cannot
    features: Mapping[str, Choice] = field(default_factory=dict)  # by a feature's id: who answers for it
    learned: Mapping[str, Any] = field(default_factory=dict)  # what outcomes taught (app.models.routing.policy)


LIMITS: dict[str, tuple[float, float, type]] = {
    "temperature": (0.0, 2.0, float),
    "top_k": (1, 200, int),
    "top_p": (0.05, 1.0, float),
    "max_tokens": (16, 8192, int),
    "seed": (0, 2**31 - 1, int),
}


def settings_from(record: dict[str, Any]) -> Settings:
    """Settings from their stored record; unknown fields of later versions are ignored."""
    known = known_fields(Settings, record)
    known["sampling"] = Sampling(**known_fields(Sampling, known.get("sampling", {})))
    known["engines"] = tuple((model_id, name) for model_id, name in known.get("engines", ()))
    known["active"] = tuple((group, model_id) for group, model_id in known.get("active", ()))
    known["speeds"] = {model_id: float(speed) for model_id, speed in known.get("speeds", {}).items()}
    known["features"] = choices_from(known.get("features", {}))
    return Settings(**known)
