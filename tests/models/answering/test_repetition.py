"""A model that only repeats itself is stopped; lists, tables, code, poems and digits never are (fault U15)."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import aclosing

import pytest

from app.core.places import Place, Purpose
from app.core.values import Delta, Done, Event, Message, Model, Request, Reread, Thought
from app.models.answering.dispatch import LocalModelProvider
from app.models.answering.repetition import Repetition
from app.models.engines.demo import DEMO_TEXT
from tests.study.scripted import Scripted

QUESTION = "What is the square root of eight?"


def noticed(text: str, question: str = QUESTION, size: int = 5) -> int:
    """How many characters had come when it was noticed; 0 for never."""
    watch = Repetition(question)
    for at in range(0, len(text), size):
        watch.take(text[at : at + size])
        if watch.is_endless:
            return at + size
    return 0


def rows(row: str, count: int) -> str:
    return "".join(row.format(n=number, m=number * 7) for number in range(1, count + 1))


BEGIN = "Let us work it out step by step. The root of a product is the product of the roots.\n\n"
LOOPS = {
    "a line": "√2 * 2 = 4\n",
    "a list item": "- The answer is 4.\n",
    "a sentence": "The answer is the square root. ",
    "a numbered line": "{n}. Take the root of it.\n",
    "a paragraph": (
        "The square root of a number is the number that, times itself, gives that number. We know that four times four "
        "is sixteen, so the root lies below it, and we have to look at the numbers between two and three again.\n\n"
    ),
    "a few words": "and so on, ",
    "Chinese": "答案是四，因为二乘二等于四。",
    "thinking aloud": "Wait, let me check that again. Two times two is four. So the root is two.\n\n",
}


@pytest.mark.parametrize("size", [1, 5, 300])
@pytest.mark.parametrize("name", LOOPS)
def test_what_only_repeats_is_noticed_soon(name: str, size: int) -> None:
    at = noticed(BEGIN + rows(LOOPS[name], 400), size=size)
    assert 0 < at - len(BEGIN) <= 1_700 + size, name


def test_the_line_of_the_fault_is_noticed_in_half_a_minute() -> None:
    """The bundled model writes about six tokens a second on a slow machine, so this line comes once a second."""
    assert 0 < noticed(BEGIN + "√2 * 2 = 4\n" * 400) - len(BEGIN) < 30 * len("√2 * 2 = 4\n")


TIMES_TABLE = "\n".join(f"{a} × {b} = {a * b}" for a, b in itertools.product(range(1, 13), repeat=2))
POEM = (
    "Row, row, row your boat,\nGently down the stream.\nMerrily, merrily, merrily, merrily,\nLife is but a dream.\n\n"
)
HONEST = {
    "prose": DEMO_TEXT * 5,
    "a times table": TIMES_TABLE,
    "a numbered list": rows("{n}. Exercise {m}: find the root.\n", 300),
    "a list of dates": rows("- Week {n}: read chapter {m}\n", 300),
    "a truth table": "| p | q | p and q |\n|---|---|---|\n" + rows("| {n} | 0 | 0 |\n", 128),
    "an empty form": "| Name | Date | Grade |\n|---|---|---|\n" + "|  |  |  |\n" * 60,
    "an empty plan": "| Hour | Mon | Tue |\n|---|---|---|\n" + "| free | free | free |\n" * 60,
    "a matrix of zeros": "$$\\begin{pmatrix}\n" + (("0 & " * 19 + "0 \\\\\n") * 20) + "\\end{pmatrix}$$",
    "code": "```html\n" + "  <td></td>\n" * 60 + "```\n",
    "output": "It prints:\n\n```\n" + "Hello, world!\n" * 100 + "```\n",
    "code in a list": "1. Like this:\n\n   ```python\n" + "   print('Hello')\n" * 60 + "   ```\n",
    "zeros": "A googol is 1" + "0" * 100 + ", and 10^1000 is 1" + "0" * 1000,
    "a third": "0." + "3" * 1000,
    "a seventh": "0." + "142857" * 200,
    "grouped zeros": "1" + ",000" * 300,
    "a binary number": "0101" * 300,
    "rules": ("-" * 80 + "\n") * 20,
    "dots to fill in": rows("{n}. ______________________\n", 60),
    "boxes to tick": "- [ ] \n" * 60,
    "a song": POEM * 5,
    "a refrain": "Na, na na na na na na, na na na na, hey now.\n" * 18,
    "laughter": "ha " * 70,
    "dialogue": "A: Knock, knock.\nB: Who is there?\n" * 5,
    "short lines": "Yes.\nNo.\n" * 15,
}


@pytest.mark.parametrize("size", [1, 7])
@pytest.mark.parametrize("name", HONEST)
def test_what_people_want_repeated_is_not(name: str, size: int) -> None:
    assert noticed(BEGIN + HONEST[name] + "\nThat is all.\n" + BEGIN, size=size) == 0, name


@pytest.mark.parametrize(
    ("question", "line", "times"),
    [
        ("Write “I will not talk in class.” a hundred times.", "I will not talk in class.\n", 100),
        ("Write “I will not talk in class” a hundred times.", "{n}. I will not talk in class.\n", 100),
        ("Say HELLO two hundred times", "hello ", 200),
        ("写一百遍“我不会说话”", "我不会说话。\n", 100),
    ],
)
def test_what_was_asked_for_is_not(question: str, line: str, times: int) -> None:
    text = rows(line, times)
    assert noticed(text, question) == 0
    assert noticed(rows(line, times * 20), question) > 0, "not for ever"


# -- in the answering layer, whoever answers


def stream(*events: Event, model: Model, purpose: Purpose = Purpose.QUESTION) -> tuple[Scripted, list[Event]]:
    scripted, found = Scripted(*events), list[Event]()
    provider = LocalModelProvider(scripted, {"ollama": lambda: scripted, "cloud": lambda: scripted})

    async def body() -> None:
        request = Request((Message("system", "Be short."), Message("user", QUESTION)), purpose=purpose)
        async with aclosing(provider.reply(model, request)) as reply:
            async for event in reply:
                found.append(event)

    asyncio.run(body())
    return scripted, found


MODELS = [
    Model("m", "Tiny"),
    Model("ollama:m", "Tiny", place=Place.COMPUTER),
    Model("cloud:openai:m", "Far", place=Place.CLOUD),
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.provider)
def test_the_model_is_stopped_and_what_it_said_is_kept(model: Model) -> None:
    scripted, found = stream(*[Delta("√2 * 2 = 4\n")] * 900, model=model)
    assert scripted.was_closed
    assert isinstance(found[-1], Done)
    assert found[-1].stop_reason == "repeating"
    text = "".join(event.text for event in found if isinstance(event, Delta))
    assert 20 <= text.count("√2 * 2 = 4") < 40
    assert found[-1].usage.reply_tokens > 50
    assert found[-1].usage.prompt_tokens > 5
    assert not found[-1].usage.counted


def test_its_thinking_is_watched_too() -> None:
    _, found = stream(*[Thought("Wait, let me check that again. ")] * 900, model=MODELS[0])
    assert isinstance(found[-1], Done)
    assert found[-1].stop_reason == "repeating"


def test_what_reads_otherwise_begins_anew() -> None:
    said = [Delta("√2 * 2 = 4\n")] * 15
    done = Done()
    _, found = stream(*said, Reread(""), *said, done, model=MODELS[0])
    assert found[-1] == done


@pytest.mark.parametrize("purpose", [Purpose.API, Purpose.BENCHMARK])
def test_programs_get_all_of_it(purpose: Purpose) -> None:
    _, found = stream(*[Delta("√2 * 2 = 4\n")] * 300, Done(), model=MODELS[0], purpose=purpose)
    assert found[-1] == Done()
