"""The door of the worker: what is asked in texts, and answered in texts."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import cast

import pytest

from app.core.claims import Claim
from app.core.documents import Hit, Lacking, PageDrawn, PageText, PageWanted, Passage, Reading
from app.core.shapes import decode, decode_as
from app.documents.files import File
from app.documents.kept import HostStore, KeptIndex, digest_of
from app.documents.librarian import RoomLibrarian
from app.documents.meaning import HostVectors
from app.documents.service import Service
from tests.documents.pdfs import line, pdf
from tests.passage_vectors import MemoryVectors, alike

READING = Reading("markdown", "Tides", "", (PageText(1, "The moon raises the sea. Half a sign: \ud83d."),))


class Host:
    """What the worker's JavaScript gives: two functions over bytes."""

    def __init__(self) -> None:
        self.data: memoryview = memoryview(b"")
        self.has_room = True
        self.vectors = MemoryVectors()

    async def load(self) -> memoryview:
        return self.data

    async def save(self, data: bytes) -> bool:
        self.data = memoryview(data) if self.has_room else self.data
        return self.has_room


def service(host: Host) -> Service:
    index = KeptIndex(HostStore(host.load, host.save))
    return Service(RoomLibrarian(lambda path: File(str(path)), index, HostVectors(host.vectors)))


async def ask(door: Service, name: str, *given: object) -> object:
    answer = json.loads(await door.ask("1", name, json.dumps(given), "", lambda *_: None, lambda *_: None))
    return answer["value"]


def test_a_document_is_kept_found_and_dropped_through_the_door() -> None:
    async def scene() -> None:
        host = Host()
        door = service(host)
        assert await ask(door, "keep", "tides", "Tides", "en", asdict(READING)) == 1
        assert await ask(door, "keep", "mills", "Mills", "en", asdict(READING)) == 1
        hits = decode_as(tuple[Hit, ...], await ask(door, "find", "moons", ["tides", "nowhere"], 9))
        assert [(hit.document, hit.page, hit.marks) for hit in hits] == [("tides", 1, ((4, 8),))]
        assert await ask(door, "find", "moons", [], 9) == []
        assert await ask(door, "drop", ["mills"]) is None
        later = service(host)
        assert await ask(later, "known") == {"tides": digest_of(READING)}
        assert len(decode_as(tuple[Hit, ...], await ask(later, "find", "moon", None, 9))) == 1

    asyncio.run(scene())


def test_what_was_read_last_is_kept_by_the_id_of_its_call_once(tmp_path: Path) -> None:
    async def scene() -> None:
        door, path = service(Host()), tmp_path / "tides.md"

        async def read(id: str, text: str) -> None:
            path.write_text(text)
            await door.ask(id, "read", '["tides.md"]', str(path), lambda *_: None, lambda *_: None)

        await read("7", "The moon raises the sea.")
        await read("8", "# Mills\n\nThe water turns the wheel.")
        assert await ask(door, "keep", "tides", "Tides", "en", "7") is None, "something else was read since"
        await read("8", "# Mills\n\nThe water turns the wheel.")
        assert await ask(door, "keep", "mills", "Mills", "en", "8") == 1
        assert await ask(door, "keep", "mills", "Mills", "en", "8") is None, "it is not held any longer"
        [hit] = decode_as(tuple[Hit, ...], await ask(door, "find", "wheels", None, 9))
        assert (hit.document, hit.heading) == ("mills", "Mills")

    asyncio.run(scene())


def test_vectors_go_through_the_door() -> None:
    async def scene() -> None:
        host = Host()
        door = service(host)
        await ask(door, "keep", "tides", "Tides", "en", asdict(READING))
        told = decode(Lacking, await ask(door, "lacking", "small", ["tides"], 8))
        assert (told.made, told.total, len(told.passages)) == (0, 1, 1)
        await ask(door, "keep_vectors", "small", [asdict(one) for one in told.passages], [[0.5, -0.5]])
        near = ("small", (1.0, -1.0), False, 0.3)
        assert len(decode_as(tuple[Hit, ...], await ask(door, "find", "gravity", None, 9, *near))) == 1
        assert alike(host.vectors.sets["small"]["tides"].rows[0], near[1]) > 1, "the signs came through"
        assert await ask(door, "find", "gravity", None, 9, *near[:3], 1.5) == [], "less alike than it must be"
        assert await ask(door, "find", "gravity", None, 9) == []

    asyncio.run(scene())


