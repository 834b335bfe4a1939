"""The group Data of Settings: every field has a name, and the dangerous button says what will go."""

from __future__ import annotations

from app.core.ports import Shelves
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.archive import Locked
from app.session.loosening import hold_back
from app.study.chats import Chat
from app.ui.parts.data import data
from tests.ui.pages import Element, act, read, session

CHATS = (Chat("a", "The <sky>", path=("t",)), Chat("b", "The sea"))


def made(*rows: Row) -> Session:
    shown = session(*rows)
    shown.state.chats.set(CHATS)
    shown.state.chat.set(CHATS[0])
    return shown


def draw(shown: Session | None = None) -> Element:
    return read(data(shown or made()))


def chosen(field: Element) -> list[str]:
    return [item.text for item in field.all("option") if "selected" in item.attributes]


def test_everything_is_there_by_its_name() -> None:
    page = draw()
    assert page.buttons() == ["Export", "Save backup", "Choose a file", "Check now", "Erase all"]
    assert [item.text for item in page.all("h3")] == ["Export", "Backup", "Import", "Damaged data", "Erase"]


def test_what_and_how_are_kept_as_chosen() -> None:
    shown = made()
    assert chosen(draw(shown).labelled("Which chats")) == ["All chats (2)"]
    assert [item.text for item in draw(shown).labelled("Which chats").all("option")][1] == "This chat: The <sky>"
    act(shown, "archive:choose-what", {"value": "open"})
    act(shown, "archive:choose-kind", {"value": "html"})
    assert chosen(draw(shown).labelled("Which chats")) == ["This chat: The <sky>"]
    assert chosen(draw(shown).labelled("Format")) == ["Web page, to read and print"]


def test_an_empty_chat_is_not_offered_and_nothing_is_no_export() -> None:
    shown = session()
    page = draw(shown)
    assert [item.text for item in page.labelled("Which chats").all("option")] == ["All chats (0)"]
    assert "disabled" in page.button("Export").attributes


def test_a_passphrase_is_asked_for_twice_with_a_plain_warning() -> None:
    shown = made()
    assert draw(shown).all("input", type="password") == []
    act(shown, "archive:choose-seal", True)
    page = draw(shown)
    for name in ("Passphrase", "Repeat passphrase"):
        field = page.labelled(name)
        assert field.attributes["type"] == "password"
        assert "required" in field.attributes
    assert "a lost passphrase can't be recovered" in page.text
    assert page.one("a").attributes["href"] == "static/open-backup.py"


def test_an_encrypted_file_asks_for_its_passphrase_by_its_name() -> None:
    shown = made()
    shown.archive.locked.set(Locked("my <backup>.json", "…"))
    page = draw(shown)
    assert page.labelled("Passphrase for my <backup>.json").attributes["name"] == "passphrase"
    assert page.one("form", id="unlock-form").buttons() == ["Open", "Cancel"]


def test_erasing_asks_and_says_what_goes_and_what_stays() -> None:
    ask = draw(made(Row(Model("m", "M"), Status.READY, 98_000_000))).button("Erase all").attributes["data-ask"]
    assert "2 chats, all settings and lists and 1 model (98 MB)" in ask
    assert "Ollama models stay" in ask


def test_what_an_import_held_back_is_a_list_of_switches_that_are_off() -> None:
    """Fault D3."""
    shown = made()
    assert not draw(shown).all(id="held-form")
    mine: Shelves = {"settings": {"settings": {"is_offline_mode": True}}}
    _, items = hold_back(mine, [("settings", "settings", {"is_api_on": True, "is_offline_mode": False})])
    shown.archive.held.set(items)
    form = draw(shown).one(id="held-form")
    boxes = form.all("input")
    assert [box.attributes["name"] for box in boxes] == ["is_offline_mode", "is_api_on"]
    assert not any("checked" in box.attributes for box in boxes)
    assert {box.attributes["role"] for box in boxes} == {"switch"}
    assert form.labelled("Turn on the local API") == boxes[1]
    assert form.buttons() == ["Apply selected", "Apply none"]
