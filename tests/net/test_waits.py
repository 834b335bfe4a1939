"""How long is waited before asking once more."""

from __future__ import annotations

import pytest

from app.core.errors import (
    AppError,
    BadKey,
    BadRequest,
    Interrupted,
    NoQuota,
    Overloaded,
    RateLimited,
    ServiceFailed,
    Unreachable,
)
from app.net.waits import ROUNDING, Patience, wait_of

NOW = 784_111_777.0  # Sun, 06 Nov 1994 08:49:37 GMT


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"retry-after": "20"}, "", 20.0),
        ({"retry-after": "0"}, "", 0.0),
        ({"retry-after": "1", "retry-after-ms": "250"}, "", 0.25),
        ({"retry-after": "Sun, 06 Nov 1994 08:50:07 GMT"}, "", 30.0),
        ({"retry-after": "Sun, 06 Nov 1994 08:00:00 GMT"}, "", 0.0),
        ({"retry-after": "soon"}, "", None),
        ({"retry-after": "-3"}, "", None),
        ({"retry-after": "nan"}, "", None),
        ({"retry-after": "7"}, '{"retryDelay": "19.5s"}', 7.0),
        ({}, '{"details": [{"@type": "RetryInfo", "retryDelay": "19.5s"}]}', 19.5),
        ({}, "Please try again in 1.5s.", 1.5),
        ({}, "Please try again in 20ms.", 0.02),
        ({}, "Please try again in 7m12.5s. Visit", 432.5),
        ({}, "Please try again in 1h2m3s", 3723.0),
        ({}, "Please try again in 6 minutes", 360.0),
        ({}, "Please try again later", None),
        ({"retry-after": "5s"}, "", 5.0),
        ({}, "Please wait 30 seconds before retrying", 30.0),
        ({}, "Request was throttled. Expected available in 17 seconds.", 17.0),
        ({}, '{"error": {"message": "slow", "retry_after": 9}}', 9.0),
        ({}, '{"message": "slow", "retry_after_ms": 900}', 0.9),
        ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-remaining-requests": "0"}, "", 360.0),
        ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-remaining-requests": "7"}, "", None),
        ({"x-ratelimit-reset-requests": "6m0s"}, "", None),
        ({"x-ratelimit-reset": "12"}, "", 12.0),
        ({"ratelimit-reset": "12"}, "", 12.0),
        ({"x-ratelimit-reset": "2000000030000"}, "", 2_000_000_030.0 - NOW),
        ({}, '{"metadata": {"headers": {"X-RateLimit-Reset": "2000000030000"}}}', 2_000_000_030.0 - NOW),
        (
            {"anthropic-ratelimit-tokens-reset": "1994-11-06T08:50:07Z", "anthropic-ratelimit-tokens-remaining": "0"},
            "",
            30.0,
        ),
        ({}, "", None),
    ],
)
def test_a_service_may_say_in_many_ways_how_long(headers: dict[str, str], body: str, seconds: float | None) -> None:
    assert wait_of(headers, body, NOW) == (pytest.approx(seconds) if seconds is not None else None)


def test_without_a_hint_the_waits_grow_and_are_never_the_same() -> None:
    still, shaken = Patience(jitter=lambda: 0.0), Patience(jitter=lambda: 1.0)
    waits = [still.before(Unreachable(), tries) for tries in range(3)]
    assert waits == [1.0, pytest.approx(2.2), None]
    assert shaken.before(Unreachable(), 0) == 1.2


def test_a_short_pause_is_waited_for_and_a_long_one_is_not() -> None:
    patience = Patience()
    assert patience.before(RateLimited(retry_after=1.0), 0) == 1.0 + ROUNDING
    assert patience.before(RateLimited(retry_after=1.5), 1, 1.0) is None, "another model answers sooner"
    assert patience.before(RateLimited(), 1, 1.0) is None
    assert patience.before(ServiceFailed(retry_after=3.0), 0) == 3.0 + ROUNDING
    assert patience.before(Overloaded(retry_after=20.0), 0) is None
    assert patience.before(Interrupted(retry_after=60.0), 0) is None


@pytest.mark.parametrize("error", [BadKey(), NoQuota(), BadRequest()])
def test_what_the_same_request_would_meet_again_is_not_asked_again(error: AppError) -> None:
    assert Patience().before(error, 0) is None
