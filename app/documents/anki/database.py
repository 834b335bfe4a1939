"""A database that somebody else has made: opened in memory, where nothing that it says is run.

    database = open_database(data)              # raises UnreadableDocument
    rows(database, "SELECT id, flds FROM notes WHERE id > ?", 0)

A question that takes too long is ended, and what is no plain table (a view, a trigger, a virtual table, a computed
column) is refused: any of them can make work without end, or call what the database's maker has chosen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from app.core.documents import UnreadableDocument

MOST_STEPS = 4_000  # of 100,000 of the database's own: more than the largest collection needs
MOST_OBJECTS = 64  # tables and indexes: a collection has about 30
MOST_LENGTH = 50_000_000  # bytes of one value: a collection's note types are the longest
_STEP = 100_000
_WAL = slice(18, 20)  # "write-ahead" or not, in the header
_HEAD = b"SQLite format 3\x00"


class Steps:
    """Ends a question that takes too long."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def open_database(data: bytes) -> sqlite3.Connection:
    """The database in some bytes. Raises UnreadableDocument."""
    if not data.startswith(_HEAD):
        raise UnreadableDocument("damaged", "header")
    plain = bytearray(data)
    plain[_WAL] = b"\x01\x01"  # one that was written ahead cannot be opened in memory, and there is no log beside it
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        database.deserialize(bytes(plain))
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_LENGTH)
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        database.create_collation("unicase", _compared)
        database.set_progress_handler(Steps(), _STEP)
        _check(database)
    except (sqlite3.Error, MemoryError) as error:
        database.close()
        raise UnreadableDocument("damaged", str(error)) from error
    except BaseException:
        database.close()
        raise
    return database


def _compared(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


def _check(database: sqlite3.Connection) -> None:
    objects = database.execute(f"SELECT type, name, sql FROM sqlite_master LIMIT {MOST_OBJECTS + 1}").fetchall()
    if len(objects) > MOST_OBJECTS:
        raise UnreadableDocument("damaged", f"objects: >{MOST_OBJECTS}")
    for kind, name, sql in objects:
        words = " ".join(str(sql or "").upper().split())
        if kind not in ("table", "index") or words.startswith("CREATE VIRTUAL"):
            raise UnreadableDocument("damaged", f"{kind} {name}")
        columns = database.execute("SELECT hidden FROM pragma_table_xinfo(?)", (name,)) if kind == "table" else ()
        if any(hidden for (hidden,) in columns):
            raise UnreadableDocument("damaged", f"computed {name}")


def rows(database: sqlite3.Connection, sql: str, *values: object) -> Iterator[tuple[object, ...]]:
    """What a question gives. Raises UnreadableDocument where the database cannot answer it."""
    try:
        yield from database.execute(sql, values)
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        raise UnreadableDocument("damaged", str(error)) from error


def whole(value: object, low: int = 0, high: int = 2**53) -> int:
    """A number of a database, where any field may hold anything; within bounds."""
    if isinstance(value, str) and value.lstrip("-").isdecimal() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value == value and abs(value) < 2**53:
        value = int(value)
    return min(max(value, low), high) if isinstance(value, int) else max(0, low)
