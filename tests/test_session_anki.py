"""Cards from Anki and for Anki, as a person uses it: looked into, brought in, brought in again, undone, exported."""

from __future__ import annotations

import tempfile
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from app.core.actions import Picked, PickedFile
from app.core.anki import AnkiFile, AnkiNote
from app.core.commands import SaveFile
from app.documents.anki.desk import Desk
from app.documents.files import File
from app.session.anki import AnkiImport
from app.study.practice.markup import names_in
from app.study.practice.media import media_of
from app.study.practice.records import Card, MediaName, Note
from tests.documents.anki.truth import plain
from tests.test_session_library import World, scenes

NOW = 1_796_000_000.0
FIXTURES = Path(__file__).parent / "fixtures" / "anki"


class Later(World):
    """A page of the app on the day after the fixtures were made."""

    async def begin(self) -> None:
        self.clock.time = NOW
        await super().begin()


library = scenes(Later)


async def until(world: World, job: str) -> None:
    """Until a job has ended: its reader works on real files."""
    for _ in range(20):
        await world.rest()
    assert not world.session.jobs.is_running(job)


async def opened(world: World, name: str, data: bytes = b"") -> AnkiImport:
    data = data or (FIXTURES / name).read_bytes()
    await world.act("anki:open", Picked((PickedFile(name, data),)))
    await until(world, "anki")
    return world.session.anki


async def brought(world: World, name: str = "lisbon-new.apkg", data: bytes = b"") -> None:
    await opened(world, name, data)
    await world.act("anki:bring")
    await until(world, "anki")


async def kept(world: World) -> tuple[dict[str, Note], list[Card]]:
    store = world.session.practice.store
    notes = {one.guid: one for one in (await store.all_notes()).values()}
    return notes, list((await store.cards()).values())


async def exported(world: World, **form: str) -> tuple[str, AnkiFile, tuple[AnkiNote, ...]]:
    await world.act("packing:save", form)
    await until(world, "anki-export")
    saved = world.page.done(SaveFile)[-1]
    assert isinstance(saved.handle, bytes)
    path = Path(tempfile.mkdtemp()) / "a.apkg"
    path.write_bytes(saved.handle)
    desk = Desk(lambda handle: File(str(handle)))
    file = await desk.open(path, saved.name)
    return saved.name, file, await desk.notes(0, file.notes)


@library
async def test_a_file_is_looked_into_before_anything_is_kept(world: World) -> None:
    anki = await opened(world, "lisbon-new.apkg")
    work = anki.work()
    assert work
    assert (work.phase, work.file.notes, work.file.cards, len(work.file.media)) == ("ready", 5, 7, 2)
    assert (work.tally.new, work.tally.changed, work.tally.same) == (5, 0, 0)
    assert world.session.state.route() == "cards"
    assert await kept(world) == ({}, [])
    await world.act("anki:stop")
    assert anki.work() is None
    await world.act("anki:bring")
    assert await kept(world) == ({}, [])


@library
async def test_notes_cards_answers_and_pictures_come_in(world: World) -> None:
    await brought(world)
    notes, cards = await kept(world)
    assert (len(notes), len(cards)) == (5, 7)
    names = {one.name: id for id, one in world.library.notebooks().items()}
    assert sorted(names) == ["Lisbon::History", "Lisbon::Maths"]
    assert {one.notebook for one in cards} == set(names.values())
    days = await world.session.practice.store.all_days()
    assert sum(len(day.reviews) for day in days) == 6
    [shown] = notes["M*[w-HR!S1"].media
    media = (await world.session.practice.store.media([shown.media]))[shown.media]
    assert (shown.name, media.kind) == ("red square.png", "image/png")
    assert sorted(one.name for one in (await world.session.practice.store.note_types()).values()) == [
        "Basic",
        "Basic (and reversed card)",
        "Cloze",
    ]
    assert "Imported 5 notes with 7 cards." in world.told()
    assert "2 card pictures or sounds" in world.told() or "2 pictures or sounds came along" in world.told()


