"""Exports for tests: files in memory, what is read of them, and the chats that come of it.

found = read(FIXTURES / "claude" / "conversations.json")
shown(found.conversations[0])           # [("user", "How do I sort screws?"), …]
"""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.actions import PickedFile
from app.core.ports import Record
from app.study.archive.trees import Tree, tree_of
from app.study.chats import Chat
from app.study.imports.conversation import Conversation
from app.study.imports.reading import Found, open_export
from app.study.imports.records import made
from tests.environment import ROOT
from tests.memory import MemoryBlobs
from tests.mmproj import png
from tests.words import english

FIXTURES = ROOT / "tests" / "fixtures" / "imports"
PNG = b64decode(png((180, 30, 30)))
NOW = 1_790_000_000.0


@dataclass(frozen=True)
class Read:
    """What was read, and what was found on the way."""

    conversations: list[Conversation]
    found: Found


def picked(name: str, data: bytes) -> PickedFile:
    """A file as a person picks it."""
    return PickedFile(name, data)


def read(*files: Path | bytes) -> Read:
    """All chats of files that are picked together. Raises BadExport."""

    async def body() -> Read:
        named = [picked("export", one if isinstance(one, bytes) else one.read_bytes()) for one in files]
        export = await open_export(named, MemoryBlobs())
        conversations = [one async for one in export.conversations(lambda share: None)]
        return Read(conversations, export.found)

    return asyncio.run(body())


def as_file(*items: object) -> bytes:
    """An array of chats, as programs write it."""
    return json.dumps(items).encode()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def as_archive(name: str) -> bytes:
    """What a person downloads, by the name of its shape: in 2024 one file and pictures beside it, in 2026 pieces, a
    list of them and pictures under names of their own; Claude's with what it knows of the account."""
    program = name.partition("-")[0]
    whole = (FIXTURES / program / "conversations.json").read_bytes()
    chats = json.loads(whole)
    picture = "file_00000000aaaa1111bbbb2222cccc3333"
    if name == "chatgpt-2024":
        pictures = (f"{picture}-sanitized.png", "file-PLOT0001-plot.png", "dalle-generations/file-BOAT0001-abcd.webp")
        files = {
            "conversations.json": whole,
            "user.json": b"{}",
            "shared_conversations.json": b"[]",
            "chat.html": b"<p>",
        }
        return zipped({**files, **dict.fromkeys(pictures, PNG)})
    if name == "chatgpt-2026":
        pieces = {"conversations-000.json": as_file(*chats[:8]), "conversations-001.json": as_file(*chats[8:])}
        logical = {"conversations.json": {"files": list(pieces), "sharded": True}}
        manifest = {"version": 1, "manifest_file": "export_manifest.json", "logical_files": logical}
        others = {"export_manifest.json": json.dumps(manifest).encode(), "__MACOSX/._conversations-000.json": b"\0\5"}
        names = json.dumps({f"{picture}.dat": "kitchen.png"}).encode()
        return zipped({**pieces, **others, f"{picture}.dat": PNG, "conversation_asset_file_names.json": names})
    others = {file.name: file.read_bytes() for file in (FIXTURES / program).iterdir() if "conv" not in file.name}
    return zipped({"conversations.json": whole, **(others if name == "claude-2025" else {})})


def records(conversation: Conversation) -> tuple[Chat, list[Record]]:
    """A chat and its turns, as JSON keeps them."""
    chat, turns = made(conversation, english, NOW)
    return chat, json.loads(json.dumps(turns))


def tree(conversation: Conversation) -> Tree:
    """The same as this app reads it."""
    chat, turns = records(conversation)
    return tree_of({"id": chat.id, "title": chat.title, "path": chat.path, "roots": chat.roots}, turns)


def shown(conversation: Conversation) -> list[list[str]]:
    """Who says what on the branch on show."""
    return [[turn.role, turn.text] for turn in tree(conversation).shown]
