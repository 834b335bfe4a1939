"""Costs in the session: every reply is entered once, budgets warn and stop, the person's choices are kept."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from app.core.commands import Save
from app.core.errors import AppError, EngineError, NeedsPrice, NoQuota
from app.core.places import Place
from app.core.values import Model, Usage
from app.models.costs.budget import Budget
from app.models.costs.ledger import SHELF, Entry, by_of
from app.session.costs import KEY, Costs
from app.study.chats import Turn
from tests.test_session import World, play
from tests.test_session_switching import Hybrid, page
from tests.words import english, raises

TOLD = Usage(1000, 500, counted=True)
MINI = Model("cloud:openai:gpt-5-mini", "gpt-5-mini", place=Place.CLOUD)


def costs(world: World) -> Costs:
    part: Costs = world.session.costs
    return part


def entries(world: World) -> list[dict[str, Any]]:
    return [json.loads(text) for text in world.records.shelves.get(SHELF, {}).values()]


async def from_cloud(world: World, model: str = "cloud:openai:gpt-5-mini", usage: Usage = TOLD, **more: Any) -> None:
    """A cloud answers in the open chat, and its reply is entered."""
    chat = world.session.state.chat()
    chat, question = await world.session.store.add(chat, "", Turn("q", chat.id, "", "user", "x" * 2000))
    turn = Turn("t", chat.id, question.id, "assistant", "Yes.", model_id=model, usage=usage, **more)
    chat, turn = await world.session.store.add(chat, question.id, turn)
    world.session.state.chats.set((chat,))
    await costs(world).enter(replace(turn, text="", usage=Usage()), 2.0)


def test_a_reply_of_this_device_is_entered_once_with_no_cost() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        [entry] = entries(world)
        assert (entry["place"], entry["model"], entry["micros"], entry["feature"]) == ("browser", "tiny", 0, "chat")
        assert entry["turn_id"] == world.last.id
        assert entry["prompt_tokens"] == world.last.usage.prompt_tokens
        assert entry["seconds"] > 0
        assert entry["stayed"] == ""
        assert "Hello" not in str(entry)
        assert not costs(world).is_known(), "nothing is read for a reply that is free"
        await world.act("chat:regenerate", world.last.id)
        assert len(entries(world)) == 2

    play(scene, "Hi there.", "Hello again.")


def test_a_reply_that_was_stopped_is_entered_and_estimated() -> None:
    async def scene(world: World) -> None:
        await world.begin("chat:send", "Count.", words=2)
        await world.act("chat:stop")
        [entry] = entries(world)
        assert (entry["basis"], entry["micros"]) == ("estimated", 0)
        assert entry["reply_tokens"] > 0
        assert entry["prompt_tokens"] > 0

    play(scene, "one two three four five")


def test_a_failure_without_a_word_is_not_entered() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        assert entries(world) == []

    play(scene, EngineError("It broke."))


def test_a_reply_without_a_network_says_that_it_had_to_stay() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "One")
        await world.act("app:online", False)
        await world.act("chat:send", "Two")
        assert [entry["stayed"] for entry in entries(world)].count("offline") == 1

    play(scene, "First.", "Second.")


def test_a_full_disk_does_not_lose_the_reply_and_is_told_once() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "One")
        world.records.is_full = True
        await world.session.costs.look()
        with pytest.raises(AppError):
            await costs(world).enter(world.last, 1.0)

    play(scene, "First.")


def test_a_clouds_reply_costs_what_its_counts_and_the_table_say() -> None:
    async def scene(world: World) -> None:
        await from_cloud(world)
        [entry] = costs(world).entries()
        assert (entry.place, entry.service, entry.model) == ("cloud", "openai", "gpt-5-mini")
        assert (entry.micros, entry.basis) == (1250, "computed")
        assert costs(world).choices().ratio("openai", "gpt-5-mini").value == 2.0, "1000 counted, 500 estimated"
        assert by_of("cloud:here-localhost-8080-v1-openai:a:b") == ("ollama", "", "a:b")

    play(scene)


def test_what_a_picture_takes_teaches_nothing_about_words_and_counts_where_nobody_has_counted() -> None:
    async def scene(world: World) -> None:
        await from_cloud(world, pictures=1)
        assert costs(world).choices().ratio("openai", "gpt-5-mini").value == 1.0
        [entry] = costs(world).entries()
        assert entry.prompt_tokens == TOLD.prompt_tokens
        await from_cloud(world, usage=Usage(), pictures=2)
        assert max(one.prompt_tokens for one in costs(world).entries() if one.basis == "estimated") == 500 + 2 * 260

    play(scene)


def test_an_unknown_price_stays_unknown_until_the_person_gives_one() -> None:
    async def scene(world: World) -> None:
        await from_cloud(world, "cloud:own-far.example-openai:my-model")
        assert costs(world).entries()[0].micros is None
        await world.act(
            "costs:edit-price",
            {"model": "own-far.example-openai:my-model", "input": "1", "output": "0,5", "cached": ""},
        )
        await world.reload()
        await from_cloud(world, "cloud:own-far.example-openai:my-model")
        assert [entry.micros for entry in costs(world).entries()] == [None, 1250], "the past is not rewritten"
        await world.act("costs:drop-price", "own-far.example-openai:my-model")
        assert costs(world).price_of("cloud:own-far.example-openai:my-model") is None

    play(scene)


@pytest.mark.parametrize(
    "form",
    [{"model": "", "input": "1"}, {"model": "openai:", "input": "1"}, {"model": "a:b", "input": "much", "output": "1"}],
)
def test_a_price_that_is_none_is_refused_in_words(form: dict[str, str]) -> None:
    async def scene(world: World) -> None:
        await world.act("costs:edit-price", form)
        assert costs(world).choices().edits == ()

    [notice] = play(scene).notices
    assert "not a price" in notice or notice == "Unknown model name."


def test_a_budget_warns_at_80_percent_and_stops_at_100() -> None:
    async def scene(world: World) -> None:
        await world.act("costs:set-budget", {"day": "0.003", "month": ""})
        for words in ([], ["Cloud replies today: $0.0025 of your budget of $0.003."]):
            await from_cloud(world)
            assert world.notices == words
            await costs(world).refuse_over_budget(MINI)
        await from_cloud(world)
        assert world.notices == ["Today's cloud budget of $0.003 is used up."]
        with raises(NoQuota, "Nothing more is sent"):
            await costs(world).refuse_over_budget(MINI)
        await world.act("costs:set-budget", {"day": "", "month": ""})
        await costs(world).refuse_over_budget(MINI)
        assert costs(world).choices().budget == Budget()

    play(scene)


async def spends(world: Hybrid) -> None:
    """The far model answers once, for $0.00125, and the budget of this day is that."""
    world.far.usage = TOLD
    await world.act("costs:edit-price", {"model": "far:model", "input": "0.25", "output": "2", "cached": ""})
    await world.act("costs:set-budget", {"day": "0.00125", "month": ""})
    await world.act("chat:send", "Hello!")
    assert world.answered == ("Far", "From far.")


@page
async def test_once_a_budget_is_spent_a_model_of_this_device_answers_and_says_so(world: Hybrid) -> None:
    await spends(world)
    await world.act("chat:send", "And again?")
    assert world.answered[1] == "From here."
    assert world.far.asked == 1, "nothing was sent"
    assert any("cloud budget of $0.00125 is used up" in words for words in world.notices)
    assert [(entry.place, entry.stayed) for entry in costs(world).entries()] == [("cloud", ""), ("browser", "fallback")]


@page
async def test_a_higher_budget_lets_the_cloud_answer_again(world: Hybrid) -> None:
    await spends(world)
    await world.act("costs:set-budget", {"day": "1", "month": ""})
    await world.act("chat:send", "And again?")
    assert (world.answered[1], world.far.asked) == ("From far.", 2)


@page
async def test_what_offline_mode_kept_here_is_no_saving(world: Hybrid) -> None:
    await world.act("offline:switch", True)
    await world.act("chat:send", "Hello!")
    assert world.answered[1] == "From here."
    assert [entry["stayed"] for entry in entries(world)] == ["offline"]


def test_another_page_spends_from_the_same_budget() -> None:
    async def scene(world: World) -> None:
        await world.act("costs:set-budget", {"day": "", "month": "0.001"})
        first = costs(world)
        world.compose()
        await from_cloud(world)
        with raises(NoQuota, "This month's"):
            await first.refuse_over_budget(MINI)

    play(scene)


def test_pages_do_not_undo_each_others_choices() -> None:
    async def scene(world: World) -> None:
        await costs(world).look()
        first = costs(world)
        world.compose()
        await world.act("costs:set-budget", {"day": "1", "month": ""})
        await first.set_reference("openai:gpt-5-mini")
        assert first.choices().budget.day_micros == 1_000_000

    play(scene)


def test_savings_are_of_this_month_against_the_model_that_was_named() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        await world.look("costs")
        assert costs(world).summary().savings is None
        await world.act("costs:set-reference", "openai:gpt-5-mini")
        await world.act("costs:set-power", {"watts": "0", "kwh": "0.3"})
        saved = costs(world).summary().savings
        assert saved is not None
        assert (saved.replies, saved.reference.model) == (1, "gpt-5-mini")
        assert 0 < saved.low_micros < saved.high_micros
        await world.act("costs:set-reference", "openai:unheard-of")
        assert costs(world).summary().savings is None
        await world.reload()
        await costs(world).look()
        assert costs(world).choices().reference == ("openai", "unheard-of")
        assert str(costs(world).choices().power.watts) == "0"

    play(scene, "Hi there.")


def test_the_ledger_is_saved_as_csv_and_forgotten_on_request() -> None:
    async def scene(world: World) -> None:
        await from_cloud(world)
        await world.act("costs:export")
        [file] = world.page.done(Save)
        assert (file.name.endswith(".csv"), file.kind) == (True, "text/csv")
        [row] = csv.DictReader(io.StringIO(file.text, newline=""))
        assert (row["model"], row["cost_usd"]) == ("gpt-5-mini", "0.001250")
        await world.act("costs:clear")
        assert (entries(world), costs(world).entries()) == ([], ())

    play(scene)


def test_records_of_a_later_version_are_read() -> None:
    async def scene(world: World) -> None:
        later = {"budget": {"day_micros": 5, "week_micros": 7}, "power": {"watts": "80"}, "new": 1}
        await world.records.write([("settings", KEY, later)])
        await costs(world).look()
        assert costs(world).choices().budget == Budget(day_micros=5)
        assert str(costs(world).choices().power.watts) == "80"

    play(scene)


def test_the_cost_of_a_reply_is_nobodys_guess_where_the_service_says_it() -> None:
    async def scene(world: World) -> None:
        await from_cloud(world, "cloud:openrouter:some/model:free", replace(TOLD, cost_micros=42))
        entry: Entry = costs(world).entries()[0]
        assert (entry.service, entry.model, entry.micros, entry.basis) == (
            "openrouter",
            "some/model:free",
            42,
            "reported",
        )

    play(scene)


def test_whoever_answers_says_why_it_had_to_stay_and_who_chose() -> None:
    async def scene(world: World) -> None:
        await world.act("chat:send", "Hello!")
        begun = replace(world.last, text="", usage=Usage())
        await costs(world).look()
        await costs(world).enter(begun, 1.0, "titles", was_automatic=True, stayed="private")
        last = costs(world).entries()[-1]
        assert (last.feature, last.stayed, last.was_automatic) == ("titles", "private", True)

    play(scene, "Hi there.")


def test_a_models_id_says_where_it_runs() -> None:
    assert by_of("ollama:llama3.2:1b") == ("ollama", "", "llama3.2:1b")
    assert by_of("tiny") == ("browser", "", "tiny")
    assert by_of("cloud:xai:grok-4") == ("cloud", "xai", "grok-4")


ODD = Model("cloud:groq:unheard-of", "unheard-of", place=Place.CLOUD)


def test_with_a_budget_a_model_of_unknown_price_asks_for_one_or_for_leave() -> None:
    """Fault A4: twelve replies of unknown price went past a budget of one cent a day."""

    async def scene(world: World) -> None:
        part = costs(world)
        await part.refuse_over_budget(ODD)
        await world.act("costs:set-budget", {"day": "0.01", "month": ""})
        with raises(NeedsPrice, "unheard-of") as caught:
            await part.refuse_over_budget(ODD)
        assert "Settings" in english(caught.value.cure)
        await part.refuse_over_budget(MINI)
        await world.act("costs:allow-unpriced", ODD.id)
        await part.refuse_over_budget(ODD)
        assert part.is_allowed_unpriced(ODD.id)
        await world.reload()
        part = costs(world)
        await part.refuse_over_budget(ODD)
        await world.act("costs:ask-price", ODD.id)
        with pytest.raises(NeedsPrice):
            await part.refuse_over_budget(ODD)
        await world.act("costs:edit-price", {"model": "groq:unheard-of", "input": "1", "output": "2"})
        await part.refuse_over_budget(ODD)
        assert not part.asks_price(ODD.id)

    play(scene)


def test_what_is_free_or_told_by_the_service_itself_needs_no_price() -> None:
    """Fault A4."""

    async def scene(world: World) -> None:
        await world.act("costs:set-budget", {"day": "", "month": "1"})
        part = costs(world)
        for id in ("tiny", "ollama:x:1b", "cloud:here-localhost-8080-v1-openai:x", "cloud:openrouter:x/unheard-of"):
            assert not part.asks_price(id)
        assert part.asks_price("cloud:own-nas.lan-8080-v1-openai:x")

    play(scene)


def test_a_service_that_tells_its_cost_is_asked_for_a_price_once_it_did_not() -> None:
    """Fault A4: replies of it that are stopped cost what nobody knows."""

    async def scene(world: World) -> None:
        await world.act("costs:set-budget", {"day": "0.01", "month": ""})
        await from_cloud(world, "cloud:openrouter:x/unheard-of")
        part = costs(world)
        assert part.asks_price("cloud:openrouter:x/unheard-of")
        assert not part.asks_price("cloud:openrouter:x/another")

    play(scene)


def test_a_path_on_somebodys_disk_gets_into_no_ledger() -> None:
    """Fault O6."""
    for id in ("cloud:here-localhost-8080-v1-openai:/srv/ada/x.gguf", "cloud:own-nas-v1-openai:/srv/ada/x.gguf"):
        assert by_of(id)[2] == "x.gguf"
