"""Measuring from the page: what runs, what is kept, what the dropdown then knows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict, replace

from app.core.commands import Save
from app.core.errors import DeviceLost
from app.core.values import Used
from app.models.answering.reply_meter import LEAST_TOKENS
from app.session.measuring import Measuring
from app.study.archive.backup import kept, write_backup
from tests.memory import picked, ticks
from tests.models.store.test_manager import bundled
from tests.test_session import World, play
from tests.test_session_ollama import ADDRESS, there
from tests.words import english

WORDS = " ".join(["wave"] * (LEAST_TOKENS + 4))
HELLO = ("Hi there.",)  # fetches the bundled model
TWO_RUNS = [WORDS] * 6


def part(world: World) -> Measuring:
    found: Measuring = world.session.measure
    return found


async def ready(world: World, runs: str = "2") -> None:
    await world.act("chat:send", "Hello!")
    await world.act("measure:count", runs)


def test_a_model_is_measured_kept_and_known_to_the_dropdown_after_a_reload() -> None:
    async def scene(world: World) -> None:
        world.engine.used = Used(2)
        await ready(world)
        await world.act("measure:start", bundled().id)
        [one] = part(world).measurements()
        assert (one.model_name, one.engine, len(one.runs), one.place) == ("Tiny", "wllama", 2, "browser")
        assert one.load_seconds > 0, "it was freed first, and loaded again"
        assert part(world).progress() is None
        assert (one.threads, one.on_gpu, one.engine_version) == (2, False, "3.13.0")
        speed = world.session.state.speeds()["tiny"]
        await world.reload("#/models")
        assert world.session.state.speeds() == {"tiny": speed}
        await world.look("measure")
        assert part(world).measurements() == (one,)

    play(scene, *HELLO, *TWO_RUNS)


def test_stop_keeps_the_runs_that_are_complete() -> None:
    async def scene(world: World) -> None:
        await ready(world)
        await world.begin("measure:start", bundled().id, words=2 * (3 + LEAST_TOKENS + 4) + 1)
        progress = part(world).progress()
        assert progress is not None
        assert (progress.model_id, english(progress.step)) == ("tiny", "Tiny: run 2 of 2")
        await world.act("measure:stop")
        [one] = part(world).measurements()
        assert len(one.runs) == 1
        assert part(world).progress() is None

    play(scene, *HELLO, *TWO_RUNS)


def test_what_was_measured_can_be_saved_and_forgotten() -> None:
    async def scene(world: World) -> None:
        await ready(world, "1")
        await world.act("measure:start", "")
        await world.act("measure:export")
        [file] = world.page.done(Save)
        assert (file.name, file.kind) == ("drleelm-measurements.json", "application/json")
        assert json.loads(file.text)["measurements"][0]["model_id"] == "tiny"
        await world.act("measure:forget", "tiny")
        assert part(world).measurements() == ()
        assert world.session.state.speeds() == {}
        assert world.records.shelves["measurements"] == {}

    play(scene, *HELLO, *[WORDS] * 4)


def test_an_engine_that_fails_is_told_and_what_was_complete_is_kept() -> None:
    async def scene(world: World) -> None:
        await ready(world)
        await world.act("measure:start", "tiny")
        [one] = part(world).measurements()
        assert len(one.runs) == 1
        assert any("graphics processor stopped" in text for text in world.notices)

    play(scene, *HELLO, *[WORDS] * 4, DeviceLost())


def test_nothing_to_measure_is_said_in_words() -> None:
    async def scene(world: World) -> None:
        await world.act("measure:start", "")
        assert world.notices == ["No model is ready to be measured."]
        await world.act("measure:start", "unknown")
        assert world.notices[-1] == "This model is not ready."

    play(scene)


def test_the_number_of_runs_stays_within_limits_and_words_change_nothing() -> None:
    async def scene(world: World) -> None:
        for typed, runs in (("5", 5), ("0", 1), ("99", 20), ("many", 20), ("-3", 20), ("", 20)):
            await world.act("measure:count", typed)
            assert part(world).runs() == runs

    play(scene)


def test_a_model_of_ollama_is_measured_with_the_memory_that_it_takes() -> None:
    async def scene(world: World) -> None:
        there(world)
        said = [{"message": {"role": "assistant", "content": "wave "}, "done": False}] * 12
        end = {"done": True, "done_reason": "stop", "prompt_eval_count": 300, "eval_count": 12}
        last = {"message": {"role": "assistant", "content": ""}, "eval_duration": 6 * 10**8, **end}
        body = b"".join(json.dumps(line).encode() + b"\n" for line in (*said, last))
        world.fetch.files[ADDRESS + "/api/chat"] = body
        world.fetch.rules.pop(ADDRESS + "/api/chat")
        row = {"name": "chatty:1b", "size": 287_000_000, "size_vram": 287_000_000, "context_length": 4096}
        running = {"models": [row]}
        world.fetch.files[ADDRESS + "/api/ps"] = json.dumps(running).encode()
        world.fetch.rules.pop(ADDRESS + "/api/ps")
        await world.act("page:go", "#/models")
        await world.act("measure:count", "2")
        await world.act("measure:start", "ollama:chatty:1b")
        assert world.notices == []
        [one] = part(world).measurements()
        assert (one.place, one.memory_bytes, len(one.runs)) == ("Ollama", 287_000_000, 2)
        assert (one.threads, one.on_gpu, one.engine_version) == (0, True, "0.32.15")
        assert world.session.state.speeds() == {"ollama:chatty:1b": 20.0}
        sent = [body for (url, _), body in zip(world.fetch.asked, world.fetch.bodies, strict=True) if "chat" in url]
        assert '"keep_alive": 0' in str(sent[0]), "it is freed first"

    play(scene)


def test_measuring_again_stops_what_is_being_measured() -> None:
    async def scene(world: World) -> None:
        await ready(world)
        await world.begin("measure:start", "tiny", words=3)
        world.session.act("measure:start", "tiny")
        await ticks(400)
        await world.more()
        await asyncio.sleep(0)
        assert part(world).progress() is None
        assert len(part(world).measurements()) == 1

    play(scene, *HELLO, *[WORDS] * 8)


def test_a_new_version_of_an_engine_leaves_what_was_measured_with_others() -> None:
    async def scene(world: World) -> None:
        await ready(world, "1")
        await world.act("measure:start", "tiny")
        await world.act("measure:start", "tiny")
        [first, second] = part(world).measurements()
        other = replace(
            first, engine_version="3.8.1", when=first.when + 500, runs=(replace(first.runs[0], writing=1.0),)
        )
        await world.records.write([("measurements", other.id, asdict(other))])
        await world.act("measure:start", "tiny")
        assert {other, first, second} < set(part(world).measurements())
        assert world.session.state.speeds()["tiny"] != 1.0, "though it was measured last"
        assert part(world).version_here("wllama") == "3.13.0"

    play(scene, *HELLO, *[WORDS] * 12)


def test_measurements_of_an_earlier_app_open_from_storage_and_from_a_backup() -> None:
    def as_before(record: Mapping[str, object]) -> dict[str, object]:
        later = ("threads", "on_gpu", "engine_version", "machine", "compared")
        return {name: value for name, value in record.items() if name not in later}

    async def scene(world: World) -> None:
        await ready(world, "1")
        await world.act("measure:start", "tiny")
        shelves = kept(await world.records.snapshot())
        [one] = part(world).measurements()
        await world.act("measure:forget", "tiny")
        shelves["measurements"][one.id] = as_before(shelves["measurements"][one.id])
        await world.act("archive:open", picked("b", write_backup(shelves, "0.1.0", 5.0).encode()))
        await world.look("measure")
        assert part(world).measurements() == (replace(one, threads=0, engine_version="", machine=""),)
        assert world.session.state.speeds()["tiny"] > 0
        assert not any("damaged" in said.lower() for said in world.notices)

    play(scene, *HELLO, *[WORDS] * 4)


def test_a_backup_brings_measurements_back_and_a_broken_one_changes_nothing() -> None:
    async def scene(world: World) -> None:
        await ready(world, "1")
        await world.act("measure:start", "tiny")
        shelves = kept(await world.records.snapshot())
        speeds, [one] = dict(world.session.state.speeds()), part(world).measurements()
        await world.act("measure:forget", "tiny")
        await world.act("archive:open", picked("b", write_backup(shelves, "0.1.0", 5.0).encode()))
        await world.look("measure")
        assert part(world).measurements() == (one,)
        record = shelves["measurements"].pop(one.id)
        shelves["measurements"]["other"] = {**record, "runs": [{"prompt_tokens": "many"}]}
        broken = write_backup(shelves, "0.1.0", 5.0).encode()
        await world.act("archive:open", picked("b", broken))
        assert set(world.records.shelves["measurements"]) == {one.id}
        settings = {**shelves["settings"]["settings"], "speeds": {"tiny": "fast"}}
        odd = write_backup({**shelves, "measurements": {}, "settings": {"settings": settings}}, "0.1.0", 5.0)
        await world.act("archive:open", picked("b", odd.encode()))
        assert world.session.state.speeds() in ({}, speeds)

    play(scene, *HELLO, *[WORDS] * 4)
