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

from app.core.errors import BadAnswer, Interrupted, Unreachable
from app.core.places import Purpose
from app.core.ports import Fetch, Json, Reply
from app.core.texts import Text
from app.models.ollama.answers import (
    Details,
    Embedded,
    Installed,
    Part,
    Running,
    Step,
    checked,
    not_ollama,
    read_details,
    read_embedded,
    read_installed,
    read_object,
    read_part,
    read_running,
    read_step,
    read_version,
)
from app.models.ollama.refusals import refusal, refusal_in
from app.net.wire import ndjson

DEFAULT_ADDRESS = "http://localhost:11434"
CUT, TRY_AGAIN = Text("ollama_server.cut"), Text("ollama_server.try_again")


@dataclass(frozen=True, slots=True)
class Errand:
    """What a request is for, and what is told where its connection ends too early: what happened, and what to do."""

    purpose: Purpose
    cut: Text = CUT
    cure: Text = TRY_AGAIN

    def interrupted(self, detail: str = "") -> Interrupted:
        """The connection has ended."""
        return Interrupted(self.cut, self.cure, detail=detail)


LOOK = Errand(Purpose.OLLAMA_LOOK)
LIST = Errand(Purpose.OLLAMA_LIST)
EMBED = Errand(Purpose.EMBEDDING)
LOAD = Errand(Purpose.OLLAMA_MANAGE, Text("ollama_server.cut_loading"))
UNLOAD = Errand(Purpose.OLLAMA_MANAGE, Text("ollama_server.cut_unloading"))
DELETE = Errand(Purpose.OLLAMA_MANAGE, Text("ollama_server.cut_deleting"))
COPY = Errand(Purpose.OLLAMA_MANAGE, Text("ollama_server.cut_copying"), Text("ollama_server.copy_again"))
PULL = Errand(Purpose.OLLAMA_PULL, Text("ollama_server.cut_pulling"), Text("ollama_server.resume"))
SEND = Errand(Purpose.OLLAMA_IMPORT, Text("ollama_server.cut_sending"), Text("ollama_server.send_again"))
CREATE = Errand(Purpose.OLLAMA_IMPORT, Text("ollama_server.cut_creating"), Text("ollama_server.create_again"))


def answering(purpose: Purpose) -> Errand:
    """A question, whoever asks it."""
    return Errand(purpose, Text("ollama_server.cut_answering"), Text("ollama_server.ask_again"))


