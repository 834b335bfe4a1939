"""One command checks everything.

    python -m tests                    the quick tier: format, lint, types, rooms, units, contracts, browser
    python -m tests all                the same with the long tests and the benches
    python -m tests lint               format, lint, types, rooms
    python -m tests unit [ARGS]        units and contract suites; ARGS go to pytest
    python -m tests browser [ARGS]     the page in Chromium; ARGS go to pytest, `-m ""` takes in the long ones
    python -m tests browsers [ARGS]    the matrix of browsers and models; ARGS as above, `-k webkit` is one of them
    python -m tests pictures [FOLDER [WORD]]   the pictures of the README from the running app; with a folder every
                                       page and state, light and dark, at 390, 768 and 1280 (WORD: those named so)
    python -m tests bench [NAME ...]   the side by side measurements, written to tests/bench/bench.json
    python -m tests catalog [--full]   ask every address of the model catalogue (needs internet)
    python -m tests prices [--date D]  write static/prices.json anew, from the pinned genai-prices
    python -m tests ollama [--url URL --gguf FILE]   the contract against a real Ollama, from CPython and the page
    python -m tests retrieval --corpus C.jsonl --queries Q.jsonl --qrels R.tsv   how well the app finds, in BEIR's form
    python -m tests claims ANSWERS.jsonl            how well false claims in cited answers are told from true ones
    python -m tests routing DATA.jsonl [--followups F.jsonl]    how well the router decides on labelled questions

The environment (.venv), the browser packages, a Chromium, a Firefox and a WebKit are found or installed first. Firefox
and WebKit may be missing on a person's machine, which is said; where CI is set that fails. A step that fails does not
stop the steps after it, so that one run shows everything that is wrong.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from tests.environment import ROOT, Missing, ensure_chromium, ensure_venv, venv_python
from tests.other_browsers import ensure_browser

PLAIN = ("lint", "unit", "catalog", "prices", "routing", "claims")  # tiers that need no browser
TIERS = ("quick", "all", "browser", "browsers", "bench", "pictures", "ollama", "retrieval", *PLAIN)
NO_BROWSER = ("retrieval",)  # tiers that need the page's files alone
#: A step that hangs must not hang the whole run. Far above what any step needs on two busy cores.
LIMIT_SECONDS = 80 * 60
#: What the quick tier may take on a machine of its own. More is said and fails nothing: the machine may be busy.
QUICK_SECONDS = 20 * 60
NO_TESTS = 5  # pytest's exit status for "nothing collected"


@dataclass(frozen=True)
class Step:
    """A step that has been done. `problem` is empty where all went well; `fails` says whether one counts."""

    name: str
    seconds: float
    problem: str
    fails: bool


@dataclass
class Run:
    """The steps done so far, and when the first one began."""

    steps: list[Step] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    _begun: list[Callable[[], bool]] = field(default_factory=list)
    _pool: ThreadPoolExecutor = field(default_factory=ThreadPoolExecutor)

    def step(self, name: str, work: Callable[[], str], *, is_needed: bool = True) -> bool:
        """Do one step, say how long it took, remember what went wrong. Returns whether it went well."""
        print(f"\n--- {name}", flush=True)
        start = time.monotonic()
        problem = work()
        return self._done(Step(name, time.monotonic() - start, problem, bool(problem) and is_needed))

    def _done(self, step: Step) -> bool:
        self.steps.append(step)
        print(f"--- {step.name}: {step.problem or 'ok'} ({step.seconds:.1f} s)", flush=True)
        return not step.problem

    def command(self, name: str, words: Sequence[str | Path]) -> bool:
        """Do one step that is a command of the project's own environment or of this Python."""
        return self.step(name, lambda: _run(words))

    def beside(self, name: str, words: Sequence[str | Path]) -> Callable[[], bool]:
        """Begin a command that takes one core, beside the steps that follow. What comes back waits for its end, shows
        what it printed as a step's own, and returns whether it went well; `close` calls it where nobody did."""
        output = tempfile.TemporaryFile()  # noqa: SIM115 - `join` closes it

        def work() -> Step:
            start = time.monotonic()
            problem = _run(words, output.fileno())
            return Step(name, time.monotonic() - start, problem, bool(problem))

        step = self._pool.submit(work)

        @cache
        def join() -> bool:
            done = step.result()
            output.seek(0)
            with output:
                print(f"\n--- {name}\n{output.read().decode('utf-8', 'replace')}", end="", flush=True)
            return self._done(done)

        self._begun.append(join)
        return join

    def close(self, limit_seconds: float = float("inf")) -> int:
        """Print the summary and return the exit status. Over the limit, the total comes with a warning."""
        for join in self._begun:
            join()
        width = max(len(step.name) for step in self.steps)
        print(f"\n{'step':<{width}}  {'seconds':>7}  result")
        for step in self.steps:
            print(f"{step.name:<{width}}  {step.seconds:7.1f}  {step.problem or 'ok'}")
        total = time.monotonic() - self.started
        if total > limit_seconds:
            print(
                f"\nWarning: {total / 60:.0f} minutes in all, and {limit_seconds / 60:.0f} is the aim. Is it busy here?"
            )
        failed = [step.name for step in self.steps if step.fails]
        if failed:
            print(f"\nFailed: {', '.join(failed)} ({total:.0f} s in all)", flush=True)
            return 1
        left_out = [step.name for step in self.steps if step.problem]
        besides = f", but for what is missing: {', '.join(left_out)}" if left_out else ""
        print(f"\nAll {len(self.steps)} steps are fine{besides} ({total:.0f} s in all)", flush=True)
        return 0


