"""The `Librarian` of this room, which runs where it is: in the worker, and in tests.

    librarian = RoomLibrarian(lambda handle: File(paths[handle]), KeptIndex(store), vectors)
    reading = await librarian.read(handle, "tides.pdf", tell)

Reading goes step by step and lets others have their turn, so that it can be stopped and searching goes on beside it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence

from app.core.anki import AnkiFiles
from app.core.claims import Claim, Quote
from app.core.documents import Box, Hit, Lacking, Meant, Near, Passage, Reading, TellPages, Trial
from app.core.quiz import Grade, Judged, Made
from app.documents.files import File
from app.documents.kept import KeptIndex
from app.documents.meaning import Meaning, VectorStore
from app.documents.reading import read

TURN_SECONDS = 0.03  # of reading, then whoever waits has a turn


class RoomLibrarian:
    """`file_of` gives the file of a handle."""

    def __init__(self, file_of: Callable[[object], File], index: KeptIndex, vectors: VectorStore) -> None:
        self._file_of, self._index = file_of, index
        self._meaning = Meaning(index, vectors)
        self._anki: AnkiFiles | None = None

    async def read(self, handle: object, name: str, tell: TellPages) -> Reading:
        """What stands in a file. Raises UnreadableDocument, EncryptedDocument."""
        steps = read(self._file_of(handle), name)
        until = time.monotonic() + TURN_SECONDS
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

    async def page(self, handle: object, number: int, width: int) -> str:
        """A page of a PDF as a picture."""
        from app.documents.formats.pdf import Pdf
        from app.documents.shown import page_of

        with Pdf(str(self._file_of(handle).path)) as pdf:
            return page_of(pdf, number, width)

    async def boxes(self, handle: object, number: int, start: int, end: int) -> tuple[Box, ...]:
        """Where some characters of a page of a PDF stand."""
        from app.documents.formats.pdf import Pdf
        from app.documents.shown import boxes_of

        with Pdf(str(self._file_of(handle).path)) as pdf:
            return boxes_of(pdf, number, start, end)

    async def keep(
        self, document: str, title: str, language: str, reading: Reading, tell: TellPages = lambda done, pages: None
    ) -> int:
        """Put a document into the index; gives the number of its passages. `tell` hears that it goes on."""
        return await self._index.keep(document, title, language, reading, tell)

    async def drop(self, documents: Sequence[str]) -> None:
        """Take documents out of the index."""
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

    async def grade(self, answer: str, given: str) -> Grade:
        """Whether an answer is right."""
        from app.documents.quiz.grading import grade

        return grade(answer, given)

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
