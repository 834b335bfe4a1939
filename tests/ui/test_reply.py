"""What stands under a question or an answer: its tools, the quiet line, and the figures behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.html import join
from app.core.places import Place
from app.core.values import Timing, Usage
from app.models.store.rows import Row, Status
from app.session import Session
from app.study.chats import Chat, Opinion, Turn
from app.study.checking.checks import checks_of
from app.study.tutored import Tutored
from app.ui.parts.figures import figures
from app.ui.parts.picker import again_list
from app.ui.parts.reply import MAY_CLAIM, Foot, again_dialog, foot, notes
from tests.models.store.test_manager import bundled
from tests.study.checking.test_sums import SUMS, UNITS
from tests.test_session_switching import CLOUD
from tests.ui.pages import Element, read, session

TURN = Turn(
    "t",
    "c",
    "q",
    "assistant",
    "Paris.",
    model_id="tiny",
    model_name="Tiny",
    where="on this device",
    engine="wllama",
    usage=Usage(9, 8, counted=True),
    timing=Timing(1.0, 0.5, 2.0, 23.6),
)


def under(turn: Turn, look: Foot = Foot(), made: Session | None = None) -> Element:  # noqa: B008 - frozen
    # The page puts the layer for another model beside the conversation; the button names it.
    return read(join(foot(made or session(), turn, look), again_dialog()))


def named(page: Element) -> dict[str, Element]:
    return {one.attributes.get("aria-label", one.text): one for one in page.one(id="x-t").all("button")}


def test_a_reply_has_its_tools_in_this_order() -> None:
    names = list(named(under(TURN, Foot(is_last=True))))
    assert names == [
        "Copy",
        "Regenerate",
        "Answer with another model",
        "Good answer",
        "Bad answer",
        "More",
        "Branch into a new chat",
        "Save as note",
        "Make a card",
        "Make cards from this reply",
        "Details",
    ]
    you = replace(TURN, role="user")
    assert list(named(under(you))) == ["Copy", "Edit"]


@pytest.mark.parametrize("reason", ["stopped", "length", "error", "closed"])
def test_what_was_cut_can_be_continued_where_it_is_the_last(reason: str) -> None:
    turn = replace(TURN, stop_reason=reason)  # type: ignore[arg-type]
    assert "Continue" in named(under(turn, Foot(is_last=True)))
    assert "Continue" not in named(under(turn))
    assert "Continue" not in named(under(TURN, Foot(is_last=True)))


def test_a_step_of_the_tutors_is_not_continued_but_its_answer_is() -> None:
    cut = replace(TURN, stop_reason="stopped")
    assert "Continue" not in named(under(replace(cut, tutor=Tutored("hint")), Foot(is_last=True)))
    assert "Continue" in named(under(replace(cut, tutor=Tutored("answer")), Foot(is_last=True)))


def test_what_a_closed_page_left_behind_says_so_in_one_sentence() -> None:
    closed = replace(TURN, stop_reason="closed")
    assert read(notes(closed, is_live=False)).text.startswith("The page was closed or put to sleep before the reply en")
    assert read(notes(closed, is_live=True)).text == ""
    early = read(notes(replace(closed, text=""), is_live=False))
    assert early.text == "The page was closed or put to sleep before the reply began. Try again"


@pytest.mark.parametrize(
    ("opinion", "good", "bad"), [("", "false", "false"), ("good", "true", "false"), ("bad", "false", "true")]
)
def test_an_opinion_is_a_pressed_button(opinion: Opinion, good: str, bad: str) -> None:
    found = named(under(replace(TURN, opinion=opinion)))
    assert found["Good answer"].attributes["aria-pressed"] == good
    assert found["Bad answer"].attributes["aria-pressed"] == bad


def test_while_a_reply_is_made_only_what_asks_nobody_can_be_done() -> None:
    found = named(under(TURN, Foot(is_busy=True)))
    off = [name for name, button in found.items() if "disabled" in button.attributes]
    assert off == ["Regenerate", "Answer with another model"]


@pytest.mark.parametrize(
    ("place", "model_id", "told", "says"),
    [
        (Place.BROWSER, "tiny", "on this device", "on this device"),
        (Place.COMPUTER, "ollama:llama3.2:1b", "stays on this computer", "on this computer"),
        (Place.CLOUD, "cloud:gemini:gemini-flash", "sent to Google", "Google · your key"),
        (Place.CLOUD, "cloud:own-school:tutor", "sent to school.example", "sent to school.example"),
        (Place.NETWORK, "ollama:llama3.2:1b", "sent to 192.168.1.20", "sent to 192.168.1.20"),
    ],
)
def test_one_quiet_line_says_who_where_and_how_fast(place: Place, model_id: str, told: str, says: str) -> None:
    turn = replace(TURN, place=place, model_id=model_id, where=told)
    line = under(turn).one("p", class_="meta")
    assert line.text == f"Tiny · {says} · 24 tok/s"
    button = line.one("button")
    assert (button.attributes["aria-label"], button.attributes["aria-expanded"]) == ("Details", "false")
    assert not under(turn).all("dl")


def test_details_open_all_figures() -> None:
    page = under(TURN, Foot(has_details=True))
    button = page.one("p", class_="meta").one("button")
    part = page.one("section", aria_label="Details")
    assert button.attributes["aria-expanded"] == "true"
    assert button.attributes["aria-controls"] == part.attributes["id"]
    names = [one.text for one in part.all("dt")]
    assert names == [
        "Time to first token",
        "Total time",
        "Tokens written",
        "Tokens read",
        "Loading the model",
        "Cost",
        "Engine",
    ]
    assert "Free" in part.text


def test_a_stopped_reply_tells_what_is_known_and_an_empty_one_nothing() -> None:
    stopped = replace(TURN, usage=Usage(), timing=Timing(), engine="", stop_reason="stopped")
    assert under(stopped).one("p", class_="meta").text == "Tiny · on this device"
    assert read(figures(stopped)).all("dt") == []
    assert not under(replace(stopped, text="")).all("p", class_="meta")


def test_a_reply_that_repeated_itself_says_so_and_can_be_tried_again() -> None:
    page = read(notes(replace(TURN, stop_reason="repeating"), is_live=False))
    assert page.text == "Stopped: the model was repeating itself. Try again"
    assert page.button("Try again").attributes["data-on"] == "click:chat:regenerate"


def test_any_model_can_be_picked_for_another_answer_and_unusable_ones_say_why() -> None:
    made = session(Row(bundled(), Status.READY))
    made.state.chat.set(Chat("c", path=("q", "t"), is_private=True))
    made.state.turns.set((replace(TURN, model_id=bundled().id),))
    made.state.cloud.set((CLOUD,))
    made.state.asking_again.set("t")
    options = {one.one("strong").text: one for one in read(again_list(made)).all(role="option")}
    here = options[bundled().name].attributes
    assert (here["data-on"], here["data-arg"]) == ("click:chat:ask-other", f"t {bundled().id}")
    assert here["aria-selected"] == "true"
    far = options["Far"]
    assert far.attributes["aria-disabled"] == "true"
    assert "data-on" not in far.attributes
    assert "private" in far.text.casefold()
    made.state.finding_again.set("nothing like it")
    assert not read(again_list(made)).all(role="option")


def test_the_layer_for_it_has_a_field_that_names_its_list() -> None:
    dialog = read(again_dialog()).one(role="dialog")
    assert dialog.attributes["aria-label"] == "Answer with"
    field = dialog.one("input")
    assert dialog.one(role="listbox").attributes["id"] == field.attributes["aria-controls"]


def test_a_receipt_that_cannot_be_read_costs_only_itself() -> None:
    page = under(replace(TURN, receipt={"candidates": 3}), Foot(has_details=True, has_why=True))
    assert "can't be read" in page.text
    assert page.all("dl")


def test_what_can_be_checked_is_looked_for_where_it_may_be_and_nowhere_else() -> None:
    """The check itself takes its time in a long chat."""
    code = ("```python\nprint(6 * 7)\n```\nOutput:\n```\n42\n```", "  ~~~ Py\nprint(1)  # Output: 1\n  ~~~")
    said = ("3/4 is **0.75**", r"So \(17 \times 23\) is \(391\).", "3 + 4 ergeben 7", "2 + 2 is equal to 4")
    for text in (*code, *said, *(line for line, _ in (*SUMS, *UNITS))):
        assert checks_of(text), text
        assert MAY_CLAIM.search(text), text
    for text in ("The 3 tides are strong.", "In 1990 it is told.", "```js\nlet a;\n```", "Paris."):
        assert not MAY_CLAIM.search(text), text
