"""What an import has made and changed, and how all of it is taken back.

came = Came()                               # filled while notes are written
removed, put_back = await taken_back(came, store, library)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.session.library import Library
from app.study.archive.merging import Tally
from app.study.practice.already import Already
from app.study.practice.anki import Taken
from app.study.practice.records import Card, Note, NoteType, ReviewDay
from app.study.practice.store import PracticeStore


@dataclass(slots=True)
class Came:
    """What an import has done so far. What it has changed is kept as it was and as it is since: what somebody has
    changed again is not put back."""

    notes: Tally = field(default_factory=Tally)
    cards: int = 0
    media: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)  # the ids of the notes that it has made
    changed: dict[str, tuple[Note, Note]] = field(default_factory=dict)
    cards_changed: dict[str, tuple[Card | None, Card]] = field(default_factory=dict)
    types: Mapping[str, NoteType | None] = field(default_factory=dict)  # as they were
    notebooks: list[str] = field(default_factory=list)
    days: list[ReviewDay] = field(default_factory=list)  # with the answers that it has brought

    def add(self, every: Sequence[Taken], days: Sequence[ReviewDay], here: Already) -> None:
        """These notes were written, with these answers."""
        self.days += days
        for one in every:
            self.notes.add_one(is_new=one.is_new, is_changed=one.is_changed)
            if not one.is_changed:
                continue
            self.cards += len(one.cards)
            if one.is_new:
                self.new.append(one.note.id)
            elif before := here.notes_before.get(one.note.id):
                self.changed[one.note.id] = (before, one.note)
                self.cards_changed |= {card.id: (here.cards_before.get(card.id), card) for card in one.cards}


async def taken_back(came: Came, store: PracticeStore, library: Library) -> tuple[int, int]:
    """Take back what an import has done; gives how many notes were deleted, and how many are as they were. A notebook
    or a note type that something else needs by now stays. Raises StorageError."""
    here, cards = await store.all_notes(), await store.cards()
    notes = [before for before, since in came.changed.values() if here.get(before.id) == since]
    changed = {id: before for id, (before, since) in came.cards_changed.items() if cards.get(id) == since}
    needed = {one.note_type for id, one in here.items() if id not in set(came.new)}
    types = {id: before for id, before in came.types.items() if before or id not in needed}
    days = {one.id: one for one in came.days}
    for one in came.days:
        reviews = {review.id: review for day in (days[one.id], one) for review in day.reviews}
        days[one.id] = ReviewDay(one.id, tuple(reviews.values()))
    await store.put_back(notes, changed, types, list(days.values()))
    removed = await store.remove(came.new, await store.cards(), came.media)
    left, kept = (await store.all_notes()).values(), (await store.cards()).values()
    used = {one.notebook for one in left} | {one.notebook for one in kept}
    await library.drop_notebooks(id for id in came.notebooks if id not in used)
    return len(removed.notes), len(notes)
