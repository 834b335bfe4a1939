"""Which search is best here: questions are made of the person's documents, or typed, and each way is tried with them.

    session.act("best:start")                   # with what is on show in the Library; session.best.progress()
    session.best.verdict()                      # Verdict(…), a signal; None while nothing was measured
    session.act("best:take", "keyword")         # this way is used from now on

Only what a search may do is done: words of documents that stay here are sent nowhere. A model that writes the questions
is one on this device.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from app.core.actions import Field, action
from app.core.documents import Hit, Trial
from app.core.errors import BadAnswer
from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.signals import Signal
from app.core.values import Model
from app.records.checked import CheckedRecords
from app.session.library import Library
from app.session.library_queue import ReadingQueue
from app.session.preferences import Preferences
from app.session.searching import Searching
from app.session.settings import SearchKind
from app.session.vector_queue import Making
from app.study.ask import Ask, Question
from app.study.features import QUESTIONS as BY_MODEL
from app.study.library.best import (
    DEPTH,
    LEAST_QUESTIONS,
    MOST_TYPED,
    QUESTION_LENGTH,
    QUESTIONS,
    WAYS,
    Lacks,
    Typed,
    Verdict,
    place_of,
    typed_from,
    verdict,
)
from app.study.library.documents import Document, listed
from app.study.library.meaning import is_private

JOB, LOOK, KEY = "best-search", "best-look", "search"
CANDIDATES = 8  # passages of which one may answer a typed question
PART, TOKENS = 1500, 96  # characters of a passage that a model is shown, and how long its question may be
ASK = (
    "Write one short question that this text answers, in the text's language, as a student would ask it who has not "
    "read the text. Use other words than the text wherever you can.\n\n"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model answers."""

    question: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `asks` while questions are written, then while they are searched for."""

    step: Literal["asks", "searches"]
    done: int = 0
    total: int = 0
    seconds_left: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """A typed question, and passages of which one may answer it; None while they are looked for."""

    question: str
    hits: tuple[Hit, ...] | None = None


class BestSearch:
    """The actions `best:*`."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        records: CheckedRecords,
        preferences: Preferences,
        queue: ReadingQueue,
        searching: Searching,
        making: Signal[Making],
        library: Callable[[], Library],
        ask: Callable[[], Ask],
    ) -> None:
        self._jobs, self._clock, self._records, self._preferences = jobs, clock, records, preferences
        self._queue, self._searching, self._making, self._library, self._ask = queue, searching, making, library, ask
        self.progress: Signal[Progress | None] = Signal(None)
        self.verdict: Signal[Verdict | None] = Signal(None)
        self.typed: Signal[tuple[Trial, ...]] = Signal(())
        self.candidates: Signal[Candidates | None] = Signal(None)
        self.by_model: Signal[bool] = Signal(False)
        self._is_known = False

    def begin(self) -> None:
        """It is about to be shown: look for the questions that were typed."""
        if not self._is_known:
            self._is_known = True
            self._jobs.start(LOOK, self._look())

    async def _look(self) -> None:
        [stored] = await self._records.get("settings", [KEY])
        self.typed.set(typed_from(stored).questions if stored else ())

    def documents(self) -> tuple[Document, ...]:
        """What is measured with: the documents on show that words can be found in."""
        library = self._library()
        return tuple(one for one in listed(library.documents().values(), library.notebook()) if one.has_text)

    def questions(self) -> tuple[Trial, ...]:
        """The typed ones whose answers are in these documents."""
        here = {one.id for one in self.documents()}
        return tuple(one for one in self.typed() if one.document in here)

    def writer(self) -> Model | None:
        """The model on this device that would write the questions."""
        return self._ask().model_for(BY_MODEL, stays_here=True)

    # -- measuring

    @action("best:model", bool)
    def write(self, is_on: bool) -> None:
        """Whether a model writes the questions."""
        self.by_model.set(is_on)

    @action("best:start")
    def start(self) -> None:
        """Measure; what is under way begins anew."""
        self._jobs.start(JOB, self._measure())

    @action("best:stop")
    async def stop(self) -> None:
        """Stop; nothing of it is kept."""
        await self._jobs.stop(JOB)

    async def _measure(self) -> None:
        self.progress.set(Progress("asks"))
        self.verdict.set(None)
        try:
            await self._jobs.wait(LOOK)
            documents = self.documents()
            typed = self.questions()
            is_enough = len(typed) >= LEAST_QUESTIONS  # then nothing that is made need be trusted
            made = () if is_enough else await self._made([one.id for one in documents])
            trials, is_fair = (*typed, *made), is_enough or self._is_written()
            if trials:
                places = await self._places(trials, documents)
                count = sum(one.passages for one in documents)
                lacks: Lacks = "making" if self._making().made < self._making().total else ""
                self.verdict.set(verdict(places, passages=count, typed=len(typed), lacks=lacks, is_fair=is_fair))
            else:
                self.verdict.set(Verdict(0, 0, (), lacks="questions"))
        finally:
            self.progress.set(None)

    async def _made(self, ids: Sequence[str]) -> Sequence[Trial]:
        trials = await self._queue.librarian.trials(ids, QUESTIONS)
        if not self._is_written():
            return trials
        written, began = list[Trial](), self._clock.tick()
        for at, trial in enumerate(trials):
            self._tell("asks", at, len(trials), began)
            written.append(await self._written(trial))
        return written

    def _is_written(self) -> bool:
        return self.by_model() and self.writer() is not None

    async def _written(self, trial: Trial) -> Trial:
        """The same with a question of the model's; as it is where the model has none."""
        for passage in await self._queue.librarian.around([(trial.document, trial.passage)], 0):
            asked = Question(BY_MODEL, ASK + passage.text[:PART], max_tokens=TOKENS, stays_here=True)
            try:
                said = (await self._ask().json(asked, Asked)).question
            except BadAnswer:
                continue
            if words := " ".join(said.split())[:QUESTION_LENGTH]:
                return replace(trial, question=words)
        return trial

    async def _places(self, trials: Sequence[Trial], documents: Sequence[Document]) -> dict[SearchKind, list[int]]:
        """Where each way finds the answers; a way that is not there now is left out."""
        places: dict[SearchKind, list[int]] = {kind: [] for kind in WAYS}
        ids, notebooks, began = [one.id for one in documents], self._library().notebooks(), self._clock.tick()
        private = {one.id for one in documents if is_private(one, notebooks)}
        for at, trial in enumerate(trials):
            self._tell("searches", at, len(trials), began)
            for kind in list(places):
                stays = trial.document in private
                found = await self._searching.search(trial.question, ids, DEPTH, by=kind, is_private=stays)
                if found.hits and found.kind != kind:
                    del places[kind]
                else:
                    places[kind].append(place_of(trial, [(hit.document, hit.passage) for hit in found.hits]))
        return places

    def _tell(self, step: Literal["asks", "searches"], done: int, total: int, began: float) -> None:
        left = (self._clock.tick() - began) / done * (total - done) if done else 0.0
        self.progress.set(Progress(step, done, total, left))

    @action("best:take", str)
    async def take(self, kind: str) -> None:
        """Search this way from now on. Raises StorageError."""
        await self._preferences.change(search_by=next((way for way in WAYS if way == kind), "hybrid"))

    # -- typed questions

    @action("best:ask", Field)
    def ask(self, typed: Field) -> None:
        """Find passages of which one may answer a typed question."""
        if words := " ".join(typed.value.split())[:QUESTION_LENGTH]:
            self.candidates.set(Candidates(words))
            self._jobs.start(f"{JOB}-ask", self._find(words))

    async def _find(self, words: str) -> None:
        ids = [one.id for one in self.documents()]
        try:
            hits = (await self._searching.search(words, ids, CANDIDATES)).hits if ids else ()
        except BaseException:
            self.candidates.set(None)
            raise
        self.candidates.set(Candidates(words, hits))

    @action("best:answer", str)
    async def answer(self, number: str) -> None:
        """The passage of this number answers the question, "" for none of them. Raises StorageError."""
        found, hits = self.candidates(), self._hits()
        self.candidates.set(None)
        if found and number.isdecimal() and int(number) < len(hits):
            hit = hits[int(number)]
            kept = [one for one in self.typed() if one.question != found.question]
            await self._keep((*kept, Trial(found.question, hit.document, hit.passage))[-MOST_TYPED:])

    def _hits(self) -> tuple[Hit, ...]:
        found = self.candidates()
        return (found.hits or ()) if found else ()

    @action("best:forget", str)
    async def forget(self, question: str) -> None:
        """Forget a typed question. Raises StorageError."""
        await self._keep(tuple(one for one in self.typed() if one.question != question))

    async def _keep(self, questions: tuple[Trial, ...]) -> None:
        await self._records.write([("settings", KEY, asdict(Typed(questions)))])
        self.typed.set(questions)
