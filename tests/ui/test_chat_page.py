"""The list of chats: newest first, long ones by parts."""

from __future__ import annotations

from app.session.state import LISTED
from app.study.chats import Chat
from app.ui.pages.chat import chat_list
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
