"""The search over everything: its kinds, their order, and what each result does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.core.finding import Query, Rank
from app.core.html import join
from app.core.places import Place
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.study.chats import Chat
from app.study.finding import Found, Hit
from app.ui.parts.findable import ready
from app.ui.parts.search import listbox, sections, told
from app.ui.words import current, tables
from app.ui.words.language import Language
from tests.ui.pages import Element, read, session

READY = Row(Model("tiny", "Tiny", format="gguf", size_bytes=100_000_000), Status.READY, 100_000_000)
ABSENT = Row(Model("gemma", "Gemma", format="gguf", size_bytes=2_000_000_000), Status.NOT_DOWNLOADED, 0)
CHATS = (Chat("c1", "Rivers of Europe", path=("t1", "t2")), Chat("c2", "Secret river", is_private=True))


@pytest.fixture
def made() -> Session:
    """A session with two models and two chats."""
    made = session(READY, ABSENT)
    made.state.chats.set(CHATS)
    return made


def page(made: Session, typed: str, *hits: Hit, is_whole: bool = True) -> Element:
    """The list and the line below it."""
    found = Found(Query.of(typed), hits, is_whole)
    shown = sections(made, found)
    return read(join(listbox(found, shown), told(found, shown)))


def groups(page: Element) -> list[str]:
    """The names of the groups."""
    return [page.one(id=one.attributes["aria-labelledby"]).text for one in page.all(role="group")]


def written(element: Element) -> str:
    """The words in it, marked or not."""
    return "".join(one if isinstance(one, str) else written(one) for one in element.children)


def does(page: Element) -> Iterator[tuple[str, str, str]]:
    """Each option: its name, and what it does."""
    for one in page.all(role="option"):
        yield (
            written(one.one("strong")),
            one.attributes["data-on"].removeprefix("click:"),
            one.attributes.get("data-arg", ""),
        )


def models(page: Element) -> list[tuple[str, str, str]]:
    """What is found of models."""
    return [one for one in does(page) if one[1] != "page:visit"]


def test_before_anything_is_typed_it_offers_the_latest_chats_and_common_actions(made: Session) -> None:
    shown = page(made, "")
    assert groups(shown) == ["Recent chats", "Actions"]
    assert list(does(shown)) == [
        ("Rivers of Europe", "page:visit", "#/chat/c1"),
        ("New chat", "chat:new", ""),
        ("Add a model by its address", "page:sheet", "add/address"),
        ("Keyboard shortcuts", "keys", ""),
    ]
    assert shown.one(role="status").text == ""
    made.state.chat.set(CHATS[1])
    assert "Secret river" in [name for name, _, _ in does(page(made, ""))], "a private chat, while it is open"


def test_each_kind_is_found_and_the_best_comes_first(made: Session) -> None:
    shown = page(made, "model")
    assert groups(shown)[0] == "Pages"
    assert next(does(shown)) == ("Models", "page:visit", "#/models")
    assert ("Default model", "page:visit", "#/settings/automatic/default-model") in list(does(shown))
    assert ("Add a model by its address", "page:sheet", "add/address") in list(does(shown))
    assert next(does(page(made, "theme"))) == ("Theme", "page:visit", "#/settings/general/set-theme")
    assert next(does(page(made, "dark colors"))) == ("Theme", "page:visit", "#/settings/general/set-theme"), "its words"
    assert next(does(page(made, "offl"))) == ("Offline Mode", "page:visit", "#/settings/privacy/offline-mode")


def test_a_model_is_used_or_looked_at(made: Session) -> None:
    assert models(page(made, "gemma")) == [("Gemma", "page:sheet", "model/gemma")]
    made.state.rows_at_rest.set((READY, replace(ABSENT, status=Status.READY)))
    assert models(page(made, "gemma")) == [
        ("Gemma", "models:choose", "gemma"),
        ("Gemma", "page:sheet", "model/gemma"),
    ]
    assert models(page(made, "use gemma")) == [("Gemma", "models:choose", "gemma")], "what it does is found, too"
    away = Model("cloud:openai:gpt", "GPT", where="sent to OpenAI", place=Place.CLOUD)
    made.state.cloud.set((away,))
    assert next(does(page(made, "gpt")))[1:] == ("models:choose", "cloud:openai:gpt")
    made.state.chat.set(replace(made.state.chat(), is_private=True))
    assert models(page(made, "gpt")) == [], "in a private chat it cannot be used"


def test_a_long_catalogue_is_found_whole(made: Session) -> None:
    made.state.rows_at_rest.set(
        tuple(replace(ABSENT, model=replace(ABSENT.model, id=f"m{at}", name=f"Model {at}")) for at in range(80))
    )
    assert list(does(page(made, "model 79"))) == [("Model 79", "page:sheet", "model/m79")]


def test_a_chat_is_opened_where_the_words_are_and_they_are_marked(made: Session) -> None:
    shown = page(made, "danúbe EUROPE", Hit("c1", Rank.TEXT, "t2", "The Danube flows east."), Hit("gone", Rank.TEXT))
    [option] = shown.all(role="option")
    assert (option.attributes["data-arg"], option.attributes["id"]) == ("#/chat/c1/t2", "found-chat-c1")
    assert [mark.text for mark in option.all("mark")] == ["Europe", "Danube"]
    assert shown.one(role="listbox").attributes["data-for"] == "danúbe EUROPE"
    assert shown.one(role="status").text == "1 result."
    titled = Hit("c1", Rank.NAME)
    assert next(does(page(made, "rivers", titled))) == ("Rivers of Europe", "page:visit", "#/chat/c1")


def test_what_can_be_done_with_the_open_chat_is_found_but_not_what_takes_it_away(made: Session) -> None:
    made.state.chat.set(CHATS[0])
    assert next(does(page(made, "rename"))) == ("Rename", "chat:rename", "c1")
    assert next(does(page(made, "print"))) == ("Print", "print", "")
    assert "chat:delete" not in [action for _, action, _ in does(page(made, "delete"))]
    made.state.route.set("models")
    assert "chat:rename" not in [action for _, action, _ in does(page(made, "rename"))]


def test_where_nothing_is_found_or_not_all_is_read_it_says_so(made: Session) -> None:
    nothing = page(made, "<xyzzy>")
    assert nothing.one(role="listbox").children == []
    assert nothing.one(role="status").text == "No results for “<xyzzy>”."
    assert "class" not in nothing.one(role="status").attributes
    assert page(made, "xyzzy", is_whole=False).one(role="status").text == "Older chats are still being read."
    some = page(made, "theme", is_whole=False).one(role="status")
    assert some.text.endswith("Older chats are still being read.")
    assert page(made, "theme").one(role="status").attributes["class"] == "visually-hidden"


def test_what_the_first_words_need_is_there_before_they_are_typed(made: Session) -> None:
    asyncio.run(ready(made))
    assert made.state.personas() == ()


def test_in_german(made: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    german = Language("de", tables[0], current())
    monkeypatch.setattr("app.ui.words.current", lambda: german)  # not told to the pages of other tests
    assert groups(page(made, "")) == ["Letzte Chats", "Aktionen"]
    [theme, *_] = does(page(made, "aussehen"))
    assert theme == ("Design", "page:visit", "#/settings/general/set-theme")
    assert next(does(page(made, "textgrosse")))[2] == "#/settings/general/set-text-size", "as if it had an umlaut"
