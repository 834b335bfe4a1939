"""Where models come from besides the built-in catalogue: catalogues and single files that people add, and tokens.

    sources = Sources(records, web, clock, words)
    await sources.load()                              # what was added before, without any network
    catalog = await sources.add("https://school.example/models.toml")
    model = await sources.add_model("https://example.org/tiny.gguf")
    sources.tokens.set("huggingface.co", "hf_…")      # sent to that host only, forgotten when the page closes

The text of an added catalogue is kept, so that its models are listed without a network too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from app.core.errors import DownloadError, Interrupted, LoadFailed, Refused
from app.core.persona import Persona
from app.core.places import Purpose
from app.core.ports import Clock, Records
from app.core.shapes import When, decode_each, each
from app.core.text import shorten
from app.core.texts import Text, Words
from app.core.values import Model, ModelFile, Source
from app.models.formats.facts import as_told
from app.models.formats.kinds import refuse_unknown
from app.models.formats.several import Readable, read_model
from app.models.store.bundles import stem_of
from app.models.store.catalog import MOST_NAME, BadCatalog, Catalog, read_catalog
from app.models.store.downloads import Download, Web
from app.models.store.file_address import direct, file_address, parts_of, refuse_password
from app.models.store.listing import Offer, short
from app.models.store.refusals import host_of, refusal, unreachable, wrong_length
from app.models.store.stored import Stored, made_of, model_from, model_info

MOST_BYTES = 4_000_000
BLOCK_BYTES = 1 << 20
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
CURE = Text("store.catalog_unreachable_cure")


class Tokens:
    """Access tokens by host, in memory only: never stored, exported, shown or logged."""

    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that have one."""
        return tuple(self._tokens)

    def set(self, host: str, token: str) -> None:
        """Use a token for a host (with its port, if it names one); an empty one is forgotten."""
        host = host.lower()
        self._tokens.pop(host, None)
        if token:
            self._tokens[host] = token

    def headers_for(self, url: str) -> Mapping[str, str]:
        """The header for exactly that host, over an encrypted or loopback connection only."""
        parts = urlsplit(url)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and _name(parts.netloc) in LOOPBACK)
        token = self._tokens.get(parts.netloc.lower(), "") if is_safe else ""
        return {"Authorization": f"Bearer {token}"} if token else {}


@dataclass(frozen=True, slots=True)
class Kept:
    """An added catalogue: its address ("" where it came from a file), its title and its text."""

    id: str
    title: str
    address: str
    text: str
    added_at: When = 0.0

    @property
    def models(self) -> tuple[Model, ...]:
        """Its models; none where this version of the app cannot read it."""
        read = _kept(self.text, self.address)
        return () if isinstance(read, BadCatalog) else read.models

    @property
    def personas(self) -> tuple[Persona, ...]:
        """Its personas, each with an id of its own among all catalogues'."""
        read = _kept(self.text, self.address)
        known = () if isinstance(read, BadCatalog) else read.personas
        return tuple(replace(one, id=f"catalog:{short(self.id)}:{short(one.id)}") for one in known)

    @property
    def offer(self) -> Offer:
        """What it adds to the list of models."""
        return Offer(host_of(self.address) if self.address else self.title, self.models, is_kept=True)

    @property
    def problem(self) -> BadCatalog | None:
        """Why this version of the app cannot read it."""
        read = _kept(self.text, self.address)
        return read if isinstance(read, BadCatalog) else None


