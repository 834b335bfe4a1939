"""The model button and its list."""

from __future__ import annotations

from dataclasses import replace

from app.core.html import join
from app.core.places import Place
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui import shell
from app.ui.model_choice import options
from app.ui.parts.picker import model_list
from tests.ui.pages import Element, read, session

READY = Row(Model("tiny", "Tiny", format="gguf", size_bytes=100_000_000), Status.READY, 100_000_000)
ABSENT = Row(Model("gemma", "Gemma", format="gguf", size_bytes=2_000_000_000), Status.NOT_DOWNLOADED, 0)
AWAY = Model("cloud:openai:gpt", "GPT", where="sent to OpenAI", place=Place.CLOUD)


def shown(made: Session) -> dict[str, Element]:
    """The options of the list, by the names of their models."""
    return {one.one("strong").text: one for one in read(model_list(made)).all(role="option")}


def test_the_button_names_the_model_and_says_whether_its_list_is_open() -> None:
    made = session(READY, ABSENT)
    button = read(shell.picker(made)).one("button")
    assert button.text == "Tiny on this device"
    assert (button.attributes["role"], button.attributes["aria-expanded"]) == ("combobox", "false")
    made.state.finding_model.set("")
    assert read(shell.picker(made)).one("button").attributes["aria-expanded"] == "true"


def test_a_model_that_can_answer_is_chosen_by_its_option() -> None:
    tiny = shown(session(READY, ABSENT))["Tiny"]
    assert tiny.attributes["aria-selected"] == "true"
    assert (tiny.attributes["data-on"], tiny.attributes["data-arg"]) == ("click:models:choose", "tiny")
    assert "aria-disabled" not in tiny.attributes


def test_one_that_cannot_says_why_and_leads_to_what_helps() -> None:
    gemma = shown(session(READY, ABSENT))["Gemma"]
    assert gemma.attributes["aria-disabled"] == "true"
    assert gemma.one("small").text == "2.0 GB · not on this device yet"
    assert (gemma.attributes["data-on"], gemma.attributes["data-arg"]) == ("click:page:visit", "#/models")


def test_in_a_private_chat_a_model_elsewhere_stays_and_does_nothing() -> None:
    made = session(READY)
    made.state.cloud.set((AWAY,))
    made.state.chat.set(replace(made.state.chat(), is_private=True))
    gpt = shown(made)["GPT"]
    assert "this chat is private" in gpt.text
    assert gpt.attributes["aria-disabled"] == "true"
    assert "data-on" not in gpt.attributes


def test_the_search_holds_all_words_in_name_and_facts_and_says_where_nothing_fits() -> None:
    made = session(READY, ABSENT)
    made.state.finding_model.set("gem  DEVICE")
    assert list(shown(made)) == ["Gemma"]
    made.state.finding_model.set("llama")
    found = read(model_list(made))
    assert found.all(role="option") == []
    assert found.one("div", role="listbox").text == "No models found."


def test_groups_are_named_and_lists_in_settings_hold_the_same() -> None:
    made = session(READY, ABSENT)
    listed = read(model_list(made))
    group = listed.one(role="group")
    assert listed.one(id=group.attributes["aria-labelledby"]).text == "In this browser"
    made_options = read(join(*options(made, "tiny", "x"))).all("option")
    assert [one.attributes["value"] for one in made_options] == ["tiny", "gemma"]
    assert "disabled" in made_options[1].attributes
