"""One row a shelf: the database, backups, imports and damage all go by it."""

from __future__ import annotations

from app.study.shelves import NAMES, SHELVES, VERSION, reader_of
from tests.words import english


def test_each_shelf_has_a_name_of_its_own_and_no_version_is_left_out() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {shelf.since for shelf in SHELVES} == set(range(1, VERSION + 1))


def test_every_kind_has_its_reader_and_its_names() -> None:
    for shelf in SHELVES:
        assert shelf.kinds or shelf.left_out, shelf.name
        for kind in shelf.kinds:
            assert reader_of(shelf.name, kind.key or "any"), kind
            assert [english(kind.counted(number))[:2] for number in (1, 2)] == ["1 ", "2 "]
