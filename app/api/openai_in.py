"""What OpenAI's clients ask of the local API, read into our own values; and how it is refused.

    asked = read_chat(read_json(body), Sampling())
    asked.model, asked.request, asked.is_stream, asked.stop

Shapes: OpenAI's API reference (chat completions, embeddings), and what openai 7.57.0 for JavaScript sends. A parameter
that no local model knows is refused by its name where an answer without it would be wrong (`n`, `logprobs`), and passed
over where it only tunes (`presence_penalty`, `logit_bias`). Keys and organisations mean nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, get_args

from app.core import reading
from app.core.errors import (
    AppError,
    BlockedByBrowser,
    Interrupted,
    ModelMissing,
    NotSupported,
    OfflineModeOn,
    OriginRefused,
    RateLimited,
    StaysHere,
    TooLong,
    Unreachable,
)
from app.core.json_schema import BadSchema
from app.core.places import Place, Purpose
from app.core.ports import Json
from app.core.text import shorten
from app.core.texts import Plain, Text, TextOrWords, Words, in_a_row
from app.core.values import Message, Model, Request, Role, Sampling, Schema, ToolCall

T = TypeVar("T")

MOST_STOPS = 4
HERE = Request((), purpose=Purpose.API, farthest=Place.COMPUTER)  # how far the words of any request may go
MOST_INPUTS = 2048
MOST_TOKENS = 1_000_000
MOST_DETAIL = 300
ROLES = {**{role: role for role in get_args(Role)}, "developer": "system"}
PICTURE = "data:image/"
LESS_THOUGHT = ("none", "minimal")
THOUGHT = (*LESS_THOUGHT, "low", "medium", "high", "xhigh")
FUNCTION = '{"type": "function", "function": {"name": …}}'

_STATUS: tuple[tuple[type[AppError], int, str], ...] = (
    (StaysHere, 403, "leaves_device"),
    (OfflineModeOn, 403, "offline_mode"),
    (ModelMissing, 404, "model_not_found"),
    (TooLong, 400, "context_length_exceeded"),
    (BadSchema, 400, "invalid_schema"),
    (NotSupported, 400, "not_supported"),
    (Unreachable, 503, "ollama_unreachable"),
    (OriginRefused, 503, "ollama_unreachable"),
    (BlockedByBrowser, 503, "ollama_unreachable"),
    (RateLimited, 503, "ollama_busy"),
    (Interrupted, 503, "interrupted"),
)


class Refusal(Exception):
    """A request that gets an error: its HTTP status, and words for whoever wrote the request."""

    def __init__(self, message: TextOrWords, status: int = 400, *, code: str = "", param: str = "") -> None:
        self.message, self.status, self.code, self.param = message, status, code, param
        super().__init__(message)

    def __str__(self) -> str:
        """For a log. A person reads `message`."""
        return self.message if isinstance(self.message, str) else repr(self.message)

    def body(self, words: Words) -> dict[str, object]:
        """The error as OpenAI shapes it."""
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        return {
            "error": {
                "message": words(self.message),
                "type": kind,
                "code": self.code or None,
                "param": self.param or None,
            }
        }


def refusal_of(error: AppError) -> Refusal:
    """One of our errors as the API tells it."""
    message = in_a_row(error.message, error.cure)
    for kind, status, code in _STATUS:
        if isinstance(error, kind):
            return Refusal(message, status, code=code, param="model" if status == 404 else "")
    if error.detail:  # it is written for a programmer
        message = Text("api.with_detail", message=message, detail=shorten(error.detail, MOST_DETAIL))
    return Refusal(message, 500, code="local_model_failed")


@dataclass(frozen=True, slots=True)
class ChatAsked:
    """A chat completion, as asked for. `has_usage` wants the tokens at the end of a stream."""

    model: str
    request: Request
    is_stream: bool = False
    has_usage: bool = False
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddingsAsked:
    """Texts to make vectors of; `dimensions` 0 leaves their length to the model."""

    model: str
    texts: tuple[str, ...]
    is_base64: bool = False
    dimensions: int = 0


def read_json(body: str) -> Json:
    """The object that a body holds. Raises Refusal."""
    try:
        value = reading.read_json(body)
    except ValueError as error:
        raise Refusal(Text("api.not_json"), code="invalid_json") from error
    if not isinstance(value, dict):
        raise Refusal(Text("api.not_an_object"), code="invalid_json")
    return value


def read_chat(body: Json, usual: Sampling, think: bool | None = None) -> ChatAsked:
    """The body of POST /v1/chat/completions; `usual` and `think` hold where it says nothing. Raises Refusal."""
    _refuse_what_nobody_can(body)
    request = replace(
        HERE,
        messages=_messages(body),
        sampling=_sampling(body, usual),
        think=_think(body, think),
        schema=_schema(body),
        tools=_tools(body),
    )
    options: Json = _take(body, "stream_options", dict) or {}
    has_usage = flag(options, "include_usage")
    return ChatAsked(read_model(body), request, flag(body, "stream"), has_usage, _stops(body))


def read_embeddings(body: Json) -> EmbeddingsAsked:
    """The body of POST /v1/embeddings. Raises Refusal."""
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise Refusal(Text("api.input_texts"), param="input")
    if len(texts) > MOST_INPUTS:
        raise Refusal(Text("api.too_many_inputs", count=Plain(len(texts)), most=Plain(MOST_INPUTS)), param="input")
    form = _take(body, "encoding_format", str) or "float"
    if form not in ("float", "base64"):
        raise Refusal(Text("api.encoding_format"), param="encoding_format")
    dimensions = int(_number(body, "dimensions", 0, 1, 100_000, int))
    return EmbeddingsAsked(read_model(body), tuple(texts), form == "base64", dimensions)


def read_model(body: Json) -> str:
    """The name of the model. Raises Refusal."""
    name = _take(body, "model", str)
    if not name:
        raise Refusal(Text("api.no_model"), param="model")
    return str(name)


def flag(body: Json, name: str, *, usual: bool = False) -> bool:
    """A parameter that is true or false. Raises Refusal."""
    value = _take(body, name, bool)
    return usual if value is None else bool(value)


def check_browser_model(model: Model, request: Request) -> None:
    """Engines of the browser answer texts, some of them pictures, with text; all else they would pass over in silence.
    Raises Refusal."""
    lacks = {
        "tools": (bool(request.tools), Text("api.browser_no_tools")),
        "messages": (
            not model.can_see and any(message.images for message in request.messages),
            Text("api.browser_no_pictures"),
        ),
    }
    for param, (is_wanted, refused) in lacks.items():
        if is_wanted:
            raise Refusal(refused, param=param, code="not_supported")


# -- single parameters


def _take(body: Json, name: str, kind: type[T]) -> T | None:
    """A parameter of this type; None where it is absent or null. Raises Refusal."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Refusal(_must_be(kind, name), param=name)
    return value


