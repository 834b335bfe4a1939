"""What a person does with Ollama: connect, pull, choose, copy, delete, import a file.

Nothing of Ollama is imported before it is needed: a page starts faster without it, and most pages never ask for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.core.actions import Field, action
from app.core.errors import (
    AppError,
    BlockedByBrowser,
    Interrupted,
    OfflineModeOn,
    OriginRefused,
    ProviderError,
    Unreachable,
)
from app.core.jobs import Jobs
from app.core.places import ModelRef
from app.core.ports import Clock
from app.core.texts import Size, Text, TextOrWords, in_a_row
from app.core.throttle import Throttle
from app.core.values import Model
from app.models.answering.egress import Egress
from app.models.store.rows import Status
from app.net.gate import Gate
from app.records.checked import CheckedRecords
from app.session.makers import Makers
from app.session.notices import Notices, Shown
from app.session.ollama_forms import AddressForm, NameForm, PullForm
from app.session.preferences import Preferences
from app.session.state import State

if TYPE_CHECKING:
    from app.models.ollama.doctor import Diagnosis
    from app.models.ollama.findings import State as Found
    from app.models.ollama.provider import OllamaProvider
    from app.models.ollama.server import OllamaRow, OllamaServer
    from app.session.cloud import CloudServices
    from app.session.navigation import Navigation

SHOW_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class OllamaStatus:
    """What pages show of the server."""

    address: str
    diagnosis: Diagnosis | None = None
    is_checking: bool = False
    rows: tuple[OllamaRow, ...] = ()
    unused: tuple[OllamaRow, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether it answered when it was last asked."""
        return self.diagnosis is not None and self.diagnosis.is_running


