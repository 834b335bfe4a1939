"""A failed download still says why after a reload (fault U14)."""

from __future__ import annotations

import pytest

from app.core.errors import AppError, Changed, DownloadError, Interrupted, LoadFailed, OutOfSpace, Refused
from app.models.store.failure import kept, restored
from app.models.store.model_store import row_of
from app.models.store.rows import Status
from app.models.store.stored import Stored
from tests.models.fakes import GGUF
from tests.words import english


@pytest.mark.parametrize(
    "error",
    [Changed(), Interrupted("Cut", "Wait"), Refused("No", "Ask"), Refused(needs_token=True), LoadFailed("Bad", "Else")],
)
def test_a_failure_comes_back_with_its_kind_and_its_words(error: AppError) -> None:
    again = restored(kept(error, english))
    assert type(again) is type(error)
    assert (again.message, again.cure) == (english(error.message), english(error.cure))
    assert getattr(again, "needs_token", None) == getattr(error, "needs_token", None)


@pytest.mark.parametrize("record", [(), ("nonsense",), ("nonsense", "What", "How", "more")])
def test_a_kind_that_nobody_knows_is_a_failed_download(record: tuple[str, ...]) -> None:
    assert type(restored(record)) is DownloadError
    assert type(restored(kept(OutOfSpace(), english))) is DownloadError


def test_what_is_stored_of_a_failed_download_is_a_failed_row_with_its_reason() -> None:
    record = Stored(GGUF, failure=kept(Refused("No", "Ask"), english)).as_info(english)
    row = row_of(Stored.from_info(record))
    assert row.status == Status.FAILED
    assert row.problem is not None
    assert row.problem.message == "No"
    assert row_of(Stored(GGUF)).status == Status.PAUSED, "a download that was only stopped"
