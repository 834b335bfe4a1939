"""What a person does with models: fetch, import, choose, delete, pick an engine, check the device."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Literal

from app.core.actions import ModelId, Picked, PickedFile, action
from app.core.commands import Allow, Persist, Save, SaveFile, WriteFile
from app.core.device import Space
from app.core.errors import AppError, LoadFailed
from app.core.jobs import Jobs
from app.core.places import ModelRef
from app.core.ports import Clock, Device, Page
from app.core.texts import Percent, Size, Text, of, with_commas
from app.core.throttle import Throttle
from app.core.values import EngineName, Event, Model
from app.models.answering.automatic import AUTOMATIC
from app.models.engines.choice import why_not
from app.models.engines.gpu import Wish, told
from app.models.engines.gpu_verdicts import Graphics
from app.models.store.bundles import Bundle
from app.models.store.manager import LocalModelManager
from app.models.store.refusals import cannot_chat
from app.models.store.rows import Row, Status
from app.models.store.sources import read_added
from app.session.notices import Notices, Shown
from app.session.preferences import Preferences
from app.session.state import State
from app.study.chats import new_id

PROGRESS_SECONDS = 1.0
UNUSED_SECONDS = 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is in the folder that was picked, both by their names."""

    name: str
    folder: str


@dataclass(frozen=True, slots=True)
class EngineForm:
    """The engine that was chosen for a model; "" leaves it to the app."""

    arg: ModelId
    value: EngineName | Literal[""]


@dataclass(frozen=True, slots=True)
class GpuForm:
    """Whether a model may have the graphics processor."""

    arg: ModelId
    value: Wish


