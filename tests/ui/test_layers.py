"""What lies over the page is opened when it is asked for, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.commands import Sheet
from app.core.errors import StaysHere
from app.core.html import h
from app.core.running import ProgramFile
from app.core.signals import Effect, Signal
from app.session.notices import Shown
from app.study.programs import RunShown
from app.ui import layers, sheets, shell
from app.ui.parts.run import LEFT
from app.ui.prose import Prose
from tests.adapters import PlainTypesetter
from tests.memory import RecordingPage
from tests.ui.pages import session


def test_a_sheet_is_opened_once_each_time_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    rate, page, made = Signal(1), RecordingPage(), session()
    monkeypatch.setattr(
        sheets, "draw", lambda _session, _prose, what: h("p", f"{what} {rate()} MB/s") if rate() else None
    )
    effect = Effect(layers.SheetLayer(made, page, Prose(page, made.notices, PlainTypesetter())).paint)

    def opened() -> list[bool]:
        found = [one.is_open for one in page.commands if isinstance(one, Sheet)]
        page.commands.clear()
        return found

    opened()
    made.navigation.sheet("model/a")
    assert opened() == [True]
    rate.set(2)
    assert opened() == [], "a person may just be shutting it"
    assert any("model/a 2 MB/s" in html for _, _, html in page.painted)
    made.navigation.sheet("model/a")
    assert opened() == [True], "asked for again before the page has told that it was shut"
    rate.set(0)
    assert opened() == [False], "what is gone shuts it"
    rate.set(3)
    made.navigation.sheet("")
    assert opened()[-1] is False
    effect.stop()


def test_what_goes_wrong_in_a_sheet_is_told_in_it_and_on_the_page_once_it_is_shut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page, made = RecordingPage(), session()
    monkeypatch.setattr(sheets, "draw", lambda _session, _prose, what: h("p", what))
    made.notices.show(Shown("before", "Read 3 documents."))
    effect = Effect(layers.SheetLayer(made, page, Prose(page, made.notices, PlainTypesetter())).paint)
    made.navigation.sheet("writing")
    made.notices.error(StaysHere())
    in_sheet = next(html for how, id, html in reversed(page.painted) if id == "sheet-notices")
    assert "Read 3 documents." not in in_sheet
    assert str(in_sheet).count('class="notice"') == 1
    assert str(shell.notices(made)).count('class="notice"') == 1
    made.navigation.sheet("")
    assert str(shell.notices(made)).count('class="notice"') == 2
    effect.stop()


def test_what_a_program_has_left_is_drawn_when_it_changes_and_not_with_everything_else() -> None:
    page, made = RecordingPage(), session()
    shown = RunShown(1, made.state.chat().id, "", "1", files=(ProgramFile("a.txt", "eA=="),))
    made.state.running.set(shown)
    effect = Effect(layers.SourceLayer(made, page).paint)

    def drawn() -> int:
        count = len([one for one in page.painted if one[1] == LEFT])
        page.painted.clear()
        return count

    assert drawn() == 1
    made.state.running.set(replace(shown, restarts=True))
    assert drawn() == 0
    made.state.running.set(replace(shown, files=()))
    assert drawn() == 1
    made.state.running.set(replace(shown, number=2))
    assert drawn() == 1
    effect.stop()
