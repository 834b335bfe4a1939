"""Which number of a source a sentence's number is: what is told of it, where many of its kind stand side by side."""

from __future__ import annotations

import pytest

from app.documents.claims.check import check
from app.documents.claims.numbers import CENTURY, numbers_in

DECAY = (
    "The half-life is the time after which half of the nuclei have decayed. Iodine-131 has a half-life of 8 days. From "
    "64 mg, 32 mg are left after 8 days, 16 mg after 16 days and 8 mg after 24 days. Alpha particles consist of two "
    "protons and two neutrons. There are three common kinds of radiation."
)
WAVES = (
    "Destructive waves are tall and frequent, about 10 to 14 per minute; they remove material. Constructive waves are "
    "low, arrive at about 6 to 8 per minute and build up beaches."
)
BASKET = "The goods are weighted: in this chapter food counts for 20 %, housing for 30 %, transport for 15 %."
ARRAYS = (
    "The default type is float64; float32 halves this, with about 7 instead of 16 digits. An array of shape (2, 3) can "
    "be added to one of shape (3,), but not to one of shape (2,); in that case a ValueError is raised. The index rises "
    "by 5 %, not 6 %."
)
RIGHTS = (
    "In Infopaq (2009) the Court held that an extract of as few as eleven words may be protected. Feist v Rural (1991) "
    "decided that a telephone book is not protected. Fair use looks at four factors. The six licences build on it. The "
    "vaccine survives in the heat for a month. New reed is added every few weeks. In two years it was gone."
)
DRINK = (
    "For water the heat capacity c is about 4200 J/(kg·°C), for copper only about 390 J/(kg·°C). The high heat "
    "capacity of water explains mild winters. It gives the index, or -1 if x does not occur in the list. If so, 1 "
    "round is saved."
)
ESSAYS = (
    "Jeremy Bentham published his main work in 1789. In an essay of 1861 Mill disagreed. At 30 mph the thinking "
    "distance is 9 m and the braking distance 14 m, which makes 23 m."
)


@pytest.mark.parametrize(
    ("source", "claim", "expected"),
    [
        (DECAY, "From 64 mg, 8 mg are left after 24 days.", "supported"),
        (DECAY, "From 64 mg, 8 mg are left after 16 days.", "false-number"),
        (DECAY, "They consist of two protons and two neutrons.", "supported"),
        (DECAY, "Alpha particles consist of three protons and two neutrons.", "false-number"),
        (WAVES, "Constructive waves come 6 to 8 times a minute.", "supported"),
        (WAVES, "Constructive waves come 10 to 14 times a minute.", "false-number"),
        (BASKET, "Housing counts for 30 %.", "supported"),
        (BASKET, "Housing counts for 20 %.", "false-number"),
        (ARRAYS, "It keeps about 7 digits.", "supported"),
        (ARRAYS, "It keeps about 16 digits.", "false-number"),
        (ARRAYS, "The index rises by 6 %.", "false-number"),
        (ARRAYS, "For int64 an OverflowError is raised.", "unsupported"),
        (ARRAYS, "A ValueError is raised for float32.", "supported"),
        (RIGHTS, "Infopaq was decided in 1991.", "false-number"),
        (RIGHTS, "Fair use looks at six factors.", "false-number"),  # French has "six" too: the source's language tells
        (RIGHTS, "The vaccine survives in the heat for a year.", "false-number"),
        (RIGHTS, "The vaccine survives in the heat for a month.", "supported"),
        (RIGHTS, "New reed is added every few years.", "false-number"),
        (DRINK, "Copper has a lower heat capacity than water, only about 390 J/(kg·°C).", "supported"),
        (DRINK, "It gives back -1 when x is not in the list.", "supported"),
        (ESSAYS, "Mill's essay came 72 years after Bentham's main work.", "supported"),
        (ESSAYS, "Mill's essay came 27 years after Bentham's main work.", "false-number"),
        (ESSAYS, "At 30 mph it needs 23 m in total.", "supported"),
    ],
)
def test_a_number_is_the_one_that_is_told_of_that(source: str, claim: str, expected: str) -> None:
    [found] = check(f"{claim[:-1]} [1].", [source])
    assert found.verdict == expected


def test_code_that_is_an_example_is_no_quote() -> None:
    source = "Indexing an array `a` with a list of positions, called fancy indexing, always returns a copy."
    for reply, expected in (
        ("Fancy indexing, e.g. `a[[0, 1]]`, always returns a copy [1].", "false-number"),  # no 0 and no 1 is told of
        ("Fancy indexing, e.g. `a[list]`, always returns a copy [1].", "supported"),
        ("Fancy indexing, e.g. `b[list]`, always returns a copy [1].", "false-quote"),
        ("Fancy indexing, that is `a[list]`, always returns a copy [1].", "false-quote"),
    ):
        assert [one.verdict for one in check(reply, [source])] == [expected]


def test_an_ordinal_goes_on_with_the_century_before_it() -> None:
    found = numbers_in("It came in the thirteenth century, and he made it famous in the fourteenth.", "en")
    assert [(one.unit, int(max(one.values))) for one in found] == [(CENTURY, 13), (CENTURY, 14)]
    assert numbers_in("It came in the thirteenth century. He was the fourteenth.", "en")[1].unit != CENTURY
