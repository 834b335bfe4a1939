"""The command that runs the checks must say in words what it misses, and find what is there."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import playwright
import pytest

from tests import __main__, environment, other_browsers
from tests.__main__ import Run, browsers, check, main
from tests.environment import PAGE_FLAGS, Missing, find_chromium
from tests.other_browsers import ensure_browser


def test_a_named_browser_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert find_chromium() == Path(sys.executable)


def test_a_named_browser_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    with pytest.raises(Missing, match="no-such-browser"):
        find_chromium()


def test_playwrights_own_browser_is_the_last_resort(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "chromium-1234" / "chrome-linux" / "chrome"
    own.parent.mkdir(parents=True)
    own.touch()
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(environment, "usual_places", lambda: iter(()))
    assert find_chromium() == own


def test_an_environment_with_the_right_stamp_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nothing needs to run")

    requirements = tmp_path / "requirements.txt"
    requirements.touch()
    monkeypatch.setattr(environment, "venv_python", lambda _: Path(sys.executable))
    environment.stamp_of(tmp_path).write_text(environment.stamp_text(requirements))
    monkeypatch.setattr("subprocess.run", refuse)
    environment.ensure_venv(tmp_path, requirements)


def test_steps_after_a_failure_still_run_and_the_run_fails(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run()
    run.step("first", lambda: "broken")
    run.step("second", lambda: "")
    assert run.close() == 1
    assert "Failed: first" in capsys.readouterr().out


def test_the_total_is_said_and_too_long_a_run_is_only_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(started=time.monotonic() - 1260)
    run.step("first", lambda: "")
    assert run.close(1200) == 0
    said = capsys.readouterr().out
    assert "21 minutes in all, and 20 is the aim" in said
    assert "(1260 s in all)" in said
    run.close()
    assert "minutes" not in capsys.readouterr().out


SLOW = "import sys, time; print('begun', flush=True); time.sleep(0.2); print('ended')"


@pytest.mark.parametrize(("end", "problem"), [("", ""), ("; sys.exit(3)", "failed with status 3")])
def test_a_command_runs_beside_other_steps_and_its_words_stay_together(
    end: str, problem: str, capfd: pytest.CaptureFixture[str]
) -> None:
    run = Run()
    join = run.beside("long", [sys.executable, "-c", SLOW + end])
    run.command("short", [sys.executable, "-c", "print('between')"])
    assert [join(), join()] == [not problem] * 2
    assert [(step.name, step.problem) for step in run.steps] == [("short", ""), ("long", problem)]
    said = capfd.readouterr().out
    assert said.index("between") < said.index("--- long\nbegun\nended\n--- long:")
    assert run.close() == bool(problem)


def test_the_end_waits_for_what_was_begun(capfd: pytest.CaptureFixture[str]) -> None:
    run = Run()
    run.beside("long", [sys.executable, "-c", SLOW + "; sys.exit(3)"])
    assert run.close() == 1
    assert "Failed: long" in capfd.readouterr().out


def missing(name: str) -> list[str]:
    raise Missing(f"Get {name} like this.")


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("1", 1)])
def test_a_missing_firefox_is_said_and_fails_only_where_ci_is_set(
    ci: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Build 3 of issue 12."""
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(__main__, "ensure_browser", missing)
    commands: list[Sequence[str | Path]] = []

    monkeypatch.setattr(Run, "command", lambda _run, _name, words: commands.append(words))
    run = Run()
    browsers(run)
    assert [step.name for step in run.steps] == ["firefox", "webkit"]
    assert "not (firefox or webkit)" in commands[0], "the others are asked all the same"
    assert run.close() == status
    said = capsys.readouterr().out
    assert "Get webkit like this." in said
    assert ("but for what is missing: firefox, webkit" in said) == (not ci)


@pytest.mark.parametrize("name", ["chromium", "firefox", "webkit"])
def test_the_first_browser_that_starts_is_taken_and_without_one_the_cure_is_said(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(other_browsers.WAYS, name, lambda: iter([["old"], ["new"], ["never asked for"]]))
    monkeypatch.setattr(other_browsers, "starts", lambda driver: driver == ["new"])
    assert ensure_browser.__wrapped__(name) == ["new"]
    monkeypatch.setattr(other_browsers, "starts", lambda _: False)
    with pytest.raises(Missing, match=f"playwright install {name}"):
        ensure_browser.__wrapped__(name)


def test_a_driver_that_cannot_start_is_no_way_to_a_browser() -> None:
    assert other_browsers.starts([sys.executable, "-c", ""])
    assert not other_browsers.starts([sys.executable, "-c", "raise SystemExit(1)"])
    assert not other_browsers.starts(["no-such-driver"])


def test_a_missing_thing_ends_the_run_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def miss() -> None:
        raise Missing("Install it like this.")

    monkeypatch.setattr("tests.__main__.ensure_venv", miss)
    assert check("lint", []) == 1
    assert "Install it like this." in capsys.readouterr().out


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    assert main() == 1
    assert "3.11" in capsys.readouterr().out


def test_what_playwright_switches_off_in_a_browser_stays_off() -> None:
    """The browser heeds only the last list of features."""
    bundle = Path(playwright.__file__).parent / "driver" / "package" / "lib" / "coreBundle.js"
    listed = re.search(r"disabledFeatures = \[(.*?)\]", bundle.read_text("utf-8"), re.DOTALL)
    assert listed
    names = re.findall(r'^\s*"(\w+)"', listed.group(1), re.MULTILINE)
    [ours] = [flag for flag in PAGE_FLAGS if flag.startswith("--disable-features=")]
    assert len(names) > 5
    assert set(names) < set(ours.partition("=")[2].split(","))
