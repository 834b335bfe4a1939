"""One command checks everything.

    python -m tests                    the quick tier: format, lint, types, rooms, units, contracts, browser
    python -m tests all                the same with the long tests and the benches
    python -m tests lint               format, lint, types, rooms
    python -m tests unit [ARGS]        units and contract suites; ARGS go to pytest
    python -m tests browser [ARGS]     the browser tests; ARGS go to pytest, `-m ""` takes in the long ones
    python -m tests pictures           the pictures of the README, taken from the running app
    python -m tests bench [NAME ...]   the side by side measurements, written to tests/bench/bench.json
    python -m tests catalog [--full]   ask every address of the model catalogue (needs internet)
    python -m tests prices [--date D]  write static/prices.json anew, from the pinned genai-prices
    python -m tests ollama [--url URL --gguf FILE]   the contract against a real Ollama, from CPython and the page
    python -m tests routing DATA.jsonl [--followups F.jsonl]    how well the router decides on labelled questions

The environment (.venv), the browser packages and a Chromium are found or installed first. A step that fails does not
stop the steps after it, so that one run shows everything that is wrong.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.environment import ROOT, Missing, ensure_chromium, ensure_venv, venv_python

TIERS = ("quick", "all", "lint", "unit", "browser", "bench", "pictures", "catalog", "prices", "ollama", "routing")
#: A step that hangs must not hang the whole run. Far above what any step needs on two busy cores.
LIMIT_SECONDS = 45 * 60
NO_TESTS = 5  # pytest's exit status for "nothing collected"


@dataclass
class Run:
    """The steps done so far: (name, seconds, what went wrong or an empty string)."""

    results: list[tuple[str, float, str]] = field(default_factory=list)

    def step(self, name: str, work: Callable[[], str]) -> bool:
        """Do one step, say how long it took, remember what went wrong."""
        print(f"\n--- {name}", flush=True)
        start = time.monotonic()
        problem = work()
        seconds = time.monotonic() - start
        self.results.append((name, seconds, problem))
        print(f"--- {name}: {problem or 'ok'} ({seconds:.1f} s)", flush=True)
        return not problem

    def command(self, name: str, words: Sequence[str | Path]) -> bool:
        """Do one step that is a command of the project's own environment or of this Python."""
        return self.step(name, lambda: _run(words))

    def close(self) -> int:
        """Print the summary and return the exit status."""
        width = max(len(name) for name, _, _ in self.results)
        print(f"\n{'step':<{width}}  {'seconds':>7}  result")
        for name, seconds, problem in self.results:
            print(f"{name:<{width}}  {seconds:7.1f}  {problem or 'ok'}")
        failed = [name for name, _, problem in self.results if problem]
        total = sum(seconds for _, seconds, _ in self.results)
        if failed:
            print(f"\nFailed: {', '.join(failed)} ({total:.0f} s in all)", flush=True)
            return 1
        print(f"\nAll {len(self.results)} steps are fine ({total:.0f} s in all)", flush=True)
        return 0


def _run(words: Sequence[str | Path]) -> str:
    """Run a command in the root of the project; its output goes straight through. Returns the problem, if any."""
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([str(word) for word in words], cwd=ROOT, env=environment) as process:
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


def _browser_ready(run: Run) -> bool:
    """Chromium, and the packages and the archive of the page. Both are tried, so that both problems are seen."""
    chromium = run.step("chromium", lambda: _ensure(lambda: print(ensure_chromium())))
    return run.command("prepare the page", [sys.executable, "serve.py", "--prepare-only"]) and chromium


def lint(run: Run) -> None:
    """Format, lint, types and the import contract."""
    python = venv_python()
    run.command("format", [python, "-m", "ruff", "format", "--check", "."])
    run.command("lint", [python, "-m", "ruff", "check", "."])
    run.command("types", [python, "-m", "mypy"])
    run.command("rooms", [python.with_name("lint-imports" + python.suffix), "--no-cache", "--no-logo"])


def _pytest(arguments: Sequence[str], folders: Sequence[str], options: Sequence[str] = ()) -> list[str | Path]:
    """A pytest command: the folders only where the caller named no file of their own, our options before theirs."""
    named = any((ROOT / word.split("::")[0]).exists() for word in arguments if not word.startswith("-"))
    return [venv_python(), "-m", "pytest", *options, *([] if named else folders), *arguments]


SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")


def units(run: Run, arguments: Sequence[str] = (), marks: str = "not slow") -> None:
    """Everything that plain CPython can check."""
    two = () if arguments else SIDE_BY_SIDE
    outside = [f"--ignore=tests/{name}" for name in ("browser", "bench", "contract")]
    run.command("units", _pytest(arguments, ["tests"], ["-q", "-m", marks, *two, *outside]))
    if not arguments and list((ROOT / "tests" / "contract").glob("test_*.py")):
        run.command("contracts", _pytest((), ["tests/contract"], ["-q", "-m", marks, *two]))


def browser(run: Run, arguments: Sequence[str] = (), marks: str = "not slow") -> None:
    """The page in a real Chromium. Each test prints its name, since some take a minute."""
    two = SIDE_BY_SIDE if marks and not arguments else ()  # the long ones measure memory
    options = ["-v", "--durations=25", "-m", marks, *two]
    run.command("browser", _pytest(arguments, ["tests/browser"], options))


def bench(run: Run, names: Sequence[str] = ()) -> None:
    """The measurements."""
    run.command("bench", [venv_python(), "-m", "tests.bench", *names])


def check(tier: str, arguments: Sequence[str]) -> int:
    """Run one tier and return the exit status."""
    run = Run()
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
    ready = tier in ("lint", "unit", "catalog", "prices", "routing") or _browser_ready(run)
    marks = "" if tier == "all" else "not slow"
    if tier in ("quick", "all", "unit"):
        units(run, arguments, marks)
    if tier in ("quick", "all", "browser") and ready:
        browser(run, arguments, marks)
    if tier in ("all", "bench") and ready:
        bench(run, arguments)
    if tier == "pictures" and ready:
        run.command("pictures", [venv_python(), "-m", "tests.pictures"])
    if tier == "ollama":
        run.command("ollama", [venv_python(), "-m", "tests.ollama", *arguments, *([] if ready else ["--no-browser"])])
    return run.close()


def main() -> int:
    """Read the command line."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the person may run us with an older one
        print(f"The checks need Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    parser = argparse.ArgumentParser(prog="python -m tests", usage=__doc__)
    parser.add_argument("tier", nargs="?", choices=TIERS, default="quick")
    options, arguments = parser.parse_known_args()
    if arguments and options.tier in ("quick", "all", "lint", "pictures"):
        parser.error(f"{options.tier} takes no further words")
    return check(options.tier, arguments)


if __name__ == "__main__":
    sys.exit(main())