@library
async def test_the_same_file_again_doubles_nothing(world: World) -> None:
    await brought(world)
    before = await world.records.snapshot()
    await opened(world, "lisbon-legacy.apkg")
    work = world.session.anki.work()
    assert work
    assert (work.tally.new, work.tally.changed, work.tally.same) == (0, 0, 5)
    await world.act("anki:bring")
    await until(world, "anki")
    after = await world.records.snapshot()
    for shelf in ("notes", "cards", "reviews", "notebooks", "media"):
        assert after[shelf] == before[shelf]
    assert "already here" in world.told()


@library
async def test_an_import_is_undone(world: World) -> None:
    await brought(world)
    world.records.is_full = True
    await world.act("anki:undo")
    assert len((await kept(world))[0]) == 5
    world.records.is_full = False
    await world.act("anki:undo")
    assert await kept(world) == ({}, [])
    assert "Removed 5 imported notes." in world.told()


@library
async def test_an_undone_import_leaves_everything_as_it_was(world: World) -> None:
    empty = await world.records.snapshot()
    await brought(world)
    await world.act("anki:undo")
    after = await world.records.snapshot()
    for shelf in ("notes", "cards", "reviews", "notebooks", "media", "note_types"):
        assert after.get(shelf, {}) == empty.get(shelf, {}), shelf
    assert world.library.notebooks() == {}


@library
async def test_an_undone_import_puts_back_what_it_has_changed(world: World) -> None:
    await brought(world, "capitals.csv", b"Portugal;Lisboa\nBrasil;Brasilia\n")
    before = await world.records.snapshot()
    await brought(world, "capitals.csv", "Portugal;Lisbon\nBrasil;Brasília\nItalia;Roma\n".encode())
    notes, _ = await kept(world)
    brasil = next(one for one in notes.values() if one.fields[0] == "Brasil")
    await world.session.practice.store.add([replace(brasil, fields=("Brasil", "mine"), updated=NOW + 5)])
    await world.act("anki:undo")
    notes, cards = await kept(world)
    assert sorted(one.fields for one in notes.values()) == [("Brasil", "mine"), ("Portugal", "Lisboa")]
    assert {one.id for one in cards} == set(before["cards"])
    assert "1 note is as it was before." in world.told()


@library
async def test_without_scheduling_cards_come_in_as_new_ones(world: World) -> None:
    await opened(world, "lisbon-new.apkg")
    await world.act("anki:scheduling", False)
    await world.act("anki:bring")
    await until(world, "anki")
    _, cards = await kept(world)
    assert {one.state for one in cards} == {"new"}
    assert sorted(one.position for one in cards) == list(range(1, 8))
    assert await world.session.practice.store.all_days() == []


@library
async def test_cards_of_ankis_older_rule_are_told_of(world: World) -> None:
    anki = await opened(world, "minimal-legacy1-handmade.apkg")
    work = anki.work()
    assert work
    assert work.guessed == 0, "this one has FSRS data"


@library
async def test_a_table_becomes_notes_and_again_changes_nothing(world: World) -> None:
    table = b"#deck:Capitals\nPortugal;Lisboa\nBrasil;Brasilia\n"
    await brought(world, "capitals.csv", table)
    notes, cards = await kept(world)
    assert sorted(one.fields for one in notes.values()) == [("Brasil", "Brasilia"), ("Portugal", "Lisboa")]
    assert len(cards) == 2
    await opened(world, "capitals.csv", table)
    work = world.session.anki.work()
    assert work
    assert (work.tally.new, work.tally.changed, work.tally.same) == (0, 0, 2)
    await world.act("anki:stop")
    await brought(world, "capitals.csv", table.replace(b"Brasilia", "Brasília".encode()))
    notes, cards = await kept(world)
    assert sorted(one.fields[1] for one in notes.values()) == ["Brasília", "Lisboa"]
    assert len(cards) == 2


