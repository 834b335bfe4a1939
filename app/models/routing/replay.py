"""What turns of the past would have cost under another policy, before it is switched on.

    before = replay(turns, policy_share=None, price=price)       # as it was
    after = replay(turns, policy_share=0.5, price=price)
    after.micros - before.micros, after.to_cloud - before.to_cloud

Nothing is asked again: the same questions are decided anew by the same rules, and what would have gone elsewhere is
counted with the tokens it had. That is an estimate, since another model writes more or less; what has no price is
counted as unknown, never as 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.models.costs.ledger import Account, Stayed
from app.models.routing.decision import Situation
from app.models.routing.policy import USUAL_GAP, threshold_for
from app.models.routing.router import goes_away, leaning, look_at, topic_of

#: micros of a reply by (prompt tokens, reply tokens) on the cloud model that would be asked; None where unknown
Price = Callable[[int, int], "int | None"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A turn as it was: who answered, with how many tokens, at what cost (None: unknown). `stayed` is why it could not
    have gone to a cloud, "" where it could; `gap` how much abler a cloud's model was than the best one here."""

    chat_id: str
    text: str
    place: Account
    previous_user: str = ""
    previous_reply: str = ""
    prompt_tokens: int = 0
    reply_tokens: int = 0
    micros: int | None = None
    stayed: Stayed = ""
    gap: float = USUAL_GAP


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it: replies in all and to a cloud, their micros, how many of them have no known cost, and how many
    of the figures are estimates."""

    replies: int = 0
    to_cloud: int = 0
    micros: int = 0
    unknown: int = 0
    estimated: int = 0


def replay(turns: Iterable[Recorded], policy_share: float | None, price: Price, shift: float = 0.0) -> Replay:
    """Decide each turn anew, in the order given (the oldest first), or count it as it was where the share is None."""
    total, last = Replay(), dict[str, Situation]()
    for turn in turns:
        goes_away = turn.place == "cloud"
        if policy_share is not None:
            moment = replace(last.get(turn.chat_id, Situation()), policy_share=policy_share, adjustment=shift)
            goes_away, topic = _decided(turn, moment)
            last[turn.chat_id] = Situation(last_place="cloud" if goes_away else "browser", topic=topic)
        total = _counted(total, turn, goes_away, price)
    return total


def _decided(turn: Recorded, moment: Situation) -> tuple[bool, float]:
    """Whether the turn would go to a cloud, and its topic. What had to stay on this device stays."""
    asked = replace(moment, text=turn.text, previous_user=turn.previous_user, previous_reply=turn.previous_reply)
    seen = look_at(asked)
    topic = topic_of(asked, seen)
    threshold = threshold_for(asked.policy_share, asked.adjustment, turn.gap)
    wanted = goes_away(leaning(asked, seen, threshold), asked)
    return wanted and not turn.stayed and asked.policy_share > 0, topic


def _counted(total: Replay, turn: Recorded, goes_away: bool, price: Price) -> Replay:
    total = replace(total, replies=total.replies + 1)
    if not goes_away:
        return total
    was_there = turn.place == "cloud" and turn.micros is not None
    micros = turn.micros if was_there else price(turn.prompt_tokens, turn.reply_tokens)
    return replace(
        total,
        to_cloud=total.to_cloud + 1,
        micros=total.micros + (micros or 0),
        unknown=total.unknown + (micros is None),
        estimated=total.estimated + (micros is not None and not was_there),
    )
