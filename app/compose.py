"""The whole app, put together over what the outside gives. Nothing here knows the browser.

app = compose(Adapters(page=..., clock=..., ...))    # app/main.py gives the browser's, the tests those in memory
await app.start()
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.core.adapters import Adapters, Visit
from app.core.ports import Provider, Records, Typesetter
from app.core.signals import Signal
from app.core.values import DeviceFacts, EngineName, Model
from app.models.answering.egress import Egress
from app.models.device.threads import measured_here
from app.models.engines.browser_engine import BrowserModelEngine
from app.models.engines.gpu import Wish
from app.models.engines.gpu_verdicts import Graphics
from app.models.engines.thread_count import threads_of
from app.models.store.catalog import catalog_of
from app.models.store.downloads import Web
from app.models.store.manager import LocalModelManager
from app.models.store.model_store import ModelStore
from app.models.store.sources import Sources
from app.models.store.stored import CHUNK_BYTES, PHONE_CHUNK_BYTES
from app.net.gate import Gate
from app.records.shared import SharedRecords
from app.session import Session
from app.session.makers import ChatFile, Makers, Spoken
from app.session.settings import Settings
from app.study import demo
from app.study.shelves import checked
from app.ui.pages.registry import PAGES
from app.ui.words import words

if TYPE_CHECKING:
    from app.core.vectors import Embedder


@dataclass(frozen=True, slots=True)
class App:
    """The app of one open page."""

    session: Session
    manager: LocalModelManager
    records: SharedRecords
    adapters: Adapters

    @property
    def provider(self) -> Provider:
        """Whoever answers, behind every check."""
        return self.session.provider

    async def start(self) -> None:
        """List the models, read what is stored and show the page that the address names. Raises StorageError where
        nothing can be read."""
        visit, packed = self.adapters.visit, self.adapters.packed
        if visit.is_demo:
            await demo.fill(visit.query, self.manager, self.records, self.session.words)
        else:
            self.manager.add(catalog_of(json.loads(packed("catalog.json"))).models)
        await self.session.start(visit.route, visit.catalog)
        if self.adapters.is_storage_blocked:
            self.session.together.blocked()


def compose(adapters: Adapters) -> App:
    """Make the app; nothing is read, asked or shown yet."""
    visit, clock, device = adapters.visit, adapters.clock, adapters.device
    gate, egress, settings = Gate(clock, visit.origin), Egress(), Signal(Settings())
    fetch = gate.guard(adapters.fetch)
    web = Web(fetch, gate.guard_parts(adapters.parts), adapters.hasher, adapters.blobs, clock)
    shared = SharedRecords(adapters.records, adapters.tabs("records"))
    records = checked(shared)
    chunk_bytes = PHONE_CHUNK_BYTES if device.is_mobile else CHUNK_BYTES
    manager = LocalModelManager(ModelStore(web, adapters.tabs("models"), words, chunk_bytes))
    engines = _engines(adapters, manager, settings, records)
    session = Session(
        visit=visit,
        records=records,
        manager=manager,
        sources=Sources(records, web, clock, words),
        engines=engines,
        device=device,
        clock=clock,
        page=adapters.page,
        gate=gate,
        egress=egress,
        settings=settings,
        words=words,
        pages=[row.id for row in PAGES],
        make=_makers(adapters, gate, web, records, partial(_vector_engine, adapters, manager, settings)),
        engine_versions={} if visit.is_demo else adapters.engine_versions,
    )
    shared.on_write = session.wrote
    shared.listen(lambda wrote: session.run(lambda: session.together.wrote(wrote)))
    adapters.records.when_lost(lambda: session.run(session.together.lost))
    return App(session, manager, shared, adapters)


def _engines(
    adapters: Adapters, manager: LocalModelManager, settings: Signal[Settings], records: Records
) -> BrowserModelEngine:
    """What runs models in this browser; in the demo, what streams a fixed text."""
    visit, open_model, make_engine = adapters.visit, manager.opener.open_for_chat, adapters.engine
    if visit.is_demo:
        open_model, make_engine = demo.nothing, demo.engine_maker(visit.query)
    choose, wish = partial(_engine_of, settings), partial(_gpu_wish, settings, visit)
    threads = partial(_threads_here, settings, adapters.engine_versions)
    gpu = Graphics(records, adapters.clock, wish, adapters.engine_versions.get("wllama", ""))
    return BrowserModelEngine(
        open_model,
        make_engine,
        adapters.device,
        adapters.clock,
        gpu,
        choose,
        threads,
        sampling=lambda: settings().sampling,
        usual_seconds=lambda model: settings().load_times.get(model.id, 0.0),
    )


def _vector_engine(adapters: Adapters, manager: LocalModelManager, settings: Signal[Settings]) -> Embedder:
    from app.models.engines.vector_engine import VectorEngine  # few visits make vectors

    def threads(model: Model, facts: DeviceFacts) -> int:
        """A quarter of the cores for vectors: it works for minutes, and whoever types must not notice."""
        most = _threads_here(settings, adapters.engine_versions, model, facts)
        return min(most, max(1, facts.cores // 4)) if most and model.can_embed else most

    return VectorEngine(manager.opener.open, adapters.engine, adapters.device, adapters.clock, threads)


def _engine_of(settings: Signal[Settings], model: Model) -> EngineName | None:
    return settings().engine_of(model)


def _threads_here(settings: Signal[Settings], versions: Mapping[str, str], model: Model, facts: DeviceFacts) -> int:
    """How many threads a model takes, by what was measured here."""
    return threads_of(model, facts, measured_here(settings().threads, facts, versions, model.id))


def _gpu_wish(settings: Signal[Settings], visit: Visit, model: Model) -> Wish:
    return "off" if visit.is_demo else settings().gpu_of(model)


def _makers(
    adapters: Adapters, gate: Gate, web: Web, records: Records, vector_engine: Callable[[], Embedder]
) -> Makers:
    return Makers(
        fetch=web.fetch,
        quiet_fetch=gate.guard(adapters.quiet_fetch),
        web=web,
        device=adapters.device,
        records=records,
        origin=adapters.visit.origin,
        package=adapters.package,
        packed=adapters.packed,
        vault=adapters.vault,
        crypto=adapters.crypto,
        answer=adapters.answer,
        pictures=adapters.pictures,
        chat_file=partial(_chat_file, adapters.typesetter),
        spoken=_spoken,
        vector_engine=vector_engine,
        document_files=adapters.document_files,
        librarian=adapters.librarian,
        sandbox=adapters.sandbox,
        tabs=adapters.tabs,
    )


def _chat_file(typesetter: Typesetter) -> ChatFile:
    from app.ui.chat_file import ChatFile as Made  # only an export needs it

    return Made(typesetter)


def _spoken() -> Spoken:
    from app.ui.spoken import SpokenText  # few visits read aloud

    return SpokenText()
