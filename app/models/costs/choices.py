"""What the person has chosen about costs, and how it comes back from storage.

choices = choices_from(record)
choices.with_edit(Edit("openai", "gpt-5-mini", "0.25", "2")).as_record()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from app.core.values import known_fields
from app.models.costs.budget import Budget
from app.models.costs.estimates import Ratio
from app.models.costs.prices import Edit
from app.models.costs.savings import Power


@dataclass(frozen=True, slots=True)
class Choices:
    """`reference` is (service, model), ("", "") where none was named. `ratios` are by (service, model), `unpriced` are
    the models that may be asked although no budget can count them."""

    budget: Budget = field(default_factory=Budget)
    reference: tuple[str, str] = ("", "")
    power: Power = field(default_factory=Power)
    edits: tuple[Edit, ...] = ()
    ratios: tuple[tuple[str, str, Ratio], ...] = ()
    unpriced: tuple[tuple[str, str], ...] = ()

    def as_record(self) -> dict[str, Any]:
        """As it is stored: decimals as exact texts."""
        power = {"watts": str(self.power.watts), "dollars_per_kwh": str(self.power.dollars_per_kwh)}
        return {**asdict(self), "power": power}

    def ratio(self, service: str, model: str) -> Ratio:
        """How a model's own counts compare with our estimates."""
        return next((ratio for its, name, ratio in self.ratios if (its, name) == (service, model)), Ratio())

    def with_ratio(self, service: str, model: str, ratio: Ratio) -> Choices:
        """The choices with another ratio for a model."""
        others = (row for row in self.ratios if row[:2] != (service, model))
        return replace(self, ratios=(*others, (service, model, ratio)))

    def with_leave(self, service: str, model: str, *, is_given: bool) -> Choices:
        """The choices with leave to ask a model without a price, or without it."""
        others = tuple(one for one in self.unpriced if one != (service, model))
        return replace(self, unpriced=(*others, (service, model)) if is_given else others)

    def with_edit(self, edit: Edit) -> Choices:
        """The choices with a price of the person's own, in place of an earlier one."""
        return replace(self, edits=(*self.without_edit(edit.service, edit.model).edits, edit))

    def without_edit(self, service: str, model: str) -> Choices:
        """The choices without a price of the person's own: the table's holds again."""
        kept = (edit for edit in self.edits if (edit.service, edit.model) != (service, model))
        return replace(self, edits=tuple(kept))


def choices_from(record: Mapping[str, Any]) -> Choices:
    """Choices from their stored record; unknown fields of later versions are ignored."""
    power = {name: Decimal(value) for name, value in known_fields(Power, record.get("power", {})).items()}
    service, model = record.get("reference", ("", ""))
    ratios = record.get("ratios", ())
    return Choices(
        Budget(**known_fields(Budget, record.get("budget", {}))),
        (service, model),
        Power(**power),
        tuple(Edit(**known_fields(Edit, edit)) for edit in record.get("edits", ())),
        tuple((its, name, Ratio(**known_fields(Ratio, ratio))) for its, name, ratio in ratios),
        tuple((its, name) for its, name in record.get("unpriced", ())),
    )
