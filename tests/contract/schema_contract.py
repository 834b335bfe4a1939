"""What an answer by a JSON schema must be, whoever gives it, as plain functions: from CPython against servers, and in
the browser's Python worker against the real engines, too.

    tally = await check_schemas(LocalModelProvider(engine), model, replies=50)       # Tally(shown=43, cut=7, …)

Everything that is shown keeps to the schema; what does not is refused, and so is a schema that nobody can be held to.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.core.errors import AppError, BadAnswer, TimedOut
from app.core.json_schema import BadSchema, fault
from app.core.ports import Provider
from app.core.values import Delta, Message, Model, Request, Sampling

#: one item of a quiz
QUIZ = {
    "type": "object",
    "properties": {
        "question": {"type": "string", "minLength": 5, "maxLength": 100},
        "options": {"type": "array", "items": {"type": "string", "maxLength": 40}, "minItems": 4, "maxItems": 4},
        "right": {"type": "integer", "minimum": 0, "maximum": 3},
        "why": {"type": "string", "maxLength": 100},
    },
    "required": ["question", "options", "right", "why"],
    "additionalProperties": False,
}
TOPICS = ("light", "water", "the moon", "France", "plants", "sound", "iron", "the heart", "maps", "numbers")
BAD = (
    {"type": "objekt"},
    {"type": "array", "items": {"type": "string"}},
    {"type": "object", "properties": {"a": {"type": "string", "pattern": "(a+)+"}}},
    {"type": "object", "properties": {"a": {"$ref": "#/$defs/nobody"}}},
    {"type": "object", "properties": {}, "additionalProperties": False},
)


@dataclass
class Tally:
    """How many of the answers were shown, cut, of another form, too slow; the seconds of each."""

    shown: int = 0
    cut: int = 0
    other: int = 0
    slow: int = 0
    seconds: list[float] = field(default_factory=list)


def quiz(topic: str, tokens: int, seed: int, schema: object = QUIZ) -> Request:
    """The request for one item."""
    assert isinstance(schema, dict)
    words = f"Write one quiz question about {topic} with four options, the index of the right one, and why it is right."
    return Request((Message("user", words),), Sampling(temperature=0.2, max_tokens=tokens, seed=seed), schema=schema)


async def text_of(provider: Provider, model: Model, request: Request) -> str:
    """Everything that would be shown."""
    return "".join([event.text async for event in provider.reply(model, request) if isinstance(event, Delta)])


async def check_schemas(
    provider: Provider,
    model: Model,
    replies: int = 2,
    tokens: int = 220,
    topics: Sequence[str] = TOPICS,
    told: Callable[[str], object] = str,
) -> Tally:
    """Ask for so many items; `told` hears the tally after each. Raises AssertionError where anything is shown that
    should not be."""
    tally = Tally()
    for number in range(replies):
        started = time.perf_counter()
        try:
            text = await text_of(provider, model, quiz(topics[number % len(topics)], tokens, number + 1))
        except BadAnswer as error:
            tally.cut += "answering.cut" in repr(error.message)
            tally.other += "answering.not_held" in repr(error.message)
        except TimedOut:
            tally.slow += 1
        else:
            assert fault(json.loads(text), QUIZ) == "", text
            tally.shown += 1
        tally.seconds.append(round(time.perf_counter() - started, 1))
        told(f"{number + 1} of {replies}: {tally}")
    assert tally.shown + tally.cut + tally.other + tally.slow == replies, tally
    return tally


async def check_cut(provider: Provider, model: Model) -> None:
    """An answer for which there is no room is refused."""
    error = await refused(BadAnswer, provider, model, quiz("light", 6, 1))
    assert "answering.cut" in repr(error.message), error.message


async def check_bad_schemas(provider: Provider, model: Model) -> None:
    """A schema that nobody can be held to is an error of ours, before anything is asked."""
    for schema in BAD:
        error = await refused(BadSchema, provider, model, quiz("light", 60, 1, schema))
        assert "bad_schema_why" in repr(error.message), error.message


async def refused(kind: type[AppError], provider: Provider, model: Model, request: Request) -> AppError:
    """The error that stands in place of an answer."""
    try:
        text = await text_of(provider, model, request)
    except kind as error:
        return error
    raise AssertionError(f"instead of {kind.__name__}: {text}")
