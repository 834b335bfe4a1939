"""Anki's notes and cards as records of this app, and back: the same notes, dates, intervals and answers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from app.core.anki import AnkiCard, AnkiField, AnkiFile, AnkiKind, AnkiNote, AnkiReview, AnkiTemplate
from app.core.anki_kinds import BASIC, CLOZE, REVERSED, plain_kind
from app.documents.anki.desk import Desk
from app.documents.files import File
from app.study.practice.anki import (
    Giving,
    Taken,
    Taking,
    anki_kind,
    by_days,
    given,
    kind_record,
    memory_of,
    note_kind,
    taken,
)
from app.study.practice.markup import as_html
from app.study.practice.records import Card, Note, card_from, note_from, note_type_from, reviews_from
from app.study.practice.records import as_json as as_record

FIXTURES = Path(__file__).parents[2] / "fixtures" / "anki"
NOW = 1_796_000_000.0
KINDS = {one.id: one for one in (BASIC, REVERSED, CLOZE)}


def taking(**more: object) -> Taking:
    ids = count(1)
    usual = {"kinds": KINDS, "notebooks": {"A": "notebook-a"}, "media": {}, "tomorrow": NOW + 40_000}
    return Taking(**{**usual, "now": NOW, "new_id": lambda: f"id-{next(ids)}", **more})  # type: ignore[arg-type]


def giving(came: Sequence[Taken], file: AnkiFile | None = None, **more: object) -> Giving:
    reviews: dict[str, list[object]] = {}
    for one in (review for each in came for review in each.reviews):
        reviews.setdefault(one.card, []).append(one)
    kinds = {str(one.id): one for one in (file.kinds if file else KINDS.values())}
    usual = {"notebooks": {f"id of {name}": name for name in (file.decks if file else ())}, "reviews": reviews}
    return Giving(kinds, **{"html": as_html, **usual, **more})  # type: ignore[arg-type]


def read(name: str) -> tuple[AnkiFile, tuple[AnkiNote, ...]]:
    async def both() -> tuple[AnkiFile, tuple[AnkiNote, ...]]:
        desk = Desk(lambda handle: File(str(handle)))
        file = await desk.open(FIXTURES / name, name)
        return file, await desk.notes(0, file.notes)

    return asyncio.run(both())


@pytest.mark.parametrize(
    "name",
    ["lisbon-new.apkg", "lisbon-legacy.apkg", "lisbon-noscheduling-legacy.apkg", "minimal-legacy1-handmade.apkg"],
)
def test_a_deck_is_kept_and_given_back_as_it_was(name: str) -> None:
    file, notes = read(name)
    decks = {deck: f"id of {deck}" for deck in file.decks if deck != "Default"}
    by = taking(kinds={one.id: one for one in file.kinds}, notebooks=decks)
    came = [taken(one, by) for one in notes]
    back = [given(one.note, one.cards, giving(came, file)) for one in came]
    if file.reviews == 0:  # Anki counts new cards anew, as this does
        back = [replace(one, cards=tuple(replace(card, position=0) for card in one.cards)) for one in back]
        notes = tuple(replace(one, cards=tuple(replace(card, position=0) for card in one.cards)) for one in notes)
    assert [plain(one) for one in back] == [plain(one) for one in notes]
    assert [anki_kind(kind_record(one, NOW)) for one in file.kinds] == list(file.kinds)


def plain(note: AnkiNote) -> AnkiNote:
    """Without what is told differently: a new card's place, and an answer's ease, which is not kept."""
    cards = (
        replace(
            card,
            position=0,
            last=round(card.last or card.due - card.days * 86_400) if card.stage != "new" else 0,
            stability=card.stability if card.difficulty else 0.0,
            reviews=tuple(
                replace(one, factor=0, days=round(one.days, 6), before=round(one.before, 6)) for one in card.reviews
            ),
        )
        for card in note.cards
    )
    return replace(note, cards=tuple(cards))


def test_records_made_of_a_deck_are_read_whole() -> None:
    file, notes = read("lisbon-new.apkg")
    by = taking(kinds={one.id: one for one in file.kinds}, media={"über.png": "f" * 64})
    came = [taken(one, by) for one in notes]
    for one in came:
        lost = list[str]()
        assert note_from(as_record(one.note), lost) == one.note
        assert not lost
        for card in one.cards:
            assert card_from(as_record(card), lost) == card
            assert not lost
    for day in by_days(review for one in came for review in one.reviews):
        assert reviews_from(as_record(day)) == day
    for kind in file.kinds:
        record = kind_record(kind, NOW)
        assert note_type_from(as_record(record)) == record
    assert [one.note.kind for one in came] == ["basic", "reversed", "cloze", "basic", "basic"]
    assert [item.name for one in came for item in one.note.media] == ["über.png"]
    assert {one.note.markup for one in came} == {"html"}


def test_what_comes_again_changes_only_what_is_newer() -> None:
    one = AnkiNote(1, "g", BASIC.id, ("Q", "A"), ("t",), 100, (AnkiCard(2, 0, "A", 100, "review", due=NOW, days=3),))
    first = taken(one, taking())
    again = taken(one, taking(), first.note, first.cards)
    assert not again.is_new
    assert not again.is_changed
    assert (again.note, again.cards, again.reviews) == (first.note, (), ())
    newer = taken(replace(one, fields=("Q2", "A"), changed=101), taking(), first.note, first.cards)
    assert (newer.is_changed, newer.note.fields, newer.note.id) == (True, ("Q2", "A"), first.note.id)
    older = taken(replace(one, fields=("Q0", "A"), changed=99), taking(), first.note, first.cards)
    assert (older.is_changed, older.note) == (False, first.note)
    card = replace(one.cards[0], last=NOW - 60, days=9, due=NOW + 9 * 86_400, reps=4)
    ahead = taken(replace(one, cards=(card,)), taking(), first.note, first.cards)
    assert [(now.id, now.reps, now.due) for now in ahead.cards] == [(first.cards[0].id, 4, NOW + 9 * 86_400)]
    moved = replace(first.cards[0], notebook="elsewhere")
    assert taken(replace(one, cards=(card,)), taking(), first.note, [moved]).cards[0].notebook == "elsewhere"


def test_without_scheduling_cards_are_new_and_nothing_was_answered() -> None:
    cards = (AnkiCard(2, 0, "A", 1, "review", "suspended", due=NOW, days=3, reps=5, reviews=(AnkiReview(5000, 3),)),)
    came = taken(AnkiNote(1, "g", BASIC.id, ("Q", "A"), cards=cards), taking(with_scheduling=False, position=7))
    assert [(one.state, one.position, one.is_suspended, one.reps) for one in came.cards] == [("new", 7, False, 0)]
    assert came.reviews == ()
    kept = taken(AnkiNote(1, "g", BASIC.id, ("Q", "A"), ("Leech", "x"), cards=cards), taking())
    back = given(kept.note, kept.cards, giving([kept], with_scheduling=False))
    assert (back.tags, back.cards[0].stage, back.cards[0].reviews) == (("x",), "new", ())
    assert given(kept.note, kept.cards, giving([kept])).cards[0].aside == "suspended"


def test_a_card_of_ankis_older_rule_gets_the_state_that_fits_its_interval() -> None:
    assert memory_of("learning", 0, 2.5) is None
    easy, usual, hard = (memory_of("review", 30, ease) for ease in (3.0, 2.5, 1.3))
    assert easy
    assert usual
    assert hard
    assert easy[0] == usual[0] == hard[0] == 30
    assert 1 <= easy[1] < usual[1] < hard[1] <= 10
    cards = (AnkiCard(2, 0, "A", 1, "review", due=NOW, days=30, ease=2.5), AnkiCard(3, 1, "A", 1, "learning", due=NOW))
    came = taken(AnkiNote(1, "g", REVERSED.id, ("Q", "A"), cards=cards), taking())
    assert came.guessed == 1
    assert [(one.stability, one.step) for one in came.cards] == [(30, None), (None, 0)]
    buried = replace(cards[0], aside="buried")
    assert (
        taken(AnkiNote(1, "g", REVERSED.id, ("Q", "A"), cards=(buried,)), taking()).cards[0].buried_until
        == NOW + 40_000
    )


def test_a_note_type_that_asks_as_one_of_this_app_is_one() -> None:
    renamed = replace(BASIC, id=9, name="Vokabel", fields=(AnkiField("Wort"), AnkiField("Bedeutung")))
    template = AnkiTemplate("Karte 1", "{{Wort}}", "{{FrontSide}}<hr id=answer>{{Bedeutung}}")
    assert note_kind(replace(renamed, templates=(template,))) == "basic"
    assert note_kind(replace(renamed, templates=(replace(template, question="{{Bedeutung}}"),))) == "other"
    assert note_kind(REVERSED) == "reversed"
    assert note_kind(CLOZE) == "cloze"
    assert note_kind(plain_kind(9, "Three", ("a", "b", "c"))) == "other"


def test_lines_of_a_text_make_the_cards_that_their_note_type_has() -> None:
    note = AnkiNote(1, "", CLOZE.id, ("{{c1::a}} {{c2::b}}", ""), deck="A")
    came = taken(note, taking(is_text=True))
    assert [(one.ordinal, one.notebook, one.position) for one in came.cards] == [
        (0, "notebook-a", 1),
        (1, "notebook-a", 2),
    ]
    assert (came.note.kind, came.note.note_type, came.note.guid != "") == ("cloze", "", True)
    kind = AnkiKind(4, "Own", (AnkiField("a"), AnkiField("b"), AnkiField("c")), (AnkiTemplate("1", "{{b}}"),))
    other = taken(AnkiNote(1, "", 4, ("x", "y", "")), taking(kinds={4: kind}, is_text=True))
    assert (other.note.kind, other.note.note_type, len(other.cards)) == ("other", "4", 1)


def test_what_was_written_here_is_given_as_html() -> None:
    note = Note("n", "guid", "reversed", ("**Q** $x$", "A"), "markdown", ("t",), added_at=1000.5, updated=2000)
    cards = (
        Card(
            "c",
            "n",
            1,
            added_at=1000.5,
            state="review",
            due=NOW,
            last_review=NOW - 4 * 86_400,
            stability=3.9,
            difficulty=5,
        ),
    )
    one = given(note, cards, Giving({}, {}, as_html))
    assert (one.id, one.kind, one.fields) == (1_000_500, REVERSED.id, ("<strong>Q</strong> \\(x\\)", "A"))
    assert [(card.deck, card.days, card.ordinal) for card in one.cards] == [("Default", 4.0, 1)]
