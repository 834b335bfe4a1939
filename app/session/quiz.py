"""Quizzes: what one is to be about, made, listed, deleted.

    session.quiz.begin()                        # the tab is open: read what is kept, go on with what is being made
    session.act("quiz:about", "notebook/3f2a")  # "all", "document/…", "chat/…", "some"
    session.act("quiz:start")                   # then "#/cards/quiz/ID" shows it

How a person answers is `app.session.quizzing`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.actions import Switch, action
from app.core.commands import Focus, Persist
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.quiz import KINDS, Kind
from app.core.signals import Signal
from app.core.text import shorten
from app.core.texts import Text, TextOrWords, Words
from app.core.values import Model
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.navigation import Navigation
from app.session.notices import Notices
from app.session.quiz_making import QuizMaking
from app.session.searching import Searching
from app.session.state import State
from app.session.steady import steady
from app.session.subject import EVERYTHING, Subject
from app.session.undo import Undos
from app.study.ask import Ask
from app.study.chats import ChatStore, new_id
from app.study.features import QUIZ
from app.study.library.documents import Document
from app.study.library.meaning import is_private
from app.study.practice.pieces import pieces
from app.study.practice.quiz_store import QuizStore, RemovedQuiz
from app.study.practice.quizzes import MOST_WANTED, NAME_LENGTH, Attempt, Quiz, Spot, shares

ADDRESS, FIELD = "#/cards/quiz", "quiz-start"
TOPIC_LENGTH, MOST_HITS = 200, 60
MOST_SPOTS = 400  # passages of one quiz
FEW_TRIES = 10  # from which on a model's share says something


class NothingToAsk(AppError):
    """There is nothing that a question could be made of."""

    message = Text("quiz.nothing")
    cure = Text("quiz.nothing_cure")
    again = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the next quiz is to be."""

    about: str = EVERYTHING
    documents: frozenset[str] = frozenset()  # where `about` is "some"
    topic: str = ""
    wanted: int = 8
    kinds: frozenset[Kind] = frozenset(KINDS)
    by_model: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """A form without fields of its own, as the page sends it."""

    arg: str = ""


