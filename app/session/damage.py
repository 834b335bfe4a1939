"""What of the stored records cannot be read, told to the person."""

from __future__ import annotations

from app.core.jobs import Jobs
from app.core.ports import Clock
from app.core.texts import Text
from app.records.checked import CheckedRecords
from app.session.notices import OPEN_DATA, Notices, Shown
from app.session.state import State
from app.study.shelves import told


class DamageReport:
    """Says so once for all that are found together."""

    def __init__(self, state: State, notices: Notices, jobs: Jobs, clock: Clock, records: CheckedRecords) -> None:
        self._state, self._notices, self._jobs, self._clock, self._records = state, notices, jobs, clock, records

    def found(self) -> None:
        """Something that cannot be read was met."""
        self._jobs.start("damage", self.tell())

    async def tell(self) -> None:
        """Say which stored records cannot be read, and where to go on from there."""
        await self._clock.sleep(0)  # those that are found together are told together
        self._state.damaged.set(tuple(self._records.damaged.values()))
        if not self._state.damaged():
            self._notices.dismiss("damaged")
        else:
            found = Text("archive.damaged_found", what=told(self._state.damaged()))
            cure = Text("archive.damaged_found_cure")
            self._notices.show(Shown("damaged", found, cure, "error", (OPEN_DATA,), everywhere=True))
