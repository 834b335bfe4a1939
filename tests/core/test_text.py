"""Numbers and names as a person reads them, at their edges."""

from __future__ import annotations

import pytest

from app.core.text import count, duration, estimate_tokens, money, percent, shorten, size


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (999.6, "1 kB"),
        (1000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (98_362_432, "98 MB"),
        (999_499_999, "999 MB"),
        (999_999_999, "1.0 GB"),
        (3_038_117_888, "3.0 GB"),
        (4_275_044_352, "4.3 GB"),
    ],
)
def test_sizes(size_bytes: float, text: str) -> None:
    assert size(size_bytes) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (75, "1 min 15 s"),
        (3599.7, "1 h 0 min"),
        (7265, "2 h 1 min"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_hundred_per_cent_is_only_said_when_it_is_true() -> None:
    assert [percent(part, 3) for part in (0, 1, 2.999, 3)] == ["0 %", "33 %", "99 %", "100 %"]
    assert percent(0, 0) == "0 %"
    assert percent(3_038_117_887, 3_038_117_888) == "99 %"


def test_counts_and_titles() -> None:
    assert [count(number, "token") for number in (0, 1, 1234)] == ["0 tokens", "1 token", "1,234 tokens"]
    assert count(2, "reply", "replies") == "2 replies"
    assert shorten("a\n b\t c", 10) == "a b c"
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abc defg", 5) == "abc…"


def test_token_estimates_are_on_the_safe_side() -> None:
    assert estimate_tokens("") == 0
    assert estimate_tokens("half a character \ud83d") > 0
    assert estimate_tokens("a") == 1
    assert estimate_tokens("The capital of France is Paris.") >= 8
    assert estimate_tokens("日本語") >= 3
    assert estimate_tokens("a b c d e f") >= 6


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (0, "$0.00"),
        (1, "$0.000001"),
        (1250, "$0.00125"),
        (500_000, "$0.50"),
        (999_999, "$0.999999"),
        (1_000_000, "$1.00"),
        (1_995_000, "$2.00"),
        (12_345_678_901, "$12,345.68"),
        (-125, "−$0.000125"),
        (-2_500_000, "−$2.50"),
    ],
)
def test_money_is_exact_below_a_dollar_and_in_cents_above(micros: int, text: str) -> None:
    assert money(micros) == text
