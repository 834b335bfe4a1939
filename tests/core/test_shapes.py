"""Values from records: types, ranges and meaning are checked field by field (fault D1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

import pytest

from app.core.shapes import Address, Damaged, InPlace, Share, Strictly, When, decode, decode_each, each, is_number


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Inner:
    name: str
    size: int = 7


@dataclass(frozen=True)
class Outer:
    id: str
    inner: Inner = Inner("none")
    inners: tuple[Inner, ...] = ()
    pair: tuple[str, int] = ("", 0)
    names: Mapping[str, int] = field(default_factory=dict)
    kind: Literal["a", "b"] = "a"
    colour: Colour = Colour.RED
    maybe: int | None = None
    at: When = 0.0
    part: Share = 0.5
    url: Address = ""
    is_private: Strictly[bool] = False
    is_on: bool = True
    rest: Any = None


WHOLE = {
    "id": "x",
    "inner": {"name": "n", "size": 3},
    "inners": [{"name": "a"}, {"name": "b", "size": 0}],
    "pair": ["p", 1],
    "names": {"k": 2},
    "kind": "b",
    "colour": "blue",
    "maybe": 4,
    "at": 1_790_000_000.5,
    "part": 1,
    "url": "https://a.example/b",
    "is_private": True,
    "is_on": False,
    "rest": {"deep": [1]},
    "of a later version": 1,
}


def test_a_whole_record_is_read_with_its_types() -> None:
    lost: list[str] = []
    read = decode(Outer, WHOLE, lost)
    assert lost == []
    assert read == Outer(
        "x",
        Inner("n", 3),
        (Inner("a"), Inner("b", 0)),
        ("p", 1),
        {"k": 2},
        "b",
        Colour.BLUE,
        4,
        1_790_000_000.5,
        1.0,
        "https://a.example/b",
        True,
        False,
        {"deep": [1]},
    )
    assert isinstance(read.part, float)


BAD: dict[str, list[Any]] = {
    "inner": [None, [], "x", {}, {"name": 5}],
    "inners": [None, {}, "ab", [1], [{}]],
    "pair": ["ab", ["a"], ["a", "b"], ["a", 1, 2], {}],
    "names": [[], "x", {"k": "v"}, {"k": -1}, {"k.j": None}],
    "kind": ["c", None, 1, ["a"], {}],
    "colour": ["green", None, ["red"]],
    "maybe": ["1", -1, 1.5, True, 10**400, float("nan")],
    "at": ["now", -1, 1e15, float("inf"), float("nan"), True, 10**400],
    "part": [1.1, -0.1, 1e308, "0.3", None, float("nan")],
    "url": ["https://[x/a.gguf", "http://a:99999/", 5, "a\nb", None],
    "is_on": [0, 1, "true", None],
    "rest": [{1: 2}, [float("nan")], Decimal(1), [10**400]],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_field_that_cannot_be_read_has_its_default_and_is_named(name: str, value: object) -> None:
    lost: list[str] = []
    read = decode(Outer, {"id": "x", name: value}, lost)
    assert read == Outer("x")
    assert [path.split(".")[0].split("[")[0] for path in lost] == [name]


@pytest.mark.parametrize("value", [0, "yes", None, []])
def test_what_may_have_been_private_counts_as_private(value: object) -> None:
    lost: list[str] = []
    assert decode(Outer, {"id": "x", "is_private": value}, lost).is_private
    assert lost == ["is_private"]


def test_a_part_of_an_inner_value_costs_that_part_only() -> None:
    lost: list[str] = []
    assert decode(Outer, {"id": "x", "inner": {"name": "n", "size": "big"}}, lost).inner == Inner("n")
    assert lost == ["inner.size"]


def test_an_item_of_a_list_costs_that_item_only_unless_places_count() -> None:
    @dataclass(frozen=True)
    class Lists:
        names: tuple[str, ...] = ()
        hashes: InPlace[tuple[str, ...]] = ()

    lost: list[str] = []
    assert decode(Lists, {"names": ["a", None, "b"], "hashes": ["c", None]}, lost) == Lists(("a", "b"))
    assert lost == ["names[1]", "hashes"]


@pytest.mark.parametrize("record", [None, [], "x", 5, {}, {"id": 5}, {"id": None}])
def test_without_what_is_needed_it_is_damaged(record: object) -> None:
    with pytest.raises(Damaged):
        decode(Outer, record)


def test_of_a_list_the_good_ones_are_read() -> None:
    lost: list[str] = []
    assert decode_each(Inner, [{"name": "a"}, None, {}, {"name": "b"}], lost, "inners") == (Inner("a"), Inner("b"))
    assert lost == ["inners[1]", "inners[2]"]
    lost = []
    assert decode_each(Inner, "no list", lost, "inners") == ()
    assert each({}, lambda one, at, mine: one, lost) == ()
    assert lost == ["inners", "list"]


def test_numbers_are_told_from_switches_and_from_what_is_no_number() -> None:
    assert is_number(0)
    assert is_number(1.5)
    assert not any(map(is_number, (True, -1, float("nan"), float("inf"), 10**400, "1", None)))
