"""The report runs on any file of the schema, and says what is wrong with another."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from app.models.routing import weights
from tests.environment import ROOT
from tests.routing.__main__ import main

SAMPLES = ROOT / "tests" / "fixtures" / "routing"


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["routing", *words, "--resamples", "20"])
    return main()


def test_it_prints_every_slice_the_follow_ups_the_noise_and_the_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(SAMPLES / "questions.jsonl"), "--followups", str(SAMPLES / "turns.jsonl")) == 0
    said = capsys.readouterr().out
    for part in (
        "all pooled (n 240",
        "pair gemma-2-9b-it >",
        "suite routellm-gsm8k",
        "paired resamples",
        "drawn by task",
        "within each task",
        "follow-ups (n 60",
    ):
        assert part in said
    for part in ("CPT80", "AUCneed", "topic-switch recall", "small typos", "a form asked for", "median"):
        assert part in said


def test_rows_without_names_or_a_gap_are_measured_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [{"prompt": f"Question {i}?", "ws": 1, "ss": 1} for i in range(40)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert run(monkeypatch, str(path)) == 0
    assert "nan" in capsys.readouterr().out


def test_a_file_of_another_schema_ends_with_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, str(SAMPLES / "turns.jsonl"))
    assert "has no prompt, ws, ss" in capsys.readouterr().err


def test_the_readmes_figures_are_those_kept_beside_the_weights() -> None:
    """Fault A5: the README gave other figures than the tool found."""
    found = re.findall(r"(?:APGR|AUCfail|AUC) (0\.\d{3})", str(weights.__doc__))
    section = (ROOT / "README.md").read_text("utf-8").partition("## Automatic")[2].partition("\n## ")[0]
    assert len(found) == 3
    assert [figure for figure in found if figure not in section] == []
