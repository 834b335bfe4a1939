"""Cloud services and own servers, as pages and the provider need them: keys, lists of models, what is offered.

    cloud = session.cloud
    await cloud.look()                                  # read what is stored; pages then read `services`
    model = await cloud.ready(model)                    # raises NeedsKey
    cloud.blocked("cloud:openai:gpt-5-mini")            # "OpenAI needs its key." or "": the router asks

Nothing here is imported before the page is at rest, and then only where a service was set up. A key is in `Keys` and in
the vault, in nothing else: no record, no signal, no text holds more than its last four signs.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.actions import Field, Switch, action
from app.core.commands import SignIn
from app.core.errors import AppError, BadKey, ModelMissing, NeedsKey, StorageError
from app.core.places import ModelRef, Purpose, in_records
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.texts import Text, TextOrWords, TimeOfDay, Words, as_words
from app.core.values import Model
from app.models.cloud.cloud import Cloud
from app.models.cloud.kept import Kept, kept_from
from app.models.cloud.keys import SHOWN
from app.models.cloud.picking import first_picks
from app.models.cloud.services import Own, Service, own_address
from app.net.gate import Gate
from app.records.checked import CheckedRecords
from app.session.cloud_forms import KeyForm, ServerForm, SignedIn, Standing
from app.session.makers import Makers
from app.session.notices import Notices, Shown
from app.session.state import LISTS_KEY, SERVICES_KEY, State

if TYPE_CHECKING:
    from app.session.costs import Costs
    from app.session.state import State

OPENROUTER = "openrouter"


class CloudServices:
    """The actions `cloud:*`, and the Provider of every model of a service (`ready` looks first)."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        page: Page,
        clock: Clock,
        records: CheckedRecords,
        gate: Gate,
        make: Makers,
        words: Words,
        costs: Callable[[], Costs],
    ) -> None:
        self._state, self._notices, self._page, self._clock, self._records = state, notices, page, clock, records
        self._gate, self._make, self._words, self._costs = gate, make, words, costs
        self._lock = asyncio.Lock()
        self._cloud: Cloud = self._make.cloud(self._show)
        self._keys = self._cloud.keys
        self._kept = Kept()
        self._busy: Counter[str] = Counter()  # by service: how many things are under way
        self._trying: dict[str, str] = {}  # by service: the key before one that is not kept yet
        self._problems: dict[str, AppError] = {}
        self._is_known = False
        self.services: Signal[tuple[Standing, ...]] = Signal(())
        self.filters: Signal[Mapping[str, str]] = Signal({})  # by service: what the shown models' names hold
        self._show()

    @property
    def provider(self) -> Cloud:
        """Who answers for the models of services and own servers, once `ready` has looked at what is stored."""
        return self._cloud

    # -- what others ask ----------------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Read what is stored, once: nothing is asked of anybody. Raises StorageError."""
        async with self._lock:
            if self._is_known:
                return
            if await self._read():
                try:
                    await self._keys.load()
                except StorageError as error:  # keys can be typed all the same
                    self._notices.error(error)
            self._is_known = True
        self._state.are_keys_known.set(True)
        self._show()

    async def ready(self, model: Model) -> Model:
        """The model as its service lists it. Raises NeedsKey, ModelMissing where its server is gone, StorageError."""
        await self.look()
        service = self._service(model.ref.service)
        if service is None:
            raise ModelMissing(Text("cloud.not_set_up"), Text("cloud.look_at_settings")).mended_in(
                "settings/connections"
            )
        if self._lacks_key(service):
            lacks = Text("cloud.lacks_key", name=service.name)
            raise NeedsKey(lacks, Text("cloud.enter_key")).mended_in("settings/connections")
        listed = self._kept.lists.get(service.id)
        known = next((one for one in listed.models if one.id == model.id), None) if listed else None
        return known or replace(model, where=service.where, place=service.place)

    def blocked(self, model_id: str) -> TextOrWords:
        """Why a model cannot be asked now, as a whole sentence; "" where it can, and before `look`."""
        service = self._service(ModelRef.parse(model_id).service)
        if not self._is_known:
            return ""
        if service is None:
            return Text("cloud.server_gone")
        if self._lacks_key(service):
            return Text("cloud.lacks_key", name=service.name)
        return self._paused(service) or ""

    def again(self, model_id: str) -> None:
        """The person wants a model's service to be asked now, whatever pause it is in."""
        self._cloud.renew(ModelRef.parse(model_id).service)
        self._show()

    def lacks_key(self, model_id: str) -> bool:
        """Whether a model's service needs a key that is not there; of keys nothing is known before `look`."""
        self.services()  # who draws this is drawn again when it changes
        service = self._service(ModelRef.parse(model_id).service)
        return self._is_known and service is not None and self._lacks_key(service)

    def _service(self, id: str) -> Service | None:
        return next((one for one in self._cloud.services if one.id == id), None)

    def _lacks_key(self, service: Service) -> bool:
        return service.needs_key and not self._keys.get(service.id)

    def _paused(self, service: Service) -> Text | None:
        health = self._cloud.health(service.id)
        if not health.is_blocked:
            return None
        until = TimeOfDay(self._clock.now() + health.seconds_left)
        return Text("cloud.paused_until", reason=health.reason, time=until)

    # -- keys ---------------------------------------------------------------------------------------------------------

    @action("cloud:key", KeyForm)
    async def key(self, form: KeyForm) -> None:
        """Use a key from now on, and remember it where that is ticked. The service's list is asked for with it, so that
        a wrong one is known at once: it is not kept, and an earlier one stays."""
        id, before = form.arg, self._keys.get(form.arg)
        await self.look()
        try:
            self._keys.put(id, form.key)
        except BadKey as error:
            self._tell(id, error)
            return
        self._cloud.renew(id)
        with self._at_work(id), self._unshown(id, before):
            if isinstance(await self._list(id), BadKey):
                await self._put_back(id, before)
                return
            await self._change(lambda kept: kept.with_service(id))
            if form.remember:
                await self._try(id, self._keys.remember(id))
            elif self._keys.is_remembered(id):  # an earlier one, which this one replaces
                await self._try(id, self._keys.unremember(id))

    @contextmanager
    def _unshown(self, id: str, before: str) -> Iterator[None]:
        """A key that was entered is shown once it was tried and kept; until then the one before is, if there was."""
        self._trying[id] = before
        self._show()
        try:
            yield
        finally:
            self._trying.pop(id, None)

    async def _put_back(self, id: str, before: str) -> None:
        if before:
            self._keys.put(id, before)
            self._cloud.renew(id)
        else:
            await self._keys.forget(id)

    @action("cloud:remember", Switch)
    async def remember(self, switch: Switch) -> None:
        """Keep a key beyond this tab, encrypted, or in this tab only."""
        id = switch.arg
        await self._try(id, self._keys.remember(id) if switch.value else self._keys.unremember(id))

    @action("cloud:forget", str)
    async def forget(self, id: str) -> None:
        """Forget a key here and on this device. What was picked stays for the next one. Raises StorageError."""
        self._problems.pop(id, None)
        self._cloud.renew(id)
        try:
            await self._keys.forget(id)
        finally:
            await self._change(lambda kept: kept.without_service(id))

    @action("cloud:sign-in")
    async def sign_in(self) -> None:
        """Go to OpenRouter for a key; the page keeps the verifier until it comes back. Raises OfflineModeOn."""
        from app.models.cloud.openrouter import authorize_url, new_verifier

        verifier = new_verifier()
        address = authorize_url(self._state.visit.base, verifier)
        self._gate.check(address, Purpose.SIGN_IN)
        self._page.do(SignIn(address, verifier))

    @action("cloud:signed-in", SignedIn)
    async def signed_in(self, came: SignedIn) -> None:
        """The person is back with a code, which is exchanged for a key of theirs."""
        await self.look()
        with self._at_work(OPENROUTER):
            try:
                key = await self._cloud.exchange(came.code, came.verifier)
            except AppError as error:
                self._tell(OPENROUTER, error)
                return
            await self.key(KeyForm(OPENROUTER, key))
        if self._keys.get(OPENROUTER) == key:
            self._notices.show(Shown("signed-in", Text("cloud.signed_in"), Text("cloud.signed_in_cure")))

    # -- models -------------------------------------------------------------------------------------------------------

    @action("cloud:refresh", str)
    async def refresh(self, id: str) -> None:
        """Ask a service for its list again."""
        await self.look()
        if not self._busy[id]:
            await self._list(id)

    @action("cloud:pick", Switch)
    async def pick(self, switch: Switch) -> None:
        """Offer a model in the dropdown, or no more."""
        await self._change(lambda kept: kept.with_pick(switch.arg, is_on=switch.value))

    @action("cloud:filter", Field)
    def filter(self, field: Field) -> None:
        """Show the models of a service whose names hold these words."""
        self.filters.set({**self.filters(), field.arg: field.value.strip().lower()})

    async def _list(self, id: str) -> AppError | None:
        """Ask for a list and keep it; what went wrong is shown at the service, and returned."""
        self._problems.pop(id, None)
        with self._at_work(id):
            try:
                models = await self._cloud.models(id)
                picks = await self._first_picks(id, models)
                now = self._clock.now()
                await self._change(lambda kept: kept.with_list(id, models, now, picks), with_lists=True)
            except AppError as error:
                self._problems[id] = error
                return error
        return None

    async def _first_picks(self, id: str, models: tuple[Model, ...]) -> tuple[str, ...]:
        service, costs = self._service(id), self._costs()
        if service is None or id in self._kept.lists:
            return ()
        await costs.look()  # for prices of the person's own
        return first_picks(service, models, costs.price_of)

    # -- own servers --------------------------------------------------------------------------------------------------

    @action("cloud:add-own", ServerForm)
    async def add_own(self, form: ServerForm) -> None:
        """Add a server, with a key or without, and ask for its list; `stays` is the person's word that it runs its
        models itself, on this computer. Raises BadAddress, BadKey, StorageError."""
        await self.look()
        own = Own(own_address(form.address, form.dialect), form.dialect, bool(form.stays))
        id, before = own.service.id, self._id_of(own)
        is_kept = self._keys.is_remembered(before)
        if key := form.key or self._keys.get(before):
            self._keys.put(id, key)
        self._cloud.renew(id)
        with self._at_work(id):
            if before not in ("", id):  # what the person says of it is part of its id: its key moves along
                await self._keys.forget(before)
                if is_kept:
                    await self._try(id, self._keys.remember(id))
            await self._change(lambda kept: kept.with_own(own))
            if isinstance(await self._list(id), BadKey):
                await self._keys.forget(id)

    def _id_of(self, own: Own) -> str:
        """The id under which this server is known so far, "" where it is new."""
        same = (one for one in self._kept.own if (one.address, one.dialect) == (own.address, own.dialect))
        return next((one.service.id for one in same), "")

    @action("cloud:drop-own", str)
    async def drop_own(self, id: str) -> None:
        """Nothing of this server is left, its key neither. Raises StorageError."""
        self._problems.pop(id, None)
        try:
            await self._keys.forget(id)
        finally:
            await self._change(lambda kept: kept.without_own(id), with_lists=True)

    # -- what is stored -----------------------------------------------------------------------------------------------

    async def read_again(self) -> None:
        """An import has changed what is stored. Keys are in no file: nothing of them changes. Raises StorageError."""
        async with self._lock:
            await self._read()
        self._show()

    async def elsewhere(self) -> None:
        """Another page has changed what is stored: what it remembered is taken over, what it forgot is forgotten here.
        Raises StorageError."""
        async with self._lock:
            if not self._is_known:
                return
            await self._read()
            await self._keys.load()
            for id in set(self._keys.services) - set(self._kept.set_up):
                if not self._busy[id]:
                    await self._keys.forget(id)
        self._show()

    async def _read(self) -> bool:
        """Whether there was anything."""
        record, lists = await self._records.get("settings", [SERVICES_KEY, LISTS_KEY])
        self._kept = kept_from(record or {}, lists or {})
        self._cloud.use_own(self._kept.own)
        return record is not None

    async def _change(self, change: Callable[[Kept], Kept], *, with_lists: bool = False) -> None:
        """Change what is stored now: another page may have changed it since this one read it. Raises StorageError."""
        async with self._lock:
            await self._read()
            self._kept = change(self._kept)
            self._cloud.use_own(self._kept.own)
            kept = {SERVICES_KEY: self._kept.record()} | ({LISTS_KEY: self._kept.lists_record()} if with_lists else {})
            await self._records.write([("settings", key, as_words(kept[key], in_records(self._words))) for key in kept])
        self._show()

    # -- what is shown ------------------------------------------------------------------------------------------------

    @contextmanager
    def _at_work(self, id: str) -> Iterator[None]:
        """Something is under way with a service: the page says so, and no other page takes its key away."""
        self._busy[id] += 1
        self._show()
        try:
            yield
        finally:
            self._busy[id] -= 1
            self._show()

    async def _try(self, id: str, work: Awaitable[object]) -> None:
        """Do something with a key; what goes wrong is shown at its service."""
        try:
            await work
        except AppError as error:
            self._problems[id] = error
        self._show()

    def _tell(self, id: str, problem: AppError) -> None:
        self._problems[id] = problem
        self._show()

    def _show(self) -> None:
        if self._is_known:
            self._state.cloud.set(self._kept.shown)
        self.services.set(tuple(self._standing(one) for one in self._cloud.services))

    def _standing(self, service: Service) -> Standing:
        id, listed = service.id, self._kept.lists.get(service.id)
        models = listed.models if listed else ()
        return Standing(
            id,
            service.name,
            service.note,
            service.key_url,
            service.needs_key,
            service.is_own,
            service.dialect,
            service.base_url,
            is_set_up=id in self._kept.set_up and not (id in self._trying and not self._trying[id]),
            last4=self._trying[id][-SHOWN:] if id in self._trying else self._keys.last4(id),
            is_remembered=self._keys.is_remembered(id),
            is_busy=self._busy[id] > 0,
            problem=self._problems.get(id),
            models=models,
            listed_at=listed.at if listed else 0.0,
            picked=frozenset(model.id for model in models) & self._kept.picked,
            paused=self._paused(service),
        )
