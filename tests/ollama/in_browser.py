"""The part of the check against a real server that runs in a real Chromium: the contract, over the page's fetch."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from tests.browser.python_worker import PythonWorker, worker_folder
from tests.environment import QUIET_FLAGS, ROOT, find_chromium
from tests.ollama.against import own_name, template_of

CONTRACT = ROOT / "tests" / "contract" / "ollama_contract.py"
SCHEMAS = ROOT / "tests" / "contract" / "schema_contract.py"  # which that one imports
SOURCE = """
import js
from app.browser.clock import SystemClock
from app.browser.fetch import BrowserFetch
from app.models.ollama.client import OllamaClient
from tests.contract.ollama_contract import OllamaBench, check_ollama
blob = await (await js.fetch(BASE + "model.gguf")).blob()
client = OllamaClient(BrowserFetch(BASE), {url!r})
await check_ollama(OllamaBench(client, SystemClock(), blob, {sha256!r}, {own!r}, {template!r}, {stop!r}))
"""


def in_browser(url: str, gguf: Path) -> list[str]:
    """Run the contract in the page's Python against the server at `url`; the names of what passed.

    Raises AssertionError with what failed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=list(QUIET_FLAGS))
        page = browser.new_page()
        try:
            return in_page(page, url, gguf)
        finally:
            browser.close()


def in_page(page: Page, url: str, gguf: Path) -> list[str]:
    """The same in a page that is there already."""
    with gguf.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    template, stop = template_of(gguf)
    with _folder(gguf) as address:
        worker = PythonWorker(page, address)
        try:
            answer = worker.run(SOURCE.format(url=url, sha256=sha256, own=own_name(), template=template, stop=stop))
        except Error as error:
            raise AssertionError(str(error)) from error
    assert "value" in answer, answer
    passed: list[str] = answer["value"]
    return passed


@contextmanager
def _folder(gguf: Path) -> Iterator[str]:
    """The worker's page with the contract and the model's file beside it; its address."""
    with tempfile.TemporaryDirectory() as folder, worker_folder(Path(folder), CONTRACT, SCHEMAS) as address:
        (Path(folder) / "a" / "path" / "model.gguf").symlink_to(gguf.resolve())
        yield address
