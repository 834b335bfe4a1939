"""Cloud services in the session: keys are tried, used, remembered and forgotten; lists and picks are kept."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest

from app.core.adapters import Adapters
from app.core.commands import SignIn
from app.core.errors import AppError, BadKey, NeedsKey, NotAllowed, Unreachable
from app.core.values import Model
from app.models.costs.ledger import SHELF
from app.session.cloud import CloudServices
from app.session.cloud_forms import Standing
from app.session.state import LISTS_KEY, SERVICES_KEY
from app.study.archive.backup import kept, write_backup
from app.ui.live import LiveReply
from app.ui.markdown import Markdown
from tests.adapters import VISIT
from tests.environment import ROOT
from tests.memory import Answer, MemoryReply, MemoryVault
from tests.models.cloud.streams import KEY, PARIS, refused, stream
from tests.test_session import World
from tests.words import english, raises

OTHER_KEY = "sk-another-fedcba9876543210"
MINI = "cloud:openai:gpt-5-mini"
HERE = "here-localhost-8080-v1-openai"


def listed(*names: str) -> MemoryReply:
    """A list of models in OpenAI's shape."""
    return MemoryReply(200, json.dumps({"data": [{"id": name} for name in names]}).encode())


class Page(World):
    """A page with services; `reload` is the same browser after a reload."""

    def __init__(self, *answers: str) -> None:
        self.vault = MemoryVault()
        super().__init__(*answers)

    @property
    def adapters(self) -> Adapters:
        return replace(super().adapters, vault=lambda: self.vault)

    @property
    def cloud(self) -> CloudServices:
        part: CloudServices = self.session.cloud
        return part

    @property
    def why_not(self) -> str:
        """Why the first listed model cannot be asked."""
        return english(self.session.switching.why_not(self.session.state.cloud()[0]) or "")

    def service(self, id: str = "openai") -> Standing:
        return next(one for one in self.cloud.services() if one.id == id)

    @property
    def offered(self) -> list[str]:
        return [model.id for model in self.session.state.cloud()]

    async def enter(self, *answers: Answer, id: str = "openai", key: str = KEY, **more: str) -> None:
        """Type a key; the service answers."""
        self.fetch.events = list(answers)
        await self.act("cloud:key", {"arg": id, "key": key, **more})

    async def ask(self, model_id: str, *answers: Answer) -> Any:
        """Ask a model in the chat; the reply's turn."""
        await self.act("models:choose", model_id)
        self.fetch.events = list(answers)
        await self.act("chat:send", "What is the capital of France?")
        return self.last

    def texts_of_storage(self) -> str:
        return json.dumps(self.records.shelves) + repr(self.vault.records)


