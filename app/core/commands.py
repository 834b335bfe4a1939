"""What Python asks the page's own thread to do, because only a window can: frozen values.

    page.do(Save("chat.md", "# Hello", "text/markdown"))
    wire(Focus("message"), words)               # ["focus", "message"]
    answer = await page.ask(Probe(url, "cors", 4000, "GET", ()))

Each has its handler of the same name, with as many parameters, in static/js/page/commands.js (tests/test_messages.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar, Generic, Literal, TypeVar

from app.core.texts import Text, TextOrWords, Words
from app.core.voices import VoiceList

Answer = TypeVar("Answer")


class Command:
    """One thing for the page to do."""


class WithFile(Command):
    """A command with something that only JavaScript understands: it travels by reference, as a message of its own."""


class Question(Command, Generic[Answer]):
    """A command that is answered, by a value of the class `answer`; pieces may come before that."""

    answer: ClassVar[type]


def wire(command: Command, words: Words) -> list[object]:
    """The command as the page takes it: its handler's name and arguments, texts in words."""
    name = type(command).__name__
    values = (getattr(command, one.name) for one in fields(command))  # type: ignore[arg-type]
    return [name[0].lower() + name[1:], *(words(value) if isinstance(value, Text) else value for value in values)]


# -- the page itself


@dataclass(frozen=True)
class Ready(Command):
    """Everything is drawn: what the person does is taken from now on."""


@dataclass(frozen=True)
class Failed(Command):
    """The start has failed."""

    message: TextOrWords
    cure: TextOrWords
    detail: str


@dataclass(frozen=True)
class Opened(Command):
    """Another chat is shown, with so many turns; show its end."""

    chat_id: str
    turns: int


@dataclass(frozen=True)
class Reach(Command):
    """Bring a turn into view and put the cursor on it; the end of the chat is not followed then."""

    turn_id: str


@dataclass(frozen=True)
class Focus(Command):
    """Put the cursor into an element."""

    id: str


@dataclass(frozen=True)
class Source(Command):
    """Show the source beside the chat, or shut it. `chip` is what its chips say that they open, "" to shut it; once its
    passage is drawn, `is_marked`, that is brought into view."""

    chip: str
    is_marked: bool


@dataclass(frozen=True)
class Sheet(Command):
    """Show the sheet over the page, or shut it."""

    is_open: bool


@dataclass(frozen=True)
class Draft(Command):
    """Put words back into the message field of a chat ("" for one that is not kept yet), before what is there."""

    chat_id: str
    words: str


@dataclass(frozen=True)
class Writing(Command):
    """Whose message is being written from now on. `is_kept`: something was said in the chat. The draft of a private
    chat is never stored."""

    chat_id: str
    is_kept: bool
    is_private: bool


@dataclass(frozen=True)
class Waiting(Command):
    """All that is queued, as (chat, messages): a page that is loaded anew has it in the message field."""

    queued: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Attached(Command):
    """All that is attached to messages that were not sent, as (chat, ids of drafts): a page that is loaded anew asks
    for it back. No chat stands for one that is not kept yet."""

    kept: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class FieldKept(Command):
    """What stood in a field with its change of this number was written: the page need not keep it any more."""

    field: str
    number: int


@dataclass(frozen=True)
class Restore(Command):
    """A change did not take effect: fields show again what holds."""


@dataclass(frozen=True)
class Route(Command):
    """Show this address, such as "#/chat"."""

    hash: str


@dataclass(frozen=True)
class Turned(Command):
    """Another page is about to be shown: at its top, or where it was left."""

    page: str


@dataclass(frozen=True)
class Title(Command):
    """Put this before the app's name in the window's title."""

    progress: str


@dataclass(frozen=True)
class Say(Command):
    """Have a screen reader read this out."""

    text: TextOrWords


@dataclass(frozen=True)
class Theme(Command):
    """Show light or dark, or as the system has it."""

    name: str


@dataclass(frozen=True)
class TextSize(Command):
    """Write everything small, normal, large or larger."""

    name: str


@dataclass(frozen=True)
class Speak(Command):
    """Everything is in this language from now on, whose lines run in this direction; `chosen` is the person's own word
    for the next visit, "" for as the browser."""

    code: str
    direction: str
    chosen: str


