"""The session's part in exports, backups, imports and erasing: what a page does, and what is said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.core.commands import Focus, Save, StartOver, Tell, Theme
from app.core.errors import AppError, BadBackup, BadPassphrase, LoadFailed
from app.session import archive
from app.session.archive import Choice
from app.session.makers import NOTHING
from app.session.settings import Settings
from app.study.archive import sealing
from app.study.archive.backup import kept, read_backup, write_backup
from app.study.archive.trees import Tree
from tests.memory import picked, ticks
from tests.study.archive.worlds import world
from tests.test_session import World
from tests.words import english

PHRASE = "four quiet words here"


class FakeChatFile:
    """The file in HTML, as far as the session sees it."""

    async def html(
        self, trees: Sequence[Tree], title: str, day: str, files: Mapping[str, Mapping[str, object]] = NOTHING
    ) -> str:
        """Its arguments."""
        return f"{len(trees)} {title} {day}"


class ArchiveWorld(World):
    """A page that can do what the browser's can."""

    def compose(self) -> None:
        super().compose()
        self.session.make = replace(self.session.make, chat_file=FakeChatFile)

    @property
    def saved(self) -> tuple[str, str, str]:
        """Name, text and type of the only file that was saved."""
        [file] = self.page.done(Save)
        self.page.commands.clear()
        return file.name, file.text, file.kind

    @property
    def said(self) -> list[str]:
        """The notices."""
        return [english(notice.text) for notice in self.session.state.notices()]

    async def pick(self, text: str | bytes, name: str = "file.json") -> None:
        """Choose a file to import."""
        data = text if isinstance(text, bytes) else text.encode()
        await self.act("archive:open", picked(name, data))


def play(scene: Callable[[ArchiveWorld], Awaitable[None]], *answers: str) -> None:
    async def body() -> None:
        page = ArchiveWorld(*answers)
        await page.session.start("#/chat")
        await scene(page)

    asyncio.run(body())


async def talk(page: ArchiveWorld, *texts: str) -> None:
    for text in texts:
        page.session.act("chat:new", None)
        await page.act("chat:send", text)


async def everything(page: ArchiveWorld) -> dict[str, Any]:
    return kept(await page.records.snapshot())


def test_everything_comes_back_after_it_was_erased() -> None:
    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?", "Two?")
        await page.act("settings:theme", {"value": "dark"})
        before = await everything(page)
        await page.act("archive:backup", {})
        name, text, kind = page.saved
        assert (name, kind) == ("DrLeeLM backup 1970-01-01.json", "application/json")
        await page.act("archive:erase", "")
        assert not any((await page.records.snapshot()).values())
        assert page.page.done(StartOver) == [StartOver()]
        await page.reload()
        assert page.session.state.chats() == ()
        assert page.session.state.settings() == Settings()
        await page.pick(text)
        assert await everything(page) == before
        assert [chat.title for chat in page.session.state.chats()] == ["Two?", "One?"]
        assert page.session.state.settings().theme == "dark"
        assert page.page.done(Theme)[-1] == Theme("dark")
        assert page.said == ["Imported: 2 new chats, 3 settings and other records."]  # the ledger's entries are two

    play(scene, "1.", "2.")


def test_importing_twice_says_that_all_of_it_is_here() -> None:
    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?")
        await page.act("archive:backup", {})
        _, text, _ = page.saved
        await page.pick(text)
        assert page.said == ["Nothing new: you already have all of it."]

    play(scene, "1.")


