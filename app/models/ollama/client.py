"""OllamaClient: every endpoint of Ollama's that this app needs, over the `Fetch` port.

    client = OllamaClient(fetch, "http://localhost:11434")
    await client.version()                                       # "0.32.15"
    async with aclosing(client.pull("llama3.2:1b")) as steps:
        async for step in steps: ...                             # closing it stops the server

Shapes of requests and answers: Ollama's docs/api.md, and recordings of 0.32.15 in tests/fixtures/ollama/. Only the
header Content-Type is sent: any other one would fail the browser's preflight.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from app.core.errors import Interrupted, Unreachable
from app.core.places import Purpose
from app.core.ports import Fetch, Json, Reply
from app.models.ollama.refusals import not_json, refusal, said, told
from app.models.wire import ndjson

DEFAULT_ADDRESS = "http://localhost:11434"
NO_TEMPLATE = "{{ .Prompt }}"  # what Ollama says of a file that brought no chat template
NANOSECOND = 1e-9


@dataclass(frozen=True, slots=True)
class Installed:
    """A row of /api/tags. Sizes in bytes, lengths in tokens; `remote_host` where the model runs elsewhere."""

    name: str
    digest: str
    size_bytes: int
    modified_at: str = ""
    family: str = ""
    parameter_size: str = ""
    quantization: str = ""
    context_length: int = 0
    embedding_length: int = 0
    capabilities: tuple[str, ...] = ()
    remote_host: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A row of /api/ps: what is in memory. `vram_bytes` of it on a graphics card, 0 on the processor."""

    name: str
    size_bytes: int
    vram_bytes: int = 0
    context_length: int = 0
    expires_at: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """/api/show. `parameters` are lines of a Modelfile; `has_template` is False where the model only continues text."""

    family: str = ""
    parameter_size: str = ""
    quantization: str = ""
    template: str = ""
    system: str = ""
    parameters: str = ""
    license: str = ""
    context_length: int = 0
    embedding_length: int = 0
    capabilities: tuple[str, ...] = ()
    has_template: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a pull or a create. `total` and `completed` are bytes of the layer `digest`."""

    status: str
    digest: str = ""
    total: int = 0
    completed: int = 0


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of some texts, in their order."""

    model: str
    vectors: tuple[tuple[float, ...], ...]
    prompt_tokens: int = 0
    load_seconds: float = 0.0


