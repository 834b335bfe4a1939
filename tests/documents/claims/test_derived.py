"""Numbers that no source has, but that follow from what it has; and those that only seem to."""

from __future__ import annotations

import pytest

from app.documents.claims.check import check

LIFE = (
    "Anna Weiss was born in Linz on 16 March 1850. In 1872 she went to Bath with her brother. "
    "On 1 August 1886 she found her first comet. She died on 9 January 1948."
)
TOWER = "The tower was built of granite between 1840 and 1843. It was sold in 1909. Work in it ended in 1954."
ACID = "Vinegar as sold has 5 g of acid in 100 mL. The lamp flashes twice every 15 seconds."
DAIRY = (
    "212 million litres were delivered, 4 % less than the year before. Farmers were paid 43.5 cents a litre, "
    "2.1 cents more than a year earlier. Cheese makes up 61 % of sales, milk 22 % and butter 12 %; the rest is whey. "
    "The profit came to 3.8 million euros, of which half was paid out."
)
BANK = "Half of it was paid. The bank lifted its rate from minus 0.5 % to 4 %."
SLEEP = "The number of pauses an hour tells how bad it is: 5 to 14 is mild, 15 to 29 moderate, 30 or more severe."
TRIAL = (
    "It was heated from 18 °C to 63 °C. Of 80 samples, 12 failed the test. The second batch held 120 samples. "
    "In 2020 frost cut the harvest by 25 %."
)
PLAY = "She saved nine men of the ship; she was 19 years old. One tablet of 200 mg contains 65 mg of iron."


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (LIFE, "She was 36 when she found her first comet.", "She was 38 when she found her first comet."),
        (LIFE, "She was 22 when she went to Bath.", "She was 32 when she went to Bath."),
        (LIFE, "She found the comet in the 19th century.", "She found the comet in the 18th century."),
        (LIFE, "She found the comet in the 1880s.", "She found the comet in the 1870s."),
        (TOWER, "It took three years to build the tower.", "It took six years to build the tower."),
        (TOWER, "Sold in 1909, it ended its work 45 years later.", "Sold in 1909, it ended its work 36 years later."),
        (ACID, "It has 50 g of acid per litre.", "It has 5 g of acid per litre."),
        (ACID, "The lamp flashes eight times a minute.", "The lamp flashes four times a minute."),
        (DAIRY, "212 million litres were delivered, a drop of 4 %.",
         "212 million litres were delivered, a rise of 4 %."),
        (DAIRY, "The year before, farmers were paid 41.4 cents.", "The year before, farmers were paid 45.5 cents."),
        (DAIRY, "Whey makes up the remaining 5 % of sales.", "Whey makes up the remaining 15 % of sales."),
        (DAIRY, "1.9 million euros of the profit were paid out.", "1.8 million euros of the profit were paid out."),
        (BANK, "The bank lifted its rate by 4.5 percentage points.",
         "The bank lifted its rate by 3.5 percentage points."),
        (SLEEP, "With 20 pauses an hour it is moderate.", "With 20 pauses an hour it is severe."),
        (PLAY, "One tablet contains 65 mg of iron.", "One tablet contains 200 mg of iron."),
        (TRIAL, "It was heated by 45 °C.", "It was heated by 63 °C."),
        (TRIAL, "15 % of the 80 samples failed the test.", "12 % of the 80 samples failed the test."),
        (TRIAL, "68 of the 80 samples passed the test.", "78 of the 80 samples passed the test."),
        (TRIAL, "In 2020 the harvest fell by 25 %.", "In 2020 the harvest rose by 25 %."),
        ("It was held for 90 days.", "It was held for about three months.", "It was held for about four months."),
        ("The rower weighed 121.8 kg.", "The rower weighed almost 122 kg.", "The rower weighed almost 124 kg."),
        ("Half of them stop within a year.", "Half of them stop within twelve months.",
         "Half of them stop within ten months."),
        ("Sie brauchte 2:58:50 Stunden.", "Sie brauchte knapp drei Stunden.", "Sie brauchte knapp zwei Stunden."),
        ("Genome: 32.000 millones de pares. El genoma tiene 32.000 millones de pares.",
         "The genome has 32 billion pairs.", "The genome has 32 million pairs."),
    ],
)  # fmt: skip
def test_what_follows_from_the_source(source: str, right: str, wrong: str) -> None:
    for text, is_marked in ((right, False), (wrong, True)):
        [one] = check(f"{text[:-1]} [1].", [source])
        assert one.is_marked == is_marked, (text, one)


@pytest.mark.parametrize(
    ("source", "reply"),
    [
        ("The rent may not exceed five weeks' pay.", "The cap for the rent is five weeks of pay [1]."),
        ("Smoking was forbidden there.", "Smoking was not allowed there [1]."),
        ("The European Central Bank raised its rate.", "The ECB raised its rate [1]."),
        ("`keep` reads a tenth of the blocks; with `--all` it reads every block.",
         "`keep --all` reads every block [1]."),
        ("The second edition bore her name.", "The first edition did not bear her name [1]."),
        ("Keep it in brown glass, away from light.", "Keep it in the dark, in brown glass [1]."),
    ],
)  # fmt: skip
def test_what_is_said_in_another_way(source: str, reply: str) -> None:
    [one] = check(reply, [source])
    assert not one.is_marked, one


def test_code_is_not_joined_of_what_stands_apart() -> None:
    source = "`keep` makes a copy. `tidy` deletes the rest with `--yes`."
    assert check("`keep --yes` makes a copy [1].", [source])[0].verdict == "false-quote"
