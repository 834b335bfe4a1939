"""The arithmetic of the measurements: pairs take turns, ratios are medians of pairs, old rows are kept."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest

from tests.bench import __main__ as command
from tests.bench.bench import Bench
from tests.bench.busy import OwnTime
from tests.bench.measure import Row, row, take_rounds, take_turns
from tests.bench.peers import serving_peers
from tests.bench.setup import LOAD_OPTIONS
from tests.bench.speeds import WRITTEN_TOKENS, Reply, Rounds
from tests.environment import ROOT


def test_pairs_alternate_who_goes_first() -> None:
    order: list[str] = []

    def side(name: str) -> tuple[float]:
        order.append(name)
        return (1.0,)

    take_turns(lambda: side("ours"), lambda: side("theirs"), pairs=3)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]


def test_of_several_sides_any_two_alternate() -> None:
    order: list[str] = []

    def side(name: str) -> tuple[float]:
        order.append(name)
        return (float(len(order)),)

    found = take_rounds({name: lambda name=name: side(name) for name in "abc"}, rounds=2)  # type: ignore[misc]
    assert order == ["a", "b", "c", "c", "b", "a"]
    assert found == [{"a": (1.0,), "b": (2.0,), "c": (3.0,)}, {"c": (4.0,), "b": (5.0,), "a": (6.0,)}]


def test_sides_that_do_not_the_same_work_are_not_compared() -> None:
    sides = {
        "ours": lambda number: Reply(9.0, 9.0, 80, WRITTEN_TOKENS),
        "wllama": lambda number: Reply(9.0, 9.0, 81, 64),
    }
    asking = Rounds(sides).sides
    assert asking["ours"]() == (9.0, 9.0)
    with pytest.raises(RuntimeError, match="wllama read"):
        asking["wllama"]()


def test_of_a_long_task_the_busiest_threads_own_time_counts() -> None:
    own = OwnTime()
    assert own.spent(1.0, 2.0) is None
    own.samples = {1: [(0.0, 0), (1.0, 10_000_000), (2.0, 60_000_000), (3.0, 60_000_000)], 2: [(0.5, 7), (2.5, 8)]}
    assert own.spent(1.0, 2.0) == 0.05
    assert own.spent(0.5, 1.5) == 0.06, "from before it began until after it ended"
    assert own.spent(2.5, 9.0) == 0.0


def test_a_peer_is_isolated_where_that_is_asked_for() -> None:
    with serving_peers() as url:
        bench = Bench(None, "", url)  # type: ignore[arg-type]  # no browser is needed
        for is_isolated in (False, True):
            with urllib.request.urlopen(bench.peer("bare-wllama.html", is_isolated=is_isolated)) as answer:
                assert (answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp") is is_isolated


def test_the_peers_load_the_model_as_the_app_does() -> None:
    source = (ROOT / "app" / "browser" / "engines.py").read_text("utf-8")
    assert re.findall(r"^WLLAMA_BATCH = (\d+)", source, re.MULTILINE) == [str(LOAD_OPTIONS["n_batch"])]


def test_the_ratio_is_the_median_of_the_pairs_ratios_and_not_of_the_sides() -> None:
    pairs = [((1.0,), (2.0,)), ((8.0,), (4.0,)), ((9.0,), (10.0,))]
    made = row("boot-cold", pairs, 0, "CPU seconds", "")
    assert (made.ours, made.theirs, made.ratio, made.runs) == (8.0, 4.0, 0.9, 3)


def test_a_new_row_replaces_its_namesake_and_keeps_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    results = tmp_path / "bench.json"
    monkeypatch.setattr(command, "RESULTS", results)
    rows = [Row("long-chat", 2.0, 1.0, 2.0, "ms", 5, ""), Row("page-tasks", 0.0, 0.0, 1.0, "tasks", 5, "")]
    command.write(rows, {"load": [0.1, 0.9]})
    command.write([Row("page-tasks", 1.0, 0.0, 2.0, "tasks", 5, "")], {"load": [0.2, 0.8]})
    found = json.loads(results.read_text())
    assert [(line["name"], line["ours"]) for line in found] == [("page-tasks", 1.0), ("long-chat", 2.0)]
    assert set(found[0]) == {"name", "ours", "theirs", "ratio", "unit", "runs", "note", "load"}
    assert [line["load"] for line in found] == [[0.2, 0.8], [0.1, 0.9]]


def test_a_name_nobody_knows_is_answered_with_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["boot-lukewarm"]) == 2
    assert "boot-cold" in capsys.readouterr().out
