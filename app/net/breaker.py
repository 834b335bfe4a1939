"""Whether a service may be asked now: its circuit breaker.

    health = Health(clock)
    health.enter()                 # raises RateLimited while the service has a pause
    health.note_error(error)       # a pause begins, as long as was asked for, or growing with each failure
    health.blocked_until, health.reason

When the pause is over one request goes through as a trial; the others wait for how it ends (half-open).
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.errors import AppError, NoQuota, RateLimited, ServiceFailed, Unreachable
from app.core.ports import Clock
from app.core.texts import Text, TextOrWords

FIRST_SECONDS, MOST_SECONDS = 10.0, 300.0
TRIAL_SECONDS = 5.0  # how long others are asked to wait while one tries


class Health:
    """One service. `on_change` is called when a pause begins or ends."""

    def __init__(self, clock: Clock, on_change: Callable[[], None] = lambda: None) -> None:
        self._clock, self._on_change = clock, on_change
        self._failures = 0
        self._is_trying = False
        self.blocked_until = 0.0  # seconds since 1970
        self.reason: TextOrWords = ""

    @property
    def is_blocked(self) -> bool:
        """Whether asking now would be refused, here."""
        return self._is_trying or self._clock.now() < self.blocked_until

    @property
    def seconds_left(self) -> float:
        """Of the pause."""
        return max(TRIAL_SECONDS if self._is_trying else 0.0, self.blocked_until - self._clock.now())

    def enter(self) -> None:
        """A request begins. Raises RateLimited during a pause, without asking anybody."""
        if self.is_blocked:
            cure = Text("net.paused_cure")
            raise RateLimited(self.reason, cure, retry_after=self.seconds_left)
        self._is_trying = self.blocked_until > 0

    def leave(self) -> None:
        """The request ended without telling anything, by Stop for example."""
        self._is_trying = False

    def note_ok(self) -> None:
        """The service has answered."""
        was_blocked, self._failures, self._is_trying = self.blocked_until > 0, 0, False
        self.blocked_until, self.reason = 0.0, ""
        if was_blocked:
            self._on_change()

    def note_error(self, error: AppError) -> None:
        """The request failed. What only concerns this one request begins no pause, a reply that was cut neither."""
        self._is_trying = False
        if not isinstance(error, RateLimited | Unreachable | NoQuota):
            return
        asked = error.retry_after if isinstance(error, RateLimited | ServiceFailed) else None
        is_network = type(error) is Unreachable  # it comes back at once when it comes back
        grown = FIRST_SECONDS if is_network else min(MOST_SECONDS, FIRST_SECONDS * 2**self._failures)
        self._failures += 1
        self.blocked_until = self._clock.now() + (asked if asked is not None else grown)
        self.reason = error.message
        self._on_change()
