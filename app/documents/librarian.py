"""The `Librarian` of this room, which runs where it is: in the worker, and in tests.

    librarian = RoomLibrarian(lambda handle: File(paths[handle]), KeptIndex(store), vectors)
    reading = await librarian.read(handle, "tides.pdf", tell)

Reading goes step by step and lets others have their turn, so that it can be stopped and searching goes on beside it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from app.core.anki import AnkiFiles
from app.core.claims import Claim, Quote
from app.core.documents import (
    Defined,
    Hit,
    Lacking,
    Meant,
    Near,
    PageDrawn,
    PageWanted,
    Passage,
    Reading,
    TellDrawn,
    TellPages,
    Trial,
    UnreadableDocument,
)
from app.core.quiz import Grade, Judged, Made
from app.documents.files import File
from app.documents.kept import KeptIndex, rarely
from app.documents.meaning import Meaning, VectorStore
from app.documents.reading import read

if TYPE_CHECKING:
    from app.documents.formats.pdf import Pdf
    from app.documents.shown import Pixels

TURN_SECONDS = 0.03  # of reading, then whoever waits has a turn
MOST_OPEN = 2  # PDFs of which pages are shown: each holds some MB


class RoomLibrarian:
    """`file_of` gives the file of a handle; `shut` is told which handle of `page` is not read from any more: a file
    stays open for the next page that is wanted of it."""

    def __init__(
        self,
        file_of: Callable[[object], File],
        index: KeptIndex,
        vectors: VectorStore,
        shut: Callable[[object], None] = lambda handle: None,
    ) -> None:
        self._file_of, self._index, self._shut = file_of, index, shut
        self._meaning = Meaning(index, vectors)
        self._open: dict[tuple[str, str], tuple[object, Pdf]] = {}  # by document and content, the last used one last
        self._anki: AnkiFiles | None = None

    async def read(self, handle: object, name: str, tell: TellPages) -> Reading:
        """What stands in a file. Raises UnreadableDocument, EncryptedDocument."""
        steps = read(self._file_of(handle), name)
        tell, until = rarely(tell), time.monotonic() + TURN_SECONDS
        try:
            while True:
                done, pages = next(steps)
                if time.monotonic() > until:
                    tell(done, pages)
                    await asyncio.sleep(0)
                    until = time.monotonic() + TURN_SECONDS
        except StopIteration as end:
            reading: Reading = end.value
            return reading
        finally:
            steps.close()

    async def page(self, handle: object, wanted: PageWanted, tell: TellDrawn) -> Pixels:
        """A page of a PDF; `tell` hears of no picture: that is given here."""
        from app.documents.shown import boxes_of, page_of, pixels_of, size_of

        key = wanted.document, wanted.sha256
        pdf = self._pdf(handle, key)
        try:
            with page_of(pdf, wanted.number) as page:
                tell(PageDrawn(*size_of(page, wanted.width), boxes_of(pdf, page, wanted) if wanted.end else ()))
                return pixels_of(page, wanted.width)
        except UnreadableDocument:  # the file may be gone
            self._close(key)
            raise

    def _pdf(self, handle: object, key: tuple[str, str]) -> Pdf:
        """The PDF of this document and content, opened once. Raises UnreadableDocument, EncryptedDocument."""
        from app.documents.formats.pdf import Pdf

        if kept := self._open.pop(key, None):
            self._shut(handle)
        else:
            try:
                kept = handle, Pdf(str(self._file_of(handle).path))
            except BaseException:
                self._shut(handle)
                raise
        self._open[key] = kept
        if len(self._open) > MOST_OPEN:
            self._close(next(iter(self._open)))
        return kept[1]

    def _close(self, key: tuple[str, str]) -> None:
        handle, pdf = self._open.pop(key)
        pdf.close()
        self._shut(handle)

    async def keep(
        self, document: str, title: str, language: str, reading: Reading, tell: TellPages = lambda done, pages: None
    ) -> int:
        """Put a document into the index; gives the number of its passages. `tell` hears that it goes on."""
        return await self._index.keep(document, title, language, reading, tell)

    async def drop(self, documents: Sequence[str]) -> None:
        """Take documents out of the index."""
        for key in [one for one in self._open if one[0] in documents]:
            self._close(key)
        await self._index.drop(documents)
        await self._meaning.drop(documents)

    async def find(
        self, words: str, documents: Sequence[str] | None, limit: int, near: Near | None = None
    ) -> tuple[Hit, ...]:
        """The best passages for some words, and for what they mean."""
        if near is None:
            return await self._index.find(words, documents, limit)
        return await self._meaning.find(words, documents, limit, near)

    async def lacking(self, key: str, documents: Sequence[str] | None, limit: int) -> Lacking:
        """The next passages that lack a vector."""
        return await self._meaning.lacking(key, documents, limit)

    async def keep_vectors(self, key: str, passages: Sequence[Meant], rows: Sequence[Sequence[float]]) -> None:
        """Keep the vectors of passages."""
        await self._meaning.keep(key, passages, rows)

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """Whole passages with their neighbours."""
        return await self._index.around(wanted, reach)

    async def trials(self, documents: Sequence[str], count: int) -> tuple[Trial, ...]:
        """Questions made of documents."""
        from app.documents.questions import trials

        return await self._index.ask(lambda index: trials(index, documents, count), ())

    async def check(self, reply: str, passages: Sequence[str], question: str) -> tuple[Claim, ...]:
        """What is to be said of each sentence of a reply."""
        from app.documents.claims.told import claims

        return claims(reply, passages, question)

    async def quotable(self, passages: Sequence[str], about: str, most: int) -> tuple[Quote, ...]:
        """The sentences of passages that have most in common with a text."""
        from app.documents.claims.told import quotable

        return quotable(passages, about, most)

    async def judge(self, reply: str, passage: str) -> Judged:
        """What became of a model's quiz item."""
        from app.documents.quiz.judging import judge

        return judge(reply, passage)

    async def clozes(self, documents: Sequence[str], count: int) -> tuple[Made, ...]:
        """Quiz items made of documents."""
        from app.documents.quiz.cloze import clozes

        return await self._index.ask(lambda index: clozes(index, documents, count), ())

    async def clozes_in(self, texts: Sequence[str], count: int) -> tuple[Made, ...]:
        """Quiz items made of texts."""
        from app.documents.quiz.cloze import clozes_in

        return clozes_in(texts, count)

    async def definitions(self, documents: Sequence[str], count: int) -> tuple[Defined, ...]:
        """Terms that documents define."""
        from app.documents.quiz.definitions import definitions

        return await self._index.ask(lambda index: definitions(index, documents, count), ())

    async def grade(self, answer: str, given: str) -> Grade:
        """Whether an answer is right."""
        from app.documents.quiz.grading import grade

        return grade(answer, given)

    async def gives_away(self, answer: str, question: str, text: str) -> bool:
        """Whether a text tells the answer to a question."""
        from app.documents.quiz.answers import gives_away

        return gives_away(answer, question, text)

    async def known(self) -> Mapping[str, str]:
        """The documents in the index, with the SHA-256 of what was read."""
        return await self._index.known()

    @property
    def anki(self) -> AnkiFiles:
        """Files of Anki's."""
        if self._anki is None:
            from app.documents.anki.desk import Desk

            self._anki = Desk(self._file_of)
        return self._anki

    def rest(self) -> None:
        """Nothing to end: whoever runs this ends it."""
