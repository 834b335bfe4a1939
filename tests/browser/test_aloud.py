"""A reply is read aloud: by keyboard, while it streams, with a pause, on a phone, and with what may not leave kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App, wait_until
from tests.browser.speech import AMY, GOOGLE, hold, let_go, speech, spoken
from tests.browser.test_axe import violations

BEGINNING = [
    "Photosynthesis in one page",
    "Plants turn light, water and carbon dioxide into sugar and oxygen.",
    "Two stages do the work:",
    "1. The light reactions split water and store energy.",
    "2. The Calvin cycle uses that energy to build sugar.",
    "Stage, Place, Needs, Gives.",
]


def sentences(app: App) -> list[str]:
    """What was read, in order."""
    return [str(one[0]) for one in spoken(app)]


@pytest.mark.warm
def test_a_reply_is_read_aloud(app: App, axe: str) -> None:
    app.page.set_viewport_size({"width": 390, "height": 800})
    app.page.add_init_script(speech(AMY, GOOGLE))
    app.open("?demo&tokens=130&rate=400")
    page = app.page
    bar = page.get_by_role("region", name="Reading aloud", exact=True)
    pause, resume = (bar.get_by_role("button", name=f"{one} reading", exact=True) for one in ("Pause", "Resume"))

    # While it streams; a pause, and the sentence from its beginning, faster.
    page.get_by_role("button", name="Chat options", exact=True).click()
    hold(app)
    page.get_by_role("menuitemcheckbox", name="Read replies aloud", exact=True).press("Enter")
    reply = app.send("Hello!")
    expect(bar).to_contain_text("This voice works offline.")
    wait_until(page, lambda: spoken(app))
    assert spoken(app) == [[BEGINNING[0], "amy", "en-GB", 1]]
    app.wait_answered(reply)
    assert violations(app, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    pause.press("Enter")
    expect(resume).to_be_focused()
    bar.get_by_role("combobox", name="Reading speed", exact=True).select_option("1.5")
    resume.press("Enter")
    wait_until(page, lambda: len(spoken(app)) > 1)
    assert spoken(app)[1] == [BEGINNING[0], "amy", "en-GB", 1.5]
    let_go(app)
    expect(bar).to_have_count(0)
    said = sentences(app)[1:]
    assert said[: len(BEGINNING)] == BEGINNING
    assert "A formula." in said
    assert "Code, 3 lines." in said
    assert len(said) == len(set(said)), "each once"

    # By the menu of a reply; a voice that sends the text is named, and off in Offline Mode.
    hold(app)
    reply.get_by_role("button", name="More", exact=True).press("Enter")
    page.get_by_role("menuitem", name="Read aloud", exact=True).press("Enter")
    voice = bar.get_by_role("combobox", name="Voice", exact=True)
    voice.select_option("google")
    expect(bar).to_contain_text("This voice sends the text to Google.")
    app.settings("Privacy & offline").get_by_role("switch", name="Offline Mode").check()
    app.go("Chat")
    let_go(app)
    expect(bar).to_have_count(0)
    assert {str(one[1]) for one in spoken(app)[-5:]} == {"amy"}
    assert sum(one[1] == "google" for one in spoken(app)) == 1
