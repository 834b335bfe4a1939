"""app.browser.page without a browser: what it needs of JavaScript is faked, and what fails never ends the painting."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from app.core import signals
from app.core.actions import ApiRequest, Picked, PickedFile
from app.core.commands import AskBuiltIn, BuiltInTold, Draw, Focus, Probe, Probed, Say, WriteFile
from app.core.shapes import Damaged
from tests.words import english


class Port:
    """One end of a MessageChannel."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.given: list[Any] = []
        self.onmessage: Any = None

    def postMessage(self, message: Any, given: Any = None) -> None:  # noqa: N802 - JavaScript's name
        """Remember it, and what is given away with it."""
        self.sent.append(json.loads(message) if isinstance(message, str) else message)
        self.given.append(given)


class Array(list[Any]):
    """JavaScript's."""

    push = list.append


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A BrowserPage, the errors that it logged, and the frames that wait."""
    js, ffi, pyodide = ModuleType("js"), ModuleType("pyodide.ffi"), ModuleType("pyodide")
    logged: list[str] = []
    frames: list[Any] = []
    channel = SimpleNamespace(port1=Port(), port2=Port())
    vars(js).update(
        MessageChannel=SimpleNamespace(new=lambda: channel),
        setTimeout=lambda call, wait: frames.append(call),
        clearTimeout=lambda timer: frames.clear(),
        console=SimpleNamespace(error=logged.append),
        Object=SimpleNamespace(fromEntries=dict),
        JSON=SimpleNamespace(parse=lambda text: Array(json.loads(text))),
        postMessage=lambda *_: None,
    )
    vars(ffi).update(create_proxy=lambda call: call, to_js=lambda value, **_: value)
    for name, module in (("js", js), ("pyodide", pyodide), ("pyodide.ffi", ffi)):
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "app.browser.page", raising=False)

    async def make() -> Any:
        return importlib.import_module("app.browser.page").BrowserPage(english)

    made = asyncio.run(make())
    yield SimpleNamespace(page=made, port=channel.port1, logged=logged, frames=frames)
    signals.on_change(None)
    sys.modules.pop("app.browser.page", None)


def test_what_an_event_has_changed_is_painted_at_once_and_leaves_no_frame_behind(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timer that was left behind counted as a frame, and the next click waited for one after it."""
    clock, number = [10.0], signals.Signal(0)
    monkeypatch.setattr(sys.modules["app.browser.page"].time, "perf_counter", lambda: clock[0])
    effect = signals.Effect(lambda: stage.page.paint("fill", "pong", str(number())))
    stage.frames.pop()()
    stage.page.listen(lambda name, arg: number.set(number() + 1))
    for count in range(1, 100):  # well beyond the burst
        clock[0] += 0.02
        stage.port.onmessage(SimpleNamespace(data='["demo:ping",""]'))
        assert stage.port.sent[-1] == [["fill", "pong", str(count)]]
        assert stage.frames == []
    effect.stop()


def test_painting_goes_on_after_an_effect_has_failed(stage: Any) -> None:
    """Fault D2."""
    number, is_broken = signals.Signal(0), signals.Signal(False)

    def fails() -> None:
        if is_broken():
            raise ValueError("cannot be drawn")

    effects = [signals.Effect(fails), signals.Effect(lambda: stage.page.paint("html", "x", str(number())))]
    stage.frames.pop()()
    is_broken.set(True)
    number.set(1)
    stage.frames.pop()()
    assert stage.port.sent[-1] == [["html", "x", "1"]], "what could be painted was"
    assert "cannot be drawn" in stage.logged[0]
    number.set(2)
    assert stage.frames, "a further change asks for a further frame"
    stage.frames.pop()()
    assert stage.port.sent[-1] == [["html", "x", "2"]]
    for effect in effects:
        effect.stop()


def test_messages_that_the_page_does_not_send_are_passed_over(stage: Any) -> None:
    """Fault D10."""
    heard: list[Any] = []
    stage.page.listen(lambda name, arg: heard.append((name, arg)))
    odd: list[Any] = [
        "",
        "{",
        "[]",
        "[1, 2]",
        '["a"]',
        '["a", 1, 2]',
        "null",
        None,
        5,
        {},
        [],
        ["api:request", {}],
        ["x", None],
    ]
    odd += ['["answer", 5]', '["answer", [[], 1]]', '["answer", {}]']
    for data in odd:
        stage.port.onmessage(SimpleNamespace(data=data))
    assert heard == []
    stage.port.onmessage(SimpleNamespace(data='["chat:send", "Hello"]'))
    assert heard == [("chat:send", "Hello")]


