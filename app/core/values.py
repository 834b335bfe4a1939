"""The values that travel between the rooms: frozen, comparable, made of plain data.

request = Request(messages=(Message("user", "Hello!"),), sampling=Sampling(temperature=0.7))
async for event in provider.reply(model, request): ...    # Delta("Hel"), Delta("lo"), Done(...)
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from app.core.cards import NOTHING, ModelCard
from app.core.embeds import UNTOLD, Embeds
from app.core.places import ModelRef, Place, ProviderName, Purpose
from app.core.shapes import Address, InPlace
from app.core.texts import Text, TextOrWords

Role = Literal["system", "user", "assistant", "tool"]
Kind = Literal["chat", "code", "embedding", "rerank"]
StopReason = Literal["end", "length", "stopped", "padding", "repeating", "error", "closed"]
EngineName = Literal["litert-lm-gpu", "litert-lm-cpu", "mediapipe", "wllama", "built-in"]
#: what an engine is loaded for: replies, a vector of each text, or a score of each text for a question
Makes = Literal["words", "vectors", "scores"]
#: a JSON schema, or "json" for any JSON
Schema = Mapping[str, object] | Literal["json"]
STAYS_HERE = Text("chat.stays_here")
FileFormat = Literal["litertlm-gpu", "litertlm-cpu", "task-web", "task-bundle", "gguf"]
#: what a file is to its model: "projector" is the part that sees (llama.cpp's mmproj)
FileRole = Literal["weights", "projector"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model asks for a tool: `arguments` is an object of its parameters, as it came. An event of a reply, too."""

    name: str
    arguments: Mapping[str, object]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation, as a model sees it. `images` are base64 without any prefix; `tool_calls` are what the
    model asked for, and `tool_name` is the tool whose answer a message of the role "tool" holds."""

    role: Role
    content: str
    images: tuple[str, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    tool_name: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. `max_tokens` counts reply tokens; `seed` 0 means a new one each time."""

    temperature: float = 0.3
    top_k: int = 40
    top_p: float = 0.95
    max_tokens: int = 1024
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A question to a model. `chat_id` lets an engine reuse the cache of the same chat's earlier turns.

    What follows is a feature that not every model has: `think` lets it think first (None: as it likes), `tools` are
    described as OpenAI does, `keep_alive` is how long a server keeps the model in memory afterwards ("10m", "-1" for
    ever). To the JSON schema in `schema` (or "json") every answer keeps, or it is refused.

    `feature` is what asks (app.study.features), `purpose` why the request goes out, `belongs_to` the chat whose words
    it holds ("" for none). They go no farther away than `farthest`, whichever model was chosen. `question` is what the
    person asked, where the last message holds more (passages to answer from).

    `threads` are those of the processor on which a benchmark wants to see it; None leaves it to the rules of this
    device, which may prefer the graphics processor."""

    messages: tuple[Message, ...]
    sampling: Sampling = Sampling()
    chat_id: str = ""
    think: bool | None = None
    schema: Schema | None = None
    tools: tuple[Mapping[str, object], ...] = ()
    keep_alive: str = ""
    feature: str = "chat"
    purpose: Purpose = Purpose.QUESTION
    farthest: Place = Place.CLOUD
    belongs_to: str = ""
    threads: int | None = None
    question: str = ""

    @property
    def asked(self) -> str:
        """What was asked last, as far as anything was."""
        said = (message.content for message in reversed(self.messages) if message.role == "user")
        return self.question or next(said, "")

    @property
    def stays_here(self) -> bool:
        """Whether the words must not leave this device."""
        return not self.farthest.leaves_device


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens in and out; `counted` is False where they were estimated. Of the tokens in, `cached_tokens` were read from
    the service's cache and `written_tokens` put into it; of those out, `thinking_tokens` were thinking (0 where nobody
    tells). `cost_micros` is what the service says it charged, in millionths of a dollar, None where it does not say."""

    prompt_tokens: int = 0
    reply_tokens: int = 0
    counted: bool = False
    cached_tokens: int = 0
    written_tokens: int = 0
    cost_micros: int | None = None
    thinking_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What an engine or a server has counted of one reply by itself, its thinking included. A speed, in tokens per
    second, is 0 where it does not tell."""

    prompt_tokens: int
    reply_tokens: int
    tokens_per_second: float = 0.0
    read_per_second: float = 0.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds on one clock for every engine: the moment the deltas reach Python. The first token may be a thought.
    The speeds of writing and of reading the prompt are the engine's or server's own where it tells them; 0: unknown."""

    load_seconds: float = 0.0
    first_token_seconds: float = 0.0
    total_seconds: float = 0.0
    tokens_per_second: float = 0.0
    read_per_second: float = 0.0
    thinking_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the reply's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Thought:
    """A piece of what the model writes for itself before it answers."""

    text: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What the reply has said so far reads otherwise than it seemed: all of its text and thinking up to here."""

    text: str = ""
    thinking: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence on what is happening; an `is_lasting` one stays beside the reply. With one that `offers_again` the
    person may stop and ask the model of their choice again. `dropped` counts messages that the model is not given."""

    text: TextOrWords
    is_lasting: bool = False
    offers_again: bool = False
    dropped: int = 0


