"""How a study note is being written from documents, as a record of the shelf "writings", by the note's own id.

    writing = Writing(new_id(), "Tides", "summary", ("3f2a",), total=120)
    writing = written(writing, points, left_out, passages)      # one step later
    writing.next_step           # "read", then "sum" where a summary of the points is wanted, then "end"
    writing_from(record)        # raises Damaged

What was read, what was written of it and what was left out are one record, so a page that is closed at any moment has
lost nothing and doubles nothing. Once the note is there, the record tells what its numbers cite and who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.core.places import Place
from app.core.shapes import InPlace, Strictly, When, decode
from app.study.chats import Turn
from app.study.cited import Cited

Form = Literal["summary", "outline", "glossary", "cornell"]
FORMS: tuple[Form, ...] = ("summary", "outline", "glossary", "cornell")
#: which forms the documents themselves give, without a model
ALONE: tuple[Form, ...] = ("outline", "glossary")
#: which forms end with a summary of their points
SUMMED: tuple[Form, ...] = ("summary", "cornell")
#: whether it is being written, was stopped by the person, or is a note by now
State = Literal["making", "stopped", "done"]
Step = Literal["read", "sum", "end"]
NAME_LENGTH, MOST_SHORT = 80, 6  # characters of a note's name; sentences of the summary of its points
MOST_LEFT_OUT = 200  # points that are shown though no passage says them


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a note: `text` rests on the passages of these numbers. `name` is the term that it explains, or the
    question that it answers; `level` is 1 to 6 for a heading of a document, 0 for anything else."""

    text: str
    passages: InPlace[tuple[int, ...]] = ()
    name: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class By:
    """A model that has written some of it: how often it was asked, and how many words it said. `place` is where the
    passages went, `where` tells it in words."""

    model: str
    place: Place = Place.BROWSER
    where: str = ""
    replies: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Writing:
    """`model` is the name of who was to write it, "" for nobody. Of `documents` number `document` is read from its
    passage `passage` on; `read` of `total` passages were. With `stays` nothing of it leaves this device.

    `points` cite `passages`, and are gone once they are a note: then `kept` says how many there were. `left_out` are
    points that no passage says, `dropped` says how many of them; of `missed` passages no answer could be read. `base`
    is what is summed up, all points where it is empty: `summed` of them were, into `short`.

    `names` are what the documents were called. `sha256` is that of the note as it was written: where the note has
    another one, a person has changed it."""

    id: str
    name: str = ""
    form: Form = "summary"
    documents: InPlace[tuple[str, ...]] = ()
    names: InPlace[tuple[str, ...]] = ()
    notebook: str = ""
    model: str = ""
    stays: Strictly[bool] = False
    state: State = "making"
    document: int = 0
    passage: int = 0
    read: int = 0
    total: int = 0
    points: InPlace[tuple[Point, ...]] = ()
    passages: InPlace[tuple[Cited, ...]] = ()
    left_out: tuple[Point, ...] = ()
    kept: int = 0
    dropped: int = 0
    missed: int = 0
    base: InPlace[tuple[Point, ...]] = ()
    summed: int = 0
    short: InPlace[tuple[Point, ...]] = ()
    by: tuple[By, ...] = ()
    made_at: When = 0.0
    done_at: When = 0.0
    sha256: str = ""

    @property
    def next_step(self) -> Step:
        """What is to be done next."""
        if self.document < len(self.documents):
            return "read"
        is_left = self.form in SUMMED and self.model and self.points and self.summed < len(self.summed_up)
        return "sum" if is_left else "end"

    @property
    def summed_up(self) -> tuple[Point, ...]:
        """What the summary is made of now."""
        return self.base or self.points

    def cited(self, number: int) -> Cited | None:
        """The passage of a number."""
        return self.passages[number - 1] if 0 < number <= len(self.passages) else None


def writing_from(record: object, lost: list[str] | None = None) -> Writing:
    """A writing from its stored record. Raises Damaged."""
    return decode(Writing, record, lost)


