"""Our table and our sums, held against genai-prices itself: every model, to the micro-dollar."""

from __future__ import annotations

import itertools
import json
import os
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import genai_prices
import pytest
from genai_prices import data_snapshot, extract_usage

from app.core.values import Usage
from app.models.costs.cost import Dialect, cost_of, usage_from
from app.models.costs.prices import Packed, PriceTable
from tests import prices as generator

RECORD: Packed = json.loads(generator.TABLE.read_text("utf-8"))
TABLE = PriceTable(RECORD)
PROVIDERS = {service: provider for service, (provider, _) in generator.CHOSEN.items()}
#: the day of the table, and after every rise that is announced in it
DAYS = (RECORD["date"], "2026-11-23", "2026-12-01", "2027-06-30")
#: tokens in: small, odd, and at both sides of every tier
INPUTS = (0, 1, 7, 1000, 99_999, 100_000, 100_001, 199_999, 200_000, 200_001, 271_999, 272_000, 272_001, 1_000_000)
OUTPUTS = (0, 1, 3, 500, 8191, 123_457)


def theirs(service: str, model: str, day: str, usage: Usage) -> int:
    """The package's price in micros."""
    counts = genai_prices.Usage(
        input_tokens=usage.prompt_tokens,
        output_tokens=usage.reply_tokens,
        cache_read_tokens=usage.cached_tokens,
        cache_write_tokens=usage.written_tokens,
    )
    when = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    found = genai_prices.calc_price(counts, model, provider_id=PROVIDERS[service], genai_request_timestamp=when)
    return int((found.total_price * 1_000_000).quantize(Decimal(1), ROUND_HALF_UP))


