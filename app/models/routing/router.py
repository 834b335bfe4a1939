"""The decision itself: gates, then both signals, the talk so far, abilities, and the person's policy. A pure function.

    decision = decide(situation, candidates)
    decision.winner                # None where nobody can be asked; each candidate's `blocked` says why

It asks no model and sends nothing. What goes on with an answer stays with the model that wrote it; thanks and small
talk go to nobody who charges; a new question is weighed anew. A model of a cloud is asked only where it is abler than
the best one that costs nothing, the sooner the larger the gap; and no model answers what is hard below `FLOOR` where an
abler one may be asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.texts import Text, TextOrWords, of
from app.models.routing.decision import Candidate, Cause, Decision, Situation
from app.models.routing.evidence import Evidence
from app.models.routing.gates import gated
from app.models.routing.policy import threshold_for
from app.models.routing.signals import signals
from app.models.routing.talk import NEW, Talk, talk_of
from app.models.routing.weighing import FLOOR, ability, abler, gap_between, ranked, speaks

#: how much closer to the threshold a follow-up may come before it changes the side
INERTIA = 0.08
#: of a topic's worth, what its next follow-up inherits
FADING = 0.95
#: worth alone that makes a question hard; or less worth and both together. Difficulty by itself (a footballer's
#: birthplace) makes none that a larger model is better at
WORTHY, LIKELY, HARD = 0.54, 0.43, 1.05
#: where the slider usually stands: what would stay here there, is told not to be hard
USUAL_SHARE = 0.3
AWAY: frozenset[Cause] = frozenset({"hard", "foreign", "better", "generous", "asks-more", "chosen-away"})
MOST_NAMED = 3  # models, and reasons


@dataclass(frozen=True, slots=True)
class Seen:
    """What a question shows: how much a stronger model would add and how surely a weak one fails, 0 to 1 each, with the
    reasons, and what it is to the talk."""

    worth: float
    difficulty: float
    talk: Talk = NEW
    worth_why: tuple[Evidence, ...] = ()
    difficulty_why: tuple[Evidence, ...] = ()

    @property
    def is_hard(self) -> bool:
        """Whether the weakest models have no business with it."""
        return self.worth >= WORTHY or (self.worth >= LIKELY and self.worth + self.difficulty >= HARD)


@dataclass(frozen=True, slots=True)
class Field:
    """Who may be asked, the best first: without money, and of clouds. `here` is whom a new question would be asked
    without money; `there` are those of a cloud that are abler, all of them where there is nobody else."""

    free: list[Candidate]
    cloud: list[Candidate]
    here: Candidate | None
    there: list[Candidate]


def look_at(situation: Situation) -> Seen:
    """What the question shows. Small talk has no topic, whatever words are in it."""
    talk = talk_of(situation.text, situation.previous_user, situation.previous_reply)
    if talk.kind == "small-talk":
        return Seen(0.0, 0.0, talk)
    seen = signals(situation.text)
    return Seen(seen.worth, seen.difficulty, talk, seen.worth_why, seen.difficulty_why)


def decide(situation: Situation, candidates: Sequence[Candidate], seen: Seen | None = None) -> Decision:
    """Who answers. Among equals the first one named wins. `seen` is what `look_at` finds, unless it is known."""
    seen = seen or look_at(situation)
    order = ranked([gated(one, situation) for one in candidates], situation, seen.worth, seen.difficulty, seen.talk)
    able = [one for one in order if not one.blocked]
    field = _field(able, situation, seen)
    topic = topic_of(situation, seen)
    gap = gap_between(field.here, field.there)
    threshold = threshold_for(situation.policy_share, situation.adjustment, gap)
    cause = _with_floor(leaning(situation, seen, threshold), field, seen, situation)
    cause = _truly(cause, field, seen, situation)
    winner, cause = _chosen(cause, field, situation, seen)
    reasons = _told(cause, winner, order, field, situation)
    return Decision(
        winner,
        tuple(order),
        round(seen.difficulty, 4),
        round(seen.worth, 4),
        round(seen.talk.score, 4),
        round(threshold, 4),
        round(topic, 4),
        tuple(reasons),
        seen.difficulty_why,
        seen.worth_why,
        seen.talk.why,
        cause=cause,
    )


def topic_of(situation: Situation, seen: Seen) -> float:
    """How much the talk's subject is worth escalating: the question's own worth, or what a follow-up inherits."""
    if seen.talk.kind == "small-talk":
        return FADING * situation.topic
    if not seen.talk.goes_on:
        return seen.worth
    return max(seen.worth, FADING * max(situation.topic, signals(situation.previous_user).worth))


def leaning(situation: Situation, seen: Seen, threshold: float) -> Cause:
    """Why the question would go to a cloud or not, whoever is there: see `goes_away`."""
    if situation.preference != "automatic":
        return "chosen-away" if situation.preference == "cloud" else "chosen-here"
    if seen.talk.kind == "small-talk":
        return "small-talk"
    weighed: Cause = "hard" if seen.worth > threshold else "easy" if threshold < 1 else "policy"
    if not seen.talk.goes_on or not situation.last_place:
        return weighed
    if situation.last_place == "cloud" or seen.talk.kind == "doubts":
        return "stays"
    if not situation.keeps_quick:
        return weighed
    return "asks-more" if seen.worth > threshold + INERTIA else "stays"


def goes_away(cause: Cause, situation: Situation) -> bool:
    """Whether a cause wants a cloud's model."""
    return cause in AWAY or (cause == "stays" and situation.last_place == "cloud")