def test_a_single_chat_goes_out_as_json_and_comes_in_elsewhere() -> None:
    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?", "Two?")
        chat = page.session.state.chat()
        await page.act("archive:choose-what", {"value": "open"})
        await page.act("archive:choose-kind", {"value": "json"})
        await page.act("archive:export", "")
        name, text, _ = page.saved
        assert name == "Two.json"
        assert read_backup(text).shelves.keys() == {"chats", "turns"}
        await page.act("chat:delete", chat.id)
        await page.pick(text)
        assert {chat.title for chat in page.session.state.chats()} == {"One?", "Two?"}
        assert page.said[-1] == "Imported: 1 new chat."

    play(scene, "1.", "2.")


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        (
            "markdown",
            "DrLeeLM chats 1970-01-01.md",
            "# Two?\n\n## You\n\nTwo?\n\n## Tiny\n\n2.\n\n## Sources and models\n",
        ),
        ("html", "DrLeeLM chats 1970-01-01.html", "2 DrLeeLM chats 1970-01-01 1970-01-01"),
        ("json", "DrLeeLM chats 1970-01-01.json", '{"format": "drleelm-backup"'),
    ],
)
def test_all_chats_go_out_in_every_kind(kind: str, name: str, text: str) -> None:
    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?", "Two?")
        await page.act("archive:choose-kind", {"value": kind})
        await page.act("archive:export", "")
        saved, written, _ = page.saved
        assert saved == name
        assert written.startswith(text)

    play(scene, "1.", "2.")


def test_only_what_there_is_can_be_chosen() -> None:
    async def scene(page: ArchiveWorld) -> None:
        await page.act("archive:choose-kind", {"value": "nonsense"})
        assert page.session.archive.choice() == Choice()

    play(scene)


def test_a_chat_of_the_open_page_is_shown_with_what_came_in() -> None:
    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?")
        await page.act("archive:backup", {})
        backup = page.saved[1]
        last = page.session.state.turns()[-1]
        await page.act("chat:regenerate", last.id)
        assert len(page.session.state.versions()[page.session.state.turns()[-1].id]) == 2
        await page.act("archive:erase", "")
        await page.reload()
        await page.pick(backup)
        await page.session.navigation.go(f"#/chat/{page.session.state.chats()[0].id}")
        assert [turn.text for turn in page.session.state.turns()] == ["One?", "1."]

    play(scene, "1.", "Another 1.")


def test_an_encrypted_backup_waits_for_its_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "ITERATIONS", 10)

    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?")
        before = await everything(page)
        await page.act("archive:choose-seal", True)
        await page.act("archive:backup", {"passphrase": PHRASE, "again": PHRASE})
        name, text, _ = page.saved
        assert name == "DrLeeLM backup 1970-01-01.sealed.json"
        assert "One?" not in text
        await page.records.erase()
        await page.reload()
        part = page.session.archive
        await page.pick(text, name)
        locked = part.locked()
        assert locked
        assert locked.name == name
        assert page.page.done(Focus) == [Focus("open-passphrase")]
        await page.act("archive:unlock", {"passphrase": "wrong"})
        assert page.said == [english(BadPassphrase.message)]
        assert part.locked() is not None, "it can be tried again"
        assert page.session.state.chats() == ()
        await page.act("archive:unlock", {"passphrase": PHRASE})
        assert part.locked() is None
        assert await everything(page) == before
        await page.pick(text, name)
        await page.act("archive:close", "")
        assert part.locked() is None
        await page.act("archive:unlock", {"passphrase": PHRASE})
        assert page.said[-1].startswith("Imported"), "nothing waits any more"

    play(scene, "1.")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"passphrase": PHRASE, "again": PHRASE + "!"}, "The passphrases don't match."),
        ({"passphrase": "short", "again": "short"}, "Use at least 8 characters."),
        ({}, "Use at least 8 characters."),
    ],
)
def test_a_passphrase_that_cannot_be_meant_saves_nothing(form: dict[str, str], words: str) -> None:
    async def scene(page: ArchiveWorld) -> None:
        await page.act("archive:choose-seal", True)
        await page.act("archive:backup", form)
        assert page.said == [words]
        assert page.page.done(Save) == []

    play(scene)


