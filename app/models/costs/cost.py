"""From a service's own counts to micros.

    usage = usage_from("anthropic", body)        # tokens in, out, cached; None where the body tells nothing
    cost_of(price, usage)                        # 10500: whole millionths of a dollar

A service's last counts are the truth. Where it says itself what it has charged (OpenRouter), that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from app.core.shapes import is_number
from app.core.values import Usage
from app.models.costs.prices import Price

Dialect = Literal["openai", "anthropic", "gemini"]
MICROS = 1_000_000
MOST_DIGITS = 15  # of a count: more are a mistake
MOST_CHARGE = 1_000_000  # dollars for a reply: more are one too
#: these add what the model thought to what it wrote: their counts of tokens out leave it aside
THINKING_APART = frozenset({"xai"})


def cost_of(price: Price, usage: Usage) -> int:
    """Micros for one request. Dollars for a million tokens are micros for one, so nothing is rounded before the end.

    Cached and written tokens are part of the tokens in; no more than all of these are taken.
    """
    whole = usage.prompt_tokens
    cached = min(usage.cached_tokens, whole) if price.cached else 0
    written = min(usage.written_tokens, whole - cached) if price.written else 0
    total = price.input.at(whole) * (whole - cached - written) + price.output.at(whole) * usage.reply_tokens
    if price.cached:
        total += price.cached.at(whole) * cached
    if price.written:
        total += price.written.at(whole) * written
    return _whole(total)


def usage_from(dialect: Dialect, body: Mapping[str, object], service: str = "") -> Usage | None:
    """The counts in a reply's body, or in the piece of a stream that holds them; None where there are none.

    Shapes as genai-prices 0.2.3 knows them. Tokens in count the cache too, tokens out what the model thought."""
    if dialect == "gemini":
        found = body.get("usageMetadata")
        return _gemini(found) if isinstance(found, Mapping) and found else None
    found = body.get("usage")
    if not isinstance(found, Mapping) or not found:
        return None
    return _anthropic(found) if dialect == "anthropic" else _openai(found, service)


def _openai(found: Mapping[str, object], service: str) -> Usage:
    """Chat completions, and responses with their other names."""
    inside, written = ("prompt_tokens", "completion_tokens")
    if inside not in found and written not in found:
        inside, written = ("input_tokens", "output_tokens")
    reply_tokens, prompt_tokens, whole = _count(found, written), _count(found, inside), _count(found, "total_tokens")
    prompt_tokens = prompt_tokens or (max(0, whole - reply_tokens) if reply_tokens else 0)
    reply_tokens = reply_tokens or (max(0, whole - prompt_tokens) if prompt_tokens else 0)
    thinking_tokens = _count(found, f"{written}_details", "reasoning_tokens")
    if service in THINKING_APART and written == "completion_tokens":
        reply_tokens += thinking_tokens
    return Usage(
        prompt_tokens,
        reply_tokens,
        counted=True,
        cached_tokens=_count(found, f"{inside}_details", "cached_tokens"),
        written_tokens=_count(found, f"{inside}_details", "cache_write_tokens"),
        cost_micros=charged_micros(found.get("cost")),
        thinking_tokens=thinking_tokens,
    )


def _anthropic(found: Mapping[str, object]) -> Usage:
    cached, written = _count(found, "cache_read_input_tokens"), _count(found, "cache_creation_input_tokens")
    prompt_tokens = _count(found, "input_tokens") + cached + written
    thinking_tokens = _count(found, "output_tokens_details", "thinking_tokens")
    return Usage(prompt_tokens, _count(found, "output_tokens"), True, cached, written, thinking_tokens=thinking_tokens)


def _gemini(found: Mapping[str, object]) -> Usage:
    prompt_tokens = _count(found, "promptTokenCount") + _count(found, "toolUsePromptTokenCount")
    thinking_tokens, cached = _count(found, "thoughtsTokenCount"), _count(found, "cachedContentTokenCount")
    reply_tokens = _count(found, "candidatesTokenCount") + thinking_tokens
    return Usage(prompt_tokens, reply_tokens, True, cached, thinking_tokens=thinking_tokens)


def _count(found: Mapping[str, object], *path: str) -> int:
    value: object = found
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return whole_count(value)


def whole_count(value: object) -> int:
    """A count as a whole number, also where it came as 12.0 or "12"; 0 where it is none."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < MOST_DIGITS:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 10**MOST_DIGITS:
        return 0
    return int(value)


def charged_micros(cost: object) -> int | None:
    """What a service says it has charged, in dollars, as micros; None where it is no sum of money."""
    return _whole(Decimal(str(cost)) * MICROS) if is_number(cost, MOST_CHARGE) else None


def _whole(micros: Decimal) -> int:
    return int(micros.quantize(Decimal(1), ROUND_HALF_UP))
