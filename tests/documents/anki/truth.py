"""What two notes of Anki's must have in common to be the same."""

from __future__ import annotations

from dataclasses import replace

from app.core.anki import AnkiCard, AnkiNote

DAY = 86_400


def plain(note: AnkiNote) -> AnkiNote:
    """Without what is told differently: a new card's place, the ease of an answer, which is not kept, and when a card
    was answered last, where that follows from its interval."""
    return replace(note, kind=0, cards=tuple(map(_plain, note.cards)))


def _plain(card: AnkiCard) -> AnkiCard:
    reviews = (replace(one, factor=0, days=round(one.days, 6), before=round(one.before, 6)) for one in card.reviews)
    return replace(
        card,
        position=0,
        last=round(card.last or card.due - card.days * DAY) if card.stage != "new" else 0,
        reviews=tuple(reviews),
    )
