"""The session's part in imports from other programs: what is told first, what comes in, what a second import adds."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.core.actions import Picked, PickedFile
from app.core.commands import Focus, Route
from app.session import imports
from app.session.archive import Importing
from app.study.imports.reading import Found
from app.study.source import Source
from tests.memory import ticks
from tests.study.imports.exports import FIXTURES, as_archive, as_file
from tests.test_session import World
from tests.words import english

CHATGPT = FIXTURES / "chatgpt" / "conversations.json"


class ImportWorld(World):
    """A page with files to pick."""

    @property
    def work(self) -> Importing | None:
        """What waits for a yes, or is under way."""
        found: Importing | None = self.session.archive.importing()
        return found

    def found(self) -> Found:
        """What is in the export that waits for a yes."""
        assert self.work
        assert self.work.found
        return self.work.found

    def counted(self) -> tuple[int, int, int]:
        """How many of its chats are new, have grown, are here."""
        assert self.work
        assert self.work.chats
        return self.work.chats.new, self.work.chats.changed, self.work.chats.same

    @property
    def said(self) -> list[str]:
        """The notices."""
        return [english(notice.text) for notice in self.session.state.notices()]

    async def pick(self, *data: bytes) -> None:
        """Choose files to import."""
        files = tuple(PickedFile(f"file-{place}.json", one) for place, one in enumerate(data))
        await self.act("archive:open", Picked(files))

    async def bring(self, *data: bytes) -> None:
        """Choose them and say yes."""
        await self.pick(*data)
        await self.act("imports:bring")

    async def stored(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Chats and turns as they lie there."""
        shelves = await self.records.snapshot()
        return shelves["chats"], shelves["turns"]

    def titled(self, title: str) -> Any:
        return next(chat for chat in self.session.state.chats() if chat.title == title)

    async def branch(self, title: str) -> list[str]:
        """What is on show in a chat."""
        turns = await self.session.store.turns(self.titled(title).path)
        return [turn.text for turn in turns]


def play(scene: Callable[[ImportWorld], Awaitable[None]], *answers: str) -> None:
    async def body() -> None:
        page = ImportWorld(*answers)
        await page.session.start("#/chat")
        await scene(page)

    asyncio.run(body())


def message(id: str, parent: str, who: str, text: str, at: int) -> dict[str, object]:
    return {
        "uuid": id,
        "parent_message_uuid": parent,
        "sender": who,
        "text": text,
        "created_at": f"2026-03-01T10:{at:02}:00Z",
    }


def claude(*messages: dict[str, object], name: str = "Rivers", id: str = "k") -> bytes:
    created = "2026-03-01T10:00:00Z"
    updated = messages[-1]["created_at"] if messages else created
    chat = {"uuid": id, "name": name, "created_at": created, "updated_at": updated, "chat_messages": messages}
    return as_file(chat)


ASKED = message("m1", "", "human", "Name a river", 1)
SAID = message("m2", "m1", "assistant", "The Douro.", 2)
AGAIN = message("m3", "m2", "human", "How long?", 3)
LONG = message("m4", "m3", "assistant", "897 km.", 4)


def test_what_is_in_a_file_is_told_before_anything_comes_in() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.pick(CHATGPT.read_bytes())
        assert page.work
        assert (page.work.phase, page.work.names) == ("ready", ("file-0.json",))
        assert (page.found().chats, page.found().messages, page.counted()) == (15, 40, (15, 0, 0))
        assert page.page.done(Focus)[-1] == Focus("imports-run")
        assert await page.stored() == ({}, {})
        await page.act("imports:stop")
        assert page.work is None
        await page.act("imports:bring")
        assert await page.stored() == ({}, {}), "there is nothing to bring any more"

    play(scene)


def test_an_import_makes_chats_with_all_that_they_had() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.bring(CHATGPT.read_bytes())
        assert page.work is None
        assert page.said == ["Imported: 15 new chats."]
        chats, turns = await page.stored()
        assert len(chats) == 15
        assert all(turn["chat_id"] in chats for turn in turns.values())
        assert page.session.state.damaged() == ()
        chat = page.titled("Edited twice")
        assert chat.source == Source("chatgpt", "c-0002", chat.path[-1])
        assert not any(one.is_private for one in page.session.state.chats())
        before = await page.branch("Edited twice")
        assert before[1] == "The Douro (regenerated)."
        page.session.act("page:go", f"#/chat/{chat.id}")
        await page.session.jobs.join()
        assert [turn.text for turn in page.session.state.turns()] == before
        assert len(page.session.state.versions()) == 2
        await page.reload()
        assert await page.branch("Edited twice") == before

    play(scene)


