"""The device check: what this machine has, what is missing, what works all the same, and what to do.

    for check in checks(facts): ...        # Check(Text("device.webgpu"), "missing", Text("device.no_adapter"), …)
    headline(facts)                        # one sentence

Minimum versions for WebGPU: Chrome and Edge 113, Firefox 141 (on Windows first), Safari 26. Source: the browsers' own
release notes. They are said, never trusted: what counts is what the browser answered when it was really asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.core.device import Battery
from app.core.texts import Gigabytes, Percent, Plain, Size, Text, TextOrWords, in_a_row, with_commas
from app.core.values import DeviceFacts
from app.models.engines.thread_count import NOTHING, Why, threads_and_why

State = Literal["ok", "missing", "unknown"]
MINIMUM_VERSIONS: Mapping[str, int] = {"Chrome": 113, "Edge": 113, "Firefox": 141, "Safari": 26}
SMALL_BUFFER_BYTES = 1_000_000_000
LOW_BATTERY = 0.2
SECURE = Text("device.secure_cure")
YES, NOT_TOLD = Text("device.yes"), Text("device.not_told")
WEBGPU = Text("device.webgpu")
# How to switch WebGPU on in a browser that is new enough.
SWITCHES: Mapping[str, Text] = {
    "Chrome": Text("device.switch_chrome"),
    "Edge": Text("device.switch_edge"),
    "Firefox": Text("device.switch_firefox"),
    "Safari": Text("device.switch_safari"),
}
WHY_THREADS: Mapping[Why, tuple[State, Text]] = {
    "one-core": ("ok", Text("device.one_core")),
    "not-isolated": ("missing", Text("device.not_isolated")),
    "no-shared-memory": ("missing", Text("device.no_shared_memory")),
    "unknown-cores": ("unknown", Text("device.unknown_cores")),
    "phone": ("ok", Text("device.of_a_phone")),
    "all": ("ok", Text("device.all_cores")),
    "half": ("ok", Text("device.half_the_cores")),
    "measured": ("ok", Text("device.as_measured")),
}
LINUX = {"Chrome": Text("device.linux_chrome"), "Edge": Text("device.linux_edge")}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the device check. `cure` is empty where there is nothing to do."""

    name: Text
    state: State
    text: TextOrWords
    cure: TextOrWords = ""


def checks(
    facts: DeviceFacts, battery: Battery | None = None, measured: Mapping[int, float] = NOTHING
) -> tuple[Check, ...]:
    """Every line, in the order of their weight. `measured` is the speed of writing by the number of threads."""
    return (
        _secure(facts),
        _webgpu(facts),
        *_gpu_details(facts),
        _engines(facts),
        _jspi(facts),
        _memory(facts),
        _cores(facts),
        _threads(facts, measured),
        _storage(facts),
        _power(battery),
        *_saving(facts),
        *_mobile(facts),
    )


def summary(facts: DeviceFacts, memory_gb: float = 0.0) -> TextOrWords:
    """One line that names the machine a figure was found on; `memory_gb` is the person's own word."""
    names: TextOrWords = facts.browser or facts.platform
    if facts.browser and facts.platform:
        names = Text("device.on", browser=facts.browser, platform=facts.platform)
    memory: TextOrWords = Text("device.with_at_least", memory=Gigabytes(facts.memory_gb)) if facts.memory_gb else ""
    if memory_gb:
        memory = Text("device.with_memory", memory=Gigabytes(memory_gb))
    cores: TextOrWords = Text("device.with_cores", count=facts.cores) if facts.cores else ""
    return with_commas(names, cores, memory, _webgpu_in_short(facts))


def _webgpu_in_short(facts: DeviceFacts) -> Text:
    if not facts.has_device:
        return Text("device.without_webgpu")
    if facts.is_software:
        return Text("device.with_software")
    return Text("device.with_adapter", adapter=facts.adapter) if facts.adapter else Text("device.with_webgpu")


def headline(facts: DeviceFacts) -> Text:
    """One sentence: what works on this machine now."""
    if not facts.has_device:
        return Text("device.headline_without")
    return Text("device.headline_software" if facts.is_software else "device.headline")


def _secure(facts: DeviceFacts) -> Check:
    name = Text("device.secure")
    return Check(name, "ok", YES) if facts.is_secure else Check(name, "missing", Text("device.not_secure"), SECURE)


def _webgpu(facts: DeviceFacts) -> Check:
    if not facts.is_secure and not facts.has_webgpu_api:
        return Check(WEBGPU, "missing", Text("device.hidden"), SECURE)
    if not (facts.has_webgpu_api and facts.has_adapter and facts.has_device):
        return Check(WEBGPU, "missing", _no_webgpu(facts), _cure(facts))
    adapter = facts.adapter
    if facts.is_software:
        text = Text("device.named_software", adapter=adapter) if adapter else Text("device.software")
        return Check(WEBGPU, "ok", text, _cure(facts))
    return Check(WEBGPU, "ok", Text("device.supported_by", adapter=adapter) if adapter else Text("device.supported"))


