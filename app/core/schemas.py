"""The JSON schema of a dataclass: what a model is held to, and what its answer is then read as, are said once.

    @dataclass(frozen=True)
    class Card:
        front: str
        back: str
        kind: Literal["fact", "word"] = "fact"

    schema_of(Card)     # {"type": "object", "properties": {"front": {"type": "string", …}, …}, …}

`app.core.shapes.decode(Card, …)` reads the answer. A schema that knows more (the choices of one question, say) is
written by hand.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Annotated, Literal, Union, get_args, get_origin

MOST_CHARACTERS = 500  # of one text: a small model that may write on for ever does
_SIMPLE: Mapping[object, Mapping[str, object]] = {
    str: {"type": "string", "maxLength": MOST_CHARACTERS},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number", "minimum": 0},
    type(None): {"type": "null"},
}


def schema_of(kind: type) -> dict[str, object]:
    """The schema of a dataclass. Raises TypeError for a field whose type JSON cannot say."""
    hints = typing.get_type_hints(kind, include_extras=True)
    needed = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    properties = {one.name: _schema(hints[one.name]) for one in fields(kind)}
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _schema(hint: object) -> Mapping[str, object]:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _schema(args[0])
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(one) for one in args]}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple and args[1:] == (...,):
        return {"type": "array", "items": _schema(args[0])}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and is_dataclass(hint):
        return schema_of(hint)
    if hint not in _SIMPLE:
        raise TypeError(f"JSON schema has no type for {hint}")
    return _SIMPLE[hint]
