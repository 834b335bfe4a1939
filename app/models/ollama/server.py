"""OllamaServer: what this page knows of one Ollama server, and what a person does with its models.

    server = OllamaServer(client, doctor, pulls, library, records, clock, on_change)
    await server.load()                          # the address and what was used when, from an earlier visit
    await server.check(clicked=True)             # find it; where it runs, read what it has
    server.rows                                  # installed and available models in one list, installed first
    freed = await server.delete("llama3.2:3b")

`rows` are frozen values. `on_change` is called after every change of anything that a page shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from app.core.embeds import UNTOLD, Embeds
from app.core.errors import BadAnswer, ModelMissing, ProviderError
from app.core.places import ModelRef, Place, sent_to
from app.core.ports import Clock, Records
from app.core.texts import Text
from app.core.values import Kind, Model
from app.models.answering.prefixes import prefixed_as
from app.models.formats.architectures import KIND_OF
from app.models.ollama.answers import Details, Installed, Running
from app.models.ollama.client import DEFAULT_ADDRESS, OllamaClient
from app.models.ollama.doctor import Diagnosis, Doctor
from app.models.ollama.kept import kept_from
from app.models.ollama.library import DEFAULT_CONTEXT, Library, LibraryRow, is_cloud, ram_bytes, same_name, valid_name
from app.models.ollama.pulls import PullRow, Pulls
from app.models.ollama.runners import Runners
from app.models.store.rows import Status
from app.net.addresses import distance, read_address

UNUSED_SECONDS = 30 * 86400.0
STAYS_HERE = Text("ollama_server.stays_here")


@dataclass(frozen=True, slots=True)
class OllamaRow:
    """One model of the server, of the list, or both. Bytes and tokens; 0 where nothing is known. `used` is when this
    app asked it last, `changed` when Ollama got it, both in seconds since 1970. `reads` is how many tokens the model
    reads at a time, `num_ctx` how many the person chose."""

    name: str
    listed: LibraryRow | None = None
    installed: Installed | None = None
    running: Running | None = None
    pull: PullRow | None = None
    details: Details | None = None
    where: Text = STAYS_HERE
    place: Place = Place.COMPUTER
    used: float = 0.0
    reads: int = 0
    num_ctx: int = 0

    @property
    def id(self) -> str:
        """The model's id in this app."""
        return str(ModelRef("ollama", self.name))

    @property
    def kind(self) -> Kind:
        """What it is for: as the server says, else as its architecture or the list does. What can't chat counts as an
        embedding model: it is never offered for a chat."""
        family = KIND_OF.get(self.installed.family) if self.installed else None
        if "completion" not in self.capabilities if self.capabilities else family == "embedding":
            return "embedding"
        return self.listed.kind if self.listed else "chat"

    @property
    def can_chat(self) -> bool:
        """Whether it answers questions."""
        return self.as_model().can_chat

    @property
    def can_embed(self) -> bool:
        """Whether it turns texts into vectors."""
        return self.as_model().can_embed

    @property
    def capabilities(self) -> tuple[str, ...]:
        """What it can do, as the server says: in its list, or only in the details where it is older."""
        listed = self.installed.capabilities if self.installed else ()
        return listed or (self.details.capabilities if self.details else ())

    @property
    def size_bytes(self) -> int:
        """On the server's disk; of a model that is not there, what the list says."""
        return self.installed.size_bytes if self.installed else self.listed.size_bytes if self.listed else 0

    @property
    def context_length(self) -> int:
        """The longest that the model was made for."""
        known = (self.details, self.installed, self.listed)
        return next((item.context_length for item in known if item and item.context_length), 0)

    @property
    def ram_bytes(self) -> int:
        """About what it takes when it is loaded, by the rule."""
        return self.ram_bytes_at(self.reads or DEFAULT_CONTEXT)

    def ram_bytes_at(self, tokens: int) -> int:
        """The same if it reads so many tokens."""
        row = self.listed or LibraryRow(self.name, self.name, self.kind)
        kv_bytes = row.kv_bytes or (self.details.kv_bytes if self.details else 0)
        known = replace(row, size_bytes=self.size_bytes, context_length=self.context_length, kv_bytes=kv_bytes)
        return ram_bytes(known, tokens)

    @property
    def status(self) -> Status:
        """Where it stands, as a model of this browser would."""
        if self.pull is not None and not self.pull.is_done:
            return self.pull.status
        return Status.READY if self.installed else Status.NOT_DOWNLOADED

    @property
    def changed(self) -> float:
        """When Ollama got this version of it."""
        return _seconds(self.installed.modified_at) if self.installed else 0.0

    def as_model(self) -> Model:
        """As a provider wants it. What Ollama passes on it holds to no schema (says its page of 29 November 2026)."""
        passes_on = is_cloud(self.name) or (self.installed and self.installed.remote_host)
        more = ("schema",) if "completion" in self.capabilities and not passes_on else ()
        return Model(
            self.id,
            self.name,
            self.kind,
            self.size_bytes,
            sha256=self.installed.digest if self.installed else "",
            context_length=self.reads or self.context_length,
            best_for=self.listed.best_for if self.listed else "",
            where=self.where,
            place=self.place,
            capabilities=(*self.capabilities, *more),
            embeds=self._embeds() if self.kind == "embedding" else UNTOLD,
        )

    def _embeds(self) -> Embeds:
        told = (self.installed.embedding_length if self.installed else 0, self.listed.dimensions if self.listed else 0)
        return Embeds(next(filter(None, told), 0)).filled(prefixed_as(self.name))


