"""The ledger: what is kept, how it adds up, and that it never holds a word."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import Any

import pytest

from app.core.days import local_day
from app.core.errors import OutOfSpace
from app.models.costs.ledger import SHELF, Entry, Ledger, Sum, entry_from, sums, total
from tests.memory import MemoryRecords

LOCAL = Entry(
    "a", 100.0, "2026-11-22", "chat", "browser", "", "SmolLM2", 40, 10, answer_tokens=10, micros=0, basis="computed"
)
CLOUD = Entry(
    "b", 200.0, "2026-11-23", "chat", "cloud", "openai", "gpt-5-mini", 1000, 500, 100, micros=1250, basis="computed"
)
UNKNOWN = replace(CLOUD, id="c", time=300.0, model="new", micros=None, basis="unknown", feature="titles")
ESTIMATED = replace(CLOUD, id="d", time=250.0, micros=400, basis="estimated")


def test_entries_come_back_in_the_order_of_time() -> None:
    async def steps() -> None:
        records = MemoryRecords()
        ledger = Ledger(records)
        for entry in (UNKNOWN, LOCAL, CLOUD):
            await ledger.add(entry)
        again = Ledger(records)
        await again.load()
        assert again.entries == (LOCAL, CLOUD, UNKNOWN)

    asyncio.run(steps())


def test_two_pages_do_not_undo_each_other() -> None:
    async def steps() -> None:
        records = MemoryRecords()
        one, two = Ledger(records), Ledger(records)
        await one.add(LOCAL)
        await two.add(CLOUD)
        await one.load()
        assert one.entries == (LOCAL, CLOUD)
        await two.clear()
        assert records.shelves[SHELF] == {}

    asyncio.run(steps())


def test_an_entry_that_cannot_be_kept_is_told() -> None:
    async def steps() -> None:
        records = MemoryRecords()
        records.is_full = True
        ledger = Ledger(records)
        with pytest.raises(OutOfSpace):
            await ledger.add(CLOUD)
        assert ledger.entries == ()

    asyncio.run(steps())


def test_an_entry_has_no_place_for_words() -> None:
    texts = {field.name for field in fields(Entry) if str(field.type) in ("str", "Day")}
    assert texts == {"id", "day", "feature", "service", "model", "chat_id", "turn_id"}


def test_records_of_other_versions_are_read() -> None:
    record: dict[str, Any] = {"id": "x", "time": 1.0, "day": "2030-01-01", "feature": "chat", "place": "browser",
                              "service": "", "model": "m", "invented_later": 1}  # fmt: skip
    assert entry_from(record) == Entry("x", 1.0, "2030-01-01", "chat", "browser", "", "m")


def test_what_is_unknown_is_counted_apart_and_never_as_nothing() -> None:
    assert total([LOCAL, CLOUD, UNKNOWN, ESTIMATED]) == Sum("", 4, 3040, 1510, 300, 1650, unknown=1, estimated=1)
    assert total([]) == Sum()


def test_sums_are_series_by_day_model_feature_and_place() -> None:
    entries = [UNKNOWN, LOCAL, CLOUD]
    assert [(item.name, item.micros, item.unknown) for item in sums(entries, "day")] == [
        ("2026-11-22", 0, 0),
        ("2026-11-23", 1250, 1),
    ]
    assert [item.name for item in sums(entries, "model")] == ["gpt-5-mini", "SmolLM2", "new"]
    assert [(item.name, item.replies) for item in sums(entries, "feature")] == [("chat", 2), ("titles", 1)]
    assert [(item.name, item.replies) for item in sums(entries, "place")] == [("cloud", 2), ("browser", 1)]


def test_a_local_reply_counts_only_where_a_cloud_could_have_answered() -> None:
    assert LOCAL.could_have_been_cloud
    assert not replace(LOCAL, stayed="private").could_have_been_cloud
    assert not CLOUD.could_have_been_cloud


def test_a_day_is_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    moment = 1_795_478_400.0  # 2026-11-24, 00:00 UTC
    try:
        for zone, day in (("UTC0", "2026-11-24"), ("EST5", "2026-11-23"), ("JST-9", "2026-11-24")):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert local_day(moment) == day
    finally:
        monkeypatch.undo()
        time.tzset()
