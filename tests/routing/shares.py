"""What the slider's shares come to: for each share of what people ask in chats, the worth above which that share lies.

    python -m tests.routing.shares DEV.jsonl FOLLOWUPS.jsonl           # says the table
    python -m tests.routing.shares DEV.jsonl FOLLOWUPS.jsonl --write   # and writes `app/models/routing/shares.py`

Run after each change of the signals. Exam questions, which the signals are fitted on, would not do: of a chat's first
questions hardly one in twenty is worth as much as three in ten of those.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.models.routing.signals import signals
from tests.environment import ROOT
from tests.routing.rows import as_in_a_chat, read_rows, read_turns
from tests.routing.writing import shares_written

SHARES = ROOT / "app" / "models" / "routing" / "shares.py"
PERCENT = (0, 1, 2, 5, *range(10, 95, 5), 95, 98, 99, 100)
SOURCE = """By {count} messages that begin a talk or a turn of it: MT-Bench's first questions (in RouteLLM 0b64fda) and
those of MT-Bench-101 (bc18b3e), all in English. A person's own questions differ, so "about"."""


def thresholds(worths: Sequence[float]) -> list[tuple[float, float]]:
    """Share and worth, from 0 to all."""
    ranked = sorted(worths, reverse=True)
    edges = {percent: round(ranked[max(0, round(len(ranked) * percent / 100) - 1)], 4) for percent in PERCENT}
    return [(percent / 100, edge) for percent, edge in (edges | {0: 1.0, 100: 0.0}).items()]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.routing.shares", description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("turns", type=Path)
    parser.add_argument("--write", action="store_true", help="write app/models/routing/shares.py")
    options = parser.parse_args()
    asked = as_in_a_chat(read_rows(options.rows), read_turns(options.turns))
    text = shares_written(thresholds([signals(one).worth for one in asked]), SOURCE.format(count=len(asked)))
    sys.stdout.write(text)
    if options.write:
        SHARES.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
