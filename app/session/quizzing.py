"""Answering a quiz: one question at a time, try first, then hints, then the solution; or against the clock.

    session.quizzing.look("3f2a")               # this quiz is on show
    session.act("quizzing:begin", "practice")   # or "exam", "mistakes"
    session.act("quizzing:check", Field("", "transpiration"))
    session.act("quizzing:hint"); session.act("quizzing:solution"); session.act("quizzing:next")

What was answered is kept at once, so a page that is closed goes on with the question it was at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from app.core.actions import Field, action
from app.core.commands import Focus, Say
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.quiz import Grade
from app.core.signals import Signal
from app.core.texts import Text
from app.session.ending import unless
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.quiz import Quizzes
from app.study.ask import Ask, read_answer
from app.study.chats import new_id
from app.study.practice.asking import Verdict, was_right
from app.study.practice.hints import hints
from app.study.practice.quiz_store import QuizStore
from app.study.practice.quizzes import BY_RULE, BY_YOU, Answer, Asked, Attempt, Mode, Quiz, with_answer

JOB, CLOCK = "quiz-check", "quiz-clock"
ANSWER_LENGTH = 600
EXAM_SECONDS = 45  # for each question, where nobody says otherwise
MODES: tuple[Mode, ...] = ("practice", "exam", "mistakes")
QUESTION, FIELD = "quiz-question", "quiz-answer"


@dataclass(frozen=True, slots=True)
class Now:
    """The question on show: its answer so far, and what is just happening with it."""

    asked: Asked
    answer: Answer
    is_checking: bool = False
    is_sure: bool = True  # whether the last grade is one that a rule can give


class Quizzing:
    """The actions `quizzing:*`."""

    def __init__(
        self,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        store: QuizStore,
        reading: ReadingQueue,
        quizzes: Quizzes,
        library: Callable[[], Library],
        ask: Callable[[], Ask],
    ) -> None:
        self._jobs, self._page, self._clock, self._store = jobs, page, clock, store
        self._reading, self._quizzes, self._library, self._ask = reading, quizzes, library, ask
        self.quiz_id = Signal("")
        self.now: Signal[Now | None] = Signal(None)
        self.seconds_left: Signal[int | None] = Signal(None)  # of an exam
        self.minutes: Signal[int] = Signal(0)  # for the next one, 0 for as long as is usual

    # -- what is on show

    def look(self, id: str) -> None:
        """A quiz is on show: go on with the attempt that is under way; its first questions begin one."""
        if self.quiz_id() != id:
            self.quiz_id.set(id)
            self.now.set(None)
            self._stop_clock()
        attempt = self.attempt()
        if attempt and not attempt.ended:
            if attempt.mode == "exam" and not self._jobs.is_running(CLOCK):
                self._jobs.start(CLOCK, self._run_out(attempt.id))
            if self.now() is None:
                self._show_next()

    def leave(self) -> None:
        """Another page is shown."""
        self.quiz_id.set("")
        self.now.set(None)
        self._stop_clock()

    def _stop_clock(self) -> None:
        self.seconds_left.set(None)
        if self._jobs.is_running(CLOCK):
            self._jobs.start(CLOCK, self._no_clock())

    async def _no_clock(self) -> None:
        """In the place of one that ran."""

    @property
    def quiz(self) -> Quiz | None:
        """The quiz on show."""
        return self._quizzes.quizzes().get(self.quiz_id())

    def history(self) -> list[Attempt]:
        """The attempts at it, the newest first."""
        mine = [one for one in self._quizzes.attempts().values() if one.quiz == self.quiz_id()]
        return sorted(mine, key=lambda one: -one.began)

    def attempt(self) -> Attempt | None:
        """The newest one."""
        return next(iter(self.history()), None)

    def mistakes(self) -> tuple[Asked, ...]:
        """What was not right at once in the newest attempt."""
        attempt, quiz = self.attempt(), self.quiz
        if attempt is None or quiz is None:
            return ()
        found = ((one, attempt.answer_to(one.id)) for one in attempt.questions_of(quiz))
        is_exam = attempt.mode == "exam"
        return tuple(
            one for one, answer in found if (is_exam if answer is None else not (answer.is_right and not answer.hints))
        )

    def hints(self) -> tuple[object, ...]:
        """All hints of the question on show."""
        now = self.now()
        return hints(now.asked) if now else ()

    # -- an attempt

    @action("quizzing:minutes", str)
    def set_minutes(self, typed: str) -> None:
        """How long the next exam is."""
        self.minutes.set(min(int(typed), 600) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0)

    @action("quizzing:begin", str)
    async def begin(self, mode: str) -> None:
        """Begin an attempt at the quiz on show. Raises StorageError."""
        quiz = self.quiz
        if quiz is None or not quiz.questions:
            return
        chosen = next((one for one in MODES if one == mode), MODES[0])
        only: tuple[str, ...] = ()
        if chosen == "mistakes":
            only = tuple(one.id for one in self.mistakes())
        elif chosen == "exam":
            only = tuple(one.id for one in quiz.questions)  # what comes later is no part of it
        seconds = (self.minutes() * 60 or EXAM_SECONDS * len(only)) if chosen == "exam" else 0
        self.now.set(None)
        await self._keep(Attempt(new_id(), quiz.id, chosen, only, seconds, self._clock.now()))
        self.look(quiz.id)
        self._page.do(Focus(QUESTION))

    def follow(self) -> None:
        """A question has come: show it to whoever waits for one."""
        if self.quiz_id() and self.now() is None:
            self.look(self.quiz_id())

    def _show_next(self) -> None:
        """The first question that is not over."""
        quiz, attempt = self.quiz, self.attempt()
        if quiz is None or attempt is None:
            return
        for asked in attempt.questions_of(quiz):
            answer = attempt.answer_to(asked.id) or Answer(asked.id)
            if not answer.is_over:
                self.now.set(Now(asked, answer))
                return
        self.now.set(None)

    @action("quizzing:next")
    async def next(self) -> None:
        """The next question, or the end. Raises StorageError."""
        self._show_next()
        quiz, attempt = self.quiz, self.attempt()
        if self.now() is None and quiz and attempt and (attempt.only or quiz.state == "done"):
            await self._end(attempt)
        self._page.do(Focus(QUESTION))

    async def _end(self, attempt: Attempt) -> None:
        self._stop_clock()
        self.now.set(None)
        await self._keep(replace(attempt, ended=self._clock.now()))

    @action("quizzing:end")
    async def end(self) -> None:
        """End it here. Raises StorageError."""
        if (attempt := self.attempt()) and not attempt.ended:
            await self._end(attempt)
            self._page.do(Focus(QUESTION))

    async def _run_out(self, id: str) -> None:
        """The clock of an exam: when it has run out, the exam is over."""
        while (attempt := self.attempt()) and attempt.id == id and not attempt.ended:
            left = attempt.began + attempt.seconds - self._clock.now()
            self.seconds_left.set(max(0, round(left)))
            if left <= 0:
                self.now.set(None)
                self.seconds_left.set(None)
                await self._keep(replace(attempt, ended=self._clock.now()))
                self._page.do(Say(Text("quiz.time_over")))
                return
            await self._clock.sleep(min(1.0, left))

    async def _keep(self, attempt: Attempt) -> None:
        await self._store.keep_attempt(attempt)
        self._quizzes.attempts.set({**self._quizzes.attempts(), attempt.id: attempt})

    # -- one question

    @action("quizzing:check", Field)
    def check(self, given: Field) -> None:
        """Grade what was answered."""
        now, words = self.now(), " ".join(given.value.split())[:ANSWER_LENGTH]
        quiz, attempt = self.quiz, self.attempt()
        if quiz and attempt and now and words and not now.is_checking and not now.answer.is_over:
            self.now.set(replace(now, answer=replace(now.answer, given=words), is_checking=True))
            self._jobs.start(f"{JOB}:{attempt.id}", self._check(quiz, attempt.id, now, words))

    async def _check(self, quiz: Quiz, attempt_id: str, now: Now, words: str) -> None:
        """A model takes seconds: another quiz may be on show by then, or another attempt at this one."""
        try:
            grade, by = await self._graded(quiz, now.asked, words)
        except BaseException:
            if self._is_shown(attempt_id, now):
                self.now.set(now)
            raise
        attempt = self._quizzes.attempts().get(attempt_id)
        if attempt is None or attempt.ended:
            return
        is_exam, tries = attempt.mode == "exam", now.answer.tries + 1
        over = is_exam or grade.is_right
        answer = replace(now.answer, given=words, tries=tries, is_right=grade.is_right, is_over=over, by=by)
        is_shown = self._is_shown(attempt_id, now)
        await self._answered(attempt_id, Now(now.asked, answer, is_sure=grade.is_sure))
        if not is_shown:
            return
        if is_exam:
            await self.next()
        else:
            self._page.do(Say(Text("quiz.right" if grade.is_right else "quiz.not_yet")))

    def _is_shown(self, attempt_id: str, now: Now) -> bool:
        """Whether a question of an attempt is still what is on show."""
        shown, attempt = self.now(), self.attempt()
        return bool(shown and attempt and attempt.id == attempt_id and shown.asked.id == now.asked.id)

    async def _graded(self, quiz: Quiz, asked: Asked, words: str) -> tuple[Grade, str]:
        """By rule; where no rule can tell, by the model that answers for quizzes now."""
        if asked.options or asked.kind == "true_false":
            return Grade(words == asked.answer), BY_RULE
        grade = await self._reading.librarian.grade(asked.answer, words)
        if grade.is_sure or not quiz.model:
            return grade, BY_RULE
        try:
            await self._library().ready()  # it says what is private
            stays = partial(self.stays, quiz, asked)
            question = was_right(asked, words, quiz.chat, stays=stays())
            is_over = bool if question.stays_here else stays
            said = await unless(is_over, self._ask().whole(question))
            if said is None:
                return grade, BY_RULE
            return Grade(read_answer(said.text, Verdict).means_the_same), said.model_name
        except AppError:  # then the rule's word stands, and the person's own
            return grade, BY_RULE

    def stays(self, quiz: Quiz, asked: Asked) -> bool:
        """Whether nothing of a question may leave this device, as it is now."""
        return self._quizzes.making.items.stays(quiz, asked.document)

    async def _answered(self, attempt_id: str, now: Now) -> None:
        attempt = self._quizzes.attempts().get(attempt_id)
        if attempt is None:
            return
        await self._keep(with_answer(attempt, now.answer))
        if self._is_shown(attempt_id, now):
            self.now.set(now)

    def _open(self) -> tuple[str, Now] | None:
        """The attempt and the question on show, while nothing is being graded."""
        now, attempt = self.now(), self.attempt()
        return (attempt.id, now) if now and attempt and not now.is_checking else None

    @action("quizzing:hint")
    async def hint(self) -> None:
        """Show one hint more. Raises StorageError."""
        if not (shown := self._open()):
            return
        id, now = shown
        if not now.answer.is_over and now.answer.hints < len(self.hints()):
            await self._answered(id, replace(now, answer=replace(now.answer, hints=now.answer.hints + 1)))

    @action("quizzing:solution")
    async def solution(self) -> None:
        """Show the answer: after the first try. Raises StorageError."""
        if not (shown := self._open()):
            return
        id, now = shown
        if now.answer.tries and not now.answer.is_over:
            await self._answered(id, replace(now, answer=replace(now.answer, is_over=True)))

    @action("quizzing:count")
    async def count(self) -> None:
        """Count it as right: no rule could tell, and the person can. Raises StorageError."""
        if not (shown := self._open()):
            return
        id, now = shown
        if now.answer.tries and not now.is_sure:
            answer = replace(now.answer, is_right=True, is_over=True, by=BY_YOU)
            await self._answered(id, replace(now, answer=answer, is_sure=True))
