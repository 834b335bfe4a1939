"""`python -m tests bench [NAME ...]`: measure all, or the named ones, and write the rows to `bench.json`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench import (
    boot,
    chats,
    cite,
    decisions,
    downloads,
    events,
    find,
    full,
    imports,
    index_pdf,
    indexing,
    lighthouse,
    loads,
    reply,
    review,
    run_code,
    search,
    search_hybrid,
    speeds,
    tasks,
)
from tests.bench.bench import Bench, benching
from tests.bench.circumstances import Around
from tests.bench.measure import Row

RESULTS = Path(__file__).with_name("bench.json")
BENCHES: dict[tuple[str, ...], Callable[[Bench], list[Row]]] = {
    module.NAMES: module.measure
    for module in (
        boot,
        reply,
        speeds,
        tasks,
        events,
        chats,
        find,
        review,
        run_code,
        search,
        search_hybrid,
        index_pdf,
        indexing,
        cite,
        full,
        decisions,
        downloads,
        imports,
        loads,
        lighthouse,
    )
}
KNOWN = [name for names in BENCHES for name in names]


def write(rows: Sequence[Row], circumstances: Mapping[str, Any]) -> None:
    """Replace the rows of the same name and keep the others, in the order in which the benches are listed."""
    new = [row.as_json() | dict(circumstances) for row in rows]
    fresh = {row["name"] for row in new}
    old = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    kept = [row for row in old if row["name"] not in fresh]
    order = {name: number for number, name in enumerate(KNOWN)}
    everything = sorted([*kept, *new], key=lambda row: order.get(row["name"], len(order)))
    RESULTS.write_text(json.dumps(everything, indent=1, ensure_ascii=False) + "\n", "utf-8")


def show(rows: Sequence[Row]) -> None:
    """The rows as a table."""
    print(f"\n{'bench':<18}{'ours':>10}{'theirs':>10}{'ratio':>8}  unit (runs)")
    for row in rows:
        print(f"{row.name:<18}{row.ours:>10.3f}{row.theirs:>10.3f}{row.ratio:>8.3f}  {row.unit} ({row.runs})")


def main(wanted: Sequence[str]) -> int:
    """Measure what is wanted; a name nobody knows is an error that lists the names."""
    unknown = sorted(set(wanted) - set(KNOWN))
    if unknown:
        print(f"No bench is called {', '.join(unknown)}. There are: {', '.join(KNOWN)}")
        return 2
    rows: list[Row] = []
    with benching() as bench:
        for names, measure in BENCHES.items():
            chosen = [name for name in names if not wanted or name in wanted]
            if chosen:
                around = Around()
                print(f"\n{', '.join(chosen)} (load {around.before})", flush=True)
                found = [row for row in measure(bench) if row.name in chosen]
                fields = around.fields()
                print(f"  load {' → '.join(map(str, fields['load']))}; {fields['machine']}; {fields['browser']}")
                write(found, fields)
                rows += found
    show(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
