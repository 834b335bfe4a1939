"""What a model is good for and what is published of it, in its sheet and in its badges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.values import DeviceFacts
from app.models.store.catalog import read_catalog
from app.models.store.rows import Row
from app.ui.parts.about import ABOUT, LANGUAGES, TERMS
from app.ui.parts.best import best, best_card
from app.ui.parts.browser_row import Shown, badges, warning
from app.ui.parts.model_sheet import model_sheet
from tests.environment import ROOT
from tests.ui.pages import read, session

MODELS = {model.id: model for model in read_catalog((ROOT / "static/catalog.toml").read_text("utf-8")).models}
CPU = DeviceFacts(memory_gb=8, cores=8)
GPU = replace(CPU, has_webgpu_api=True, has_adapter=True, has_device=True, max_buffer_bytes=4_000_000_000)


def facts_of(id: str) -> dict[str, str]:
    sheet = model_sheet(session(Row(MODELS[id]), facts=GPU), id)
    assert sheet is not None
    lines = read(sheet).one("dl", class_="sheet-facts").all("div")
    return {line.one("dt").text: line.one("dd").text for line in lines if line.all("dt")}


def test_every_built_in_row_has_words_in_the_persons_language() -> None:
    assert set(ABOUT) == set(MODELS)
    assert {model.license for model in MODELS.values() if "LFM" in model.license} == set(TERMS)
    assert {code for model in MODELS.values() for code in model.card.languages} == set(LANGUAGES)


def test_a_sheet_says_how_good_it_is_and_who_says_so() -> None:
    known = facts_of("lfm2.5-1.2b")
    assert known["Answers"].startswith("MMLU-Pro 44.4 % (without reasoning) Liquid AI")
    assert known["Answers"].endswith("read on 28 November 2026")
    assert known["Quantisation"] == "Q4_K_M"
    assert known["Languages"].startswith("English, Arabic, Chinese, French, German")
    assert "10 million" in known["Licence"]


def test_a_sheet_says_where_nobody_has_published_a_score_and_what_must_be_accepted_first() -> None:
    assert facts_of("smollm3-3b")["Answers"] == "No score published: ranked by its 3 billion parameters."
    assert "accept the terms" in facts_of("gemma-3n-e2b")["Licence"]
    assert facts_of("qwen3.5-2b")["Languages"] == "201 languages"


@pytest.mark.parametrize(
    ("id", "facts", "shown"),
    [
        ("gemma-4-e2b", CPU, ("needs-webgpu",)),
        ("gemma-4-e2b", GPU, ("tight",)),
        ("gemma-4-e2b", replace(GPU, memory_gb=16), ("fits",)),
        ("gemma-4-e4b", GPU, ("too-big",)),
        ("qwen3.5-2b", CPU, ("fits",)),
        ("qwen3.5-2b", replace(CPU, memory_gb=0), ()),
        ("lfm2.5-1.2b", replace(CPU, memory_gb=4, is_mobile=True), ("too-big",)),
        ("qwen3.5-0.8b", replace(CPU, memory_gb=4, is_mobile=True), ("tight",)),
        ("lfm2.5-350m", replace(CPU, memory_gb=4, is_mobile=True), ("fits",)),
    ],
)
def test_badges_say_whether_it_fits(id: str, facts: DeviceFacts, shown: tuple[str, ...]) -> None:
    assert badges(Row(MODELS[id]), Shown(), facts) == shown


def test_what_no_engine_can_hold_is_too_big_however_much_memory_there_is() -> None:
    huge = replace(MODELS["qwen3.5-2b"], size_bytes=90_000_000_000, ram_bytes=1)
    assert badges(Row(huge), Shown(), replace(CPU, memory_gb=64)) == ("too-big",)


def test_a_phone_warns_of_what_it_gives_a_page() -> None:
    phone = replace(CPU, memory_gb=4, is_mobile=True)
    assert "gives a page about 1.1 GB" in warning(MODELS["lfm2.5-1.2b"], phone)
    assert warning(MODELS["lfm2.5-350m"], phone) == ""


@pytest.mark.parametrize(
    ("facts", "name", "others"),
    [
        (CPU, "LFM2.5 1.2B", ["Or Qwen3.5 2B , 1.3 GB: better answers, slower", "Or LFM2.5 350M , 229 MB: faster"]),
        (
            replace(GPU, memory_gb=16),
            "Gemma 4 E4B",
            ["Or Gemma 4 E2B , 2.0 GB: faster"],
        ),
    ],
)
def test_the_card_names_what_is_better_or_smaller_and_nothing_else(
    facts: DeviceFacts, name: str, others: list[str]
) -> None:
    card = read(best_card(best(session(*(Row(model) for model in MODELS.values()), facts=facts))))
    assert card.one("h2").text.startswith(name)
    told = [line.text for line in card.one(class_="others").all("p")]
    assert len(told) == len(others)
    assert all(text.startswith(wanted) for text, wanted in zip(told, others, strict=True))
