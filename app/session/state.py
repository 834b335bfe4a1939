"""The signals that pages read, and small questions over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from app.core.adapters import Visit
from app.core.device import Battery, Space
from app.core.errors import AppError
from app.core.persona import Persona
from app.core.places import Place, ProviderName, Purpose, of_records, told_of_record
from app.core.shapes import decode, each
from app.core.signals import Signal
from app.core.texts import Percent, Text, Words
from app.core.values import DeviceFacts, EngineName, Model, Request
from app.models.engines.browser_engine import Loaded
from app.models.engines.built_in import BUILT_IN_MODEL
from app.models.engines.load_settings import context_tokens
from app.models.shelf import Shelf, is_offered
from app.models.store.rows import Row, Status
from app.models.store.sources import Kept
from app.net.gate import Standing
from app.records.checked import Damage
from app.session.settings import Settings
from app.study.asked import Reading
from app.study.attachments import Attachment, Draft
from app.study.chats import Chat, Turn, new_id
from app.study.features import CHAT, CODE, SUMMARY
from app.study.replies import Live

if TYPE_CHECKING:
    from app.session.aloud import ReadAloud
    from app.session.cited import CitedShown
    from app.session.hub import HubShown
    from app.session.notices import Shown, Toast
    from app.session.ollama import OllamaStatus
    from app.session.ollama_files import Import
    from app.study.finding import Found
    from app.study.practice.limits import Outlook
    from app.study.programs import RunShown

T = TypeVar("T")

#: the sections of Settings, which an address names: "#/settings/privacy"
Section = Literal[
    "general",
    "privacy",
    "chat",
    "automatic",
    "models",
    "connections",
    "usage",
    "data",
    "classroom",
    "advanced",
    "about",
]

NO_MODEL = Text("session.no_model")  # the name of what answers where there is none; a reply keeps it as words
OUTLOOK_KEY = "practice-due"  # on the shelf "settings": what the navigation says is due
SERVICES_KEY = "cloud"  # on the shelf "settings": which services are set up and what is picked of them, never a key
LISTS_KEY = "cloud-lists"  # beside it: all models that they offer
LISTED = 60
EDITED = "edit "


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """The sheet was asked for once, to show `what` (app.ui.sheets). Asked for the same again, it is another opening."""

    what: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that was sent while its chat was being answered: it is asked next."""

    id: str
    text: str
    drafts: tuple[Draft, ...] = ()  # what is attached to it


