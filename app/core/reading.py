"""JSON and TOML from outside, read within limits: depth, size of numbers, nothing that is no JSON.

    read_json('{"a": [1]}')             # {"a": [1]}
    read_object("[1]")                  # Unreadable: it is no object
    read_json("[" * 100_000)            # Unreadable: nested too deeply
    read_json('{"size": 1e999}')        # Unreadable: a number is out of range

Every text that the app did not write itself goes through here: replies of servers, files, stored records. A plain
`json.loads` takes NaN, numbers that no float holds and any depth, and the code behind it stumbles later, elsewhere.
What such a text holds is an `object` until its shape was looked at: by `decode` of `app.core.shapes` where it has one,
else piece by piece with `part`, `rows` and `texts`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import NoReturn

MOST_DEPTH = 100
MOST_NUMBER = sys.float_info.max  # what no float holds stumbles later, in code that takes a number for one
MOST_TEXT = 300_000_000  # characters

# A whole string; one that never ends reaches to the end of the text, so that nothing is looked at twice.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_PLAIN = re.compile(r"[^\[\]{}]+")
# A key of TOML with more parts than tables may be nested. A value that looks like one is no value that the app reads.
_DEEP_KEY = re.compile(rf"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{MOST_DEPTH}}}")


class Unreadable(ValueError):
    """The text cannot be read, or is beyond the limits; the message says which."""


def read_json(text: object, *, is_shallow: bool = False) -> object:
    """What a JSON text, or one in UTF-8, holds; `is_shallow` where its depth was counted before. Raises Unreadable."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8")
        if not isinstance(text, str):
            raise Unreadable("it is no text")
        if len(text) > MOST_TEXT:
            raise Unreadable("the text is too large")
        if not is_shallow and text.count("[") + text.count("{") > MOST_DEPTH and _is_deep(text):
            raise Unreadable("it is nested too deeply")
        return json.loads(text, parse_int=_int, parse_float=_float, parse_constant=_constant)
    except Unreadable:
        raise
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def read_object(text: object) -> dict[str, object]:
    """The same of a text that holds one object. Raises Unreadable."""
    value = read_json(text)
    if not isinstance(value, dict):
        raise Unreadable("it is no object")
    return value


def part(value: object) -> Mapping[str, object]:
    """An object inside another, an empty one where it is none."""
    return value if isinstance(value, Mapping) else {}


def rows(value: object) -> list[Mapping[str, object]]:
    """The objects of a list; none where it is no list."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []


def texts(value: object) -> list[str]:
    """The texts of a list; none where it is no list."""
    return [text for text in value if isinstance(text, str)] if isinstance(value, (list, tuple)) else []


def read_toml(text: str) -> Mapping[str, object]:
    """What a TOML text holds. Raises Unreadable."""
    import tomllib  # here, because what the app ships is packed as JSON

    if _DEEP_KEY.search(text):
        raise Unreadable("it is nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error
    except ValueError as error:  # also for a number of more digits than Python reads
        raise Unreadable(str(error)) from error


def is_plain(value: object, depth: int = MOST_DEPTH) -> bool:
    """Whether a value is JSON within the limits: for the parts of a record that have no shape of their own."""
    if isinstance(value, dict):
        return depth > 0 and all(isinstance(name, str) and is_plain(one, depth - 1) for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return depth > 0 and all(is_plain(one, depth - 1) for one in value)
    if isinstance(value, (int, float)):
        return isinstance(value, bool) or abs(value) <= MOST_NUMBER
    return value is None or isinstance(value, str)


def _is_deep(text: str) -> bool:
    """Whether brackets stand in brackets more often than may be. They are taken away from the innermost outwards."""
    brackets = _PLAIN.sub("", _STRING.sub("", text))
    for _ in range(MOST_DEPTH):
        fewer = brackets.replace("[]", "").replace("{}", "")
        if len(fewer) == len(brackets):
            break
        brackets = fewer
    return bool(brackets)


def _int(digits: str) -> float:
    return int(digits) if len(digits) <= 19 else _float(digits)


def _float(text: str) -> float:
    number = float(text)
    if not abs(number) <= MOST_NUMBER:
        raise Unreadable("a number is out of range")
    return number


def _constant(name: str) -> NoReturn:
    raise Unreadable(f"{name} is no number of JSON")
