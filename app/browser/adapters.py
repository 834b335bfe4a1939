"""The browser's side of every port, for one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app import packed
from app.browser.blobs import IndexedBlobs
from app.browser.chunk_worker import ChunkWorker
from app.browser.clock import SystemClock
from app.browser.device import BrowserDevice
from app.browser.engines import VERSIONS, engine_maker
from app.browser.fetch import BrowserFetch, QuietFetch
from app.browser.hashing import WorkerHasher
from app.browser.page import BrowserPage
from app.browser.parts import PartFetch
from app.browser.records import IndexedRecords
from app.browser.tabs import BrowserTabs
from app.browser.typeset import WorkerTypesetter
from app.core.adapters import Adapters, visit_from
from app.core.commands import Keep
from app.core.pictures import Pictures
from app.core.ports import Answer, Crypto, Engine, EngineMaker, Vault
from app.core.values import EngineName

if TYPE_CHECKING:
    from app.core.document_files import DocumentFiles
    from app.core.documents import Librarian
    from app.core.running import Sandbox


async def adapters_of(page: BrowserPage, hello: Mapping[str, object], version: int, shelves: Sequence[str]) -> Adapters:
    """The adapters for the page that said `hello`; records are kept on these shelves of a database of that version."""
    visit = visit_from(hello)
    base = visit.base
    worker, records = ChunkWorker(base, visit.app), IndexedRecords(visit.app, version, shelves)
    is_blocked = await records.is_blocked()
    return Adapters(
        visit=visit,
        page=page,
        clock=SystemClock(),
        device=BrowserDevice(),
        fetch=BrowserFetch(base),
        quiet_fetch=QuietFetch(page.ask),
        parts=PartFetch(worker, base),
        hasher=WorkerHasher(worker),
        blobs=IndexedBlobs(worker, is_in_memory=is_blocked),
        records=records,
        tabs=partial(BrowserTabs, visit.app),
        typesetter=WorkerTypesetter(base),
        engine=_engines(page, engine_maker(base, _keeper(page, base))),
        answer=_answer,
        crypto=_crypto,
        vault=_vault,
        pictures=_pictures,
        document_files=_document_files,
        librarian=partial(_librarian, page, base),
        sandbox=partial(_sandbox, page),
        package=partial(_package, base),
        packed=packed,
        engine_versions=VERSIONS,
        is_storage_blocked=is_blocked,
    )


def _engines(page: BrowserPage, in_workers: EngineMaker) -> EngineMaker:
    """The engines in their workers, and the one that is not in one."""

    def make(name: EngineName) -> Engine:
        if name != "built-in":
            return in_workers(name)
        from app.browser.built_in import BuiltInEngine

        return BuiltInEngine(page)

    return make


def _keeper(page: BrowserPage, base: str) -> Callable[[Sequence[str]], None]:
    """What asks the page to keep an engine's files for offline use."""
    return lambda files: page.do(Keep(tuple(file.removeprefix(base) for file in files)))


def _answer(handle: object) -> Answer:
    from app.browser.answer import PortAnswer

    return PortAnswer(handle)


def _crypto() -> Crypto:
    from app.browser.crypto import BrowserCrypto

    return BrowserCrypto()


def _pictures() -> Pictures:
    from app.browser.pictures import BrowserPictures

    return BrowserPictures()


def _document_files() -> DocumentFiles:
    from app.browser.document_files import IndexedDocuments

    return IndexedDocuments()


def _librarian(page: BrowserPage, base: str) -> Librarian:
    from app.browser.librarian import WorkerLibrarian

    return WorkerLibrarian(base, _keeper(page, base))


def _sandbox(page: BrowserPage) -> Sandbox:
    from app.browser.sandbox import PageSandbox

    return PageSandbox(page)


async def _package(base: str, name: str) -> None:
    from app.browser.packages import bring

    await bring(base, name)


def _vault() -> Vault:
    from app.browser.vault import IndexedVault

    return IndexedVault()
