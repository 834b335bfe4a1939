"""The table of kinds: each has its reader, its icon and its name."""

from __future__ import annotations

from typing import get_args

import pytest

from app.core.document_kinds import ACCEPTED, KINDS
from app.documents.reading import reader_of
from app.ui.icons import Icon
from tests.words import english


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_is_read_drawn_named_and_picked(kind: object) -> None:
    row = KINDS[getattr(kind, "id", "")]
    assert callable(reader_of(row.id))
    assert row.icon in get_args(Icon)
    assert english(row.label)
    assert all(ending in ACCEPTED.split(",") for ending in row.endings)
