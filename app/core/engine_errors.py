"""What the engines say when they fail, as one of our errors with a plain sentence and a cure.

    raise engine_error("No GPU adapter found.", "load")        # NotSupported, detail="No GPU adapter found."

The raw text is kept in `detail`. The patterns are texts of MediaPipe 0.10.29, LiteRT-LM 0.17.1 and wllama 3.13.0, each
provoked on purpose. Nothing outside this file looks at an engine's words, but for those of a conversation that is too
long, which engines and servers share (`app.core.too_long`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from app.core.errors import AppError, DeviceLost, EngineError, LoadFailed, NotSupported, TimedOut, TooLong
from app.core.texts import Text
from app.core.too_long import too_long

Doing = Literal["fetch", "load", "reply"]  # "fetch": a file of the engine itself did not come

NO_GPU = Text("engine.no_gpu")
NO_GPU_CURE = Text("engine.no_gpu_cure")
NO_MEMORY = Text("engine.no_memory")
NO_MEMORY_CURE = Text("engine.no_memory_cure")
DAMAGED = Text("engine.damaged")
DAMAGED_CURE = Text("engine.damaged_cure")
OTHER_ENGINE = Text("engine.other_engine")
OTHER_ENGINE_CURE = Text("engine.other_engine_cure")
MISSING = Text("engine.missing")
MISSING_CURE = Text("engine.missing_cure")
LACKS = Text("engine.lacks")
LACKS_CURE = Text("engine.lacks_cure")
UNKNOWN_KIND = Text("engine.unknown_kind")
UNKNOWN_KIND_CURE = Text("engine.unknown_kind_cure")
TEMPLATE = Text("engine.template")
TEMPLATE_CURE = Text("engine.template_cure")
BUSY = Text("engine.busy")

# (pattern, error). The first that is found in the text wins.
_TABLE: tuple[tuple[str, Callable[[str], AppError]], ...] = (
    (
        r"GPU device lost|[Dd]evice (was |is |has been )?lost|DeviceLost|A valid external Instance reference",
        lambda raw: DeviceLost(detail=raw),
    ),
    (
        r"Unable to request adapter|No GPU adapter found|No available adapters|requestDevice|navigator\.gpu",
        lambda raw: NotSupported(NO_GPU, NO_GPU_CURE, detail=raw),
    ),
    (
        r"out of memory|Out of memory|memory access out of bounds|Array buffer allocation failed|bad_alloc"
        r"|ERR_BLOB_OUT_OF_MEMORY|Cannot (enlarge|allocate)|failed to allocate",
        lambda raw: EngineError(NO_MEMORY, NO_MEMORY_CURE, detail=raw),
    ),
    (
        r"No supported storage backend|does not support (SIMD|exception handling)|CompileError|LinkError"
        r"|wasm validation error|WebAssembly\.\w+ is not|reaches its own origin only",
        lambda raw: NotSupported(LACKS, LACKS_CURE, detail=raw),
    ),
    (
        r"Failed to fetch(?! model)|error loading dynamically imported|Importing a module script failed"
        r"|[Ff]ailed to load\.$|Load failed|importScripts|both async and sync fetching|wasm streaming compile failed"
        r"|NetworkError|does not match the expected version",
        lambda raw: LoadFailed(MISSING, MISSING_CURE, detail=raw),
    ),
    (
        r"Failed to apply template|[Cc]hat template|Jinja|Template application failed|for this template",
        lambda raw: LoadFailed(TEMPLATE, TEMPLATE_CURE, again=False, detail=raw),
    ),
    (
        r"unknown model architecture|unknown (pre-)?tokenizer|unsupported model architecture",
        lambda raw: NotSupported(UNKNOWN_KIND, UNKNOWN_KIND_CURE, detail=raw),
    ),
    (
        r"Streaming LlmExecutorMetadata section is not supported|Unsupported external weights"
        r"|did not contain a web-formatted LLM|No model format matched|could not find gpu_artisan"
        r"|TF_LITE_PREFILL_DECODE not found",
        lambda raw: LoadFailed(OTHER_ENGINE, OTHER_ENGINE_CURE, again=False, detail=raw),
    ),
    (
        r"Invalid magic number|[Hh]eader end offset|Expected \d+ (more )?bytes|early EOF|Data size is too small"
        r"|Invalid typed array length|TokenizerCalculator|No model asset provided|Input model .* must be non-empty"
        r"|failed to load model|error loading model|invalid gguf|tensor .* (is )?not within|NotReadableError"
        r"|Failed to fetch model|Invalid model|could not be read|Failed to parse",
        lambda raw: LoadFailed(DAMAGED, DAMAGED_CURE, again=False, detail=raw),
    ),
    (
        r"Previous invocation or loading is still ongoing|Conversation is busy|Task failed with state",
        lambda raw: EngineError(BUSY, Text("engine.starts_anew"), detail=raw),
    ),
)


def engine_error(detail: str, doing: Doing) -> AppError:
    """The error for an engine's own text, which is kept."""
    if doing == "fetch":
        return LoadFailed(MISSING, MISSING_CURE, detail=detail)
    head = detail.partition("\n")[0]
    # The first line is what failed; the native log behind it only helps where the line itself says nothing known.
    for text in (head, detail):
        if (limit := too_long(text)) is not None:
            return TooLong(limit=limit, detail=detail)
        for pattern, make in _TABLE:
            if re.search(pattern, text):
                return make(detail)
    if doing == "load":
        return LoadFailed(detail=detail)
    return EngineError(Text("engine.stopped"), Text("engine.ask_again"), detail=detail)


def load_timed_out(seconds: float) -> TimedOut:
    """The engine did not start in time."""
    return TimedOut(Text("engine.not_started"), detail=f"no answer within {seconds:.0f} s while loading")


def reply_timed_out(seconds: float) -> TimedOut:
    """The engine stopped responding."""
    return TimedOut(Text("engine.silent"), detail=f"no text within {seconds:.0f} s")
