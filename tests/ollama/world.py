"""The state that a test sets and looks at: what a stand-in has, says and suffers, and what it was asked.

server.offer("tiny:1b", sizes=(5_000_000, 300)); server.faults.cut_pull_after = 2_000_000
server.until(lambda: server.hangups)             # waits for the state, in whatever thread it comes about
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tests.ollama.origins import Origins
from tests.ollama.shelf import Kept, Shelf, full_name, sha256_of
from tests.ollama.talk import Talk

VERSION = "0.32.15"
WAIT_SECONDS = 30.0
Found = TypeVar("Found")


@dataclass
class Faults:
    """What goes wrong. Those that count or cut happen once, the others until they are taken back."""

    version: str = VERSION  # another one for an old server
    other_program: bool = False  # a plain web server on the port: 200 text/html to everything
    silent: bool = False  # takes the request and never answers
    is_offline: bool = False  # no network: pulls end with "no such host"
    out_of_memory: bool = False  # no model can be loaded
    crash_on_load: bool = False  # the engine dies while it loads
    busy: int = 0  # so many requests for a model get 503
    crash_after: int | None = None  # the engine dies after so many tokens of a reply
    cut_reply_after: int | None = None  # the connection breaks after so many tokens of a reply
    cut_pull_after: int | None = None  # the connection breaks after so many bytes of a pull
    ends_cleanly: bool = False  # a cut reply or pull just ends, as if it were complete
    fails_create: str = ""  # the error line of a create


@dataclass
class Asked:
    """One request. `body` is the text of a JSON body; of an upload only the size is kept."""

    method: str
    path: str
    origin: str
    host: str
    headers: Mapping[str, str]
    body: str = ""
    size: int = 0
    status: int = 0
    lines: int = 0  # of a stream, those that were sent
    is_whole: bool = False  # of a stream, the last line was sent
    hung_up: bool = False  # the client left before the end of the reply
    has_ended: bool = False

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Offer:
    """A model in the library that can be pulled; `layers` are (digest, bytes), the model's file first."""

    kept: Kept
    layers: tuple[tuple[str, int], ...]


@dataclass
class Pulling:
    """How fast pulls go. Bytes per second, 0 for as fast as it can; a line comes every `step_bytes`."""

    bytes_per_second: float = 0.0
    step_bytes: int = 1_572_864  # as recorded in 62
    hold_after: int | None = None  # so many bytes, then nothing until `release()` or the client hangs up


@dataclass
class World:
    """Everything about one server but its sockets."""

    folder: Path
    origins: Origins = field(default_factory=Origins)
    talk: Talk = field(default_factory=Talk)
    faults: Faults = field(default_factory=Faults)
    pulling: Pulling = field(default_factory=Pulling)
    library: dict[str, Offer] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    chunk_bytes: int = 0  # cuts every stream into pieces of so many bytes, wherever lines end
    num_ctx: int = 4096  # OLLAMA_CONTEXT_LENGTH; unset, 4096 without a graphics card
    is_closing: bool = False

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.folder)
        self.moved = threading.Condition()
        self.released = threading.Event()

    def install(self, name: str, **facts: Any) -> Kept:
        """A model that is there, without a file: see `Kept` for the facts. Its size is 100 MB unless given."""
        facts = {"size": 100_000_000, "parameters": 135_000_000, **facts}
        return self.shelf.add(Kept(full_name(name), **facts))

    def offer(self, name: str, sizes: tuple[int, ...] = (5_000_000, 1_500, 400), **facts: Any) -> Offer:
        """A model of the library with layers of these sizes in bytes."""
        layers = tuple((sha256_of(f"{name} {index} {size}"), size) for index, size in enumerate(sizes))
        digests = tuple(digest for digest, _ in layers)
        kept = Kept(full_name(name), **{"size": sum(sizes), "parameters": 135_000_000, "layers": digests, **facts})
        offer = self.library[full_name(name)] = Offer(kept, layers)
        return offer

    def asked(self, path: str, method: str = "") -> list[Asked]:
        """The requests for this path so far."""
        return [asked for asked in list(self.log) if asked.path == path and method in ("", asked.method)]

    @property
    def hangups(self) -> list[Asked]:
        """The requests whose client left before the end."""
        return [asked for asked in list(self.log) if asked.hung_up]

    @property
    def running(self) -> list[str]:
        """The names of the models in memory."""
        return [one.kept.name for one in self.shelf.running()]

    def idle(self) -> None:
        """Nothing has been asked for five minutes: what is in memory leaves it."""
        self.shelf.idle()
        self.changed()

    def release(self) -> None:
        """Let what `hold_after` holds go on."""
        self.released.set()

    def changed(self) -> None:
        """Tell those who wait that something has happened."""
        with self.moved:
            self.moved.notify_all()

    def until(self, look: Callable[[], Found], seconds: float = WAIT_SECONDS) -> Found:
        """Wait until `look()` is true of the server's state, and return it. Raises TimeoutError."""
        end = time.monotonic() + seconds
        with self.moved:
            while not (found := look()):
                left = end - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"not so within {seconds:.0f} s; asked were {[one.path for one in self.log]}")
                self.moved.wait(min(left, 0.2))
        return found
