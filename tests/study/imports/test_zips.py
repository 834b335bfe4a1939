"""ZIP files of every kind: whole, cut, locked, of another program, far larger than they look."""

from __future__ import annotations

import asyncio
import io
import json
import random
import zipfile

import pytest

from app.study.imports import zips
from app.study.imports.reading import open_export
from app.study.imports.zips import BadExport, open_zip
from tests.memory import MemoryBlobs
from tests.study.imports.exports import FIXTURES, as_file, picked, read, shown, zipped
from tests.words import english, raises

CHAT = as_file({"uuid": "k", "chat_messages": [{"uuid": "m", "sender": "human", "text": "Hello " + "x" * 5000}]})
GOOD = zipped({"conversations.json": CHAT, "user.json": b"{}"})


def test_chats_are_found_in_any_folder_and_other_files_are_passed_over() -> None:
    data = zipped(
        {
            "export/conversations.json": CHAT,
            "export/users.json": as_file({"uuid": "u", "name": "A", "created_at": "2026"}),
            "export/projects.json": b"[]",
            "__MACOSX/export/._conversations.json": b"\x00\x05\x16\x07",
            "export/notes.txt": b"conversations.json",
        }
    )
    found = read(data)
    assert (found.found.chats, found.found.left["empty"], found.found.has_others) == (1, 0, True)


def test_a_zip_of_another_shape_is_looked_through() -> None:
    webui = (FIXTURES / "openwebui" / "chats-export.json").read_bytes()
    assert read(zipped({"my/backup.json": webui, "b.json": b"[1]"})).found.programs == {"openwebui": 4}


def test_one_file_a_chat_and_stored_members_are_read_too() -> None:
    own = json.dumps(json.loads(CHAT)[0]).encode()
    found = read(zipped({"conversations/k.json": own, "conversations.json": b"[]"}, zipfile.ZIP_STORED))
    assert [said for _, said in shown(found.conversations[0])] == ["Hello " + "x" * 5000]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK", "incomplete or damaged"),
        (GOOD[:-30], "incomplete or damaged"),
        (zipped({"a.txt": b"Hello"}), "no chats from ChatGPT"),
        (zipped({}), "no chats from ChatGPT"),
        (zipped({"conversations.json": b""}), "isn't a DrLeeLM backup or an export"),
        (zipped({"conversations.json": b"[]"}), "isn't a DrLeeLM backup or an export"),
        (zipped({"conversations.json": CHAT}, zipfile.ZIP_LZMA), "compressed in a way"),
    ],
)
def test_a_bad_zip_is_told_in_words(data: bytes, words: str) -> None:
    with raises(BadExport, words):
        read(data)


def test_a_locked_zip_is_told() -> None:
    data = bytearray(zipped({"conversations.json": CHAT}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with raises(BadExport, "protected with a password"):
        read(bytes(data))


def test_a_zip_that_unpacks_to_far_more_is_refused_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "SURE_BYTES", 100_000)
    bomb = bytearray(zipped({"conversations.json": b"[" + b" " * 50_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # and it says that it is small
        at = bomb.index(mark) + place
        bomb[at : at + 4] = (1000).to_bytes(4, "little")
    with raises(BadExport, "unpacks to far more"):
        read(bytes(bomb))


def test_of_a_zip_that_is_damaged_in_the_middle_the_chats_before_come() -> None:
    chats = [
        {
            "uuid": f"k{n}",
            "chat_messages": [{"uuid": "m", "sender": "human", "text": random.Random(n).randbytes(20_000).hex()}],
        }
        for n in range(40)
    ]
    data = bytearray(zipped({"conversations.json": as_file(*chats)}))
    data[len(data) - 2000] ^= 0xFF
    found = read(bytes(data))
    assert found.found.is_cut
    assert 30 <= found.found.chats <= 40


def test_a_long_comment_at_the_end_is_no_hindrance() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("conversations.json", CHAT)
        archive.comment = b"c" * 60_000
    assert read(out.getvalue()).found.chats == 1


def test_only_the_end_and_the_members_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "TAIL", 300)
    many = {f"file-{n}.dat": random.Random(n).randbytes(3000) for n in range(100)}
    data = zipped({**many, "conversations.json": CHAT})

    class Watched(MemoryBlobs):
        read_bytes = 0

        async def head(self, handle: object, start: int, size: int) -> bytes:
            self.read_bytes += size
            return await super().head(handle, start, size)

    async def body() -> int:
        blobs = Watched()
        export = await open_export([picked("a.zip", data)], blobs)
        assert len([one async for one in export.conversations(lambda share: None)]) == 1
        return blobs.read_bytes

    assert asyncio.run(body()) < 40_000 < len(data)


def test_a_thousand_damaged_zips_are_read_or_told() -> None:
    async def body() -> tuple[int, int]:
        told = good = 0
        chance = random.Random(18)
        for _ in range(1000):
            data = bytearray(GOOD)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(2, len(data))] = chance.randrange(256)
            try:
                archive = await open_zip(bytes(data), MemoryBlobs())
                for member in archive.members:
                    _ = [piece async for piece in archive.pieces(member)]
                good += 1
            except BadExport as error:
                told += bool(english(error.message))
        return told, good

    told, good = asyncio.run(body())
    assert told > 100
    assert good > 10
