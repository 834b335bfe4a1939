"""What the Library says of finding by meaning, and the sheet with the models."""

from __future__ import annotations

from app.core.cards import ModelCard
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session.vector_queue import Making
from app.ui.parts.meaning import meaning_line, meaning_sheet
from app.ui.parts.notebooks import notebooks_row
from tests.test_session_meaning import JUDGE, OTHER, SMALL, World, meant
from tests.ui.pages import read

FIRST = {"sweet_txt": b"Glucose is sweet."}


def line(world: World, making: Making) -> str:
    world.meaning.making.set(making)
    return str(read(meaning_line(world.session)).one(class_="meaning-line").one("span").text)


@meant
async def test_the_line_says_how_far_it_is_and_what_can_be_done(world: World) -> None:
    assert "hidden" in read(meaning_line(world.session)).one(id="meaning").attributes, "an empty library needs none"
    await world.add(**FIRST)
    assert line(world, Making(1240, 3100, 3.1, "making")) == (
        "Search by meaning: Small · 1,240 of 3,100 passages · 3.1 passages/s · 10 min left"
    )
    page = read(meaning_line(world.session))
    assert page.one(id="meaning-go").text == "Pause"
    assert (
        page.one("button", aria_label="Change how documents are found by meaning").attributes["data-arg"] == "meaning"
    )
    assert line(world, Making(3100, 3100, state="done")) == "Search by meaning: Small · 3,100 passages"
    assert read(meaning_line(world.session)).all(id="meaning-go") == []
    assert line(world, Making(5, 10, state="paused")).endswith("5 of 10 passages · Paused")
    assert read(meaning_line(world.session)).one(id="meaning-go").text == "Resume"
    assert line(world, Making(5, 10, state="waiting")).endswith("Waiting")
    await world.act("meaning:model", "off")
    assert line(world, Making()) == "Search by meaning: off"


@meant
async def test_documents_in_a_language_that_the_model_was_not_made_for_are_told(world: World) -> None:
    await world.add(**FIRST)
    english = Model("small", "Small", "embedding", is_bundled=True, card=ModelCard(languages=("en",)))
    world.state.rows_at_rest.set((Row(english, Status.READY),))
    world.meaning.making.set(Making(10, 10, languages=(("de", 6), ("en", 4))))
    told = read(meaning_line(world.session)).one(class_="note").text
    assert told.startswith("Small is made for English, and 6 passages are in other languages.")
    world.meaning.making.set(Making(10, 10, languages=(("en", 9), ("de", 1))))
    assert read(meaning_line(world.session)).all(class_="note") == []


@meant
async def test_a_question_names_the_server_the_size_and_the_notebook(world: World) -> None:
    await world.act("library:named", {"name": "Sea", "arg": ""})
    await world.add(sea_txt=b"The flood runs in.")
    await world.far()
    card = read(meaning_line(world.session)).one("div", role="group")
    assert card.attributes["aria-label"] == "Send texts of “Sea” to OpenAI?"
    assert "the text of 1 document (18 bytes)" in card.text
    send, here = card.all("button")
    assert (send.attributes["data-on"], here.text) == ("click:meaning:send", "Keep on this device")
    await world.act("meaning:send", card.one("button", class_="primary").attributes["data-arg"])
    told = read(meaning_line(world.session)).one(class_="note")
    assert told.text == "Texts of “Sea” go to OpenAI. Stop sending"
    assert told.one("button").attributes["data-on"] == "click:meaning:withdraw"
    await world.act("meaning:withdraw", told.one("button").attributes["data-arg"])
    assert read(meaning_line(world.session)).all(class_="note") == []
    assert "Sends texts to OpenAI" in read(meaning_sheet(world.session)).one(id="meaning-cloud:openai:big-row").text


@meant
async def test_the_sheet_offers_what_is_here_and_what_must_be_downloaded(world: World) -> None:
    rows = (Row(SMALL, Status.READY), Row(OTHER), Row(JUDGE, Status.READY))
    world.state.rows.set(rows)
    world.state.rows_at_rest.set(rows)
    page = read(meaning_sheet(world.session))
    boxes = {box.attributes["value"]: box.attributes for box in page.all("input", type="radio")}
    assert set(boxes) == {"off", "", "other"}
    assert ("checked" in boxes[""], "disabled" in boxes["other"], "checked" in boxes["off"]) == (True, True, False)
    assert page.one("input", role="switch").attributes["data-on"] == "change:meaning:rank"


@meant
async def test_a_private_notebook_says_so(world: World) -> None:
    await world.act("library:named", {"name": "Diary", "arg": ""})
    await world.act("library:private", {"arg": world.library.notebook(), "value": True})
    page = read(notebooks_row(world.session))
    assert "Private notebook" in page.one(id=f"notebook-{world.library.notebook()}").text
    switch = page.one("button", role="menuitemcheckbox")
    assert (switch.text, switch.attributes["aria-checked"]) == ("Private notebook", "true")
    assert "no longer private" in page.one("button", data_on="click:library:delete-notebook").attributes["data-ask"]
