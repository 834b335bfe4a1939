"""A large JSON file is read object by object, wherever its pieces are cut, and never lies in memory as a whole."""

from __future__ import annotations

import json

import pytest

from app.study.imports.elements import Element, Elements
from tests.study.imports.exports import FIXTURES

ARRAY = (FIXTURES / "chatgpt" / "conversations.json").read_bytes()


def taken(data: bytes, size: int, most: int = 1_000_000) -> tuple[list[Element | None], Elements]:
    elements, found = Elements(most), list[Element | None]()
    for at in range(0, len(data), size):
        found += elements.take(data[at : at + size])
    return found, elements


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100, 1_000_000])
def test_each_object_comes_once_wherever_the_pieces_end(size: int) -> None:
    found, elements = taken(ARRAY, size)
    assert found == json.loads(ARRAY)
    assert (elements.is_json, elements.is_cut) == (True, False)


@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ('[{"a": "x\\\\\\"]}{", "b": [{}]}, {"é": "😀"}]', [{"a": 'x\\"]}{', "b": [{}]}, {"é": "😀"}]),
        ('\ufeff {"a": {"b": [1, {"c": 2}]}}', [{"a": {"b": [1, {"c": 2}]}}]),
        ('{"a": 1}\n{"b": 2}\n', [{"a": 1}, {"b": 2}]),
        ('[[{"a": 1}], 5, "{", null, {"b": 2}]', [{"b": 2}]),
        ("[]", []),
        ("{}", [{}]),
        ('[{"a": 1}, {"b": }, {"c": NaN}, {"d": 2}]', [{"a": 1}, None, None, {"d": 2}]),
        ("[" + '{"a":' * 200 + "1" + "}" * 200 + ', {"b": 2}]', [None, {"b": 2}]),
    ],
)
def test_what_stands_between_and_around_objects_is_passed_over(text: str, objects: list[object], size: int) -> None:
    found, elements = taken(text.encode(), size)
    assert found == objects
    assert not elements.is_cut


@pytest.mark.parametrize(
    ("around", "depth", "is_read"), [("[]", 100, True), ("[]", 101, False), ("", 100, True), ("", 101, False)]
)
def test_how_deep_an_object_is_counts_from_itself(around: str, depth: int, is_read: bool) -> None:
    text = around[:1] + '{"a":' * depth + "1" + "}" * depth + around[1:]
    [found] = taken(text.encode(), 50)[0]
    assert (found is not None) is is_read


@pytest.mark.parametrize("size", [1, 5, 64])
def test_an_object_that_is_too_large_is_passed_over_and_not_kept(size: int) -> None:
    large = json.dumps([{"a": 1}, {"b": 'x\\"' * 3000, "c": [{"d": "]}" * 500}]}, {"e": 2}]).encode()
    elements, found, longest = Elements(500), list[Element | None](), 0
    for at in range(0, len(large), size):
        found += elements.take(large[at : at + size])
        longest = max(longest, elements.held)
    assert found == [{"a": 1}, None, {"e": 2}]
    assert longest <= 500 + 2 * size


def test_a_file_that_ends_too_early_gives_what_was_whole() -> None:
    found, elements = taken(ARRAY[:-700], 100)
    assert found == json.loads(ARRAY)[:-1]
    assert elements.is_cut


@pytest.mark.parametrize("data", [b"<html>[{}]", b"\x00\x01[{}]", b"PK{}", b"\xff\xd8\xff\xe0[{}]"])
def test_what_is_no_json_says_so_at_once(data: bytes) -> None:
    found, elements = taken(data, 3)
    assert (found, elements.is_json) == ([], False)


def test_bytes_that_are_no_text_cost_a_character_and_no_chat() -> None:
    assert taken(b'[{"a": "\xff\xfe"}, {"b": 1}]', 4)[0] == [{"a": "\ufffd\ufffd"}, {"b": 1}]
