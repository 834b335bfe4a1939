"""Recommendations: for each task and device the best model, in words, and never one that cannot run."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from app.core.places import Place
from app.core.texts import Text
from app.core.values import DeviceFacts, Model, Source
from app.models.device.recommend import TASKS, Task, all_tasks, recommend
from app.models.ollama.answers import Installed
from app.models.ollama.library import library_of
from app.models.ollama.server import OllamaRow
from app.models.store.catalog import read_catalog
from app.models.store.rows import Row, Status
from tests.environment import ROOT
from tests.words import english

DESKTOP = DeviceFacts(
    has_webgpu_api=True,
    has_adapter=True,
    has_device=True,
    memory_gb=8,
    cores=8,
    max_buffer_bytes=4_000_000_000,
    quota_bytes=100_000_000_000,
)
NO_GPU = DeviceFacts(memory_gb=8, cores=4)
PHONE = replace(DESKTOP, is_mobile=True, platform="Android")
FROZEN = ROOT / "tests" / "fixtures" / "catalog"  # whatever is offered to people by now, these expectations stay true
CATALOG = [Row(model) for model in read_catalog((FROZEN / "catalog.toml").read_text("utf-8")).models]
TABLE = tomllib.loads((FROZEN / "ollama.toml").read_text("utf-8"))
LIBRARY = [OllamaRow(row.name, row) for row in library_of(TABLE).rows]
SMALL = Model("small", "Small", size_bytes=100_000_000, format="gguf", ram_bytes=500_000_000)
LARGE = Model("large", "Large", size_bytes=900_000_000, format="gguf", ram_bytes=2_000_000_000)


def rows(*ready: Model) -> list[Row]:
    return [Row(model, Status.READY, model.size_bytes) for model in ready]


@pytest.mark.parametrize("task", list(TASKS))
@pytest.mark.parametrize("memory_gb", [0, 2, 4, 16])
@pytest.mark.parametrize("facts", [DESKTOP, NO_GPU, PHONE, DeviceFacts(), replace(DESKTOP, is_software=True)])
def test_only_what_can_run_here_is_recommended(task: Task, facts: DeviceFacts, memory_gb: float) -> None:
    found = recommend(task, facts, memory_gb, CATALOG, LIBRARY)
    assert english(found.reason).endswith(".")
    if not found.model_id:
        assert task == "embed" or (facts.is_mobile and task == "code")
        return
    have = (memory_gb or facts.memory_gb or 4) * 1e9
    browser = {row.model.id: row.model for row in CATALOG}
    if found.model_id in browser:
        model = browser[found.model_id]
        assert model.ram_bytes <= have
        assert facts.has_device or model.format == "gguf"
        assert not facts.is_mobile or model.ram_bytes <= 1.9e9
    else:
        [row] = [row for row in LIBRARY if row.id == found.model_id]
        assert not facts.is_mobile
        assert row.ram_bytes <= have


def test_a_desktop_is_recommended_more_than_a_phone() -> None:
    assert recommend("write", DESKTOP, 0, CATALOG).model_id == "gemma-4-e2b"
    phone = recommend("write", PHONE, 0, CATALOG)
    assert phone.model_id == "lfm2.5-1.2b"
    assert "Larger models don't fit on a phone" in english(phone.reason)


def test_where_nothing_else_is_known_the_bundled_model_is_left_for_quick_questions_alone() -> None:
    bundled = [row for row in CATALOG if row.model.is_bundled]
    found = recommend("quick", NO_GPU, 0, bundled)
    assert found.model_id == "smollm2-135m"
    assert english(found.reason).endswith("Runs on the CPU; 98 MB download. Very small and often wrong.")
    assert recommend("write", NO_GPU, 0, bundled).model_id == ""


def test_the_measured_speed_decides_and_is_named() -> None:
    ready = rows(SMALL, LARGE)
    quick = recommend("quick", NO_GPU, 0, ready, speeds={"small": 40.0, "large": 5.0})
    assert (quick.model_id, quick.runner_up) == ("small", "large")
    assert english(quick.reason).startswith("Measured here: 40 tok/s, fast enough for this.")
    assert recommend("write", NO_GPU, 0, ready, speeds={"small": 40.0, "large": 9.0}).model_id == "large"


def test_where_all_are_slow_the_quickest_is_named_and_said_to_be_slow() -> None:
    found = recommend("quick", NO_GPU, 0, rows(SMALL, LARGE), speeds={"small": 3.0, "large": 1.2})
    assert found.model_id == "small"
    assert "Slow for this, but nothing here is faster" in english(found.reason)
    assert "3.0 tok/s" in english(found.reason)


def test_what_was_measured_tells_how_quick_another_model_of_the_same_place_is_likely_to_be() -> None:
    middle = replace(LARGE, id="middle", name="Middle", size_bytes=450_000_000)
    ready = rows(SMALL, middle, LARGE)
    assert recommend("quick", NO_GPU, 0, ready).model_id == "middle", "by the rule of thumb"
    found = recommend("quick", NO_GPU, 0, ready, speeds={"middle": 40.0})
    assert found.model_id == "large"
    assert "at about 20 tok/s" in english(found.reason)
    assert recommend("quick", NO_GPU, 0, ready, speeds={"small": 200.0}).model_id == "middle", "tiny ones say little"


def test_a_size_that_nobody_knows_is_not_made_up() -> None:
    unknown = [row for row in CATALOG if row.model.id == "gemma-3-270m"]
    assert "download required" in english(recommend("quick", DESKTOP, 0, unknown).reason)


def test_what_was_measured_here_fits_into_the_memory_whatever_the_browser_says() -> None:
    big = replace(LARGE, ram_bytes=30_000_000_000)
    assert recommend("write", NO_GPU, 0, rows(big)).model_id == ""
    assert recommend("write", NO_GPU, 0, rows(big), speeds={"large": 8.0}).model_id == "large"


def test_the_persons_word_on_memory_counts_for_more_than_the_browsers() -> None:
    greedy = replace(LARGE, ram_bytes=12_000_000_000)
    assert recommend("write", DESKTOP, 16, rows(greedy)).model_id == "large"
    assert recommend("write", DESKTOP, 0, rows(greedy)).model_id == ""


def test_a_file_that_does_not_fit_into_the_storage_is_not_recommended() -> None:
    far = Row(replace(LARGE, sources=(Source("https://a.example/large.gguf"),)))
    full = replace(NO_GPU, quota_bytes=10_000_000_000, usage_bytes=9_900_000_000)
    assert recommend("write", full, 0, [far]).model_id == ""
    assert recommend("write", replace(full, usage_bytes=0), 0, [far]).model_id == "large"


def test_damaged_and_evicted_models_are_not_recommended() -> None:
    assert (
        recommend("quick", NO_GPU, 0, [Row(SMALL, Status.DAMAGED), Row(replace(LARGE, id="x"), Status.FAILED)]).model_id
        == ""
    )


def test_a_model_too_small_to_know_anything_is_not_recommended_however_fast_it_is() -> None:
    toy = replace(SMALL, id="toy", name="Toy", size_bytes=2_000_000)
    found = recommend("quick", NO_GPU, 0, rows(SMALL, toy), speeds={"toy": 900.0})
    assert (found.model_id, found.runner_up) == ("small", "")


def test_code_goes_to_a_model_made_for_code_and_embeddings_to_ollama() -> None:
    coder = replace(SMALL, id="coder", name="Coder", kind="code", size_bytes=800_000_000)
    assert recommend("code", NO_GPU, 0, rows(LARGE, coder)).model_id == "coder"
    none = recommend("embed", NO_GPU, 0, rows(LARGE))
    assert (none.model_id, english(none.reason)) == ("", "No known model that runs here is good enough for this.")
    found = recommend("embed", DESKTOP, 16, CATALOG, LIBRARY)
    assert found.model_id.startswith("ollama:")


def test_without_ollama_an_embedding_model_of_the_browser_is_named() -> None:
    for facts in (NO_GPU, DESKTOP, PHONE):
        found = recommend("embed", facts, 0, CATALOG)
        assert found.model_id == "all-minilm-l6-v2"
        assert "Runs on the CPU; 25 MB download." in english(found.reason)
    others = [row for row in CATALOG if not row.model.is_bundled]
    assert recommend("embed", NO_GPU, 0, others).model_id == "bge-small-en-v1.5"
    assert recommend("write", NO_GPU, 0, [row for row in CATALOG if row.model.can_embed]).model_id == ""
    judge = replace(SMALL, id="judge", name="Judge", kind="rerank")
    assert {one.model_id for one in all_tasks(DESKTOP, 16, rows(judge), (), {})} == {""}


def test_an_installed_model_of_ollama_is_preferred_to_one_that_must_be_fetched() -> None:
    installed = Installed("llama3.2:3b", "d", 2_000_000_000, "", "")
    here = [replace(row, installed=installed) if row.name == "llama3.2:3b" else row for row in LIBRARY]
    assert recommend("quick", DESKTOP, 16, [], here).model_id == "ollama:llama3.2:3b"


def test_models_that_send_words_elsewhere_are_no_recommendation_for_a_device() -> None:
    away = [replace(row, where=Text("ollama_server.sent_to", host="ollama.com"), place=Place.CLOUD) for row in LIBRARY]
    assert {found.model_id for found in all_tasks(DESKTOP, 64, (), away, {})} == {""}