def _no_webgpu(facts: DeviceFacts) -> TextOrWords:
    """What stands in the way: no such thing, no processor, or the browser's own words on why it did not start."""
    if not facts.has_webgpu_api:
        needs = Text("device.needs", browsers=_minimum())
        if facts.browser:
            return in_a_row(Text("device.not_offered_by", browser=facts.browser), needs)
        return in_a_row(Text("device.not_offered"), needs)
    return in_a_row(Text("device.not_started" if facts.has_adapter else "device.no_adapter"), facts.problem)


def _minimum() -> Text:
    """The browsers that have WebGPU."""
    versions = {name.lower(): Plain(version) for name, version in MINIMUM_VERSIONS.items() if name != "Edge"}
    return Text("device.minimum", chrome=versions["chrome"], firefox=versions["firefox"], safari=versions["safari"])


def _cure(facts: DeviceFacts) -> TextOrWords:
    """What to do in this very browser: update it where it is too old, else switch WebGPU on."""
    name, _, version = facts.browser.partition(" ")
    if name not in MINIMUM_VERSIONS:
        return Text("device.use", browsers=_minimum())
    if facts.platform == "iOS" and not facts.has_webgpu_api:
        return Text("device.update_ios")
    if version.isdigit() and int(version) < (needed := MINIMUM_VERSIONS[name]):
        return Text("device.update", browser=name, version=version, needed=Plain(needed))
    return in_a_row(SWITCHES[name], LINUX.get(name, "") if facts.platform == "Linux" else "")


def _gpu_details(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.has_adapter:
        return ()
    name = Text("device.half")
    half = Check(name, "ok", YES) if facts.has_f16 else Check(name, "missing", Text("device.no_half"))
    return half, _buffers(facts)


def _buffers(facts: DeviceFacts) -> Check:
    name, size = Text("device.buffers"), Size(facts.max_buffer_bytes)
    if not size:
        return Check(name, "unknown", NOT_TOLD)
    if size < SMALL_BUFFER_BYTES:
        return Check(name, "missing", Text("device.small_buffers", size=size), Text("device.choose_small"))
    return Check(name, "ok", Text("device.buffers_up_to", size=size))


def _engines(facts: DeviceFacts) -> Check:
    text = Text("device.all_engines" if facts.has_device else "device.engines_without_webgpu")
    return Check(Text("device.engines"), "ok", text)


def _jspi(facts: DeviceFacts) -> Check:
    name = Text("device.jspi")
    return Check(name, "ok", YES) if facts.has_jspi else Check(name, "missing", Text("device.no_jspi"))


def _memory(facts: DeviceFacts) -> Check:
    name = Text("device.memory")
    if not facts.memory_gb:
        return Check(name, "unknown", Text("device.memory_not_told"))
    return Check(name, "ok", Text("device.memory_at_least", memory=Gigabytes(facts.memory_gb)))


def _cores(facts: DeviceFacts) -> Check:
    name = Text("device.cores")
    return Check(name, "ok", str(facts.cores)) if facts.cores else Check(name, "unknown", NOT_TOLD)


def _threads(facts: DeviceFacts, measured: Mapping[int, float]) -> Check:
    """How many llama.cpp gets, and why not more."""
    threads, why = threads_and_why(facts, measured)
    state, says = WHY_THREADS[why]
    cure: TextOrWords = ""
    if why == "not-isolated":
        cure = Text("device.not_isolated_cure") if facts.is_secure else SECURE
    elif why == "no-shared-memory":
        cure = Text("device.no_shared_memory_cure")
    return Check(Text("device.threads"), state, Text("device.threads_why", threads=Plain(threads), why=says), cure)


def _storage(facts: DeviceFacts) -> Check:
    name = Text("device.storage")
    if not facts.quota_bytes:
        return Check(name, "unknown", Text("device.storage_not_told"))
    used, promised = Size(facts.usage_bytes), Size(facts.quota_bytes)
    if facts.is_persistent:
        return Check(name, "ok", Text("device.storage_kept", used=used, promised=promised))
    text = Text("device.storage_may_go", used=used, promised=promised)
    return Check(name, "ok", text, Text("device.storage_cure"))


def _power(battery: Battery | None) -> Check:
    """No browser tells a page that the system saves power; a battery that runs low is what can be known of it."""
    name = Text("device.battery")
    if battery is None:
        return Check(name, "unknown", Text("device.battery_not_told"))
    level = Percent.of(battery.level, 1)
    if battery.is_charging:
        return Check(name, "ok", Text("device.charging", level=level))
    if battery.level >= LOW_BATTERY:
        return Check(name, "ok", Text("device.not_charging", level=level))
    return Check(name, "missing", Text("device.low_battery", level=level), Text("device.plug_in"))


def _saving(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.saves_data:
        return ()
    return (Check(Text("device.saver"), "missing", Text("device.saves_data"), Text("device.saver_cure")),)


def _mobile(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.is_mobile:
        return ()
    return (Check(Text("device.mobile"), "unknown", Text("device.small_models_only")),)
