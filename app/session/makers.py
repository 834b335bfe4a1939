"""What most visits never need, made at its first use: each maker imports its modules when it is called."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.core.pictures import Pictures
from app.core.ports import Answer, Crypto, Device, Fetch, Records, Tabs, Vault
from app.models.store.downloads import Web

if TYPE_CHECKING:
    from app.core.document_files import DocumentFiles
    from app.core.documents import Librarian
    from app.core.running import Sandbox
    from app.core.vectors import Embedder
    from app.models.cloud.cloud import Cloud
    from app.models.costs.prices import Packed
    from app.models.hub.hub import Hub
    from app.models.ollama.bringing import Bringing, Stage
    from app.models.ollama.client import OllamaClient
    from app.models.ollama.server import OllamaServer
    from app.study.archive.trees import Tree


NOTHING: Mapping[str, Mapping[str, object]] = {}


class ChatFile(Protocol):
    """What writes chats as one HTML file (app.ui.chat_file)."""

    async def html(
        self, trees: Sequence[Tree], title: str, day: str, files: Mapping[str, Mapping[str, object]] = NOTHING
    ) -> str:
        """The whole file; `files` are the records of what is attached, by their ids."""


class Spoken(Protocol):
    """What turns the Markdown of one reply into sentences, each once (app.ui.spoken)."""

    def push(self, text: str) -> list[str]:
        """Take more of the reply in; the sentences that are whole by now."""

    def end(self) -> list[str]:
        """The reply has ended: the sentences that are left."""


@dataclass(frozen=True, slots=True)
class Makers:
    """Makers, and what they need of the outside."""

    fetch: Fetch
    quiet_fetch: Fetch
    web: Web
    device: Device
    records: Records
    origin: str
    package: Callable[[str], Awaitable[None]]
    packed: Callable[[str], bytes]
    vault: Callable[[], Vault]
    crypto: Callable[[], Crypto]
    answer: Callable[[object], Answer]
    pictures: Callable[[], Pictures]
    chat_file: Callable[[], ChatFile]
    spoken: Callable[[], Spoken]
    vector_engine: Callable[[], Embedder]
    document_files: Callable[[], DocumentFiles]
    librarian: Callable[[], Librarian]
    sandbox: Callable[[], Sandbox]
    tabs: Callable[[str], Tabs]

    def ollama(self, on_change: Callable[[], None]) -> OllamaServer:
        """Ollama's server, of which nothing has been asked yet."""
        from app.models.ollama.parts import make_server

        table = json.loads(self.packed("ollama.json"))
        clock = self.web.clock
        return make_server(
            self.fetch, self.device, self.records, clock, self.origin, table, on_change, self.quiet_fetch
        )

    def bringing(self, client: OllamaClient, on_change: Callable[[Stage], None]) -> Bringing:
        """What brings a file into Ollama."""
        from app.models.ollama.bringing import Bringing

        return Bringing(client, self.web.blobs, self.web.hasher, self.web.clock, on_change)

    def cloud(self, on_change: Callable[[], None]) -> Cloud:
        """The cloud services, none of which has been asked yet."""
        from app.models.cloud.cloud import Cloud
        from app.models.cloud.keys import Keys

        return Cloud(self.fetch, self.web.clock, Keys(self.vault()), on_change, self.quiet_fetch)

    def hub(self) -> Hub:
        """The Hugging Face Hub, of which nothing has been asked yet."""
        from app.models.hub.hub import Hub

        return Hub(self.web)

    def packages(self) -> str:
        """Where packages lie for programs that people run: an address with a slash at its end."""
        return str(json.loads(self.packed("packages.json"))["address"])

    def prices(self) -> Packed:
        """The table of prices."""
        table: Packed = json.loads(self.packed("prices.json"))
        return table
