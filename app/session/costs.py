"""What replies cost, as pages and other actions need it: the ledger, budgets, savings, the person's own prices.

    costs = session.costs
    await costs.look()                                  # read what is stored; pages then read the signals
    costs.summary().today.micros, costs.standing().must_stop
    await costs.enter(turn, seconds)                    # once for each reply that has ended, whoever answered

A model of a cloud has the id `cloud:<service>:<model>`; those of servers on this computer are free. Nothing here is
imported before the first reply has ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from app.core.actions import ModelId, action
from app.core.commands import Save
from app.core.days import local_day
from app.core.errors import AppError, NeedsPrice, NoQuota
from app.core.persona import instructions
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.text import file_name
from app.core.texts import Dollars, Text, TextOrWords, in_a_row
from app.core.values import Model, Usage
from app.models.costs.budget import Budget, Spent, Standing, standing
from app.models.costs.choices import Choices, choices_from
from app.models.costs.cost import MICROS, cost_of
from app.models.costs.estimates import estimate
from app.models.costs.export import as_csv
from app.models.costs.ledger import SHELF, By, Entry, Ledger, Stayed, Sum, by_of, total
from app.models.costs.prices import Edit, Packed, Price, PriceTable, dollars
from app.models.costs.savings import Power, Savings, savings
from app.records.checked import CheckedRecords
from app.session.damage import DamageReport
from app.session.makers import Makers
from app.session.notices import Notices, Shown
from app.session.state import State
from app.study.asked import UNKNOWN, messages_of, read_of
from app.study.chats import Chat, ChatStore, Turn
from app.study.costs import Circumstances, entry_of, is_reply

if TYPE_CHECKING:
    from app.session.state import State

KEY = "costs"  # of the person's choices, on the shelf "settings"
TELL_COST = frozenset({"openrouter"})  # these say with each reply what they have charged
CURE = Text("costs.raise_budget")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page shows above its tables. `away` of the month's replies came from a cloud; `savings` is None where no
    reference was named, or it has no price."""

    today: Sum
    month: Sum
    away: int
    standing: Standing
    savings: Savings | None


@dataclass(frozen=True, slots=True)
class BudgetForm:
    """Limits in dollars, as they were typed; "" for none."""

    day: str
    month: str


@dataclass(frozen=True, slots=True)
class PowerForm:
    """Watts that answering draws and dollars for a kilowatt hour, as they were typed."""

    watts: str
    kwh: str


@dataclass(frozen=True, slots=True)
class PriceForm:
    """Dollars for a million tokens of "service:model", as they were typed."""

    model: str
    input: str = ""
    output: str = ""
    cached: str = ""


