"""The index: SQLite's FTS5 over the terms of passages, in memory, given and taken as bytes.

    index = Index.of(data)                          # raises DamagedIndex; Index() is an empty one
    index.keep("tides", "The tides", "en", digest, passages)
    index.find('moon "spring tide"', ("tides",), 20)    # (Hit("tides", 4, …), …)
    index.drop(["tides"])
    data = index.packed()

The terms stand in FTS5 alone, which keeps no texts; what is shown is cut out of the passages as they were written. The
two agree as long as `words.VERSION` is the same, so bytes of another version count as damaged: all that is in here is
made again from the documents.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice

from app.core.documents import BETWEEN, Hit, Passage
from app.documents import words
from app.documents.asking import Asked, asked
from app.documents.snippets import holds, snippet

VERSION = 2  # of the tables below
MOST_HITS = 200
#: A word in the title and the headings above counts so many times as one in the text.
TITLE_WEIGHT = 1.5
#: A title or heading stands with each passage below it where these are at most so many, else with the first: in a
#: library of one book all passages would hold the title's words, and FTS5 gives no weight to what most passages hold.
FEW = 10
_MAGIC = b"DrLeeLM index %d.%d\n" % (VERSION, words.VERSION)
_SUM = 4  # bytes of the check sum
_SCHEMA = f"""
create table documents (id integer primary key, name text unique not null, digest text not null, title text not null,
  language text not null);
create table passages (id integer primary key, document integer not null, number integer not null,
  page integer not null, start integer not null, until integer not null, heading text not null, text blob not null,
  after blob not null, label text not null);
create index of_document on passages (document);
create virtual table terms using fts5 (title, body, content='', tokenize='ascii');
insert into terms (terms, rank) values ('rank', 'bm25({TITLE_WEIGHT}, 1.0)');
"""
_FIELDS = "number, page, start, until, heading, text, after, label"
_COLUMNS = f"select documents.name, documents.language, {_FIELDS}"
#: A document's passages were put in one after the other; the number says whether that one is it.
_AT = f"""{_COLUMNS}, 0.0 from documents join passages on passages.document = documents.id
  where documents.name = ?1 and number = ?2
  and passages.id = (select min(id) from passages where document = documents.id) + ?2"""
_STAMP = 12  # bytes
Place = tuple[str, int]  # of a passage: its document and its number


class DamagedIndex(Exception):
    """These bytes are no index of this version, or were changed."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A passage as it was read from the tables; `score` is the better the larger."""

    document: str
    language: str
    number: int
    page: int
    start: int
    end: int
    heading: str
    said: bytes
    after: bytes
    label: str
    score: float

    @property
    def text(self) -> str:
        """As it was kept."""
        return _text(self.said)


@dataclass(frozen=True, slots=True)
class About:
    """What the passages of a document are as a model reads them: how many, in which language, with how many bytes, and
    a stamp of all their texts."""

    stamp: str
    count: int
    language: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Indexed:
    """A passage and its terms, of the titles over it and of its own."""

    passage: Passage
    titles: str
    body: str


