"""What is practised, as records of the shelves "notes", "cards", "reviews", "note_types" and "media".

    note = Note(new_id(), guid=new_id(), fields=("What is ebb?", "Falling water."))   # two fields: front and back
    card = Card(new_id(), note.id)                                # a new one; `app.study.practice.scheduling` moves it
    note_from(record), card_from(record), reviews_from(record)    # raise Damaged

A note is what was written; its cards are what is asked of it, by their ordinals: 0 forwards, 1 backwards for a reversed
note, the number of the gap less one for a cloze note. Times are seconds since 1970, intervals follow from two of them.
A deck of another program is the notebook of its whole name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Annotated, Literal

from app.core.ports import Json
from app.core.shapes import LAST_DAY, MOST, Damaged, InPlace, When, decode, within

#: what a note's cards ask; those of "other" are what its note type says
NoteKind = Literal["basic", "reversed", "cloze", "other"]
#: how its fields are written
Markup = Literal["markdown", "html"]
#: where a card is in the scheduler's own words; "new" was never answered
CardState = Literal["new", "learning", "review", "relearning"]
#: Again, Hard, Good, Easy
Rating = Annotated[int, within(1, 4)]
AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
LEECH = "leech"  # the tag of a note with a card that was forgotten too often, here and in other programs


@dataclass(frozen=True, slots=True)
class CardSource:
    """Where a note was made from: a place in a document as `Cited` has it, or a reply of a chat. `name` is what that
    was called then, `label` what is printed on the page; `text` are the words, of that page from `start` to before
    `end`."""

    name: str = ""
    document: str = ""
    page: int = 0
    start: int = 0
    end: int = 0
    text: str = ""
    label: str = ""
    chat: str = ""
    turn: str = ""


@dataclass(frozen=True, slots=True)
class MediaName:
    """A file that a note's fields name: the record of the shelf "media" that holds it."""

    name: str
    media: str


@dataclass(frozen=True, slots=True)
class Note:
    """What cards are made of. `guid` stays the same in every program; `note_type` is an id of the shelf "note_types",
    "" for the kinds of this app: basic and reversed have a front and a back, cloze a text and what is told beside the
    answer. `notebook` is where its new cards go. `extra` is what another program keeps with it and this one only
    carries."""

    id: str
    guid: str = ""
    kind: NoteKind = "basic"
    fields: InPlace[tuple[str, ...]] = ()
    markup: Markup = "markdown"
    tags: tuple[str, ...] = ()
    notebook: str = ""
    note_type: str = ""
    media: tuple[MediaName, ...] = ()
    source: CardSource | None = None
    added_at: When = 0.0
    updated: When = 0.0
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """What is asked of a note, and when again. `step`, `stability` (days) and `difficulty` (1 to 10) are the
    scheduler's. `position` orders new cards. `buried_until` hides it until then; a suspended one is never asked."""

    id: str
    note: str
    ordinal: int = 0
    notebook: str = ""
    state: CardState = "new"
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due: When = 0.0
    last_review: When | None = None
    reps: int = 0
    lapses: int = 0
    position: int = 0
    is_suspended: bool = False
    buried_until: When = 0.0
    added_at: When = 0.0
    updated: When = 0.0
    extra: Mapping[str, object] = field(default_factory=dict)


STATES: tuple[CardState, ...] = ("new", "learning", "review", "relearning")
#: the fields of a card's record, and what they are when this version has written it
_CARD_FIELDS: Mapping[str, tuple[type, ...]] = {
    "id": (str,),
    "note": (str,),
    "ordinal": (int,),
    "notebook": (str,),
    "state": (str,),
    "step": (int, NoneType),
    "stability": (float, NoneType),
    "difficulty": (float, NoneType),
    "due": (float,),
    "last_review": (float, NoneType),
    "reps": (int,),
    "lapses": (int,),
    "position": (int,),
    "is_suspended": (bool,),
    "buried_until": (float,),
    "added_at": (float,),
    "updated": (float,),
    "extra": (dict,),
}


