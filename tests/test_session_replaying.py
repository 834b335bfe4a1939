"""The last seven days under another policy: the same questions, decided again, and nobody is asked."""

from __future__ import annotations

from app.core.values import Usage
from app.session.replaying import Compared
from tests.test_session_routing import EASY, HARD, smart
from tests.test_session_switching import CLOUD, Hybrid

WEEK = 7 * 86_400


async def replayed(world: Hybrid, percent: int) -> Compared:
    await world.act("replay:run", {"share": str(percent)})
    found: Compared | None = world.session.replay.compared()
    assert found is not None
    assert not world.session.replay.is_busy()
    return found


@smart(0.0)
async def test_it_says_what_would_have_gone_to_a_cloud_and_asks_nobody(world: Hybrid) -> None:
    for question in (HARD, EASY):
        await world.act("chat:new")
        await world.act("chat:send", question)
    found = await replayed(world, 30)
    assert (found.before.replies, found.before.to_cloud) == (2, 0)
    assert (found.after.replies, found.after.to_cloud) == (2, 1)
    assert found.after.unknown == 1, "the far model has no price"
    assert (await replayed(world, 0)).after.to_cloud == 0
    assert world.far.asked == 0


@smart()
async def test_prices_are_those_of_the_model_that_was_used_most(world: Hybrid) -> None:
    await world.act("costs:edit-price", {"model": "far:model", "input": "1", "output": "2"})
    world.far.usage = Usage(1000, 500, counted=True)
    await world.act("chat:send", HARD)
    found = await replayed(world, 100)
    assert found.priced == CLOUD.id.split(":")[2]
    assert (found.before.micros, found.after.micros) == (2000, 2000)
    assert found.after.estimated == 0


@smart(0.0)
async def test_private_chats_and_older_ones_are_not_sent_by_any_policy(world: Hybrid) -> None:
    world.session.act("chat:private", True)
    await world.act("chat:send", HARD)
    found = await replayed(world, 100)
    assert (found.after.replies, found.after.to_cloud) == (1, 0)
    world.session.clock.time += WEEK  # type: ignore[attr-defined]
    assert (await replayed(world, 100)).before.replies == 0
