"""A reply as a person uses it: its tools, figures and receipt, an opinion that stays, another model, a branch."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App

ASKED = "Why is the sky blue?"


def no_part_is_cut(app: App) -> None:
    """Fault U13: at 1280 px columns of the receipt were clipped. Wide tables of the details scroll by themselves."""
    outside = """() => {
      const log = document.getElementById('log'), { left, right } = log.getBoundingClientRect();
      const is_out = box => box.left < left || box.right > right + 1;
      const shown = one => one.checkVisibility() && !one.closest('.weighed');
      const parts = [...log.querySelectorAll('.foot *')].filter(shown);
      const out = parts.filter(one => is_out(one.getBoundingClientRect())).map(one => one.outerHTML.slice(0, 80));
      return log.scrollWidth > log.clientWidth ? ['it scrolls sideways', ...out] : out;
    }"""
    assert app.page.evaluate(outside) == []


@pytest.mark.warm
def test_a_reply_from_its_first_to_its_last_tool(app: App) -> None:
    app.open("?demo&tokens=40&rate=4000")
    app.settings("Models & Automatic").get_by_role("switch", name="Smart routing").check()
    app.go("Chat")
    expect(app.model).to_contain_text("Automatic")
    app.ask(ASKED)
    reply = app.answers.last

    # One line, whose Details open the rest; one sentence, whose Why? opens the card.
    expect(app.line(reply)).to_contain_text("on this device")
    expect(app.figures(reply)).to_contain_text("Time to first token")
    card = app.why(reply)
    expect(card.get_by_role("table")).to_contain_text("Expected quality")
    expect(reply.get_by_role("button", name="Hide", exact=True)).to_have_attribute("aria-expanded", "true")
    no_part_is_cut(app)
    app.page.set_viewport_size({"width": 390, "height": 800})
    no_part_is_cut(app)
    app.page.set_viewport_size({"width": 1280, "height": 800})
    card.get_by_role("button", name="Close", exact=True).click()
    expect(card).to_have_count(0)
    expect(reply.get_by_role("button", name="Why?", exact=True)).to_be_focused()
    app.line(reply).get_by_role("button", name="Details", exact=True).press("Enter")
    expect(reply.get_by_role("region", name="Details", exact=True)).to_have_count(0)

    # An opinion, which stays.
    good, bad = (reply.get_by_role("button", name=f"{one} answer", exact=True) for one in ("Good", "Bad"))
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")  # what is shown is stored
    app.reload()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(bad).to_have_attribute("aria-pressed", "false")

    # Another model answers the same question; by keyboard, and Esc gives the focus back.
    other = reply.get_by_role("button", name="Answer with another model", exact=True)
    other.press("Enter")
    layer = app.page.get_by_role("dialog", name="Answer with", exact=True)
    expect(layer.get_by_role("option").first).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(layer).to_be_hidden()
    expect(other).to_be_focused()
    other.press("Enter")
    expect(layer.get_by_role("option", selected=True)).to_contain_text("Demo")
    layer.get_by_role("searchbox", name="Find a model").fill("demo")
    expect(layer.get_by_role("option")).to_have_count(1)
    app.page.keyboard.press("Enter")
    expect(reply.locator(".versions")).to_contain_text("2/2")
    app.wait_answered(reply)
    expect(reply.get_by_role("button", name="Why?", exact=True)).to_have_count(0)

    # A branch, which leaves the original as it is.
    app.ask("And at night?")
    app.answers.first.get_by_role("button", name="More", exact=True).press("Enter")
    app.page.get_by_role("menuitem", name="Branch into a new chat", exact=True).press("Enter")
    chats = app.page.get_by_role("list", name="Chats")
    expect(chats).to_contain_text(f"{ASKED} (branch)")
    expect(app.answers).to_have_count(1)
    chats.get_by_role("link", name=ASKED, exact=True).click()
    expect(app.answers).to_have_count(2)
