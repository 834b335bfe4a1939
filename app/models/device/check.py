"""The device check in words: what this machine has, what is missing, what works all the same, and what to do.

    for check in checks(facts): ...        # Check("WebGPU", "missing", "No graphics processor was offered.", "…")
    headline(facts)                        # one sentence

Minimum versions for WebGPU: Chrome and Edge 113, Firefox 141 (on Windows first), Safari 26. Source: the browsers' own
release notes. They are said, never trusted: what counts is what the browser answered when it was really asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.core.text import percent, size
from app.core.values import Battery, DeviceFacts

State = Literal["ok", "missing", "unknown"]
MINIMUM_VERSIONS: Mapping[str, int] = {"Chrome": 113, "Edge": 113, "Firefox": 141, "Safari": 26}
MINIMUM = "Chrome or Edge 113, Firefox 141, or Safari 26"
SMALL_BUFFER_BYTES = 1_000_000_000
LOW_BATTERY = 0.2
PLUG_IN = "Plug it in before a long answer or a measurement."
SECURE = "Open the app on an https address or on localhost."
# How to switch WebGPU on in a browser that is new enough.
SWITCHES: Mapping[str, str] = {
    "Chrome": "Open chrome://settings/system and switch graphics acceleration on.",
    "Edge": "Open edge://settings/system and switch graphics acceleration on.",
    "Firefox": "Open about:config and set dom.webgpu.enabled to true.",
    "Safari": "Look under Settings, Feature Flags, WebGPU.",
}
LINUX = {
    "Chrome": " On Linux, chrome://flags/#enable-unsafe-webgpu may be needed too.",
    "Edge": " On Linux, edge://flags/#enable-unsafe-webgpu may be needed too.",
}
IOS = "Update the system: WebGPU came to every browser on iPhone and iPad with iOS and iPadOS 26."


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the device check. `cure` is empty where there is nothing to do."""

    name: str
    state: State
    text: str
    cure: str = ""


def checks(facts: DeviceFacts, battery: Battery | None = None) -> tuple[Check, ...]:
    """Every line, in the order of their weight."""
    return (
        _secure(facts),
        _webgpu(facts),
        *_gpu_details(facts),
        _engines(facts),
        _jspi(facts),
        _memory(facts),
        _cores(facts),
        _storage(facts),
        _power(battery),
        *_saving(facts),
        *_mobile(facts),
    )


def summary(facts: DeviceFacts, memory_gb: float = 0.0) -> str:
    """One line that names the machine a figure was found on; `memory_gb` is the person's own word."""
    memory = f"{memory_gb:g} GB of memory" if memory_gb else f"at least {facts.memory_gb:g} GB of memory"
    kind = "in software" if facts.is_software else facts.adapter or "yes"
    parts = (
        " on ".join(part for part in (facts.browser, facts.platform) if part),
        f"{facts.cores} cores" if facts.cores else "",
        memory if memory_gb or facts.memory_gb else "",
        f"WebGPU: {kind if facts.has_device else 'no'}",
    )
    return ", ".join(part for part in parts if part)


def headline(facts: DeviceFacts) -> str:
    """One sentence: what works on this machine now."""
    if not facts.has_device:
        return "Without WebGPU, small models run on the processor: GGUF files and the bundled model work here."
    if facts.is_software:
        return "WebGPU works, but only in software: every model runs, the ones for the graphics processor slowly."
    return "WebGPU works: models for the graphics processor and for the processor both run here."


def _secure(facts: DeviceFacts) -> Check:
    if facts.is_secure:
        return Check("Secure page", "ok", "Yes")
    return Check("Secure page", "missing", "No: browsers hide WebGPU here.", SECURE)


def _webgpu(facts: DeviceFacts) -> Check:
    if not facts.is_secure and not facts.has_webgpu_api:
        return Check("WebGPU", "missing", "Hidden, because the page is not secure.", SECURE)
    if not facts.has_webgpu_api:
        text = f"{facts.browser or 'This browser'} does not offer it. It needs {MINIMUM}."
        return Check("WebGPU", "missing", text, _cure(facts))
    if not facts.has_adapter:
        text = f"The browser has it, but offered no graphics processor. {facts.problem}".strip()
        return Check("WebGPU", "missing", text, _cure(facts))
    if not facts.has_device:
        text = f"The graphics processor did not start. {facts.problem}".strip()
        return Check("WebGPU", "missing", text, _cure(facts))
    if facts.is_software:
        name = f" ({facts.adapter})" if facts.adapter else ""
        return Check("WebGPU", "ok", f"Supported in software only{name}: correct, but slow.", _cure(facts))
    return Check("WebGPU", "ok", f"Supported ({facts.adapter})" if facts.adapter else "Supported")


