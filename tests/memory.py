"""The outside world in memory: ports that behave like the browser's, for tests that need no browser.

    records, blobs = MemoryRecords(), MemoryBlobs()
    fetch = ScriptedFetch({"tiny.gguf": data})          # handles are bytes
    page = RecordingPage(); ...; page.done(Opened)      # [Opened("chat1", 2)]

Records go through JSON and cancelled calls end late, as IndexedDB does it: what a test passes here, holds there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, TypeVar
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.actions import Picked, PickedFile
from app.core.commands import Command, Question
from app.core.device import Space
from app.core.document_files import LostFile
from app.core.errors import AppError, BadPassphrase, Corrupt, Evicted, Interrupted, OutOfSpace, StorageError
from app.core.locks import Lock
from app.core.pictures import Picture
from app.core.places import Purpose
from app.core.ports import FetchMode, Hashed, Json, LocalNetwork, PaintKind, Shelves
from app.core.reading import Unreadable, read_json
from app.core.values import DeviceFacts
from app.study.shelves import NAMES

WEBGPU = DeviceFacts(has_webgpu_api=True, has_adapter=True, has_device=True, browser="Chrome 156")
NO_WEBGPU = DeviceFacts(browser="Chrome 156")


async def ticks(count: int = 100) -> None:
    """Let every task go on as far as it can: so many rounds of the loop."""
    for _ in range(count):
        await asyncio.sleep(0)


def record_of(text: Any) -> Any:
    """A stored record from its text; the text itself where it is none, as a browser would find it."""
    try:
        return read_json(text) if isinstance(text, str) else text
    except Unreadable:
        return text


class MemoryRecords:
    """The `OwnRecords` port. `reads` counts the values read; `is_full` refuses every further write."""

    def __init__(self) -> None:
        self.shelves: dict[str, dict[str, str]] = {}
        self.writes = 0
        self.reads = 0
        self.is_full = False
        self.lose: Callable[[], None] = lambda: None  # what a browser does that clears them

    def when_lost(self, handler: Callable[[], None]) -> None:
        """Who hears that."""
        self.lose = handler

    async def get(self, shelf: str, keys: Sequence[str]) -> list[dict[str, Any] | None]:
        """The values of some keys, None where there is none."""
        await asyncio.sleep(0)
        self.reads += len(keys)
        found = self.shelves.get(shelf, {})
        return [record_of(found[key]) if key in found else None for key in keys]

    async def all(self, shelf: str) -> list[dict[str, Any]]:
        """Every value, in the order of the keys."""
        await asyncio.sleep(0)
        found = self.shelves.get(shelf, {})
        return [record_of(found[key]) for key in sorted(found)]

    async def write(self, puts: Sequence[tuple[str, str, Json]], deletes: Sequence[tuple[str, str]] = ()) -> None:
        """All or nothing. Raises OutOfSpace."""
        texts = [(shelf, key, json.dumps(value)) for shelf, key, value in puts]
        await asyncio.sleep(0)
        if self.is_full:
            raise OutOfSpace()
        self.writes += 1
        for shelf, key, text in texts:
            self.shelves.setdefault(shelf, {})[key] = text
        for shelf, key in deletes:
            self.shelves.get(shelf, {}).pop(key, None)

    async def snapshot(self) -> Shelves:
        """All shelves that the page has."""
        await asyncio.sleep(0)
        names = dict.fromkeys((*NAMES, *self.shelves))
        return {name: {key: record_of(text) for key, text in self.shelves.get(name, {}).items()} for name in names}

    async def erase(self) -> None:
        """Nothing is left."""
        await asyncio.sleep(0)
        self.shelves.clear()


class PythonCrypto:
    """The `Crypto` port over the package `cryptography`. `rounds` are those of the last lock."""

    rounds = 0

    async def seal(self, data: bytes, passphrase: str, lock: Lock) -> bytes:
        """Encrypt."""
        await asyncio.sleep(0)
        return AESGCM(self._key(passphrase, lock)).encrypt(lock.nonce, data, lock.header)

    async def open(self, sealed: bytes, passphrase: str, lock: Lock) -> bytes:
        """Decrypt. Raises BadPassphrase."""
        await asyncio.sleep(0)
        try:
            return AESGCM(self._key(passphrase, lock)).decrypt(lock.nonce, sealed, lock.header)
        except InvalidTag as error:
            raise BadPassphrase from error

    def _key(self, passphrase: str, lock: Lock) -> bytes:
        self.rounds = lock.iterations
        text = normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
        return hashlib.pbkdf2_hmac("sha256", text, lock.salt, lock.iterations, 32)


class MemoryPictures:
    """The `Pictures` port: a picture is its bytes, and cannot be opened where they hold "broken" or are HEIC."""

    async def fit(self, handle: object, longest: int, preview: int) -> Picture | None:
        """As a JPEG of the largest size, whatever it is."""
        await asyncio.sleep(0)
        assert isinstance(handle, bytes)
        if b"broken" in handle or b"heic" in handle:
            return None
        data = b64encode(handle).decode()
        return Picture("image/jpeg", data, longest, longest // 2, data[:preview])


class MemoryVault:
    """The `Vault` port. `lose_key` is what clearing a part of the browser's data does; `fails` makes storage fail."""

    def __init__(self) -> None:
        self.records: dict[str, bytes] = {}
        self.fails = False
        self._key = 0x5A

    async def keep(self, name: str, text: str) -> None:
        """Not readable, but no encryption either: this is a fake."""
        await self._ready()
        self.records[name] = bytes(byte ^ self._key for byte in text.encode())

    async def read(self, name: str) -> str | None:
        """None where the key is gone."""
        await self._ready()
        record = self.records.get(name)
        return bytes(byte ^ self._key for byte in record).decode() if record is not None and self._key else None

    async def names(self) -> list[str]:
        """What is kept."""
        await self._ready()
        return sorted(self.records)

    async def drop(self, name: str) -> None:
        """Delete it."""
        await self._ready()
        self.records.pop(name, None)

    def lose_key(self) -> None:
        """Nothing opens from now on."""
        self._key = 0

    async def _ready(self) -> None:
        await asyncio.sleep(0)
        if self.fails:
            raise StorageError()


