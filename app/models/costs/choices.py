"""What the person has chosen about costs, and how it comes back from storage.

choices = choices_from(record)
choices.with_edit(Edit("openai", "gpt-5-mini", "0.25", "2")).as_record()
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal

from app.core.errors import AppError
from app.core.shapes import Damaged, decode, each
from app.models.costs.budget import Budget
from app.models.costs.estimates import Ratio
from app.models.costs.prices import Edit, dollars
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

    def as_record(self) -> dict[str, object]:
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


def choices_from(record: object, lost: list[str] | None = None) -> Choices:
    """Choices from their stored record; what of it cannot be read is named in `lost`."""
    lost = [] if lost is None else lost
    if not isinstance(record, Mapping):
        lost.append("everything")
        return Choices()
    known = {name: value for name, value in record.items() if name not in ("power", "edits")}
    return replace(
        decode(Choices, known, lost),
        power=_power(record.get("power", {}), lost),
        edits=each(record.get("edits", ()), _edit, lost, "edits"),
    )


def _edit(record: object, at: str, lost: list[str]) -> Edit:
    edit = decode(Edit, record, lost, f"{at}.")
    try:
        edit.as_price()
    except AppError as error:
        raise Damaged(f"{at} is no price") from error
    return edit


def _power(record: object, lost: list[str]) -> Power:
    found: dict[str, Decimal] = {}
    for name in ("watts", "dollars_per_kwh"):
        text = record.get(name) if isinstance(record, Mapping) else None
        try:
            if text is not None:
                found[name] = dollars(text)
        except (AppError, AttributeError):
            lost.append(f"power.{name}")
    return Power(**found)
