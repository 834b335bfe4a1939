"""What a person does with model sources: catalogues by address or file, single models by address, access tokens."""

from __future__ import annotations

from typing import Any

from app.core.errors import AppError
from app.core.text import count
from app.core.values import Model
from app.models.catalog import Catalog
from app.models.sources import merged
from app.session.models import ModelActions
from app.session.state import Shown


class SourceActions(ModelActions):
    """The actions `sources:*`."""

    async def load_sources(self, catalog: str = "") -> None:
        """List what was added earlier, and the catalogue that this visit's address names. Never raises AppError."""
        await self.sources.load()
        for kept in self.sources.catalogs:
            try:
                self._learn(kept.models)
            except AppError as error:
                self._tell(kept.title, error)
        self._learn(self.sources.models)
        self._sources_changed()
        if catalog:
            try:
                self._learn((await self.sources.add(catalog, visit_only=True)).models)
            except AppError as error:
                self._tell(catalog, error)

    def _learn(self, models: tuple[Model, ...]) -> None:
        self.manager.learn(merged([row.model for row in self.manager.rows], models))

    def _tell(self, what: str, error: AppError) -> None:
        """A catalogue that cannot be used; the others can."""
        self.notify(Shown(f"catalog-{what}", f"{what}: {error.message}", error.cure, "error", detail=error.detail))

    def _sources_changed(self) -> None:
        self.catalogs.set(self.sources.catalogs)
        self.added.set(self.sources.models)
        self.token_hosts.set(self.sources.tokens.hosts)

    async def sources_add(self, form: dict[str, str]) -> None:
        """Add the catalogue at an address for good."""
        self._added(await self.sources.add(form["address"].strip()))

    async def sources_add_file(self, picked: dict[str, Any]) -> None:
        """Add a catalogue from a file for good."""
        self._added(await self.sources.add_text(await self.manager.text(picked["file"])))

    def _added(self, catalog: Catalog) -> None:
        self._learn(catalog.models)
        self._sources_changed()
        words = f"{catalog.title}: {count(len(catalog.models), 'model')} on the Models page."
        self.notify(Shown("catalog-added", words))

    async def sources_refresh(self, id: str) -> None:
        """Read an added catalogue again; what is kept stays in use where that fails."""
        self._added(await self.sources.add(id))

    async def sources_remove(self, id: str) -> None:
        """Forget a catalogue or a single model; what is stored stays."""
        gone = [model.id for kept in self.sources.catalogs if kept.id == id for model in kept.models]
        await self.sources.remove(id)
        self.manager.unlearn([*gone, id])
        self._sources_changed()

    async def sources_add_model(self, form: dict[str, str]) -> None:
        """List a single model by its address; it is looked at before."""
        url = form["address"].strip()
        self.notify(Shown("looking", "Looking at the file …"))
        try:
            model = await self.sources.add_model(url)
        finally:
            self.app_dismiss("looking")
        self._learn((model,))
        self._sources_changed()
        self.notify(Shown("model-added", f"{model.name} is on the list below, ready to be downloaded."))

    def sources_token(self, form: dict[str, str]) -> None:
        """Use an access token for one host until the page closes; an empty one is forgotten."""
        self.sources.tokens.set(form["arg"] or form.get("host", "").strip(), form["token"].strip())
        self._sources_changed()