class MemoryDocuments:
    """The `DocumentFiles` port; handles are bytes. `is_full` refuses every further write, `most_bytes` files that are
    more together."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.texts: dict[str, str] = {}
        self.is_full = False
        self.most_bytes = sys.maxsize

    async def keep(self, id: str, handle: object) -> None:
        """Write the file. Raises OutOfSpace."""
        assert isinstance(handle, bytes)
        await self._ready(is_write=True)
        if sum(map(len, self.files.values())) + len(handle) > self.most_bytes:
            raise OutOfSpace
        self.files[id] = handle

    async def keep_bytes(self, id: str, data: bytes) -> None:
        """The same."""
        await self.keep(id, data)

    async def keep_text(self, id: str, text: str) -> None:
        """Write the text. Raises OutOfSpace."""
        await self._ready(is_write=True)
        self.texts[id] = text

    async def file(self, id: str) -> object:
        """The file. Raises LostFile."""
        await self._ready()
        if id not in self.files:
            raise LostFile
        return self.files[id]

    async def text(self, id: str) -> str:
        """The text, "" where there is none."""
        await self._ready()
        return self.texts.get(id, "")

    async def ids(self) -> list[str]:
        """Whatever lies here."""
        await self._ready()
        return sorted({*self.files, *self.texts})

    async def drop(self, ids: Sequence[str]) -> None:
        """Delete."""
        await self._ready()
        for id in ids:
            self.files.pop(id, None)
            self.texts.pop(id, None)

    async def _ready(self, *, is_write: bool = False) -> None:
        await asyncio.sleep(0)
        if is_write and self.is_full:
            raise OutOfSpace


class MemoryBlobs:
    """The `Blobs` port; handles are bytes. A write that its caller no longer waits for is done all the same.

    `lost` are (model, index) of chunks whose record is there and whose bytes are not, as after a power cut.
    """

    def __init__(self, room: int = 1 << 40) -> None:
        self.infos_by_id: dict[str, str] = {}
        self.chunks: dict[str, dict[int, bytes]] = {}
        self.gone: dict[str, str] = {}
        self.lost: set[tuple[str, int]] = set()
        self.links: dict[str, Any] = {}
        self.room = room

    def used(self, model_id: str) -> int:
        """Bytes stored of a model."""
        return sum(map(len, self.chunks[model_id].values()))

    async def begin(self, model_id: str, info: Json) -> None:
        """Create or reset."""
        self.chunks[model_id] = {}
        self.gone.pop(model_id, None)
        self.infos_by_id[model_id] = json.dumps(info)
        await asyncio.sleep(0)

    async def put(self, model_id: str, index: int, handle: object, info: Json) -> int:
        """One chunk with its info. Raises OutOfSpace, and Evicted where the model was deleted meanwhile."""
        assert isinstance(handle, bytes)
        if model_id not in self.chunks:
            raise Evicted()
        if self.used(model_id) + len(handle) > self.room:
            raise OutOfSpace()
        self.chunks[model_id][index] = handle
        self.lost.discard((model_id, index))
        self.infos_by_id[model_id] = json.dumps(info)
        await asyncio.sleep(0)
        return self.used(model_id)

    async def note(self, model_id: str, info: Json) -> None:
        """The info alone; of a model that was deleted meanwhile, none is found again."""
        if model_id in self.chunks:
            self.infos_by_id[model_id] = json.dumps(info)
        await asyncio.sleep(0)

    async def chunk(self, model_id: str, index: int) -> object:
        """One chunk. Raises Corrupt."""
        await asyncio.sleep(0)
        if (model_id, index) in self.lost or index not in self.chunks.get(model_id, {}):
            raise Corrupt(chunks=(index,))
        return self.chunks[model_id][index]

    async def open(self, model_id: str, count: int) -> object:
        """All chunks joined. Raises Corrupt, Evicted."""
        await asyncio.sleep(0)
        if model_id not in self.chunks:
            raise Evicted()
        if model_id in self.links:
            return b"".join(link() for link in self.links[model_id])
        have = self.chunks[model_id]
        if bad := tuple(index for index in range(count) if index not in have or (model_id, index) in self.lost):
            raise Corrupt(chunks=bad)
        return b"".join(have[index] for index in range(count))

    async def link(self, model_id: str, links: Sequence[object], info: Json) -> None:
        """Here a link is a function that gives the file's bytes, or raises."""
        await self.begin(model_id, info)
        self.links[model_id] = links

    def modified(self, handle: object) -> float:
        """Bytes have no date."""
        return 0.0

    async def head(self, handle: object, start: int, size: int) -> bytes:
        """A few bytes."""
        await asyncio.sleep(0)
        assert isinstance(handle, bytes)
        return handle[start : start + size]

    def slice(self, handle: object, start: int, end: int) -> object:
        """A part."""
        assert isinstance(handle, bytes)
        return handle[start:end]

    def size(self, handle: object) -> int:
        """Bytes."""
        assert isinstance(handle, bytes)
        return len(handle)

    async def infos(self) -> list[dict[str, Any]]:
        """Every info with what is stored, and what the browser has removed."""
        await asyncio.sleep(0)
        gone = [{**json.loads(text), "is_gone": True} for text in self.gone.values()]
        return gone + [
            {**json.loads(text), "stored_bytes": self.used(model_id)} for model_id, text in self.infos_by_id.items()
        ]

    async def info(self, model_id: str) -> dict[str, Any] | None:
        """The same of one model."""
        return next((info for info in await self.infos() if info["id"] == model_id), None)

    async def delete(self, model_id: str) -> None:
        """Remove everything of a model."""
        self.chunks.pop(model_id, None)
        self.infos_by_id.pop(model_id, None)
        self.gone.pop(model_id, None)
        self.links.pop(model_id, None)
        await asyncio.sleep(0)

    async def sweep(self) -> int:
        """Nothing is ever left over here."""
        await asyncio.sleep(0)
        return 0

    def evict(self, model_id: str) -> None:
        """What a browser does when the disk is full."""
        self.gone[model_id] = self.infos_by_id.pop(model_id)
        del self.chunks[model_id]


