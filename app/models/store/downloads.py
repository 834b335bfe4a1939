"""Download: the chunks of one file from its sources, each checked before it is handed on.

    download = Download(stored, web, on_note=show)
    async with aclosing(download.pieces(range(3, 12), stored.hash_state)) as pieces:
        async for piece in pieces: ...                 # commit piece.handle as chunk piece.index

One Range request per chunk. A source that fails for a while is asked again with growing pauses; one that says no, or
sends something else, is left for the next one. Bytes of two files are never mixed: see `_check_same` and `_agree`.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field

from app.core.errors import AppError, Changed, DownloadError, Interrupted, Refused
from app.core.places import Purpose
from app.core.ports import Blobs, Clock, Fetch, Hashed, Hasher, PartReply, Parts, Reply, ReplyHead
from app.core.texts import Text
from app.models.store.refusals import WrongBytes, refusal, token_refused, too_little, unreachable, wrong_length
from app.models.store.stored import Stored

STALL_SECONDS = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
FEW, MANY = 4, 8  # failures in a row after which a source is left: one that never gave a byte, one that did
BRISK_SECONDS = 5.0  # a chunk that takes less is fetched at one stroke, others are watched byte by byte


@dataclass(frozen=True, slots=True)
class Piece:
    """One chunk that has arrived whole, and the source's mark (ETag or date, "" where there is none)."""

    index: int
    handle: object
    hashed: Hashed
    url: str
    mark: str


