"""Which engines can run a model here, the preferred one first, and in words why the others cannot.

engines_for("litertlm-gpu", device)      # ("litert-lm-gpu", "mediapipe")
reasons_against("task-web", device)      # {"mediapipe": "It needs WebGPU, ..."}
why_not(model, device)                   # "It needs WebGPU, ...", each reason once; "" where some engine can
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.texts import Text, TextOrWords, in_a_row
from app.core.values import DeviceFacts, EngineName, FileFormat, Model

ENGINE_LABELS: Mapping[EngineName, TextOrWords] = {
    "litert-lm-gpu": Text("engine.on_gpu"),
    "litert-lm-cpu": Text("engine.on_cpu"),
    "mediapipe": "MediaPipe",
    "wllama": "wllama (llama.cpp)",
    "built-in": Text("builtin.engine"),
}

# LiteRT-LM first where several fit: MediaPipe's LLM Inference is in maintenance only.
READERS: Mapping[FileFormat, tuple[EngineName, ...]] = {
    "litertlm-gpu": ("litert-lm-gpu", "mediapipe"),
    "litertlm-cpu": ("litert-lm-cpu",),
    "task-web": ("mediapipe",),
    "task-bundle": ("mediapipe",),
    "gguf": ("wllama",),
}
KINDS_BY_ENDING: Mapping[str, FileFormat] = {".gguf": "gguf", ".litertlm": "litertlm-gpu", ".task": "task-web"}
NEEDS_GPU = frozenset({"litert-lm-gpu", "mediapipe"})
LITERT_CPU_LIMIT_BYTES = 1_300_000_000  # it holds the file about three times in a memory of 4 GB
# wllama 3.13.0: a file is at most 2 GiB (README.md), and all of llama.cpp has 4096 MB (CMakeLists.txt: MAXIMUM_MEMORY),
# of which the caches and what is computed take a part.
WLLAMA_FILE_BYTES = (1 << 31) - 1
WLLAMA_LIMIT_BYTES = 3_800_000_000


def engines_for(format: FileFormat | None, device: DeviceFacts, *sizes: int) -> tuple[EngineName, ...]:
    """Engines that can run a model of that format, in files of these sizes in bytes, on this device, the preferred one
    first. Empty where none can."""
    if format is None:
        return ()
    return tuple(name for name in READERS[format] if not _reason(name, device, sizes))


def reasons_against(format: FileFormat | None, device: DeviceFacts, *sizes: int) -> dict[EngineName, Text]:
    """Why each engine that reads the format cannot run it here, one sentence each."""
    names = READERS[format] if format else ()
    found = {name: _reason(name, device, sizes) for name in names}
    return {name: reason for name, reason in found.items() if reason}


def likely_format(model: Model) -> FileFormat | None:
    """A model's format; of a file that has not been read yet, by the ending of its address."""
    addresses = [source.url.partition("?")[0].lower() for source in model.all_sources]
    endings = (ending for ending in KINDS_BY_ENDING if any(address.endswith(ending) for address in addresses))
    return model.format or next((KINDS_BY_ENDING[ending] for ending in endings), None)


def why_not(model: Model, device: DeviceFacts) -> TextOrWords:
    """Why no engine can run a model here; empty where one can, or where the format is not known yet."""
    format = likely_format(model)
    if format is None or engines_for(format, device, *model.sizes):
        return ""
    return in_a_row(*dict.fromkeys(reasons_against(format, device, *model.sizes).values()))


def needs_webgpu(model: Model, device: DeviceFacts) -> bool:
    """Whether a model cannot run here for want of WebGPU alone."""
    return bool(why_not(model, device)) and why_not(model, device) == _gpu_reason(device)


def _reason(name: EngineName, device: DeviceFacts, sizes: Sequence[int]) -> Text | None:
    if name in NEEDS_GPU:
        return _gpu_reason(device)
    if name == "litert-lm-cpu" and sum(sizes) > LITERT_CPU_LIMIT_BYTES:
        return Text("engine.too_big_for_cpu")
    if name == "wllama" and sum(sizes) > WLLAMA_LIMIT_BYTES:
        return Text("engine.too_big_for_memory")
    if name == "wllama" and max(sizes, default=0) > WLLAMA_FILE_BYTES:
        return Text("engine.too_big_for_wllama")
    return None


def _gpu_reason(device: DeviceFacts) -> Text | None:
    if not device.is_secure:
        return Text("engine.no_gpu_insecure")
    if not device.has_webgpu_api:
        return Text("engine.no_gpu_browser")
    if not device.has_adapter:
        return Text("engine.no_gpu_adapter")
    if not device.has_device:
        return Text("engine.no_gpu_device")
    return None
