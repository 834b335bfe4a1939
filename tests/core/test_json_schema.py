"""Which schemas a model can be held to, and which answers keep to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pytest

from app.core.json_schema import MOST_DEPTH, MOST_REPEATED, BadSchema, bounded, check, fault
from app.core.schemas import schema_of
from tests.words import english

TEXT = {"type": "string"}


def of(**properties: object) -> dict[str, object]:
    """An object with these properties, all of them needed."""
    return {"type": "object", "properties": properties, "required": list(properties)}


#: as pydantic 2 writes a model with a list of others
ORDER = {
    "$defs": {
        "Item": {
            "title": "Item",
            "type": "object",
            "properties": {
                "name": {"type": "string", "title": "Name", "description": "What it is."},
                "count": {"type": "integer", "minimum": 1, "default": 1},
                "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
            },
            "required": ["name"],
        }
    },
    "title": "Order",
    "type": "object",
    "properties": {
        "items": {"type": "array", "items": {"$ref": "#/$defs/Item"}, "minItems": 1, "maxItems": 3},
        "urgent": {"type": "boolean"},
        "when": {"type": "string", "format": "date-time"},
    },
    "required": ["items", "urgent"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Card:
    front: str
    level: Literal["easy", "hard"] = "easy"
    points: int | None = None


def deep(levels: int) -> dict[str, object]:
    """A schema of so many levels."""
    schema: dict[str, object] = {"type": "string"}
    for _ in range(levels):
        schema = of(a=schema)
    return schema


@pytest.mark.parametrize(
    "schema",
    [ORDER, schema_of(Card), {"type": "object"}, deep(MOST_DEPTH // 2), of(a={"enum": [1, "b", None]}), of(a={})],
)
def test_what_a_grammar_can_say_is_taken(schema: Mapping[str, object]) -> None:
    check(schema)


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ("text", "the schema is no object"),
        (None, "the schema is no object"),
        ({}, "must be object"),
        ({"type": "array", "items": TEXT}, "must be object"),
        ({"type": "objekt"}, "type is none of string"),
        ({"type": []}, "type is none of"),
        ({"type": "object", "properties": ["a"]}, "properties is no object"),
        ({"type": "object", "properties": {}, "additionalProperties": False}, "may hold nothing"),
        ({"type": "object", "required": ["a"]}, "none of its properties: a"),
        ({"type": "object", "required": "a"}, "required is no list of names"),
        (of(a=True), "properties.a is no schema"),
        (of(a={"type": "string", "pattern": "^a$"}), "properties.a.pattern cannot be used here"),
        (of(a={"type": "string", "maxLenght": 3}), "properties.a.maxLenght cannot be used here"),
        (of(a={"type": "string", "maxLength": "3"}), "properties.a.maxLength is no whole number"),
        (of(a={"type": "string", "maxLength": -1}), "is no whole number"),
        (of(a={"type": "string", "minLength": 3, "maxLength": 2}), "minLength 3 is more than maxLength 2"),
        (of(a={"type": "string", "minLength": MOST_REPEATED + 1}), "is more than 1900"),
        (of(a={"type": "integer", "minimum": "0"}), "is no number"),
        (of(a={"type": "number", "minimum": float("nan")}), "is no number"),
        (of(a={"type": "number", "multipleOf": 0}), "is no number above 0"),
        (of(a={"enum": []}), "is no list of JSON values"),
        (of(a={"enum": [object()]}), "is no list of JSON values"),
        (of(a={"const": float("inf")}), "is no JSON value"),
        (of(a={"type": "array", "items": [TEXT]}), "properties.a.items is no schema"),
        (of(a={"type": "array", "uniqueItems": 1}), "neither true nor false"),
        (of(a={"anyOf": []}), "is no list with something in it"),
        (of(a={"anyOf": [TEXT, {"type": "text"}]}), "properties.a.anyOf[1].type is none of"),
        (of(a={"$ref": "#/$defs/Nobody"}), "names nothing in $defs"),
        (of(a={"$ref": "https://example.org/schema.json"}), "names nothing in $defs"),
        (of(a={"$ref": "#"}), "names nothing in $defs"),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}, "leads back to itself"),
        ({"$ref": "#/$defs/a", "$defs": {"a": of(next={"$ref": "#/$defs/a"})}}, "leads back to itself"),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}}, "leads back to itself"),
        (deep(MOST_DEPTH + 1), "32 levels"),
        (of(**{f"p{number}": TEXT for number in range(1001)}), "1000 parts"),
    ],
)
def test_what_no_model_can_be_held_to_is_our_own_error(schema: object, why: str) -> None:
    with pytest.raises(BadSchema) as caught:
        check(schema)
    assert why in english(caught.value.message)
    assert english(caught.value.message).endswith(".")
    assert not caught.value.again


GOOD = {"items": [{"name": "Pen", "count": 2, "note": None}], "urgent": True}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (GOOD, ""),
        ({**GOOD, "when": "today"}, ""),
        ({"items": [{"name": "Pen", "count": 2.0}], "urgent": False}, ""),
        ([GOOD], "the answer is no object"),
        ({"urgent": True}, "the answer lacks items"),
        ({**GOOD, "more": 1}, "more is not asked for"),
        ({**GOOD, "urgent": 1}, "urgent is no boolean"),
        ({**GOOD, "items": []}, "items has less than 1 items"),
        ({**GOOD, "items": GOOD["items"] * 4}, "items has more than 3 items"),  # type: ignore[operator]
        ({**GOOD, "items": [{"count": 1}]}, "items[0] lacks name"),
        ({**GOOD, "items": [{"name": "Pen", "count": 0}]}, "items[0].count is less than 1"),
        ({**GOOD, "items": [{"name": "Pen", "count": 1.5}]}, "items[0].count is no integer"),
        ({**GOOD, "items": [{"name": "Pen", "count": True}]}, "items[0].count is no integer"),
        ({**GOOD, "items": [{"name": "Pen", "note": 4}]}, "items[0].note is nothing that may stand there"),
    ],
)
def test_an_answer_is_compared_with_every_part(value: object, why: str) -> None:
    assert fault(value, ORDER)[: len(why) or None] == why


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"enum": ["a", 1]}, ["a", 1, 1.0], ["b", True, None]),
        ({"const": {"a": [1]}}, [{"a": [1]}], [{"a": [2]}, {}]),
        ({"type": ["string", "null"]}, ["a", None], [1, []]),
        ({"type": "string", "minLength": 2, "maxLength": 3}, ["ab", "äöü"], ["a", "abcd"]),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, [0.5], [0, 1]),
        ({"type": "number", "maximum": 2, "multipleOf": 0.1}, [0.3, 2], [0.35, 2.1]),
        ({"type": "number", "multipleOf": 0.01}, [123456789.01, 1e308, 10**400], [123456789.015]),
        ({"type": "integer", "multipleOf": 2}, [10**15], [10**15 + 1]),
        ({"type": "array", "items": {"type": "integer"}, "uniqueItems": True}, [[1, 2], []], [[1, 1.0], ["a"], "a"]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, [{}, {"a": 1}], [{"a": "1"}]),
        ({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]}, [1, 5.5], [5, "a"]),
        ({"allOf": [of(a=TEXT), of(b=TEXT)]}, [{"a": "", "b": ""}], [{"a": ""}]),
        ({}, [None, [1], {"a": "b"}], []),
    ],
)
def test_each_keyword_holds(schema: Mapping[str, object], good: list[object], bad: list[object]) -> None:
    check(of(it=schema))
    assert [fault({"it": value}, of(it=schema)) for value in good] == [""] * len(good)
    assert all(fault({"it": value}, of(it=schema)) for value in bad)


def test_every_text_and_every_list_has_an_end() -> None:
    schema = of(
        free=TEXT,
        short={"type": "string", "maxLength": 20},
        endless={"type": ["string", "null"], "maxLength": 10**6},
        least={"type": "string", "minLength": 800},
        list={"type": "array", "items": {"$ref": "#/$defs/a"}},
        choice={"type": "string", "enum": ["a"]},
        number={"type": "integer"},
    ) | {"$defs": {"a": {"anyOf": [TEXT, {"type": "null"}]}}}
    made = bounded(schema, 320)
    assert made["properties"] == {
        "free": {"type": "string", "maxLength": 320},
        "short": {"type": "string", "maxLength": 20},
        "endless": {"type": ["string", "null"], "maxLength": MOST_REPEATED},
        "least": {"type": "string", "minLength": 800, "maxLength": 800},
        "list": {"type": "array", "items": {"$ref": "#/$defs/a"}, "maxItems": 20},
        "choice": {"type": "string", "enum": ["a"]},
        "number": {"type": "integer"},
    }
    assert made["$defs"] == {"a": {"anyOf": [{"type": "string", "maxLength": 320}, {"type": "null"}]}}
    check(made)
    assert schema["properties"]["free"] == TEXT, "the schema of who asks stays as it is"  # type: ignore[index]


def test_a_type_may_be_a_list_of_one_and_a_list_may_have_no_type() -> None:
    schema = {**of(some={"items": TEXT}), "type": ["object"]}
    check(schema)
    assert fault({"some": ["a"]}, schema) == ""
    made: Any = bounded(schema, 320)
    assert made["properties"]["some"]["maxItems"] == 20