class LoadPhase(StrEnum):
    """What an engine of this browser is doing before it can answer, in their order. Not every engine tells all of them
    apart. The values are what static/js/workers/engine.js posts, and what stands in the details of an error."""

    OPENING = "opening"  # the first and the last byte of each stored chunk are read
    STARTING = "starting"  # its program is fetched, which a first use downloads, and compiled
    READING = "reading"  # into memory
    PREPARING = "preparing"  # all of it was read: its caches, its shaders
    CHECKING = "checking"  # its words on the graphics processor are compared with those on the processor, once
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Loading:
    """A model is being loaded into an engine of this browser: a new phase has begun, `seconds` after the load itself.
    `usual_seconds` is what the whole load took here last time, 0 where that is not known; it `is_again` where the last
    Stop ended its engine. After the phase "ready" the reply begins. `told_at` is when this was told, on the clock of
    `time.perf_counter`: whoever shows the seconds counts on from there."""

    model_name: str
    phase: LoadPhase
    seconds: float = 0.0
    usual_seconds: float = 0.0
    is_again: bool = False
    told_at: float = field(default_factory=time.perf_counter, init=False, compare=False)


@dataclass(frozen=True, slots=True)
class Done:
    """The last event of every reply."""

    usage: Usage = Usage()
    timing: Timing = Timing()
    stop_reason: StopReason = "end"
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model's bytes come from: an absolute address, or one relative to the app's own base."""

    url: Address


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One of the files that a model is made of. `size_bytes` counts; the hashes are the published ones, of the whole
    and of each chunk of the model's `chunk_bytes`, "" and () where there are none."""

    sources: tuple[Source, ...] = ()
    size_bytes: int = 0
    sha256: str = ""
    chunk_sha256: tuple[str, ...] = ()
    role: FileRole = "weights"


