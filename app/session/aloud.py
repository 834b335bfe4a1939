"""Reading a reply aloud: sentence by sentence, also while it streams, by a voice of the browser's.

The page speaks one sentence and tells of its end (static/js/page/aloud.js); all else is decided here. A sentence that
was broken off (a pause, another voice, a voice that stopped) is read again from its beginning: pausing in the
middle of one works in few browsers. A voice that sends the text away is used where the person has chosen it, and never
in private chats or in Offline Mode.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Literal, TypedDict, Unpack

from app.core.actions import TurnId, action
from app.core.commands import Hush, Say, Utter, Voices
from app.core.jobs import Jobs
from app.core.places import Purpose
from app.core.ports import Page
from app.core.signals import Effect, untracked
from app.core.texts import Text
from app.core.voices import Voice, voice_for
from app.models.routing.tongues import tongues_of
from app.net.gate import Gate
from app.session.makers import Spoken
from app.session.preferences import Preferences
from app.session.privacy import Privacy
from app.session.state import State
from app.study.chats import ChatStore
from app.study.sentences import weight

JOB = "aloud"
START_SECONDS = 10.0  # a voice that has not begun by then is silent
SLOWEST = 4  # letters a second, at the usual speed
RATES = {"0.75": 0.75, "1": 1.0, "1.25": 1.25, "1.5": 1.5, "2": 2.0}  # parts of a voice's own speed
#: what the browser says went wrong (https://webaudio.github.io/web-speech-api/#enumdef-speechsynthesiserrorcode)
PROBLEMS = {
    "not-allowed": Text("aloud.not_allowed"),
    "network": Text("aloud.network"),
    "language-unavailable": Text("aloud.unavailable"),
    "voice-unavailable": Text("aloud.unavailable"),
}


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """What is being read: the language as far as it is known, the voice that reads, all voices, and why it stopped."""

    chat_id: str
    turn_id: str
    tongue: str = ""
    voice: Voice | None = None
    voices: tuple[Voice, ...] = ()
    is_paused: bool = False
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What has become of a sentence."""

    number: int
    what: Literal["start", "end", "error", "again"]
    why: str = ""


class Changes(TypedDict, total=False):
    """What changes of what is being read."""

    tongue: str
    voice: Voice | None
    voices: tuple[Voice, ...]
    is_paused: bool
    problem: Text | None


