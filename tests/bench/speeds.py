"""threads, native, wllama, engine-tasks: how fast the bundled model reads and writes, by the engine's own timings.

Our page, isolated as serve.py isolates it, is one side; it chooses on how many threads it runs, and each peer gets as
many. The other sides: our page from a plain server, which does not isolate it and so leaves it one thread (threads);
llama.cpp compiled for this machine (native); wllama itself in a page that does nothing else (wllama). All stay
open with the model loaded, take turns, and get the same question with the same options at temperature 0. Each question
begins with another number, so that it is read from there on. All four rows are from the same rounds.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.models.device.benchmark import TEXT
from tests.bench import native
from tests.bench.bench import Bench
from tests.bench.measure import COUNT_TASKS, Browser, Row, Sample, browsing, row, take_rounds
from tests.bench.setup import (
    LOAD_OPTIONS,
    MODEL,
    REPLY_OPTIONS,
    bundled_model_ready,
    last_turn,
    sampling_fixed,
    send_and_wait,
    start_bare,
    threads_used,
)
from tests.browser.driver import App
from tests.browser.site import publish, serving_folder
from tests.environment import ROOT

PACKAGES = ROOT / "static" / "package.json"
NAMES = ("threads", "native", "wllama", "engine-tasks")
ROUNDS = 7
WRITTEN_TOKENS = 64
OPTIONS = {**REPLY_OPTIONS, "max_tokens": WRITTEN_TOKENS}
UNITS = ("tokens/s, writing", "tokens/s, reading")
LETTERS = 400  # of the text that is read, which ends with a sentence there or a little later


@dataclass(frozen=True, slots=True)
class Reply:
    """What an engine says of one reply: tokens per second, and tokens."""

    writing: float
    reading: float
    prompt_tokens: int
    reply_tokens: int


Side = Callable[[int], Reply]


def question(number: int) -> str:
    """A text to read and something to write. No two are alike from their first letter on."""
    return f"{number}. {TEXT[: TEXT.index('.', LETTERS) + 1]} Tell me more about the sea."


def our_side(browser: Browser, app: App) -> Side:
    """What the turn says that our page has kept."""

    def ask(number: int) -> Reply:
        browser.settle()
        send_and_wait(app, question(number))
        turn = last_turn(app)
        usage, timing = turn["usage"], turn["timing"]
        speeds = timing["tokens_per_second"], timing["read_per_second"]
        return Reply(*speeds, usage["prompt_tokens"], usage["reply_tokens"])

    return ask


def told(reply: Any) -> Reply:
    """What llama.cpp says itself, in the form of its server."""
    timings = reply["timings"]
    speeds = timings["predicted_per_second"], timings["prompt_per_second"]
    return Reply(*speeds, timings["cache_n"] + timings["prompt_n"], timings["predicted_n"])


def messages(number: int) -> list[dict[str, str]]:
    """What our page sends in a new chat."""
    return [{"role": "user", "content": question(number)}]


def bare_side(browser: Browser) -> Side:
    """wllama, called by a page that only shows the text."""

    def ask(number: int) -> Reply:
        browser.settle()
        call = "words => window.reply(...words)"
        return told(browser.page.evaluate(call, [messages(number), OPTIONS]))

    return ask


def native_side(url: str, quiet: Browser) -> Side:
    """A server of llama.cpp; it begins when the browser that was asked last has nothing left to do."""

    def ask(number: int) -> Reply:
        quiet.settle()
        return told(native.ask(url, messages(number), OPTIONS))

    return ask


class Rounds:
    """Asks each side the same questions in the same order, and looks that all do the same work."""

    def __init__(self, sides: dict[str, Side]) -> None:
        self.sides = {name: self._samples(name, side) for name, side in sides.items()}
        self._asked = dict.fromkeys(sides, 0)
        self._tokens: dict[int, tuple[int, int]] = {}

    def _samples(self, name: str, side: Side) -> Callable[[], Sample]:
        def sample() -> Sample:
            number = self._asked[name] = self._asked[name] + 1
            reply = side(number)
            tokens = reply.prompt_tokens, reply.reply_tokens
            if self._tokens.setdefault(number, tokens) != tokens or reply.reply_tokens != WRITTEN_TOKENS:
                raise RuntimeError(f"{name} read and wrote {tokens} tokens, another side {self._tokens[number]}")
            return reply.writing, reply.reading

        return sample


def one_thread(bench: Bench, stack: ExitStack) -> Side:
    """Our page as it is without isolation: published, from a server that knows nothing of it, at a first visit."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    publish(folder / "site")
    url = stack.enter_context(serving_folder(folder))
    browser = stack.enter_context(browsing(bench.playwright))
    app = bundled_model_ready(browser, url + "site/", WRITTEN_TOKENS)
    if (threads := threads_used(app)) != 1:
        raise RuntimeError(f"a page that is not isolated says that it runs on {threads} threads")
    return our_side(browser, app)


def measure(bench: Bench) -> list[Row]:
    """All rows."""
    with ExitStack() as stack:
        mine, bare = (stack.enter_context(browsing(bench.playwright, script=COUNT_TASKS)) for _ in range(2))
        app = sampling_fixed(mine, bench.ours, WRITTEN_TOKENS)
        mine.settle()
        tasks = mine.long_tasks()
        send_and_wait(app, "Hello!")
        threads = threads_used(app)
        if threads < 2:
            raise RuntimeError("our page runs on one thread: is it isolated, and has this machine two cores?")
        options = {**LOAD_OPTIONS, "n_threads": threads}
        start_bare(bench, bare, options)
        url = stack.enter_context(native.native(ROOT / MODEL, options))
        sides = {
            "ours": our_side(mine, app),
            "threads": one_thread(bench, stack),
            "native": native_side(url, mine),
            "wllama": bare_side(bare),
        }
        asking = Rounds(sides).sides
        for ask in asking.values():
            ask()  # the code is compiled, the model is in the processor's cache
        found = take_rounds(asking, ROUNDS, "tokens/s writing / reading")
        counts = mine.long_tasks() - tasks, bare.long_tasks()
    return [*_speeds(found, threads), _tasks(counts, threads)]


def _speeds(found: list[dict[str, Sample]], threads: int) -> list[Row]:
    wllama = json.loads(PACKAGES.read_text("utf-8"))["dependencies"]["@wllama/wllama"]
    notes = {
        "threads": f"our page on {threads} threads / not isolated, so on 1",
        "native": f"our page / llama.cpp compiled for this machine, {native.about()}; both on {threads} threads",
        "wllama": f"our page / wllama {wllama} in a bare page, same options; both on {threads} threads",
    }
    return [
        row(name, [(samples["ours"], samples[name]) for samples in found], index, unit, note)
        for name, note in notes.items()
        for index, unit in enumerate(UNITS)
    ]


def _tasks(counts: tuple[int, int], threads: int) -> Row:
    note = (
        f"tasks over 50 ms on the page's thread while the bundled model is loaded on {threads} threads and writes "
        f"{ROUNDS + 2} replies / wllama in a page that does nothing else, {ROUNDS + 1}; ratio of (count + 1)"
    )
    mine, other = map(float, counts)
    return Row("engine-tasks", mine, other, (mine + 1) / (other + 1), "tasks", 1, note)
