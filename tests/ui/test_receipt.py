"""The receipt under an automatic reply: what was seen, who could have answered, and one tap to ask the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.places import Place
from app.core.values import Usage
from app.models.routing.decision import Decision, Situation
from app.models.routing.router import decide
from app.study.chats import Turn
from app.ui.parts.receipt import receipt, runs_in
from tests.models.routing.moments import ALL, BROWSER, CLOUD, EASY, GPT, HARD, LLAMA, TINY
from tests.ui.pages import Element, read
from tests.words import english

UNKNOWN_MODEL = replace(CLOUD, model=replace(GPT, id="cloud:far:new", name="New"), cost_usd_micros=None)


def decision(text: str = HARD, **moment: object) -> Decision:
    situation = replace(Situation(text=text, policy_share=0.3, reply_tokens=100), **moment)  # type: ignore[arg-type]
    return decide(situation, (*ALL, UNKNOWN_MODEL))


def draw(found: Decision) -> Element:
    turn = Turn("t1", "c", "q", "assistant", "Yes.", usage=Usage(1000, 500, counted=True), receipt=found.as_record())
    return read(receipt(turn, lambda model_id, usage: 1250 if model_id == GPT.id else None))


def buttons(page: Element) -> dict[str, str]:
    return {one.text: one.attributes.get("data-arg", "") for one in page.all("button")}


def test_it_says_why_both_scores_and_the_policy() -> None:
    found = decision()
    page = draw(found)
    assert english(found.reasons[0]) in page.text
    for score in (found.worth, found.difficulty, found.follow_up, found.threshold):
        assert f"{score:.2f}" in page.text
    assert english(found.worth_why[0].says) in page.text


def test_every_candidate_has_its_row_and_unknown_costs_are_never_nothing() -> None:
    page = draw(decision())
    rows = {row.all("th")[0].text: row.text for row in page.all("tr") if row.all("td") and len(row.all("td")) > 2}
    assert set(rows) >= {"Tiny", "Llama", "GPT", "New"}
    assert "free" in rows["Tiny"]
    assert "$0.00125" in rows["GPT"]
    assert "yes" in rows["GPT"]
    assert "unknown" in rows["New"]
    assert "$0" not in rows["New"]


@pytest.mark.parametrize(
    ("place", "words"),
    [(Place.COMPUTER, "this computer"), (Place.NETWORK, "your network"), (Place.CLOUD, "cloud")],
)
def test_a_candidate_of_ollamas_runs_where_its_server_is(place: Place, words: str) -> None:
    """Fault O8, next door: "this computer" of an Ollama on another one."""
    found = decision()
    there = replace(next(one for one in found.candidates if one.model == LLAMA), model=replace(LLAMA, place=place))
    assert runs_in(there) == words
    assert runs_in(next(one for one in found.candidates if one.model == TINY)) == "this browser"


def test_one_tap_asks_the_other_side_first() -> None:
    asks = [text for text in buttons(draw(decision(HARD))) if text.startswith("Ask ")]
    assert asks[0] == "Ask Llama"
    found = buttons(draw(decision(EASY)))
    first = next(text for text in found if text.startswith("Ask "))
    assert first == "Ask GPT (sent to OpenAI)"
    assert found[first] == f"t1 {GPT.id}"


def test_a_tap_never_gets_round_what_stands_above_the_policy() -> None:
    for moment in ({"is_private": True}, {"is_offline": True}):
        asks = [text for text in buttons(draw(decision(HARD, **moment))) if text.startswith("Ask ")]
        assert asks, "models on this device may be asked"
        assert not [text for text in asks if "sent to" in text]
    asks = [text for text in buttons(draw(decision(HARD, policy_share=0.0))) if "sent to" in text]
    assert asks, "a tap is consent, whatever the policy"
    no_key = replace(CLOUD, blocked="OpenAI needs its key.", is_barred=True)
    assert not [text for text in buttons(draw(decide(Situation(HARD), (BROWSER, no_key)))) if "sent to" in text]


def test_the_words_of_a_pause_bar_nobody() -> None:
    """They are the service's own, and may speak of keys or of what is private."""
    resting = replace(CLOUD, blocked="OpenAI asks for a pause: “Too many requests with this key.”")
    assert [text for text in buttons(draw(decide(Situation(HARD), (BROWSER, resting)))) if "sent to" in text]


def test_what_failed_and_what_is_not_readable_is_said() -> None:
    fallen = decision().fallen_back("OpenAI asks for a pause.")
    assert fallen is not None
    page = draw(fallen)
    assert "OpenAI asks for a pause." in page.text
    assert {TINY.name, LLAMA.name} & {one.text for one in page.all("strong")}
    odd = Turn("t1", "c", "q", "assistant", "", receipt={"candidates": 3})
    assert "cannot be read" in receipt(odd, lambda *_: None)


def test_the_table_is_a_table_to_a_screen_reader() -> None:
    page = draw(decision())
    assert all(one.attributes.get("scope") in ("col", "row") for one in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 2
