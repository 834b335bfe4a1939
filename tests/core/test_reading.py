"""Texts from outside are read within limits, whatever is in them (faults D1 and D11)."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from app.core.reading import MOST_DEPTH, Unreadable, is_plain, part, read_json, read_object, read_toml, rows, texts


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        '[{"a":"]]]]"},' * 200 + "1" + "]" * 200,
        f"[1{'0' * 400}]",
        f"[1{'0' * 5_000}]",
        f"[-1{'0' * 400}]",
        "[1e999]",
        "[-1.5E+400]",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "",
        '{"a": 1',
        '"unfinished \\',
        '"\\' * 50_000,
        b"\xff\xfe",
    ],
)
def test_what_is_beyond_the_limits_is_unreadable_and_nothing_else(text: str | bytes) -> None:
    with pytest.raises(Unreadable):
        read_json(text)


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, -2, 2.5, None, True, "x"]},
        [2**62, -(2**62), 1e18, 1e300, 123456789012345678],
        ["[[[[" * 1_000, '"]}', "\\", "\ud800"],
        [[{"a": 1}]] * 1_000,
        "1e999 is a text",
    ],
)
def test_everything_else_is_read_as_json_reads_it(value: Any) -> None:
    assert read_json(json.dumps(value)) == value
    assert read_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize("text", ["[]", "null", "7", '"{}"', "true", "", "{", b"\xff"])
def test_what_is_no_object_is_unreadable_as_one(text: str | bytes) -> None:
    with pytest.raises(Unreadable):
        read_object(text)
    assert read_object('{"a": [1]}') == {"a": [1]}


@pytest.mark.parametrize("odd", [None, 7, "text", True, object()])
def test_what_has_another_shape_has_no_parts(odd: object) -> None:
    assert (part(odd), rows(odd), texts(odd)) == ({}, [], [])
    assert part([odd]) == {}
    assert rows([odd, {"a": odd}, [odd]]) == [{"a": odd}]
    assert texts(("a", odd, ["b"])) == ["a", *(["text"] if odd == "text" else [])]


def test_as_deep_as_may_be_and_no_deeper() -> None:
    assert read_json("[" * MOST_DEPTH + "]" * MOST_DEPTH)
    with pytest.raises(Unreadable, match="deeply"):
        read_json("[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1))


def test_text_made_of_brackets_and_quotes_is_read_or_refused_in_words() -> None:
    luck = random.Random(11)
    for _ in range(3_000):
        text = "".join(luck.choice('[]{}":,\\1e9') for _ in range(luck.randrange(1, 400)))
        try:
            expected = json.loads(text)
        except ValueError:
            with pytest.raises(Unreadable):
                read_json(text)
        else:
            assert read_json(text) == expected


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5_000 + "]" * 5_000, f"a = 1{'0' * 5_000}", "a =", ".".join("a" * 500) + " = 1"]
)
def test_toml_beyond_the_limits_is_unreadable_and_nothing_else(text: str) -> None:
    with pytest.raises(Unreadable):
        read_toml(text)


def test_toml_with_long_words_is_read() -> None:
    text = f'a = "{"x" * 1_000_000}"\nb = "{"x." * 50}/{"y" * 1_000_000}"\n' + "\n".join(
        f"k{n} = {n}" for n in range(20_000)
    )
    assert len(read_toml(text)) == 20_002


def test_plain_data_is_bounded() -> None:
    deep: Any = 1
    for _ in range(MOST_DEPTH + 1):
        deep = [deep]
    assert is_plain({"a": [1, None, {"b": "x"}]})
    assert not is_plain(deep)
    assert not is_plain({1: 2})
    assert not is_plain([float("nan")])
    assert not is_plain([10**400])
    assert not is_plain(object())
