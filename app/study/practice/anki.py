"""Notes and cards as Anki's files have them, and as records of this app: both ways.

    kind = kind_record(anki_kind, now)                      # NoteType("1795850916417", "Basic", …)
    came = taken(anki_note, taking)                         # Taken(note, cards, days, …)
    given(note, cards, reviews, giving)                     # an AnkiNote

A deck is the notebook of its whole name ("Lisbon::Maths"); Anki's "Default" is none. A card that Anki has scheduled by
its older rule has an interval and an ease and no FSRS state: it then gets the state in which FSRS would have given it
that interval, its difficulty from what its ease makes of it (`memory_of`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import exp

from app.core.anki import AnkiCard, AnkiField, AnkiKind, AnkiNote, AnkiReview, AnkiTemplate, Stage
from app.core.anki_kinds import BASIC, CLOZE, REVERSED
from app.core.days import local_day
from app.core.shapes import Damaged, decode_as
from app.study.practice.markup import MOST, names_in
from app.study.practice.records import (
    Card,
    CardState,
    CardTemplate,
    MediaName,
    Note,
    NoteKind,
    NoteType,
    Review,
    ReviewDay,
)
from app.study.practice.templates import ordinals_of

DAY = 86_400.0
DEFAULT_DECK = "Default"
#: of FSRS 6 as it comes: how much an answer "Good" makes of a stability (its weights 8 to 10)
_GAIN, _FADE, _FORGOT = 1.8722, 0.1666, 0.796
_RETENTION = 0.9
_URL = re.compile(r"url\(([^()/:]{1,400})\)")
_EASE = 2.5
GUESSED: tuple[Stage, ...] = ("review", "relearning")  # stages in which FSRS knows something of a card
_STATES: Mapping[int, CardState] = {0: "learning", 1: "review", 2: "relearning"}
_STAGES: Mapping[CardState, int] = {"new": 0, "learning": 0, "review": 1, "relearning": 2}
OWN: Mapping[NoteKind, AnkiKind] = {"basic": BASIC, "reversed": REVERSED, "cloze": CLOZE}


# -- note types


def kind_record(kind: AnkiKind, now: float, media: Mapping[str, str] | None = None) -> NoteType:
    """A note type as it is kept, with what its templates show: ids of files by their names."""
    fields = [asdict(one) for one in kind.fields]
    rest = {
        "before": kind.before,
        "after": kind.after,
        "stock": kind.stock,
        "fields": fields,
        "media": dict(media or {}),
    }
    names = tuple(one.name for one in kind.fields)
    templates = tuple(CardTemplate(one.name, one.question, one.answer) for one in kind.templates)
    return NoteType(str(kind.id), kind.name, names, templates, kind.css, kind.is_cloze, now, rest)


def anki_kind(record: NoteType) -> AnkiKind:
    """The note type as a file has it."""
    try:
        fields = decode_as(tuple[AnkiField, ...], record.extra.get("fields", ()))
    except Damaged:
        fields = ()
    if tuple(one.name for one in fields) != record.fields:
        fields = tuple(map(AnkiField, record.fields))
    stock = record.extra.get("stock")
    return AnkiKind(
        int(record.id) if record.id.isdecimal() else 0,
        record.name,
        fields,
        tuple(AnkiTemplate(one.name, one.front, one.back) for one in record.templates),
        record.is_cloze,
        record.css,
        str(record.extra.get("before", "")),
        str(record.extra.get("after", "")),
        stock if isinstance(stock, int) else 0,
    )


def names_of_kind(kind: AnkiKind) -> list[str]:
    """The files that its templates and its style name."""
    texts = [text for made in kind.templates for text in (made.question, made.answer)]
    named = [one.strip().strip("\"'") for one in _URL.findall(kind.css[:MOST])]
    return [name for text in texts for name in names_in(text)] + [name for name in named if name]


def note_kind(kind: AnkiKind) -> NoteKind:
    """What this app calls a note type: one of its own kinds, where it asks and answers as that does."""
    names = [one.name for one in kind.fields]
    for mine, theirs in OWN.items():
        named = dict(zip((one.name for one in theirs.fields), names, strict=False))
        if len(names) == len(theirs.fields) and _shape(kind, {name: name for name in names}) == _shape(theirs, named):
            return mine
    return "other"


def _shape(kind: AnkiKind, named: Mapping[str, str]) -> tuple[bool, tuple[tuple[str, str], ...]]:
    """How a note type asks, with its fields by other names; blanks do not count."""

    def plain(text: str) -> str:
        for name, new in named.items():
            text = text.replace(f"{{{{{name}}}}}", f"{{{{\ue000{new}}}}}").replace(f":{name}}}}}", f":\ue000{new}}}}}")
        return "".join(text.split()).replace("\ue000", "")

    return kind.is_cloze, tuple((plain(one.question), plain(one.answer)) for one in kind.templates)


# -- from a file


@dataclass(slots=True)
class Taking:
    """What a note is brought in with. `media` are the ids of files by the names that fields have for them."""

    kinds: Mapping[int, AnkiKind]
    notebooks: Mapping[str, str]
    media: Mapping[str, str]
    now: float
    tomorrow: float
    new_id: Callable[[], str]
    with_scheduling: bool = True
    position: int = 1  # of the next new card
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A note that comes in, with the cards that are new or have changed, and their answers. `guessed` counts cards that
    had no FSRS state."""

    note: Note
    cards: tuple[Card, ...] = ()
    reviews: tuple[Review, ...] = ()
    is_new: bool = True
    is_changed: bool = True
    guessed: int = 0


