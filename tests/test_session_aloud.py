"""Reading a reply aloud: order, pauses, voices, and what may leave this device."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest

from app.core.commands import Hush, Say, Utter
from app.core.places import Purpose
from app.core.voices import Voice, VoiceList
from app.session import aloud
from app.ui.parts.aloud import aloud_bar
from app.ui.parts.leave import privacy
from app.ui.parts.offline import account
from app.ui.shell import chat_tools
from tests.memory import ticks
from tests.test_session import World
from tests.ui.pages import Element, read
from tests.words import english

AMY = Voice("amy", "Amy", "en-GB", is_local=True)
BEN = Voice("ben", "Ben", "en-US", is_local=True)
ANNA = Voice("anna", "Anna", "de-DE", is_local=True)
AWAY = Voice("away", "Google UK English", "en-GB")
REPLY = "The sky is blue. It is **not** green.\n\nWhy? That is how it is."
SENTENCES = ["The sky is blue.", "It is not green.", "Why?", "That is how it is."]


class Reader:
    """A page that reads a reply; the test is the voice."""

    def __init__(self, world: World, *voices: Voice) -> None:
        self.world, self.voices = world, voices
        world.page.answers = self.answer  # type: ignore[method-assign, assignment]

    async def answer(self, *_: object) -> VoiceList:
        return VoiceList(self.voices)

    async def do(self, name: str, arg: Any = "") -> None:
        self.world.session.act(name, arg)
        await ticks()

    async def tell(self, what: str, why: str = "") -> None:
        """What becomes of the last sentence."""
        await self.do("aloud:told", {"number": self.said[-1].number, "what": what, "why": why})

    async def hear_all(self) -> list[str]:
        """Each sentence is read to its end."""
        while self.world.session.state.aloud() is not None:
            await self.tell("start")
            await self.tell("end")
        return [one.sentence for one in self.said]

    @property
    def said(self) -> list[Utter]:
        return self.world.page.done(Utter)

    @property
    def bar(self) -> Element:
        return read(aloud_bar(self.world.session))


def reading(*voices: Voice, answer: str = REPLY) -> Callable[..., Callable[[], None]]:
    """Run a body over a chat with a reply, in a browser with these voices."""

    def wrap(body: Callable[[Reader], Coroutine[Any, Any, None]]) -> Callable[[], None]:
        def run() -> None:
            async def whole() -> None:
                world = World(*[answer] * 3)
                await world.session.start("#/chat")
                await world.session.jobs.join()
                await world.act("chat:send", "Why is the sky blue?")
                await body(Reader(world, *voices))
                await Reader(world).do("aloud:stop")

            asyncio.run(whole())

        run.__doc__ = body.__doc__
        return run

    return wrap


@reading(AMY, BEN, AWAY)
async def test_a_reply_is_read_sentence_by_sentence_by_a_voice_of_this_device(reader: Reader) -> None:
    world = reader.world
    assert "aloud" not in vars(world.session), "nothing of it is imported before"
    await reader.do("aloud:read", world.last.id)
    assert [(one.sentence, one.voice, one.rate) for one in reader.said] == [("The sky is blue.", "amy", 1.0)]
    assert reader.bar.one("p").text == "This voice works offline."
    assert reader.bar.attributes == {}
    assert reader.bar.one("div").attributes["aria-label"] == "Reading aloud"
    assert await reader.hear_all() == SENTENCES
    assert reader.bar.text == ""
    assert isinstance(world.page.commands[-1], Hush)
    assert world.session.gate.standing().left_to == "", "nothing left this device"


@reading(AMY)
async def test_a_reply_is_read_while_it_streams(reader: Reader) -> None:
    world = reader.world
    await reader.do("aloud:always", True)
    assert "menuitemcheckbox" in chat_tools(replaced(world))
    await world.begin("chat:send", "Again?", words=5)
    assert [one.sentence for one in reader.said] == ["The sky is blue."], "and no more is there yet"
    await reader.tell("end")
    assert len(reader.said) == 1, "the rest of a sentence is waited for"
    assert world.engine.gate is not None
    for _ in range(100):
        world.engine.gate.release()
    await ticks(400)
    assert await reader.hear_all() == SENTENCES
    await reader.do("aloud:always", False)
    await world.act("chat:send", "Once more?")
    assert len(reader.said) == len(SENTENCES), "it is over"


def replaced(world: World) -> Any:
    """The session in a browser that can read aloud."""
    state = world.session.state
    state.visit = replace(state.visit, can_speak=True)
    return world.session


@reading(AMY)
async def test_what_goes_on_is_read_from_where_it_was_cut(reader: Reader) -> None:
    world = reader.world
    await reader.do("aloud:always", True)
    world.session.act("chat:continue", world.last.id)
    await ticks(400)
    said = await reader.hear_all()
    assert said == ["That is how it is.The sky is blue.", *SENTENCES[1:]], (
        "only the sentence that was cut is read again"
    )


@reading(AMY, BEN)
async def test_a_pause_another_voice_and_another_speed_begin_the_sentence_again(reader: Reader) -> None:
    world = reader.world
    await reader.do("aloud:read", world.last.id)
    await reader.tell("start")
    await reader.tell("end")
    await reader.do("aloud:pause")
    assert reader.bar.one("button", id="aloud-go").attributes["aria-label"] == "Resume reading"
    await reader.tell("end")
    assert len(reader.said) == 2
    await reader.do("aloud:resume")
    await reader.do("aloud:voice", "ben")
    await reader.do("aloud:rate", "1.5")
    assert [(one.sentence, one.voice, one.rate) for one in reader.said[1:]] == [
        ("It is not green.", "amy", 1.0),
        ("It is not green.", "amy", 1.0),
        ("It is not green.", "ben", 1.0),
        ("It is not green.", "ben", 1.5),
    ]
    await reader.do("aloud:told", {"number": reader.said[2].number, "what": "end", "why": ""})
    assert len(reader.said) == 5, "what became of an earlier one means nothing"
    await reader.do("aloud:voice", "nobody")
    await reader.do("aloud:rate", "77")
    assert len(reader.said) == 5
    assert (world.session.state.settings().voices, world.session.state.settings().reading_rate) == ({"en": "ben"}, 1.5)
    await world.session.jobs.stop(aloud.JOB)
    await world.reload()
    assert world.session.state.settings().voices == {"en": "ben"}


@reading(AMY, ANNA, answer="Der Himmel ist blau, weil das Licht gestreut wird. Ist das klar?")
async def test_the_language_of_the_text_chooses_the_voice(reader: Reader) -> None:
    await reader.do("aloud:read", reader.world.last.id)
    assert [(one.voice, one.language) for one in reader.said] == [("anna", "de-DE")]
    first = [option.text for option in reader.bar.all("option")][:2]
    assert first == ["Anna (de-DE)", "Amy (en-GB)"]


@reading(ANNA, AWAY)
async def test_a_voice_that_sends_the_text_is_used_where_the_person_chooses_it_and_is_told(reader: Reader) -> None:
    world = reader.world
    await reader.do("aloud:read", world.last.id)
    assert reader.said == []
    assert "choose one to allow it" in reader.bar.one("p").text
    assert [english(one.text) for one in world.page.done(Say)][-1] == reader.bar.one("p").text
    assert "Google UK English (en-GB) · sends the text to Google" in [one.text for one in reader.bar.all("option")]
    assert world.session.gate.standing().left_to == ""
    await reader.do("aloud:voice", "away")
    assert [one.voice for one in reader.said] == ["away"]
    assert reader.bar.one("p").text == "This voice sends the text to Google."
    assert "reading aloud: sent to Google" in read(privacy(world.session)).text
    standing = world.session.gate.standing()
    assert (standing.left_to, standing.left_for) == ("Google", Purpose.READ_ALOUD.label)
    assert "Google, for reading aloud" in read(account(world.session)).text

    # In Offline Mode it is off from the next sentence on.
    await reader.do("offline:switch", True)
    await reader.tell("end")
    assert len(reader.said) == 1
    assert "off in Offline Mode" in reader.bar.one("p").text
    off = [one for one in reader.bar.all("option") if one.text.startswith("Google")]
    assert ["disabled" in one.attributes for one in off] == [True]
    await reader.do("aloud:voice", "away")
    assert len(reader.said) == 1, "not even where the page asks for it"
    await reader.do("offline:switch", False)
    await reader.do("aloud:resume")
    assert [one.sentence for one in reader.said[1:]] == ["It is not green."]


@reading(AWAY, BEN)
async def test_in_a_private_chat_voices_that_send_the_text_are_off(reader: Reader) -> None:
    world = reader.world
    await world.session.preferences.change(voices={"en": "away"})
    await world.act("chat:new")
    await world.act("chat:private", True)
    await world.act("chat:send", "Hello")
    await reader.do("aloud:read", world.last.id)
    assert [one.voice for one in reader.said] == ["ben"]
    reader.voices = (AWAY,)
    await reader.do("aloud:read", world.last.id)
    assert len(reader.said) == 1
    assert "off in private chats" in reader.bar.one("p").text
    assert world.session.gate.standing().left_to == ""


@pytest.mark.parametrize(
    ("why", "told"),
    [("not-allowed", "didn't let the voice start"), ("network", "needs the internet"), ("canceled", "voice stopped")],
)
def test_a_voice_that_fails_is_told_and_the_sentence_can_be_read_again(why: str, told: str) -> None:
    @reading(AMY)
    async def body(reader: Reader) -> None:
        await reader.do("aloud:read", reader.world.last.id)
        await reader.tell("error", why)
        assert told in reader.bar.one("p").text
        await reader.do("aloud:resume")
        assert await reader.hear_all() == [SENTENCES[0], *SENTENCES]

    body()


@reading(AMY)
async def test_a_voice_that_says_nothing_at_all_is_given_up(reader: Reader) -> None:
    before, aloud.START_SECONDS = aloud.START_SECONDS, 0.01
    try:
        await reader.do("aloud:read", reader.world.last.id)
        await asyncio.sleep(0.05)
    finally:
        aloud.START_SECONDS = before
    assert "voice stopped" in reader.bar.one("p").text


@reading()
async def test_a_browser_without_voices_says_so(reader: Reader) -> None:
    await reader.do("aloud:read", reader.world.last.id)
    assert "This browser has no voices." in reader.bar.one("p").text
    await reader.do("aloud:stop")
    assert reader.bar.text == ""


@reading(ANNA)
async def test_no_voice_for_a_language_is_told_and_another_may_read_it(reader: Reader) -> None:
    await reader.do("aloud:read", reader.world.last.id)
    assert "No voice here speaks this language." in reader.bar.one("p").text
    await reader.do("aloud:voice", "anna")
    assert [one.voice for one in reader.said] == ["anna"]


@reading(AMY)
async def test_the_voice_falls_silent_when_the_chat_is_deleted(reader: Reader) -> None:
    world = reader.world
    await reader.do("aloud:read", world.last.id)
    await reader.do("chat:delete", world.session.state.chat().id)
    assert world.session.state.aloud() is None
    assert isinstance(next(one for one in world.page.commands[::-1] if isinstance(one, Hush | Utter)), Hush)


@reading(AMY)
async def test_a_chat_that_another_page_deletes_is_not_read_on(reader: Reader) -> None:
    world = reader.world
    await reader.do("aloud:read", world.last.id)
    world.session.state.chats.set(())
    await ticks()
    assert world.session.state.aloud() is None


@reading(AMY, BEN)
async def test_a_voice_chosen_before_the_first_sentence_is_kept_for_the_pages_language(reader: Reader) -> None:
    world = reader.world
    await reader.do("aloud:always", True)
    await world.begin("chat:send", "Again?", words=1)
    assert reader.said == []
    await reader.do("aloud:voice", "ben")
    assert world.session.state.settings().voices == {"en": "ben"}
    assert world.engine.gate is not None
    for _ in range(100):
        world.engine.gate.release()
    await ticks(400)
    assert [one.voice for one in reader.said] == ["ben"]
