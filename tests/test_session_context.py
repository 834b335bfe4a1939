"""What the context ring tells is what is really sent: each figure is compared with the request that the engine got."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.values import Sampling
from app.models.answering.context import PICTURE_TOKENS, TURN_TOKENS, size_of
from app.session.context import Contents
from app.session.settings import SettingsChanges
from app.study.asked import tokens_of
from app.ui.parts.composer import used
from app.ui.parts.contents import contents_sheet
from tests.test_session_attaching import PNG, SEEING, files
from tests.test_session_switching import CLOUD, Hybrid, page_with
from tests.ui.pages import Element, read

LONG = "wave " * 120


#: a local model is chosen beside one far away
chatting = page_with("tiny", *["So it is."] * 40)


async def ask(world: Hybrid, *questions: str) -> None:
    for question in questions:
        await world.act("chat:send", question)


async def opened(world: Hybrid, words: str = "") -> Contents:
    """What a click on the ring shows."""
    await world.act("context:open", words)
    opening = world.session.state.sheet()
    assert opening is not None
    assert opening.what == "context"
    shown = world.session.context.shown()
    assert shown is not None
    return shown


def drawn(world: Hybrid) -> Element:
    html = contents_sheet(world.session)
    assert html is not None
    return read(html)


async def settings(world: Hybrid, **changes: Any) -> None:
    wanted: SettingsChanges = changes  # type: ignore[assignment]
    await world.session.preferences.change(**wanted)


@chatting
async def test_what_is_shown_is_what_the_engine_gets(world: Hybrid) -> None:
    await settings(world, system_prompt=" Be brief. ")
    shown = await opened(world, "Why?")
    assert (shown.kept, shown.dropped, shown.reply) == (0, (), shown.limit // 4)
    assert dict(shown.filled.parts) == {
        "instructions": TURN_TOKENS + 4,
        "summary": 0,
        "earlier": 0,
        "attachments": 0,
        "passages": 0,
        "question": TURN_TOKENS + 2,
    }
    await ask(world, "Why?")
    assert shown.filled.messages == world.engine.asked[-1]
    assert shown.filled.tokens == sum(map(size_of, world.engine.asked[-1]))


@chatting
async def test_what_was_said_takes_the_tokens_that_the_model_has_counted(world: Hybrid) -> None:
    await settings(world, system_prompt="Be brief.")
    await ask(world, "Why is the sky blue?", "And at night?")
    [counted] = [turn.usage for turn in world.session.state.turns()[-1:]]
    assert counted.counted
    shown = await opened(world)
    assert shown.filled.tokens == counted.prompt_tokens + counted.reply_tokens == tokens_of(world.session.state.turns())
    assert shown.filled.parts["question"] == 0, "nothing is being written"
    more = await opened(world, "And why?")
    assert more.filled.tokens == shown.filled.tokens + TURN_TOKENS + 3
    await ask(world, "And why?")
    assert more.filled.messages == world.engine.asked[-1]
    assert more.kept == 4


@pytest.mark.parametrize("is_loaded", [True, False])
def test_of_a_long_chat_the_very_messages_are_named_that_do_not_reach_the_model(is_loaded: bool) -> None:
    @chatting
    async def scene(world: Hybrid) -> None:
        world.session.state.settings.set(replace(world.session.state.settings(), sampling=Sampling(max_tokens=200)))
        await ask(world, *(f"{number} {LONG}" for number in range(9)))
        assert world.last.dropped, "it is longer than the model can read"
        if not is_loaded:
            await world.session.engines.unload()
        shown = await opened(world, "And now?")
        before = [turn.id for turn in world.session.state.turns()]
        assert [turn.id for turn in shown.dropped] == before[: len(shown.dropped)]
        await ask(world, "And now?")
        assert world.last.dropped == len(shown.dropped)
        assert shown.filled.messages == world.engine.asked[-1]
        assert shown.filled.tokens <= shown.limit
        page = drawn(world)
        assert f"The {len(shown.dropped)} oldest messages no longer reach the model" in page.text
        links = page.one(id="context-dropped").all("a")
        assert [link.attributes["href"].rpartition("/")[2] for link in links] == before[: len(links)]
        assert links[0].text.startswith("You: 0 wave wave")

    scene()


@chatting
async def test_what_is_attached_is_counted_before_and_after_it_is_sent(world: Hybrid) -> None:
    await world.act("attach:add", files(notes_txt=b"E = mc2\n" * 40))
    shown = await opened(world, "What is it?")
    attached = shown.filled.parts["attachments"]
    assert attached > 100
    await ask(world, "What is it?")
    assert shown.filled.messages == world.engine.asked[-1]
    later = await opened(world)
    assert later.filled.parts["attachments"] > 0
    assert "Attachments" in drawn(world).text


@chatting
async def test_a_picture_counts_for_a_model_that_sees_and_not_for_one_that_cannot(world: Hybrid) -> None:
    world.session.state.cloud.set((CLOUD, SEEING))
    await world.act("models:choose", SEEING.id)
    await world.act("attach:add", files(a_png=PNG))
    assert (await opened(world)).filled.parts["attachments"] == PICTURE_TOKENS
    await ask(world, "See?")
    shown = await opened(world, "And?")
    assert shown.filled.parts["attachments"] == PICTURE_TOKENS
    assert shown.filled.messages[-1].content == "And?"
    assert (shown.limit, "doesn't say how much it can read" in drawn(world).text) == (0, True)
    await world.act("models:choose", "tiny")
    assert (await opened(world, "And?")).filled.parts["attachments"] == 0


@chatting
async def test_a_question_that_is_too_long_by_itself_is_said(world: Hybrid) -> None:
    shown = await opened(world, "word " * 6000)
    assert shown.filled.is_too_long
    assert "Your message is longer than Tiny can read." in drawn(world).text


@chatting
async def test_the_bar_and_the_table_say_the_same(world: Hybrid) -> None:
    await settings(world, system_prompt="Be brief.")
    await ask(world, LONG)
    shown = await opened(world, "And?")
    page = drawn(world)
    rows = [[cell.text for cell in row.children if isinstance(cell, Element)] for row in page.one("tbody").all("tr")]
    names = [row[0] for row in rows]
    assert names == ["Instructions", "2 earlier messages", "Your message", "Kept free for the reply", "Free"]
    assert sum(int(row[1].replace(",", "")) for row in rows) == shown.limit
    title = page.one("svg", role="img").one("title").text
    assert all(f"{name} {share}" in title for name, _, share in rows)
    parts = [rect.attributes["data-part"] for rect in page.all("rect")]
    assert parts == ["instructions", "earlier", "question", "reply"]
    assert [swatch.attributes.get("data-part") for swatch in page.all("span", class_="swatch")] == [*parts, None]
    assert "All earlier messages reach the model." in page.text


@chatting
async def test_a_persona_counts_as_it_reads_now(world: Hybrid) -> None:
    await world.act("personas:save", {"arg": "", "name": "Tutor", "about": "", "instructions": "Ask me first."})
    [one] = world.session.personas.own()
    await world.act("options:persona", one.id)
    await ask(world, "One?")
    new = "Ask me what I know. " * 9
    await world.act("personas:save", {"arg": one.id, "name": "Tutor", "about": "", "instructions": new})
    before = used(world.session)
    shown = await opened(world, "Two?")
    await ask(world, "Two?")
    assert shown.filled.messages == world.engine.asked[-1]
    assert before is not None
    assert before.tokens > 60, "the ring counts it, too"
