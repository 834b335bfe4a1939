"""What the outside must offer. Adapters live in `app.browser`, fakes in `app.models.engines.demo` and in the tests.

Values that only JavaScript understands (a Blob, a File) travel as `object` and are called `handle`.
Stopping is always the same: cancel the task, or close the async generator (`contextlib.aclosing`); the adapter's
`finally` stops the engine or the fetch.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from app.core.commands import Command, Question
from app.core.device import Space
from app.core.locks import Lock
from app.core.places import Purpose
from app.core.values import (
    Counted,
    Delta,
    DeviceFacts,
    EngineName,
    EngineSettings,
    Event,
    LoadPhase,
    Message,
    Model,
    Request,
    Thought,
    Used,
)

Json = Mapping[str, object]
Record = dict[str, object]  # of a shelf, as it is stored
Shelves = dict[str, dict[str, Record]]  # records by shelf and key
# morph the element; fill it; add at its end; at its start; before it; append to its last text; remove it
PaintKind = Literal["html", "fill", "add", "first", "before", "text", "drop"]
FetchMode = Literal["cors", "no-cors"]
LocalNetwork = Literal["granted", "prompt", "denied", "unknown"]
TellPhase = Callable[[LoadPhase], None]
Told = TypeVar("Told")


class Provider(Protocol):
    """Whoever answers: the last event is always `Done`, unless an `AppError` is raised."""

    def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer. Closing the iterator early stops the work behind it."""


class Engine(Protocol):
    """One loaded model in one engine. Not re-entrant: the caller queues."""

    name: EngineName

    @property
    def needs_template(self) -> bool:
        """True if `generate` wants one user message that already holds the whole templated prompt."""

    @property
    def restarts_after_stop(self) -> bool:
        """True if stopping a reply throws the engine away, so that the next message loads the model again."""

    async def load(self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase) -> None:
        """Start the engine on a model's files, a Blob each, in the order of `Model.files`. `tell` hears each phase as
        it begins, as far as the engine tells them apart. Raises LoadFailed, NotSupported, TimedOut."""

    def generate(
        self, messages: Sequence[Message], settings: EngineSettings, chat_id: str = ""
    ) -> AsyncGenerator[Delta | Thought, None]:
        """Stream the answer, and the thinking where the engine tells it apart. Raises TooLong, DeviceLost, EngineError.
        Closing the iterator stops the engine."""

    async def count_tokens(self, text: str) -> int | None:
        """The engine's own count for a piece of text, None where it has no tokenizer to ask."""

    async def embed(self, texts: Sequence[str]) -> tuple[list[list[float]], int]:
        """A vector of length 1 for each text, and the tokens that were read; of an engine that was loaded for vectors.
        Raises TooLong, NotSupported, TimedOut, EngineError. Cancelling leaves an engine that must be unloaded."""

    async def rank(self, query: str, texts: Sequence[str]) -> list[float]:
        """A score for each text; of an engine that was loaded for scores. Raises what `embed` raises."""

    @property
    def last_counts(self) -> Counted | None:
        """Tokens and speeds of the last reply where the engine reports them."""

    @property
    def used(self) -> Used | None:
        """What the loaded model really runs on, None where the engine does not tell."""

    async def unload(self) -> None:
        """Free everything, by ending the engine's worker."""


