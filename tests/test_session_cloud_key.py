"""A key that was entered is shown once it was tried and kept, and a vault that fails says so."""

from __future__ import annotations

import asyncio

import pytest

from tests.memory import MemoryVault, ticks
from tests.models.cloud.streams import KEY
from tests.test_session_cloud import OTHER_KEY, Page, listed, page


class SlowVault(MemoryVault):
    """Keeps nothing before it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def keep(self, name: str, text: str) -> None:
        await self.gate.wait()
        await super().keep(name, text)


@pytest.mark.parametrize("fails", [False, True])
def test_a_key_is_not_shown_before_the_vault_has_kept_it(fails: bool) -> None:
    @page
    async def scene(world: Page) -> None:
        world.vault = vault = SlowVault()
        await world.reload()
        for key, before in ((KEY, ""), (OTHER_KEY, "cdef")):
            vault.gate.clear()
            vault.fails = False
            world.fetch.events = [listed("gpt-5-mini")]
            world.session.act("cloud:key", {"arg": "openai", "key": key, "remember": "on"})
            await ticks(200)
            meanwhile = world.service()
            assert (meanwhile.last4, meanwhile.is_busy, meanwhile.problem) == (before, True, None)
            assert meanwhile.is_set_up is bool(before)
            vault.fails = fails
            vault.gate.set()
            await world.session.jobs.join()
            assert (world.service().last4, world.service().is_set_up) == (key[-4:], True)
            assert world.service().is_remembered is not fails
            assert (world.service().problem is not None) is fails, "it works in this tab, and what failed is told"

    scene()
