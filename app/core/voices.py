"""The voices that a browser reads aloud with, as it tells of them."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.texts import Text, TextOrWords

MAKERS = ("Google", "Microsoft")  # who name their voices after themselves


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice. `id` is the browser's name for it, `language` a code such as "de-AT"; one that is not local sends the
    text to the browser's maker (https://webaudio.github.io/web-speech-api/#dom-speechsynthesisvoice-localservice)."""

    id: str
    name: str
    language: str
    is_local: bool = False
    is_default: bool = False

    @property
    def tongue(self) -> str:
        """Its language without the country: "de". Android writes "de_AT"."""
        return self.language.replace("_", "-").partition("-")[0].lower()

    @property
    def maker(self) -> TextOrWords:
        """To whom it sends the text, if it is not local."""
        return next((name for name in MAKERS if name in self.name), Text("aloud.maker"))


@dataclass(frozen=True, slots=True)
class VoiceList:
    """All of a browser's voices."""

    voices: tuple[Voice, ...] = ()


#: how names begin that come first in the lists of Apple's systems: sounds, and voices of machines long gone
ODD = (
    *("Albert", "Bad", "Bahh", "Bells", "Boing", "Bubbles", "Cellos", "Eddy", "Flo", "Fred"),
    *("Good", "Grandma", "Grandpa", "Jester", "Junior", "Kathy", "Organ", "Ralph", "Reed"),
    *("Rocko", "Sandy", "Shelley", "Superstar", "Trinoids", "Whisper", "Wobble", "Zarvox"),
)


def voice_for(tongue: str, voices: tuple[Voice, ...], wanted: str) -> Voice | None:
    """The voice that reads a text of that language: the one that the person `wanted`, which may be any; else one that
    sends nothing, the browser's first choice before others. None where there is none: a voice that sends the text is
    never taken unasked."""
    chosen = next((voice for voice in voices if voice.id == wanted), None)
    if chosen is not None:
        return chosen
    local = [voice for voice in voices if voice.is_local and voice.tongue == tongue]
    return min(local, key=lambda voice: (not voice.is_default, voice.name.partition(" ")[0] in ODD), default=None)
