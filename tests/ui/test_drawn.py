"""A part that cannot be drawn says so in its place, and everything else is there (fault D1)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import cast

import pytest

from app.core.html import Html, h
from app.session import Session
from app.session.state import Section
from app.ui import shell
from app.ui.drawn import drawn
from app.ui.mount import mount
from app.ui.pages import settings as settings_page
from app.ui.settings.sections import SECTIONS, SectionRow
from tests.memory import RecordingPage
from tests.ui.pages import read, session
from tests.ui.test_chat_file import FakeTypesetter


def fails() -> Html:
    raise KeyError("size_bytes")


def test_what_can_be_drawn_is_drawn_as_it_is() -> None:
    assert drawn("Costs", "costs", lambda: h("p", "Here")) == h("p", "Here")


def test_the_box_names_the_part_says_what_to_do_and_keeps_its_place() -> None:
    box = read(drawn("Costs", "group-costs", fails, tag="fieldset", reset="settings/costs"))
    part = box.one("fieldset", id="group-costs")
    assert part.text.startswith("This part could not be drawn: Costs.")
    assert "KeyError" in part.one("details").text
    reset = part.button("Reset this part")
    assert (reset.attributes["data-on"], reset.attributes["data-arg"]) == ("click:archive:reset", "settings/costs")
    assert part.one("a").attributes["href"] == "#/settings/data"
    assert read(drawn("Costs", "x", fails)).buttons() == [], "nothing to reset"


@pytest.mark.parametrize(("section", "part"), [(id, part) for id, row in SECTIONS.items() for part in row.parts])
def test_any_part_of_settings_may_fail_and_the_others_are_there(
    section: Section, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = SECTIONS[section]
    broken = replace(row.parts[part], draw=lambda session: fails())
    monkeypatch.setitem(
        cast("dict[Section, SectionRow]", SECTIONS), section, replace(row, parts={**row.parts, part: broken})
    )
    drawn_parts = settings_page.parts(session(), section)
    assert "could not be drawn" in drawn_parts[part]
    assert not [id for id, html in drawn_parts.items() if id != part and "could not be drawn" in html]


@pytest.mark.parametrize("part", ["navigation", "picker", "pill", "notices"])
def test_any_part_of_the_page_may_fail_and_the_others_are_painted(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Session) -> Html:
        return fails()

    monkeypatch.setattr(shell, part, broken)

    async def body() -> None:
        made, page = session(), RecordingPage()
        mount(made, page, FakeTypesetter())
        await made.navigation.go("#/settings/data")
        painted = {id: html for kind, id, html in page.painted if kind == "html"}
        assert len([id for id, html in painted.items() if "could not be drawn" in html]) == 1
        assert "Erase all" in painted["page-settings"]
        assert {"nav", "model", "pill", "notices", "chats", "privacy"} <= painted.keys()
        await made.jobs.join()

    asyncio.run(body())