@dataclass(frozen=True, slots=True)
class Review:
    """One answer. `state` and `before` (days, 0 for none) are the card's state and interval until then, `due` is when
    it comes again; `seconds` is how long it took."""

    id: str
    card: str
    rating: Rating
    at: When
    state: CardState = "new"
    before: float = 0.0
    due: When = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """The answers of one of the person's days; `id` is the day ("2026-11-29") and the key of its record. An import
    joins the answers of both sides."""

    id: str
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """How another program shows one kind of card: two texts of HTML with `{{Field}}` in them."""

    name: str
    front: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class NoteType:
    """What notes of another program are made of, so that an export gives it back. `extra` is the rest of it."""

    id: str
    name: str
    fields: InPlace[tuple[str, ...]] = ()
    templates: InPlace[tuple[CardTemplate, ...]] = ()
    css: str = ""
    is_cloze: bool = False
    updated: When = 0.0
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a sound of cards: `id` is the SHA-256 of its bytes in hexadecimal, `content` they as base64, `kind`
    its media type."""

    id: str
    kind: str
    content: str


def note_from(record: object, lost: list[str] | None = None) -> Note:
    """A note from its stored record. Raises Damaged."""
    return decode(Note, record, lost)


def card_from(record: object, lost: list[str] | None = None) -> Card:
    """A card from its stored record. Raises Damaged."""
    return _sound_card(record) or decode(Card, record, lost)


def _sound_card(record: object) -> Card | None:
    """The card of a record that has every field as it is written here, in less than half of the time that `decode`
    takes: there may be twenty thousand. None for any other."""
    if type(record) is not dict or record.keys() != _CARD_FIELDS.keys():
        return None
    if any(type(record[name]) not in kinds for name, kinds in _CARD_FIELDS.items()) or record["state"] not in STATES:
        return None
    times = (record["due"], record["last_review"] or 0.0, record["buried_until"], record["added_at"], record["updated"])
    numbers = (record["ordinal"], record["step"] or 0, record["reps"], record["lapses"], record["position"])
    figures = (record["stability"] or 0.0, record["difficulty"] or 0.0)
    is_within = all(0 <= one <= LAST_DAY for one in times) and all(0 <= one <= MOST for one in (*numbers, *figures))
    return Card(**record) if is_within and not record["extra"] else None


def reviews_from(record: object, lost: list[str] | None = None) -> ReviewDay:
    """The answers of one day from their stored record. Raises Damaged."""
    return decode(ReviewDay, record, lost)


def note_type_from(record: object, lost: list[str] | None = None) -> NoteType:
    """A note type from its stored record. Raises Damaged."""
    return decode(NoteType, record, lost)


def media_from(record: object, lost: list[str] | None = None) -> Media:
    """A picture or a sound from its stored record. Raises Damaged, also where its content is another than its name
    says."""
    media = decode(Media, record, lost)
    if media.id != media_id(media.content):
        raise Damaged("content does not fit its hash")
    return media


def media_of_kind(record: NoteType) -> tuple[MediaName, ...]:
    """What its templates show."""
    named = record.extra.get("media")
    return tuple(MediaName(str(name), str(id)) for name, id in named.items()) if isinstance(named, Mapping) else ()


def media_id(content: str) -> str:
    """SHA-256 of what a base64 text holds, in hexadecimal. Raises Damaged where it is none."""
    from base64 import b64decode  # few cards have pictures
    from hashlib import sha256

    try:
        return sha256(b64decode(content, validate=True)).hexdigest()
    except ValueError as error:
        raise Damaged("content is no base64") from error


def as_json(value: Note | Card | ReviewDay | NoteType | Media) -> Json:
    """The record of one of these."""
    from dataclasses import asdict

    return asdict(value)
