"""The labelled questions: one JSON object a line, `ws` and `ss` are the two models' scores.

rows = read_rows(Path("dev.jsonl"))
slices(rows)       # {"all pooled": [0, 1, …], "mixtral… > gpt-4…": […], "suite llmrouter": […]}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One question and what two models made of it; scores from 0 to 1."""

    prompt: str
    ws: float
    ss: float
    id: str = ""
    suite: str = ""
    task: str = ""
    weak: str = ""
    strong: str = ""
    context: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def gain(self) -> float:
        """What the strong model adds."""
        return self.ss - self.ws


@dataclass(frozen=True, slots=True)
class Turn:
    """A message after another turn; `followup` is 1 where it goes on with the talk."""

    text: str
    prev_user: str
    prev_bot: str
    followup: int
    id: str = ""
    task: str = ""


def read_rows(path: Path) -> list[Row]:
    """Every row of a file. Raises KeyError or ValueError where a line is not of the schema."""
    return [Row(**_known(Row, record)) for record in _records(path, ("prompt", "ws", "ss"))]


def read_turns(path: Path) -> list[Turn]:
    """Every row of a follow-up file."""
    needed = ("text", "prev_user", "prev_bot", "followup")
    return [Turn(**_known(Turn, record)) for record in _records(path, needed)]


def _records(path: Path, needed: Sequence[str]) -> list[dict[str, object]]:
    # not str.splitlines: it also cuts at U+0085, U+2028 and others, which JSON allows inside a string
    lines = path.read_bytes().decode("utf-8").removeprefix("\ufeff").split("\n")
    records = [json.loads(line) for line in lines if line.strip()]
    for number, record in enumerate(records, 1):
        if missing := [name for name in needed if name not in record]:
            raise ValueError(f"row {number} of {path.name} has no {', '.join(missing)}")
    return records


def as_in_a_chat(rows: Sequence[Row], turns: Sequence[Turn]) -> list[str]:
    """What a chat with a model begins with: MT-Bench's first questions and those of the dialogues, each once."""
    asked = [row.prompt for row in rows if row.suite.endswith("mtbench") and not row.context]
    asked += [text for turn in turns for text in (turn.prev_user, turn.text if not turn.followup else "")]
    return list(dict.fromkeys(text for text in asked if text.strip()))


def abler_models(rows: Sequence[Row]) -> frozenset[str]:
    """The abler third of the models that `scores` name, by their mean score."""
    sums: dict[str, list[float]] = {}
    for row in rows:
        for model, score in row.scores.items():
            sums.setdefault(model, []).append(score)
    ranked = sorted(sums, key=lambda model: -sum(sums[model]) / len(sums[model]))
    return frozenset(ranked[: len(ranked) // 3])


def added(row: Row, abler: frozenset[str]) -> float:
    """What stronger models add: the abler third's mean less the others', where many are scored; else `gain`."""
    strong = [score for model, score in row.scores.items() if model in abler]
    weak = [score for model, score in row.scores.items() if model not in abler]
    return sum(strong) / len(strong) - sum(weak) / len(weak) if strong and weak else row.gain


def failed(row: Row) -> float:
    """Whether the weak model fails; where many are scored, that and the mean over all in equal parts.

    Some of the many fail by the form of their answers, whatever is asked: their mean alone says little of the weak one.
    """
    fails = float(row.ws < 0.5)
    return (fails + 1 - sum(row.scores.values()) / len(row.scores)) / 2 if row.scores else fails


def slices(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Row numbers of everything, of each pair of models and of each suite; a slice that equals another is left out."""
    found: dict[str, list[int]] = {"all pooled": list(range(len(rows)))}
    for number, row in enumerate(rows):
        found.setdefault(f"pair {row.weak} > {row.strong}", []).append(number)
    for number, row in enumerate(rows):
        found.setdefault(f"suite {row.suite}", []).append(number)
    different: dict[tuple[int, ...], str] = {}
    for name, numbers in found.items():
        different.setdefault(tuple(numbers), name)
    return {name: list(numbers) for numbers, name in different.items()}


def tasks(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Row numbers of each task of each suite, in order of the alphabet."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        found.setdefault(f"{row.suite} {row.task}", []).append(number)
    return dict(sorted(found.items()))


def _known(kind: type, record: dict[str, Any]) -> dict[str, Any]:
    """The fields that a row has; the files say more."""
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in record.items() if name in names}
