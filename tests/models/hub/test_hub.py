"""The Hub's client against a double of the Hub: what is asked, in which order, and what is said of each refusal."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.errors import AppError, BadAnswer, Interrupted, Refused
from app.core.places import Purpose
from app.core.values import Source
from app.models.hub.hub import Hub, HubPage
from app.models.hub.place import HubPlace
from app.models.store.downloads import Web
from app.models.store.sources import Tokens
from tests.hub import BASE, HubDouble, HubFetch, HubRepo
from tests.memory import FakeClock, MemoryBlobs, MemoryHasher, MemoryReply
from tests.words import raises

DATA = b"GGUF" * 1000
REPO = "user/tiny-GGUF"
PLACE = HubPlace(REPO)


class World:
    """A client, and the double that it asks. `tokens` are the person's."""

    def __init__(self, *repositories: HubRepo, page: int = 1000) -> None:
        self.repo = HubRepo(REPO, {"tiny-Q4_K_M.gguf": DATA}, 500, 9)
        self.double = HubDouble(self.repo, *repositories, page=page)
        self.fetch, self.tokens = HubFetch(self.double), Tokens()
        self.web = Web(self.fetch, self.fetch, MemoryHasher(), MemoryBlobs(), FakeClock(), self.tokens.headers_for)
        self.hub = Hub(self.web)


def play(body: Callable[[World], Awaitable[None]], *repositories: HubRepo, page: int = 1000) -> None:
    async def run() -> None:
        await body(World(*repositories, page=page))

    asyncio.run(run())


def test_a_search_asks_for_what_a_browser_can_run() -> None:
    async def body(world: World) -> None:
        page = await world.hub.search("TINY gguf")
        assert [one.id for one in page.repositories] == [REPO]
        queries = [parse_qs(urlsplit(address).query) for address in world.double.asked]
        assert {query["search"][0] for query in queries} == {"TINY gguf"}
        assert [(query.get("filter"), query.get("author")) for query in queries] == [
            (["gguf"], None),
            (["litert-lm"], None),
            (None, ["litert-community"]),
        ]
        assert all(query["expand"] == ["downloads", "gated", "likes", "tags"] for query in queries)
        assert set(world.fetch.purposes) == {Purpose.HUB}

    other = HubRepo("user/tiny-gguf-pictures", {}, tags=("diffusers",))
    play(body, other)


def test_what_several_questions_find_is_listed_once_by_downloads() -> None:
    both = HubRepo("litert-community/tiny", {}, 900, tags=("litert-lm",))

    async def body(world: World) -> None:
        assert [one.id for one in (await world.hub.search("tiny")).repositories] == [both.id, REPO]

    play(body, both)


def test_a_search_goes_on_where_the_hub_says() -> None:
    many = [HubRepo(f"user/many-{number:02d}", {}, number) for number in range(30)]

    async def body(world: World) -> None:
        page = await world.hub.search("many")
        assert (len(page.repositories), len(page.more)) == (20, 1)
        page = await world.hub.more(page)
        assert (len(page.repositories), page.more) == (30, ())

    play(body, *many)


def test_nothing_goes_on_at_another_host() -> None:
    async def body(world: World) -> None:
        link = {"link": '<https://evil.example/api/models>; rel="next"'}
        world.fetch.events = [MemoryReply(200, b"[]", link) for _ in range(3)]
        assert await world.hub.search("x") == HubPage()

    play(body)


def test_a_repository_is_listed_and_resolved_at_its_commit() -> None:
    async def body(world: World) -> None:
        sha = world.repo.sha
        opened = await world.hub.open(PLACE)
        assert world.double.asked == [
            f"/api/models/{REPO}?expand=sha&expand=downloads&expand=gated&expand=likes&expand=tags",
            f"/api/models/{REPO}/tree/{sha}?recursive=true",
        ]
        model = world.hub.model(opened, opened.offers[0])
        assert model.sources == (Source(f"{BASE}/{REPO}/resolve/{sha}/tiny-Q4_K_M.gguf"),)
        assert (model.sha256, model.size_bytes) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
        assert (model.name, model.license, model.license_url) == ("tiny-Q4_K_M", "apache-2.0", f"{BASE}/{REPO}")
        world.repo.commit({"tiny-Q4_K_M.gguf": b"another"})
        assert (await world.hub.open(PLACE)).repository.revision != sha
        again = await world.hub.open(HubPlace(REPO, sha))
        assert world.hub.model(again, again.offers[0]) == model
        assert await world.hub.model_at(HubPlace(REPO, sha, "tiny-Q4_K_M.gguf")) == model

    play(body)


