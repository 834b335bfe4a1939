"""Packages and texts as they are found: recorded ones, odd ones, and such as are made to hurt."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import zipfile
from base64 import b64decode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import pytest

from app.core.anki import AnkiFile, AnkiMedia, AnkiNote
from app.core.anki_kinds import BASIC
from app.core.documents import DocumentError, UnreadableDocument
from app.core.shapes import Damaged, decode, decode_as
from app.documents.anki import collection, database, package
from app.documents.anki.calls import call
from app.documents.anki.database import MOST_LENGTH
from app.documents.anki.desk import Desk
from app.documents.anki.legacy import TABLES, row
from app.documents.files import File

FIXTURES = Path(__file__).parents[2] / "fixtures" / "anki"
Database = Callable[[sqlite3.Connection], object]


@contextmanager
def refused(why: str) -> Generator[None, None, None]:
    """What is done within is refused for a reason."""
    with pytest.raises(UnreadableDocument) as error:
        yield
    assert error.value.why == why


def read(path: Path) -> tuple[AnkiFile, tuple[AnkiNote, ...]]:
    async def both() -> tuple[AnkiFile, tuple[AnkiNote, ...]]:
        desk = Desk(lambda handle: File(str(handle)))
        file = await desk.open(path, path.name)
        return file, await desk.notes(0, file.notes)

    return asyncio.run(both())


def packed(path: Path, change: Database = lambda _: None, **parts: bytes) -> Path:
    """A package with one note, whose database was changed; "__" stands for "." in names."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(TABLES.replace(" NOT NULL", ""))
    values = row(1_700_000_000, 1_700_000_000, [BASIC], {1: "Default"})
    made.execute(f"INSERT INTO col VALUES ({','.join('?' * len(values))})", values)
    made.execute("INSERT INTO notes VALUES (5, 'g', ?, 9, -1, ' a ', 'Q\x1fA', 'Q', 0, 0, '')", (BASIC.id,))
    made.execute("INSERT INTO cards VALUES (7, 5, 1, 0, 9, -1, 2, 2, 30, 10, 2500, 3, 1, 0, 0, 0, 0, '')")
    change(made)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        names = {name.replace("__", "."): data for name, data in parts.items()}
        for name, data in {"collection.anki2": made.serialize(), "media": b"{}", **names}.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.apkg"


@pytest.mark.parametrize(
    ("name", "form", "counts", "media"),
    [
        ("lisbon-new.apkg", "latest", (5, 7, 6), 2),
        ("lisbon-legacy.apkg", "legacy", (5, 7, 6), 2),
        ("lisbon-noscheduling-legacy.apkg", "legacy", (5, 7, 0), 2),
        ("minimal-legacy1-handmade.apkg", "legacy", (1, 1, 1), 0),
        ("lisbon-notes.txt", "text", (5, 0, 0), 0),
        ("lisbon-cards.txt", "text", (7, 0, 0), 0),
    ],
)
def test_recorded_files_are_read(name: str, form: str, counts: tuple[int, int, int], media: int) -> None:
    file, notes = read(FIXTURES / name)
    assert (file.form, (file.notes, file.cards, file.reviews), len(file.media)) == (form, counts, media)
    assert len(notes) == file.notes
    assert sum(len(note.cards) for note in notes) == file.cards
    assert sum(len(card.reviews) for note in notes for card in note.cards) == file.reviews


def test_both_forms_of_one_deck_are_the_same_notes() -> None:
    assert read(FIXTURES / "lisbon-new.apkg")[1] == read(FIXTURES / "lisbon-legacy.apkg")[1]


