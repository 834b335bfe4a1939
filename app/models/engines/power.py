"""What a model shall run on here: threads of the processor, or the graphics processor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Power:
    """What an engine is asked for. `threads`: 0 lets it choose."""

    threads: int = 0
    on_gpu: bool = False
