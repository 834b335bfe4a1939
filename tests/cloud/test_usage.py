"""The counts at the end of a reply, as our readers gather them, against what genai-prices extracts from the same body.

What the services mean differs: Anthropic's `input_tokens` leaves out what came from the cache or went into it, Gemini's
`candidatesTokenCount` and xAI's `completion_tokens` leave out what the model thought. Here and there it is all in.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from genai_prices import extract_usage

from tests.cloud.outcomes import STREAMS, dialect_of, ours
from tests.models.cloud.streams import chunk, line

Counts = tuple[int, int, int, int]
#: by our service: its name and the kind of body in genai-prices, and a model that it knows
ORACLES = {
    "openai": ("openai", "chat", "gpt-5-mini"),
    "openrouter": ("openrouter", "chat", "openai/gpt-5-mini"),
    "mistral": ("mistral", "default", "mistral-large-latest"),
    "groq": ("groq", "default", "openai/gpt-oss-20b"),
    "xai": ("x-ai", "chat", "grok-4"),
    "anthropic": ("anthropic", "default", "claude-sonnet-4-5"),
    "gemini": ("google", "default", "gemini-2.5-flash"),
}
CHAT = (
    "prompt_tokens_details.cached_tokens",
    "prompt_tokens_details.audio_tokens",
    "completion_tokens_details.reasoning_tokens",
    "completion_tokens_details.audio_tokens",
)
#: by service: the counts that a body may hold or not, beside those that it always does
OPTIONAL = {
    "openai": (*CHAT, "prompt_tokens_details.cache_write_tokens"),
    "openrouter": (*CHAT, "prompt_tokens_details.cache_write_tokens"),
    "mistral": CHAT,
    "groq": CHAT,
    "xai": CHAT,
    "anthropic": (
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
        "output_tokens_details.thinking_tokens",
        "server_tool_use.web_search_requests",
    ),
    "gemini": (
        "candidatesTokenCount",
        "cachedContentTokenCount",
        "thoughtsTokenCount",
        "toolUsePromptTokenCount",
    ),
}
NEEDED = {
    "anthropic": {"input_tokens": 9000, "output_tokens": 700},
    "gemini": {"promptTokenCount": 9000},
}
CHAT_NEEDED = {"prompt_tokens": 9000, "completion_tokens": 700, "total_tokens": 9700}


def oracle(service: str, usage: Mapping[str, Any]) -> Counts:
    """Tokens in, out, read from a cache, written to one, as genai-prices reads them."""
    provider, flavor, model = ORACLES[service]
    holder, name = ("usageMetadata", "modelVersion") if service == "gemini" else ("usage", "model")
    found = extract_usage({name: model, holder: usage}, provider_id=provider, api_flavor=flavor).usage
    return (
        int(found.input_tokens or 0),
        int(found.output_tokens or 0),
        int(found.cache_read_tokens or 0),
        int(found.cache_write_tokens or 0),
    )


def usages(service: str) -> Iterator[dict[str, Any]]:
    """Every body: each optional count is not there, null, or a number of its own."""
    fields = OPTIONAL[service]
    for values in product(*((..., None, 11 * place + 7) for place in range(len(fields)))):
        usage: dict[str, Any] = dict(NEEDED.get(service, CHAT_NEEDED))
        for field, value in zip(fields, values, strict=True):
            outer, _, inner = field.partition(".")
            if value is ...:
                continue
            if inner:
                usage[outer] = {**usage.get(outer, {}), inner: value}
            else:
                usage[outer] = value
        yield usage


def stream_of(service: str, usage: dict[str, Any]) -> bytes:
    """A whole reply with these counts where the service puts them. Anthropic and Gemini tell some early and correct
    them at the end."""
    if service == "gemini":
        part = {"content": {"parts": [{"text": "Paris."}]}}
        early = {"candidates": [part], "usageMetadata": {"promptTokenCount": 5, "thoughtsTokenCount": 1}}
        events: list[Any] = [early, {"candidates": [{"finishReason": "STOP"}], "usageMetadata": usage}]
    elif service == "anthropic":
        late = {"output_tokens": usage["output_tokens"], "cache_read_input_tokens": None}
        events = [
            {"type": "message_start", "message": {"usage": {**usage, "output_tokens": 1}}},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": late},
        ]
    else:
        events = [chunk({"content": "Paris."}), chunk({}, "stop"), {"choices": [], "usage": usage}, "[DONE]"]
    return b"".join(map(line, events))


@pytest.mark.parametrize("service", ORACLES)
def test_every_mixture_of_counts_is_read_as_genai_prices_reads_it(service: str) -> None:
    async def body() -> None:
        for usage in usages(service):
            told = (await ours(service, [stream_of(service, usage)])).usage
            right = oracle(service, usage)
            assert told == (right if right[1] else None), usage  # a text of no tokens is no count

    asyncio.run(body())


def last_usage(name: str) -> dict[str, Any]:
    """The counts of a recorded stream: Anthropic's replace one another, of the others the last hold."""
    told: dict[str, Any] = {}
    for row in STREAMS[name].decode().splitlines():
        if row.startswith("data: {"):
            event = json.loads(row.removeprefix("data: "))
            found = event.get("usageMetadata") or event.get("usage") or event.get("message", {}).get("usage")
            told = {**(told if dialect_of(name) == "anthropic" else {}), **found} if found else told
    return told


@pytest.mark.parametrize("name", [name for name in STREAMS if not name.startswith("error")])
def test_the_counts_of_the_recorded_streams_are_genai_prices_too(name: str) -> None:
    told = asyncio.run(ours(dialect_of(name), [STREAMS[name]])).usage
    assert told == oracle(dialect_of(name), last_usage(name))
