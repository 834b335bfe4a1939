"""JSON schemas: whether a model can be held to one, and whether an answer keeps to it.

    check(schema)                              # raises BadSchema: "properties.kind: pattern cannot be used here"
    fault({"front": 3}, schema)                # "front is no string"; "" for an answer that holds
    bounded(schema, 512)                       # the same with an end to every text and list, for a grammar

The subset is what llama.cpp's converter writes as a grammar (wllama and Ollama hold a model by that, and a schema that
it cannot write ends in an error about something else) and what can be looked at in an answer without running for ever.
A keyword outside it is refused: an answer is never said to keep to what nobody has checked. `format` tells, and holds
nothing, as the standard has it.

Of our own, because none of the libraries fits a page: jsonschema needs a compiled package, and fastjsonschema 2.22
(28 KB, read on 29 November 2026) passes over keywords that it does not know, makes Python code of the schema, and
fetches a `$ref` that names another site.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import TypeGuard

from app.core.errors import AppError
from app.core.texts import Text

Schema = Mapping[str, object]

MOST_DEPTH, MOST_PARTS = 32, 1000  # of a schema
#: times that llama.cpp repeats anything in a grammar: from 2000 on it refuses, or stops counting (its issues 25746,
#: 27087 and pull request 28469, 2026)
MOST_REPEATED = 1900
LEAST_CHARACTERS, TOKENS_OF_ITEM = 100, 16  # of what has no limit of its own
#: what tells people of a schema and holds nothing
TELLING = frozenset(
    ("title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "format")
) | {"$schema", "$id", "$comment", "discriminator"}
DEFINITIONS = ("$defs", "definitions")


class BadSchema(AppError):
    """No model can be held to it. A mistake in a program, not the person's."""

    message = Text("errors.bad_schema")
    cure = Text("errors.bad_schema_cure")
    again = False


def check(schema: object) -> None:
    """Raises BadSchema for what no model can be held to; its words name the place. An answer is one JSON object."""
    if not isinstance(schema, Mapping):
        raise _bad("", "is no object")
    _Checked(schema).look(schema, "", ())
    root = schema
    while found := _referred(schema, root.get("$ref")):
        root = found
    if _types(root) != ("object",):
        raise _bad("type", "must be object: an answer is one JSON object")


def fault(value: object, schema: Schema) -> str:
    """What of a value does not keep to a schema that was checked, "" where nothing does not. For a model and for a
    programmer: a person reads the words of an error."""
    return next(_faults(value, schema, schema, ""), "")


