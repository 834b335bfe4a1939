"""A gigabyte into Ollama: it goes past the page, not through it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.measure import Browser
from tests.bench.memory import used, watching
from tests.browser.conftest import MakeProfile
from tests.browser.driver import LIMIT_MS
from tests.browser.test_ollama import article, connect, region
from tests.ollama.gguf import make_gguf
from tests.ollama.stand_in import StandIn

GIGABYTE = 1_000_000_000
MOST_GROWTH = 150_000_000


@pytest.mark.slow
def test_a_file_of_a_gigabyte_is_imported_without_passing_through_the_page(
    make_profile: MakeProfile, tmp_path: Path
) -> None:
    file = tmp_path / "big.gguf"
    whole = make_gguf({"general.architecture": "llama", "llama.context_length": 2048}, weights=GIGABYTE // 4)
    file.write_bytes(whole[:-GIGABYTE] + bytes(range(250)) * (GIGABYTE // 250))
    with StandIn() as server:
        app = make_profile()
        connect(app, server)
        browser = Browser(app.context, tmp_path / "profile")
        browser.settle()
        before = max(used(browser.process)[1])
        with app.page.expect_file_chooser() as chooser:
            region(app).get_by_role("button", name="Import a GGUF into Ollama").click()
        chooser.value.set_files(file)
        form = region(app).locator("form", has=app.page.get_by_role("button", name="Import", exact=True))
        form.get_by_label("Name", exact=True).fill("big:1b")
        form.get_by_label("Chat template").select_option("chatml")
        with watching(browser.process) as peak:
            form.get_by_role("button", name="Import", exact=True).click()
            app.go("Chat")  # the page goes on working meanwhile
            expect(app.page.get_by_role("textbox", name="Message")).to_be_visible()
            app.go("Models")
            active = article(app, "big:1b").get_by_role("button", name="Active", exact=True)
            expect(active).to_be_visible(timeout=2 * LIMIT_MS)
        assert peak.renderer - before < MOST_GROWTH
