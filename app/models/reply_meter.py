"""What is measured and limited while a reply streams, the same way for every engine.

    meter = ReplyMeter(clock, "wllama", max_tokens=512)
    meter.start()
    shown = meter.pass_on(delta)          # for each delta; stop when meter.must_stop
    done = meter.done(engine.last_counts, fitted)

The clock is read when a delta reaches Python. Decode speed is (tokens - 1) / (last - first): the prefill is not in it.
"""

from __future__ import annotations

from app.core.ports import Clock
from app.core.text import estimate_tokens
from app.core.values import Done, StopReason, Timing, Usage
from app.models.context import Fitted
from app.models.padding import PadGuard


class ReplyMeter:
    """Counts, times, and says when to stop: endless padding, or more deltas than tokens were asked for."""

    def __init__(self, clock: Clock, engine: str, max_tokens: int) -> None:
        self.load_seconds = 0.0
        self._clock = clock
        self._engine = engine
        self._max_tokens = max_tokens
        self._begin()

    def _begin(self) -> None:
        self._guard = PadGuard()
        self._texts: list[str] = []
        self._is_over = self._has_thought = False
        self._started = self._first = self._last = 0.0

    def start(self) -> None:
        """The request goes to the engine now."""
        self._begin()
        self._started = self._first = self._last = self._clock.tick()

    @property
    def has_begun(self) -> bool:
        """Whether any text has arrived."""
        return bool(self._texts)

    def think(self) -> None:
        """A token that is not of the answer: the first of any kind ends the wait."""
        self._last = self._clock.tick()
        self._first = self._first if self._has_thought or self._texts else self._last
        self._has_thought = True

    def pass_on(self, text: str) -> str:
        """Note a delta; returns what of it may be shown now."""
        if text and len(self._texts) >= self._max_tokens:
            self._is_over = True
            return ""
        if text:
            self._last = self._clock.tick()
            if not self._texts and not self._has_thought:
                self._first = self._last
            self._texts.append(text)
        return self._guard.pass_on(text)

    @property
    def is_endless(self) -> bool:
        """Whether nothing but padding comes."""
        return self._guard.is_endless

    @property
    def must_stop(self) -> bool:
        """A delta is at least one token. An engine with a limit of its own ends by itself and tells its counts."""
        return self._guard.is_endless or self._is_over

    def rest(self) -> str:
        """Text that was held back."""
        return self._guard.rest() if not self._guard.is_endless else ""

    def done(self, counts: tuple[int, int] | None, fitted: Fitted) -> Done:
        """The last event of the reply."""
        estimated = (fitted.tokens, max(len(self._texts), estimate_tokens("".join(self._texts))))
        prompt_tokens, reply_tokens = counts or estimated
        seconds = self._last - self._first
        return Done(
            usage=Usage(prompt_tokens, reply_tokens, counted=counts is not None),
            timing=Timing(
                load_seconds=self.load_seconds,
                first_token_seconds=self._first - self._started,
                total_seconds=self._clock.tick() - self._started,
                tokens_per_second=(reply_tokens - 1) / seconds if seconds > 0 and reply_tokens > 1 else 0.0,
            ),
            stop_reason=self._reason(reply_tokens, is_counted=counts is not None),
            engine=self._engine,
        )

    def _reason(self, reply_tokens: int, is_counted: bool) -> StopReason:
        if self._guard.is_endless:
            return "padding"
        if len(self._texts) >= self._max_tokens or (is_counted and reply_tokens >= self._max_tokens):
            return "length"
        return "end"
