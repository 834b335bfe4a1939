"""How able a model is, from 0 to 1: one figure, wherever it runs.

    ability_of(Model("tiny", "SmolLM2 135M"))                                   # 0.05
    ability_of(Model("cloud:openai:gpt-5-mini", "gpt-5-mini", place=Place.CLOUD))    # 0.84, and the same in Ollama
    ability_of(model, corrected={model.id: 0.9})                                # 0.9: the person's own word
    ability_of(model, told=Opinions(likes=0, dislikes=8))                       # a little less than without

The person's own word comes first; then a published figure (the catalogue's or the family's), then the number of
parameters in the name or the size of the file, see `ability.quality`. A name that tells nothing is judged by who
offers it: a service's small ones, a service's others; of a server of the person's own nothing is known.
What the person calls good and bad on this device moves the figure a little (`MOST_TOLD`), never their own word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.places import Place, is_own_service
from app.core.values import Model
from app.models.ability.quality import quality_of

LEAST = 0.05  # of what answers at all
#: services sell what few devices can run; which are their small ones, they say in the name. About the middle of those
#: of `families` that have figures
SMALL_AWAY, LARGE_AWAY = 0.65, 0.82
SMALL = re.compile(r"(?<![a-z0-9])(?:nano|lite|mini|flash|haiku|small|fast|instant|tiny|turbo)(?![a-z0-9])")
MOST_TOLD = 0.1
#: so many opinions count half of what endlessly many do
HALF_TOLD = 8


@dataclass(frozen=True, slots=True)
class Opinions:
    """How many answers of a model the person has called good and bad, or asked anew elsewhere."""

    likes: int = 0
    dislikes: int = 0

    @property
    def shift(self) -> float:
        """What they add to its ability."""
        count = self.likes + self.dislikes
        return MOST_TOLD * (self.likes - self.dislikes) / (count + HALF_TOLD) if count else 0.0


NONE_TOLD = Opinions()


def ability_of(model: Model, corrected: Mapping[str, float] | None = None, told: Opinions = NONE_TOLD) -> float | None:
    """The figure; None where nothing is known. `corrected` are the person's own, by a model's id."""
    own = (corrected or {}).get(model.id)
    if own is not None:
        return max(0.0, min(1.0, own))
    found = _told_by_others(model)
    return None if found is None else round(max(LEAST, min(1.0, found + told.shift)), 3)


def _told_by_others(model: Model) -> float | None:
    found = quality_of(model)
    if found.points or found.billions:  # too few parameters let expect no more than a guess
        return max(LEAST, found.points / 100)
    ref = model.ref
    if model.place is not Place.CLOUD or is_own_service(ref.service):
        return None
    return SMALL_AWAY if SMALL.search(f"{ref.name} {model.name}".lower()) else LARGE_AWAY
