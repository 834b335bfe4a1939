"""What the tests of the stand-in share. Others write `with StandIn() as server:`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ollama.stand_in import StandIn


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A stand-in on a free port with the default origins."""
    with StandIn() as running:
        yield running