def _must_be(kind: type, name: str) -> Text:
    if kind is bool:
        return Text("api.must_be_switch", name=name)
    if kind is str:
        return Text("api.must_be_text", name=name)
    if kind is dict:
        return Text("api.must_be_object", name=name)
    if kind is list:
        return Text("api.must_be_list", name=name)
    return Text("api.must_be_whole", name=name) if kind is int else Text("api.must_be_number", name=name)


def _number(body: Json, name: str, usual: float, low: float, high: float, kind: type[float] = float) -> float:
    """A number within its limits. Raises Refusal."""
    given = body.get(name)
    value = given if kind is float and isinstance(given, int) else _take(body, name, kind)
    if value is None:
        return usual
    if isinstance(value, bool) or not low <= value <= high:
        raise Refusal(Text("api.number", name=name, low=f"{low:g}", high=f"{high:g}"), param=name)
    return kind(value)


def _refuse_what_nobody_can(body: Json) -> None:
    if _number(body, "n", 1, 1, 128, int) != 1:
        raise Refusal(Text("api.one_answer"), param="n", code="not_supported")
    for name in ("logprobs", "top_logprobs", "functions", "function_call", "audio", "web_search_options"):
        if body.get(name):
            raise Refusal(Text("api.not_offered", name=name), param=name, code="not_supported")
    modalities: Sequence[object] = _take(body, "modalities", list) or ()
    if any(kind != "text" for kind in modalities):
        raise Refusal(Text("api.text_only"), param="modalities", code="not_supported")


def _sampling(body: Json, usual: Sampling) -> Sampling:
    name = "max_completion_tokens" if body.get("max_completion_tokens") is not None else "max_tokens"
    seed = _take(body, "seed", int)
    return Sampling(
        temperature=_number(body, "temperature", usual.temperature, 0, 2),
        top_k=int(_number(body, "top_k", usual.top_k, 1, 1000, int)),
        top_p=_number(body, "top_p", usual.top_p, 0, 1),
        max_tokens=int(_number(body, name, usual.max_tokens, 1, MOST_TOKENS, int)),
        seed=usual.seed if seed is None else abs(seed) % 2**31 or 1,  # 0 would mean a new one each time here
    )


