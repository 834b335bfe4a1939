"""Anki's own library as the other side: it makes decks, exports them, imports ours, and says what it holds.

    with collection(tmp_path) as col:
        add(col, "Basic", "Lisbon::Maths", Front="2 + 2", Back="4")
        export(col, tmp_path / "a.apkg", latest=True)
    held(col)                                   # {guid: Held(kind, fields, tags, cards)}

The package "anki" is for tests only, and only ever beside the app.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anki.lang
from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from app.core.anki import AnkiFile, AnkiNote
from app.documents.anki.desk import Desk
from app.documents.files import File

DAY = 86_400
STAGES = {0: "new", 1: "learning", 2: "review", 3: "relearning"}
ASIDE = {-1: "suspended", -2: "buried", -3: "buried"}


@dataclass(frozen=True)
class HeldCard:
    """`due`: days from today for a review, seconds for learning, the place of a new card."""

    ordinal: int
    deck: str
    stage: str
    aside: str
    due: int
    days: float
    ease: float
    reps: int
    lapses: int
    flag: int
    memory: tuple[float, float]
    reviews: tuple[tuple[int, int, int, int, int], ...]


@dataclass(frozen=True)
class Held:
    """A note."""

    kind: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[HeldCard, ...]


@contextmanager
def collection(folder: Path, name: str = "collection", *, fsrs: bool = False) -> Generator[Collection, None, None]:
    """A collection of its own."""
    anki.lang.set_lang("en_US")
    col = Collection(str(folder / f"{name}.anki2"))
    col.set_config("fsrs", fsrs)
    try:
        yield col
    finally:
        col.close()


def add(col: Collection, kind: str, deck: str, *tags: str, **fields: str) -> list[int]:
    """A note; gives the ids of its cards."""
    made = col.models.by_name(kind)
    assert made is not None, kind
    note = col.new_note(made)
    for name, text in fields.items():
        note[name.replace("_", " ")] = text
    note.tags = list(tags)
    deck_id = col.decks.id(deck)
    assert deck_id is not None
    col.add_note(note, deck_id)
    return list(note.card_ids())


def answer(col: Collection, deck: str, *ratings: int) -> None:
    """Answer the cards of a deck as they come."""
    id = col.decks.id_for_name(deck)
    assert id is not None
    col.decks.select(id)
    for rating in ratings:
        card = col.sched.getCard()
        assert card is not None
        card.start_timer()
        col.sched.answerCard(card, rating)


def export(col: Collection, path: Path, *, latest: bool, scheduling: bool = True) -> None:
    """As a person exports a collection."""
    options = ExportAnkiPackageOptions(with_scheduling=scheduling, with_media=True, legacy=not latest)
    col.export_anki_package(out_path=str(path), options=options, limit=None)


def bring(col: Collection, path: Path, *, scheduling: bool = True) -> Any:
    """As a person imports a package."""
    options = ImportAnkiPackageOptions(with_scheduling=scheduling)
    return col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))


def held(col: Collection) -> dict[str, Held]:
    """What a collection holds, in words that ours can be compared with."""
    found = {}
    for id in col.find_notes(""):
        note = col.get_note(id)
        kind = note.note_type()
        assert kind is not None
        cards = tuple(_held_card(col, card) for card in sorted(note.cards(), key=lambda one: one.ord))
        found[note.guid] = Held(kind["name"], tuple(note.fields), tuple(sorted(note.tags)), cards)
    return found


def _held_card(col: Collection, card: Any) -> HeldCard:
    due = card.odue if card.odid and card.odue else card.due
    if card.type == 2 or (card.type in (1, 3) and due < 10**9):
        due -= col.sched.today
    stage = STAGES[card.type]
    assert col.db is not None
    log = "select id, ease, ivl, lastIvl, time from revlog where cid = ? order by id"
    state = card.memory_state
    return HeldCard(
        card.ord,
        col.decks.name(card.odid or card.did),
        stage,
        ASIDE.get(card.queue, ""),
        due,
        float(card.ivl),
        card.factor / 1000,
        card.reps,
        card.lapses,
        card.flags & 7,
        (round(state.stability, 2), round(state.difficulty, 2)) if state else (0.0, 0.0),
        tuple(tuple(row) for row in col.db.all(log, card.id)),
    )


def as_held(file: AnkiFile, notes: Sequence[AnkiNote], today: float) -> dict[str, Held]:
    """What we have read, in the same words. `today` is when the person's day began."""
    kinds = {one.id: one for one in file.kinds}
    return {
        note.guid: Held(
            kinds[note.kind].name,
            note.fields,
            tuple(sorted(note.tags)),
            tuple(
                HeldCard(
                    card.ordinal,
                    card.deck,
                    card.stage,
                    card.aside,
                    _due(card.stage, card.due, card.position, today),
                    card.days,
                    card.ease,
                    card.reps,
                    card.lapses,
                    card.flag,
                    (round(card.stability, 2), round(card.difficulty, 2)),
                    tuple(
                        (one.id, one.rating, _interval(one.days), _interval(one.before), round(one.seconds * 1000))
                        for one in card.reviews
                    ),
                )
                for card in note.cards
            ),
        )
        for note in notes
    }


def _due(stage: str, due: float, position: int, today: float) -> int:
    if stage == "new":
        return position
    return round((due - today) / DAY) if stage == "review" else int(due)


def _interval(days: float) -> int:
    return round(days) if days >= 1 else -round(days * DAY)


def day_began(col: Collection) -> float:
    """When the day of a collection began, in seconds since 1970."""
    return float(col.sched.day_cutoff - DAY)


async def read(path: Path) -> tuple[AnkiFile, list[AnkiNote], dict[str, str]]:
    """A file as we read it, with its media as base64."""
    desk = Desk(lambda handle: File(str(handle)))
    file = await desk.open(path, path.name)
    notes = [one for at in range(0, file.notes, 3) for one in await desk.notes(at, 3)]
    media = await desk.media(path, file.media) if file.media else ()
    return file, notes, dict(zip((one.name for one in file.media), media, strict=True))
