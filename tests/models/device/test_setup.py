"""The first run offers only what fits this device, and says how much is to download."""

from __future__ import annotations

from dataclasses import replace

from app.core.values import DeviceFacts, Model, Source
from app.models.device.setup import OLLAMA, choices, why_not_bigger
from app.models.store.rows import Row, Status
from tests.words import english

GPU = DeviceFacts(has_webgpu_api=True, has_adapter=True, has_device=True, memory_gb=8)
BUNDLED = Row(Model("small", "Small", size_bytes=98_000_000, is_bundled=True))
SOURCE = (Source("https://a.example/model.litertlm"),)
GGUF = (Source("https://a.example/model.gguf"),)
MIDDLE = Row(Model("middle", "Middle", ram_bytes=4_000_000_000, sources=SOURCE))
LARGE = Row(Model("large", "Large", size_bytes=3_000_000_000, ram_bytes=8_000_000_000, sources=SOURCE))
HUGE = Row(Model("huge", "Huge", size_bytes=4_000_000_000, ram_bytes=12_000_000_000, sources=SOURCE))
ROWS = (BUNDLED, MIDDLE, LARGE, HUGE)


def test_the_largest_that_fits_the_memory_is_recommended() -> None:
    assert [(one.id, one.kind, one.is_best) for one in choices(ROWS, GPU)] == [
        ("small", "included", False),
        ("large", "better", True),
        (OLLAMA, "ollama", False),
    ]


def test_the_persons_own_word_about_the_memory_counts_more_than_the_browsers() -> None:
    assert [one.id for one in choices(ROWS, GPU, memory_gb=16)] == ["small", "huge", OLLAMA]
    assert [one.id for one in choices(ROWS, GPU, memory_gb=4)] == ["small", "middle", OLLAMA]


def test_where_no_other_model_runs_the_bundled_one_is_recommended_and_that_is_said() -> None:
    for facts in (DeviceFacts(memory_gb=16), replace(GPU, is_software=True)):
        assert [(one.id, one.is_best) for one in choices(ROWS, facts)] == [("small", True), (OLLAMA, False)]
        assert "No better model" in english(why_not_bigger(facts))


def test_without_webgpu_a_gguf_model_is_offered() -> None:
    gguf = Row(Model("gguf", "GGUF 1B", size_bytes=700_000_000, ram_bytes=1_100_000_000, sources=GGUF))
    assert [one.id for one in choices((BUNDLED, gguf, LARGE), DeviceFacts(memory_gb=8))] == ["small", "gguf", OLLAMA]


def test_a_phone_gets_a_small_model_and_an_honest_word() -> None:
    facts = replace(GPU, is_mobile=True)
    assert [one.id for one in choices(ROWS, facts)] == ["small"]
    assert "Phones" in english(why_not_bigger(facts))


def test_a_browser_that_does_not_tell_its_memory_is_offered_what_wants_little() -> None:
    assert [one.id for one in choices(ROWS, replace(GPU, memory_gb=0))] == ["small", "middle", OLLAMA]


def test_a_device_that_was_not_asked_yet_is_offered_what_runs_anywhere() -> None:
    assert [(one.id, one.is_best) for one in choices(ROWS, None)] == [("small", True), (OLLAMA, False)]


def test_what_is_still_to_download_and_how_long_it_takes_is_said() -> None:
    small, large, ollama = choices(ROWS, GPU)
    assert (small.size_bytes, small.minutes) == (98_000_000, 1)
    assert (large.size_bytes, large.minutes) == (3_000_000_000, 8)  # at 50 Mbit/s
    assert ollama.size_bytes == 0
    begun = replace(LARGE, stored_bytes=2_000_000_000, status=Status.PAUSED)
    assert choices((BUNDLED, begun), GPU)[1].size_bytes == 1_000_000_000
    ready = replace(LARGE, status=Status.READY)
    assert choices((BUNDLED, ready), GPU)[1].size_bytes == 0
