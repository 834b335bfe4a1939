"""Who owns the shape of each stored record, and what it is called.

    reader_of("turns", "3f2a9c")            # app.study.chats.turn_from
    told(records.damaged.values())          # "2 messages, 1 setting"

A reader is imported when a record of its shelf is first looked at. `LATER` in app.session.later does the same for
actions: most visits never need most of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module

from app.core.ports import Records
from app.core.text import count
from app.records.checked import CheckedRecords, Damage, Reader

#: by (shelf, key), or (shelf, "") for every record of a shelf: the module, its reader, one of them, several of them
SHELVES: dict[tuple[str, str], tuple[str, str, str, str]] = {
    ("settings", "settings"): ("app.session.settings", "settings_from", "record of settings", "records of settings"),
    ("settings", "sources"): ("app.models.store.sources", "sources_from", "list of catalogues", "lists of catalogues"),
    ("settings", "cloud"): ("app.session.state", "services_from", "list of providers", "lists of providers"),
    ("settings", "cloud-lists"): ("app.session.state", "lists_from", "list of cloud models", "lists of cloud models"),
    ("settings", "ollama"): ("app.models.ollama.kept", "kept_from", "Ollama setting", "Ollama settings"),
    ("settings", "costs"): ("app.models.costs.choices", "choices_from", "cost setting", "cost settings"),
    ("chats", ""): ("app.study.chats", "chat_from", "chat", "chats"),
    ("turns", ""): ("app.study.chats", "turn_from", "message", "messages"),
    ("ledger", ""): ("app.models.costs.ledger", "entry_from", "usage entry", "usage entries"),
    ("measurements", ""): ("app.models.device.benchmark", "measurement_from", "measurement", "measurements"),
    ("pulls", ""): ("app.models.ollama.pulls", "kept_from", "Ollama download", "Ollama downloads"),
}


def _row(shelf: str, key: str) -> tuple[str, str, str, str] | None:
    return SHELVES.get((shelf, key)) or SHELVES.get((shelf, ""))


@lru_cache(maxsize=64)
def _reader(module: str, name: str) -> Reader:
    reader: Reader = getattr(import_module(module), name)
    return reader


def reader_of(shelf: str, key: str) -> Reader | None:
    """Who reads a record, None where nobody has said what it looks like."""
    row = _row(shelf, key)
    return _reader(row[0], row[1]) if row else None


def is_whole(shelf: str, key: str, record: object) -> bool:
    """Whether every part of a record can be read. Raises Damaged where nothing of it can."""
    reader, lost = reader_of(shelf, key), list[str]()
    return reader is None or (reader(record, lost) is not None and not lost)


def checked(records: Records) -> CheckedRecords:
    """The records of the app behind their door."""
    return CheckedRecords(records, reader_of)


def told(damaged: Iterable[Damage]) -> str:
    """How many of each kind, in words."""
    kinds = Counter((_row(one.shelf, one.key) or ("", "", "record", "records"))[2:] for one in damaged)
    return ", ".join(count(number, one, several) for (one, several), number in kinds.items())