@dataclass(frozen=True, slots=True)
class Model:
    """One row of a catalogue, or an imported file. Sizes in bytes, context length in tokens.

    `format` is None until the file's own header has been read. `place` is where the words go; `where` tells it in
    words. `quality` is its published MMLU-Pro score in per cent, 0 where none is known; `card` says whose figure it is.

    A model is a list of `files`. One of several has them as `parts`, in the order in which an engine wants them; then
    `size_bytes` is all of them together, and `sources`, `sha256` and `chunk_sha256` are empty.
    """

    id: str
    name: str
    kind: Kind = "chat"
    size_bytes: int = 0
    sources: tuple[Source, ...] = ()
    sha256: str = ""
    context_length: int = 0
    ram_bytes: int = 0
    license: str = ""
    license_url: str = ""
    best_for: TextOrWords = ""
    chunk_bytes: int = 0
    chunk_sha256: tuple[str, ...] = ()
    format: FileFormat | None = None
    has_template: bool = False
    is_bundled: bool = False
    is_imported: bool = False
    capabilities: tuple[str, ...] = ()
    embeds: Embeds = UNTOLD
    where: TextOrWords = STAYS_HERE
    place: Place = Place.BROWSER
    quality: float = 0.0
    card: ModelCard = NOTHING
    parts: InPlace[tuple[ModelFile, ...]] = ()

    @property
    def files(self) -> tuple[ModelFile, ...]:
        """The files that it is made of."""
        return self.parts or (ModelFile(self.sources, self.size_bytes, self.sha256, self.chunk_sha256),)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Bytes in each of its files."""
        return tuple(file.size_bytes for file in self.files)

    @property
    def all_sources(self) -> tuple[Source, ...]:
        """Where its files come from, all together."""
        return tuple(source for file in self.files for source in file.sources)

    @property
    def can_be_fetched(self) -> bool:
        """Whether somebody offers each of its files."""
        return all(file.sources for file in self.files)

    @property
    def ref(self) -> ModelRef:
        """Its id, taken apart."""
        return ModelRef.parse(self.id)

    @property
    def provider(self) -> ProviderName:
        """Who answers for it."""
        return self.ref.provider

    @property
    def leaves_device(self) -> bool:
        """Whether the words go to another machine."""
        return self.place.leaves_device

    @property
    def can_chat(self) -> bool:
        """Whether it answers questions."""
        return self.kind in ("chat", "code")

    @property
    def can_embed(self) -> bool:
        """Whether it turns texts into vectors."""
        return self.kind == "embedding"

    @property
    def holds_schema(self) -> bool:
        """Whether it can be given a JSON schema: as its row says, and every file of llama.cpp. Others are asked."""
        return "schema" in self.capabilities or self.format == "gguf"

    @property
    def can_rank(self) -> bool:
        """Whether it scores texts for a question."""
        return self.kind == "rerank"

    @property
    def can_see(self) -> bool:
        """Whether it is known to take pictures."""
        return "vision" in self.capabilities


@dataclass(frozen=True, slots=True)
class AnsweredBy:
    """Who answers from here on."""

    model: Model


@dataclass(frozen=True, slots=True)
class Routed:
    """How Automatic decided, as plain data to keep with the reply (`app.models.routing.decision` reads it)."""

    receipt: Mapping[str, object]


Event = Delta | Thought | Reread | ToolCall | Notice | Loading | AnsweredBy | Routed | Done


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """What this machine and browser offer, found by really asking. Bytes; 0 or "" where the browser does not tell."""

    is_secure: bool = True
    has_webgpu_api: bool = False
    has_adapter: bool = False
    has_device: bool = False
    is_software: bool = False
    has_f16: bool = False
    adapter: str = ""
    max_buffer_bytes: int = 0
    has_jspi: bool = False
    memory_gb: float = 0.0
    cores: int = 0
    browser: str = ""
    platform: str = ""
    is_mobile: bool = False
    quota_bytes: int = 0
    usage_bytes: int = 0
    is_persistent: bool = False
    saves_data: bool = False
    problem: str = ""
    is_isolated: bool = False  # cross-origin isolated: threads may share memory
    has_shared_memory: bool = False  # SharedArrayBuffer: some browsers lack it even so (WebKitGTK 2.50)


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What an engine is loaded with. `context_length` in tokens, `threads` of the processor: 0 lets the engine choose.
    `on_gpu` asks for the graphics processor of engines that can do without, `makes` is what the model is loaded for,
    with how many `pictures` at most. `think` and `schema` count for a reply only: `think` for models that can be told
    (None leaves it to the model), `schema` for engines that hold one."""

    context_length: int = 0
    sampling: Sampling = field(default_factory=Sampling)
    format: FileFormat | None = None
    think: bool | None = None
    schema: Schema | None = None
    threads: int = 0
    on_gpu: bool = False
    makes: Makes = "words"
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Used:
    """What a loaded engine really runs on, as it says itself. `threads` is 0 where it does not tell."""

    threads: int = 0
    on_gpu: bool = False
