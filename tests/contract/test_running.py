"""The sandbox of tests keeps the contract that the wall keeps (tests/browser/test_wall.py)."""

from __future__ import annotations

import asyncio

from tests.contract.running_contract import CHECKS, check_running
from tests.sandbox import ProcessSandbox


def test_the_sandbox_of_tests_keeps_the_contract() -> None:
    assert len(asyncio.run(check_running(ProcessSandbox()))) == len(CHECKS)
