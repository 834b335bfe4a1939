"""Which models of a long list are offered at first: a few that are priced and new, until the person picks others.

    first_picks(SERVICES["openai"], models, price_of)       # ("cloud:openai:gpt-6.1-sol", …), at most five

A list does not tell what is good. A model whose price is known is one that many people use; the number in a name says
which generation it is of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.core.values import Model
from app.models.cloud.services import Service
from app.models.costs.prices import Price

MOST, MOST_OWN = 5, 20
_VERSION = re.compile(r"(?<![\d.])(\d{1,2})(?:[.-](\d{1,2}))?(?!\d)")


def first_picks(service: Service, models: Sequence[Model], price_of: Callable[[str], Price | None]) -> tuple[str, ...]:
    """Ids of the models that are offered first. `price_of` takes a model's id."""
    if service.is_own:
        return tuple(model.id for model in models[:MOST_OWN])
    priced: dict[str, Model] = {}  # of several names for one model the shortest: dated ones are longer
    unpriced = []
    for model in models:
        price = price_of(model.id)
        if price is None:
            unpriced.append(model)
        elif price.model not in priced or len(model.id) < len(priced[price.model].id):
            priced[price.model] = model
    ordered = sorted(priced.values(), key=_newest_first) + sorted(unpriced, key=_newest_first)
    return tuple(model.id for model in ordered[:MOST])


def version(name: str) -> tuple[int, int]:
    """The generation that a name tells: (5, 2) of gpt-5.2-2026-01-10; (0, 0) where it tells none."""
    found = _VERSION.search(name)
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


def _newest_first(model: Model) -> tuple[int, int, int]:
    name = model.ref.name
    major, minor = version(name)
    return -major, -minor, len(name)
