"""Which search is best here, as a person measures it: questions made, typed or written by a model; stopped; taken."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from app.core.documents import Hit, Trial
from app.core.html import Html
from app.session.best import Candidates, Progress
from app.session.searching import Searched
from app.session.settings import SearchKind
from app.session.vector_queue import Making
from app.study.library.best import LEAST_QUESTIONS, QUESTIONS
from app.ui.parts.best_search import best_sheet
from tests.test_session_library import World
from tests.ui.pages import Element, read

PAGES = "\f".join(f"question {number}\nanswer {number}" for number in range(60)).encode()


@dataclass
class Scripted:
    """A search that finds each question's page ("question 7" is page 7) at the place that is set for its way."""

    document: str
    places: dict[SearchKind, int]
    asked: list[tuple[str, SearchKind | None, bool]] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def search(
        self,
        words: str,
        documents: Sequence[str] | None,
        limit: int,
        *,
        by: SearchKind | None = None,
        is_private: bool = False,
    ) -> Searched:
        self.asked.append((words, by, is_private))
        await self.ready.wait()
        kind: SearchKind = by if by in self.places else "keyword"
        number = int(words.split()[1]) if words.startswith("question") else 0
        hits = [self.hit(200 + at) for at in range(limit)]
        if self.places[kind]:
            hits[self.places[kind] - 1] = self.hit(number)
        return Searched(tuple(hits), kind)

    def hit(self, number: int) -> Hit:
        return Hit(self.document, number, number + 1, "", 0, 6, f"answer {number}", (), 1.0)


async def measured(world: World, places: dict[SearchKind, int], pages: bytes = PAGES) -> Scripted:
    """A library of one document, measured with a scripted search."""
    await world.begin()
    await world.add(book_txt=pages)
    search = Scripted(world.one("book.txt").id, places)
    search.ready.set()
    vars(world.session)["searching"] = search
    await world.act("best:start")
    return search


def sheet(world: World) -> Element:
    return read(Html(best_sheet(world.session)))


def test_each_way_is_tried_with_each_question_and_the_best_is_proposed_and_taken() -> None:
    async def scene() -> None:
        world = World()
        search = await measured(world, {"keyword": 4, "vector": 1, "hybrid": 2})
        found = world.session.best.verdict()
        assert found is not None
        assert (found.questions, found.best, found.is_clear) == (QUESTIONS, "vector", True)
        assert len(search.asked) == 3 * QUESTIONS
        assert world.session.best.progress() is None
        page = sheet(world)
        assert page.one(id="best-found").text.startswith("By meaning is best here: 36.9 points more than Both together")
        rows = [[cell.text for cell in row.all("td")] for row in page.one(id="best-table").one("tbody").all("tr")]
        assert rows == [["0 %", "100 %", "0.25"], ["100 %", "100 %", "1.00"], ["0 %", "100 %", "0.50"]]
        assert page.all("table", aria_label="Right passage found, and how high up, points of 100")
        assert "Both together" in page.one(id="best-now").text
        use = page.one(id="best-use")
        await world.act(use.attributes["data-on"].partition(":")[2], use.attributes["data-arg"])
        assert world.session.state.settings().search_by == "vector"
        assert "“By meaning” is already in use." in sheet(world).text
        again = World(world)
        await again.session.start("#/library")
        assert again.session.state.settings().search_by == "vector", "it is kept"

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("places", "pages", "told"),
    [
        (
            {"keyword": 2, "vector": 2, "hybrid": 2},
            PAGES,
            "No clear difference. The best choice remains: Both together.",
        ),
        ({"keyword": 1, "vector": 3, "hybrid": 2}, PAGES, "Search by words found more, but these questions were made"),
        ({"keyword": 1}, PAGES, "Only search by words could be measured"),
        ({"keyword": 1, "vector": 2, "hybrid": 3}, PAGES[:200], "Too few questions to tell: "),
    ],
)
def test_what_cannot_be_told_is_said(places: dict[SearchKind, int], pages: bytes, told: str) -> None:
    async def scene() -> None:
        world = World()
        await measured(world, places, pages)
        page = sheet(world)
        assert page.one(id="best-found").text.startswith(told)
        assert not page.all("button", id="best-use")

    asyncio.run(scene())


