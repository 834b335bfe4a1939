"""Where words go, whose model an id names, and why a request goes out: all of it data, none of it text.

    Place.CLOUD.leaves_device                                   # True
    Place.COMPUTER.is_within(Place.NETWORK)                     # True: it is nearer
    ModelRef.parse("cloud:openai:gpt-5-mini").service           # "openai"
    await fetch(url, purpose=Purpose.CATALOG)                   # the gate refuses a request without a purpose

`Place` decides what may leave this device. Texts for display ("sent to OpenAI") only tell a person about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Literal, TypeVar

from app.core.texts import Text, TextOrWords, Words

Where = TypeVar("Where", str, TextOrWords)
SENT = "sent to "  # and a name: how records hold that words left, in whichever language the page speaks
#: who answers for a model; "cloud" is every service, the person's own servers included
ProviderName = Literal["browser", "ollama", "cloud", "automatic"]
_AUTOMATIC, _OLLAMA, _CLOUD = "automatic", "ollama:", "cloud:"
BUILT_IN = "built-in:browser"  # the id of the model that the browser itself has; no catalogue has a colon in one
_HERE, _OWN = "here-", "own-"  # beginnings of the ids of the person's own servers, on this computer and elsewhere


class Place(StrEnum):
    """Where a model runs, from near to far: in this browser, in a program on this computer, on another computer of the
    person's own network, anywhere else."""

    BROWSER = "browser"
    COMPUTER = "computer"
    NETWORK = "network"
    CLOUD = "cloud"

    @property
    def leaves_device(self) -> bool:
        """Whether words that go there leave this device."""
        return self in (Place.NETWORK, Place.CLOUD)

    def is_within(self, farthest: Place) -> bool:
        """Whether it is no farther away than `farthest`."""
        order = tuple(Place)
        return order.index(self) <= order.index(farthest)


@dataclass(frozen=True, slots=True)
class ModelRef:
    """A model's id, taken apart. `name` is what its provider calls it, `service` which service of a cloud it is. Only
    this class knows how ids are written: `str(ref)` is the id."""

    provider: ProviderName
    name: str
    service: str = ""

    @classmethod
    def parse(cls, model_id: str) -> ModelRef:
        """What an id says; one without a prefix names a model of this browser."""
        if model_id == _AUTOMATIC:
            return cls("automatic", model_id)
        if model_id.startswith(_OLLAMA):
            return cls("ollama", model_id.removeprefix(_OLLAMA))
        if model_id.startswith(_CLOUD):
            service, _, name = model_id.removeprefix(_CLOUD).partition(":")
            return cls("cloud", name, service)
        return cls("browser", model_id)

    def __str__(self) -> str:
        if self.provider == "ollama":
            return f"{_OLLAMA}{self.name}"
        if self.provider == "cloud":
            return f"{_CLOUD}{self.service}:{self.name}" if self.name else f"{_CLOUD}{self.service}"
        return self.name

    @property
    def is_built_in(self) -> bool:
        """Whether it is the browser's own model, of which there is no file."""
        return str(self) == BUILT_IN

    @property
    def is_here(self) -> bool:
        """Whether a server of the person's own, on this computer, answers: it is no cloud, and costs nothing."""
        return self.provider == "cloud" and is_service_here(self.service)

    def place(self, told: Place = Place.BROWSER) -> Place:
        """Where the model runs: the farther of what is `told` and what its id says."""
        is_service = self.provider == "cloud" and not self.is_here
        if (is_service and told is not Place.NETWORK) or is_passed_on(str(self)):
            return Place.CLOUD
        if told is Place.BROWSER and (self.provider == "ollama" or self.is_here):
            return Place.COMPUTER
        return told

    def can_leave(self, ollama: Place = Place.COMPUTER) -> bool:
        """Whether words for the model could leave this device, with Ollama in that place."""
        if self.provider == "automatic":
            return True
        return self.place(ollama if self.provider == "ollama" else Place.BROWSER).leaves_device


def own_service_id(name: str, *, is_here: bool) -> str:
    """The id of a server of the person's own. `is_here` is their word that it answers on this computer."""
    return f"{_HERE if is_here else _OWN}{name}"


def is_own_service(service: str) -> bool:
    """Whether a service is a server of the person's own."""
    return service.startswith((_HERE, _OWN))


def is_service_here(service: str) -> bool:
    """Whether a service is a server of the person's own on this computer."""
    return service.startswith(_HERE)


