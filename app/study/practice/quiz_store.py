"""Keeps quizzes and the attempts at them.

store = QuizStore(records)
await store.keep(quiz)
removed = await store.remove(quiz)          # with its attempts; `restore(removed)` brings all of it back
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from app.records.checked import CheckedRecords
from app.study.practice.quizzes import Attempt, Quiz, attempt_from, quiz_from


@dataclass(frozen=True, slots=True)
class RemovedQuiz:
    """What was deleted together, for as long as it can come back."""

    quiz: Quiz
    attempts: tuple[Attempt, ...] = ()


class QuizStore:
    """Two shelves, by their ids."""

    def __init__(self, records: CheckedRecords) -> None:
        self._records = records

    async def all(self) -> tuple[dict[str, Quiz], dict[str, Attempt]]:
        """Everything there is. Raises StorageError."""
        quizzes = map(quiz_from, await self._records.all("quizzes"))
        attempts = map(attempt_from, await self._records.all("attempts"))
        return {one.id: one for one in quizzes}, {one.id: one for one in attempts}

    async def quiz(self, id: str) -> Quiz | None:
        """One quiz as it is kept now. Raises StorageError."""
        [found] = await self._records.get("quizzes", [id])
        return quiz_from(found) if found else None

    async def keep(self, quiz: Quiz) -> None:
        """Keep a quiz, in the place of what was there of it. Raises OutOfSpace, StorageError."""
        await self._records.write([("quizzes", quiz.id, asdict(quiz))])

    async def keep_attempt(self, attempt: Attempt) -> None:
        """The same of an attempt. Raises OutOfSpace, StorageError."""
        await self._records.write([("attempts", attempt.id, asdict(attempt))])

    async def remove(self, removed: RemovedQuiz) -> None:
        """Delete a quiz with its attempts, in one transaction. Raises StorageError."""
        gone = [("attempts", one.id) for one in removed.attempts]
        await self._records.write([], [("quizzes", removed.quiz.id), *gone])

    async def restore(self, removed: RemovedQuiz) -> None:
        """Put back what was removed. Raises StorageError."""
        attempts = [("attempts", one.id, asdict(one)) for one in removed.attempts]
        await self._records.write([("quizzes", removed.quiz.id, asdict(removed.quiz)), *attempts])
