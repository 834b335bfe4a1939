"""Full stops that end no sentence: of short forms, single letters, a day's number ("am 3. Mai") and one of a list.

    ends_none("See Dr.")          # True
    ends_none("It is 5 m.")       # False: a letter behind a number is a unit

Only what stands before a full stop is looked at, so that more text behind it changes nothing.
"""

from __future__ import annotations

import re

#: how far before a full stop these reach
BACK = 16
_FORMS = (
    "dr|prof|mr|mrs|ms|st|sr|sra|jr|nr|fig|figs|abb|tab|eq|eqs|kap|vgl|bzw|ca|cf|etc|sec|ch|vol|pp|ed|eds|vs|approx|ref"
    "|refs|al|usw|bspw|evtl|ggf|inkl|sog|abs|ex|mme|art|pág|ej"
)
_SHORT = re.compile(rf"(?:^|[\s(\[.,*_])(?:(?<!\d\s)[^\W\d_]|(?<=[\w,]\s)[Nn]o|(?:{_FORMS}))\.$", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:(?:^|\n)\s*|\b(?:am|im|vom|zum|beim|bis|seit|ab|der|die|das|den|dem|des)\s)\d{1,2}\.$", re.IGNORECASE
)


_MAYBE = frozenset(f"{_FORMS}|no".split("|"))
#: letters of the longest of them: behind more letters in a row a full stop always ends a sentence
LONGEST = max(map(len, _MAYBE))


def ends_none(before: str) -> bool:
    """Whether the full stop that a text ends with ends no sentence. The text may be cut to its last `BACK` letters."""
    before = before[-BACK:]
    last = before[:-1].rpartition(" ")[2]
    if len(last) > 1 and last.isalpha() and last.casefold() not in _MAYBE:  # as nearly always
        return False
    return bool(_SHORT.search(before) or _ORDINAL.search(before))