def page(body: Callable[[Page], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run a body over a fresh page."""

    def run() -> None:
        async def whole() -> None:
            world = Page("From here.", "From here.")
            await world.session.start("#/chat")
            await body(world)

        asyncio.run(whole())

    run.__doc__ = body.__doc__
    return run


# -- keys -------------------------------------------------------------------------------------------------------------


@page
async def test_a_key_fetches_the_list_and_offers_a_few_models_whose_price_is_known(world: Page) -> None:
    names = (
        "gpt-4o",
        "gpt-4o-2024-11-20",
        "gpt-9-unheard-of",
        "gpt-5-mini",
        "gpt-5",
        "gpt-5.4",
        "gpt-6-sol",
        "gpt-4.1",
    )
    await world.enter(listed(*names))
    service = world.service()
    assert (service.last4, service.is_remembered, service.is_set_up, service.problem) == ("cdef", False, True, None)
    assert [model.name for model in service.models] == list(names)
    assert service.listed_at > 0
    assert {id.rpartition(":")[2] for id in service.picked} == {
        "gpt-6-sol",
        "gpt-5.4",
        "gpt-5",
        "gpt-5-mini",
        "gpt-4.1",
    }
    assert set(world.offered) == service.picked
    assert world.fetch.sent[-1]["Authorization"] == f"Bearer {KEY}"
    assert not world.session.state.notices()


@page
async def test_a_key_stays_in_memory_and_is_in_nothing_else(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"))
    assert KEY not in world.texts_of_storage()
    assert KEY not in repr([one() for one in vars(world.session).values() if callable(one) and hasattr(one, "set")])
    assert KEY not in repr(world.page.commands) + repr(world.cloud.services())
    assert all(KEY not in url for url, _ in world.fetch.asked)
    await world.reload()
    await world.cloud.look()
    assert world.service().last4 == ""
    assert world.offered == [MINI], "its models stay in the dropdown"
    assert world.why_not == "needs its key"
    assert english(world.cloud.blocked(MINI)) == "OpenAI needs its key."


@page
async def test_a_remembered_key_is_there_again_after_a_reload(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"), remember="on")
    assert world.service().is_remembered
    assert KEY not in world.texts_of_storage()
    await world.reload()
    assert world.offered == [MINI]
    await world.cloud.look()
    assert (world.service().last4, world.why_not) == ("cdef", "")
    await world.act("cloud:remember", {"arg": "openai", "value": False})
    assert (world.service().is_remembered, world.service().last4, world.vault.records) == (False, "cdef", {})
    await world.act("cloud:remember", {"arg": "openai", "value": True})
    assert list(world.vault.records) == ["openai"]


@page
async def test_before_it_was_looked_nothing_is_claimed_of_keys(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"))
    await world.reload()
    assert "cloud" not in vars(world.session), "and nothing of it is imported"
    assert world.why_not == ""
    await world.act("models:check")  # the page has come to rest
    assert world.why_not == "needs its key"


@page
async def test_at_rest_nothing_is_looked_for_where_no_service_was_set_up(world: Page) -> None:
    await world.act("models:check")
    assert "cloud" not in vars(world.session)


@page
async def test_a_wrong_key_is_said_at_the_field_and_not_kept(world: Page) -> None:
    wrong = refused(401, {"error": {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}})
    await world.enter(wrong, remember="on")
    service = world.service()
    assert isinstance(service.problem, BadKey)
    assert KEY not in str(vars(service.problem))
    assert (service.last4, service.is_set_up, service.is_busy, world.vault.records) == ("", False, False, {})
    assert world.records.shelves.get("settings", {}).get(SERVICES_KEY) is None
    await world.enter(listed("gpt-5-mini"))
    assert world.service().problem is None
    await world.enter(wrong, key=OTHER_KEY)
    assert isinstance(world.service().problem, BadKey)
    assert world.service().last4 == "cdef", "the earlier one stays"


@page
async def test_what_is_no_key_is_said_without_asking_anybody(world: Page) -> None:
    await world.enter(key="my key")
    assert isinstance(world.service().problem, BadKey)
    assert world.fetch.asked == []


@pytest.mark.parametrize("answer", [Unreachable(), refused(403, {}), refused(500, {})])
def test_a_key_that_could_not_be_tried_is_kept_and_the_trouble_is_told(answer: Answer) -> None:
    @page
    async def scene(world: Page) -> None:
        await world.enter(answer, answer, answer)
        service = world.service()
        assert service.last4 == "cdef"
        assert isinstance(service.problem, Unreachable | NotAllowed)
        assert (service.is_set_up, service.models, world.offered) == (True, (), [])
        world.fetch.events = [listed("gpt-5-mini")]
        await world.act("cloud:refresh", "openai")
        assert world.offered == [MINI]

    scene()


@page
async def test_forgetting_a_key_takes_its_models_away_and_the_next_key_brings_the_picks_back(world: Page) -> None:
    await world.enter(listed("gpt-5-mini", "gpt-5"), remember="on")
    await world.act("cloud:pick", {"arg": "cloud:openai:gpt-5", "value": False})
    await world.act("cloud:forget", "openai")
    assert (world.offered, world.vault.records, world.service().last4) == ([], {}, "")
    await world.reload()
    assert world.offered == []
    await world.enter(listed("gpt-5-mini", "gpt-5", "gpt-6-sol"))
    assert world.offered == [MINI]


@page
async def test_where_the_vault_fails_a_key_works_in_this_tab_and_the_trouble_is_told(world: Page) -> None:
    world.vault.fails = True
    await world.enter(listed("gpt-5-mini"), remember="on")
    service = world.service()
    assert service.problem is not None
    assert (service.last4, service.is_remembered) == ("cdef", False)
    await world.reload()
    await world.cloud.look()
    assert len(world.session.state.notices()) == 1
    await world.enter(listed("gpt-5-mini"))
    assert world.service().last4 == "cdef"


# -- models -----------------------------------------------------------------------------------------------------------


@page
async def test_what_is_picked_is_in_the_dropdown_and_survives_a_new_list_and_a_reload(world: Page) -> None:
    await world.enter(listed("gpt-5", "gpt-5-mini", "new-1"))
    await world.act("cloud:pick", {"arg": "cloud:openai:new-1", "value": True})
    await world.act("cloud:pick", {"arg": "cloud:openai:gpt-5", "value": False})
    assert world.offered == [MINI, "cloud:openai:new-1"]
    world.fetch.events = [listed("gpt-5-mini", "gpt-7")]
    await world.act("cloud:refresh", "openai")
    assert world.offered == [MINI], "what the service has no more is gone, what is new is not picked by itself"
    await world.reload()
    assert world.offered == [MINI]
    assert world.session.state.cloud()[0].where == "sent to OpenAI", "words are kept, not a key"


@page
async def test_a_list_can_be_searched(world: Page) -> None:
    world.session.act("cloud:filter", {"arg": "openai", "value": " Mini "})
    assert world.cloud.filters() == {"openai": "mini"}


# -- asking -----------------------------------------------------------------------------------------------------------


@page
async def test_a_picked_model_answers_and_its_own_counts_are_entered(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"))
    turn = await world.ask(MINI, stream(*PARIS))
    assert (turn.text, turn.model_name, turn.where) == ("Paris.", "gpt-5-mini", "sent to OpenAI")
    assert (turn.usage.prompt_tokens, turn.usage.counted) == (14, True)
    [entry] = [json.loads(text) for text in world.records.shelves[SHELF].values()]
    assert (entry["place"], entry["service"], entry["basis"]) == ("cloud", "openai", "computed")


@page
async def test_without_its_key_a_model_is_not_asked_and_the_cure_leads_to_settings(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"))
    await world.reload()
    before = len(world.fetch.asked)
    turn = await world.ask(MINI)
    assert (turn.problem.message, turn.problem.again) == ("OpenAI needs its key.", NeedsKey.again)
    assert "Settings" in turn.problem.cure
    assert len(world.fetch.asked) == before
    assert world.session.state.stand_in() is None


@page
async def test_why_a_stand_in_answers_is_told_at_once_and_the_service_can_be_asked_again(world: Page) -> None:
    """Fault S10: the reason stands there while the model on this device loads, beside a way back."""
    await world.act("models:download", "tiny")
    await world.enter(listed("gpt-5-mini"))
    await world.act("models:choose", MINI)
    world.fetch.events = [refused(500, {"error": {"message": "boom"}}) for _ in range(3)]
    await world.begin("chat:send", "What is the capital of France?")
    [live] = world.session.state.live().values()
    assert english(live.reason).startswith("gpt-5-mini could not answer: OpenAI returned an error (500).")
    assert live.text == ""
    shown = LiveReply(live.turn_id, world.page, Markdown(), lambda _: None, "")
    shown.show(live, ())
    painted = str(world.page.painted[-1])
    assert "(500)" in painted
    assert "chat:again" in painted
    world.engine.gate = None
    world.fetch.events = [stream(*PARIS)]
    await world.act("chat:again", live.turn_id)
    assert (world.last.model_name, world.last.text) == ("gpt-5-mini", "Paris.")
    assert world.session.state.live() == {}


@page
async def test_the_reason_goes_when_the_stand_in_begins_to_answer_and_stays_beside_its_reply(world: Page) -> None:
    """Fault S10."""
    await world.act("models:download", "tiny")
    await world.enter(listed("gpt-5-mini"))
    await world.act("models:choose", MINI)
    world.fetch.events = [refused(500, {}) for _ in range(3)]
    await world.begin("chat:send", "What is the capital of France?", words=1)
    [live] = world.session.state.live().values()
    assert (live.reason, bool(live.text)) == ("", True)
    await world.more()
    assert "(500)" in world.last.notices[0]


@page
async def test_a_service_that_asks_for_a_pause_is_replaced_here_and_said_to_be_paused(world: Page) -> None:
    await world.act("models:download", "tiny")
    await world.enter(listed("gpt-5-mini"))
    turn = await world.ask(MINI, refused(429, {}, {"retry-after": "60"}))
    assert (turn.model_name, turn.text) == ("Tiny", "From here.")
    assert turn.notices[0].startswith("gpt-5-mini could not answer: Too many requests to OpenAI")
    paused = world.service().paused
    assert paused
    assert english(paused).startswith("Too many requests to OpenAI. Next try at ")
    assert world.cloud.blocked(MINI) == paused


@page
async def test_an_error_of_a_reply_never_holds_the_key(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"))
    turn = await world.ask(MINI, refused(401, {"error": {"message": f"Bad key {KEY} given"}}))
    assert "doesn't accept this key" in turn.problem.message
    assert KEY not in world.texts_of_storage()


@page
async def test_offline_mode_lets_nothing_out(world: Page) -> None:
    await world.act("offline:switch", True)
    await world.enter()
    assert world.fetch.asked == []
    problem = world.service().problem
    assert problem
    assert "Offline Mode" in english(problem.message)


# -- own servers ------------------------------------------------------------------------------------------------------


@page
async def test_an_own_server_on_this_computer_answers_for_nothing_without_a_key(world: Page) -> None:
    world.fetch.events = [listed("tiny.gguf")]
    await world.act("cloud:add-own", {"address": "localhost:8080", "dialect": "openai", "key": "", "stays": "on"})
    service = world.service(HERE)
    assert (service.is_own, service.needs_key, service.name) == (True, False, "localhost:8080")
    assert (service.dialect, service.address) == ("openai", "http://localhost:8080/v1")
    assert world.offered == [f"cloud:{HERE}:tiny.gguf"]
    assert not world.session.state.cloud()[0].leaves_device
    await world.act("costs:set-budget", {"day": "0", "month": ""})
    turn = await world.ask(world.offered[0], stream(*PARIS))
    assert (turn.text, turn.where) == ("Paris.", "on this computer")
    [entry] = [json.loads(text) for text in world.records.shelves[SHELF].values()]
    assert (entry["place"], entry["micros"]) == ("ollama", 0)


@page
async def test_a_server_on_this_computer_may_be_a_proxy_until_the_person_says_otherwise(world: Page) -> None:
    world.fetch.events = [listed("tiny.gguf")]
    await world.act("cloud:add-own", {"address": "localhost:8080"})
    assert english(world.session.state.cloud()[0].where) == "sent to localhost:8080"
    world.session.act("chat:private", True)
    await world.act("chat:send", "Hello!")
    asked = [str(body) for (url, _), body in zip(world.fetch.asked, world.fetch.bodies, strict=True) if "8080" in url]
    assert asked == ["None", "None"], "a private chat never goes there"
    world.fetch.events = [listed("tiny.gguf")]
    await world.act("cloud:add-own", {"address": "localhost:8080", "stays": "on"})
    assert [english(one.where) for one in world.session.state.cloud()] == ["on this computer"]


@page
async def test_a_servers_key_moves_along_when_the_person_says_that_it_is_no_proxy(world: Page) -> None:
    world.fetch.events = [listed("tiny.gguf"), listed("tiny.gguf")]
    await world.act("cloud:add-own", {"address": "localhost:8080", "key": KEY})
    await world.act("cloud:remember", {"arg": "own-localhost-8080-v1-openai", "value": True})
    await world.act("cloud:add-own", {"address": "localhost:8080", "stays": "on"})
    assert (world.service(HERE).last4, list(world.vault.records)) == ("cdef", [HERE])
    assert world.fetch.sent[-1]["Authorization"] == f"Bearer {KEY}"


@page
async def test_an_own_server_may_have_a_key_and_is_dropped_with_it(world: Page) -> None:
    world.fetch.events = [listed("a"), listed("b")]
    form = {"address": "https://proxy.example.org", "dialect": "anthropic", "key": KEY}
    await world.act("cloud:add-own", form)
    id = "own-proxy.example.org-anthropic"
    assert world.fetch.sent[-1]["x-api-key"] == KEY
    assert english(world.session.state.cloud()[0].where) == "sent to proxy.example.org"
    await world.act("cloud:remember", {"arg": id, "value": True})
    await world.act("cloud:add-own", {**form, "key": ""})
    assert [one.id for one in world.cloud.services() if one.is_own] == [id], "the same once more is the same"
    await world.act("cloud:drop-own", id)
    assert (world.vault.records, world.offered) == ({}, [])
    assert not [one for one in world.cloud.services() if one.is_own]
    assert id not in json.dumps(world.records.shelves)
    await world.reload()
    assert world.offered == []


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"address": "http://models.example.org", "dialect": "openai"}, "unencrypted"),
        ({"address": "not an address"}, "a server address"),
        ({"address": "localhost:1", "dialect": "klingon"}, "in a form that can't be read"),
        ({"address": "localhost:1", "key": "a b"}, "look like an API key"),
    ],
)
def test_what_is_no_server_is_said_and_not_added(form: dict[str, str], words: str) -> None:
    @page
    async def scene(world: Page) -> None:
        await world.act("cloud:add-own", form)
        assert words in world.notices[0]
        assert world.fetch.asked == []
        assert not [one for one in world.cloud.services() if one.is_own]

    scene()


@page
async def test_a_model_whose_server_is_gone_says_so(world: Page) -> None:
    await world.cloud.look()
    with raises(AppError, "not set up"):
        await world.cloud.ready(Model("cloud:own-gone:m", "m"))
    assert english(world.cloud.blocked("cloud:own-gone:m")) == "Its server has been removed."


# -- signing in -------------------------------------------------------------------------------------------------------


@page
async def test_signing_in_at_openrouter_brings_a_key(world: Page) -> None:
    world.session.state.visit = replace(VISIT, base="https://me.github.io/app/")
    await world.act("cloud:sign-in")
    [left] = world.page.done(SignIn)
    assert left.address.startswith("https://openrouter.ai/auth?callback_url=https%3A%2F%2Fme.github.io%2Fapp%2F&")
    assert left.verifier not in left.address
    world.fetch.events = [MemoryReply(200, json.dumps({"key": KEY}).encode()), listed(), listed("x-ai/grok-4")]
    await world.act("cloud:signed-in", {"code": "abc", "verifier": left.verifier})
    assert json.loads(str(world.fetch.bodies[0])) == {
        "code": "abc",
        "code_verifier": left.verifier,
        "code_challenge_method": "S256",
    }
    assert world.service("openrouter").last4 == "cdef"
    assert world.offered == ["cloud:openrouter:x-ai/grok-4"]
    assert KEY not in world.texts_of_storage()


@page
async def test_a_sign_in_that_was_refused_is_told_at_the_service(world: Page) -> None:
    world.fetch.events = [refused(403, {"error": {"message": "code expired"}})]
    await world.act("cloud:signed-in", {"code": "abc", "verifier": "v"})
    service = world.service("openrouter")
    assert service.problem
    assert (english(service.problem.message), service.last4) == ("OpenRouter didn't accept the sign-in.", "")


@page
async def test_a_wrong_openrouter_key_is_noticed_though_its_list_is_public(world: Page) -> None:
    await world.enter(refused(401, {"error": {"message": "No auth"}}), listed("x-ai/grok-4"), id="openrouter")
    assert isinstance(world.service("openrouter").problem, BadKey)
    assert world.offered == []


@page
async def test_offline_mode_lets_nobody_go_to_the_sign_in(world: Page) -> None:
    await world.act("offline:switch", True)
    await world.act("cloud:sign-in")
    assert not world.page.done(SignIn)


# -- files and other pages --------------------------------------------------------------------------------------------


async def bring(world: Page, shelves: dict[str, dict[str, Any]], *, agrees: bool = True) -> None:
    text = write_backup(shelves, "0.1.0", 0.0)
    archive = world.session.archive
    await archive.bring(text)
    await archive.take({item.id: "on" for item in archive.held() if agrees})


@page
async def test_a_backup_holds_no_key_and_an_import_changes_none(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"), remember="on")
    world.fetch.events = [listed("tiny.gguf")]
    await world.act("cloud:add-own", {"address": "localhost:8080", "key": OTHER_KEY, "stays": "on"})
    shelves = kept(await world.records.snapshot())
    assert KEY not in json.dumps(shelves)
    assert OTHER_KEY not in json.dumps(shelves)
    await world.act("cloud:forget", "openai")
    await bring(world, shelves)
    assert world.service().last4 == ""
    assert world.service(HERE).last4 == "3210"
    assert MINI in world.offered, "the lists and picks are back"
    assert english(world.cloud.blocked(MINI)) == "OpenAI needs its key."
    fresh = Page()
    await fresh.session.start("#/chat")
    await bring(fresh, shelves)
    assert set(fresh.offered) == {MINI, f"cloud:{HERE}:tiny.gguf"}


@page
async def test_an_import_keeps_what_both_sides_have_set_up_and_picked(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"))
    other = Page()
    await other.session.start("#/chat")
    await other.enter(listed("mistral-large"), id="mistral")
    other.fetch.events = [listed("tiny.gguf")]
    await other.act("cloud:add-own", {"address": "localhost:8080", "stays": "on"})
    world.fetch.events = [listed("mine.gguf")]
    await world.act("cloud:add-own", {"address": "localhost:8080"})
    await bring(world, kept(await other.records.snapshot()), agrees=False)
    assert world.offered[:2] == [MINI, "cloud:mistral:mistral-large"]
    assert world.service().last4 == "cdef"
    assert english(world.cloud.blocked("cloud:mistral:mistral-large")) == "Mistral needs its key."
    assert [one.id for one in world.cloud.services() if one.is_own] == ["own-localhost-8080-v1-openai"], (
        "as it was here"
    )


def test_a_start_of_the_page_imports_nothing_of_services() -> None:
    asked = (
        "import sys, app.compose, app.ui.mount; print([one for one in sys.modules if 'cloud' in one or 'vault' in one])"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "records",
    [
        {SERVICES_KEY: {"shown": [{"name": "no id"}]}},
        {SERVICES_KEY: {"own": ["localhost"]}},
        {SERVICES_KEY: {"shown": "all"}},
        {SERVICES_KEY: {"picked": ["cloud:openai:gpt-5"]}},
        {LISTS_KEY: {"lists": {}}},
        {LISTS_KEY: {"lists": [{"id": "openai", "at": "now", "models": []}]}},
    ],
)
def test_a_file_with_nonsense_about_services_is_refused(records: dict[str, Any]) -> None:
    @page
    async def scene(world: Page) -> None:
        with pytest.raises(AppError):
            await bring(world, {"settings": records})
        await world.reload()
        await world.cloud.look()

    scene()


@page
async def test_a_file_cannot_make_a_cloud_look_as_if_words_stayed_here(world: Page) -> None:
    stays = "on this computer"
    lie = {"id": MINI, "name": "Mini", "where": stays}
    far = {"id": "own-far.example-v1-openai", "address": "https://far.example/v1", "dialect": "openai"}
    theirs = {
        SERVICES_KEY: {"own": [far], "services": [{"id": "openai"}], "picked": [{"id": MINI}], "shown": [lie]},
        LISTS_KEY: {"lists": [{"id": "openai", "at": 1.0, "models": [lie]}]},
    }
    await bring(world, {"settings": theirs})
    assert all(model.leaves_device for model in world.session.state.cloud())
    await world.reload()
    assert all(model.leaves_device for model in world.session.state.cloud())
    await world.cloud.look()
    assert [english(model.where) for model in world.session.state.cloud()] == ["sent to OpenAI"]
    assert world.service("own-far.example-v1-openai").address == "https://far.example/v1"


@page
async def test_what_another_page_sets_up_or_forgets_is_followed(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"), remember="on")
    other = Page()
    other.records, other.vault = world.records, world.vault
    await other.reload()
    await other.cloud.look()
    await world.act("cloud:forget", "openai")
    await other.hear(("settings", SERVICES_KEY))
    assert (other.service().last4, other.offered) == ("", [])
    await world.enter(listed("gpt-5-mini"), remember="on")
    await other.hear(("settings", SERVICES_KEY))
    assert (other.service().last4, other.offered) == ("cdef", [MINI])


@page
async def test_a_page_that_has_not_looked_only_follows_the_dropdown(world: Page) -> None:
    await world.enter(listed("gpt-5-mini"))
    other = Page()
    other.records = world.records
    await other.session.start("#/chat")
    await world.act("cloud:pick", {"arg": MINI, "value": False})
    await other.hear(("settings", SERVICES_KEY))
    assert other.offered == []
    assert "cloud" not in vars(other.session)