class OllamaClient:
    """One server. Every method raises Unreachable where nobody answers, and the errors of `refusals`."""

    def __init__(self, fetch: Fetch, address: str = DEFAULT_ADDRESS) -> None:
        self._fetch = fetch
        self.use(address)

    def use(self, address: str) -> None:
        """Talk to the server at this address from now on."""
        self.address = address.rstrip("/")

    # -- looking

    async def version(self) -> str:
        """Which Ollama this is. Raises BadAnswer where it is none."""
        return str((await self._json("GET", "/api/version", Purpose.OLLAMA_LOOK)).get("version", ""))

    async def installed(self) -> tuple[Installed, ...]:
        """Every model on the server's disk."""
        rows = (await self._json("GET", "/api/tags", Purpose.OLLAMA_LIST)).get("models") or ()
        return tuple(_installed(row) for row in rows)

    async def running(self) -> tuple[Running, ...]:
        """Every model in memory."""
        rows = (await self._json("GET", "/api/ps", Purpose.OLLAMA_LIST)).get("models") or ()
        return tuple(
            Running(
                row["name"],
                row.get("size", 0),
                row.get("size_vram", 0),
                row.get("context_length", 0),
                row.get("expires_at", ""),
            )
            for row in rows
        )

    async def show(self, name: str) -> Details:
        """Everything about one model. Raises ModelMissing."""
        return _details(await self._json("POST", "/api/show", Purpose.OLLAMA_LIST, {"model": name}, name))

    # -- its models

    def pull(self, name: str) -> AsyncGenerator[Step, None]:
        """Fetch a model; closing the generator stops the server, which keeps what it has.

        Raises ModelMissing, ProviderError, Interrupted where the stream ends without success."""
        return self._steps("/api/pull", Purpose.OLLAMA_PULL, {"model": name}, name)

    async def delete(self, name: str) -> None:
        """Raises ModelMissing."""
        await self._done("DELETE", "/api/delete", Purpose.OLLAMA_MANAGE, {"model": name}, name)

    async def copy(self, source: str, destination: str) -> None:
        """A further name for the same bytes. Raises ModelMissing."""
        await self._done(
            "POST", "/api/copy", Purpose.OLLAMA_MANAGE, {"source": source, "destination": destination}, source
        )

    async def load(self, name: str) -> None:
        """Bring a model into memory. Raises ModelMissing, ProviderError."""
        body = {"model": name, "messages": [], "stream": False}
        await self._done("POST", "/api/chat", Purpose.OLLAMA_MANAGE, body, name)

    async def unload(self, name: str) -> None:
        """Take a model out of memory. Raises ModelMissing."""
        body = {"model": name, "messages": [], "keep_alive": 0, "stream": False}
        await self._done("POST", "/api/chat", Purpose.OLLAMA_MANAGE, body, name)

    # -- a file of one's own

    async def has_blob(self, sha256: str) -> bool:
        """Whether the server has these bytes already."""
        reply = await self._ask("HEAD", f"/api/blobs/sha256:{sha256}", Purpose.OLLAMA_IMPORT)
        reply.close()
        if reply.status not in (200, 404):
            raise refusal(reply.status, b"a digest that is none")
        return reply.status == 200

    async def send_blob(self, sha256: str, handle: object) -> None:
        """Send a file; it is read by the browser, never by Python. Raises Corrupt where its bytes are others."""
        await self._read(await self._ask("POST", f"/api/blobs/sha256:{sha256}", Purpose.OLLAMA_IMPORT, handle))

    def create(
        self,
        name: str,
        files: Mapping[str, str],
        *,
        template: str = "",
        system: str = "",
        stop: Sequence[str] = (),
    ) -> AsyncGenerator[Step, None]:
        """Make a model of blobs: `files` are names with `sha256:…`. Raises ProviderError, Interrupted."""
        body: dict[str, Any] = {"model": name, "files": dict(files)}
        body |= {"template": template} if template else {}
        body |= {"system": system} if system else {}
        body |= {"parameters": {"stop": list(stop)}} if stop else {}
        return self._steps("/api/create", Purpose.OLLAMA_IMPORT, body, name)

    # -- asking

    async def chat(self, body: Json, purpose: Purpose) -> AsyncGenerator[dict[str, Any], None]:
        """The lines of /api/chat; the last one has `done: true`. Closing the generator stops the server.

        Raises ModelMissing, TooLong, NotSupported, ProviderError, Interrupted where the last line never comes."""
        async with aclosing(self._stream("/api/chat", purpose, body, str(body["model"]))) as stream:
            async for line in stream:
                yield line
                if line.get("done"):
                    return
        raise Interrupted("The connection to Ollama ended in the middle of the answer.", "Ask again.")

    async def embed(self, name: str, texts: Sequence[str], *, dimensions: int = 0) -> Embedded:
        """One vector for each text. Raises ModelMissing, NotSupported."""
        body: dict[str, Any] = {"model": name, "input": list(texts)} | (
            {"dimensions": dimensions} if dimensions else {}
        )
        answer = await self._json("POST", "/api/embed", Purpose.EMBEDDING, body, name)
        vectors = tuple(tuple(map(float, vector)) for vector in answer.get("embeddings") or ())
        seconds = answer.get("load_duration", 0) * NANOSECOND
        return Embedded(answer.get("model", name), vectors, answer.get("prompt_eval_count", 0), seconds)

    # -- one request

    async def _ask(self, method: str, path: str, purpose: Purpose, body: object = None) -> Reply:
        headers = {}
        if isinstance(body, Mapping):
            headers, body = {"Content-Type": "application/json"}, json.dumps(body)
        try:
            url = f"{self.address}{path}"
            return await self._fetch(url, purpose=purpose, method=method, headers=headers, body=body)
        except Interrupted as error:
            words = f"Nobody answers at {self.address}."
            raise Unreachable(words, "The Models page says what can be done.", detail=error.detail) from error

    async def _read(self, reply: Reply, name: str = "") -> bytes:
        try:
            data = b"".join([part async for part in reply.aiter_bytes()])
        finally:
            reply.close()
        if not 200 <= reply.status < 300:
            raise refusal(reply.status, data, name)
        return data

    async def _done(self, method: str, path: str, purpose: Purpose, body: Json, name: str) -> None:
        """A request whose answer is of no interest, unless it is an error."""
        await self._read(await self._ask(method, path, purpose, body), name)

    async def _json(
        self, method: str, path: str, purpose: Purpose, body: Json | None = None, name: str = ""
    ) -> dict[str, Any]:
        data = await self._read(await self._ask(method, path, purpose, body), name)
        try:
            answer = json.loads(data)
        except ValueError as error:
            raise not_json(data) from error
        if not isinstance(answer, dict):
            raise not_json(data)
        return answer

    async def _stream(self, path: str, purpose: Purpose, body: Json, name: str) -> AsyncGenerator[dict[str, Any], None]:
        reply = await self._ask("POST", path, purpose, {**body, "stream": True})
        if reply.status != 200:
            await self._read(reply, name)
        try:
            async with aclosing(ndjson(reply.aiter_bytes())) as stream:
                async for line in stream:
                    if "error" in line:
                        text, facts = told(json.dumps(line).encode())
                        raise said(text, name, facts)
                    yield line
        except Interrupted as error:
            words = "The connection to Ollama ended before it was done."
            raise Interrupted(words, "Go on, or ask again: Ollama keeps what it has.", detail=error.detail) from error
        finally:
            reply.close()

    async def _steps(self, path: str, purpose: Purpose, body: Json, name: str) -> AsyncGenerator[Step, None]:
        async with aclosing(self._stream(path, purpose, body, name)) as stream:
            async for line in stream:
                status = str(line.get("status", ""))
                yield Step(status, line.get("digest", ""), line.get("total", 0), line.get("completed", 0))
                if status == "success":
                    return
        raise Interrupted("The connection to Ollama ended before it was done.", "Go on: Ollama keeps what it has.")


def _installed(row: Json) -> Installed:
    details = row.get("details") or {}
    return Installed(
        row["name"],
        row.get("digest", ""),
        row.get("size", 0),
        row.get("modified_at", ""),
        details.get("family", ""),
        details.get("parameter_size", ""),
        details.get("quantization_level", ""),
        details.get("context_length", 0),
        details.get("embedding_length", 0),
        tuple(row.get("capabilities") or ()),
        row.get("remote_host", ""),
    )


def _details(answer: Json) -> Details:
    details, info = answer.get("details") or {}, answer.get("model_info") or {}
    kind = info.get("general.architecture", "")
    template = answer.get("template", "")
    return Details(
        details.get("family", ""),
        details.get("parameter_size", ""),
        details.get("quantization_level", ""),
        template,
        answer.get("system", ""),
        answer.get("parameters", ""),
        answer.get("license", ""),
        info.get(f"{kind}.context_length", 0),
        info.get(f"{kind}.embedding_length", 0),
        tuple(answer.get("capabilities") or ()),
        has_template=template.strip() not in ("", NO_TEMPLATE),
    )