def _cure(facts: DeviceFacts) -> str:
    """What to do in this very browser: update it where it is too old, else switch WebGPU on."""
    name, _, version = facts.browser.partition(" ")
    if name not in MINIMUM_VERSIONS:
        return f"Use {MINIMUM}."
    if facts.platform == "iOS" and not facts.has_webgpu_api:
        return IOS
    if version.isdigit() and int(version) < MINIMUM_VERSIONS[name]:
        return f"Update {name}: this is version {version}, and WebGPU needs {MINIMUM_VERSIONS[name]}."
    return SWITCHES[name] + (LINUX.get(name, "") if facts.platform == "Linux" else "")


def _gpu_details(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.has_adapter:
        return ()
    half = (
        Check("Half precision (f16)", "ok", "Yes")
        if facts.has_f16
        else Check("Half precision (f16)", "missing", "No: models run all the same, with more memory and less speed.")
    )
    text = f"Up to {size(facts.max_buffer_bytes)}"
    if not facts.max_buffer_bytes:
        return half, Check("Graphics buffers", "unknown", "Not told")
    if facts.max_buffer_bytes < SMALL_BUFFER_BYTES:
        return half, Check(
            "Graphics buffers", "missing", f"{text}: large models will not fit.", "Choose a small model."
        )
    return half, Check("Graphics buffers", "ok", text)


def _engines(facts: DeviceFacts) -> Check:
    name = "Engines that work here"
    if facts.has_device:
        return Check(name, "ok", "LiteRT-LM (graphics processor and processor), MediaPipe, wllama")
    text = "LiteRT-LM on the processor, wllama. MediaPipe and LiteRT-LM on the graphics processor need WebGPU."
    return Check(name, "ok", text)


def _jspi(facts: DeviceFacts) -> Check:
    if facts.has_jspi:
        return Check("Fast WebAssembly calls (JSPI)", "ok", "Yes")
    return Check("Fast WebAssembly calls (JSPI)", "missing", "No: LiteRT-LM uses a larger and slower build instead.")


def _memory(facts: DeviceFacts) -> Check:
    if not facts.memory_gb:
        return Check("Memory", "unknown", "This browser does not tell how much memory the machine has.")
    text = f"At least {facts.memory_gb:g} GB, as the browser says (rounded; no page can see what is free)"
    return Check("Memory", "ok", text)


def _cores(facts: DeviceFacts) -> Check:
    return (
        Check("Processor cores", "ok", str(facts.cores))
        if facts.cores
        else Check("Processor cores", "unknown", "Not told")
    )


def _storage(facts: DeviceFacts) -> Check:
    if not facts.quota_bytes:
        return Check("Storage", "unknown", "The browser tells nothing about its storage.")
    promise = f"the browser promises up to {size(facts.quota_bytes)}, which is not a measurement"
    kept = "kept permanently" if facts.is_persistent else "the browser may clear it when the disk is full"
    cure = "" if facts.is_persistent else "Settings can ask the browser to keep it permanently."
    return Check("Storage", "ok", f"{size(facts.usage_bytes)} used; {promise}; {kept}", cure)


def _power(battery: Battery | None) -> Check:
    """No browser tells a page that the system saves power; a battery that runs low is what can be known of it."""
    name = "Battery"
    if battery is None:
        return Check(name, "unknown", "Not told. Where the system saves power, models are slower.")
    text = f"{percent(battery.level, 1)}, {'charging' if battery.is_charging else 'not charging'}"
    if battery.is_charging or battery.level >= LOW_BATTERY:
        return Check(name, "ok", text)
    return Check(name, "missing", f"{text}: models use much power, and slow down once the system saves it.", PLUG_IN)


def _saving(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.saves_data:
        return ()
    cure = "The bundled model is the smallest. Files brought by hand use no connection at all."
    return (Check("Data saver", "missing", "On: this browser asks sites to send little, and models are large.", cure),)


def _mobile(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.is_mobile:
        return ()
    return (Check("Phone or tablet", "unknown", "Small models only: phones end a page that takes much memory."),)
