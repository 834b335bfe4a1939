"""What a reply was written from goes with its chat: into files, backups and other browsers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.core.commands import Save
from app.core.html import Html
from app.core.ports import Record, Shelves
from app.study.archive.backup import kept, write_backup
from app.study.chats import chat_from, turn_from
from app.study.cited import Scope
from app.study.library.carrying import with_own_scopes, without_twins
from tests.test_session_grounding import ASKED, TIDES, Grounded, grounded
from tests.ui.pages import read

SAID = "The moon raises the sea [1]. It is _blue_ [7]."
FIRST = TIDES.partition("\f")[0]


def saved(world: Grounded) -> str:
    return world.page.done(Save)[-1].text


async def export(world: Grounded, kind: str) -> str:
    await world.act("archive:choose-what", {"value": "open"})
    await world.act("archive:choose-kind", {"value": kind})
    await world.act("archive:export")
    return saved(world)


@grounded(SAID)
async def test_markdown_lists_the_documents_with_their_quotes_under_the_reply(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    text = await export(world, "markdown")
    assert f"{SAID}\n\n**Sources**\n\n1. tides.txt\n\n   > {FIRST}\n\n" in text
    assert text.endswith("### Documents cited\n\n- tides.txt\n")


@grounded(SAID)
async def test_html_does_too(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    page = read(Html(await export(world, "html")))
    [section] = page.all(class_="sources")
    assert section.text.split() == f"Sources tides.txt {FIRST}".split()


@grounded(SAID, "Plain.")
async def test_json_and_a_backup_bring_everything_back(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    before, chat = world.last, world.session.state.chat()
    text = await export(world, "json")
    await world.act("chat:delete", chat.id)
    await world.session.archive.bring(text)
    await world.session.jobs.join()
    await world.reload(f"#/chat/{chat.id}")
    assert world.last == before
    assert world.session.state.chat().scope is None, "a file has no documents of this browser given to a model"


@grounded(SAID)
async def test_a_chat_comes_with_its_scope_where_the_documents_come_too(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    chat = world.session.state.chat()
    theirs = kept(await world.records.snapshot())

    def scope(shelves: Shelves, mine: Shelves, **more: object) -> object:
        changed = {**shelves, "chats": {id: {**one, **more} for id, one in shelves["chats"].items()}}
        [found] = with_own_scopes(changed, mine)["chats"].values()
        return chat_from(found).scope

    assert scope(theirs, theirs) == Scope(), "all that is here came, too"
    assert scope(theirs, {}) == Scope()
    other: dict[str, Record] = {"own": {"id": "own", "sha256": "00", "notebook": "course"}}
    assert scope(theirs, {"documents": other}) is None, "all would be one more"
    only = {"documents": [world.id("tides.txt")], "notebook": ""}
    assert scope(theirs, {"documents": other}, scope=only) == Scope(documents=(world.id("tides.txt"),))
    assert scope(theirs, {"documents": other}, scope={"documents": ["own"]}) is None
    assert scope(theirs, {"documents": other}, scope={"notebook": "course"}) is None
    await world.session.chats.keep(chat.id, scope=None)
    await world.session.archive.bring(write_backup(theirs, "1", 1.0))
    [stored] = await world.records.get("chats", [chat.id])
    assert chat_from(stored).scope is None, "a chat that is here asks what it has asked"


@grounded(SAID)
async def test_no_file_changes_a_document_that_is_here(world: Grounded) -> None:
    id = world.id("tides.txt")
    await world.act("library:named", {"name": "Diary"})
    diary = world.session.library.notebook()
    theirs = kept(await world.records.snapshot())
    await world.act("library:move", {"arg": id, "value": diary})
    await world.act("library:private", {"arg": diary, "value": True})
    await world.session.archive.bring(write_backup(theirs, "1", 1.0))
    assert world.session.library.documents()[id].notebook == diary
    assert world.session.library.notebooks()[diary].is_private


@grounded(SAID)
async def test_an_older_backup_brings_no_words_of_a_private_notebook_into_the_open(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    chat = world.session.state.chat()
    theirs = kept(await world.records.snapshot())
    await world.act("chat:delete", chat.id)
    await world.act("library:named", {"name": "Diary"})
    diary = world.session.library.notebook()
    await world.act("library:private", {"arg": diary, "value": True})
    await world.session.archive.bring(write_backup(theirs, "1", 1.0))
    assert not world.session.privacy.is_private(chat.id)
    await world.act("chat:delete", chat.id)
    await world.act("library:move", {"arg": world.id("tides.txt"), "value": diary})
    await world.session.archive.bring(write_backup(theirs, "1", 1.0))
    assert world.session.privacy.is_private(chat.id)


@grounded(SAID)
async def test_an_older_note_comes_in_beside_the_newer_one(world: Grounded) -> None:
    notes = world.session.notes
    notes.look("note", is_written=True)
    await world.session.jobs.join()
    await world.act("notes:text", {"arg": "note", "value": "# Ebb\nold", "field": "f", "number": 1})
    await world.act("archive:backup", {"passphrase": "", "again": ""})
    backup = saved(world)
    await world.act("notes:text", {"arg": "note", "value": "# Ebb\nnew", "field": "f", "number": 2})
    for _ in range(2):
        await world.session.archive.bring(backup)
        await world.session.jobs.join()
        found = {one.id: one.sha256 for one in world.session.library.documents().values() if one.is_note}
        assert len(found) == 2
        assert {world.files.files[id] for id in found} == {b"# Ebb\nold", b"# Ebb\nnew"}
        assert world.files.files["note"] == b"# Ebb\nnew"
        assert all(hashlib.sha256(world.files.files[id]).hexdigest() == sha256 for id, sha256 in found.items())


@grounded(SAID)
async def test_a_document_that_is_here_under_another_name_keeps_its_chips(world: Grounded) -> None:
    await world.scope(documents=(world.id("tides.txt"),))
    await world.act("chat:send", ASKED)
    theirs = kept(await world.records.snapshot())
    id = world.id("tides.txt")
    mine: dict[str, dict[str, Record]] = {"documents": {"own": {**theirs["documents"][id], "id": "own"}}}
    brought = without_twins(theirs, mine)
    assert id not in brought["documents"]
    [chat] = map(chat_from, brought["chats"].values())
    assert chat.scope == Scope(documents=("own",))
    [turn] = [turn for turn in map(turn_from, brought["turns"].values()) if turn.sources]
    assert [one.document for one in turn.passages] == ["own"]
    assert without_twins(theirs, {}) is theirs


def test_records_of_the_version_before_open_and_odd_ones_lose_only_what_is_odd() -> None:
    old: dict[str, Any] = {"id": "t", "chat_id": "c", "parent": "", "role": "assistant", "text": "Paris."}
    assert turn_from(old).sources is None
    assert chat_from({"id": "c"}).scope is None
    passage = {"number": 1, "document": "d", "name": "a.pdf", "page": 2, "start": 0, "end": 4, "text": "Ebb."}
    claim = {"start": 0, "end": 6, "verdict": "supported", "quoted": 1, "quote_start": 0, "quote_end": 999}
    turn = turn_from({**old, "sources": {"passages": [passage, "odd"], "claims": [claim, {"verdict": "?"}]}})
    assert turn.sources
    assert [one.text for one in turn.passages] == ["Ebb."]
    assert turn.sources.quotes(1) == ("Ebb.",)
    assert turn.sources.quotes(9) == ()
    assert json.loads(json.dumps(passage)) == passage
