"""The panel of a program, by the keyboard alone, and by the rules of accessibility."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App
from tests.browser.test_axe import violations

ASKS = "name = input('Name? ')\nprint('Hello', name)\nwhile name != 'Ada': pass"


@pytest.mark.warm
def test_a_program_runs_asks_and_is_stopped_by_the_keyboard(app: App, axe: str) -> None:
    app.open("?demo&tokens=190&rate=4000")
    app.ask("Show me some code.")
    page, keys = app.page, app.page.keyboard
    panel = page.get_by_role("complementary", name="Python")
    run, frames = page.get_by_role("button", name="Run", exact=True).last, page.locator("iframe[title=Python]")
    expect(frames).to_have_count(0)
    run.hover()
    expect(frames).to_have_count(1)  # Python starts before the button is pressed
    run.focus()
    keys.press("Enter")
    status = panel.get_by_role("status")
    expect(status).to_have_text(re.compile("Finished"))
    expect(frames).to_have_count(1)
    code = panel.get_by_role("textbox", name="Code")
    code.focus()
    keys.press("ControlOrMeta+a")
    keys.insert_text(ASKS)
    keys.press("Tab")
    keys.press("Enter")
    expect(panel.get_by_role("textbox", name="Name?")).to_be_focused()
    keys.insert_text("Bob")
    keys.press("Enter")
    output = panel.get_by_role("region", name="Output")
    expect(output).to_contain_text("Hello Bob")
    panel.get_by_role("button", name="Stop", exact=True).focus()
    keys.press("Enter")
    expect(status).to_have_text("Stopped")
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    panel.get_by_role("button", name="Copy output").focus()
    keys.press("Enter")
    page.wait_for_function("window.copied === 'Name? Bob\\nHello Bob\\n'")
    found = {}
    for width, scheme in ((1280, "light"), (360, "dark"), (360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found[f"{width}, {scheme}"] = violations(app, axe)
    assert {look: broken for look, broken in found.items() if broken} == {}
