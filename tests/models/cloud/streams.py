"""Handwritten streams, and a service in memory that answers with them.

world = World("openai", stream(say("Hel"), say("lo"), stop(), counts(7, 2), "[DONE]"))
world.events()                       # [Delta("Hel"), Delta("lo"), Done(…)]
world.sent[0]["messages"]
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from app.core.errors import AppError
from app.core.values import Event, Message, Model, Request, Sampling
from app.models.cloud.provider import CloudProvider
from app.models.cloud.services import SERVICES, Service, own_service
from app.net.breaker import Health
from app.net.waits import Patience
from tests.memory import Answer, FakeClock, MemoryReply, ScriptedFetch
from tests.words import english

KEY = "sk-secret-0123456789abcdef"
ASKED = Request((Message("user", "What is the capital of France?"),), Sampling(max_tokens=60))
NAMES = {"openai": "gpt-5-mini", "anthropic": "claude-sonnet-4-5", "gemini": "gemini-2.5-flash"}


def stream(*events: object) -> MemoryReply:
    """A whole body: dictionaries as JSON, texts as they are, pairs with the event's name."""
    return MemoryReply(200, chunks=[line(event) for event in events])


def line(event: object) -> bytes:
    """One event as it stands on the wire."""
    name, data = event if isinstance(event, tuple) else ("", event)
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return (f"event: {name}\n" if name else "").encode() + f"data: {text}\n\n".encode()


def cut(*events: object) -> MemoryReply:
    """The same, and then the line breaks."""
    return MemoryReply(200, chunks=[line(event) for event in events], cut=True)


def refused(status: int, body: object, headers: dict[str, str] | None = None) -> MemoryReply:
    """What is not 200."""
    return MemoryReply(status, json.dumps(body).encode(), headers)


def chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    """One of OpenAI's."""
    return {"id": "c", "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}


def say(text: str) -> dict[str, Any]:
    """A piece of the reply in OpenAI's dialect."""
    return chunk({"content": text})


def stop(reason: str = "stop") -> dict[str, Any]:
    """Its end."""
    return chunk({}, reason)


def counts(inside: int, outside: int, **more: Any) -> dict[str, Any]:
    """Its counts."""
    return {"choices": [], "usage": {"prompt_tokens": inside, "completion_tokens": outside, **more}}


#: one answer in each dialect
CLAUDE = (
    {"type": "message_start", "message": {"usage": {"input_tokens": 14}}},
    {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Paris."}},
    {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 3}},
)
GEMINI = ({"candidates": [{"content": {"parts": [{"text": "Paris."}]}, "finishReason": "STOP"}]},)
PARIS = (say("Par"), say("is."), stop(), counts(14, 3), "[DONE]")


class World:
    """A provider over answers that are given in order."""

    def __init__(self, service: str | Service, *answers: Answer, key: str = KEY, **options: Any) -> None:
        if isinstance(service, str):
            service = own_service("localhost:8080") if service == "own" else SERVICES[service]
        self.service = service
        self.fetch, self.clock = ScriptedFetch({}), FakeClock(0.01)
        self.fetch.events = list(answers)
        self.health = Health(self.clock)
        patience = Patience(jitter=lambda: 0.0)
        self.provider = CloudProvider(
            self.fetch, self.clock, service, lambda: key, health=self.health, patience=patience, **options
        )
        self.told: list[Event] = []

    @property
    def model(self) -> Model:
        """A model that can do everything."""
        name = NAMES.get(self.service.dialect, "m")
        return Model(self.service.model_id(name), name, capabilities=("completion", "vision", "tools"))

    def events(self, request: Request = ASKED, model: Model | None = None) -> list[Event]:
        """Everything that a reply says; `told` holds it also where it ends in an error."""
        self.told = []

        async def body() -> None:
            async for event in self.provider.reply(model or self.model, request):
                self.told.append(event)

        asyncio.run(body())
        return self.told

    def error(self, kind: type[AppError], request: Request = ASKED, model: Model | None = None) -> Any:
        """The error that the reply ends in; it has a cure and is silent about the key."""
        with pytest.raises(kind) as caught:
            self.events(request, model)
        error = caught.value
        assert type(error) is kind
        assert english(error.message).endswith(".")
        assert error.cure
        told = f"{english(error.message)} {english(error.cure)}"
        assert KEY not in f"{told} {error.detail} {error.args} {error!r} {error.__cause__!r}"
        return error

    @property
    def sent(self) -> Sequence[dict[str, Any]]:
        """The bodies of all requests."""
        return [json.loads(str(body)) for body in self.fetch.bodies if body]

    @property
    def urls(self) -> list[str]:
        """Where they went."""
        return [url for url, _ in self.fetch.asked]