def test_a_chat_goes_on_here_and_the_notice_leads_to_it() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.bring(claude(ASKED, SAID))
        [notice] = page.session.state.notices()
        label, name, arg = notice.buttons[0]
        assert english(label) == "Open the latest"
        await page.act(name, arg)
        assert page.page.done(Route)[-1] == Route(f"#/chat/{page.titled('Rivers').id}")
        await page.act("page:go", arg)
        await page.act("chat:send", "And in miles?")
        assert (await page.branch("Rivers"))[-2:] == ["And in miles?", "557"]

    play(scene, "557")


def test_the_same_export_twice_adds_nothing() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.bring(CHATGPT.read_bytes())
        before = await page.stored()
        await page.pick(CHATGPT.read_bytes())
        assert page.counted() == (0, 0, 15)
        assert page.page.done(Focus)[-1] == Focus("imports-close")
        await page.act("imports:bring")
        assert await page.stored() == before
        assert page.said == ["Nothing new: you already have all of it."]

    play(scene)


def test_a_newer_export_adds_what_is_new_and_shows_it_where_nobody_went_another_way() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.bring(claude(ASKED, SAID))
        id = page.titled("Rivers").id
        await page.act("chat:renamed", {"arg": id, "title": "My rivers"})
        await page.bring(claude(ASKED, SAID, AGAIN, LONG, name="Other title"))
        assert await page.branch("My rivers") == ["Name a river", "The Douro.", "How long?", "897 km."]
        assert page.said == ["Imported: 1 chat with new messages."]
        await page.bring(claude(ASKED, SAID, AGAIN, message("m5", "m3", "assistant", "About 900 km.", 5)))
        assert (await page.branch("My rivers"))[-1] == "About 900 km."

    play(scene)


def test_what_was_said_here_since_stays_on_show_and_nothing_of_it_is_lost() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.bring(claude(ASKED, SAID))
        await page.act("page:go", f"#/chat/{page.titled('Rivers').id}")
        await page.act("chat:send", "Mine?")
        await page.act("chat:private", True)
        mine = await page.branch("Rivers")
        await page.bring(claude(ASKED, SAID, AGAIN, LONG))
        chat = page.titled("Rivers")
        assert await page.branch("Rivers") == mine == ["Name a river", "The Douro.", "Mine?", "Here."]
        assert chat.is_private
        _, turns = await page.stored()
        assert len(turns) == 6
        assert len(turns[chat.path[1]]["children"]) == 2
        assert [turn.text for turn in page.session.state.turns()] == mine
        before = await page.stored()
        await page.bring(claude(ASKED, SAID, AGAIN, LONG))
        assert await page.stored() == before

    play(scene, "Here.")


def test_an_import_can_be_taken_back_but_for_chats_that_went_on() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.bring(CHATGPT.read_bytes())
        await page.act("page:go", f"#/chat/{page.titled('Baking bread').id}")
        await page.act("chat:send", "And rye?")
        page.records.is_full = True
        await page.act("imports:undo")
        assert len(page.session.state.chats()) == 15
        page.records.is_full = False
        await page.act("imports:undo")
        assert [chat.title for chat in page.session.state.chats()] == ["Baking bread"]
        assert page.said[-1:] == ["Removed 14 imported chats."]
        chats, turns = await page.stored()
        assert {turn["chat_id"] for turn in turns.values()} == set(chats)
        await page.bring(CHATGPT.read_bytes())
        assert len(page.session.state.chats()) == 15

    play(scene, "Longer.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "file-0.json is empty."),
        (b"<!DOCTYPE html><title>chat</title>", "This isn't a DrLeeLM backup or an export"),
        (b"\x89PNG\r\n\x1a\n", "This isn't a DrLeeLM backup or an export"),
        (b"[]", "This isn't a DrLeeLM backup or an export"),
        (b'{"messages": []}', "This isn't a DrLeeLM backup or an export"),
        (b'[{"conversationId": "x", "messages": []}]', "This isn't a DrLeeLM backup or an export"),
        (b'[{"mapping": {"a": {"mess', "This file ends too early"),
        (b'[{"mapping": {}}]', "There are no chats in this export."),
        (b"PK\x03\x04 and no more", "This ZIP file is incomplete or damaged."),
    ],
)
def test_a_bad_file_is_told_and_changes_nothing(data: bytes, words: str) -> None:
    async def scene(page: ImportWorld) -> None:
        await page.pick(data)
        assert page.work is None
        assert len(page.said) == 1
        assert page.said[0].startswith(words)
        assert await page.stored() == ({}, {})

    play(scene)