@library
async def test_lines_that_ask_the_same_are_notes_of_their_own(world: World) -> None:
    await world.session.practice.store.add([Note("mine", "0f3a", fields=("bank", "written here"))])
    table = b"bank;shore\nbank;money\n"
    for _ in range(2):
        await brought(world, "words.csv", table)
        notes, cards = await kept(world)
        assert sorted(one.fields for one in notes.values()) == [
            ("bank", "money"),
            ("bank", "shore"),
            ("bank", "written here"),
        ]
        assert len(cards) == 2


@library
async def test_what_is_no_file_of_ankis_is_refused_in_words(world: World) -> None:
    await opened(world, "a.apkg", b"PK\x03\x04 and nothing more")
    assert world.session.anki.work() is None
    assert world.told()
    assert await kept(world) == ({}, [])


@library
async def test_everything_is_exported_as_it_came(world: World) -> None:
    await brought(world)
    name, file, notes = await exported(world, notebook="all", scheduling="on")
    desk = Desk(lambda handle: File(str(handle)))
    theirs = await desk.open(FIXTURES / "lisbon-new.apkg", "lisbon-new.apkg")
    assert name == "Cards.apkg"
    assert [plain(one) for one in notes] == [plain(one) for one in await desk.notes(0, 9)]
    assert sorted(one.name for one in file.media) == sorted(one.name for one in theirs.media)
    assert sorted(one.name for one in file.kinds) == sorted(one.name for one in theirs.kinds)
    assert set(file.decks) == set(theirs.decks)
    assert "Exported 7 cards to Cards.apkg." in world.told()


@library
async def test_a_notebook_is_exported_without_scheduling(world: World) -> None:
    await brought(world)
    [maths] = [id for id, one in world.library.notebooks().items() if one.name == "Lisbon::Maths"]
    name, file, notes = await exported(world, notebook=maths)
    assert name == "Lisbon Maths.apkg"
    assert (file.notes, file.cards, file.reviews, file.decks) == (2, 2, 0, ("Default", "Lisbon", "Lisbon::Maths"))
    assert {card.stage for one in notes for card in one.cards} == {"new"}


@library
async def test_two_pictures_of_one_name_are_two_in_the_package(world: World) -> None:
    store = world.session.practice.store
    for place, letter in enumerate("abb"):
        media = media_of("map.png", b64encode(f"{letter} map".encode()).decode())
        text = f'<img src="map.png">{letter}' if place < 2 else "![](map.png)b"
        note = Note(str(place), str(place), fields=(text, ""), media=(MediaName("map.png", media.id),))
        note = replace(note, markup="html" if place < 2 else "markdown", added_at=1000.0 + place)
        await store.add([note], [Card(f"c{place}", note.id, added_at=1000.0 + place)], [media])
    _, file, notes = await exported(world, notebook="all")
    assert len(file.media) == 2
    [one, *others] = [names_in(note.fields[0]) for note in notes]
    assert one == ("map.png",)
    assert others[0] == others[1] != one
    assert {name for names in (one, *others) for name in names} == {each.name for each in file.media}


@library
async def test_an_export_of_nothing_says_so(world: World) -> None:
    await world.act("packing:choose", "all")
    assert world.session.packing.work()
    await world.act("packing:save", {"notebook": "all"})
    await until(world, "anki-export")
    assert "no cards to export" in world.told()
    assert world.session.packing.work() is None


@library
async def test_a_package_finds_its_way_from_wherever_files_are_taken(world: World) -> None:
    deck = PickedFile("lisbon-new.apkg", (FIXTURES / "lisbon-new.apkg").read_bytes())
    for action in ("archive:open", "library:add"):
        await world.act(action, Picked((deck,)))
        await until(world, "anki")
        work = world.session.anki.work()
        assert work
        assert work.file.notes == 5
        await world.act("anki:stop")
    assert world.library.documents() == {}


@library
async def test_a_file_that_waited_long_for_a_yes_is_opened_again(world: World) -> None:
    await opened(world, "lisbon-new.apkg")
    await world.librarian.anki.close()
    await world.act("anki:bring")
    await until(world, "anki")
    assert len((await kept(world))[1]) == 7