def taken(one: AnkiNote, by: Taking, here: Note | None = None, cards: Sequence[Card] = ()) -> Taken:
    """A note of a file. One that is `here` is changed where the file's is newer; its cards stay, but for those that
    were answered in Anki since."""
    kind = by.kinds[one.kind]
    made = _again(one, here, by) if here else _new_note(one, kind, by)
    is_newer = here is None or made.updated > here.updated
    note = made if is_newer or here is None else here
    mine = {card.ordinal: card for card in cards}
    theirs = _cards(one, note, kind, by)
    came = [card for card in theirs if card.ordinal not in mine or _is_ahead(card, mine[card.ordinal])]
    kept = tuple(_placed(card, mine.get(card.ordinal)) for card in came)
    ids = {card.ordinal: card.id for card in kept}
    reviews = [
        _review(review, ids[card.ordinal], place)
        for card in (one.cards if by.with_scheduling else ())
        for place, review in enumerate(card.reviews)
        if review.rating and card.ordinal in ids
    ]
    guessed = sum(
        card.ordinal in ids and by.with_scheduling and not _has_memory(card) and card.stage in GUESSED
        for card in one.cards
    )
    return Taken(note, kept, tuple(reviews), here is None, here is None or note != here or bool(kept), guessed)


def _new_note(one: AnkiNote, kind: AnkiKind, by: Taking) -> Note:
    mine = note_kind(kind)
    return Note(
        by.new_id(),
        one.guid or by.new_id(),
        mine,
        one.fields,
        "html",
        one.tags,
        by.notebooks.get(one.cards[0].deck if one.cards else one.deck, ""),
        "" if by.is_text and mine != "other" else str(kind.id),
        _media(one.fields, by.media),
        added_at=by.now if by.is_text else one.id / 1000,
        updated=one.changed or by.now,
    )


def _again(one: AnkiNote, here: Note, by: Taking) -> Note:
    """A note that is here, as the file has it; a text does not say when it was changed."""
    media = {item.name: item.media for item in here.media} | dict(by.media)
    made = replace(here, fields=one.fields, markup="html", tags=one.tags, media=_media(one.fields, media))
    if by.is_text:
        return made if made == here else replace(made, updated=max(by.now, here.updated + 1))
    return replace(made, updated=one.changed)


def _media(fields: Iterable[str], known: Mapping[str, str]) -> tuple[MediaName, ...]:
    return tuple(MediaName(name, known[name]) for name in _names(fields) if name in known)


def _names(fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in fields for name in names_in(one)))


def _is_ahead(theirs: Card, mine: Card) -> bool:
    """Whether a card was answered there since it was here."""
    return theirs.state != "new" and (theirs.last_review or 0.0) > (mine.last_review or 0.0) + 1.0


def _placed(theirs: Card, mine: Card | None) -> Card:
    """A card that came in, in the place of the one that is here."""
    return replace(theirs, id=mine.id, notebook=mine.notebook, added_at=mine.added_at) if mine else theirs


def _cards(one: AnkiNote, note: Note, kind: AnkiKind, by: Taking) -> list[Card]:
    if one.cards:
        return [_card(card, note, by) for card in one.cards]
    notebook = by.notebooks.get(one.deck, "")
    return [
        _new(Card(by.new_id(), note.id, ordinal, notebook, added_at=by.now, updated=by.now), by)
        for ordinal in ordinals_of(kind_record(kind, by.now), note)
    ]


def _new(card: Card, by: Taking) -> Card:
    by.position += 1
    return replace(card, position=by.position - 1)


def _card(one: AnkiCard, note: Note, by: Taking) -> Card:
    plain = Card(
        by.new_id(),
        note.id,
        one.ordinal,
        by.notebooks.get(one.deck, ""),
        added_at=one.id / 1000,
        updated=one.changed,
        extra={"flag": one.flag} if one.flag else {},
    )
    if not by.with_scheduling:
        return _new(plain, by)
    aside = {
        "is_suspended": one.aside == "suspended",
        "buried_until": by.tomorrow if one.aside == "buried" else 0.0,
    }
    if one.stage == "new":
        return replace(_new(plain, by), **aside)  # type: ignore[arg-type]
    last = one.last or one.due - one.days * DAY
    memory = (one.stability, one.difficulty) if _has_memory(one) else memory_of(one.stage, one.days, one.ease)
    extra = {**plain.extra, "days": one.days, "due": one.due, **({"ease": one.ease} if one.ease else {})}
    return replace(
        plain,
        state=one.stage,
        step=None if one.stage == "review" else 0,
        stability=memory[0] if memory else None,
        difficulty=memory[1] if memory else None,
        due=one.due,
        last_review=min(max(last, 0.0), by.now),
        reps=one.reps,
        lapses=one.lapses,
        position=max(one.position, 0),
        extra=extra,
        **aside,  # type: ignore[arg-type]
    )


