"""The engine that ships as a fake keeps the contract of the real ones (those run in tests/browser)."""

from __future__ import annotations

import asyncio

import pytest

from app.core.values import EngineSettings
from app.models.engines.templates import gemma_prompt
from tests.contract.engine_contract import ANSWER, CHECKS, NEXT_ANSWER, check_engine
from tests.contract.vector_contract import check_scores, check_vectors
from tests.models.scripted import ScriptedEngine

#: What the checks ask for, in their order: streams, goes on, begins anew, stops (2), cancels (2), unloads.
ANSWERS = [ANSWER, NEXT_ANSWER, ANSWER, ANSWER, ANSWER, "cancelled", NEXT_ANSWER, ANSWER]


@pytest.mark.parametrize("needs_template", [False, True])
@pytest.mark.parametrize("restarts", [False, True])
def test_the_scripted_engine_keeps_the_contract(needs_template: bool, restarts: bool) -> None:
    engine = ScriptedEngine(ANSWERS, needs_template=needs_template, restarts_after_stop=restarts)
    passed = asyncio.run(check_engine(engine, "a file", EngineSettings(), gemma_prompt))
    assert len(passed) == len(CHECKS)


def test_the_scripted_engine_keeps_the_contract_of_vectors_and_scores() -> None:
    settings = EngineSettings(context_length=8)
    assert asyncio.run(check_vectors(ScriptedEngine([]), ["a file"], settings, "light " * 9))
    assert asyncio.run(check_scores(ScriptedEngine([]), ["a file"], settings))
