"""What a person does with a reply: an opinion on any, a branch into a new chat, another model for its question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.commands import Route
from app.core.signals import Effect
from app.models.answering.automatic import AUTOMATIC
from app.models.routing.policy import adjustment_from
from app.study.chats import Chat, Turn, turn_from
from tests.test_session_routing import EASY, HARD, smart
from tests.test_session_switching import CLOUD, Hybrid, page_with

#: a local model is chosen beside one far away
hybrid = page_with("tiny", *["From here."] * 6)


def turn_of(world: Hybrid, at: int = -1) -> Turn:
    return world.session.state.turns()[at]


@hybrid
async def test_any_reply_can_be_good_or_bad_and_neither_again(world: Hybrid) -> None:
    await world.act("chat:send", EASY)
    id = turn_of(world).id
    for action, opinion in (("turns:good", "good"), ("turns:bad", "bad"), ("turns:bad", ""), ("turns:good", "good")):
        await world.act(action, id)
        assert turn_of(world).opinion == opinion
        [kept] = await world.session.store.turns([id])
        assert kept.opinion == opinion
    assert not world.session.state.settings().learned, "Automatic did not choose it"
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    assert turn_of(world).opinion == "good"


@pytest.mark.parametrize(
    ("clicks", "left"),
    [(("good", "bad"), "bad"), (("bad", "good"), "good"), (("good", "good"), ""), (("good", "bad", "bad"), "")],
)
def test_quick_clicks_count_one_after_the_other(clicks: tuple[str, ...], left: str) -> None:
    @hybrid
    async def scene(world: Hybrid) -> None:
        await world.act("chat:send", EASY)
        id = turn_of(world).id
        for click in clicks:
            world.session.act(f"turns:{click}", id)
        await world.session.jobs.join()
        [kept] = await world.session.store.turns([id])
        assert (turn_of(world).opinion, kept.opinion) == (left, left)

    scene()


@smart()
async def test_a_reply_is_never_on_show_as_one_that_was_stopped_before_it_began(world: Hybrid) -> None:
    state = world.session.state
    shown: list[tuple[str, bool]] = []

    def look() -> None:
        if state.turns() and (last := state.turns()[-1]).role == "assistant":
            shown.append((last.stop_reason, last.id in {live.turn_id for live in state.live().values()}))

    Effect(look)
    await world.act("chat:send", EASY)
    await world.act("chat:regenerate", turn_of(world).id)
    assert ("closed", True) in shown
    assert not {("closed", False), ("stopped", False)} & set(shown)


@hybrid
async def test_a_question_has_no_opinion_and_nothing_that_is_not_there_has(world: Hybrid) -> None:
    await world.act("chat:send", EASY)
    for id in (turn_of(world, 0).id, "nothing"):
        await world.act("turns:good", id)
    assert [turn.opinion for turn in world.session.state.turns()] == ["", ""]


@smart()
async def test_of_a_reply_that_automatic_chose_it_teaches_the_policy(world: Hybrid) -> None:
    await world.act("chat:send", HARD)
    await world.act("turns:bad", turn_of(world).id)
    assert adjustment_from(world.session.state.settings().learned).counts == (("cloud disliked", 1),)
    await world.act("turns:bad", turn_of(world).id)
    assert adjustment_from(world.session.state.settings().learned).counts == (("cloud disliked", 1),)


def test_a_turn_of_an_earlier_version_has_no_opinion_yet() -> None:
    turn = turn_from({"id": "t", "chat_id": "c", "parent": "", "role": "assistant", "text": "Paris."})
    assert turn.opinion == ""


# -- a branch


@hybrid
async def test_a_branch_is_a_new_chat_with_the_turns_up_to_a_reply(world: Hybrid) -> None:
    for question in ("One?", "Two?", "Three?"):
        await world.act("chat:send", question)
    await world.act("chat:regenerate", turn_of(world, 3).id)
    old, before = world.session.state.chat(), world.records.shelves["turns"].copy()
    await world.act("turns:branch", turn_of(world, 1).id)
    new = world.session.state.chat()
    assert new.id != old.id
    assert new.title == "One? (branch)"
    assert world.texts == ["One?", "From here."]
    assert Route(f"#/chat/{new.id}") in world.page.commands
    assert {id: world.records.shelves["turns"][id] for id in before} == before, "the original is as it was"
    assert [chat.id for chat in world.session.state.chats()] == [new.id, old.id]
    await world.act("chat:send", "And then?")
    assert world.texts == ["One?", "From here.", "And then?", "From here."]
    await world.reload(f"#/chat/{new.id}")
    assert len(world.texts) == 4
    await world.act("chat:delete", new.id)
    await world.reload(f"#/chat/{old.id}")
    assert world.texts == ["One?", "From here.", "Two?", "From here."]


@hybrid
async def test_a_branch_of_a_private_chat_is_private(world: Hybrid) -> None:
    await world.act("chat:private", True)
    await world.act("chat:send", "My secret?")
    await world.act("turns:branch", turn_of(world).id)
    chat = world.session.state.chat()
    assert chat.is_private
    assert not world.session.privacy.may_leave(chat.id)
    await world.act("chat:ask-other", f"{turn_of(world).id} {CLOUD.id}")
    assert world.far.asked == 0


@pytest.mark.parametrize(("said", "kept"), [("yes", ""), ("no", "no"), ("", "")])
def test_what_was_allowed_to_leave_asks_again_in_a_branch(said: str, kept: str) -> None:
    @hybrid
    async def scene(world: Hybrid) -> None:
        await world.act("chat:send", EASY)
        await world.session.chats.keep_leave(world.session.state.chat().id, said)  # type: ignore[arg-type]
        await world.act("turns:branch", turn_of(world).id)
        assert world.session.state.chat().leave == kept

    scene()


@hybrid
async def test_a_branch_from_a_turn_that_is_not_on_show_is_none(world: Hybrid) -> None:
    await world.act("chat:send", EASY)
    chat = world.session.state.chat()
    assert await world.session.store.branch(chat, "elsewhere", "x") is None
    assert await world.session.store.branch(Chat("other"), turn_of(world).id, "x") is None
    await world.act("turns:branch", "elsewhere")
    assert world.session.state.chat() == chat


# -- another model for the same question


@hybrid
async def test_any_model_can_answer_again_and_the_first_answer_stays(world: Hybrid) -> None:
    await world.act("chat:send", EASY)
    first = turn_of(world)
    await world.act("turns:again", first.id)
    assert world.session.state.asking_again() == first.id
    await world.act("turns:picking", False)
    assert world.session.state.asking_again() == ""
    await world.act("chat:ask-other", f"{first.id} {CLOUD.id}")
    assert world.answered == ("Far", "From far.")
    assert world.session.state.versions()[turn_of(world).id] == (first.id, turn_of(world).id)
    assert world.session.state.chosen().id == "tiny", "the choice of the chat stays"
    await world.act("routing:smart", True)
    await world.act("chat:ask-other", f"{turn_of(world).id} {AUTOMATIC.id}")
    assert turn_of(world).receipt is not None


@hybrid
async def test_offline_mode_and_a_private_chat_hold_for_a_picked_model_too(world: Hybrid) -> None:
    await world.act("chat:send", EASY)
    await world.act("offline:switch", True)
    await world.act("chat:ask-other", f"{turn_of(world).id} {CLOUD.id}")
    assert world.far.asked == 0
    await world.act("offline:switch", False)
    world.session.state.chat.set(replace(world.session.state.chat(), is_private=True))
    await world.act("chat:private", True)
    await world.act("chat:ask-other", f"{turn_of(world).id} {CLOUD.id}")
    assert world.far.asked == 0


@hybrid
async def test_what_is_unfolded_under_a_reply_folds_again(world: Hybrid) -> None:
    for action, part in (("turns:details", "details t"), ("turns:why", "why t")):
        await world.act(action, "t")
        assert part in world.session.state.unfolded()
        await world.act(action, "t")
    assert world.session.state.unfolded() == frozenset()
