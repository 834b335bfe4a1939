"""Faults E3, D5: a header may say anything. What comes of it is facts or a sentence, and never much work."""

from __future__ import annotations

import asyncio
import random
import struct
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from app.core.errors import LoadFailed
from app.models.formats import gguf as gguf_header
from app.models.formats import litert
from app.models.formats.facts import FileFacts
from app.models.formats.litert import Flat, read_proto
from app.models.formats.reading import read_facts
from tests.environment import ROOT
from tests.models.formats.test_kinds import CHAT, gguf
from tests.ollama.gguf import Value, make_gguf
from tests.words import raises

MODELS = ROOT / "tests" / "fixtures" / "models"
NOISE = bytes(range(1, 251)) * 5000


class Reads:
    """A file, and how often and how much of it was read."""

    def __init__(self, data: bytes, size: int = 0) -> None:
        self.data, self.size = data, size or len(data)
        self.count = self.bytes = 0

    async def __call__(self, start: int, size: int) -> bytes:
        piece = self.data[start : start + size]
        self.count, self.bytes = self.count + 1, self.bytes + len(piece)
        return piece

    def facts(self) -> FileFacts:
        return asyncio.run(read_facts(self, self.size))


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def header(entries: int, body: bytes = b"", tensors: int = 1, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, entries) + body


@pytest.mark.parametrize(
    "more",
    [
        {"general.alignment": 0},
        {"general.alignment": "32"},
        {"general.alignment": -32},
        {"general.alignment": 33},
        {"general.alignment": 1 << 31},
        {"general.alignment": float("nan")},
        {"general.alignment": True},
        {"split.count": "3"},
        {"split.count": -1},
        {"split.count": float("inf")},
        {"split.count": 3, "split.no": "x"},
        {"split.count": 3, "split.no": 3},
        {"qwen3.context_length": "4096"},
        {"qwen3.context_length": float("nan")},
        {"qwen3.context_length": -1},
        {"qwen3.context_length": struct.pack("<IQ", 10, 1 << 63)},
        {"qwen3.context_length": struct.pack("<IIQ", 9, 4, 1) + bytes(4)},
        {"qwen3.pooling_type": "mean"},
        {"qwen3.block_count": 1.5},
        {"general.architecture": 7},
        {"general.architecture": "x" * 300},
        {"general.type": 1},
        {"tokenizer.chat_template": 5},
        {"x": struct.pack("<IIQ", 9, 9, 2) + struct.pack("<IQ", 4, 0) * 2},
        {"x": struct.pack("<IIQ", 9, 13, 2)},
        {"x": struct.pack("<IIQ", 9, 8, 1 << 60)},
        {"x": struct.pack("<IIQ", 9, 10, 1 << 61)},
        {"x": struct.pack("<IQ", 8, 1 << 63)},
        {"x": struct.pack("<I", 99)},
        {"k" * 2000: 1},
    ],
    ids=lambda more: "-".join(more)[:40],
)
def test_a_wrong_value_is_a_damaged_header(more: Mapping[str, Value]) -> None:
    with raises(LoadFailed, "header"):
        Reads(gguf({**CHAT, **more})).facts()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (header(1, version=0), "version"),
        (header(1, version=1), "old version"),
        (header(1, version=4), "version"),
        (b"GGUF" + struct.pack(">IQQ", 3, 1, 1), "byte order"),
        (header(900_000), "too much"),
        (header(1 << 63), "too much"),
        (header(1, tensors=1 << 63), "too much"),
        (header(2, (text(b"a") + struct.pack("<II", 4, 1)) * 2), "damaged"),
        (header(0, text(b"t") + struct.pack("<I", 5)), "damaged"),
        (header(0, text(b"t") + struct.pack("<IQQIQ", 2, 1 << 62, 1 << 62, 0, 0)), "damaged"),
        (header(0, text(b"t") + struct.pack("<IQIQ", 1, 4, 0, 1 << 63)), "damaged"),
        (header(0, text(b"t" * 300)), "damaged"),
    ],
)
def test_a_wrong_shape_is_told(data: bytes, words: str) -> None:
    with raises(LoadFailed, words):
        Reads(data + NOISE).facts()


def test_a_broken_letter_in_a_name_costs_nothing() -> None:
    broken = struct.pack("<I", 8) + text(b"Gr\xff\xfe\xc3")
    assert "\ufffd" in Reads(gguf({**CHAT, "general.name": broken})).facts().title


def test_many_entries_are_stepped_over_once_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = struct.pack("<I", 8) + text(b"v" * 100)
    many = {f"key.{number}": entry for number in range(9_000)}
    data = Reads(gguf({**CHAT, **many}))
    assert data.facts().context_length == 4096
    assert data.bytes < 3 * len(data.data)
    monkeypatch.setattr(gguf_header, "MOST_ENTRIES", 8_000)
    with raises(LoadFailed, "too much"):
        data.facts()


def test_words_and_bytes_of_a_header_are_counted_over_all_its_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    words = struct.pack("<IIQ", 9, 8, 50_000) + text(b"word") * 50_000
    data = gguf({**CHAT, **{f"list.{number}": words for number in range(4)}})
    assert Reads(data).facts().kind == "chat"
    monkeypatch.setattr(gguf_header, "MOST_WORDS", 199_999)
    with raises(LoadFailed, "too much"):
        Reads(data).facts()
    monkeypatch.setattr(gguf_header, "MOST_WORDS", 200_000)
    monkeypatch.setattr(gguf_header, "MOST_READ_BYTES", 1 << 20)
    with raises(LoadFailed, "longer than any"):
        Reads(data).facts()