def usages() -> list[Usage]:
    """Every mixture of sizes; of each, what was cached and written into the cache in several shares."""
    found = []
    for inside, outside in itertools.product(INPUTS, OUTPUTS):
        for cached, written in ((0, 0), (inside, 0), (inside // 3, inside // 7), (0, inside // 2)):
            found.append(Usage(inside, outside, True, cached, written))
    return found


@pytest.mark.parametrize("row", RECORD["models"], ids=lambda row: f"{row['service']}:{row['id']}")
def test_a_cost_is_the_oracles_to_the_micro_dollar(row: dict[str, Any]) -> None:
    service, model = row["service"], row["id"]
    for day in DAYS if len(row["prices"]) > 1 else DAYS[:1]:
        price = TABLE.price_for(service, model, day)
        assert price is not None
        for usage in usages():
            if usage.written_tokens and not price.written:
                continue  # neither side has a price for it; theirs then refuses nothing, ours takes the input's
            assert cost_of(price, usage) == theirs(service, model, day, usage), (day, usage)


def test_the_table_is_what_the_pinned_package_says() -> None:
    assert generator.text_of(generator.table(RECORD["date"])) == generator.TABLE.read_text("utf-8")
    assert RECORD["source"] == f"genai-prices {genai_prices.__version__}"


def test_a_name_finds_the_oracles_model_or_none() -> None:
    """All names that the whole data set knows, ours and others': a wrong price would be worse than none."""
    wrong = []
    for service, provider_id in PROVIDERS.items():
        provider = next(each for each in data_snapshot.get_snapshot().providers if each.id == provider_id)
        names = {model.id for model in provider.models}
        names |= {
            f"{name}{end}" for name in names for end in ("-latest", "-2026-05-01", "-20260501", "-preview", ":free")
        }
        for name in sorted(names):
            ours, right = TABLE.price_for(service, name), provider.find_model(name)
            if ours is not None and (right is None or right.id != ours.model):
                wrong.append((service, name, ours.model, right and right.id))
    assert wrong == []


def test_the_sheets_check_values_hold() -> None:
    dollars = {
        ("openai", "gpt-5-mini"): "0.00125",
        ("anthropic", "claude-sonnet-4-5"): "0.0105",
        ("gemini", "gemini-2.5-flash"): "0.00155",
        ("xai", "grok-4"): "0.0105",
        ("mistral", "mistral-large-latest"): "0.005",
        ("groq", "llama-3.3-70b-versatile"): "0.000985",
    }
    for (service, model), expected in dollars.items():
        price = TABLE.price_for(service, model)
        assert price is not None
        assert cost_of(price, Usage(1000, 500)) == Decimal(expected) * 1_000_000


def counts(
    dialect: Dialect, service: str, flavor: str, body: dict[str, Any]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(ours, theirs) as tokens in, out, cached, written."""
    usage = usage_from(dialect, body, service)
    assert usage is not None
    found = extract_usage(body, provider_id=PROVIDERS[service], api_flavor=flavor).usage
    right = (found.input_tokens, found.output_tokens, found.cache_read_tokens, found.cache_write_tokens)
    ours = (usage.prompt_tokens, usage.reply_tokens, usage.cached_tokens, usage.written_tokens)
    return ours, tuple(int(value) for value in right)


CHAT = {
    "prompt_tokens": 1117,
    "completion_tokens": 46,
    "total_tokens": 1163,
    "prompt_tokens_details": {"cached_tokens": 1024, "audio_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 31, "audio_tokens": 0},
}
RESPONSES = {
    "input_tokens": 328,
    "input_tokens_details": {"cached_tokens": 100},
    "output_tokens": 52,
    "output_tokens_details": {"reasoning_tokens": 12},
}
MESSAGES = {
    "input_tokens": 12,
    "cache_creation_input_tokens": 2048,
    "cache_read_input_tokens": 1500,
    "cache_creation": {"ephemeral_5m_input_tokens": 2048, "ephemeral_1h_input_tokens": 0},
    "output_tokens": 503,
}
GENERATED = {
    "promptTokenCount": 245,
    "candidatesTokenCount": 132,
    "thoughtsTokenCount": 71,
    "cachedContentTokenCount": 200,
    "toolUsePromptTokenCount": 18,
    "totalTokenCount": 466,
}


@pytest.mark.parametrize(
    ("dialect", "service", "flavor", "body"),
    [
        ("openai", "openai", "chat", {"model": "gpt-5-mini", "usage": CHAT}),
        ("openai", "openai", "chat", {"model": "gpt-5-mini", "usage": {"prompt_tokens": 9, "completion_tokens": 2}}),
        ("openai", "openai", "responses", {"model": "gpt-5-mini", "usage": RESPONSES}),
        ("openai", "openrouter", "chat", {"model": "openai/gpt-5-mini", "usage": {**CHAT, "cost": 0.00095}}),
        ("openai", "mistral", "default", {"model": "mistral-large", "usage": CHAT}),
        ("openai", "groq", "default", {"model": "openai/gpt-oss-20b", "usage": CHAT}),
        ("openai", "xai", "chat", {"model": "grok-4", "usage": CHAT}),
        ("openai", "xai", "responses", {"model": "grok-4", "usage": RESPONSES}),
        ("anthropic", "anthropic", "default", {"model": "claude-sonnet-4-5", "usage": MESSAGES}),
        (
            "anthropic",
            "anthropic",
            "default",
            {"model": "claude-sonnet-4-5", "usage": {"input_tokens": 3, "output_tokens": 1}},
        ),
        ("gemini", "gemini", "default", {"modelVersion": "gemini-2.5-flash", "usageMetadata": GENERATED}),
        ("gemini", "gemini", "default", {"modelVersion": "gemini-2.5-flash", "usageMetadata": {"promptTokenCount": 5}}),
    ],
)
def test_usage_is_read_as_the_oracle_reads_it(
    dialect: Dialect, service: str, flavor: str, body: dict[str, Any]
) -> None:
    ours, right = counts(dialect, service, flavor, body)
    assert ours == right


RECORDED = os.environ.get("GENAI_PRICES_USAGES", "")
DIALECTS: dict[str, Dialect] = {"anthropic": "anthropic", "gemini": "gemini"}
FLAVORS = {"anthropic": {"default"}, "gemini": {"default"}, "openai": {"chat", "responses"}, "openrouter": {"chat"},
           "mistral": {"default"}, "groq": {"default"}, "xai": {"chat", "responses"}}  # fmt: skip


def differing(path: Path) -> tuple[int, list[str]]:
    """How many recorded bodies were compared, and those that we read in another way."""
    found, compared = [], 0
    services = {provider: service for service, provider in PROVIDERS.items()}
    for item in json.loads(path.read_text("utf-8")):
        for reading in item["extracted"]:
            for extractor in reading["extractors"]:
                service, flavor = services.get(extractor["provider_id"], ""), extractor["api_flavor"]
                if flavor not in FLAVORS.get(service, ()):
                    continue
                compared += 1
                ours, right = counts(DIALECTS.get(service, "openai"), service, flavor, item["body"])
                if ours != right:
                    found.append(f"{service}, {flavor}: {ours}, not {right}: {item['body']}")
    return compared, found


def test_recorded_bodies_in_the_packages_own_form_are_compared(tmp_path: Path) -> None:
    extractors = [{"provider_id": "openai", "api_flavor": "responses"}, {"provider_id": "aws", "api_flavor": "default"}]
    body = {"model": "gpt-5-2025-08-07", "usage": RESPONSES}
    path = tmp_path / "usages.json"
    path.write_text(json.dumps([{"body": body, "extracted": [{"extractors": extractors, "usage": {}}]}]))
    assert differing(path) == (1, [])


@pytest.mark.skipif(not RECORDED, reason="GENAI_PRICES_USAGES names no tests/dataset/usages.json of genai-prices")
def test_every_recorded_body_is_read_as_the_oracle_reads_it() -> None:
    compared, found = differing(Path(RECORDED))
    assert found == []
    assert compared > 100
