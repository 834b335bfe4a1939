"""Settings in the real page: one section at a time by its address, the search, the size of the text, a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App
from tests.browser.states import SECTIONS

pytestmark = pytest.mark.warm

MOST_HIGH = 2500  # CSS pixels of a section at a width of 1280
FONT = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
HEIGHT = "() => document.getElementById('settings-section').offsetHeight"


def test_every_section_has_its_address_and_the_search_leads_to_a_setting(app: App) -> None:
    page = app.page
    page.set_viewport_size({"width": 1280, "height": 800})
    app.open("?demo&models=5#/settings/nonsense")
    expect(page.get_by_role("group", name="General", exact=True)).to_be_visible()
    high = {}
    for id, name in SECTIONS.items():
        app.settings(name)
        assert page.url.endswith(f"#/settings/{id}")
        high[name] = page.evaluate(HEIGHT)
    assert {name: height for name, height in high.items() if height > MOST_HIGH} == {}
    page.go_back()
    expect(page.get_by_role("group", name="General", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("group", name="Advanced", exact=True)).to_be_visible()

    page.get_by_role("searchbox", name="Search settings").fill("reason")
    found = page.get_by_role("list", name="Settings found").get_by_role("link")
    expect(found.first).to_have_text("Reasoning" + "Chat")
    found.first.click()
    reasoning = page.get_by_role("switch", name="Reasoning", exact=True)
    expect(reasoning).to_be_focused()
    expect(reasoning).to_be_checked()
    page.locator("#row-set-think").click(position={"x": 40, "y": 45})  # the whole row is the target
    expect(reasoning).not_to_be_checked()

    page.get_by_role("searchbox", name="Search settings").fill("")
    app.settings("General").get_by_label("Text size").select_option("Larger")
    expect(page.locator("html")).to_have_attribute("data-text", "larger")
    assert page.evaluate(FONT) == 20
    app.reload(ready=False)
    assert page.locator("html").get_attribute("data-text") == "larger", "before Python is there"
    app.wait_ready()
    expect(page.get_by_label("Text size")).to_have_value("larger")
    app.check()


def test_on_a_phone_index_and_section_are_two_pages(app: App) -> None:
    page = app.page
    page.set_viewport_size({"width": 390, "height": 800})
    app.open("?demo#/settings")
    index, data = page.get_by_role("navigation", name="Sections"), page.get_by_role("group", name="Data", exact=True)
    expect(index.get_by_role("link", name="Chat")).to_contain_text("Reasoning is on")
    expect(page.get_by_role("group", name="General", exact=True)).to_be_hidden()
    index.get_by_role("link", name="Data").press("Enter")
    expect(data).to_be_visible()
    expect(index).to_be_hidden()
    data.get_by_role("link", name="Settings", exact=True).click()
    expect(index.get_by_role("link", name="Data")).to_be_focused()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    app.check()


def test_a_persona_is_made_chosen_for_a_chat_and_deleted(app: App) -> None:
    page = app.page
    app.open("?demo&tokens=10#/settings/chat")
    page.get_by_role("button", name="New persona").click()
    form = page.get_by_role("dialog", name="New persona")
    form.get_by_role("textbox", name="Name").fill("Coach")
    form.get_by_role("textbox", name="Instructions").fill("Cheer.")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    app.pick("Menu of Coach", "Start a chat")
    chip = page.get_by_role("button", name="Chat settings: Coach")
    expect(chip).to_have_text("Coach")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    answer = app.send("Hello")
    app.wait_answered(answer)
    expect(app.figures(answer).get_by_text("Persona: Coach")).to_be_visible()

    chip.click()
    chosen = page.get_by_role("dialog", name="Chat settings")
    expect(chosen.get_by_role("radio", name="Coach")).to_be_checked()
    chosen.get_by_role("radio", name="Coach").press("ArrowDown")
    expect(chosen.get_by_role("radio", name="Explain simply")).to_be_checked()
    chosen.get_by_label("Reasoning").select_option("Off")
    app.close_sheet()
    expect(page.locator("#chat-options")).to_have_text("Explain simply · reasoning off")

    app.reload()
    expect(page.locator("#chat-options")).to_have_text("Explain simply · reasoning off")
    app.find("coach").filter(has_text="Persona").click()
    expect(chip).to_have_text("Coach")
    app.settings("Chat")
    app.pick("Menu of Coach", "Delete")
    expect(page.get_by_role("button", name="Menu of Coach")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Menu of Coach")).to_be_visible()
    app.check()
