"""What is kept of runs: with a message that tells of one, when the program ran, and how it ended; with a reply that was
checked by one, what came of each of its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.core.shapes import When
from app.core.texts import Moment, Text

#: what a run says of a claim: it holds; it holds, rounded; it does not; nothing, as it could not be run to its end
Verdict = Literal["agrees", "rounded", "differs", "unknown"]


@dataclass(frozen=True, slots=True)
class RunMark:
    """`at` is seconds since 1970; `ending` is one of `app.core.running.Ending`, "" where it ended by itself."""

    at: When = 0.0
    ending: str = ""

    @property
    def told(self) -> Text:
        """When it ran, and whether an error ended it."""
        return Text("run.mark_failed" if self.ending == "failed" else "run.mark", at=Moment(self.at))


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim of a reply, a sum or (`is_output`) what its code is said to print, and the `value` that a run has found
    instead, "" where there is none."""

    claim: str
    verdict: Verdict
    value: str = ""
    is_output: bool = False

    @property
    def told(self) -> Text:
        """The claim with its verdict; what a program has printed instead is not in it."""
        match self.verdict:
            case "agrees" | "rounded" if self.is_output:
                return Text("run.output_agrees")
            case "differs" if self.is_output:
                return Text("run.output_differs")
            case "unknown" if self.is_output:
                return Text("run.output_unknown")
            case "agrees":
                return Text("run.sum_agrees", claim=self.claim)
            case "rounded":
                return Text("run.sum_rounded", claim=self.claim, value=self.value)
            case "differs":
                return Text("run.sum_differs", claim=self.claim, value=self.value)
        return Text("run.sum_unknown", claim=self.claim)


@dataclass(frozen=True, slots=True)
class Checked:
    """A reply that was checked by a run, `at` seconds since 1970, when it was `size` characters long: what was added
    since is not checked."""

    at: When = 0.0
    size: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def told(self) -> Text:
        """When that was, and how many claims hold."""
        held = sum(one.verdict in ("agrees", "rounded") for one in self.findings)
        return Text("run.checked", at=Moment(self.at), held=held, count=len(self.findings))

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        return tuple(one for one in self.findings if one.verdict in ("differs", "unknown"))


def found_of(checked: Checked | None, text: str) -> Checked | None:
    """What was found out about a reply of this text; None where nothing was, or more was added to it since."""
    return checked if checked and checked.size == len(text) else None
