"""What is attached to turns is kept once by its content, for as long as a chat uses it."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Callable, Coroutine
from dataclasses import asdict

import pytest

from app.core.shapes import Damaged
from app.study.archive.backup import kept, read_backup, write_backup
from app.study.archive.merging import merge
from app.study.archive.reading import as_markdown
from app.study.archive.trees import tree_of
from app.study.attachments import (
    Attachment,
    Draft,
    File,
    data_url,
    draft_from,
    file_from,
    file_of,
    hash_of,
    named_in,
)
from app.study.chats import Chat, ChatStore, Turn, turn_from
from tests.memory import FakeClock, MemoryRecords
from tests.words import english

PNG = b64encode(b"\x89PNG red").decode()
BLUE = b64encode(b"\x89PNG blue").decode()


def draft(id: str, name: str, content: str = PNG, kind: str = "image/png") -> Draft:
    file = file_of(kind, content)  # type: ignore[arg-type]
    return Draft(id, Attachment(file.id, name, file.kind, len(content), preview="/9j/"), content)


async def ask(store: ChatStore, chat: Chat, *drafts: Draft) -> Chat:
    turn = Turn(
        f"{chat.id}-{len(chat.path)}", chat.id, "", "user", "See?", attachments=tuple(d.attachment for d in drafts)
    )
    chat, _ = await store.add(chat, chat.path[-1] if chat.path else "", turn, drafts)
    return chat


def run(scene: Callable[[ChatStore, MemoryRecords], Coroutine[object, object, None]]) -> Callable[[], None]:
    def body() -> None:
        records = MemoryRecords()
        asyncio.run(scene(ChatStore(records, FakeClock(1.0)), records))

    return body


def files(records: MemoryRecords) -> set[str]:
    return set(records.shelves.get("files", {}))


@run
async def test_the_same_picture_in_two_chats_is_kept_once(store: ChatStore, records: MemoryRecords) -> None:
    await records.write([("drafts", "d1", asdict(draft("d1", "a.png")))])
    one = await ask(store, Chat("one"), draft("d1", "a.png"), draft("d2", "notes.txt", "E = mc²", "text/plain"))
    await ask(store, Chat("two"), draft("d3", "again.png"))
    red, text = hash_of("image/png", PNG), hash_of("text/plain", "E = mc²")
    assert files(records) == {red, text}
    assert records.shelves["drafts"] == {}, "what was sent is no draft any more"
    assert await store.files([red, "nothing", red]) == {red: File(red, "image/png", PNG)}
    [turn] = await store.turns(["one-0"])
    assert [(item.name, item.is_picture) for item in turn.attachments] == [("a.png", True), ("notes.txt", False)]

    deleted = await store.delete(one)
    assert files(records) == {red}, "the text was only there"
    await store.restore(deleted)
    assert files(records) == {red, text}
    assert (await store.turns(["one-0"])) == [turn]


@run
async def test_with_the_last_chat_that_uses_it_a_picture_goes(store: ChatStore, records: MemoryRecords) -> None:
    one, two = await ask(store, Chat("one"), draft("d", "a.png")), await ask(store, Chat("two"), draft("d", "a.png"))
    branch = await store.branch(one, "one-0", "Branch")
    assert branch is not None
    await store.delete(one)
    await store.delete(two)
    assert len(files(records)) == 1
    await store.delete(branch)
    assert files(records) == set()


def test_what_another_page_sends_in_the_moment_of_deletion_stays() -> None:
    class Racing(MemoryRecords):
        async def write(self, puts, deletes=()) -> None:  # type: ignore[no-untyped-def]
            if ("chats", "one") in deletes:
                await ask(ChatStore(self, FakeClock()), Chat("two"), draft("d", "b.png"))
            await super().write(puts, deletes)

    async def body() -> None:
        records = Racing()
        store = ChatStore(records, FakeClock())
        await store.delete(await ask(store, Chat("one"), draft("d", "a.png")))
        assert len(files(records)) == 1

    asyncio.run(body())


def test_a_record_tells_what_it_is_or_is_damaged() -> None:
    file = file_of("text/plain", "\ud83d is half a character")
    assert file_from(asdict(file)) == file
    assert draft_from(json.loads(json.dumps(asdict(draft("d", "a.png"))))) == draft("d", "a.png")
    for changed in ({"content": "other"}, {"kind": "image/png", "content": "no base64!"}, {"kind": "text/html"}):
        with pytest.raises(Damaged):
            file_from({**asdict(file), **changed})


def test_a_turn_of_an_earlier_version_has_nothing_attached() -> None:
    record = {"id": "t", "chat_id": "c", "parent": "", "role": "user", "text": "Why?"}
    assert (turn_from(record).attachments, turn_from(record).pictures) == ((), 0)
    lost: list[str] = []
    items = [{"id": "x", "name": "a.png", "kind": "image/png"}, {"id": "y", "name": "b", "kind": "text/html"}, 7]
    assert [one.name for one in turn_from({**record, "attachments": items}, lost).attachments] == ["a.png"]
    assert lost == ["attachments[1]", "attachments[2]"]
    assert named_in({"attachments": [*items[:1], 7, {}]}) == {"x"}


def test_an_address_of_a_picture_is_never_more_than_that() -> None:
    one = draft("d", "a.png").attachment
    assert data_url(one, PNG) == f"data:image/png;base64,{PNG}"
    assert data_url(one, "") == "data:image/jpeg;base64,/9j/"
    assert data_url(one, 'x"> <script>)(') == "data:image/png;base64,xscript"


@run
async def test_a_backup_brings_everything_back(store: ChatStore, records: MemoryRecords) -> None:
    chat = await ask(store, Chat("one"), draft("d", "a.png"), draft("e", "n.md", "``` in it", "text/plain"))
    await records.write([("drafts", "f", asdict(draft("f", "b.png", BLUE)))])
    shelves = read_backup(write_backup(kept(await records.snapshot()), "1", 1.0)).shelves
    assert "drafts" not in shelves
    shelves["files"]["unused"] = {"id": "unused", "kind": "text/plain", "content": ""}
    other = MemoryRecords()
    merged = merge(await other.snapshot(), shelves)
    await other.write(merged.puts)
    assert other.shelves["files"] == records.shelves["files"], "but for what nobody uses"
    assert (merged.chats.new, merged.others.new) == (1, 0)
    await other.write([], [("files", key) for key in other.shelves["files"]])
    await other.write(merge(await other.snapshot(), shelves).puts)
    assert other.shelves["files"] == records.shelves["files"], "what was lost comes back with a chat that is here"

    snapshot = await records.snapshot()
    told = as_markdown([tree_of(asdict(chat), snapshot["turns"].values())], english, snapshot["files"])
    assert f"![a.png](data:image/png;base64,{PNG})" in told
    assert "**n.md**\n\n````\n``` in it\n````" in told
