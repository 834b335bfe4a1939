"""The byte code of dataclasses that set-up has made is used, and only where it is that of the very same text."""

from __future__ import annotations

import dataclasses
import marshal
from collections.abc import Iterator
from typing import Any

import pytest

import app
from app.core.compiled import use_compiled


@pytest.fixture
def compiled() -> Iterator[list[str]]:
    """The texts that dataclasses have compiled by themselves; all is as before afterwards."""
    texts: list[str] = []

    def run(text: str, *scope: dict[str, Any]) -> None:
        texts.append(text)
        exec(text, *scope)

    dataclasses.exec = run  # type: ignore[attr-defined]
    yield texts
    del dataclasses.exec  # type: ignore[attr-defined]


def pair() -> Any:
    return dataclasses.make_dataclass("Pair", ["left", "right"], frozen=True)(1, 2)


def test_known_text_is_run_from_its_byte_code(compiled: list[str]) -> None:
    pair()
    said: list[str] = []
    code = {text: compile(f"said.append('known')\n{text}", "<dataclass>", "exec") for text in compiled}
    use_compiled(marshal.dumps(code))
    names: dict[str, Any] = {"said": said}
    for text in compiled:
        dataclasses.exec(text, names, {})  # type: ignore[attr-defined]
    assert said == ["known"] * len(compiled)


def test_other_text_is_compiled_as_always(compiled: list[str]) -> None:
    use_compiled(marshal.dumps({}))
    made = pair()
    assert made == dataclasses.replace(made)
    assert made.right == 2


def test_sources_that_were_not_packed_say_so() -> None:
    with pytest.raises(OSError, match="dataclasses"):
        app.packed("dataclasses.bin")
