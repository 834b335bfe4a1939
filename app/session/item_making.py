"""Makes one question about one passage: by a model, and checked, or without one. Quizzes and cards are made of these.

    made = await items.made(quiz)                           # of the texts themselves, no model asked
    found = await items.tried(quiz, spot, "cloze")          # a question, or why there is none

A reply always goes first, and what has become private meanwhile is asked anew where it may be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.core.documents import Passage
from app.core.errors import BadAnswer, TooLong
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.quiz import Fault, Item, Kind, Made
from app.session.ending import unless
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.state import State
from app.study.ask import Ask
from app.study.chats import ChatStore, new_id
from app.study.features import QUIZ, Feature
from app.study.practice.asking import question_about
from app.study.practice.pieces import pieces
from app.study.practice.quizzes import Asked, Quiz, Spot, asked_of

HOLD = "quiz"  # what one page has while it makes questions
LOOK_SECONDS = 0.5
MOST_SENTENCES = 16  # that a question's source may be: a grammar of more takes long
LEAST_SENTENCE = 12  # characters


@dataclass(frozen=True, slots=True)
class Within:
    """A part of a page: only what a sentence of it says is asked."""

    page: int
    start: int
    end: int

    def holds(self, page: int, start: int, end: int) -> bool:
        """Whether these characters lie in it, at least in part."""
        return page == self.page and start < self.end and self.start < end


def _no_wait(is_waiting: bool) -> None:
    """Nobody is told."""


class ItemMaking:
    """What `quiz_making` and `making` share."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        clock: Clock,
        chats: ChatStore,
        reading: ReadingQueue,
        library: Callable[[], Library],
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._jobs, self._clock, self._chats = state, jobs, clock, chats
        self._reading, self._library, self._ask = reading, library, ask

    async def ready(self) -> None:
        """Once it is known what is private, and passages can be looked up. Raises what the librarian raises."""
        await self._library().ready()
        await self._reading.ready()

    def stays(self, quiz: Quiz, document: str) -> bool:
        """Whether nothing that a quiz has of a document may leave this device, as it is now. What it has of a chat ("")
        goes no farther than that chat, and nowhere where no chat is named."""
        return quiz.stays or (self._library().stays(document) if document else not quiz.chat)

    # -- without a model

    async def made(self, quiz: Quiz, within: Within | None = None) -> list[Asked]:
        """Cloze items of a quiz's spots, as many as it wants. Raises what the librarian raises, StorageError."""
        librarian, wanted = self._reading.librarian, quiz.wanted
        if quiz.chat:
            texts = [await self._text(spot) for spot in quiz.spots]
            found = await librarian.clozes_in(texts, wanted)
            return [self._of_reply(one.item, quiz.spots[int(one.document)], texts[int(one.document)]) for one in found]
        places = [(spot.document, spot.passage) for spot in quiz.spots]
        if self._are_whole(quiz.spots):
            found = await librarian.clozes(tuple(dict.fromkeys(name for name, _ in places)), wanted)
            return await self._of_documents(found)
        passages = await librarian.around(places, 0)
        found = await librarian.clozes_in([one.text for one in passages], wanted * (4 if within else 1))
        asked = [self._of_passage(one.item, passages[int(one.document)]) for one in found]
        return [one for one in asked if within is None or within.holds(one.page, one.start, one.end)][:wanted]

    def _are_whole(self, spots: Sequence[Spot]) -> bool:
        """Whether they are all passages of their documents."""
        here = self._library().documents()
        ids = {spot.document for spot in spots}
        return len(spots) == sum(here[id].passages for id in ids if id in here)

    async def _of_documents(self, made: Sequence[Made]) -> list[Asked]:
        places = list(dict.fromkeys((one.document, one.passage) for one in made))
        found = await self._reading.librarian.around(places, 0)
        passages = {(one.document, one.number): one for one in found}
        known = ((one.item, passages.get((one.document, one.passage))) for one in made)
        return [self._of_passage(item, passage) for item, passage in known if passage]

    # -- with a model

    async def tried(
        self,
        quiz: Quiz,
        spot: Spot,
        kind: Kind,
        *,
        feature: Feature = QUIZ,
        within: Within | None = None,
        waits: Callable[[bool], None] = _no_wait,
    ) -> Asked | Fault:
        """One try, begun again where a reply came in between, or where its words may not leave any more. Raises what
        `Ask.whole` raises but BadAnswer and TooLong, which are faults."""
        while True:
            await self._until_quiet(waits)
            may_leave = not self.stays(quiz, spot.document)
            is_over = partial(self._is_over, quiz, spot, may_leave=may_leave)
            if result := await unless(is_over, self._one(quiz, spot, kind, feature, within)):
                return result

    def _is_over(self, quiz: Quiz, spot: Spot, *, may_leave: bool) -> bool:
        """Whether a try gives way to a reply, or to what has become private since it began."""
        return bool(self._state.live()) or (may_leave and self.stays(quiz, spot.document))

    async def _until_quiet(self, waits: Callable[[bool], None]) -> None:
        while bool(self._jobs.names("reply:")) or bool(self._state.live()) or self._reading.progress() is not None:
            waits(True)
            await self._clock.sleep(LOOK_SECONDS)
        waits(False)

    async def _one(self, quiz: Quiz, spot: Spot, kind: Kind, feature: Feature, within: Within | None) -> Asked | Fault:
        """What came of a try: a question, or why there is none."""
        librarian = self._reading.librarian
        passages = await librarian.around([(spot.document, spot.passage)], 0) if spot.document else ()
        text = passages[0].text if passages else await self._text(spot)
        sentences = await self._sentences(text, passages[0] if passages else None, within) if text else []
        if not text or (within and not sentences):
            return "source"
        stays = self.stays(quiz, spot.document)
        asked = question_about(text, kind, sentences, quiz.chat, stays=stays, feature=feature)
        try:
            said = await self._ask().whole(asked)
        except (BadAnswer, TooLong):
            return "broken"
        judged = await librarian.judge(said.text, text)
        if judged.item is None:
            return judged.fault or "broken"
        made = self._of_passage(judged.item, passages[0]) if passages else self._of_reply(judged.item, spot, text)
        if within and not within.holds(made.page, made.start, made.end):
            return "source"
        return replace(made, model=said.model_name)

    async def _sentences(self, text: str, passage: Passage | None, within: Within | None) -> list[str]:
        """What the question's source may be."""
        quotes = await self._reading.librarian.quotable([text], "", MOST_SENTENCES)
        if within and passage:
            at = passage.start
            quotes = tuple(one for one in quotes if within.holds(passage.page, at + one.start, at + one.end))
        sentences = dict.fromkeys(" ".join(text[one.start : one.end].split()) for one in quotes)
        return [one for one in sentences if len(one) >= LEAST_SENTENCE]

    # -- where it stands

    async def passages_within(self, document: str, within: Within) -> list[Spot]:
        """The passages that hold a part of a page, in order; they are looked for as a word in a dictionary is."""
        here = self._library().documents().get(document)
        low, high = 0, here.passages if here else 0
        while low < high:
            middle = (low + high) // 2
            [one] = await self._reading.librarian.around([(document, middle)], 0)
            if (one.page, one.end) <= (within.page, within.start):
                low = middle + 1
            else:
                high = middle
        found = list[Spot]()
        for number in range(low, here.passages if here else 0):
            [one] = await self._reading.librarian.around([(document, number)], 0)
            if not within.holds(one.page, one.start, one.end):
                break
            found.append(Spot(document, number))
        return found

    async def _text(self, spot: Spot) -> str:
        """The part of a reply that a spot names, "" where it is gone."""
        turns = await self._chats.turns([spot.turn]) if spot.turn else []
        parts = pieces(turns[0].text) if turns else []
        return parts[spot.passage] if spot.passage < len(parts) else ""

    def _of_passage(self, item: Item, passage: Passage) -> Asked:
        document = self._library().documents().get(passage.document)
        return replace(
            asked_of(item, new_id()),
            text=" ".join(passage.text[item.start : item.end].split()),
            document=passage.document,
            name=document.name if document else "",
            page=passage.page,
            label=passage.label,
            start=passage.start + item.start,
            end=passage.start + item.end,
        )

    def _of_reply(self, item: Item, spot: Spot, text: str) -> Asked:
        return replace(asked_of(item, new_id()), text=" ".join(text[item.start : item.end].split()), turn=spot.turn)
