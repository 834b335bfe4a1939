"""Each model's request goes to the provider that owns the model."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from app.core.values import Message, Request
from app.models.answering.dispatch import LocalModelProvider
from tests.models.fakes import GGUF, Bench, text_of
from tests.models.scripted import ScriptedEngine


def test_a_model_that_nobody_claims_runs_in_the_browser() -> None:
    browser, server = Bench(ScriptedEngine(["browser"])), Bench(ScriptedEngine(["server"]))
    local = LocalModelProvider(browser.engine, {"ollama": lambda: server.engine})
    request = Request((Message("user", "Who?"),))
    served = replace(GGUF, id="ollama:llama")

    async def both() -> list[str]:
        return [text_of([event async for event in local.reply(model, request)]) for model in (GGUF, served)]

    assert asyncio.run(both()) == ["browser", "server"]
