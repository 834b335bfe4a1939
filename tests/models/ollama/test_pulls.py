"""Pulling: a bar that never runs backwards and never lies, pauses, joins, and what a reload offers to go on with."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress

import pytest

from app.core.errors import Interrupted, ModelMissing, ProviderError, Unreachable
from app.models.ollama.answers import Step
from app.models.ollama.client import OllamaClient
from app.models.ollama.library import BadName
from app.models.ollama.pulls import SHELF, Pull, PullRow, Pulls
from app.models.store.rows import Status
from tests.memory import FakeClock, MemoryRecords, ticks
from tests.words import english

BIG, SMALL = "sha256:" + "a" * 64, "sha256:" + "b" * 64
SUCCESS = Step("success")


def layer(digest: str, completed: int, total: int) -> Step:
    return Step(f"pulling {digest[7:19]}", digest, total, completed)


def whole_pull(layers: Sequence[tuple[str, int]], starts: Sequence[int], step: int) -> list[Step]:
    """What Ollama sends: each layer from where it stands, then the checks and success."""
    steps = [Step("pulling manifest")]
    for (digest, total), start in zip(layers, starts, strict=True):
        steps += [layer(digest, done, total) for done in (*range(start, total, step), total)]
    return [*steps, Step("verifying sha256 digest"), Step("writing manifest"), SUCCESS]


# -- one bar


def test_all_layers_are_added_up_and_the_bar_is_full_only_at_success() -> None:
    pull, percents = Pull(FakeClock(1.0)), []
    for step in whole_pull([(BIG, 1000), (SMALL, 10)], [0, 0], 100):
        pull.take(step)
        percents.append(pull.percent)
        assert (pull.percent == 100) == pull.is_done == (step is SUCCESS)
    assert percents == sorted(percents)
    assert (pull.done_bytes, pull.total_bytes, pull.rate, pull.seconds_left) == (1010, 1010, 0.0, 0.0)


def test_a_first_small_layer_does_not_look_like_the_whole_where_the_size_is_known() -> None:
    pull = Pull(FakeClock(1.0), expected=1000)
    pull.take(layer(SMALL, 10, 10))
    assert (pull.percent, pull.total_bytes) == (1, 1000)
    for step in whole_pull([(SMALL, 10), (BIG, 900)], [10, 0], 100)[1:]:
        pull.take(step)
    assert (pull.percent, pull.total_bytes) == (100, 910)  # what was expected was a rounded figure


def test_a_new_try_goes_on_at_the_same_place_while_nothing_is_told_yet() -> None:
    pull = Pull(FakeClock(1.0))
    pull.take(layer(BIG, 600, 1000))
    pull.begin()
    pull.take(Step("pulling manifest"))
    assert (pull.percent, pull.done_bytes, pull.total_bytes) == (60, 600, 1000)


def test_a_model_that_is_another_one_at_the_next_try_is_counted_by_its_own_layers() -> None:
    pull = Pull(FakeClock(1.0))
    pull.take(layer(BIG, 600, 1000))
    pull.begin()
    for step in whole_pull([(SMALL, 800)], [0], 100):
        pull.take(step)
    assert (pull.percent, pull.total_bytes) == (100, 800)


def test_a_line_without_completed_counts_as_nothing_yet() -> None:
    pull = Pull(FakeClock(1.0))
    pull.take(Step("pulling aaa", BIG, 1000))
    assert (pull.done_bytes, pull.total_bytes, pull.percent) == (0, 1000, 0)


def test_what_was_there_already_is_progress_but_no_speed() -> None:
    clock = FakeClock()
    pull = Pull(clock)
    pull.take(layer(BIG, 900, 2000))
    assert (pull.percent, pull.rate, pull.seconds_left) == (45, 0.0, 0.0)
    clock.time += 2
    pull.take(layer(BIG, 1100, 2000))
    assert (pull.rate, pull.seconds_left) == (100.0, 9.0)


def test_the_notes_say_what_happens_between_the_layers() -> None:
    pull, notes = Pull(FakeClock()), []
    for status in ("pulling manifest", "verifying sha256 digest", "something new", "success"):
        pull.take(Step(status))
        notes.append(english(pull.note))
    assert notes == ["looking up the model", "checking the download", "something new", ""]


def test_no_order_of_lines_cuts_and_new_tries_makes_it_run_backwards_or_end_early() -> None:
    """Random pulls: layers in any order and number, cut anywhere, gone on with or begun again, lines left out."""
    chance = random.Random(4)
    for _ in range(300):
        layers = [(f"sha256:{number:064x}", chance.randint(1, 5000)) for number in range(chance.randint(1, 6))]
        pull = Pull(FakeClock(0.05), expected=chance.choice([0, 0, 100, 20_000]), done=chance.choice([0, 0, 700]))
        has = [0] * len(layers)
        shown = (pull.percent, pull.done_bytes)
        while not pull.is_done:
            pull.begin()
            if chance.random() < 0.3:
                has = [0] * len(layers)  # the server has cleared away what it had
            steps = whole_pull(layers, has, chance.randint(50, 3000))
            if chance.random() < 0.2:
                steps[1:-3] = chance.sample(steps[1:-3], len(steps) - 4)  # layers side by side, lines out of order
            cut = chance.choice([len(steps), chance.randint(0, len(steps))])
            for step in steps[:cut]:
                if step is not SUCCESS and chance.random() < 0.2:
                    continue  # small layers may show no line
                pull.take(step)
                now = (pull.percent, pull.done_bytes)
                assert now[0] >= shown[0]
                assert now[1] >= shown[1]
                assert (pull.percent == 100) == pull.is_done == (step is SUCCESS)
                assert pull.done_bytes <= pull.total_bytes
                assert pull.rate >= 0
                assert pull.seconds_left >= 0
                shown = now
                for index, (digest, _) in enumerate(layers):
                    has[index] = step.completed if step.digest == digest else has[index]


# -- several, with breaks


class Server:
    """Stands for the client: `script` says what each pull of a name gives, a list a try; an error in it is raised.
    A try ends where its list ends, as a cut stream does. `gate` lets one step pass each time it is released."""

    def __init__(self, **scripts: Sequence[Sequence[Step | Exception]]) -> None:
        self.scripts: dict[str, list[Sequence[Step | Exception]]] = {name: [*tries] for name, tries in scripts.items()}
        self.asked: list[str] = []
        self.closed = 0
        self.gate: asyncio.Semaphore | None = None

    async def pull(self, name: str) -> AsyncGenerator[Step, None]:
        """One try."""
        self.asked.append(name)
        try:
            for step in self.scripts[name].pop(0):
                await (self.gate.acquire() if self.gate else asyncio.sleep(0))
                if isinstance(step, Exception):
                    raise step
                yield step
        finally:
            self.closed += 1


class World:
    """Pulls over a scripted server; every row that was ever shown is kept."""

    def __init__(self, server: Server, records: MemoryRecords | None = None) -> None:
        self.server, self.records, self.clock = server, records or MemoryRecords(), FakeClock(0.01)
        self.seen: list[PullRow] = []
        client: OllamaClient = server  # type: ignore[assignment]
        self.pulls = Pulls(client, self.records, self.clock, self.look)

    def look(self) -> None:
        """Remember what is shown."""
        self.seen.extend(self.pulls.rows)

    def row(self, name: str) -> PullRow:
        """One row."""
        row = self.pulls.row(name)
        assert row is not None
        return row

    def kept(self) -> list[dict[str, object]]:
        """What a reload would find."""
        return [json.loads(text) for text in self.records.shelves.get(SHELF, {}).values()]


FULL = whole_pull([(BIG, 1000), (SMALL, 10)], [0, 0], 100)


def test_a_pull_ends_ready_and_leaves_nothing_to_go_on_with() -> None:
    world = World(Server(tiny=[FULL]))
    asyncio.run(world.pulls.pull("tiny"))
    assert (world.row("tiny").status, world.row("tiny").percent, world.kept()) == (Status.READY, 100, [])
    assert all(row.status == Status.DOWNLOADING for row in world.seen[:-2])


@pytest.mark.parametrize("cut", range(len(FULL)))
def test_cut_anywhere_it_is_paused_never_ready_and_goes_on(cut: int) -> None:
    world = World(Server(tiny=[FULL[:cut], whole_pull([(BIG, 1000), (SMALL, 10)], [600, 0], 100)]))

    async def story() -> None:
        with pytest.raises(Interrupted):
            await world.pulls.pull("tiny")
        row = world.row("tiny")
        assert (row.status, row.percent < 100, row.rate) == (Status.PAUSED, True, 0.0)
        assert isinstance(row.problem, Interrupted)
        assert [one["name"] for one in world.kept()] == ["tiny"]
        await world.pulls.pull("tiny")

    asyncio.run(story())
    assert world.row("tiny").is_done
    assert world.row("tiny").problem is None
    percents = [row.percent for row in world.seen]
    assert percents == sorted(percents)
    assert all((row.percent == 100) <= (row.status in (Status.DOWNLOADING, Status.READY)) for row in world.seen)


def test_cancelling_pauses_closes_the_stream_and_remembers() -> None:
    world = World(Server(tiny=[FULL, FULL]))

    async def story() -> None:
        world.server.gate = asyncio.Semaphore(5)
        task = asyncio.ensure_future(world.pulls.pull("tiny"))
        await ticks()
        assert world.row("tiny").status == Status.DOWNLOADING
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert world.server.closed == 1
        assert (world.row("tiny").status, world.row("tiny").problem) == (Status.PAUSED, None)
        assert world.kept() == [{"name": "tiny", "done": 300, "total": 1000, "started": world.row("tiny").started}]
        world.server.gate = None
        await world.pulls.pull("tiny")

    asyncio.run(story())
    assert world.row("tiny").is_done
    assert world.server.asked == ["tiny", "tiny"]


def test_a_reload_offers_to_go_on_where_it_was() -> None:
    first = World(Server(tiny=[FULL[:8]], other=[FULL[:3]]))

    async def before() -> None:
        for name in ("tiny", "other"):
            with suppress(Interrupted):
                await first.pulls.pull(name)

    asyncio.run(before())
    world = World(Server(tiny=[FULL]), first.records)

    async def after() -> None:
        await world.pulls.restore()
        assert [(row.name, row.status) for row in world.pulls.rows] == [("tiny", "Paused"), ("other", "Paused")]
        assert (world.row("tiny").done_bytes, world.row("tiny").percent) == (600, 60)
        await world.pulls.pull("tiny")

    asyncio.run(after())
    assert [one["name"] for one in world.kept()] == ["other"]
    tiny = [row for row in world.seen if row.name == "tiny"]
    assert min(row.percent for row in tiny) == 60  # the server began at 0 again: the bar waits
    asyncio.run(world.pulls.restore())
    assert world.row("tiny").is_done


def test_who_asks_for_a_model_that_is_being_pulled_joins_in() -> None:
    world = World(Server(**{"tiny:latest": [], "tiny": [FULL]}))

    async def story() -> None:
        world.server.gate = asyncio.Semaphore(0)
        first = asyncio.ensure_future(world.pulls.pull("tiny"))
        second = asyncio.ensure_future(world.pulls.pull("Tiny:latest"))
        await ticks()
        first.cancel()  # one leaves, the other one still wants it
        await asyncio.wait({first})
        assert world.row("tiny").status == Status.DOWNLOADING
        for _ in FULL:
            world.server.gate.release()
        await second

    asyncio.run(story())
    assert world.server.asked == ["tiny"]
    assert world.row("tiny").is_done
    assert len(world.pulls.rows) == 1


def test_the_last_one_who_leaves_pauses_it_and_pause_ends_it_for_all_without_an_error() -> None:
    world = World(Server(tiny=[FULL, FULL, FULL]))

    async def story() -> None:
        world.server.gate = asyncio.Semaphore(0)
        both = [asyncio.ensure_future(world.pulls.pull("tiny")) for _ in range(2)]
        await ticks()
        for task in both:
            task.cancel()
        await asyncio.wait(both)
        assert (world.row("tiny").status, world.server.closed) == (Status.PAUSED, 1)
        both = [asyncio.ensure_future(world.pulls.pull("tiny")) for _ in range(2)]
        await ticks()
        await world.pulls.pause("tiny")
        await asyncio.gather(*both)
        assert (world.row("tiny").status, world.server.closed) == (Status.PAUSED, 2)
        await world.pulls.pause("nobody")

    asyncio.run(story())


def test_paused_before_its_first_step_it_is_paused_and_can_go_on() -> None:
    world = World(Server(tiny=[FULL]))

    async def story() -> None:
        task = asyncio.ensure_future(world.pulls.pull("tiny"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        assert world.row("tiny").status == Status.PAUSED
        await world.pulls.pull("tiny")
        assert world.row("tiny").is_done

    asyncio.run(story())


def test_several_models_are_pulled_at_once() -> None:
    world = World(Server(one=[FULL], two=[FULL], three=[FULL[:4]]))

    async def story() -> list[object]:
        return await asyncio.gather(*map(world.pulls.pull, ("one", "two", "three")), return_exceptions=True)

    ends = asyncio.run(story())
    assert [type(end) for end in ends] == [type(None), type(None), Interrupted]
    assert [row.status for row in world.pulls.rows] == ["Ready", "Ready", "Paused"]
    middle = [row.name for row in world.seen if row.status == Status.DOWNLOADING and 0 < row.percent < 100]
    assert middle.index("two") < len(middle) - middle[::-1].index("one")  # they took turns


@pytest.mark.parametrize(
    ("error", "status", "is_kept"),
    [
        (ModelMissing("There is no such model."), "Failed", False),
        (ProviderError("The disk is full."), "Failed", True),
        (Unreachable(), "Paused", True),
        (Interrupted(), "Paused", True),
    ],
)
def test_an_error_ends_it_as_what_it_is(error: Exception, status: str, is_kept: bool) -> None:
    world = World(Server(tiny=[[*FULL[:4], error]]))
    with pytest.raises(type(error)):
        asyncio.run(world.pulls.pull("tiny"))
    assert (world.row("tiny").status, world.row("tiny").problem) == (status, error)
    assert bool(world.kept()) == is_kept


def test_pulling_what_is_there_already_begins_a_new_bar() -> None:
    world = World(Server(tiny=[[*FULL]]))
    asyncio.run(world.pulls.pull("tiny"))
    world.server.scripts["tiny"] = [FULL]
    asyncio.run(world.pulls.pull("tiny"))  # perhaps there is a newer one
    assert world.row("tiny").is_done
    assert any(row.percent == 0 for row in world.seen[len(FULL) :])


def test_a_forgotten_pull_is_stopped_and_not_offered_again() -> None:
    world = World(Server(tiny=[FULL]))

    async def story() -> None:
        world.server.gate = asyncio.Semaphore(3)
        task = asyncio.ensure_future(world.pulls.pull("tiny"))
        await ticks()
        await world.pulls.forget("tiny")
        await task
        assert (world.pulls.rows, world.kept(), world.server.closed) == ((), [], 1)
        await world.pulls.restore()
        assert world.pulls.row("tiny") is None

    asyncio.run(story())


def test_where_the_browser_cannot_remember_the_pull_goes_on_and_says_so() -> None:
    world = World(Server(tiny=[FULL]))
    world.records.is_full = True
    asyncio.run(world.pulls.pull("tiny"))
    assert world.row("tiny").is_done
    assert any("a reload will" in english(row.note) for row in world.seen)


def test_a_name_that_ollama_would_refuse_is_not_sent() -> None:
    world = World(Server())
    with pytest.raises(BadName):
        asyncio.run(world.pulls.pull("bad name!!"))
    assert (world.server.asked, world.pulls.rows) == ([], ())


def test_progress_is_kept_every_few_seconds_so_that_a_crash_loses_little() -> None:
    world = World(Server(tiny=[FULL]))
    world.clock.step = 0.5
    written: list[int] = []
    write: Callable[..., object] = world.records.write

    async def counting(puts: Sequence[tuple[str, str, dict[str, int]]], deletes: Sequence[object] = ()) -> None:
        written.extend(value["done"] for _, _, value in puts)
        await write(puts, deletes)  # type: ignore[misc]

    world.records.write = counting  # type: ignore[method-assign,assignment]
    asyncio.run(world.pulls.pull("tiny"))
    assert written == sorted(written)
    assert 3 < len(written) < len(FULL)
