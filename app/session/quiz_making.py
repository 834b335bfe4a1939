"""Makes the questions of a quiz in the background, one by one, by one page at a time; a reply always goes first.

    making.go_on("3f2a")                # from where it is, also after the page was closed in the middle
    await making.stop()
    making.progress()                   # Progress("3f2a", rate=0.2, …), a signal; None while nothing is made

Each try is kept before the next one begins: `app.study.practice.quizzes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.core.jobs import Jobs
from app.core.ports import Clock, Tabs
from app.core.signals import Signal
from app.session.background import Background
from app.session.item_making import ItemMaking
from app.session.state import State
from app.study.practice.quiz_store import QuizStore
from app.study.practice.quizzes import Quiz, dropped, kept, oldest_unfinished, settled

JOB = "quiz"


class QuizMaking:
    """The queue of one quiz at a time."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        clock: Clock,
        tabs: Tabs,
        store: QuizStore,
        items: ItemMaking,
    ) -> None:
        self._clock, self._store, self.items = clock, store, items
        self.quizzes: Signal[dict[str, Quiz]] = Signal({})
        self.line = Background(jobs, tabs, JOB, state.makes_quiz, self._make, self._following)
        self.progress, self.problem = self.line.progress, self.line.problem

    def is_at(self, quiz: Quiz) -> bool:
        """Whether it is this one whose questions are being made."""
        return self.line.is_at(quiz.id)

    def is_later(self, quiz: Quiz) -> bool:
        """Whether it is this one's turn after another one's."""
        return quiz.state == "making" and quiz.next_try is not None and self.line.is_later(quiz.id)

    async def resume(self, id: str) -> None:
        """Go on with a quiz that was stopped, as it is kept now. Raises StorageError."""
        if quiz := await self._stored(id):
            await self.keep(settled(replace(quiz, state="making")))
            self.go_on(id)

    def go_on(self, id: str) -> None:
        """Make what is lacking of a quiz, if nobody is at it."""
        self.line.go_on(id)

    async def stop(self) -> None:
        """Not now: it can go on later. Raises StorageError."""
        id = await self.line.stop()
        if id and (quiz := await self._stored(id)) and quiz.state == "making":
            await self.keep(replace(quiz, state="stopped"))
        if following := await self._following():
            self.go_on(following)

    async def keep(self, quiz: Quiz) -> None:
        """Keep a quiz as it is now. Raises StorageError."""
        await self._store.keep(quiz)
        self.quizzes.set({**self.quizzes(), quiz.id: quiz})

    def first(self, quizzes: Iterable[Quiz]) -> str:
        """The one that waits longest for its questions, "" for none."""
        waiting = oldest_unfinished(self.line.untried(quizzes))
        return waiting.id if waiting else ""

    async def _following(self) -> str:
        """Raises StorageError."""
        return self.first((await self._store.all())[0].values())

    async def _make(self, id: str) -> None:
        await self.items.ready()
        while (quiz := await self._stored(id)) and quiz.state == "making" and (tried := quiz.next_try):
            began = self._clock.tick()
            result = await self.items.tried(quiz, *tried, waits=self.line.waits)
            now = await self._stored(id)
            if now is None or now.state != "making":  # deleted or stopped meanwhile, perhaps in another page
                return
            await self.keep(dropped(now, result) if isinstance(result, str) else kept(now, result))
            self.line.took(1, self._clock.tick() - began)

    async def _stored(self, id: str) -> Quiz | None:
        """A quiz as it is kept now, and shown as that: another page may have changed it."""
        quiz = await self._store.quiz(id)
        others = {key: one for key, one in self.quizzes().items() if key != id}
        self.quizzes.set({**others, id: quiz} if quiz else others)
        return quiz
