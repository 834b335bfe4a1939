"""Before the first words of a chat leave this device by Automatic's choice, the person is asked, once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.core.places import Purpose
from app.models.answering.automatic import AUTOMATIC
from app.session.settings import settings_from
from app.study.chats import chat_from
from app.ui.parts.leave import leave_question, privacy
from tests.test_session_cloud import MINI
from tests.test_words_stay import HARD, LONG, Open, opened
from tests.ui.pages import read


def asking(body: Callable[[Open], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run a body over a page where Automatic would send everything, and asks."""

    async def whole(world: Open) -> None:
        await world.act("leave:switch", True)
        await world.act("routing:smart", True)
        await world.act("routing:share", "100")
        await body(world)

    def run() -> None:
        opened(whole)

    run.__doc__ = body.__doc__
    return run


def line(world: Open) -> str:
    return read(privacy(world.session)).text


async def send(world: Open, words: str = HARD) -> None:
    """Send, and wait until Automatic asks."""
    before = len(world.secrets)
    world.session.act("chat:send", words)
    await world.until(lambda: bool(world.session.state.asking_leave()))
    assert len(world.secrets) == before, "nothing leaves while the question stands"


async def say(world: Open, verb: str) -> None:
    await world.act(f"leave:{verb}", world.session.state.chat().id)


@asking
async def test_a_yes_holds_for_the_whole_chat_and_for_no_other(world: Open) -> None:
    assert "asks before" in line(world)
    await send(world)
    shown = read(leave_question(world.session))
    assert shown.buttons() == ["Send", "Answer here"]
    assert "gpt-5-mini" in shown.text
    assert "sent to OpenAI" in shown.text
    await say(world, "send")
    assert (world.last.text, len(world.secrets)) == ("From far.", 1)
    assert world.session.state.asking_leave() == {}
    assert "May use ollama.com, OpenAI" in line(world)
    await world.act("chat:send", HARD)
    assert len(world.secrets) == 2
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    await world.act("chat:send", HARD)
    assert len(world.secrets) == 3, "also after a reload"
    await world.act("chat:new")
    await send(world)
    await say(world, "here")
    assert len(world.secrets) == 3


@asking
async def test_a_no_is_answered_here_and_not_asked_again(world: Open) -> None:
    await send(world)
    await say(world, "here")
    assert (world.last.text, world.secrets) == ("From a server.", []), "of this computer, and abler than a tiny file"
    assert "Private · answers on this device" in line(world)
    await world.act("chat:send", HARD)
    assert (world.last.text, world.secrets) == ("From a server.", [])
    assert {entry.stayed for entry in world.session.costs.entries()} == {"local-only"}, "nothing was saved"
    assert "Ask again" in line(world)
    await say(world, "again")
    await send(world)
    await say(world, "send")
    assert world.last.text == "From far."


@asking
async def test_titles_and_summaries_stay_here_until_the_chat_may_leave(world: Open) -> None:
    for feature in ("title", "summary"):
        await world.act("features:choose", {"arg": feature, "value": MINI})
    await world.act("models:choose", "tiny")
    for _ in range(5):
        await world.act("chat:send", LONG)
    assert world.secrets == []
    assert "title" not in line(world)
    await world.act("models:choose", AUTOMATIC.id)
    await send(world)
    await say(world, "send")
    await world.act("models:choose", "tiny")
    assert "summaries: sent to OpenAI" in line(world)
    await world.act("chat:send", LONG)
    assert {one.purpose for one in world.secrets} == {Purpose.QUESTION, Purpose.SUMMARY}


@asking
async def test_who_picked_the_cloud_model_is_not_asked(world: Open) -> None:
    await world.act("features:choose", {"arg": "title", "value": MINI})
    await world.act("models:choose", MINI)
    await world.act("chat:send", HARD)
    assert [one.purpose for one in world.secrets] == [Purpose.QUESTION, Purpose.TITLE]
    await world.act("models:choose", AUTOMATIC.id)
    await world.act("chat:send", HARD)
    assert len(world.secrets) == 3, "its words have left already"


@asking
async def test_who_does_not_want_to_be_asked_is_not_asked(world: Open) -> None:
    await world.act("leave:switch", False)
    assert "May use ollama.com, OpenAI" in line(world)
    await world.act("chat:send", HARD)
    assert world.last.text == "From far."


@asking
async def test_stop_and_a_reload_send_nothing_and_the_next_try_asks_again(world: Open) -> None:
    await send(world)
    await world.act("chat:stop")
    assert (world.last.stop_reason, world.secrets, world.session.state.asking_leave()) == ("stopped", [], {})
    world.session.act("chat:regenerate", world.last.id)
    await world.until(lambda: bool(world.session.state.asking_leave()))
    await world.session.jobs.stop(f"reply:{world.session.state.chat().id}")
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    assert world.session.state.asking_leave() == {}
    assert world.secrets == []
    world.session.act("chat:regenerate", world.last.id)
    await world.until(lambda: bool(world.session.state.asking_leave()))
    await say(world, "send")
    assert world.last.text == "From far."


@asking
async def test_a_chat_that_becomes_private_meanwhile_is_answered_here(world: Open) -> None:
    await send(world)
    await world.act("chat:private", True)
    assert (world.last.text, world.secrets, world.session.state.asking_leave()) == ("From a server.", [], {})


@asking
async def test_without_any_model_here_a_no_says_so(world: Open) -> None:
    await send(world)
    await world.act("models:delete", "tiny")
    await say(world, "here")
    assert world.secrets == []


@pytest.mark.parametrize("leave", ["", "yes", "no", "perhaps", None, ["yes"], 1])
def test_records_of_before_and_damaged_ones_are_read_as_not_asked(leave: object) -> None:
    """The version before kept neither the chat's word nor the setting."""
    record = {"id": "c", "title": "T", "path": [], "roots": []}
    assert chat_from(record).leave == ""
    assert chat_from({**record, "leave": leave}).leave == (leave if leave in ("yes", "no") else "")
    assert settings_from({}).asks_before_leaving
