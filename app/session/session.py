"""The groups of actions of one open page, put together, and what they share.

What most visits never need is made at its first use (app.session.lazy).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import cached_property
from typing import Any

from app.core.actions import BadMessage, actions_of
from app.core.adapters import Visit
from app.core.jobs import Jobs
from app.core.ports import Clock, Device, Page, Provider
from app.core.presence import Presence
from app.core.signals import Signal
from app.core.texts import Text, Words
from app.core.values import Message, Model, Request
from app.models.answering.automatic import Automatic
from app.models.answering.dispatch import LocalModelProvider, Routes
from app.models.answering.egress import Egress
from app.models.answering.fallback import Fallback
from app.models.answering.resuming import Resuming
from app.models.answering.summariser import Summariser
from app.models.engines.browser_engine import BrowserModelEngine
from app.models.store.manager import LocalModelManager
from app.models.store.sources import Sources as StoreSources
from app.net.gate import Gate
from app.records.checked import CheckedRecords
from app.session import lazy, lazy_library, lazy_practice, lazy_programs
from app.session.app import AppEvents
from app.session.chats import WINDOW, Chats
from app.session.damage import DamageReport
from app.session.makers import Makers
from app.session.memory import Memory
from app.session.models import Models
from app.session.navigation import Navigation
from app.session.notices import Notices, as_app_error
from app.session.offline_gate import OfflineGate
from app.session.ollama import Ollama
from app.session.ollama_files import OllamaFiles
from app.session.preferences import Preferences
from app.session.privacy import Privacy
from app.session.readiness import Readiness
from app.session.replies import Replies
from app.session.settings import Settings
from app.session.sources import ModelSources
from app.session.state import OUTLOOK_KEY, SERVICES_KEY, State, models_of_services
from app.session.switching import Switching
from app.session.waiting import Waiting
from app.study.chats import Chat, ChatStore, Turn, new_id
from app.study.cited import Sources
from app.study.replies import Answering, Asking


class Session:
    """Everything of one open page."""

    navigation: Navigation  # the groups that are made before it ask for it later

    def __init__(
        self,
        *,
        visit: Visit,
        records: CheckedRecords,
        manager: LocalModelManager,
        sources: StoreSources,
        engines: BrowserModelEngine,
        device: Device,
        clock: Clock,
        page: Page,
        gate: Gate,
        egress: Egress,
        settings: Signal[Settings],
        words: Words,
        make: Makers,
        engine_versions: Mapping[str, str],
        pages: Sequence[str],
    ) -> None:
        self.records, self.manager, self.sources, self.engines = records, manager, sources, engines
        self.device, self.clock, self.page, self.gate, self.egress = device, clock, page, gate, egress
        self.pages, self.make, self.words = pages, make, words  # words are for what leaves the page or is kept
        self.engine_versions = engine_versions
        self.state = State(visit, settings, engines.loaded, gate.standing, manager.rows, words)
        self.store = ChatStore(records, clock)
        self.presence, self.notices = Presence(), Notices(self.state)
        self.jobs = Jobs(self.notices.job_failed)
        self.preferences = Preferences(self.state, page, records)
        self.privacy = Privacy(self.state, self.store)
        self.damage = DamageReport(self.state, self.notices, self.jobs, clock, records)
        egress.also_check = self.privacy.check
        records.on_damage = self.damage.found
        self._add_models()
        self._add_answers()
        self._add_chats()

    def _add_models(self) -> None:
        """Everything about models: this browser's, Ollama's, and what stands in for one that cannot be reached."""
        state, notices, preferences, jobs = self.state, self.notices, self.preferences, self.jobs
        page, clock, device, manager = self.page, self.clock, self.device, self.manager
        self.models = Models(
            state,
            notices,
            preferences,
            jobs,
            page,
            clock,
            device,
            manager,
            unload_engine=self.engines.unload,
            gpu=self.engines.gpu,
            check_gpu=self.engines.check,
        )
        self.memory = Memory(state, preferences, jobs, clock, self.engines.unload_unless)
        manager.watch(self.models.changed, self.models.follow, self.models.stop)
        self.ollama = Ollama(
            state,
            notices,
            preferences,
            jobs,
            clock,
            self.records,
            self.gate,
            self.egress,
            self.make,
            navigation=lambda: self.navigation,
            cloud=lambda: self.cloud,
        )
        self.ollama_files = OllamaFiles(state, notices, preferences, self.ollama, jobs, self.make)
        self.model_sources = ModelSources(state, notices, manager, self.sources, hub=lambda: self.hub)
        self.switching = Switching(state, notices, cloud=lambda: self.cloud)
        self.offline_gate = OfflineGate(state, self.switching, page, self.gate, self.egress)

    def _add_answers(self) -> None:
        """All models behind one provider, layer by layer."""
        routes: Routes = {"ollama": self.ollama.provider, "cloud": lambda: self.cloud.provider}
        local = LocalModelProvider(self.engines, routes, self.egress)
        resuming = Resuming(local, self.presence, self.clock)
        self.provider: Provider = Summariser(resuming, self.state.sums_up, self._recap)
        self.readiness = Readiness(
            self.state,
            self.models,
            self.ollama,
            self.jobs,
            self.manager,
            builtin=lambda: self.builtin,
            cloud=lambda: self.cloud,
            costs=lambda: self.costs,
        )
        self.fallback = Fallback(self.provider, self.readiness.make_ready, self.switching.instead)
        self.automatic = Automatic(self.fallback, lambda: self.routing.router)
        self.answering = Answering(self.store, self.automatic, self.clock, self.words, self._ground)

    async def _ground(self, chat: Chat, turn: Turn, model: Model, asking: Asking) -> Sources:
        return await self.grounding.find(chat, turn, model, asking)

    async def _recap(self, request: Request, messages: Sequence[Message], most_tokens: int) -> str:
        return await self.features.recap(request, messages, most_tokens)

    def _add_chats(self) -> None:
        """Chats, their replies, and what moves between pages."""
        state, notices, jobs, page = self.state, self.notices, self.jobs, self.page
        self.chats = Chats(
            state,
            notices,
            self.privacy,
            self.store,
            jobs,
            page,
            self.egress,
            archive=lambda: self.archive,
            attach=lambda: self.attach,
            leave=lambda: self.leave,
            grounding=lambda: self.grounding,
        )
        self._add_replies()
        self._add_events()

    def _add_replies(self) -> None:
        """Asking and answering."""
        self.waiting = Waiting(self.state, self.page)
        self.replies = Replies(
            self.state,
            self.notices,
            self.privacy,
            self.ollama,
            self.memory,
            self.switching,
            self.chats,
            self.store,
            self.jobs,
            self.page,
            self.clock,
            self.answering,
            self.words,
            self.presence,
            self.waiting,
            cloud=lambda: self.cloud,
            costs=lambda: self.costs,
            features=lambda: self.features,
            personas=lambda: self.personas,
            routing=lambda: self.routing,
            setup=lambda: self.setup,
            grounding=lambda: self.grounding,
            tutor=lambda: self.tutor,
        )

    def _add_events(self) -> None:
        """What leads to other pages, and what happens to the app as a whole."""
        state, notices, jobs, page = self.state, self.notices, self.jobs, self.page
        self.navigation = Navigation(state, self.ollama, self.chats, jobs, page, self.pages)
        self.app_events = AppEvents(
            state,
            notices,
            self.models,
            self.ollama,
            self.switching,
            jobs,
            page,
            self.device,
            self.manager,
            self.presence,
            builtin=lambda: self.builtin,
            cloud=lambda: self.cloud,
            setup=lambda: self.setup,
            go_on=lambda: lazy_library.go_on(self),
        )

    # -- made at its first use; the actions of each begin with its name and a colon

    aloud = cached_property(lazy.aloud)
    api = cached_property(lazy.api)
    archive = cached_property(lazy.archive)
    anki = cached_property(lazy_practice.anki)
    attach = cached_property(lazy.attach)
    best = cached_property(lazy_library.best)
    builtin = cached_property(lazy.builtin)
    cards = cached_property(lazy_practice.cards)
    cited = cached_property(lazy_library.cited)
    cloud = cached_property(lazy.cloud)
    context = cached_property(lazy.context)
    costs = cached_property(lazy.costs)
    embedders = cached_property(lazy.embedders)  # no group of actions: who makes vectors
    explain = cached_property(lazy_library.explain)
    features = cached_property(lazy.features)
    find = cached_property(lazy.find)
    grounding = cached_property(lazy_library.grounding)
    hub = cached_property(lazy.hub)
    imports = cached_property(lazy.imports)
    item_making = cached_property(lazy_practice.item_making)  # no group of actions: what makes one question
    leave = cached_property(lazy.leave)
    library = cached_property(lazy_library.library)
    library_store = cached_property(lazy_library.library_store)  # no group of actions: where documents are kept
    making = cached_property(lazy_practice.making)
    meaning = cached_property(lazy_library.meaning)
    measure = cached_property(lazy.measure)
    notes = cached_property(lazy_library.notes)
    offers = cached_property(lazy_practice.offers)
    offline = cached_property(lazy.offline)
    passages = cached_property(lazy_library.passages)
    quiz = cached_property(lazy_practice.quiz)
    quiz_making = cached_property(lazy_practice.quiz_making)  # no group of actions: what makes questions
    quiz_store = cached_property(lazy_practice.quiz_store)  # no group of actions: where quizzes are kept
    quizzing = cached_property(lazy_practice.quizzing)
    reading_queue = cached_property(lazy_library.reading_queue)  # no group of actions: what reads documents
    searching = cached_property(lazy_library.searching)  # no group of actions: how passages are found
    options = cached_property(lazy.options)
    packing = cached_property(lazy_practice.packing)
    personas = cached_property(lazy.personas)
    practice = cached_property(lazy_practice.practice)
    replay = cached_property(lazy.replay)
    review = cached_property(lazy_practice.review)
    routing = cached_property(lazy.routing)
    programs = cached_property(lazy_programs.programs)
    scope = cached_property(lazy_library.scope)
    setup = cached_property(lazy.setup)
    statement = cached_property(lazy_library.statement)
    together = cached_property(lazy.together)
    turns = cached_property(lazy.turns)
    tutor = cached_property(lazy_practice.tutor)
    writing = cached_property(lazy_library.writing)
    ask = cached_property(lazy.ask)  # no group of actions: how features ask a model

    # -- the start ----------------------------------------------------------------------------------------------------

    async def start(self, route: str, catalog: str = "") -> None:
        """Read what is stored and show the page that the address names; `catalog` adds one for this visit. What cannot
        be read is told: Settings, under Data, is reached all the same.

        Raises StorageError where nothing can be read.
        """
        await self._read_settings()
        for step in (self._read_chats, self.model_sources.load, self.manager.refresh):
            await self._attempt(step())
        self.switching.keep_here()
        await self._attempt(self.navigation.go(route))
        if catalog:  # it may be slow to come, and the page does not wait for it
            self.jobs.start("catalog", self.model_sources.visit(catalog))

    async def _attempt(self, step: Coroutine[Any, Any, None]) -> None:
        try:
            await step
        except Exception as error:  # noqa: BLE001 - shown; the next step may be the one that helps
            self.notices.error(as_app_error(error), everywhere=True)

    async def _read_chats(self) -> None:
        self.state.chats.set(tuple(map(self.privacy.as_private, await self.store.all())))
        for chat in self.state.chats():
            if chat.is_private:  # an import may just have made it so
                self.egress.stop(chat.id)

    async def _read_settings(self) -> None:
        stored, services, outlook = await self.records.get("settings", ["settings", SERVICES_KEY, OUTLOOK_KEY])
        self.preferences.take(stored)
        if outlook:
            self.state.outlook.set(lazy_practice.outlook(outlook))
        if services:
            self.state.cloud.set(models_of_services(services))
        self.offline_gate.apply()

    async def read_again(self) -> None:
        """Show what is stored now: an import has changed it, here or in another page. Raises StorageError."""
        await self._read_settings()
        await self._read_chats()
        await self.model_sources.load()
        await self.ollama.read_again()
        if "cloud" in vars(self):
            await self.cloud.read_again()
        self.documents_changed()
        self.cards_changed()
        if self.state.personas() is not None:
            await self.personas.read_again()
        if chat := self.state.chat_of(self.state.chat().id):
            await self.chats.show_chat(chat, max(WINDOW, len(self.state.turns())))

    def cards_changed(self) -> None:
        """The same of cards and quizzes."""
        if "practice" in vars(self):
            self.practice.elsewhere()
        if "quiz" in vars(self):
            self.quiz.changed()

    def documents_changed(self) -> None:
        """Another page, or an import, has changed what the library keeps."""
        if "library" in vars(self):
            self.library.changed()
        if "writing" in vars(self):
            self.writing.changed()

    def wrote(self, keys: list[tuple[str, str]]) -> None:
        """These (shelf, key) were written, by this page or by another."""
        if "find" in vars(self):
            self.find.wrote(keys)

    # -- what the page asks for ---------------------------------------------------------------------------------------

    @property
    def eager(self) -> tuple[object, ...]:
        """The groups of actions that are here from the start."""
        models = (self.models, self.ollama, self.ollama_files, self.model_sources, self.switching)
        chats = (self.chats, self.waiting, self.replies, self.navigation)
        return (self.notices, self.preferences, *models, *chats, self.app_events)

    def act(self, name: str, raw: object) -> None:
        """Run what the page asks for as a job of its own: one of the marked actions, once its argument was read. What
        is unknown or does not fit is told, and nothing is run."""
        self.run(lambda: self._act(name, raw))

    def _act(self, name: str, raw: object) -> object:
        prefix = name.partition(":")[0]
        owners = (getattr(self, prefix),) if prefix in LAZY else self.eager
        for owner in owners:
            if found := actions_of(type(owner)).get(name):
                return found.call(owner, raw)
        raise BadMessage(Text("errors.unknown_message", action=name))

    def run(self, work: Callable[[], object]) -> None:
        """Do something as a job of its own; what goes wrong is shown."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - shown, like the errors of every other action
            self.notices.error(as_app_error(error))
            return
        if asyncio.iscoroutine(result):
            self.jobs.start(f"act:{new_id()}", result)


#: the attributes that are made at their first use
LAZY = tuple(name for name, made in vars(Session).items() if isinstance(made, cached_property))
