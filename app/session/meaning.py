"""Finding documents by what they mean: which model makes their vectors, whether it may have their texts, how far it is.

    session.meaning.begin()                         # the Library is open: vectors are made from now on
    session.meaning.making()                        # Making(1240, 3100, …): a signal
    await session.meaning.near("ebb and flood", None, is_private=False)     # Near(…), None where only words help

A model on this device is used without a question. Texts go to another one only for notebooks that the person has said
yes to, never for private ones; what is looked for goes there only where all chosen documents may, or some of all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.documents import Near
from app.core.errors import AppError, StorageError
from app.core.jobs import Jobs
from app.core.places import ModelRef, Place, Purpose
from app.core.ports import Clock
from app.core.signals import Effect, Signal, untracked
from app.core.values import Model, Request
from app.core.vectors import Embedder, ToEmbed
from app.session.library_queue import ReadingQueue
from app.session.ollama import Ollama
from app.session.preferences import Preferences
from app.session.readiness import Readiness
from app.session.state import State
from app.session.vector_queue import JOB, Making, Task, VectorQueue
from app.study.library.documents import Document
from app.study.library.meaning import (
    NO_NOTEBOOK,
    OFF,
    Consent,
    group_of,
    in_turn,
    is_private,
    key_of,
    least_of,
    may_go,
    server_of,
)
from app.study.library.store import LibraryStore

if TYPE_CHECKING:
    from app.session.library import Library

#: without a new letter, then the words go to the model that makes a vector of them: here, and elsewhere
PAUSE_SECONDS, PAUSE_ELSEWHERE = 0.25, 1.0
AGAIN_SECONDS = 10.0  # until a consent that could not be taken back is tried again
REMEMBERED = 16  # questions whose vectors are kept in memory


@dataclass(frozen=True, slots=True)
class Asking:
    """Whether the texts of a notebook ("none": of documents without one) may be sent to a model: about `size_bytes` of
    `documents` documents."""

    notebook: str
    model: Model
    size_bytes: int
    documents: int


@dataclass(frozen=True, slots=True)
class ServerModel:
    """An embedding model of a service or a server of the person's own, by the name that it has there."""

    service: str = ""
    name: str = ""


