"""The ledger as a table for other programs.

    page.do(Save("DrLeeLM costs.csv", as_csv(entries), "text/csv"))

RFC 4180: commas, quotes doubled, lines end with CR LF. A text that a spreadsheet would take for a formula gets an
apostrophe before it (OWASP, CSV injection): names of models come from elsewhere.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable
from decimal import Decimal

from app.core.text import file_name
from app.models.costs.cost import MICROS
from app.models.costs.ledger import Entry

COLUMNS = (
    "day",
    "time_utc",
    "feature",
    "place",
    "service",
    "model",
    "prompt_tokens",
    "cached_tokens",
    "written_tokens",
    "reply_tokens",
    "cost_usd",
    "basis",
    "was_automatic",
    "could_have_been_cloud",
    "stayed",
    "seconds",
    "chat_id",
    "turn_id",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(entries: Iterable[Entry]) -> str:
    """One line for each entry below a line of names. An unknown cost is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_cell(_value(entry, name)) for name in COLUMNS])
    return out.getvalue()


def _value(entry: Entry, name: str) -> object:
    if name == "time_utc":
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(entry.time))
    if name == "cost_usd":
        return "" if entry.micros is None else f"{Decimal(entry.micros) / MICROS:.6f}"
    return file_name(entry.model) if name == "model" else getattr(entry, name)


def _cell(value: object) -> object:
    """Only texts can be taken for formulas: every number here is positive."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