def test_whole_passages_and_claims_come_through_the_door() -> None:
    async def scene() -> None:
        door = service(Host())
        await ask(door, "keep", "tides", "Tides", "en", asdict(READING))
        assert await ask(door, "trials", ["tides"], 9) == [], "no sentence is long enough for a question"
        [passage] = decode_as(tuple[Passage, ...], await ask(door, "around", [["tides", 0], ["tides", 9]], 1))
        assert passage == Passage("tides", 0, 1, 0, len(READING.pages[0].text), "", READING.pages[0].text)
        given = ["The moon raises the sea [1]. It is blue [2].", [passage.text], "Who raises it?"]
        one, two = decode_as(tuple[Claim, ...], await ask(door, "check", *given))
        assert (one.verdict, one.cites, passage.text[one.quote_start : one.quote_end]) == (
            "supported",
            (1,),
            "The moon raises the sea.",
        )
        assert (two.verdict, two.unknown, two.quoted) == ("unknown-citation", (2,), 0)

    asyncio.run(scene())


def test_pages_of_a_pdf_are_drawn_from_the_file_that_is_open(tmp_path: Path) -> None:
    words = line("Two highs a day", 12, 72, 700)
    for name, text in (("tides", words), ("mills", words + words), ("rivers", b""), ("broken", None)):
        (tmp_path / name).write_bytes(pdf([text, text]) if text is not None else b"%PDF-1.4 nothing")
    shut, shown = list[str](), list[tuple[int, int, int]]()
    told = list[str]()

    async def page(room: RoomLibrarian, name: str, call: str, number: int = 1) -> dict[str, object]:
        wanted = PageWanted(name, "", number, 0, 3, "Two highs a day", width=200)
        path = str(tmp_path / name)
        (tmp_path / call).symlink_to(path)

        def show(data: memoryview, wide: int, high: int) -> None:
            assert told, "where it will stand is known before it is drawn"
            shown.append((len(data), wide, high))

        door, given = Service(room), json.dumps([asdict(wanted)])
        answer = await door.ask(call, "page", given, str(tmp_path / call), told.append, show)
        return cast("dict[str, object]", json.loads(answer))

    async def scene() -> None:
        host = Host()
        index = KeptIndex(HostStore(host.load, host.save))
        room = RoomLibrarian(
            lambda path: File(str(path)),
            index,
            HostVectors(host.vectors),
            lambda path: shut.append(Path(str(path)).name),
        )
        assert await page(room, "tides", "1") == {"value": None}
        one = decode(PageDrawn, json.loads(told[0]))
        assert (one.width, one.height, len(one.boxes)) == (201, 284, 1)
        assert shown == [(201 * 284 * 4, 201, 284)]
        assert "value" in await page(room, "tides", "2", 2), "of the same file"
        assert shut == ["2"]
        await page(room, "mills", "3")
        await page(room, "rivers", "4")
        assert shut == ["2", "1"], "the one that was used longest ago makes room"
        assert (await page(room, "broken", "5"))["why"] == "damaged"
        assert (await page(room, "mills", "6", 3))["why"] == "nothing"
        assert shut == ["2", "1", "5", "6", "3"]
        await room.drop(["rivers"])
        assert shut[-1] == "4"

    asyncio.run(scene())


def test_without_room_the_store_says_so() -> None:
    async def scene() -> None:
        host = Host()
        host.has_room = False
        with pytest.raises(OSError):  # noqa: PT011 - it says no more
            await HostStore(host.load, host.save).save(b"x")

    asyncio.run(scene())
