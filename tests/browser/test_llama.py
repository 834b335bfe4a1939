"""The page's own Python against a real llama.cpp server: the contract over a real `fetch`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.python_worker import PythonWorker, worker_folder
from tests.cloud.llama import KEY, llamas
from tests.contract.llama_contract import CHECKS
from tests.environment import ROOT

CONTRACT = ROOT / "tests" / "contract" / "llama_contract.py"
SCHEMAS = ROOT / "tests" / "contract" / "schema_contract.py"  # which that one imports
SOURCE = """
from app.browser.clock import SystemClock
from app.browser.fetch import BrowserFetch
from tests.contract.llama_contract import LlamaBench, check_llama
await check_llama(LlamaBench(BrowserFetch(BASE), SystemClock(), *{urls!r}, {key!r}))
"""


def test_a_llama_cpp_server_is_understood_by_the_page(no_webgpu: Browser, tmp_path: Path) -> None:
    page = no_webgpu.new_page()
    with llamas() as servers, worker_folder(tmp_path, CONTRACT, SCHEMAS) as address:
        answer = PythonWorker(page, address).run(SOURCE.format(urls=servers.urls, key=KEY))
    page.close()
    assert len(answer.get("value", ())) == len(CHECKS), answer