def crafted(**settings: object) -> str:
    return write_backup({"settings": {"settings": settings}}, "0.1.0", 0.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear diary", "isn't a DrLeeLM backup"),
        (b"\xff\xfe\x00", "isn't a DrLeeLM backup"),
        (b"PNG\x00\x80", "isn't a DrLeeLM backup"),
        ('{"format": "drleelm-backup", "version": 1', "damaged"),
        ('{"format": "drleelm-sealed", "version": 1', ""),
        (crafted(theme=5), "data that DrLeeLM doesn't know"),
        (crafted(sampling=[]), "data that DrLeeLM doesn't know"),
        (crafted(engines=[["a"]]), "data that DrLeeLM doesn't know"),
        (
            write_backup({"settings": {"sources": {"catalogs": [{"id": "x"}]}}}, "", 0.0),
            "data that DrLeeLM doesn't know",
        ),
        (write_backup({"pulls": {"x": {}}}, "", 0.0), "data that DrLeeLM doesn't know"),
        (write_backup({"holograms": {}}, "9.9", 0.0), "newer version"),
    ],
)
def test_a_damaged_or_foreign_file_changes_nothing_and_says_why(text: str | bytes, words: str) -> None:
    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?")
        before, writes = await page.records.snapshot(), page.records.writes
        await page.pick(text)
        if not words:
            await page.act("archive:unlock", {"passphrase": PHRASE})
            words_said = "encrypted backup is damaged"
        else:
            words_said = words
        [said] = page.said
        assert words_said in said
        assert (await page.records.snapshot(), page.records.writes) == (before, writes)
        assert page.page.done(Tell) == []

    play(scene, "1.")


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 10)

    async def scene(page: ArchiveWorld) -> None:
        await page.pick('{"format": "drleelm-backup"}')
        assert page.said == ["This file is too large: 28 bytes."]

    play(scene)


def test_a_full_disk_is_said_and_leaves_everything_as_it_was() -> None:
    async def scene(page: ArchiveWorld) -> None:
        text = write_backup(kept(await (await world()).snapshot()), "0.1.0", 0.0)
        page.records.is_full = True
        await page.pick(text)
        assert page.said == ["There isn't enough space."]
        assert page.session.state.chats() == ()

    play(scene)


def test_a_reply_that_is_being_written_is_stopped_before_anything_comes_in() -> None:
    async def scene(page: ArchiveWorld) -> None:
        page.engine.gate = asyncio.Semaphore(1)
        page.session.act("chat:send", "One?")
        await ticks()
        assert [live.text for live in page.session.state.live().values()] == ["one "]
        text = write_backup(kept(await (await world(chats=1)).snapshot()), "", 0.0)
        await page.pick(text)
        assert page.session.state.live() == {}
        assert len(page.session.state.chats()) == 2

    play(scene, "one two three four")


def test_other_pages_stop_before_all_is_erased_and_start_anew_after_it() -> None:
    async def scene(page: ArchiveWorld) -> None:
        page.session.jobs.start("model:x", asyncio.sleep(3600))
        await page.act("archive:erase", "")
        assert page.page.done(Tell) == [Tell("halt"), Tell("gone")]
        assert not page.session.jobs.names("")

    play(scene)


def test_parts_that_read_storage_are_asked_to_read_again() -> None:
    async def scene(page: ArchiveWorld) -> None:
        read: list[str] = []

        class Part:
            async def read_again(self) -> None:
                read.append("again")

        page.session.cloud = Part()  # type: ignore[assignment]
        await page.pick(write_backup({"chats": {"d": {"id": "d", "title": "New"}}}, "0.1.0", 0.0))
        assert read == ["again"]

    play(scene)


def test_errors_are_of_the_tree() -> None:
    assert issubclass(BadPassphrase, BadBackup)
    assert issubclass(BadBackup, AppError)
    assert not issubclass(BadBackup, LoadFailed)
    assert json.loads(crafted())["version"] == 1


def test_a_page_starts_anew_only_where_everything_is_really_gone() -> None:
    """Fault D10: any page of this origin can say so."""

    async def scene(page: ArchiveWorld) -> None:
        await talk(page, "One?")
        await page.act("archive:hear", {"word": "gone"})
        assert page.page.done(StartOver) == []
        await page.records.erase()
        await page.act("archive:hear", {"word": "gone"})
        assert page.page.done(StartOver) == [StartOver()]

    play(scene, "1.")