def test_a_long_list_of_files_is_read_page_by_page() -> None:
    async def body(world: World) -> None:
        world.repo.lists = {f"m-{number}-Q4_K_M.gguf": 10_000 + number for number in range(7)}
        assert len((await world.hub.open(PLACE)).offers) == 8
        assert len(world.double.asked) == 1 + 4

    play(body, page=3)


def test_a_file_that_was_named_comes_first() -> None:
    async def body(world: World) -> None:
        world.repo.lists = {"a-Q2_K.gguf": 1, "b-F32.gguf": 10**9}
        opened = await world.hub.open(HubPlace(REPO, path="b-F32.gguf"))
        assert [one.name for one in opened.offers] == ["b-F32", "a-Q2_K", "tiny-Q4_K_M"]

    play(body)


def test_the_part_that_sees_comes_along_where_it_is_wanted() -> None:
    async def body(world: World) -> None:
        world.repo.lists = {"mmproj-F32.gguf": 40, "mmproj-BF16.gguf": 20, "mmproj-F16.gguf": 20, "web-int4.task": 9}
        opened = await world.hub.open(PLACE)
        assert opened.projector is not None
        assert opened.projector.name == "mmproj-F16"
        blind, sees = (world.hub.model(opened, opened.offers[1], sees=sees) for sees in (False, True))
        assert (blind.parts, blind.name) == ((), "tiny-Q4_K_M")
        assert [(part.role, part.size_bytes) for part in sees.parts] == [("weights", len(DATA)), ("projector", 20)]
        assert (sees.size_bytes, sees.name) == (len(DATA) + 20, "tiny-Q4_K_M + mmproj")
        assert blind.id != sees.id
        web = world.hub.model(opened, opened.offers[0], sees=True)
        assert (web.name, web.parts) == ("web-int4", ()), "MediaPipe's files have it in them"

    play(body)


GATED = HubRepo("google/gated", {"g.gguf": DATA}, gated="manual")


@pytest.mark.parametrize(
    ("place", "kind", "words"),
    [
        (HubPlace("user/none"), Refused, "no repository named user/none, or it is private"),
        (HubPlace(REPO, "v9"), Refused, "no revision v9"),
    ],
)
def test_what_is_not_there_is_said(place: HubPlace, kind: type[AppError], words: str) -> None:
    async def body(world: World) -> None:
        with raises(kind, words):
            await world.hub.open(place)

    play(body)


def test_a_file_that_is_not_there_is_said() -> None:
    async def body(world: World) -> None:
        with raises(Refused, "no model file y.gguf"):
            await world.hub.model_at(HubPlace(REPO, path="y.gguf"))

    play(body)


def test_a_busy_hub_is_waited_for_in_words() -> None:
    async def body(world: World) -> None:
        world.double.is_busy = True
        with raises(Refused, "too many requests"):
            await world.hub.search("x")
        assert len(world.double.asked) == 1, "not one more"

    play(body)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (MemoryReply(200, b"<html>"), BadAnswer, "doesn't understand"),
        (MemoryReply(200, b"{}"), BadAnswer, "doesn't understand"),
        (MemoryReply(503, b""), Interrupted, "returned an error"),
        (MemoryReply(418, b""), Refused, "returned an error"),
        (Interrupted(detail="net::ERR"), Interrupted, "Can't reach huggingface.co"),
    ],
)
def test_answers_that_are_none(answer: MemoryReply | AppError, kind: type[AppError], words: str) -> None:
    async def body(world: World) -> None:
        world.fetch.events = [answer]
        with raises(kind, words):
            await world.hub.open(PLACE)

    play(body)


def test_a_token_is_sent_only_where_the_hub_asks_who_it_is() -> None:
    """A request with a token wants a preflight first, and public lists need none."""

    async def body(world: World) -> None:
        world.tokens.set("huggingface.co", "hf_mine")
        await world.hub.search("tiny")
        await world.hub.open(HubPlace(GATED.id))
        assert set(world.double.tokens) == {""}, "the list of a gated repository is public"
        with raises(Refused, "or it is private"):
            await world.hub.open(HubPlace("user/none"))
        assert world.double.tokens[-2:] == ["", "hf_mine"]
        world.double.refuses_preflight = True
        with raises(Refused, "doesn't let this page send your access token"):
            await world.hub.open(HubPlace("user/none"))

    play(body, GATED)
