"""The receipt under an automatic reply: what was seen, who could have answered, and one tap to ask the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.places import Place
from app.core.values import Usage
from app.models.routing.decision import Decision, Situation
from app.models.routing.router import decide
from app.study.chats import Turn
from app.ui.parts.receipt import because, quality, receipt, runs_in, weighed
from tests.models.routing.moments import ALL, BROWSER, CLOUD, EASY, GPT, HARD, LLAMA, OLLAMA, TINY
from tests.ui.pages import Element, read
from tests.words import english

UNKNOWN_MODEL = replace(CLOUD, model=replace(GPT, id="cloud:far:new", name="New"), cost_usd_micros=None)


def decision(text: str = HARD, **moment: object) -> Decision:
    situation = replace(Situation(text=text, policy_share=0.3, reply_tokens=100), **moment)  # type: ignore[arg-type]
    return decide(situation, (*ALL, UNKNOWN_MODEL))


def kept(found: Decision) -> Turn:
    return Turn("t1", "c", "q", "assistant", "Yes.", usage=Usage(1000, 500, counted=True), receipt=found.as_record())


def draw(found: Decision) -> Element:
    """The card."""
    return read(receipt(kept(found), is_open=True))


def draw_details(found: Decision) -> Element:
    html = weighed(kept(found), lambda model_id, usage: 1250 if model_id == GPT.id else None)
    assert html is not None
    return read(html)


def buttons(page: Element) -> dict[str, str]:
    return {one.text: one.attributes.get("data-arg", "") for one in page.all("button")}


def test_one_sentence_says_who_answered_and_why_and_opens_the_rest() -> None:
    shut = read(receipt(kept(decision()), is_open=False))
    assert shut.text == "Answered by OpenAI: a hard question. Why?"
    button = shut.button("Why?")
    assert (button.attributes["data-on"], button.attributes["aria-expanded"]) == ("click:turns:why", "false")
    page = draw(decision())
    assert page.button("Hide").attributes["aria-expanded"] == "true"
    card = page.one("section", aria_label="Why this model")
    assert card.attributes["id"] == page.button("Hide").attributes["aria-controls"]
    assert card.one("h2").text == "Why this model"
    close = card.one("button", aria_label="Close")
    assert close.attributes["data-on"] == "click:turns:why"


SAID = {"previous_user": EASY, "previous_reply": "The capital of France is Paris."}

NONE_BETTER = "Answered on this computer: no cloud model you have connected is better."


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (decision(), "Answered by OpenAI: a hard question."),
        (decision(EASY), "Answered on this computer: not hard enough for a larger model."),
        (
            decision("And of Spain?", last_place="browser", last_model=TINY.id, **SAID),
            "Answered here: a follow-up question.",
        ),
        (decision(is_private=True), "Answered on this computer: no larger model was available."),
        (decide(Situation(EASY), (CLOUD,)), "Answered by OpenAI: no model on this device was available."),
        (decision("Thanks!", **SAID), "Answered on this computer: small talk never costs anything."),
        (decide(Situation(HARD), (OLLAMA, replace(CLOUD, quality=0.6))), NONE_BETTER),
        (replace(decision(), cause=""), "Answered by OpenAI: a hard question."),
        (decision().fallen_back("A pause."), "Answered on this computer: the first choice couldn't answer."),
        (decide(Situation(EASY), ()), "No model could answer this."),
    ],
)
def test_the_sentence_follows_from_what_was_weighed(found: Decision, says: str) -> None:
    assert english(because(found)) == says


def test_the_card_has_two_reasons_three_candidates_and_no_scores() -> None:
    found = decision()
    page = draw(found)
    assert [item.text for item in page.all("li")] == [english(one) for one in found.reasons[:2]]
    rows = page.one("tbody").all("tr")
    assert len(rows) == 3
    assert [cell.text for cell in page.one("thead").all("th")] == [
        "Could have answered",
        "Where",
        "Expected quality",
        "Time",
        "Cost",
    ]
    assert [row.all("th")[0].text for row in rows if row.all(class_="badge")] == ["GPT Chosen"]
    assert rows[0].text.startswith("GPT Chosen Cloud · OpenAI Excellent")
    assert f"{found.worth:.2f}" not in page.text
    assert page.one("a").attributes["href"] == "#/settings/automatic"
    another = page.button("Another model").attributes
    assert (another["popovertarget"], another["data-on"], another["data-arg"]) == ("again", "click:turns:again", "t1")


def test_what_could_not_answer_says_why() -> None:
    rows = draw(decision(is_private=True)).one("tbody").all("tr")
    away = next(row for row in rows if "GPT" in row.text or "New" in row.text)
    assert "private" in away.one("small").text


@pytest.mark.parametrize(
    ("score", "says"),
    [(None, "Unknown"), (0.2, "Basic"), (0.4, "Fair"), (0.6, "Good"), (0.8, "Very good"), (0.9, "Excellent")],
)
def test_a_quality_is_told_in_words(score: float | None, says: str) -> None:
    assert quality(score) == says


def test_the_details_tell_both_scores_and_the_policy() -> None:
    found = decision()
    page = draw_details(found)
    for score in (found.worth, found.difficulty, found.follow_up, found.threshold):
        assert f"{score:.2f}" in page.text
    assert english(found.worth_why[0].says) in page.text


def test_every_candidate_has_its_row_and_unknown_costs_are_never_nothing() -> None:
    page = draw_details(decision())
    rows = {row.all("th")[0].text: row.text for row in page.all("tr") if row.all("td") and len(row.all("td")) > 2}
    assert set(rows) >= {"Tiny", "Llama", "GPT", "New"}
    assert "Free" in rows["Tiny"]
    assert "$0.00125" in rows["GPT"]
    assert "Yes" in rows["GPT"]
    assert "Unknown" in rows["New"]
    assert "$0" not in rows["New"]


@pytest.mark.parametrize(
    ("place", "words"),
    [(Place.COMPUTER, "This computer"), (Place.NETWORK, "Your network"), (Place.CLOUD, "Cloud")],
)
def test_a_candidate_of_ollamas_runs_where_its_server_is(place: Place, words: str) -> None:
    """Fault O8, next door: "this computer" of an Ollama on another one."""
    found = decision()
    there = replace(next(one for one in found.candidates if one.model == LLAMA), model=replace(LLAMA, place=place))
    assert runs_in(there) == words
    assert runs_in(next(one for one in found.candidates if one.model == TINY)) == "This device"


def test_one_tap_asks_the_other_side_first() -> None:
    asks = [text for text in buttons(draw(decision(HARD))) if text.startswith("Ask ")]
    assert asks[0] == "Ask Llama instead"
    found = buttons(draw(decision(EASY)))
    first = next(text for text in found if text.startswith("Ask "))
    assert first == "Ask GPT instead (sent to OpenAI)"
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
    page = draw_details(fallen)
    assert "OpenAI asks for a pause." in page.text
    assert {TINY.name, LLAMA.name} & {one.text for one in page.all("strong")}
    assert "OpenAI asks for a pause." in draw(fallen).text
    odd = Turn("t1", "c", "q", "assistant", "", receipt={"candidates": 3})
    assert "can't be read" in read(receipt(odd, is_open=True)).text
    assert weighed(odd, lambda *_: None) is None


def test_the_table_is_a_table_to_a_screen_reader() -> None:
    for page in (draw(decision()), draw_details(decision())):
        assert all(one.attributes.get("scope") in ("col", "row") for one in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 2
