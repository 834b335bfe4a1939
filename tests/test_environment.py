"""The command that runs the checks must say in words what it misses, and find what is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import environment
from tests.__main__ import Run, check, main
from tests.environment import Missing, find_chromium


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
    monkeypatch.setattr(environment, "_usual_places", lambda: iter(()))
    assert find_chromium() == own


def test_an_environment_with_the_right_stamp_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nothing needs to run")

    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(environment, "venv_python", lambda: Path(sys.executable))
    (tmp_path / "stamp").write_text(environment._stamp_text())
    monkeypatch.setattr("subprocess.run", refuse)
    environment.ensure_venv()


def test_steps_after_a_failure_still_run_and_the_run_fails(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run()
    run.step("first", lambda: "broken")
    run.step("second", lambda: "")
    assert run.close() == 1
    assert "Failed: first" in capsys.readouterr().out


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
