"""Writes static/prices.json, the page's table of prices, from the pinned package genai-prices (MIT).

    python -m tests prices                      # after a change of CHOSEN below
    python -m tests prices --date 2026-11-10    # after a new version of the package: the day of its release

The package itself needs pydantic and 1.6 MB of data, so the page gets only the models that students are likely to meet,
and only what our requests can cause: text in and out, and the cache. tests/models/costs/ holds our sums against the
package's own, so a table that is not fresh, or that says less than it should, fails there.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import genai_prices
from genai_prices import data_snapshot
from genai_prices.types import (
    ClauseAnd,
    ClauseContains,
    ClauseEndsWith,
    ClauseEquals,
    ClauseOr,
    ClauseRegex,
    ClauseStartsWith,
    ModelInfo,
    ModelPrice,
    StartDateConstraint,
    TieredPrices,
)

from tests.environment import ROOT

TABLE = ROOT / "static" / "prices.json"
#: our service -> (its name in the package, its models there, the first match of a name wins)
CHOSEN: dict[str, tuple[str, str]] = {
    "anthropic": (
        "anthropic",
        "claude-fable-5-2 claude-haiku-4-5 claude-haiku-5-5 claude-opus-4-8 claude-opus-5 claude-opus-5-5 "
        "claude-sonnet-4-5 claude-sonnet-4-6 claude-sonnet-5 claude-sonnet-5-5",
    ),
    "gemini": (
        "google",
        "gemini-2.5-flash gemini-2.5-flash-lite gemini-2.5-pro gemini-3.1-flash-lite gemini-3.1-pro-preview "
        "gemini-3.5-flash gemini-3.5-flash-lite gemini-3.6-flash gemini-3.7-flash gemini-3.8-flash gemini-4-argon",
    ),
    "groq": (
        "groq",
        "llama-3.1-8b-instant llama-3.3-70b-versatile meta-llama/llama-4-scout-17b-16e-instruct "
        "openai/gpt-oss-120b openai/gpt-oss-20b qwen/qwen3-32b qwen/qwen3.8-27b",
    ),
    "mistral": (
        "mistral",
        "codestral-2508 ministral-14b-2512 ministral-3b-2512 ministral-8b-2512 mistral-large mistral-large-2512 "
        "mistral-large-4 mistral-medium-3-5 mistral-medium-latest mistral-small-2603 mistral-small-latest",
    ),
    "openai": (
        "openai",
        "gpt-4.1 gpt-4.1-mini gpt-4o gpt-4o-mini gpt-5 gpt-5-mini gpt-5-nano gpt-5.4 gpt-5.4-mini gpt-5.5 "
        "gpt-5.6-luna gpt-5.6-sol gpt-5.6-terra gpt-6-astra gpt-6-luna gpt-6-sol gpt-6.1-sol gpt-6.1-terra o4-mini",
    ),
    "openrouter": (
        "openrouter",
        "anthropic/claude-haiku-5.5 anthropic/claude-sonnet-5.5 deepseek/deepseek-v3.2 deepseek/deepseek-v4.1-flash "
        "google/gemini-3.8-flash meta-llama/llama-3.3-70b-instruct mistralai/mistral-small-2603 moonshotai/kimi-k3 "
        "openai/gpt-5-mini openai/gpt-6-luna openai/gpt-6.1-sol openai/gpt-oss-120b qwen/qwen3.8-27b z-ai/glm-5.3",
    ),
    "xai": ("x-ai", "grok-4-0709 grok-4.3 grok-4.5 grok-4.6 grok-4.7 grok-code-fast-1"),
}
#: what our requests can cause, as the table names it
KEPT = {"input_mtok": "input", "cache_read_mtok": "cached", "cache_write_mtok": "written", "output_mtok": "output"}
#: what they cannot: sound, searches, a cache for an hour
LEFT_OUT = re.compile(r"audio|searches|cache_write_1h")


def name_pattern(clause: object) -> str:
    """The package's rule for a model's names as one regular expression, to be matched from the name's start."""
    if isinstance(clause, ClauseEquals):
        return f"{_literally(clause.equals)}$"
    if isinstance(clause, ClauseStartsWith):
        return _literally(clause.starts_with)
    if isinstance(clause, ClauseEndsWith):
        return f".*{_literally(clause.ends_with)}$"
    if isinstance(clause, ClauseContains):
        return f".*{_literally(clause.contains)}"
    if isinstance(clause, ClauseRegex):
        is_plain = clause.regex.startswith("^") and "|" not in clause.regex
        return clause.regex[1:] if is_plain else f".*(?:{clause.regex})"
    if isinstance(clause, ClauseOr):
        return "|".join(name_pattern(part) for part in clause.or_)
    if isinstance(clause, ClauseAnd):
        return "".join(f"(?={name_pattern(part)})" for part in clause.and_)
    raise TypeError(f"an unknown rule for names: {clause!r}")


