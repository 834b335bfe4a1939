"""The parts of Ollama's room put together, when a page first needs them.

server = make_server(fetch, device, records, clock, origin, table, on_change)      # table: static/ollama.toml, read
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.ports import Clock, Device, Fetch, Records
from app.models.ollama.client import OllamaClient
from app.models.ollama.doctor import Doctor
from app.models.ollama.library import library_of
from app.models.ollama.pulls import Pulls
from app.models.ollama.server import OllamaServer


def make_server(
    fetch: Fetch,
    device: Device,
    records: Records,
    clock: Clock,
    origin: str,
    table: Mapping[str, object],
    on_change: Callable[[], None],
    quiet: Fetch | None = None,
) -> OllamaServer:
    """A server that nothing has been asked yet. `origin` is the page's own; `quiet` looks without a click."""
    library, client = library_of(table), OllamaClient(fetch)

    def expected(name: str) -> int:
        known = library.find(name)
        return known.size_bytes if known else 0

    pulls = Pulls(client, records, clock, on_change, expected)
    return OllamaServer(client, Doctor(fetch, device, origin, quiet=quiet), pulls, library, records, clock, on_change)
