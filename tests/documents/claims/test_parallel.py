"""Numbers of one of two things that stand side by side in a sentence."""

from __future__ import annotations

import pytest

from app.documents.claims.figures import false_number

PRIZES = "Haber received the Nobel Prize in 1918, Bosch in 1931. Fritz Haber worked in Karlsruhe, Carl Bosch in Oppau."
ICE = "The snow becomes ice; in the Alps this takes ten to twenty years, in the interior of Antarctica several hundred."
SHOWS = "Berthe Morisot took part in seven of the eight shows, Pissarro alone in all of them."


@pytest.mark.parametrize(
    ("text", "passage", "number"),
    [
        ("Carl Bosch received the Nobel Prize in 1918.", PRIZES, "1918"),
        ("In Antarctica the snow becomes ice in ten to twenty years.", ICE, "ten"),
        ("Haber received the Nobel Prize in 1918.", PRIZES, None),
        ("Bosch received the Nobel Prize in 1931.", PRIZES, None),
        ("Haber received it in 1918 and Bosch in 1931.", PRIZES, None),
        ("In the Alps the snow becomes ice in ten to twenty years.", ICE, None),
        ("Pissarro took part in all eight shows, Morisot in seven.", SHOWS, None),
    ],
)
def test_a_number_is_told_of_its_own_name(text: str, passage: str, number: str | None) -> None:
    assert false_number(text, [passage], "", language="en") == number