class Meaning:
    """The actions `meaning:*`."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        jobs: Jobs,
        clock: Clock,
        readiness: Readiness,
        ollama: Ollama,
        store: LibraryStore,
        reading: ReadingQueue,
        queue: VectorQueue,
        embedder: Callable[[], Embedder],
        library: Callable[[], Library],
    ) -> None:
        self._state, self._preferences, self._jobs, self._clock = state, preferences, jobs, clock
        self._readiness, self._ollama, self._store, self._reading = readiness, ollama, store, reading
        self._queue, self._embedder, self._library = queue, embedder, library
        self.making = queue.making
        self.asking: Signal[tuple[Asking, ...]] = Signal(())
        self.consents: Signal[Mapping[str, Consent]] = Signal({})
        self._vectors: dict[tuple[str, str], tuple[float, ...]] = {}
        self._doing: object = None  # what the job under way was started for
        self._watch: Effect | None = None
        self._is_clicked = False  # whether the person has just asked for it

    # -- which model

    def model(self) -> Model | None:
        """The model that is chosen; None where none is, or where it is gone."""
        chosen = self._state.settings().meaning
        if chosen == OFF:
            return None
        if not chosen:
            return self.bundled()
        if ModelRef.parse(chosen).provider == "cloud":
            return self._of_service(ModelRef.parse(chosen))
        return self._state.shelf.named(chosen)

    def bundled(self) -> Model | None:
        """The one that comes along, None where it does not."""
        models = (row.model for row in self._state.rows_at_rest())
        return next((model for model in models if model.can_embed and model.is_bundled), None)

    def _of_service(self, ref: ModelRef) -> Model:
        """A model that no list has: services list what can chat."""
        place, like = ref.place(), next((one for one in self._state.cloud() if one.ref.service == ref.service), None)
        where, place = (like.where, like.place) if like else (ref.service, place)
        return Model(str(ref), ref.name, "embedding", where=where, place=place)

    async def _ready(self, model: Model) -> Model:
        """The model as who answers for it has it now. Raises what keeps it from being asked."""
        if model.provider != "ollama":
            return await self._readiness.make_ready(model)
        server = await self._ollama.server_found(clicked=self._is_clicked)
        return server.row(model.ref.name).as_model()

    # -- making

    def begin(self) -> None:
        """The Library is open: make what lacks, and go on whenever something has changed."""
        if self._watch is None:
            self._watch = Effect(self._look)

    def _look(self) -> None:
        settings, model = self._state.settings(), self.model()
        leaves = model is not None and model.leaves_device
        doing = (
            settings.meaning,
            settings.pauses_meaning,
            model and key_of(model),
            leaves and (self._state.offline(), self._state.is_offline(), self._library().notebooks(), self.consents()),
            leaves and self._private(),
        )
        has_words = any(one.has_text for one in self._reading.documents().values())
        with untracked():
            if has_words and (doing != self._doing or not self._jobs.is_running(JOB)):
                self._doing = doing
                self._jobs.start(JOB, self._work())

    def _private(self) -> frozenset[str]:
        """The documents that must not go anywhere."""
        notebooks = self._library().notebooks()
        return frozenset(one.id for one in self._reading.documents().values() if is_private(one, notebooks))

    def changed(self) -> None:
        """The index has got something: look whether vectors lack."""
        if self._watch is not None and not self._jobs.is_running(JOB):
            self._jobs.start(JOB, self._work())

    async def _work(self) -> None:
        model = self.model()
        if model is None:
            self.asking.set(())
            self.making.set(Making(state="paused"))
            return
        try:
            if model.leaves_device and not self.consents():
                self.consents.set(await self._store.consents())
            if self._state.settings().pauses_meaning:
                await self._queue.count(self._task(model), "paused")
                return
            model = ready = await self._ready(model)
            await self._ask(ready)
            await self._queue.work(lambda: self._task(ready))
        except AppError as error:  # told in its line, and tried again when something changes
            now = self._queue.made(key_of(model))
            self.making.set(Making(now.made, now.total, state="failed", problem=error))
        finally:
            self._is_clicked = False

    def _task(self, model: Model) -> Task:
        """What may be made now."""
        notebooks = self._library().notebooks()
        documents = in_turn(self._reading.documents().values())
        if model.leaves_device:
            documents = [one for one in documents if self._may_go(one, model)]
        groups = {one.id: group_of(one, notebooks) if model.leaves_device else "" for one in documents}
        return Task(model, key_of(model), groups)

    # -- consent

    def _may_go(self, document: Document, model: Model) -> bool | None:
        return may_go(document, self._library().notebooks(), self.consents(), server_of(model))

    async def _ask(self, model: Model) -> None:
        """Ask about each notebook that has not been asked about for this server."""
        asking = list[Asking]()
        groups: dict[str, list[Document]] = {}
        if model.leaves_device:
            for one in in_turn(self._reading.documents().values()):
                if self._may_go(one, model) is None:
                    groups.setdefault(group_of(one, self._library().notebooks()), []).append(one)
        for group, documents in groups.items():
            lacking = await self._reading.librarian.lacking(key_of(model), [one.id for one in documents], 0)
            asking.append(Asking(group, model, lacking.bytes_left, len(documents)))
        self.asking.set(tuple(asking))

    @action("meaning:send", str)
    async def send(self, notebook: str) -> None:
        """Texts of a notebook may be sent. Raises StorageError."""
        await self._answer(notebook, may=True)

    @action("meaning:here", str)
    async def here(self, notebook: str) -> None:
        """They stay here: words find them. Raises StorageError."""
        await self._answer(notebook, may=False)

    async def _answer(self, notebook: str, *, may: bool) -> None:
        asked = next((one for one in self.asking() if one.notebook == notebook), None)
        if asked is None:
            return
        consent = Consent(notebook, server_of(asked.model), may, self._clock.now())
        await self._store.keep_consent(consent)
        self.asking.set(tuple(one for one in self.asking() if one is not asked))
        self.consents.set({**self.consents(), notebook: consent})

    def sent(self, model: Model) -> tuple[Consent, ...]:
        """What the texts are sent of that this model makes vectors of: consents of notebooks that are here."""
        notebooks, server = self._library().notebooks(), server_of(model)
        given = (one for one in self.consents().values() if one.may and one.server == server)
        is_here = {id for id, one in notebooks.items() if not one.is_private} | {NO_NOTEBOOK}
        return tuple(one for one in given if one.id in is_here) if model.leaves_device else ()

    @action("meaning:withdraw", str)
    async def withdraw(self, notebook: str) -> None:
        """Texts of a notebook are not sent any more: it holds at once, and for good. Raises StorageError."""
        if given := self.consents().get(notebook):
            taken = replace(given, may=False, added_at=self._clock.now())
            self.consents.set({**self.consents(), notebook: taken})
            try:
                await self._store.keep_consent(taken)
            except StorageError:
                self._jobs.start(f"meaning-withdrawn:{notebook}", self._forget(taken))
                raise

    async def _forget(self, taken: Consent) -> None:
        """Take the word away that could not be written over, or the next visit would send texts again."""
        while self.consents().get(taken.id) is taken:
            with suppress(StorageError):
                await self._store.drop_consent(taken.id)
                return
            await self._clock.sleep(AGAIN_SECONDS)

    # -- what the person chooses

    @action("meaning:pause")
    async def pause(self) -> None:
        """Make no more for now. Raises StorageError."""
        await self._preferences.change(pauses_meaning=True)

    @action("meaning:resume")
    async def resume(self) -> None:
        """Go on, or try again what has failed. Raises StorageError."""
        self._is_clicked, self._doing = True, None
        await self._preferences.change(pauses_meaning=False)
        self._look()

    @action("meaning:model", str)
    async def choose(self, id: str) -> None:
        """Find with another model, "" with the one that comes along, "off" by words alone. Raises StorageError."""
        self._is_clicked = True
        await self._preferences.change(meaning=id, pauses_meaning=False)

    @action("meaning:server", ServerModel)
    async def choose_server(self, named: ServerModel) -> None:
        """Find with a model of a service or a server of the person's own. Raises StorageError."""
        if named.service and named.name.strip():
            await self.choose(str(ModelRef("cloud", named.name.strip(), named.service)))

    @action("meaning:rank", bool)
    async def rank(self, is_on: bool) -> None:
        """Whether a reranking model puts the best passages in order. Raises StorageError."""
        await self._preferences.change(reranks=is_on)

    # -- looking for

    @property
    def pause_seconds(self) -> float:
        """How long whoever types must pause before what they mean is looked for."""
        model = self.model()
        return PAUSE_ELSEWHERE if model and model.leaves_device else PAUSE_SECONDS

    async def near(self, words: str, documents: Sequence[str] | None, *, is_private: bool) -> Near | None:
        """What is looked for as a vector, `alone` where each passage has one; None where there is nothing to compare it
        with, or where the words must not go to the model. Raises what the model and the librarian raise."""
        model = self.model()
        if model is None or (model.leaves_device and not await self._query_may_go(model, documents, is_private)):
            return None
        if model.provider == "browser" and not any(
            row.model.id == model.id and row.is_ready for row in self._state.rows()
        ):
            return None
        ready = await self._ready(model)
        key = key_of(ready)
        lacking = await self._reading.librarian.lacking(key, documents, 0)
        if not lacking.made:
            return None
        is_whole = lacking.made >= lacking.total
        return Near(key, await self._vector(ready, key, words), is_whole, least_of(ready))

    async def _query_may_go(self, model: Model, among: Sequence[str] | None, is_private_chat: bool) -> bool:
        """Whether the words may go to a model that is not on this device: they may say what is in the documents."""
        if is_private_chat or self._state.offline().is_on:
            return False
        if not self._library().is_known():
            await self._library().refresh()
        if not self.consents():
            self.consents.set(await self._store.consents())
        documents = self._reading.documents()
        named = [one for one in documents.values() if one.has_text and (among is None or one.id in among)]
        may = [self._may_go(one, model) for one in named]
        return any(may) if among is None else bool(may) and all(may)

    async def _vector(self, model: Model, key: str, words: str) -> tuple[float, ...]:
        if (key, words) not in self._vectors:
            farthest = Place.CLOUD if model.leaves_device else Place.COMPUTER
            why = Request((), purpose=Purpose.EMBEDDING, farthest=farthest)
            # Stopping it in the middle would throw the engine away: the next letter would load the model again.
            made = asyncio.ensure_future(self._embedder().embed(model, ToEmbed((words,), "query", why=why)))
            made.add_done_callback(lambda done: done.cancelled() or done.exception())
            self._vectors[key, words] = (await asyncio.shield(made)).rows[0]
            for old in list(self._vectors)[:-REMEMBERED]:
                del self._vectors[old]
        return self._vectors[key, words]
