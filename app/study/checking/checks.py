"""What can be checked of a reply, the programs that do it, and what came of them.

checks = checks_of(turn.text)                           # (Check(…),)
code = program(checks[0], "The reply says:")            # the Python that is shown and run
judge(checks[0], Ran(), "391\\n")                       # (Finding("17 × 23 = 401", "differs", "391"),)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from app.core.running import Ran, last_line
from app.study.checking.outputs import Output, lines_of, outputs_in
from app.study.checking.sums import Claim, claims_in
from app.study.ran import Finding, Verdict

MOST_SHOWN = 400  # characters of an output that are kept
EXACTLY = Fraction(1, 10**9)  # of a value: a machine's numbers have some sixteen digits
ABOUT = Fraction(1, 20)
#: errors of what is not here, and would be on a computer
_OF_WALL = re.compile(
    r"^(?:ModuleNotFound|Import|FileNotFound|Permission|OS|BlockingIO|Connection|URL|Memory|Recursion)Error\b|"
    r"new thread|emscripten"
)


@dataclass(frozen=True, slots=True)
class Check:
    """Claims that one program finds out: sums, or what a block of code prints."""

    sums: tuple[Claim, ...] = ()
    output: Output | None = None


@lru_cache(maxsize=200)
def checks_of(text: str) -> tuple[Check, ...]:
    """What can be checked of a reply: each block of code for itself, all sums together."""
    sums = claims_in(text)
    return (*(Check(output=one) for one in outputs_in(text)), *([Check(sums)] if sums else []))


def program(check: Check, says: str) -> str:
    """The Python that finds it out; of a block of code that is the block itself. `says` begins each comment."""
    if check.output:
        return check.output.code
    parts = ["import math"] if any(one.needs_math for one in check.sums) else []
    parts += [f"# {says} {one.text}\nprint({', '.join(filter(None, (one.code, one.also)))})" for one in check.sums]
    return "\n\n".join(parts)


def judge(check: Check, ran: Ran, printed: str, *, lacks: bool = False) -> tuple[Finding, ...]:
    """What came of a run. Nothing is known where it was stopped, or `lacks` a package."""
    if check.output:
        verdict = _printed(check.output, ran, printed, lacks=lacks)
        last = last_line(ran.error)
        value = "\n".join((*lines_of(printed), *([last] if last else []))) if verdict != "unknown" else ""
        return (Finding(shorten_lines(check.output.told), verdict, shorten_lines(value), is_output=True),)
    lines = printed.split("\n")
    return tuple(_judged(one, lines[at] if at < len(lines) else "") for at, one in enumerate(check.sums))


def _printed(told: Output, ran: Ran, printed: str, *, lacks: bool) -> Verdict:
    has_failed = ran.ending == "failed"
    if ran.ending and not has_failed:
        return "unknown"
    if told.fits(printed, ran.error if has_failed else ""):
        return "agrees"
    is_of_wall = has_failed and (lacks or _OF_WALL.search(last_line(ran.error)))
    return "unknown" if is_of_wall or ran.left or told.may_fit(printed) else "differs"


def shorten_lines(text: str) -> str:
    """The beginning of an output."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _judged(claim: Claim, line: str) -> Finding:
    words = line.split()
    values = [_read(word) for word in words]
    if claim.told is not None:
        values = [*values[:1], claim.told]
    if len(values) != 2 or values[0] is None or values[1] is None:
        return Finding(claim.text, "unknown")
    is_exact = words[0].lstrip("-").isdecimal()
    return Finding(claim.text, _verdict(claim, values[0], values[1], is_exact=is_exact), shown(words[0]))


def _verdict(claim: Claim, value: Fraction, told: Fraction, *, is_exact: bool) -> Verdict:
    gap = abs(value - told)
    if gap <= (0 if is_exact and told.denominator == 1 else EXACTLY * max(abs(value), abs(told))):
        return "agrees"
    if claim.also:
        return "agrees" if claim.is_about and gap <= abs(told) * ABOUT else "differs"
    is_up = abs(told) > abs(value)  # 3.5 is rounded to 4
    is_rounded = gap < claim.step / 2 or (is_up and gap == claim.step / 2)
    if claim.is_about:
        is_cut_off = bool(told) and not is_up and gap < claim.step
        is_near = gap <= min(claim.zeros / 2, abs(told) * ABOUT)
        return "agrees" if is_rounded or is_cut_off or is_near else "differs"
    return "rounded" if is_rounded and told else "differs"  # a third is not nothing


def _read(word: str) -> Fraction | None:
    try:
        return Fraction(word)
    except (ValueError, ZeroDivisionError):  # nan, a word, what an edited program has printed
        return None


def shown(word: str) -> str:
    """A value as a person reads it, without what a machine's numbers have too much.

    >>> shown("0.30000000000000004"), shown("42.0"), shown("123456789012345678901")
    ('0.3', '42', '123456789012345678901')
    """
    return word if word.lstrip("-").isdecimal() else f"{float(word):.10g}"
