"""What an engine is loaded and asked with.

settings = settings_of("wllama", model, request, 2, sampler_of("wllama", request, own_sampling))
load_options("wllama", settings)      # of it, what is fixed when the model loads
on_gpu(settings)                      # the same on the graphics processor
"""

from __future__ import annotations

from dataclasses import replace

from app.core.places import Purpose
from app.core.values import EngineName, EngineSettings, Model, Request, Sampling

MOST_CONTEXT_TOKENS = 4096  # more costs memory that few devices have; the cache grows with it
UNKNOWN_CONTEXT_TOKENS = 1024
FIXED_SAMPLER: tuple[EngineName, ...] = ("mediapipe",)  # engines that fix it when they load
SEEING: tuple[EngineName, ...] = ("mediapipe", "wllama")  # engines that take pictures
PICTURES_AT_LEAST = 4  # so that the next pictures of a chat do not load the model anew
OF_FEATURES = (Purpose.STUDY, Purpose.SUMMARY, Purpose.TITLE)  # questions whose sampler the person has not set


def context_tokens(model: Model) -> int:
    """How many tokens an engine of this browser reads and writes with a model. The browser's own refuses what it cannot
    read, so that nothing need be held back from it."""
    if model.ref.is_built_in:
        return MOST_CONTEXT_TOKENS
    return min(model.context_length or UNKNOWN_CONTEXT_TOKENS, MOST_CONTEXT_TOKENS)


def settings_of(name: EngineName, model: Model, request: Request, threads: int, sampling: Sampling) -> EngineSettings:
    """Everything that an engine is told of a request. `threads` are the usual ones, which a request may overrule."""
    threads = threads if request.threads is None else request.threads
    pictures = pictures_of(name, model, request)
    return EngineSettings(
        context_tokens(model), sampling, model.format, request.think, request.schema, threads, pictures=pictures
    )


def pictures_of(name: EngineName, model: Model, request: Request) -> int:
    """For how many pictures an engine gets ready. MediaPipe takes the part that sees into memory only if it is told so
    when it loads; of llama.cpp's models it is a file of its own, which is loaded always."""
    shown = sum(len(message.images) for message in request.messages)
    if name not in SEEING or not model.can_see:
        return 0
    return 1 if name == "wllama" else shown and max(shown, PICTURES_AT_LEAST)


def sampler_of(name: EngineName, request: Request, own: Sampling) -> Sampling:
    """How the next token is chosen. Where that is fixed when the model loads, titles and the like take what the
    person has set for their chats (`own`): loading twice around each of them would cost far more than it gives."""
    if name not in FIXED_SAMPLER or request.purpose not in OF_FEATURES:
        return request.sampling
    return replace(own, max_tokens=request.sampling.max_tokens)


def load_options(name: EngineName, settings: EngineSettings) -> tuple[object, ...]:
    """What is fixed when the engine loads; a change of it loads the model anew."""
    fixed = settings.context_length, settings.threads, settings.on_gpu, settings.pictures
    if name not in FIXED_SAMPLER:
        return fixed
    sampling = settings.sampling
    return (*fixed, sampling.temperature, sampling.top_k, sampling.seed)


def on_gpu(settings: EngineSettings) -> EngineSettings:
    """The same on the graphics processor, which one thread feeds."""
    return replace(settings, threads=1, on_gpu=True)
