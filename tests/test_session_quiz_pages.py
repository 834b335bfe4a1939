"""A quiz that is written while others wait, and while another page shows, stops or deletes it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from app.core.errors import Unreachable
from app.study.chats import Chat, Turn
from app.study.practice.quizzes import Quiz
from app.ui.parts.quiz_list import quiz_list
from app.ui.parts.quiz_question import quiz_head, quiz_making, quiz_question
from app.ui.prose import Prose
from tests.adapters import PlainTypesetter
from tests.memory import MemoryTabs
from tests.test_session_quiz import PAGES, Quizzed


def prose(world: Quizzed) -> Prose:
    return Prose(world.page, world.session.notices, PlainTypesetter())


async def in_two_pages(wanted: int = 4) -> tuple[Quizzed, Quizzed]:
    """A page that is writing a quiz, at its second question, and another one that shows it."""
    maker = Quizzed()
    await maker.begin()
    await maker.add(coves_txt=PAGES)
    await maker.open()
    tabs = MemoryTabs()
    vars(maker.quizzes.making.line)["_tabs"] = tabs
    maker.writer.held = asyncio.Event()
    await maker.made(wanted=wanted)
    maker.writer.held.set()
    await maker.writer.has_asked(2)
    maker.writer.held.clear()
    await maker.rest()
    other = Quizzed(maker, maker.writer)
    vars(other.quizzes.making.line)["_tabs"] = tabs.another()
    await other.open()
    return maker, other


def test_a_quiz_that_another_page_deletes_does_not_come_back() -> None:
    async def scene() -> None:
        maker, other = await in_two_pages()
        assert len(other.quiz.questions) == 1
        await other.act("quiz:delete", other.quiz.id)
        maker.writer.held.set()  # type: ignore[union-attr]
        await maker.rest()
        assert await maker.session.quiz_store.all() == ({}, {})
        assert (maker.quizzes.listed(), maker.quizzes.making.progress()) == ([], None)

    asyncio.run(scene())


def test_stop_in_another_page_takes_nothing_back_and_stops_the_writing() -> None:
    async def scene() -> None:
        maker, other = await in_two_pages()
        maker.writer.held.set()  # type: ignore[union-attr]
        await maker.writer.has_asked(3)
        maker.writer.held.clear()  # type: ignore[union-attr]
        await maker.rest()
        written = len(maker.quiz.questions)
        assert len(other.quiz.questions) < written, "the other page has an old copy"
        await other.act("quiz:stop")
        maker.writer.held.set()  # type: ignore[union-attr]
        await maker.rest()
        [[kept]] = [list((await maker.session.quiz_store.all())[0].values())]
        assert (kept.state, len(kept.questions)) == ("stopped", written)
        assert (maker.quiz, maker.quizzes.making.progress()) == (kept, None)
        await other.act("quiz:go-on", kept.id)
        for _ in range(4):
            await other.rest()
        assert (other.quiz.state, len(other.quiz.questions)) == ("done", 4)

    asyncio.run(scene())


def test_a_quiz_that_fails_holds_up_no_other_and_says_so_itself_alone() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.failing = Unreachable()
        first = await world.made_of(wanted=2)
        world.writer.failing = None
        second = await world.made_of(wanted=2)
        await world.session.jobs.wait("quiz")
        assert {one.id: len(one.questions) for one in world.quizzes.listed()} == {first.id: 0, second.id: 2}
        await world.quizzes.making.resume(second.id)
        for id, is_told in ((first.id, True), (second.id, False)):
            world.quizzing.look(id)
            assert ('role="alert"' in str(quiz_making(world.session))) is is_told

    asyncio.run(scene())


def test_a_second_quiz_is_made_after_the_first_one() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.held = asyncio.Event()
        first = await world.made_of(wanted=2)
        second = await world.made_of(wanted=2)
        making = world.quizzes.making
        assert (making.is_at(first), making.is_later(second), making.is_later(first)) == (True, True, False)
        world.quizzing.look(second.id)
        assert "after another quiz" in str(quiz_question(world.session, prose(world)))
        assert "after another quiz" in str(quiz_making(world.session))
        assert "after another quiz" in str(quiz_list(world.session))
        world.quizzing.look(first.id)
        assert "is being written" in str(quiz_question(world.session, prose(world)))
        world.writer.held.set()
        await world.session.jobs.wait("quiz")
        assert {one.id: len(one.questions) for one in world.quizzes.listed()} == {first.id: 2, second.id: 2}
        assert making.progress() is None

    asyncio.run(scene())


def test_stop_lets_the_next_quiz_begin() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.held = asyncio.Event()
        first = await world.made_of(wanted=2)
        second = await world.made_of(wanted=2)
        await world.act("quiz:stop")
        assert world.quizzes.making.is_at(second)
        world.writer.held.set()
        await world.session.jobs.wait("quiz")
        assert {one.id: one.state for one in world.quizzes.listed()} == {first.id: "stopped", second.id: "done"}

    asyncio.run(scene())


def test_what_another_page_changes_is_shown_while_a_quiz_is_made() -> None:
    async def scene() -> None:
        maker, other = await in_two_pages()
        await other.act("quiz:by-model", False)
        await other.act("quiz:start", {"arg": ""})
        maker.quizzes.changed()
        await maker.rest()
        assert len(maker.quizzes.listed()) == 2

    asyncio.run(scene())


async def with_a_question(world: Quizzed, **changes: object) -> Quiz:
    """A quiz of a chat, begun, with one question."""
    turn = Turn("t1", "c1", "", "assistant", "The harbour wall of Cove9 was finished in 1824 by the old masons.")
    chat, _ = await world.session.store.add(Chat("c1", "Harbours"), "", turn)
    world.session.state.chats.set((chat,))
    await world.open()
    await world.act("quiz:about", "chat/c1")
    await world.act("quiz:by-model", False)
    await world.act("quiz:start", {"arg": ""})
    await world.rest()
    quiz = world.quizzes.listed()[0]
    asked = replace(quiz.questions[0], **changes)  # type: ignore[arg-type]
    await world.quizzes.making.keep(replace(quiz, questions=(asked,)))
    world.quizzing.look(quiz.id)
    await world.act("quizzing:begin", "practice")
    return quiz


def test_a_quiz_of_a_chat_leads_back_to_it() -> None:
    async def scene() -> None:
        world = Quizzed()
        await with_a_question(world)
        assert 'href="#/chat/c1">Open the chat' in str(quiz_head(world.session))
        await world.answer("nothing")
        await world.act("quizzing:solution")
        assert 'href="#/chat/c1/t1"' in str(quiz_question(world.session, prose(world)))
        world.session.state.chats.set(())
        assert "Open the chat" not in str(quiz_head(world.session))

    asyncio.run(scene())


def test_formulas_of_a_question_are_typeset_and_nothing_else_is_markdown() -> None:
    async def scene() -> None:
        world = Quizzed()
        await with_a_question(world, question="Is *it* $x^2$, or ____?", options=("$x_1$", "2 * 3 * 4"), answer="$x_1$")
        html = str(quiz_question(world.session, prose(world)))
        assert "Is *it* <span" in html
        assert 'class="math"' in html
        assert "2 * 3 * 4" in html
        assert "<em>" not in html
        assert "____" in html

    asyncio.run(scene())


def test_a_quiz_that_failed_is_not_tried_again_because_another_page_has_changed_one() -> None:
    async def scene() -> None:
        world = Quizzed()
        world.writer.failing = Unreachable()
        first = await world.made_of(wanted=2)
        await world.session.jobs.wait("quiz")
        asked = len(world.writer.asked)
        world.quizzes.changed()
        for _ in range(5):
            await world.rest()
        assert len(world.writer.asked) == asked
        assert first.id in world.quizzes.making.line.failed()

    asyncio.run(scene())
