"""What all three dialects need to know of a conversation and of a stream's pieces.

answer_ids(messages)            # of each message of the role "tool": the id of the call that it answers
media_type("iVBORw0KGgo…")      # "image/png"
told_in("", '{"choices": …')     # the object; None where an event says nothing; raises Said for an error
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from app.core.errors import BadAnswer
from app.core.reading import part, read_object
from app.core.texts import Text
from app.core.values import Delta, Message, Request, Sampling, StopReason, Thought, ToolCall, Usage
from app.models.cloud.services import Service

#: how the base64 of each kind of picture begins
MEDIA = {"iVBORw0KGgo": "image/png", "/9j/": "image/jpeg", "R0lGOD": "image/gif", "UklGR": "image/webp"}
Piece = Delta | Thought | ToolCall


class Reader(Protocol):
    """What has been read of one stream. `reason` is None until the service has said why it ended: a stream that stops
    before that was cut. `usage` holds the service's latest counts, `speeds` its own tokens per second of writing and
    of reading the prompt, 0 where it does not tell."""

    reason: StopReason | None
    usage: Usage | None
    speeds: tuple[float, float]

    def read(self, name: str, data: str) -> Iterator[Piece]:
        """The pieces of the reply in one event. Raises `Said` for an error, BadAnswer, Declined."""
        ...


class Dialect(Protocol):
    """A module that speaks to services of one kind. `KNOCKS`: an empty question tells whether a key is wanted;
    `LEAVES_OUT` are the settings that a model may refuse; `MODELS` is where the list of models is."""

    MODELS: str
    KNOCKS: bool
    LEAVES_OUT: tuple[str, ...]

    def path(self, name: str) -> str:
        """Where a model is asked."""

    def body(self, service: Service, name: str, request: Request, messages: Sequence[Message]) -> dict[str, object]:
        """The request as JSON."""

    def without(self, value: Mapping[str, object], name: str) -> dict[str, object] | None:
        """The request once more without what was refused, None where it cannot be left out."""

    def reader(self, service: Service, request: Request) -> Reader:
        """Reads one stream."""


class Said(Exception):
    """The service tells of an error inside a stream that had begun well; `body` is as a refusal's would be."""

    def __init__(self, body: Mapping[str, object]) -> None:
        super().__init__("an error inside a stream")
        self.body = body


def told_in(name: str, data: str) -> dict[str, object] | None:
    """The JSON object of an event; None where it says nothing: empty, `null`, `[]`, a number, a word that keeps the
    connection alive. Raises Said for an error, BadAnswer where an object is broken."""
    text = data.strip()
    if not text.startswith("{"):
        if name in ERRORS or _TROUBLE.match(text):
            raise Said({"error": text})
        return None
    try:
        value = read_object(_CONSTANT.sub(lambda found: found[0] if found[0][0] == '"' else "null", text))
    except ValueError as error:
        raise BadAnswer(Text("cloud.unreadable_service"), detail=repr(data[:300])) from error
    if is_error(value, name):
        raise Said(value)
    return value


# Words in place of an object, that begin with what has gone wrong
_TROUBLE = re.compile(r"\W*(?:\w+[: ]+){0,3}(?:error|exception|failed|failure|timed out|unavailable)\b", re.IGNORECASE)
# Python servers send NaN among their figures, which is no JSON: it stands for nothing. Texts stay as they are.
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*+"|-?\b(?:NaN|Infinity)\b')


#: what only a part of an answer holds
ANSWERS = ("choices", "candidates", "delta", "content_block", "content", "usage", "usageMetadata")
WORDS = ("message", "msg", "error_message", "error_msg", "status_msg", "reason")
#: what an error may stand in
WRAPPERS = ("response", "base_resp")
CODES = ("code", "status", "status_code", "error_code", "errcode")
FINE = (None, 0, 200, "0", "200", "ok", "success", "in_progress", "processing", "queued", "pending", "completed")
ERRORS = ("error", "errors", "fault", "exception")


def is_error(event: Mapping[str, object], name: str = "") -> bool:
    """Whether an event tells of an error, by its shape: services and the programs before them have many."""
    if name in ERRORS or any(event.get(key) in ERRORS for key in ("object", "type") if isinstance(event.get(key), str)):
        return True
    named = {key.lower().replace("_", ""): value for key, value in event.items()}
    if named.get("error"):
        return True
    if any(event.get(key) for key in ANSWERS):
        return False
    if named.get("detail") or any(named.get(key) for key in ERRORS):
        return True
    if any(is_error(inner) for inner in map(part, map(event.get, WRAPPERS)) if inner):
        return True
    has_words = any(isinstance(named.get(key), str) and named[key] for key in map(_plain, WORDS))
    is_bad = any(named.get(key) not in FINE for key in map(_plain, CODES)) or "error" in str(event.get("type", ""))
    return has_words and (is_bad or False in (event.get("success"), event.get("ok")))


def _plain(name: str) -> str:
    return name.replace("_", "")


def tuned(service: Service, sampling: Sampling) -> dict[str, object]:
    """The sampling settings that a service takes, under its own names. A seed of 0 is none."""
    values = {theirs: getattr(sampling, ours) for ours, theirs in service.tuning if ours != "seed" or sampling.seed}
    if "temperature" in values:
        values["temperature"] = min(sampling.temperature, service.max_temperature)
    return values


def media_type(image: str) -> str:
    """What kind of picture a base64 text holds; PNG where its beginning is unknown."""
    return next((kind for start, kind in MEDIA.items() if image.startswith(start)), "image/png")


def with_ids(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The same with an id on every tool call: models in this browser give none."""
    numbers = iter(range(10**6))
    return tuple(
        replace(message, tool_calls=tuple(call if call.id else _numbered(call, numbers) for call in message.tool_calls))
        for message in messages
    )


def _numbered(call: ToolCall, numbers: Iterator[int]) -> ToolCall:
    return replace(call, id=f"call_{next(numbers)}")


def answer_ids(messages: Sequence[Message]) -> dict[int, str]:
    """By the place of each answer of a tool: the id of the first open call of its name, else of the first open one."""
    open_calls, found = list[ToolCall](), dict[int, str]()
    for place, message in enumerate(messages):
        open_calls.extend(message.tool_calls)
        if message.role == "tool":
            same = [call for call in open_calls if call.name == message.tool_name] or open_calls
            if same:
                open_calls.remove(same[0])
            found[place] = same[0].id if same else f"call_{place}"
    return found


def system_of(messages: Sequence[Message]) -> str:
    """All system prompts as one text, for services that want it apart."""
    return "\n\n".join(one.content for one in messages if one.role == "system" and one.content)


class HalfCall:
    """A tool call whose arguments arrive in pieces of JSON."""

    def __init__(self, name: str = "", id: str = "") -> None:
        self.name, self.id, self.parts = name, id, list[str]()

    def whole(self) -> ToolCall:
        """The call. Raises BadAnswer where its arguments are no object."""
        try:
            arguments = read_object("".join(self.parts) or "{}")
        except ValueError:
            arguments = None
        if arguments is None or not self.name:
            words = Text("cloud.odd_tool_call")
            raise BadAnswer(words, detail=f"{self.name}({''.join(self.parts)[:300]})")
        return ToolCall(self.name, arguments, self.id)
