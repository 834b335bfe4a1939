"""What a stand-in Ollama has: its models, the blobs they are made of, and what sits in memory.

shelf = Shelf(folder)
shelf.add(Kept("tiny:latest", size=2_000_000))     # as if `ollama pull` had been there
shelf.load(shelf.models["tiny:latest"], 300.0, 4096)
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NAME_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
HOST_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:-]*")
DIGEST = re.compile(r"sha256[:-][0-9a-f]{64}")
MEMORY_OVERHEAD = 34_000_000  # bytes of a loaded model above its file, from 14 and 21 at context 4096
NO_TEMPLATE = "{{ .Prompt }}"
FOREVER_SECONDS = 290 * 365 * 86_400.0


def stamp(seconds: float | None = None) -> str:
    """A moment (seconds since 1970, or now) as Ollama writes it: nine digits behind the second, UTC."""
    at = time.time() if seconds is None else seconds
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(at))
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{int(at % 1 * 1e9):09d}Z"


def sha256_of(text: str) -> str:
    """The digest of a text, as `sha256:…`."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def full_name(name: object) -> str:
    """The name with its tag, "" where it is no name of a model. A scheme in front is for registries by hand."""
    if not isinstance(name, str):
        return ""
    path = name.removeprefix("https://").removeprefix("http://").removeprefix("registry.ollama.ai/")
    *hosts, last = path.removeprefix("library/").split("/")
    model, colon, tag = last.partition(":")
    parts = [model, tag] if colon else [model]
    if len(hosts) > 2 or not all(map(NAME_PART.fullmatch, parts)) or not all(map(HOST_PART.fullmatch, hosts)):
        return ""
    return "/".join([*hosts, f"{model}:{tag or 'latest'}"])


def human(number: int) -> str:
    """A count as Ollama writes a model's size: 268.10M, 1.2B, 7B."""
    for unit, letter, digits in ((10**9, "B", 1), (10**6, "M", 2)):
        if number >= unit:
            return f"{number // unit}{letter}" if number % unit == 0 else f"{number / unit:.{digits}f}{letter}"
    return f"{number / 1000:.0f}K" if number >= 1000 else str(number)


