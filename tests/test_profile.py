"""Recorded profiles hold something of everything that is kept, and every reader reads its records whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.ports import Shelves
from app.study.archive.backup import kept, read_backup, write_backup
from app.study.archive.merging import merge
from app.study.shelves import LEFT_OUT, NAMES, SHELVES, is_whole, reader_of
from tests.profile.databases import PROFILES, blobs_of, content_of, records_of, version_of

NEWEST = PROFILES[-1]
MOST_BYTES = 3_000_000
#: verdicts about a graphics processor, which a profile is seldom recorded with
OF_A_DEVICE = {"gpu"}


def rows(folder: Path) -> Iterator[tuple[str, str, Any]]:
    """(shelf, key, record) of all that the app keeps in its own database."""
    for shelf, records in records_of(folder).items():
        for key, text in records.items():
            yield shelf, key, json.loads(text)


@pytest.mark.parametrize("folder", PROFILES, ids=lambda folder: folder.name)
def test_every_record_is_read_without_damage(folder: Path) -> None:
    for shelf, key, record in rows(folder):
        reader, lost = reader_of(shelf, key), list[str]()
        assert reader is None or reader(record, lost) is not None, (shelf, key)
        assert lost == [], (shelf, key)


def test_the_newest_profile_has_a_record_of_every_shelf() -> None:
    assert {shelf for shelf, records in records_of(NEWEST).items() if not records} <= OF_A_DEVICE
    found = {(shelf, key) for shelf, key, _ in rows(NEWEST)}
    known = [shelf for shelf in SHELVES if shelf.since <= version_of(NEWEST)]
    assert {shelf.name for shelf in known} - {shelf for shelf, _ in found} <= OF_A_DEVICE
    kinds = ((shelf.name, kind) for shelf in known for kind in shelf.kinds)
    places = {(name, kind.key) for name, kind in kinds if kind.key and kind.since <= version_of(NEWEST)}
    assert places - found == set()


@pytest.mark.parametrize("folder", PROFILES, ids=lambda folder: folder.name)
def test_a_backup_holds_all_of_it_and_brings_it_back_once(folder: Path) -> None:
    shelves: Shelves = {name: {} for name in NAMES}
    for shelf, key, record in rows(folder):
        shelves[shelf][key] = record
    there = read_backup(write_backup(kept(shelves), "", 0.0)).shelves
    here: Shelves = {name: {} for name in NAMES}
    for _ in range(2):
        came = merge(here, there, is_whole).puts
        for shelf, key, written in came:
            here[shelf][key] = dict(written)
    assert came == []
    for shelf in NAMES:
        assert shelf in LEFT_OUT or here[shelf].keys() == shelves[shelf].keys(), shelf
        is_as_before = shelf not in LEFT_OUT and shelf not in (
            "chats",
            "turns",
        )  # no leave to go
        assert not is_as_before or here[shelf] == shelves[shelf], shelf


@pytest.mark.parametrize("folder", PROFILES, ids=lambda folder: folder.name)
def test_its_files_are_there_and_small(folder: Path) -> None:
    for value in blobs_of(folder):
        if "$file" in value:
            assert hashlib.sha256(content_of(value, folder)).hexdigest() == value["sha256"]
    assert sum(file.stat().st_size for file in folder.iterdir()) <= MOST_BYTES
