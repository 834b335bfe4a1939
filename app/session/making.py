"""Cards made of a document, a part of a page, or a reply: what of, how many, by whom. They are offered, not kept.

    session.act("making:of-document", "3f2a")       # the form is shown with it; nothing is asked yet
    session.act("making:start", {"arg": ""})        # then session.offers.batch() grows

They are made as questions of quizzes are, by the same makers and the same checks (`app.session.item_making`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.actions import TurnId, action
from app.core.commands import Focus
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Page, Tabs
from app.core.quiz import Kind
from app.core.signals import Signal
from app.core.values import Model
from app.session.item_making import HOLD, ItemMaking, Within
from app.session.library import Library
from app.session.navigation import Navigation
from app.session.notices import as_app_error
from app.session.offers import ADDRESS, JOB, OFFERS, AllKnown, Batch, Offer, Offers
from app.session.passages import Passages
from app.session.quiz import MOST_SPOTS, NothingToAsk, Quizzes, Sent
from app.session.state import State
from app.study.ask import Ask
from app.study.chats import ChatStore, new_id
from app.study.features import CARDS
from app.study.library.documents import listed
from app.study.practice.pieces import pieces
from app.study.practice.quizzes import Quiz, Spot, dropped, kept
from app.study.practice.records import Note

KINDS: tuple[Kind, ...] = ("short_answer", "cloze")  # what makes a good card
MOST_WANTED, USUAL = 50, 10  # cards at a time
MOST_MADE = 400  # without a model, of which the new ones are offered


@dataclass(frozen=True, slots=True)
class CardWish:
    """What cards are to be made of: a document, or the part `within` of it, or a reply of a chat (`turn`)."""

    document: str = ""
    within: Within | None = None
    chat: str = ""
    turn: str = ""
    wanted: int = USUAL
    by_model: bool = True


class Making:
    """The actions `making:*`."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        page: Page,
        tabs: Tabs,
        items: ItemMaking,
        offers: Offers,
        navigation: Navigation,
        chats: ChatStore,
        library: Callable[[], Library],
        passages: Callable[[], Passages],
        quizzes: Callable[[], Quizzes],
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._jobs, self._page, self._tabs, self._items = state, jobs, page, tabs, items
        self._offers, self._navigation, self._chats = offers, navigation, chats
        self._library, self._passages, self._quizzes, self._ask = library, passages, quizzes, ask
        self.wish: Signal[CardWish] = Signal(CardWish())
        self.is_busy, self.is_waiting = Signal(False), Signal(False)
        self.problem: Signal[AppError | None] = Signal(None)

    # -- what of

    def look(self) -> None:
        """The form is on show: the newest document is what they are made of where nothing is named."""
        self._library().know()
        self._quizzes().begin()  # what became of a model's questions before
        wish = self.wish()
        if not wish.turn and wish.document not in self._library().documents() and (readable := self.documents()):
            self.wish.set(replace(wish, document=readable[0], within=None))

    def documents(self) -> list[str]:
        """The ids of all that can be read, in the order of the library."""
        return [one.id for one in listed(self._library().documents().values()) if one.has_text]

    def writer(self) -> Model | None:
        """Who would write the cards now, None for nobody."""
        model = self._ask().model_for(CARDS, self.wish().chat, stays_here=self._stays())
        return model if model and model.id else None

    def _stays(self) -> bool:
        document = self.wish().document
        return bool(document) and self._library().stays(document)

    @action("making:of-document", str)
    def of_document(self, id: str) -> None:
        """Show the form with a document."""
        self._show(CardWish(document=id))

    @action("making:of-page", str)
    def of_page(self, selected: str) -> None:
        """The same with what is selected on the page of a document, else the passage that is marked, else the page."""
        if (shown := self._passages().page()) is None:
            return
        place, text, words = shown.place, shown.text, selected.strip()
        at = text.find(words) if words else -1
        start, end = (at, at + len(words)) if at >= 0 else (place.start, place.end)
        within = Within(place.number, start, end) if end > start else Within(place.number, 0, max(1, len(text)))
        self._show(CardWish(document=shown.document, within=within))

    @action("making:of-reply", TurnId)
    def of_reply(self, turn_id: TurnId) -> None:
        """The same with a reply of the chat on show."""
        self._show(CardWish(chat=self._state.chat().id, turn=turn_id))

    def _show(self, wish: CardWish) -> None:
        before = self.wish()
        self.wish.set(replace(wish, wanted=before.wanted, by_model=before.by_model))
        self._offers.show(None)
        self.problem.set(None)
        self._navigation.visit(ADDRESS)

    @action("making:about", str)
    def about(self, id: str) -> None:
        """Another document; "" stands for the part, or the reply, that is named already."""
        if id:
            self.wish.set(CardWish(document=id, wanted=self.wish().wanted, by_model=self.wish().by_model))

    @action("making:wanted", str)
    def wanted(self, typed: str) -> None:
        """How many at a time."""
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else USUAL
        self.wish.set(replace(self.wish(), wanted=min(max(count, 1), MOST_WANTED)))

    @action("making:by-model", bool)
    def by_model(self, is_on: bool) -> None:
        """Whether a model writes them."""
        self.wish.set(replace(self.wish(), by_model=is_on))

    # -- made

    @action("making:start", Sent)
    async def start(self, _form: Sent) -> None:
        """Make some. Raises NothingToAsk, AllKnown, StorageError, what the librarian raises."""
        if self.is_busy():
            return
        self.is_busy.set(True)
        try:
            batch = await self._begun()
        finally:
            self.is_busy.set(False)
        self._offers.show(batch)
        self._page.now()
        self._page.do(Focus(OFFERS))
        self._go_on()

    async def _begun(self) -> Batch:
        wish, writer = self.wish(), self.writer()
        await self._items.ready()
        model = writer.name if writer and wish.by_model else ""
        spots = await self._spots(wish)
        if not spots:
            raise NothingToAsk
        if model:
            random.Random(wish.document).shuffle(spots)
            spots = spots[:MOST_SPOTS]
        document, chat = self._library().documents().get(wish.document), self._state.chat_of(wish.chat)
        name = document.name if document else chat.title if chat else ""
        quiz = Quiz(new_id(), name, wish.wanted, KINDS, tuple(spots), model, wish.chat, self._stays())
        return Batch(quiz, wish.within) if model else await self._without(Batch(quiz, wish.within))

    async def _spots(self, wish: CardWish) -> list[Spot]:
        if wish.turn:
            turns = await self._chats.turns([wish.turn])
            return [Spot(turn=one.id, passage=at) for one in turns for at in range(len(pieces(one.text)))]
        if wish.within:
            return await self._items.passages_within(wish.document, wish.within)
        document = self._library().documents().get(wish.document)
        return [Spot(wish.document, number) for number in range(document.passages if document else 0)]

    async def _without(self, batch: Batch) -> Batch:
        """With as many more as are wanted, made of the texts themselves. Raises NothingToAsk, AllKnown."""
        made = await self._items.made(replace(batch.quiz, wanted=MOST_MADE), batch.within)
        found, known = await self._offers.new_ones(made, batch)
        if not found:
            raise AllKnown if known else NothingToAsk
        new = sorted(found[: batch.quiz.wanted - len(batch.offers)], key=_place)
        offers = (*batch.offers, *map(Offer, new))
        known -= len(batch.offers)  # those are offered already
        return replace(batch, quiz=replace(batch.quiz, state="done"), offers=offers, known=max(0, known))

    @action("making:more")
    async def more(self) -> None:
        """As many again. Raises what `start` raises."""
        batch = self._offers.batch()
        if batch is None or self.is_busy() or batch.is_of_mistakes:
            return
        quiz = replace(batch.quiz, wanted=len(batch.offers) + self.wish().wanted, state="making")
        batch = replace(batch, quiz=quiz)
        self._offers.show(batch if quiz.model else await self._without(batch))
        self._go_on()

    def _go_on(self) -> None:
        batch = self._offers.batch()
        if batch and batch.quiz.model and batch.quiz.state == "making" and not self._jobs.is_running(JOB):
            self._jobs.start(JOB, self._work(batch.quiz.id))

    async def _work(self, id: str) -> None:
        """One after another, by one page at a time."""
        self.problem.set(None)
        self.is_busy.set(True)
        self._state.makes_cards.set(True)
        try:
            await self._tabs.wait(HOLD)  # a quiz may be at it, or another page
            try:
                while await self._one(id):
                    continue
            finally:
                self._tabs.release(HOLD)
        except Exception as error:  # noqa: BLE001 - shown beside what was made
            self.problem.set(as_app_error(error))
        finally:
            self._state.makes_cards.set(False)
            self.is_busy.set(False)
            self.is_waiting.set(False)

    async def _one(self, id: str) -> bool:
        """One try; False where nothing more is to be tried."""
        batch = self._offers.batch()
        if batch is None or batch.quiz.id != id or batch.quiz.state != "making" or not (at := batch.quiz.next_try):
            return False
        waits = self.is_waiting.set
        asked = await self._items.tried(batch.quiz, *at, feature=CARDS, within=batch.within, waits=waits)
        if (batch := self._offers.batch()) is None or batch.quiz.id != id:
            return False
        found = [] if isinstance(asked, str) else (await self._offers.new_ones([asked], batch))[0]
        if (batch := self._offers.batch()) is None or batch.quiz.id != id:
            return False
        if isinstance(asked, str) or not found:
            quiz = dropped(batch.quiz, asked if isinstance(asked, str) else "again")
        else:
            quiz = kept(batch.quiz, asked)
        is_new = len(quiz.questions) > len(batch.quiz.questions)
        offers = (*batch.offers, *map(Offer, found)) if is_new else batch.offers
        self._offers.batch.set(replace(batch, quiz=quiz, offers=offers))
        return True

    @action("making:stop")
    async def stop(self) -> None:
        """No more for now."""
        await self._jobs.stop(JOB)
        if batch := self._offers.batch():
            self._offers.batch.set(replace(batch, quiz=replace(batch.quiz, state="stopped")))


def _place(note: Note) -> tuple[int, int]:
    """Where it stands in its document."""
    return (note.source.page, note.source.start) if note.source else (0, 0)