class Quizzes:
    """The actions `quiz:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        words: Words,
        store: QuizStore,
        making: QuizMaking,
        reading: ReadingQueue,
        searching: Searching,
        chats: ChatStore,
        navigation: Navigation,
        library: Callable[[], Library],
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._notices, self._jobs, self._page, self._clock = state, notices, jobs, page, clock
        self._words, self._store, self.making, self._reading = words, store, making, reading
        self._searching, self._chats, self._navigation = searching, chats, navigation
        self._library, self._ask = library, ask
        self.quizzes = making.quizzes
        self.attempts: Signal[dict[str, Attempt]] = Signal({})
        self.is_known, self.is_starting = Signal(False), Signal(False)
        self.wish: Signal[Wish] = Signal(Wish())
        self._undos: Undos[RemovedQuiz] = Undos(notices, jobs, clock, "quiz:undo")

    # -- what is there

    def begin(self) -> None:
        """The tab is open."""
        self._library().know()
        if not self.is_known() and not self._jobs.is_running("quiz-read"):
            self._jobs.start("quiz-read", self.refresh())

    async def refresh(self) -> None:
        """Show what is kept now, and go on with what is being made. Raises StorageError."""
        quizzes, attempts = await steady(lambda: (self.quizzes(), self.attempts()), self._store.all)
        self.quizzes.set(quizzes)
        self.attempts.set(attempts)
        self.is_known.set(True)
        if first := self.making.first(quizzes.values()):
            self.making.go_on(first)

    def changed(self) -> None:
        """Another page, or an import, has changed what is kept."""
        if self.is_known():
            self._jobs.start("quiz-read", self.refresh())

    def listed(self) -> list[Quiz]:
        """The newest first."""
        return sorted(self.quizzes().values(), key=lambda one: -one.made_at)

    def writer(self) -> Model | None:
        """Who would write the questions now, None for nobody."""
        chat, stays = self._chat_id(), self._stays()
        model = self._ask().model_for(QUIZ, chat, stays_here=stays)
        return model if model and model.id else None

    def share(self, model: str) -> tuple[int, int] | None:
        """How many of a model's questions were kept, of how many; None where that says too little."""
        found = shares(list(self.quizzes().values())).get(model)
        return found if found and found[1] >= FEW_TRIES else None

    # -- what the next one is to be

    @action("quiz:about", str)
    def about(self, what: str) -> None:
        """All documents, a notebook, one document, some that are chosen, or a chat."""
        self.wish.set(replace(self.wish(), about=what))

    @action("quiz:document", Switch)
    def document(self, one: Switch) -> None:
        """Whether a document is among the chosen ones."""
        chosen = self.wish().documents
        self.wish.set(replace(self.wish(), documents=chosen | {one.arg} if one.value else chosen - {one.arg}))

    @action("quiz:topic", str)
    def topic(self, words: str) -> None:
        """Only what is about this."""
        self.wish.set(replace(self.wish(), topic=" ".join(words.split())[:TOPIC_LENGTH]))

    @action("quiz:wanted", str)
    def wanted(self, typed: str) -> None:
        """How many questions."""
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else Wish().wanted
        self.wish.set(replace(self.wish(), wanted=min(max(count, 1), MOST_WANTED)))

    @action("quiz:kind", Switch)
    def kind(self, one: Switch) -> None:
        """Whether there are questions of a kind; one kind stays."""
        named = frozenset(kind for kind in KINDS if kind == one.arg)
        kinds = self.wish().kinds | named if one.value else self.wish().kinds - named
        self.wish.set(replace(self.wish(), kinds=kinds or self.wish().kinds))

    @action("quiz:by-model", bool)
    def by_model(self, is_on: bool) -> None:
        """Whether a model writes the questions."""
        self.wish.set(replace(self.wish(), by_model=is_on))

    def documents(self) -> list[Document]:
        """The documents that it would be about."""
        return Subject(self.wish().about, self.wish().documents).documents(self._library())

    def _chat_id(self) -> str:
        kind, _, id = self.wish().about.partition("/")
        return id if kind == "chat" else ""

    def _stays(self) -> bool:
        """Whether nothing of it may leave this device: private documents go to no model elsewhere."""
        notebooks = self._library().notebooks()
        return any(is_private(one, notebooks) for one in self.documents())

    # -- making

    @action("quiz:start", Sent)
    async def start(self, _form: Sent) -> None:
        """Make the quiz, and show it. Raises NothingToAsk, StorageError, what the librarian raises."""
        if self.is_starting():
            return
        self.is_starting.set(True)
        try:
            await self._start()
        finally:
            self.is_starting.set(False)

    async def _start(self) -> None:
        wish, writer, since = self.wish(), self.writer(), self._navigation.place
        spots = await self._spots()
        id = new_id()
        random.Random(id).shuffle(spots) if not wish.topic else None
        quiz = Quiz(
            id,
            shorten(self._words(self._name()), NAME_LENGTH),
            wish.wanted,
            tuple(kind for kind in KINDS if kind in wish.kinds),
            tuple(spots[:MOST_SPOTS]),
            writer.name if writer and wish.by_model else "",
            self._chat_id(),
            self._stays(),
            made_at=self._clock.now(),
        )
        if not quiz.model:
            asked = await self.making.items.made(quiz)
            quiz = replace(quiz, questions=tuple(asked), state="done", tried=len(asked))
        if not spots or (not quiz.model and not quiz.questions):
            raise NothingToAsk
        await self.making.keep(quiz)
        self._page.do(Persist())
        self._navigation.lead(f"{ADDRESS}/{quiz.id}", since)
        if quiz.state == "making":
            self.making.go_on(quiz.id)

    async def _spots(self) -> list[Spot]:
        """What questions can be made of; about a topic the best places first."""
        wish, chat = self.wish(), self._state.chat_of(self._chat_id())
        if self._chat_id():
            turns = await self._chats.turns(chat.path) if chat else []
            replies = [one for one in turns if one.role == "assistant"]
            return [Spot(turn=one.id, passage=at) for one in replies for at in range(len(pieces(one.text)))]
        documents = self.documents()
        await self._reading.ready()
        if wish.topic:
            ids, stays = [one.id for one in documents], self._stays()
            found = await self._searching.search(wish.topic, ids, MOST_HITS, is_private=stays)
            return [Spot(hit.document, hit.passage) for hit in found.hits]
        return [Spot(one.id, number) for one in documents for number in range(one.passages)]

    def _name(self) -> TextOrWords:
        """What it is called in the list."""
        wish, library = self.wish(), self._library()
        kind, _, id = wish.about.partition("/")
        if wish.topic:
            return wish.topic
        if kind == "notebook" and id in library.notebooks():
            return library.notebooks()[id].name
        if kind == "chat" and (chat := self._state.chat_of(id)):
            return chat.title or Text("quiz.a_chat")
        documents = self.documents()
        return documents[0].name if len(documents) == 1 else Text("quiz.some_documents", count=len(documents))

    @action("quiz:stop")
    async def stop(self) -> None:
        """Make no more for now; what is there can be answered. Raises StorageError."""
        await self.making.stop()

    @action("quiz:go-on", str)
    async def go_on(self, id: str) -> None:
        """Make what is lacking. Raises StorageError."""
        await self.making.resume(id)

    # -- the list

    @action("quiz:delete", str)
    async def delete(self, id: str) -> None:
        """Delete a quiz with its history; it can be brought back for a while. Raises StorageError."""
        quiz = self.quizzes().get(id)
        if quiz is None:
            return
        if self.making.is_at(quiz):
            await self.making.stop()
            quiz = self.quizzes().get(id, quiz)
        removed = RemovedQuiz(quiz, tuple(one for one in self.attempts().values() if one.quiz == id))
        await self._store.remove(removed)
        self.quizzes.set({key: one for key, one in self.quizzes().items() if key != id})
        self.attempts.set({key: one for key, one in self.attempts().items() if one.quiz != id})
        self._undos.offer(removed, Text("quiz.deleted", name=quiz.name))
        self._page.do(Focus(FIELD))

    @action("quiz:undo", str)
    async def undo(self, token: str) -> None:
        """Bring back what was deleted. Raises StorageError."""
        await self._undos.undo(token, self._restore)

    async def _restore(self, removed: RemovedQuiz) -> None:
        await self._store.restore(removed)
        self.quizzes.set({**self.quizzes(), removed.quiz.id: removed.quiz})
        self.attempts.set({**self.attempts(), **{one.id: one for one in removed.attempts}})
