"""Which model stays in memory: one load for all chats, freed with the choice of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.places import Place
from app.core.ports import TellPhase
from app.core.signals import Effect
from app.core.values import EngineSettings, Loading, LoadPhase, Model
from app.study.features import TITLE
from tests.memory import picked, ticks
from tests.models.scripted import untold
from tests.test_session import GPU_FILE, SlowEngine, World, play


class Late(SlowEngine):
    """Takes six seconds to load: the page's clock goes on by a hundredth at each look, and each phase is one."""

    async def load(self, handles: Sequence[object], settings: EngineSettings, tell: TellPhase = untold) -> None:
        for _ in range(600):
            tell(LoadPhase.READING)


def other(world: World) -> str:
    """A second model of this browser; returns its id."""
    return next(row.model.id for row in world.session.state.rows() if row.model.id != "tiny")


async def have_two(world: World) -> str:
    """Both models are stored, the bundled one answers and is in memory."""
    await world.act("models:import", picked("mine.litertlm", GPU_FILE.read_bytes()))
    await world.act("models:choose", "tiny")
    await world.act("chat:send", "Hello!")
    assert world.session.state.loaded_id() == "tiny"
    return other(world)


def test_chats_a_title_and_another_answer_share_one_load() -> None:
    async def scene(world: World) -> None:
        await world.act("features:choose", {"arg": TITLE, "value": "tiny"})
        await world.act("chat:send", "One?")
        assert world.session.state.chat().title == "A title"
        await world.act("chat:new")
        await world.act("chat:send", "Two?")
        await world.act("chat:regenerate", world.last.id)
        await world.act("settings:number", {"arg": "temperature", "value": "1.5"})
        await world.act("chat:send", "Three?")
        assert len(world.engine.loads) == len(world.engines) == 1

    play(scene, "One.", "A title", "Two.", "A title", "Two again.", "Three.")


def test_choosing_another_model_frees_the_one_in_memory_at_once() -> None:
    async def scene(world: World) -> None:
        mine = await have_two(world)
        await world.act("models:choose", mine)
        assert world.session.state.loaded_id() == ""
        assert world.engine.is_unloaded

    play(scene, "Hi.")


def test_a_reply_under_way_is_written_to_its_end_first() -> None:
    async def scene(world: World) -> None:
        mine = await have_two(world)
        await world.begin("chat:send", "Count", words=2)
        world.session.act("models:choose", mine)
        await ticks(200)
        assert world.session.state.loaded_id() == "tiny"
        await world.more()
        assert world.last.text == "one two three"
        assert world.session.state.loaded_id() == ""

    play(scene, "Hi.", "one two three")


def test_choosing_it_again_before_its_reply_ends_keeps_it() -> None:
    async def scene(world: World) -> None:
        mine = await have_two(world)
        await world.begin("chat:send", "Count", words=2)
        world.session.act("models:choose", mine)
        await ticks(200)
        world.session.act("models:choose", "tiny")
        await ticks(200)
        await world.more()
        assert world.session.state.loaded_id() == "tiny"

    play(scene, "Hi.", "one two three")


def test_what_another_page_chooses_frees_it_here_too() -> None:
    async def scene(world: World) -> None:
        mine = await have_two(world)
        [stored] = await world.records.get("settings", ["settings"])
        await world.records.write([("settings", "settings", {**(stored or {}), "model_id": mine})])
        await world.hear(("settings", "settings"))
        assert world.session.state.loaded_id() == ""

    play(scene, "Hi.")


def test_ollama_on_this_computer_gets_its_memory_and_a_model_elsewhere_leaves_it_ready() -> None:
    """The one in memory answers where a cloud cannot, and in private chats."""

    async def scene(world: World) -> None:
        far = Model("cloud:openai:gpt", "GPT", place=Place.CLOUD)
        world.session.state.cloud.set((far, replace(far, id="cloud:own-a:big", name="Big", place=Place.NETWORK)))
        world.session.state.settings.set(replace(world.session.state.settings(), is_smart=True))
        await world.act("chat:send", "Hello!")
        for model_id in ("cloud:openai:gpt", "cloud:own-a:big", "automatic"):
            await world.act("models:choose", model_id)
            assert world.session.state.picked().id == model_id
            assert world.session.state.loaded_id() == "tiny"
        await world.act("models:choose", "ollama:chatty:1b")
        assert world.session.state.loaded_id() == ""

    play(scene, "Hi.")


def test_how_long_a_load_took_is_kept_and_told_at_the_next_one() -> None:
    async def scene(world: World) -> None:
        told: list[Loading] = []

        def note() -> None:
            told.extend(live.loading for live in world.session.state.live().values() if live.loading)

        Effect(note)
        world.engine = Late(["Hi.", "Hi."])
        await world.act("chat:send", "Hello!")
        kept = world.session.state.settings().load_times["tiny"]
        assert kept > 5
        await world.reload()
        Effect(note)
        await world.act("chat:send", "Again!")
        assert told[0].usual_seconds == 0.0
        assert told[-1].usual_seconds == kept
        assert world.session.state.settings().load_times["tiny"] == kept, "no news"

    play(scene)