class OllamaClient:
    """One server. Every method raises Unreachable where nobody answers, Interrupted where the answer is cut off,
    BadAnswer where it is not Ollama's, and the errors of `refusals`."""

    def __init__(self, fetch: Fetch, address: str = DEFAULT_ADDRESS) -> None:
        self._fetch = fetch
        self.use(address)

    def use(self, address: str) -> None:
        """Talk to the server at this address from now on."""
        self.address = address.rstrip("/")

    # -- looking

    async def version(self) -> str:
        """Which Ollama this is."""
        return read_version(await self._json("GET", "/api/version", LOOK))

    async def installed(self) -> tuple[Installed, ...]:
        """Every model on the server's disk."""
        return read_installed(await self._json("GET", "/api/tags", LIST))

    async def running(self) -> tuple[Running, ...]:
        """Every model in memory."""
        return read_running(await self._json("GET", "/api/ps", LIST))

    async def show(self, name: str) -> Details:
        """Everything about one model. Raises ModelMissing."""
        return read_details(await self._json("POST", "/api/show", LIST, {"model": name}, name))

    # -- its models

    def pull(self, name: str) -> AsyncGenerator[Step, None]:
        """Fetch a model; closing the generator stops the server, which keeps what it has.

        Raises ModelMissing, ProviderError, Interrupted where the stream ends without success."""
        return self._steps("/api/pull", PULL, {"model": name}, name)

    async def delete(self, name: str) -> None:
        """Raises ModelMissing."""
        await self._done("DELETE", "/api/delete", DELETE, {"model": name}, name)

    async def copy(self, source: str, destination: str) -> None:
        """A further name for the same bytes. Raises ModelMissing."""
        await self._done("POST", "/api/copy", COPY, {"source": source, "destination": destination}, source)

    async def load(self, name: str, num_ctx: int = 0, keep_alive: str = "") -> None:
        """Bring a model into memory; `num_ctx` is how many tokens it is to read, 0 for the server's own choice, and
        `keep_alive` how long it stays there. Raises ModelMissing, ProviderError."""
        body: dict[str, object] = {"model": name, "messages": [], "stream": False}
        body |= {"options": {"num_ctx": num_ctx}} if num_ctx else {}
        body |= {"keep_alive": keep_alive} if keep_alive else {}
        await self._done("POST", "/api/chat", LOAD, body, name)

    async def unload(self, name: str) -> None:
        """Take a model out of memory. Raises ModelMissing."""
        body = {"model": name, "messages": [], "keep_alive": 0, "stream": False}
        await self._done("POST", "/api/chat", UNLOAD, body, name)

    # -- a file of one's own

    async def has_blob(self, sha256: str) -> bool:
        """Whether the server has these bytes already."""
        reply = await self._ask("HEAD", f"/api/blobs/sha256:{sha256}", SEND)
        reply.close()
        if reply.status not in (200, 404):
            raise refusal(reply.status, b"a digest that is none")
        return reply.status == 200

    async def send_blob(self, sha256: str, handle: object) -> None:
        """Send a file; it is read by the browser, never by Python. Raises Corrupt where its bytes are others."""
        try:
            await self._read(await self._ask("POST", f"/api/blobs/sha256:{sha256}", SEND, handle), SEND)
        except Unreachable as error:  # a server that stops meanwhile looks the same as one that never listened
            raise SEND.interrupted(error.detail) from error

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
        body: dict[str, object] = {"model": name, "files": dict(files)}
        body |= {"template": template} if template else {}
        body |= {"system": system} if system else {}
        body |= {"parameters": {"stop": list(stop)}} if stop else {}
        return self._steps("/api/create", CREATE, body, name)

    # -- asking

    async def chat(self, body: Json, purpose: Purpose) -> AsyncGenerator[Part, None]:
        """The lines of /api/chat; the last one is done. Closing the generator stops the server.

        Raises ModelMissing, TooLong, NotSupported, ProviderError, Interrupted where the last line never comes."""
        errand = answering(purpose)
        async with aclosing(self._stream("/api/chat", errand, body, str(body["model"]))) as stream:
            async for line in stream:
                part = read_part(line)
                yield part
                if part.is_done:
                    return
        raise errand.interrupted()

    async def embed(self, name: str, texts: Sequence[str], *, dimensions: int = 0) -> Embedded:
        """One vector for each text, none of which is cut. Raises ModelMissing, NotSupported, TooLong."""
        body: dict[str, object] = {"model": name, "input": list(texts), "truncate": False}
        body |= {"dimensions": dimensions} if dimensions else {}
        return read_embedded(await self._json("POST", "/api/embed", EMBED, body, name), name)

    # -- one request

    async def _ask(self, method: str, path: str, errand: Errand, body: object = None) -> Reply:
        headers = {}
        if isinstance(body, Mapping):
            headers, body = {"Content-Type": "application/json"}, json.dumps(body)
        try:
            url = f"{self.address}{path}"
            return await self._fetch(url, purpose=errand.purpose, method=method, headers=headers, body=body)
        except Interrupted as error:
            nobody = Text("ollama_server.nobody", address=self.address)
            raise Unreachable(nobody, Text("ollama_server.nobody_cure"), detail=error.detail) from error

    async def _read(self, reply: Reply, errand: Errand, name: str = "") -> bytes:
        try:
            data = b"".join([part async for part in reply.aiter_bytes()])
        except Interrupted as error:
            raise errand.interrupted(error.detail) from error
        finally:
            reply.close()
        if not 200 <= reply.status < 300:
            raise refusal(reply.status, data, name, reply.headers)
        return data

    async def _done(self, method: str, path: str, errand: Errand, body: Json, name: str) -> None:
        """A request whose answer is of no interest, unless it is an error."""
        await self._read(await self._ask(method, path, errand, body), errand, name)

    async def _json(
        self, method: str, path: str, errand: Errand, body: Json | None = None, name: str = ""
    ) -> dict[str, object]:
        return read_object(await self._read(await self._ask(method, path, errand, body), errand, name))

    async def _stream(
        self, path: str, errand: Errand, body: Json, name: str
    ) -> AsyncGenerator[dict[str, object], None]:
        reply = await self._ask("POST", path, errand, {**body, "stream": True})
        if reply.status != 200:
            raise not_ollama(await self._read(reply, errand, name))
        has_begun = False
        try:
            async with aclosing(ndjson(reply.aiter_bytes())) as stream:
                async for value in stream:
                    line = checked(value)
                    is_told = has_begun and any(isinstance(line.get(key), str) for key in ("message", "detail"))
                    if line.get("error") or is_told:
                        raise refusal_in(line, name)
                    has_begun = True
                    yield line
        except Interrupted as error:
            raise errand.interrupted(error.detail) from error
        except BadAnswer as error:  # half a line is the end of a connection, a page from the start is not Ollama's
            raise errand.interrupted(error.detail) if has_begun else not_ollama(error.detail) from error
        finally:
            reply.close()

    async def _steps(self, path: str, errand: Errand, body: Json, name: str) -> AsyncGenerator[Step, None]:
        async with aclosing(self._stream(path, errand, body, name)) as stream:
            async for line in stream:
                step = read_step(line)
                yield step
                if step.status == "success":
                    return
        raise errand.interrupted()
