"""Review: one card at a time, its answer, and when it comes again.

    session.review.look()                       # the tab is open
    session.act("review:show", "")              # the answer of the card on show
    session.act("review:grade", "3")            # Good; the next card follows
    session.act("review:undo", "")

Every answer is written before the next card is shown. What was done can be taken back step by step, until the tab is
left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from app.core.actions import action
from app.core.commands import Focus, Say
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.texts import Text
from app.session.notices import Notices, Shown, Toast
from app.session.practice import Practice
from app.study.chats import new_id
from app.study.practice.deck import Deck
from app.study.practice.faces import Face, face
from app.study.practice.records import LEECH, Card, Media, Note, Review, media_of_kind
from app.study.practice.scheduling import is_leech, review_of

MOST_WAIT_SECONDS = 3600.0  # for a card that comes by itself
MOST_SECONDS = 60.0  # that an answer counts; nobody thinks longer, somebody has left
GRADES = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Asked:
    """The card on show. `intervals` are seconds until it comes again, by answer; `pictures` are its note's, by name."""

    card: Card
    note: Note
    face: Face
    intervals: tuple[float, ...]
    pictures: dict[str, Media]
    is_open: bool = False  # whether its answer is shown
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class _Done:
    """What can be taken back: cards as they were and as they are `after` it, the note that was tagged, the answer. Its
    toast has the same `id`."""

    id: str
    card: str
    cards: tuple[Card, ...]
    after: tuple[Card, ...]
    leech: str = ""
    review: Review | None = None


