"""The page and Python say the same names to each other, and nothing but those can be said."""

from __future__ import annotations

import inspect
import re
from typing import Any, get_args, get_type_hints

import pytest

from app.core.actions import ApiRequest, ByReference, Picked, PickedFile, actions_of
from app.core.commands import Probe, Save, StartOver, wire
from app.records.shared import SharedRecords
from app.session.archive import FromAnotherPage
from app.session.session import LAZY
from tests.memory import MemoryRecords, MemoryTabs
from tests.messages import BY_SCRIPTS, commands, handlers, in_markup, in_scripts, made_up, owners, registered, scripts
from tests.test_session import World, play
from tests.words import english


def test_every_action_has_one_name_and_stands_where_it_is_looked_for() -> None:
    names = [name for _, owner in owners() for name in actions_of(owner)]
    assert sorted(names) == sorted(set(names))
    for group, owner in owners():
        groups = {name.partition(":")[0] for name in actions_of(owner)}
        assert groups <= {group} if group else not groups & set(LAZY), owner


def test_no_group_of_actions_inherits_from_another() -> None:
    assert {owner.__name__: owner.__bases__ for _, owner in owners() if owner.__bases__ != (object,)} == {}


def test_nothing_is_sent_that_no_action_takes_and_no_action_waits_for_nothing() -> None:
    sent = in_markup() | in_scripts()
    assert sent - BY_SCRIPTS - set(registered()) == set(), "nothing takes these"
    assert set(registered()) - sent == set(), "nothing sends these"


def test_the_names_in_markup_can_be_read_where_they_stand() -> None:
    assert made_up() == []


def _unmarked() -> list[tuple[str, str]]:
    """Every public method that is no action, as somebody would guess its name."""
    found = []
    for _, owner in owners():
        marked = {one.method for one in actions_of(owner).values()}
        for name, _member in inspect.getmembers(owner, callable):
            if not name.startswith("_") and name not in marked:
                groups = {one.partition(":")[0] for one in actions_of(owner)}
                guesses = {f"{each}:{name}" for each in groups} - set(registered())
                found += [(one, one.replace("_", "-")) for one in guesses]
    return found


def test_a_public_method_that_is_no_action_cannot_be_reached() -> None:
    async def scene(world: World) -> None:
        unmarked = _unmarked()
        assert {"routing:prepare", "cloud:elsewhere", "together:wrote", "ollama:provider", "archive:halt"} <= {
            name for name, _ in unmarked
        }
        for names in unmarked:
            for name in names:
                await world.act(name, "")
                assert world.notices[-1] == f"The page sent an unknown request: {name}."

    play(scene)


NOT_ITS_KIND: list[object] = [
    7,
    ["list"],
    {"arg": 3},
    {"arg": {"deep": []}, "value": None},
    Picked((PickedFile("x", b""),)),
]


@pytest.mark.parametrize("name", sorted(registered()))
def test_what_does_not_fit_is_told_and_runs_nothing(name: str) -> None:
    kind: Any = registered()[name].kind
    bad = [raw for raw in NOT_ITS_KIND if not (isinstance(raw, ByReference) and kind is type(raw))]

    async def scene(world: World) -> None:
        stored = await world.records.snapshot()
        for raw in bad:
            await world.act(name, raw)
            assert world.notices[-1] == f"The page sent {name} in a form that can't be read."
        assert await world.records.snapshot() == stored

    play(scene)


def test_a_name_of_any_shape_is_told() -> None:
    async def scene(world: World) -> None:
        for name in ("", ":", "chat", "chat:", ":send", "chat:send:more", "cloud:__init__", "session:act", "_attempt"):
            await world.act(name, "")
            assert world.notices[-1] == f"The page sent an unknown request: {name}."

    play(scene)


# -- others than the page itself


def test_another_tab_may_say_two_words_and_which_records_it_wrote() -> None:
    """Fault D10: any page of this origin can write to a channel. Its words come by one action that takes no others."""

    async def scene(world: World) -> None:
        for word in ("", "erase", "archive:erase", None, 1, ["halt"], {"word": "halt"}):
            await world.act("archive:hear", {"word": word})
            assert world.notices[-1] == "The page sent archive:hear in a form that can't be read."
        for word in get_args(get_type_hints(FromAnotherPage)["word"]):
            await world.act("archive:hear", {"word": word})
        assert len(world.notices) == 1, "these are taken"

    play(scene)
    forwarded = [text for path in scripts() for text in re.findall(r"new Set\((\[[^\]]*\])\)", path.read_text("utf-8"))]
    assert "['halt', 'gone']" in forwarded, "and the page's script passes no others on"


@pytest.mark.parametrize(
    "message", [{}, {"wrote": "settings"}, {"wrote": [["settings"]]}, {"act": ["archive:erase", ""]}]
)
def test_a_tab_that_says_anything_else_about_records_is_not_heard(message: dict[str, Any]) -> None:
    heard: list[list[tuple[str, str]]] = []
    tabs = MemoryTabs()
    SharedRecords(MemoryRecords(), tabs).listen(heard.append)
    tabs.another().tell(message)
    assert [wrote for wrote in heard if wrote] == []


def test_the_local_api_reaches_one_action_with_a_request_of_its_own() -> None:
    assert [name for name, found in registered().items() if found.kind is ApiRequest] == ["api:request"]

    async def scene(world: World) -> None:
        for raw in ("", {"method": "GET", "path": "v1/models", "body": "", "reply": None}):
            await world.act("api:request", raw)
            assert world.notices[-1] == "The page sent api:request in a form that can't be read."

    play(scene)


# -- commands to the page


def test_every_command_has_its_handler_with_as_many_parameters() -> None:
    assert commands() == handlers()


def test_a_command_goes_to_the_page_as_its_name_and_arguments() -> None:
    assert wire(Save("a.md", "words", "text/markdown"), english) == ["save", "a.md", "words", "text/markdown"]
    assert wire(StartOver(), english) == ["startOver"]
    assert wire(Probe("http://x", "cors", 5, "GET", (("a", "b"),)), english) == [
        "probe",
        "http://x",
        "cors",
        5,
        "GET",
        (("a", "b"),),
    ]
