"""What was found of models on the graphics processor of this device, kept on a shelf that no backup takes along.

gpu = Graphics(records, clock, wish, "3.13.0")
plan = await gpu.plan(model, facts)
await gpu.note(model, facts, "differs")       # the next plan goes by it
gpu.known(model, facts)                       # for the page, by what was read so far
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict

from app.core.errors import StorageError
from app.core.ports import Clock, Records
from app.core.signals import Signal
from app.core.values import DeviceFacts, Model
from app.models.engines.gpu import Found, Plan, Verdict, Wish, plan_for, verdict_from

SHELF = "gpu"
MOST_DETAIL = 2000  # characters


class Graphics:
    """Decides by the person's `wish` for a model, by what this device is, and by what was found before. A verdict that
    cannot be stored holds as long as the page is open."""

    def __init__(self, records: Records, clock: Clock, wish: Callable[[Model], Wish], version: str) -> None:
        self._records, self._clock, self._wish, self._version = records, clock, wish, version
        self._unstored: dict[str, Verdict] = {}
        self.verdicts: Signal[Mapping[str, Verdict]] = Signal({})  # by a model's id, as far as they were read

    async def look(self) -> None:
        """Read what is kept, by other pages too."""
        stored: dict[str, Verdict] = {}
        with suppress(StorageError):  # the model is checked anew then
            found = (verdict_from(record) for record in await self._records.all(SHELF))
            stored = {verdict.model_id: verdict for verdict in found}
        known = {**stored, **self._unstored}
        if known != self.verdicts():
            self.verdicts.set(known)

    async def plan(self, model: Model, facts: DeviceFacts) -> Plan:
        """What is done with a model now."""
        plan = self.known(model, facts)
        if plan.is_asked:  # else no verdict can change it
            await self.look()
            plan = self.known(model, facts)
        return plan

    def known(self, model: Model, facts: DeviceFacts) -> Plan:
        """The same by what was read so far."""
        return plan_for(model, facts, self._wish(model), self.verdicts().get(model.id), self._version)

    async def note(self, model: Model, facts: DeviceFacts, found: Found, detail: str = "") -> None:
        """Keep what was found of a model; it takes the place of what was found before."""
        verdict = Verdict(
            model.id, found, facts.browser, facts.adapter, self._version, self._clock.now(), detail[:MOST_DETAIL]
        )
        self._unstored[model.id] = verdict
        self.verdicts.set({**self.verdicts(), model.id: verdict})
        with suppress(StorageError):
            await self._records.write([(SHELF, model.id, asdict(verdict))])
            del self._unstored[model.id]

    async def forget(self, model_id: str) -> None:
        """Nothing is known of a model (any more). Raises StorageError."""
        self._unstored.pop(model_id, None)
        await self._records.write([], [(SHELF, model_id)])
        self.verdicts.set({key: verdict for key, verdict in self.verdicts().items() if key != model_id})
