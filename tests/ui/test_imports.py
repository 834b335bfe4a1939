"""What Settings, Data shows of another program's export: how far it is, what is in it, what is left out."""

from __future__ import annotations

from collections import Counter

from app.session.archive import Importing
from app.study.archive.merging import Tally
from app.study.imports.reading import Found
from app.ui.parts.data import data
from tests.ui.pages import Element, read, session


def draw(work: Importing) -> Element:
    shown = session()
    shown.archive.importing.set(work)
    return read(data(shown)).one(id="data-import")


def lines(page: Element) -> list[str]:
    return [item.text for item in page.all("li")]


FOUND = Found(Counter(chatgpt=15, claude=2), 40, 3, 1756000000.0, 1772359200.0)


def ready(chats: Tally, found: Found = FOUND) -> Importing:
    return Importing("ready", ("conversations.json",), 1.0, found, chats)


def test_one_button_takes_backups_and_exports_one_file_or_several() -> None:
    shown = session()
    page = read(data(shown)).one(id="data-import")
    field = page.one("input", id="backup-file").attributes
    assert (field["accept"], field["data-on"]) == (".json,.zip,.apkg,.colpkg", "change:archive:open")
    assert "multiple" in field
    assert page.attributes["data-drop"] == "archive:open"
    assert "an export from ChatGPT, Claude or Open WebUI" in page.text
    assert "imports" not in vars(shown), "nothing of it is made before a file was picked"


def test_while_a_file_is_read_there_is_a_bar_and_a_way_to_stop() -> None:
    page = draw(Importing("reading", ("my <export>.zip",), 0.42))
    bar = page.one("progress").attributes
    assert (bar["value"], bar["aria-label"], bar["aria-valuetext"]) == ("0.42", "Reading my <export>.zip…", "42 %")
    assert page.buttons() == ["Choose a file", "Stop"]
    assert draw(Importing("writing", ("a.zip",), 0.5)).one("progress").attributes["aria-label"] == "Importing chats…"


def test_what_was_found_is_told_before_anything_comes_in() -> None:
    page = draw(ready(Tally(new=14, changed=1, same=2)))
    assert page.one(id="importing").attributes["aria-labelledby"] == "imports-title"
    assert page.one(id="imports-title").text == "Chats from ChatGPT and Claude"
    assert lines(page) == [
        "17 chats with 40 messages",
        "24 August 2025 to 1 March 2026",
        "3 pictures in questions",
        "14 new, 1 with new messages, 2 already here",
    ]
    assert page.buttons() == ["Choose a file", "Import", "Cancel"]


def test_what_is_left_out_is_told_with_the_reason() -> None:
    left = Counter(pictures=3, missing=1, files=1, audio=2, hidden=2, tools=1, unknown=1, cut=1, empty=1, unreadable=1)
    found = Found(Counter(chatgpt=1), 2, first=1.0, last=9.0, left=left, has_others=True, is_cut=True)  # type: ignore[arg-type]
    page = draw(ready(Tally(new=1), found))
    assert lines(page)[1:] == [
        "1 January 1970",
        "3 pictures in replies",
        "1 picture that isn't in the file",
        "1 attached file",
        "2 voice recordings; the words come in as text",
        "2 hidden messages, such as instructions or memories",
        "1 internal tool step",
        "1 part of an unknown kind",
        "The end of 1 very long message",
        "1 empty chat",
        "1 chat that can't be read",
        "Projects and memories",
    ]
    assert page.one(role="alert").text == "The file is incomplete or damaged. These are the chats that can be read."


def test_where_all_of_it_is_here_there_is_nothing_to_import() -> None:
    page = draw(ready(Tally(same=17)))
    assert lines(page)[-1] == "Nothing new: you already have all of it."
    assert page.buttons() == ["Choose a file", "Close"]