class MemoryHasher:
    """The `Hasher` port. The state is the number of a hash that is kept here; a state can be gone on from twice."""

    def __init__(self) -> None:
        self._states: dict[str, Any] = {}
        self.hashed = 0

    async def add(self, handle: object, state: str = "") -> Hashed:
        """Hash it twice: by itself, and as the next part of the whole."""
        await asyncio.sleep(0)
        assert isinstance(handle, bytes)
        self.hashed += len(handle)
        whole = self._states[state].copy() if state else hashlib.sha256()
        whole.update(handle)
        name = whole.hexdigest()
        self._states[name] = whole
        return Hashed(hashlib.sha256(handle).hexdigest(), name)

    async def final(self, state: str) -> str:
        """The whole so far."""
        await asyncio.sleep(0)
        whole = self._states[state] if state else hashlib.sha256()
        return str(whole.hexdigest())

    def rest(self) -> None:
        """Nothing to free."""


class MemoryTabs:
    """The `Tabs` port: pages made with `another()` share names and hear each other. `die()` is a page that crashed."""

    def __init__(self, world: dict[str, MemoryTabs] | None = None, pages: list[MemoryTabs] | None = None) -> None:
        self._held: dict[str, MemoryTabs] = {} if world is None else world
        self._pages: list[MemoryTabs] = [] if pages is None else pages
        self._pages.append(self)
        self._handler: Callable[[dict[str, Any]], None] = lambda message: None
        self._freed = asyncio.Event()

    def _wake(self) -> None:
        for page in self._pages:
            page._freed.set()

    def another(self) -> MemoryTabs:
        """One more page of the same browser."""
        return MemoryTabs(self._held, self._pages)

    def die(self) -> None:
        """The page is gone, without a word."""
        self._pages.remove(self)
        for name in [name for name, page in self._held.items() if page is self]:
            del self._held[name]
        self._wake()

    async def claim(self, name: str) -> bool:
        """Hold a name if it is free."""
        await asyncio.sleep(0)
        return self._held.setdefault(name, self) is self

    async def wait(self, name: str) -> None:
        """Hold it as soon as it is free."""
        while not await self.claim(name):
            self._freed.clear()
            await self._freed.wait()

    def release(self, name: str) -> None:
        """Let go."""
        if self._held.get(name) is self:
            del self._held[name]
        self._wake()

    def tell(self, message: Json) -> None:
        """To all other pages, through JSON."""
        for page in self._pages:
            if page is not self:
                page._handler(json.loads(json.dumps(message)))

    def listen(self, handler: Callable[[dict[str, Any]], None]) -> None:
        """Who hears the others."""
        self._handler = handler


