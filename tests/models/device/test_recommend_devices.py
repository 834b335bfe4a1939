"""What is recommended on eleven devices, as a table: nothing a person would call foolish."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.values import DeviceFacts
from app.models.device.recommend import Task, recommend
from app.models.device.setup import choices
from app.models.store.catalog import read_catalog
from app.models.store.rows import Row, Status
from tests.environment import ROOT
from tests.words import english

ROWS = [Row(model) for model in read_catalog((ROOT / "tests/fixtures/catalog/catalog.toml").read_text("utf-8")).models]
CPU = DeviceFacts(memory_gb=8, cores=8, browser="Chrome 156", platform="Windows", has_jspi=True, quota_bytes=10**11)
GPU = replace(CPU, has_webgpu_api=True, has_adapter=True, has_device=True, has_f16=True, max_buffer_bytes=4_000_000_000)
PHONE = replace(GPU, is_mobile=True, platform="Android")
FIREFOX = replace(CPU, browser="Firefox 153", has_jspi=False, memory_gb=0)
SAFARI = replace(GPU, browser="Safari 26", platform="macOS", has_jspi=False, memory_gb=0)

#: device -> what it is, the person's own word on the memory, and what is named for writing, quick questions and code
DEVICES: dict[str, tuple[DeviceFacts, float, str, str, str]] = {
    "2 GB phone": (replace(PHONE, memory_gb=2), 0, "lfm2.5-350m", "lfm2.5-350m", ""),
    "4 GB phone": (replace(PHONE, memory_gb=4), 0, "lfm2.5-350m", "lfm2.5-350m", "qwen3.5-0.8b"),
    "8 GB phone": (replace(PHONE, memory_gb=8), 0, "lfm2.5-1.2b", "lfm2.5-350m", "lfm2.5-1.2b"),
    "iPhone": (replace(SAFARI, is_mobile=True), 0, "lfm2.5-350m", "lfm2.5-350m", ""),
    "4 GB laptop": (replace(CPU, memory_gb=4, cores=4), 0, "lfm2.5-1.2b", "lfm2.5-1.2b", "lfm2.5-1.2b"),
    "4 GB laptop, WebGPU": (replace(GPU, memory_gb=4), 0, "qwen3.5-2b", "lfm2.5-1.2b", "qwen3.5-2b"),
    "8 GB": (CPU, 0, "lfm2.5-1.2b", "lfm2.5-1.2b", "lfm2.5-1.2b"),
    "8 GB, WebGPU": (GPU, 0, "gemma-4-e2b", "gemma-4-e2b", "gemma-4-e2b"),
    "16 GB": (replace(CPU, memory_gb=16), 0, "lfm2.5-1.2b", "lfm2.5-1.2b", "lfm2.5-1.2b"),
    "16 GB, WebGPU": (replace(GPU, memory_gb=16), 0, "gemma-4-e4b", "gemma-4-e4b", "gemma-4-e4b"),
    "16 GB, Firefox": (FIREFOX, 0, "lfm2.5-1.2b", "lfm2.5-1.2b", "lfm2.5-1.2b"),
    "16 GB Mac, Safari": (SAFARI, 0, "lfm2.5-1.2b", "lfm2.5-1.2b", "lfm2.5-1.2b"),
    "16 GB Mac, Safari, as the person says": (SAFARI, 16, "gemma-4-e4b", "gemma-4-e4b", "gemma-4-e4b"),
    "64 GB desktop": (replace(GPU, memory_gb=64, cores=16), 0, "gemma-4-e4b", "gemma-4-e4b", "gemma-4-e4b"),
}


@pytest.mark.parametrize("device", DEVICES)
def test_what_is_recommended(device: str) -> None:
    facts, memory_gb, *wanted = DEVICES[device]
    tasks: tuple[Task, ...] = ("write", "quick", "code")
    assert [recommend(task, facts, memory_gb, ROWS).model_id for task in tasks] == wanted


@pytest.mark.parametrize("device", DEVICES)
def test_the_first_run_offers_the_same_and_marks_it(device: str) -> None:
    facts, memory_gb, write, *_ = DEVICES[device]
    [best] = [one for one in choices(ROWS, facts, memory_gb) if one.is_best]
    assert (best.kind, best.id) == ("better", write)


@pytest.mark.parametrize("device", DEVICES)
def test_the_reason_is_one_line_with_the_score(device: str) -> None:
    facts, memory_gb, *_ = DEVICES[device]
    reason = english(recommend("write", facts, memory_gb, ROWS).reason)
    assert reason.startswith("Best answers at a good speed here (MMLU-Pro ")
    assert len(reason) < 250


def test_a_very_small_model_is_never_named_for_writing_or_code_whatever_else_there_is() -> None:
    """Fault A1."""
    [bundled] = [row.model for row in ROWS if row.model.is_bundled and row.model.can_chat]
    ready = [Row(bundled, Status.READY, bundled.size_bytes)]
    for facts, memory_gb, *_ in DEVICES.values():
        for task in ("write", "code"):
            found = recommend(task, facts, memory_gb, ready, speeds={bundled.id: 90.0})
            assert found.model_id == ""
            assert "good enough" in english(found.reason)
        assert recommend("quick", facts, memory_gb, ready).model_id == bundled.id


def test_the_better_model_wins_over_the_larger_file() -> None:
    """Fault A2."""
    facts = DEVICES["16 GB, WebGPU"][0]
    pair = [row for row in ROWS if row.model.id in ("gemma-3n-e2b", "gemma-4-e4b")]
    assert pair[0].model.size_bytes > pair[1].model.size_bytes
    assert recommend("write", facts, 0, pair).model_id == "gemma-4-e4b"


def test_a_model_that_thinks_first_must_be_faster() -> None:
    facts = DEVICES["16 GB"][0]
    thinker = [row for row in ROWS if row.model.id in ("qwen3.5-2b", "lfm2.5-1.2b")]
    slow = recommend("write", facts, 0, thinker, speeds={"qwen3.5-2b": 14.0, "lfm2.5-1.2b": 8.0})
    assert slow.model_id == "lfm2.5-1.2b"
    fast = recommend("write", facts, 0, thinker, speeds={"qwen3.5-2b": 16.0, "lfm2.5-1.2b": 25.0})
    assert fast.model_id == "qwen3.5-2b"


def test_without_a_published_score_the_parameters_rank_a_model_and_that_is_said() -> None:
    [smol] = [row for row in ROWS if row.model.id == "smollm3-3b"]
    plain = Row(replace(smol.model, capabilities=()))
    found = recommend("write", DEVICES["64 GB desktop"][0], 0, [plain])
    assert found.model_id == "smollm3-3b"
    assert "no score is published, ranked by number of parameters" in english(found.reason)


def test_a_browser_that_does_not_tell_its_memory_says_how_to_get_more() -> None:
    assert "set it under This device" in english(recommend("write", SAFARI, 0, ROWS).reason)
    assert "This device" not in english(recommend("write", SAFARI, 16, ROWS).reason)
