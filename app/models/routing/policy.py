"""How much may go to a cloud: from the slider to a threshold, and how outcomes gently move it.

    threshold_for(0.2)                          # 0.48: about 20 % of usual questions are worth more than that
    threshold_for(0.2, gap=0.8)                 # 0.33: the model here is so much weaker that more has to go
    kept = Adjustment().learned("cloud", "switched")
    threshold_for(0.2, kept.shift)              # a little higher: the cloud was not wanted

The slider is calibrated on what people ask in chats (see `shares`); a person's own questions differ, so "about".
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Annotated, Literal

from app.core.shapes import decode, within
from app.models.routing.abilities import Opinions
from app.models.routing.evidence import squash
from app.models.routing.shares import SHARES

Outcome = Literal["regenerated", "switched", "liked", "disliked"]
Side = Literal["local", "cloud"]
#: by how much one outcome lowers the share that goes to a cloud: below 0 more goes there
STEPS: dict[tuple[Side, Outcome], float] = {
    ("local", "regenerated"): -0.010,
    ("local", "switched"): -0.020,
    ("local", "disliked"): -0.020,
    ("local", "liked"): 0.010,
    ("cloud", "switched"): 0.020,
    ("cloud", "disliked"): 0.010,
    ("cloud", "liked"): -0.005,
}
MOST_SHIFT = 0.15
#: a share that was moved stays within these
LEAST_SHARE, MOST_SHARE = 0.01, 0.99
#: the gap in ability that the slider is meant for (a model of 8 billion parameters here, a large service there), and
#: how far each unit of another gap moves the threshold, in log-odds: with the included model beside a large service
#: about seven questions of ten go there at the slider's usual place, short facts don't
USUAL_GAP, BY_GAP = 0.3, 1.2
#: what people usually ask counts as so many questions of one's own; the width of a range in standard deviations (four
#: of five lie within), and what it is rounded to
USUAL_COUNT, SPREAD, STEP, TINY = 30, 1.28, 0.05, 1e-9
MOST_MODELS = 50
_POINTS = [share for share, _ in SHARES]
FADING = 0.98  # of the shift stays with each new outcome, so that old habits wear off


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What outcomes have taught: `shift` is taken off the share; `counts` are the outcomes so far, by "side
    outcome"; `models` are good and bad answers by a model's id, the last told last. It is kept on this device as plain
    data, and can be shown, exported and reset."""

    shift: Annotated[float, within(-MOST_SHIFT, MOST_SHIFT)] = 0.0
    counts: tuple[tuple[str, int], ...] = ()
    models: tuple[tuple[str, int, int], ...] = ()

    def of(self, model_id: str) -> Opinions:
        """What is known of a model."""
        return next((Opinions(good, bad) for id, good, bad in self.models if id == model_id), Opinions())

    def told(self, model_id: str, outcome: Outcome) -> Adjustment:
        """The adjustment after an opinion about an answer, whoever chose its model."""
        before = self.of(model_id)
        if outcome == "liked":
            after = replace(before, likes=before.likes + 1)
        elif outcome in ("disliked", "switched"):
            after = replace(before, dislikes=before.dislikes + 1)
        else:
            return self
        others = tuple(one for one in self.models if one[0] != model_id)
        return replace(self, models=(*others, (model_id, after.likes, after.dislikes))[-MOST_MODELS:])

    def learned(self, side: Side, outcome: Outcome) -> Adjustment:
        """The adjustment after one more outcome of an automatic reply."""
        step = STEPS.get((side, outcome), 0.0)
        shift = max(-MOST_SHIFT, min(MOST_SHIFT, self.shift * FADING + step))
        counts = dict(self.counts)
        name = f"{side} {outcome}"
        return replace(
            self, shift=round(shift, 4), counts=tuple(sorted({**counts, name: counts.get(name, 0) + 1}.items()))
        )

    def as_record(self) -> dict[str, object]:
        """As it is stored."""
        return asdict(self)


def adjustment_from(record: object) -> Adjustment:
    """A stored adjustment; what is not in it, or cannot be read, is as at the beginning."""
    return decode(Adjustment, record if isinstance(record, Mapping) else {})


def threshold_for(share: float, shift: float = 0.0, gap: float = USUAL_GAP) -> float:
    """The worth above which a question goes to a cloud, for a share of 0 (nothing goes) to 1 (everything). The `shift`
    moves what lies between, and so does the `gap` by which the model there is abler than the best one here; they cannot
    turn nothing into something, or everything into less."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    if shift:
        share = max(LEAST_SHARE, min(MOST_SHARE, share - shift))
    above = bisect_left(_POINTS, share, 1)
    low, high = SHARES[above - 1], SHARES[above]
    usual = low[1] + (share - low[0]) / (high[0] - low[0]) * (high[1] - low[1])
    return squash(math.log(usual / (1 - usual)) - BY_GAP * (gap - USUAL_GAP))


def share_above(threshold: float) -> float:
    """The share of usual questions that are worth more than a threshold: the other way round of `threshold_for`."""
    low, high = next((pair for pair in pairwise(SHARES) if threshold >= pair[1][1]), SHARES[-2:])
    part = (low[1] - threshold) / (low[1] - high[1]) if low[1] > high[1] else 0.0
    return max(0.0, min(1.0, low[0] + part * (high[0] - low[0])))


def range_of(share: float, shift: float, gap: float, asked: int = 0, went: int = 0) -> tuple[float, float]:
    """Between which shares (0 to 1, in steps of 5 %) what goes to a cloud is likely to lie: four times of five for who
    asks as people usually do. `gap` is between the models there are. Of `asked` questions of the person's own `went`
    would have gone: they count the more, the more there are."""
    usual = share_above(threshold_for(share, shift, gap))
    count = USUAL_COUNT + asked
    middle = (USUAL_COUNT * usual + went + 0.5) / (count + 1)  # half a question either way: never surely none or all
    spread = SPREAD * math.sqrt(middle * (1 - middle) / count)
    low, high = (middle - spread) / STEP, (middle + spread) / STEP
    return max(0.0, math.floor(low + TINY) * STEP), min(1.0, math.ceil(high - TINY) * STEP)