def test_a_long_import_is_written_in_steps_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "BATCH", 6)

    async def scene(page: ImportWorld) -> None:
        many = [json.loads(claude(ASKED, SAID, id=f"k{number}", name=f"Chat {number}"))[0] for number in range(10)]
        await page.pick(as_file(*many))
        page.session.act("imports:bring", "")
        while len((await page.records.snapshot())["chats"]) < 4:
            await ticks(1)
        await page.act("imports:stop")
        chats, turns = await page.stored()
        assert 4 <= len(chats) < 10
        assert len(turns) == 2 * len(chats)
        assert page.work is None
        assert page.said == [f"Imported: {len(chats)} new chats."]
        assert len(page.session.state.chats()) == len(chats)
        await page.bring(as_file(*many))
        assert len(page.session.state.chats()) == 10

    play(scene)


def test_another_file_takes_the_place_of_one_that_waits() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.pick(CHATGPT.read_bytes())
        await page.pick(claude(ASKED, SAID))
        assert dict(page.found().programs) == {"claude": 1}
        await page.act("imports:bring")
        assert len(page.session.state.chats()) == 1
        await page.pick(CHATGPT.read_bytes(), claude(ASKED, SAID, AGAIN))
        assert page.counted() == (15, 1, 0)

    play(scene)


def test_of_two_exports_at_once_the_newer_one_counts_and_both_can_be_taken_back() -> None:
    async def scene(page: ImportWorld) -> None:
        older, newer = claude(ASKED, SAID), claude(ASKED, SAID, AGAIN, LONG)
        for first, second in ((older, newer), (newer, older)):
            await page.bring(first, second)
            assert (await page.branch("Rivers"))[-1] == "897 km."
            await page.act("imports:undo")
            assert await page.stored() == ({}, {})

    play(scene)


def test_who_has_gone_elsewhere_is_told_that_an_export_was_read() -> None:
    async def scene(page: ImportWorld) -> None:
        await page.pick(claude(ASKED, SAID))
        [notice] = page.session.state.notices()
        assert english(notice.text) == "The export was read: 1 chat."
        assert notice.buttons[0][2] == "#/settings/data"
        await page.act("imports:stop")
        assert page.said == []
        await page.act("page:go", "#/settings/data")
        await page.pick(claude(ASKED, SAID))
        assert page.said == []

    play(scene)


def test_pictures_of_questions_come_along_as_attachments_and_go_with_their_chat() -> None:
    async def scene(page: ImportWorld) -> None:
        for name, said in (("chatgpt-2024", "lost.jpg and recipe.pdf"), ("chatgpt-2026", "lost.jpg and recipe.pdf")):
            await page.pick(as_archive(name))
            assert (page.found().pictures, page.found().left["missing"] > 0) == (1, True)
            await page.act("imports:bring")
            question, reply, *_ = await page.session.store.turns(page.titled("Pictures").path)
            [picture] = question.attachments
            assert (picture.name, picture.is_picture) == ("kitchen.png", True)
            assert reply.notices == (f"Not imported: {said}.",)
            shelves = await page.records.snapshot()
            assert list(shelves["files"]) == [picture.id]
            assert page.session.state.damaged() == ()
            await page.pick(as_archive(name))
            assert page.counted() == (0, 0, 15)
            await page.act("imports:stop")
            await page.act("imports:undo")
            shelves = await page.records.snapshot()
            assert [shelves[name] for name in ("chats", "turns", "files")] == [{}, {}, {}]

    play(scene)


def test_a_picture_within_the_file_comes_along_and_a_broken_one_is_told() -> None:
    async def scene(page: ImportWorld) -> None:
        def asked(data: bytes) -> bytes:
            address = f"data:image/png;base64,{b64encode(data).decode()}"
            shown = {"role": "user", "content": "What is it?", "files": [{"type": "image", "url": address}]}
            said = {"role": "assistant", "content": "A cat.", "parentId": "1"}
            return as_file(
                {"id": data.hex(), "title": "Cat", "chat": {"history": {"messages": {"1": shown, "2": said}}}}
            )

        await page.bring(asked(b"cat"))
        [question, reply] = await page.session.store.turns(page.titled("Cat").path)
        assert [one.name for one in question.attachments] == ["a picture"]
        assert reply.notices == ()
        await page.act("imports:undo")
        await page.bring(asked(b"broken"))
        [question, reply] = await page.session.store.turns(page.titled("Cat").path)
        assert question.attachments == ()
        assert reply.notices == ("Not imported: a picture.",)

    play(scene)
