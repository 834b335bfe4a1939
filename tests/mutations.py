"""Values as no program would write them: one place of a record is taken away, or holds something of another kind."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any


def deep(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


ODD: tuple[Callable[[], Any], ...] = (
    lambda: None,
    lambda: True,
    lambda: False,
    lambda: -1,
    lambda: 0,
    lambda: 1e308,
    lambda: 10**400,
    lambda: 2**53 + 2,
    lambda: 1e15,
    lambda: float("nan"),
    lambda: float("inf"),
    lambda: "",
    lambda: "\ud800\x00<script>",
    lambda: "x" * 10_000,
    lambda: "9" * 400,
    list,
    dict,
    lambda: [None],
    lambda: [[[]]],
    lambda: {"id": 5},
    lambda: [{"id": []}],
    lambda: deep(90),
    lambda: {"": {"": []}},
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value in a record, of containers and of what is in them."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else ()
    for name, one in items:
        found += places(one, (*path, name))
    return found


def mutated(record: Any, luck: random.Random) -> Any:
    """A record with one value in it taken away or replaced."""
    record = json.loads(json.dumps(record))
    if luck.random() < 0.05:
        return luck.choice(ODD)()
    *above, last = luck.choice(places(record))
    inside = record
    for name in above:
        inside = inside[name]
    if luck.random() < 0.15:
        del inside[last]
    elif isinstance(inside, dict) and luck.random() < 0.1:
        inside[luck.choice(("id", "at", "where", "new", "text"))] = luck.choice(ODD)()
    else:
        inside[last] = luck.choice(ODD)()
    return record
