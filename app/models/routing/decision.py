"""The values of a decision: who could answer, what is known of the moment, who answers and why. All plain data.

decision = decide(Situation(text="Why?", policy_share=0.3), [Candidate(tiny, "browser"), Candidate(gpt, "cloud")])
decision.winner.model.name, decision.reasons      # "Tiny", ("It goes on with the talk …",)
decision_from(decision.as_record()) == decision   # the receipt is kept with the reply, and drawn from there
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal

from app.core.places import Place, of_records, place_of_record, told_of_record
from app.core.shapes import Damaged, decode
from app.core.texts import TextOrWords
from app.core.values import Model
from app.models.answering.fallback import stands_in
from app.models.costs.ledger import Account
from app.models.routing.evidence import Evidence

#: "automatic" weighs; "local" never leaves this device; "cloud" escalates wherever no gate forbids it
Preference = Literal["automatic", "local", "cloud"]

#: why a decision fell as it did; "" in records from before it was kept
Cause = Literal[
    "",
    "chosen-away",
    "chosen-here",
    "small-talk",
    "hard",
    "foreign",
    "better",
    "generous",
    "easy",
    "near",
    "sparing",
    "policy",
    "stays",
    "asks-more",
    "none-abler",
    "none-here",
    "none-away",
]

BARRED_BEFORE = re.compile("private|Offline Mode|key|no network")  # what `blocked` said of a barred one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that could answer. `quality` is its known ability from 0 to 1, `cost_usd_micros` and `seconds` what this
    answer is expected to take; None where nobody knows. `blocked` is why it cannot be asked now, "" where it can: the
    caller fills in what only it knows (no key, a pause that a service asked for), the gates add theirs. `is_barred` is
    whether not even the person's tap on its name may ask it: Offline Mode, a private chat, no key."""

    model: Model
    place: Account
    tokens_per_second: float | None = None
    quality: float | None = None
    cost_usd_micros: int | None = None
    seconds: float | None = None
    blocked: TextOrWords = ""
    is_barred: bool = False

    @property
    def is_away(self) -> bool:
        """Whether words would leave this device. An Ollama model's can, too: its server passes some on to a cloud."""
        return self.model.leaves_device

    @property
    def is_cloud(self) -> bool:
        """Whether a service answers, which may cost something. A server of the person's own on another computer is
        none, though words leave this device for it."""
        return self.model.place is Place.CLOUD

    def lasting(self, seconds: float) -> Candidate:
        """The same with the seconds that its answer takes. Each decision makes one of most candidates, and `replace`
        takes three times as long."""
        return Candidate(
            self.model,
            self.place,
            self.tokens_per_second,
            self.quality,
            self.cost_usd_micros,
            seconds,
            self.blocked,
            self.is_barred,
        )


@dataclass(frozen=True, slots=True)
class Situation:
    """The moment of a question. `last_place` and `last_model` tell who answered the turn before ("" for nobody) and
    `topic` is that decision's own `topic`; `budget_left_micros` is None where no budget was set; `policy_share` is the
    share of usual questions that may go to a cloud, 0 to 1; `adjustment` shifts the threshold (see `policy`).
    `leave` is whether the chat's words may leave this device: the person is asked before they do, or has said.
    `keeps_quick` is whether quick follow-ups go to the browser, `falls_back` whether a model here stands in for a
    cloud's that fails.
    `prompt_tokens` count the whole conversation, `fixed_tokens` the part of it that can never be left out."""

    text: str = ""
    previous_user: str = ""
    previous_reply: str = ""
    last_place: Account | Literal[""] = ""
    last_model: str = ""
    topic: float = 0.0
    is_offline: bool = False
    is_private: bool = False
    leave: Literal["yes", "ask", "no"] = "yes"
    preference: Preference = "automatic"
    budget_left_micros: int | None = None
    prompt_tokens: int = 0
    fixed_tokens: int = 0
    reply_tokens: int = 0
    has_images: bool = False
    policy_share: float = 0.3
    adjustment: float = 0.0
    keeps_quick: bool = True
    falls_back: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """Who answers, None where nobody can, and all that it was weighed by. `topic` is how much the talk's own subject is
    worth escalating: a short follow-up inherits it, fading. `reasons` are whole sentences, the most important first;
    `cause` is the first one's kind. `is_fallback` is whether the winner stands in for one that failed."""

    winner: Candidate | None
    candidates: tuple[Candidate, ...]
    difficulty: float
    worth: float
    follow_up: float
    threshold: float
    topic: float
    reasons: tuple[TextOrWords, ...] = ()
    difficulty_why: tuple[Evidence, ...] = ()
    worth_why: tuple[Evidence, ...] = ()
    follow_up_why: tuple[Evidence, ...] = ()
    is_fallback: bool = False
    cause: Cause = ""

    def fallen_back(self, message: TextOrWords, *, is_barred: bool = False) -> Decision | None:
        """The decision after the winner has failed with `message`: the best model of this device answers, None where
        none can. Never a cloud's, whoever failed."""
        failed = self.winner
        other = next((one for one in self.candidates if not (one.is_away or one.blocked or one == failed)), None)
        if failed is None or other is None:
            return None
        shut = replace(failed, blocked=message, is_barred=is_barred)
        candidates = tuple(shut if one == failed else one for one in self.candidates)
        return replace(
            self,
            winner=other,
            candidates=candidates,
            is_fallback=True,
            reasons=(stands_in(failed.model, other.model, message), *self.reasons),
        )

    def as_record(self) -> dict[str, object]:
        """As it is kept with the reply, ready for JSON once its texts are words. Of each model its id, name and where
        it runs are enough."""
        record = {**asdict(self), "candidates": [_as_record(one) for one in self.candidates]}
        return {**record, "winner": self.winner and _as_record(self.winner)}


def _as_record(candidate: Candidate) -> dict[str, object]:
    model = candidate.model
    return {
        **asdict(candidate),
        "model": {"id": model.id, "name": model.name, "where": model.where, "place": model.place},
    }


def _placed(candidate: Candidate) -> Candidate:
    model = candidate.model
    place = place_of_record(model.place, model.where, model.id)
    return replace(candidate, model=replace(model, place=place, where=of_records(told_of_record(place, model.where))))


def _with_bars(record: object) -> object:
    """A kept decision in which each candidate says whether it is barred. Before, only the words for it told that."""
    if not isinstance(record, Mapping):
        return record
    candidates = record.get("candidates")
    known = [_with_bar(one) for one in candidates] if isinstance(candidates, list | tuple) else candidates
    return {**record, "winner": _with_bar(record.get("winner")), "candidates": known}


def _with_bar(candidate: object) -> object:
    if not isinstance(candidate, Mapping) or "is_barred" in candidate:
        return candidate
    blocked = str(candidate.get("blocked", ""))
    return {**candidate, "is_barred": BARRED_BEFORE.search(blocked) is not None}


def decision_from(record: object) -> Decision:
    """A kept decision. Raises Damaged where the record is none; unknown fields of a later version are passed over."""
    lost: list[str] = []
    kept = decode(Decision, _with_bars(record), lost)
    if lost:
        raise Damaged(f"{lost[0]} cannot be read")
    winner = _placed(kept.winner) if kept.winner else None
    return replace(kept, winner=winner, candidates=tuple(map(_placed, kept.candidates)))
