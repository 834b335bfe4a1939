"""A selection is explained: from its source, by a model that may see it, stopped, copied, asked on in a chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from app.core.commands import Copy, Draft
from app.core.errors import StorageError, Unreachable
from app.core.values import Model
from app.session.explaining import Explained
from app.session.review import Asked as OnShow
from app.study.cited import Scope
from app.study.features import EXPLAIN
from app.study.practice.faces import face
from app.study.practice.quizzes import Asked, Quiz
from app.study.practice.records import Card, CardSource, Note
from app.ui import sheets
from app.ui.prose import Prose
from tests.adapters import PlainTypesetter
from tests.test_session_grounding import FIRST, TIDES, Grounded, diary
from tests.test_session_switching import CLOUD
from tests.words import english

SECOND = TIDES.partition("\f")[2]


class Reading(Grounded):
    """A page of a document is on show."""

    async def look(self, name: str = "tides.txt", page: str = "2") -> None:
        self.session.passages.look(self.id(name), page)
        await self.session.jobs.join()

    async def explain(self, where: str, words: str, *answers: Any, before: str = "") -> None:
        self.engine.next(*answers)
        await self.act("explain:open", {"arg": where, "value": words, "before": before})

    @property
    def now(self) -> Explained:
        shown = self.session.explain.shown()
        assert shown is not None
        return shown

    @property
    def sheet(self) -> str:
        opening = self.session.state.sheet()
        prose = Prose(self.page, self.session.notices, PlainTypesetter())
        return str(sheets.draw(self.session, prose, opening.what)) if opening else ""

    async def choose_far(self) -> None:
        await self.act("features:choose", {"arg": EXPLAIN.id, "value": CLOUD.id})
        await self.act("leave:switch", False)

    async def begin_explaining(self, words: int) -> None:
        """The reply comes to a halt after so many words."""
        await self.begin("explain:open", {"arg": "page", "value": "spring tide"}, words)


Body = Callable[[Reading], Coroutine[Any, Any, None]]


def reading(body: Body) -> Callable[[], None]:
    def run() -> None:
        async def whole() -> None:
            world = Reading()
            await world.begin_chat()
            await world.look()
            await body(world)

        asyncio.run(whole())

    return run


@reading
async def test_words_of_a_page_are_explained_from_the_passage_around_them(world: Reading) -> None:
    await world.explain("page", "spring tide", "It is the **highest** tide.")
    assert (world.now.state, world.now.text) == ("done", "It is the **highest** tide.")
    assert world.asked.startswith(f"Passage from “tides.txt”:\n\n{SECOND}")
    assert "\n\nspring tide\n\nExplain" in world.asked
    start = SECOND.find("spring tide")
    assert world.now.source == CardSource("tides.txt", world.id("tides.txt"), 2, start, start + len("spring tide"))
    assert f'href="#/library/{world.id("tides.txt")}/2-{start}-{start + 11}"' in world.sheet
    assert "<mark>spring tide</mark>" in world.sheet
    assert "<strong>highest</strong>" in world.sheet
    assert "By Tiny, on this device. Check it against the source below." in world.sheet
    await world.session.costs.look()
    assert [one.feature for one in world.session.costs.entries()] == ["explain"]
    await world.act("explain:copy")
    assert world.page.done(Copy)[-1] == Copy("It is the **highest** tide.")
    await world.act("explain:more")
    assert world.session.state.sheet() is None
    assert world.session.state.chat().scope == Scope(documents=(world.id("tides.txt"),))
    assert world.page.done(Draft)[-1] == Draft("", "Explain this further: “spring tide”")


@reading
async def test_the_button_of_the_reader_takes_what_is_selected_else_what_is_marked(world: Reading) -> None:
    world.engine.next("One.", "Two.")
    await world.act("explain:page", "14.8 days")
    assert world.now.passage.words == "14.8 days"
    await world.look(page="2-2-13")
    await world.act("explain:page", "")
    assert (world.now.passage.words, world.now.source.start, world.now.source.end) == ("spring tide", 2, 13)
    await world.look()
    await world.act("explain:page", " ")
    assert world.notices == ["Nothing is selected."]


@reading
async def test_it_is_stopped_and_asked_again(world: Reading) -> None:
    world.engine.next("One two three four.", "A whole one.")
    await world.begin_explaining(2)
    assert (world.now.state, "Stop" in world.sheet) == ("writing", True)
    await world.act("explain:stop")
    assert (world.now.state, world.now.text) == ("stopped", "One two ")
    assert "Stopped. By Tiny" in world.sheet
    world.engine.gate = None
    await world.act("explain:again")
    assert (world.now.state, world.now.text) == ("done", "A whole one.")


@reading
async def test_a_sheet_that_is_shut_ends_it(world: Reading) -> None:
    world.engine.next("One two three four.")
    await world.begin_explaining(1)
    await world.act("page:sheet", "")
    assert not world.session.jobs.is_running("explain")
    assert world.now.text == "One ", "no more came"


@reading
async def test_without_a_model_and_with_one_that_fails_it_says_so(world: Reading) -> None:
    await world.explain("page", "spring tide", Unreachable())
    assert (world.now.state, world.now.text) == ("failed", "")
    assert 'class="problem"' in world.sheet
    assert "Try again" in world.sheet
    await world.act("models:delete", "tiny")
    ask = world.session.ask
    ask.model_for = lambda *_args, **_named: Model("", "No model")  # type: ignore[method-assign]
    await world.explain("page", "spring tide")
    assert (world.now.state, world.now.text) == ("nobody", "")
    assert "Explaining needs a model" in world.sheet
    assert 'href="#/models"' in world.sheet


@reading
async def test_nothing_of_a_private_notebook_leaves_also_where_it_becomes_private_meanwhile(world: Reading) -> None:
    await world.choose_far()
    await world.explain("page", "spring tide")
    assert world.far.asked == 1
    await diary(world)
    await world.look()
    await world.explain("page", "spring tide", "From here.")
    assert (world.far.asked, world.now.text) == (1, "From here.")
    await world.act("explain:more")
    assert world.session.state.chat().is_private


@reading
async def test_a_reply_is_explained_in_its_chat_and_a_private_one_stays(world: Reading) -> None:
    await world.choose_far()
    await world.act("chat:new")
    world.engine.next("Osmosis moves water through a wall.")
    await world.act("chat:send", "What is osmosis?")
    await world.explain(f"turn/{world.last.id}", "through a wall")
    assert world.far.asked == 1
    assert world.now.source.chat == world.session.state.chat().id
    await world.act("chat:private", True)
    await world.explain(f"turn/{world.last.id}", "through a wall", "From here.")
    assert (world.far.asked, world.now.text) == (1, "From here.")
    await world.act("explain:more")
    chat = world.session.state.chat()
    assert world.page.done(Draft)[-1] == Draft(chat.id, "Explain this further: “through a wall”")
    await world.act("explain:open", {"arg": "turn/gone", "value": "x"})
    assert world.session.state.sheet() is None


@reading
async def test_a_card_is_explained_once_it_is_open_and_stays_with_its_notebook(world: Reading) -> None:
    await world.choose_far()
    notebook = await diary(world)
    note = Note("n", fields=("What is ebb?", "Falling **water**."), notebook=notebook)
    card = Card("c", "n", notebook=notebook)
    world.session.review.asked.set(OnShow(card, note, face(note, 0), (), {}))
    await world.explain("card", "Falling water")
    assert world.session.explain.shown() is None, "its answer is hidden"
    world.session.review.asked.set(OnShow(card, note, face(note, 0), (), {}, is_open=True))
    await world.explain("card", "Falling water", "It falls.")
    assert (world.far.asked, world.now.text, world.now.source.name) == (0, "It falls.", "A card")
    assert world.asked.startswith("Passage from “A card”:\n\nWhat is ebb?\n\nFalling **water**.")
    await world.act("explain:more")
    assert (world.session.state.chat().is_private, world.session.state.chat().scope) == (True, None)
    world.session.review.asked.set(OnShow(replace(card, notebook=""), note, face(note, 0), (), {}, is_open=True))
    await world.explain("card", "Falling water")
    assert world.far.asked == 1, "one of no notebook may leave"


@reading
async def test_a_question_is_explained_with_its_sentence_once_it_is_over(world: Reading) -> None:
    asked = Asked(
        "a", "short_answer", "When is it?", "at full moon", text=SECOND, document=world.id("tides.txt"), page=2
    )
    quiz = Quiz("q", "Tides", questions=(asked,))
    part = world.session.quiz
    part.quizzes.set({"q": quiz})
    world.session.quizzing.quiz_id.set("q")
    await world.explain("question/a", "full moon", "When it is round.")
    assert world.now.text == "When it is round."
    assert SECOND in world.asked
    assert world.now.source.document == world.id("tides.txt")
    part.quizzes.set({"q": replace(quiz, questions=(replace(asked, kind="cloze", question="It comes at ____."),))})
    await world.explain("question/a", "at full moon", "Then.")
    assert "It comes at ____." in world.sheet


@reading
async def test_words_of_a_note_and_of_a_cited_page_are_explained(world: Reading) -> None:
    note = await world.session.notes.put("n1", "Ebb", "The *ebb* runs out.", "")
    world.session.notes.look(note.id, is_written=False)
    await world.session.jobs.join()
    await world.explain("note/n1", "ebb runs", "It goes.")
    assert (world.now.text, world.now.source.name, world.now.source.document) == ("It goes.", "Ebb", "n1")
    assert world.now.passage.text == "The *ebb* runs out."
    assert ">The <mark>ebb runs</mark> out.</p>" in world.sheet
    await world.act("chat:new")
    await world.scope()
    world.engine.next("The moon does [1].")
    await world.act("chat:send", "What raises the sea?")
    await world.act("cited:open", f"{world.last.id} 1")
    await world.explain("cited", "twice a day", "Two times.")
    assert world.now.passage.text == FIRST
    assert english(world.session.explain.shown().source.name) == "tides.txt"  # type: ignore[union-attr]


@reading
async def test_in_offline_mode_a_model_of_this_device_explains(world: Reading) -> None:
    await world.choose_far()
    await world.act("offline:switch", True)
    await world.explain("page", "spring tide", "From here.")
    assert (world.far.asked, world.now.text) == (0, "From here.")


@reading
async def test_what_stays_is_not_said_to_lack_a_model_where_there_is_one_elsewhere(world: Reading) -> None:
    await world.act("models:choose", CLOUD.id)
    world.session.state.shelf.best_local = lambda: None  # type: ignore[method-assign]
    await world.explain("page", "spring tide")
    assert (world.far.asked, world.now.state, world.now.text) == (0, "stays", "")
    assert "This stays on this device" in world.sheet
    assert "none is set up" not in world.sheet


@reading
async def test_nothing_of_the_explanation_before_is_shown_for_the_next_words(world: Reading) -> None:
    await world.explain("page", "spring tide", "The highest one.")
    library = world.session.library

    async def broken() -> None:
        raise StorageError

    library.ready = broken  # type: ignore[method-assign]
    await world.explain("page", "14.8 days")
    assert (world.now.state, world.now.text, world.now.turn) == ("failed", "", None)
    waiting = asyncio.Event()

    async def slow() -> None:
        await waiting.wait()

    library.ready = slow  # type: ignore[method-assign]
    world.session.act("explain:open", {"arg": "page", "value": "spring tide"})
    await asyncio.sleep(0)
    await world.act("explain:stop")
    assert (world.now.state, world.now.text, world.now.turn) == ("stopped", "", None)


@reading
async def test_a_key_that_is_held_down_asks_once(world: Reading) -> None:
    world.engine.next("One two three four.", "Once more.")
    await world.begin_explaining(2)
    count = len(world.engine.asked)
    world.session.act("explain:open", {"arg": "page", "value": "spring tide"})
    for _ in range(20):
        await asyncio.sleep(0)
    assert (world.now.state, world.now.text, len(world.engine.asked)) == ("writing", "One two ", count)


@reading
async def test_words_of_a_private_card_are_not_put_into_a_chat_that_may_leave(world: Reading) -> None:
    world.engine.next("Water rises.")
    await world.act("chat:new")
    await world.act("chat:send", "What is flow?")
    chat = world.session.state.chat()
    notebook = await diary(world)
    for source in (CardSource("leaves.txt", world.id("leaves.txt"), 1), CardSource("Flow", chat=chat.id)):
        note = Note("n", fields=("What is ebb?", "Falling water."), notebook=notebook, source=source)
        card = Card("c", "n", notebook=notebook)
        world.session.review.asked.set(OnShow(card, note, face(note, 0), (), {}, is_open=True))
        await world.explain("card", "Falling water", "It falls.")
        await world.act("explain:more")
        assert world.session.state.chat().is_private
        assert world.session.state.chat().id != chat.id


@reading
async def test_what_a_private_chat_cites_stays_also_where_its_document_may_leave(world: Reading) -> None:
    await world.choose_far()
    await world.act("chat:new")
    await world.scope()
    world.engine.next("The moon does [1].")
    await world.act("chat:send", "What raises the sea?")
    await world.act("cited:open", f"{world.last.id} 1")
    await world.explain("cited", "twice a day", "Far.")
    assert world.far.asked == 1
    await world.act("page:sheet", "")
    await world.act("chat:private", True)
    await world.explain("cited", "twice a day", "From here.")
    assert (world.far.asked, world.now.text) == (1, "From here.")
