"""What a person does with model sources: catalogues by address or file, single models by address, access tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.core.actions import Picked, action
from app.core.errors import AppError, BadAnswer
from app.core.texts import Text, of
from app.core.values import Model
from app.models.store.catalog import Catalog
from app.models.store.listing import Offer, merged
from app.models.store.manager import LocalModelManager
from app.models.store.refusals import host_of
from app.models.store.sources import Sources
from app.session.notices import Notices, Shown
from app.session.state import State

if TYPE_CHECKING:
    from app.session.hub import HubSearch


@dataclass(frozen=True, slots=True)
class SourceForm:
    """The address of a catalogue or of a model, as it was typed."""

    address: str


@dataclass(frozen=True, slots=True)
class TokenForm:
    """An access token for the host `arg`, or for one that was typed."""

    token: str
    arg: str = ""
    host: str = ""


class ModelSources:
    """The actions `sources:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        manager: LocalModelManager,
        sources: Sources,
        hub: Callable[[], HubSearch],
    ) -> None:
        self._state, self._notices, self._manager, self._sources = state, notices, manager, sources
        self._hub = hub
        self._first: tuple[Model, ...] = ()  # the built-in catalogue's
        self._visited: tuple[Offer, ...] = ()  # the catalogue that this visit's address names
        self._listed: frozenset[str] = frozenset()

    @property
    def added(self) -> frozenset[str]:
        """Ids of the models that added catalogues and addresses list, beside the built-in ones."""
        return self._listed - {model.id for model in self._first}

    async def load(self) -> None:
        """List what was added earlier, after the models that are known already. Raises StorageError."""
        self._first = self._first or tuple(row.model for row in self._manager.rows)
        await self._sources.load()
        for kept in self._sources.catalogs:
            if kept.problem:
                self._tell(kept.title, kept.problem)
        self._sources_changed()

    async def visit(self, catalog: str) -> None:
        """List the models of the catalogue that this visit's address names, as soon as it has come."""
        try:
            visited = await self._sources.add(catalog, visit_only=True)
            self._visited = (Offer(host_of(catalog), visited.models),)
        except AppError as error:
            self._tell(catalog, error)
        self._sources_changed()

    def _tell(self, what: str, error: AppError) -> None:
        """A catalogue that cannot be used; the others can."""
        self._notices.show(Shown(f"catalog-{what}", of(what, error.message), error.cure, "error", detail=error.detail))

    def _sources_changed(self) -> None:
        """List what all catalogues offer together, and what one of them offers no more only if it is stored."""
        offers = (*(kept.offer for kept in self._sources.catalogs), *self._visited)
        stored = [row.model for row in self._manager.rows if self._manager.stored(row.model.id)]
        models = merged(self._first, offers, (*self._sources.models, *stored))
        now = frozenset(model.id for model in models)
        self._manager.learn(models)
        self._manager.unlearn(self._listed - now)
        self._listed = now
        self._state.catalogs.set(self._sources.catalogs)
        self._state.added.set(self._sources.models)
        self._state.token_hosts.set(self._sources.tokens.hosts)

    @action("sources:add", SourceForm)
    async def add(self, form: SourceForm) -> None:
        """Add the catalogue at an address for good."""
        self._added(await self._sources.add(form.address.strip()))

    @action("sources:add-file", Picked)
    async def add_file(self, picked: Picked) -> None:
        """Add a catalogue from a file for good."""
        self._added(await self._sources.add_text(await self._manager.importer.text(picked.first.handle)))

    def _added(self, catalog: Catalog) -> None:
        self._sources_changed()
        added = Text("sources.catalog_added", catalog=catalog.title, count=len(catalog.models))
        self._notices.show(Shown("catalog-added", added))

    @action("sources:refresh", str)
    async def refresh(self, id: str) -> None:
        """Read an added catalogue again; what is kept stays in use where that fails."""
        self._added(await self._sources.add(id))

    @action("sources:remove", str)
    async def remove(self, id: str) -> None:
        """Forget a catalogue or a single model; what is stored stays."""
        await self._sources.remove(id)
        self._sources_changed()

    @action("sources:add-model", SourceForm)
    async def add_model(self, form: SourceForm) -> None:
        """List a single model by its address; it is looked at before."""
        url = form.address.strip()
        self._notices.show(Shown("looking", Text("sources.looking")))
        try:
            model = await self._look(url)
        except AppError as error:
            if not self._state.sheet():
                raise
            self._state.address.set((url, error))  # told beside the field
            return
        finally:
            self._notices.dismiss("looking")
        self._state.address.set(("", None))
        self._state.sheet.set(None)
        if model is None:
            return
        self._sources_changed()
        self._notices.show(Shown("model-added", Text("sources.model_added", model=model.name)))

    async def _look(self, address: str) -> Model | None:
        """The model at an address, of the Hub's files with their hashes. A repository is no model: it is shown, so that
        one can be picked (None). A file that Discover does not offer (a .bin of MediaPipe's) says itself what it is."""
        from app.models.hub.offers import is_model  # here, because a page to which nothing is added starts faster
        from app.models.hub.place import hub_place

        place = hub_place(address)
        if place is None or (place.path and not is_model(place.path)):
            return await self._sources.add_model(address)
        if place.path:
            try:
                known = await self._hub().known(place)
            except BadAnswer:  # no list that can be read, but the file may lie where it did
                return await self._sources.add_model(address)
            return await self._sources.add_known(known)
        self._hub().show(place)
        return None

    async def list_known(self, model: Model) -> Model:
        """List a model of which the Hub has told its hash; it is looked at before. Raises DownloadError, LoadFailed."""
        model = await self._sources.add_known(model)
        self._sources_changed()
        return model

    @action("sources:token", TokenForm)
    def token(self, form: TokenForm) -> None:
        """Use an access token for one host until the page closes; an empty one is forgotten."""
        host = form.arg or form.host.strip()
        self._sources.tokens.set(urlsplit(host).netloc or host.strip("/"), form.token.strip())
        self._state.token_hosts.set(self._sources.tokens.hosts)
