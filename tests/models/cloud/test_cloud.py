"""All services behind one provider."""

from __future__ import annotations

import asyncio
import json

import pytest

from app.core.errors import ModelMissing, RateLimited
from app.core.values import Event, Model
from app.models.cloud.cloud import Cloud
from app.models.cloud.keys import Keys
from app.models.cloud.services import Own
from tests.memory import FakeClock, MemoryReply, MemoryVault, ScriptedFetch
from tests.models.cloud.streams import ASKED, KEY, PARIS, refused, stream
from tests.models.fakes import text_of

HERE = "own-localhost-8080-v1-openai"


class World:
    """A cloud with one key."""

    def __init__(self) -> None:
        self.fetch, self.clock, self.changes = ScriptedFetch({}), FakeClock(), 0
        keys = Keys(MemoryVault())
        keys.put("openai", KEY)
        self.cloud = Cloud(self.fetch, self.clock, keys, self.changed)

    def changed(self) -> None:
        self.changes += 1

    def events(self, model_id: str) -> list[Event]:
        async def body() -> list[Event]:
            return [event async for event in self.cloud.reply(Model(model_id, "m"), ASKED)]

        return asyncio.run(body())


def test_a_models_own_service_answers() -> None:
    world = World()
    world.fetch.events = [stream(*PARIS), stream(*PARIS)]
    assert text_of(world.events("cloud:openai:gpt-5-mini")) == "Paris."
    world.cloud.use_own([Own("localhost:8080")])
    assert text_of(world.events(f"cloud:{HERE}:tiny")) == "Paris."
    assert [url for url, _ in world.fetch.asked] == [
        "https://api.openai.com/v1/chat/completions",
        "http://localhost:8080/v1/chat/completions",
    ]
    assert "Authorization" not in world.fetch.sent[1]
    assert json.loads(str(world.fetch.bodies[1]))["model"] == "tiny"


def test_those_that_have_a_key_or_need_none_are_ready() -> None:
    world = World()
    assert [one.id for one in world.cloud.ready] == ["openai"]
    world.cloud.use_own([Own("localhost:8080"), Own("proxy.example.org", "anthropic")])
    assert [one.id for one in world.cloud.ready] == ["openai", HERE, "own-proxy.example.org-anthropic"]
    world.cloud.use_own([])
    assert [one.id for one in world.cloud.ready] == ["openai"]


def test_each_service_has_a_pause_of_its_own() -> None:
    world = World()
    world.fetch.events = [refused(429, {}, {"retry-after": "60"})]
    with pytest.raises(RateLimited):
        world.events("cloud:openai:m")
    assert world.changes == 1
    assert world.cloud.health("openai").is_blocked
    assert not world.cloud.health("groq").is_blocked
    world.cloud.renew("openai")  # another key may be used at once
    assert not world.cloud.health("openai").is_blocked


def test_own_servers_keep_their_pauses_when_others_come_and_go() -> None:
    world = World()
    first, second = Own("localhost:8080"), Own("localhost:9090")
    world.cloud.use_own([first])
    world.fetch.events = [refused(429, {}, {"retry-after": "60"})]
    with pytest.raises(RateLimited):
        world.events(f"cloud:{HERE}:m")
    world.cloud.use_own([first, second])
    assert world.cloud.health(HERE).is_blocked
    world.cloud.use_own([second])
    world.cloud.use_own([first, second])
    assert not world.cloud.health(HERE).is_blocked, "it was taken away and added anew"


def test_what_is_not_known_is_told() -> None:
    world = World()
    for model_id in ("cloud:nobody:m", "cloud:own-x:m"):
        with pytest.raises(ModelMissing):
            world.events(model_id)


def test_a_list_comes_from_the_service() -> None:
    world = World()
    world.fetch.events = [MemoryReply(200, b'{"data": [{"id": "gpt-5"}]}')]
    [model] = asyncio.run(world.cloud.models("openai"))
    assert model.id == "cloud:openai:gpt-5"
