"""What a model file really is: read from its first bytes and tables, never from its name.

    facts = await read_facts(read, size_bytes)         # read(start, size) -> bytes
    facts.format, facts.context_length                 # "gguf", 8192
    engines_for(facts.format, device)                  # ("wllama",)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from app.core.values import DeviceFacts, EngineName, FileFormat

Read = Callable[[int, int], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the header tells. `context_length` in tokens, 0 where the file does not say; `expected_size` in bytes, 0 too."""

    format: FileFormat
    context_length: int = 0
    has_template: bool = False
    architecture: str = ""
    title: str = ""
    expected_size: int = 0


async def read_facts(read: Read, size_bytes: int) -> FileFacts:
    """Read the header through `read(start, size)`. Raises LoadFailed with a sentence about what the file is instead."""
    raise NotImplementedError


def engines_for(format: FileFormat | None, device: DeviceFacts) -> tuple[EngineName, ...]:
    """Engines that can run the format on this device, the preferred one first. Empty where none can."""
    raise NotImplementedError


def reasons_against(format: FileFormat | None, device: DeviceFacts) -> Mapping[EngineName, str]:
    """Why each engine that could read the format cannot run here, one sentence each."""
    raise NotImplementedError


ENGINE_LABELS: Mapping[EngineName, str] = {
    "litert-lm-gpu": "LiteRT-LM (graphics processor)",
    "litert-lm-cpu": "LiteRT-LM (processor)",
    "mediapipe": "MediaPipe",
    "wllama": "wllama (llama.cpp)",
}
