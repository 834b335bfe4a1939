"""Other ways of asking the same question: letter case, spacing, slips of the keyboard, courtesies, quotation marks, an
instruction about the form of the answer. Seeded, so that runs agree.

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


FORMS = (
    "Answer in one sentence.",
    "Please answer briefly.",
    "Respond in JSON format.",
    "Use bullet points.",
    "Write your answer in at most 50 words.",
    "Give your final answer as \\boxed{X}.",
    "Keep it short and simple.",
    "Only output the answer, without any explanation.",
    "Let's think step by step.",
    "Provide your response in no more than 50 words.",
    "Format your reply as a numbered list.",
    "Keep your answer under 100 words.",
    "Be concise.",
    "Don't use bullet points.",
    "No preamble, please.",
    "Limit: 3 sentences.",
    'Finish your answer with "Done."',
    "Your response should contain at least 3 sections.",
)
WRAPPINGS = (
    "You are a helpful assistant. {}",
    "You are an expert tutor. Answer the following question.\n{}",
    "Question: {}\nAnswer:",
    "Q: {}\nA:",
    "Please read the following question carefully and answer it.\n\n{}",
    "Give a short answer: {}",
    "In one sentence: {}",
    "I need a quick answer. {}",
    "Can you help me with this? {}",
    "Hello! {}",
    "Könntest du mir bitte helfen? {}",
)


COURTESIES = (
    "Please: {}",
    "Could you please help me? {}",
    "Could you please tell me: {}",
    "{} Please.",
    "{} Thank you!",
    "{} Thanks in advance!",
    "Hi! {}",
)


def unstopped(text: str, _chance: random.Random) -> str:
    """Without the mark at the end."""
    return text.rstrip().rstrip(".?!:")


def asked_kindly(text: str, chance: random.Random) -> str:
    """With a courtesy before or after."""
    before, _, after = chance.choice(COURTESIES).partition("{}")
    return f"{before}{text}{after}"


def quoted(text: str, chance: random.Random) -> str:
    """In quotation marks."""
    marks = chance.choice(['""', "“”", "«»", "''"])
    return f"{marks[0]}{text}{marks[1]}"


def with_a_form(text: str, chance: random.Random) -> str:
    """With an instruction about the form of the answer, before or after."""
    form = chance.choice(FORMS)
    return f"{form} {text}" if chance.random() < 0.3 else f"{text}\n{form}"


def wrapped(text: str, chance: random.Random) -> str:
    """Behind a role to play, a label, or a word around it."""
    before, _, after = chance.choice(WRAPPINGS).partition("{}")
    return f"{before}{text}{after}"


NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "capitals": upper,
    "no capitals": lower,
    "mixed capitals": swapped,
    "spacing": spaced,
    "small typos": lambda text, chance: slips(text, chance, SMALL),
    "no end mark": unstopped,
    "courtesies": asked_kindly,
    "quoted": quoted,
    "a form asked for": with_a_form,
    "wrapped": wrapped,
    "many typos": lambda text, chance: slips(text, chance, MANY),
}
