"""Full stops that end no sentence: of short forms, single letters, a day's number ("am 3. Mai") and one of a list.

    ends_none("See Dr.")          # True
    ends_none("It is 5 m.")       # False: a letter behind a number is a unit

Only what stands before a full stop is looked at, so that more text behind it changes nothing.
"""

from __future__ import annotations

import re

#: how far before a full stop these reach
BACK = 16
_SHORT = re.compile(
    r"(?:^|[\s(\[.,*_])(?:(?<!\d\s)[^\W\d_]|(?<=[\w,]\s)[Nn]o|(?:dr|prof|mrs?|ms|st|sr|sra|jr|nr|figs?|abb|tab|eqs?|kap|vgl|bzw"
    r"|ca|cf|etc|sec|ch|vol|pp|ed|eds|vs|approx|refs?|al|usw|bspw|evtl|ggf|inkl|sog|abs|ex|mme|art|pág|ej))\.$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:(?:^|\n)\s*|\b(?:am|im|vom|zum|beim|bis|seit|ab|der|die|das|den|dem|des)\s)\d{1,2}\.$", re.IGNORECASE
)


def ends_none(before: str) -> bool:
    """Whether the full stop that a text ends with ends no sentence. The text may be cut to its last `BACK` letters."""
    before = before[-BACK:]
    return bool(_SHORT.search(before) or _ORDINAL.search(before))
