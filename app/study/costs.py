"""From a reply that has ended to its line in the ledger.

    entry_of(turn, By("cloud", "openai", "gpt-5-mini"), price, Ratio(), prompt, Circumstances(now, seconds))

A reply that was cut has no counts: they are estimated, and the entry says so. Nothing of the texts goes into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.days import local_day
from app.core.values import Usage
from app.models.answering.context import PICTURE_TOKENS
from app.models.costs.cost import cost_of
from app.models.costs.estimates import Ratio, estimate
from app.models.costs.ledger import Basis, By, Entry, Stayed
from app.models.costs.prices import Price
from app.study.chats import Turn, new_id


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a reply came about. `now` is seconds since 1970, `seconds` how long it took in all, `begun` the turn as it
    was before, where a cut reply was gone on with."""

    now: float
    seconds: float = 0.0
    feature: str = "chat"
    stayed: Stayed = ""
    was_automatic: bool = False
    begun: Turn | None = None


def is_reply(turn: Turn) -> bool:
    """Whether anybody answered at all: a refusal costs nothing and is not entered, nor is what no model was asked."""
    return not turn.found_nothing and bool(turn.text or turn.thinking or turn.usage.reply_tokens)


def usage_of(turn: Turn, prompt: Sequence[str], ratio: Ratio, begun: Turn | None) -> Usage:
    """The turn's usage; estimated where the reply ended before anybody told its counts. `begun` has been entered."""
    told = turn.usage
    if (told.prompt_tokens or told.reply_tokens) and (begun is None or told != begun.usage):
        return told
    written = turn.text.removeprefix(begun.text if begun else "")
    inside = sum(estimate(text) for text in prompt)
    return Usage(
        ratio.apply(inside) + PICTURE_TOKENS * turn.pictures, ratio.apply(estimate(written) + estimate(turn.thinking))
    )


def thinking_tokens(usage: Usage, turn: Turn) -> int:
    """How many of the tokens of a reply were thinking: as told, else by its share of the characters."""
    if usage.thinking_tokens or not turn.thinking:
        return min(usage.thinking_tokens, usage.reply_tokens)
    written = len(turn.text) + len(turn.thinking)
    return usage.reply_tokens - round(usage.reply_tokens * len(turn.text) / written)


def entry_of(turn: Turn, by: By, price: Price | None, ratio: Ratio, prompt: Sequence[str], how: Circumstances) -> Entry:
    """The entry of a reply. `prompt` holds the texts that were read; they are only looked at where counts are missing.

    A model on this device costs nothing. In a cloud, what the service says it has charged is believed before its counts
    by our price, and those before our counts. Without a price the cost is unknown, which is not nothing."""
    usage = usage_of(turn, prompt, ratio, how.begun)
    entry = Entry(
        new_id(),
        how.now,
        local_day(how.now),
        how.feature,
        *by,
        usage.prompt_tokens,
        usage.reply_tokens,
        usage.cached_tokens,
        usage.written_tokens,
        usage.reply_tokens - thinking_tokens(usage, turn),
        was_automatic=how.was_automatic,
        stayed=how.stayed,
        seconds=round(how.seconds, 3),
        chat_id=turn.chat_id,
        turn_id=turn.id,
    )
    micros, basis = _cost(by, usage, price)
    return replace(entry, micros=micros, basis=basis)


def _cost(by: By, usage: Usage, price: Price | None) -> tuple[int | None, Basis]:
    ours: Basis = "computed" if usage.counted else "estimated"
    if not by.is_cloud:
        return 0, ours
    if usage.cost_micros is not None:
        return usage.cost_micros, "reported"
    return (None, "unknown") if price is None else (cost_of(price, usage), ours)
