"""The arithmetic of the measurements: pairs take turns, ratios are medians of pairs, old rows are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench import __main__ as command
from tests.bench.measure import Row, row, take_turns


def test_pairs_alternate_who_goes_first() -> None:
    order: list[str] = []

    def side(name: str) -> tuple[float]:
        order.append(name)
        return (1.0,)

    take_turns(lambda: side("ours"), lambda: side("theirs"), pairs=3)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]


def test_the_ratio_is_the_median_of_the_pairs_ratios_and_not_of_the_sides() -> None:
    pairs = [((1.0,), (2.0,)), ((8.0,), (4.0,)), ((9.0,), (10.0,))]
    made = row("boot-cold", pairs, 0, "CPU seconds", "")
    assert (made.ours, made.theirs, made.ratio, made.runs) == (8.0, 4.0, 0.9, 3)


def test_a_new_row_replaces_its_namesake_and_keeps_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    results = tmp_path / "bench.json"
    monkeypatch.setattr(command, "RESULTS", results)
    command.write([Row("long-chat", 2.0, 1.0, 2.0, "ms", 5, ""), Row("page-tasks", 0.0, 0.0, 1.0, "tasks", 5, "")])
    command.write([Row("page-tasks", 1.0, 0.0, 2.0, "tasks", 5, "")])
    rows = json.loads(results.read_text())
    assert [(line["name"], line["ours"]) for line in rows] == [("page-tasks", 1.0), ("long-chat", 2.0)]
    assert set(rows[0]) == {"name", "ours", "theirs", "ratio", "unit", "runs", "note"}


def test_a_name_nobody_knows_is_answered_with_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["boot-lukewarm"]) == 2
    assert "boot-cold" in capsys.readouterr().out
