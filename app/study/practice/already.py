"""What is here of the notes of a file, so that one that comes again is changed and none is doubled.

    already = Already(notes, cards)
    one = already.named(one, "basic")           # a line of a text gets a guid
    already.find(one)                           # the note that it is, None for a new one
    already.put(note, cards)                    # it is here now

A note is known by its guid. A line of a text has none: it gets one that is made of what it asks, and a number, since
two lines may ask the same. So it is found again when its text comes again, and never taken for a note that somebody has
written here.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from app.core.anki import AnkiNote
from app.study.practice.markup import plain_text
from app.study.practice.records import Card, Note, NoteKind

_TEXT = "text-"


class Already:
    """Notes by their guids, and `cards` by the ids of their notes; what was here `before` the file by its own ids."""

    def __init__(self, notes: Iterable[Note], cards: Iterable[Card]) -> None:
        notes = list(notes)
        self.cards = dict[str, list[Card]]()
        self.notes_before = {one.id: one for one in notes}
        self.cards_before = {one.id: one for one in cards}
        for card in self.cards_before.values():
            self.cards.setdefault(card.note, []).append(card)
        self._by_guid = {one.guid: one for one in notes}
        self._waiting = defaultdict[str, deque[str]](deque)  # guids of lines that have not come again, by questions
        self._same = dict[tuple[str, tuple[str, ...]], str]()
        self._gone, self._next = set[str](), defaultdict[str, int](int)
        for guid, note in self._by_guid.items():
            if guid.startswith(_TEXT):
                question = guid.rpartition("-")[0]
                self._waiting[question].append(guid)
                self._same[question, note.fields] = guid

    def find(self, one: AnkiNote) -> Note | None:
        """The note that a file's is."""
        return self._by_guid.get(one.guid)

    def put(self, note: Note, cards: Iterable[Card]) -> None:
        """It is here now: another note of the file may be the same."""
        self._by_guid[note.guid] = note
        kept = {card.id: card for card in self.cards.get(note.id, ())} | {card.id: card for card in cards}
        self.cards[note.id] = list(kept.values())

    def named(self, one: AnkiNote, kind: NoteKind) -> AnkiNote:
        """A line of a text with its guid: that of a line that was the same, else of one that has asked the same, else
        a new one; each once."""
        if one.guid:
            return one
        asks = " ".join(plain_text(one.fields[0] if one.fields else "").split())
        question = f"{_TEXT}{sha256(f'{kind} {asks}'.encode()).hexdigest()[:24]}"
        same = self._same.get((question, one.fields), "")
        guid = same if same and same not in self._gone else self._first(question)
        self._gone.add(guid)
        return replace(one, guid=guid)

    def _first(self, question: str) -> str:
        waiting = self._waiting[question]
        while waiting:
            if (guid := waiting.popleft()) not in self._gone:
                return guid
        while (guid := f"{question}-{self._next[question]}") in self._by_guid or guid in self._gone:
            self._next[question] += 1
        return guid
