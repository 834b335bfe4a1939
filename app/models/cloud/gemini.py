"""Gemini's dialect: POST /models/M:streamGenerateContent?alt=sse, whole `GenerateContentResponse`s as events.

Shapes: the Gemini API reference. Each event's `usageMetadata` is cumulative, so the last one holds; a reply has ended
when a candidate gives its `finishReason`. The model's name is part of the address, the key never is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from app.core.errors import BadAnswer, Declined
from app.core.reading import part, rows
from app.core.texts import Text
from app.core.values import Delta, Message, Request, StopReason, Thought, ToolCall, Usage
from app.models.cloud.messages import Piece, media_type, system_of, told_in, tuned
from app.models.cloud.services import Service
from app.models.costs.cost import usage_from

MODELS = "/models?pageSize=1000"
KNOCKS = False  # its lists want the key, too
LEAVES_OUT: tuple[str, ...] = (
    "temperature",
    "topP",
    "topK",
    "seed",
    "thinkingConfig",
    "thinkingBudget",
    "includeThoughts",
)
DECLINED = frozenset(
    {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "IMAGE_SAFETY", "MODEL_ARMOR"}
)
BAD_CALL = frozenset({"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL"})


def path(name: str) -> str:
    """Where a model is asked."""
    return f"/models/{quote(name)}:streamGenerateContent?alt=sse"


def body(service: Service, name: str, request: Request, messages: Sequence[Message]) -> dict[str, object]:
    """The request as JSON."""
    value: dict[str, object] = {
        "contents": _contents(messages),
        "generationConfig": {**tuned(service, request.sampling), **_features(request)},
    }
    if system := system_of(messages):
        value["systemInstruction"] = {"parts": [{"text": system}]}
    if request.tools:
        functions = [_tool(part(tool.get("function")) or tool) for tool in request.tools]
        value["tools"] = [{"functionDeclarations": functions}]
    return value


def without(value: Mapping[str, object], name: str) -> dict[str, object] | None:
    """The request once more without what was refused, None where it cannot be left out."""
    setting = "thinkingConfig" if name in ("thinkingBudget", "includeThoughts") else name
    settings = part(value.get("generationConfig"))
    if setting not in LEAVES_OUT or setting not in settings:
        return None
    return {**value, "generationConfig": {key: one for key, one in settings.items() if key != setting}}


def _features(request: Request) -> dict[str, object]:
    features: dict[str, object] = {}
    if request.think is not None:
        features["thinkingConfig"] = {"includeThoughts": True} if request.think else {"thinkingBudget": 0}
    if request.schema is not None:
        features["responseMimeType"] = "application/json"
    if isinstance(request.schema, Mapping):
        features["responseJsonSchema"] = request.schema
    return features


def _contents(messages: Sequence[Message]) -> list[dict[str, object]]:
    """User and model in turn; what follows from the same side is one turn of several parts."""
    contents: list[tuple[str, list[dict[str, object]]]] = []
    for message in messages:
        if message.role == "system":
            continue
        role, parts = "model" if message.role == "assistant" else "user", _parts(message)
        if contents and contents[-1][0] == role:
            contents[-1][1].extend(parts)
        elif parts:
            contents.append((role, parts))
    return [{"role": role, "parts": parts} for role, parts in contents]


def _parts(message: Message) -> list[dict[str, object]]:
    if message.role == "tool":
        return [{"functionResponse": {"name": message.tool_name, "response": {"result": message.content}}}]
    parts: list[dict[str, object]] = [{"text": message.content}] if message.content else []
    parts += [{"inlineData": {"mimeType": media_type(image), "data": image}} for image in message.images]
    return parts + [{"functionCall": {"name": c.name, "args": dict(c.arguments)}} for c in message.tool_calls]


def _tool(function: Mapping[str, object]) -> dict[str, object]:
    declared = {"name": function.get("name"), "description": function.get("description", "")}
    return {**declared, **({"parametersJsonSchema": function["parameters"]} if function.get("parameters") else {})}


class ResponseReader:
    """Reads `GenerateContentResponse`s."""

    def __init__(self) -> None:
        self.reason: StopReason | None = None
        self.usage: Usage | None = None
        self.speeds = (0.0, 0.0)

    def read(self, name: str, data: str) -> Iterator[Piece]:
        """See `Reader`."""
        response = told_in(name, data) or {}
        response = dict(part(response.get("response"))) or response  # as some of Google's own gateways wrap it
        self.usage = usage_from("gemini", response) or self.usage
        if blocked := part(response.get("promptFeedback")).get("blockReason"):
            raise Declined(detail=str(blocked))
        for candidate in rows(response.get("candidates")):
            for one in rows(part(candidate.get("content")).get("parts")):
                yield from _pieces(one)
            self._end(str(candidate.get("finishReason") or ""))

    def _end(self, reason: str) -> None:
        if reason in DECLINED:
            raise Declined(detail=reason)
        if reason in BAD_CALL:
            raise BadAnswer(Text("cloud.odd_tool_call"), detail=reason)
        if reason and reason != "FINISH_REASON_UNSPECIFIED":
            self.reason = "length" if reason == "MAX_TOKENS" else "end"


def reader(service: Service, request: Request) -> ResponseReader:
    """Reads one stream."""
    return ResponseReader()


def _pieces(one: Mapping[str, object]) -> Iterator[Piece]:
    if call := part(one.get("functionCall")):
        yield ToolCall(str(call.get("name") or ""), part(call.get("args")), str(call.get("id") or ""))
    elif text := one.get("text"):
        yield Thought(str(text)) if one.get("thought") else Delta(str(text))
