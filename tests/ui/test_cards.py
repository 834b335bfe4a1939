"""The Cards page as it is drawn: the card, its buttons, what stands beside it, the list, the editor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from app.core.documents import PageText, Reading
from app.core.errors import Interrupted
from app.core.html import Html
from app.session.page_shown import PageShown, Place
from app.study.library.documents import Document, Notebook
from app.study.practice.records import CardSource, Note
from app.ui.pages.cards import TABS, cards_page, tab_of
from app.ui.parts.calendar import calendar
from app.ui.parts.card_editor import card_editor, card_preview
from app.ui.parts.card_face import source_chip
from app.ui.parts.card_list import card_list, list_tools
from app.ui.parts.card_review import interval, review_card, review_head, review_keys
from app.ui.parts.card_side import review_side
from app.ui.parts.chart import Bar, columns
from app.ui.prose import Prose
from tests.adapters import PlainTypesetter
from tests.test_session_cards import World as CardsWorld
from tests.test_session_review import CARDS, NOTES, World
from tests.ui.pages import read
from tests.words import english


def prose(world: World) -> Prose:
    return Prose(world.page, world.session.notices, PlainTypesetter())


def drawn(body: Callable[[World], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        async def whole() -> None:
            world = World()
            await world.fill(NOTES, CARDS)
            await world.look()
            await body(world)

        asyncio.run(whole())

    return run


@drawn
async def test_a_card_has_its_question_then_its_answer_and_four_buttons(world: World) -> None:
    page = read(review_card(world.session, prose(world)))
    assert page.one("article").attributes["aria-label"] == "Card"
    assert "Question 0" in page.text
    assert "Answer 0" not in page.text
    assert read(review_keys(world.session)).one("button").text == "Show answer"
    await world.act("review:show")
    assert "Answer 0" in read(review_card(world.session, prose(world))).text
    buttons = read(review_keys(world.session)).all("button")
    assert [one.text for one in buttons] == ["Again 1 min 1", "Hard 6 min 2", "Good 10 min 3", "Easy 8 days 4"]
    assert [one.attributes["data-key"] for one in buttons] == ["1", "2", "3", "4"]


@drawn
async def test_how_many_are_left_and_what_comes(world: World) -> None:
    await world.answer("4")
    head = read(review_head(world.session))
    assert "3 left of 4 due" in head.text
    assert head.one("progress").attributes["value"] == "1"
    side = read(review_side(world.session))
    facts = {pair.one("dt").text: pair.one("dd").text for pair in side.one("dl").all("div")}
    assert (facts["Cards"], facts["New today"], facts["Days in a row"]) == ("4", "1", "1")
    assert [len(one.all("table")) for one in side.all("figure")] == [1, 1, 1], "each chart has its table"


@drawn
async def test_when_nothing_is_due_the_page_says_when_the_next_card_comes(world: World) -> None:
    for _ in range(4):
        await world.answer("4")
    assert read(review_card(world.session, prose(world))).text.startswith("Nothing due. Next review on ")
    assert read(review_keys(world.session)).all("button") == []


def test_without_cards_the_page_says_how_to_make_one() -> None:
    async def body() -> None:
        world = World()
        await world.look()
        page = read(review_card(world.session, prose(world)))
        assert page.one("button").text == "New card"
        assert "hidden" in read(review_side(world.session)).one("aside").attributes

    asyncio.run(body())


def test_intervals_are_said_as_short_as_they_can_be() -> None:
    hour, day = 3600.0, 86_400.0
    told = [
        interval(seconds) for seconds in (5, 60, 90, 59 * 60, 3 * hour, day, 8 * day, 45 * day, 200 * day, 900 * day)
    ]
    assert told == [
        "1 min",
        "1 min",
        "2 min",
        "59 min",
        "3 h",
        "1 day",
        "8 days",
        "1.5 months",
        "6.6 months",
        "2.5 years",
    ]


def test_the_list_and_the_editor() -> None:
    async def body() -> None:
        world = CardsWorld()
        await world.look()
        await world.write("reversed", "**Hund**", "dog", tags="de")
        world.session.library.notebooks.set({"b": Notebook("b", "German")})
        listed = read(card_list(world.session))
        [row] = listed.all("li")
        assert row.one("a").text == "Hund"
        assert "2 cards · #de" in row.text
        assert [one.text for one in read(list_tools(world.session)).all("option")] == [
            "All notebooks",
            "No notebook",
            "German",
        ]
        await world.act("cards:find", "cat")
        assert read(card_list(world.session)).text == "No cards found."
        [note] = (world.all.notes() or {}).values()
        await world.look(note.id)
        draft = world.all.draft()
        assert draft is not None
        form = read(card_editor(world.session, draft))
        assert [one.attributes["name"] for one in form.all("textarea")] == ["0", "1"]
        shown = read(
            card_preview(prose(world), replace(draft, note=replace(note, markup="html", fields=("<b>a</b>", "b"))))
        )
        assert shown.text == "Preview a b b a"

    asyncio.run(body())


def test_a_selection_on_a_page_becomes_the_back_of_a_card() -> None:
    async def body(selected: str, words: str, span: tuple[int, int]) -> None:
        world = CardsWorld()
        await world.look()
        text = "Tides. Ebb follows flood. The moon."
        world.session.library.documents.set({"d": Document("d", "Tides.pdf", "0a", 3, notebook="b")})
        shown = PageShown(
            "d", Place(3, 7, 25), Reading("pdf", "", "", (PageText(1, ""), PageText(2, ""), PageText(3, text)))
        )
        world.session.passages.reader.page.set(shown)
        await world.act("cards:from-page", selected)
        await world.look("new")
        draft = world.all.draft()
        assert draft is not None
        assert (draft.note.fields, draft.note.notebook) == (("", words), "b")
        assert draft.note.source == CardSource("Tides.pdf", "d", 3, *span, words)

    asyncio.run(body("", "Ebb follows flood.", (7, 25)))
    asyncio.run(body(" The moon. ", "The moon.", (26, 35)))


def test_a_source_leads_to_its_place() -> None:
    def href(source: CardSource) -> tuple[str, str]:
        link = read(source_chip(source) or Html()).one("a")
        return link.attributes["href"], link.text

    assert href(CardSource("Tides.pdf", "d", 3, 7, 25)) == ("#/library/d/3-7-25", "Tides.pdf, page 3")
    assert href(CardSource("Tides", chat="c", turn="t")) == ("#/chat/c/t", "Chat: Tides")
    assert source_chip(CardSource("nowhere")) is None
    assert source_chip(Note("n").source) is None


def test_columns_and_a_calendar_have_tables_with_the_same_figures() -> None:
    page = read(columns("Due", [Bar("Today", 12), Bar("Mon", 0)], "reviews", id="due"))
    assert [float(one.attributes["height"]) for one in page.all("rect")] == [72.0, 0.0]
    assert [cell.text for cell in page.one("tbody").all("td")] == ["12", "0"]
    page = read(calendar("Reviews", [("2026-11-28", 4), ("2026-11-29", 0), ("2026-11-30", 1)], id="calendar"))
    assert [one.attributes["data-level"] for one in page.all("rect")] == ["4", "0", "1"]
    assert [cell.text for cell in page.one("tbody").all("td")] == ["4", "1"]
    assert page.one("svg").all("title")[0].text == "Reviews: 5 reviews on 2 days"


def test_the_tabs_are_rows() -> None:
    assert (tab_of(""), tab_of("nonsense"), tab_of("all").address) == (TABS[0], TABS[0], "#/cards/all")
    page = read(cards_page(tab_of("all")))
    assert [one.text for one in page.all("button", role="tab", aria_selected="true")] == ["All cards"]


def test_where_the_scheduler_cannot_be_had_the_list_says_so() -> None:
    async def body() -> None:
        async def package(name: str) -> None:
            raise Interrupted

        world = CardsWorld(package=package)
        await world.look()
        told = read(card_list(world.session)).text
        assert english(Interrupted().message) in told
        assert "Opening" not in told

    asyncio.run(body())
