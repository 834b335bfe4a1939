"""The search of the Hugging Face Hub in Discover. The Hub is asked when a person asks for it, and at no other time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal, TypedDict, Unpack

from app.core.actions import ModelId, action
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.texts import of
from app.core.values import Model
from app.models.hub.hub import Hub, HubPage, Opened
from app.models.hub.offers import HubOffer
from app.models.hub.place import REPOSITORY, HubPlace, hub_place
from app.models.store.rows import Row
from app.session.makers import Makers
from app.session.models import Models
from app.session.navigation import Navigation
from app.session.sources import ModelSources
from app.session.state import State

DISCOVER = "#/models/discover"


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What was typed: words, a repository's name, an address on the Hub."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class HubShown:
    """What Discover shows of the Hub: what `words` have found (None: nothing was searched for), the repository that is
    open, whether its part that sees comes along with a model, what is being asked, the paths of files that are being
    looked at to be listed, and what went wrong."""

    words: str = ""
    page: HubPage | None = None
    opened: Opened | None = None
    sees: bool = False
    busy: Literal["", "search", "open"] = ""
    adding: frozenset[str] = frozenset()
    problem: AppError | None = None


class HubChanges(TypedDict, total=False):
    """What of it changes while a file is being listed."""

    adding: frozenset[str]
    problem: AppError | None


class HubSearch:
    """The actions `hub:*`."""

    def __init__(
        self, state: State, models: Models, sources: ModelSources, navigation: Navigation, jobs: Jobs, make: Makers
    ) -> None:
        self._state, self._models, self._sources, self._jobs = state, models, sources, jobs
        self._navigation = navigation
        self._hub: Hub = make.hub()

    @property
    def _shown(self) -> HubShown:
        return self._state.hub() or HubShown()

    @action("hub:search", SearchForm)
    def search(self, form: SearchForm) -> None:
        """Search for words, or open the repository that they name; with no words, the Hub is put away."""
        words = form.words.strip()
        if not words:
            self.close()
        elif place := hub_place(words):
            self._begin(HubShown(words), "open", lambda: self._opened(HubShown(words), place))
        else:
            self._begin(HubShown(words), "search", lambda: self._found(words))

    async def _found(self, words: str) -> HubShown:
        return HubShown(words, await self._hub.search(words))

    @action("hub:more")
    def more(self) -> None:
        """Find more of the same."""
        self._begin(self._shown, "search", self._found_more)

    async def _found_more(self) -> HubShown:
        shown = self._shown
        return replace(shown, page=await self._hub.more(shown.page or HubPage()))

    @action("hub:open", str)
    def open(self, repository: str) -> None:
        """Show the models of a repository that was found."""
        if REPOSITORY.fullmatch(repository):
            self._begin(self._shown, "open", lambda: self._opened(self._shown, HubPlace(repository)))

    async def _opened(self, shown: HubShown, place: HubPlace) -> HubShown:
        return replace(shown, opened=await self._hub.open(place))

    def show(self, place: HubPlace) -> None:
        """Show a repository that was named somewhere else: Discover is where its files are picked."""
        self._navigation.visit(DISCOVER)
        shown = HubShown(place.repository)
        self._begin(shown, "open", lambda: self._opened(shown, place))

    async def known(self, place: HubPlace) -> Model:
        """A single file of a repository as a model, with its hash. Raises DownloadError, BadAnswer."""
        return await self._hub.model_at(place)

    @action("hub:back")
    def back(self) -> None:
        """Back to what was found."""
        self._jobs.start("hub", self._set(replace(self._shown, opened=None, busy="", problem=None)))

    @action("hub:close")
    def close(self) -> None:
        """Put the Hub away."""
        self._jobs.start("hub", self._set(None))

    @action("hub:add", str)
    def add(self, path: str) -> None:
        """List a model of the open repository, and download it; its header is looked at before."""
        opened = self._shown.opened
        if opened and (offer := opened.offer(path)):
            self._jobs.start(f"hub:{path}", self._add(opened, offer, path))

    async def _add(self, opened: Opened, offer: HubOffer, path: str) -> None:
        self._change(adding=self._shown.adding | {path}, problem=None)
        try:
            wanted = self.model_of(opened, offer)
            row = self.row_of(wanted)
            model = row.model if row else await self._sources.list_known(wanted)
            self._models.download(ModelId(model.id))
        except AppError as error:
            error.message = of(offer.name, error.message)
            if self._state.hub() is None:
                raise
            self._change(problem=error)
        finally:
            self._change(adding=self._shown.adding - {path})

    @action("hub:see", bool)
    def see(self, is_on: bool) -> None:
        """Let the part that sees come along with a model."""
        self._state.hub.set(replace(self._shown, sees=is_on))

    def row_of(self, model: Model) -> Row | None:
        """The row of the same files, wherever it came from; None where they are not listed yet."""
        hashes, rows = [file.sha256 for file in model.files], self._state.rows_at_rest()
        return next((row for row in rows if [file.sha256 for file in row.model.files] == hashes), None)

    def model_of(self, opened: Opened, offer: HubOffer) -> Model:
        """What would be listed."""
        return self._hub.model(opened, offer, sees=self._shown.sees)

    # -- one thing at a time: the next one ends what is under way

    def _begin(self, shown: HubShown, busy: Literal["search", "open"], work: Callable[[], Awaitable[HubShown]]) -> None:
        self._jobs.start("hub", self._do(replace(shown, busy=busy, problem=None), work))

    async def _do(self, shown: HubShown, work: Callable[[], Awaitable[HubShown]]) -> None:
        self._state.hub.set(shown)
        try:
            now = await work()
        except AppError as error:
            now = replace(shown, problem=error)
        self._state.hub.set(replace(now, busy="", adding=self._shown.adding))

    def _change(self, **changes: Unpack[HubChanges]) -> None:
        """Change what is on show, if anything is."""
        if (shown := self._state.hub()) is not None:
            self._state.hub.set(replace(shown, **changes))

    async def _set(self, shown: HubShown | None) -> None:
        self._state.hub.set(shown)
