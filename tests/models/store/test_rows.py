"""Rows: what is the same about a row while its bytes move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.texts import Text
from app.core.values import Model
from app.models.store.rows import Row, Status

MODEL = Model("tiny", "Tiny", size_bytes=100)


@pytest.mark.parametrize("status", [Status.DOWNLOADING, Status.IMPORTING, Status.VERIFYING])
def test_a_row_at_rest_stays_the_same_while_bytes_move(status: Status) -> None:
    row = Row(MODEL, status, 10, 10, 5.0)
    assert row.at_rest == replace(row, stored_bytes=90, done_bytes=90, rate=6.0).at_rest
    assert row.at_rest.status == status


@pytest.mark.parametrize("status", [Status.NOT_DOWNLOADED, Status.PAUSED, Status.READY, Status.DAMAGED, Status.FAILED])
def test_a_row_whose_bytes_rest_keeps_all_it_says(status: Status) -> None:
    row = Row(MODEL, status, 10, 10)
    assert row.at_rest == row


def test_another_status_or_note_is_another_row_at_rest() -> None:
    row = Row(MODEL, Status.DOWNLOADING, 10, 10)
    assert row.at_rest != replace(row, note=Text("store.waits_in_line")).at_rest
    assert row.at_rest != replace(row, status=Status.PAUSED).at_rest