class Reviewing:
    """The actions `review:*`."""

    def __init__(self, notices: Notices, jobs: Jobs, page: Page, clock: Clock, practice: Practice) -> None:
        self._notices, self._jobs, self._page, self._clock, self._practice = notices, jobs, page, clock, practice
        self.asked: Signal[Asked | None] = Signal(None)
        self.is_over = Signal(False)  # nothing is due now
        self.can_undo = Signal(False)
        self._done: list[_Done] = []
        self._version = -1
        self._is_busy = False

    def look(self) -> None:
        """The tab is on show: ask the next card, once the cards are read."""
        self._practice.begin()
        is_new = self._version != self._practice.version()
        if self._practice.deck and is_new and not self._is_busy:
            self._jobs.start("review", self._next())

    def leave(self) -> None:
        """Another page is shown. The card is asked anew, its answer hidden."""
        if self.asked() is not None:
            self.asked.set(None)
        if self._done:
            self._notices.toast_over(self._done[-1].id)
            self._done = []
            self.can_undo.set(False)
        self._version = -1

    @action("review:in", str)
    def review_notebook(self, id: str) -> None:
        """Review the cards of a notebook; "all" for every one, "" for those in none."""
        self._practice.choose(None if id == "all" else id)

    # -- the card on show

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """What is changed here asks the next card itself."""
        self._is_busy = True
        try:
            yield
        finally:
            self._is_busy = False
            self._version = self._practice.version()

    async def _next(self, wanted: str = "") -> None:
        """Ask the `wanted` card, the one on show where it still waits, or the next one. One whose note is gone goes
        with it. Raises StorageError."""
        practice, asked = self._practice, self.asked()
        self._version = practice.version()
        if not wanted and asked and practice.asked and practice.asked.is_waiting(asked.card.id):
            wanted = asked.card.id
        now = self._clock.now()
        while (deck := practice.asked) and (card := deck.cards.get(wanted) or deck.next(now)):
            wanted = ""
            if note := (await practice.store.notes([card.note])).get(card.note):
                await self._ask(card, note)
                return
            await practice.drop([card])
        self.asked.set(None)
        self.is_over.set(practice.deck is not None)
        if practice.asked and 0 < (wait := self._wake_time(practice.asked) - now) < MOST_WAIT_SECONDS:
            self._jobs.start("review-wait", self._wait(wait))

    def _wake_time(self, deck: Deck) -> float:
        """When a card may come by itself: one that is learned, or any with the next day. What only a limit holds back
        is due already, and comes tomorrow."""
        learned, tomorrow = deck.learned_time(), self._practice.tomorrow()
        return tomorrow if learned is None else min(learned, tomorrow)

    async def _wait(self, seconds: float) -> None:
        """A card comes by itself, while the tab is open. At midnight the cards are read anew, and asked by that."""
        await self._clock.sleep(seconds)
        if self.is_over() and self._version != -1:
            self._practice.begin()
            await self._next()

    async def _ask(self, card: Card, note: Note) -> None:
        kind = await self._practice.store.note_type(note.note_type) if note.kind == "other" else None
        named = (*(media_of_kind(kind) if kind else ()), *note.media)
        media = await self._practice.store.media(one.media for one in named)
        pictures = {one.name: media[one.media] for one in named if one.media in media}
        scheduling, before = self._practice.scheduling, self.asked()
        assert scheduling is not None
        intervals = scheduling.intervals(card, self._clock.now())
        is_same = before is not None and before.card.id == card.id
        self.is_over.set(False)
        self.asked.set(
            Asked(
                card,
                note,
                face(note, card.ordinal, kind),
                intervals,
                pictures,
                is_open=bool(before and is_same and before.is_open),
                since=before.since if before and is_same else self._clock.tick(),
            )
        )
        self._version = self._practice.version()

    @action("review:show")
    def show(self) -> None:
        """Show the answer."""
        asked, scheduling = self.asked(), self._practice.scheduling
        if asked and scheduling and not asked.is_open:
            intervals = scheduling.intervals(asked.card, self._clock.now())
            self.asked.set(replace(asked, is_open=True, intervals=intervals))
            self._page.now()
            self._page.do(Focus("card-answer"))

    @action("review:grade", str)
    async def grade(self, grade: str) -> None:
        """Answer the card on show. Raises StorageError; it stays then."""
        asked, scheduling = self.asked(), self._practice.scheduling
        if asked is None or scheduling is None or not asked.is_open or grade not in GRADES:
            return
        self.asked.set(replace(asked, is_open=False))  # a second click is not an answer to the next card
        card, rating = asked.card, int(grade)
        after = scheduling.answered(card, rating, self._clock.now())
        seconds = min(MOST_SECONDS, max(0.0, self._clock.tick() - asked.since))
        review = review_of(new_id(), card, after, rating, seconds)
        is_stuck = after.lapses > card.lapses and is_leech(after, self._practice.limits)
        after = replace(after, is_suspended=True) if is_stuck else after
        siblings = self._siblings(card)
        changed = (after, *(replace(one, buried_until=self._practice.tomorrow()) for one in siblings))
        with self._changing():
            try:
                notes = await self._tagged(card.note, is_leech=True) if is_stuck else []
                await self._practice.answered(changed, review, notes)
            except BaseException:
                self.asked.set(asked)
                raise
            done = _Done(review.id, card.id, (card, *siblings), changed, card.note if notes else "", review)
            self._remember(done, Text("cards.leech", count=after.lapses) if is_stuck else None)
            await self._on()

    async def _tagged(self, id: str, *, is_leech: bool) -> list[Note]:
        """The note as it is kept now, with the tag or without it; nothing where that changes nothing."""
        note = (await self._practice.store.notes([id])).get(id)
        if note is None or (LEECH in note.tags) == is_leech:
            return []
        tags = (*note.tags, LEECH) if is_leech else tuple(tag for tag in note.tags if tag != LEECH)
        return [replace(note, tags=tags, updated=self._clock.now())]

    def _siblings(self, card: Card) -> list[Card]:
        """The other cards of its note that would still come today."""
        deck = self._practice.deck
        if deck is None or not self._practice.limits.buries_siblings:
            return []
        until = self._practice.tomorrow()
        found = deck.siblings(card)
        return [one for one in found if one.state == "new" or (one.state == "review" and one.due < until)]

    async def _on(self) -> None:
        self.asked.set(None)
        await self._next()
        self._page.now()
        asked = self.asked()
        self._page.do(Focus("card-show" if asked else "cards-title"))
        if asked is None:
            self._page.do(Say(Text("cards.nothing_due")))

    # -- put away, and back

    @action("review:bury")
    async def bury(self) -> None:
        """Not today. Raises StorageError."""
        until = self._practice.tomorrow()
        await self._put_away(lambda card: replace(card, buried_until=until), Text("cards.buried"))

    @action("review:suspend")
    async def suspend(self) -> None:
        """Not until the person wants it again. Raises StorageError."""
        await self._put_away(lambda card: replace(card, is_suspended=True), Text("cards.suspended_now"))

    async def _put_away(self, change: Callable[[Card], Card], told: Text) -> None:
        if (asked := self.asked()) is None:
            return
        with self._changing():
            changed = change(asked.card)
            await self._practice.keep(cards=[changed])
            self._remember(_Done(new_id(), asked.card.id, (asked.card,), (changed,)), told)
            await self._on()

    @action("review:undo", str)
    async def undo(self, id: str = "") -> None:
        """Take back what was done last, and ask that card again; not where its cards were changed or deleted since, nor
        where a toast's `id` names an earlier step. Raises StorageError."""
        if not self._done or (id and self._done[-1].id != id):
            return
        done = self._done.pop()
        with self._changing():
            try:
                if not (is_same := await self._is_as_written(done)):
                    self._notices.show(Shown("review-undo", Text("cards.changed_since")))
                else:
                    notes = await self._tagged(done.leech, is_leech=False) if done.leech else []
                    await self._practice.taken_back(done.cards, done.review, notes)
            except BaseException:
                self._done.append(done)
                raise
            self._notices.toast_over(done.id)
            self.can_undo.set(bool(self._done))
            if not is_same:
                return
            self.asked.set(None)
            await self._next(done.card)
            self._page.now()
            self._page.do(Focus("card-show"))

    async def _is_as_written(self, done: _Done) -> bool:
        kept = await self._practice.store.cards(card.id for card in done.after)
        return all(kept.get(card.id) == card for card in done.after)

    def _remember(self, done: _Done, told: Text | None) -> None:
        """The step before it is told no more; this one is, with its way back, where there are words for it."""
        if self._done:
            self._notices.toast_over(self._done[-1].id)
        self._done.append(done)
        self.can_undo.set(True)
        if told:
            self._notices.toast(Toast(done.id, told, (Text("chats.undo"), "review:undo", done.id)))