@dataclass
class Kept:
    """One installed model. Sizes in bytes; `layers` are the digests of the blobs it is made of, its file first.
    `weights` is what models that are made of the same file have in common."""

    name: str
    size: int = 0
    family: str = "llama"
    parameters: int = 0
    quantization: str = "Q4_K_M"
    context_length: int = 4096
    embedding_length: int = 0
    capabilities: tuple[str, ...] = ("completion",)
    template: str = NO_TEMPLATE
    system: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    license: str = ""
    layers: tuple[str, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    tensors: list[dict[str, Any]] = field(default_factory=list)
    modified_at: str = field(default_factory=stamp)
    remote_host: str = ""
    weights: str = ""

    def __post_init__(self) -> None:
        self.weights = self.weights or (self.layers[0] if self.layers else sha256_of(self.name))

    @property
    def digest(self) -> str:
        """The manifest's digest, without `sha256:`: the same for a copy, another one after a change."""
        made_of = [self.family, self.parameters, self.size, self.template, self.system, self.settings, self.layers]
        made_of.append(self.weights)
        return sha256_of(json.dumps(made_of)).removeprefix("sha256:")

    @property
    def details(self) -> dict[str, Any]:
        """The `details` of show and ps; tags adds the lengths."""
        return {
            "parent_model": "",
            "format": "gguf",
            "family": self.family,
            "families": [self.family],
            "parameter_size": human(self.parameters),
            "quantization_level": self.quantization,
        }

    @property
    def row(self) -> dict[str, Any]:
        """The row of `/api/tags`."""
        lengths = {"context_length": self.context_length, "embedding_length": self.embedding_length}
        remote = {"remote_model": self.name, "remote_host": self.remote_host} if self.remote_host else {}
        return {
            "name": self.name,
            "model": self.name,
            **remote,
            "modified_at": self.modified_at,
            "size": self.size,
            "digest": self.digest,
            "details": {**self.details, **{key: value for key, value in lengths.items() if value}},
            "capabilities": list(self.capabilities),
        }


@dataclass
class Running:
    """Weights in memory; they stay while `busy` replies are being made, and until `expires` (seconds since 1970).
    `kept` is the model that loaded them, whoever else has the same."""

    kept: Kept
    context_length: int
    expires: float
    busy: int = 0

    @property
    def row(self) -> dict[str, Any]:
        """The row of `/api/ps`, on a machine without a graphics card."""
        return {
            "name": self.kept.name,
            "model": self.kept.name,
            "size": self.kept.size + MEMORY_OVERHEAD,
            "digest": self.kept.digest,
            "details": self.kept.details,
            "expires_at": stamp(self.expires),
            "size_vram": 0,
            "context_length": self.context_length,
        }


class Shelf:
    """Everything a server keeps. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.blobs = folder / "blobs"
        self.blobs.mkdir(parents=True, exist_ok=True)
        self.models: dict[str, Kept] = {}
        self.pulled: dict[str, int] = {}  # bytes of each layer that have come, by digest
        self.small: set[str] = set()  # layers of text: templates, settings
        self._running: dict[str, Running] = {}  # by weights
        self.lock = threading.RLock()

    def path(self, digest: str) -> Path:
        """Where a blob lies."""
        return self.blobs / digest.replace(":", "-")

    def add(self, kept: Kept) -> Kept:
        """Install a model; one of the same name is replaced, and leaves memory."""
        with self.lock:
            self.models[kept.name] = kept
            self._drop(kept.name)
        return kept

    def remove(self, name: str) -> bool:
        """Delete a model and the blobs that no other one is made of. False where there is none."""
        with self.lock:
            kept = self.models.pop(name, None)
            if kept is None:
                return False
            self._drop(name)
            used = {digest for other in self.models.values() for digest in other.layers}
            for digest in set(kept.layers) - used:
                self.path(digest).unlink(missing_ok=True)
                self.pulled.pop(digest, None)
                self.small.discard(digest)
        return True

    def _drop(self, name: str) -> None:
        self._running = {key: one for key, one in self._running.items() if one.kept.name != name}

    def load(self, kept: Kept, keep_seconds: float, context_length: int) -> bool:
        """Bring a model into memory, or keep it there for longer. True if it was not there with this context. What is
        there already keeps the name that loaded it, as Ollama does it (faults.md, O3)."""
        with self.lock:
            before = self.running_of(kept)
            is_new = before is None or before.context_length != context_length
            busy, loaded = (before.busy if before else 0), (kept if is_new or before is None else before.kept)
            self._running[kept.weights] = Running(loaded, context_length, _expiry(keep_seconds), busy)
        return is_new

    def running_of(self, kept: Kept) -> Running | None:
        """The model in memory, by whatever name it was loaded."""
        return next((one for one in self.running() if one.kept.weights == kept.weights), None)

    def idle(self) -> None:
        """The idle minutes are over: everything leaves memory that nobody is using."""
        with self.lock:
            for one in self._running.values():
                one.expires = 0.0

    def unload(self, kept: Kept) -> None:
        """Out of memory, as soon as its last reply has ended."""
        with self.lock:
            if one := self.running_of(kept):
                one.expires = 0.0

    def crash(self, kept: Kept) -> None:
        """The engine has died: nothing of the model is in memory any more."""
        with self.lock:
            self._running.pop(kept.weights, None)

    @contextmanager
    def use(self, kept: Kept) -> Iterator[None]:
        """While a reply is being made, the model stays in memory."""
        self._count(kept, 1)
        try:
            yield
        finally:
            self._count(kept, -1)

    def _count(self, kept: Kept, change: int) -> None:
        with self.lock:
            if one := self._running.get(kept.weights):
                one.busy += change

    def running(self) -> list[Running]:
        """The models in memory at this moment."""
        with self.lock:
            now = time.time()
            self._running = {key: one for key, one in self._running.items() if one.busy > 0 or one.expires > now}
            return list(self._running.values())


def _expiry(keep_seconds: float) -> float:
    return time.time() + (FOREVER_SECONDS if keep_seconds < 0 else min(keep_seconds, FOREVER_SECONDS))
