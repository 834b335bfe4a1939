"""The four engines behind the `Engine` port, each in a worker of its own that Python starts.

    make_engine = engine_maker(base, keep)       # base: the page's own address, ends with "/"
    engine = make_engine("wllama")

Python names the engine's folder, its options and its messages; the worker only forwards them.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from app.browser.engine_worker import EngineWorker
from app.core.errors import EngineError, LoadFailed, NotSupported
from app.core.ports import Engine, EngineMaker, TellPhase
from app.core.text import estimate_tokens
from app.core.texts import Text
from app.core.turns import new_turn
from app.core.values import (
    Counted,
    Delta,
    EngineName,
    EngineSettings,
    LoadPhase,
    Message,
    Sampling,
    Schema,
    Thought,
    Used,
)

# The versions stand in the addresses: a browser must never run yesterday's wasm with today's script.
MEDIAPIPE = "mediapipe-0.10.29"
LITERT_LM = "litert-lm-0.17.1"
WLLAMA = "wllama-3.13.0"
WLLAMA_COMPAT = "wllama-compat-3.13.0"  # for browsers without JSPI or 64-bit memory

LOAD_SECONDS, LOAD_BYTES_PER_SECOND = 50.0, 4_000_000.0  # start of the engine, and a slow disk
FIRST_SECONDS, FIRST_SECONDS_PER_TOKEN = 180.0, 0.1  # a graphics processor in software compiles its shaders first
NEXT_SECONDS = 60.0
LITERT_TOP_P, LITERT_CPU, LITERT_GPU_ARTISAN = 2, 3, 2  # numbers of LiteRT-LM's SamplerType and Backend
MOST_TOP_K = 64  # LiteRT-LM on the GPU refuses more
THINKS = "enable_thinking"  # what templates of models that think look at; others pass it over
WLLAMA_ALL_LAYERS = 99_999
# Tokens read between two looks at the stop signal. On a slow machine (SmolLM2, one thread of a core that others use
# too) Stop took 45 s with 256, 5 to 6 with 64, 1 to 2 with 32, and 1 with 16. It costs a small model some reading: 8.5
# tokens per second of the processor's time, where 64 and 256 read 12; 16 and 8 read as fast as 32.
WLLAMA_BATCH = 32
# A picture's tokens look at each other (Gemma: 256 of them), which they only can within one batch.
# Source: tools/mtmd/mtmd-helper.cpp of llama.cpp (`llama_set_causal_attn`).
WLLAMA_SEEING_BATCH = 512
WLLAMA_GPU_BATCH = 256  # a graphics processor reads that many at a step, in a fraction of a second


Keep = Callable[[Sequence[str]], None]


class WorkerEngine:
    """What the engines share. One `load`, many `generate`, one `unload`."""

    name: EngineName
    kind: str
    folder: str
    needs_template = False
    restarts_after_stop = False

    def __init__(self, base: str, keep: Keep) -> None:
        self._base, self._keep = base, keep
        self._worker: EngineWorker | None = None

    def load_options(self, settings: EngineSettings) -> Mapping[str, Any]:
        """The engine's own options for loading."""
        raise NotImplementedError

    @property
    def last_counts(self) -> Counted | None:
        """Tokens and speeds of the last reply that ended by itself."""
        return self._worker.counts if self._worker else None

    @property
    def used(self) -> Used | None:
        """What the loaded model really runs on, where the engine tells."""
        return self._worker.used if self._worker else None

    async def load(
        self, handles: Sequence[Any], settings: EngineSettings, tell: TellPhase = lambda phase: None
    ) -> None:
        """Start a worker on a model's files. Raises LoadFailed, NotSupported, TimedOut, EngineError."""
        if not all(handle.size for handle in handles):
            raise LoadFailed(Text("browser.empty_file"), again=False)
        await self.unload()
        tell(LoadPhase.STARTING)
        self._worker = EngineWorker(self._base)
        seconds = LOAD_SECONDS + sum(handle.size for handle in handles) / LOAD_BYTES_PER_SECOND
        try:
            options = self.load_options(settings)
            files = await self._worker.load(self.kind, self.folder, handles, options, seconds, tell)
        except BaseException:
            await self.unload()
            raise
        self._keep(files)

    async def count_tokens(self, text: str) -> int | None:
        """None: this engine has no tokenizer to ask."""
        return None

    async def unload(self) -> None:
        """End the worker; all its memory comes back."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    async def embed(self, texts: Sequence[str]) -> tuple[list[list[float]], int]:
        """This engine makes no vectors. Raises NotSupported."""
        raise NotSupported(Text("vectors.other_engine"), Text("vectors.choose"))

    async def rank(self, query: str, texts: Sequence[str]) -> list[float]:
        """This engine ranks nothing. Raises NotSupported."""
        raise NotSupported(Text("vectors.other_engine"), Text("vectors.choose_ranking"))

    def _running(self) -> EngineWorker:
        if self._worker is None:
            raise EngineError(Text("browser.not_loaded"), Text("browser.ask_again"))
        return self._worker

    def _run(self, request: Mapping[str, Any], messages: Sequence[Message]) -> AsyncGenerator[Delta | Thought, None]:
        seconds = _reading_seconds([message.content for message in messages])
        return self._running().run(request, seconds, NEXT_SECONDS)


class MediaPipe(WorkerEngine):
    """MediaPipe's LlmInference: sampler and context length are fixed when it loads; it knows no chat template."""

    name: EngineName = "mediapipe"
    kind = "mediapipe"
    folder = MEDIAPIPE
    needs_template = True

    def load_options(self, settings: EngineSettings) -> Mapping[str, Any]:
        """`maxTokens` counts input and output."""
        top_k, temperature = _greedy_or(settings.sampling)
        seed = settings.sampling.seed or secrets.randbelow(1 << 31)
        options = {"maxTokens": settings.context_length, "topK": top_k, "temperature": temperature, "randomSeed": seed}
        return {**options, **({"maxNumImages": settings.pictures} if settings.pictures else {})}

    def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """Stream the reply to one message that holds the whole templated prompt, marks where its pictures are to be."""
        prompt, images = messages[-1].content, list(messages[-1].images)
        request = {"prompt": prompt, "images": images, "maxTokens": settings.sampling.max_tokens}
        return self._run(request, messages)

    async def count_tokens(self, text: str) -> int | None:
        """MediaPipe's own count, without `<bos>`."""
        return await self._worker.count(text) if self._worker else None


