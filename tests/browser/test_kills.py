"""Browsers and tabs that are killed in the middle of a download: `kill -9`, fault 1 and the harder half of fault 16."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.measure import browser_process
from tests.browser.conftest import MakeProfile
from tests.browser.driver import App
from tests.browser.files import Offer, gguf
from tests.browser.kills import kill_browser, kill_tab
from tests.browser.liar import Liar, Lie
from tests.browser.model_row import ModelRow, gate, show_models, starts, wait_at_gate

pytestmark = pytest.mark.slow

KILLS = 20
CHUNK = 1 << 20
LONG = Offer("Long", gguf(130_000_000, seed=1), ("long.gguf",), CHUNK, "both")
SHORT = Offer("Short", gguf(10 * CHUNK, seed=2), ("short.gguf",), CHUNK)


def reopened(make_profile: MakeProfile, liar: Liar, offer: Offer) -> tuple[App, ModelRow]:
    """The same profile in a new browser, at the Models page."""
    app = make_profile()
    app.allow(re.escape(liar.url))
    app.open(f"?catalog={liar.catalog(offer)}#/models")
    return app, ModelRow(app.page, offer)


def test_twenty_kills_at_random_moments_cost_no_finished_chunk(
    make_profile: MakeProfile, liar: Liar, tmp_path: Path
) -> None:
    """What the page has counted is there again, and right; the next request is for the byte after it."""
    chance, acknowledged, moved = random.Random(), 0, 0
    liar.put("long.gguf", LONG.file)
    liar.lie("long.gguf", Lie(bytes_per_second=3_000_000))
    for _ in range(KILLS):
        app, row = reopened(make_profile, liar, LONG)
        expect(row.status).to_have_text(re.compile("^(Paused|Not downloaded)"))
        is_paused = row.status.inner_text().startswith("Paused")  # a chunk may be kept that was not counted yet
        assert is_paused or not acknowledged
        kept = row.kept()
        assert kept.bytes >= acknowledged
        row.expect_kept(kept.bytes // CHUNK)
        liar.forget()
        row.click("Resume" if is_paused else "Download")
        expect(row.bar).to_be_visible()
        while not liar.log_of("long.gguf"):
            app.page.wait_for_timeout(10)
        assert liar.log_of("long.gguf")[0].start == kept.bytes
        app.page.wait_for_timeout(300 + chance.randrange(1700))
        acknowledged = int(row.bar.evaluate("bar => bar.value"))
        kill_browser(browser_process(tmp_path / "profile"), app.context)
        assert len(starts(liar.log_of("long.gguf"))) == len(set(starts(liar.log_of("long.gguf"))))
        moved += acknowledged > kept.bytes
    assert moved > KILLS // 2, "most of the kills came when something had been stored since the start"
    liar.lie("long.gguf", Lie())
    app, row = reopened(make_profile, liar, LONG)
    row.expect("Paused")
    row.click("Resume")
    row.expect("Ready")
    row.expect_identical()
    row.click("Verify")
    row.expect("Ready")


def test_a_tab_killed_at_forty_per_cent_goes_on_there(make_profile: MakeProfile, liar: Liar, tmp_path: Path) -> None:
    """No finished byte is sent twice: the server's log says so."""
    liar.put("short.gguf", SHORT.file)
    app = make_profile()
    [row] = show_models(app, liar, SHORT)
    gate(liar, SHORT, 4)
    row.click("Download")
    wait_at_gate(row, liar, 4)
    expect(row.bar).to_have_attribute("aria-valuetext", re.compile(r"^40\s%"))
    kill_tab(browser_process(tmp_path / "profile"), app.page)
    page = app.context.new_page()
    page.goto(app.page.url)
    row = ModelRow(page, SHORT)
    row.expect("Paused")
    expect(row.status).to_contain_text("Paused · 40 %")
    row.expect_kept(4)
    liar.forget()
    row.click("Resume")
    row.expect("Ready")
    row.expect_identical()
    assert starts(liar.log_of("short.gguf")) == [*range(4 * CHUNK, 10 * CHUNK, CHUNK)]


def test_when_the_working_tab_is_killed_the_other_one_finishes(
    make_profile: MakeProfile, liar: Liar, tmp_path: Path
) -> None:
    """Without a click: the lock falls free, and the other page goes on from what is kept."""
    liar.put("short.gguf", SHORT.file)
    app = make_profile()
    [row] = show_models(app, liar, SHORT)
    other = app.context.new_page()
    other.goto(app.page.url)
    other.locator("html[data-ready]").wait_for(state="attached")
    theirs = ModelRow(other, SHORT)
    gate(liar, SHORT, 4)
    row.click("Download")
    wait_at_gate(row, liar, 4)
    theirs.expect("Downloading · in another tab")
    liar.forget()
    kill_tab(browser_process(tmp_path / "profile"), app.page)
    theirs.expect("Ready")
    theirs.expect_identical()
    assert starts(liar.log_of("short.gguf")) == [*range(4 * CHUNK, 10 * CHUNK, CHUNK)]
