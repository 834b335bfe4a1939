"""Other ways of typing the same question: letter case, spacing, slips of the keyboard. Seeded, so that runs agree.

NOISES["small typos"]("What is osmosis?", random.Random(1))     # "What is osmosos?"
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable

#: one slip in so many letters, at least one in a question
SMALL, MANY = 100, 40


def upper(text: str, _chance: random.Random) -> str:
    """All capitals."""
    return text.upper()


def lower(text: str, _chance: random.Random) -> str:
    """No capitals."""
    return text.lower()


def swapped(text: str, chance: random.Random) -> str:
    """A capital here and there."""
    return "".join(letter.swapcase() if chance.random() < 0.1 else letter for letter in text)


def spaced(text: str, chance: random.Random) -> str:
    """Doubled spaces, line ends in place of spaces, and space around everything."""
    return "  " + re.sub(r" ", lambda _: chance.choice([" ", "  ", "   ", "\n", "\t"]), text) + " \n"


def slips(text: str, chance: random.Random, one_in: int) -> str:
    """Letters dropped, doubled, swapped with the next or replaced."""
    letters = list(text)
    places = [i for i, letter in enumerate(letters[:-1]) if letter.isalpha() and letters[i + 1].isalpha()]
    for i in chance.sample(places, min(len(places), max(1, len(text) // one_in))):
        match chance.randrange(4):
            case 0:
                letters[i] = ""
            case 1:
                letters[i] *= 2
            case 2:
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
            case _:
                letters[i] = chance.choice(string.ascii_lowercase)
    return "".join(letters)


NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "capitals": upper,
    "no capitals": lower,
    "mixed capitals": swapped,
    "spacing": spaced,
    "small typos": lambda text, chance: slips(text, chance, SMALL),
    "many typos": lambda text, chance: slips(text, chance, MANY),
}