class LiteRtLm(WorkerEngine):
    """LiteRT-LM: a conversation stays alive, its cache with it, while each request adds one question to the last."""

    kind = "litertlm"
    folder = LITERT_LM
    backend: int

    def __init__(self, base: str, keep: Keep) -> None:
        super().__init__(base, keep)
        self._held: tuple[Message, ...] = ()
        self._held_for: tuple[str, Sampling, bool | None] | None = None

    def load_options(self, settings: EngineSettings) -> Mapping[str, Any]:
        """The context length is the size of the cache."""
        return {"backend": self.backend, "mainExecutorSettings": {"maxNumTokens": settings.context_length}}

    async def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """Stream the reply, in the held conversation where the messages go on from it."""
        held_for = (chat_id, settings.sampling, settings.think)
        goes_on = self._held_for == held_for and new_turn(self._held, messages) is not None
        self._held, self._held_for = (), None  # what a stopped or failed run leaves behind cannot go on
        request: dict[str, Any] = {"message": _plain(messages[-1])}
        if not goes_on:
            request["config"] = {"sessionConfig": _session(settings.sampling), "preface": _preface(messages, settings)}
        texts = []  # with the thinking, which no request holds: the next one begins a conversation without it
        async with aclosing(self._run(request, messages)) as pieces:
            async for piece in pieces:
                texts.append(piece.text)
                yield piece
        self._held, self._held_for = (*messages, Message("assistant", "".join(texts))), held_for


class LiteRtLmGpu(LiteRtLm):
    """On the graphics processor."""

    name: EngineName = "litert-lm-gpu"
    backend = LITERT_GPU_ARTISAN


class LiteRtLmCpu(LiteRtLm):
    """On the processor: its worker hears nothing while it computes, so Stop ends the worker."""

    name: EngineName = "litert-lm-cpu"
    backend = LITERT_CPU
    restarts_after_stop = True


