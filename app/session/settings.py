"""What the person has chosen, its limits, and how it comes back from storage."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypedDict

from app.core.shapes import Damaged, Share, Strictly, When, decode, within
from app.core.values import EngineName, Model, Sampling
from app.models.device.threads import ThreadSpeeds
from app.models.engines.gpu import Switch, Wish
from app.study.features import Choice

ThemeName = Literal["system", "light", "dark"]
TextSizeName = Literal["small", "normal", "large", "larger"]
#: by the words themselves, by what is meant, or by both
SearchKind = Literal["keyword", "vector", "hybrid"]
Rate = Annotated[float, within(0.5, 2)]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person has chosen. `engines` maps a model's id to the engine picked for it."""

    model_id: str = ""
    system_prompt: str = ""
    sampling: Sampling = Sampling()
    theme: ThemeName = "system"
    language: str = ""  # its code, as "de"; "" is as the browser
    engines: tuple[tuple[str, EngineName], ...] = ()
    active: tuple[tuple[str, str], ...] = ()  # by group (browser, ollama, cloud): the model chosen last in it
    think: bool = True
    is_offline_mode: Strictly[bool] = False
    is_loopback_allowed: bool = True  # whether Ollama on this computer may be asked in Offline Mode
    offline_since: When = 0.0  # when Offline Mode was switched on, seconds since 1970
    setup: str = ""  # where the first run stands: "", "welcome", "fetch", "later", "done", "enough"
    setup_model: str = ""  # what was picked in it
    memory_gb: float = 0.0  # this computer's memory as the person says, 0 where they have not
    speeds: Mapping[str, float] = field(default_factory=dict)  # by a model's id: tokens a second as measured here
    load_times: Mapping[str, float] = field(default_factory=dict)  # by a model's id: seconds of its last load here
    used: Mapping[str, When] = field(default_factory=dict)  # by a browser model's id: its last use, to the day
    threads: Mapping[str, ThreadSpeeds] = field(default_factory=dict)  # by a model's id: what was measured here
    is_api_on: bool = False  # whether scripts of this origin may ask local models (app.session.api)
    is_smart: bool = False  # whether Automatic is offered
    share: Share = 0.3  # of usual questions that Automatic may send to a cloud, 0 to 1
    keeps_quick: bool = True  # whether quick follow-ups go to the browser's model
    asks_before_leaving: Strictly[bool] = True  # whether Automatic asks before a chat's first words leave
    falls_back: bool = True  # whether a model here answers where a cloud's cannot
    features: Mapping[str, Choice] = field(default_factory=dict)  # by a feature's id: who answers for it
    learned: Mapping[str, object] = field(default_factory=dict)  # what outcomes taught (app.models.routing.policy)
    abilities: Mapping[str, Share] = field(default_factory=dict)  # by a model's id: the person's own word, 0 to 1
    single_keys: bool = True  # whether keys without Ctrl or ⌘ do something outside of fields
    gpu: Mapping[str, Switch] = field(default_factory=dict)  # by a model's id: the graphics processor
    text_size: TextSizeName = "normal"
    awake_on_battery: bool = False  # whether the screen stays on during a reply on battery, too
    voices: Mapping[str, str] = field(default_factory=dict)  # by a text's language: the browser's name for a voice
    reading_rate: Rate = 1.0  # how fast texts are read aloud, 1 being the voice's own speed
    search_by: SearchKind = "hybrid"  # how documents are searched, where that can be done
    meaning: str = ""  # id of the model that finds documents by meaning; "" is the one that comes along, "off" none
    pauses_meaning: bool = False  # whether no vectors are made for now
    reranks: bool = False  # whether the best passages are put in order by a reranking model

    def gpu_of(self, model: Model) -> Wish:
        """What the person wants of the graphics processor for a model."""
        return self.gpu.get(model.id, "auto")

    def engine_of(self, model: Model) -> EngineName | None:
        """The engine that was picked for a model."""
        return dict(self.engines).get(model.id)


class SettingsChanges(TypedDict, total=False):
    """Fields of settings to change; tests/test_session.py compares them with `Settings`."""

    model_id: str
    system_prompt: str
    sampling: Sampling
    theme: ThemeName
    language: str
    engines: tuple[tuple[str, EngineName], ...]
    active: tuple[tuple[str, str], ...]
    think: bool
    is_offline_mode: bool
    is_loopback_allowed: bool
    offline_since: float
    setup: str
    setup_model: str
    memory_gb: float
    speeds: Mapping[str, float]
    load_times: Mapping[str, float]
    used: Mapping[str, float]
    threads: Mapping[str, ThreadSpeeds]
    is_api_on: bool
    is_smart: bool
    share: float
    keeps_quick: bool
    asks_before_leaving: bool
    falls_back: bool
    features: Mapping[str, Choice]
    learned: Mapping[str, object]
    abilities: Mapping[str, float]
    single_keys: bool
    gpu: Mapping[str, Switch]
    text_size: TextSizeName
    awake_on_battery: bool
    voices: Mapping[str, str]
    reading_rate: float
    search_by: SearchKind
    meaning: str
    pauses_meaning: bool
    reranks: bool


LIMITS: dict[str, tuple[float, float, type]] = {
    "temperature": (0.0, 2.0, float),
    "top_k": (1, 200, int),
    "top_p": (0.05, 1.0, float),
    "max_tokens": (16, 8192, int),
    "seed": (0, 2**31 - 1, int),
}


def limited(name: str, typed: str) -> float | None:
    """A number of the sampling as it was typed, within its limits; None where it is none."""
    try:
        number = float(typed)
    except ValueError:
        return None
    low, high, kind = LIMITS[name]
    found: float | None = kind(min(high, max(low, number))) if math.isfinite(number) else None
    return found


def settings_from(record: object, lost: list[str] | None = None) -> Settings:
    """Settings from their stored record; what of it cannot be read is named in `lost`. Where nothing of it can, Offline
    Mode is on: whether somebody had switched it on is not known any more."""
    try:
        return decode(Settings, record, lost)
    except Damaged:
        if lost is not None:
            lost.append("everything")
        return Settings(is_offline_mode=True)
