"""Jobs: one per name, one way to stop, and no error disappears."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from app.core.jobs import Jobs
from tests.memory import ticks


class Diary:
    """What jobs did, and the errors that came out of them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.errors: list[tuple[str, str]] = []
        self.jobs = Jobs(lambda name, error: self.errors.append((name, repr(error))))

    async def work(self, name: str, steps: int = 1_000_000) -> None:
        self.lines.append(f"{name} starts")
        try:
            await ticks(steps)
            self.lines.append(f"{name} ends")
        finally:
            await ticks(3)
            self.lines.append(f"{name} cleans up")


def keep(body: Coroutine[Any, Any, Diary]) -> Diary:
    return asyncio.run(body)


def test_a_job_runs_to_its_end_and_is_forgotten() -> None:
    async def body() -> Diary:
        diary = Diary()
        diary.jobs.start("a", diary.work("a", 2))
        assert diary.jobs.is_running("a")
        await diary.jobs.join()
        assert not diary.jobs.is_running("a")
        return diary

    assert keep(body()).lines == ["a starts", "a ends", "a cleans up"]


def test_a_job_is_over_with_its_last_step() -> None:
    """Fault U17: what was sent in the moment after it waited for a job that had looked for it already."""

    async def body() -> Diary:
        diary = Diary()
        diary.jobs.start("a", diary.work("a", 1))
        while diary.lines[-1:] != ["a cleans up"]:
            assert diary.jobs.is_running("a")
            await asyncio.sleep(0)
        assert not diary.jobs.is_running("a")
        return diary

    keep(body())


def test_stopping_waits_until_the_job_has_cleaned_up() -> None:
    async def body() -> Diary:
        diary = Diary()
        diary.jobs.start("a", diary.work("a"))
        await ticks(2)
        await diary.jobs.stop("a")
        diary.lines.append("stopped")
        assert not diary.jobs.is_running("a")
        await diary.jobs.stop("a")
        await diary.jobs.stop("unknown")
        return diary

    assert keep(body()).lines == ["a starts", "a cleans up", "stopped"]


def test_a_job_stopped_before_its_first_step_leaves_no_warning() -> None:
    async def body() -> Diary:
        diary = Diary()
        diary.jobs.start("a", diary.work("a"))
        await diary.jobs.stop("a")
        return diary

    assert keep(body()).lines == []


def test_a_job_of_the_same_name_waits_for_the_one_before() -> None:
    async def body() -> Diary:
        diary = Diary()
        diary.jobs.start("a", diary.work("first"))
        await ticks(2)
        diary.jobs.start("a", diary.work("second", 1))
        diary.jobs.start("b", diary.work("other", 1))
        await diary.jobs.join()
        return diary

    lines = keep(body()).lines
    assert lines.index("first cleans up") < lines.index("second starts")
    assert {"second ends", "other ends"} <= set(lines)


def test_waiting_for_a_job_does_not_own_it() -> None:
    async def body() -> Diary:
        diary = Diary()
        diary.jobs.start("a", diary.work("a", 20))
        waiting = asyncio.ensure_future(diary.jobs.wait("a"))
        await ticks(3)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert diary.jobs.is_running("a")
        await diary.jobs.wait("a")
        await diary.jobs.wait("unknown")
        return diary

    assert keep(body()).lines[-1] == "a cleans up"


def test_errors_are_reported_with_the_name_and_stops_are_not() -> None:
    async def body() -> Diary:
        diary = Diary()

        async def fail() -> None:
            raise ValueError("broken")

        diary.jobs.start("bad", fail())
        diary.jobs.start("good", diary.work("good"))
        await ticks(3)
        await diary.jobs.stop("good")
        await diary.jobs.join()
        return diary

    assert keep(body()).errors == [("bad", "ValueError('broken')")]


def test_jobs_are_found_by_their_beginning() -> None:
    async def body() -> Diary:
        diary = Diary()
        for name in ("import:a", "import:b", "reply:a"):
            diary.jobs.start(name, diary.work(name, 1))
        assert diary.jobs.names("import:") == ["import:a", "import:b"]
        await diary.jobs.join()
        return diary

    keep(body())