def test_what_was_picked_and_asked_arrives_as_values_of_their_own(stage: Any) -> None:
    heard: list[tuple[str, Any]] = []
    stage.page.listen(lambda name, arg: heard.append((name, arg)))
    files = [SimpleNamespace(name="a.toml", file="first"), SimpleNamespace(name="b.gguf", file="second", link="a link")]
    stage.port.onmessage(SimpleNamespace(data=["models:import", SimpleNamespace(files=files)]))
    stage.port.onmessage(SimpleNamespace(data=["models:link", SimpleNamespace(files=files[1:])]))
    stage.port.onmessage(SimpleNamespace(data=["models:import", SimpleNamespace(files=[])]))
    given = SimpleNamespace(method="GET", path="v1/models", body="", reply="a port")
    stage.port.onmessage(SimpleNamespace(data=["api:request", given]))
    first, second = PickedFile("a.toml", "first"), PickedFile("b.gguf", "second", "a link")
    assert heard == [
        ("models:import", Picked((first, second))),
        ("models:link", Picked((second,))),
        ("api:request", ApiRequest("GET", "v1/models", "", "a port")),
    ]


def test_commands_leave_with_the_frame_and_what_holds_a_file_as_a_message_of_its_own(stage: Any) -> None:
    page, sent = stage.page, stage.port.sent
    page.paint("text", "x", "a")
    page.do(Say("Hello"))
    page.do(WriteFile("words", "a.toml"))
    page.do(Focus("message"))
    assert sent == [[["text", "x", "a"], ["do", "say", "Hello"]], [["do", "writeFile", "words", "a.toml"]]]
    page.cut()
    assert sent[2:] == [[["do", "focus", "message"]]]


def test_a_picture_is_given_away_with_the_canvas_that_it_is_drawn_on(stage: Any) -> None:
    page, sent = stage.page, stage.port.sent
    page.attr("reader", "hidden", None)
    page.paint("html", "reader", "<canvas id=a>")
    page.do(Draw("pixels", "a"))
    canvas = ["html", "reader", "<canvas id=a>"]
    assert sent == [[["attr", "reader", "hidden", None], canvas, ["do", "draw", "pixels", "a"]]]
    assert stage.port.given == [["pixels"]]
    page.cut()
    assert len(sent) == 1


def test_a_question_is_answered_by_a_value_and_nonsense_is_none(stage: Any) -> None:
    question = Probe("http://localhost:1", "cors", 5, "GET", ())

    async def asked(answer: str) -> Any:
        asking = asyncio.ensure_future(stage.page.ask(question))
        await asyncio.sleep(0)
        stage.page.cut()
        [[kind, name, number, *rest]] = stage.port.sent[-1]
        assert [kind, name, *rest] == ["do", "probe", "http://localhost:1", "cors", 5, "GET", []]
        stage.port.onmessage(SimpleNamespace(data=f'["answer", [{number}, {answer}]]'))
        return await asking

    assert asyncio.run(asked('{"status": 200, "text": "yes"}')) == Probed(status=200, text="yes")
    assert asyncio.run(asked('{"error": "NotSupported"}')) == Probed("NotSupported")
    with pytest.raises(Damaged):
        asyncio.run(asked("5"))


def test_pieces_of_an_answer_come_before_it_and_to_whoever_asked(stage: Any) -> None:
    heard: list[str] = []

    async def asked() -> Any:
        asking = asyncio.ensure_future(stage.page.ask(AskBuiltIn("fetch"), heard.append))
        await asyncio.sleep(0)
        stage.page.cut()
        [[_, name, number, *rest]] = stage.port.sent[-1]
        assert [name, *rest] == ["askBuiltIn", "fetch", None]
        for text in (
            f'["piece", [{number}, "0.5"]]',
            f'["piece", [{number + 1}, "of another"]]',
            f'["answer", [{number}, {{"state": "available"}}]]',
        ):
            stage.port.onmessage(SimpleNamespace(data=text))
        told = await asking
        stage.port.onmessage(SimpleNamespace(data=f'["piece", [{number}, "too late"]]'))
        return told

    assert asyncio.run(asked()) == BuiltInTold("available")
    assert heard == ["0.5"]
