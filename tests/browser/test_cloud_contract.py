"""The page's own Python against llmock, which judges it: the contract of cloud services over a real `fetch`.

llmock is another origin than the page, so every request is let in by CORS or not at all, after a preflight. What a page
cannot read of a refusal (`retry-after`, unless the service exposes it) is a matter of the browser alone: hence twice.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.python_worker import PythonWorker, worker_folder
from tests.cloud.mock import mocks
from tests.contract.cloud_contract import CHECKS, DIALECTS
from tests.environment import ROOT

CONTRACT = ROOT / "tests" / "contract" / "cloud_contract.py"
SOURCE = """
from app.browser.clock import SystemClock
from app.browser.fetch import BrowserFetch
from tests.contract.cloud_contract import CloudBench, check_clouds
fetch, clock = BrowserFetch(BASE), SystemClock()
options = {{"exposes": {exposes}, "resends": True}}
await check_clouds([CloudBench(fetch, clock, name, pair, **options) for name, pair in {servers!r}])
"""


@pytest.mark.slow
@pytest.mark.parametrize("exposes", [False, True], ids=["hidden headers", "readable headers"])
def test_the_contract_holds_over_the_pages_own_fetch(no_webgpu: Browser, tmp_path: Path, exposes: bool) -> None:
    page = no_webgpu.new_page()
    with mocks(len(DIALECTS), exposes=exposes) as urls, worker_folder(tmp_path, CONTRACT) as address:
        servers = list(zip(DIALECTS, urls, strict=True))
        answer = PythonWorker(page, address).run(SOURCE.format(exposes=exposes, servers=servers))
    page.close()
    assert len(answer.get("value", ())) == len(CHECKS) * len(DIALECTS), answer
