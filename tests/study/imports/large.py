"""A large export of ChatGPT, made as the real ones are: no two chats alike, most short, some very long.

    write_large(path, 500_000_000)               # conversations.json
    write_large(path, 500_000_000, packed=True)  # the same in a ZIP of pieces, as since 2026

Only bytes of what is asked for are made: at most one chat is in memory. The same size gives the same file.
"""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

PIECE_CHATS = 100  # of a packed export, in each of its files
TEXT = (
    "light carbon dioxide sugar step energy water plant stroma cycle photon the of and turns into gives needs Überall "
    "Blätter café electron membrane oxygen reaction because which where therefore river bridge list function value "
    "returns matrix vector proof theorem when so it is a an in to for with as on be at by this that from or not are"
)
WORDS = TEXT.split()


def _text(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(WORDS, k=words)) + "."


def _message(id: str, role: str, content: dict[str, Any], at: float, **more: Any) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "message_type": "next",
        "model_slug": "gpt-5" if role == "assistant" else None,
        "request_id": f"r-{id}",
        "serialization_metadata": {"custom_symbol_offsets": []},
        "is_visually_hidden_from_conversation": role == "system",
    }
    return {
        "id": id,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": at,
        "update_time": None,
        "content": content,
        "status": "finished_successfully",
        "end_turn": True,
        "weight": 1.0,
        "metadata": metadata,
        "recipient": "all",
        "channel": None,
        **more,
    }


def _said(draw: random.Random, words: int) -> dict[str, Any]:
    paragraphs = [_text(draw, min(words - at, 80)) for at in range(0, words, 80)]
    return {"content_type": "text", "parts": ["\n\n".join(paragraphs)]}


def chat(number: int, draw: random.Random) -> dict[str, Any]:
    """A chat: a hidden beginning, questions, thoughts, answers, now and then a second version of one."""
    id, start = f"c-{number:06}", 1_700_000_000.0 + number * 3600
    nodes: dict[str, dict[str, Any]] = {}

    def add(name: str, parent: str | None, message: dict[str, Any] | None) -> str:
        nodes[name] = {"id": name, "message": message, "parent": parent, "children": []}
        if parent:
            nodes[parent]["children"].append(name)
        return name

    at = add(f"{id}-hidden", add(f"{id}-root", None, None), _message(f"{id}-h", "system", _said(draw, 1), start))
    for turn in range(min(400, int(2 * draw.paretovariate(1.1)))):
        name, moment = f"{id}-{turn}", start + turn * 60
        asked = add(f"{name}-u", at, _message(f"{name}-u", "user", _said(draw, draw.randint(4, 60)), moment))
        thoughts = {"content_type": "thoughts", "thoughts": [{"summary": "Thinking", "content": _text(draw, 90)}]}
        at = add(f"{name}-t", asked, _message(f"{name}-t", "assistant", thoughts, moment + 1))
        for version in range(2 if turn % 7 == 6 else 1):
            answer = _message(f"{name}-a{version}", "assistant", _said(draw, draw.randint(60, 700)), moment + 9)
            last = add(f"{name}-a{version}", at, answer)
        at = last
    return {
        "title": f"Chat {number} about {draw.choice(WORDS)}",
        "create_time": start,
        "update_time": start + 3500,
        "mapping": nodes,
        "current_node": at,
        "conversation_id": id,
        "id": id,
        "default_model_slug": "gpt-5",
        "is_archived": False,
    }


def _chats(size: int) -> Iterator[bytes]:
    """Chats until there are so many bytes of them."""
    draw, left = random.Random(size), size
    for number in count():
        made = json.dumps(chat(number, draw), ensure_ascii=number % 2 == 0).encode()
        left -= len(made) + 2
        yield made
        if left <= 0:
            return


def write_large(path: Path, size: int, *, packed: bool = False) -> int:
    """Write a file of so many bytes (unpacked) and a little more; returns how many chats are in it."""
    number = 0
    if not packed:
        with path.open("wb") as file:
            for number, made in enumerate(_chats(size), 1):
                file.write(b"[" if number == 1 else b", ")
                file.write(made)
            file.write(b"]")
        return number
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        batch: list[bytes] = []
        for number, made in enumerate(_chats(size), 1):
            batch.append(made)
            if len(batch) == PIECE_CHATS:
                archive.writestr(f"conversations-{number // PIECE_CHATS - 1:03}.json", b"[" + b", ".join(batch) + b"]")
                batch = []
        if batch:
            archive.writestr(f"conversations-{number // PIECE_CHATS:03}.json", b"[" + b", ".join(batch) + b"]")
    return number
