"""Every model in one list: whose it is, where its words go, what it can do, which is the best here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from app.core.places import Place, ProviderName
from app.core.texts import Text
from app.core.values import Model
from app.models.answering.automatic import AUTOMATIC
from app.models.ollama.answers import Installed
from app.models.ollama.server import OllamaRow
from app.models.shelf import Shelf
from app.models.store.rows import Row, Status

TINY = Model("tiny", "Tiny", size_bytes=100, is_bundled=True)
BIG = Model("big", "Big", size_bytes=900, capabilities=("completion", "vision"))
CODER = Model("coder", "Coder", kind="code", size_bytes=500)
FINDER = Model("finder", "Finder", kind="embedding", size_bytes=5000)
GPT = Model(
    "cloud:openai:gpt-5-mini", "GPT", capabilities=("completion", "vision"), where="sent to OpenAI", place=Place.CLOUD
)
OWN = Model("cloud:here-localhost-8080:m", "Own", where="stays on this computer", place=Place.COMPUTER)


def installed(name: str, size_bytes: int, *can: str) -> OllamaRow:
    return OllamaRow(name, installed=Installed(name, f"sha256:{name}", size_bytes, capabilities=can))


LLAMA = installed("llama3.2:1b", 700, "completion")
EMBED = installed("nomic-embed-text:latest", 9000, "embedding")
SENT_TO_OLLAMA = Text("ollama_server.sent_to", host="ollama.com")
GIANT = replace(installed("giant:120b-cloud", 9000, "completion"), where=SENT_TO_OLLAMA, place=Place.CLOUD)
LISTED = OllamaRow("qwen3:4b")


@dataclass
class Ollama:
    rows: tuple[OllamaRow, ...] = (LLAMA, EMBED, GIANT, LISTED)
    is_running: bool = True


@dataclass
class World:
    rows: tuple[Row, ...] = (
        Row(TINY),
        Row(FINDER, Status.READY),
        Row(BIG, Status.PAUSED),
        Row(CODER, Status.UNVERIFIED),
    )
    server: Ollama | None = field(default_factory=Ollama)
    services: tuple[Model, ...] = (GPT, OWN)
    has_automatic: bool = True
    loaded: str = ""

    @property
    def shelf(self) -> Shelf:
        return Shelf(
            lambda: self.rows,
            lambda: self.server,
            lambda: self.services,
            lambda: self.has_automatic,
            lambda: self.loaded,
        )


@pytest.mark.parametrize(
    ("id", "provider", "place", "chats", "sees", "embeds"),
    [
        ("automatic", "automatic", Place.BROWSER, True, False, False),
        ("tiny", "browser", Place.BROWSER, True, False, False),
        ("big", "browser", Place.BROWSER, True, True, False),
        ("coder", "browser", Place.BROWSER, True, False, False),
        ("finder", "browser", Place.BROWSER, False, False, True),
        ("ollama:llama3.2:1b", "ollama", Place.COMPUTER, True, False, False),
        ("ollama:nomic-embed-text:latest", "ollama", Place.COMPUTER, False, False, True),
        ("ollama:giant:120b-cloud", "ollama", Place.CLOUD, True, False, False),
        ("ollama:not-asked-yet:1b", "ollama", Place.COMPUTER, True, False, False),
        ("cloud:openai:gpt-5-mini", "cloud", Place.CLOUD, True, True, False),
        ("cloud:here-localhost-8080:m", "cloud", Place.COMPUTER, True, False, False),
    ],
)
def test_a_model_says_whose_it_is_where_it_runs_and_what_it_can(
    id: str, provider: ProviderName, place: Place, chats: bool, sees: bool, embeds: bool
) -> None:
    shelf = World().shelf
    model = shelf.named(id)
    assert model
    assert (model.id, model.provider, model.place) == (id, provider, place)
    assert (model.can_chat, model.can_see, model.can_embed) == (chats, sees, embeds)
    assert model.leaves_device == place.leaves_device
    is_here = id != "ollama:not-asked-yet:1b"
    assert (model in shelf.models) == (chats and is_here), "the list holds what can chat"
    assert (model in shelf.of(provider)) == (chats and is_here)
    assert (model in shelf.leaving()) == place.leaves_device


def test_the_list_holds_each_provider_in_its_turn() -> None:
    ids = [model.id for model in World().shelf.models]
    ollama = ["ollama:llama3.2:1b", "ollama:giant:120b-cloud"]
    assert ids == ["automatic", "tiny", "big", "coder", *ollama, GPT.id, OWN.id]
    nobody = World(server=None, services=(), has_automatic=False).shelf
    assert [model.id for model in nobody.models] == ["tiny", "big", "coder"]
    assert nobody.of("ollama") == nobody.of("cloud") == nobody.of("automatic") == ()


def test_what_is_not_known_has_no_name() -> None:
    shelf = World(has_automatic=False).shelf
    assert [shelf.named(id) for id in ("", "gone", "cloud:openai:gone", AUTOMATIC.id)] == [None] * 4


@pytest.mark.parametrize("id", ["ollama:llama3.2:1b", GPT.id, AUTOMATIC.id])
def test_a_catalogue_cannot_put_its_model_in_the_place_of_anothers(id: str) -> None:
    world = World()
    before = world.shelf.named(id)
    world.rows = (Row(replace(TINY, id=id), Status.READY), *world.rows)
    assert world.shelf.named(id) == before


def test_ready_is_what_can_answer_on_this_device_now() -> None:
    world = World()
    assert [model.id for model in world.shelf.ready()] == ["coder", "ollama:llama3.2:1b"]
    world.server = Ollama(is_running=False)
    assert [model.id for model in world.shelf.ready()] == ["coder"]
    assert not world.shelf.is_ollama_running


def test_the_best_here_is_the_one_in_memory_else_the_largest_that_is_ready() -> None:
    world = World()
    best = world.shelf.best_local()
    assert best
    assert best.id == "ollama:llama3.2:1b"
    world.loaded = "coder"
    assert world.shelf.best_local() == CODER
    world.rows, world.server = (Row(TINY), Row(FINDER, Status.READY)), None
    assert world.shelf.best_local() is None


def test_who_answers_is_the_persons_choice_else_what_is_ready_else_the_bundled_one() -> None:
    world = World()
    assert world.shelf.picked(GPT.id) == GPT
    assert world.shelf.picked("big") == BIG, "it says why it cannot answer yet"
    assert world.shelf.picked("") == world.shelf.picked("finder") == CODER
    world.rows = (Row(BIG), Row(TINY), Row(FINDER, Status.READY))
    assert world.shelf.picked("") == TINY
    world.rows = (Row(BIG),)
    assert world.shelf.picked("") == BIG
    world.rows = ()
    assert world.shelf.picked("") is None