@dataclass(frozen=True)
class Offline(Command):
    """Whether nothing elsewhere can be reached."""

    is_offline: bool


@dataclass(frozen=True)
class OfflineMode(Command):
    """Whether the page's own policy forbids what leads elsewhere; "loopback" lets it reach this computer's servers."""

    mode: Literal["", "strict", "loopback"]


@dataclass(frozen=True)
class Draw(WithFile):
    """Put a picture on a canvas. What was painted before waits for it a moment. `picture` is a port on which it comes,
    which is given away: nobody else can show it any more."""

    picture: object
    id: str


# -- files and the clipboard


@dataclass(frozen=True)
class Copy(Command):
    """Copy to the clipboard."""

    text: str


@dataclass(frozen=True)
class Save(Command):
    """Save a text as a file of this media type."""

    name: str
    text: str
    kind: str


@dataclass(frozen=True)
class SaveFile(WithFile):
    """Save what a handle holds as a file."""

    handle: object
    name: str


@dataclass(frozen=True)
class WriteFile(WithFile):
    """Write a text, or what a handle holds, into the folder that was picked last."""

    content: object
    name: str


@dataclass(frozen=True)
class Allow(Command):
    """Ask the browser to let the linked file of a model be read again."""

    model_id: str


# -- the browser


@dataclass(frozen=True)
class Persist(Command):
    """Ask the browser to keep what is stored."""


@dataclass(frozen=True)
class Install(Command):
    """Show the browser's own question about installing the app."""


@dataclass(frozen=True)
class Keep(Command):
    """Have the service worker keep files, or all in a folder, for use without a network."""

    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class SignIn(Command):
    """Leave for a service's own page; the verifier is there when the person comes back."""

    address: str
    verifier: str


@dataclass(frozen=True)
class KeepAwake(Command):
    """Keep the screen on, or no longer."""

    is_wanted: bool


@dataclass(frozen=True)
class Utter(Command):
    """Read a sentence aloud, in place of what is being read; `voice` is the browser's name for one of its own. What
    comes of it is told by its number (`aloud:told`)."""

    number: int
    sentence: str
    voice: str
    language: str
    rate: float


@dataclass(frozen=True)
class Hush(Command):
    """Stop reading aloud."""


@dataclass(frozen=True)
class Tell(Command):
    """Say to the other pages of this app that everything is about to be erased, or has been."""

    word: Literal["halt", "gone"]


@dataclass(frozen=True)
class StartOver(Command):
    """Everything was erased: forget the rest, and load anew."""


@dataclass(frozen=True)
class Update(Command):
    """Let the version that waits take over, and load anew."""


# -- questions


@dataclass(frozen=True)
class Probed:
    """What a server has answered; `error` says why there is nothing."""

    error: str = ""
    status: int = 0
    text: str = ""


@dataclass(frozen=True)
class Probe(Question[Probed]):
    """Look whether a server answers, without raising a question of the browser's."""

    answer = Probed

    url: str
    mode: str
    milliseconds: int
    method: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Voices(Question[VoiceList]):
    """Which voices the browser has; some browsers know it only after a while."""

    answer = VoiceList


#: how the browser's own model is; the words are the browser's (https://webmachinelearning.github.io/prompt-api/)
BuiltInState = Literal["", "unavailable", "downloadable", "downloading", "available"]


@dataclass(frozen=True)
class BuiltInTold:
    """What the browser says of its own model. `error` is the name of the exception that it threw, with its `message`;
    `limit` the tokens that the model reads where there were too many, `counts` those of a prompt and of its reply."""

    state: BuiltInState = ""
    error: str = ""
    message: str = ""
    limit: int = 0
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class AskBuiltIn(Question[BuiltInTold]):
    """Ask the browser's own model, which only a window can: how it is, to download it (pieces say how far that is, as
    a part of 1), to load it, or for a reply (pieces are its text). A reply is `asked`
    for with {"messages": [{"role", "content"}], "schema": object | None, "goesOn": bool}."""

    answer = BuiltInTold

    verb: Literal["look", "fetch", "load", "reply"]
    asked: Mapping[str, object] | None = None


@dataclass(frozen=True)
class StopBuiltIn(Command):
    """End what the browser's own model is doing. `is_over`: give back its memory, too."""

    is_over: bool
