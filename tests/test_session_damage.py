"""Damaged records cost only themselves: the page starts, and Settings, under Data, can be reached (fault D1)."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

import pytest

from app.core.commands import Save
from app.core.ports import Shelves
from app.core.values import Model, Source, Timing, Usage
from app.models.costs.ledger import SHELF, Entry
from app.models.device.benchmark import Compared, Measurement, Run
from app.models.device.threads import ThreadSpeeds
from app.models.store.sources import Kept
from app.models.store.stored import model_info
from app.session.settings import Settings
from app.session.state import LISTS_KEY, SERVICES_KEY
from app.study.archive.backup import write_backup
from app.study.chats import Chat, Problem, Turn
from app.ui.mount import mount
from app.ui.parts.data import data
from tests.memory import picked
from tests.mutations import mutated
from tests.test_session_cloud import HERE, MINI, Page
from tests.ui.test_chat_file import FakeTypesetter
from tests.words import english

NOW = 1_790_000_000.0
CATALOG = """title = "School"
[[model]]
id = "school"
name = "School model"
kind = "chat"
sources = ["https://school.example/a.gguf"]
size_bytes = 1000
ram_bytes = 5000
"""
RECEIPT = {
    "winner": {"model": {"id": MINI, "name": "Mini", "where": "sent to OpenAI", "place": "cloud"}, "place": "cloud"},
    "candidates": [
        {"model": {"id": MINI, "name": "Mini", "where": "sent to OpenAI"}, "place": "cloud", "quality": 0.9}
    ],
    "difficulty": 0.5,
    "worth": 0.7,
    "follow_up": 0.1,
    "threshold": 0.6,
    "topic": 0.2,
    "reasons": ["It is hard."],
    "worth_why": [{"says": "maths", "amount": -0.4}],
}


GONE = object()  # in place of a value: the field is not there at all


def turn(id: str, chat: str, parent: str, text: str, *children: str, **more: Any) -> dict[str, Any]:
    role = "assistant" if id.startswith("a") else "user"
    one = Turn(id, chat, parent, role, text, NOW, children, **more)  # type: ignore[arg-type]
    return asdict(one)


def reply(**more: Any) -> dict[str, Any]:
    used = {"usage": Usage(20, 30, True, cost_micros=5), "timing": Timing(1.0, 0.5, 3.0, 12.5), "engine": "wllama"}
    return {"model_id": MINI, "model_name": "Mini", "where": "sent to OpenAI", **used, **more}


def records() -> dict[str, dict[str, Any]]:
    """One of everything that the app keeps, as it keeps it."""
    first = Chat("c1", "First", NOW, NOW, ("u1", "a1", "u3"), ("u1", "u2"), is_named=True)
    second = Chat("c2", "Second", NOW, NOW - 5, ("u4", "a4"), ("u4",), is_private=True)
    problem = Problem("It failed.", "Look at Settings.", detail="raw")
    model = Model("url-1", "Linked", size_bytes=5, sources=(Source("https://a.example/b.gguf"),), format="gguf")
    shown = {"id": MINI, "name": "Mini", "context_length": 8000, "capabilities": ["vision"], "where": "sent to OpenAI"}
    own = {"id": HERE, "address": "http://localhost:8080/v1", "dialect": "openai", "stays": True}
    one = Measurement("tiny", "Tiny", "wllama", "browser", NOW, "Chrome", "0.1.0", (Run(9, 0.5, 0.4, 8, 11.0, True),))
    one = replace(one, threads=2, compared=(Compared(2, False, 12.5, 60.0), Compared(1, False, 7.9, 40.0)))
    settings = Settings(
        model_id="tiny",
        system_prompt="Short.",
        engines=(("tiny", "wllama"),),
        active=(("browser", "tiny"),),
        setup="done",
        memory_gb=16.0,
        speeds={"tiny": 12.5},
        threads={"tiny": ThreadSpeeds("Chrome/Linux/4", "3.13.0", NOW, ((1, 7.9), (2, 12.5)))},
        is_smart=True,
        learned={"shift": -0.02, "counts": [["local liked", 2]]},
    )
    costs = {
        "budget": {"day_micros": 500_000, "month_micros": None},
        "reference": ["openai", "gpt-5-mini"],
        "power": {"watts": "60", "dollars_per_kwh": "0.30"},
        "edits": [{"service": "openai", "model": "gpt-5", "input": "1.25", "output": "10", "date": "2026-11-01"}],
        "ratios": [["openai", "gpt-5-mini", {"estimated": 100, "counted": 110}]],
    }
    entries = [
        Entry(f"l{n}", NOW + n, "2026-09-21", "chat", place, "openai" if place == "cloud" else "", "m", 10, 5, micros=n)  # type: ignore[arg-type]
        for n, place in enumerate(("cloud", "browser", "ollama"))
    ]
    return {
        "chats": {"c1": asdict(first), "c2": asdict(second)},
        "turns": {
            "u1": turn("u1", "c1", "", "What is $x$?", "a1"),
            "a1": turn("a1", "c1", "u1", "**Bold** `code`", "u3", receipt=RECEIPT, thinking="Hm.", **reply()),
            "u3": turn("u3", "c1", "a1", "And now?"),
            "u2": turn("u2", "c1", "", "Another first?"),
            "u4": turn("u4", "c2", "", "Private?", "a4"),
            "a4": turn("a4", "c2", "u4", "", stop_reason="error", problem=problem, notices=("Left out.",)),
        },
        "settings": {
            "settings": asdict(settings),
            "sources": {
                "catalogs": [asdict(Kept("s", "School", "", CATALOG, NOW))],
                "models": [model_info(model, english)],
            },
            SERVICES_KEY: {"own": [own], "services": [{"id": "openai"}], "picked": [{"id": MINI}], "shown": [shown]},
            LISTS_KEY: {"lists": [{"id": "openai", "at": NOW, "models": [shown]}]},
            "ollama": {
                "address": "http://localhost:11434",
                "connected": ["http://localhost:11434"],
                "used": {"m": NOW},
            },
            "costs": costs,
        },
        SHELF: {entry.id: asdict(entry) for entry in entries},
        "measurements": {one.id: asdict(one)},
        "pulls": {"llama3.2:1b": {"name": "llama3.2:1b", "done": 5, "total": 10, "started": NOW}},
    }


def text_of(value: Any, luck: random.Random) -> str:
    """As storage keeps it; now and then only half of it."""
    text = json.dumps(value)
    return text[: luck.randrange(len(text))] if luck.random() < 0.05 else text


SHOWING_RECORDS = ("automatic", "connections", "usage", "classroom")  # sections of Settings that show what is stored


async def start(world: Page, shelves: dict[str, dict[str, Any]], luck: random.Random) -> None:
    world.records.shelves = {
        shelf: {key: one if isinstance(one, str) else json.dumps(one) for key, one in kept.items()}
        for shelf, kept in shelves.items()
    }
    world.compose()
    await world.session.start(luck.choice(("#/chat", "#/chat/c1", "#/chat/c2", "#/models", "#/settings/usage")))


async def look_at_everything(world: Page, sections: Sequence[str] = SHOWING_RECORDS) -> str:
    """Show every page, of Settings these sections and Data; all that was painted."""
    session = world.session
    mount(session, world.page, FakeTypesetter())
    await session.jobs.join()
    addresses = (f"#/settings/{one}" for one in sections)
    for route in ("#/chat/c2", "#/models", *addresses, "#/chat/c1", "#/settings/data"):
        await session.navigation.go(route)
        await session.jobs.join()
    session.measure.advice()
    await world.act("models:check")
    return "".join(html for _, _, html in world.page.painted)


async def mutate_and_look(world: Page, seed: int) -> None:
    """One mutated record of each shelf; everything else must be there."""
    luck, whole = random.Random(seed), records()
    shelves: dict[str, dict[str, Any]] = {shelf: dict(kept) for shelf, kept in whole.items()}
    changed = set()
    for shelf, kept in whole.items():
        key = luck.choice(list(kept))
        shelves[shelf][key] = text_of(mutated(kept[key], luck), luck)
        changed.add((shelf, key))
    await start(world, shelves, luck)
    painted = await look_at_everything(world, SHOWING_RECORDS[seed % 4 :][:1])
    session, where = world.session, f"seed {seed}, {sorted(changed)}"
    chats = {chat.id for chat in session.state.chats()}
    assert {id for id in whole["chats"] if ("chats", id) not in changed} <= chats, where
    turns = [id for id in whole["turns"] if ("turns", id) not in changed]
    assert [one.id for one in await session.store.turns(turns)] == turns, where
    entries = {entry.id for entry in session.costs.entries()}
    assert {id for id in whole[SHELF] if (SHELF, id) not in changed} <= entries, where
    if ("settings", "settings") not in changed:
        assert session.state.settings().system_prompt == "Short.", where
    else:
        assert session.state.settings().share <= 1, where
    assert "Erase all" in painted, where
    assert "Something went wrong" not in [english(notice.text).rstrip(".") for notice in session.state.notices()], (
        where,
        [notice.detail for notice in session.state.notices()],
    )
    if "could not be drawn" in painted:
        at = painted.index("could not be drawn")
        raise AssertionError((where, painted[at - 200 : at + 900]))


def run(body: Callable[[Page], Awaitable[None]]) -> Page:
    async def whole() -> Page:
        world = Page()
        await body(world)
        await world.session.jobs.join()
        return world

    return asyncio.run(whole())


@pytest.mark.parametrize("part", range(6))
def test_mutated_records_cost_only_themselves(part: int) -> None:
    """Fault D1: about 1,000 mutations; the slow tier makes more."""

    async def body(world: Page) -> None:
        for seed in range(part * 25, part * 25 + 25):
            await mutate_and_look(world, seed)

    run(body)


def test_a_turn_without_a_name_sends_nobody_round_in_a_circle() -> None:
    """Seed 1158 of the slow tier: whoever walked through its chat never came to an end, and took all memory."""
    run(lambda world: mutate_and_look(world, 1158))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_many_mutated_records_cost_only_themselves(part: int) -> None:
    """Fault D1, with some ten thousand mutations."""

    async def body(world: Page) -> None:
        for seed in range(1_000 + part * 150, 1_000 + part * 150 + 150):
            await mutate_and_look(world, seed)

    run(body)


def test_whole_records_are_not_called_damaged() -> None:
    async def body(world: Page) -> None:
        await start(world, records(), random.Random(1))
        painted = await look_at_everything(world)
        await world.act("archive:look")
        assert world.session.state.damaged() == ()
        assert world.notices[-1] == "All stored data is fine."
        assert "School model" in painted

    run(body)


def test_a_foreign_ledger_and_odd_cost_settings_never_come_in() -> None:
    """Fault D4: every shelf has its check."""

    async def body(world: Page) -> None:
        await world.session.start("#/settings")
        foreign: list[Shelves] = [
            {SHELF: {"x": {"id": "x", "cost": 5}}},
            {SHELF: {"x": records()[SHELF]["l0"]}},
            {SHELF: {"x": {**records()[SHELF]["l0"], "id": "x", "day": "yesterday"}}},
            {SHELF: {"x": {**records()[SHELF]["l0"], "id": "x", "micros": 1e308}}},
            {"settings": {"costs": {"budget": {"day_micros": "all"}}}},
            {"settings": {"costs": {"edits": [{"service": "openai", "model": "m", "input": "free", "output": "1"}]}}},
            {"settings": {"settings": {"share": 1e308}}},
            {"settings": {"ollama": {"used": {"m": "now"}}}},
        ]
        for shelves in foreign:
            text = write_backup(shelves, "0.1.0", 0.0)
            await world.act("archive:open", picked("file.json", text.encode()))
            assert not (await world.records.snapshot())[SHELF]
            assert "data that DrLeeLM doesn't know" in world.notices[-1]
        painted = await look_at_everything(world)
        assert "could not be drawn" not in painted

    run(body)


def test_clearing_the_history_works_with_what_is_damaged_in_it() -> None:
    """Fault D4."""

    async def body(world: Page) -> None:
        whole = records()
        whole[SHELF]["odd"] = {"id": 5}
        whole["settings"]["costs"] = "nonsense"
        await start(world, whole, random.Random(1))
        await look_at_everything(world)
        assert "usage entry" in " ".join(world.notices)
        assert len(world.session.costs.entries()) == 3
        await world.act("costs:clear")
        assert world.records.shelves[SHELF] == {}
        await world.act("costs:set-budget", {"day": "1", "month": ""})
        assert world.session.costs.choices().budget.day_micros == 1_000_000
        assert json.loads(world.records.shelves["settings"]["damaged/settings/costs"])["record"] == "nonsense"
        await world.act("archive:look")
        assert world.session.archive.aside() == 1
        assert "1 damaged record was replaced" in data(world.session)
        await world.act("archive:save-damaged")
        assert "nonsense" in world.page.done(Save)[-1].text
        await world.act("archive:clean")
        assert world.session.archive.aside() == 0

    run(body)


def test_settings_that_cannot_be_read_leave_nothing_open() -> None:
    async def body(world: Page) -> None:
        for text in ('"gone"', "{half", '{"is_offline_mode": "yes"}'):
            whole = records()
            whole["settings"]["settings"] = text
            await start(world, whole, random.Random(1))
            assert world.session.state.offline().is_on, text
            assert not world.session.state.settings().is_api_on

    run(body)


@pytest.mark.parametrize(
    "row",
    [
        f"size_bytes = 1{'0' * 309}",
        f"size_bytes = 5\nram_bytes = 1{'0' * 399}",
        "size_bytes = nan",
        "size_bytes = -1",
        "size_bytes = true",
        "size_bytes = 1.5",
        'size_bytes = 5\nchunk_bytes = "1"',
        f"size_bytes = 1{'0' * 5000}",
    ],
)
def test_a_catalogue_with_impossible_numbers_is_refused_in_words(row: str) -> None:
    """Fault D1."""

    async def body(world: Page) -> None:
        text = f'title = "T"\n[[model]]\nid = "a"\nname = "A"\nkind = "chat"\nsources = ["https://a.example/a.gguf"]\n{row}'
        await world.session.start("#/models")
        await world.act("sources:add-file", picked("x.toml", text.encode()))
        assert world.session.state.catalogs() == ()
        assert "went wrong" not in world.notices[-1]

    run(body)


def test_an_address_that_cannot_be_taken_apart_is_refused_and_an_old_one_can_be_removed() -> None:
    """Fault D1: it was stored by an earlier version."""

    async def body(world: Page) -> None:
        text = CATALOG.replace("https://school.example/a.gguf", "https://[x/a.gguf")
        await world.session.start("#/models")
        await world.act("sources:add-file", picked("x.toml", text.encode()))
        assert world.session.state.catalogs() == ()
        whole = records()
        whole["settings"]["sources"]["catalogs"][0]["text"] = text
        await start(world, whole, random.Random(1))
        painted = await look_at_everything(world)
        assert "could not be drawn" not in painted
        await world.act("sources:remove", "s")
        assert world.session.state.catalogs() == ()

    run(body)


def test_a_damaged_list_of_cloud_models_costs_one_model_and_can_be_cleaned() -> None:
    async def body(world: Page) -> None:
        whole = records()
        [listed] = whole["settings"][LISTS_KEY]["lists"]
        good = listed["models"][0]
        listed["models"] = [{**good, "id": 5}, {**good, "context_length": -1}, good]
        await start(world, whole, random.Random(1))
        await world.act("archive:look")
        await world.act("archive:clean")
        assert not any("went wrong" in words for words in world.notices)
        kept = json.loads(world.records.shelves["settings"][LISTS_KEY])["lists"][0]["models"]
        assert [one["id"] for one in kept] == [MINI, MINI]
        await world.act("archive:look")
        assert world.notices[-1] == "All stored data is fine."

    run(body)


@pytest.mark.parametrize(
    ("chat", "turns"),
    [
        ({"path": [None, "a1", "u3"]}, {}),
        ({"path": 5, "roots": "x"}, {}),
        ({"path": ["u1", "gone", "u3"]}, {}),
        ({"path": ["u1", "a1", "u1", "a1"]}, {}),
        ({"path": ["u4", "a4"], "roots": ["u4"]}, {}),
        ({}, {"a1": {"children": ["u1", "gone", "a1"]}}),
        ({}, {"a1": {"parent": "gone"}}),
        ({}, {"u1": {"children": []}}),
        ({"roots": GONE}, {"u1": {"children": GONE}, "a1": {"children": GONE}}),
    ],
)
def test_a_chat_whose_records_do_not_fit_is_put_together_again(chat: Any, turns: dict[str, Any]) -> None:
    """Fault D1: its branches are found by the turns' parents; no other chat's words come with them."""

    async def body(world: Page) -> None:
        whole = records()
        for record, changes in ((whole["chats"]["c1"], chat), *((whole["turns"][id], turns[id]) for id in turns)):
            kept = {name: value for name, value in (record | changes).items() if value is not GONE}
            record.clear()
            record.update(kept)
        await start(world, whole, random.Random(1))
        session = world.session
        await session.navigation.go("#/chat/c1")
        shown = [turn.id for turn in session.state.turns()]
        assert shown
        assert set(shown) <= {"u1", "a1", "u2", "u3"}
        for version in ("u2", "u1"):
            await world.act("chat:version", version)
        assert set(await session.store.whole(session.state.chat())) == {"u1", "a1", "u2", "u3"}
        await world.act("chat:export", "c1")
        await world.act("chat:delete", "c1")
        assert {"u4", "a4"} <= set(world.records.shelves["turns"])
        assert not any("went wrong" in english(notice.text) for notice in session.state.notices())

    run(body)
