"""The `Librarian` port: documents are read and found by static/js/workers/librarian.js, a second Python in a worker.

    librarian = WorkerLibrarian(base, keep)          # base: the page's own address, ends with "/"
    reading = await librarian.read(file, "tides.pdf", tell)     # a File or a Blob of the browser's

It starts when it is first asked and rests when nobody has asked for a while. A document that breaks it, or keeps it
silent for too long, ends it: whoever else waits is told, and the next call starts it again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import js
from pyodide.ffi import JsException
from pyscript.js_modules import comlink, storage, workers

from app.browser.ffi import callback, js_array, text_of
from app.browser.pace import first_of
from app.browser.workers import DidNotStart, first_answer
from app.core.claims import Claim, Quote
from app.core.documents import (
    Defined,
    DocumentError,
    EncryptedDocument,
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
    Why,
)
from app.core.errors import NotSupported
from app.core.quiz import Grade, Judged, Made
from app.core.reading import part, read_json
from app.core.shapes import Damaged, decode, decode_as
from app.core.texts import Text

if TYPE_CHECKING:
    from app.browser.anki import WorkerAnki

LOAD_SECONDS = 120.0  # 10 MB to fetch, and a Python to start
SILENT_SECONDS = 60.0  # a page takes milliseconds
STOP_SECONDS = 3.0  # it hears between two pages that it is to stop
IDLE_SECONDS = 120.0


class WorkerLibrarian:
    """`keep` asks the page to keep files of the app for offline use, by their addresses."""

    def __init__(self, base: str, keep: Callable[[Sequence[str]], None]) -> None:
        self._base, self._keep = base, keep
        self._worker: Any = None
        self._api: Any = None
        self._ended: asyncio.Future[None] | None = None  # done where the worker has ended while somebody waits
        self._starting = asyncio.Lock()
        self._last = self._busy = 0
        self._resting: asyncio.TimerHandle | None = None
        self._stopping: asyncio.Future[None] | None = None  # the last call that was stopped
        self._read_last: tuple[str, Reading] | None = None  # what was read, by the id of its call, until it is kept

    async def read(self, handle: object, name: str, tell: TellPages) -> Reading:
        """What stands in a file. Raises UnreadableDocument, EncryptedDocument, DocumentError."""
        id, answer = await self._answered("read", [name], handle, tell)
        reading = decode(Reading, _value(answer))
        self._read_last = id, reading
        return reading

    async def page(self, handle: object, wanted: PageWanted, tell: TellDrawn) -> None:
        """A page of a PDF. What `tell` hears of as its picture is a port, on which the worker gives the picture to the
        page on the screen without coming by here."""
        line = js.MessageChannel.new()

        def hear(told: str) -> None:
            tell(replace(decode(PageDrawn, read_json(told)), picture=line.port1))

        _, answer = await self._answered("page", [asdict(wanted)], handle, hear, line.port2)
        _value(answer)

    async def keep(self, document: str, title: str, language: str, reading: Reading) -> int:
        """Put a document into the index; gives the number of its passages."""
        last, self._read_last = self._read_last, None
        if last and last[1] is reading:  # the worker has it, unless another one was started
            kept = await self.ask("keep", [document, title, language, last[0]])
            if kept is not None:
                return decode_as(int, kept)
        return decode_as(int, await self.ask("keep", [document, title, language, asdict(reading)]))

    async def drop(self, documents: Sequence[str]) -> None:
        """Take documents out of the index."""
        await self.ask("drop", [list(documents)])

    async def find(
        self, words: str, documents: Sequence[str] | None, limit: int, near: Near | None = None
    ) -> tuple[Hit, ...]:
        """The best passages for some words, and for what they mean."""
        among = None if documents is None else list(documents)
        meant = [near.key, list(near.vector), near.alone, near.least] if near else []
        return decode_as(tuple[Hit, ...], await self.ask("find", [words, among, limit, *meant]))

    async def lacking(self, key: str, documents: Sequence[str] | None, limit: int) -> Lacking:
        """The next passages that lack a vector."""
        among = None if documents is None else list(documents)
        return decode(Lacking, await self.ask("lacking", [key, among, limit]))

    async def keep_vectors(self, key: str, passages: Sequence[Meant], rows: Sequence[Sequence[float]]) -> None:
        """Keep the vectors of passages."""
        known = [asdict(replace(one, text="")) for one in passages]  # it has the texts
        await self.ask("keep_vectors", [key, known, list(map(list, rows))])

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """Whole passages with their neighbours."""
        return decode_as(tuple[Passage, ...], await self.ask("around", [list(wanted), reach]))

    async def trials(self, documents: Sequence[str], count: int) -> tuple[Trial, ...]:
        """Questions made of documents."""
        return decode_as(tuple[Trial, ...], await self.ask("trials", [list(documents), count]))

    async def check(self, reply: str, passages: Sequence[str], question: str) -> tuple[Claim, ...]:
        """What is to be said of each sentence of a reply."""
        return decode_as(tuple[Claim, ...], await self.ask("check", [reply, list(passages), question]))

    async def quotable(self, passages: Sequence[str], about: str, most: int) -> tuple[Quote, ...]:
        """The sentences of passages that have most in common with a text."""
        return decode_as(tuple[Quote, ...], await self.ask("quotable", [list(passages), about, most]))

    async def judge(self, reply: str, passage: str) -> Judged:
        """What became of a model's quiz item."""
        return decode(Judged, await self.ask("judge", [reply, passage]))

    async def clozes(self, documents: Sequence[str], count: int) -> tuple[Made, ...]:
        """Quiz items made of documents."""
        return decode_as(tuple[Made, ...], await self.ask("clozes", [list(documents), count]))

    async def clozes_in(self, texts: Sequence[str], count: int) -> tuple[Made, ...]:
        """Quiz items made of texts."""
        return decode_as(tuple[Made, ...], await self.ask("clozes_in", [list(texts), count]))

    async def definitions(self, documents: Sequence[str], count: int) -> tuple[Defined, ...]:
        """Terms that documents define."""
        return decode_as(tuple[Defined, ...], await self.ask("definitions", [list(documents), count]))

    async def grade(self, answer: str, given: str) -> Grade:
        """Whether an answer is right."""
        return decode(Grade, await self.ask("grade", [answer, given]))

    async def gives_away(self, answer: str, question: str, text: str) -> bool:
        """Whether a text tells the answer to a question."""
        return decode_as(bool, await self.ask("gives_away", [answer, question, text]))

    async def known(self) -> Mapping[str, str]:
        """The documents in the index, with the SHA-256 of what was read."""
        return decode_as(dict[str, str], await self.ask("known", []))

    @property
    def anki(self) -> WorkerAnki:
        """Files of Anki's."""
        from app.browser.anki import WorkerAnki

        return WorkerAnki(self.ask)

    def rest(self) -> None:
        """End the worker, unless somebody waits for it."""
        if not self._busy:
            self._end()

    async def ask(self, name: str, given: list[object], handle: object = None, tell: TellPages | None = None) -> object:
        """What the worker answers to a call by its name, as plain data. Raises DocumentError."""
        return _value((await self._answered(name, given, handle, tell))[1])

    async def _answered(
        self, name: str, given: list[object], handle: object, tell: Callable[..., None] | None, line: Any = None
    ) -> tuple[str, Any]:
        """The call's id, and the answer as JSON; on the port `line` it gives a picture."""
        self._busy += 1
        self._last += 1
        id = str(self._last)  # here, since others ask while the worker starts
        if self._resting:
            self._resting.cancel()
        try:
            if self._stopping:  # what is asked now must not end with the worker that does not stop
                await asyncio.wait({self._stopping})
            async with self._starting:
                if self._api is None:
                    await self._start()
            if line is not None:
                line = comlink.transfer(line, js_array(line))
            return id, await self._answer(id, tell, (name, json.dumps(given), handle, line))
        finally:
            self._busy -= 1
            if not self._busy:
                self._resting = asyncio.get_running_loop().call_later(IDLE_SECONDS, self.rest)

    async def _answer(self, id: str, tell: Callable[..., None] | None, call: tuple[object, ...]) -> Any:
        """What the worker says. Stopping stops it, too."""
        name, given, handle, line = call
        api, ended, told = self._api, self._ended, [0]
        assert ended is not None

        def heard(event: Any) -> None:
            told[0] += 1
            if tell:
                tell(*event.data.to_py())

        channel = js.MessageChannel.new()
        with callback(heard) as on_message:
            channel.port1.onmessage = on_message
            port = comlink.transfer(channel.port2, js_array(channel.port2))
            # not with a star: that asks for the method first, and Comlink sends a question of its own for it
            asking = asyncio.ensure_future(api.ask(id, port, name, given, handle, line))
            try:
                await self._wait(asking, ended, told)
                return asking.result()
            except asyncio.CancelledError:
                self._stopping = asyncio.ensure_future(self._stop(api, id))
                raise
            except (JsException, TimeoutError) as error:  # it may be broken, or busy for ever
                self._end()
                raise DocumentError(detail=text_of(error)) from error
            finally:
                asking.cancel()
                channel.port1.onmessage = None
                channel.port1.close()

    async def _stop(self, api: Any, id: str) -> None:
        """Stop a call. A page that takes for ever is stopped with the worker."""
        try:
            await first_of({asyncio.ensure_future(api.stop(id))}, STOP_SECONDS)
        except (TimeoutError, JsException):
            if self._api is api:
                self._end()

    async def _wait(self, asking: asyncio.Future[Any], ended: asyncio.Future[None], told: list[int]) -> None:
        """Until there is an answer. Raises TimeoutError where the worker is silent, or has ended."""
        while not asking.done():
            before = told[0]
            try:
                await first_of({asking, ended}, SILENT_SECONDS)
            except TimeoutError:
                if told[0] == before:
                    raise
            if ended.done():
                raise TimeoutError

    async def _start(self) -> None:
        self._worker = workers.start(f"{self._base}static/vendor/scripts/librarian-worker.js")
        api = comlink.wrap(self._worker)
        try:
            files = await first_answer(self._worker, api.load(storage.used()), LOAD_SECONDS)
        except (DidNotStart, TimeoutError, JsException) as error:
            self._end()
            words = Text("documents.no_worker")
            raise NotSupported(words, Text("browser.reload"), again=True, detail=text_of(error)) from error
        except BaseException:
            self._end()
            raise
        self._api, self._ended = api, asyncio.get_running_loop().create_future()
        self._keep(files.to_py())

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.terminate()
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)
        self._worker = self._api = self._ended = None


def _value(answer: object) -> object:
    """The value of an answer. Raises what it tells of."""
    told = part(read_json(answer, is_shallow=True))  # of the app's own making
    if "value" in told:
        return told["value"]
    detail = str(told.get("detail", ""))
    if told.get("error") == "encrypted":
        raise EncryptedDocument(detail=detail)
    try:
        why: Why = decode_as(Why, told.get("why"))  # type: ignore[arg-type]
    except Damaged:
        why = "failed"
    raise UnreadableDocument(why, detail)
