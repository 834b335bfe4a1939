"""Cards that were made and wait for the person: kept, changed or dropped, then saved together.

    session.offers.batch()                          # Batch(offers=(…), …), a signal; None where nothing is offered
    session.act("offers:keep", {"arg": id, "value": False})
    session.act("offers:save")
    session.act("offers:of-mistakes")               # of the quiz on show

What is offered lives until it is saved or discarded, or the page is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.core.actions import Field, Switch, action
from app.core.commands import Focus, Persist
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.texts import Text, Words
from app.session.cards import ALL, MAKE
from app.session.item_making import Within
from app.session.library import Library
from app.session.navigation import Navigation
from app.session.notices import Notices
from app.session.practice import Practice
from app.session.quizzing import Quizzing
from app.session.state import State
from app.session.undo import Undos
from app.study.chats import new_id
from app.study.practice.faces import cards_of, is_empty
from app.study.practice.made import Asks, note_of
from app.study.practice.quizzes import Asked, Quiz
from app.study.practice.records import Card, Note

JOB = "cards-making"  # what makes more of them
ADDRESS, FIELD, OFFERS = f"{ALL}/{MAKE}", "making-start", "offers-title"


class AllKnown(AppError):
    """There are cards of all of it already."""

    message = Text("making.all_known")
    cure = Text("making.all_known_cure")
    again = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A card that was made and is not saved: whether it will be, and whether its fields are open."""

    note: Note
    is_kept: bool = True
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What was made together. `quiz` says how far it is, as of questions; `within` is the part of a page that it is of.
    So many that were made are cards already: they are `known`, and not offered."""

    quiz: Quiz
    within: Within | None = None
    offers: tuple[Offer, ...] = ()
    known: int = 0
    is_of_mistakes: bool = False

    @property
    def chosen(self) -> tuple[Note, ...]:
        """What Save keeps."""
        return tuple(one.note for one in self.offers if one.is_kept and not is_empty(one.note))


class Offers:
    """The actions `offers:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        words: Words,
        practice: Practice,
        navigation: Navigation,
        library: Callable[[], Library],
        quizzing: Callable[[], Quizzing],
    ) -> None:
        self._state, self._jobs, self._page, self._clock = state, jobs, page, clock
        self._words, self._practice, self._navigation = words, practice, navigation
        self._library, self._quizzing = library, quizzing
        self.batch: Signal[Batch | None] = Signal(None)
        self._undos: Undos[tuple[Batch, list[str]]] = Undos(notices, jobs, clock, "offers:undo")

    # -- what is offered

    def show(self, batch: Batch | None) -> None:
        """Offer this, in the place of what was offered; whoever is still at that ends."""
        before = self.batch()
        if before and self._jobs.is_running(JOB) and (batch is None or batch.quiz.id != before.quiz.id):
            self._jobs.start(f"{JOB}-end", self._jobs.stop(JOB))
        self.batch.set(batch)

    async def new_ones(self, made: Sequence[Asked], batch: Batch) -> tuple[list[Note], int]:
        """The notes of questions, without those that ask what a card or an offer asks, and how many those were. Raises
        StorageError."""
        kept = await self._practice.store.all_notes()
        asks, found = Asks([*kept.values(), *(one.note for one in batch.offers)]), list[Note]()
        for note in (self._note(one, batch.quiz.chat) for one in made):
            if not asks.knows(note):
                asks.add(note)
                found.append(note)
        return found, len(made) - len(found)

    def _note(self, asked: Asked, chat_id: str) -> Note:
        document = self._library().documents().get(asked.document)
        chat = self._state.chat_of(chat_id) if chat_id else None
        notebook = document.notebook if document else chat.notebook if chat else ""
        return note_of(asked, self._words, notebook, chat)

    @action("offers:of-mistakes")
    async def of_mistakes(self) -> None:
        """Offer what was not right in the quiz on show. Raises AllKnown, StorageError."""
        quizzing = self._quizzing()
        quiz, mistakes = quizzing.quiz, quizzing.mistakes()
        if quiz is None or not mistakes:
            return
        since = self._navigation.place
        await self._library().ready()
        batch = Batch(replace(quiz, state="done"), is_of_mistakes=True)
        found, known = await self.new_ones(mistakes, batch)
        if not found:
            raise AllKnown
        self.show(replace(batch, offers=tuple(map(Offer, found)), known=known))
        self._navigation.lead(ADDRESS, since)

    # -- decided

    def _change(self, id: str, change: Callable[[Offer], Offer]) -> None:
        if batch := self.batch():
            offers = tuple(change(one) if one.note.id == id else one for one in batch.offers)
            self.batch.set(replace(batch, offers=offers))

    @action("offers:keep", Switch)
    def keep(self, one: Switch) -> None:
        """Whether a card is to be kept."""
        self._change(one.arg, lambda offer: replace(offer, is_kept=one.value))

    @action("offers:edit", str)
    def edit(self, id: str) -> None:
        """Open its fields, or shut them."""
        self._change(id, lambda offer: replace(offer, is_open=not offer.is_open))

    @action("offers:typed", Field)
    def typed(self, field: Field) -> None:
        """What stands in a field of a card: its id, a slash, the field's number."""
        id, _, number = field.arg.rpartition("/")
        if number in ("0", "1"):
            self._change(id, lambda offer: replace(offer, note=_with(offer.note, int(number), field.value)))

    @action("offers:save")
    async def save(self) -> None:
        """Keep what is chosen. Raises StorageError; it stays offered then."""
        batch = self.batch()
        if batch is None or not (chosen := batch.chosen):
            return
        since = self._navigation.place
        await self._jobs.stop(JOB)
        now, cards = self._clock.now(), list[Card]()
        everything = await self._practice.cards()
        behind = 1 + max((card.position for card in everything.values() if card.state == "new"), default=0)
        notes = [replace(one, added_at=now, updated=now) for one in chosen]
        for note in notes:
            cards += [replace(one, position=behind + len(cards)) for one in cards_of(note, new_id, now)]
        await self._practice.keep(notes, cards)
        self.show(None)
        self._page.do(Persist())
        self._undos.offer((batch, [one.id for one in notes]), Text("cards.added", count=len(cards)))
        self._navigation.lead(ALL, since)

    @action("offers:undo", str)
    async def undo(self, token: str) -> None:
        """Offer again what was saved, before what is offered by now. Raises StorageError."""
        await self._undos.undo(token, self._take_back)

    async def _take_back(self, saved: tuple[Batch, list[str]]) -> None:
        batch, notes = saved
        await self._practice.remove(notes)
        now = self.batch()
        self.show(replace(now, offers=(*batch.offers, *now.offers)) if now else batch)
        self._navigation.visit(ADDRESS)

    @action("offers:discard")
    def discard(self) -> None:
        """Keep none of them."""
        self.show(None)
        self._page.now()
        self._page.do(Focus(FIELD))


def _with(note: Note, at: int, words: str) -> Note:
    fields = [*note.fields, "", ""][: max(2, len(note.fields))]
    fields[at] = words.replace("\r\n", "\n")
    return replace(note, fields=tuple(fields))
