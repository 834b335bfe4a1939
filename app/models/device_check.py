"""The device check in words: what this machine has, what is missing, what works all the same, and what to do.

    for check in checks(facts): ...        # Check("WebGPU", "missing", "No graphics processor was offered.", "Update …")
    headline(facts)                        # one sentence

Minimum versions for WebGPU: Chrome and Edge 113, Firefox 141 (Windows first), Safari 26 (source: the browsers' own
release notes, collected in the project's product facts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.core.text import size
from app.core.values import DeviceFacts

State = Literal["ok", "missing", "unknown"]
MINIMUM = "Chrome or Edge 113, Firefox 141, or Safari 26"
SMALL_BUFFER = 1_000_000_000
CURES = {
    "Chrome": "Update Chrome, open chrome://settings/system and switch graphics acceleration on. On Linux, chrome://flags/#enable-unsafe-webgpu may be needed.",
    "Edge": "Update Edge, open edge://settings/system and switch graphics acceleration on.",
    "Firefox": "Use Firefox 141 or newer. On Linux it may still be off: about:config, dom.webgpu.enabled.",
    "Safari": "Use Safari 26 or newer, with the system it comes with.",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the device check. `cure` is empty where there is nothing to do."""

    name: str
    state: State
    text: str
    cure: str = ""


def checks(facts: DeviceFacts) -> tuple[Check, ...]:
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
        *_mobile(facts),
    )


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
    return Check("Secure page", "missing", "No: browsers hide WebGPU here.", "Open the app on an https address or on localhost.")


def _webgpu(facts: DeviceFacts) -> Check:
    kind = facts.browser.split(" ")[0]
    cure = CURES.get(kind, f"Use {MINIMUM}.")
    if not facts.is_secure and not facts.has_webgpu_api:
        return Check("WebGPU", "missing", "Hidden, because the page is not secure.", "Open the app on https or on localhost.")
    if not facts.has_webgpu_api:
        return Check("WebGPU", "missing", f"{facts.browser or 'This browser'} does not have it. It needs {MINIMUM}.", cure)
    if not facts.has_adapter:
        return Check("WebGPU", "missing", "The browser has it, but offered no graphics processor.", cure)
    if not facts.has_device:
        return Check("WebGPU", "missing", f"The graphics processor did not start. {facts.problem}".strip(), cure)
    if facts.is_software:
        return Check("WebGPU", "ok", f"Supported in software only ({facts.adapter}): correct, but slow.", cure)
    return Check("WebGPU", "ok", f"Supported ({facts.adapter})" if facts.adapter else "Supported")


def _gpu_details(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.has_adapter:
        return ()
    half = (
        Check("Half precision (f16)", "ok", "Yes")
        if facts.has_f16
        else Check("Half precision (f16)", "missing", "No: models run all the same, with more memory and less speed.")
    )
    text = f"Up to {size(facts.max_buffer_bytes)}"
    if facts.max_buffer_bytes < SMALL_BUFFER:
        buffers = Check("Graphics buffers", "missing", f"{text}: large models will not fit.", "Choose a small model.")
    else:
        buffers = Check("Graphics buffers", "ok", text)
    return half, buffers


def _engines(facts: DeviceFacts) -> Check:
    if facts.has_device:
        return Check("Engines that work here", "ok", "LiteRT-LM (graphics processor and processor), MediaPipe, wllama")
    return Check(
        "Engines that work here",
        "ok",
        "LiteRT-LM on the processor, wllama. MediaPipe and LiteRT-LM on the graphics processor need WebGPU.",
    )


def _jspi(facts: DeviceFacts) -> Check:
    if facts.has_jspi:
        return Check("Fast WebAssembly calls (JSPI)", "ok", "Yes")
    return Check("Fast WebAssembly calls (JSPI)", "missing", "No: LiteRT-LM uses a larger and slower build instead.")


def _memory(facts: DeviceFacts) -> Check:
    if not facts.memory_gb:
        return Check("Memory", "unknown", "This browser does not tell how much memory the machine has.")
    return Check("Memory", "ok", f"At least {facts.memory_gb:g} GB, as the browser says (rounded; no page can see what is free)")


def _cores(facts: DeviceFacts) -> Check:
    return Check("Processor cores", "ok" if facts.cores else "unknown", str(facts.cores) if facts.cores else "Not told")


def _storage(facts: DeviceFacts) -> Check:
    if not facts.quota_bytes:
        return Check("Storage", "unknown", "The browser tells nothing about its storage.")
    kept = "kept permanently" if facts.is_persistent else "the browser may clear it when the disk is full"
    text = f"{size(facts.usage_bytes)} used; the browser promises up to {size(facts.quota_bytes)}, which is not a measurement; {kept}"
    cure = "" if facts.is_persistent else "Settings can ask the browser to keep it permanently."
    return Check("Storage", "ok", text, cure)


def _mobile(facts: DeviceFacts) -> tuple[Check, ...]:
    if not facts.is_mobile:
        return ()
    return (Check("Phone or tablet", "unknown", "Small models only: phones end a page that takes much memory."),)