def _field(able: list[Candidate], situation: Situation, seen: Seen) -> Field:
    """Without those that have no business with the question, where others have that cost nothing."""
    free, cloud = ([one for one in able if one.is_cloud is there] for there in (False, True))
    if seen.talk.kind != "small-talk":
        free = [one for one in free if speaks(one, situation.text)] or free
    if seen.is_hard:
        free = [one for one in free if ability(one) >= FLOOR] or free
    here = next(iter(free), None)
    return Field(free, cloud, here, cloud if here is None else [one for one in cloud if abler(one, here)])


def _with_floor(cause: Cause, field: Field, seen: Seen, situation: Situation) -> Cause:
    """What the best here has no business with goes away; a doubt goes to whom it is about."""
    is_open = cause == "easy" or (cause == "stays" and seen.talk.kind != "doubts" and situation.last_place != "cloud")
    if not (is_open and field.here and field.there):
        return cause
    if not speaks(field.here, situation.text):
        return "foreign"
    return "hard" if seen.is_hard and ability(field.here) < FLOOR else cause


def _truly(cause: Cause, field: Field, seen: Seen, situation: Situation) -> Cause:
    """The same side with its real reason: the question itself, the models that there are, or the slider."""
    if cause not in ("hard", "easy"):
        return cause
    usually = seen.worth > threshold_for(USUAL_SHARE)
    by_slider = seen.worth > threshold_for(situation.policy_share, situation.adjustment)
    if cause == "hard":
        if seen.is_hard or field.here is None:
            return cause
        if not speaks(field.here, situation.text):
            return "foreign"
        return "better" if usually or not by_slider else "generous"
    if not (seen.is_hard or usually):
        return cause
    if not field.there:
        return "none-abler" if field.cloud else "none-away"
    return "near" if by_slider else "sparing"


def _chosen(cause: Cause, field: Field, situation: Situation, seen: Seen) -> tuple[Candidate | None, Cause]:
    """Who answers, and why in the end: where nobody is on the side that was wanted, the other one does."""
    writer = next((one for one in (*field.free, *field.cloud) if one.model.id == situation.last_model), None)
    if writer and (cause == "stays" or (cause == "small-talk" and not writer.is_cloud)):
        return writer, cause
    if not (goes_away(cause, situation) or cause in ("none-abler", "none-away")):
        if field.here is not None:
            return field.here, cause
        return _cheapest(field.cloud) if cause == "small-talk" else next(iter(field.cloud), None), "none-here"
    wanted = field.cloud if cause in ("chosen-away", "stays") else field.there
    if wanted:
        return wanted[0], cause if field.here is not None or cause in ("chosen-away", "stays") else "none-here"
    return field.here, "none-abler" if field.cloud else "none-away"


def _cheapest(cloud: list[Candidate]) -> Candidate | None:
    known = [one for one in cloud if one.cost_usd_micros is not None]
    return min(known or cloud, key=lambda one: one.cost_usd_micros or 0, default=None)


# -- the sentences ----------------------------------------------------------------------------------------------------

SAYS: dict[Cause, Text] = {
    "chosen-away": Text("routing.chosen_away"),
    "chosen-here": Text("routing.chosen_here"),
    "small-talk": Text("routing.small_talk"),
    "hard": Text("routing.hard"),
    "easy": Text("routing.not_hard"),
    "better": Text("routing.better"),
    "generous": Text("routing.generous"),
    "near": Text("routing.near"),
    "sparing": Text("routing.sparing"),
    "policy": Text("routing.policy"),
    "asks-more": Text("routing.asks_more"),
    "none-abler": Text("routing.none_abler"),
}


def _told(
    cause: Cause, winner: Candidate | None, order: list[Candidate], field: Field, situation: Situation
) -> list[TextOrWords]:
    """Why the question goes where it goes, why not the side that was wanted, why this model."""
    told: list[TextOrWords] = []
    if cause == "stays" and winner:
        is_same = winner.model.id == situation.last_model
        told.append(Text("routing.stays_with", model=winner.model.name) if is_same else Text("routing.stays"))
    elif cause == "foreign" and field.here:
        told.append(Text("routing.foreign", model=field.here.model.name))
    elif cause in SAYS:
        told.append(SAYS[cause])
    else:
        is_away = cause == "none-away"
        blocked = [one for one in order if one.is_cloud == is_away]
        told += [_nobody_there(goes_away=is_away, is_any=bool(blocked)), *_why_blocked(blocked)]
    if winner is None:
        return [*told, Text("routing.so_nobody")]
    rivals = len(field.cloud if winner.is_cloud else field.free)
    if rivals > 1 and cause not in ("stays", "small-talk"):
        told.append(_best(winner, rivals))
    if winner.is_cloud and winner.cost_usd_micros is None:
        told.append(Text("routing.unknown_cost", model=winner.model.name))
    return told


def _nobody_there(*, goes_away: bool, is_any: bool) -> Text:
    if is_any:
        return Text("routing.none_away_now" if goes_away else "routing.none_here_now")
    return Text("routing.none_away" if goes_away else "routing.none_here")


def _best(winner: Candidate, count: int) -> Text:
    best = winner.model.name
    if winner.is_cloud:
        return Text("routing.best_away", model=best, count=count)
    return Text("routing.best_here", model=best, count=count)


def _why_blocked(blocked: list[Candidate]) -> Sequence[TextOrWords]:
    """Each reason once, with the models that it holds for where it does not hold for all."""
    names: dict[TextOrWords, list[str]] = {}
    for one in blocked:
        if one.blocked:
            names.setdefault(one.blocked, []).append(one.model.name)
    if len(names) == 1 < len(blocked):
        return list(names)
    return [of(", ".join(models[:MOST_NAMED]), reason) for reason, models in names.items()][:MOST_NAMED]