class OllamaServer:
    """One server at a time. What it has is read after each change; a page that only looks reads nothing."""

    def __init__(
        self,
        client: OllamaClient,
        doctor: Doctor,
        pulls: Pulls,
        library: Library,
        records: Records,
        clock: Clock,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.client, self.pulls, self.library = client, pulls, library
        self._doctor, self._records, self._clock, self._on_change = doctor, records, clock, on_change
        self.diagnosis: Diagnosis | None = None
        self.is_checking = False
        self._connected: set[str] = set()  # addresses that have answered before
        self._used: dict[str, float] = {}
        self.runners = Runners()
        self._details: dict[str, Details] = {}

    def _forget(self) -> None:
        self.runners.forget()
        self._details = {}

    @property
    def address(self) -> str:
        """Where the server listens."""
        return self.client.address

    @property
    def is_running(self) -> bool:
        """Whether it answered when it was last asked."""
        return self.diagnosis is not None and self.diagnosis.is_running

    async def load(self) -> None:
        """Read what an earlier visit has kept, unfinished pulls too. Raises StorageError."""
        [record] = await self._records.get("settings", ["ollama"])
        kept = kept_from(record or {})
        address = read_address(kept.address or DEFAULT_ADDRESS)  # an earlier version kept the endpoints typed with it
        if address != self.address:  # nothing is known of that one yet
            self.client.use(address)
            self.diagnosis = None
            self._forget()
        self._connected, self._used = set(kept.connected), dict(kept.used)
        self.runners.num_ctx = {name: tokens for name, tokens in kept.num_ctx.items() if tokens > 0}
        await self.pulls.restore()

    async def load_again(self) -> None:
        """The same after another tab, or an import, has changed what is kept. Raises StorageError, ProviderError."""
        await self.load()
        if self.is_running:
            await self.refresh()
        self._on_change()

    async def _save(self) -> None:
        known = {"address": self.address, "connected": sorted(self._connected)}
        record = {**known, "used": self._used, "num_ctx": self.runners.num_ctx}
        await self._records.write([("settings", "ollama", record)])

    async def use(self, address: str) -> None:
        """Talk to another server from now on. Raises BadAddress, StorageError."""
        self.client.use(read_address(address))
        self.diagnosis = None
        self._forget()
        await self._save()
        self._on_change()

    # -- finding it

    async def check(self, *, clicked: bool = False) -> Diagnosis:
        """Find out whether it can be reached, and if so, what it has. Without a click nothing is sent that could raise
        a question of the browser's. Raises ProviderError where it went away in between."""
        self.is_checking = clicked
        self._on_change()
        has_connected = self.address in self._connected
        try:
            found = await self._doctor.examine(self.address, clicked=clicked, has_connected=has_connected)
        finally:
            self.is_checking = False
        self.diagnosis = found
        if not found.is_running:
            self._forget()
        elif not has_connected:
            self._connected.add(self.address)
            await self._save()
        if found.is_running:
            try:
                await self.refresh()
            except BadAnswer:  # it told a version, but what it lists are not Ollama's models
                self.diagnosis = found = await self._doctor.other_program(self.address)
                self._forget()
        self._on_change()
        return found

    async def refresh(self) -> None:
        """Read what is installed and what is loaded. Raises ProviderError."""
        self.runners.installed = await self.client.installed()
        self.runners.see(await self.client.running())
        known = {model.digest for model in self.runners.installed}
        self._details = {digest: details for digest, details in self._details.items() if digest in known}
        self._on_change()

    # -- what it has

    @property
    def rows(self) -> tuple[OllamaRow, ...]:
        """Installed models, then what is being pulled, then the rest of the list in its order."""
        installed = [self._row(model.name, model) for model in sorted(self.runners.installed, key=lambda one: one.name)]
        here = [row.name for row in installed]
        pulled = [row.name for row in self.pulls.rows if not row.is_done and not _among(row.name, here)]
        listed = [row.name for row in self.library.rows if not self._has(row, [*here, *pulled])]
        return (*installed, *(self._row(name) for name in (*pulled, *listed)))

    def _has(self, row: LibraryRow, names: list[str]) -> bool:
        return any(_among(name, names) for name in (row.name, *row.same_as))

    def _row(self, name: str, installed: Installed | None = None) -> OllamaRow:
        return OllamaRow(
            name,
            self.library.find(name),
            installed,
            self.runners.of(name) if installed else None,
            self.pulls.row(name),
            self._details.get(installed.digest) if installed else None,
            *self._where(name, installed),
            self._used.get(name, 0.0),
            self.runners.context_length(name),
            self.runners.chosen(name),
        )

    def _where(self, name: str, installed: Installed | None) -> tuple[Text, Place]:
        """Where the words go that a model is asked, in words and as a place."""
        if (installed and installed.remote_host) or is_cloud(name):
            host = _host(installed.remote_host) if installed and installed.remote_host else "ollama.com"
            return sent_to(host), Place.CLOUD
        far = distance(self.address)
        if far == "loopback":
            return STAYS_HERE, Place.COMPUTER
        where = sent_to(_host(self.address))
        return where, Place.NETWORK if far == "local" else Place.CLOUD

    def row(self, name: str) -> OllamaRow:
        """One row by its name. Raises ModelMissing."""
        found = next((row for row in self.rows if same_name(row.name, name)), None)
        if found is None:
            raise ModelMissing(Text("ollama_errors.no_model", model=name), Text("ollama_server.pull_it"))
        return found

    @property
    def unused(self) -> tuple[OllamaRow, ...]:
        """Installed models that neither this app has asked nor Ollama has got anew for thirty days, largest first."""
        before = self._clock.now() - UNUSED_SECONDS
        rows = [row for row in self.rows if row.installed and not row.installed.remote_host and not row.running]
        found = [row for row in rows if max(row.used, row.changed) < before]
        return tuple(sorted(found, key=lambda row: -row.size_bytes))

    # -- what is done with it

    async def note_use(self, name: str) -> None:
        """This model has answered just now: what is loaded may have changed. Raises StorageError, ProviderError."""
        self._used[name] = self._clock.now()
        await self._save()
        self.runners.see(await self.client.running())
        self.runners.used(name)
        self._on_change()

    async def show(self, name: str) -> Details:
        """Everything Ollama says of a model, kept as long as the model stays the same. Raises ProviderError."""
        row = self.row(name)
        details = await self.client.show(row.name)
        if row.installed:
            self._details[row.installed.digest] = details
        self._on_change()
        return details

    async def pull(self, name: str) -> None:
        """Pull a model; cancelling pauses. Raises ProviderError, Interrupted, BadName."""
        await self.pulls.pull(valid_name(name))
        await self.refresh()

    async def delete(self, name: str) -> int:
        """Take a model out of memory and off the disk; returns the bytes that its entry named. Raises ProviderError.

        Layers that another model shares stay, so the disk may win less.
        """
        row = self.row(name)
        if row.running:
            await self.client.unload(row.name)
        await self.client.delete(row.name)
        self._used.pop(row.name, None)
        self.runners.choose(row.name, 0)
        await self._save()
        await self.refresh()
        return row.size_bytes

    async def choose_context(self, name: str, tokens: int) -> None:
        """How many tokens a model reads from its next loading on; 0 leaves it to Ollama. What is in memory goes out, as
        Ollama keeps the length that it was loaded with. Raises StorageError, ProviderError."""
        row = self.row(name)
        most = row.context_length or tokens
        self.runners.choose(name, min(tokens, most))
        await self._save()
        if row.running:
            await self.client.unload(row.name)
        await self.refresh()

    async def unload(self, name: str) -> None:
        """Free the memory that a model takes; its file stays. Raises ProviderError."""
        await self.client.unload(name)
        await self.refresh()

    async def copy(self, name: str, new: str) -> None:
        """Give a model a further name; the bytes are shared. Raises BadName, ProviderError."""
        new = valid_name(new)
        if any(same_name(model.name, new) for model in self.runners.installed):
            taken = Text("ollama_server.name_taken", model=new)
            raise ProviderError(taken, Text("ollama_server.name_taken_cure"), again=False)
        await self.client.copy(name, new)
        await self.refresh()

    async def rename(self, name: str, new: str) -> None:
        """Copy, then delete the old name. Raises BadName, ProviderError, StorageError."""
        tokens = self.runners.chosen(name)
        await self.copy(name, new)
        await self.delete(name)
        self.runners.choose(valid_name(new), tokens)
        await self._save()


def _among(name: str, names: list[str]) -> bool:
    return any(same_name(name, other) for other in names)


def _host(address: str) -> str:
    """The host of an address; what is none, as a server may tell one, stands for itself."""
    try:
        return urlsplit(address if "://" in address else f"https://{address}").netloc or address
    except ValueError:
        return address


def _seconds(text: str) -> float:
    """RFC 3339 as Ollama writes it, with up to nine digits of a second; 0 where it cannot be read."""
    whole, _, rest = text.partition(".")
    zone = rest.lstrip("0123456789") if rest else ""
    try:
        return datetime.fromisoformat((whole + zone).replace("Z", "+00:00")).timestamp()
    except ValueError:
        return 0.0
