"""The page in German: from its first paint on, by the browser, by the address and by choice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.browser.states import SECTIONS
from tests.browser.test_axe import violations

#: what was painted before the page's own module ran, and what stood there in English at any time
FIRST_WORDS = """
  const seen = window.seenInShell = [];
  new MutationObserver(() => {
    const button = document.getElementById('new-chat');
    if (button && seen.at(-1) !== button.textContent.trim()) seen.push(button.textContent.trim());
  }).observe(document, { childList: true, subtree: true, characterData: true });
"""


def test_german_from_the_first_paint_and_another_language_at_once(make_app: MakeApp) -> None:
    app = make_app(locale="de-AT", service_workers="block")
    page = app.page
    page.add_init_script(FIRST_WORDS)
    app.open("?demo")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("textbox", name="Nachricht")).to_be_visible()
    expect(page.get_by_role("button", name="Senden")).to_be_attached()
    assert page.evaluate("seenInShell.at(-1)").startswith("Neuer Chat"), "never painted in English"
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


#: What does not fit at this width: text that is cut though nothing says that it may be, controls that lie over each
#: other, a page that is wider than the window. Names of models and chats end in "…" on purpose.
MISFITS = """() => {
  const found = [], seen = element => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const told = element => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}`
    + ` "${(element.textContent || element.ariaLabel || '').trim().slice(0, 50)}"`;
  const elements = [...document.body.querySelectorAll('*')].filter(seen);
  for (const element of elements) {
    const style = getComputedStyle(element);
    const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!hasText || style.textOverflow === 'ellipsis' || element.clientWidth <= 1 || element.closest('svg')) continue;
    if (style.overflowX !== 'visible' && !['auto', 'scroll'].includes(style.overflowX)
        && element.scrollWidth > element.clientWidth + 1) found.push('cut: ' + told(element));
  }
  const at = element => element.getBoundingClientRect(), skipped = '.visually-hidden, .skip, #composer, header, svg';
  const controls = elements.filter(element => element.matches('button, a[href], select, input, summary')
    && !element.closest(skipped) && at(element).width > 1 && at(element).height > 1);
  for (const [index, one] of controls.entries()) for (const other of controls.slice(index + 1)) {
    if (one.contains(other) || other.contains(one)) continue;
    const [a, b] = [at(one), at(other)], [left, top] = [Math.max(a.left, b.left), Math.max(a.top, b.top)];
    const wide = Math.min(a.right, b.right) - left, high = Math.min(a.bottom, b.bottom) - top;
    if (wide > 2 && high > 2) found.push(`over each other: ${told(one)} and ${told(other)}`);
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`wider than the window: ${scrollWidth}`);
  return found;
}"""


def faults(app: App, axe: str, *routes: str) -> list[str]:
    """What does not fit on these pages, and what axe-core finds to fault."""
    found = []
    for route in routes:
        app.page.evaluate("hash => { location.hash = hash; }", route)
        app.wait_ready()
        page = route[2:].partition("/")[0]
        app.page.locator(f"#page-{page}:not([hidden]) :is(h1, h2)").first.wait_for(state="attached")
        found += [f"{route}: {fault}" for fault in (*app.page.evaluate(MISFITS), *violations(app, axe))]
    return found


@pytest.mark.warm
def test_german_fits_a_phone(app: App, axe: str) -> None:
    app.page.set_viewport_size({"width": 390, "height": 844})
    app.open("?demo&lang=de")
    assert faults(app, axe, "#/chat", "#/library", "#/models", "#/settings") == []


@pytest.mark.slow
def test_german_fits_a_phone_on_every_page(make_app: MakeApp, axe: str) -> None:
    app = make_app(locale="de-DE", viewport={"width": 390, "height": 844})
    app.open("?demo")
    assert faults(app, axe, *(f"#/settings/{section}" for section in SECTIONS)) == []
