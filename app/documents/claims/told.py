"""What was found out about a reply, as it leaves this room: each sentence with the place that says the same.

claims("It is waxy [1].", ["A waxy layer covers the leaf."])     # (Claim(0, 15, "supported", (1,), …, 1, 0, 29),)
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.claims import Claim
from app.documents.claims.check import Checked, check


def claims(reply: str, passages: Sequence[str], question: str = "") -> tuple[Claim, ...]:
    """Every sentence of a reply, in order. Only one that its passages support has a place."""
    return tuple(map(_claim, check(reply, passages, question)))


def _claim(one: Checked) -> Claim:
    claim = Claim(one.start, one.end, one.verdict, one.cites, one.unknown, one.detail)
    if one.verdict != "supported" or one.support is None:
        return claim
    place = one.support
    where = (place.passage + 1, place.start, place.end) if place.share > 0 else (0, 0, 0)
    return Claim(one.start, one.end, one.verdict, one.cites, one.unknown, one.detail, *where)