class Blobs(Protocol):
    """The chunks of models' files; a chunk and the record that makes its progress true are one durable transaction."""

    async def begin(self, model_id: str, info: Json) -> None:
        """Create or reset the model's store with `info`, which holds `id` and `model`. Old chunks are dropped."""

    async def put(self, model_id: str, index: int, handle: object, info: Json) -> int:
        """Write chunk `index` (0, 1, …; an old one is replaced) and the new `info` durably; return the bytes now
        stored. Raises OutOfSpace, StorageError."""

    async def note(self, model_id: str, info: Json) -> None:
        """Write `info` in a transaction of its own, durably."""

    async def chunk(self, model_id: str, index: int) -> object:
        """One chunk, whose first and last byte were really read. Raises Corrupt."""

    async def open(self, model_id: str, count: int) -> object:
        """All files, one behind the other, as one handle made of their `count` chunks, by reference; of each the first
        and last byte were really read. Raises Corrupt with the chunks that are missing or unreadable, Evicted where all
        are gone, NeedsPermission where a linked file may not be read (any more)."""

    async def link(self, model_id: str, links: Sequence[object], info: Json) -> None:
        """Keep a link to each file on disk in place of chunks; `open` then reads those files. Raises StorageError."""

    def modified(self, handle: object) -> float:
        """When a file was last changed, in milliseconds since 1970; of linked files that were opened together the sum,
        0 for what is no file."""

    async def head(self, handle: object, start: int, size: int) -> bytes:
        """A few bytes of a handle, for reading headers. Never used for weights."""

    def slice(self, handle: object, start: int, end: int) -> object:
        """A part of a handle, by reference."""

    def size(self, handle: object) -> int:
        """Bytes in a handle."""

    async def infos(self) -> list[Record]:
        """The `info` of every stored model, with `stored_bytes`; with `is_gone` where the browser has removed it."""

    async def info(self, model_id: str) -> Record | None:
        """The same of one model, None where nothing of it is stored."""

    async def delete(self, model_id: str) -> None:
        """Remove the model's whole database, so that the space really comes back."""

    async def sweep(self) -> int:
        """Remove databases of models that no record names (left by a crash); returns how many."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """SHA-256 of one chunk, and the state of the whole file's hash after it: go on from it with the next chunk."""

    sha256: str
    state: str


class Hasher(Protocol):
    """SHA-256 of chunks and of the whole file so far, off the page's and Python's own threads."""

    async def add(self, handle: object, state: str = "") -> Hashed:
        """Hash one chunk and go on with the whole file from `state` ("" at its start)."""

    async def final(self, state: str) -> str:
        """The whole file's SHA-256 at `state`, as lower-case hexadecimal."""

    def rest(self) -> None:
        """Nothing more to hash for now: free what hashing needs."""


class Tabs(Protocol):
    """The other open pages of this app. A name is held by one page at a time, until it releases it or dies."""

    async def claim(self, name: str) -> bool:
        """Hold a name; False where another page holds it."""

    async def wait(self, name: str) -> None:
        """Wait until the name is free, and hold it."""

    def release(self, name: str) -> None:
        """Let go of a name."""

    def tell(self, message: Json) -> None:
        """Send something to the other pages."""

    def listen(self, handler: Callable[[dict[str, object]], None]) -> None:
        """Give every message of another page to `handler`."""


class Records(Protocol):
    """Small JSON shelves. Keys are strings; values are JSON objects."""

    async def get(self, shelf: str, keys: Sequence[str]) -> list[Record | None]:
        """The values of some keys, in that order, None where there is none."""

    async def all(self, shelf: str) -> list[Record]:
        """Every value of a shelf, in the order of the keys."""

    async def write(self, puts: Sequence[tuple[str, str, Json]], deletes: Sequence[tuple[str, str]] = ()) -> None:
        """One durable transaction: (shelf, key, value) to put, (shelf, key) to delete. Raises OutOfSpace."""

    async def snapshot(self) -> Shelves:
        """Every record of every shelf at one moment, by shelf and key; empty shelves too. Raises StorageError."""

    async def erase(self) -> None:
        """Delete every database of this app, those of models and those that no record names too. Raises StorageError.

        One that is still open elsewhere goes when whoever holds it lets go, at the latest when that page is closed."""


class Crypto(Protocol):
    """Encryption under a passphrase: PBKDF2-HMAC-SHA256 makes a key of it, AES-256-GCM seals with that key.

    The passphrase is taken in Unicode's form NFKC as UTF-8, so that it is the same from every keyboard."""

    async def seal(self, data: bytes, passphrase: str, lock: Lock) -> bytes:
        """The encrypted bytes, 16 longer than `data`: the tag stands at the end. Raises NotSupported."""

    async def open(self, sealed: bytes, passphrase: str, lock: Lock) -> bytes:
        """The bytes again. Raises BadPassphrase for another passphrase, lock or a single changed bit, NotSupported."""


class Vault(Protocol):
    """Secrets that are kept on this device, encrypted under a key that no program can read out. They are in no backup
    and in no export; where the browser's key is lost, they are lost."""

    async def keep(self, name: str, text: str) -> None:
        """Encrypt and store durably. Raises NotSupported, OutOfSpace, StorageError."""

    async def read(self, name: str) -> str | None:
        """The text, None where there is none or it does not open any more. Raises StorageError."""

    async def names(self) -> list[str]:
        """What is kept. Raises StorageError."""

    async def drop(self, name: str) -> None:
        """Delete it, if it is there. Raises StorageError."""


