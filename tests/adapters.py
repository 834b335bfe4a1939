"""The outside of the whole app in memory: what `compose` gets in tests.

app = compose(memory_adapters(fetch=ScriptedFetch({URL: data})))
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from html import escape
from typing import Any, cast

from app.core.adapters import Adapters, Visit
from app.core.ports import Answer
from app.core.values import EngineName
from tests.environment import ROOT
from tests.librarian import MemoryLibrarian
from tests.memory import (
    FakeClock,
    FakeDevice,
    MemoryBlobs,
    MemoryDocuments,
    MemoryHasher,
    MemoryPictures,
    MemoryRecords,
    MemoryTabs,
    MemoryVault,
    PythonCrypto,
    RecordingPage,
    ScriptedFetch,
)
from tests.models.scripted import ScriptedEngine
from tests.sandbox import ProcessSandbox

VISIT = Visit("drleelm", "http://localhost:8000/", "http://localhost:8000")
OLLAMA = {"title": "Models", "model": [{"name": "listed:1b", "title": "Listed", "kind": "chat"}]}


class PlainTypesetter:
    """The `Typesetter` port: every text as it is."""

    async def code(self, text: str, language: str) -> str:
        """Without colours."""
        return escape(text)

    async def math(self, tex: str, display: bool) -> str:
        """Its source."""
        return escape(tex)


def packed(name: str) -> bytes:
    """What set-up puts beside the program: the real tables, but a list of one model for Ollama."""
    if name == "ollama.json":
        return json.dumps(OLLAMA).encode()
    if name in ("catalog.json", "packages.json"):
        table = (ROOT / "static" / name).with_suffix(".toml").read_text("utf-8")
        return json.dumps(tomllib.loads(table)).encode()
    return (ROOT / "static" / name).read_bytes()


async def no_package(name: str) -> None:
    """What the page fetches is installed here."""


def engine(name: EngineName) -> ScriptedEngine:
    """An engine that has nothing to say."""
    return ScriptedEngine([])


def given(handle: object) -> Answer:
    """A request's handle is what takes the answer."""
    return cast(Answer, handle)


def memory_adapters(**changes: Any) -> Adapters:
    """All ports in memory, but those that are given. Whatever is asked of `fetch` is asked quietly, too."""
    fetch = changes.get("fetch", ScriptedFetch({}))
    adapters = Adapters(
        visit=VISIT,
        page=RecordingPage(),
        clock=FakeClock(),
        device=FakeDevice(),
        fetch=fetch,
        quiet_fetch=fetch,
        parts=fetch,
        hasher=MemoryHasher(),
        blobs=MemoryBlobs(),
        records=MemoryRecords(),
        tabs=lambda channel: MemoryTabs(),
        typesetter=PlainTypesetter(),
        engine=engine,
        answer=given,
        crypto=PythonCrypto,
        vault=MemoryVault,
        pictures=MemoryPictures,
        document_files=MemoryDocuments,
        librarian=MemoryLibrarian,
        sandbox=ProcessSandbox,
        package=no_package,
        packed=packed,
        engine_versions={"wllama": "3.13.0"},
    )
    return replace(adapters, **changes)