def test_calls_cross_into_the_worker_as_plain_data(tmp_path: Path) -> None:
    async def scene() -> None:
        desk, path = Desk(lambda handle: File(str(handle))), str(FIXTURES / "lisbon-new.apkg")

        async def ask(*given: object) -> object:
            return json.loads(json.dumps(await call(desk, json.loads(json.dumps(given)), path)))

        file = decode(AnkiFile, await ask("open", "lisbon-new.apkg"))
        notes = await ask("notes", 0, 9)
        assert decode_as(tuple[AnkiNote, ...], notes) == await desk.notes(0, 5)
        media = await ask("media", [{"name": one.name, "part": one.part} for one in file.media])
        assert isinstance(media, list)
        assert all(b64decode(one).startswith(b"\x89PNG") for one in media)
        kinds = [{"id": 1, "name": "K", "fields": [{"name": "F"}], "templates": [{"name": "T"}]}]
        await ask("begin", kinds, 1_700_000_000.0)
        await ask("add", [{"id": 1, "guid": "g", "kind": 1, "fields": ["x"]}], [["a.png", "UE5H"], ["../b", "UE5H"]])
        made = tmp_path / "made.apkg"
        made.write_bytes(b64decode(str(await ask("finish"))))
        assert (await Desk(lambda _: File(made)).open("", "")).media == (AnkiMedia("a.png", "0", 3),)
        await ask("close")
        with refused("failed"):
            await ask("notes", 0, 1)
        with refused("failed"):
            await ask("finish")
        with pytest.raises(Damaged):
            await ask("erase", 1)

    asyncio.run(scene())


def test_a_review_is_due_so_many_days_after_the_collection_began(path: Path) -> None:
    [card] = read(packed(path))[1][0].cards
    assert (card.due, card.days, card.ease, card.stage, card.deck) == (1_702_592_000, 10, 2.5, "review", "Default")


def test_what_says_please_update_is_not_taken_for_the_collection(path: Path) -> None:
    packed(path, meta=b"\x08\x03")
    with refused("damaged"):
        read(path)
    packed(path, meta=b"\x08\x09")
    with refused("unknown"):
        read(path)


def test_names_of_media_are_names_and_nothing_else(path: Path) -> None:
    names = ["../up.png", "/etc/a", "C:\\a.png", "a\0b", "", "..", "x" * 300, "tab\there", "good name.png", "gone.png"]
    media = {str(place): name for place, name in enumerate(names)} | {"../9": "a.png"}
    parts = {str(place): b"x" for place in range(len(names) - 1)}
    packed(path, lambda _: None, media=json.dumps(media).encode(), **parts)
    file, _ = read(path)
    assert [one.name for one in file.media] == ["good name.png"]
    assert dict(file.skipped) == {"media_name": 8, "media_gone": 1}


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE notes; CREATE VIEW notes AS SELECT 1 AS id",
        "CREATE TRIGGER t AFTER INSERT ON cards BEGIN DELETE FROM notes; END",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
        "DROP TABLE graves; CREATE TABLE graves (a, b TEXT AS (hex(zeroblob(500000000))))",
        "DROP TABLE graves; CREATE TABLE graves (a, b TEXT /**/ GENERATED/**/ALWAYS AS (a) STORED)",
        "".join(f"CREATE TABLE t{place} (a);" for place in range(1000)) + "CREATE VIEW v AS SELECT 1",
        "".join(f"CREATE TABLE t{place} (a);" for place in range(60)),
        "DROP TABLE cards",
        "DROP TABLE col",
        "UPDATE col SET models = '{'",
        f"UPDATE col SET models = '{'[' * 5000}'",
    ],
)
def test_a_database_that_is_none_of_ankis_is_damaged(sql: str, path: Path) -> None:
    with refused("damaged"):
        read(packed(path, lambda made: made.executescript(sql)))


def test_no_value_is_longer_than_a_collection_needs() -> None:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE notes (a)")
    opened = database.open_database(made.serialize())
    with refused("damaged"):
        list(database.rows(opened, f"SELECT zeroblob({MOST_LENGTH + 1})"))


def test_rows_without_a_note_or_a_note_type_are_counted_and_left_out(path: Path) -> None:
    def change(made: sqlite3.Connection) -> None:
        made.execute("INSERT INTO notes VALUES (6, 'h', 99, 9, -1, '', 'x', 'x', 0, 0, '')")
        made.execute("INSERT INTO cards VALUES (8, 55, 1, 0, 9, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, '')")

    file, notes = read(packed(path, change))
    assert dict(file.skipped) == {"note_broken": 1, "card_broken": 1}
    assert [one.guid for one in notes] == ["g"]


