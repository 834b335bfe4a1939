"""What is chosen for one chat: in the bar, and in its sheet."""

from __future__ import annotations

from dataclasses import replace

from app.core.persona import Persona
from app.ui.parts.options import options_sheet
from app.ui.shell import chat_tools
from tests.ui.pages import act, read, session

COACH = Persona("p1", "Coach", "Cheer.", "Cheers.")


def test_the_bar_shows_only_what_differs_from_settings() -> None:
    made = session()
    assert not read(chat_tools(made)).all(id="chat-options")
    chat = made.state.chat()
    made.state.chat.set(replace(chat, persona=COACH, temperature=0.2, think=False))
    chip = read(chat_tools(made)).one(id="chat-options")
    assert chip.text == "Coach · temperature 0.2 · reasoning off"
    assert chip.attributes["aria-label"] == f"Chat settings: {chip.text}"


def test_the_sheet_offers_every_persona_and_one_that_is_gone() -> None:
    made = session()
    act(made, "options:open", "")
    sheet = read(options_sheet(made))
    names = [item.text for item in sheet.all("strong")]
    assert names[:3] == ["No persona", "Explain simply", "Tutor"]
    assert sheet.one(id="persona-none").attributes["checked"] == ""
    assert sheet.labelled("Reasoning").one("option", value="").text == "As in Settings: on"
    made.state.chat.set(replace(made.state.chat(), persona=COACH, think=True, temperature=1.5))
    sheet = read(options_sheet(made))
    assert [item.text for item in sheet.all("strong")][:2] == ["No persona", "Coach"]
    assert sheet.one(id="persona-p1-about").text == "No longer in your list. This chat goes on with it."
    assert "checked" in sheet.one(id="persona-p1").attributes
    assert "selected" in sheet.labelled("Reasoning").one("option", value="on").attributes
    assert sheet.labelled("Temperature").attributes["value"] == "1.5"
