"""What a million tokens cost, by service and model: dated, its source named, and open to correction by the person.

    table = PriceTable(json.loads(packed("prices.json")), edits)
    table.price_for("gemini", "gemini-3.8-flash", "2027-01-01").input.at(1000)      # Decimal("1.5"), dollars

A model's price may depend on the size of what it reads (tiers) and on the day (a rise that was announced). Prices stay
the exact decimals that the source states; a model that the table does not know has no price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from app.core.errors import AppError
from app.core.shapes import decode_as
from app.core.texts import Text, TextOrWords

MOST_DOLLARS = 100_000  # for a million tokens: more is a slip of the keyboard
OWN = Text("costs.entered_by_you")


@dataclass(frozen=True, slots=True)
class Rate:
    """Dollars for a million tokens; `tiers` are (above so many tokens in, dollars), in rising order."""

    base: Decimal
    tiers: tuple[tuple[int, Decimal], ...] = ()

    def at(self, prompt_tokens: int) -> Decimal:
        """The rate for a request that reads so many tokens: the highest tier reached holds for all of it."""
        return next((dollars for above, dollars in reversed(self.tiers) if prompt_tokens > above), self.base)


@dataclass(frozen=True, slots=True)
class Price:
    """One model's price. `cached` and `written` are None where the cache has no price of its own: then `input` holds.
    `date` is the day on which the price was known to be so, as 2026-11-10; `source` says who stated it."""

    service: str
    model: str
    input: Rate
    output: Rate
    cached: Rate | None = None
    written: Rate | None = None
    date: str = ""
    source: TextOrWords = ""

    @property
    def is_own(self) -> bool:
        """Whether the person entered it."""
        return self.source == OWN


@dataclass(frozen=True, slots=True)
class Edit:
    """A price that the person entered, in dollars for a million tokens as exact texts; "" for no cache price."""

    service: str
    model: str
    input: str
    output: str
    cached: str = ""
    date: str = ""

    def as_price(self) -> Price:
        """The price it stands for. Raises AppError where a figure is none."""
        cached = Rate(dollars(self.cached)) if self.cached.strip() else None
        rates = Rate(dollars(self.input)), Rate(dollars(self.output))
        return Price(self.service, self.model, *rates, cached, date=self.date, source=OWN)


def dollars(text: str) -> Decimal:
    """What a person typed, as exact dollars. Raises AppError where it is no sum of money."""
    try:
        value = Decimal(text.strip().removeprefix("$").replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value <= MOST_DOLLARS:
        cure = Text("costs.not_a_price_cure")
        raise AppError(Text("costs.not_a_price", words=text.strip()), cure, again=False)
    return value


class Packed(TypedDict):
    """The table as it is packed at set-up (static/prices.json)."""

    date: str
    source: str
    source_url: str
    models: list[PackedRow]


class PackedRow(TypedDict):
    """One model: `names` is a pattern of the names that its service accepts. `prices` follow one another; each has
    rates by kind, as `_rate` takes them, and the day `from` which it holds."""

    service: str
    id: str
    names: str
    prices: list[Mapping[str, object]]


class PriceTable:
    """The packed table and the person's edits, which come first."""

    def __init__(self, record: Packed, edits: Iterable[Edit] = ()) -> None:
        self.date, self.source, self.source_url = record["date"], record["source"], record["source_url"]
        self._rows = record["models"]
        self._edits = {(edit.service, edit.model.lower()): edit for edit in edits}

    def price_for(self, service: str, model: str, day: str = "") -> Price | None:
        """The price on a local day (2026-11-23; "": the table's own day), None where it is not known.

        A model goes by any name that its service accepts, a dated one too."""
        name = model.lower().removeprefix("models/")  # as Gemini lists its models
        rows = (row for row in self._rows if row["service"] == service and re.match(row["names"], name))
        row = next(rows, None)
        edit = self._edits.get((service, name)) or (self._edits.get((service, row["id"])) if row else None)
        if edit:
            return edit.as_price()
        return self._price(row, day or self.date) if row else None

    def all(self, day: str = "") -> list[Price]:
        """Every price that is known: the person's own first, then by service and model."""
        own = [edit.as_price() for _, edit in sorted(self._edits.items())]
        rows = (self._price(row, day or self.date) for row in self._rows)
        return own + [row for row in rows if (row.service, row.model) not in self._edits]

    def _price(self, row: PackedRow, day: str) -> Price:
        begun = [price for price in row["prices"] if str(price.get("from", "")) <= day]
        price = begun[-1] if begun else row["prices"][0]
        rates = {name: _rate(price[name]) for name in ("input", "output", "cached", "written") if name in price}
        return Price(row["service"], row["id"], **rates, date=self.date, source=self.source)


def _rate(value: object) -> Rate:
    if isinstance(value, str):
        return Rate(Decimal(value))
    base, tiers = decode_as(tuple[str, tuple[tuple[int, str], ...]], value, at="rate")
    return Rate(Decimal(base), tuple((above, Decimal(price)) for above, price in tiers))
