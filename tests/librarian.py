"""A librarian in memory, for tests of what stands around it: files are texts, "\\f" ends a page, "# " begins a heading.

    librarian = MemoryLibrarian()
    librarian.hold()                            # what is read waits from now on
    librarian.go()                              # and goes on

The real one is `app.documents.service`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from app.core.claims import Claim
from app.core.documents import (
    Box,
    DocumentError,
    EncryptedDocument,
    Heading,
    Hit,
    Kind,
    PageText,
    Passage,
    Reading,
    TellPages,
    UnreadableDocument,
)
from app.documents.claims.told import claims
from app.documents.index import Index
from app.documents.passages import passages_of


class MemoryLibrarian:
    """The `Librarian` port. A file that holds "locked" is encrypted, "scan" alone has no text, "broken" is damaged."""

    def __init__(self) -> None:
        self.index: dict[str, Reading] = {}
        self.reads: list[str] = []
        self.is_broken = self.is_lost = False
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

    async def page(self, handle: object, number: int, width: int) -> str:
        """The same picture for every page."""
        await asyncio.sleep(0)
        return "data:image/png;base64,iVBORw0KGgo="

    async def boxes(self, handle: object, number: int, start: int, end: int) -> tuple[Box, ...]:
        """One line."""
        await asyncio.sleep(0)
        return (Box(0.1, 0.2, 0.5, 0.03),)

    async def keep(self, document: str, title: str, language: str, reading: Reading) -> int:
        """Each page is a passage."""
        await asyncio.sleep(0)
        self.index[document] = reading
        return len(reading.pages)

    async def drop(self, documents: Sequence[str]) -> None:
        """Out of the index."""
        await asyncio.sleep(0)
        for id in documents:
            self.index.pop(id, None)

    async def find(self, words: str, documents: Sequence[str] | None, limit: int) -> tuple[Hit, ...]:
        """The pages that hold the words as they are typed."""
        await asyncio.sleep(0)
        hits = []
        for id, reading in self.index.items():
            for page in reading.pages:
                at = page.text.lower().find(words.lower())
                if at >= 0 and (documents is None or id in documents):
                    mark = ((at, at + len(words)),)
                    hits.append(Hit(id, page.number - 1, page.number, "", at, at + len(words), page.text, mark, 1.0))
        return tuple(hits[:limit])

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """Whole pages; none has neighbours."""
        await asyncio.sleep(0)
        pages = [(id, number, self.index[id].pages[number].text) for id, number in wanted if id in self.index]
        return tuple(Passage(id, number, number + 1, 0, len(text), "", text) for id, number, text in pages)

    async def check(self, reply: str, passages: Sequence[str], question: str) -> tuple[Claim, ...]:
        """By the real rules. Raises DocumentError while it `is_broken`."""
        await asyncio.sleep(0)
        if self.is_broken:
            raise DocumentError
        return claims(reply, passages, question)

    async def known(self) -> Mapping[str, str]:
        """What is in the index."""
        await asyncio.sleep(0)
        return dict.fromkeys(self.index, "")

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

    async def find(self, words: str, documents: Sequence[str] | None, limit: int) -> tuple[Hit, ...]:
        """By FTS5. Raises DocumentError while it `is_lost`."""
        await asyncio.sleep(0)
        if self.is_lost:
            raise DocumentError
        return self.real.find(words, documents, limit)

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """As the worker does."""
        await asyncio.sleep(0)
        return self.real.around(wanted, reach)
