"""Where words go, and why a request goes out: both are data that every request carries.

    Place.CLOUD.leaves_device                                   # True
    Place.COMPUTER.is_within(Place.NETWORK)                     # True: it is nearer
    await fetch(url, purpose=Purpose.CATALOG)                   # the gate refuses a request without a purpose

`Place` decides what may leave this device. Texts for display ("sent to OpenAI") only tell a person about it.
"""

from __future__ import annotations

from enum import Enum, StrEnum


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


def is_this_computer(host: str) -> bool:
    """Whether a host is this computer by its very name or number (loopback)."""
    host = host.strip("[]").lower()
    return host in ("localhost", "::1") or host.endswith(".localhost") or _is_127(host)


def _is_127(host: str) -> bool:
    parts = host.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isascii() and part.isdecimal() for part in parts)


def place_of_record(place: object, where: str, model_id: str) -> Place:
    """Where a model of a stored reply ran. Before places were kept there was only `where`, a text.

    A record may come from a file, so the farther of what it says and what its model's id says counts: nothing in it can
    make words that left look as if they stayed."""
    told = Place(place) if isinstance(place, str) and place in tuple(Place) else Place.BROWSER
    is_service = model_id.startswith("cloud:") and not model_id.startswith("cloud:here-")
    if (is_service and told is not Place.NETWORK) or is_passed_on(model_id):
        return Place.CLOUD
    if where.startswith("sent to") and not told.leaves_device:
        return Place.CLOUD
    if told is Place.BROWSER and model_id.startswith(("ollama:", "cloud:here-")):
        return Place.COMPUTER
    return told


def told_of_record(place: Place, where: str) -> str:
    """The words of a stored record for a place. They come from a file, too: they cannot say that words stayed."""
    return "sent to another computer" if place.leaves_device and not where.startswith("sent to") else where


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

    QUESTION = ("a question", Carries.WORDS)
    TITLE = ("a chat title", Carries.WORDS)
    SUMMARY = ("a summary", Carries.WORDS)
    API = ("a question from the local API", Carries.WORDS)
    EMBEDDING = ("an embedding", Carries.WORDS)
    OLLAMA_IMPORT = ("an import into Ollama", Carries.WORDS)
    BENCHMARK = ("a benchmark", Carries.NAMES)
    OLLAMA_LOOK = ("looking for Ollama", Carries.NOTHING)
    OLLAMA_LIST = ("the list of Ollama's models", Carries.NAMES)
    OLLAMA_MANAGE = ("managing Ollama's models", Carries.NAMES)
    OLLAMA_PULL = ("a download into Ollama", Carries.NAMES)
    CLOUD_LIST = ("the list of a service's models", Carries.NAMES)
    KEY_CHECK = ("the check of a key", Carries.NAMES)
    SIGN_IN = ("a sign-in", Carries.NAMES)
    MODEL_FILE = ("a model file", Carries.NAMES)
    MODEL_LOOK = ("a look at a model file", Carries.NAMES)
    CATALOG = ("a catalogue", Carries.NAMES)

    def __init__(self, label: str, carries: Carries) -> None:
        self.label, self.carries = label, carries


def as_purpose(purpose: object) -> Purpose:
    """A request's purpose. Raises TypeError: a request without one never goes out."""
    if not isinstance(purpose, Purpose):
        raise TypeError(f"A request needs a Purpose, not {purpose!r}.")
    return purpose
