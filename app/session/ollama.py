"""What a person does with Ollama: connect, pull, choose, copy, delete, import a file.

Nothing of Ollama is imported before it is needed: a page starts faster without it, and most pages never ask for it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.core.actions import Field, Picked, action
from app.core.errors import (
    AppError,
    BlockedByBrowser,
    Interrupted,
    OfflineModeOn,
    OriginRefused,
    ProviderError,
    Unreachable,
)
from app.core.places import ModelRef
from app.core.ports import Provider
from app.core.text import size
from app.core.throttle import Throttle
from app.core.values import Model
from app.models.store.rows import Status
from app.session.models import ModelActions
from app.session.ollama_forms import AddressForm, ImportForm, NameForm, PullForm
from app.session.state import Shown

if TYPE_CHECKING:
    from app.models.ollama.bringing import Bringing, Looked, Stage
    from app.models.ollama.doctor import Diagnosis
    from app.models.ollama.findings import State
    from app.models.ollama.server import OllamaRow, OllamaServer

SHOW_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Ollama:
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


@dataclass(frozen=True, slots=True)
class Import:
    """A GGUF file on its way into Ollama: what is known of it, how far it is, what it lacks."""

    file_name: str
    looked: Looked
    stage: Stage | None = None
    name: str = ""
    sha256: str = ""
    template: str = ""  # the id of the chosen one
    warning: str = ""
    problem: AppError | None = None


class OllamaActions(ModelActions):
    """The actions `ollama:*`."""

    _server: OllamaServer | None = None
    _file: object = None  # the picked file's handle

    async def _ollama(self) -> OllamaServer:
        """The server, made and read from storage at its first use."""
        if self._server is None:
            server = self.make.ollama(self.ollama_changed)
            await server.load()
            self._server = self._server or server
            self._showing_ollama.act()
        return self._server

    async def ollama_read_again(self) -> None:
        """Read once more what is kept of the server, if anybody has asked for it. Raises StorageError."""
        if self._server is not None:
            await self._server.load_again()
            self._showing_ollama.act()

    def ollama_changed(self) -> None:
        """Something of the server changed; it is shown a few times a second at most."""
        self._showing_ollama.ask()

    @cached_property
    def _showing_ollama(self) -> Throttle:
        return Throttle(self.jobs, self.clock, "ollama-show", SHOW_SECONDS, self._show_ollama)

    def _show_ollama(self) -> None:
        if server := self._server:
            self.ollama.set(Ollama(server.address, server.diagnosis, server.is_checking, server.rows, server.unused))

    # -- finding it

    def ollama_look(self) -> None:
        """See how the server is, without raising any question of the browser's. Nobody who has never used Ollama is
        looked up for: only where its state is on show, or where it has answered before."""
        if not self.is_demo and not self.jobs.is_running("ollama"):
            self.jobs.start("ollama", self._look())

    @action("ollama:again")
    def ollama_again(self) -> None:
        """Look once more, if the last look found nobody; the page asks now and then while the state is on show."""
        if self._server is not None and not self._server.is_running and self.importing() is None:
            self.ollama_look()

    async def _look(self) -> None:
        [record] = await self._records.get("settings", ["ollama"])
        if self.route() == "chat" and not (record or {}).get("connected"):
            return
        server = await self._ollama()
        if not self.gate.refuses(server.address):
            with suppress(ProviderError, Interrupted):  # it went away between two requests: the next look will tell
                await server.check()

    @action("ollama:connect")
    def ollama_connect(self) -> None:
        """The person asks for the server: the browser may put its question now."""
        self.jobs.start("ollama", self._connect())

    async def _connect(self) -> None:
        await (await self._ollama()).check(clicked=True)

    @action("ollama:address", AddressForm)
    async def ollama_address(self, form: AddressForm) -> None:
        """Talk to the server at another address; an empty one is Ollama's own."""
        await self.ollama_use(form.address)

    @action("ollama:use", str)
    async def ollama_use(self, address: str) -> None:
        """The same of an address that a button offers."""
        from app.models.ollama.client import DEFAULT_ADDRESS

        await (await self._ollama()).use(address.strip() or DEFAULT_ADDRESS)
        self.jobs.start("ollama", self._connect())

    @action("ollama:own", str)
    async def ollama_own(self, address: str) -> None:
        """What answers there is no Ollama, but can be used: it becomes one of the person's own servers, and the field
        for Ollama holds Ollama's usual address again. Raises BadAddress, StorageError."""
        from app.models.ollama.client import DEFAULT_ADDRESS
        from app.session.cloud_forms import ServerForm

        await self.part("cloud").add_own(ServerForm(address))
        await (await self._ollama()).use(DEFAULT_ADDRESS)
        self.page_visit("#/settings")
        self.notify(Shown("own-added", f"{address} is one of your own servers now.", "Choose its models below."))

    def page_visit(self, route: str) -> None:
        """A button leads to another page."""
        raise NotImplementedError

    async def ollama_ready(self, model: Model) -> Model:
        """The chosen model as the server has it now. Raises ProviderError in the doctor's words, ModelMissing."""
        server = await self.ollama_found(clicked=True)
        return server.row(model.ref.name).as_model()

    async def ollama_found(self, *, clicked: bool) -> OllamaServer:
        """The server, running; only after a click the browser may put its question. Raises ProviderError in the
        doctor's words."""
        server = await self._ollama()
        if not server.is_running:
            found = await server.check(clicked=clicked)
            if not found.is_running:
                raise _as_error(found)
        return server

    def ollama_provider(self) -> Provider:
        """Who answers for the server's models. Only asked once `ollama_ready` has found it."""
        from app.models.ollama.provider import OllamaProvider

        assert self._server is not None
        server, check = self._server, self.egress.check
        return OllamaProvider(server.client, self.clock, server.runners, check, lambda: self.offline().is_on)

    async def ollama_answered(self, model: Model) -> None:
        """A model has just been used: what is in memory may have changed."""
        with suppress(AppError):  # what is loaded now is a detail
            await (await self._ollama()).note_use(model.ref.name)

    # -- its models

    @action("ollama:pull", str)
    def ollama_pull(self, name: str) -> None:
        """Pull a model by the name of its row."""
        self.jobs.start(f"pull:{name}", self._pull(name))

    @action("ollama:pull-typed", PullForm)
    def ollama_pull_typed(self, form: PullForm) -> None:
        """Pull a model by the name that was typed."""
        self.ollama_pull(form.name)

    async def _pull(self, name: str) -> None:
        self.check_pull(name)
        server = await self._ollama()
        try:
            await server.pull(name)
        except AppError as error:
            if server.pulls.row(name) is None or self.route() == "chat":
                raise
            if error.again is False:
                raise
            return  # its row says so, and has the button that goes on
        self.notify(Shown(f"pulled-{name}", f"{name} is in Ollama, ready to answer."))

    def check_pull(self, name: str) -> None:
        """Raises OfflineModeOn: Ollama itself would fetch the model from elsewhere."""
        if self.gate.standing().is_on:
            raise OfflineModeOn(f"Offline Mode is on: Ollama would fetch {name} from elsewhere.")

    async def stop_transfers(self) -> None:
        """What Ollama fetches stops too."""
        await super().stop_transfers()
        for row in self._server.rows if self._server else ():
            if row.pull is not None and row.pull.status == Status.DOWNLOADING:
                await self.ollama_pause(row.name)

    @action("ollama:pause", str)
    async def ollama_pause(self, name: str) -> None:
        """Stop pulling; Ollama keeps what has arrived."""
        await (await self._ollama()).pulls.pause(name)

    @action("ollama:cancel", str)
    async def ollama_cancel(self, name: str) -> None:
        """Stop pulling, and take it off the list."""
        await (await self._ollama()).pulls.forget(name)

    @action("ollama:delete", str)
    async def ollama_delete(self, name: str) -> None:
        """Delete a model from Ollama; the page has asked first."""
        freed = await (await self._ollama()).delete(name)
        words = f"{name} was deleted from Ollama: {size(freed)}, less what others share."
        self.notify(Shown(f"gone-{name}", f"{words}{await self._ollama_gone(name)}"))

    async def _ollama_gone(self, *names: str) -> str:
        """These are deleted. Who answers in place of the one that was chosen, as a sentence; "" where none was."""
        if self.settings().model_id not in [_id(name) for name in names]:
            return ""
        await self.change(model_id="")
        return f" {self.picked().name} is used from now on."

    @action("ollama:delete-unused")
    async def ollama_delete_unused(self) -> None:
        """Delete every model that is listed as unused; the page has asked first."""
        server = await self._ollama()
        names = [row.name for row in server.unused]
        freed = sum([await server.delete(name) for name in names])
        words = f"Deleted from Ollama: {size(freed)}, less what other models share."
        self.notify(Shown("tidied", f"{words}{await self._ollama_gone(*names)}"))

    @action("ollama:unload", str)
    async def ollama_unload(self, name: str) -> None:
        """Free a model's memory; its file stays."""
        await (await self._ollama()).unload(name)

    @action("ollama:context", Field)
    async def ollama_context(self, field: Field) -> None:
        """How many tokens a model reads at a time; 0 leaves it to Ollama."""
        if field.value.isdecimal() and len(field.value) < 10:
            await (await self._ollama()).choose_context(field.arg, int(field.value))

    @action("ollama:show", str)
    async def ollama_show(self, name: str) -> None:
        """Ask for everything that Ollama knows of a model."""
        await (await self._ollama()).show(name)

    @action("ollama:copy", NameForm)
    async def ollama_copy(self, form: NameForm) -> None:
        """Give a model a further name."""
        await (await self._ollama()).copy(form.arg, form.name)
        self.notify(Shown(f"copied-{form.arg}", f"{form.name.strip()} is a copy of {form.arg}."))

    @action("ollama:rename", NameForm)
    async def ollama_rename(self, form: NameForm) -> None:
        """Give a model another name."""
        old, new = form.arg, form.name.strip()
        await (await self._ollama()).rename(old, new)
        if self.settings().model_id == _id(old):
            await self.change(model_id=_id(new))

    @action("ollama:filter", str)
    def ollama_filter(self, kind: str) -> None:
        """Show only chat, coding or embedding models; "" shows all."""
        self.ollama_kind.set(kind)

    # -- a file of one's own

    @action("ollama:import", Picked)
    async def ollama_import(self, picked: Picked) -> None:
        """Look at a picked GGUF file, and ask what to make of it."""
        bringing, file = await self._bringing(), picked.first
        looked = await bringing.look(file.handle, file.name)
        self._file = file.handle
        template = looked.template.id if looked.template else ""
        self.importing.set(Import(file.name, looked, name=looked.name, template=template))

    async def _bringing(self) -> Bringing:
        server = await self._ollama()
        return self.make.bringing(server.client, self._import_moved)

    def _import_moved(self, stage: Stage) -> None:
        if now := self.importing():
            self.importing.set(replace(now, stage=stage))

    @action("ollama:bring", ImportForm)
    def ollama_bring(self, form: ImportForm) -> None:
        """Import the picked file as the form says."""
        self.jobs.start("bringing", self._bring(form))

    async def _bring(self, form: ImportForm) -> None:
        from app.models.ollama.chat_templates import CHAT_TEMPLATES

        now = self.importing()
        if now is None:
            return
        typed = form.text.strip()
        known = CHAT_TEMPLATES.get(form.template)
        template = typed or (known.template if known else "")
        stop = [line.strip() for line in form.stop.splitlines() if line.strip()]
        name, system = form.name.strip(), form.system.strip()
        self.importing.set(replace(now, name=name, template=form.template, problem=None, warning=""))
        try:
            brought = await (await self._bringing()).bring(
                self._file,
                now.file_name,
                name,
                template=template,
                system=system,
                stop=stop or (known.stop if known and not typed else ()),
                sha256=now.sha256,
            )
        except AppError as error:
            self._import_ended(problem=error)
            raise
        except BaseException:
            self._import_ended()
            raise
        await (await self._ollama()).refresh()
        if brought.warning:
            self._import_ended(warning=brought.warning, sha256=brought.sha256)
            return
        self.ollama_import_close()
        words = "is in Ollama. It makes embeddings; your chat model stays the same."
        if brought.can_chat:
            await self.change(model_id=_id(brought.name))
            words = "is in Ollama and answers from now on."
        self.notify(Shown("brought", f"{brought.name} {words}"))

    def _import_ended(self, **changes: Any) -> None:
        if now := self.importing():
            self.importing.set(replace(now, stage=None, **changes))

    @action("ollama:import-stop")
    async def ollama_import_stop(self) -> None:
        """Stop importing; Ollama throws half a file away by itself."""
        await self.jobs.stop("bringing")

    @action("ollama:import-close")
    def ollama_import_close(self) -> None:
        """Let go of the picked file."""
        self._file = None
        self.importing.set(None)


def _id(name: str) -> str:
    """How this app calls one of the server's models."""
    return str(ModelRef("ollama", name))


def _as_error(found: Diagnosis) -> ProviderError:
    """Why the server cannot answer, in the doctor's words."""
    kinds: dict[State, type[ProviderError]] = {
        "origin-refused": OriginRefused,
        "blocked": BlockedByBrowser,
        "not-connected": BlockedByBrowser,
    }
    kind = kinds.get(found.state, Unreachable)
    return kind(f"{found.headline}.", f"{found.words} The Models page says how to mend it.")
