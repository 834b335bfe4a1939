"""A service's breaker: shut while a pause lasts, half open afterwards."""

from __future__ import annotations

import pytest

from app.core.errors import BadRequest, Interrupted, NoQuota, Overloaded, RateLimited, ServiceFailed, Unreachable
from app.net.breaker import FIRST_SECONDS, MOST_SECONDS, Health
from tests.memory import FakeClock
from tests.words import english


class World:
    """A breaker on a clock that a test moves."""

    def __init__(self) -> None:
        self.clock, self.changes = FakeClock(start=1000.0), 0
        self.health = Health(self.clock, self.changed)

    def changed(self) -> None:
        self.changes += 1


def test_a_pause_lasts_as_long_as_was_asked_for_and_says_why() -> None:
    world = World()
    world.health.enter()
    world.health.note_error(RateLimited("OpenAI asks for a pause.", retry_after=20.0))
    assert (world.health.blocked_until, world.health.reason) == (1020.0, "OpenAI asks for a pause.")
    with pytest.raises(RateLimited) as caught:
        world.health.enter()
    assert (english(caught.value.message), caught.value.retry_after) == ("OpenAI asks for a pause.", 20.0)
    world.clock.time = 1020.0
    assert not world.health.is_blocked
    world.health.enter()
    world.health.note_ok()
    assert (world.health.blocked_until, world.health.reason, world.changes) == (0.0, "", 2)


def test_after_a_pause_one_request_tries_and_the_others_wait_for_it() -> None:
    world = World()
    world.health.note_error(Overloaded(retry_after=20.0))
    world.clock.time = 1021.0
    world.health.enter()
    with pytest.raises(RateLimited):
        world.health.enter()
    world.health.note_error(Overloaded(retry_after=5.0))
    assert world.health.blocked_until == 1026.0
    world.clock.time = 1027.0
    world.health.enter()
    world.health.leave()  # stopped by the person: the next one tries
    world.health.enter()
    world.health.note_ok()
    world.health.enter()
    world.health.enter()


def test_pauses_without_a_hint_grow_to_a_limit() -> None:
    world = World()
    lengths = []
    for _ in range(8):
        world.health.note_error(ServiceFailed())
        lengths.append(world.health.seconds_left)
        world.clock.time = world.health.blocked_until
    assert lengths[:3] == [FIRST_SECONDS, 2 * FIRST_SECONDS, 4 * FIRST_SECONDS]
    assert lengths[-1] == MOST_SECONDS
    world.health.note_ok()
    world.health.note_error(ServiceFailed())
    assert world.health.seconds_left == FIRST_SECONDS


def test_a_network_that_is_gone_makes_no_long_pause() -> None:
    world = World()
    for _ in range(5):
        world.health.note_error(Unreachable())
    assert world.health.seconds_left == FIRST_SECONDS


def test_only_what_concerns_the_service_begins_a_pause() -> None:
    world = World()
    for error in (BadRequest(), Interrupted()):
        world.health.note_error(error)
    assert not world.health.is_blocked
    world.health.note_error(NoQuota("No credit."))
    assert world.health.is_blocked
