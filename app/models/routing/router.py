"""The decision itself: gates, then both signals, the talk so far, and the person's policy. A pure function.

    decision = decide(situation, candidates)
    decision.winner                # None where nobody can be asked; each candidate's `blocked` says why

It asks no model and sends nothing. Inside a chat it does not jump to and fro: what goes on with a hard topic that a
cloud answered stays there, other follow-ups stay on this device, and a new question is weighed anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.texts import Text, TextOrWords, of
from app.models.routing.decision import Candidate, Decision, Situation
from app.models.routing.followups import FollowUp, follow_up
from app.models.routing.gates import gated
from app.models.routing.policy import threshold_for
from app.models.routing.signals import Signals, signals

GOES_ON = 0.5
#: how much closer to the threshold a follow-up may come before it changes the side
INERTIA = 0.08
#: of a topic's worth, what its next follow-up inherits
FADING = 0.95
UNKNOWN_QUALITY, UNKNOWN_SECONDS, UNKNOWN_MICROS = 0.5, 10.0, 20_000  # what costs nobody-knows-what is no bargain
#: what a second of waiting and a cent take away, what having to leave out older turns does; what it adds to have given
#: the answer before, and to be in this browser where a quick follow-up is asked
SECOND, CENT, FORGETS, SAME_MODEL, NEAR_AT_HAND = 0.01, 0.05, 0.2, 0.1, 0.3
MOST_SECONDS = 60.0
MOST_NAMED = 3  # models, and reasons
MICROS_PER_CENT = 10_000


def decide(situation: Situation, candidates: Sequence[Candidate]) -> Decision:
    """Who answers. Among equals the first one named wins."""
    seen = signals(situation.text)
    talk = follow_up(situation.text, situation.previous_user, situation.previous_reply)
    threshold = threshold_for(situation.policy_share, situation.adjustment)
    topic = topic_of(situation, seen, talk)
    goes_away, reason = wants_cloud(situation, seen.worth, talk.score, topic, threshold)
    is_quick = situation.keeps_quick and talk.score >= GOES_ON and not goes_away
    ranked = _ranked([gated(one, situation) for one in candidates], situation, seen, is_quick)
    free = [one for one in ranked if not one.blocked]
    wanted = [one for one in free if one.is_away == goes_away]
    winner = next(iter(wanted or free), None)
    reasons = (reason, *_told(winner, ranked, goes_away, is_second_best=not wanted))
    return Decision(
        winner,
        tuple(ranked),
        round(seen.difficulty, 4),
        round(seen.worth, 4),
        round(talk.score, 4),
        round(threshold, 4),
        round(topic, 4),
        reasons,
        seen.difficulty_why,
        seen.worth_why,
        talk.why,
    )


def topic_of(situation: Situation, seen: Signals, talk: FollowUp) -> float:
    """How much the talk's subject is worth escalating: the question's own worth, or what a follow-up inherits."""
    if talk.score < GOES_ON:
        return seen.worth
    return max(seen.worth, FADING * max(situation.topic, signals(situation.previous_user).worth))


def wants_cloud(
    situation: Situation, worth: float, follow_up: float, topic: float, threshold: float
) -> tuple[bool, Text]:
    """Whether the question is wanted in a cloud, gates apart, and the sentence that says why."""
    if situation.preference != "automatic":
        is_cloud = situation.preference == "cloud"
        return is_cloud, Text("routing.chosen_away" if is_cloud else "routing.chosen_here")
    weighed = Text("routing.hard" if worth > threshold else "routing.not_hard" if threshold < 1 else "routing.policy")
    if follow_up < GOES_ON or not situation.last_place:
        return worth > threshold, weighed
    if situation.last_place == "cloud":
        if topic > threshold - INERTIA:
            return True, Text("routing.stays_away")
        if not situation.keeps_quick:
            return worth > threshold, weighed
        return False, Text("routing.quick_easy")
    if worth > threshold + INERTIA:
        return True, Text("routing.asks_more")
    return False, Text("routing.quick_here")


def _ranked(candidates: list[Candidate], situation: Situation, seen: Signals, is_quick: bool) -> list[Candidate]:
    """The best first, what is blocked last; `seconds` is filled in where speed and length tell."""
    timed = [_timed(one, situation) for one in candidates]
    return sorted(timed, key=lambda one: (one.blocked != "", -_value(one, situation, seen, is_quick)))


def _timed(candidate: Candidate, situation: Situation) -> Candidate:
    if candidate.seconds is not None or not candidate.tokens_per_second or not situation.reply_tokens:
        return candidate
    return replace(candidate, seconds=round(situation.reply_tokens / candidate.tokens_per_second, 1))


def _value(candidate: Candidate, situation: Situation, seen: Signals, is_quick: bool) -> float:
    """What speaks for a model: ability, the more the harder the question; against it: waiting and cost."""
    quality = UNKNOWN_QUALITY if candidate.quality is None else candidate.quality
    seconds = UNKNOWN_SECONDS if candidate.seconds is None else min(candidate.seconds, MOST_SECONDS)
    value = (0.5 + seen.difficulty) * quality - SECOND * seconds
    micros = candidate.cost_usd_micros
    if micros is None:
        micros = UNKNOWN_MICROS if candidate.is_away else 0
    value -= CENT * micros / MICROS_PER_CENT
    limit = candidate.model.context_length
    value -= FORGETS * (0 < limit < situation.prompt_tokens + situation.reply_tokens)
    value += SAME_MODEL * (candidate.model.id == situation.last_model)
    return value + NEAR_AT_HAND * (is_quick and candidate.place == "browser")


def _told(
    winner: Candidate | None, ranked: list[Candidate], goes_away: bool, *, is_second_best: bool
) -> list[TextOrWords]:
    """The sentences after the first: why this model, and why not the side that was wanted."""
    told: list[TextOrWords] = []
    if is_second_best:
        blocked = [one for one in ranked if one.is_away == goes_away]
        told += [_nobody_there(goes_away, is_any=bool(blocked)), *_why_blocked(blocked)]
    if winner is None:
        return [*told, Text("routing.so_nobody")]
    rivals = [one for one in ranked if not one.blocked and one.is_away == winner.is_away and one is not winner]
    if rivals:
        told.append(_best(winner, len(rivals) + 1))
    if winner.is_away and winner.cost_usd_micros is None:
        told.append(Text("routing.unknown_cost", model=winner.model.name))
    return told


def _nobody_there(goes_away: bool, *, is_any: bool) -> Text:
    if is_any:
        return Text("routing.none_away_now" if goes_away else "routing.none_here_now")
    return Text("routing.none_away" if goes_away else "routing.none_here")


def _best(winner: Candidate, count: int) -> Text:
    best, is_cloud = winner.model.name, winner.place == "cloud"
    return Text("routing.best_away" if is_cloud else "routing.best_here", model=best, count=count)


def _why_blocked(blocked: list[Candidate]) -> Sequence[TextOrWords]:
    """Each reason once, with the models that it holds for where it does not hold for all."""
    names: dict[TextOrWords, list[str]] = {}
    for one in blocked:
        names.setdefault(one.blocked, []).append(one.model.name)
    if len(names) == 1 < len(blocked):
        return list(names)
    return [of(", ".join(models[:MOST_NAMED]), reason) for reason, models in names.items()][:MOST_NAMED]
