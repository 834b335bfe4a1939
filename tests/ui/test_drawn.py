"""A part that cannot be drawn says so in its place, and everything else is there (fault D1)."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.core.html import Html, h
from app.session import Session
from app.ui import shell
from app.ui.drawn import drawn
from app.ui.mount import mount
from app.ui.pages import settings as settings_page
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
    assert part.one("a").attributes["href"] == "#/settings"
    assert read(drawn("Costs", "x", fails)).buttons() == [], "nothing to reset"


@pytest.mark.parametrize("group", list(settings_page.GROUPS))
def test_any_group_of_settings_may_fail_and_the_others_are_there(group: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(settings_page.GROUPS[group], draw=lambda session: fails())
    monkeypatch.setitem(settings_page.GROUPS, group, broken)
    groups = settings_page.groups(session())
    assert "could not be drawn" in groups[group]
    assert not [id for id, html in groups.items() if id != group and "could not be drawn" in html]


@pytest.mark.parametrize("part", ["navigation", "picker", "pill", "notices"])
def test_any_part_of_the_page_may_fail_and_the_others_are_painted(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Session) -> Html:
        return fails()

    monkeypatch.setattr(shell, part, broken)

    async def body() -> None:
        made, page = session(), RecordingPage()
        mount(made, page, FakeTypesetter())
        await made.navigation.go("#/settings")
        painted = {id: html for kind, id, html in page.painted if kind == "html"}
        assert len([id for id, html in painted.items() if "could not be drawn" in html]) == 1
        assert "Erase all" in painted["page-settings"]
        assert {"nav", "model", "pill", "notices", "chats", "privacy"} <= painted.keys()
        await made.jobs.join()

    asyncio.run(body())