def test_any_value_may_stand_in_any_column(path: Path) -> None:
    odd = ["NULL", "'text'", "x'ff00ff'", "-9223372036854775808", "9223372036854775807", "1e308", "'\ud7ff'", "''"]
    chance = random.Random(20)
    columns = {
        "notes": ("guid", "mod", "tags", "flds"),
        "cards": ("did", "ord", "mod", "type", "queue", "due", "ivl", "factor", "reps", "odue", "odid", "data"),
        "revlog": ("ease", "ivl", "lastIvl", "factor", "time", "type"),
    }

    def change(made: sqlite3.Connection) -> None:
        made.execute("INSERT INTO revlog VALUES (1, 7, -1, 3, 1, 1, 2500, 900, 1)")
        for table, names in columns.items():
            for name in chance.sample(names, 3):
                made.execute(f"UPDATE {table} SET {name} = {chance.choice(odd)}")

    for _ in range(40):
        file, notes = read(packed(path, change))
        decode_as(tuple[AnkiNote, ...], json.loads(json.dumps([asdict(one) for one in notes])))
        assert file.notes == 1


def many_notes(count: int) -> str:
    """SQL that makes so many notes."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    return f"{numbers} INSERT INTO notes SELECT i, i, {BASIC.id}, 9, -1, '', 'x', 'x', 0, 0, '' FROM n"


def test_too_many_rows_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST_NOTES", 1000)
    with refused("large"):
        read(packed(path, lambda made: made.executescript(many_notes(2_000))))


def test_work_without_end_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MOST_STEPS", 1)
    with refused("damaged"):
        read(packed(path, lambda made: made.executescript(many_notes(90_000))))


def test_what_unpacks_to_far_more_is_not_unpacked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_COLLECTION", 5_000_000)
    bomb = import_module("backports.zstd").compress(bytes(6_000_000))
    with refused("bomb"):
        read(packed(path, meta=b"\x08\x03", media=b"", collection__anki21b=bomb))
    with refused("damaged"):
        read(packed(path, meta=b"\x08\x03", media=b"", collection__anki21b=bomb[: len(bomb) // 2]))


def test_a_file_with_any_byte_changed_is_read_or_refused_in_words(path: Path) -> None:
    chance = random.Random(20)
    for name in ("lisbon-new.apkg", "lisbon-legacy.apkg", "minimal-legacy1-handmade.apkg"):
        whole = (FIXTURES / name).read_bytes()
        for _ in range(60):
            data = bytearray(whole)
            for at in chance.sample(range(len(data)), 8):
                data[at] ^= chance.randrange(1, 256)
            path.write_bytes(data[: chance.randrange(1, len(data))] if chance.random() < 0.3 else data)
            try:
                read(path)
            except DocumentError:
                continue


def text(path: Path, words: str) -> list[tuple[object, ...]]:
    path.write_text(words, encoding="utf-8")
    file, notes = read(path)
    kinds = {one.id: one.name for one in file.kinds}
    return [(kinds[one.kind], *one.fields, one.tags, one.deck) for one in notes]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Q;A\nQ2;A2\n", [("Basic", "Q", "A", (), ""), ("Basic", "Q2", "A2", (), "")]),
        ('a,"b, c"\n', [("Basic", "a", "b, c", (), "")]),
        ("\ufeffa\tb < c\n", [("Basic", "a", "b &lt; c", (), "")]),
        ('#html:true\na\t"b<br>\nc"\n', [("Basic", "a", "b<br>\nc", (), "")]),
        ('a\t"two\nlines"\n', [("Basic", "a", "two<br>lines", (), "")]),
        ("#separator:|\n#tags:x y\n#deck:Uni::A\nQ|A\n", [("Basic", "Q", "A", ("x", "y"), "Uni::A")]),
        ("#separator:Comma\n#tags column:3\nQ,A,p q\n", [("Basic", "Q", "A", ("p", "q"), "")]),
        ("{{c1::a}} b\n", [("Cloze", "{{c1::a}} b", "", (), "")]),
        ("#notetype:Vocabulary\nein\tone\tEins\n", [("Vocabulary", "ein", "one", "Eins", (), "")]),
        ("alone\n", [("Basic", "alone", "", (), "")]),
    ],
)
def test_a_text_is_a_note_a_line(words: str, rows: list[tuple[object, ...]], tmp_path: Path) -> None:
    assert text(tmp_path / "a.txt", words) == rows


@pytest.mark.parametrize("words", ["", "\n \n", "#separator:tab\n#html:true\n"])
def test_a_text_without_a_note_is_refused(words: str, tmp_path: Path) -> None:
    with refused("nothing"):
        text(tmp_path / "a.txt", words)