def bounded(schema: Schema, tokens: int) -> dict[str, object]:
    """The same schema with an end to every text and every list. A grammar would let a small model write on in the first
    of them until its `tokens` are used up; so one takes about a quarter of them."""
    return _bounded(schema, max(LEAST_CHARACTERS, min(tokens, MOST_REPEATED)), max(1, tokens // TOKENS_OF_ITEM))


def _bounded(schema: Schema, characters: int, items: int) -> dict[str, object]:
    made: dict[str, object] = {}
    for name, value in schema.items():
        made[name] = value
        if name in NAMED and isinstance(value, Mapping):
            made[name] = {key: _bounded(one, characters, items) for key, one in value.items()}
        elif name in ALONE and isinstance(value, Mapping):
            made[name] = _bounded(value, characters, items)
        elif name in SEVERAL and isinstance(value, (list, tuple)):
            made[name] = [_bounded(one, characters, items) for one in value]
    if "enum" in schema or "const" in schema:
        return made
    kinds = _types(schema) or (("array",) if "items" in schema else ())  # as llama.cpp takes it
    for kind, least, most, usual in (
        ("string", "minLength", "maxLength", characters),
        ("array", "minItems", "maxItems", items),
    ):
        if kind in kinds:
            made[most] = min(_whole(schema.get(most), max(usual, _whole(schema.get(least), 0))), MOST_REPEATED)
    return made


# -- the schema


def _bad(at: str, why: str) -> BadSchema:
    return BadSchema(Text("errors.bad_schema_why", why=f"{at or 'the schema'} {why}"))


def _types(schema: Schema) -> tuple[str, ...]:
    kind = schema.get("type")
    return (kind,) if isinstance(kind, str) else tuple(kind) if isinstance(kind, (list, tuple)) else ()


def _whole(value: object, usual: int) -> int:
    return value if isinstance(value, int) else usual


def _referred(root: Schema, reference: object) -> Schema | None:
    """What a `$ref` names: a definition of the same schema."""
    _, _, where = str(reference).partition("#/")
    place, _, name = where.partition("/")
    definitions = root.get(place) if place in DEFINITIONS else None
    found = definitions.get(name) if isinstance(definitions, Mapping) else None
    return found if isinstance(found, Mapping) else None


class _Checked:
    """Looks at every part of one schema."""

    def __init__(self, root: Schema) -> None:
        self._root, self._parts = root, 0

    def look(self, schema: object, at: str, references: tuple[str, ...], depth: int = 0) -> None:
        """One part; `references` are those that led there. Raises BadSchema."""
        if not isinstance(schema, Mapping):
            raise _bad(at, "is no schema: an object is needed")
        self._parts += 1
        if depth > MOST_DEPTH or self._parts > MOST_PARTS:
            raise _bad(at, f"is too much: {MOST_DEPTH} levels and {MOST_PARTS} parts are the most")
        for name, value in schema.items():
            here = f"{at}.{name}" if at else str(name)
            if name not in TELLING and name not in INNER and name not in KEYWORDS:
                raise _bad(here, "cannot be used here")
            if name in KEYWORDS and (why := KEYWORDS[name](value)):
                raise _bad(here, why)
            for place, inner in _inner(name, value, here):
                self.look(inner, place, references, depth + 1)
        if "$ref" in schema:
            self._follow(str(schema["$ref"]), f"{at}.$ref" if at else "$ref", references, depth)
        _check_together(schema, at)

    def _follow(self, reference: str, at: str, references: tuple[str, ...], depth: int) -> None:
        if reference in references:
            raise _bad(at, f"leads back to itself: {reference}")  # such an answer may have no end
        found = _referred(self._root, reference)
        if found is None or not reference.startswith("#/"):
            raise _bad(at, f"names nothing in $defs: {reference}")
        self.look(found, at, (*references, reference), depth + 1)


#: keywords whose values hold other schemas: by name, alone, or in a list
NAMED, ALONE, SEVERAL = ("properties", *DEFINITIONS), ("items", "additionalProperties"), ("anyOf", "oneOf", "allOf")
INNER = frozenset((*NAMED, *ALONE, *SEVERAL))


def _inner(name: str, value: object, at: str) -> Iterator[tuple[str, object]]:
    """The schemas in a keyword's value, each with its place. Raises BadSchema."""
    if name in NAMED:
        if not isinstance(value, Mapping):
            raise _bad(at, "is no object")
        yield from ((f"{at}.{key}", one) for key, one in value.items())
    elif name in SEVERAL:
        if not isinstance(value, (list, tuple)) or not value:
            raise _bad(at, "is no list with something in it")
        yield from ((f"{at}[{number}]", one) for number, one in enumerate(value))
    elif name == "items" or (name == "additionalProperties" and not isinstance(value, bool)):
        yield at, value


def _check_together(schema: Schema, at: str) -> None:
    """What fits only together. Raises BadSchema."""
    for least, most in (("minLength", "maxLength"), ("minItems", "maxItems"), ("minimum", "maximum")):
        low, high = schema.get(least), schema.get(most)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            raise _bad(at, f"can never hold: {least} {low} is more than {most} {high}")
    known, needed = schema.get("properties"), schema.get("required", ())
    if isinstance(needed, (list, tuple)) and "allOf" not in schema:
        known = known if isinstance(known, Mapping) else {}
        if missing := [name for name in needed if name not in known]:
            raise _bad(at, f"requires what is none of its properties: {', '.join(map(str, missing))}")
    if schema.get("additionalProperties") is False and not known and "allOf" not in schema:
        raise _bad(at, "is an object that may hold nothing")


def _is_number(value: object) -> TypeGuard[float]:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and (isinstance(value, int) or isfinite(value))
    )


def _count(value: object) -> str:
    return "" if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else "is no whole number"


def _few(value: object) -> str:
    """What a grammar must repeat at least."""
    return _count(value) or ("" if _whole(value, 0) <= MOST_REPEATED else f"is more than {MOST_REPEATED}")


def _number(value: object) -> str:
    return "" if _is_number(value) else "is no number"


def _step(value: object) -> str:
    return "" if _is_number(value) and value > 0 else "is no number above 0"


def _names(value: object) -> str:
    return (
        "" if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value) else "is no list of names"
    )


def _choices(value: object) -> str:
    return "" if isinstance(value, (list, tuple)) and value and not _const(value) else "is no list of JSON values"


def _const(value: object) -> str:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return "is no JSON value"
    return ""


def _kinds(value: object) -> str:
    kinds = [value] if isinstance(value, str) else value
    known = isinstance(kinds, (list, tuple)) and kinds and all(isinstance(k, str) and k in TYPES for k in kinds)
    return "" if known else f"is none of {', '.join(TYPES)}"


def _switch(value: object) -> str:
    return "" if isinstance(value, bool) else "is neither true nor false"


def _reference(value: object) -> str:
    return "" if isinstance(value, str) else "is no text"