class Index:
    """What can be found in documents. One thread."""

    def __init__(self) -> None:
        self._open()
        self._db.executescript(_SCHEMA)

    def _open(self, data: bytes | None = None) -> None:
        self._about: dict[str, About] = {}
        self._db = sqlite3.connect(":memory:")
        if data is not None:
            self._db.deserialize(data)
        self._has_gaps = False

    @classmethod
    def of(cls, data: bytes) -> Index:
        """The index that was packed. Raises DamagedIndex."""
        body = memoryview(data)[len(_MAGIC) + _SUM :]
        check = data[len(_MAGIC) : len(_MAGIC) + _SUM]
        if not data.startswith(_MAGIC) or check != _check(body):
            raise DamagedIndex
        made = cls.__new__(cls)
        made._open(bytes(body))
        return made

    def packed(self) -> bytes:
        """All of it. Nothing of a document that was dropped is left in here."""
        if self._has_gaps:
            self._db.execute("insert into terms (terms) values ('optimize')")
            self._db.commit()
            self._db.execute("vacuum")
            self._has_gaps = False
        body = self._db.serialize()
        return b"".join((_MAGIC, _check(body), body))

    def close(self) -> None:
        """Let go of its memory."""
        self._db.close()

    def keep(self, document: str, title: str, language: str, digest: str, passages: Sequence[Passage]) -> None:
        """Put a document into the index, all of it or nothing, in the place of what was there of it. `language` is a
        code as `words.language_of` gives it."""
        self.put(document, title, language, digest, list(indexed(title, language, passages)))

    def put(self, document: str, title: str, language: str, digest: str, passages: Sequence[Indexed]) -> None:
        """The same with the terms of passages that were made before."""
        with self._db:
            self._take_out(document)
            about = self._db.execute(
                "insert into documents (name, digest, title, language) values (?, ?, ?, ?)",
                (document, digest, _clean(title), language),
            )
            (last,) = self._db.execute("select coalesce(max(id), 0) from passages").fetchone()
            rows = [(last + at, about.lastrowid, *_fields(one.passage)) for at, one in enumerate(passages, 1)]
            self._db.executemany(f"insert into passages (id, document, {_FIELDS}) values (?,?,?,?,?,?,?,?,?,?)", rows)
            found_by = [(last + at, one.titles, one.body) for at, one in enumerate(passages, 1)]
            self._db.executemany("insert into terms (rowid, title, body) values (?, ?, ?)", found_by)

    def drop(self, documents: Iterable[str]) -> None:
        """Take documents out, those that are in here."""
        with self._db:
            for document in documents:
                self._take_out(document)

    def _take_out(self, document: str) -> None:
        """FTS5 keeps no texts, so it is told again which terms were put in."""
        self._about.pop(document, None)
        found = self._db.execute("select id, title, language from documents where name = ?", (document,)).fetchone()
        if found is None:
            return
        id, title, language = found
        query = f"select id, {_FIELDS} from passages where document = ? order by id"
        rows = self._db.execute(query, (id,)).fetchall()
        passages = [_passage(document, *row[1:]) for row in rows]
        for row, one in zip(rows, indexed(title, language, passages), strict=True):
            gone = (row[0], one.titles, one.body)
            self._db.execute("insert into terms (terms, rowid, title, body) values ('delete', ?, ?, ?)", gone)
        self._db.execute("delete from passages where document = ?", (id,))
        self._db.execute("delete from documents where id = ?", (id,))
        self._has_gaps = True

    def known(self) -> dict[str, str]:
        """The documents in here, with the digests they were kept with."""
        return dict(self._db.execute("select name, digest from documents"))

    def find(self, text: str, documents: Sequence[str] | None, limit: int) -> tuple[Hit, ...]:
        """The best passages for what was typed, best first, in these documents (None: in all)."""
        limit = min(limit, MOST_HITS)
        wanted = asked(text, self._languages(documents), self._is_known)
        if limit <= 0 or not (wanted.match or wanted.phrases):
            return ()
        rows = self._ranked(wanted, documents, limit) if wanted.match else self._every(documents)
        with closing(rows):
            good = (row for row in rows if all(holds(row.text, phrase) for phrase in wanted.phrases))
            return tuple(_hit(row, wanted) for row in islice(good, limit))

    def around(self, wanted: Iterable[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """Passages by document and number, and up to `reach` before and behind each on its page, in order."""
        fields = ", ".join(f"near.{field}" for field in _FIELDS.split(", "))
        query = f"""select documents.id, documents.name, {fields} from documents
            join passages as one on one.document = documents.id
            join passages as near on near.document = documents.id and near.page = one.page
            where documents.name = ? and one.number = ? and abs(near.number - one.number) <= ?"""
        found = {row[:3]: row for name, number in wanted for row in self._db.execute(query, (name, number, reach))}
        return tuple(_passage(*found[key][1:]) for key in sorted(found))

    # -- by meaning

    def places(self, text: str, documents: Sequence[str] | None, depth: int) -> list[Place]:
        """Where the words of what was typed are found, best first."""
        wanted = asked(text, self._languages(documents), self._is_known)
        if not wanted.match:
            return []
        with closing(self._ranked(wanted, documents, min(depth, MOST_HITS))) as rows:
            return [(row.document, row.number) for row in islice(rows, depth)]

    def shown(self, text: str, documents: Sequence[str] | None, places: Iterable[Place], limit: int) -> tuple[Hit, ...]:
        """What is at these places, those that hold what was typed in quotes."""
        wanted = asked(text, self._languages(documents), self._is_known)
        found = (row for place in places for row in self._rows(_AT, place))
        good = (row for row in found if all(holds(row.text, phrase) for phrase in wanted.phrases))
        return tuple(replace(_hit(row, wanted), score=1 / at) for at, row in enumerate(islice(good, limit), 1))

    def about(self, documents: Sequence[str] | None = None) -> dict[str, About]:
        """What is in the documents (None: in all), those that are in here, in the order they are named."""
        names = self.known() if documents is None else documents
        for name in names:
            if name not in self._about and (texts := self.meant(name)):
                said = [text.encode("utf-8", "replace") for _, text in texts]
                stamp = hashlib.blake2b(b"\0".join(said), digest_size=_STAMP).hexdigest()
                language = self._languages([name])[0]
                self._about[name] = About(stamp, len(texts), language, sum(map(len, said)))
        return {name: self._about[name] for name in names if name in self._about}

    def meant(self, document: str, first: int = 0, limit: int = -1) -> list[tuple[int, str]]:
        """Passages of a document from number `first` on, by their numbers, as a model is to read them."""
        query = """select number, title, heading, text from passages join documents on documents.id = passages.document
            where documents.name = ? and number >= ? order by number limit ?"""
        rows = self._db.execute(query, (document, first, limit))
        return [(number, meant(title, heading, _text(text))) for number, title, heading, text in rows]

    # -- rows

    def _languages(self, documents: Sequence[str] | None) -> list[str]:
        """Those of the documents, the most frequent first."""
        where, values = _among(documents)
        query = f"select language from documents where {where} group by language order by count(*) desc, language"
        return [language for (language,) in self._db.execute(query, values)]

    def frequency(self, term: str) -> int:
        """In how many passages a term stands, or over how many."""
        query = "select count(*) from terms where terms match ?"
        count: int = self._db.execute(query, (f'"{term}"',)).fetchone()[0]
        return count

    def _is_known(self, term: str) -> bool:
        return (
            self._db.execute("select 1 from terms where terms match ? limit 1", (f'"{term}"',)).fetchone() is not None
        )

    def _ranked(self, wanted: Asked, documents: Sequence[str] | None, limit: int) -> Generator[_Row]:
        """What FTS5 finds; as many as are wanted, but all where phrases choose among them."""
        where, values = _among(documents)
        query = f"""{_COLUMNS}, -terms.rank from terms join passages on passages.id = terms.rowid
            join documents on documents.id = passages.document
            where terms match ? and {where} order by terms.rank limit ?"""
        return self._rows(query, (wanted.match, *values, -1 if wanted.phrases else limit))

    def _every(self, documents: Sequence[str] | None) -> Generator[_Row]:
        """All passages, of which none is better than another."""
        where, values = _among(documents)
        return self._rows(
            f"""{_COLUMNS}, 0.0 from passages join documents on documents.id = passages.document
            where {where} order by passages.id""",
            values,
        )

    def _rows(self, query: str, values: Sequence[object]) -> Generator[_Row]:
        for row in self._db.execute(query, tuple(values)):
            yield _Row(*row)


def _among(documents: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    if documents is None:
        return "true", ()
    return "documents.name in (select value from json_each(?))", (json.dumps(list(documents)),)


def _hit(row: _Row, wanted: Asked) -> Hit:
    shown = snippet(row.text, row.language, wanted)
    place = (row.document, row.number, row.page, row.heading, row.start, row.end)
    return Hit(*place, shown.text, shown.marks, row.score)


def _titles(title: str, passages: Sequence[Passage]) -> list[str]:
    """What each passage of a document is found by besides its text."""
    chains = [tuple(_clean(one.heading).split(BETWEEN)) if one.heading else () for one in passages]
    below = Counter(chain[:depth] for chain in chains for depth in range(len(chain) + 1))
    made, seen = [], set[tuple[str, ...]]()
    for chain in chains:
        over = [chain[:depth] for depth in range(len(chain) + 1)]
        made.append("\n".join((one or (title,))[-1] for one in over if below[one] <= FEW or one not in seen))
        seen.update(over)
    return made


def indexed(title: str, language: str, passages: Sequence[Passage]) -> Iterator[Indexed]:
    """The passages of a document with what they are found by, one after the other: a large one takes seconds."""
    before, over = "", ""  # what was over the last passage is over this one, mostly
    for passage, titles in zip(passages, _titles(_clean(title), passages), strict=True):
        if titles != before:
            before, over = titles, " ".join(words.terms(titles, language))
        yield Indexed(passage, over, " ".join(words.terms(passage.text, language)))


def meant(title: str, heading: str, text: str) -> str:
    """A passage as a model is to read it that makes vectors: below its titles."""
    return "\n".join(filter(None, (title, heading, text)))


def _passage(
    document: str, number: int, page: int, start: int, end: int, heading: str, text: bytes, after: bytes, label: str
) -> Passage:
    return Passage(document, number, page, start, end, heading, _text(text), _text(after), label)


def _fields(one: Passage) -> tuple[object, ...]:
    texts = map(_stored, (one.text, one.after))
    return (one.number, one.page, one.start, one.end, _clean(one.heading), *texts, _clean(one.label))


def _stored(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogatepass")


def _clean(text: str) -> str:
    """A text that SQLite takes: half a sign is a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _check(body: bytes | memoryview) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM, "big")