def _literally(text: str) -> str:
    return re.escape(text.lower()).replace(r"\-", "-")


def price_record(prices: ModelPrice) -> dict[str, Any]:
    """Dollars for a million tokens as exact decimal texts; [base, [[above so many tokens, price], …]] where tiered."""
    record: dict[str, Any] = {}
    for key, value in prices.__dict__.items():
        if value is None or LEFT_OUT.search(key):
            continue
        record[KEPT[key]] = _rate(value)
    return {key: record[key] for key in KEPT.values() if key in record}


def _rate(value: Decimal | TieredPrices) -> object:
    if isinstance(value, TieredPrices):
        return [str(value.base), [[tier.start, str(tier.price)] for tier in value.tiers]]
    return str(value)


def _dated(model: ModelInfo, date: str) -> Iterator[dict[str, Any]]:
    """The prices that hold on `date`, and those announced for later."""
    if isinstance(model.prices, ModelPrice):
        yield price_record(model.prices)
        return
    starts = []
    for price in model.prices:
        if price.constraint is not None and not isinstance(price.constraint, StartDateConstraint):
            raise TypeError(f"{model.id} has prices by the hour, which the table cannot say")
        starts.append(price.constraint.start_date.isoformat() if price.constraint else "")
    now = max(start for start in starts if start <= date)
    for start, price in sorted(zip(starts, model.prices, strict=True), key=lambda pair: pair[0]):
        if start >= now:
            yield {**({"from": start} if start > date else {}), **price_record(price.prices)}


def table(date: str) -> dict[str, Any]:
    """The whole table. Raises KeyError where a chosen model, or a kind of price, is unknown."""
    providers = {provider.id: provider for provider in data_snapshot.get_snapshot().providers}
    models = []
    for service, (name, chosen) in CHOSEN.items():
        by_id = {model.id: model for model in providers[name].models}
        for model_id in chosen.split():
            model = by_id[model_id]
            prices = list(_dated(model, date))
            models.append({"service": service, "id": model_id, "names": name_pattern(model.match), "prices": prices})
    return {
        "source": f"genai-prices {genai_prices.__version__}",
        "source_url": "https://github.com/pydantic/genai-prices",
        "date": date,
        "models": models,
    }


def text_of(record: dict[str, Any]) -> str:
    """The file: one model a line, so that a new version's changes can be read."""
    lines = ",\n".join(json.dumps(model) for model in record["models"])
    head = json.dumps({key: value for key, value in record.items() if key != "models"})
    return f'{head[:-1]}, "models": [\n{lines}\n]}}\n'


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests prices", description=__doc__)
    parser.add_argument("--date", help="the day on which this version of genai-prices was released, as 2026-11-10")
    asked = parser.parse_args(arguments).date
    kept = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {"source": "", "date": ""}
    if not asked and not kept["source"].endswith(f" {genai_prices.__version__}"):
        sys.stdout.write(f"genai-prices {genai_prices.__version__} is new here: say --date, the day of its release.\n")
        return 1
    record = table(asked or kept["date"])
    TABLE.write_text(text_of(record), "utf-8")
    sys.stdout.write(f"{TABLE.name}: {len(record['models'])} models, {record['source']} of {record['date']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