def _has_memory(one: AnkiCard) -> bool:
    return one.stability > 0 and one.difficulty >= 1


def memory_of(stage: Stage, days: float, ease: float) -> tuple[float, float] | None:
    """Stability (days) and difficulty (1 to 10) of a card that has none, None where it is still learned for the first
    time. FSRS gives an interval as long as the stability where nine of ten are to be remembered; an ease is how many
    times longer the next one would be, and of that follows how difficult a card is."""
    if stage not in GUESSED:
        return None
    stability = max(days, 0.5)
    gain = exp(_GAIN) * stability**-_FADE * (exp(_FORGOT * (1 - _RETENTION)) - 1)
    difficulty = 11 - ((ease or _EASE) - 1) / gain
    return stability, min(max(difficulty, 1.0), 10.0)


def _review(one: AnkiReview, card: str, place: int) -> Review:
    at = one.id / 1000
    state: CardState = "new" if not place and one.stage == 0 else _STATES.get(one.stage, "review")
    return Review(f"anki-{one.id}", card, one.rating, at, state, max(one.before, 0.0), at + one.days * DAY, one.seconds)


def by_days(reviews: Iterable[Review]) -> list[ReviewDay]:
    """Answers by the person's days."""
    days = dict[str, list[Review]]()
    for one in reviews:
        days.setdefault(local_day(one.at), []).append(one)
    return [ReviewDay(day, tuple(those)) for day, those in days.items()]


# -- into a file


@dataclass(frozen=True, slots=True)
class Giving:
    """What notes are written with. `html` makes HTML of this app's Markdown."""

    kinds: Mapping[str, AnkiKind]
    notebooks: Mapping[str, str]
    html: Callable[[str], str]
    with_scheduling: bool = True
    reviews: Mapping[str, Sequence[Review]] = field(default_factory=dict)


def given(note: Note, cards: Sequence[Card], by: Giving) -> AnkiNote:
    """A note for a file, with its cards."""
    kind = kind_for(note, by.kinds)
    fields = note.fields if note.markup == "html" else tuple(map(by.html, note.fields))
    fields = (*fields, *("" for _ in kind.fields))[: len(kind.fields)]
    tags = note.tags if by.with_scheduling else tuple(one for one in note.tags if one.casefold() != "leech")
    id = round(note.added_at * 1000) or 1
    made = tuple(_given_card(card, by) for card in cards)
    return AnkiNote(id, note.guid or note.id, kind.id, fields, tags, note.updated, made)


def kind_for(note: Note, kinds: Mapping[str, AnkiKind]) -> AnkiKind:
    """The note type of a note."""
    return kinds.get(note.note_type) or OWN.get(note.kind, BASIC)


def _given_card(card: Card, by: Giving) -> AnkiCard:
    flag, ease = card.extra.get("flag"), card.extra.get("ease")
    plain = AnkiCard(
        round(card.added_at * 1000) or 1,
        card.ordinal,
        by.notebooks.get(card.notebook, DEFAULT_DECK),
        card.updated,
        flag=flag if isinstance(flag, int) else 0,
    )
    if not by.with_scheduling:
        return replace(plain, position=card.position)
    aside = replace(plain, aside="suspended" if card.is_suspended else "", position=card.position)
    if card.state == "new":
        return aside
    return replace(
        aside,
        stage=card.state,
        due=card.due,
        days=_days(card),
        ease=ease if isinstance(ease, (int, float)) else 0.0,
        reps=card.reps,
        lapses=card.lapses,
        stability=card.stability or 0.0,
        difficulty=card.difficulty or 0.0,
        last=card.last_review or 0.0,
        reviews=tuple(map(_given_review, by.reviews.get(card.id, ()))),
    )


def _days(card: Card) -> float:
    """The interval, as it came where nothing has happened since."""
    days, due = card.extra.get("days"), card.extra.get("due")
    if isinstance(days, (int, float)) and due == card.due:
        return float(days)
    if card.state != "review" or card.last_review is None:
        return 0.0
    return float(max(1, round((card.due - card.last_review) / DAY)))


def _given_review(one: Review) -> AnkiReview:
    days = max(0.0, (one.due - one.at) / DAY)
    return AnkiReview(round(one.at * 1000), one.rating, days, one.before, 0, one.seconds, _STAGES[one.state])