@dataclass(slots=True)
class Web:
    """How files are fetched, whole or (large ones) in parts, and whether there is a network. `headers_for` adds a token
    for the hosts that have one. `wake` ends every pause: the network is back."""

    fetch: Fetch
    parts: Parts
    hasher: Hasher
    blobs: Blobs
    clock: Clock
    headers_for: Callable[[str], Mapping[str, str]] = lambda url: {}
    jitter: Callable[[], float] = random.random
    stall_seconds: float = STALL_SECONDS
    is_online: bool = True
    _sleepers: set[asyncio.Task[object]] = field(default_factory=set)

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until somebody wakes us. Without a network only the latter helps."""
        sleep = self.clock.sleep(seconds) if self.is_online else asyncio.Event().wait()
        sleeper: asyncio.Task[object] = asyncio.ensure_future(sleep)
        self._sleepers.add(sleeper)
        try:
            await asyncio.wait({sleeper})
        finally:
            self._sleepers.discard(sleeper)
            sleeper.cancel()

    def wake(self) -> None:
        """End every pause now."""
        for sleeper in tuple(self._sleepers):
            sleeper.cancel()

    async def ask(
        self, url: str, purpose: Purpose, span: str = "", method: str = "GET", *, with_token: bool = True
    ) -> Reply:
        """One request for all of a file or a `span` ("bytes=0-99") of it, with the token that the host has or without.

        Raises Interrupted where nothing comes."""
        headers = {**({"Range": span} if span else {}), **(self.headers_for(url) if with_token else {})}
        async with self.watched():
            return await self.fetch(url, purpose=purpose, method=method, headers=headers)

    async def ask_part(self, url: str, start: int, end: int) -> PartReply:
        """The request for the bytes from `start` to before `end` of a file. Raises Interrupted where nothing comes."""
        headers = {"Range": f"bytes={start}-{end - 1}", **self.headers_for(url)}
        async with self.watched():
            return await self.parts(url, purpose=Purpose.MODEL_FILE, headers=headers)

    async def small_body(self, reply: Reply, most_bytes: int) -> bytes:
        """A body that fits into memory; reading ends beyond `most_bytes`. Raises Interrupted."""
        data = b""
        async with self.watched() as heard:
            async for part in reply.aiter_bytes():
                heard()
                data += part
                if len(data) > most_bytes:
                    break
        return data

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[Callable[[], None]]:
        """Something that a source answers, to be cancelled where it is not `heard` of for `stall_seconds`.

        Raises Interrupted."""
        now = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout(self.stall_seconds) as limit:
                yield lambda: limit.reschedule(now() + self.stall_seconds)
        except TimeoutError as error:
            raise Interrupted(Text("store.stalled", seconds=f"{self.stall_seconds:g}")) from error


class Download:
    """One file. `on_note` is told what is waited for (None when bytes flow again), `on_bytes` how many bytes of
    the present chunk have come."""

    def __init__(
        self,
        stored: Stored,
        web: Web,
        on_note: Callable[[Text | None], None] = lambda text: None,
        on_bytes: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._stored, self._web = stored, web
        self._on_note, self._on_bytes = on_note, on_bytes
        self._left = [source.url for source in stored.model.sources]  # sources not given up, in order
        self._errors: list[tuple[str, AppError]] = []
        self._given = {url for url, _ in stored.validators}  # sources that have given bytes
        self._marks = dict(stored.validators)
        self._failures = 0
        self._wrong: set[tuple[str, int]] = set()
        self._chunk_seconds = BRISK_SECONDS
        self._saw_total = False

    async def pieces(self, indexes: Sequence[int], state: str = "") -> AsyncGenerator[Piece, None]:
        """The chunks of these indexes in order; `state` is the whole file's hash before the first of them.

        Raises Interrupted, Refused, Changed where no source is left.
        """
        wanted, at = list(indexes), 0
        while at < len(wanted):
            url = self._left[0]
            try:
                async with aclosing(self._pieces_of(url, wanted[at:], state)) as arriving:
                    async for piece in arriving:
                        at, state, self._failures = at + 1, piece.hashed.state, 0
                        self._given.add(url)
                        self._marks[url] = piece.mark or self._marks.get(url, "")
                        self._on_note(None)
                        yield piece
            except Interrupted as error:
                await self._back_off(url, error)
            except WrongBytes as error:
                if (url, wanted[at]) in self._wrong:
                    self._drop_source(url, error)
                self._wrong.add((url, wanted[at]))
            except DownloadError as error:
                self._drop_source(url, error)

    async def size(self) -> int:
        """How long the file is, asked of the sources in order. Raises Interrupted, Refused."""
        while True:
            url = self._left[0]
            try:
                return await self._size_at(url)
            except Interrupted as error:
                await self._back_off(url, error)
            except DownloadError as error:
                self._drop_source(url, error)

    async def _size_at(self, url: str) -> int:
        reply = await self._web.ask(url, Purpose.MODEL_LOOK, "bytes=0-0")
        try:
            if reply.status == 206 and (total := _content_range(reply)[2]):
                return total
            if reply.status not in (200, 206):
                raise refusal(self._stored.model, url, reply)
        finally:
            reply.close()
        head = await self._web.ask(url, Purpose.MODEL_LOOK, method="HEAD")
        head.close()
        if head.status != 200 or not (length := _number(head.headers.get("content-length", ""))):
            raise Refused(Text("store.no_size"), Text("store.no_size_cure"))
        return length

    # -- one source

    async def _pieces_of(self, url: str, wanted: Sequence[int], state: str) -> AsyncGenerator[Piece, None]:
        index = wanted[0]
        start, end = self._stored.span(index)
        if not self._stored.expected(index) and url not in self._given and self._given:
            await self._agree(url)
        is_last = end == self._stored.model.size_bytes
        beyond = 0 if not is_last or self._saw_total or not index else 1  # a longer file gives itself away
        began = self._web.clock.tick()
        reply = await self._web.ask_part(url, start, end + beyond)
        try:
            self._check_same(url, reply)
            if reply.status == 206:
                self._check_range(url, reply, start, end)
                body = await self._body(reply, end - start)
                piece = await self._checked(url, reply, index, body, state)
                self._chunk_seconds = self._web.clock.tick() - began
                yield piece
            elif reply.status == 200:
                async with aclosing(self._whole(url, reply, wanted, state)) as arriving:
                    async for piece in arriving:
                        yield piece
            else:
                raise refusal(self._stored.model, url, reply)
        finally:
            reply.close()

    async def _body(self, reply: PartReply, size: int, may_be_brisk: bool = True) -> object:
        """A body of `size` bytes: at one stroke where the line is fast, else watched while it comes."""
        is_brisk = may_be_brisk and self._chunk_seconds < BRISK_SECONDS
        async with self._web.watched() as heard:

            def on_bytes(count: int) -> None:
                heard()
                self._on_bytes(count)

            return await (reply.handle() if is_brisk else reply.take(size + 1, on_bytes))

    async def _checked(self, url: str, reply: PartReply, index: int, body: object, state: str) -> Piece:
        start, end = self._stored.span(index)
        if (arrived := self._web.blobs.size(body)) != end - start:
            if arrived > end - start:
                raise wrong_length(self._stored.model, url, 0)
            raise too_little()
        hashed = await self._web.hasher.add(body, state)
        if (expected := self._stored.hash_of(index)) and hashed.sha256 != expected:
            raise WrongBytes(url, index, self._stored.chunk_count)
        return Piece(index, body, hashed, url, _mark(reply))

    async def _whole(
        self, url: str, reply: PartReply, wanted: Sequence[int], state: str
    ) -> AsyncGenerator[Piece, None]:
        """All of a file from a source that ignores Range: read to its end, the wanted chunks are kept."""
        size, length = self._stored.model.size_bytes, _number(reply.headers.get("content-length", ""))
        if "text/html" in reply.headers.get("content-type", ""):
            raise refusal(self._stored.model, url, reply)
        if length and length != size and not reply.headers.get("content-encoding"):
            raise self._other_length(url, length)
        if wanted[0] and not self._stored.expected(wanted[0]) and not (_mark(reply) and url in self._given):
            raise Refused(Text("store.no_ranges"), Text("store.no_ranges_cure"))
        for index in range(wanted[-1] + 1):
            start, end = self._stored.span(index)
            body = await self._body(reply, end - start - (end < size), may_be_brisk=False)
            if index in wanted:
                piece = await self._checked(url, reply, index, body, state)
                state = piece.hashed.state
                yield piece

    # -- the same file?

    def _check_same(self, url: str, reply: PartReply) -> None:
        """The source's mark has not changed since its first bytes. Chunk hashes, where published, decide instead."""
        before, now = self._marks.get(url, ""), _mark(reply)
        if before and now and before != now and reply.status in (200, 206) and not self._stored.expected(0):
            raise Changed()

    def _check_range(self, url: str, reply: PartReply, start: int, end: int) -> None:
        first, last, total = _content_range(reply)
        self._saw_total = self._saw_total or bool(total)
        if total and total != self._stored.model.size_bytes:
            raise self._other_length(url, total)
        if last and (first, last) != (start, end - 1):
            raise Refused(Text("store.other_part"), Text("store.other_source"))

    def _other_length(self, url: str, length: int) -> DownloadError:
        return Changed() if url in self._given else wrong_length(self._stored.model, url, length)

    async def _agree(self, url: str) -> None:
        """A further source may go on only where it sends the same last chunk, and a published hash judges the whole."""
        if not self._stored.model.sha256:
            words = Text("store.other_source_differs")
            raise Refused(words, Text("store.other_source_cure"))
        index = len(self._stored.chunk_sha256) - 1
        if index < 0:
            return
        start, end = self._stored.span(index)
        reply = await self._web.ask_part(url, start, end)
        try:
            if reply.status != 206:
                raise refusal(self._stored.model, url, reply)
            self._check_range(url, reply, start, end)
            await self._checked(url, reply, index, await self._body(reply, end - start), "")
        finally:
            reply.close()

    # -- what goes wrong

    async def _back_off(self, url: str, error: Interrupted) -> None:
        """Pause, then let the source be asked again; too many failures in a row end it."""
        if self._web.is_online:
            self._failures += 1
        if self._failures >= (MANY if url in self._given else FEW):
            self._drop_source(url, error if url in self._given else await self._diagnosed(url, error))
            return
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** max(0, self._failures - 1)) * (0.5 + self._web.jitter() / 2)
        pause = max(pause, min(error.retry_after or 0.0, 300.0))
        self._on_note(self._waiting(pause))
        await self._web.pause(pause)

    def _waiting(self, pause: float) -> Text:
        if not self._web.is_online:
            return Text("store.waiting_network")
        return Text("store.waiting_seconds", seconds=round(pause)) if pause >= 1 else Text("store.waiting_moment")

    async def _diagnosed(self, url: str, error: Interrupted) -> DownloadError:
        """A browser does not say why a request failed: whether the source answers another one tells a little."""
        if error.retry_after is not None or error.detail == "":
            return error
        try:
            (await self._web.ask(url, Purpose.MODEL_LOOK, method="HEAD")).close()
        except Interrupted:
            return (
                token_refused(url, error.detail) if await self._wants_no_token(url) else unreachable(url, error.detail)
            )
        words = Text("store.refuses_parts")
        return Refused(words, Text("store.refuses_parts_cure"), detail=error.detail)

    async def _wants_no_token(self, url: str) -> bool:
        """Whether a source that does not answer a request with its token does answer one without."""
        if not self._web.headers_for(url):
            return False
        try:
            (await self._web.ask(url, Purpose.MODEL_LOOK, "bytes=0-0", with_token=False)).close()
        except Interrupted:
            return False
        return True

    def _drop_source(self, url: str, error: AppError) -> None:
        """Give a source up. Raises the most telling error where none is left."""
        self._left.remove(url)
        self._errors.append((url, error))
        self._failures = 0
        if self._left:
            return
        for kind in (Changed, Interrupted, AppError):
            for _, one in self._errors:
                if isinstance(one, kind):
                    if len(self._errors) > 1:
                        one.detail = "\n".join(f"{where}: {what}" for where, what in self._errors)
                    raise one


def _mark(reply: ReplyHead) -> str:
    """What tells this version of the file from others; "" where the server gives nothing, or hides it."""
    return reply.headers.get("etag", "") or reply.headers.get("last-modified", "")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _content_range(reply: ReplyHead) -> tuple[int, int, int]:
    """First byte, last byte, length of the whole; zeros where the header is hidden or says nothing."""
    span, _, total = reply.headers.get("content-range", "").removeprefix("bytes ").partition("/")
    first, _, last = span.partition("-")
    return _number(first), _number(last), _number(total)