class MemoryReply:
    """The `Reply` port over bytes. `stalls` never brings the body.

    `chunks` are what `aiter_bytes` gives in their place, one at a time; `cut` ends them as a broken line does, with
    Interrupted. A closed reply gives nothing more. `gate`, where set, is waited for before each chunk.
    """

    def __init__(
        self,
        status: int,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        stalls: bool = False,
        chunks: Sequence[bytes] = (),
        cut: bool = False,
        gate: asyncio.Semaphore | None = None,
    ) -> None:
        self.status = status
        self._body = body or b"".join(chunks)
        self._chunks = tuple(chunks) or ((body,) if body else ())
        self.headers: Mapping[str, str] = {"content-length": str(len(self._body)), **(headers or {})}
        self._at = 0
        self._stalls = stalls
        self._cut = cut
        self._gate = gate
        self.is_closed = False

    async def handle(self) -> object:
        """The whole body."""
        return await self.take(len(self._body), lambda count: None)

    async def take(self, size: int, on_bytes: Callable[[int], None]) -> object:
        """The next part of the body."""
        await asyncio.sleep(3600 if self._stalls else 0)
        part = self._body[self._at : self._at + size]
        self._at += len(part)
        on_bytes(len(part))
        return part

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The body, chunk by chunk. Raises Interrupted where it is cut."""
        for chunk in self._chunks:
            await asyncio.sleep(3600 if self._stalls else 0)
            if self._gate is not None:
                await self._gate.acquire()
            if self.is_closed:
                return
            yield chunk
        if self._cut:
            raise Interrupted(detail="TypeError: network error")

    def close(self) -> None:
        """Read no more."""
        self.is_closed = True


Answer = AppError | MemoryReply | Callable[[], MemoryReply]


class ScriptedFetch:
    """The `Fetch` port over files in memory. It answers Range requests like a good server.

    `events` are used up first, one a request: an error to raise, a reply, or a function that makes one. `rules` map an
    address to a function of (start, end) that answers in the server's place. `gate`, where set, is waited for before
    each answer, so that a test can stop a fetch in the middle. `modes`, `bodies` and `purposes` are what was asked
    with; a reply to `no-cors` has status 0 and nothing in it.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.headers: dict[str, dict[str, str]] = {}
        self.events: list[Answer] = []
        self.rules: dict[str, Callable[[int, int], Answer]] = {}
        self.asked: list[tuple[str, str]] = []
        self.sent: list[Mapping[str, str]] = []
        self.bodies: list[object] = []
        self.modes: list[FetchMode] = []
        self.purposes: list[Purpose] = []
        self.gate: asyncio.Semaphore | None = None

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose = Purpose.MODEL_FILE,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> MemoryReply:
        """One request."""
        span = (headers or {}).get("Range", "")
        self.asked.append((url, span if method == "GET" else method))
        self.sent.append(dict(headers or {}))
        self.bodies.append(body)
        self.modes.append(mode)
        self.purposes.append(purpose)
        await asyncio.sleep(0)
        if self.gate is not None:
            await self.gate.acquire()
        start, _, end = span.removeprefix("bytes=").partition("-")
        event: Answer | None = self.events.pop(0) if self.events else None
        if event is None and url in self.rules:
            event = self.rules[url](int(start or 0), int(end or 0))
        if isinstance(event, AppError):
            raise event
        if event is not None:
            reply = event if isinstance(event, MemoryReply) else event()
        else:
            reply = self.served(url, start, end, method)
        return reply if mode == "cors" else MemoryReply(0)

    def served(self, url: str, start: str, end: str, method: str = "GET") -> MemoryReply:
        """What a good server answers."""
        if url not in self.files:
            return MemoryReply(404, b"not here")
        data, more = self.files[url], self.headers.get(url, {})
        if method == "HEAD":
            return MemoryReply(200, b"", {"content-length": str(len(data)), **more})
        if not start:
            return MemoryReply(200, data, more)
        part = data[int(start) : int(end) + 1]
        span = f"bytes {start}-{int(start) + len(part) - 1}/{len(data)}"
        return MemoryReply(206, part, {"content-range": span, **more})


