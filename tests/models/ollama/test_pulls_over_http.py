"""Pulls over the real client: answers cut at any byte, errors inside an answer of 200, nobody there."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict

import pytest

from app.core.errors import BadAnswer, Interrupted, ProviderError, Unreachable
from app.models.ollama.client import OllamaClient
from app.models.ollama.pulls import Pulls
from app.models.store.rows import Status
from tests.memory import FakeClock, MemoryRecords, MemoryReply, ScriptedFetch
from tests.models.ollama.test_pulls import BIG, SMALL, whole_pull

FULL = whole_pull([(BIG, 1000), (SMALL, 10)], [0, 0], 250)
LINES = b"".join(
    json.dumps({key: value for key, value in asdict(step).items() if value}).encode() + b"\n" for step in FULL
)


def over_http(body: bytes, *, is_cut: bool) -> tuple[str, list[int]]:
    """How a pull ends whose answer is this much of it, in pieces of seven bytes, and every percentage it shows."""
    chunks = [body[at : at + 7] for at in range(0, len(body), 7)]
    fetch, percents = ScriptedFetch({}), list[int]()
    fetch.events.append(reply := MemoryReply(200, chunks=chunks, cut=is_cut))
    pulls = Pulls(OllamaClient(fetch), MemoryRecords(), FakeClock(0.01))
    pulls.on_change = lambda: percents.extend(row.percent for row in pulls.rows)
    with suppress(Interrupted, BadAnswer):
        asyncio.run(pulls.pull("tiny"))
    assert reply.is_closed
    assert json.loads(str(fetch.bodies[0])) == {"model": "tiny", "stream": True}
    return pulls.rows[0].status, percents


@pytest.mark.parametrize("is_cut", [True, False])
def test_cut_at_any_byte_it_never_shows_success_without_the_success_line(is_cut: bool) -> None:
    line = LINES.rstrip(b"\n")
    for end in range(len(LINES) + 1):
        status, percents = over_http(LINES[:end], is_cut=is_cut)
        assert percents == sorted(percents), end
        assert (status == Status.READY) == (100 in percents), end
        if end < len(line):
            assert status != Status.READY, end
    assert over_http(LINES, is_cut=is_cut)[0] == "Ready"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b'{"error":"pull model manifest: file does not exist"}', "Failed"),
        (b'{"error":"pull model manifest: Get \\"https://x\\": dial tcp: lookup x: no such host"}', "Failed"),
    ],
)
def test_an_error_inside_an_answer_of_200_is_an_error(line: bytes, status: str) -> None:
    fetch = ScriptedFetch({})
    fetch.events.append(MemoryReply(200, b'{"status":"pulling manifest"}\n' + line))
    pulls = Pulls(OllamaClient(fetch), MemoryRecords(), FakeClock(0.01))
    with pytest.raises(ProviderError):
        asyncio.run(pulls.pull("tiny"))
    assert (pulls.rows[0].status, pulls.rows[0].percent) == (status, 0)


def test_nobody_there_is_a_pause_that_can_be_gone_on_from() -> None:
    fetch = ScriptedFetch({})
    fetch.events += [Interrupted(), MemoryReply(200, LINES)]
    pulls = Pulls(OllamaClient(fetch), MemoryRecords(), FakeClock(0.01))
    with pytest.raises(Unreachable):
        asyncio.run(pulls.pull("tiny"))
    assert pulls.rows[0].status == Status.PAUSED
    asyncio.run(pulls.pull("tiny"))
    assert pulls.rows[0].is_done
