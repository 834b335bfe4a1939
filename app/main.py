"""Composition root: makes the adapters, hands them to the session, mounts the pages."""

from urllib.parse import parse_qs

from app.browser.blobs import IndexedBlobs
from app.browser.clock import SystemClock
from app.browser.device import BrowserDevice
from app.browser.engines import engine_maker
from app.browser.fetch import BrowserFetch
from app.browser.page import BrowserPage
from app.browser.records import IndexedRecords, use_demo_database
from app.browser.typeset import WorkerTypesetter
from app.models.browser_engine import BrowserModelEngine
from app.models.catalog import read_catalog
from app.models.manager import LocalModelManager
from app.models.provider import LocalModelProvider
from app.session import Session
from app.ui.mount import mount

page = BrowserPage()
hello = await page.connect()
asked = {name: values[0] for name, values in parse_qs(hello["search"][1:], keep_blank_values=True).items()}
is_demo = "demo" in asked
records, clock, fetch, make_engine = IndexedRecords(), SystemClock(), BrowserFetch(hello["base"]), engine_maker(hello["base"])
device = BrowserDevice()
manager = LocalModelManager(IndexedBlobs(), fetch, clock, lambda: session.models_changed())
open_model = manager.open
if is_demo:
    from app.study.demo import DEMO_ROWS, demo_engine_maker, nothing, seed

    use_demo_database()
    make_engine, open_model = demo_engine_maker(asked), nothing
engines = BrowserModelEngine(
    open_model,
    make_engine,
    device,
    clock,
    lambda model: session.engine_of(model),
    lambda loaded: session.loaded.set(loaded),
)
session = Session(
    records=records,
    manager=manager,
    provider=LocalModelProvider(engines),
    device=device,
    clock=clock,
    page=page,
    unload=engines.unload,
    is_demo=is_demo,
)
if is_demo:
    manager.add_ready(DEMO_ROWS)
    if "messages" in asked:
        await seed(records, int(asked["messages"]))
else:
    manager.add(read_catalog(await fetch.text("static/catalog.toml")))
session.is_offline.set(not hello["isOnline"])
await session.start(hello["hash"])
mount(session, page, WorkerTypesetter(hello["base"]))
page.listen(session.act)
page.do("ready")
