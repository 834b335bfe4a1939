"""NDJSON and server-sent events as a network delivers them: cut anywhere, or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest

from app.core.errors import BadAnswer
from app.net.wire import ndjson, sse
from tests.ollama.recordings import names, recording

STREAMS = [name for name in names() if "application/x-ndjson" in recording(name).all("content-type")]
BODIES = {name: recording(name).reply.encode() for name in STREAMS}


async def arriving(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def decoded(chunks: Iterable[bytes]) -> list[Any]:
    async def body() -> list[Any]:
        return [value async for value in ndjson(arriving(chunks))]

    return asyncio.run(body())


def test_there_are_streams_to_replay() -> None:
    assert len(STREAMS) > 8


@pytest.mark.parametrize("name", STREAMS)
def test_a_recording_cut_at_any_byte_says_the_same(name: str) -> None:
    body = BODIES[name]
    whole = [json.loads(line) for line in body.split(b"\n") if line.strip()]
    assert whole
    assert decoded([body]) == whole
    assert decoded([body[at : at + 1] for at in range(len(body))]) == whole

    async def every_border() -> None:
        """Each between the line it falls into and those beside it: a cut of a long stream is no other one."""
        lines = body.splitlines(keepends=True)
        for first in range(len(lines)):
            few = b"".join(lines[max(first - 1, 0) : first + 2])
            said = [json.loads(line) for line in few.split(b"\n") if line.strip()]
            before = len(b"".join(lines[max(first - 1, 0) : first]))
            for at in range(before, before + len(lines[first]) + 1):
                assert [value async for value in ndjson(arriving([few[:at], few[at:]]))] == said, (first, at)

    asyncio.run(every_border())


def test_characters_of_several_bytes_survive_every_border() -> None:
    body = '{"text": "日本語 – 😀 ü"}\n'.encode()
    for at in range(len(body)):
        assert decoded([body[:at], body[at:]]) == [{"text": "日本語 – 😀 ü"}]


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (b"", []),
        (b"\n\r\n  \n", []),
        (b'{"a": 1}', [{"a": 1}]),
        (b'{"a": 1}\r\n\n{"b": 2}\n', [{"a": 1}, {"b": 2}]),
    ],
)
def test_blank_lines_and_a_missing_last_end_change_nothing(body: bytes, values: list[Any]) -> None:
    assert decoded([body]) == values


@pytest.mark.parametrize("body", [b"<html>\n", b'{"a": \n', b"\xff\xfe\n"])
def test_what_is_not_json_is_an_error(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        decoded([body])


def events(chunks: Iterable[bytes]) -> list[tuple[str, str]]:
    async def body() -> list[tuple[str, str]]:
        return [event async for event in sse(arriving(chunks))]

    return asyncio.run(body())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", []),
        (b"data: a\n\n", [("", "a")]),
        (b"data:a\r\n\r\ndata: b\r\rdata:  c\n\n", [("", "a"), ("", "b"), ("", " c")]),
        (b"event: ping\ndata: {}\n\n", [("ping", "{}")]),
        (b"data: one\ndata: two\ndata\n\n", [("", "one\ntwo\n")]),
        (b": OPENROUTER PROCESSING\n\n:\ndata: a\n\n", [("", "a")]),
        (b"event: lost\n\ndata: a\n\n", [("", "a")]),
        (b"id: 7\nretry: 100\nunknown\ndata: a\n\n", [("", "a")]),
        (b"\xef\xbb\xbfdata: a\n\n", [("", "a")]),
        (b"data: a\n\n\xef\xbb\xbfdata: b\n\n", [("", "a")]),
        (b"data: a\n\ndata: never ended\n", [("", "a")]),
        (b"data: a\n\ndata: [DONE]", [("", "a"), ("", "[DONE]")]),
        (b'data: a\n\nevent: b\ndata: {"c": 1}', [("", "a"), ("b", '{"c": 1}')]),
        (b'data: a\n\ndata: {"c": {}', [("", "a")]),
        (b'data: {"a": 1}\ndata: {"b": 2}\ndata: [DONE]\n', [("", '{"a": 1}'), ("", '{"b": 2}'), ("", "[DONE]")]),
        (b'data: {"a":\ndata: 1}\n\n', [("", '{"a":\n1}')]),
        (b"\n\r\n\rdata: a\n\n", [("", "a")]),
    ],
)
def test_an_event_stream_says_the_same_wherever_it_is_cut(body: bytes, said: list[tuple[str, str]]) -> None:
    assert events([body]) == said
    assert events([body[at : at + 1] for at in range(len(body))]) == said
    assert events([part for at in range(len(body)) for part in (body[at : at + 1], b"")]) == said
    for at in range(len(body) + 1):
        assert events([body[:at], body[at:]]) == said, at


def test_characters_of_several_bytes_in_events_survive_every_border() -> None:
    body = "event: ü\r\ndata: 日本語 – 😀\r\n\r\n".encode()
    for at in range(len(body)):
        assert events([body[:at], body[at:]]) == [("ü", "日本語 – 😀")]


def test_an_event_that_is_no_text_is_an_error() -> None:
    with pytest.raises(BadAnswer):
        events([b"data: \xff\xfe\n\n"])


def test_a_long_line_in_a_thousand_pieces_is_joined_once() -> None:
    text = "x" * 300_000
    body = f"data: {text}\n\n".encode()
    assert events([body[at : at + 300] for at in range(0, len(body), 300)]) == [("", text)]
