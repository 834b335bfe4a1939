"""Our client of cloud services against llmock, which judges it, with headers that a page may read and without."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.cloud.mock import Mock
from tests.contract.cloud_contract import CHECKS, DIALECTS, PATHS, CloudBench, check_cloud
from tests.ollama.clock import WallClock
from tests.ollama.fetch import HttpFetch

ORIGIN = "https://user.github.io"


@pytest.fixture(scope="module", params=[True, False], ids=["readable headers", "hidden headers"])
def bench(request: pytest.FixtureRequest) -> Iterator[CloudBench]:
    """llmock as a page from another origin meets it."""
    with Mock(exposes=request.param) as mock:
        yield CloudBench(HttpFetch(ORIGIN), WallClock(), *mock.urls, exposes=request.param)


@pytest.mark.parametrize("service_id", DIALECTS)
def test_the_contract_holds_in_every_dialect(bench: CloudBench, service_id: str) -> None:
    assert len(asyncio.run(check_cloud(bench, (service_id,)))) == len(CHECKS)


def test_services_that_share_a_dialect_answer_too(bench: CloudBench) -> None:
    others = tuple(name for name in PATHS if name not in DIALECTS)
    assert len(asyncio.run(check_cloud(bench, others))) == len(others) == 3
