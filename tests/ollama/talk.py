"""What the pretend models of a stand-in say: settable, and the same every time.

talk = Talk(text="Paris is the capital.", thinking="Easy.")
talk.parts(body, ("completion", "thinking"))   # [{"content": "", "thinking": "Easy."}, {"content": "Paris"}, …]
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PIECE = re.compile(r"\s*\S+|\s+")
WORD = re.compile(r"\w+")
ANSWERS = {
    "What is the capital of France?": "The capital of France is Paris.",
    "What is the capital of France? Answer in one sentence.": "The capital of France is Paris.",
    "Why is the sky blue?": "Because air scatters blue light.",
}


@dataclass
class Talk:
    """How replies sound, and how fast they come.

    `answers` by the exact last question come before `text`. `token_seconds` is the real pace; the counts of the last
    line tell `tokens_per_second` whatever the pace is, so that a test knows the number.
    """

    text: str = "I am a stand-in for a model, and I say the same thing every time."
    answers: dict[str, str] = field(default_factory=lambda: dict(ANSWERS))
    thinking: str = "The person asks something. I know what to say."
    calls_tools: bool = True
    token_seconds: float = 0.0
    tokens_per_second: float = 50.0
    load_seconds: float = 1.5
    hold_after: int | None = None  # so many pieces, then nothing until `StandIn.release()` or the client hangs up

    def parts(self, body: Mapping[str, Any], capabilities: Sequence[str]) -> list[dict[str, Any]]:
        """The pieces of a chat reply, one token each, as the changing part of `message`."""
        said: list[dict[str, Any]] = []
        if "thinking" in capabilities and body.get("think") not in (False, "none"):
            said += [{"content": "", "thinking": piece} for piece in pieces(self.thinking)]
        messages = body.get("messages") or [{}]
        if body.get("tools") and self.calls_tools and messages[-1].get("role") != "tool":
            return [*said, {"content": "", "tool_calls": [_call(body["tools"][0]["function"])]}]
        text = self.reply(str(messages[-1].get("content", "")), body.get("format"))
        return said + [{"content": piece} for piece in pieces(text)]

    def reply(self, question: str, form: object = None) -> str:
        """The text of a reply; of the form that was asked for, where one was."""
        text = self.answers.get(question, self.text)
        if not form:
            return text
        try:
            json.loads(text)
        except ValueError:
            value = example(form) if isinstance(form, Mapping) else {"answer": text}
            return json.dumps(value, indent=4)
        return text


def pieces(text: str) -> list[str]:
    """The tokens of a stand-in: words with what stands before them."""
    return PIECE.findall(text)


def count_tokens(messages: Sequence[Mapping[str, Any]]) -> int:
    """Tokens of a prompt: one for about four characters, and four around each message."""
    return sum(4 + math.ceil(len(str(message.get("content", ""))) / 4) for message in messages)


def example(schema: Mapping[str, Any], name: str = "value") -> Any:
    """The smallest value that a JSON schema allows."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {key: example(inner, key) for key, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [example(schema.get("items", {}), name)] * max(1, int(schema.get("minItems", 1)))
    numbers = {"integer": int(schema.get("minimum", 1)), "number": float(schema.get("minimum", 1.5))}
    plain: dict[str, Any] = {**numbers, "boolean": True, "null": None}
    return plain.get(kind, name)


def _call(function: Mapping[str, Any]) -> dict[str, Any]:
    arguments = example(function.get("parameters") or {})
    index = {"index": 0, "name": function["name"], "arguments": arguments if isinstance(arguments, dict) else {}}
    return {"id": "call_" + hashlib.sha256(str(function["name"]).encode()).hexdigest()[:8], "function": index}


def vector(text: str, dimensions: int) -> list[float]:
    """A unit vector that is the same for the same text, and near for texts that share words."""
    words = [word.lower() for word in WORD.findall(text)] or [""]
    sums = [0.0] * dimensions
    for word in words:
        for index, byte in enumerate(hashlib.shake_256(word.encode()).digest(dimensions)):
            sums[index] += byte - 127.5
    length = math.sqrt(sum(number * number for number in sums))
    return [number / length for number in sums]
