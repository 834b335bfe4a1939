"""A chat on paper: title, day and who speaks; no controls, nothing cut, white in dark mode too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App

#: Controls, which paper has no use for.
CONTROLS = """() => [...document.querySelectorAll('button, input, select, nav, #composer')]
  .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 80))"""
#: What would leave the paper or be cut.
CUT = """() => [...document.querySelectorAll('.turn :is(p, li, pre, .table, .math[data-display])')]
  .filter(one => one.checkVisibility()
  && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')
  .map(one => one.outerHTML.slice(0, 80))"""
COLOURS = """() => [getComputedStyle(document.body).backgroundColor,
  getComputedStyle(document.querySelector('.turn .prose')).color]"""
SPEAKER = "() => getComputedStyle(document.querySelector('.turn'), '::before').display"


@pytest.mark.warm
def test_a_chat_prints_as_a_clean_page(app: App) -> None:
    app.page.set_viewport_size({"width": 700, "height": 900})
    app.page.emulate_media(color_scheme="dark")
    app.open("?demo&tokens=700&rate=4000")
    app.ask("What is photosynthesis?")
    head = app.page.locator("#print-head")
    expect(head).to_be_hidden()
    app.page.emulate_media(media="print", color_scheme="dark")
    expect(head.get_by_role("heading", name="What is photosynthesis?")).to_be_visible()
    expect(head).to_contain_text("DrLeeLM")
    assert app.page.evaluate(CONTROLS) == []
    assert app.page.evaluate(CUT) == []
    ground, ink = app.page.evaluate(COLOURS)
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert ink == "rgb(31, 33, 36)", "dark words on white, though the page is dark"
    assert app.page.evaluate("() => document.documentElement.scrollHeight > 2 * innerHeight"), "all, not a window of it"
    assert app.page.evaluate(SPEAKER) == "block"
    assert app.page.pdf().startswith(b"%PDF")
