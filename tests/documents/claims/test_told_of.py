"""Numbers that a source has, told of something else: exchanged, turned, of another rank, of another stretch of time."""

from __future__ import annotations

import pytest

from app.documents.claims.figures import false_number
from app.documents.claims.support import language_of

LOAF = "A typical loaf uses 500 g of flour, 350 g of water and 10 g of salt."
NAVE = "The nave of Chartres is 37 m high, that of Amiens 42 m."
RIVER = "Under a treaty of 1959 Egypt receives 55 km³ a year and Sudan 18 km³."
SLEEP = "Newborns sleep 14 to 17 hours, half of it dreaming; adults need 7 to 9 hours."
LIGHT = "The scattering rises with the fourth power of the frequency. It was found in the first century AD."
WAIT = (
    "At first the verdict must be that of all of them, and this is what the law says. After at least two hours and ten "
    "minutes the judge may accept a majority of the jury."
)
MOSS = "Torfmoos kann das Dreißigfache seines Gewichts halten."
MOON = "The Sun's effect is a little less than half that of the Moon. Most coasts have two high waters a day."
FLOOD = "The river brings its water between July and October."
GROUP = "Three quarters of them gave in at least once."
LENS = "An objective of 1000 mm with an eyepiece of 25 mm gives a magnification of 40."
RATIO = "The ratio of water to acid is 2 : 1."
SPIRALS = (
    "Many flowers have 3, 5, 8 or 13 petals, and in a sunflower one often counts 34 spirals one way and 55 the other."
)


@pytest.mark.parametrize(
    ("passage", "true", "false"),
    [
        (LOAF, "A loaf contains 350 g of water and 500 g of flour.",
         "A loaf contains 350 g of flour and 500 g of water."),
        (NAVE, "The nave of Amiens is 42 m high and that of Chartres 37 m.",
         "The nave of Amiens is 37 m high and that of Chartres 42 m."),
        (RIVER, "The treaty gives 18 km³ to Sudan and 55 km³ to Egypt.",
         "The treaty gives 18 km³ to Egypt and 55 km³ to Sudan."),
        (SLEEP, "Adults need 7 to 9 hours and newborns 14 to 17 hours.",
         "Newborns need 7 to 9 hours and adults 14 to 17 hours."),
        (LIGHT, "It grows with the fourth power of the frequency.", "It grows with the third power of the frequency."),
        (LIGHT, "It was found in the first century.", "It was found in the third century."),
        (WAIT, "For the judge a majority of the jury is enough after 2 hours and 10 minutes.",
         "For the judge a majority of the jury is enough after one hour and ten minutes."),
        (WAIT, "For the judge a majority of the jury is enough after 130 minutes.",
         "For the judge a majority of the jury is enough after an hour and ten minutes."),
        (MOSS, "Torfmoos hält das 30-fache seines Gewichts.", "Torfmoos hält das Dreizehnfache seines Gewichts."),
        (MOON, "Most coasts have two high waters a day.", "The Sun's effect is twice that of the Moon."),
        (MOON, "The Moon's effect is more than twice that of the Sun.",
         "The Sun's effect is about twice that of the Moon."),
        (FLOOD, "The water comes between July and October.", "The water comes between May and October."),
        (GROUP, "Three quarters of them gave in.", "Half of them gave in at least once."),
        (LENS, "With an objective of 1000 mm and an eyepiece of 25 mm the magnification is 40.",
         "With an objective of 1000 mm and an eyepiece of 25 mm you get a magnification of 25."),
        (RATIO, "Water and acid are mixed 2:1.", "Water and acid are mixed 1:2."),
        (SPIRALS, "In sunflowers one finds 34 spirals one way and 55 the other way.",
         "In sunflowers one finds 34 spirals one way and 8 the other way."),
    ],
)  # fmt: skip
def test_a_number_is_of_what_it_is_told_of(passage: str, true: str, false: str) -> None:
    assert false_number(true, [passage], "", language=language_of(true)) is None
    assert false_number(false, [passage], "", language=language_of(false)) is not None


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("The first colour lasts for half a minute.", "The first colour lasts for 30 seconds."),
        ("Scholars knew it centuries earlier.", "Scholars knew it hundreds of years before."),
        ("It became popular in the 1950s.", "Se hizo popular en los años cincuenta."),
        ("Tausende Stellen bleiben frei.", "Thousands of places stay free."),
        ("In code: `if n <= 1: return 1`. Step 3 comes later.", "The base case is `if n <= 1: return 1`."),
    ],
)
def test_the_same_number_in_another_form(passage: str, text: str) -> None:
    assert false_number(text, [passage], "", language=language_of(text)) is None