class Models:
    """The actions `models:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        preferences: Preferences,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        device: Device,
        manager: LocalModelManager,
        unload_engine: Callable[[], Awaitable[None]],
        gpu: Graphics,
        check_gpu: Callable[[Model], AsyncGenerator[Event, None]],
    ) -> None:
        self._state, self._notices, self._preferences, self._jobs, self._page = state, notices, preferences, jobs, page
        self._clock, self._device, self._manager, self._unload_engine = clock, device, manager, unload_engine
        self._gpu, self._check = gpu, check_gpu

    def changed(self) -> None:
        """The manager's rows changed. Mere progress is shown once a second: drawing it costs more than making it."""
        at_rest = tuple(row.at_rest for row in self._manager.rows)
        if at_rest != self._state.rows_at_rest():
            self._state.rows_at_rest.set(at_rest)
            self._showing_rows.act()
        else:
            self._showing_rows.ask()

    @cached_property
    def _showing_rows(self) -> Throttle:
        return Throttle(self._jobs, self._clock, "progress", PROGRESS_SECONDS, self._show_rows)

    def _show_rows(self) -> None:
        self._state.rows.set(self._manager.rows)
        moving = [row for row in self._manager.rows if row.status == Status.DOWNLOADING and row.model.size_bytes]
        done, whole = sum(row.done_bytes for row in moving), sum(row.model.size_bytes for row in moving)
        self._state.progress.set(Percent.of(done, whole) if moving else None)

    @action("models:pick", bool)
    def pick(self, is_open: bool) -> None:
        """The list of models was opened or shut."""
        self._state.finding_model.set("" if is_open else None)

    @action("models:find", str)
    def find(self, text: str) -> None:
        """What is looked for in that list."""
        self._state.finding_model.set(text)

    @action("models:search", str)
    def search(self, text: str) -> None:
        """What is looked for in Discover."""
        self._state.discover_words.set(text)

    @action("models:filter", str)
    def filter(self, chip: str) -> None:
        """Switch a filter of Discover on or off."""
        self._state.discover_chips.set(self._state.discover_chips() ^ {chip})

    @action("models:choose", ModelId)
    async def choose(self, model_id: ModelId) -> None:
        """Answer with this model from now on. Raises NotSupported where it cannot."""
        if (model := self._state.shelf.named(model_id)) and not model.can_chat:
            raise cannot_chat(model)
        self._state.stand_in.set(None)
        active = {**dict(self._state.settings().active), ModelRef.parse(model_id).provider: model_id}
        await self._preferences.change(model_id=model_id, active=tuple(active.items()))

    @action("models:download", ModelId)
    def download(self, model_id: ModelId) -> None:
        """Fetch a model's bytes into this browser, or go on with it."""
        self._page.do(Persist())
        self._jobs.start(f"model:{model_id}", self._download(model_id))

    async def _download(self, model_id: str, *, anew: bool = False) -> None:
        await self._warn_of_space(model_id)
        await self._manager.downloader.fetch(model_id, anew=anew)

    async def _warn_of_space(self, model_id: str) -> None:
        """Say so where the browser's own figure is too small; it may be wrong, so the download begins all the same."""
        row, space = self._manager.row(model_id), await self.look_at_space()
        free, need = space.quota_bytes - space.usage_bytes, row.model.size_bytes - row.stored_bytes
        if space.quota_bytes and need > free:
            what = Text("store.little_space", free=Size(free), model=row.model.name, need=Size(need))
            self._notices.show(Shown(f"space-{model_id}", what, Text("store.little_space_cure")))

    async def look_at_space(self) -> Space:
        """Ask the browser for its storage figures and show them."""
        space = await self._device.space()
        if facts := self._state.facts():
            self._state.facts.set(replace(facts, **asdict(space)))
        return space

    async def stop_transfers(self) -> None:
        """Stop whatever is being fetched, as Pause does."""
        for row in self._manager.rows:
            if row.status == Status.DOWNLOADING:
                await self.pause(ModelId(row.model.id))

    @action("models:restart", ModelId)
    def restart(self, model_id: ModelId) -> None:
        """Fetch a model from its beginning; the page has asked first."""
        self._jobs.start(f"model:{model_id}", self._download(model_id, anew=True))

    @action("models:pause", ModelId)
    async def pause(self, model_id: ModelId) -> None:
        """Stop fetching or verifying, in whichever tab it happens; what has arrived is kept."""
        if self._manager.row(model_id).is_elsewhere:
            self._manager.downloader.pause_elsewhere(model_id)
        else:
            await self._jobs.stop(f"model:{model_id}")

    def follow(self, model_id: str) -> None:
        """Another tab fetches a model: show it, and go on with it if that tab dies."""
        if not self._jobs.is_running(f"model:{model_id}"):
            self._jobs.start(f"model:{model_id}", self._manager.downloader.follow(model_id))

    def stop(self, model_id: str) -> None:
        """Another tab asks this one to pause."""
        self._jobs.start(f"stop:{model_id}", self._jobs.stop(f"model:{model_id}"))

    @action("models:verify", ModelId)
    def verify(self, model_id: ModelId) -> None:
        """Read every byte of a stored model again."""
        self._jobs.start(f"model:{model_id}", self._verify(model_id))

    async def _verify(self, model_id: str) -> None:
        stored = await self._manager.verifier.verify(model_id)
        name, id = stored.model.name, f"verified-{model_id}"
        if stored.state == "damaged":
            return  # the row says what is wrong, and has the button that mends it
        what = Text("store.verified" if stored.is_verified else "store.read_whole", model=name)
        self._notices.show(Shown(id, what, f"SHA-256 {', '.join(stored.file_sha256)}"))

    @action("models:repair", ModelId)
    def repair(self, model_id: ModelId) -> None:
        """Fetch the bad parts of a stored model again."""
        self._jobs.start(f"model:{model_id}", self._manager.downloader.repair(model_id))

    @action("models:import", Picked)
    def import_files(self, picked: Picked) -> None:
        """Copy picked files into this browser; a small catalogue among them brings their hashes."""
        self._page.do(Persist())
        self._jobs.start(f"import:{picked.first.name}", self._import_all(picked.files))

    async def _import_all(self, files: Sequence[PickedFile]) -> None:
        described: list[Model] = []
        for file in files:
            if file.name.endswith(".toml"):
                described += read_added(await self._manager.importer.text(file.handle)).models
        models = [file for file in files if not file.name.endswith(".toml")]
        for bundle in await self._manager.importer.sorted(models):
            await self._import(bundle, described)
        if not models:
            raise LoadFailed(Text("store.only_hashes"), Text("store.only_hashes_cure"))

    @action("models:cancel-import", ModelId)
    def cancel_import(self, model_id: ModelId) -> None:
        """Stop importing a model and remove what was copied."""
        self._manager.importer.stop(model_id)

    @action("models:link", Picked)
    def link(self, picked: Picked) -> None:
        """Use a model's files where they lie on disk, without copying them."""
        self._jobs.start(f"import:{picked.first.name}", self._link_all(picked.files))

    async def _link_all(self, files: Sequence[PickedFile]) -> None:
        for bundle in await self._manager.importer.sorted(files):
            await self._link(bundle)

    async def _link(self, bundle: Bundle) -> None:
        try:
            model_id = await self._manager.importer.link(bundle)
        except AppError as error:
            error.message = of(bundle.files[0].name, error.message)
            raise
        model, id = self._manager.row(model_id).model, f"imported-{model_id}"
        if not model.can_chat:
            self._tell_of_other(id, model, Text("store.linked", model=model.name))
            return
        await self._preferences.change(model_id=model_id)
        what = Text("store.linked_answers", model=model.name)
        self._notices.show(Shown(id, what, Text("store.linked_answers_cure")))

    def _tell_of_other(self, id: str, model: Model, what: Text) -> None:
        """The new model does not take the place of the one that answers."""
        self._notices.show(Shown(id, what, Text("store.is_reranking" if model.can_rank else "store.is_embedding")))

    @action("models:allow", ModelId)
    def allow(self, model_id: ModelId) -> None:
        """Ask the browser to let a linked file be read again; only a window can."""
        self._page.do(Allow(model_id))

    @action("models:allowed", ModelId)
    async def allowed(self, model_id: ModelId) -> None:
        """The person has agreed: look whether it is still the same file."""
        await self._manager.opener.look_again(model_id)

    @action("models:save", ModelId)
    async def save(self, model_id: ModelId) -> None:
        """Save a model's files, and the small file with their hashes, as downloads."""
        made = await self._manager.exporter.export(model_id)
        for handle, name in made.files:
            self._page.do(SaveFile(handle, name))
        self._page.do(Save(made.hashes_name, made.hashes, "application/toml"))

    @action("models:save-to-folder", ModelId)
    async def save_to_folder(self, model_id: ModelId) -> None:
        """Write the same files into the folder that was picked."""
        made = await self._manager.exporter.export(model_id)
        names = with_commas(*(name for _, name in made.files))
        self._notices.show(Shown(f"saved-{model_id}", Text("store.writing", file=names)))
        self._page.do(WriteFile(made.hashes, made.hashes_name))
        for handle, name in made.files:
            self._page.do(WriteFile(handle, name))

    @action("models:saved", Written)
    def saved(self, written: Written) -> None:
        """A file was written into the folder."""
        self._notices.show(Shown(new_id(), Text("page.in_folder", name=written.name, folder=written.folder)))

    async def _import(self, bundle: Bundle, described: Sequence[Model]) -> None:
        try:
            model_id = await self._manager.importer.copy(bundle, described)
        except AppError as error:
            error.message = of(bundle.files[0].name, error.message)
            raise
        model = self._manager.row(model_id).model
        facts, id = await self._device.facts(), f"imported-{model_id}"
        if not model.can_chat:
            self._tell_of_other(id, model, Text("store.stored", model=model.name))
            return
        if why := why_not(model, facts):
            self._notices.show(Shown(id, Text("store.stored_cannot_run", model=model.name), why))
            return
        await self._preferences.change(model_id=model_id)
        self._notices.show(Shown(id, Text("store.stored_answers", model=model.name)))

    @action("models:delete", ModelId)
    async def delete(self, model_id: ModelId) -> None:
        """Delete a model's bytes; the page has asked first."""
        await self._jobs.stop(f"model:{model_id}")
        name = self._manager.row(model_id).model.name
        await self.free(model_id)
        await self._manager.delete(model_id)
        await self._gpu.forget(model_id)
        if self._state.settings().model_id == model_id:
            await self._preferences.change(model_id="")
        if (standing_in := self._state.stand_in()) and standing_in.id == model_id:
            self._state.stand_in.set(None)
        self._notices.show(Shown(f"gone-{model_id}", Text("store.deleted", model=name)))

    def unused(self) -> tuple[Row, ...]:
        """What is stored here and was not used for long, as far as it is known; never what answers,
        nor what comes along and makes vectors: it would come again."""
        used, before = self._state.settings().used, self._clock.now() - UNUSED_SECONDS
        return tuple(
            row
            for row in self._state.rows_at_rest()
            if row.is_ready
            and not row.is_linked
            and row.model.id != self._state.chosen().id
            and not (row.model.is_bundled and row.model.can_embed)
            and used.get(row.model.id, before) < before
        )

    async def note_new(self) -> None:
        """Of models whose last use nobody has noted yet, the time counts from now. Raises StorageError."""
        used = self._state.settings().used
        new = [row.model.id for row in self._state.rows_at_rest() if row.is_ready and row.model.id not in used]
        if new:
            await self._preferences.change(used={**used, **dict.fromkeys(new, self._clock.now())})

    @action("models:delete-unused")
    async def delete_unused(self) -> None:
        """Delete every model that is listed as unused; the page has asked first."""
        for row in self.unused():
            await self.delete(ModelId(row.model.id))

    @action("models:unload", ModelId)
    async def unload(self, model_id: ModelId) -> None:
        """Free a model's memory, if it is in it."""
        await self.free(model_id)

    async def free(self, model_id: str) -> None:
        """Take a model out of memory; the replies that it is writing stop, and their words are kept."""
        for chat_id in [
            chat_id for chat_id, used in self._state.answers_with().items() if used in (model_id, AUTOMATIC.id)
        ]:
            await self._jobs.stop(f"reply:{chat_id}")
        if model_id and self._state.loaded_id() == model_id:
            await self._unload_engine()

    @action("models:engine", EngineForm)
    async def engine(self, form: EngineForm) -> None:
        """Use this engine for a model; an empty name lets the app choose."""
        engines = dict(self._state.settings().engines)
        engines.pop(form.arg, None)
        if form.value:
            engines[form.arg] = form.value
        await self._preferences.change(engines=tuple(engines.items()))

    @action("models:gpu", GpuForm)
    async def gpu(self, form: GpuForm) -> None:
        """Whether a model may have the graphics processor; "auto" leaves it to the app."""
        chosen = dict(self._state.settings().gpu)
        chosen.pop(form.arg, None)
        if form.value != "auto":
            chosen[form.arg] = form.value
        await self._preferences.change(gpu=chosen)

    @action("models:check-gpu", ModelId)
    def check_gpu(self, model_id: ModelId) -> None:
        """Compare a model's words on the graphics processor with those on the processor again."""
        self._jobs.start(f"gpu:{model_id}", self._check_gpu(self._manager.row(model_id).model))

    async def _check_gpu(self, model: Model) -> None:
        async with aclosing(self._check(model)) as events:
            async for _ in events:
                pass  # the row says how far it is
        if (verdict := self._gpu.verdicts().get(model.id)) is not None:
            self._notices.show(Shown(f"gpu-{model.id}", told(verdict)))
