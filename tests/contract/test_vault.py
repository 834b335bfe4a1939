"""The fake vault keeps the contract that the browser's keeps (tests/browser/test_vault.py)."""

from __future__ import annotations

import asyncio

from tests.contract.vault_contract import CHECKS, check_vault
from tests.memory import MemoryVault


def test_the_vault_in_memory_keeps_the_contract() -> None:
    vault = MemoryVault()

    async def lose_key() -> None:
        vault.lose_key()

    assert len(asyncio.run(check_vault(lambda: vault, lose_key))) == len(CHECKS) + 1
    assert vault.records == {}
