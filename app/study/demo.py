"""What `?demo` runs on: an engine without a model, and a long chat of fixed text to look around in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from app.core.ports import EngineMaker, Records
from app.core.values import Model
from app.models.demo import DEMO_MODEL, DemoEngine
from app.models.manager import LocalModelManager
from app.models.rows import Row
from app.study.chats import Chat, Turn

DEMO_ROWS = (Row(DEMO_MODEL, "Ready"),)
TEXTS = (
    "What does the {n}th step of the Calvin cycle do?",
    "Step {n} turns **light** and carbon dioxide into sugar.\n\n- It needs *ATP*.\n- It gives `G3P`.\n\nThat is all.",
)


def engine_maker(asked: Mapping[str, list[str]]) -> EngineMaker:
    """Engines that stream `tokens` pieces of Markdown at `rate` a second, as the address asks."""
    tokens, rate = int(asked.get("tokens", ["300"])[0]), float(asked.get("rate", ["30"])[0])
    return lambda name: DemoEngine(tokens, rate)


async def nothing(model: Model) -> object:
    """The file of a model that has none."""
    return None


async def fill(asked: Mapping[str, list[str]], manager: LocalModelManager, records: Records) -> None:
    """Show the demo's model, and store a long chat where the address asks for one."""
    manager.add_ready(DEMO_ROWS)
    if "messages" in asked:
        await seed(records, int(asked["messages"][0]))


async def seed(records: Records, count: int) -> str:
    """Store a chat of `count` turns under the id `demo-<count>`; returns the id."""
    chat_id = f"demo-{count}"
    ids = [f"{chat_id}-{number}" for number in range(count)]
    writes = []
    for number, turn_id in enumerate(ids):
        role = "assistant" if number % 2 else "user"
        turn = Turn(
            turn_id,
            chat_id,
            ids[number - 1] if number else "",
            role,  # type: ignore[arg-type]
            TEXTS[number % 2].format(n=number // 2 + 1),
            created=float(number),
            children=tuple(ids[number + 1 : number + 2]),
            model_name="Demo" if number % 2 else "",
        )
        writes.append(("turns", turn_id, asdict(turn)))
    chat = Chat(chat_id, f"A chat of {count} messages", 0.0, float(count), tuple(ids), tuple(ids[:1]), True)
    await records.write([*writes, ("chats", chat_id, asdict(chat))])
    return chat_id