def is_this_computer(host: str) -> bool:
    """Whether a host is this computer by its very name or number (loopback)."""
    host = host.strip("[]").lower()
    return host in ("localhost", "::1") or host.endswith(".localhost") or _is_127(host)


def _is_127(host: str) -> bool:
    parts = host.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isascii() and part.isdecimal() for part in parts)


def place_of_record(place: object, where: TextOrWords, model_id: str) -> Place:
    """Where a model of a stored reply ran. Before places were kept there was only `where`, a text.

    A record may come from a file, so the farther of what it says and what its model's id says counts: nothing in it can
    make words that left look as if they stayed."""
    told = Place(place) if isinstance(place, str) and place in tuple(Place) else Place.BROWSER
    found = ModelRef.parse(model_id).place(told)
    return Place.CLOUD if _says_sent(where) and not found.leaves_device else found


def told_of_record(place: Place, where: Where) -> Where:
    """The words of a stored record for a place. They come from a file, too: they cannot say that words stayed."""
    return f"{SENT}another computer" if place.leaves_device and not _says_sent(where) else where


def _says_sent(where: TextOrWords) -> bool:
    return isinstance(where, str) and where.startswith(SENT)


def sent_to(name: str) -> Text:
    """That words leave this device, and to whom."""
    return Text("places.sent_to", name=name)


def in_records(words: Words) -> Words:
    """The same `words` for what is kept; whom words were sent to is kept as data (`SENT`)."""

    def kept(text: TextOrWords) -> str:
        if isinstance(text, Text) and text.key == "places.sent_to":
            return SENT + "".join(str(value) for _, value in text.values)
        return words(text)

    return kept


def of_records(where: TextOrWords) -> TextOrWords:
    """What a record holds (`in_records`), ready to be shown in the page's language."""
    return sent_to(where.removeprefix(SENT)) if isinstance(where, str) and where.startswith(SENT) else where


def is_passed_on(name: str) -> bool:
    """Whether Ollama only passes a model of this name on to its own cloud."""
    tag = name.rpartition("/")[2].partition(":")[2].rpartition(":")[2].lower()
    return tag == "cloud" or tag.endswith("-cloud")


class Carries(StrEnum):
    """What a request holds of the person's: their words (or their file), only names and addresses, or nothing."""

    WORDS = "words"
    NAMES = "names"
    NOTHING = "nothing"


class Purpose(Enum):
    """Why a request goes out: a name for the log, and what it carries."""

    QUESTION = (Text("places.question"), Carries.WORDS)
    TITLE = (Text("places.title"), Carries.WORDS)
    SUMMARY = (Text("places.summary"), Carries.WORDS)
    STUDY = (Text("places.study"), Carries.WORDS)
    API = (Text("places.api"), Carries.WORDS)
    EMBEDDING = (Text("places.embedding"), Carries.WORDS)
    OLLAMA_IMPORT = (Text("places.ollama_import"), Carries.WORDS)
    BENCHMARK = (Text("places.benchmark"), Carries.NAMES)
    OLLAMA_LOOK = (Text("places.ollama_look"), Carries.NOTHING)
    OLLAMA_LIST = (Text("places.ollama_list"), Carries.NAMES)
    OLLAMA_MANAGE = (Text("places.ollama_manage"), Carries.NAMES)
    OLLAMA_PULL = (Text("places.ollama_pull"), Carries.NAMES)
    CLOUD_LIST = (Text("places.cloud_list"), Carries.NAMES)
    KEY_CHECK = (Text("places.key_check"), Carries.NAMES)
    SIGN_IN = (Text("places.sign_in"), Carries.NAMES)
    MODEL_FILE = (Text("places.model_file"), Carries.NAMES)
    MODEL_LOOK = (Text("places.model_look"), Carries.NAMES)
    CATALOG = (Text("places.catalog"), Carries.NAMES)
    HUB = (Text("places.hub"), Carries.NAMES)
    READ_ALOUD = (Text("places.read_aloud"), Carries.WORDS)
    PROGRAM = (Text("places.program"), Carries.WORDS)

    def __init__(self, label: Text, carries: Carries) -> None:
        self.label, self.carries = label, carries


def as_purpose(purpose: object) -> Purpose:
    """A request's purpose. Raises TypeError: a request without one never goes out."""
    if not isinstance(purpose, Purpose):
        raise TypeError(f"A request needs a Purpose, not {purpose!r}.")
    return purpose
