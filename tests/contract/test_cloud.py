"""Our client of cloud services against llmock, which judges it, with headers that a page may read and without."""

from __future__ import annotations

import asyncio

import pytest

from tests.cloud.mock import mocks
from tests.contract.cloud_contract import CHECKS, DIALECTS, PATHS, CloudBench, check_clouds
from tests.ollama.clock import WallClock
from tests.ollama.fetch import HttpFetch

ORIGIN = "https://user.github.io"


def passed(service_ids: tuple[str, ...], *, exposes: bool) -> list[str]:
    """What passes as a page from another origin meets it."""
    with mocks(len(service_ids), exposes=exposes) as urls:
        fetch, clock = HttpFetch(ORIGIN), WallClock()
        benches = [
            CloudBench(fetch, clock, name, pair, exposes=exposes) for name, pair in zip(service_ids, urls, strict=True)
        ]
        return asyncio.run(check_clouds(benches))


@pytest.mark.parametrize("exposes", [True, False], ids=["readable headers", "hidden headers"])
def test_the_contract_holds_in_every_dialect(exposes: bool) -> None:
    assert len(passed(DIALECTS, exposes=exposes)) == len(CHECKS) * len(DIALECTS)


def test_services_that_share_a_dialect_answer_too() -> None:
    others = tuple(name for name in PATHS if name not in DIALECTS)
    assert len(passed(others, exposes=False)) == len(others) == 3
