"""The ledger as CSV: read back by a CSV reader, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from app.models.costs.export import COLUMNS, as_csv
from app.models.costs.ledger import Entry

ENTRY = Entry("b", 1_795_478_400.0, "2026-11-24", "chat", "cloud", "openai", "gpt-5-mini", 1000, 500, 100, micros=1250,
              basis="computed", was_automatic=True, chat_id="c1", turn_id="t1")  # fmt: skip


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_column_is_there_and_money_is_exact() -> None:
    [row] = rows(as_csv([ENTRY]))
    assert tuple(row) == COLUMNS
    assert (row["cost_usd"], row["time_utc"], row["was_automatic"]) == ("0.001250", "2026-11-24T00:00:00Z", "yes")
    assert (row["prompt_tokens"], row["cached_tokens"], row["reply_tokens"]) == ("1000", "100", "500")


def test_an_unknown_cost_is_empty_and_a_free_one_is_not() -> None:
    unknown, free = rows(as_csv([replace(ENTRY, micros=None), replace(ENTRY, micros=0)]))
    assert (unknown["cost_usd"], free["cost_usd"]) == ("", "0.000000")


def test_lines_end_as_the_standard_says() -> None:
    text = as_csv([ENTRY, ENTRY])
    assert text.count("\r\n") == 3
    assert text.count("\n") == 3


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_text_is_a_formula(name: str) -> None:
    [row] = rows(as_csv([replace(ENTRY, model=name)]))
    assert row["model"] == f"'{name}"


@pytest.mark.parametrize("name", ["a,b", 'say "hi"', "two\nlines", "ünï码"])
def test_awkward_names_come_back_as_they_were(name: str) -> None:
    [row] = rows(as_csv([replace(ENTRY, model=name)]))
    assert row["model"] == name


def test_an_empty_ledger_is_a_line_of_names() -> None:
    assert as_csv([]) == ",".join(COLUMNS) + "\r\n"


def test_a_path_on_somebodys_disk_is_cut_to_the_files_name() -> None:
    """Fault O6: entries of earlier versions may hold one."""
    [row] = rows(as_csv([replace(ENTRY, model="/srv/people/ada/some-1b.gguf")]))
    assert row["model"] == "some-1b.gguf"
