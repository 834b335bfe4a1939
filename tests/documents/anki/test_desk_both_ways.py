"""What Anki's own library writes we read, and what we write it reads: the same notes, media, dates and intervals."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.anki import AnkiFile, AnkiNote
from app.documents.anki.desk import Desk
from app.documents.files import File
from tests.documents.anki.makes import MAKES
from tests.documents.anki.theirs import Held, as_held, bring, collection, day_began, export, held, read


def written(file: AnkiFile, notes: Sequence[AnkiNote], media: Mapping[str, str], today: float) -> bytes:
    """A package as we write it."""

    async def write() -> str:
        desk = Desk(lambda handle: File(str(handle)))
        await desk.begin(file.kinds, today)
        for note in notes:
            await desk.add([note], ())
        await desk.add((), list(media.items()))
        return await desk.finish()

    return b64decode(asyncio.run(write()))


def plain(found: Mapping[str, Held]) -> dict[str, Held]:
    """Without the mark that Anki gives a note type whose name is taken there."""
    return {guid: replace(one, kind=one.kind.rstrip("+")) for guid, one in found.items()}


@pytest.mark.parametrize("make", MAKES)
def test_a_deck_comes_from_anki_and_goes_back(make: str, tmp_path: Path) -> None:
    with collection(tmp_path, fsrs=make != "filtered") as col:
        MAKES[make](col)
        theirs, today = held(col), day_began(col)
        for latest in (True, False):
            export(col, tmp_path / "theirs.apkg", latest=latest)
            file, notes, media = asyncio.run(read(tmp_path / "theirs.apkg"))
            assert file.form == ("latest" if latest else "legacy")
            assert not file.skipped
            assert as_held(file, notes, today) == theirs
        there = {name: Path(col.media.dir(), name).read_bytes() for name in media}
    assert {name: b64decode(content) for name, content in media.items()} == there
    (tmp_path / "ours.apkg").write_bytes(written(file, notes, media, today))
    with collection(tmp_path, "other", fsrs=True) as col:
        bring(col, tmp_path / "ours.apkg")
        assert plain(held(col)) == theirs
        assert {name: Path(col.media.dir(), name).read_bytes() for name in media} == there


def test_without_scheduling_every_card_is_new(tmp_path: Path) -> None:
    with collection(tmp_path, fsrs=True) as col:
        MAKES["scheduled"](col)
        for latest in (True, False):
            export(col, tmp_path / "theirs.apkg", latest=latest, scheduling=False)
            file, notes, _ = asyncio.run(read(tmp_path / "theirs.apkg"))
            assert (file.notes, file.cards, file.reviews) == (8, 8, 0)
            assert {(card.stage, card.due, card.reps, card.stability) for note in notes for card in note.cards} == {
                ("new", 0.0, 0, 0.0)
            }


def test_a_whole_collection_is_read_from_its_own_export(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        MAKES["cloze"](col)
        MAKES["media"](col)
        theirs, today = held(col), day_began(col)
        col.export_collection_package(str(tmp_path / "all.colpkg"), include_media=True, legacy=False)
    file, notes, media = asyncio.run(read(tmp_path / "all.colpkg"))
    assert as_held(file, notes, today) == theirs
    assert len(media) == 6


def test_a_package_of_ours_that_comes_again_doubles_nothing(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        MAKES["subdecks"](col)
        export(col, tmp_path / "theirs.apkg", latest=True)
        file, notes, media = asyncio.run(read(tmp_path / "theirs.apkg"))
        changed = [replace(one, fields=("new", *one.fields[1:]), changed=one.changed + 60) for one in notes[:1]]
        (tmp_path / "ours.apkg").write_bytes(written(file, [*changed, *notes[1:]], media, day_began(col)))
        bring(col, tmp_path / "ours.apkg")
        assert len(held(col)) == len(notes)
        assert held(col)[notes[0].guid].fields[0] == "new"


def test_a_text_of_anki_is_read_as_it_reads_it(tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        for make in ("basic", "cloze", "latex", "subdecks"):
            MAKES[make](col)
        col.export_note_csv(
            out_path=str(tmp_path / "a.txt"),
            limit=None,
            with_html=True,
            with_tags=True,
            with_deck=True,
            with_notetype=True,
            with_guid=True,
        )
        theirs = {guid: (one.fields, one.tags, one.cards[0].deck) for guid, one in held(col).items()}
    _, notes, _ = asyncio.run(read(tmp_path / "a.txt"))
    assert {one.guid: (one.fields, tuple(sorted(one.tags)), one.deck) for one in notes} == theirs
