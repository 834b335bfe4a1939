"""What the last seven days would have cost under another policy: read, decided again, compared. Nothing is asked.

await session.replay.run(ShareForm("50"))
session.replay.compared()           # Compared(0.5, before, after, "gpt-5-mini")
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from app.core.actions import action
from app.core.places import ModelRef
from app.core.ports import Clock
from app.core.signals import Signal
from app.core.values import Usage
from app.models.costs.ledger import Entry, Stayed, by_of
from app.models.routing.policy import USUAL_GAP, adjustment_from
from app.models.routing.replay import Price, Recorded, Replay, replay
from app.models.routing.weighing import gap_of
from app.session.routing import decision_of, percent_of
from app.session.state import State
from app.study.chats import Chat, ChatStore, Turn

if TYPE_CHECKING:
    from app.session.costs import Costs

DAYS = 7


@dataclass(frozen=True, slots=True)
class Compared:
    """Both accounts. `priced` names the model whose prices hold for what would have gone to a cloud, "" for none."""

    share: float
    before: Replay
    after: Replay
    priced: str = ""


@dataclass(frozen=True, slots=True)
class ShareForm:
    """The share to try, in percent."""

    share: str


class Replaying:
    """The actions `replay:*`."""

    def __init__(
        self,
        state: State,
        store: ChatStore,
        clock: Clock,
        costs: Callable[[], Costs],
    ) -> None:
        self._state, self._store, self._clock, self._costs = state, store, clock, costs
        self.compared: Signal[Compared | None] = Signal(None)
        self.is_busy = Signal(False)

    @action("replay:run", ShareForm)
    async def run(self, form: ShareForm) -> None:
        """Decide the last seven days again at a share in percent. Raises StorageError."""
        share = percent_of(form.share, self._state.settings().share)
        self.is_busy.set(True)
        try:
            costs = self._costs()
            await costs.look()
            entries = {entry.turn_id: entry for entry in costs.entries()}
            model = self._priced(costs.entries())
            turns = await self._turns(entries)
            self.compared.set(await self._compare(turns, share, model))
        finally:
            self.is_busy.set(False)

    async def _compare(self, turns: Sequence[Recorded], share: float, model: str) -> Compared:
        """Chat by chat, so that the page gets its turn in between."""
        price = self._price(model)
        shift = adjustment_from(self._state.settings().learned).shift
        before = after = Replay()
        for chat in _by_chat(turns):
            before = _sum(before, replay(chat, None, price))
            after = _sum(after, replay(chat, share, price, shift))
            await asyncio.sleep(0)
        return Compared(share, before, after, by_of(model).model if model else "")

    def _priced(self, entries: Sequence[Entry]) -> str:
        """The cloud model that the person has used most, else the first one offered, of those with a known price."""
        costs = self._costs()
        used = Counter(str(ModelRef("cloud", one.model, one.service)) for one in entries if one.place == "cloud")
        offered = [model.id for model in self._state.cloud()]
        known = (id for id in (*(id for id, _ in used.most_common()), *offered) if costs.price_of(id) is not None)
        return next(known, "")

    def _price(self, model: str) -> Price:
        costs = self._costs()

        def price(prompt_tokens: int, reply_tokens: int) -> int | None:
            found: int | None = costs.would_cost(model, Usage(prompt_tokens, reply_tokens)) if model else None
            return found

        return price

    async def _turns(self, entries: Mapping[str, Entry]) -> list[Recorded]:
        since = self._clock.now() - DAYS * 86_400
        found: list[Recorded] = []
        for chat in self._state.chats():
            if chat.updated >= since:
                turns = await self._store.turns(chat.path)
                found += _recorded(chat, turns, entries, since)
        return found


def _recorded(chat: Chat, turns: Sequence[Turn], entries: Mapping[str, Entry], since: float) -> list[Recorded]:
    """The chat's answered questions, each with the turn before it."""
    found: list[Recorded] = []
    user = reply = ""
    for question, answer in pairwise(turns):
        if question.role != "user" or answer.role != "assistant":
            continue
        entry = entries.get(answer.id)
        if entry is not None and answer.created >= since:
            stayed: Stayed = "private" if chat.is_private else entry.stayed
            told = (entry.prompt_tokens, entry.reply_tokens, entry.micros)
            found.append(
                Recorded(chat.id, question.text, entry.place, user, reply, *told, _forced(stayed), _gap(answer))
            )
        user, reply = question.text, answer.text
    return found


def _gap(answer: Turn) -> float:
    """How much abler a cloud's model was than the best one here, as its decision knew."""
    decision = decision_of(answer)
    if decision is None:
        return USUAL_GAP
    return gap_of(decision.candidates)


def _forced(stayed: Stayed) -> Stayed:
    """Why a turn could not have gone to a cloud under any policy: a policy that kept it here is no reason."""
    return "" if stayed in ("local-only", "fallback") else stayed


def _by_chat(turns: Sequence[Recorded]) -> list[list[Recorded]]:
    found: dict[str, list[Recorded]] = {}
    for turn in turns:
        found.setdefault(turn.chat_id, []).append(turn)
    return list(found.values())


def _sum(one: Replay, other: Replay) -> Replay:
    return replace(
        one,
        replies=one.replies + other.replies,
        to_cloud=one.to_cloud + other.to_cloud,
        micros=one.micros + other.micros,
        unknown=one.unknown + other.unknown,
        estimated=one.estimated + other.estimated,
    )