class Ollama:
    """The actions `ollama:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        preferences: Preferences,
        jobs: Jobs,
        clock: Clock,
        records: CheckedRecords,
        gate: Gate,
        egress: Egress,
        make: Makers,
        navigation: Callable[[], Navigation],
        cloud: Callable[[], CloudServices],
    ) -> None:
        self._state, self._notices, self._preferences = state, notices, preferences
        self._navigation, self._jobs = navigation, jobs
        self._clock, self._records, self._gate, self._egress, self._make = clock, records, gate, egress, make
        self._cloud = cloud
        self._server: OllamaServer | None = None

    async def server(self) -> OllamaServer:
        """The server, made and read from storage at its first use."""
        if self._server is None:
            server = self._make.ollama(self.changed)
            await server.load()
            self._server = self._server or server
            self._showing_ollama.act()
        return self._server

    async def read_again(self) -> None:
        """Read once more what is kept of the server, if anybody has asked for it. Raises StorageError."""
        if self._server is not None:
            await self._server.load_again()
            self._showing_ollama.act()

    def changed(self) -> None:
        """Something of the server changed; it is shown a few times a second at most."""
        self._showing_ollama.ask()

    @cached_property
    def _showing_ollama(self) -> Throttle:
        return Throttle(self._jobs, self._clock, "ollama-show", SHOW_SECONDS, self._show_ollama)

    def _show_ollama(self) -> None:
        if server := self._server:
            self._state.ollama.set(
                OllamaStatus(server.address, server.diagnosis, server.is_checking, server.rows, server.unused)
            )

    # -- finding it

    def look(self) -> None:
        """See how the server is, without raising any question of the browser's. Nobody who has never used Ollama is
        looked up for: only where its state is on show, or where it has answered before."""
        if not self._state.visit.is_demo and not self._jobs.is_running("ollama"):
            self._jobs.start("ollama", self._look())

    @action("ollama:again")
    def again(self) -> None:
        """Look once more, if the last look found nobody; the page asks now and then while the state is on show."""
        if self._server is not None and not self._server.is_running and self._state.importing() is None:
            self.look()

    async def _look(self) -> None:
        [record] = await self._records.get("settings", ["ollama"])
        if self._state.route() == "chat" and not (record or {}).get("connected"):
            return
        server = await self.server()
        if not self._gate.refuses(server.address):
            with suppress(ProviderError, Interrupted):  # it went away between two requests: the next look will tell
                await server.check()

    @action("ollama:connect")
    def connect(self) -> None:
        """The person asks for the server: the browser may put its question now."""
        self._jobs.start("ollama", self._connect())

    async def _connect(self) -> None:
        await (await self.server()).check(clicked=True)

    @action("ollama:address", AddressForm)
    async def address(self, form: AddressForm) -> None:
        """Talk to the server at another address; an empty one is Ollama's own."""
        await self.use(form.address)

    @action("ollama:use", str)
    async def use(self, address: str) -> None:
        """The same of an address that a button offers."""
        from app.models.ollama.client import DEFAULT_ADDRESS

        await (await self.server()).use(address.strip() or DEFAULT_ADDRESS)
        self._jobs.start("ollama", self._connect())

    @action("ollama:own", str)
    async def own(self, address: str) -> None:
        """What answers there is no Ollama, but can be used: it becomes one of the person's own servers, and the field
        for Ollama holds Ollama's usual address again. Raises BadAddress, StorageError."""
        from app.models.ollama.client import DEFAULT_ADDRESS
        from app.session.cloud_forms import ServerForm

        await self._cloud().add_own(ServerForm(address))
        await (await self.server()).use(DEFAULT_ADDRESS)
        self._navigation().visit("#/settings/connections")
        self._notices.show(
            Shown("own-added", Text("ollama_server.own_added", address=address), Text("ollama_server.own_models"))
        )

    async def ready(self, model: Model) -> Model:
        """The chosen model as the server has it now. Raises ProviderError in the doctor's words, ModelMissing."""
        server = await self.server_found(clicked=True)
        return server.row(model.ref.name).as_model()

    async def server_found(self, *, clicked: bool) -> OllamaServer:
        """The server, running; only after a click the browser may put its question. Raises ProviderError in the
        doctor's words."""
        server = await self.server()
        if not server.is_running:
            found = await server.check(clicked=clicked)
            if not found.is_running:
                raise _as_error(found)
        return server

    def estimated(self, model: Model, tokens: int) -> int:
        """So many tokens of a model as an estimate of the same text would have it."""
        return self._server.runners.estimated(model.ref.name, tokens) if self._server else tokens

    @property
    def version(self) -> str:
        """The server's version, "" before it answered."""
        diagnosis = self._server.diagnosis if self._server else None
        return diagnosis.version if diagnosis else ""

    def provider(self) -> OllamaProvider:
        """Who answers for the server's models. Only asked once `ollama_ready` has found it."""
        from app.models.ollama.provider import OllamaProvider

        assert self._server is not None
        server, check = self._server, self._egress.check
        return OllamaProvider(server.client, self._clock, server.runners, check, lambda: self._state.offline().is_on)

    async def answered(self, model: Model) -> None:
        """A model has just been used: what is in memory may have changed."""
        with suppress(AppError):  # what is loaded now is a detail
            await (await self.server()).note_use(model.ref.name)

    # -- its models

    @action("ollama:pull", str)
    def pull(self, name: str) -> None:
        """Pull a model by the name of its row."""
        self._jobs.start(f"pull:{name}", self._pull(name))

    @action("ollama:pull-typed", PullForm)
    def pull_typed(self, form: PullForm) -> None:
        """Pull a model by the name that was typed."""
        self.pull(form.name)

    async def _pull(self, name: str) -> None:
        self.check_pull(name)
        server = await self.server()
        try:
            await server.pull(name)
        except AppError as error:
            if server.pulls.row(name) is None or self._state.route() == "chat":
                raise
            if error.again is False:
                raise
            return  # its row says so, and has the button that goes on
        self._notices.show(Shown(f"pulled-{name}", Text("ollama_server.pulled", model=name)))

    def check_pull(self, name: str) -> None:
        """Raises OfflineModeOn: Ollama itself would fetch the model from elsewhere."""
        if self._gate.standing().is_on:
            raise OfflineModeOn(Text("ollama_server.pulls_offline", model=name))

    async def stop_transfers(self) -> None:
        """Stop whatever Ollama fetches."""
        for row in self._server.rows if self._server else ():
            if row.pull is not None and row.pull.status == Status.DOWNLOADING:
                await self.pause(row.name)

    @action("ollama:pause", str)
    async def pause(self, name: str) -> None:
        """Stop pulling; Ollama keeps what has arrived."""
        await (await self.server()).pulls.pause(name)

    @action("ollama:cancel", str)
    async def cancel(self, name: str) -> None:
        """Stop pulling, and take it off the list."""
        await (await self.server()).pulls.forget(name)

    @action("ollama:delete", str)
    async def delete(self, name: str) -> None:
        """Delete a model from Ollama; the page has asked first."""
        freed = await (await self.server()).delete(name)
        gone = Text("ollama_server.deleted", model=name, size=Size(freed))
        self._notices.show(Shown(f"gone-{name}", in_a_row(gone, await self._ollama_gone(name))))

    async def _ollama_gone(self, *names: str) -> TextOrWords:
        """These are deleted. Who answers in place of the one that was chosen, as a sentence; "" where none was."""
        if self._state.settings().model_id not in [id_of(name) for name in names]:
            return ""
        await self._preferences.change(model_id="")
        return Text("ollama_server.used_now", model=self._state.picked().name)

    @action("ollama:delete-unused")
    async def delete_unused(self) -> None:
        """Delete every model that is listed as unused; the page has asked first."""
        server = await self.server()
        names = [row.name for row in server.unused]
        freed = sum([await server.delete(name) for name in names])
        gone = Text("ollama_server.tidied", size=Size(freed))
        self._notices.show(Shown("tidied", in_a_row(gone, await self._ollama_gone(*names))))

    @action("ollama:unload", str)
    async def unload(self, name: str) -> None:
        """Free a model's memory; its file stays."""
        await (await self.server()).unload(name)

    @action("ollama:context", Field)
    async def context(self, field: Field) -> None:
        """How many tokens a model reads at a time; 0 leaves it to Ollama."""
        if field.value.isdecimal() and len(field.value) < 10:
            await (await self.server()).choose_context(field.arg, int(field.value))

    @action("ollama:show", str)
    async def show(self, name: str) -> None:
        """Ask for everything that Ollama knows of a model."""
        await (await self.server()).show(name)

    @action("ollama:copy", NameForm)
    async def copy(self, form: NameForm) -> None:
        """Give a model a further name."""
        await (await self.server()).copy(form.arg, form.name)
        self._notices.show(
            Shown(f"copied-{form.arg}", Text("ollama_server.copied", copy=form.name.strip(), model=form.arg))
        )

    @action("ollama:rename", NameForm)
    async def rename(self, form: NameForm) -> None:
        """Give a model another name."""
        old, new = form.arg, form.name.strip()
        await (await self.server()).rename(old, new)
        if self._state.settings().model_id == id_of(old):
            await self._preferences.change(model_id=id_of(new))

    @action("ollama:filter", str)
    def filter(self, kind: str) -> None:
        """Show only chat, coding or embedding models; "" shows all."""
        self._state.ollama_kind.set(kind)

    @action("ollama:all")
    def show_all(self) -> None:
        """Show every model that there is, not only the installed ones and a few."""
        self._state.is_ollama_whole.set(True)

    @action("ollama:find", str)
    def find(self, wanted: str) -> None:
        """Show only the models whose names or uses hold these words."""
        self._state.ollama_wanted.set(wanted.strip())

    # -- a file of one's own


def id_of(name: str) -> str:
    """How this app calls one of the server's models."""
    return str(ModelRef("ollama", name))


def _as_error(found: Diagnosis) -> ProviderError:
    """Why the server cannot answer, in the doctor's words."""
    kinds: dict[Found, type[ProviderError]] = {
        "origin-refused": OriginRefused,
        "blocked": BlockedByBrowser,
        "not-connected": BlockedByBrowser,
    }
    kind = kinds.get(found.state, Unreachable)
    return kind(
        Text("ollama_check.headline", headline=found.headline),
        Text("ollama_check.mended_on_page", why=found.words),
    )
