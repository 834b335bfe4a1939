"""What `?demo` runs on: an engine without a model, and a long chat of fixed text to look around in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from app.core.ports import EngineMaker, Records
from app.core.texts import Plain, Text, Words
from app.core.values import Model, Source
from app.models.engines.demo import DEMO_MODEL, DemoEngine
from app.models.store.manager import LocalModelManager
from app.models.store.rows import Row, Status
from app.study.chats import Chat, Turn

DEMO_ROWS = (Row(DEMO_MODEL, Status.READY),)


def engine_maker(asked: Mapping[str, list[str]]) -> EngineMaker:
    """Engines that stream `tokens` pieces of Markdown at `rate` a second, as the address asks."""
    tokens, rate = int(asked.get("tokens", ["300"])[0]), float(asked.get("rate", ["30"])[0])
    return lambda name: DemoEngine(tokens, rate)


async def nothing(model: Model) -> tuple[object, ...]:
    """The files of a model that has none."""
    return ()


async def fill(asked: Mapping[str, list[str]], manager: LocalModelManager, records: Records, words: Words) -> None:
    """Show the demo's model. `messages=N` stores a chat of that length, `chats=N` as many of `turns=N` (two) each,
    `models=N` lists as many models; to one that is `blind` no picture can be shown."""
    is_blind = "blind" in asked
    manager.add_ready(
        tuple(replace(row, model=replace(row.model, capabilities=())) for row in DEMO_ROWS) if is_blind else DEMO_ROWS
    )
    manager.add([listed(number) for number in range(_number(asked, "models"))])
    if messages := _number(asked, "messages"):
        await seed(records, words, messages)
    chats, turns = _number(asked, "chats"), _number(asked, "turns") or 2
    if chats and not (await records.get("chats", [f"demo-{turns}-{chats - 1}"]))[0]:
        for number in range(chats):
            await seed(records, words, turns, f"-{number}")


def _number(asked: Mapping[str, list[str]], name: str) -> int:
    return int(asked.get(name, ["0"])[0])


def listed(number: int) -> Model:
    """A model of a long list."""
    source = Source(f"https://models.example/{number}.gguf")
    return Model(f"listed-{number}", f"Listed {number}", size_bytes=10**9 + number, sources=(source,))


async def seed(records: Records, words: Words, count: int, more: str = "") -> str:
    """Store a chat of `count` turns under the id `demo-<count><more>`; returns the id."""
    chat_id = f"demo-{count}{more}"
    ids = [f"{chat_id}-{number}" for number in range(count)]
    writes = []
    for number, turn_id in enumerate(ids):
        role, step = "assistant" if number % 2 else "user", Plain(number // 2 + 1)
        text = Text("study.demo_answer", step=step) if number % 2 else Text("study.demo_question", step=step)
        turn = Turn(
            turn_id,
            chat_id,
            ids[number - 1] if number else "",
            role,  # type: ignore[arg-type]
            words(text),
            created=float(number),
            children=tuple(ids[number + 1 : number + 2]),
            model_name="Demo" if number % 2 else "",
        )
        writes.append(("turns", turn_id, asdict(turn)))
    title = words(Text("study.demo_chat", count=Plain(count), more=more))
    chat = Chat(chat_id, title, 0.0, float(count), tuple(ids), tuple(ids[:1]), True)
    await records.write([*writes, ("chats", chat_id, asdict(chat))])
    return chat_id