class State:
    """The signals of one open page. Only actions set them."""

    def __init__(
        self,
        visit: Visit,
        settings: Signal[Settings],
        loaded: Signal[Loaded | None],
        offline: Signal[Standing],
        rows: tuple[Row, ...],
        words: Words,
    ) -> None:
        self._words = words
        self.visit, self.settings, self.loaded = visit, settings, loaded
        self.offline = offline  # Offline Mode
        self.is_offline = Signal(not visit.is_online)  # the network is gone
        self._add_chats()
        self._add_models(rows)
        self.notices: Signal[tuple[Shown, ...]] = Signal(())
        self.toast: Signal[Toast | None] = Signal(None)
        self.damaged: Signal[tuple[Damage, ...]] = Signal(())  # stored records that cannot be read
        self.can_install = Signal(False)
        self.is_showing_keys = Signal(False)
        self.setup = Signal("")  # the step of the first run that is on show
        self.pings = Signal(0)

    def _add_chats(self) -> None:
        self.route = Signal("chat")
        self.section = Signal("")  # what the address names within the page: a tab, a group; not a chat
        self.setting = Signal("")  # the id of the one setting that it names
        self.finding_setting = Signal("")  # the search in Settings
        self.sheet: Signal[Opening | None] = Signal(None)  # what the sheet over the page shows; None: it is shut
        self.chats: Signal[tuple[Chat, ...]] = Signal(())
        self.found: Signal[Found | None] = Signal(None)  # what the search over everything has found; None: it is shut
        self.listed = Signal(LISTED)  # chats that the list shows
        self.chat = Signal(Chat(new_id()))
        self.turns: Signal[tuple[Turn, ...]] = Signal(())
        self.reaching = Signal("")  # the turn that was asked for by its address: it is brought into view
        self.versions: Signal[dict[str, tuple[str, ...]]] = Signal({})
        self.editing = Signal("")
        self.edited: Signal[tuple[Attachment, ...]] = Signal(())  # what stays attached to the question that is edited
        self.renaming = Signal("")
        self.unfolded: Signal[frozenset[str]] = Signal(frozenset())  # under replies: "details ID", "why ID"
        self.asking_again = Signal("")  # the reply for whose question another model is being picked
        self.finding_again = Signal("")  # the search in that list
        self.live: Signal[dict[str, Live]] = Signal({})
        self.answers_with: Signal[Mapping[str, str]] = Signal({})  # by chat: the model that is answering
        self.queued: Signal[Mapping[str, tuple[Queued, ...]]] = Signal({})  # by chat: sent while it is being answered
        self.attached: Signal[Mapping[str, tuple[Draft, ...]]] = Signal({})  # by chat (`draft_key`), to what is written
        self.attaching = Signal(0)  # files that are being read, to be attached
        self.personas: Signal[tuple[Persona, ...] | None] = Signal(None)  # the person's own; None until they were read
        self.aloud: Signal[ReadAloud | None] = Signal(None)  # the reply that is being read aloud
        self.reads_replies = Signal(False)  # whether each new reply is
        self.cited: Signal[CitedShown | None] = Signal(None)  # the passage of a reply that is open beside the chat
        self.running: Signal[RunShown | None] = Signal(None)  # the program that is open beside the chat
        self.quoting: Signal[frozenset[str]] = Signal(frozenset())  # replies of which the quotes are being picked
        self.asking_leave: Signal[dict[str, Model]] = Signal({})  # by chat: where Automatic would send its question

    def _add_models(self, rows: tuple[Row, ...]) -> None:
        self.rows: Signal[tuple[Row, ...]] = Signal(rows)  # changes with every step of a download
        self.rows_at_rest: Signal[tuple[Row, ...]] = Signal(rows)  # for all that shows no progress
        self.progress: Signal[Percent | None] = Signal(None)  # of all downloads together
        has_own = self.visit.has_built_in and not self.visit.is_demo
        own = Row(BUILT_IN_MODEL, Status.VERIFYING) if has_own else None  # until the browser was asked
        self.built_in: Signal[Row | None] = Signal(own)  # the browser's own model; None where it has none
        self.built_in_share: Signal[Percent | None] = Signal(None)  # of its download
        self.catalogs: Signal[tuple[Kept, ...]] = Signal(())
        self.added: Signal[tuple[Model, ...]] = Signal(())  # single models by their addresses
        self.address: Signal[tuple[str, AppError | None]] = Signal(
            ("", None)
        )  # one typed for a model, and what is wrong
        self.token_hosts: Signal[tuple[str, ...]] = Signal(())
        self.ollama: Signal[OllamaStatus | None] = Signal(None)  # an Ollama once the server was looked for
        self.ollama_kind = Signal("")
        self.is_ollama_whole = Signal(False)  # whether that list shows every model
        self.ollama_wanted = Signal("")  # the search in the list of Ollama's models
        self.importing: Signal[Import | None] = Signal(None)  # an Import while a file is on its way into Ollama
        self.facts: Signal[DeviceFacts | None] = Signal(None)
        self.battery: Signal[Battery | None] = Signal(None)
        self.cloud: Signal[tuple[Model, ...]] = Signal(())  # models of services and own servers, for the dropdown
        self.are_keys_known = Signal(False)  # whether the keys of services were looked for
        self.discover_words = Signal("")  # what is looked for in Discover
        self.discover_chips: Signal[frozenset[str]] = Signal(frozenset())  # its filters: kinds of models, "fits"
        self.hub: Signal[HubShown | None] = Signal(None)  # what is shown of the Hugging Face Hub there; None: nothing
        self.finding_model: Signal[str | None] = Signal(None)  # the search in the list of models; None: it is shut
        self.makes_quiz = Signal(False)  # whether questions are being made, for as long as that takes
        self.makes_notes = Signal(False)  # the same of study notes
        self.makes_cards = Signal(False)  # the same of cards
        self.outlook: Signal[Outlook | None] = Signal(None)  # what is due of the cards, as it was counted last
        self.stand_in: Signal[Model | None] = Signal(None)  # who answers while the picked model cannot be reached
        self.shelf = Shelf(
            self.rows_at_rest,
            self.ollama,
            self.cloud,
            lambda: self.settings().is_smart,
            self.loaded_id,
            self.built_in,
        )

    def rows_here(self) -> tuple[Row, ...]:
        """The models of this browser, its own among them where it can be chosen."""
        own = self.built_in()
        return (*self.rows(), own) if own and is_offered(own) else self.rows()

    def active(self, provider: ProviderName) -> str:
        """Id of the model that is chosen of a provider's: the one that answers, where it is among them."""
        chosen = self.usual()
        return chosen.id if chosen.provider == provider else dict(self.settings().active).get(provider, "")

    def chosen(self, chat: Chat | None = None) -> Model:
        """The model that answers in a chat (the open one): its own, else what stands in for the picked one, else that
        one. In a private chat never one that words would go to."""
        chat = chat or self.chat()
        model = self._own(chat) or self.stand_in() or self.picked()
        if chat.is_private and model.leaves_device:
            return self.shelf.best_local() or model
        return model

    def _own(self, chat: Chat) -> Model | None:
        """The model that was chosen for this chat alone; None where it is gone, or its words cannot leave now."""
        own = self.shelf.named(chat.model_id) if chat.model_id else None
        is_cut_off = self.stand_in() or self.offline().is_on or self.is_offline()
        return None if own is None or not own.can_chat or (own.leaves_device and is_cut_off) else own

    def usual(self) -> Model:
        """The model that answers in chats that have none of their own."""
        return self.chosen(replace(self.chat(), model_id=None))

    def machine(self) -> DeviceFacts | None:
        """What this device is, without how full it is: that changes with every download."""
        facts = self.facts()
        return replace(facts, **asdict(Space())) if facts else None

    def picked(self, chat: Chat | None = None) -> Model:
        """The person's choice, for a chat where it has one, else a model that is ready, else the bundled one."""
        return self.shelf.picked((chat and chat.model_id) or self.settings().model_id) or Model(
            "", self._words(NO_MODEL)
        )

    def reader(self) -> Model | None:
        """Who is to read the open chat: the model that answers there, of Automatic's the one that did last. None where
        nobody is known."""
        model: Model | None = self.chosen()
        if model and model.provider == "automatic":
            last = next((turn for turn in reversed(self.turns()) if turn.role == "assistant"), None)
            model = self.shelf.named(last.model_id) if last else None
        return model if model and model.id else None

    def reading(self, model: Model) -> Reading:
        """What is known of how much a model can read, and whether it sees; of Automatic only the most that one of its
        models can read."""
        if model.provider == "automatic":
            others = (self.reading(one).limit for one in self.shelf.models if one.provider != "automatic")
            return Reading(max(others, default=0))
        is_here = model.provider == "browser"
        sees = model.can_see if is_here or model.capabilities else None
        return Reading(context_tokens(model) if is_here else model.context_length, sees)

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

    def is_read_aloud(self, turn_id: str) -> bool:
        """Whether a voice reads this reply, so that a screen reader need not."""
        reading = self.aloud()
        return reading is not None and reading.turn_id == turn_id and not reading.is_paused

    def keeps_awake(self) -> bool:
        """Whether the screen is to stay on: something is under way that a phone would interrupt by locking itself. On
        battery only where the person wants that."""
        battery = self.battery()
        has_power = battery is None or battery.is_charging or self.settings().awake_on_battery
        is_making = self.makes_quiz() or self.makes_cards() or self.makes_notes()
        return has_power and (bool(self.live()) or self.progress() is not None or is_making)

    def loaded_id(self) -> str:
        """Id of the model that is in memory, "" where none is."""
        loaded = self.loaded()
        return loaded.model_id if loaded else ""

    def here(self) -> str:
        """What is on show: a page, or a chat."""
        route: str = self.route()
        return f"chat/{self.chat().id}" if route == "chat" else route

    @staticmethod
    def draft_key(chat: Chat) -> str:
        """Whose message is being written, as the page names it (static/js/page/composer.js): chats that are not kept
        yet share one, and the private ones another."""
        return chat.id if chat.path else " " if chat.is_private else ""

    @property
    def edit_key(self) -> str:
        """Under which name what is attached anew to the edited question stands in `attached`."""
        return f"{EDITED}{self.editing()}"

    def change_turn(self, id: str, **changes: object) -> None:
        """Show something else of a turn, where it is one of the open chat's."""
        changed = (replace(one, **changes) if one.id == id else one for one in self.turns())  # type: ignore[arg-type]
        self.turns.set(tuple(changed))

    def chat_of(self, chat_id: str) -> Chat | None:
        """The chat of an id as it is now, None where it is not kept."""
        return next((chat for chat in self.chats() if chat.id == chat_id), None)


def without(known: Mapping[str, T], key: str) -> dict[str, T]:
    """The same without one key."""
    return {name: value for name, value in known.items() if name != key}


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
        return replace(known, where=Text("cloud.stays_here"), place=Place.COMPUTER)
    place = Place.NETWORK if known.place is Place.NETWORK else Place.CLOUD
    return replace(known, where=of_records(told_of_record(place, known.where)), place=place)
