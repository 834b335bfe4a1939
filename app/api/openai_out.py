"""How the local API answers: a model's events as OpenAI's chunks or as one completion, and its lists.

    growing = Completion(ChatAsked(...), "chatcmpl-1", created=1_770_000_000)
    for chunk in growing.take(Delta("Paris.")): send(sse(chunk))
    for chunk in growing.finish(): ...           # finish_reason, and the usage where it was asked for
    growing.whole()                              # or all of it as one chat.completion

Shapes: OpenAI's API reference. A model's thinking is never in `content`: it stands in `reasoning_content` for clients
of llama.cpp and DeepSeek, and in `reasoning` for those of Ollama and OpenRouter. Where a template had opened the
thinking, a stream has sent its first words as content before that was known; the same model's next reply is told
right. A sentence about earlier messages that did not fit stands in `notices`, which is ours alone.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.api.openai_in import ChatAsked
from app.core.ports import Json
from app.core.text import estimate_tokens
from app.core.texts import Words
from app.core.values import Delta, Done, Event, Model, Notice, Reread, StopReason, Thought, ToolCall, Usage

REASONS: Mapping[StopReason, str] = {"length": "length", "padding": "length", "repeating": "length"}
SSE_END = "data: [DONE]\n\n"


def sse(value: Json) -> str:
    """One event of a stream that OpenAI's clients read."""
    return f"data: {compact(value)}\n\n"


def ndjson_line(value: Json) -> str:
    """One line of a stream that Ollama's clients read."""
    return f"{compact(value)}\n"


def compact(value: Json) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Flow:
    """An answer in pieces: their type, how one is written, and what ends them all. None among the values only says that
    it is under way. An error after the beginning is one more piece, unless the pieces are one whole."""

    values: AsyncGenerator[Json | None, None]
    type: str = "application/x-ndjson"
    write: Callable[[Json], str] = ndjson_line
    end: str = ""
    is_whole: bool = False