def test_thousands_of_tensors_are_read_a_megabyte_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["token_embd.weight", *(f"blk.{number}.ffn_up_exps.weight" for number in range(12_000))]
    reads = Reads(make_gguf(CHAT, 1, names, NOISE))
    assert reads.facts().expected_size == len(reads.data)
    assert reads.count < 12
    monkeypatch.setattr(gguf_header, "MOST_TENSORS", 12_000)
    with raises(LoadFailed, "too much"):
        reads.facts()


def test_a_huge_list_of_numbers_is_jumped_over() -> None:
    numbers = struct.pack("<IIQ", 9, 10, 4_000_000) + NOISE[:1000] * 32_000
    reads = Reads(gguf({**CHAT, "numbers": numbers}))
    reads.facts()
    assert reads.bytes < 4_000_000


# -- FlatBuffers and protocol buffers


def layout(index: int) -> bytes:
    """The layout of a table whose one field is the `index`th."""
    fields = [0] * index + [4]
    data = struct.pack(f"<HH{len(fields)}H", 4 + 2 * len(fields), 8, *fields)
    return data + bytes(-len(data) % 4)


def table(index: int, skip: int = 0) -> bytes:
    """A table, its layout before it; the field points at what follows, or `skip` bytes beyond that."""
    before = layout(index)
    return before + struct.pack("<iI", len(before), 4 + skip)


def named(words: bytes) -> bytes:
    return struct.pack("<I", len(words)) + words


def often(count: int, inner: bytes) -> bytes:
    """A vector of tables that names the same one again and again. Its field 0 is `inner`."""
    size = 4 + 4 * count + len(layout(0))
    offsets = struct.pack(f"<{count}I", *(size - 4 - 4 * index for index in range(count)))
    return struct.pack("<I", count) + offsets + table(0) + inner


def tflite(vector: bytes) -> bytes:
    root = 8 + len(layout(6))
    return struct.pack("<I4s", root, b"TFL3") + table(6) + vector + NOISE


def litertlm(vector: bytes) -> bytes:
    flat = struct.pack("<I", 4 + len(layout(1))) + table(1, len(layout(0))) + table(0) + vector
    head = b"LITERTLM" + struct.pack("<IIIIQ", 1, 0, 0, 0, 32 + len(flat))
    return head + flat + NOISE


def test_one_name_is_read_as_often_as_it_is_named() -> None:
    flat = Flat(tflite(often(3, named(b"name"))))
    assert [flat.text(entry, 0) for entry in flat.tables(flat.root(), 6)] == ["name"] * 3
    with raises(LoadFailed, "no language model"):
        Reads(tflite(often(3, named(b"name")))).facts()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (tflite(often(200_000, named(b"n"))), "more tables"),
        (tflite(often(200_000, named(b"n" * 1000))), "more tables"),
        (tflite(often(200_000, named(b"n" * 100_000))), "a name of"),
        (litertlm(often(200_000, named(b""))), "sections"),
        (litertlm(often(1, often(200_000, named(b"n")))), "more tables"),
        (litertlm(often(100, often(100_000, named(b"n" * 1000)))), "more tables"),
        (litertlm(often(1, often(9, named(b"n" * 100_000)))), "a name of"),
    ],
)
def test_one_table_named_again_and_again_ends_in_words(data: bytes, reason: str) -> None:
    """Neither the entries nor the length of what they name multiply: 200,000 times 100,000 letters are 20 GB."""
    reads = Reads(data)
    with raises(LoadFailed, "header is damaged") as caught:
        reads.facts()
    assert reason in caught.value.detail
    assert reads.bytes <= litert.TABLES_BYTES + 8192


def test_a_number_that_does_not_end_ends_the_reading() -> None:
    assert read_proto(b"\xff" * (1 << 20)) == {}
    assert read_proto(b"\x28\x80\x02" + b"\xff" * (1 << 20)) == {5: 256}


def test_fields_beyond_the_limit_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litert, "MOST_FIELDS", 3)
    assert read_proto(b"\x08\x01\x10\x02\x18\x03\x20\x04") == {1: 1, 2: 2, 3: 3}


# -- everything at once


@pytest.mark.parametrize("path", sorted(MODELS.glob("tiny-*")), ids=lambda path: str(path.name))
def test_thousands_of_mutated_headers_give_facts_or_words(path: Path) -> None:
    """Seeded: bytes flipped, numbers blown up, pieces moved, in the first kilobytes of the four test models."""
    whole = path.read_bytes()
    chance = random.Random(path.name)
    told = 0
    for _ in range(800):
        data = bytearray(whole[: 1 << 16])
        for _ in range(chance.choice((1, 1, 2, 8))):
            mutate(data, chance)
        with suppress(LoadFailed):
            told += 1
            facts = Reads(bytes(data), chance.choice((len(whole), len(data)))).facts()
            told -= 1
            assert 0 <= facts.context_length <= 1 << 31
    assert told > 50


def mutate(data: bytearray, chance: random.Random) -> None:
    """Change a header a little, mostly where numbers stand."""
    at = chance.randrange(4, min(len(data) - 8, chance.choice((64, 512, 8192, 1 << 16))))
    what = chance.randrange(4)
    if what == 0:
        data[at] = chance.randrange(256)
    elif what == 1:
        data[at : at + 8] = struct.pack(
            "<Q", chance.choice((0, 1, 255, 1 << 31, 1 << 32, (1 << 63) - 1, (1 << 64) - 1))
        )
    elif what == 2:
        data[at : at + 4] = struct.pack("<I", chance.choice((0, 8, 9, 13, 0xFFFF, 0xFFFFFFFF)))
    else:
        other = chance.randrange(4, len(data) - 64)
        data[at : at + 32] = data[other : other + 32]
