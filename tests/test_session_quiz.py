"""A quiz as a person makes and answers it: with a model and without, killed and gone on with, against the clock."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field, replace

import pytest

from app.core.commands import Route
from app.core.errors import BadAnswer, Unreachable
from app.core.values import Model
from app.session.quiz import ADDRESS, Quizzes
from app.session.quizzing import Quizzing
from app.study.ask import Question
from app.study.chats import Turn
from app.study.features import QUIZ, Feature
from app.study.practice.quizzes import Quiz
from app.ui.parts.quiz_list import quiz_list
from tests.test_session_library import World

YEARS = [1200 + 7 * at for at in range(110)]
PAGES = "\f".join(
    f"The harbour wall of Cove{year} was finished in {year} by the old masons." for year in YEARS
).encode()


@dataclass
class Writer:
    """A model that writes cloze items about the year of a passage. What `bad` says comes in the place of an item."""

    bad: dict[int, str] = field(default_factory=dict)  # by the number of the question
    asked: list[Question] = field(default_factory=list)
    failing: Exception | None = None
    held: asyncio.Event | None = None
    is_there = True
    verdict = True
    name = "Writer 1B"  # of the model that answers, another one where the person has chosen that meanwhile
    ended = 0  # questions that were stopped before they were answered

    def model_for(self, feature: Feature, belongs_to: str = "", *, stays_here: bool = False) -> Model | None:
        assert feature is QUIZ
        return Model("writer", "Writer 1B") if self.is_there else None

    async def whole(self, question: Question) -> Turn:
        self.asked.append(question)
        text = await (self.graded() if "Right answer:" in question.text else self.written(question, len(self.asked)))
        return Turn("", "", "", "assistant", text, model_name=self.name)

    async def written(self, question: Question, number: int) -> str:
        await self.wait()
        if self.failing:
            raise self.failing
        if number in self.bad:
            if not self.bad[number]:
                raise BadAnswer
            return self.bad[number]
        assert question.schema is not None
        source = question.schema["properties"]["source"]["enum"][0]  # type: ignore[index]
        return item(source)

    async def wait(self) -> None:
        """As long as a model takes."""
        try:
            await asyncio.sleep(0)
            if self.held:
                await self.held.wait()
        except asyncio.CancelledError:
            self.ended += 1
            raise

    async def has_asked(self, count: int) -> None:
        """Until it was asked so many times."""
        for _ in range(10_000):
            if len(self.asked) >= count:
                return
            await asyncio.sleep(0)

    async def graded(self) -> str:
        await self.wait()
        return json.dumps({"means_the_same": self.verdict})


def item(source: str, **changes: object) -> str:
    [year] = re.findall(r"\b1\d{3}\b", source)[-1:]
    made = {
        "kind": "cloze",
        "source": source,
        "question": source.replace(f"in {year}", "in ____"),
        "answer": year,
        "hint": "A year.",
        "explanation": "The wall was finished then.",
    }
    return json.dumps({**made, **changes})


class Quizzed(World):
    """A library of forty pages, and a model that writes."""

    def __init__(self, before: World | None = None, writer: Writer | None = None) -> None:
        super().__init__(before)
        self.writer = writer or Writer()
        vars(self.session)["ask"] = self.writer

    @property
    def quizzes(self) -> Quizzes:
        return self.session.quiz

    @property
    def quizzing(self) -> Quizzing:
        return self.session.quizzing

    @property
    def quiz(self) -> Quiz:
        [one] = self.quizzes.listed()
        return one

    async def open(self) -> None:
        await self.begin()
        self.quizzes.begin()
        await self.rest()

    async def made(self, *, wanted: int = 4, by_model: bool = True) -> Quiz:
        if not self.library.documents():
            await self.begin()
            await self.add(coves_txt=PAGES)
        await self.open()
        await self.act("quiz:wanted", str(wanted))
        await self.act("quiz:by-model", by_model)
        await self.act("quiz:kind", off("multiple_choice"))
        await self.act("quiz:kind", off("true_false"))
        await self.act("quiz:kind", off("short_answer"))
        await self.act("quiz:start", {"arg": ""})
        for _ in range(wanted):
            await self.rest()
        return self.quizzes.listed()[0]

    async def made_of(self, *, wanted: int) -> Quiz:
        """The same, begun as one more."""
        before = set(self.quizzes.quizzes())
        await self.made(wanted=wanted)
        [made] = [one for id, one in self.quizzes.quizzes().items() if id not in before]
        return made

    async def answer(self, words: str) -> None:
        await self.act("quizzing:check", {"arg": "", "value": words})
        await self.rest()


def off(kind: str) -> dict[str, object]:
    return {"arg": kind, "value": False}


def test_a_model_writes_the_questions_one_by_one_and_what_fails_is_counted() -> None:
    async def scene() -> None:
        writer = Writer({2: "no JSON", 3: item("The wall was done in 1999."), 5: ""})
        world = Quizzed(writer=writer)
        quiz = await world.made()
        assert (quiz.state, len(quiz.questions), quiz.tried, quiz.dropped) == ("done", 4, 7, 3)
        assert {one.fault: one.count for one in quiz.lost} == {"broken": 2, "source": 1}
        assert quiz.name == "coves.txt"
        assert quiz.model == "Writer 1B"
        one = quiz.questions[0]
        assert one.question == one.text.replace(one.answer, "____", 2).replace("Cove____", f"Cove{one.answer}")
        assert (one.document, one.model) == (world.one("coves.txt").id, "Writer 1B")
        assert one.text == PAGES.decode().split("\f")[one.page - 1][one.start : one.end]
        assert len({one.id for one in quiz.questions}) == len({one.question for one in quiz.questions}) == 4
        assert {question.feature for question in writer.asked} == {QUIZ}
        assert f"{ADDRESS}/{quiz.id}" in str(world.page.commands)
        assert world.quizzes.making.progress() is None
        assert world.session.state.makes_quiz() is False

    asyncio.run(scene())


def test_what_never_holds_ends_and_is_not_padded() -> None:
    async def scene() -> None:
        world = Quizzed(writer=Writer(dict.fromkeys(range(1, 99), "nothing")))
        quiz = await world.made(wanted=3)
        assert (quiz.state, quiz.questions, quiz.tried, quiz.dropped) == ("done", (), 12, 12)
        assert world.quizzes.share("Writer 1B") == (0, 12)

    asyncio.run(scene())


def test_the_same_question_is_not_kept_twice() -> None:
    async def scene() -> None:
        world = Quizzed()
        await world.begin()
        await world.add(one_txt=PAGES.split(b"\f")[0])
        quiz = await world.made(wanted=2)
        assert (len(quiz.questions), quiz.tried) == (1, 8)
        assert [(one.fault, one.count) for one in quiz.lost] == [("again", 7)]

    asyncio.run(scene())


def test_a_page_that_is_closed_at_any_moment_loses_nothing_and_doubles_nothing() -> None:
    async def scene() -> None:
        world = Quizzed(writer=Writer({3: "no", 9: "no"}))
        await world.begin()
        await world.add(coves_txt=PAGES)
        await world.open()
        await world.act("quiz:wanted", "100")
        await world.act("quiz:kind", off("multiple_choice"))
        await world.act("quiz:kind", off("true_false"))
        await world.act("quiz:kind", off("short_answer"))
        world.session.act("quiz:start", {"arg": ""})
        tried = []
        for kill in range(5):
            await world.writer.has_asked(17 * (kill + 1))
            for _ in range(3 * kill):  # each time at another step of a try
                await asyncio.sleep(0)
            await world.session.jobs.stop("quiz")
            before = await world.session.quiz_store.all()
            tried += [one.tried for one in before[0].values()]
            world = Quizzed(world, world.writer)
            assert await world.session.quiz_store.all() == before
            world.quizzes.begin()
        await world.rest()
        await world.session.jobs.wait("quiz")
        quiz = world.quiz
        assert tried == sorted(set(tried)), tried
        assert 0 < tried[0] < tried[-1] < quiz.tried
        assert (quiz.state, len(quiz.questions), quiz.dropped) == ("done", 100, quiz.tried - 100)
        assert len({one.question for one in quiz.questions}) == len({one.id for one in quiz.questions}) == 100

    asyncio.run(scene())


def test_who_goes_on_while_a_quiz_begins_stays_there_and_has_it() -> None:
    async def scene() -> None:
        world = Quizzed()
        await world.begin()
        await world.add(coves_txt=PAGES)
        await world.open()
        world.session.act("quiz:start", {"arg": ""})
        await asyncio.sleep(0)
        await world.act("page:go", "#/library")
        await world.rest()
        assert world.quiz.questions or world.quiz.state == "making"
        assert world.page.done(Route) == []

    asyncio.run(scene())


def test_it_is_stopped_and_goes_on_and_says_what_keeps_it() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.held = asyncio.Event()
        await world.made()
        assert world.quizzes.making.progress() is not None
        assert world.session.state.makes_quiz()
        assert world.session.state.keeps_awake()
        await world.act("quiz:stop")
        assert (world.quiz.state, world.quizzes.making.progress()) == ("stopped", None)
        again = Quizzed(world, world.writer)
        await again.open()
        assert again.quizzes.making.progress() is None, "the person has stopped it"
        assert "Write the rest" in str(quiz_list(again.session)), "its row says how it goes on"
        world.writer.held.set()
        world.writer.failing = Unreachable()
        await again.act("quiz:go-on", again.quiz.id)
        assert isinstance(again.quizzes.making.problem(), Unreachable)
        world.writer.failing = None
        await again.act("quiz:go-on", again.quiz.id)
        for _ in range(4):
            await again.rest()
        assert (again.quiz.state, len(again.quiz.questions)) == ("done", 4)
        assert again.quizzes.making.problem() is None
        assert "Write the rest" not in str(quiz_list(again.session))

    asyncio.run(scene())


def test_a_reply_goes_first() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.held = asyncio.Event()
        await world.made()
        asked = len(world.writer.asked)
        live = world.session.state.live
        live.set({"chat": object()})  # type: ignore[dict-item]
        for _ in range(9):
            await asyncio.sleep(0)
        progress = world.quizzes.making.progress()
        assert progress is not None
        assert progress.is_waiting
        world.writer.held.set()
        live.set({})
        for _ in range(4):
            await world.rest()
        assert len(world.quiz.questions) == 4
        assert len(world.writer.asked) == asked + 4, "the try that was in its way was begun anew"

    asyncio.run(scene())


def test_without_a_model_the_questions_are_gaps_in_the_texts() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.is_there = False
        quiz = await world.made(wanted=5)
        assert (quiz.model, quiz.state, len(quiz.questions)) == ("", "done", 5)
        assert all(one.kind == "cloze" and one.question.count("____") == 1 for one in quiz.questions)
        assert world.writer.asked == []
        await world.act("quiz:delete", quiz.id)
        world.writer.is_there = True
        assert (await world.made(wanted=2, by_model=False)).model == ""

    asyncio.run(scene())


def test_a_question_and_a_grade_name_the_model_that_gave_them() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.name = "Another 3B"
        quiz = await world.made(wanted=2)
        assert (quiz.model, {one.model for one in quiz.questions}) == ("Writer 1B", {"Another 3B"})
        words = tuple(replace(one, answer="a riot") for one in quiz.questions)
        world.quizzes.quizzes.set({quiz.id: replace(quiz, questions=words)})
        world.quizzing.look(quiz.id)
        await world.act("quizzing:begin", "practice")
        world.writer.name = "Third 7B"
        await world.answer("unrest in the streets")
        now = world.quizzing.now()
        assert now is not None
        assert (now.answer.is_right, now.answer.by) == (True, "Third 7B")

    asyncio.run(scene())


def test_a_topic_and_documents_say_what_it_is_about() -> None:
    async def scene() -> None:
        world = Quizzed()
        await world.begin()
        await world.add(coves_txt=PAGES, mills_txt=b"The mill of Karlton was built in 1742 beside the river.")
        await world.open()
        await world.act("quiz:by-model", False)
        await world.act("quiz:topic", " Karlton ")
        await world.act("quiz:start", {"arg": ""})
        assert (world.quiz.name, {one.name for one in world.quiz.questions}) == ("Karlton", {"mills.txt"})
        await world.act("quiz:delete", world.quiz.id)
        await world.act("quiz:topic", "")
        await world.act("quiz:about", "some")
        await world.act("quiz:document", {"arg": world.one("mills.txt").id, "value": True})
        await world.act("quiz:start", {"arg": ""})
        assert {one.name for one in world.quiz.questions} == {"mills.txt"}
        await world.act("quiz:topic", "nothing of the kind")
        await world.act("quiz:start", {"arg": ""})
        assert len(world.quizzes.listed()) == 1
        assert "No questions can be made" in str(world.session.state.notices()).replace(
            "quiz.nothing", "No questions can be made"
        )

    asyncio.run(scene())


def test_nothing_of_a_private_notebook_goes_elsewhere() -> None:
    async def scene() -> None:
        world = Quizzed()
        await world.begin()
        await world.add(coves_txt=PAGES)
        notebook = next(iter(world.library.notebooks()), None)
        assert notebook is None
        document = replace(world.one("coves.txt"), notebook="gone")  # of a notebook whose record nobody has
        world.library.documents.set({document.id: document})
        await world.made(wanted=1)
        assert world.quiz.stays
        assert all(question.stays_here for question in world.writer.asked)

    asyncio.run(scene())


async def in_a_notebook(world: Quizzed) -> str:
    """A document in a notebook that is not private yet."""
    await world.begin()
    await world.add(coves_txt=PAGES)
    await world.act("library:named", {"name": "Course", "arg": ""})
    [notebook] = world.library.notebooks()
    await world.act("library:move", {"arg": world.one("coves.txt").id, "value": notebook})
    return notebook


def test_what_becomes_private_in_the_middle_leaves_no_more() -> None:
    async def scene() -> None:
        world = Quizzed()
        notebook = await in_a_notebook(world)
        world.writer.held = asyncio.Event()
        await world.made(wanted=3)
        assert (world.quiz.stays, [one.stays_here for one in world.writer.asked]) == (False, [False])
        await world.act("library:private", {"arg": notebook, "value": True})
        assert world.writer.ended == 1, "what is under way is stopped"
        assert [one.stays_here for one in world.writer.asked] == [False, True]
        world.writer.held.set()
        for _ in range(3):
            await world.rest()
        assert (world.quiz.state, len(world.quiz.questions)) == ("done", 3)
        assert all(question.stays_here for question in world.writer.asked[1:])

    asyncio.run(scene())


def test_a_quiz_about_documents_that_are_not_here_stays_here() -> None:
    async def scene() -> None:
        world = Quizzed()
        quiz = await world.made(wanted=2)
        world.quizzing.look(quiz.id)
        await world.act("quizzing:begin", "practice")
        elsewhere = tuple(replace(one, answer="a riot", document="elsewhere") for one in quiz.questions)
        world.quizzes.quizzes.set({quiz.id: replace(quiz, questions=elsewhere)})
        world.quizzing.now.set(None)
        world.quizzing.look(quiz.id)
        await world.answer("unrest in the streets")
        assert world.writer.asked[-1].text.startswith("Question: ")
        assert world.writer.asked[-1].stays_here

    asyncio.run(scene())


def test_an_answer_about_what_becomes_private_is_graded_no_further() -> None:
    async def scene() -> None:
        world = Quizzed()
        notebook = await in_a_notebook(world)
        quiz = await world.made(wanted=2)
        words = tuple(replace(one, answer="a riot") for one in quiz.questions)
        world.quizzes.quizzes.set({quiz.id: replace(quiz, questions=words)})
        world.quizzing.look(quiz.id)
        await world.act("quizzing:begin", "practice")
        world.writer.held = asyncio.Event()
        await world.answer("unrest in the streets")
        assert not world.writer.asked[-1].stays_here
        await world.act("library:private", {"arg": notebook, "value": True})
        now = world.quizzing.now()
        assert now is not None
        assert (world.writer.ended, now.is_checking, now.answer.by) == (1, False, "rule")

    asyncio.run(scene())


# -- what is wanted


@pytest.mark.parametrize(("typed", "wanted"), [("12", 12), ("0", 1), ("", 8), ("900", 100), ("-3", 8), ("²", 8)])
def test_how_many_are_wanted(typed: str, wanted: int) -> None:
    world = Quizzed()
    world.quizzes.wanted(typed)
    assert world.quizzes.wish().wanted == wanted
