"""The signals that pages read, and what every group of actions needs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from app.core.actions import action
from app.core.commands import Restore
from app.core.errors import AppError, OfflineModeOn, StaysHere, StorageError
from app.core.jobs import Jobs
from app.core.places import Place, ProviderName, Purpose, told_of_record
from app.core.ports import Clock, Device, Page, Provider
from app.core.shapes import decode, each
from app.core.signals import Signal
from app.core.texts import Text, TextOrWords, Words, in_a_row
from app.core.values import Battery, DeviceFacts, EngineName, Message, Model, Request, Space
from app.models.answering.automatic import Automatic
from app.models.answering.dispatch import LocalModelProvider, Routes
from app.models.answering.egress import Egress, too_far
from app.models.answering.fallback import Fallback
from app.models.answering.summariser import Summariser
from app.models.engines.browser_engine import BrowserModelEngine
from app.models.shelf import Shelf
from app.models.store.manager import LocalModelManager
from app.models.store.rows import Row
from app.models.store.sources import Kept, Sources
from app.net.gate import Gate
from app.records.checked import CheckedRecords, Damage
from app.session.later import make_part
from app.session.makers import Makers
from app.session.settings import Settings, settings_from
from app.session.shelves import told
from app.study.chats import Chat, ChatStore, Turn, new_id
from app.study.features import CHAT, CODE, SUMMARY
from app.study.replies import Answering, Live

NO_MODEL = Model("", "No model")
SERVICES_KEY = "cloud"  # on the shelf "settings": which services are set up and what is picked of them, never a key
LISTS_KEY = "cloud-lists"  # beside it: all models that they offer
MOST_NOTICES = 4
LISTED = 60
#: settings that keep words on this device, and the value that does
TIGHTER = (
    ("is_offline_mode", True),
    ("is_loopback_allowed", False),
    ("is_api_on", False),
    ("is_smart", False),
    ("asks_before_leaving", True),
)
NoticeKind = Literal["info", "error", "update"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice at the top of the page: what happened, what to do, and buttons as (label, action, argument)."""

    id: str
    text: TextOrWords
    cure: TextOrWords = ""
    kind: NoticeKind = "info"
    buttons: tuple[tuple[str, str, str], ...] = ()
    detail: str = ""