class StopWords:
    """Lets a text pass up to the first of some words. The beginning of one is held back until it is seen to be none.

    words = StopWords(("END",))
    words.take("one E"), words.take("ND two")         # ("one ", ""), and words.is_met
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stops)
        self._held = ""
        self.is_met = False

    def take(self, text: str) -> str:
        """What may be shown now."""
        if self.is_met:
            return ""
        text, self._held = self._held + text, ""
        found = [place for stop in self._stops if (place := text.find(stop)) >= 0]
        if found:
            self.is_met = True
            return text[: min(found)]
        longest = max((_overlap(text, stop) for stop in self._stops), default=0)
        cut = len(text) - longest
        self._held = text[cut:]
        return text[:cut]

    def rest(self) -> str:
        """What was held back for nothing."""
        rest, self._held = self._held, ""
        return rest


def _overlap(text: str, stop: str) -> int:
    """Characters at the end of a text that may be the beginning of a stop word."""
    return next((size for size in range(min(len(stop) - 1, len(text)), 0, -1) if text.endswith(stop[:size])), 0)


class Completion:
    """One answer while it grows. `is_over` once a stop word was met: the rest need not be made."""

    def __init__(self, asked: ChatAsked, id: str, created: int, words: Words) -> None:
        self._words = words
        self._asked = asked
        self._head = {"id": id, "created": created, "model": asked.model}
        self._stops = StopWords(asked.stop)
        self._texts: list[str] = []
        self._thoughts: list[str] = []
        self._calls: list[Json] = []
        self._notices: list[str] = []
        self._done = Done()
        self._has_begun = self._has_counts = False

    @property
    def is_over(self) -> bool:
        """Whether a stop word was met."""
        return self._stops.is_met

    def take(self, event: Event) -> list[Json]:
        """The chunks that one event makes; none for what OpenAI has no place for."""
        if isinstance(event, Delta):
            return self._say(self._stops.take(event.text))
        if isinstance(event, Thought):
            self._thoughts.append(event.text)
            return self._chunk(_reasoning(event.text))
        if isinstance(event, Reread):
            return self._reread(event)
        if isinstance(event, ToolCall):
            call = _call(event, len(self._calls))
            self._calls.append(call)
            return self._chunk({"tool_calls": [{"index": len(self._calls) - 1, **call}]})
        if isinstance(event, Notice) and event.is_lasting:
            self._notices.append(self._words(event.text))
        if isinstance(event, Done):
            self._done, self._has_counts = event, True
        return []

    def finish(self) -> list[Json]:
        """The last chunks."""
        chunks = self._say(self._stops.rest()) + self._chunk({}, self._reason())
        if self._asked.has_usage:
            chunks.append({**self._head, "object": "chat.completion.chunk", "choices": [], "usage": self._usage()})
        if self._notices:
            chunks[-1] = {**chunks[-1], "notices": self._notices}
        return chunks

    def whole(self) -> Json:
        """Everything at once."""
        message: dict[str, object] = {"role": "assistant", "content": "".join(self._texts), "refusal": None}
        if self._thoughts:
            message.update(_reasoning("".join(self._thoughts)))
        if self._calls:
            message |= {"tool_calls": self._calls, "content": message["content"] or None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self._reason()}
        body = {**self._head, "object": "chat.completion", "choices": [choice], "usage": self._usage()}
        return {**body, "notices": self._notices} if self._notices else body

    def _reread(self, event: Reread) -> list[Json]:
        self._texts, self._thoughts = [], list(filter(None, [event.thinking]))
        self._stops = StopWords(self._asked.stop)
        told = self._chunk(_reasoning(event.thinking)) if event.thinking else []
        return told + self._say(self._stops.take(event.text))

    def _say(self, text: str) -> list[Json]:
        if not text:
            return []
        self._texts.append(text)
        return self._chunk({"content": text})

    def _chunk(self, delta: Json, reason: str | None = None) -> list[Json]:
        """One chunk, after the one that names the role where it is the first."""
        first: list[Json] = [] if self._has_begun else [{"role": "assistant", "content": ""}]
        self._has_begun = True
        usage = {"usage": None} if self._asked.has_usage else {}
        head = {**self._head, "object": "chat.completion.chunk"}
        return [
            {**head, "choices": [_choice(one, reason if one is delta else None)], **usage} for one in (*first, delta)
        ]

    def _reason(self) -> str:
        if self._calls:
            return "tool_calls"
        return REASONS.get(self._done.stop_reason, "stop")

    def _usage(self) -> Json:
        usage = self._done.usage if self._has_counts else self._estimated()
        told: dict[str, object] = {
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.reply_tokens,
            "total_tokens": usage.prompt_tokens + usage.reply_tokens,
        }
        if usage.thinking_tokens:
            told["completion_tokens_details"] = {"reasoning_tokens": usage.thinking_tokens}
        return told

    def _estimated(self) -> Usage:
        """An answer that ended at a stop word was never counted."""
        asked = sum(estimate_tokens(message.content) for message in self._asked.request.messages)
        return Usage(asked, estimate_tokens("".join([*self._thoughts, *self._texts])))


def _reasoning(text: str) -> Json:
    return {"reasoning_content": text, "reasoning": text}


def _choice(delta: Json, reason: str | None) -> Json:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}


def _call(event: ToolCall, index: int) -> Json:
    arguments = json.dumps(dict(event.arguments), ensure_ascii=False)
    return {
        "id": event.id or f"call_{index}",
        "type": "function",
        "function": {"name": event.name, "arguments": arguments},
    }


def model_entry(model: Model) -> Json:
    """A model as GET /v1/models tells it, with the name that a person knows it by; when it was made nobody knows."""
    owner = "ollama" if model.provider == "ollama" else "browser"
    return {"id": model.id, "object": "model", "created": 0, "owned_by": owner, "name": model.name}


def model_list(entries: Iterable[Json]) -> Json:
    """The answer of GET /v1/models."""
    return {"object": "list", "data": list(entries)}


def embedding_list(model: str, vectors: Sequence[Sequence[float]], tokens: int, *, is_base64: bool) -> Json:
    """The answer of POST /v1/embeddings; base64 is of little-endian 32-bit floats."""
    data = [
        {"object": "embedding", "index": index, "embedding": _packed(vector) if is_base64 else list(vector)}
        for index, vector in enumerate(vectors)
    ]
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return {"object": "list", "data": data, "model": model, "usage": usage}


def _packed(vector: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
