"""Marked methods: only they can be called, and only with what they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pytest

from app.core.actions import (
    ApiRequest,
    BadMessage,
    ByReference,
    Field,
    ModelId,
    Picked,
    PickedFile,
    Switch,
    action,
    actions_of,
)


@dataclass(frozen=True, slots=True)
class Form:
    """Fields, some of which may be missing."""

    arg: str
    kind: Literal["a", "b"]
    extra: str = ""


class Base:
    """What is inherited counts, and what is not marked does not."""

    def __init__(self) -> None:
        self.done: list[Any] = []

    @action("base:stop")
    def stop(self) -> None:
        """Takes nothing."""
        self.done.append("stopped")

    def public(self, value: object) -> None:
        """Not for the page."""
        self.done.append(value)


class Owner(Base):
    """One action of each kind."""

    @action("owner:text", str)
    def text(self, text: str) -> str:
        """A text."""
        self.done.append(text)
        return text.upper()

    @action("owner:model", ModelId)
    def model(self, model_id: ModelId) -> None:
        """An id."""
        self.done.append(model_id)

    @action("owner:switch", bool)
    def switch(self, is_on: bool) -> None:
        """A switch."""
        self.done.append(is_on)

    @action("owner:form", Form)
    def form(self, form: Form) -> None:
        """A form."""
        self.done.append(form)

    @action("owner:fields", dict[str, str])
    def fields(self, fields: dict[str, str]) -> None:
        """Fields of any names."""
        self.done.append(fields)

    @action("owner:files", Picked)
    def files(self, picked: Picked) -> None:
        """Files."""
        self.done.append(picked)

    @action("owner:fails", str)
    async def fails(self, text: str) -> None:
        """Runs as a coroutine."""
        self.done.append(text)


PICKED = Picked((PickedFile("a.toml", b"a"), PickedFile("b.gguf", b"b")))


def call(name: str, raw: object) -> list[Any]:
    owner = Owner()
    actions_of(Owner)[name].call(owner, raw)
    return owner.done


def test_only_what_is_marked_is_listed() -> None:
    names = {
        "base:stop",
        *(f"owner:{kind}" for kind in ("text", "model", "switch", "form", "fields", "files", "fails")),
    }
    assert set(actions_of(Owner)) == names
    assert set(actions_of(Base)) == {"base:stop"}
    assert actions_of(Owner) is actions_of(Owner), "made once"


@pytest.mark.parametrize(
    ("name", "raw", "made"),
    [
        ("base:stop", "", "stopped"),
        ("base:stop", None, "stopped"),
        ("owner:text", "words", "words"),
        ("owner:model", "tiny", "tiny"),
        ("owner:switch", True, True),
        ("owner:form", {"arg": "1", "kind": "b", "unknown": 1}, Form("1", "b")),
        ("owner:fields", {"first": "on"}, {"first": "on"}),
        ("owner:files", PICKED, PICKED),
    ],
)
def test_a_method_gets_a_value_of_its_own_type(name: str, raw: object, made: object) -> None:
    assert call(name, raw) == [made]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("base:stop", "more"),
        ("base:stop", {}),
        ("base:stop", False),
        ("owner:text", None),
        ("owner:text", 1),
        ("owner:text", ["words"]),
        ("owner:text", PICKED),
        ("owner:model", {"id": "tiny"}),
        ("owner:switch", "true"),
        ("owner:switch", 1),
        ("owner:form", "words"),
        ("owner:form", {"arg": "1"}),
        ("owner:form", {"arg": "1", "kind": "c"}),
        ("owner:form", {"arg": "1", "kind": "a", "extra": 5}),
        ("owner:fields", {"first": 1}),
        ("owner:fields", []),
        ("owner:fields", PICKED),
        ("owner:files", {"files": [{"name": "a", "handle": "b"}], "link": None}),
        ("owner:files", ApiRequest("GET", "v1/models", "", object())),
        ("owner:files", None),
    ],
)
def test_what_does_not_fit_runs_nothing(name: str, raw: object) -> None:
    owner = Owner()
    with pytest.raises(BadMessage, match=name) as caught:
        actions_of(Owner)[name].call(owner, raw)
    assert owner.done == []
    assert caught.value.detail.startswith(f"{name}: ")


def test_a_record_that_is_nested_without_end_runs_nothing() -> None:
    raw: dict[str, Any] = {}
    raw["first"] = raw
    with pytest.raises(BadMessage):
        call("owner:fields", raw)


def test_the_result_comes_back() -> None:
    assert actions_of(Owner)["owner:text"].call(Owner(), "a") == "A"


def test_what_only_javascript_understands_is_never_made_of_data() -> None:
    assert {kind.__name__ for kind in ByReference.__subclasses__()} == {"Picked", "ApiRequest"}
    assert PICKED.first.name == "a.toml"


def test_fields_name_what_they_are_about() -> None:
    assert (Field("title", "far").arg, Switch("openai", value=True).value) == ("title", True)