def test_without_documents_there_is_nothing_to_measure() -> None:
    async def scene() -> None:
        world = World()
        await world.begin()
        assert "Add documents first" in sheet(world).text

    asyncio.run(scene())


def test_enough_typed_questions_count_alone_and_may_speak_for_search_by_words() -> None:
    async def scene() -> None:
        world = World()
        search = await measured(world, {"keyword": 1, "vector": 3, "hybrid": 2})
        best = world.session.best
        best.typed.set(tuple(Trial(f"question {at}", search.document, at) for at in range(LEAST_QUESTIONS)))
        await world.act("best:start")
        found = best.verdict()
        assert found is not None
        assert (found.questions, found.typed, found.best) == (LEAST_QUESTIONS, LEAST_QUESTIONS, "keyword")

    asyncio.run(scene())


def test_while_vectors_are_made_nothing_is_proposed() -> None:
    async def scene() -> None:
        world = World()
        await measured(world, {"keyword": 1, "vector": 4, "hybrid": 2})
        world.session.meaning.making.set(Making(12, 60))
        await world.act("best:start")
        page = sheet(world)
        assert page.one(id="best-found").text.startswith("Some passages can't be found by meaning yet")
        assert not page.all("button", id="best-use")

    asyncio.run(scene())


def test_progress_is_shown_and_stop_keeps_nothing() -> None:
    async def scene() -> None:
        world = World()
        search = await measured(world, {"keyword": 1, "vector": 1, "hybrid": 1})
        search.ready.clear()
        await world.act("best:start")
        assert world.session.best.progress() == Progress("searches", 0, QUESTIONS)
        assert f"Trying question 1 of {QUESTIONS}" in sheet(world).text
        await world.act("best:stop")
        assert world.session.best.progress() is None
        assert world.session.best.verdict() is None

    asyncio.run(scene())


def test_questions_about_a_private_notebook_stay_here() -> None:
    async def scene() -> None:
        world = World()
        search = await measured(world, {"keyword": 1, "vector": 1, "hybrid": 1})
        assert not any(is_private for _, _, is_private in search.asked)
        await world.act("library:named", {"arg": "", "value": "", "name": "Diary"})
        [notebook] = world.library.notebooks().values()
        library = world.library
        library.notebooks.set({notebook.id: replace(notebook, is_private=True)})
        document = world.one("book.txt")
        library.documents.set({document.id: replace(document, notebook=notebook.id)})
        search.asked.clear()
        await world.act("best:start")
        assert search.asked
        assert all(is_private for _, _, is_private in search.asked)

    asyncio.run(scene())


def test_a_typed_question_is_kept_with_the_passage_that_answers_it() -> None:
    async def scene() -> None:
        world = World()
        search = await measured(world, {"keyword": 1, "vector": 1, "hybrid": 1})
        best = world.session.best
        await world.act("best:ask", {"arg": "", "value": "  question   7 "})
        assert best.candidates() == Candidates("question 7", (search.hit(7), *map(search.hit, range(201, 208))))
        buttons = sheet(world).one(id="best-candidates").all("button")
        assert buttons[0].attributes["aria-label"] == "This one answers it: book.txt, answer 7"
        await world.act("best:answer", buttons[0].attributes["data-arg"])
        assert best.candidates() is None
        assert best.typed() == (Trial("question 7", search.document, 7),)
        await world.act("best:start")
        found = best.verdict()
        assert found is not None
        assert (found.questions, found.typed) == (QUESTIONS + 1, 1)

        later = World(world)
        await later.begin()
        later.session.best.begin()
        await later.rest()
        assert later.session.best.typed() == best.typed(), "it is there in the next visit"
        await later.act("best:forget", "question 7")
        assert later.session.best.typed() == ()
        await world.act("best:ask", {"arg": "", "value": "question 9"})
        await world.act("best:answer", "")
        assert len(best.typed()) == 1, "none of the passages is the answer"

    asyncio.run(scene())
