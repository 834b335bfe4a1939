"""Texts on the page, whose formulas come later than other words do."""

from __future__ import annotations

import asyncio

import pytest

from app.ui.prose import Prose
from tests.adapters import PlainTypesetter
from tests.memory import RecordingPage
from tests.ui.pages import session


class Slow(PlainTypesetter):
    """Formulas come when they may."""

    def __init__(self) -> None:
        self.may = asyncio.Event()

    async def math(self, tex: str, display: bool) -> str:
        await self.may.wait()
        return await super().math(tex, display)


@pytest.mark.parametrize("after", ["Other words.", "Its $x$ is long."])
def test_a_formula_that_comes_late_is_not_painted_over_the_text_that_stands_there_by_then(after: str) -> None:
    async def scene() -> None:
        page, typesetter = RecordingPage(), Slow()
        prose = Prose(page, session().notices, typesetter)
        prose.html("explain", "Its $x$ is")
        await asyncio.sleep(0)
        prose.html("explain", after)
        typesetter.may.set()
        for _ in range(10):
            await asyncio.sleep(0)
        painted = [str(html) for _, id, html in page.painted if id == "b-explain-0"]
        assert all("long" in html for html in painted)
        assert len(painted) == ("long" in after)

    asyncio.run(scene())
