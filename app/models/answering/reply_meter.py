"""What is measured and limited while a reply streams, the same way for every engine.

    meter = ReplyMeter(clock, "wllama", max_tokens=512)
    meter.start()
    shown = meter.take(Delta("Par"))      # for each piece; stop when meter.must_stop
    done = meter.done(engine.last_counts, fitted)

The clock is read when a piece reaches Python; the first one, of the thinking or of the answer, ends the wait. Decode
speed is the engine's or the server's own where it tells one. Else it is (tokens - 1) / (last - first), without the
prefill; of fewer than LEAST_TOKENS our clock says nothing, since pieces that come together share a moment.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.ports import Clock
from app.core.text import estimate_tokens
from app.core.values import Counted, Delta, Done, StopReason, Thought, Timing, Usage
from app.models.answering.context import Fitted
from app.models.answering.padding import PadFilter

LEAST_TOKENS = 8  # fewer say nothing about a speed


class ReplyMeter:
    """Counts, times, and says when to stop: endless padding, or more pieces than tokens were asked for."""

    def __init__(self, clock: Clock, engine: str, max_tokens: int) -> None:
        self.load_seconds = 0.0
        self._clock = clock
        self._engine = engine
        self._max_tokens = max_tokens
        self._goes_on = False
        self._begin()

    def _begin(self) -> None:
        self._guard = PadFilter()
        self._texts: list[str] = []  # of the thinking and of the answer
        self._is_over = False
        self._started = self._first = self._last = 0.0

    def start(self) -> None:
        """The request goes to the engine now."""
        if self._goes_on:  # what has come before counts
            self._guard = PadFilter()
            return
        self._begin()
        self._started = self._first = self._last = self._clock.tick()

    def go_on(self) -> int:
        """Another engine goes on with the reply from where it is; gives how many tokens it may still have. It counts
        its own part only, so the whole is estimated."""
        self._goes_on = True
        return max(1, self._max_tokens - len(self._texts))

    @property
    def has_begun(self) -> bool:
        """Whether anything has arrived."""
        return bool(self._texts)

    def take(self, piece: Delta | Thought) -> Delta | Thought | None:
        """Note a piece of the reply; returns what of it may be shown now."""
        if piece.text and len(self._texts) >= self._max_tokens:
            self._is_over = True
            return None
        if piece.text:
            self._last = self._clock.tick()
            self._first = self._first if self._texts else self._last
            self._texts.append(piece.text)
        if isinstance(piece, Thought):
            return piece if piece.text else None
        shown = self._guard.filter(piece.text)
        return Delta(shown) if shown else None

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

    def done(self, counts: Counted | None, fitted: Fitted) -> Done:
        """The last event of the reply."""
        told = counts or Counted(0, 0)
        is_counted = counts is not None and not self._goes_on
        if not is_counted:
            reply_tokens = max(len(self._texts), estimate_tokens("".join(self._texts)))
            told = replace(told, prompt_tokens=fitted.tokens, reply_tokens=reply_tokens)
        return Done(
            usage=Usage(told.prompt_tokens, told.reply_tokens, counted=is_counted),
            timing=Timing(
                load_seconds=self.load_seconds,
                first_token_seconds=self._first - self._started,
                total_seconds=self._clock.tick() - self._started,
                tokens_per_second=told.tokens_per_second or self._speed(told.reply_tokens),
                read_per_second=told.read_per_second,
            ),
            stop_reason=self._reason(told.reply_tokens, is_counted=is_counted),
            engine=self._engine,
        )

    def _speed(self, reply_tokens: int) -> float:
        seconds = self._last - self._first
        is_known = seconds > 0 and reply_tokens >= LEAST_TOKENS and not self._goes_on
        return (reply_tokens - 1) / seconds if is_known else 0.0

    def _reason(self, reply_tokens: int, is_counted: bool) -> StopReason:
        if self._guard.is_endless:
            return "padding"
        if len(self._texts) >= self._max_tokens or (is_counted and reply_tokens >= self._max_tokens):
            return "length"
        return "end"