def _stops(body: Json) -> tuple[str, ...]:
    given = body.get("stop")
    stops = [given] if isinstance(given, str) else given or []
    if not isinstance(stops, list) or len(stops) > MOST_STOPS or not all(isinstance(one, str) for one in stops):
        raise Refusal(Text("api.stop_texts", most=Plain(MOST_STOPS)), param="stop")
    return tuple(stop for stop in stops if stop)


def _think(body: Json, usual: bool | None) -> bool | None:
    effort = _take(body, "reasoning_effort", str)
    if effort is None:
        return usual
    if effort not in THOUGHT:
        raise Refusal(Text("api.effort", names=", ".join(THOUGHT)), param="reasoning_effort")
    return effort not in LESS_THOUGHT


def _schema(body: Json) -> Schema | None:
    form: Json = _take(body, "response_format", dict) or {"type": "text"}
    kind = form.get("type")
    if kind == "text":
        return None
    if kind == "json_object":
        return "json"
    given: Json = _take(form, "json_schema", dict) or {}
    schema = given.get("schema")
    if kind != "json_schema" or not isinstance(schema, dict):
        raise Refusal(Text("api.response_format"), param="response_format")
    return schema


def _tools(body: Json) -> tuple[Json, ...]:
    tools: Sequence[Json] = _take(body, "tools", list) or []
    choice = body.get("tool_choice")
    for tool in tools:
        function = tool.get("function") if isinstance(tool, dict) and tool.get("type") == "function" else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise Refusal(Text("api.tools", shape=FUNCTION), param="tools")
    if choice not in (None, "auto", "none"):
        raise Refusal(Text("api.tool_choice"), param="tool_choice", code="not_supported")
    return () if choice == "none" else tuple(tools)


# -- messages


def _messages(body: Json) -> tuple[Message, ...]:
    given = body.get("messages")
    if not isinstance(given, list) or not given:
        raise Refusal(Text("api.no_messages"), param="messages")
    called: dict[str, str] = {}  # by the id of a call: the tool that was called
    messages = []
    for index, item in enumerate(given):
        message = _message(item, f"messages[{index}]", called)
        called |= {call.id: call.name for call in message.tool_calls}
        messages.append(message)
    return tuple(messages)


def _message(item: object, place: str, called: Mapping[str, str]) -> Message:
    role = item.get("role") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(role, str) or role not in ROLES:
        raise Refusal(Text("api.role", place=place, roles=", ".join(ROLES)), param=f"{place}.role")
    text, images = _content(item.get("content"), f"{place}.content")
    return Message(
        ROLES[role],
        text,
        images,
        _calls(item.get("tool_calls") or [], f"{place}.tool_calls"),
        called.get(str(item.get("tool_call_id", "")), "") if role == "tool" else "",
    )


def _content(content: object, place: str) -> tuple[str, tuple[str, ...]]:
    """The text of a message, and its pictures as bare base64."""
    if content is None or isinstance(content, str):
        return content or "", ()
    texts, images = [], []
    for part in content if isinstance(content, list) else [content]:
        kind = part.get("type") if isinstance(part, dict) else None
        held = part.get(kind) if isinstance(part, dict) and isinstance(kind, str) else None
        if kind in ("text", "refusal") and isinstance(held, str):
            texts.append(held)
        elif kind == "image_url":
            images.append(_picture(held, place))
        else:
            raise Refusal(Text("api.content", place=place), param=place)
    return "\n".join(texts), tuple(images)


def _picture(given: object, place: str) -> str:
    """Only pictures that are in the request itself: nothing is fetched from elsewhere."""
    url = given.get("url") if isinstance(given, dict) else given
    head, _, data = url.partition(";base64,") if isinstance(url, str) else ("", "", "")
    if not head.startswith(PICTURE) or not data:
        raise Refusal(Text("api.picture", place=place, beginning=PICTURE), param=place)
    return data


def _calls(given: object, place: str) -> tuple[ToolCall, ...]:
    """Earlier calls of tools; their arguments are JSON in a text."""
    try:
        if not isinstance(given, list):
            raise TypeError
        return tuple(map(_call, given))
    except (TypeError, KeyError, ValueError) as error:
        raise Refusal(Text("api.calls", place=place), param=place) from error


def _call(given: Mapping[str, Mapping[str, object]]) -> ToolCall:
    name, arguments, id = given["function"]["name"], given["function"]["arguments"], given["id"]
    if not (isinstance(name, str) and isinstance(id, str)):
        raise TypeError
    return ToolCall(name, reading.read_json(arguments), id)
