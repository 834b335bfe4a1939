"""Whether a model sees is read from its files: llama.cpp's from the part that sees, LiteRT's from its sections."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.core.values import Model
from app.models.formats import litert
from app.models.formats.facts import FileFacts, as_told
from app.models.formats.several import Readable, read_model
from tests.environment import ROOT
from tests.mmproj import projector

MODELS = ROOT / "tests" / "fixtures" / "models"


def facts_of(*files: bytes | Path) -> FileFacts:
    def readable(file: bytes | Path) -> Readable:
        data = file if isinstance(file, bytes) else file.read_bytes()

        async def read(start: int, size: int) -> bytes:
            return data[start : start + size]

        return Readable(read, len(data))

    return asyncio.run(read_model([readable(file) for file in files]))


def test_a_gguf_sees_by_a_part_that_sees() -> None:
    tiny = MODELS / "tiny-gemma3-f16.gguf"
    assert not facts_of(tiny).sees
    assert facts_of(tiny, projector()).sees
    assert not facts_of(tiny, projector(sees=False)).sees, "some parts only hear"


def test_a_litert_file_sees_by_a_section_that_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny file has no such section: another one plays it."""
    tiny = MODELS / "tiny-gemma3-gpu.litertlm"
    assert not facts_of(tiny).sees
    monkeypatch.setattr(litert, "VISION_ENCODER", "artisan_text_decoder")
    assert facts_of(tiny).sees


def test_the_file_has_the_last_word() -> None:
    row = Model("a", "A", capabilities=("thinking", "vision"))
    assert as_told(row, FileFacts("gguf")).capabilities == ("thinking",)
    told = as_told(row, FileFacts("gguf", sees=True))
    assert told.capabilities == ("thinking", "vision")
    assert told.can_see
