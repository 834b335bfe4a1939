"""What is practised is kept as it was, read from what is missing, and refused where it is nonsense."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import asdict
from hashlib import sha256

import pytest

from app.core.shapes import Damaged, decode
from app.study.practice.limits import Limits, Outlook, days_from, limits_from, outlook_from
from app.study.practice.records import (
    Card,
    CardSource,
    CardTemplate,
    Media,
    MediaName,
    Note,
    NoteType,
    Review,
    ReviewDay,
    as_json,
    card_from,
    media_from,
    note_from,
    note_type_from,
    reviews_from,
)

DOT = b"\x89PNG dot"
PICTURE = Media(sha256(DOT).hexdigest(), "image/png", b64encode(DOT).decode())
NOTE = Note(
    "n",
    "guid",
    "cloze",
    ("{{c1::Ebb}} follows flood", ""),
    tags=("sea", "moon"),
    media=(MediaName("dot.png", PICTURE.id),),
    source=CardSource("Tides.pdf", "d", 3, 10, 20, "Ebb follows"),
    added_at=5.0,
    extra={"flags": 3},
)
CARD = Card("c", "n", 1, "book", "review", None, 3.0173, 5.25, 1.8e9, 1.7e9, 4, 1, extra={"factor": 2500})
DAY = ReviewDay("2026-11-29", (Review("r", "c", 3, 1.7e9, "new", 0.0, 1.8e9, 6.5),))
TYPE = NoteType(
    "t", "Geo", ("Place", "Map"), (CardTemplate("Card 1", "{{Place}}", "{{Map}}"),), ".card {}", updated=2.0
)


def test_each_is_read_as_it_was_written() -> None:
    for value, read in (
        (NOTE, note_from),
        (CARD, card_from),
        (DAY, reviews_from),
        (TYPE, note_type_from),
        (PICTURE, media_from),
    ):
        lost = list[str]()
        assert read(json.loads(json.dumps(as_json(value))), lost) == value
        assert lost == []


def test_what_is_missing_has_its_default_and_what_is_needed_is_told() -> None:
    assert note_from({"id": "n"}) == Note("n")
    assert card_from({"id": "c", "note": "n"}) == Card("c", "n")
    with pytest.raises(Damaged):
        card_from({"id": "c"})
    lost = list[str]()
    assert card_from({**asdict(CARD), "state": "asleep", "due": -3}, lost).state == "new"
    assert lost == ["state", "due"]
    assert (
        reviews_from({**asdict(DAY), "reviews": [{"id": "r", "card": "c", "rating": 7, "at": 1}]}, lost).reviews == ()
    )


@pytest.mark.parametrize("name", [*asdict(CARD), "unknown"])
@pytest.mark.parametrize("value", [None, True, -1, 0, 1, 0.5, 2**60, 1e300, float("nan"), "", "review", [], {"a": 1}])
def test_a_card_is_read_fast_only_where_that_reads_the_same(name: str, value: object) -> None:
    record = {**asdict(CARD), "extra": {}, name: value}
    found = list[object]()
    for read in (card_from, lambda record, lost: decode(Card, record, lost)):
        lost = list[str]()
        try:
            found.append((read(record, lost), lost))
        except Damaged as error:
            found.append(str(error))
    assert repr(found[0]) == repr(found[1])


def test_a_field_that_is_lost_takes_no_other_ones_place() -> None:
    lost = list[str]()
    assert note_from({"id": "n", "fields": ["front", None]}, lost).fields == ()
    assert lost == ["fields"]


def test_a_picture_is_what_its_name_says() -> None:
    for content in ("not base64!", b64encode(b"other").decode()):
        with pytest.raises(Damaged):
            media_from({**asdict(PICTURE), "content": content})


def test_limits_are_within_reason() -> None:
    lost = list[str]()
    assert limits_from({"new_a_day": 5, "retention": 2, "reviews_a_day": 99_999}, lost) == Limits(new_a_day=5)
    assert lost == ["reviews_a_day", "retention"]


def test_the_navigation_counts_what_has_come_due_since_the_cards_were_last_looked_at() -> None:
    outlook = Outlook("2026-11-29", (12, 8, 3), new=30, new_done=15, reviews_done=4, new_a_day=20, reviews_a_day=14)
    assert outlook_from(json.loads(json.dumps(asdict(outlook)))) == outlook
    assert outlook.due_on("2026-11-29") == 5 + 10, "what is left of both limits"
    assert outlook.due_on("2026-11-30") == 20 + 14
    assert outlook.due_on("2027-05-01") == 20 + 14
    assert outlook.due_on("2026-11-28") == 0, "a clock that was set back"
    assert Outlook().due_on("2026-11-29") == 0


def test_days_are_counted_from_one_on_and_back_from_it() -> None:
    assert days_from("2026-02-27", 3) == ["2026-02-27", "2026-02-28", "2026-03-01"]
    assert days_from("2026-03-01", -3) == ["2026-02-27", "2026-02-28", "2026-03-01"]