class FakeClock:
    """The `Clock` port: stands still, or goes on by `step` seconds at each look."""

    def __init__(self, step: float = 0.0, start: float = 1_000.0) -> None:
        self.time = start
        self.step = step

    def now(self) -> float:
        """Seconds since 1970."""
        return self.tick()

    def tick(self) -> float:
        """Seconds."""
        self.time += self.step
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Time goes on, nobody waits."""
        self.time += seconds
        await asyncio.sleep(0)


class FakeDevice:
    """The `Device` port: fixed facts, and how often they were really asked for. `local_states` are used up one by one,
    the last one stays: so a permission changes while somebody answers the browser's question."""

    def __init__(self, facts: DeviceFacts = WEBGPU, local: LocalNetwork | Sequence[LocalNetwork] = "unknown") -> None:
        self.fixed = facts
        self.local_states: list[LocalNetwork] = [local] if isinstance(local, str) else list(local)
        self.probes = 0
        self._is_known = False
        self.is_mobile = facts.is_mobile

    async def facts(self) -> DeviceFacts:
        """The facts; asking again without `forget` costs no probe."""
        await asyncio.sleep(0)
        self.probes += not self._is_known
        self._is_known = True
        return self.fixed

    async def space(self) -> Space:
        """The facts' own figures."""
        await asyncio.sleep(0)
        return Space(self.fixed.quota_bytes, self.fixed.usage_bytes, self.fixed.is_persistent)

    async def local_network(self) -> LocalNetwork:
        """What the browser says of its permission now."""
        await asyncio.sleep(0)
        return self.local_states.pop(0) if len(self.local_states) > 1 else self.local_states[0]

    def forget(self) -> None:
        """The next call is a probe."""
        self._is_known = False


def picked(name: str, data: bytes, link: object = None) -> Picked:
    """A file that a person has picked."""
    return Picked((PickedFile(name, data, link),))


Asked = TypeVar("Asked", bound=Command)
Told = TypeVar("Told")
OnPiece = Callable[[str], None] | None


class RecordingPage:
    """The `Page` port that only remembers. `answers` takes what is asked of it."""

    async def answers(self, question: Question[Any], on_piece: OnPiece) -> Any:
        """What this page answers; a test sets it."""
        raise AssertionError(f"nobody answers {question}")

    def __init__(self) -> None:
        self.painted: list[tuple[str, str, str]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.commands: list[Command] = []

    def paint(self, kind: PaintKind, id: str, html: str = "") -> None:
        """Remember it."""
        self.painted.append((kind, id, html))

    def attr(self, id: str, name: str, value: str | None) -> None:
        """Remember it."""
        self.attributes.append((id, name, value))

    def do(self, command: Command) -> None:
        """Remember it."""
        self.commands.append(command)

    async def ask(self, question: Question[Told], on_piece: OnPiece = None) -> Told:
        """Remember it, and answer."""
        self.commands.append(question)
        answer: Told = await self.answers(question, on_piece)
        return answer

    def now(self) -> None:
        """Everything is recorded at once anyway."""

    def cut(self) -> None:
        """Nothing to cut."""

    def listen(self, handler: Callable[[str, object], None]) -> None:
        """Nobody clicks here; tests call `session.act`."""

    def done(self, kind: type[Asked]) -> list[Asked]:
        """Every command of that kind."""
        return [command for command in self.commands if isinstance(command, kind)]