#: by keyword: what is wrong with its value
KEYWORDS: Mapping[str, Callable[[object], str]] = {
    "type": _kinds,
    "enum": _choices,
    "const": _const,
    "required": _names,
    "minLength": _few,
    "maxLength": _count,
    "minItems": _few,
    "maxItems": _count,
    "uniqueItems": _switch,
    "minimum": _number,
    "maximum": _number,
    "exclusiveMinimum": _number,
    "exclusiveMaximum": _number,
    "multipleOf": _step,
    "$ref": _reference,
}

# -- the answer

TYPES: Mapping[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer()),
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list),
}


def _faults(value: object, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    where = at or "the answer"
    if found := _referred(root, schema.get("$ref")):
        yield from _faults(value, found, root, at)
    kinds = _types(schema)
    if kinds and not any(TYPES[kind](value) for kind in kinds):
        yield f"{where} is no {' or '.join(kinds)}"
        return
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{where} is not {json.dumps(schema['const'], ensure_ascii=False)}"
    choices = schema.get("enum")
    if isinstance(choices, (list, tuple)) and not any(_same(value, one) for one in choices):
        yield f"{where} is none of {json.dumps(choices, ensure_ascii=False)}"
    if isinstance(value, str):
        yield from _outside(len(value), schema, "minLength", "maxLength", where, " characters")
    elif isinstance(value, list):
        yield from _faults_of_list(value, schema, root, at)
    elif isinstance(value, Mapping):
        yield from _faults_of_object(value, schema, root, at)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _faults_of_number(value, schema, where)
    yield from _faults_of_several(value, schema, root, at)


def _same(one: object, other: object) -> bool:
    """As JSON has it: true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True) or (
        _is_number(one) and _is_number(other) and one == other
    )


def _outside(size: float, schema: Schema, least: str, most: str, where: str, unit: str = "") -> Iterator[str]:
    low, high = schema.get(least), schema.get(most)
    if isinstance(low, int | float) and size < low:
        yield f"{where} has less than {low}{unit}" if unit else f"{where} is less than {low}"
    if isinstance(high, int | float) and size > high:
        yield f"{where} has more than {high}{unit}" if unit else f"{where} is more than {high}"


def _faults_of_list(value: list[object], schema: Schema, root: Schema, at: str) -> Iterator[str]:
    where, inner = at or "the answer", schema.get("items")
    yield from _outside(len(value), schema, "minItems", "maxItems", where, " items")
    if schema.get("uniqueItems") is True and any(_same(a, b) for i, a in enumerate(value) for b in value[:i]):
        yield f"{where} holds the same twice"
    if isinstance(inner, Mapping):
        for number, one in enumerate(value):
            yield from _faults(one, inner, root, f"{at}[{number}]")


def _faults_of_object(value: Mapping[str, object], schema: Schema, root: Schema, at: str) -> Iterator[str]:
    known, others, needed = schema.get("properties"), schema.get("additionalProperties"), schema.get("required")
    known = known if isinstance(known, Mapping) else {}
    for name in needed if isinstance(needed, (list, tuple)) else ():
        if name not in value:
            yield f"{at or 'the answer'} lacks {name}"
    for name, one in value.items():
        here = f"{at}.{name}" if at else name
        if name in known:
            yield from _faults(one, known[name], root, here)
        elif others is False:
            yield f"{here} is not asked for"
        elif isinstance(others, Mapping):
            yield from _faults(one, others, root, here)


def _faults_of_number(value: float, schema: Schema, where: str) -> Iterator[str]:
    yield from _outside(value, schema, "minimum", "maximum", where)
    low, high, step = (schema.get(name) for name in ("exclusiveMinimum", "exclusiveMaximum", "multipleOf"))
    if isinstance(low, int | float) and value <= low:
        yield f"{where} is not more than {low}"
    if isinstance(high, int | float) and value >= high:
        yield f"{where} is not less than {high}"
    if isinstance(step, int | float) and not _is_multiple(value, step):
        yield f"{where} is no multiple of {step}"


def _is_multiple(value: float, step: float) -> bool:
    """As the two are written in decimals: 0.3 is three times 0.1, and no size is too large."""
    from fractions import Fraction  # few schemas want it

    return Fraction(str(value)) % Fraction(str(step)) == 0


def _faults_of_several(value: object, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    """Of schemas that hold together, each for itself, or one beside another."""
    for one in _several(schema, "allOf"):
        yield from _faults(value, one, root, at)
    for name in ("anyOf", "oneOf"):
        if choices := _several(schema, name):
            first = [next(_faults(value, one, root, at), "") for one in choices]
            if all(first):
                yield f"{at or 'the answer'} is nothing that may stand there: {first[0]}"
            elif name == "oneOf" and first.count("") > 1:
                yield f"{at or 'the answer'} is more than one of what may stand there"


def _several(schema: Schema, name: str) -> list[Schema]:
    found = schema.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, (list, tuple)) else []