class State:
    """The signals of one open page. Only actions set them."""

    def __init__(
        self,
        *,
        records: CheckedRecords,
        manager: LocalModelManager,
        sources: Sources,
        engines: BrowserModelEngine,
        device: Device,
        clock: Clock,
        page: Page,
        gate: Gate,
        egress: Egress,
        settings: Signal[Settings],
        words: Words,
        make: Makers,
        is_demo: bool = False,
    ) -> None:
        self.manager, self.page, self.clock, self.is_demo = manager, page, clock, is_demo
        self.words = words  # for what leaves the page or is kept; all else stays a Text up to app.ui
        self._records, self._device, self._unload = records, device, engines.unload
        records.on_damage = self._found_damage
        manager.watch(self.models_changed, self.models_follow, self.models_stop)
        self.make = make
        self._parts: dict[str, Any] = {}
        self._changing = asyncio.Lock()
        self.sources, self.gate, self.egress = sources, gate, egress
        egress.also_check = self.check_leaving
        self.store = ChatStore(records, clock)
        self.jobs = Jobs(self._failed)
        self.provider = self._provider(engines)
        self.fallback = Fallback(self.provider, self.make_ready, self.instead)
        self.automatic = Automatic(self.fallback, lambda: self.part("routing").router)
        self.answering = Answering(self.store, self.automatic, clock, words)
        self.route = Signal("chat")
        self.chats: Signal[tuple[Chat, ...]] = Signal(())
        self.found: Signal[frozenset[str] | None] = Signal(None)
        self.listed = Signal(LISTED)  # chats that the list shows
        self.chat = Signal(Chat(new_id()))
        self.turns: Signal[tuple[Turn, ...]] = Signal(())
        self.versions: Signal[dict[str, tuple[str, ...]]] = Signal({})
        self.editing = Signal("")
        self.renaming = Signal("")
        self.live: Signal[dict[str, Live]] = Signal({})
        self.rows: Signal[tuple[Row, ...]] = Signal(manager.rows)  # changes with every step of a download
        self.rows_at_rest: Signal[tuple[Row, ...]] = Signal(manager.rows)  # for all that shows no progress
        self.base = ""  # the app's own address, with a slash at its end
        self.has_pickers = False  # whether this browser lets a page open a file in place and write into a folder
        self.progress = Signal("")  # of all downloads together, "" where there is none
        self.catalogs: Signal[tuple[Kept, ...]] = Signal(())
        self.added: Signal[tuple[Model, ...]] = Signal(())  # single models by their addresses
        self.token_hosts: Signal[tuple[str, ...]] = Signal(())
        self.ollama: Signal[Any] = Signal(None)  # an Ollama once the server was looked for
        self.ollama_kind = Signal("")
        self.importing: Signal[Any] = Signal(None)  # an Import while a file is on its way into Ollama
        self.loaded = engines.loaded
        self.facts: Signal[DeviceFacts | None] = Signal(None)
        self.battery: Signal[Battery | None] = Signal(None)
        self.settings = settings
        self.cloud: Signal[tuple[Model, ...]] = Signal(())  # models of services and own servers, for the dropdown
        self.are_keys_known = Signal(False)  # whether the keys of services were looked for
        self.stand_in: Signal[Model | None] = Signal(None)  # who answers while the picked model cannot be reached
        self.shelf = Shelf(
            self.rows_at_rest, self.ollama, self.cloud, lambda: self.settings().is_smart, lambda: self.loaded_id()
        )
        self.notices: Signal[tuple[Shown, ...]] = Signal(())
        self.damaged: Signal[tuple[Damage, ...]] = Signal(())  # stored records that cannot be read
        self.is_offline = Signal(False)  # the network is gone
        self.offline = gate.standing  # Offline Mode
        self.can_install = Signal(False)
        self.asking_leave: Signal[dict[str, Model]] = Signal({})  # by chat: where Automatic would send its question
        self.setup = Signal("")  # the step of the first run that is on show
        self.pings = Signal(0)
        self._deleted: dict[str, tuple[Any, Any]] = {}
        self._queued: dict[str, list[str]] = {}  # by chat: what was sent while it was still being answered
        self.answers_with: dict[str, str] = {}  # by chat: the model that is answering

    def _provider(self, engines: Provider) -> Provider:
        """All models behind one provider; the groups behind the others are imported when they are first asked."""
        routes: Routes = {"ollama": self.ollama_provider, "cloud": lambda: self.part("cloud").provider}
        return Summariser(LocalModelProvider(engines, routes, self.egress), self.sums_up, self._recap)

    async def _recap(self, request: Request, messages: Sequence[Message], most_tokens: int) -> str:
        words: str = await self.part("features").recap(request, messages, most_tokens)
        return words

    def ollama_provider(self) -> Provider:
        """Who answers for Ollama's models."""
        raise NotImplementedError

    def models_changed(self) -> None:
        """The manager's rows changed."""
        raise NotImplementedError

    def models_follow(self, model_id: str) -> None:
        """Another tab fetches a model."""
        raise NotImplementedError

    def models_stop(self, model_id: str) -> None:
        """Another tab asks this one to pause."""
        raise NotImplementedError

    def _failed(self, name: str, error: BaseException) -> None:
        is_told = self.route() == "models" or self.live()  # by the model's row, or by the reply that waited for it
        if name.startswith("model:") and isinstance(error, AppError) and is_told:
            return
        self.show_error(as_app_error(error))

    def _found_damage(self) -> None:
        self.jobs.start("damage", self.tell_damage())

    async def tell_damage(self) -> None:
        """Say which stored records cannot be read, and where to go on from there."""
        await self.clock.sleep(0)  # those that are found together are told together
        self.damaged.set(tuple(self._records.damaged.values()))
        if not self.damaged():
            self.app_dismiss("damaged")
        else:
            cure = "The rest works, and nothing was deleted. Settings, under Data, shows what is damaged."
            button = ("Open Settings", "page:visit", "#/settings")
            self.notify(Shown("damaged", f"Damaged in storage: {told(self.damaged())}.", cure, "error", (button,)))

    def part(self, name: str) -> Any:
        """The actions of a group in `app.session.later`, imported at first use. Raises KeyError."""
        if name not in self._parts:
            self._parts[name] = make_part(self, name)
        return self._parts[name]

    def show_error(self, error: AppError) -> None:
        """Show an error once, at the top of the page."""
        buttons = (("Open Settings", "page:visit", "#/settings"),) if isinstance(error, OfflineModeOn) else ()
        self.notify(Shown(new_id(), error.message, error.cure, "error", buttons, error.detail))

    def notify(self, notice: Shown) -> None:
        """Show a notice; one of the same id or text is replaced, and only the latest few stay."""
        others = (item for item in self.notices() if item.id != notice.id and item.text != notice.text)
        self.notices.set((*others, notice)[-MOST_NOTICES:])

    @action("app:dismiss", str)
    def app_dismiss(self, notice_id: str) -> None:
        """Take a notice away."""
        self.notices.set(tuple(item for item in self.notices() if item.id != notice_id))

    def active(self, provider: ProviderName) -> str:
        """Id of the model that is chosen of a provider's: the one that answers, where it is among them."""
        chosen = self.chosen()
        return chosen.id if chosen.provider == provider else dict(self.settings().active).get(provider, "")

    def is_private(self, chat_id: str) -> bool:
        """Whether nothing of a chat may leave this device, as far as this page knows at this moment."""
        known = (chat for chat in (*self.chats(), self.chat()) if chat.id == chat_id)
        return chat_id in self.store.private or any(chat.is_private for chat in known)

    def may_leave(self, chat_id: str) -> bool:
        """Whether words of a chat may leave this device without the person having picked the model for them: as they
        have said for this chat, or where they do not want to be asked."""
        if self.is_private(chat_id):
            return False
        known = (chat.leave for chat in (*self.chats(), self.chat()) if chat.id == chat_id)
        leave = next(known, "no")  # of a chat that was deleted meanwhile nothing more leaves
        return leave == "yes" or (leave == "" and not self.settings().asks_before_leaving)

    def check_leaving(self, model: Model, request: Request) -> None:
        """Called before any words go to a model. Raises PrivateChat, OfflineModeOn where they must not."""
        if not model.leaves_device:
            return
        if self.is_private(request.belongs_to):
            raise too_far(model, request)
        if request.purpose in (Purpose.TITLE, Purpose.SUMMARY) and not self.may_leave(request.belongs_to):
            raise StaysHere(f"This chat may not leave this device, and {request.purpose.label} would be {model.where}.")
        if self.offline().is_on:
            raise OfflineModeOn(f"Offline Mode is on, and a question to {model.name} is {model.where}.")

    async def make_ready(self, model: Model) -> Model:
        """The model as it can be asked now. Raises what keeps it from that."""
        raise NotImplementedError

    def instead(self, model: Model, error: AppError) -> Model | None:
        """Who answers in place of a model elsewhere that cannot be reached."""
        raise NotImplementedError

    def chosen(self, chat: Chat | None = None) -> Model:
        """The model that answers in a chat (the open one): what stands in for the picked one, else that one itself. In
        a private chat never one that words would go to."""
        model = self.stand_in() or self.picked()
        if (chat or self.chat()).is_private and model.leaves_device:
            return self.shelf.best_local() or model
        return model

    def machine(self) -> DeviceFacts | None:
        """What this device is, without how full it is: that changes with every download."""
        facts = self.facts()
        return replace(facts, **asdict(Space())) if facts else None

    def picked(self) -> Model:
        """The person's choice, else a model that is ready, else the bundled one."""
        return self.shelf.picked(self.settings().model_id) or NO_MODEL

    def engine_of(self, model: Model) -> EngineName | None:
        """The engine that the person picked for a model."""
        return self.settings().engine_of(model)

    def speeds(self) -> Mapping[str, float]:
        """Tokens a second that models were measured to write here, by their ids."""
        return self.settings().speeds

    def sums_up(self, request: Request) -> bool:
        """Whether what a model cannot read of a chat is to be summed up for it."""
        is_asked = request.purpose is Purpose.QUESTION and request.feature in (CHAT, CODE)
        return is_asked and SUMMARY in self.settings().features

    def loaded_id(self) -> str:
        """Id of the model that is in memory, "" where none is."""
        loaded = self.loaded()
        return loaded.model_id if loaded else ""

    async def stored_settings(self) -> Settings:
        """The settings as they are kept now: another tab may have changed them. Raises StorageError."""
        [stored] = await self._records.get("settings", ["settings"])
        return settings_from({} if stored is None else stored)

    async def change(self, **changes: Any) -> None:
        """Change settings by their names: they act once they are stored. What keeps more words here acts at once, even
        where it cannot be stored. Raises StorageError."""
        acts_anyway = any(changes.get(name) is value for name, value in TIGHTER)
        if acts_anyway:
            self.settings.set(replace(self.settings(), **changes))
        try:
            async with self._changing:  # two changes at a time would undo each other
                changed = replace(self.settings(), **changes)
                await self._records.write([("settings", "settings", asdict(changed))])
        except StorageError as error:
            kept = Text("session.acts_until_closed" if acts_anyway else "session.nothing_changed")
            error.message = in_a_row(kept, error.message)
            self.page.do(Restore())  # the field shows what the person has set, not what holds
            raise
        self.settings.set(replace(self.settings(), **changes))


