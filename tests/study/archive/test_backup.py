"""A backup holds every shelf, comes back exactly, and nothing else is taken for one."""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from app.core.errors import BadBackup
from app.core.ports import Record, Shelves
from app.study.archive.backup import FORMAT, VERSION, kept, read_backup, without_paths, write_backup
from app.study.shelves import LEFT_OUT, NAMES
from tests.memory import MemoryRecords
from tests.study.archive.worlds import world
from tests.words import english, raises

SECRET = re.compile("key|secret|token|vault|password", re.IGNORECASE)


def a_backup(seed: int = 1) -> str:
    return write_backup(kept(asyncio.run(asyncio.run(world(seed)).snapshot())), "0.1.0", 1_700_000_000.0)


def altered(**changes: object) -> str:
    return json.dumps({**json.loads(a_backup()), **changes})


def test_every_shelf_of_the_page_is_in_it_or_is_named_as_left_out() -> None:
    async def body() -> None:
        records = MemoryRecords()
        await records.write([(shelf, "one", {"id": "one"}) for shelf in NAMES])
        shelves = read_backup(write_backup(kept(await records.snapshot()), "", 0.0)).shelves
        assert shelves.keys() | LEFT_OUT == set(NAMES)
        assert all(shelves.values())

    asyncio.run(body())


def test_no_shelf_whose_name_speaks_of_secrets_is_taken_unnoticed() -> None:
    assert [shelf for shelf in NAMES if SECRET.search(shelf) and shelf not in LEFT_OUT] == []


@pytest.mark.parametrize("seed", range(5))
def test_what_is_written_is_read_exactly_whatever_text_is_in_it(seed: int) -> None:
    shelves = kept(asyncio.run(asyncio.run(world(seed)).snapshot()))
    text = write_backup(shelves, "0.1.0", 1_700_000_000.0)
    backup = read_backup(text.encode("utf-8").decode("utf-8"))
    assert backup.shelves == shelves
    assert (backup.app, backup.made) == ("0.1.0", "2023-11-14T22:13:20+00:00")


def test_the_head_says_what_it_is() -> None:
    data = json.loads(a_backup())
    assert list(data) == ["format", "version", "app", "made", "sha256", "shelves"]
    assert (data["format"], data["version"]) == (FORMAT, VERSION)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_backup("\ufeff" + a_backup()).shelves["chats"]


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999999])
def test_a_file_that_was_cut_off_is_damaged(share: float) -> None:
    text = a_backup()
    with raises(BadBackup, "damaged") as caught:
        read_backup(text[: max(60, int(len(text) * share))])
    assert "Nothing was changed" in english(caught.value.cure)


def test_a_single_changed_letter_or_figure_is_noticed() -> None:
    text = a_backup()
    for place in (text.index("Hello!"), text.index('"theme": "dark"') + 10, text.index("2023-11"), text.index("0.1.0")):
        changed = text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :]
        with raises(BadBackup, "damaged"):
            read_backup(changed)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "7", "Dear diary", "\x00\x01", '{"format": "openwebui"}', "[" * 100_000, '{"chats": []}'],
)
def test_a_foreign_file_is_not_taken_for_a_backup(text: str) -> None:
    with raises(BadBackup, "isn't a DrLeeLM backup"):
        read_backup(text)


@pytest.mark.parametrize("version", [VERSION + 1, "2", None])
def test_a_newer_version_is_refused_politely(version: object) -> None:
    with raises(BadBackup, r"from a newer version of DrLeeLM \(9\.0\)") as caught:
        read_backup(altered(version=version, app="9.0"))
    assert "Reload the page" in english(caught.value.cure)


@pytest.mark.parametrize("shelves", [None, [], {"chats": []}, {"chats": {"a": 7}}])
def test_a_rightly_sealed_file_without_records_is_damaged(shelves: object) -> None:
    text = write_backup(shelves, "0.1.0", 0.0)  # type: ignore[arg-type]
    with raises(BadBackup, "damaged"):
        read_backup(text)


def test_chats_for_other_eyes_hold_no_path_of_somebodys_disk() -> None:
    """Fault O6: a server may call its model by the whole path of its file."""
    path = "/srv/people/ada/some-1b.gguf"
    id = f"cloud:own-localhost-8080-v1-openai:{path}"
    turn: Record = {
        "text": "See /srv/people/bob",
        "model_id": id,
        "model_name": path,
        "receipt": {"candidates": [{"model": {"id": id, "name": path}}, {"model": {"id": "tiny", "name": "Tiny"}}]},
    }
    shelves: Shelves = {"turns": {"t": turn}, "chats": {"c": {"id": "c", "title": "/a/b", "model_id": "ollama:x:1b"}}}
    plain = without_paths(shelves)
    assert "ada" not in json.dumps(plain)
    assert plain["turns"]["t"]["model_id"] == "cloud:own-localhost-8080-v1-openai:some-1b.gguf"
    assert plain["turns"]["t"]["model_name"] == "some-1b.gguf"
    assert plain["turns"]["t"]["text"] == turn["text"], "what a person wrote is theirs"
    assert plain["chats"] == shelves["chats"]
