"""The frame around every page, by keyboard and on a phone's width."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App

DEMO = "?demo&tokens=10&rate=4000&models=5"


def test_the_list_of_models_is_searched_and_walked_by_keyboard_alone(app: App) -> None:
    app.open(DEMO)
    keyboard, field = app.page.keyboard, app.page.get_by_role("searchbox", name="Find a model")
    app.model.focus()
    keyboard.press("Enter")
    expect(field).to_be_focused()
    options = app.open_models()
    expect(options).to_have_count(6)
    keyboard.type("demo")
    expect(options).to_have_count(1)
    keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    keyboard.press("Enter")
    expect(field).to_be_hidden()
    expect(app.model).to_be_focused()
    keyboard.press("Enter")
    expect(options).to_have_count(6)
    expect(field).to_have_value("")
    keyboard.press("Escape")
    expect(app.model).to_be_focused()
    expect(app.model).to_have_attribute("aria-expanded", "false")


def test_on_a_narrow_page_the_rail_is_a_drawer(make_app: MakeApp) -> None:
    app = make_app(viewport={"width": 390, "height": 844})
    app.open(DEMO)
    menu = app.page.get_by_role("button", name="Menu", exact=True)
    rail = app.page.get_by_role("navigation", name="Main")
    expect(rail).to_be_hidden()
    menu.click()
    expect(rail.get_by_role("list", name="Chats")).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(rail).to_be_hidden()
    expect(menu).to_be_focused()
    app.go("Models")
    expect(rail).to_be_hidden()
    expect(app.page.get_by_role("heading", name="Local Models")).to_be_visible()
    app.new_chat()
    expect(app.page.get_by_role("textbox", name="Message")).to_be_visible()
    assert app.page.evaluate("document.documentElement.scrollWidth") == 390


def test_keys_open_a_chat_search_and_edit_and_the_focus_is_never_lost(app: App) -> None:
    app.open(DEMO)
    app.ask("Which planet is the largest?")
    keyboard, message = app.page.keyboard, app.page.get_by_role("textbox", name="Message", exact=True)
    message.focus()
    keyboard.press("ArrowUp")
    field = app.page.get_by_role("textbox", name="Edit message")
    expect(field).to_be_focused()
    keyboard.press("Escape")
    expect(field).to_have_count(0)
    assert app.page.evaluate("document.activeElement.closest('article')?.dataset.role") == "user"
    keyboard.press("Control+k")
    expect(app.page.get_by_role("searchbox", name="Search chats")).to_be_focused()
    chat = app.page.get_by_role("list", name="Chats").get_by_role("link").first
    chat.hover()
    app.pick("Menu of Which planet", "Rename")
    title = app.page.get_by_role("textbox", name="Chat title")
    expect(title).to_be_focused()
    title.fill("Planets")
    keyboard.press("Enter")
    expect(chat).to_have_text("Planets")
    expect(chat).to_be_focused()
    keyboard.press("Control+Shift+O")
    expect(app.answers).to_have_count(0)
    expect(message).to_be_focused()
