"""Composition root: makes the adapters, hands them to the session, mounts the pages."""

import json
import random
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urljoin

if "app.zip" not in sys.path:  # where pyscript.toml puts it; Python may have been started with it (interpreter.mjs)
    sys.path.insert(0, "app.zip")

import app
from app.browser.blobs import IndexedBlobs
from app.browser.chunk_worker import ChunkWorker
from app.browser.clock import SystemClock
from app.browser.device import BrowserDevice
from app.browser.engines import engine_maker
from app.browser.fetch import BrowserFetch, QuietFetch
from app.browser.hashing import WorkerHasher
from app.browser.page import BrowserPage
from app.browser.parts import PartFetch
from app.browser.records import IndexedRecords
from app.browser.tabs import BrowserTabs
from app.browser.typeset import WorkerTypesetter
from app.models.answering.dispatch import LocalModelProvider
from app.models.answering.egress import Egress
from app.models.answering.summariser import Summariser
from app.models.engines.browser_engine import BrowserModelEngine
from app.models.store.catalog import catalog_of
from app.models.store.downloads import Web
from app.models.store.manager import LocalModelManager
from app.models.store.model_store import ModelStore
from app.models.store.sources import Sources
from app.models.store.stored import CHUNK_BYTES, PHONE_CHUNK_BYTES
from app.net.gate import Gate
from app.records.shared import SharedRecords
from app.session import Session, as_app_error, is_cloud, is_ollama
from app.session.shelves import checked
from app.study import demo
from app.ui.demo import mount_ping
from app.ui.mount import mount


async def compose(page: BrowserPage, hello: dict[str, Any]) -> None:
    """Make the whole app for the page that said `hello`. `?demo` swaps the models for a fixed text."""
    base, asked = hello["base"], dict(parse_qs(hello["search"][1:], keep_blank_values=True))
    clock, device = SystemClock(), BrowserDevice()
    make_engine = engine_maker(base, lambda files: page.do("keep", *(file.removeprefix(base) for file in files)))
    gate = Gate(clock, hello["origin"], lambda: session.offline.set(gate.standing))
    fetch = gate.guard(BrowserFetch(base))
    name = hello["app"]  # databases, locks and channels are named after it (static/js/names.js)
    stored = IndexedRecords(name, lambda: session.run(lambda: session.part("together").lost()))
    shared = SharedRecords(
        stored,
        BrowserTabs(name, "records"),
        lambda wrote: session.run(lambda: session.part("together").wrote(wrote)),
    )
    records = checked(shared)
    is_blocked = await stored.is_blocked()
    worker = ChunkWorker(base, name)
    web = Web(
        fetch,
        PartFetch(worker, base, gate.check),
        WorkerHasher(worker),
        IndexedBlobs(worker, is_in_memory=is_blocked),
        clock,
    )
    sources = Sources(records, web, clock)
    manager = LocalModelManager(
        ModelStore(
            web,
            BrowserTabs(name, "models"),
            on_change=lambda: session.models_changed(),
            follow=lambda model_id: session.models_follow(model_id),
            stop=lambda model_id: session.models_stop(model_id),
            chunk_bytes=PHONE_CHUNK_BYTES if device.is_mobile else CHUNK_BYTES,
        )
    )

    def make_ollama(on_change: Callable[[], None]) -> Any:
        from app.models.ollama.parts import make_server  # most pages never ask for it

        table = json.loads(app.packed("ollama.json"))
        return make_server(
            fetch, device, records, clock, hello["origin"], table, on_change, gate.guard(QuietFetch(page.ask))
        )

    def make_answer(handle: object) -> Any:
        from app.browser.answer import PortAnswer

        return PortAnswer(handle)

    def make_bringing(client: Any, on_change: Callable[[Any], None]) -> Any:
        from app.models.ollama.bringing import Bringing

        return Bringing(client, web.blobs, web.hasher, clock, on_change)

    typesetter = WorkerTypesetter(base)

    def make_chat_file() -> Any:
        from app.ui.chat_file import ChatFile

        return ChatFile(typesetter)

    def make_crypto() -> Any:
        from app.browser.crypto import BrowserCrypto

        return BrowserCrypto()

    def make_cloud(on_change: Callable[[], None]) -> Any:
        from app.browser.vault import IndexedVault
        from app.models.cloud.cloud import Cloud
        from app.models.cloud.keys import Keys

        return Cloud(fetch, clock, Keys(IndexedVault()), on_change, gate.guard(QuietFetch(page.ask)))

    egress, open_model, is_demo = Egress(), manager.opener.open_for_chat, "demo" in asked
    if is_demo:
        make_engine, open_model = demo.engine_maker(asked), demo.nothing
    engines = BrowserModelEngine(
        open_model,
        make_engine,
        device,
        clock,
        lambda model: session.engine_of(model),
        lambda loaded: session.loaded.set(loaded),
    )

    local = LocalModelProvider(
        engines,
        [
            (is_ollama, lambda: session.ollama_provider()),
            (is_cloud, lambda: session.part("cloud").provider),
        ],
        egress,
    )
    session: Session = Session(
        records=records,
        manager=manager,
        sources=sources,
        provider=Summariser(
            local,
            lambda request: session.sums_up(request),
            lambda *asked: session.part("features").recap(*asked),
        ),
        device=device,
        clock=clock,
        page=page,
        unload=engines.unload,
        gate=gate,
        egress=egress,
        make={
            "ollama": make_ollama,
            "bringing": make_bringing,
            "answer": make_answer,
            "chat_file": make_chat_file,
            "crypto": make_crypto,
            "cloud": make_cloud,
            "prices": lambda: json.loads(app.packed("prices.json")),
        },
        is_demo=is_demo,
    )
    if is_demo:
        await demo.fill(asked, manager, records)
    else:
        manager.add(catalog_of(json.loads(app.packed("catalog.json"))).models)
    session.is_offline.set(not hello["isOnline"])
    session.base = base
    session.has_pickers = bool(hello["hasPickers"])
    catalog = asked.get("catalog", [""])[0]
    await session.start(hello["hash"], urljoin(base, catalog) if catalog else "")
    if is_blocked:
        session.run(lambda: session.part("together").blocked())
    mount(session, page, typesetter)
    if is_demo:
        mount_ping(session, page)
    page.listen(session.act)
    page.do("ready")


async def main() -> None:
    """Start; what goes wrong before the page is drawn is told in words by the shell."""
    random.seed()  # Python may have been started at set-up, on another machine (static/js/build/interpreter.mjs)
    page = BrowserPage()
    hello = await page.connect()
    try:
        await compose(page, hello)
    except Exception as caught:
        error = as_app_error(caught)
        page.do("failed", error.message, error.cure, error.detail)
        raise


await main()
