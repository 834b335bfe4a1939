"""The list of chats: newest first, long ones by parts."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app.session.state import LISTED
from app.study.chats import Chat
from app.ui.pages.chat import chat_list, short_date
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


def test_a_search_looks_into_all_of_them() -> None:
    made = session()
    made.state.chats.set(tuple(Chat(f"c{number}", f"Chat {number}") for number in range(LISTED + 5)))
    made.state.found.set(frozenset({f"c{LISTED + 4}"}))
    assert [link.text for link in read(chat_list(made)).all("a")] == [f"Chat {LISTED + 4}"]


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
