"""A librarian in memory, for tests of what stands around it: files are texts, "\\f" ends a page, "# " begins a heading.

    librarian = MemoryLibrarian()
    librarian.hold()                            # what is read waits from now on
    librarian.go()                              # and goes on

The real one is `app.documents.service`.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.core.anki import AnkiFiles
from app.core.claims import Claim, Quote
from app.core.document_kinds import Kind
from app.core.documents import (
    Box,
    Defined,
    DocumentError,
    EncryptedDocument,
    Heading,
    Hit,
    Lacking,
    Meant,
    Near,
    PageDrawn,
    PageText,
    PageWanted,
    Passage,
    Reading,
    TellDrawn,
    TellPages,
    Trial,
    UnreadableDocument,
)
from app.core.quiz import BLANK, Grade, Item, Judged, Made
from app.documents.anki.desk import Desk
from app.documents.claims.told import claims, quotable
from app.documents.files import File
from app.documents.index import Index
from app.documents.passages import passages_of
from app.documents.quiz.answers import gives_away
from app.documents.quiz.cloze import clozes_in
from app.documents.quiz.definitions import definitions
from app.documents.quiz.grading import grade
from app.documents.quiz.judging import judge


def file_of(handle: object) -> File:
    """A file on disk with some bytes, for what only reads such."""
    assert isinstance(handle, bytes)
    path = Path(tempfile.mkdtemp()) / "file"
    path.write_bytes(handle)
    return File(path)


class MemoryLibrarian:
    """The `Librarian` port. A file that holds "locked" is encrypted, "scan" alone has no text, "broken" is damaged."""

    def __init__(self) -> None:
        self.index: dict[str, Reading] = {}
        self.reads: list[str] = []
        self.vectors: dict[str, dict[tuple[str, int], tuple[float, ...]]] = {}
        self.is_broken = self.is_lost = False
        self.breaking = ""  # a text that ends the worker wherever it is to be indexed
        self.desk = Desk(file_of)
        self._free = asyncio.Event()
        self._free.set()

    def hold(self) -> None:
        """Read no further after the first page."""
        self._free.clear()

    def go(self) -> None:
        """Read on."""
        self._free.set()

    async def read(self, handle: object, name: str, tell: TellPages) -> Reading:
        """By its content."""
        assert isinstance(handle, bytes)
        self.reads.append(name)
        text = handle.decode()
        if text == "locked":
            raise EncryptedDocument
        if text == "broken":
            raise UnreadableDocument("damaged")
        pages = text.split("\f")
        for number in range(len(pages)):
            tell(number + 1, len(pages))
            await asyncio.sleep(0)
            await self._free.wait()
        kept = tuple(PageText(number, page) for number, page in enumerate(pages, 1))
        heads = tuple(
            Heading(1, line[2:], page.number, page.text.index(line) + 2)
            for page in kept
            for line in page.text.splitlines()
            if line.startswith("# ")
        )
        kind: Kind = "pdf" if name.endswith(".pdf") else "text"
        return Reading(kind, "", "en", kept, heads, has_text=text != "scan")

    async def page(self, handle: object, wanted: PageWanted, tell: TellDrawn) -> None:
        """A picture that says which page it is, with one line marked."""
        await asyncio.sleep(0)
        boxes = (Box(0.1, 0.2, 0.5, 0.03),) if wanted.end else ()
        tell(PageDrawn(wanted.width, 2000, boxes, f"page {wanted.number}"))

    async def keep(self, document: str, title: str, language: str, reading: Reading) -> int:
        """Each page is a passage."""
        await asyncio.sleep(0)
        if self.breaking and reading.pages[0].text == self.breaking:
            raise DocumentError
        self.index[document] = reading
        return len(reading.pages)

    async def drop(self, documents: Sequence[str]) -> None:
        """Out of the index, behind what is being read: the worker does one thing at a time."""
        await asyncio.sleep(0)
        await self._free.wait()
        for id in documents:
            self.index.pop(id, None)
            for rows in self.vectors.values():
                for place in [one for one in rows if one[0] == id]:
                    del rows[place]

    async def lacking(self, key: str, documents: Sequence[str] | None, limit: int) -> Lacking:
        """Each page is a passage, its text the stamp."""
        await asyncio.sleep(0)
        among = self.index if documents is None else documents
        known = [(id, page) for id in among if id in self.index for page in self.index[id].pages]
        every = [Meant(id, self.index[id].pages[0].text, page.number - 1, page.text) for id, page in known]
        left = [one for one in every if (one.document, one.number) not in self.vectors.get(key, {})]
        size = sum(len(one.text) for one in left)
        languages = Counter(self.index[one.document].language for one in every)
        return Lacking(tuple(left[:limit]), len(every) - len(left), len(every), size, tuple(languages.most_common()))

    async def keep_vectors(self, key: str, passages: Sequence[Meant], rows: Sequence[Sequence[float]]) -> None:
        """Those of documents that are here."""
        await asyncio.sleep(0)
        for one, row in zip(passages, rows, strict=True):
            if one.document in self.index:
                self.vectors.setdefault(key, {})[one.document, one.number] = tuple(row)

    async def find(
        self, words: str, documents: Sequence[str] | None, limit: int, near: Near | None = None
    ) -> tuple[Hit, ...]:
        """The pages that hold the words as they are typed, then those that are near."""
        await asyncio.sleep(0)
        hits = self._near(near, documents) if near else []
        for id, reading in self.index.items():
            for page in reading.pages:
                at = page.text.lower().find(words.lower())
                if at >= 0 and (documents is None or id in documents):
                    mark = ((at, at + len(words)),)
                    hits.append(Hit(id, page.number - 1, page.number, "", at, at + len(words), page.text, mark, 1.0))
        first: dict[tuple[str, int], Hit] = {}
        for hit in hits:
            first.setdefault((hit.document, hit.passage), hit)
        return tuple(first.values())[:limit]

    def _near(self, near: Near, documents: Sequence[str] | None) -> list[Hit]:
        known = self.vectors.get(near.key, {})
        rows = [
            (sum(map(float.__mul__, row, near.vector)), place) for place, row in known.items() if place[0] in self.index
        ]
        return [
            Hit(id, number, number + 1, "", 0, len(text), text, (), alike)
            for alike, (id, number) in sorted(rows, reverse=True)
            if (documents is None or id in documents) and alike > 0
            for text in [self.index[id].pages[number].text]
        ]

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """Whole pages; none has neighbours."""
        await asyncio.sleep(0)
        pages = [(id, number, self.index[id].pages[number].text) for id, number in wanted if id in self.index]
        return tuple(Passage(id, number, number + 1, 0, len(text), "", text) for id, number, text in pages)

    async def trials(self, documents: Sequence[str], count: int) -> tuple[Trial, ...]:
        """The first line of each page, which is its question."""
        await asyncio.sleep(0)
        pages = [(id, page) for id in documents if id in self.index for page in self.index[id].pages]
        return tuple(Trial(page.text.split("\n")[0], id, page.number - 1) for id, page in pages)[:count]

    async def check(self, reply: str, passages: Sequence[str], question: str) -> tuple[Claim, ...]:
        """By the real rules. Raises DocumentError while it `is_broken`."""
        await asyncio.sleep(0)
        if self.is_broken:
            raise DocumentError
        return claims(reply, passages, question)

    async def quotable(self, passages: Sequence[str], about: str, most: int) -> tuple[Quote, ...]:
        """By the real rules."""
        await asyncio.sleep(0)
        return quotable(passages, about, most)

    async def judge(self, reply: str, passage: str) -> Judged:
        """By the real rules."""
        await asyncio.sleep(0)
        return judge(reply, passage)

    async def clozes(self, documents: Sequence[str], count: int) -> tuple[Made, ...]:
        """The first long word of each page's first line."""
        await asyncio.sleep(0)
        pages = [(id, page) for id in documents if id in self.index for page in self.index[id].pages]
        return tuple(_cloze(id, page) for id, page in pages)[:count]

    async def clozes_in(self, texts: Sequence[str], count: int) -> tuple[Made, ...]:
        """By the real rules."""
        await asyncio.sleep(0)
        return clozes_in(texts, count)

    async def definitions(self, documents: Sequence[str], count: int) -> tuple[Defined, ...]:
        """By the real rules, each page being a passage."""
        await asyncio.sleep(0)
        index = Index()
        for id in documents:
            pages = self.index[id].pages if id in self.index else ()
            kept = [Passage(id, page.number - 1, page.number, 0, len(page.text), "", page.text) for page in pages]
            index.keep(id, "", "en", "", kept)
        return definitions(index, None, count)

    async def grade(self, answer: str, given: str) -> Grade:
        """By the real rules."""
        await asyncio.sleep(0)
        return grade(answer, given)

    async def gives_away(self, answer: str, question: str, text: str) -> bool:
        """By the real rules."""
        await asyncio.sleep(0)
        return gives_away(answer, question, text)

    async def known(self) -> Mapping[str, str]:
        """What is in the index."""
        await asyncio.sleep(0)
        return dict.fromkeys(self.index, "")

    @property
    def anki(self) -> AnkiFiles:
        """By the real reader and writer."""
        return self.desk

    def rest(self) -> None:
        """Nothing runs."""


