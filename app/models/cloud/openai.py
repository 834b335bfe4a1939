"""OpenAI's dialect, which most services speak: POST /chat/completions, `data:` chunks, `data: [DONE]`.

Shapes: OpenAI's API reference for chat completions; what others add is named where it is read. A reply has ended when a
chunk gives its `finish_reason`; the counts come in a chunk after that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from app.core.errors import Declined
from app.core.reading import part, rows
from app.core.values import Delta, Message, Request, StopReason, Thought, Usage
from app.models.cloud.bodies import WHOLE
from app.models.cloud.messages import (
    HalfCall,
    Piece,
    Said,
    answer_ids,
    media_type,
    told_in,
    tuned,
    with_ids,
)
from app.models.cloud.services import Service
from app.models.costs.cost import usage_from

MODELS = "/models"
KNOCKS = True  # an empty question tells whether a key is wanted
#: what a model may refuse, and is asked without then
OPTIONAL = (
    *("temperature", "top_p", "top_k", "seed", "random_seed", "stream_options"),
    *("reasoning", "reasoning_effort", "chat_template_kwargs"),
)
#: two names for one limit: a service that refuses one knows the other
OTHER_NAME = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
LEAVES_OUT: tuple[str, ...] = (*OPTIONAL, *OTHER_NAME)
FASTEST = 1e9  # tokens per second: a figure above it is none
REASONS: Mapping[str, StopReason] = {"length": "length", "model_length": "length", "max_tokens": "length"}
DECLINES = ("content_filter", "safety", "sensitive")  # the last two: gateways to Gemini, and GLM
FAILS = ("error", "network_error", "insufficient_system_resource")  # OpenRouter, GLM, DeepSeek


def path(name: str) -> str:
    """Where a model is asked."""
    return "/chat/completions"


def body(service: Service, name: str, request: Request, messages: Sequence[Message]) -> dict[str, object]:
    """The request as JSON."""
    messages = with_ids(messages)
    ids = answer_ids(messages)
    value: dict[str, object] = {
        "model": name,
        "messages": [_plain(message, ids.get(place, "")) for place, message in enumerate(messages)],
        "stream": True,
        **tuned(service, request.sampling),
    }
    if service.asks_usage:
        value["stream_options"] = {"include_usage": True}
    value |= _thinking(service, name, request.think)
    if request.tools:
        value["tools"] = list(request.tools)
    if request.schema == "json":
        value["response_format"] = {"type": "json_object"}
    elif request.schema is not None:
        value["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": request.schema}}
    return value


def _thinking(service: Service, name: str, think: bool | None) -> dict[str, object]:
    """How a model is told whether to think first. One that does not take it says so, and is asked without."""
    if think is None:
        return {}
    if service.id == "openrouter":
        return {"reasoning": {"enabled": think}}
    if service.is_own:  # llama.cpp, vLLM and SGLang hand it to the chat template
        return {"chat_template_kwargs": {"enable_thinking": think}}
    can_rest = not think and service.thinks and re.search(service.thinks, name)
    return {"reasoning_effort": "none"} if can_rest else {}


def without(value: Mapping[str, object], name: str) -> dict[str, object] | None:
    """The request once more without what was refused, None where it cannot be left out."""
    if name in OTHER_NAME and name in value and OTHER_NAME[name] not in value:
        return {OTHER_NAME.get(key, key) if key == name else key: part for key, part in value.items()}
    if name in OPTIONAL and name in value:
        return {key: part for key, part in value.items() if key != name}
    return None


def _plain(message: Message, answers: str) -> dict[str, object]:
    plain: dict[str, object] = {"role": message.role, "content": message.content}
    if message.images:
        pictures = [{"type": "image_url", "image_url": {"url": _data_url(image)}} for image in message.images]
        plain["content"] = [{"type": "text", "text": message.content}, *pictures]
    if message.tool_calls:
        plain["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": _text(call.arguments)}}
            for call in message.tool_calls
        ]
    if answers:
        plain["tool_call_id"] = answers
    return plain


def _data_url(image: str) -> str:
    return f"data:{media_type(image)};base64,{image}"


def _text(arguments: Mapping[str, object]) -> str:
    return json.dumps(dict(arguments))


class ChunkReader:
    """Reads `chat.completion.chunk`s."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._calls: dict[str, HalfCall] = {}
        self._has_begun = self._has_deltas = self._has_text = False
        self.reason: StopReason | None = None
        self.usage: Usage | None = None
        self.speeds = (0.0, 0.0)

    def read(self, name: str, data: str) -> Iterator[Piece]:
        """See `Reader`."""
        if data.strip(' "').upper().startswith("[DONE]"):
            if self._has_begun:  # else an empty reply would look finished
                yield from self._end("stop")
            return
        chunk = told_in(name, data)
        if chunk is None:
            return
        self.usage = usage_from("openai", chunk, self._service.id) or self.usage
        if isinstance(timings := chunk.get("timings"), Mapping):  # llama.cpp's own server
            self.speeds = (_speed(timings, "predicted_per_second"), _speed(timings, "prompt_per_second"))
        is_whole = name == WHOLE or chunk.get("object") == "chat.completion"
        for choice in rows(chunk.get("choices")) or _other_choices(chunk, is_whole=is_whole):
            self._has_begun = True
            self.usage = usage_from("openai", choice, self._service.id) or self.usage  # as Moonshot sends it
            if choice.get("error"):
                raise Said(choice)
            delta = self._delta_of(choice)
            yield from self._noted(_pieces(delta))
            self._collect(delta)
            if reason := choice.get("finish_reason"):
                yield from self._end(str(reason))
            elif is_whole and "delta" not in choice and chunk.get("done") is not False:  # not a piece: all there is
                yield from self._end("stop")

    def _delta_of(self, choice: Mapping[str, object]) -> Mapping[str, object]:
        """What is new. Some servers say `message` or `text` for it; some repeat the whole answer so at its end."""
        if delta := part(choice.get("delta")):
            self._has_deltas = True
            return delta
        message = part(choice.get("message")) or ({"content": choice["text"]} if choice.get("text") else {})
        return {} if self._has_deltas and self._has_text else message

    def _noted(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            self._has_text = self._has_text or isinstance(piece, Delta)
            yield piece

    def _collect(self, delta: Mapping[str, object]) -> None:
        for place, one in enumerate(rows(delta.get("tool_calls"))):
            call = self._calls.setdefault(str(one.get("index", place)), HalfCall())
            function = part(one.get("function"))
            call.name, call.id = call.name or str(function.get("name") or ""), call.id or str(one.get("id") or "")
            arguments = function.get("arguments") or ""
            call.parts.append(arguments if isinstance(arguments, str) else json.dumps(arguments))

    def _end(self, reason: str) -> Iterator[Piece]:
        if self.reason is not None:
            return
        if reason.lower() in DECLINES:
            raise Declined()
        if reason in FAILS:
            raise Said({"error": {"message": f"finish_reason: {reason}", "code": 502}})
        self.reason = REASONS.get(reason, "end")
        if self.reason == "end":  # else the last call may be half a one
            yield from [call.whole() for _, call in sorted(self._calls.items(), key=_place)]


def _place(call: tuple[str, HalfCall]) -> str:
    """The index of a call as a text that sorts as its number does."""
    return call[0].zfill(9)


def reader(service: Service, request: Request) -> ChunkReader:
    """Reads one stream."""
    return ChunkReader(service)


def _other_choices(chunk: Mapping[str, object], *, is_whole: bool) -> list[dict[str, object]]:
    """A whole answer by other names: `output` of OpenAI's responses, `message` of Ollama and Cohere."""
    if not is_whole:
        return []
    output = [one for one in rows(chunk.get("output")) if one.get("type") == "message"]
    messages = output or [part(chunk.get("message"))]
    return [{"message": one} for one in messages if one.get("content") or chunk.get("done") is True]


def _speed(timings: Mapping[str, object], name: str) -> float:
    value = timings.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < FASTEST:
        return 0.0
    return float(value)


def _pieces(delta: Mapping[str, object]) -> Iterator[Piece]:
    """Thoughts go by two names (llama.cpp, xAI and DeepSeek; OpenRouter and Groq), or stand in a list (OpenRouter);
    Mistral sends lists of parts."""
    details = [one.get("text") or one.get("summary") for one in rows(delta.get("reasoning_details"))]
    if thought := delta.get("reasoning_content") or delta.get("reasoning") or "".join(map(str, filter(None, details))):
        yield Thought(str(thought))
    content = delta.get("content") or delta.get("refusal")
    if isinstance(content, str):
        yield Delta(content)
    for one in rows(content):
        if one.get("type") == "thinking":
            yield from (Thought(str(inner["text"])) for inner in rows(one.get("thinking")) if inner.get("text"))
        elif one.get("text"):
            yield Delta(str(one["text"]))
