"""Whether a record that came from outside has the shape of one of the app's own.

    fits({"title": "Hello"}, asdict(Chat("")))          # True: what is missing has its default
    fits({"title": 7}, asdict(Chat("")))                # False: a title is a text

A file may be whole and still hold nonsense. What does not fit never reaches the storage, where every later start of the
page would stumble over it.
"""

from __future__ import annotations

from collections.abc import Mapping


def fits(value: object, blank: object) -> bool:
    """Whether `value` has the types of `blank`, deeply. A list in `blank` holds one example of its items, or nothing
    for texts; None stands for an object or nothing; fields that `blank` does not know may be there."""
    if isinstance(blank, Mapping):
        return isinstance(value, Mapping) and all(fits(value[name], blank[name]) for name in blank if name in value)
    if isinstance(blank, (list, tuple)):
        example = blank[0] if blank else ""
        return isinstance(value, (list, tuple)) and all(fits(item, example) for item in value)
    if blank is None:
        return value is None or isinstance(value, Mapping)
    if isinstance(blank, bool) or isinstance(value, bool):
        return isinstance(blank, bool) and isinstance(value, bool)
    if isinstance(blank, str):  # of an enumeration too: its reader knows what to make of other texts
        return isinstance(value, str)
    return isinstance(value, (int, float) if isinstance(blank, float) else type(blank))
