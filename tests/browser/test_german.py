"""The page in German: from its first paint on, by the browser, by the address and by choice."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import MakeApp

#: what was painted before the page's own module ran, and what stood there in English at any time
FIRST_WORDS = """
  const seen = window.seenInShell = [];
  new MutationObserver(() => {
    const button = document.getElementById('new-chat');
    if (button && seen.at(-1) !== button.textContent.trim()) seen.push(button.textContent.trim());
  }).observe(document, { childList: true, subtree: true, characterData: true });
"""


def test_german_from_the_first_paint_and_another_language_at_once(make_app: MakeApp) -> None:
    app = make_app(locale="de-AT")
    page = app.page
    page.add_init_script(FIRST_WORDS)
    app.open("?demo")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("textbox", name="Nachricht")).to_be_visible()
    expect(page.get_by_role("button", name="Senden")).to_be_attached()
    assert page.evaluate("seenInShell.at(-1)") == "Neuer Chat", "never painted in English"
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1

    page.goto(f"{app.url}?demo#/settings")
    choice = page.get_by_role("combobox", name="Sprache")
    choice.focus()
    choice.select_option(label="English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("combobox", name="Language")).to_be_focused()
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()
    page.evaluate("window.isSamePage = true")
    page.get_by_role("combobox", name="Language").select_option(label="Deutsch")
    expect(page.get_by_role("navigation", name="Hauptmenü")).to_be_attached()
    assert page.evaluate("window.isSamePage"), "without a reload"

    page.get_by_role("combobox", name="Sprache").select_option(label="English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    app.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()

    app.open("?demo&lang=de")
    expect(page.get_by_role("textbox", name="Nachricht")).to_be_visible()
    app.open("?demo&lang=tlh")
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
