"""The labelled questions: one JSON object a line, `ws` and `ss` are the two models' scores.

rows = read_rows(Path("dev.jsonl"))
slices(rows)       # {"all pooled": [0, 1, …], "mixtral… > gpt-4…": […], "suite llmrouter": […]}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
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


def _known(kind: type, record: dict[str, Any]) -> dict[str, Any]:
    """The fields that a row has; the files say more."""
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in record.items() if name in names}
