"""Automatic in the session: it decides by the moment, tells how, learns gently; private chats never leave."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.core.errors import AppError, NoQuota, RateLimited, Unreachable
from app.core.places import Place
from app.core.values import Delta, Message, Request, Role, Usage
from app.models.answering.automatic import AUTOMATIC
from app.models.costs.budget import Budget
from app.models.costs.ledger import SHELF
from app.models.routing.decision import Decision
from app.models.routing.policy import adjustment_from
from app.session.routing import decision_of
from app.study.features import Choice
from tests.test_session_switching import CLOUD, Hybrid
from tests.words import english, raises

HARD = "Prove step by step that the sum of two continuous functions is continuous, and explain each inequality."
EASY = "Who wrote Faust?"


def smart(share: float = 1.0) -> Callable[[Callable[[Hybrid], Coroutine[Any, Any, None]]], Callable[[], None]]:
    """Run a body over a page with a local and a far model, Smart routing on, and so much to a cloud."""

    def decorate(body: Callable[[Hybrid], Coroutine[Any, Any, None]]) -> Callable[[], None]:
        def run() -> None:
            async def whole() -> None:
                world = Hybrid(*["From here."] * 6)
                await world.session.start("#/chat")
                await world.act("models:download", "tiny")
                await world.act("routing:smart", True)
                await world.act("leave:switch", False)
                await world.act("routing:share", str(round(share * 100)))
                await body(world)

            asyncio.run(whole())

        run.__doc__ = body.__doc__
        return run

    return decorate


def decided(world: Hybrid) -> Decision:
    decision = decision_of(world.session.state.turns()[-1])
    assert decision is not None
    return decision


def entries(world: Hybrid) -> list[dict[str, Any]]:
    return [json.loads(text) for text in world.records.shelves.get(SHELF, {}).values()]


@smart(0.3)
async def test_a_hard_question_goes_to_the_cloud_and_an_easy_one_stays(world: Hybrid) -> None:
    assert world.session.state.chosen() == AUTOMATIC
    await world.act("chat:send", HARD)
    assert world.answered == ("Far", "From far.")
    assert decided(world).worth > decided(world).threshold
    await world.act("chat:new")
    await world.act("chat:send", EASY)
    assert world.answered == ("Tiny", "From here.")
    assert [entry["was_automatic"] for entry in entries(world)] == [True, True]
    assert {entry["place"] for entry in entries(world)} == {"cloud", "browser"}


@smart(0.3)
async def test_a_follow_up_on_a_hard_topic_stays_where_it_was_answered(world: Hybrid) -> None:
    await world.act("chat:send", HARD)
    await world.act("chat:send", "Why is that?")
    assert world.answered[0] == "Far"
    assert decided(world).follow_up >= 0.5
    assert "continues what Far wrote" in english(decided(world).reasons[0])


@smart(0.3)
async def test_thanks_go_to_nobody_who_charges_and_the_talk_goes_on_behind_them(world: Hybrid) -> None:
    await world.act("chat:send", HARD)
    await world.act("chat:send", "Thanks!")
    assert world.answered[0] == "Tiny"
    assert decided(world).cause == "small-talk"
    await world.act("chat:send", "Are you sure?")
    assert world.answered[0] == "Far"
    assert decided(world).cause == "stays"


@smart(0.3)
async def test_the_persons_own_word_of_an_ability_decides_and_can_be_taken_back(world: Hybrid) -> None:
    await world.act("routing:ability", {"arg": CLOUD.id, "value": "4"})
    await world.act("chat:send", HARD)
    assert (world.answered[0], decided(world).cause) == ("Tiny", "none-abler")
    await world.reload()
    assert world.session.state.settings().abilities == {CLOUD.id: 0.04}
    await world.act("routing:ability", {"arg": CLOUD.id, "value": ""})
    assert not world.session.state.settings().abilities
    assert world.session.routing.gap() > 0.5


@smart(0.0)
async def test_a_policy_of_nothing_sends_nothing_and_such_replies_never_count_as_saved(world: Hybrid) -> None:
    await world.act("chat:send", HARD)
    assert world.answered[0] == "Tiny"
    assert world.far.asked == 0
    assert [entry["stayed"] for entry in entries(world)] == ["local-only"]


@smart()
async def test_switched_off_automatic_is_gone_and_a_local_model_answers(world: Hybrid) -> None:
    await world.act("routing:smart", False)
    assert world.session.state.chosen().id == "tiny"
    assert world.session.state.shelf.named(AUTOMATIC.id) is None


@pytest.mark.parametrize("error", [RateLimited(retry_after=40), Unreachable(), NoQuota()])
def test_a_cloud_that_fails_is_replaced_here_and_the_reply_says_so(error: AppError) -> None:
    @smart()
    async def scene(world: Hybrid) -> None:
        world.far.error = error
        await world.act("chat:send", HARD)
        assert world.answered == ("Tiny", "From here.")
        [notice] = world.session.state.turns()[-1].notices
        assert notice == f"Far could not answer: {english(error.message)} Using Tiny on this device instead."
        assert [entry["stayed"] for entry in entries(world)] == ["fallback"]
        world.far.error = None
        await world.act("chat:send", HARD)
        assert world.answered[0] == "Far", "it is tried again"

    scene()


@smart()
async def test_whoever_wants_no_stand_in_gets_the_error(world: Hybrid) -> None:
    await world.act("routing:fallback", False)
    world.far.error = RateLimited(retry_after=40)
    for model_id in (AUTOMATIC.id, CLOUD.id):
        await world.act("models:choose", model_id)
        await world.act("chat:send", HARD)
        problem = world.session.state.turns()[-1].problem
        assert problem
        assert problem.message == english(world.far.error.message)
        assert world.session.state.turns()[-1].text == ""


@smart()
async def test_while_a_service_asks_for_a_pause_it_is_not_asked_and_the_receipt_says_why(world: Hybrid) -> None:
    world.far.pause = "Far asks for a pause of 40 seconds."
    await world.act("chat:send", HARD)
    assert world.answered[0] == "Tiny"
    assert world.far.asked == 0
    assert next(one.blocked for one in decided(world).candidates if one.model.id == CLOUD.id) == world.far.pause


@smart()
async def test_a_budget_that_is_spent_keeps_everything_here(world: Hybrid) -> None:
    await world.act("costs:set-budget", {"day": "0", "month": ""})
    assert world.session.costs.choices().budget == Budget(0, None)
    await world.act("chat:send", HARD)
    assert world.answered[0] == "Tiny"
    assert world.far.asked == 0


@smart()
async def test_nothing_of_a_private_chat_is_sent_whatever_was_chosen(world: Hybrid) -> None:
    world.session.act("chat:private", True)
    await world.act("chat:send", HARD)  # right after the switch
    assert world.answered[0] == "Tiny"
    await world.act("models:choose", CLOUD.id)
    assert world.session.state.chosen().id == "tiny"
    await world.act("chat:send", HARD)
    await world.act("chat:ask-other", f"{world.session.state.turns()[-1].id} {CLOUD.id}")
    problem = world.session.state.turns()[-1].problem
    assert problem
    assert "private" in problem.message
    await world.act("settings:system-prompt", "")
    assert world.far.asked == 0
    assert {entry["stayed"] for entry in entries(world)} == {"private"}
    refused = world.session.provider.reply(CLOUD, Request((Message("user", HARD),), farthest=Place.COMPUTER))
    with raises(AppError, "private"):
        await anext(aiter(refused))
    assert world.far.asked == 0


@smart()
async def test_a_private_chat_with_words_stays_private_for_good(world: Hybrid) -> None:
    await world.act("chat:private", True)
    await world.act("chat:private", False)
    assert not world.session.state.chat().is_private, "an empty chat can be made usual again"
    await world.act("chat:private", True)
    await world.act("chat:send", EASY)
    await world.act("chat:private", False)
    assert world.session.state.chat().is_private
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    assert world.session.state.chat().is_private
    await world.act("chat:new")
    assert not world.session.state.chat().is_private


@pytest.mark.parametrize("verb", ["regenerate", "continue", "resend", "send"])
def test_a_chat_that_another_page_made_private_is_private_here_at_once(verb: str) -> None:
    @smart()
    async def scene(world: Hybrid) -> None:
        await world.act("chat:send", HARD)
        assert world.far.asked == 1
        chat, [question, answer] = world.session.state.chat(), world.session.state.turns()
        await world.session.store.change(chat, is_private=True)  # as the other page's session does
        assert not world.session.state.chat().is_private, "this page has not heard of it yet"
        arg = {"send": HARD, "resend": {"arg": question.id, "text": HARD}}.get(verb, answer.id)
        await world.act(f"chat:{verb}", arg)
        assert world.far.asked == 1

    scene()


@smart()
async def test_a_chat_that_becomes_private_says_what_has_left_before(world: Hybrid) -> None:
    await world.act("chat:send", HARD)
    assert world.far.asked == 1
    await world.act("chat:private", True)
    assert "was sent to Far before" in english(world.session.state.notices()[-1].text)
    await world.act("chat:send", HARD)
    assert world.far.asked == 1


@smart(0.0)
async def test_asking_the_other_model_keeps_the_first_answer_and_teaches_a_little(world: Hybrid) -> None:
    await world.act("chat:send", HARD)
    first = world.session.state.turns()[-1]
    await world.act("chat:ask-other", f"{first.id} {CLOUD.id}")
    assert world.answered == ("Far", "From far.")
    assert world.session.state.versions()[world.session.state.turns()[-1].id][0] == first.id
    learned = adjustment_from(world.session.state.settings().learned)
    assert learned.shift < 0
    assert learned.counts == (("local switched", 1),)
    assert learned.of("tiny").dislikes == 1
    await world.act("chat:regenerate", first.id)
    await world.act("turns:good", first.id)
    await world.reload()
    assert len(adjustment_from(world.session.state.settings().learned).counts) >= 2
    await world.act("routing:reset")
    assert not world.session.state.settings().learned


@smart()
async def test_a_reply_that_automatic_did_not_choose_teaches_nothing(world: Hybrid) -> None:
    await world.act("models:choose", "tiny")
    await world.act("chat:send", EASY)
    await world.act("chat:regenerate", world.session.state.turns()[-1].id)
    await world.act("turns:bad", world.session.state.turns()[-1].id)
    assert not world.session.state.settings().learned


@smart(0.3)
async def test_a_dry_run_says_where_a_question_would_go_and_asks_nobody(world: Hybrid) -> None:
    preview = world.session.routing.preview
    assert preview(" ") is None
    for text, name in ((HARD, "Far"), (EASY, "Tiny")):
        decision = preview(text)
        assert decision
        assert decision.winner
        assert decision.winner.model.name == name
    assert world.far.asked == 0


@smart(0.0)
async def test_a_feature_has_a_policy_of_its_own(world: Hybrid) -> None:
    await world.act("features:share", {"arg": "chat", "value": "100"})
    assert world.session.state.settings().features == {"chat": Choice(share=1.0)}
    await world.act("chat:send", EASY)
    assert world.answered[0] == "Far"
    await world.act("features:share", {"arg": "chat", "value": ""})
    assert not world.session.state.settings().features


@smart()
async def test_code_has_the_model_that_was_named_for_it(world: Hybrid) -> None:
    await world.act("models:choose", "tiny")
    await world.act("features:choose", {"arg": "code", "value": CLOUD.id})
    await world.act("chat:send", EASY)
    assert world.answered[0] == "Tiny"
    await world.act("chat:send", "Write a Python function that sorts an array.\n```python\ndef f(): return\n```")
    assert world.answered[0] == "Far"
    assert sorted(entry["feature"] for entry in entries(world)) == ["chat", "code"]
    world.session.act("chat:new", "")
    world.session.act("chat:private", True)
    await world.act("chat:send", "```python\ndef f(): return\n```")
    assert world.answered[0] == "Tiny"


@smart()
async def test_a_chat_gets_its_title_from_the_model_that_was_named_for_it(world: Hybrid) -> None:
    await world.act("models:choose", "tiny")
    await world.act("features:choose", {"arg": "title", "value": CLOUD.id})
    world.far.usage = Usage(20, 3, counted=True)
    await world.act("chat:send", EASY)
    assert world.session.state.chat().title == "From far"
    assert not world.session.state.chat().is_named
    assert [(entry["feature"], entry["place"]) for entry in entries(world)].count(("title", "cloud")) == 1
    await world.act("chat:send", EASY)
    assert world.far.asked == 1, "only the first answer"


@smart()
async def test_titles_and_summaries_of_models_that_think_are_clean(world: Hybrid) -> None:
    """Fault U1."""
    await world.act("models:choose", "tiny")
    await world.act("features:choose", {"arg": "title", "value": CLOUD.id})
    await world.act("features:choose", {"arg": "summary", "value": CLOUD.id})
    world.far.words = "The user asks about Faust.\n</think>\n\nFaust's author"
    await world.act("chat:send", EASY)
    assert world.session.state.chat().title == "Faust's author"
    said = await world.session.features.recap(
        Request((), chat_id="c", belongs_to=world.session.state.chat().id), (Message("user", EASY),), 100
    )
    assert said == "Faust's author"


@smart()
async def test_titles_of_private_chats_are_made_here_and_a_failure_leaves_the_first_words(world: Hybrid) -> None:
    await world.act("models:choose", "tiny")
    await world.act("features:choose", {"arg": "title", "value": CLOUD.id})
    world.session.act("chat:private", True)
    await world.act("chat:send", EASY)
    assert world.far.asked == 0
    assert world.session.state.chat().title == "From here"
    world.far.error = NoQuota()
    await world.act("models:delete", "tiny")
    await world.act("chat:new")
    await world.act("chat:send", EASY)
    assert world.session.state.chat().title


@smart()
async def test_what_a_model_cannot_read_is_summed_up_where_that_is_wanted(world: Hybrid) -> None:
    await world.act("models:choose", "tiny")
    await world.act("features:choose", {"arg": "summary", "value": CLOUD.id})
    roles: list[Role] = ["user", "assistant"] * 4
    talk = [Message(role, f"{role} {i} " + "word " * 1500) for i, role in enumerate(roles)]
    asked = Request((*talk, Message("user", "And now?")), chat_id="c", belongs_to=world.session.state.chat().id)
    recap = world.session.features.recap
    assert await recap(asked, asked.messages[:2], 100) == "From far."
    assert await recap(asked, asked.messages[:2], 100) == "From far."
    assert world.far.asked == 1, "the same messages are summed up once"
    await recap(asked, asked.messages[:4], 100)
    told = world.far.requests[-1].messages[0].content
    assert "Summary so far: From far." in told
    assert "user 0" not in told
    assert "user 2" in told
    assert world.session.state.sums_up(asked)
    events = [event async for event in world.session.provider.reply(world.session.state.chosen(), asked)]
    assert any(isinstance(event, Delta) for event in events)
