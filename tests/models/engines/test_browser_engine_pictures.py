"""Pictures go to engines that take them, where the model's own file says that it sees; all else says why not."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.core.errors import NotSupported
from app.core.values import EngineName, Message, Model, Request
from app.models.answering.context import PICTURE_TOKENS, fit, uncounted
from app.models.engines.load_settings import pictures_of
from app.models.engines.templates import PICTURE, gemma_prompt, images_of
from app.study.asked import merged
from tests.models.fakes import GGUF, GPU_FILE, OTHER, Bench, text_of
from tests.models.scripted import ScriptedEngine
from tests.words import raises

SHOWN = Request((Message("system", "Be brief."), Message("user", "Red?", ("AA", "BB"))))
SEES = replace(GGUF, capabilities=("vision",))
GPU_SEES = replace(GPU_FILE, capabilities=("vision",))


def test_llama_gets_the_pictures_with_their_message() -> None:
    engine = ScriptedEngine(["Yes.", "No."])
    bench = Bench(engine)
    assert text_of(asyncio.run(bench.events(SHOWN, SEES))) == "Yes."
    assert engine.asked[-1][-1].images == ("AA", "BB")
    asyncio.run(bench.events(Request((Message("user", "Red?"),)), SEES))
    assert [load.pictures for load in engine.loads] == [1], "its part that sees is loaded with it, once"


def test_of_two_engines_the_one_that_takes_pictures_is_asked_and_gets_ready_for_them() -> None:
    engine = ScriptedEngine(["Yes.", "No."], name="mediapipe", needs_template=True)
    bench = Bench(engine, chosen="litert-lm-gpu")
    asyncio.run(bench.events(SHOWN, GPU_SEES))
    assert bench.made == ["mediapipe"]
    (message,) = engine.asked[-1]
    assert message.images == ("AA", "BB")
    assert f"user\n{PICTURE}{PICTURE}Be brief." in message.content
    assert engine.loads[-1].pictures == 4


@pytest.mark.parametrize("model", [GGUF, GPU_FILE, OTHER])
def test_a_model_that_cannot_see_refuses_pictures_and_is_not_loaded(model: Model) -> None:
    bench = Bench()
    with raises(NotSupported, "can't see images"):
        asyncio.run(bench.events(SHOWN, model))
    assert bench.made == []


def test_a_model_that_sees_where_no_engine_here_takes_pictures_says_so() -> None:
    bench = Bench()
    with raises(NotSupported, "can't see images"):
        asyncio.run(bench.events(SHOWN, replace(GPU_SEES, format="litertlm-cpu")))
    assert bench.made == []


@pytest.mark.parametrize(
    ("name", "request_", "number"),
    [
        ("wllama", Request(()), 1),
        ("mediapipe", Request(()), 0),
        ("mediapipe", SHOWN, 4),
        ("mediapipe", Request((Message("user", "?", ("A",) * 6),)), 6),
        ("litert-lm-gpu", SHOWN, 0),
    ],
)
def test_how_many_pictures_an_engine_gets_ready_for(name: EngineName, request_: Request, number: int) -> None:
    assert pictures_of(name, SEES, request_) == number
    assert pictures_of(name, GGUF, request_) == 0


def test_marks_of_pictures_in_a_text_are_none() -> None:
    messages = [Message("user", f"a{PICTURE}b", ("A",)), Message("assistant", "c"), Message("user", "d", ("B",))]
    assert gemma_prompt(messages).count(PICTURE) == len(images_of(messages)) == 2


def test_pictures_take_room_and_stay_when_neighbours_are_joined() -> None:
    fitted = asyncio.run(fit(SHOWN.messages, 10_000, uncounted))
    plain = asyncio.run(fit([replace(one, images=()) for one in SHOWN.messages], 10_000, uncounted))
    assert fitted.tokens - plain.tokens == 2 * PICTURE_TOKENS
    (joined,) = merged([Message("user", "a", ("A",)), Message("user", "b", ("B",))])
    assert joined == Message("user", "a\n\nb", ("A", "B"))
