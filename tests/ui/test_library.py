"""The Library page as a person or a screen reader has it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from app.core.commands import Draw, Focus
from app.core.documents import Box, DocumentError, Hit, PageDrawn, PageWanted, TellDrawn
from app.core.html import Html, join
from app.core.signals import Effect
from app.core.texts import Percent
from app.session.library_queue import Progress
from app.session.page_shown import PageShown, Place
from app.session.passages import Found
from app.study.library.documents import Document
from app.ui.library_view import LibraryView
from app.ui.parts.documents import document_row, document_sheet
from app.ui.parts.passages import marked, passages_region
from app.ui.parts.reader import reader
from app.ui.prose import Prose
from tests.adapters import PlainTypesetter
from tests.memory import ticks
from tests.test_session_library import World
from tests.ui.pages import read

FIRST = {"rivers_txt": b"# Rivers\nThe Rhine is long.", "paper_pdf": b"%PDF- one\ftwo"}


def painted(world: World) -> str:
    """What the page shows after everything that was painted."""
    prose = Prose(world.page, world.session.notices, PlainTypesetter())
    view = LibraryView(world.session, world.page, prose)
    view.paint()
    return next(html for kind, id, html in reversed(world.page.painted) if id == "page-library")


def filled(**named: bytes) -> World:
    """A library with documents in it."""
    world = World()

    async def body() -> None:
        await world.begin()
        await world.add(**(named or FIRST))

    asyncio.run(body())
    return world


def test_the_page_has_its_names() -> None:
    world = filled()

    async def body() -> None:
        page = read(Html(painted(world)))
        field = page.one("input", type="search")
        assert field.attributes["aria-label"] == "Search documents"
        rows = page.one("ul", aria_label="Documents").all("li")
        assert [row.one("a").text for row in rows] == ["paper.pdf", "rivers.txt"]
        assert ["Indexed" in row.text for row in rows] == [True, True]
        assert "PDF · 2 pages" in rows[0].text
        add = page.one("button", aria_label="Add documents")
        assert page.one(id=add.attributes["data-pick"]).attributes["type"] == "file"
        assert "webkitdirectory" in page.one(id="document-folder").attributes
        await world.act("passages:find", "rhine")
        page = read(Html(painted(world)))
        assert page.one("input", type="search").attributes["value"] == "rhine"
        [hit] = page.one("ul", aria_label="Passages").all("li")
        assert hit.one("mark").text == "Rhine"
        assert hit.one("a").attributes["href"].startswith("#/library/")
        assert page.one(id="passages-told").text == "1 passage in 1 document"

    asyncio.run(body())


def test_an_empty_library_says_what_to_do() -> None:
    world = World()
    asyncio.run(world.begin())

    async def body() -> None:
        assert "No documents yet." in read(Html(painted(world))).text

    asyncio.run(body())


def test_every_state_has_its_word() -> None:
    world = World()
    session = world.session

    def row(progress: Progress | None = None, **changes: object) -> str:
        made = Document("a", "a.pdf", "00", 2_000_000, **changes)  # type: ignore[arg-type]
        return read(join(document_row(session, made, progress))).text

    assert "Waiting" in row()
    assert "Indexed" in row(status="indexed", kind="pdf", pages=3)
    assert "Scan, no text" in row(status="scan")
    assert "Failed" in row(status="failed", problem="It is damaged.")
    assert "It is damaged." in row(status="failed", problem="It is damaged.")
    assert "Reading 43" in row(Progress("a", 43, 100, 12.0))
    assert "12" in row(Progress("a", 43, 100, 12.0))
    bar = read(join(document_row(session, Document("a", "a.pdf", "00", 1), Progress("a", 43, 100)))).one("progress")
    assert (bar.attributes["aria-label"], bar.attributes["aria-valuetext"]) == ("a.pdf", "Page 43 of 100")
    assert Percent.of(43, 100) == 43
    world.library.stopped.set(frozenset("a"))
    assert "Read now" in row()


def test_the_sheet_offers_the_notebooks() -> None:
    world = filled()
    asyncio.run(world.act("library:named", {"name": "Water", "arg": ""}))
    id = world.one("rivers.txt").id
    html = document_sheet(world.session, id)
    assert html is not None
    sheet = read(html)
    assert [option.text for option in sheet.one("select", aria_label="Notebook").all("option")] == ["None", "Water"]
    assert document_sheet(world.session, "gone") is None


def test_a_passage_is_marked_in_its_text() -> None:
    world = filled()
    document = world.one("rivers.txt")

    async def body() -> None:
        world.session.passages.look(document.id, "1-13-18")
        await world.rest()
        shown = world.session.passages.page()
        assert shown is not None
        page = read(reader(document, shown))
        assert page.one("mark").text == "Rhine"
        assert page.one("strong").text == "Rivers"
        assert page.one("h1").text == "rivers.txt"

    asyncio.run(body())


def test_a_page_of_a_pdf_is_a_picture_with_its_text_below() -> None:
    world = filled()
    document = world.one("paper.pdf")

    async def body() -> None:
        world.session.passages.look(document.id, "2-0-3")
        await world.rest()
        shown = world.session.passages.page()
        assert shown is not None
        page = read(reader(document, shown))
        picture = page.one("canvas", role="img")
        assert picture.attributes["aria-label"] == "Page 2 of paper.pdf"
        assert (picture.attributes["width"], picture.attributes["height"]) == ("1400", "2000")
        assert page.one(id="passage").attributes["style"].startswith("left:10.000%")
        assert page.one("details").one("mark").text == "two"
        assert page.one(id="page-before").text == "Previous page"
        assert "Page 2 of " in page.text
        book = read(reader(replace(document, kind="epub"), shown))
        assert "Part 2 of " in book.text
        assert book.one(id="page-before").text == "Previous part"

    asyncio.run(body())


def test_the_picture_of_a_page_is_given_to_its_canvas_once_it_is_there() -> None:
    world = filled()
    id = world.one("paper.pdf").id

    async def body() -> None:
        view = LibraryView(world.session, world.page, Prose(world.page, world.session.notices, PlainTypesetter()))
        for number in (2, 1):
            await world.session.navigation.go(f"#/library/{id}/{number}")
            view.paint()
            await world.rest()
            view.paint()
            assert '<canvas id="reader-picture"' in world.page.painted[-1][2]
            assert world.page.done(Draw)[-1] == Draw(f"page {number}", "reader-picture")
            view.paint()
        assert len(world.page.done(Draw)) == 2

    asyncio.run(body())


def test_a_passage_that_is_opened_again_from_the_list_has_the_focus_again() -> None:
    world = filled()
    id = world.one("paper.pdf").id

    async def body() -> None:
        view = LibraryView(world.session, world.page, Prose(world.page, world.session.notices, PlainTypesetter()))
        for route in (f"#/library/{id}/2-0-3", "#/library", f"#/library/{id}/2-0-3"):
            await world.session.navigation.go(route)
            view.paint()
            await world.rest()
            view.paint()
        assert [one.id for one in world.page.done(Focus)] == ["passage", f"open-{id}", "passage"]

    asyncio.run(body())


def test_who_comes_back_from_a_passage_that_was_found_is_at_it_again() -> None:
    world = filled()

    async def body() -> None:
        view = LibraryView(world.session, world.page, Prose(world.page, world.session.notices, PlainTypesetter()))
        await world.session.navigation.go("#/library")
        view.paint()
        await world.act("passages:find", "rhine")
        found = world.session.passages.found()
        assert found
        hit = found.hits[0]
        place = f"{hit.page}-{hit.start}-{hit.end}"
        for route in (f"#/library/{hit.document}/{place}", "#/library"):
            await world.session.navigation.go(route)
            view.paint()
            await world.rest()
            view.paint()
        came = world.page.done(Focus)[-1].id
        assert came == f"found-{hit.document}-{place}"
        assert f'id="{came}"' in world.page.painted[-1][2]

    asyncio.run(body())


def test_a_passage_in_which_nothing_is_marked_says_under_which_heading_it_stands() -> None:
    world = filled()
    id = world.one("paper.pdf").id
    one = Hit(id, 0, 1, "Tides › Why two tides", 0, 3, "The Moon pulls.", ((4, 8),), 1.0)
    hits = (one, replace(one, marks=()))
    found = [passages_region(world.session, Found("tide", (hit,))) for hit in hits]
    assert ["Why two tides" in html for html in found] == [False, True]


def drawn_while(world: World, address: str, *, is_late: bool) -> list[tuple[str, str, str]]:
    """What is painted of a page until its picture is there; where that `is_late`, patience ends first."""
    picture, patience, drawn_by = asyncio.Event(), asyncio.Event(), world.librarian.page

    async def page(handle: object, wanted: PageWanted, tell: TellDrawn) -> None:
        await picture.wait()
        await drawn_by(handle, wanted, tell)

    async def sleep(seconds: float) -> None:
        await patience.wait()

    async def body() -> list[tuple[str, str, str]]:
        view = LibraryView(world.session, world.page, Prose(world.page, world.session.notices, PlainTypesetter()))
        await world.session.navigation.go(f"#/library/{world.one('paper.pdf').id}/{address}")
        world.librarian.page, world.clock.sleep = page, sleep  # type: ignore[method-assign]
        before = len(world.page.painted)
        effect = Effect(view.paint)
        await ticks()
        for event in (patience, picture) if is_late else (picture, patience):
            event.set()
            await ticks()
        effect.stop()
        return world.page.painted[before:]

    return asyncio.run(body())


def test_a_page_whose_picture_comes_at_once_is_drawn_once() -> None:
    world = filled()
    [(kind, id, html)] = drawn_while(world, "2-0-3", is_late=False)
    assert (kind, id) == ("fill", "page-library")
    cleared = [("page-library", "data-drop", None), ("page-library", "data-paste", None)]
    assert world.page.attributes[-2:] == cleared, "nothing is dropped on a page that is read"
    assert read(Html(html)).one(id="passage").attributes["class"] == "box"


def test_a_page_whose_picture_takes_longer_says_so() -> None:
    world = filled()
    first, second = drawn_while(world, "2-0-3", is_late=True)
    assert "Drawing the page…" in first[2]
    assert second[:2] == ("html", "reader")
    assert 'id="passage"' in second[2]


def test_what_is_told_late_of_the_page_before_is_not_shown_on_the_next_one() -> None:
    world = filled()
    id, pages, told = world.one("paper.pdf").id, world.session.passages.reader, list[TellDrawn]()

    async def page(handle: object, wanted: PageWanted, tell: TellDrawn) -> None:
        told.append(tell)
        await asyncio.Event().wait()

    async def body() -> None:
        world.librarian.page = page  # type: ignore[method-assign]
        pages.look(id, Place(1, 0, 3))
        await ticks()
        pages.look(id, Place(2, 0, 3))
        told[0](PageDrawn(9, 9, (), "one"))
        shown = pages.page()
        assert shown is not None
        assert (shown.size, shown.is_coming, pages.take()) == ((0, 0), True, None)
        await ticks()
        pages.leave()
        told[1](PageDrawn(9, 9, (), "two"))
        assert (pages.page(), pages.take()) == (None, None)
        await ticks()

    asyncio.run(body())


def test_a_drawing_that_fails_after_it_was_told_of_leaves_no_empty_picture() -> None:
    world = filled()
    id, pages = world.one("paper.pdf").id, world.session.passages.reader

    async def page(handle: object, wanted: PageWanted, tell: TellDrawn) -> None:
        tell(PageDrawn(9, 9, (Box(0.1, 0.2, 0.5, 0.03),), "one"))
        raise DocumentError

    async def body() -> None:
        world.librarian.page = page  # type: ignore[method-assign]
        pages.look(id, Place(1, 0, 3))
        await ticks()
        shown = pages.page()
        assert shown is not None
        assert (shown.size, shown.boxes, pages.take()) == ((0, 0), (), None)
        assert isinstance(shown.problem, DocumentError)
        drawn = str(reader(world.one("paper.pdf"), shown))
        assert not any(one in drawn for one in ("Drawing the page…", "<canvas")), "nothing is waited for any more"
        assert '<mark id="passage"' in drawn, "its words are there all the same"
        assert "<details" not in drawn, "what was folded before would stay so: a fold is the person's"

    asyncio.run(body())


def test_a_long_text_is_drawn_around_its_mark() -> None:
    world = filled(long_txt=b"word " * 40_000)
    document = world.one("long.txt")

    async def body() -> None:
        world.session.passages.look(document.id, "1-100000-100004")
        await world.rest()
        shown = world.session.passages.page()
        assert shown is not None
        html = reader(document, shown)
        assert len(html) < 30_000
        assert read(html).one("mark").text == "word"

    asyncio.run(body())


def test_places_are_read_and_nonsense_is_the_first_page() -> None:
    assert Place.of("12-3-40") == Place(12, 3, 40)
    assert str(Place(12, 3, 40)) == "12-3-40"
    assert Place.of("") == Place.of("x-y") == Place.of("0") == Place(1)
    assert str(Place(3)) == "3"
    assert PageShown("a", Place(1)).text == ""


def test_marks_that_do_not_fit_are_left_out() -> None:
    assert join(*marked("flood tide", ((0, 5), (4, 7), (6, 99)))) == "<mark>flood</mark> tide"
