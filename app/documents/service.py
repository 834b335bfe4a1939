"""What the worker answers: the librarian behind a door of texts, as all that crosses into a worker.

    service = Service(RoomLibrarian(File, KeptIndex(store), vectors))
    await service.ask("7", "read", '["tides.pdf"]', "/files/7/file", tell, show)        # '{"value": {"kind": …}}'
    service.stop("7")                                                             # and that call is cancelled

What was read last can be kept by the id of its call; the answer is null where it is not there any more.

An answer is {"value": …}, or {"error": "encrypted" | "unreadable", "why": …, "detail": …}.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import TypeAlias

from app.core.documents import EncryptedDocument, Meant, Near, PageDrawn, PageWanted, Reading, UnreadableDocument
from app.core.reading import read_json
from app.core.shapes import decode, decode_as
from app.documents.librarian import RoomLibrarian

#: hears of a call before its answer: of pages (done, in all), or of a page that is about to be drawn, as JSON
Tell: TypeAlias = Callable[..., None]
#: takes a picture, which is no text: its bytes as `app.documents.shown.Pixels` has them, width and height
Show: TypeAlias = Callable[[memoryview, int, int], object]


@dataclass(frozen=True, slots=True)
class Call:
    """What a call comes with beside its arguments; the path of its file is "" where it has none."""

    id: str
    path: str
    tell: Tell
    show: Show


Answer: TypeAlias = Callable[[list[object], Call], Awaitable[object]]


class Service:
    """One librarian, and the calls that it works on."""

    def __init__(self, librarian: RoomLibrarian) -> None:
        self._librarian = librarian
        self._running: dict[str, asyncio.Task[object]] = {}
        self._read_last: tuple[str, Reading] | None = None  # by the id of its call, until it is kept
        self._answers: dict[str, Answer] = {
            "read": self._read,
            "page": self._page,
            "keep": self._keep,
            "drop": self._drop,
            "find": self._find,
            "lacking": self._lacking,
            "keep_vectors": self._keep_vectors,
            "around": self._around,
            "trials": self._trials,
            "check": self._check,
            "quotable": self._quotable,
            "judge": self._judge,
            "clozes": self._clozes,
            "clozes_in": self._clozes_in,
            "definitions": self._definitions,
            "grade": self._grade,
            "gives_away": self._gives_away,
            "known": self._known,
            "anki": self._anki,
        }

    async def ask(self, id: str, name: str, arguments: str, path: str, tell: Tell, show: Show) -> str:
        """Answer a call, which `stop` can end. Raises asyncio.CancelledError then."""
        given = read_json(arguments)
        assert isinstance(given, list)
        work = asyncio.ensure_future(self._answers[name](given, Call(id, path, tell, show)))
        self._running[id] = work
        try:
            return json.dumps({"value": await work})
        except EncryptedDocument as error:
            return json.dumps({"error": "encrypted", "detail": error.detail})
        except UnreadableDocument as error:
            return json.dumps({"error": "unreadable", "why": error.why, "detail": error.detail})
        finally:
            del self._running[id]

    def stop(self, id: str) -> None:
        """End a call; nothing where it has ended."""
        if id in self._running:
            self._running[id].cancel()

    async def _read(self, given: list[object], call: Call) -> object:
        (name,) = given
        reading = await self._librarian.read(call.path, str(name), call.tell)
        self._read_last = call.id, reading
        return asdict(reading)

    async def _page(self, given: list[object], call: Call) -> object:
        def tell(drawn: PageDrawn) -> None:
            boxes = [asdict(box) for box in drawn.boxes]
            call.tell(json.dumps({"width": drawn.width, "height": drawn.height, "boxes": boxes}))

        pixels = await self._librarian.page(call.path, decode(PageWanted, given[0]), tell)
        call.show(pixels.data, pixels.width, pixels.height)
        return None

    async def _keep(self, given: list[object], call: Call) -> object:
        document, title, language, told = given
        reading = self._taken(told) if isinstance(told, str) else decode(Reading, told)
        if reading is None:
            return None
        return await self._librarian.keep(str(document), str(title), str(language), reading, call.tell)

    def _taken(self, id: str) -> Reading | None:
        """What the last call to read has given, if it was this one, so that it need not come back; once."""
        last, self._read_last = self._read_last, None
        return last[1] if last and last[0] == id else None

    async def _drop(self, given: list[object], call: Call) -> object:
        await self._librarian.drop(decode_as(list[str], given[0]))
        return None

    async def _find(self, given: list[object], call: Call) -> object:
        words, documents, limit, *more = given
        among = None if documents is None else decode_as(list[str], documents)
        near = Near(str(more[0]), _numbers(more[1]), more[2] is True, decode_as(float, more[3])) if more else None
        return [asdict(hit) for hit in await self._librarian.find(str(words), among, decode_as(int, limit), near)]

    async def _lacking(self, given: list[object], call: Call) -> object:
        key, documents, limit = given
        among = None if documents is None else decode_as(list[str], documents)
        return asdict(await self._librarian.lacking(str(key), among, decode_as(int, limit)))

    async def _keep_vectors(self, given: list[object], call: Call) -> object:
        key, passages, rows = given
        vectors = list(map(_numbers, decode_as(list[object], rows)))
        await self._librarian.keep_vectors(str(key), decode_as(tuple[Meant, ...], passages), vectors)
        return None

    async def _around(self, given: list[object], call: Call) -> object:
        wanted, reach = decode_as(tuple[tuple[str, int], ...], given[0]), decode_as(int, given[1])
        return [asdict(one) for one in await self._librarian.around(wanted, reach)]

    async def _trials(self, given: list[object], call: Call) -> object:
        documents, count = decode_as(list[str], given[0]), decode_as(int, given[1])
        return [asdict(one) for one in await self._librarian.trials(documents, count)]

    async def _check(self, given: list[object], call: Call) -> object:
        reply, passages, question = given
        texts = decode_as(list[str], passages)
        return [asdict(claim) for claim in await self._librarian.check(str(reply), texts, str(question))]

    async def _quotable(self, given: list[object], call: Call) -> object:
        texts, most = decode_as(list[str], given[0]), decode_as(int, given[2])
        return [asdict(one) for one in await self._librarian.quotable(texts, str(given[1]), most)]

    async def _judge(self, given: list[object], call: Call) -> object:
        reply, passage = map(str, given)
        return asdict(await self._librarian.judge(reply, passage))

    async def _clozes(self, given: list[object], call: Call) -> object:
        documents, count = decode_as(list[str], given[0]), decode_as(int, given[1])
        return [asdict(one) for one in await self._librarian.clozes(documents, count)]

    async def _clozes_in(self, given: list[object], call: Call) -> object:
        texts, count = decode_as(list[str], given[0]), decode_as(int, given[1])
        return [asdict(one) for one in await self._librarian.clozes_in(texts, count)]

    async def _definitions(self, given: list[object], call: Call) -> object:
        documents, count = decode_as(list[str], given[0]), decode_as(int, given[1])
        return [asdict(one) for one in await self._librarian.definitions(documents, count)]

    async def _grade(self, given: list[object], call: Call) -> object:
        answer, told = map(str, given)
        return asdict(await self._librarian.grade(answer, told))

    async def _gives_away(self, given: list[object], call: Call) -> object:
        answer, question, text = map(str, given)
        return await self._librarian.gives_away(answer, question, text)

    async def _known(self, given: list[object], call: Call) -> object:
        return dict(await self._librarian.known())

    async def _anki(self, given: list[object], call: Call) -> object:
        from app.documents.anki import calls  # few ask for it

        return await calls.call(self._librarian.anki, given, call.path)


def _numbers(told: object) -> tuple[float, ...]:
    """A vector."""
    return tuple(map(float, decode_as(list[float], told)))
