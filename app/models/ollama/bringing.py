"""Bringing a GGUF file into Ollama: looked at, hashed, sent, and made into a model that chats.

    bringing = Bringing(client, blobs, hasher, clock, on_change=draw)
    looked = await bringing.look(handle, "SmolLM2-135M-Instruct-Q4_K_M.gguf")
    looked.name, looked.template                            # "smollm2-135m-instruct:q4_k_m", None: Ollama will know it
    brought = await bringing.bring(handle, "SmolLM2….gguf", looked.name)

The file's bytes never enter Python: slices are hashed in a worker, and the browser sends the file from the disk. Stop
it by cancelling; what Ollama has received in part it throws away (the whole file is one request).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

from app.core.errors import Interrupted, LoadFailed
from app.core.ports import Blobs, Clock, Hasher
from app.core.texts import Text, TextOrWords
from app.models.formats.facts import FileFacts
from app.models.formats.reading import read_facts
from app.models.ollama.answers import Details
from app.models.ollama.chat_templates import ChatTemplate, guess
from app.models.ollama.client import OllamaClient
from app.models.ollama.library import valid_name
from app.models.store.rows import Rate

SLICE_BYTES = 16 << 20
MAGIC = b"GGUF"
MOST_NAME = 80  # letters of a model's name, and of its tag (types/model/name.go)
QUANTIZATION = re.compile(r"[-._](i?q\d\w*|bf16|f16|f32|fp16|mxfp4\w*)$")

Phase = Literal["hashing", "sending", "creating", "ready"]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far it is. Bytes count while the file is hashed; a browser does not tell how far sending is."""

    phase: Phase
    done_bytes: int = 0
    total_bytes: int = 0
    rate: float = 0.0
    note: TextOrWords = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known before anything is sent: a name to suggest, and a template to choose where the file has none that
    Ollama would find in it (None: leave it to Ollama)."""

    name: str
    facts: FileFacts
    size_bytes: int
    template: ChatTemplate | None


@dataclass(frozen=True, slots=True)
class Brought:
    """The new model. `can_chat` is False for what makes embeddings. Where it only continues text, `warning` says so."""

    name: str
    sha256: str
    details: Details
    can_chat: bool = True
    warning: Text | None = None


class Bringing:
    """Brings one file at a time. `on_change` hears each stage."""

    def __init__(
        self,
        client: OllamaClient,
        blobs: Blobs,
        hasher: Hasher,
        clock: Clock,
        on_change: Callable[[Stage], None] = lambda stage: None,
        slice_bytes: int = SLICE_BYTES,
    ) -> None:
        self._client, self._blobs, self._hasher, self._clock = client, blobs, hasher, clock
        self._on_change, self._slice_bytes = on_change, slice_bytes

    async def look(self, handle: object, file_name: str) -> Looked:
        """Read the header. Raises LoadFailed with a sentence about what the file is instead."""
        size = self._blobs.size(handle)
        if await self._blobs.head(handle, 0, len(MAGIC)) != MAGIC:
            raise LoadFailed(Text("ollama_server.no_gguf"), Text("ollama_server.no_gguf_cure"), again=False)
        facts = await read_facts(lambda start, length: self._blobs.head(handle, start, length), size, file_name)
        if facts.kind == "rerank":
            raise LoadFailed(Text("ollama_server.no_ranking"), Text("ollama_server.no_ranking_cure"), again=False)
        needs_template = facts.kind == "chat" and not facts.has_template
        template = guess("", facts.architecture, facts.title, file_name) if needs_template else None
        return Looked(suggested_name(file_name), facts, size, template)

    async def bring(
        self,
        handle: object,
        file_name: str,
        name: str,
        *,
        template: str = "",
        system: str = "",
        stop: Sequence[str] = (),
        sha256: str = "",
    ) -> Brought:
        """Make a model of that name; one that has it already is replaced. An empty `template` leaves it to Ollama. Who
        brings the same file once more, with another template, gives its `sha256` and saves the hashing.

        Raises LoadFailed, BadName, Corrupt where the file changed while it was sent, ProviderError, Interrupted."""
        name = valid_name(name)
        facts = (await self.look(handle, file_name)).facts
        sha256 = sha256 or await self._hash(handle)
        await self._send(handle, sha256)
        await self._create(name, {_safe_file(file_name): f"sha256:{sha256}"}, template, system, stop)
        details = await self._client.show(name)
        self._on_change(Stage("ready"))
        can_chat = "completion" in details.capabilities if details.capabilities else facts.kind == "chat"
        if details.has_template or not can_chat:
            return Brought(name, sha256, details, can_chat)
        return Brought(name, sha256, details, can_chat, Text("ollama_server.no_template"))

    async def _hash(self, handle: object) -> str:
        total, state, rate = self._blobs.size(handle), "", Rate(self._clock)
        self._on_change(Stage("hashing", 0, total))
        try:
            for start in range(0, total, self._slice_bytes):
                end = min(start + self._slice_bytes, total)
                state = (await self._hasher.add(self._blobs.slice(handle, start, end), state)).state
                self._on_change(Stage("hashing", end, total, rate.at(end)))
            return await self._hasher.final(state)
        finally:
            self._hasher.rest()

    async def _send(self, handle: object, sha256: str) -> None:
        total = self._blobs.size(handle)
        if await self._client.has_blob(sha256):
            self._on_change(Stage("sending", total, total, note=Text("ollama_server.file_there")))
            return
        self._on_change(Stage("sending", 0, total, note=Text("ollama_server.browser_sends")))
        await self._client.send_blob(sha256, handle)
        self._on_change(Stage("sending", total, total))

    async def _create(self, name: str, files: dict[str, str], template: str, system: str, stop: Sequence[str]) -> None:
        self._on_change(Stage("creating"))
        is_done = False
        made = self._client.create(name, files, template=template, system=system, stop=stop)
        async with aclosing(made) as steps:
            async for step in steps:
                is_done = is_done or step.status == "success"
                self._on_change(Stage("creating", note="" if is_done else _plain(step.status)))
        if not is_done:
            raise Interrupted(Text("ollama_server.cut_creating"), Text("ollama_server.import_again"))


def suggested_name(file_name: str) -> str:
    """A model's name out of a file's: small letters, the quantization as the tag, nothing that Ollama refuses.

    >>> suggested_name("SmolLM2-135M-Instruct-Q4_K_M.gguf")
    'smollm2-135m-instruct:q4_k_m'
    """
    text = re.sub(r"\.gguf$", "", file_name.replace("\\", "/").rpartition("/")[2].lower())
    found = QUANTIZATION.search(text)
    name, tag = (text[: found.start()], found[1]) if found else (text, "")
    return f"{_clean(name) or 'imported'}:{tag}" if tag else _clean(name) or "imported"


def command_line(file_name: str, name: str) -> tuple[str, ...]:
    """The same by hand, in a terminal opened in the file's folder: for files that a browser will not send. A file whose
    name means something to a shell is called model.gguf here: it must be renamed first."""
    file = file_name if re.fullmatch(r"[\w][\w.-]*", file_name, re.ASCII) else "model.gguf"
    return (f"echo FROM ./{file} > Modelfile", f"ollama create {name} -f Modelfile")


def _clean(text: str) -> str:
    text = re.sub(r"[^a-z0-9_.-]+", "-", text)
    text = re.sub(r"\.{2,}", ".", re.sub(r"-{2,}", "-", text))
    return text.strip("-.")[:MOST_NAME].rstrip("-.")


def _safe_file(file_name: str) -> str:
    """A relative name without folders, as /api/create wants it."""
    return f"{_clean(re.sub(r'[.]gguf$', '', file_name.lower())) or 'model'}.gguf"


def _plain(status: str) -> str:
    """Ollama's words without its long digests."""
    return re.sub(r"sha256:([0-9a-f]{12})[0-9a-f]*", r"\1", status)
