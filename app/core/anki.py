"""What is in a file of Anki's, as plain values: notes with their cards and reviews, note types, decks by whole names.

    found = await files.open(handle, "lisbon.apkg")     # AnkiFile("latest", (AnkiKind(…), …), ("Lisbon::Maths",), …)
    notes = await files.notes(0, 200)                   # (AnkiNote(…, cards=(AnkiCard(…, due=1796342400.0), …)), …)

Times are seconds since 1970 and intervals days, whatever the file counts in: Anki keeps the due date of a review as a
number of days since its collection began, that of learning as a time, that of a new card as its place in a row.
`app.documents.anki` reads and writes the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from app.core.shapes import MOST, When, within

#: how far a card has come
Stage = Literal["new", "learning", "review", "relearning"]
#: why a card is not asked
Aside = Literal["", "suspended", "buried"]
#: the packages of Anki's, which hold a database, and the lists of text that it writes and reads
Form = Literal["legacy", "latest", "text"]
#: why something of a file is left out
Skip = Literal["note_broken", "card_broken", "review_broken", "media_name", "media_gone", "media_large", "line_broken"]
Whole = Annotated[int, within(-MOST, MOST)]


@dataclass(frozen=True, slots=True)
class AnkiReview:
    """One answer: `id` is when, in milliseconds; `rating` 1 (Again) to 4 (Easy), 0 where a card was only moved. `days`
    is the interval that it gave, `before` the one before, in days; `factor` is Anki's ease in thousandths, `stage` its
    number for what was done (0 learning, 1 review, 2 relearning, 3 out of turn, 4 and more by hand)."""

    id: int
    rating: int = 0
    days: float = 0.0
    before: float = 0.0
    factor: int = 0
    seconds: float = 0.0
    stage: int = 0


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """One card of a note: `ordinal` counts templates, or the numbers of a cloze, from 0. `due` is 0 for a new card,
    whose `position` counts. `ease` is the factor of Anki's older rule, 0 where it has none; `stability` (days) and
    `difficulty` (1 to 10) are FSRS's, 0 where the file has none; `last` is the last review."""

    id: int
    ordinal: int = 0
    deck: str = ""
    changed: When = 0.0
    stage: Stage = "new"
    aside: Aside = ""
    due: When = 0.0
    position: Whole = 0
    days: float = 0.0
    ease: float = 0.0
    reps: int = 0
    lapses: int = 0
    flag: int = 0
    stability: float = 0.0
    difficulty: float = 0.0
    last: When = 0.0
    reviews: tuple[AnkiReview, ...] = ()


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """`kind` is the id of its note type. `deck` is where its cards go that are yet to be made: a text names a deck for
    a note and has no cards."""

    id: int
    guid: str
    kind: int
    fields: tuple[str, ...]
    tags: tuple[str, ...] = ()
    changed: When = 0.0
    cards: tuple[AnkiCard, ...] = ()
    deck: str = ""


@dataclass(frozen=True, slots=True)
class AnkiField:
    """`part` is what Anki's pictures with covers know a field by, 0 for none."""

    name: str
    is_rtl: bool = False
    font: str = ""
    size: int = 0
    description: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class AnkiTemplate:
    """HTML with `{{Field}}` in it: what is asked, and what is shown then."""

    name: str
    question: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class AnkiKind:
    """A note type. `stock` is the number of the one of Anki's own that it was made from, 0 for none; `before` and
    `after` stand around each piece of LaTeX."""

    id: int
    name: str
    fields: tuple[AnkiField, ...]
    templates: tuple[AnkiTemplate, ...]
    is_cloze: bool = False
    css: str = ""
    before: str = ""
    after: str = ""
    stock: int = 0


@dataclass(frozen=True, slots=True)
class AnkiMedia:
    """A picture or a sound. `part` is what it is called inside the file."""

    name: str
    part: str = ""
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class AnkiFile:
    """What is in a file: how many there are of each, and what of it cannot be taken and why."""

    form: Form
    kinds: tuple[AnkiKind, ...] = ()
    decks: tuple[str, ...] = ()
    notes: int = 0
    cards: int = 0
    reviews: int = 0
    media: tuple[AnkiMedia, ...] = ()
    skipped: tuple[tuple[Skip, int], ...] = ()


class AnkiFiles(Protocol):
    """Reads and writes files of Anki's, one at a time. Each call raises DocumentError where the worker behind it cannot
    start or ends; what was open is gone then."""

    async def open(self, handle: object, name: str) -> AnkiFile:
        """Look into a file: a package, or a text. Raises UnreadableDocument, EncryptedDocument."""

    async def notes(self, at: int, count: int) -> Sequence[AnkiNote]:
        """So many notes of the file that was opened last, from the one of that place on. Raises UnreadableDocument."""

    async def media(self, handle: object, wanted: Sequence[AnkiMedia]) -> Sequence[str]:
        """Pictures and sounds of a package as base64, "" where one cannot be read."""

    async def close(self) -> None:
        """Free what is open."""

    async def begin(self, kinds: Sequence[AnkiKind], today: float) -> None:
        """Begin to write a package. `today` is when the person's day began, in seconds since 1970."""

    async def add(self, notes: Sequence[AnkiNote], media: Sequence[tuple[str, str]]) -> None:
        """Put notes into it, and pictures and sounds as (name, base64)."""

    async def finish(self) -> str:
        """The package as base64."""
