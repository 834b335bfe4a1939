"""Which notes of a file are here already."""

from __future__ import annotations

from app.core.anki import AnkiNote
from app.study.practice.already import Already
from app.study.practice.records import Card, Note


def line(*fields: str) -> AnkiNote:
    return AnkiNote(1, "", 1, fields)


def test_two_lines_that_ask_the_same_are_two_notes() -> None:
    already = Already((), ())
    shore, money = (already.named(line("bank", words), "basic").guid for words in ("shore", "money"))
    assert shore != money
    assert already.named(line("bank", "shore"), "cloze").guid not in (shore, money)

    here = Already((Note("a", shore, fields=("bank", "shore")), Note("b", money, fields=("bank", "money"))), ())
    assert here.named(line("<b>bank</b> ", "row"), "basic").guid == shore, "it asks the same, and has changed"
    assert here.named(line("bank", "money"), "basic").guid == money
    assert here.named(line("bank", "storage"), "basic").guid not in (shore, money)

    again = Already((Note("a", shore, fields=("bank", "shore")), Note("b", money, fields=("bank", "money"))), ())
    assert again.named(line("bank", "money"), "basic").guid == money, "it is the same"


def test_a_note_that_was_written_here_is_no_line_of_a_text() -> None:
    mine = Note("a", "0f3a", fields=("bank", "mine"))
    already = Already((mine,), (Card("c", "a"),))
    one = already.named(line("bank", "shore"), "basic")
    assert already.find(one) is None
    assert already.find(AnkiNote(1, "0f3a", 1, ("bank", "x"))) == mine
    assert already.named(AnkiNote(1, "0f3a", 1, ("bank", "x")), "basic").guid == "0f3a"


def test_cards_that_come_join_those_that_are_here() -> None:
    already = Already((Note("a", "g"),), (Card("c", "a", 0),))
    already.put(Note("a", "g", tags=("x",)), (Card("d", "a", 1), Card("c", "a", 0, "n")))
    assert already.cards["a"] == [Card("c", "a", 0, "n"), Card("d", "a", 1)]
    assert already.find(AnkiNote(1, "g", 1, ())) == Note("a", "g", tags=("x",))


def test_a_whole_table_that_asks_the_same_is_read_once() -> None:
    already = Already((), ())
    guids = [already.named(line("", str(place)), "basic").guid for place in range(20_000)]
    assert len(set(guids)) == 20_000
    here = Already([Note(guid, guid, fields=("", "")) for guid in guids], ())
    assert {here.named(line("", str(place)), "basic").guid for place in range(20_000)} == set(guids)