def numbered(writing: Writing, passages: Sequence[Cited]) -> tuple[Writing, dict[int, int]]:
    """With these passages among its own, each once; and the number that each has there, by its number here."""
    places = {(one.document, one.page, one.start): one.number for one in writing.passages}
    known, numbers = list(writing.passages), dict[int, int]()
    for one in passages:
        place = (one.document, one.page, one.start)
        if place not in places:
            places[place] = len(known) + 1
            known.append(replace(one, number=places[place]))
        numbers[one.number] = places[place]
    return replace(writing, passages=tuple(known)), numbers


def with_points(writing: Writing, points: Sequence[Point], passages: Sequence[Cited]) -> Writing:
    """With more points, whose numbers are those of `passages`; what it says already does not come twice."""
    said, fresh = {_plain(one) for one in writing.points}, list[Point]()
    for one in points:
        if one.level or _plain(one) not in said:
            fresh.append(one)
            said.add(_plain(one))
    named = {number for one in fresh for number in one.passages}
    writing, numbers = numbered(writing, [one for one in passages if one.number in named])
    known = [replace(one, passages=tuple(numbers[number] for number in one.passages)) for one in fresh]
    return replace(writing, points=(*writing.points, *known))


def left_out(writing: Writing, points: Iterable[Point]) -> Writing:
    """With what no passage says beside it."""
    more = tuple(replace(one, passages=()) for one in points)
    kept = (*writing.left_out, *more)[:MOST_LEFT_OUT]
    return replace(writing, left_out=kept, dropped=writing.dropped + len(more))


def read_on(writing: Writing, count: int, *, is_over: bool) -> Writing:
    """`count` passages further; `is_over`: these were the last of their document."""
    if is_over:
        return replace(writing, document=writing.document + 1, passage=0, read=writing.read + count)
    return replace(writing, passage=writing.passage + count, read=writing.read + count)


def summed_on(writing: Writing, count: int, sentences: Sequence[Point]) -> Writing:
    """`count` points further in the summary. Where its sentences are still too many, they are summed up in turn."""
    now = replace(writing, summed=writing.summed + count, short=(*writing.short, *sentences))
    is_round_over = now.summed >= len(now.summed_up)
    if is_round_over and len(now.short) > MOST_SHORT and len(now.short) < len(now.summed_up):
        return replace(now, base=now.short, short=(), summed=0)
    return now


def asked(writing: Writing, turns: Iterable[Turn]) -> Writing:
    """With more replies of whoever gave them."""
    known = {(one.model, one.where): one for one in writing.by}
    for turn in turns:
        before = known.get((turn.model_name, turn.where), By(turn.model_name, turn.place, turn.where))
        words = before.words + len(turn.text.split())
        known[turn.model_name, turn.where] = replace(before, replies=before.replies + 1, words=words)
    return replace(writing, by=tuple(known.values()))


def done(writing: Writing, sha256: str, now: float) -> Writing:
    """A note by now: what stands in it is kept there alone."""
    count = sum(not one.level for one in writing.points)
    return replace(
        writing, state="done", points=(), base=(), short=(), summed=0, kept=count, sha256=sha256, done_at=now
    )


def oldest_unfinished(writings: Iterable[Writing]) -> Writing | None:
    """What is written next, where somebody waits for it."""
    waiting = (one for one in writings if one.state == "making")
    return min(waiting, key=lambda one: (one.made_at, one.id), default=None)


def shares(writings: Iterable[Writing]) -> dict[str, tuple[int, int]]:
    """By model: how many of its points were kept, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for one in writings:
        if one.model:
            kept, tried = found.get(one.model, (0, 0))
            count = one.kept or len(one.points)
            found[one.model] = (kept + count, tried + count + one.dropped)
    return found


def _plain(point: Point) -> str:
    """What makes two points the same: the term of a glossary, else the words."""
    return "".join(letter for letter in (point.name or point.text).casefold() if letter.isalnum())
