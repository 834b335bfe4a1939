"""Measuring a real model in a real browser: figures, charts with their tables, the dropdown, the export."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import MODELS, App
from tests.environment import ROOT

pytestmark = pytest.mark.warm

RUNS = 1  # what several come to: tests/models/device/test_benchmark.py


def test_a_model_is_measured_and_its_speed_stands_where_models_are_chosen(app: App) -> None:
    app.open()
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    speed = app.unfold("Measured speed")
    speed.get_by_label("Runs of each").fill(str(RUNS))
    speed.get_by_label("Runs of each").press("Tab")
    speed.get_by_role("button", name=re.compile("^Measure tiny")).click()
    expect(speed.get_by_role("status")).to_contain_text("tiny")
    expect(speed.get_by_role("img", name="Reading in tok/s")).to_be_visible()
    line = speed.get_by_role("listitem").filter(has_text="tiny").locator(".facts")
    expect(line).to_contain_text(f"{RUNS} run on ")
    expect(line).to_contain_text(re.compile(r"wllama.*writes \d+(\.\d)?\stok/s.*loaded in"))
    writing = speed.locator("#chart-writing")
    writing.get_by_text("The same as a table").click()
    cell = writing.get_by_role("table", name="Writing, tok/s").locator("tbody td").first
    expect(cell).to_have_text(re.compile(r"^[\d,.]+$"))
    option = app.open_models().filter(has_text="tiny")
    expect(option).to_have_text(re.compile(r"tiny.*\d+(\.\d)?\stok/s here · on this device"))
    app.close_models()
    with app.page.expect_download() as saving:
        speed.get_by_role("button", name="Save as JSON").click()
    [one] = json.loads(Path(saving.value.path()).read_text("utf-8"))["measurements"]
    assert (one["engine"], len(one["runs"])) == ("wllama", RUNS)
    assert one["threads"] >= 1, "the engine tells what it ran on"
    if app.page.evaluate("navigator.hardwareConcurrency > 1"):
        tried = {way["threads"]: way["writing"] for way in one["compared"]}
        assert len(tried) > 1, "other numbers of threads were tried"
        assert one["threads"] == max(sorted(tried), key=lambda threads: tried[threads])
        note = speed.get_by_role("listitem").filter(has_text="tiny").locator(".note")
        expect(note).to_have_text(re.compile(rf"^Compared: .* Now used: {one['threads']} threads?\.$"))
        device = app.page.get_by_role("region", name="This device")
        expect(device).to_contain_text(f"{one['threads']}: the fastest number of those measured here.")
    assert (ROOT / "static" / "vendor" / f"wllama-{one['engine_version']}").is_dir()
    assert all(run["counted"] and run["prompt_tokens"] > 100 for run in one["runs"])
    assert one["medians"]["writing_tokens_per_second"]["median"] > 0
    app.reload()
    expect(app.open_models().filter(has_text="tiny")).to_contain_text("tok/s here")
    app.close_models()
    app.unfold("Measured speed")
    expect(speed.get_by_role("img", name="Writing in tok/s")).to_be_visible()
    mark = app.unfold("This device").get_by_role("table", name="Recommended for this device")
    expect(mark.get_by_role("row", name=re.compile("^Quick questions"))).to_be_visible()


@pytest.mark.slow
def test_measuring_can_be_stopped(app: App) -> None:
    app.open()
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    speed = app.unfold("Measured speed")
    speed.get_by_label("Runs of each").fill("20")
    speed.get_by_label("Runs of each").press("Tab")
    speed.get_by_role("button", name="Measure all").click()
    expect(speed.get_by_role("status")).to_contain_text(re.compile(r"run \d+ of 20"))
    speed.get_by_role("button", name="Stop measuring").click()
    expect(speed.get_by_role("button", name="Measure all")).to_be_visible()
