"""Makes the questions of a quiz in the background, one by one, by one page at a time; a reply always goes first.

    making.go_on("3f2a")                # from where it is, also after the page was closed in the middle
    await making.stop()
    making.progress()                   # Progress("3f2a", rate=0.2, …), a signal; None while nothing is made

Each try is kept before the next one begins: `app.study.practice.quizzes`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from app.core.documents import Passage
from app.core.errors import BadAnswer, TooLong
from app.core.jobs import Jobs
from app.core.ports import Clock, Tabs
from app.core.quiz import Fault, Item, Kind, Made
from app.core.signals import Signal
from app.session.background import Background
from app.session.ending import unless
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.state import State
from app.study.ask import Ask
from app.study.chats import ChatStore, new_id
from app.study.practice.asking import question_about
from app.study.practice.pieces import pieces
from app.study.practice.quiz_store import QuizStore
from app.study.practice.quizzes import Asked, Quiz, Spot, asked_of, dropped, kept, oldest_unfinished, settled

JOB = "quiz"
LOOK_SECONDS = 0.5
MOST_SENTENCES = 16  # that a question's source may be: a grammar of more takes long
LEAST_SENTENCE = 12  # characters


class QuizMaking:
    """The queue of one quiz at a time, and what is made without a model at once."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        clock: Clock,
        tabs: Tabs,
        store: QuizStore,
        chats: ChatStore,
        reading: ReadingQueue,
        library: Callable[[], Library],
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._jobs, self._clock = state, jobs, clock
        self._store, self._chats, self._reading, self._library, self._ask = store, chats, reading, library, ask
        self.quizzes: Signal[dict[str, Quiz]] = Signal({})
        self.line = Background(jobs, tabs, JOB, state.makes_quiz, self._make, self._following)
        self.progress, self.problem = self.line.progress, self.line.problem

    # -- without a model

    async def made(self, quiz: Quiz) -> Quiz:
        """A quiz of cloze items of its spots' texts. Raises what the librarian raises, StorageError."""
        librarian, wanted = self._reading.librarian, quiz.wanted
        if quiz.chat:
            texts = [await self._text(spot) for spot in quiz.spots]
            found = await librarian.clozes_in(texts, wanted)
            asked = [self._of_reply(one.item, quiz.spots[int(one.document)], texts[int(one.document)]) for one in found]
        else:
            ids = tuple(dict.fromkeys(spot.document for spot in quiz.spots))
            places = {(spot.document, spot.passage) for spot in quiz.spots}
            every = await librarian.clozes(ids, max(wanted, len(quiz.spots)) * 4)
            chosen = [one for one in every if (one.document, one.passage) in places][:wanted]
            asked = await self._of_documents(chosen)
        return replace(quiz, questions=tuple(asked), state="done", tried=len(asked))

    async def _of_documents(self, made: Sequence[Made]) -> list[Asked]:
        places = list(dict.fromkeys((one.document, one.passage) for one in made))
        found = await self._reading.librarian.around(places, 0)
        passages = {(one.document, one.number): one for one in found}
        known = ((one.item, passages.get((one.document, one.passage))) for one in made)
        return [self._of_passage(item, passage) for item, passage in known if passage]

    # -- with a model

    def is_at(self, quiz: Quiz) -> bool:
        """Whether it is this one whose questions are being made."""
        return self.line.is_at(quiz.id)

    def is_later(self, quiz: Quiz) -> bool:
        """Whether it is this one's turn after another one's."""
        is_busy = self.progress() is not None and not self.is_at(quiz)
        return is_busy and quiz.state == "making" and quiz.next_try is not None

    async def resume(self, id: str) -> None:
        """Go on with a quiz that was stopped, as it is kept now. Raises StorageError."""
        if quiz := await self._stored(id):
            await self.keep(settled(replace(quiz, state="making")))
            self.go_on(id)

    def go_on(self, id: str) -> None:
        """Make what is lacking of a quiz, if nobody is at it."""
        self.line.go_on(id)

    async def stop(self) -> None:
        """Not now: it can go on later. Raises StorageError."""
        id = await self.line.stop()
        if id and (quiz := await self._stored(id)) and quiz.state == "making":
            await self.keep(replace(quiz, state="stopped"))
        if following := await self._following():
            self.go_on(following)

    async def keep(self, quiz: Quiz) -> None:
        """Keep a quiz as it is now. Raises StorageError."""
        await self._store.keep(quiz)
        self.quizzes.set({**self.quizzes(), quiz.id: quiz})

    async def _following(self) -> str:
        """The quiz that waits longest for its questions, "" for none. Raises StorageError."""
        waiting = oldest_unfinished((await self._store.all())[0].values())
        return waiting.id if waiting else ""

    async def _make(self, id: str) -> None:
        await self._library().ready()  # it says what is private
        await self._reading.ready()
        while (quiz := await self._stored(id)) and quiz.state == "making" and (tried := quiz.next_try):
            began = self._clock.tick()
            result = await self._undisturbed(quiz, *tried)
            now = await self._stored(id)
            if now is None or now.state != "making":  # deleted or stopped meanwhile, perhaps in another page
                return
            await self.keep(dropped(now, result) if isinstance(result, str) else kept(now, result))
            self.line.took(1, self._clock.tick() - began)

    async def _stored(self, id: str) -> Quiz | None:
        """A quiz as it is kept now, and shown as that: another page may have changed it."""
        quiz = await self._store.quiz(id)
        others = {key: one for key, one in self.quizzes().items() if key != id}
        self.quizzes.set({**others, id: quiz} if quiz else others)
        return quiz

    async def _undisturbed(self, quiz: Quiz, spot: Spot, kind: Kind) -> Asked | Fault:
        """One try, begun again where a reply came in between, or where its words may not leave any more."""
        while True:
            await self._until_quiet()
            may_leave = not self.stays(quiz, spot.document)
            is_over = partial(self._is_over, quiz, spot, may_leave=may_leave)
            if result := await unless(is_over, self._one(quiz, spot, kind)):
                return result

    def _is_over(self, quiz: Quiz, spot: Spot, *, may_leave: bool) -> bool:
        """Whether a try gives way to a reply, or to what has become private since it began."""
        return bool(self._state.live()) or (may_leave and self.stays(quiz, spot.document))

    def stays(self, quiz: Quiz, document: str) -> bool:
        """Whether nothing that a quiz has of a document may leave this device, as it is now. What it has of a chat ("")
        goes no farther than that chat, and nowhere where no chat is named."""
        return quiz.stays or (self._library().stays(document) if document else not quiz.chat)

    async def _until_quiet(self) -> None:
        while bool(self._jobs.names("reply:")) or bool(self._state.live()) or self._reading.progress() is not None:
            self.line.waits(True)
            await self._clock.sleep(LOOK_SECONDS)
        self.line.waits(False)

    async def _one(self, quiz: Quiz, spot: Spot, kind: Kind) -> Asked | Fault:
        """What came of a try: a question, or why there is none."""
        librarian = self._reading.librarian
        passages = await librarian.around([(spot.document, spot.passage)], 0) if spot.document else ()
        text = passages[0].text if passages else await self._text(spot)
        if not text:
            return "source"
        quotes = await librarian.quotable([text], "", MOST_SENTENCES)
        sentences = list(dict.fromkeys(" ".join(text[one.start : one.end].split()) for one in quotes))
        sentences = [one for one in sentences if len(one) >= LEAST_SENTENCE]
        asked = question_about(text, kind, sentences, quiz.chat, stays=self.stays(quiz, spot.document))
        try:
            said = await self._ask().whole(asked)
        except (BadAnswer, TooLong):
            return "broken"
        judged = await librarian.judge(said.text, text)
        if judged.item is None:
            return judged.fault or "broken"
        made = self._of_passage(judged.item, passages[0]) if passages else self._of_reply(judged.item, spot, text)
        return replace(made, model=said.model_name)

    # -- where it stands

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
