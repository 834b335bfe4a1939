"""Kept with a message that tells of a run: when the program ran, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.shapes import When
from app.core.texts import Moment, Text


@dataclass(frozen=True, slots=True)
class RunMark:
    """`at` is seconds since 1970; `ending` is one of `app.core.running.Ending`, "" where it ended by itself."""

    at: When = 0.0
    ending: str = ""

    @property
    def told(self) -> Text:
        """When it ran, and whether an error ended it."""
        return Text("run.mark_failed" if self.ending == "failed" else "run.mark", at=Moment(self.at))