class Costs:
    """The actions `costs:*`, and what the router and the pages ask."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        damage: DamageReport,
        store: ChatStore,
        page: Page,
        clock: Clock,
        records: CheckedRecords,
        make: Makers,
    ) -> None:
        self._state, self._notices, self._damage, self._store, self._page = state, notices, damage, store, page
        self._clock, self._records, self._make = clock, records, make
        self._ledger = Ledger(self._records)
        self._lock = asyncio.Lock()
        self._packed: Packed | None = None
        self.entries: Signal[tuple[Entry, ...]] = Signal(())
        self.choices = Signal(Choices())
        self.is_known = Signal(False)  # whether the ledger has been read
        self.shows_prices = Signal(False)

    # -- what others ask ----------------------------------------------------------------------------------------------

    def table(self) -> PriceTable:
        """The packed prices, with the person's own before them."""
        if self._packed is None:
            self._packed = self._make.prices()
        return PriceTable(self._packed, self.choices().edits)

    def price_of(self, model_id: str) -> Price | None:
        """Today's price of a cloud's model, None where it is unknown (and for models of this device: they are free)."""
        by = by_of(model_id)
        return self.table().price_for(by.service, by.model, self.today()) if by.is_cloud else None

    def would_cost(self, model_id: str, usage: Usage) -> int | None:
        """Micros that a reply of these tokens costs today; 0 on this device, None where unknown."""
        if not by_of(model_id).is_cloud:
            return 0
        price = self.price_of(model_id)
        return None if price is None else cost_of(price, usage)

    def told(self, turn: Turn) -> Text:
        """What a reply cost, in a word or two: by the price of its own day, where the service did not say itself."""
        by = by_of(turn.model_id)
        if not by.is_cloud:
            return Text("costs.free")
        micros = turn.usage.cost_micros
        if micros is None:
            price = self.table().price_for(by.service, by.model, local_day(turn.created))
            if price is None:
                return Text("costs.unknown")
            micros = cost_of(price, turn.usage)
        return Text("costs.exact" if turn.usage.counted else "costs.about", cost=Dollars(micros))

    def standing(self) -> Standing:
        """What was spent today and this month, beside the budget. True after `look`."""
        return standing(self.choices().budget, self.entries(), self.today())

    def asks_price(self, model_id: str) -> bool:
        """Whether a budget was set that cannot count this model: its price is unknown, its service does not tell what
        it has charged, and the person has not allowed it all the same. True after `look`."""
        by = by_of(model_id)
        _, service, model = by
        if not by.is_cloud or not self.choices().budget.is_set:
            return False
        if service in TELL_COST and not self._has_kept_quiet(service, model):
            return False
        return self.price_of(model_id) is None and (service, model) not in self.choices().unpriced

    def _has_kept_quiet(self, service: str, model: str) -> bool:
        """Whether a service that usually tells what it has charged did not do so today: a reply was stopped, say."""
        today = [entry for entry in self.entries() if entry.day == self.today()]
        return any(entry.micros is None for entry in today if (entry.service, entry.model) == (service, model))

    async def refuse_over_budget(self, model: Model) -> None:
        """Call before anything is sent to a cloud. Raises NoQuota once a budget is spent, NeedsPrice where it could not
        count the reply, StorageError."""
        await self.look()  # other pages spend from the same budget
        found = self.standing()
        if found.must_stop:
            is_day = found.day.level == "over"
            words = _words(found.day if is_day else found.month, is_day)
            raise NoQuota(in_a_row(words, Text("costs.nothing_more")), CURE).mended_in("settings/usage")
        if self.asks_price(model.id):
            raise NeedsPrice(Text("costs.needs_price", model=model.name))

    def summary(self) -> Summary:
        """Totals, budgets and the estimate of what was saved in this month."""
        today = self.today()
        month = [entry for entry in self.entries() if entry.day[:7] == today[:7]]
        price = self.reference()
        saved = savings(month, price, self.choices().power) if price else None
        in_day = [entry for entry in month if entry.day == today]
        away = sum(entry.place == "cloud" for entry in month)
        return Summary(total(in_day), total(month), away, self.standing(), saved)

    def reference(self) -> Price | None:
        """Today's price of the model that savings are measured against; None where none was named, or it has none."""
        service, model = self.choices().reference
        return self.table().price_for(service, model, self.today()) if model else None

    def today(self) -> str:
        """The person's own date, as 2026-11-23."""
        return local_day(self._clock.now())

    # -- what happens -------------------------------------------------------------------------------------------------

    async def look(self) -> None:
        """Read what is stored, by other pages too. Raises StorageError."""
        async with self._lock:
            await self._read()

    async def _read(self) -> None:
        await self._ledger.load()
        self.choices.set(await self._stored())
        self.entries.set(self._ledger.entries)
        self.is_known.set(True)

    async def _stored(self) -> Choices:
        [record] = await self._records.get("settings", [KEY])
        return choices_from(record or {})

    async def enter(
        self,
        begun: Turn,
        seconds: float,
        feature: str = "chat",
        *,
        was_automatic: bool = False,
        stayed: Stayed = "",
    ) -> None:
        """Write the line of a reply that has ended; `begun` is its turn as it was before. `stayed` says why a reply of
        this device could not have come from a cloud, where the caller knows. Raises StorageError."""
        turns = await self._store.turns([begun.id])
        if not turns or not is_reply(turns[0]):
            return
        turn, by = turns[0], by_of(turns[0].model_id)
        why, before = self._stayed(turn, by, stayed), begun if begun.text else None
        now = self._clock.now()
        how = Circumstances(now, seconds, feature, why, was_automatic, before)
        await self._write(turn, by, how, await self._prompt(turn))

    async def note(
        self, turn: Turn, seconds: float, feature: str, prompt: list[str], *, was_automatic: bool = False
    ) -> None:
        """Write the line of a feature's own reply, which stands in no chat; `prompt` is what the model read. Raises
        StorageError."""
        if is_reply(turn):
            by = by_of(turn.model_id)
            how = Circumstances(self._clock.now(), seconds, feature, self._stayed(turn, by, ""), was_automatic)
            await self._write(turn, by, how, prompt)

    async def _write(self, turn: Turn, by: By, how: Circumstances, prompt: list[str]) -> None:
        async with self._lock:
            if by.is_cloud and not self.is_known():  # a reply of this device needs nothing of what was
                await self._read()
            ratio, before = self.choices().ratio(by.service, by.model), self.standing()
            await self._ledger.add(entry_of(turn, by, self.price_of(turn.model_id), ratio, prompt, how))
            if self.is_known():
                self.entries.set(self._ledger.entries)
        if by.is_cloud:
            self._warn(before)
            await self._learn(turn, by, prompt)

    async def _learn(self, turn: Turn, by: By, prompt: list[str]) -> None:
        """Correct later estimates by what the service has counted."""
        is_comparable = turn.usage.counted and not turn.pictures  # what those take is each service's own affair
        counted = turn.usage.prompt_tokens if is_comparable else 0
        ratio = self.choices().ratio(by.service, by.model)
        learned = ratio.learned(sum(map(estimate, prompt)), counted)
        if learned != ratio:
            await self._choose(lambda choices: choices.with_ratio(by.service, by.model, learned))

    async def _prompt(self, turn: Turn) -> list[str]:
        """What the model read, where that is of use: a cloud's counts are compared with it, missing ones made of it."""
        if turn.usage.reply_tokens and not by_of(turn.model_id).is_cloud:
            return []
        chat = next((chat for chat in self._state.chats() if chat.id == turn.chat_id), Chat(""))
        above = chat.path[: chat.path.index(turn.id)] if turn.id in chat.path else ()
        ids, summary = read_of(chat, above)
        turns = await self._store.turns(ids)
        names, model = [one.id for item in turns for one in item.attachments], self._state.shelf.named(turn.model_id)
        files = await self._store.files(names) if names else {}
        said = messages_of(turns, files, self._state.reading(model) if model else UNKNOWN, turn.passages)
        told = instructions(self._state.settings().system_prompt, turn.persona)
        return [told, summary, *(message.content for message in said.messages)]

    def _stayed(self, turn: Turn, by: By, known: Stayed) -> Stayed:
        """Why a reply of this device could not have come from a cloud."""
        if by.is_cloud:
            return ""
        if turn.stop_reason in ("error", "padding") or not turn.text:
            return "nothing"
        if self._state.is_offline() or self._state.offline().is_on:
            return "offline"
        return known or ("fallback" if self._state.stand_in() else "")

    def _warn(self, before: Standing) -> None:
        """Say so once when a reply has brought a budget near its end, or to it."""
        after = self.standing()
        for is_day, old, new in ((True, before.day, after.day), (False, before.month, after.month)):
            if new.level not in ("fine", old.level):
                self._notices.show(
                    Shown("budget", _words(new, is_day), CURE if new.level == "over" else "", everywhere=True)
                )

    @action("costs:set-budget", BudgetForm)
    async def set_budget(self, form: BudgetForm) -> None:
        """Limits in dollars for a day and a month; an empty field takes the limit away. Raises AppError."""
        budget = Budget(_micros(form.day), _micros(form.month))
        await self._choose(lambda choices: replace(choices, budget=budget))

    @action("costs:set-reference", str)
    async def set_reference(self, name: str) -> None:
        """The model that savings are measured against, as "service:model"; "" for none."""
        service, _, model = name.partition(":")
        await self._choose(lambda choices: replace(choices, reference=(service, model)))

    @action("costs:set-power", PowerForm)
    async def set_power(self, form: PowerForm) -> None:
        """Watts that answering draws, and dollars for a kilowatt hour. Raises AppError."""
        power = Power(dollars(form.watts), dollars(form.kwh))
        await self._choose(lambda choices: replace(choices, power=power))

    @action("costs:edit-price", PriceForm)
    async def edit_price(self, form: PriceForm) -> None:
        """A price of the person's own, in dollars for a million tokens. Raises AppError."""
        service, _, model = form.model.strip().lower().partition(":")
        if not (service and model):
            raise AppError(Text("costs.no_model"), Text("costs.no_model_cure"), again=False)
        inside, outside, cached = form.input.strip(), form.output.strip(), form.cached.strip()
        edit = Edit(service, file_name(model), inside, outside, cached, self.today())
        edit.as_price()
        await self._choose(lambda choices: choices.with_edit(edit))

    @action("costs:drop-price", str)
    async def drop_price(self, name: str) -> None:
        """Let the table's price hold again for "service:model"."""
        service, _, model = name.partition(":")
        await self._choose(lambda choices: choices.without_edit(service, model))

    @action("costs:allow-unpriced", ModelId)
    async def allow_unpriced(self, model_id: ModelId) -> None:
        """Let a model be asked although no budget can count it."""
        _, service, model = by_of(model_id)
        await self._choose(lambda choices: choices.with_leave(service, model, is_given=True))

    @action("costs:ask-price", ModelId)
    async def ask_price(self, model_id: ModelId) -> None:
        """Take that leave back."""
        _, service, model = by_of(model_id)
        await self._choose(lambda choices: choices.with_leave(service, model, is_given=False))

    def is_allowed_unpriced(self, model_id: str) -> bool:
        """Whether a model is asked although no budget can count it."""
        _, service, model = by_of(model_id)
        return (service, model) in self.choices().unpriced and self.price_of(model_id) is None

    @action("costs:show-prices")
    def show_prices(self) -> None:
        """Show the table of prices, or put it away."""
        self.shows_prices.set(not self.shows_prices())

    @action("costs:export")
    async def export(self) -> None:
        """Save the whole ledger as CSV. Raises StorageError."""
        await self.look()
        self._page.do(Save(f"DrLeeLM costs {self.today()}.csv", as_csv(self.entries()), "text/csv"))

    @action("costs:clear")
    async def clear(self) -> None:
        """Forget every entry; budgets and prices stay. Raises StorageError."""
        async with self._lock:
            await self._ledger.clear()
            await self._records.write([], [place for place in self._records.damaged if place[0] == SHELF])
            self.entries.set(())
        await self._damage.tell()

    async def _choose(self, change: Callable[[Choices], Choices]) -> None:
        """Change what is stored now: another page may have changed it since this one read it."""
        async with self._lock:
            choices = change(await self._stored())
            await self._records.write([("settings", KEY, choices.as_record())])
            self.choices.set(choices)


def _micros(text: str) -> int | None:
    return int(dollars(text) * Decimal(MICROS)) if text.strip() else None


def _words(spent: Spent, is_day: bool) -> TextOrWords:
    """Where a budget stands, in a sentence."""
    limit = Dollars(spent.limit_micros or 0)
    if spent.level == "over":
        words = Text("costs.day_over" if is_day else "costs.month_over", limit=limit)
    else:
        words = Text("costs.day_near" if is_day else "costs.month_near", cost=Dollars(spent.micros), limit=limit)
    return in_a_row(words, Text("costs.unpriced", count=spent.unknown) if spent.unknown else "")
