"""Anthropic's dialect: POST /v1/messages, typed events from `message_start` to `message_stop`.

Shapes: Anthropic's Messages API reference. The counts of `message_delta` are cumulative, so they replace; a reply has
ended when that event gives its `stop_reason`. An answer by a schema is asked for as the one tool that has to be used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from app.core.errors import Declined
from app.core.reading import part, rows
from app.core.values import Delta, Message, Request, StopReason, Thought, Usage
from app.models.cloud.messages import (
    HalfCall,
    Piece,
    answer_ids,
    media_type,
    system_of,
    told_in,
    tuned,
    with_ids,
)
from app.models.cloud.services import Service
from app.models.costs.cost import usage_from

MODELS = "/v1/models?limit=1000"
KNOCKS = True  # an empty question tells whether a key is wanted
LEAVES_OUT: tuple[str, ...] = ("temperature", "top_p", "top_k")
ANSWER = "answer"  # the tool whose arguments are the answer
REASONS: Mapping[str, StopReason] = {"max_tokens": "length", "model_context_window_exceeded": "length"}


def path(name: str) -> str:
    """Where a model is asked."""
    return "/v1/messages"


def body(service: Service, name: str, request: Request, messages: Sequence[Message]) -> dict[str, object]:
    """The request as JSON."""
    value: dict[str, object] = {
        "model": name,
        "messages": _turns(with_ids(messages)),
        "stream": True,
        **tuned(service, request.sampling),
    }
    if system := system_of(messages):
        value["system"] = system
    if request.tools:
        value["tools"] = [_tool(part(tool.get("function")) or tool) for tool in request.tools]
    if isinstance(request.schema, Mapping):
        words = "Give the answer to the user."
        value["tools"] = [{"name": ANSWER, "description": words, "input_schema": request.schema}]
        value["tool_choice"] = {"type": "tool", "name": ANSWER}
    return value


def without(value: Mapping[str, object], name: str) -> dict[str, object] | None:
    """The request once more without what was refused, None where it cannot be left out."""
    if name not in LEAVES_OUT or name not in value:
        return None
    return {key: one for key, one in value.items() if key != name}


def _turns(messages: Sequence[Message]) -> list[dict[str, object]]:
    """User and assistant in turn, each a list of blocks; blocks without a text are refused, so they are left out."""
    ids, turns = answer_ids(messages), list[tuple[str, list[dict[str, object]]]]()
    for place, message in enumerate(messages):
        if message.role == "system":
            continue
        role = "assistant" if message.role == "assistant" else "user"
        blocks = _blocks(message, ids.get(place, ""))
        if turns and turns[-1][0] == role:
            turns[-1][1].extend(blocks)
        elif blocks:
            turns.append((role, blocks))
    return [{"role": role, "content": blocks} for role, blocks in turns]


def _blocks(message: Message, answers: str) -> list[dict[str, object]]:
    if answers:
        return [{"type": "tool_result", "tool_use_id": answers, "content": message.content}]
    text = message.content.rstrip() if message.role == "assistant" else message.content  # blanks at its end are refused
    blocks: list[dict[str, object]] = [
        {"type": "image", "source": {"type": "base64", "media_type": media_type(image), "data": image}}
        for image in message.images
    ]
    if text.strip():
        blocks.append({"type": "text", "text": text})
    calls = message.tool_calls
    return blocks + [{"type": "tool_use", "id": c.id, "name": c.name, "input": dict(c.arguments)} for c in calls]


def _tool(function: Mapping[str, object]) -> dict[str, object]:
    schema = function.get("parameters") or {"type": "object", "properties": {}}
    return {"name": function.get("name"), "description": function.get("description", ""), "input_schema": schema}


class MessageReader:
    """Reads typed events; kinds that it does not know are passed over, as the reference asks."""

    def __init__(self, *, has_schema: bool) -> None:
        self._has_schema = has_schema
        self._call: HalfCall | None = None
        self._counts: dict[str, object] = {}
        self.reason: StopReason | None = None
        self.usage: Usage | None = None
        self.speeds = (0.0, 0.0)

    def read(self, name: str, data: str) -> Iterator[Piece]:
        """See `Reader`."""
        event = told_in(name, data) or {}
        kind = event.get("type") or name
        if kind == "message_start":
            self._count(part(event.get("message")))
        elif kind == "content_block_start":
            self._begin(part(event.get("content_block")))
        elif kind == "content_block_delta":
            yield from self._delta(part(event.get("delta")))
        elif kind == "content_block_stop" and self._call:
            call, self._call = self._call, None
            yield call.whole()
        elif kind == "message_delta":
            self._count(event)
            self._end(part(event.get("delta")).get("stop_reason"))
        elif kind == "message":
            yield from self._whole(event)

    def _whole(self, message: Mapping[str, object]) -> Iterator[Piece]:
        """An answer that came in one piece, from a server that does not stream."""
        for block in rows(message.get("content")):
            if block.get("type") == "tool_use":
                given = json.dumps(block.get("input") or {})
                half = HalfCall(str(block.get("name") or ""), str(block.get("id") or ""))
                half.parts.append(given)
                yield Delta(given) if self._has_schema else half.whole()
            elif block.get("thinking"):
                yield Thought(str(block["thinking"]))
            elif block.get("text"):
                yield Delta(str(block["text"]))
        self._count(message)
        self._end(message.get("stop_reason") or "end_turn")

    def _count(self, holder: Mapping[str, object]) -> None:
        told = part(holder.get("usage"))
        self._counts |= {key: value for key, value in told.items() if value is not None}
        self.usage = usage_from("anthropic", {"usage": self._counts})

    def _begin(self, block: Mapping[str, object]) -> None:
        is_call = block.get("type") == "tool_use" and not self._has_schema
        self._call = HalfCall(str(block.get("name") or ""), str(block.get("id") or "")) if is_call else None

    def _delta(self, delta: Mapping[str, object]) -> Iterator[Piece]:
        kind, json_text = delta.get("type"), str(delta.get("partial_json") or "")
        if kind == "text_delta":
            yield Delta(str(delta.get("text") or ""))
        elif kind == "thinking_delta":
            yield Thought(str(delta.get("thinking") or ""))
        elif kind == "input_json_delta" and self._call:
            self._call.parts.append(json_text)
        elif kind == "input_json_delta" and self._has_schema:
            yield Delta(json_text)

    def _end(self, reason: object) -> None:
        if reason == "refusal":
            raise Declined()
        if reason:
            self.reason = REASONS.get(str(reason), "end")


def reader(service: Service, request: Request) -> MessageReader:
    """Reads one stream."""
    return MessageReader(has_schema=isinstance(request.schema, Mapping))
