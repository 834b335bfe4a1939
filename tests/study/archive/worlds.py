"""Made-up worlds of records for the archive's tests: trees of chats with every kind of text in them.

records = asyncio.run(world(seed=7))        # the same records for the same seed
"""

from __future__ import annotations

import random
from dataclasses import replace

from app.core.values import Timing, Usage
from app.study.chats import Chat, ChatStore, Problem, Turn
from tests.memory import FakeClock, MemoryRecords

TEXTS = (
    "",
    "Hello!",
    "NUL \x00 and other controls \x01\x1b\x7f\x85\u2028\u2029",
    "half a character \ud83d, the other half \ude00",
    "עברית ושלום \u202eright to left\u202c العربية",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 \U0010ffff \ufffe",
    "</script><img src=x onerror=alert(1)> \"quotes\" 'and' & &amp; ]]> <!--",
    "# Title\n\n```python\nprint('x' * 3)\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEuler: $e^{i\\pi}+1=0$",
    '\\ud800 \\n {"sha256": 1}\r\n\t',
    "long " * 20_000,
)


CATALOG = {"id": "a", "title": "A", "address": "https://school.example/a.toml", "text": "", "added_at": 5.0}


async def world(seed: int = 1, chats: int = 3, turns: int = 12) -> MemoryRecords:
    """Records of some chats with branches, and one record or two on every other shelf."""
    dice, clock = random.Random(seed), FakeClock(step=1.0)
    records = MemoryRecords()
    store = ChatStore(records, clock)
    for _ in range(chats):
        await grow(store, Chat(_id(dice)), dice, turns)
    await records.write(
        [
            ("settings", "settings", {"theme": "dark", "sampling": {"temperature": 0.7}, "system_prompt": TEXTS[3]}),
            ("settings", "sources", {"catalogs": [CATALOG], "models": []}),
            ("pulls", "llama3.2:3b", {"name": "llama3.2:3b", "done": 5, "total": 10, "started": 3.5}),
            ("models", "tiny", {"id": "tiny", "model": {"name": "Tiny"}}),
        ]
    )
    return records


async def grow(store: ChatStore, chat: Chat, dice: random.Random, turns: int) -> Chat:
    """Add turns to a chat, now and then on another branch."""
    for _ in range(turns):
        parent = dice.choice(["", *chat.path, *chat.path[-1:] * 4]) if chat.path else ""
        if parent:
            chat = replace(chat, path=chat.path[: chat.path.index(parent) + 1])
        is_question = not parent or len(chat.path) % 2 == 0
        turn = Turn(_id(dice), chat.id, parent, "user" if is_question else "assistant", dice.choice(TEXTS))
        if not is_question:
            problem = Problem("It failed.", "Try again.") if dice.random() < 0.2 else None
            turn = replace(turn, model_name="Tiny <b>", usage=Usage(3, 4, True), timing=Timing(0.5), problem=problem)
        chat, _turn = await store.add(chat, parent, turn)
    return chat


def _id(dice: random.Random) -> str:
    return f"{dice.getrandbits(48):012x}"
