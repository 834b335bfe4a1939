"""Note types and decks of a collection: of the older form as JSON in one row, of the newer one as tables.

kinds_of(database)          # {1700000000001: AnkiKind(…)}
decks_of(database)          # {1: "Default", 1700000000002: "Lisbon::Maths"}
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from app.core.anki import AnkiField, AnkiKind, AnkiTemplate
from app.core.documents import UnreadableDocument
from app.core.reading import Unreadable, part, read_object
from app.core.reading import rows as items
from app.documents.anki.database import rows, whole
from app.documents.anki.wire import Message

MOST_KINDS, MOST_DECKS, MOST_FIELDS = 2_000, 20_000, 200
MOST_TEXT = 1_000_000  # characters of a template, a style
_CLOZE = 1


def is_latest(database: sqlite3.Connection) -> bool:
    """Whether note types and decks have tables of their own."""
    sql = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('notetypes', 'fields', 'templates')"
    [(count,)] = rows(database, sql)
    return count == 3


def kinds_of(database: sqlite3.Connection) -> dict[int, AnkiKind]:
    """The note types by their ids. Raises UnreadableDocument."""
    found = _latest_kinds(database) if is_latest(database) else _legacy_kinds(database)
    return {id: one for id, one in found.items() if one.fields and one.templates}


def decks_of(database: sqlite3.Connection) -> dict[int, str]:
    """The names of decks by their ids, "A::B" for a deck in another. Raises UnreadableDocument."""
    if is_latest(database):
        found = rows(database, f"SELECT id, name FROM decks LIMIT {MOST_DECKS}")
        named = {whole(id): str(name).replace("\x1f", "::") for id, name in found}
    else:
        kept = _column(database, "decks")
        named = {_number(id): _text(part(one), "name") for id, one in list(kept.items())[:MOST_DECKS]}
    return {id: " ".join(name.split())[:MOST_FIELDS] for id, name in named.items()}


def _column(database: sqlite3.Connection, name: str) -> Mapping[str, object]:
    [(text,)] = [*rows(database, f"SELECT {name} FROM col LIMIT 1")] or [("{}",)]
    try:
        return read_object(text or "{}")
    except Unreadable as error:
        raise UnreadableDocument("damaged", f"{name}: {error}") from error


def _legacy_kinds(database: sqlite3.Connection) -> dict[int, AnkiKind]:
    kept = list(_column(database, "models").items())[:MOST_KINDS]
    return {_number(id): _legacy_kind(_number(id), part(one)) for id, one in kept}


def _legacy_kind(id: int, one: Mapping[str, object]) -> AnkiKind:
    fields = sorted(items(one.get("flds")), key=lambda field: whole(field.get("ord")))
    templates = sorted(items(one.get("tmpls")), key=lambda template: whole(template.get("ord")))
    return AnkiKind(
        id,
        _text(one, "name"),
        tuple(_legacy_field(field) for field in fields[:MOST_FIELDS]),
        tuple(
            AnkiTemplate(_text(made, "name"), _text(made, "qfmt"), _text(made, "afmt"))
            for made in templates[:MOST_FIELDS]
        ),
        one.get("type") == _CLOZE,
        _text(one, "css"),
        _text(one, "latexPre"),
        _text(one, "latexPost"),
        whole(one.get("originalStockKind")),
    )


def _legacy_field(one: Mapping[str, object]) -> AnkiField:
    tag = one.get("tag")
    return AnkiField(
        _text(one, "name"),
        one.get("rtl") is True,
        _text(one, "font"),
        whole(one.get("size")),
        _text(one, "description"),
        0 if tag is None else whole(tag) + 1,
    )


def _latest_kinds(database: sqlite3.Connection) -> dict[int, AnkiKind]:
    fields, templates = defaultdict[int, list[AnkiField]](list), defaultdict[int, list[AnkiTemplate]](list)
    limit = MOST_KINDS * 20
    for id, name, config in rows(database, f"SELECT ntid, name, config FROM fields ORDER BY ntid, ord LIMIT {limit}"):
        fields[whole(id)].append(_latest_field(str(name), Message(_blob(config))))
    for id, name, config in rows(
        database, f"SELECT ntid, name, config FROM templates ORDER BY ntid, ord LIMIT {limit}"
    ):
        made = Message(_blob(config))
        templates[whole(id)].append(AnkiTemplate(str(name), made.text(1)[:MOST_TEXT], made.text(2)[:MOST_TEXT]))
    found = dict[int, AnkiKind]()
    for id, name, config in rows(database, f"SELECT id, name, config FROM notetypes LIMIT {MOST_KINDS}"):
        key, made = whole(id), Message(_blob(config))
        found[key] = AnkiKind(
            key,
            str(name),
            tuple(fields[key][:MOST_FIELDS]),
            tuple(templates[key][:MOST_FIELDS]),
            made.number(1) == _CLOZE,
            made.text(3)[:MOST_TEXT],
            made.text(5)[:MOST_TEXT],
            made.text(6)[:MOST_TEXT],
            made.number(9),
        )
    return found


def _latest_field(name: str, made: Message) -> AnkiField:
    part = made.number(10) + 1 if made.has(10) else 0
    return AnkiField(name, bool(made.number(2)), made.text(3), made.number(4), made.text(5), part)


def _blob(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _number(id: object) -> int:
    return whole(id, -(2**53))


def _text(one: Mapping[str, object], name: str) -> str:
    value = one.get(name)
    return value[:MOST_TEXT] if isinstance(value, str) else ""