def _run(words: Sequence[str | Path], output: int | None = None) -> str:
    """Run a command in the root of the project; what it prints goes straight through, or into the file of that number.
    Returns the problem, if any."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    errors = None if output is None else subprocess.STDOUT
    command = [str(word) for word in words]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=errors) as process:
        try:
            status = process.wait(LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return f"stopped after {LIMIT_SECONDS // 60} minutes"
    if status == 0:
        return ""
    return "no tests were found" if status == NO_TESTS and "pytest" in words else f"failed with status {status}"


def _ensure(work: Callable[[], object]) -> str:
    """Turn `Missing` into a problem whose cure stands above it."""
    try:
        work()
    except Missing as missing:
        print(missing, flush=True)
        return "missing, see above"
    return ""


def _environment(run: Run) -> bool:
    return run.step("environment", lambda: _ensure(ensure_venv))


def _chromium_ready(run: Run) -> bool:
    return run.step("chromium", lambda: _ensure(lambda: print(ensure_chromium())))


#: The packages and the archive of the page.
PAGE = ("prepare the page", (sys.executable, "serve.py", "--prepare-only"))


def lint(run: Run) -> None:
    """Format, lint, types of Python and of the scripts, and the import contract."""
    python = venv_python()
    scripts = run.beside("types of the scripts", [python, "-m", "tests.scripts"])
    run.command("format", [python, "-m", "ruff", "format", "--check", "."])
    run.command("lint", [python, "-m", "ruff", "check", "."])
    run.command("types", [python, "-m", "mypy"])
    run.command("rooms", [python.with_name("lint-imports" + python.suffix), "--no-cache", "--no-logo"])
    scripts()


def _pytest(arguments: Sequence[str], folders: Sequence[str], options: Sequence[str] = ()) -> list[str | Path]:
    """A pytest command: the folders only where the caller named no file of their own, our options before theirs."""
    named = any((ROOT / word.split("::")[0]).exists() for word in arguments if not word.startswith("-"))
    return [venv_python(), "-m", "pytest", *options, *([] if named else folders), *arguments]


ELSEWHERE = "tests/browser/elsewhere"
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
#: A page waits for replies, for its server and for its own clock, so a third one uses what two leave of two cores.
PAGES_SIDE_BY_SIDE = ("-n", "3", "--dist", "loadfile")


def units(run: Run, arguments: Sequence[str] = (), marks: str = "not slow") -> None:
    """Everything that plain CPython can check, the contract suites among it: those mostly wait, so others run
    meanwhile. They come early in the order of names, which the files keep."""
    two = () if arguments else (*SIDE_BY_SIDE, "--no-loadscope-reorder")
    outside = [f"--ignore=tests/{name}" for name in ("browser", "bench")]
    run.command("units", _pytest(arguments, ["tests"], ["-q", "-m", marks, *two, *outside]))


def browser(run: Run, arguments: Sequence[str] = (), marks: str = "not slow") -> None:
    """The page in a real Chromium. Each test prints its name, since some take a minute."""
    pages = PAGES_SIDE_BY_SIDE if marks and not arguments else ()  # the long ones measure memory
    options = ["-v", "--durations=25", "-m", marks, *pages, f"--ignore={ELSEWHERE}"]
    run.command("browser", _pytest(arguments, ["tests/browser"], options))


def browsers(run: Run, arguments: Sequence[str] = (), marks: str = "not slow") -> None:
    """The matrix of browsers and models, three cells at a time, without the browsers that are not here."""
    is_needed = bool(os.environ.get("CI"))
    missing = [
        name
        for name in ("firefox", "webkit")
        if not run.step(name, partial(_ensure, partial(ensure_browser, name)), is_needed=is_needed)
    ]
    without = ["-k", f"not ({' or '.join(missing)})"] if missing else []
    cells = () if arguments else ("-n", "3", "--dist", "worksteal")
    run.command("browsers", _pytest(arguments, [ELSEWHERE], ["-v", "--durations=25", "-m", marks, *without, *cells]))


def bench(run: Run, names: Sequence[str] = ()) -> None:
    """The measurements."""
    run.command("bench", [venv_python(), "-m", "tests.bench", *names])


def check(tier: str, arguments: Sequence[str]) -> int:
    """Run one tier and return the exit status."""
    run = Run()
    # It needs no environment, so both are made at once where other steps follow.
    page = run.beside(*PAGE) if tier in ("quick", "all") else partial(run.command, *PAGE)
    if not _environment(run):
        return run.close()
    if tier in ("quick", "all", "lint"):
        lint(run)
    if tier == "catalog":
        run.command("catalog", [venv_python(), "-m", "tests.catalog_check", *arguments])
    if tier == "prices":
        run.command("prices", [venv_python(), "-m", "tests.prices", *arguments])
    if tier == "routing":
        run.command("routing", [venv_python(), "-m", "tests.routing", *arguments])
    if tier == "claims":
        run.command("claims", [venv_python(), "-m", "tests.claims", *arguments])
    # Both are tried, so that both problems are seen.
    chromium = tier in PLAIN + NO_BROWSER or _chromium_ready(run)
    prepared = tier in PLAIN or page()
    ready = chromium and prepared
    marks = "" if tier == "all" else "not slow"
    if tier in ("quick", "all", "unit"):
        units(run, arguments, marks)
    if tier in ("quick", "all", "browsers") and ready:
        browsers(run, arguments, marks)
    if tier in ("quick", "all", "browser") and ready:
        browser(run, arguments, marks)
    if tier in ("all", "bench") and ready:
        bench(run, arguments)
    if tier == "pictures" and ready:
        run.command("pictures", [venv_python(), "-m", "tests.pictures", *arguments])
    if tier == "retrieval" and ready:
        run.command("retrieval", [venv_python(), "-m", "tests.retrieval", *arguments])
    if tier == "ollama":
        run.command("ollama", [venv_python(), "-m", "tests.ollama", *arguments, *([] if ready else ["--no-browser"])])
    return run.close(QUICK_SECONDS) if tier == "quick" else run.close()


def main() -> int:
    """Read the command line."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the person may run us with an older one
        print(f"The checks need Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    parser = argparse.ArgumentParser(prog="python -m tests", usage=__doc__)
    parser.add_argument("tier", nargs="?", choices=TIERS, default="quick")
    options, arguments = parser.parse_known_args()
    if arguments and options.tier in ("quick", "all", "lint"):
        parser.error(f"{options.tier} takes no further words")
    return check(options.tier, arguments)


if __name__ == "__main__":
    sys.exit(main())
