"""Every reply in one line: when, where, how many tokens, what it cost. Never a word of what was said.

    ledger = Ledger(records)
    await ledger.load()
    await ledger.add(Entry(id, now, local_day(now), "chat", "cloud", "openai", "gpt-5-mini", 1000, 500, micros=1250))
    [sum.micros for sum in sums(ledger.entries, "day")]

What was entered stays as it was: a price that is corrected later counts for later replies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Literal, NamedTuple

from app.core.places import ModelRef
from app.core.ports import Records
from app.core.shapes import When, decode
from app.core.text import file_name

SHELF = "ledger"
#: who answered: this browser, a server of the person's (Ollama, or one of their own on this computer), a service
Account = Literal["browser", "ollama", "cloud"]
# reported: the service said what it charged; computed: its counts by our price; estimated: our counts by our price
Basis = Literal["reported", "computed", "estimated", "unknown"]
# why a reply could not have come from a cloud; "" where it could
Stayed = Literal["", "offline", "local-only", "private", "fallback", "nothing"]
Aspect = Literal["day", "model", "feature", "place"]


def is_day(text: object) -> bool:
    """Whether a text is a date as 2026-11-23."""
    try:
        return isinstance(text, str) and len(text) == len("2026-11-23") and bool(date.fromisoformat(text))
    except ValueError:
        return False


Day = Annotated[str, is_day]


class By(NamedTuple):
    """Who gave a reply, as it is entered; `service` is "" but for a cloud."""

    account: Account
    service: str
    model: str

    @property
    def is_cloud(self) -> bool:
        """Whether a service answered, which may cost something."""
        return self.account == "cloud"


def by_of(model_id: str) -> By:
    """Under which account the replies of a model are entered. Some servers call a model by its path on somebody's disk:
    only the last part of that is."""
    ref = ModelRef.parse(model_id)
    if ref.provider == "cloud":
        model = file_name(ref.name)
        return By("ollama", "", model) if ref.is_here else By("cloud", ref.service, model)
    return By("ollama" if ref.provider == "ollama" else "browser", "", ref.name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply. `time` is seconds since 1970, `day` the person's own date then; `seconds` is how long it took.

    `prompt_tokens` count the cached and written ones; `answer_tokens` are those of the reply without the thinking.
    `micros` is None where the cost is unknown, and 0 where a model on this device answered."""

    id: str
    time: When
    day: Day
    feature: str
    place: Account
    service: str
    model: str
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cached_tokens: int = 0
    written_tokens: int = 0
    answer_tokens: int = 0
    micros: int | None = None
    basis: Basis = "unknown"
    was_automatic: bool = False
    stayed: Stayed = ""
    seconds: float = 0.0
    chat_id: str = ""
    turn_id: str = ""

    @property
    def could_have_been_cloud(self) -> bool:
        """Whether a model on this device answered what a cloud's could have answered too."""
        return self.place != "cloud" and not self.stayed


@dataclass(frozen=True, slots=True)
class Sum:
    """Several replies together. `micros` is what is known of their cost; `unknown` replies are not in it."""

    name: str = ""
    replies: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    cached_tokens: int = 0
    micros: int = 0
    unknown: int = 0
    estimated: int = 0


def entry_from(record: object, lost: list[str] | None = None) -> Entry:
    """An entry from its stored record; what of it cannot be read is named in `lost`. Raises Damaged."""
    return decode(Entry, record, lost)


def total(entries: Iterable[Entry], name: str = "") -> Sum:
    """All of them in one sum."""
    found = list(entries)
    return Sum(
        name,
        len(found),
        sum(entry.prompt_tokens for entry in found),
        sum(entry.reply_tokens for entry in found),
        sum(entry.cached_tokens for entry in found),
        sum(entry.micros or 0 for entry in found),
        sum(entry.micros is None for entry in found),
        sum(entry.basis == "estimated" for entry in found),
    )


def sums(entries: Iterable[Entry], by: Aspect) -> list[Sum]:
    """One sum for each day, model, feature or place: days in their order, others by what they cost, then by replies."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(getattr(entry, by), []).append(entry)
    found = [total(group, name) for name, group in groups.items()]
    if by == "day":
        return sorted(found, key=lambda item: item.name)
    return sorted(found, key=lambda item: (-item.micros, -item.replies, item.name))


class Ledger:
    """The entries on their shelf, each a record of its own, so that several open pages never undo each other's."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.entries: tuple[Entry, ...] = ()

    async def load(self) -> None:
        """Read every entry, the oldest first. Raises StorageError."""
        found = [entry_from(record) for record in await self._records.all(SHELF)]
        self.entries = tuple(sorted(found, key=lambda entry: entry.time))

    async def add(self, entry: Entry) -> None:
        """Write one more entry. Raises StorageError."""
        await self._records.write([(SHELF, entry.id, asdict(entry))])
        self.entries = (*self.entries, entry)

    async def clear(self) -> None:
        """Forget every entry. Raises StorageError."""
        await self.load()  # another page may have added some
        await self._records.write([], [(SHELF, entry.id) for entry in self.entries])
        self.entries = ()
