"""Answering a quiz: hints, grades by rule and by a model, against the clock, in the right attempt."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from app.session.undo import UNDO_SECONDS
from app.study.practice.quizzes import Quiz
from tests.test_session_quiz import Quizzed


async def practised(wanted: int = 3) -> Quizzed:
    world = Quizzed()
    quiz = await world.made(wanted=wanted)
    world.quizzing.look(quiz.id)
    await world.act("quizzing:begin", "practice")
    return world


def test_try_first_then_hints_then_the_solution() -> None:
    async def scene() -> None:
        world = await practised()
        part = world.quizzing
        now = part.now()
        assert now is not None
        await world.act("quizzing:solution")
        assert not part.now().answer.is_over, "not before the first try"  # type: ignore[union-attr]
        await world.act("quizzing:hint")
        await world.answer("1234")
        now = part.now()
        assert now is not None
        assert (now.answer.tries, now.answer.hints, now.answer.is_right, now.answer.is_over) == (1, 1, False, False)
        await world.answer(now.asked.answer)
        now = part.now()
        assert now is not None
        assert (now.answer.is_right, now.answer.is_over, now.answer.is_unaided, now.answer.by) == (
            True,
            True,
            False,
            "rule",
        )
        await world.act("quizzing:next")
        second = part.now()
        assert second is not None
        assert second.asked.id != now.asked.id
        await world.answer("1234")
        await world.act("quizzing:solution")
        assert part.now().answer.is_over  # type: ignore[union-attr]
        await world.act("quizzing:next")
        third = part.now()
        assert third is not None
        await world.answer(f"in {third.asked.answer}")
        await world.act("quizzing:next")
        attempt = part.attempt()
        assert attempt is not None
        assert (attempt.right, attempt.unaided, attempt.ended > 0, part.now()) == (2, 1, True, None)
        assert [one.id for one in part.mistakes()] == [now.asked.id, second.asked.id]
        await world.act("quizzing:begin", "mistakes")
        assert part.attempt().only == (now.asked.id, second.asked.id)  # type: ignore[union-attr]

    asyncio.run(scene())


def test_a_reload_goes_on_with_the_question_it_was_at() -> None:
    async def scene() -> None:
        world = await practised()
        await world.answer(world.quizzing.now().asked.answer)  # type: ignore[union-attr]
        await world.act("quizzing:next")
        await world.answer("1234")
        before = world.quizzing.now()
        again = Quizzed(world, world.writer)
        await again.open()
        again.quizzing.look(again.quiz.id)
        now = again.quizzing.now()
        assert before is not None
        assert now is not None
        assert (now.asked, now.answer) == (before.asked, before.answer)
        assert again.quizzing.attempt().right == 1  # type: ignore[union-attr]

    asyncio.run(scene())


def test_where_no_rule_can_tell_the_model_does_and_says_so_or_the_person() -> None:
    async def scene() -> None:
        world = await practised()
        part = world.quizzing
        quiz = replace(world.quiz, questions=tuple(replace(one, answer="a riot") for one in world.quiz.questions))
        world.quizzes.quizzes.set({quiz.id: quiz})
        part.now.set(None)
        part.look(quiz.id)
        await world.answer("unrest in the streets")
        now = part.now()
        assert now is not None
        assert (now.answer.is_right, now.answer.by) == (True, "Writer 1B")
        await world.act("quizzing:next")
        world.quizzes.quizzes.set({quiz.id: replace(quiz, model="")})
        await world.answer("unrest in the streets")
        now = part.now()
        assert now is not None
        assert (now.answer.is_right, now.answer.by, now.is_sure) == (False, "rule", False)
        await world.act("quizzing:count")
        now = part.now()
        assert now is not None
        assert (now.answer.is_right, now.answer.by) == (True, "you")

    asyncio.run(scene())


def test_an_exam_has_no_hints_and_ends_with_its_time() -> None:
    async def scene() -> None:
        world = Quizzed()
        quiz = await world.made(wanted=3)
        world.quizzing.look(quiz.id)
        await world.act("quizzing:minutes", "10")
        world.clock.step, over = 0.0, asyncio.Event()
        vars(world.clock)["sleep"] = lambda seconds: over.wait()
        await world.act("quizzing:begin", "exam")
        part = world.quizzing
        attempt = part.attempt()
        assert attempt is not None
        assert (attempt.mode, attempt.seconds) == ("exam", 600)
        first = part.now()
        assert first is not None
        await world.answer("1234")
        second = part.now()
        assert second is not None
        assert second.asked.id != first.asked.id, "the next one comes at once"
        assert part.seconds_left() == 600
        world.clock.time += 601
        over.set()
        await world.rest()
        attempt = part.attempt()
        assert attempt is not None
        assert attempt.ended > 0
        assert (attempt.right, len(part.mistakes())) == (0, 3)

    asyncio.run(scene())


async def being_graded() -> tuple[Quizzed, Quiz, Quiz]:
    """Two quizzes; an answer in the first one is being graded by a model."""
    world = Quizzed()
    first = await world.made(wanted=2)
    await world.act("quiz:start", {"arg": ""})
    await world.rest()
    first = replace(first, questions=tuple(replace(one, answer="a riot") for one in first.questions))
    second = next(one for one in world.quizzes.listed() if one.id != first.id)
    world.quizzes.quizzes.set({first.id: first, second.id: second})
    world.quizzing.look(second.id)
    await world.act("quizzing:begin", "practice")
    world.quizzing.look(first.id)
    await world.act("quizzing:begin", "practice")
    world.writer.held = asyncio.Event()
    await world.answer("unrest in the streets")
    return world, first, second


def test_an_answer_lands_in_the_attempt_in_which_it_was_given() -> None:
    async def scene() -> None:
        world, first, second = await being_graded()
        part = world.quizzing
        part.look(second.id)
        shown = part.now()
        world.writer.held.set()  # type: ignore[union-attr]
        await world.rest()
        by_quiz = {one.quiz: one for one in world.quizzes.attempts().values()}
        assert [one.given for one in by_quiz[first.id].answers] == ["unrest in the streets"]
        assert by_quiz[second.id].answers == ()
        assert part.now() == shown
        part.look(first.id)
        now = part.now()
        assert now is not None
        assert now.asked.id == first.questions[1].id, "the first one was right"

    asyncio.run(scene())


def test_a_new_attempt_takes_no_answer_of_the_one_before() -> None:
    async def scene() -> None:
        world, first, _ = await being_graded()
        await world.act("quizzing:begin", "practice")
        world.writer.held.set()  # type: ignore[union-attr]
        await world.rest()
        now, attempt = world.quizzing.now(), world.quizzing.attempt()
        assert now is not None
        assert attempt is not None
        assert (attempt.quiz, attempt.answers, now.answer.given, now.is_checking) == (first.id, (), "", False)

    asyncio.run(scene())


def test_there_is_no_hint_while_an_answer_is_being_graded() -> None:
    async def scene() -> None:
        world, _, _ = await being_graded()
        await world.act("quizzing:hint")
        now = world.quizzing.now()
        assert now is not None
        assert (now.is_checking, now.answer.hints) == (True, 0)
        world.writer.held.set()  # type: ignore[union-attr]
        await world.rest()
        now = world.quizzing.now()
        assert now is not None
        assert (now.is_checking, now.answer.tries, now.answer.hints) == (False, 1, 0)

    asyncio.run(scene())


def test_a_deleted_quiz_comes_back_with_its_history() -> None:
    async def scene() -> None:
        world = await practised()
        quiz, attempt = world.quiz, world.quizzing.attempt()
        await world.act("quiz:delete", quiz.id)
        assert world.quizzes.listed() == []
        assert await world.session.quiz_store.all() == ({}, {})
        toast = world.session.state.toast()
        assert toast is not None
        world.records.is_full = True
        await world.act(*toast.button[1:])
        assert world.quizzes.listed() == []
        world.records.is_full = False
        await world.act(*toast.button[1:])  # it can be tried again
        assert world.quiz == quiz
        assert attempt is not None
        assert await world.session.quiz_store.all() == ({quiz.id: quiz}, {attempt.id: attempt})
        await world.act("quiz:delete", quiz.id)
        toast = world.session.state.toast()
        assert toast is not None
        world.clock.is_over.set()
        await world.rest()
        await world.act(*toast.button[1:])
        assert world.quizzes.listed() == [], "half a minute is over"
        assert UNDO_SECONDS == 30.0

    asyncio.run(scene())