class IndexLibrarian(MemoryLibrarian):
    """The same with the real index: passages of a hundred words, found as they are in the app."""

    def __init__(self) -> None:
        super().__init__()
        self.real = Index()

    async def keep(self, document: str, title: str, language: str, reading: Reading) -> int:
        """As the worker does."""
        await super().keep(document, title, language, reading)
        passages = list(passages_of(document, reading))
        self.real.keep(document, title, language, "", passages)
        return len(passages)

    async def drop(self, documents: Sequence[str]) -> None:
        """Out of both."""
        await super().drop(documents)
        self.real.drop(documents)

    async def find(
        self, words: str, documents: Sequence[str] | None, limit: int, near: Near | None = None
    ) -> tuple[Hit, ...]:
        """By FTS5. Raises DocumentError while it `is_lost`."""
        await asyncio.sleep(0)
        if self.is_lost:
            raise DocumentError
        return self.real.find(words, documents, limit)

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """As the worker does."""
        await asyncio.sleep(0)
        return self.real.around(wanted, reach)


def _cloze(document: str, page: PageText) -> Made:
    line = page.text.split("\n")[0]
    word = max(line.split(), key=len).strip(".,")
    item = Item("cloze", line.replace(word, BLANK, 1), word, (), "", "", 0, len(line))
    return Made(document, page.number - 1, item)
