"""The same bytes, cut at every byte, read by the real SDKs and by our client: the same words, or an honest error.

A stream that ends where nobody said that the reply has ended was cut. The SDKs take it for a whole one; ours says so:
that is the one difference there may be. `CUTS` lists how often: of the positions in a stream, at how many the reply is
whole for both, cut for ours alone, an error for both (an error inside the stream, or a cut through a character, which
the SDKs meet with UnicodeDecodeError). After the reply's own end a cut loses its counts at most, for both.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence

import pytest

from app.net.wire import sse
from tests.cloud.outcomes import READERS, STREAMS, Outcome, called, dialect_of, ours

#: whole for both, cut for ours alone, an error for both
CUTS = {
    "error.anthropic": (0, 671, 3),
    "error.openai": (0, 420, 17),
    "length.anthropic": (59, 808, 0),
    "length.openai": (3, 390, 0),
    "llama.openai": (552, 2330, 0),
    "llmock-tool.anthropic": (54, 1214, 0),
    "llmock-tool.openai": (246, 2054, 0),
    "llmock.anthropic": (54, 1365, 0),
    "llmock.openai": (245, 2011, 0),
    "thinking.anthropic": (54, 1498, 29),
    "thinking.openai": (302, 878, 29),
    "tools.anthropic": (54, 1538, 3),
    "tools.openai": (176, 1203, 3),
}
NAIVE, THOUGHT = "Nai\u0308ve — 日本語 🇫🇷", "Größe 👩\u200d🔬 東京?"
CALLS = (("weather", '{"city":"Zürich ❄"}'), ("now", "{}"))
CODE = '\n\n```py\nx = "\\\\"\n```'
#: what the handwritten ones say, so that nobody is wrong together
SAID = {
    "error.anthropic": Outcome("One, two", error="Overloaded"),
    "error.gemini": Outcome("One", error="Overloaded"),
    "error.openai": Outcome("One, two", error="RateLimited"),
    "length.anthropic": Outcome("One, two, thr", reason="length", usage=(12, 5, 0, 0)),
    "length.openai": Outcome("One, two, thr", reason="length", usage=(9, 5, 0, 0)),
    "thinking.anthropic": Outcome(f"{NAIVE}\n\n", THOUGHT, reason="end", usage=(2360, 94, 2048, 300)),
    "thinking.gemini": Outcome(NAIVE, THOUGHT, (("weather", '{"city":"Zürich"}'),), "end", (9, 16, 4, 0)),
    "thinking.openai": Outcome(f"{NAIVE}{CODE}", THOUGHT, reason="end", usage=(1210, 94, 1024, 0)),
    "tools.anthropic": Outcome("I look.", calls=CALLS, reason="end", usage=(52, 21, 0, 0)),
    "tools.openai": Outcome("I look.", calls=CALLS, reason="end", usage=(50, 21, 0, 0)),
}


def ended(raw: bytes) -> bytes:
    """The SDKs pass over an event whose empty line never came. Here it counts where it is whole."""
    data = raw.splitlines()[-1].removeprefix(b"data:").strip() if raw.strip() else b""
    try:
        is_whole = data == b"[DONE]" or isinstance(json.loads(data), dict)
    except ValueError:
        is_whole = False
    return raw + b"\n\n" if is_whole else raw


async def compared(name: str) -> Counter[str]:
    """Every cut of a stream: what both say is the same, and how often they agree on its end."""
    dialect, raw, found = dialect_of(name), STREAMS[name], Counter[str]()
    for size in range(len(raw) + 1):
        theirs, mine = READERS[dialect](ended(raw[:size])), await ours(dialect, [raw[:size]])
        if not mine.error:
            assert mine == theirs, size
            found["whole"] += 1
            continue
        assert (mine.text, mine.thoughts) == (theirs.text, theirs.thoughts), size
        if theirs.error:
            found["both"] += 1
        else:
            assert mine.error == "Interrupted", (size, mine)
            found["ours"] += 1
    return found


def test_every_stream_of_a_dialect_that_has_an_sdk_is_listed() -> None:
    assert set(CUTS) == {name for name in STREAMS if dialect_of(name) in READERS}


@pytest.mark.parametrize("name", CUTS)
def test_a_stream_cut_at_any_byte_gives_what_the_sdk_gives_or_says_that_it_was_cut(name: str) -> None:
    found = asyncio.run(compared(name))
    assert (found["whole"], found["ours"], found["both"]) == CUTS[name]


@pytest.mark.parametrize("name", CUTS)
def test_the_sdks_own_calls_give_what_their_readers_are_given_here(name: str) -> None:
    raw = STREAMS[name]
    for size in (len(raw), len(raw) * 2 // 3):
        assert called(dialect_of(name), raw[:size]) == READERS[dialect_of(name)](raw[:size])


@pytest.mark.parametrize("name", SAID)
def test_what_stands_in_the_handwritten_streams_is_read(name: str) -> None:
    assert asyncio.run(ours(dialect_of(name), [STREAMS[name]])) == SAID[name]


async def events_of(parts: Sequence[bytes]) -> list[tuple[str, str]]:
    """The events in a stream that comes in these parts."""

    async def chunks() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    return [event async for event in sse(chunks())]


def single(raw: bytes) -> list[bytes]:
    """One byte a part."""
    return [raw[place : place + 1] for place in range(len(raw))]


@pytest.mark.parametrize("name", STREAMS)
def test_where_the_network_cuts_a_stream_changes_nothing(name: str) -> None:
    dialect, raw = dialect_of(name), STREAMS[name]

    async def body() -> None:
        whole = await events_of([raw])
        assert whole
        for size in range(len(raw) + 1):
            assert await events_of([raw[:size], raw[size:]]) == whole
        for size in range(0, len(raw), 31):
            assert await events_of(single(raw[:size])) == await events_of([raw[:size]])
        assert await ours(dialect, single(raw)) == await ours(dialect, [raw])

    asyncio.run(body())