class ReplyHead(Protocol):
    """What an HTTP reply begins with. The names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]


class Reply(ReplyHead, Protocol):
    """An HTTP reply whose body has not been read yet."""

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body as it arrives."""

    def close(self) -> None:
        """Read no more; the rest of the body is not fetched."""


class Fetch(Protocol):
    """HTTP by the browser. Cancelling the task aborts the request."""

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> Reply:
        """Raises Interrupted where no reply came. Of a reply to `no-cors` nothing can be read; its status is 0."""


class PartReply(ReplyHead, Protocol):
    """A reply whose body is a part of a file: for hashing and storing, never for reading. Its handles are good until
    it is closed."""

    async def handle(self) -> object:
        """The whole body as a handle; its bytes never enter Python. Raises Interrupted."""

    async def take(self, size: int, on_bytes: Callable[[int], None]) -> object:
        """The next `size` bytes of the body as a handle, fewer at its end. `on_bytes` hears now and then how many
        have come: for slow lines and for bodies of many chunks. Raises Interrupted."""

    def close(self) -> None:
        """Read no more; the rest of the body is not fetched."""


class Parts(Protocol):
    """Requests for parts of files. Cancelling the task aborts the request."""

    async def __call__(self, url: str, *, purpose: Purpose, headers: Mapping[str, str]) -> PartReply:
        """Raises Interrupted where no reply came."""


class Device(Protocol):
    """What this machine is."""

    @property
    def is_mobile(self) -> bool:
        """Whether this is a phone or a tablet, as far as the browser tells."""

    async def facts(self) -> DeviceFacts:
        """Ask the browser, adapter and device included; the answer is kept until `forget`."""

    async def space(self) -> Space:
        """What the browser says of its storage at this moment."""

    async def local_network(self) -> LocalNetwork:
        """Whether the browser lets this page reach programs on this computer. Asking never raises the browser's prompt;
        "unknown" where it has no such permission, or does not tell."""

    def forget(self) -> None:
        """Ask anew next time."""


class Typesetter(Protocol):
    """Draws code and formulas, in a worker of its own, as HTML strings."""

    async def code(self, text: str, language: str) -> str:
        """Highlighted HTML of a code block; escaped text where the language is unknown."""

    async def math(self, tex: str, display: bool) -> str:
        """HTML of a formula; the escaped source where it cannot be read."""


class Page(Protocol):
    """The page thread: it paints what it is sent and reports events."""

    def paint(self, kind: PaintKind, id: str, html: str = "") -> None:
        """Change the element with this id at the next frame; ids that are not there are passed over."""

    def attr(self, id: str, name: str, value: str | None) -> None:
        """Set or (None) remove an attribute at the next frame."""

    def do(self, command: Command) -> None:
        """Ask for something only a window can do: focus, clipboard, save a file, theme."""

    async def ask(self, question: Question[Told], on_piece: Callable[[str], None] | None = None) -> Told:
        """Ask for something of the page's, and wait for what it answers; `on_piece` hears what comes before that.
        Raises Damaged where it answers nonsense."""

    def now(self) -> None:
        """Paint what waits at once, without waiting for the next frame."""

    def cut(self) -> None:
        """Let the page paint what follows as a task of its own."""

    def listen(self, handler: Callable[[str, object], None]) -> None:
        """Give every event (name, argument) to `handler`."""


class Answer(Protocol):
    """Whoever waits for the answer to a request to the local API: a head, texts, an end."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Begin, with an HTTP status."""

    def text(self, text: str) -> None:
        """A piece of the body."""

    def end(self) -> None:
        """The answer is complete."""

    def fail(self, message: str) -> None:
        """The answer breaks off here, and the one who reads it learns that."""

    def on_stop(self, stop: Callable[[], object]) -> None:
        """Call this when nobody reads on."""


class Clock(Protocol):
    """Seconds: `now` since 1970, `tick` on a clock that only goes forward."""

    def now(self) -> float: ...

    def tick(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


EngineMaker = Callable[[EngineName], Engine]
