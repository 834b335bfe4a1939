"""What `?demo` runs on: an engine without a model, and a long chat of fixed text to look around in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from app.core.ports import EngineMaker, Records
from app.core.values import Model, Source
from app.models.engines.demo import DEMO_MODEL, DemoEngine
from app.models.store.manager import LocalModelManager
from app.models.store.rows import Row, Status
from app.study.chats import Chat, Turn

DEMO_ROWS = (Row(DEMO_MODEL, Status.READY),)
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
    """Show the demo's model. `messages=N` stores a chat of that length, `chats=N` as many short ones, `models=N` lists
    as many models."""
    manager.add_ready(DEMO_ROWS)
    manager.add([listed(number) for number in range(_number(asked, "models"))])
    if messages := _number(asked, "messages"):
        await seed(records, messages)
    chats = _number(asked, "chats")
    if chats and not (await records.get("chats", [f"demo-2-{chats - 1}"]))[0]:
        for number in range(chats):
            await seed(records, 2, f"-{number}")


def _number(asked: Mapping[str, list[str]], name: str) -> int:
    return int(asked.get(name, ["0"])[0])


def listed(number: int) -> Model:
    """A model of a long list."""
    source = Source(f"https://models.example/{number}.gguf")
    return Model(f"listed-{number}", f"Listed {number}", size_bytes=10**9 + number, sources=(source,))


async def seed(records: Records, count: int, more: str = "") -> str:
    """Store a chat of `count` turns under the id `demo-<count><more>`; returns the id."""
    chat_id = f"demo-{count}{more}"
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
    chat = Chat(chat_id, f"A chat of {count} messages{more}", 0.0, float(count), tuple(ids), tuple(ids[:1]), True)
    await records.write([*writes, ("chats", chat_id, asdict(chat))])
    return chat_id