class Aloud:
    """The actions `aloud:*`."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        privacy: Privacy,
        store: ChatStore,
        jobs: Jobs,
        page: Page,
        gate: Gate,
        spoken: Callable[[], Spoken],
    ) -> None:
        self._state, self._preferences, self._privacy, self._store = state, preferences, privacy, store
        self._jobs, self._page, self._gate, self._spoken = jobs, page, gate, spoken
        self._told: asyncio.Queue[Told] = asyncio.Queue()
        self._going = asyncio.Event()
        self._number = 0
        self._followed = ""
        self._following: Effect | None = None

    @action("aloud:read", TurnId)
    def read(self, turn_id: TurnId) -> None:
        """Read a reply of the open chat from its beginning."""
        self._begin(self._state.chat().id, turn_id)

    @action("aloud:always", bool)
    async def always(self, is_on: bool) -> None:
        """Read each reply as it comes, beginning with the one that is streaming; until the page is closed."""
        self._state.reads_replies.set(is_on)
        if self._following is not None:
            self._following.stop()
            self._following = None
        self._followed = ""
        if is_on:
            self._following = Effect(self._follow)
            self._followed = self._followed or "none"
        else:
            await self.stop()

    @action("aloud:pause")
    def pause(self) -> None:
        """Fall silent; the sentence is read again afterwards."""
        self._pause()

    @action("aloud:resume")
    def resume(self) -> None:
        """Go on with the sentence that was broken off."""
        self._show(is_paused=False, problem=None)
        self._going.set()

    @action("aloud:stop")
    async def stop(self) -> None:
        """Read no further."""
        await self._jobs.stop(JOB)

    @action("aloud:voice", str)
    async def voice(self, id: str) -> None:
        """Read texts of this language by that voice from now on. Raises StorageError."""
        reading = self._state.aloud()
        if reading is not None and any(voice.id == id for voice in reading.voices):
            await self._preferences.change(voices={**self._state.settings().voices, reading.tongue: id})
            self._again()
            if reading.problem is not None:
                self.resume()

    @action("aloud:rate", str)
    async def rate(self, rate: str) -> None:
        """Read at one of `RATES` from now on. Raises StorageError."""
        if rate in RATES:
            await self._preferences.change(reading_rate=RATES[rate])
            self._again()

    @action("aloud:told", Told)
    def told(self, told: Told) -> None:
        """The page tells what has become of a sentence."""
        self._told.put_nowait(told)

    # -- reading -------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """A reply that has begun in the open chat is read; one that is gone on with from where it was cut."""
        live = self._state.live().get(self._state.chat().id)
        if live is None or live.turn_id == self._followed:
            return
        with untracked():
            kept = next((turn.text for turn in self._state.turns() if turn.id == live.turn_id), "")
            self._begin(self._state.chat().id, live.turn_id, kept if self._followed else "")
            self._followed = live.turn_id

    def _begin(self, chat_id: str, turn_id: str, before: str = "") -> None:
        self._jobs.start(JOB, self._read(chat_id, turn_id, before))

    async def _read(self, chat_id: str, turn_id: str, before: str) -> None:
        self._told, self._number = asyncio.Queue(), self._number + 1
        self._going.set()
        self._state.aloud.set(ReadAloud(chat_id, turn_id))
        looking = Effect(lambda: self._end_with(chat_id))
        try:
            self._show(tongue=self._tongue(before), voices=(await self._page.ask(Voices())).voices)
            async for sentence, text in self._sentences(chat_id, turn_id, before):
                await self._say(sentence, text)
        finally:
            looking.stop()
            self._page.do(Hush())
            self._state.aloud.set(None)

    def _end_with(self, chat_id: str) -> None:
        """Nothing is read of a chat that was deleted, here or in another page."""
        if self._state.chat_of(chat_id) is None:
            self._jobs.start(f"{JOB}:gone", self.stop())

    async def _sentences(self, chat_id: str, turn_id: str, before: str) -> AsyncIterator[tuple[str, str]]:
        """Each sentence of a reply as soon as it is whole, with the text so far."""
        spoken, seen = self._spoken(), len(before)
        spoken.push(before)
        while True:
            text, is_whole = await self._text(chat_id, turn_id)
            if len(text) < seen:  # what was shown as the reply was thinking
                spoken, seen = self._spoken(), 0
            for sentence in spoken.push(text[seen:]):
                yield sentence, text
            seen = len(text)
            if is_whole:
                for sentence in spoken.end():
                    yield sentence, text
                return
            await self._grown(chat_id, turn_id, seen)

    async def _text(self, chat_id: str, turn_id: str) -> tuple[str, bool]:
        """A reply so far, and whether that is all of it."""
        live = self._state.live().get(chat_id)
        if live is not None and live.turn_id == turn_id:
            return live.text, False
        found = await self._store.turns([turn_id])
        return (found[0].text if found else ""), True

    async def _grown(self, chat_id: str, turn_id: str, seen: int) -> None:
        """Wait until there is more of it, or it has ended."""
        grown = asyncio.Event()

        def look() -> None:
            live = self._state.live().get(chat_id)
            if live is None or live.turn_id != turn_id or len(live.text) != seen:
                grown.set()

        effect = Effect(look)
        try:
            await grown.wait()
        finally:
            effect.stop()

    async def _say(self, sentence: str, text: str) -> None:
        """Have one sentence read, however often it is broken off."""
        while True:
            await self._going.wait()
            voice = self._voice(text)
            if voice is None:
                continue
            self._number += 1
            rate = self._state.settings().reading_rate
            self._page.do(Utter(self._number, sentence, voice.id, voice.language, rate))
            told = await self._outcome(sum(map(weight, sentence)) / (SLOWEST * rate))
            if told.what == "end":
                return
            if told.what == "error":
                self._pause(PROBLEMS.get(told.why, Text("aloud.silent")))

    async def _outcome(self, seconds: float) -> Told:
        """How the present sentence ends; a voice that says neither its beginning nor its end has failed."""
        limit = START_SECONDS
        while True:
            try:
                told = await asyncio.wait_for(self._told.get(), limit)
            except TimeoutError:
                return Told(self._number, "error")
            if told.number == self._number and told.what != "start":
                return told
            if told.number == self._number:
                limit = START_SECONDS + seconds

    # -- the voice -----------------------------------------------------------------------------------------------------

    def _voice(self, text: str) -> Voice | None:
        """Who reads this text; where nobody may, it says why and pauses."""
        reading = self._state.aloud()
        if reading is None:
            return None
        tongue, settings = self._tongue(text), self._state.settings()
        may = [voice for voice in reading.voices if voice.is_local or not self.stays(reading.chat_id)]
        voice = voice_for(tongue, tuple(may), settings.voices.get(tongue, ""))
        self._show(tongue=tongue, voice=voice)
        if voice is None:
            self._pause(self._why_none(reading, tongue))
        elif not voice.is_local:
            self._gate.check_sent(voice.maker, Purpose.READ_ALOUD)
        return voice

    def stays(self, chat_id: str) -> bool:
        """Whether voices that send the text are off: in a private chat, and in Offline Mode."""
        return self._privacy.is_private(chat_id) or self._state.offline().is_on

    def _tongue(self, text: str) -> str:
        """The language of a text, the page's own where it cannot be told."""
        found, own = tongues_of(text), self._state.settings().language or self._state.visit.language
        own = own.partition("-")[0]
        return own if own in found or not found else min(found)

    def _why_none(self, reading: ReadAloud, tongue: str) -> Text:
        if not reading.voices:
            return Text("aloud.no_voices")
        if not any(voice.tongue == tongue for voice in reading.voices):
            return Text("aloud.no_language")
        if self._state.offline().is_on:
            return Text("aloud.off_offline")
        return Text("aloud.off_private" if self._privacy.is_private(reading.chat_id) else "aloud.choose")

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _show(self, **changes: Unpack[Changes]) -> None:
        reading = self._state.aloud()
        if reading is not None:
            self._state.aloud.set(replace(reading, **changes))

    def _pause(self, problem: Text | None = None) -> None:
        self._going.clear()
        self._show(is_paused=True, problem=problem)
        if problem is not None:
            self._page.do(Say(problem))
        self._again()

    def _again(self) -> None:
        """Break the present sentence off; it is read again. What waited for a voice may have one now."""
        self._page.do(Hush())
        self._told.put_nowait(Told(self._number, "again"))
