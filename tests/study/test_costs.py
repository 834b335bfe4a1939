"""From a reply to its line in the ledger: whose counts, whose price, and what was only estimated."""

from __future__ import annotations

from dataclasses import asdict, replace
from decimal import Decimal

import pytest

from app.core.values import Usage
from app.models.costs.estimates import Ratio
from app.models.costs.ledger import Basis, By, Entry
from app.models.costs.prices import Price, Rate
from app.study.chats import Turn
from app.study.costs import Circumstances, entry_of, is_reply

CLOUD = By("cloud", "openai", "gpt-5-mini")
HERE = By("browser", "", "smollm2-135m")
PRICE = Price("openai", "gpt-5-mini", Rate(Decimal("0.25")), Rate(Decimal(2)), Rate(Decimal("0.025")))
TOLD = Usage(1000, 500, counted=True, cached_tokens=100)
SECRET = "what nobody else should read"
TURN = Turn("t", "c", "q", "assistant", SECRET, usage=TOLD)
CUT = replace(TURN, usage=Usage(), stop_reason="stopped")


def entered(turn: Turn, by: By, price: Price | None = PRICE, ratio: Ratio | None = None, **how: object) -> Entry:
    circumstances = replace(Circumstances(1_795_478_400.0, 2.5), **how)  # type: ignore[arg-type]
    return entry_of(turn, by, price, ratio or Ratio(), ["x" * 400], circumstances)


@pytest.mark.parametrize(
    ("usage", "price", "micros", "basis"),
    [
        (TOLD, PRICE, 1228, "computed"),
        (replace(TOLD, counted=False), PRICE, 1228, "estimated"),
        (replace(TOLD, cost_micros=77), PRICE, 77, "reported"),
        (replace(TOLD, cost_micros=0), None, 0, "reported"),
        (TOLD, None, None, "unknown"),
        (Usage(), None, None, "unknown"),
    ],
)
def test_a_clouds_own_word_comes_first_and_no_price_is_unknown(
    usage: Usage, price: Price | None, micros: int | None, basis: Basis
) -> None:
    entry = entered(replace(TURN, usage=usage), CLOUD, price)
    assert (entry.micros, entry.basis) == (micros, basis)


@pytest.mark.parametrize("usage", [TOLD, replace(TOLD, counted=False), Usage()])
def test_a_reply_of_this_device_costs_nothing(usage: Usage) -> None:
    entry = entered(replace(TURN, usage=usage), HERE, None)
    assert entry.micros == 0
    assert entry.basis == ("computed" if usage.counted else "estimated")


def test_a_cut_reply_is_estimated_from_its_words_and_corrected() -> None:
    entry = entered(CUT, CLOUD)
    assert (entry.prompt_tokens, entry.reply_tokens, entry.basis) == (100, 7, "estimated")
    assert entered(CUT, CLOUD, ratio=Ratio(100, 200)).prompt_tokens == 200


def test_going_on_with_a_reply_pays_only_for_what_came_then() -> None:
    begun = replace(TURN, text=SECRET[:12])
    assert entered(TURN, CLOUD, begun=replace(begun, usage=Usage(5, 5, counted=True))).reply_tokens == 500
    stopped = entered(TURN, CLOUD, begun=begun)  # the counts are still those of the first part
    assert (stopped.reply_tokens, stopped.basis) == (4, "estimated")


def test_thinking_is_paid_and_is_no_part_of_the_answer() -> None:
    entry = entered(replace(TURN, text="a" * 100, thinking="b" * 300), CLOUD)
    assert (entry.reply_tokens, entry.answer_tokens) == (500, 125)
    assert entered(replace(TURN, text="", thinking="b"), CLOUD).answer_tokens == 0
    told = replace(TURN, usage=replace(TURN.usage, thinking_tokens=TURN.usage.reply_tokens - 1), thinking="b")
    assert entered(told, CLOUD).answer_tokens == 1, "where the service counts it apart"


def test_no_word_goes_into_the_ledger() -> None:
    entry = entered(
        replace(TURN, thinking="secret thoughts"), CLOUD, feature="chat", stayed="private", was_automatic=True
    )
    kept = str(asdict(entry))
    assert SECRET not in kept
    assert "thoughts" not in kept
    assert (entry.chat_id, entry.turn_id, entry.seconds, entry.stayed) == ("c", "t", 2.5, "private")
    assert entry.was_automatic


def test_a_refusal_is_no_reply() -> None:
    assert not is_reply(replace(CUT, text=""))
    assert is_reply(CUT)
    assert is_reply(replace(TURN, text=""))
    assert is_reply(replace(CUT, text="", thinking="hm"))