def models_of_services(record: object, lost: list[str] | None = None) -> tuple[Model, ...]:
    """The picked models as they are kept for a start of the page (`app.models.cloud.kept`). A record may come from a
    file, so it cannot make words that leave this device look as if they stayed."""
    shown = record.get("shown", ()) if isinstance(record, Mapping) else None
    return each(shown, _of_service, lost, "shown")


def services_from(record: object, lost: list[str] | None = None) -> object:
    """All that is read of the record of services, here and by `app.models.cloud.kept`."""
    from app.models.cloud.kept import kept_from  # a page without services never needs it

    return models_of_services(record, lost), kept_from(record, None, lost)


def lists_from(record: object, lost: list[str] | None = None) -> object:
    """All that is read of the lists of the services' models."""
    from app.models.cloud.kept import kept_from

    return kept_from({}, record, lost).lists


def _of_service(record: object, at: str, lost: list[str]) -> Model:
    known = decode(Model, record, lost, f"{at}.")
    if known.ref.is_here:
        return replace(known, where="stays on this computer", place=Place.COMPUTER)
    place = Place.NETWORK if known.place is Place.NETWORK else Place.CLOUD
    return replace(known, where=told_of_record(place, known.where), place=place)


def as_app_error(error: BaseException) -> AppError:
    """Any exception as one that a person can read; the raw text goes into the details."""
    return error if isinstance(error, AppError) else AppError(detail=f"{type(error).__name__}: {error}")
