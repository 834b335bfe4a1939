"""Writes the recorded streams of tests/fixtures/cloud anew: `python -m tests.cloud.record`.

From llmock in each dialect, once words and once a tool call, and from llama.cpp. The handwritten ones stay as they are.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

from tests.cloud.llama import llamas
from tests.cloud.mock import mocks
from tests.environment import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "cloud"
ASKED = [{"role": "user", "content": "What is the capital of France?"}]
TEXT = "Paris, of course: “la Ville Lumière”."
CALL = {"name": "get_weather", "arguments": {"city": "Rome, the city of seven hills"}}
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}}
FUNCTION = {"name": "get_weather", "description": "The weather in a city", "parameters": SCHEMA}
OPENAI = {"messages": ASKED, "stream": True, "stream_options": {"include_usage": True}, "max_tokens": 60}
#: by dialect: where llmock has it, and what it is asked
BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "openai": (
        "/v1/chat/completions",
        {**OPENAI, "model": "gpt-4o", "tools": [{"type": "function", "function": FUNCTION}]},
    ),
    "anthropic": (
        "/anthropic/v1/messages",
        {
            "model": "claude-sonnet-4-6",
            "messages": ASKED,
            "stream": True,
            "max_tokens": 60,
            "tools": [{"name": "get_weather", "input_schema": SCHEMA}],
        },
    ),
    "gemini": (
        "/gemini/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
        {
            "contents": [{"role": "user", "parts": [{"text": ASKED[0]["content"]}]}],
            "tools": [{"functionDeclarations": [FUNCTION]}],
        },
    ),
}
KEYS = {"Authorization": "Bearer sk-x", "x-api-key": "x", "anthropic-version": "2023-06-01", "x-goog-api-key": "x"}


def post(url: str, body: object) -> bytes:
    """The whole answer."""
    headers = {"Content-Type": "application/json", **KEYS}
    with urlopen(Request(url, json.dumps(body).encode(), headers)) as reply:
        raw: bytes = reply.read()
    return raw


def main() -> None:
    """Ask both, and write what they say, byte by byte."""
    with llamas() as servers:
        raw = post(f"{servers.url}/v1/chat/completions", {**OPENAI, "model": "tiny", "temperature": 0})
        (FOLDER / "llama.openai.sse").write_bytes(raw)
    with mocks(1, exposes=True) as [(url, _)]:
        for name, reply in (("llmock", {"text": TEXT}), ("llmock-tool", {"tool_calls": [CALL]})):
            post(f"{url}/_llmock/reset", {})
            post(f"{url}/_llmock/scenario", {"behaviors": [{"type": "reply", "times": None, **reply}]})
            for dialect, (path, body) in BODIES.items():
                (FOLDER / f"{name}.{dialect}.sse").write_bytes(post(url + path, body))


if __name__ == "__main__":
    main()