class Wllama(WorkerEngine):
    """llama.cpp, on the graphics processor where asked; it keeps the cache of the last conversation by itself."""

    name: EngineName = "wllama"
    kind = "wllama"
    folder = WLLAMA

    async def embed(self, texts: Sequence[str]) -> tuple[list[list[float]], int]:
        """The vectors of all texts come at once."""
        return await self._running().embed(texts, _reading_seconds(texts))

    async def rank(self, query: str, texts: Sequence[str]) -> list[float]:
        """The question is read anew with each text."""
        return await self._running().rank(query, texts, _reading_seconds([query * len(texts), *texts]))

    def load_options(self, settings: EngineSettings) -> Mapping[str, Any]:
        """One conversation at a time needs one slot. All layers go to the graphics processor, or none. It takes one
        thread, whatever it is told, where threads cannot share memory."""
        layers = WLLAMA_ALL_LAYERS if settings.on_gpu else 0
        batch = WLLAMA_GPU_BATCH if settings.on_gpu else WLLAMA_BATCH
        batch = WLLAMA_SEEING_BATCH if settings.pictures else batch
        options: dict[str, Any] = {"compat": WLLAMA_COMPAT, "n_gpu_layers": layers, "n_parallel": 1, "n_batch": batch}
        options |= _for_vectors(settings)
        chosen = {"n_ctx": settings.context_length, "n_threads": settings.threads}
        return options | {name: value for name, value in chosen.items() if value}

    def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """Stream the reply; the template stored in the file is applied, ChatML where there is none."""
        sampling = settings.sampling
        options: dict[str, Any] = {
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "top_k": sampling.top_k,
            "top_p": sampling.top_p,
        }
        if sampling.seed:
            options["seed"] = sampling.seed
        if settings.think is not None:
            options["chat_template_kwargs"] = {THINKS: settings.think}
        if settings.schema is not None:
            options["response_format"] = _response_format(settings.schema)
        request = {"messages": [_seen(message) for message in messages], "options": options}
        return self._run(request, messages)


ENGINES: tuple[type[WorkerEngine], ...] = (LiteRtLmGpu, LiteRtLmCpu, MediaPipe, Wllama)
VERSIONS: Mapping[str, str] = {engine.name: engine.folder.rpartition("-")[2] for engine in ENGINES}


def engine_maker(base: str, keep: Keep = lambda files: None) -> EngineMaker:
    """A maker of engines whose workers are static/js/workers/engine.js, below `base`.

    `keep` gets the addresses of the files that an engine took, once it is loaded: they shall be there offline, and on a
    first visit they may have been fetched before the service worker was there.
    """
    makers = {engine.name: engine for engine in ENGINES}

    def make(name: EngineName) -> Engine:
        engine: Any = makers[name](base, keep)
        made: Engine = engine
        return made

    return make


def _greedy_or(sampling: Sampling) -> tuple[int, float]:
    """(top k, temperature): without temperature the likeliest token, which these samplers call k = 1."""
    if sampling.temperature <= 0:
        return 1, 1.0
    return max(1, min(sampling.top_k, MOST_TOP_K)), sampling.temperature


def _session(sampling: Sampling) -> dict[str, Any]:
    """GREEDY does not work on the CPU (`not implemented yet`), so it is TOP_P for all, with k = 1 for fixed answers."""
    top_k, temperature = _greedy_or(sampling)
    seed = sampling.seed or secrets.randbelow(1 << 31)
    sampler = {"type": LITERT_TOP_P, "k": top_k, "p": sampling.top_p, "temperature": temperature, "seed": seed}
    return {"maxOutputTokens": sampling.max_tokens, "samplerParams": sampler}


def _preface(messages: Sequence[Message], settings: EngineSettings) -> dict[str, Any]:
    """What a conversation of LiteRT-LM begins with."""
    preface: dict[str, Any] = {}
    if len(messages) > 1:
        preface["messages"] = [_plain(message) for message in messages[:-1]]
    if settings.think is not None:
        preface["extra_context"] = {THINKS: settings.think}
    return preface


def _for_vectors(settings: EngineSettings) -> dict[str, Any]:
    """A text that is pooled must be read in one step."""
    if settings.makes == "words":
        return {}
    whole = {"embeddings": True, "n_batch": settings.context_length, "n_ubatch": settings.context_length}
    return whole | ({"pooling_type": "rank"} if settings.makes == "scores" else {})


def _reading_seconds(texts: Sequence[str]) -> float:
    """How long an engine may be silent before it has read some texts."""
    return FIRST_SECONDS + sum(map(estimate_tokens, texts)) * FIRST_SECONDS_PER_TOKEN


def _response_format(schema: Schema) -> dict[str, Any]:
    if schema == "json":
        return {"type": "json_object"}
    return {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}


def _seen(message: Message) -> dict[str, Any]:
    """A message with its pictures before its text, as base64: the worker makes bytes of them."""
    if not message.images:
        return _plain(message)
    pictures = [{"type": "image", "data": image} for image in message.images]
    return {"role": message.role, "content": [*pictures, {"type": "text", "text": message.content}]}


def _plain(message: Message) -> dict[str, str]:
    return {"role": message.role, "content": message.content}
