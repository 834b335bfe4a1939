"""The list of chats: pinned ones first, then the newest; long ones by parts."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app.session.state import LISTED
from app.study.chats import Chat
from app.ui.parts.chats import chat_list, short_date
from app.ui.words import words
from tests.ui.pages import act, read, session


def test_a_long_list_shows_its_newest_and_unfolds_the_rest() -> None:
    made = session()
    made.state.chats.set(tuple(Chat(f"c{number}", f"Chat {number}") for number in range(LISTED + 5)))
    page = read(chat_list(made))
    assert len(page.all("a")) == LISTED
    button = page.button("Show older chats (5)")
    name, arg = button.attributes["data-on"].removeprefix("click:"), button.attributes.get("data-arg", "")
    act(made, name, arg)
    page = read(chat_list(made))
    assert len(page.all("a")) == LISTED + 5
    assert "chats-older" not in chat_list(made)


def test_the_open_chat_is_listed_and_marked_however_old_it_is_and_whatever_page_is_shown() -> None:
    made = session()
    made.state.chats.set(tuple(Chat(f"c{number}", f"Chat {number}") for number in range(LISTED + 5)))
    made.state.chat.set(made.state.chats()[-1])
    link = read(chat_list(made)).one("a", data_open="")
    assert (link.text, link.attributes["aria-current"]) == (f"Chat {LISTED + 4}", "true")
    made.state.route.set("models")
    assert "aria-current" not in read(chat_list(made)).one("a", data_open="").attributes


def test_a_pinned_chat_stands_above_the_others_and_can_be_let_go() -> None:
    made = session()
    now = made.clock.now()
    made.state.chats.set((Chat("a", "New one", updated=now), Chat("b", "Old one", updated=now - 9, is_pinned=True)))
    found = read(chat_list(made)).all("li")
    assert [item.text.split()[:2] for item in found] == [["Pinned", "Old"], ["Today", "New"]]
    menus = [item.one("div", role="menu") for item in found]
    assert [menu.buttons() for menu in menus] == [
        ["Rename", "Unpin", "Export", "Delete"],
        ["Rename", "Pin", "Export", "Delete"],
    ]
    assert menus[0].attributes["aria-label"] == "Menu of Old one"


def test_renaming_begins_in_the_field_and_can_be_left() -> None:
    made = session()
    made.state.chats.set((Chat("a", "Rivers"),))
    act(made, "chat:rename", "a")
    form = read(chat_list(made)).one("form")
    assert "autofocus" in form.one("input").attributes
    assert form.attributes["data-escape"] == "chat:rename"


NOON = time.mktime((2026, 11, 26, 12, 0, 0, 0, 0, -1))  # a Thursday
HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("ago", "shown"),
    [(0, "12:00"), (12 * HOUR, "00:00"), (13 * HOUR, "Wed"), (5 * DAY, "Sat"), (6 * DAY, "20 Nov"), (-DAY, "27 Nov")],
)
def test_a_date_is_as_short_as_it_is_clear(ago: float, shown: str) -> None:
    assert words(short_date(NOON - ago, NOON)) == shown


def test_the_chats_of_today_stand_above_earlier_ones_each_with_its_date() -> None:
    made = session()
    now = made.clock.now()
    made.state.chats.set((Chat("a", "New one", updated=now), Chat("b", "Old one", updated=now - 9 * DAY)))
    found = read(chat_list(made)).all("li")
    assert [item.text.split()[:2] for item in found] == [["Today", "New"], ["Earlier", "Old"]]
    assert found[0].one("small").text == words(short_date(now, now))
    made.state.chats.set((replace(made.state.chats()[0], updated=now - 9 * DAY), made.state.chats()[1]))
    assert [label.text for label in read(chat_list(made)).all("p", class_="label")] == ["Earlier"]
