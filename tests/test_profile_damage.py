"""Damaged records of what a person studies with cost only themselves: documents, notes, cards, quizzes, written notes.

The records are those of the newest recorded profile, so every shelf that is recorded later is in it by itself.
"""

from __future__ import annotations

import asyncio
import json
import random

import pytest

from app.study.shelves import NAMES
from app.ui.mount import mount
from tests.mutations import mutated
from tests.profile.databases import PROFILES, records_of
from tests.test_session_library import World
from tests.ui.test_chat_file import FakeTypesetter
from tests.words import english

KEPT = {shelf: records for shelf, records in records_of(PROFILES[-1]).items() if shelf in NAMES and records}
AT_A_TIME = 3  # shelves of which one record is damaged
PLACES = ("#/library", "#/cards", "#/cards/all", "#/cards/quiz", "#/settings/data", "#/chat")


def addresses() -> list[str]:
    """Every page on which such records are shown."""
    documents = (f"#/library/{key}{end}" for key in KEPT["documents"] for end in ("", "/edit", "/1"))
    quizzes = (f"#/cards/quiz/{key}" for key in KEPT["quizzes"])
    cards = (f"#/cards/all/{key}" for key in KEPT["notes"])
    chats = (f"#/chat/{key}" for key in KEPT["chats"])
    return [*documents, *quizzes, *cards, *chats]


async def look(seed: int) -> None:
    """Some mutated records; the pages are drawn, and what is whole is there."""
    luck, world = random.Random(seed), World()
    shelves = {shelf: dict(records) for shelf, records in KEPT.items()}
    changed = set()
    for shelf in luck.sample(sorted(KEPT), AT_A_TIME):
        key = luck.choice(sorted(KEPT[shelf]))
        text = json.dumps(mutated(json.loads(KEPT[shelf][key]), luck))
        shelves[shelf][key] = text[: luck.randrange(len(text))] if luck.random() < 0.05 else text
        changed.add((shelf, key))
    world.records.shelves = shelves
    where = f"seed {seed}, {sorted(changed)}"
    await world.session.start(luck.choice(PLACES))
    mount(world.session, world.page, FakeTypesetter())
    await world.rest()
    for address in [*PLACES, *luck.sample(addresses(), 6)]:
        await world.session.navigation.go(address)
        await world.rest()
    told = [(english(one.text), one.detail) for one in world.session.state.notices()]
    assert not [one for one in told if one[0].startswith("Something went wrong")], (where, told)
    painted = "".join(html for _, _, html in world.page.painted)
    assert "could not be drawn" not in painted, where
    whole = {key for key in KEPT["documents"] if ("documents", key) not in changed}
    assert whole <= world.library.documents().keys(), where
    deck = world.session.practice.deck
    assert deck is not None, where


@pytest.mark.parametrize("part", range(4))
def test_mutated_records_cost_only_themselves(part: int) -> None:
    for seed in range(part * 10, part * 10 + 10):
        asyncio.run(look(seed))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_many_mutated_records_cost_only_themselves(part: int) -> None:
    for seed in range(1_000 + part * 100, 1_000 + part * 100 + 100):
        asyncio.run(look(seed))