@dataclass(slots=True)
class Sources:
    """What was added, kept on one record of the settings shelf, its texts as `words`. Raises StorageError where that
    fails."""

    records: Records
    web: Web
    clock: Clock
    words: Words
    tokens: Tokens = field(default_factory=Tokens)
    catalogs: tuple[Kept, ...] = ()
    models: tuple[Model, ...] = ()

    def __post_init__(self) -> None:
        self.web.headers_for = self.tokens.headers_for

    async def load(self) -> None:
        """Read what was added earlier. A catalogue that this version cannot read is kept, and has a `problem`."""
        [record] = await self.records.get("settings", ["sources"])
        self.catalogs, self.models = sources_from(record) if record else ((), ())

    async def add(self, address: str, visit_only: bool = False) -> Catalog:
        """Add the catalogue at an address, or read it again. Raises BadCatalog, DownloadError; the old one stays."""
        address = direct(address)
        refuse_password(address)
        try:
            text = await self._text(address)
        except DownloadError as error:
            if not (isinstance(error, Refused) and error.needs_token):
                error.cure = CURE
            raise
        catalog = _read(text, address)
        if not visit_only:
            await self._keep_catalog(Kept(address, catalog.title, address, text, self.clock.now()))
        return catalog

    async def add_text(self, text: str) -> Catalog:
        """Add a catalogue from a file; one of the same title is replaced. Raises BadCatalog."""
        catalog = _read(text)
        await self._keep_catalog(Kept(f"file:{catalog.title}", catalog.title, "", text, self.clock.now()))
        return catalog

    async def remove(self, id: str) -> None:
        """Forget a catalogue, or a single model that was added; what is stored of its models stays."""
        self.catalogs = tuple(kept for kept in self.catalogs if kept.id != id)
        self.models = tuple(model for model in self.models if model.id != id)
        await self._write()

    async def add_model(self, url: str) -> Model:
        """Look at a model file where it lies, and add it; one of several parts stands for all. File pages are
        understood; what names no file is refused in words. Raises DownloadError, LoadFailed."""
        urls = parts_of(file_address(url))
        stem = shorten("".join(filter(str.isprintable, stem_of(_file_of(urls[0])))), MOST_NAME).strip()
        best_for = self.words(Text("store.added_by_address"))
        model = Model(f"url-{short(urls[0])}", stem or host_of(urls[0]), best_for=best_for)
        return await self.add_known(made_of(model, (ModelFile((Source(one),)) for one in urls)))

    async def add_known(self, model: Model) -> Model:
        """The same of a model each file of which has one address, and of which some more is known already: what its
        bytes must be, whose it is. Raises DownloadError, LoadFailed."""
        files = [await self._reached(Stored(model).only(file)) for file in range(len(model.files))]
        facts = await read_model(files)
        refuse_unknown(facts)
        found = zip(model.files, files, strict=True)
        model = made_of(model, (replace(known, size_bytes=file.size_bytes) for known, file in found))
        model = as_told(replace(model, context_length=facts.context_length), facts)
        self.models = (*(item for item in self.models if item.id != model.id), model)
        await self._write()
        return model

    async def _reached(self, one: Stored) -> Readable:
        """A file, ready to be read where it lies. Raises DownloadError."""
        [source] = one.model.sources
        size = await Download(one, self.web).size()
        if one.model.size_bytes and size != one.model.size_bytes:
            raise wrong_length(one.model, source.url, size)
        return Readable(_Remote(self.web, one.model, source.url, size).read, size, _file_of(source.url))

    async def _text(self, address: str) -> str:
        try:
            data = await self._bytes(address)
        except Interrupted as error:
            raise unreachable(address, error.detail or str(error)) from error
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadCatalog(Text("store.catalog_not_text")) from error

    async def _bytes(self, address: str) -> bytes:
        reply = await self.web.ask(address, Purpose.CATALOG)
        try:
            if reply.status != 200:
                raise refusal(Model("", address), address, reply)
            if "text/html" in reply.headers.get("content-type", ""):
                raise BadCatalog(Text("store.web_page", host=host_of(address)), CURE)
            if len(data := await self.web.small_body(reply, MOST_BYTES)) > MOST_BYTES:
                raise BadCatalog(Text("store.catalog_too_large"))
            return data
        finally:
            reply.close()

    async def _keep_catalog(self, kept: Kept) -> None:
        self.catalogs = (*(item for item in self.catalogs if item.id != kept.id), kept)
        await self._write()

    async def _write(self) -> None:
        models = [model_info(model, self.words) for model in self.models]
        record = {"catalogs": [asdict(kept) for kept in self.catalogs], "models": models}
        await self.records.write([("settings", "sources", record)])


def sources_from(record: object, lost: list[str] | None = None) -> tuple[tuple[Kept, ...], tuple[Model, ...]]:
    """Added catalogues and models from their stored record; those that cannot be read are named in `lost`."""
    lost = [] if lost is None else lost
    if not isinstance(record, Mapping):
        lost.append("everything")
        return (), ()
    catalogs = decode_each(Kept, record.get("catalogs", ()), lost, "catalogs")
    models = record.get("models", ())
    return catalogs, each(models, lambda one, at, mine: model_from(one, mine, f"{at}."), lost, "models")


@dataclass(slots=True)
class _Remote:
    """A file at an address, read in blocks as its header needs them."""

    web: Web
    model: Model
    url: str
    size: int
    blocks: dict[int, bytes] = field(default_factory=dict)

    async def read(self, start: int, size: int) -> bytes:
        """Some bytes, fewer at the end of the file. Raises DownloadError."""
        end = min(start + size, self.size)
        parts = [await self._block(index) for index in range(start // BLOCK_BYTES, -(-end // BLOCK_BYTES))]
        at = start % BLOCK_BYTES
        return b"".join(parts)[at : at + end - start]

    async def _block(self, index: int) -> bytes:
        if index not in self.blocks:
            start = index * BLOCK_BYTES
            end = min(start + BLOCK_BYTES, self.size)
            reply = await self.web.ask(self.url, Purpose.MODEL_LOOK, f"bytes={start}-{end - 1}")
            try:
                if reply.status != 206:
                    raise refusal(self.model, self.url, reply)
                self.blocks[index] = await self.web.small_body(reply, end - start)
            finally:
                reply.close()
            if len(self.blocks[index]) != end - start:
                raise LoadFailed(Text("store.other_part"))
        return self.blocks[index]


def read_added(text: str, address: str = "") -> Catalog:
    """A catalogue of somebody else's: it cannot say that a model comes with this site. Raises BadCatalog."""
    catalog = read_catalog(text, address)
    return replace(catalog, models=tuple(replace(model, is_bundled=False) for model in catalog.models))


@lru_cache(maxsize=64)
def _kept(text: str, address: str) -> Catalog | BadCatalog:
    """The same of a kept text, which every drawing of a page asks for."""
    try:
        return read_added(text, address)
    except BadCatalog as error:
        return error


def _read(text: str, address: str = "") -> Catalog:
    """A text that is about to be kept. Raises BadCatalog."""
    read = _kept(text, address)
    if isinstance(read, BadCatalog):
        raise BadCatalog(read.message, read.cure)
    return read


def _file_of(url: str) -> str:
    """The name of the file at an address."""
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1])


def _name(netloc: str) -> str:
    return netloc if netloc.startswith("[") and netloc.endswith("]") else netloc.rsplit(":", 1)[0]
