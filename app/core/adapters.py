"""Everything that the app needs of the outside, in one value: made in `app.browser.adapters`, and in the tests' memory.

adapters = Adapters(visit=visit_from(hello), page=..., clock=..., ...)
app = compose(adapters)                          # app.compose
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, urljoin

from app.core.pictures import Pictures
from app.core.ports import (
    Answer,
    Blobs,
    Clock,
    Crypto,
    Device,
    EngineMaker,
    Fetch,
    Hasher,
    Page,
    Parts,
    Records,
    Tabs,
    Typesetter,
    Vault,
)
from app.core.shapes import decode_as

if TYPE_CHECKING:  # few visits need them
    from app.core.document_files import DocumentFiles
    from app.core.documents import Librarian
    from app.core.running import Sandbox


class OwnRecords(Records, Protocol):
    """The records of this page, before other pages and damage are thought of."""

    def when_lost(self, handler: Callable[[], None]) -> None:
        """Call `handler` if the browser clears them while the page is open."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What the page says when it connects: the app's address with a slash at its end, its origin, the hash route, the
    query by name, whether there is a network, whether this browser lets a page open files in place,
    whether it has a model of its own for pages, its language, and whether it can read aloud."""

    app: str  # what databases, locks and channels are named after (static/js/names.js); the demo has a name of its own
    base: str
    origin: str
    route: str = ""
    query: Mapping[str, list[str]] = field(default_factory=dict)
    is_online: bool = True
    has_pickers: bool = False
    has_built_in: bool = False
    language: str = "en"  # the first of the browser's languages that the app has
    can_speak: bool = False

    @property
    def is_demo(self) -> bool:
        """Whether a fixed text takes the place of the models."""
        return "demo" in self.query

    @property
    def catalog(self) -> str:
        """The address of the catalogue that is listed for this visit, "" for none."""
        address = self.query.get("catalog", [""])[0]
        return urljoin(self.base, address) if address else ""


def visit_from(hello: Mapping[str, object]) -> Visit:
    """The visit of a page's greeting. Raises Damaged where it is none."""
    app, base, origin, route, search, language = (
        decode_as(str, hello.get(name), at=name)
        for name in ("app", "base", "origin", "hash", "search", "browserLanguage")
    )
    query = parse_qs(search[1:], keep_blank_values=True)
    is_online, has_pickers, has_built_in, can_speak = (
        bool(hello.get(name)) for name in ("isOnline", "hasPickers", "hasBuiltIn", "canSpeak")
    )
    return Visit(app, base, origin, route, query, is_online, has_pickers, has_built_in, language, can_speak)


@dataclass(frozen=True, slots=True)
class Adapters:
    """Everything that the app needs of the outside. What most visits never need is a function that makes it."""

    visit: Visit
    page: Page
    clock: Clock
    device: Device
    fetch: Fetch
    quiet_fetch: Fetch  # never raises a question of the browser's
    parts: Parts
    hasher: Hasher
    blobs: Blobs
    records: OwnRecords
    tabs: Callable[[str], Tabs]  # by what is told over their channel
    typesetter: Typesetter
    engine: EngineMaker
    answer: Callable[[object], Answer]
    crypto: Callable[[], Crypto]
    vault: Callable[[], Vault]
    pictures: Callable[[], Pictures]
    document_files: Callable[[], DocumentFiles]
    librarian: Callable[[], Librarian]
    sandbox: Callable[[], Sandbox]
    package: Callable[[str], Awaitable[None]]  # makes one of the page's packages importable; raises Interrupted
    packed: Callable[[str], bytes]  # a file that set-up puts beside the program
    engine_versions: Mapping[str, str] = field(default_factory=dict)  # "3.13.0": of those that `engine` makes
    is_storage_blocked: bool = False
