"""The cards of this device as every part of practice has them: read once, kept in order, the same in all of them.

    practice.begin()                        # the page is opened: the scheduler is fetched, the cards are read
    practice.deck                           # None until then; `practice.version()` changes with everything in it
    await practice.answered(after, review)  # written, then in the deck

What the navigation says is due is kept too, so that it is there before a card is read.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from app.core.actions import Field, action
from app.core.days import local_day, midnight
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.signals import Signal
from app.session.notices import as_app_error
from app.session.state import OUTLOOK_KEY, State
from app.study.practice.deck import Deck
from app.study.practice.limits import LIMITS_KEY, Limits, as_record, days_from, limits_from
from app.study.practice.records import Card, Note, Review, ReviewDay
from app.study.practice.remembered import in_a_row, remembered
from app.study.practice.scheduling import DAY, Scheduling
from app.study.practice.store import PracticeStore, Removed

MONTH = 30  # days of which it is told how much was remembered
BACK = 84  # days that are looked back on: the calendar shows twelve weeks
MOST_BACK = 366
NUMBERS = ("new_a_day", "reviews_a_day", "retention", "leech_lapses")
QUIET_SECONDS = 2.0  # before what is due is written down for the navigation


class Practice:
    """What `review`, `cards` and others share; the actions `practice:*`."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        clock: Clock,
        store: PracticeStore,
        package: Callable[[str], Awaitable[None]],
    ) -> None:
        self._state, self._jobs, self._clock, self.store, self._package = state, jobs, clock, store, package
        self.deck: Deck | None = None
        self.scheduling: Scheduling | None = None
        self.limits = Limits()
        self.version = Signal(0)  # of the deck, the limits and what was answered
        self.problem: Signal[AppError | None] = Signal(None)
        self.past: Signal[tuple[ReviewDay, ...]] = Signal(())  # the last days before today, the oldest first
        self.notebook: Signal[str | None] = Signal(None)  # the one that is reviewed, None for all, "" for no notebook
        self._part: Deck | None = None  # its cards, where it is one
        self._today: dict[str, Review] = {}
        self._writes = 0  # that this page has made

    # -- reading

    def begin(self) -> None:
        """Read what is kept, unless that was done today."""
        is_old = self.deck is not None and self.deck.day != local_day(self._clock.now())
        if (self.deck is None or is_old) and not self._jobs.is_running("practice"):
            self._jobs.start("practice", self._open())

    def elsewhere(self) -> None:
        """Another page, or an import, has changed what is kept."""
        if self.deck is not None:
            self._jobs.start("practice", self._open())

    async def _open(self) -> None:
        try:
            await self._package("fsrs")
            await self.read()
            self.problem.set(None)
        except Exception as error:  # noqa: BLE001 - shown in the place of the cards
            self._fail(as_app_error(error))
        else:
            await self._look_back()

    def _fail(self, error: AppError) -> None:
        """The same again is not told anew: it would draw the page, which tries again, and so for ever."""
        told = self.problem()
        if told is None or (type(told), told.message, told.detail) != (type(error), error.message, error.detail):
            self.problem.set(error)

    async def read(self) -> None:
        """Read the cards and what was answered today; again where this page has written meanwhile. Raises
        StorageError."""
        writes = -1
        while writes != self._writes:
            writes = self._writes
            kept = await self.store.kept(LIMITS_KEY)
            now = self._clock.now()
            [today] = await self.store.days([local_day(now)])
            cards = await self.store.cards()
        self.limits = limits_from(kept) if kept else Limits()
        self.scheduling = Scheduling(self.limits)
        self._today = {one.id: one for one in today.reviews}
        self.deck = Deck(cards, self.limits, now, today.reviews)
        self.choose(self.notebook())

    @property
    def asked(self) -> Deck | None:
        """What is reviewed: the cards of the chosen notebook, else all; None until they are read."""
        return self._part or self.deck

    def choose(self, notebook: str | None) -> None:
        """Review the cards of one notebook, or all."""
        self.notebook.set(notebook)
        self._part = None
        if self.deck and notebook is not None:
            self._part = Deck(self.deck.cards, self.limits, self.deck.begins, self._today.values(), notebook)
        self.told()

    def _decks(self) -> list[Deck]:
        return [one for one in (self.deck, self._part) if one]

    async def _look_back(self) -> None:
        """The last weeks, and as far back as there was an answer each day."""
        day = local_day(self._clock.now())
        found = await self.store.days(days_from(day, -BACK))
        while all(one.reviews for one in found[:-1]) and len(found) < MOST_BACK:
            earlier = days_from(found[0].id, -MONTH - 1)[:-1]
            found = [*await self.store.days(earlier), *found]
        self.past.set(tuple(found[:-1]))

    @property
    def today(self) -> ReviewDay:
        """What was answered today."""
        return ReviewDay(self.deck.day if self.deck else "", tuple(self._today.values()))

    def remembered(self) -> float | None:
        """The share of the last month's reviews that were known, None where there was none."""
        return remembered((*self.past()[-MONTH + 1 :], self.today))

    def days_in_a_row(self) -> int:
        """How many days there was an answer, up to now."""
        return in_a_row((*self.past(), self.today))

    # -- writing

    async def answered(self, cards: Sequence[Card], review: Review, notes: Sequence[Note] = ()) -> None:
        """A card was answered; these cards and notes are so now. Raises StorageError."""
        await self.store.answered(cards, review, notes)
        self._today[review.id] = review
        for deck in self._decks():
            deck.note(review)
        self._put(cards)

    async def taken_back(self, cards: Sequence[Card], review: Review | None, notes: Sequence[Note] = ()) -> None:
        """It was not answered after all, or not put away; the cards and notes are as before. Raises StorageError."""
        if review is None:
            await self.store.add(notes, cards)
        else:
            await self.store.taken_back(cards, review, notes)
            self._today.pop(review.id, None)
            for deck in self._decks():
                deck.forget(review)
        self._put(cards)

    async def keep(self, notes: Iterable[Note] = (), cards: Sequence[Card] = ()) -> None:
        """Keep notes and cards as they are now, new ones too. Raises StorageError."""
        await self.store.add(notes, cards)
        self._put(cards)

    async def cards(self) -> Mapping[str, Card]:
        """Every card, also before the deck is there. Raises StorageError."""
        return self.deck.cards if self.deck else await self.store.cards()

    async def remove(self, notes: Sequence[str]) -> Removed:
        """Delete notes with their cards. Raises StorageError."""
        removed = await self.store.remove(notes, await self.cards())
        self._writes += 1
        for deck in self._decks():
            deck.drop(*(one.id for one in removed.cards))
        self.told()
        return removed

    async def drop(self, cards: Sequence[Card]) -> None:
        """Delete cards whose question is gone. Raises StorageError."""
        await self.store.drop_cards([one.id for one in cards])
        self._writes += 1
        for deck in self._decks():
            deck.drop(*(one.id for one in cards))

    async def restore(self, removed: Removed) -> None:
        """Bring back what was deleted. Raises StorageError."""
        await self.store.restore(removed)
        self._put(removed.cards)

    @action("practice:limit", Field)
    async def limit(self, field: Field) -> None:
        """Change one of the limits, as it was typed; the share in percent. What is out of range changes nothing. Raises
        StorageError."""
        if not field.value.isdecimal() or field.arg not in NUMBERS:
            return
        number = int(field.value)
        value = number / 100 if field.arg == "retention" else number
        lost = list[str]()
        changed = limits_from({**as_record(self.limits), field.arg: value}, lost)
        if not lost:
            await self._change(changed)

    @action("practice:buries", bool)
    async def buries(self, is_on: bool) -> None:
        """Whether other cards of a note wait for tomorrow. Raises StorageError."""
        await self._change(replace(self.limits, buries_siblings=is_on))

    async def _change(self, limits: Limits) -> None:
        await self.store.keep(LIMITS_KEY, as_record(limits))
        self._writes += 1
        await self.read()

    def tomorrow(self) -> float:
        """When the next day of this place begins."""
        return midnight(midnight(self._clock.now()) + 1.5 * DAY)

    def _put(self, cards: Sequence[Card]) -> None:
        self._writes += 1
        for deck in self._decks():
            deck.put(*cards)
        self.told()

    def told(self) -> None:
        """Everything that shows cards is drawn anew."""
        self.version.set(self.version() + 1)
        if self.deck:
            self._state.outlook.set(self.deck.outlook())
            self._jobs.start("practice-due", self._keep_outlook())

    async def _keep_outlook(self) -> None:
        await self._clock.sleep(QUIET_SECONDS)
        if outlook := self._state.outlook():
            await self.store.keep(OUTLOOK_KEY, as_record(outlook))
