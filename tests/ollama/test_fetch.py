"""The fetch for CPython keeps the port's promises: it streams, stops, sends files, and obeys CORS for a page."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path

import pytest

from app.core.errors import Interrupted
from tests.browser.site import free_port
from tests.ollama.fetch import HttpFetch, HttpReply
from tests.ollama.stand_in import StandIn

PAGE = "https://user.github.io"
JSON = {"Content-Type": "application/json"}
QUESTION = json.dumps({"model": "tiny", "messages": [{"role": "user", "content": "What is the capital of France?"}]})


async def text_of(reply: HttpReply) -> str:
    return b"".join([part async for part in reply.aiter_bytes()]).decode()


async def chat(server: StandIn, fetch: HttpFetch) -> HttpReply:
    return await fetch(server.url + "/api/chat", method="POST", headers=JSON, body=QUESTION)


def test_a_reply_is_read_as_it_comes(server: StandIn) -> None:
    server.install("tiny")

    async def run() -> None:
        reply = await chat(server, HttpFetch())
        assert (reply.status, reply.headers["content-type"]) == (200, "application/x-ndjson")
        lines = [json.loads(line) for line in (await text_of(reply)).splitlines()]
        assert "".join(line["message"]["content"] for line in lines) == "The capital of France is Paris."

    asyncio.run(run())


def test_closing_a_reply_hangs_up(server: StandIn) -> None:
    server.install("tiny")
    server.talk.hold_after = 2

    async def run() -> None:
        reply = await chat(server, HttpFetch())
        parts = reply.aiter_bytes()
        assert await anext(parts)
        reply.close()
        assert [part async for part in parts] == []

    asyncio.run(run())
    assert server.until(lambda: server.hangups)[0].path == "/api/chat"


@pytest.mark.parametrize("path", ["/api/chat", "/api/silent"])
def test_cancelling_the_task_hangs_up(server: StandIn, path: str) -> None:
    server.install("tiny")
    server.talk.hold_after, server.faults.silent = 2, path == "/api/silent"

    async def run() -> None:
        async def read() -> None:
            await text_of(await chat(server, HttpFetch()))

        task = asyncio.create_task(read())
        await asyncio.to_thread(server.until, lambda: server.log and (server.faults.silent or server.log[0].lines == 2))
        task.cancel()
        await asyncio.wait({task})
        assert task.cancelled()

    asyncio.run(run())
    server.until(lambda: server.hangups)


@pytest.mark.parametrize("kind", ["path", "file", "bytes"])
def test_a_body_of_any_kind_arrives(server: StandIn, tmp_path: Path, kind: str) -> None:
    content = b"GGUF" + bytes(range(256)) * 4096
    path = tmp_path / "a.gguf"
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()

    async def run() -> int:
        with path.open("rb") as file:
            body = {"path": path, "file": file, "bytes": content}[kind]
            return (await HttpFetch()(f"{server.url}/api/blobs/sha256:{digest}", method="POST", body=body)).status

    assert asyncio.run(run()) == 201
    assert server.shelf.path(f"sha256:{digest}").read_bytes() == content
    assert server.log[0].size == len(content)


def test_a_body_is_taken_in_parts(server: StandIn) -> None:
    async def run() -> None:
        heard: list[int] = []
        reply = await HttpFetch()(server.url + "/")
        assert await reply.take(6, heard.append) == b"Ollama"
        assert await reply.take(60, heard.append) == b" is running"
        assert await reply.take(6, heard.append) == b""
        assert sum(heard) == len("Ollama is running")
        reply.close()
        assert await (await HttpFetch()(server.url + "/")).handle() == b"Ollama is running"

    asyncio.run(run())


def test_a_stream_that_breaks_raises_interrupted(server: StandIn) -> None:
    server.install("tiny")
    server.faults.cut_reply_after = 2

    async def run() -> None:
        reply = await chat(server, HttpFetch())
        with pytest.raises(Interrupted):
            await text_of(reply)

    asyncio.run(run())


def test_where_nobody_listens_there_is_no_reply() -> None:
    async def run() -> None:
        with pytest.raises(Interrupted):
            await HttpFetch()(f"http://127.0.0.1:{free_port()}/api/version")

    asyncio.run(run())


def test_a_page_that_is_not_allowed_gets_nothing_but_learns_that_somebody_is_there(server: StandIn) -> None:
    server.install("tiny")

    async def run() -> None:
        with pytest.raises(Interrupted):
            await HttpFetch(PAGE)(server.url + "/api/version")
        with pytest.raises(Interrupted):
            await chat(server, HttpFetch(PAGE))
        assert (await HttpFetch(PAGE)(server.url + "/", mode="no-cors")).status == 0

    asyncio.run(run())
    assert [asked.method for asked in server.log] == ["GET", "OPTIONS", "GET"]
    assert [asked.status for asked in server.log] == [403, 403, 200]


def test_a_page_that_is_allowed_asks_first_and_then_reads() -> None:
    with StandIn(origins=PAGE) as server:
        server.install("tiny")

        async def run() -> None:
            assert "Paris" in await text_of(await chat(server, HttpFetch(PAGE)))
            with pytest.raises(Interrupted):
                await HttpFetch(PAGE)(server.url + "/api/version", headers={"X-Custom": "1"})

        asyncio.run(run())
        assert [asked.method for asked in server.log] == ["OPTIONS", "POST", "OPTIONS"]
        assert server.log[1].origin == PAGE
