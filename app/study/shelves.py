"""What the app keeps, one row a shelf: who reads its records, what they are called, whether a backup holds them.

    reader_of("turns", "3f2a9c")            # app.study.chats.turn_from
    told(records.damaged.values())          # "2 messages", "1 setting", as texts

A new shelf is a row here, with the next number for `since`: the database is made by these rows, backups and imports
know its records by them, and damage is told by them. A shelf is never renamed or taken away. A reader is imported when
a record of its shelf is first looked at: most visits never need most of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from app.core.ports import Records
from app.core.texts import Text
from app.records.checked import NAMED, CheckedRecords, Damage, Reader


@dataclass(frozen=True, slots=True)
class Kind:
    """Records of one shape. `reader` is a function as "module:name"; `counted` says how many there are. Without a
    `key` it is every record of its shelf. `since` is the version of the database that the app had when it came, 0 where
    that is its shelf's."""

    reader: str
    counted: Callable[[int], Text]
    key: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """`since` is the version of the database that has added it; no backup holds what is `left_out`."""

    name: str
    since: int
    kinds: tuple[Kind, ...] = ()
    left_out: bool = False


SHELVES = (
    Shelf("chats", 1, (Kind("app.study.chats:chat_from", lambda count: Text("study.chats", count=count)),)),
    Shelf("turns", 1, (Kind("app.study.chats:turn_from", lambda count: Text("study.messages", count=count)),)),
    Shelf(
        "settings",
        1,
        (
            Kind("app.session.settings:settings_from", lambda count: Text("study.settings", count=count), "settings"),
            Kind("app.models.store.sources:sources_from", lambda count: Text("study.catalogs", count=count), "sources"),
            Kind("app.session.state:services_from", lambda count: Text("study.providers", count=count), "cloud"),
            Kind("app.session.state:lists_from", lambda count: Text("study.cloud_models", count=count), "cloud-lists"),
            Kind("app.models.ollama.kept:kept_from", lambda count: Text("study.ollama", count=count), "ollama"),
            Kind(
                "app.study.library.best:typed_from",
                lambda count: Text("study.search_questions", count=count),
                "search",
                since=9,
            ),
            Kind("app.models.costs.choices:choices_from", lambda count: Text("study.costs", count=count), "costs"),
            Kind(
                "app.study.practice.limits:limits_from",
                lambda count: Text("study.practice", count=count),
                "practice",
                since=10,
            ),
            Kind(
                "app.study.practice.limits:outlook_from",
                lambda count: Text("study.practice_due", count=count),
                "practice-due",
                since=10,
            ),
        ),
    ),
    Shelf("models", 1, left_out=True),  # its records stand for the files of models, which no backup holds
    Shelf("pulls", 2, (Kind("app.models.ollama.pulls:kept_from", lambda count: Text("study.pulls", count=count)),)),
    Shelf("ledger", 3, (Kind("app.models.costs.ledger:entry_from", lambda count: Text("study.ledger", count=count)),)),
    Shelf(
        "measurements",
        4,
        (Kind("app.models.device.benchmark:measurement_from", lambda count: Text("study.measurements", count=count)),),
    ),
    Shelf(
        "gpu",
        5,
        (Kind("app.models.engines.gpu:verdict_from", lambda count: Text("study.gpu_checks", count=count)),),
        left_out=True,  # they are about this device
    ),
    Shelf("files", 6, (Kind("app.study.attachments:file_from", lambda count: Text("study.files", count=count)),)),
    Shelf(
        "drafts",
        6,
        (Kind("app.study.attachments:draft_from", lambda count: Text("study.drafts", count=count)),),
        left_out=True,  # like the words of a message that was not sent
    ),
    Shelf("personas", 7, (Kind("app.study.personas:persona_from", lambda count: Text("study.personas", count=count)),)),
    Shelf(
        "documents",
        8,
        (Kind("app.study.library.documents:document_from", lambda count: Text("study.documents", count=count)),),
    ),
    Shelf(
        "notebooks",
        8,
        (Kind("app.study.library.documents:notebook_from", lambda count: Text("study.notebooks", count=count)),),
    ),
    Shelf(
        "consents",
        9,
        (Kind("app.study.library.meaning:consent_from", lambda count: Text("study.consents", count=count)),),
        left_out=True,  # a file never says that words may leave
    ),
    Shelf(
        "notes",
        10,
        (Kind("app.study.practice.records:note_from", lambda count: Text("study.card_notes", count=count)),),
    ),
    Shelf("cards", 10, (Kind("app.study.practice.records:card_from", lambda count: Text("study.cards", count=count)),)),
    Shelf(
        "reviews",
        10,
        (Kind("app.study.practice.records:reviews_from", lambda count: Text("study.review_days", count=count)),),
    ),
    Shelf(
        "note_types",
        10,
        (Kind("app.study.practice.records:note_type_from", lambda count: Text("study.note_types", count=count)),),
    ),
    Shelf(
        "media", 10, (Kind("app.study.practice.records:media_from", lambda count: Text("study.media", count=count)),)
    ),
    Shelf(
        "quizzes",
        10,
        (Kind("app.study.practice.quizzes:quiz_from", lambda count: Text("study.quizzes", count=count)),),
    ),
    Shelf(
        "attempts",
        10,
        (Kind("app.study.practice.quizzes:attempt_from", lambda count: Text("study.attempts", count=count)),),
    ),
    Shelf(
        "writings",
        11,
        (Kind("app.study.writing.record:writing_from", lambda count: Text("study.writings", count=count)),),
    ),
)
#: the version of the database; a later one adds shelves
VERSION = max(shelf.since for shelf in SHELVES)
NAMES = tuple(shelf.name for shelf in SHELVES)
LEFT_OUT = frozenset(shelf.name for shelf in SHELVES if shelf.left_out)
_KINDS = {(shelf.name, kind.key): kind for shelf in SHELVES for kind in shelf.kinds}


def _kind(shelf: str, key: str) -> Kind | None:
    return _KINDS.get((shelf, key)) or _KINDS.get((shelf, ""))


@lru_cache(maxsize=64)
def _reader(place: str) -> Reader:
    module, _, name = place.partition(":")
    reader: Reader = getattr(import_module(module), name)
    return reader


def reader_of(shelf: str, key: str) -> Reader | None:
    """Who reads a record, None where nobody has said what it looks like."""
    kind = _kind(shelf, key)
    return _reader(kind.reader) if kind else None


def is_whole(shelf: str, key: str, record: object) -> bool:
    """Whether every part of a record can be read, and it is the one of that name. Raises Damaged where nothing of it
    can."""
    reader, lost = reader_of(shelf, key), list[str]()
    if shelf in NAMED and isinstance(record, Mapping) and record.get("id") != key:
        return False
    return reader is None or (reader(record, lost) is not None and not lost)


def checked(records: Records) -> CheckedRecords:
    """The records of the app behind their door."""
    return CheckedRecords(records, reader_of)


def told(damaged: Iterable[Damage]) -> tuple[Text, ...]:
    """How many of each kind."""
    kinds = Counter(_kind(one.shelf, one.key) for one in damaged)
    return tuple(
        kind.counted(number) if kind else Text("study.records", count=number) for kind, number in kinds.items()
    )
