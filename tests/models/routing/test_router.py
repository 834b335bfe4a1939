"""Gates before scores; both sides where both can; steady inside a chat; always a reason."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from app.core.cards import ModelCard
from app.core.places import Place, in_records
from app.core.texts import as_words
from app.core.values import Model
from app.models.routing.decision import Candidate, Decision, Situation, decision_from
from app.models.routing.router import Seen, decide
from tests.models.routing.moments import ALL, BROWSER, CLOUD, EASY, GPT, HARD, LLAMA, OLLAMA, TINY
from tests.words import english


def decided(text: str, *candidates: Candidate, **moment: Any) -> Decision:
    return decide(Situation(text, **moment), candidates or ALL)


def name(decision: Decision) -> str:
    return decision.winner.model.name if decision.winner else ""


def why_not(decision: Decision, model: Model = GPT) -> str:
    return next(english(one.blocked) for one in decision.candidates if one.model == model)


def test_a_hard_question_goes_to_the_cloud_and_an_easy_one_stays() -> None:
    assert name(decided(HARD)) == "GPT"
    assert name(decided(EASY)) in ("Tiny", "Llama")


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ({"is_offline": True}, "Offline Mode"),
        ({"is_private": True}, "private"),
        ({"preference": "local"}, "limited this to models on this device"),
        ({"policy_share": 0.0}, "set to keep questions on this device"),
        ({"budget_left_micros": 0}, "budget is used up"),
        ({"budget_left_micros": 1000}, "over your budget"),
    ],
)
def test_a_gate_keeps_the_hardest_question_here_and_says_which(moment: dict[str, Any], reason: str) -> None:
    decision = decided(HARD, **moment)
    assert name(decision) == "Llama"
    assert reason in why_not(decision)


def test_what_the_person_forbids_stands_before_everything_else() -> None:
    no_key = replace(CLOUD, blocked="It needs a key.")
    assert "private" in why_not(decided(HARD, BROWSER, no_key, is_private=True, budget_left_micros=0))
    assert why_not(decided(HARD, BROWSER, no_key, budget_left_micros=0)) == "It needs a key."


@pytest.mark.parametrize(
    ("moment", "is_barred"),
    [
        ({"is_offline": True}, True),
        ({"is_private": True}, True),
        ({"leave": "no"}, False),
        ({"preference": "local"}, False),
        ({"policy_share": 0.0}, False),
        ({"budget_left_micros": 0}, False),
        ({}, False),
    ],
)
def test_only_what_stands_above_the_persons_tap_bars_a_model(moment: dict[str, Any], is_barred: bool) -> None:
    for found in (decided(HARD, **moment), decided(HARD, BROWSER, replace(CLOUD, blocked="A pause."), **moment)):
        assert {one.model.name for one in found.candidates if one.is_barred} == ({"GPT"} if is_barred else set())
    no_key = replace(CLOUD, blocked="It needs a key.", is_barred=True)
    assert [one.is_barred for one in decided(HARD, no_key).candidates] == [True]


@pytest.mark.parametrize(
    ("blocked", "is_barred"),
    [
        ("This chat is private, so nothing of it leaves this device.", True),
        ("There is no network, or Offline Mode is on.", True),
        ("OpenAI needs its key.", True),
        ("Your budget is used up.", False),
        ("", False),
    ],
)
def test_a_receipt_from_before_bars_were_kept_is_read_by_its_words(blocked: str, is_barred: bool) -> None:
    record = decided(HARD, BROWSER, replace(CLOUD, blocked=blocked)).as_record()
    candidates = record["candidates"]
    assert isinstance(candidates, list)
    old = {**record, "candidates": [{k: v for k, v in one.items() if k != "is_barred"} for one in candidates]}
    assert [one.is_barred for one in decision_from(old).candidates if one.model.name == "GPT"] == [is_barred]
    assert not any(one.is_barred for one in decision_from(record).candidates), "a newer one says so itself"


def test_a_decision_says_that_another_model_stands_in() -> None:
    decision = decided(HARD)
    fallen = decision.fallen_back("Gone.", is_barred=True)
    assert fallen
    assert (decision.is_fallback, fallen.is_fallback) == (False, True)
    assert [one.model.name for one in fallen.candidates if one.is_barred] == ["GPT"]
    old = {key: value for key, value in fallen.as_record().items() if key != "is_fallback"}
    assert not decision_from(old).is_fallback, "before, nobody asked a kept one"


def test_what_the_caller_knows_is_kept_and_told() -> None:
    resting = replace(CLOUD, blocked="It asks for a pause of 40 seconds.")
    decision = decided(HARD, BROWSER, OLLAMA, resting)
    assert name(decision) == "Llama"
    assert "GPT: It asks for a pause of 40 seconds." in map(english, decision.reasons)


def test_a_message_that_does_not_fit_goes_where_it_fits() -> None:
    decision = decided(EASY, fixed_tokens=9000, prompt_tokens=9000)
    assert name(decision) == "GPT"
    assert "too long" in why_not(decision, TINY)
    assert english(decision.reasons[0]) == "No model on this device is available right now."


def test_a_long_talk_alone_blocks_nobody_since_old_turns_can_be_left_out() -> None:
    decision = decided(EASY, fixed_tokens=100, prompt_tokens=6000, reply_tokens=500)
    assert why_not(decision, TINY) == ""
    assert name(decision) == "Llama"  # which need not leave anything out


def test_pictures_need_a_model_that_sees() -> None:
    decision = decided(EASY, has_images=True)
    assert name(decision) == "GPT"
    assert why_not(decision, LLAMA) == "It can't see pictures."


def test_nobody_is_asked_where_everything_is_forbidden() -> None:
    decision = decided(HARD, CLOUD, is_private=True)
    assert decision.winner is None
    assert english(decision.reasons[-1]) == "No model can answer this."
    assert decide(Situation(HARD), ()).winner is None


def test_a_model_of_a_local_server_that_passes_words_on_counts_as_away() -> None:
    relayed = Candidate(Model("ollama:big-cloud", "Relayed", place=Place.CLOUD), "ollama")
    assert name(decided(HARD, relayed, is_private=True)) == ""
    assert name(decided(HARD, BROWSER, relayed)) == "Relayed"


def test_private_offline_and_local_only_never_leave_whatever_else_holds() -> None:
    chance = random.Random(5)
    flags: tuple[dict[str, Any], ...] = ({"is_private": True}, {"is_offline": True}, {"preference": "local"})
    for flag, share, place, shift in itertools.product(flags, (0, 0.5, 1), ("", "cloud"), (-0.15, 0.15)):
        candidates = chance.sample(ALL, chance.randint(1, 3))
        moment: dict[str, Any] = {"policy_share": share, "last_place": place, "adjustment": shift, **flag}
        decision = decided(HARD, *candidates, previous_user=HARD, previous_reply="Because.", topic=1.0, **moment)
        assert decision.winner is None or not decision.winner.is_away


def test_everything_goes_to_the_cloud_at_a_share_of_1_and_where_the_cloud_is_preferred() -> None:
    assert name(decided(EASY, policy_share=1.0, adjustment=0.15)) == "GPT"
    assert name(decided("hi", preference="cloud", policy_share=0.0)) == "GPT"


def test_the_slider_sends_more_the_further_it_is_moved() -> None:
    texts = (EASY, HARD, "Why does ice float on water?", "hi", "Solve x^2 - 5x + 6 = 0.")
    sent = [{text for text in texts if name(decided(text, policy_share=share / 10)) == "GPT"} for share in range(11)]
    assert all(less <= more for less, more in itertools.pairwise(sent))
    assert (sent[0], sent[10]) == (set(), {*texts} - {"hi"}), "small talk never costs anything"


AFTER_HARD = {"previous_user": HARD, "previous_reply": "It holds for the first case, and each step keeps it."}
AFTER_EASY = {"previous_user": EASY, "previous_reply": "The capital of France is Paris."}


def test_a_follow_up_on_a_hard_topic_stays_with_the_cloud_for_a_while() -> None:
    first = decided("And why is that?", last_place="cloud", last_model=GPT.id, **AFTER_HARD)
    assert name(first) == "GPT"
    assert english(first.reasons[0]) == "It continues what GPT wrote."
    then = {"previous_user": "And why is that?", "previous_reply": "Because each step keeps it."}
    assert name(decided("Can you shorten that?", last_place="cloud", topic=first.topic, **then)) == "GPT"


@pytest.mark.parametrize("model", [TINY, LLAMA, GPT])
@pytest.mark.parametrize("text", ["And of Spain?", "Are you sure?", "Continue", "Fix the bug in it", "Bist du sicher?"])
def test_what_goes_on_with_an_answer_stays_with_the_model_that_wrote_it(text: str, model: Model) -> None:
    place = "cloud" if model is GPT else "browser" if model is TINY else "ollama"
    decision = decided(text, last_place=place, last_model=model.id, **AFTER_EASY)
    assert name(decision) == model.name
    assert english(decision.reasons[0]) == f"It continues what {model.name} wrote."


def test_where_the_one_who_wrote_it_cannot_be_asked_another_of_the_same_side_goes_on() -> None:
    decision = decided("Are you sure?", last_place="cloud", last_model="cloud:gone", **AFTER_EASY)
    assert (name(decision), english(decision.reasons[0])) == ("GPT", "It continues this chat.")


@pytest.mark.parametrize(
    "text", ["Thanks!", "Danke, das hilft!", "Merci beaucoup", "谢谢！", "ありがとうございます", "ok, great"]
)
def test_thanks_and_small_talk_cost_nothing_whoever_answered_and_have_no_topic(text: str) -> None:
    for share in (0.3, 1.0):
        decision = decided(text, last_place="cloud", last_model=GPT.id, policy_share=share, **AFTER_HARD)
        assert (name(decision), decision.cause) in [("Tiny", "small-talk"), ("Llama", "small-talk")]
        assert (decision.worth_why, decision.difficulty_why) == ((), ())
    cheap = replace(CLOUD, model=replace(GPT, name="Cheap", id="cheap"), cost_usd_micros=3, quality=0.5)
    assert name(decided(text, CLOUD, cheap)) == "Cheap", "where nobody is free"


def test_it_never_goes_up_to_a_model_that_is_not_abler() -> None:
    strong = replace(OLLAMA, quality=0.75)
    for share in (0.3, 0.95, 1.0):
        decision = decided(HARD, strong, replace(CLOUD, quality=0.78), policy_share=share)
        assert (name(decision), decision.cause) == ("Llama", "none-abler")
    assert name(decided(HARD, strong, replace(CLOUD, quality=0.78), preference="cloud")) == "GPT", "a word of theirs"


def test_the_threshold_falls_with_the_gap() -> None:
    found = [decided(EASY, replace(BROWSER, quality=here), CLOUD).threshold for here in (0.05, 0.3, 0.6, 0.8)]
    assert found == sorted(found)
    assert found[0] < 0.36 < 0.5 < found[3]


def test_below_the_floor_no_model_gets_what_is_hard_if_another_can_be_had() -> None:
    hard = Seen(0.45, 0.65)
    small, tiny = replace(OLLAMA, quality=0.35, tokens_per_second=2.0), replace(BROWSER, quality=0.25)
    assert decide(Situation(HARD, reply_tokens=900), (tiny, small), hard).winner == replace(small, seconds=450.0)
    found = decide(Situation(HARD, policy_share=0.05), (tiny, CLOUD), hard)
    assert (name(found), found.cause) == ("GPT", "hard")
    assert name(decide(Situation(HARD), (tiny,), hard)) == "Tiny"


def test_a_model_that_was_never_taught_a_language_leaves_it_to_others() -> None:
    english_only = replace(BROWSER, model=replace(TINY, card=ModelCard(languages=("en",))))
    found = decided("Welche Farbe hat der Himmel und warum?", english_only, CLOUD, policy_share=0.05)
    assert (name(found), english(found.reasons[0])) == ("GPT", "Tiny was not made for this language.")
    assert name(decided(EASY, english_only, CLOUD, policy_share=0.05)) == "Tiny"
    assert name(decided("Welche Farbe hat der Himmel und warum?", english_only)) == "Tiny"


def test_a_server_on_another_computer_is_no_cloud_by_cost_but_words_leave_for_it() -> None:
    there = replace(OLLAMA, model=replace(LLAMA, place=Place.NETWORK))
    assert name(decided(EASY, BROWSER, there, CLOUD, budget_left_micros=0)) == "Llama"
    for moment in ({"is_private": True}, {"is_offline": True}, {"leave": "no"}, {"policy_share": 0.0}):
        assert name(decided(EASY, BROWSER, there, **moment)) == "Tiny"


def test_where_quick_follow_ups_are_not_kept_in_the_browser_the_abler_model_here_answers() -> None:
    decision = decided("And of Spain?", last_place="ollama", keeps_quick=False, **AFTER_EASY)
    assert name(decision) == "Llama"
    decision = decided("And of Spain?", last_place="cloud", keeps_quick=False, **AFTER_EASY)
    assert "quick follow-up" not in english(decision.reasons[0])


def test_a_follow_up_here_goes_away_only_where_it_asks_much_more() -> None:
    assert name(decided("And why?", last_place="browser", last_model=TINY.id, **AFTER_HARD)) == "Tiny"
    much = f"And what about this: {HARD} Then explain how the proof of the theorem follows from your answer."
    assert name(decided(much, last_place="browser", **AFTER_HARD)) == "GPT"


def test_a_new_topic_is_weighed_anew() -> None:
    assert name(decided(EASY, last_place="cloud", topic=0.9, **AFTER_HARD)) != "GPT"


def test_among_equals_the_model_that_answered_before_goes_on() -> None:
    twin = replace(OLLAMA, model=replace(LLAMA, id="ollama:twin", name="Twin"))
    assert name(decided(EASY, OLLAMA, twin, last_model="ollama:twin")) == "Twin"
    assert name(decided(EASY, OLLAMA, twin)) == "Llama"


def test_speed_and_cost_count() -> None:
    slow = replace(OLLAMA, tokens_per_second=5.0, quality=0.6)
    decision = decided(EASY, slow, replace(BROWSER, quality=0.4, tokens_per_second=40.0), reply_tokens=400)
    assert name(decision) == "Llama", "a good answer is worth more than a minute"
    assert [one.seconds for one in decision.candidates] == [80.0, 10.0]
    assert name(decided(EASY, replace(slow, tokens_per_second=1.0), BROWSER, reply_tokens=400)) == "Tiny"
    two = replace(BROWSER, quality=0.55, tokens_per_second=7.0)
    tiny = replace(BROWSER, model=LLAMA, quality=0.05, tokens_per_second=40.0)
    assert name(decided(EASY, tiny, two, reply_tokens=300)) == "Tiny", "the 2B at 7 tokens a second"
    assert name(decided("hi", tiny, two, reply_tokens=300)) == "Llama", "the 135M at 40"
    dear = replace(CLOUD, model=replace(GPT, name="Dear"), cost_usd_micros=200_000)
    assert name(decided(HARD, dear, CLOUD)) == "GPT"


def test_an_unknown_price_is_said() -> None:
    assert "The cost of GPT is unknown." in map(
        english, decided(HARD, BROWSER, replace(CLOUD, cost_usd_micros=None)).reasons
    )


def test_without_a_model_here_the_cloud_answers_and_the_receipt_says_so() -> None:
    assert "No model is set up on this device." in map(english, decided(EASY, CLOUD).reasons)


def test_a_receipt_survives_storage() -> None:
    decision = decided("And why?", last_place="cloud", reply_tokens=300, **AFTER_HARD)
    record = json.loads(json.dumps(as_words(decision.as_record(), in_records(english))))
    kept = decision_from({**record, "something of a later version": 1})
    assert json.loads(json.dumps(as_words(kept.as_record(), in_records(english)))) == record
    assert {"asks why or how", "needs thinking through"} <= {one.says for one in kept.worth_why}
    assert kept.winner is not None
    assert (kept.winner.model.name, kept.winner.is_away) == ("GPT", True)
    assert decision_from(decide(Situation(HARD), ()).as_record()).winner is None


def test_a_failed_cloud_is_replaced_by_the_best_here_and_never_by_another_cloud() -> None:
    other = replace(CLOUD, model=replace(GPT, id="other", name="Other"), quality=0.89)
    decision = decided(HARD, CLOUD, other, BROWSER, OLLAMA)
    fallen = decision.fallen_back("The server asks for a pause.")
    assert fallen is not None
    assert name(fallen) == "Llama"
    assert why_not(fallen) == "The server asks for a pause."
    assert english(fallen.reasons[0]) == (
        "GPT could not answer: The server asks for a pause. Using Llama on this device instead."
    )
    assert decided(HARD, CLOUD, other).fallen_back("Gone.") is None


def test_any_text_is_decided() -> None:
    for text in ("", "\x00", "?" * 50_000, "\ud800", "什么是量子力学？"):
        assert decided(text, previous_user=text, previous_reply=text).winner is not None
