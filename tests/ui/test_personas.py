"""The list of personas in Settings, and the sheet of one."""

from __future__ import annotations

from app.core.html import Html
from app.ui.parts.personas import persona_sheet, personas_section
from tests.ui.pages import act, read, session


def test_ones_own_are_changed_and_deleted_and_those_that_come_along_are_copied() -> None:
    made = session()
    form = {"arg": "", "name": "Coach", "about": "Cheers.", "instructions": "Cheer."}
    act(made, "personas:save", form)
    listed = read(personas_section(made))
    assert [item.text for item in listed.all("p", class_="name")][:2] == ["Coach", "Explain simply"]
    own, other = (item.one(role="menu") for item in listed.all("li")[:2])
    assert own.buttons() == ["Start a chat", "Edit", "Duplicate", "Export", "Delete"]
    assert other.buttons() == ["Start a chat", "Show", "Duplicate", "Export"]
    assert listed.button("Export mine").attributes["data-arg"] == ""

    [coach] = made.personas.own()
    written = read(persona_sheet(made, coach.id) or Html(""))
    assert written.labelled("Instructions").text == "Cheer."
    assert written.one("form").attributes["data-arg"] == coach.id
    shown = read(persona_sheet(made, "built-in:proof") or Html(""))
    assert not shown.all("form")
    assert "can't be changed" in shown.text
    assert read(persona_sheet(made, "") or Html("")).labelled("Name").attributes["value"] == ""
    assert persona_sheet(made, "gone") is None


def test_without_ones_own_there_is_nothing_to_export() -> None:
    assert read(personas_section(session())).buttons()[-2:] == ["New persona", "Import"]
