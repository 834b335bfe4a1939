"""What a card shows, and which cards a note has."""

from __future__ import annotations

import pytest

from app.study.practice.faces import MOST_DEPTH, Face, cards_of, face, gap, in_one_line, is_empty, ordinals
from app.study.practice.records import Card, CardTemplate, Note, NoteType

CLOZE = Note(
    "n", kind="cloze", fields=("The {{c1::ebb::water}} follows {{c3::the {{c1::flood}} tide}}.", "Twice a day")
)


def test_front_and_back_change_places_on_the_second_card_of_a_reversed_note() -> None:
    note = Note("n", kind="reversed", fields=("dog", "Hund"))
    assert [face(note, ordinal) for ordinal in ordinals(note)] == [Face("dog", "Hund"), Face("Hund", "dog")]
    assert ordinals(Note("n", fields=("dog", "Hund"))) == (0,)
    assert face(Note("n", fields=("dog",)), 0) == Face("dog", "")


def test_a_cloze_has_a_card_for_each_number_and_shows_its_hints() -> None:
    assert ordinals(CLOZE) == (0, 2)
    assert face(CLOZE, 0) == Face(
        "The **[water]** follows the **[…]** tide.", "The **ebb** follows the **flood** tide.", "Twice a day", True
    )
    assert face(CLOZE, 2) == Face(
        "The ebb follows **[…]**.", "The ebb follows **the flood tide**.", "Twice a day", True
    )


@pytest.mark.parametrize(
    ("text", "front", "back"),
    [
        (r"$x={{c1::\frac{a}{b}}}$", r"$x=[\,\ldots\,]$", r"$x=\frac{a}{b}$"),
        (r"$$y={{c1::2}}$$", r"$$y=[\,\ldots\,]$$", "$$y=2$$"),
        (r"It costs \$5 {{c1::today}}", r"It costs \$5 **[…]**", r"It costs \$5 **today**"),
        ("{{c1::a formula $x$}}", "**[…]**", "a formula $x$"),
        ("{{c1::never shut", "{{c1::never shut", "{{c1::never shut"),
        ("{{c0::zero}} {{c1::one}}", "{{c0::zero}} **[…]**", "{{c0::zero}} **one**"),
        ("{{C1::Std::vector}}", "**[vector]**", "**Std**"),
        ("{{c1::}}", "**[…]**", ""),
    ],
)
def test_odd_gaps(text: str, front: str, back: str) -> None:
    shown = face(Note("n", kind="cloze", fields=(text,)), 0)
    assert (shown.front, shown.back) == (front, back)


def test_many_gaps_that_are_never_shut_cost_no_time() -> None:
    note = Note("n", kind="cloze", fields=("{{c1::" * 400,))
    assert ordinals(note) == ()
    assert is_empty(note)


def test_gaps_stand_in_gaps_only_so_deep() -> None:
    note = Note("n", kind="cloze", fields=("{{c1::" * 2000 + "deep" + "}}" * 2000,))
    assert ordinals(note) == (0,)
    assert face(note, 0).front == "**[…]**"
    left = 2000 - MOST_DEPTH - 1
    assert face(note, 0).back == "**" + "{{c1::" * left + "deep" + "}}" * left + "**"
    assert in_one_line(note)
    assert ordinals(Note("n", kind="cloze", fields=("{{c1::" * 30_000 + "{{c2::x}}" * 10_000,))) == (1,)


def test_a_formula_in_gaps_in_gaps_keeps_its_braces() -> None:
    note = Note("n", kind="cloze", fields=(r"{{c1::a {{c2::$x^{2}$}} {{c3::\frac{a}{b}}}}} {{c4::{y{z}}}}",))
    assert ordinals(note) == (0, 1, 2, 3)
    assert face(note, 0).back == r"a $x^{2}$ \frac{a}{b} {y{z}}"
    assert face(note, 3).front == r"a $x^{2}$ \frac{a}{b} **[…]**"


def test_what_would_ask_nothing_is_empty() -> None:
    assert is_empty(Note("n", fields=(" ", "answer")))
    assert is_empty(Note("n", kind="cloze", fields=("no gap",)))
    assert not is_empty(CLOZE)


def test_cards_that_are_here_stay_and_new_gaps_make_new_ones() -> None:
    here = (Card("a", "n", 0, reps=5), Card("b", "n", 7, reps=2))
    made = cards_of(CLOZE, lambda: "new", 9.0, here)
    assert made == [here[0], Card("new", "n", 2, added_at=9.0, updated=9.0)]


def test_words_of_a_text_become_a_gap() -> None:
    assert gap("Ebb follows flood.", "flood", 2, "rising") == "Ebb follows {{c2::flood::rising}}."
    assert gap("Ebb", "flood", 1) == "Ebb"


def test_a_note_in_one_line() -> None:
    assert in_one_line(CLOZE) == "The ebb follows the flood tide."
    assert in_one_line(Note("n", fields=("# **Ebb**\n\nand [flood](x) <b>now</b>",))) == "Ebb and flood now"
    assert in_one_line(Note("n", fields=("a" * 500,)), 10) == "aaaaaaaaa…"


def test_html_of_another_program_is_shown_as_markdown() -> None:
    note = Note("n", kind="basic", markup="html", fields=("<b>Q</b> \\(x\\)<script>y</script>", "a * b"))
    assert face(note, 0) == Face("**Q** $x$", "a \\* b")
    cloze = Note("n", kind="cloze", markup="html", fields=("{{c1::<b>tide</b>}} \\({{c2::x^{2}}}\\)", "<i>e</i>"))
    assert face(cloze, 0) == Face("**[…]** $x^{2}$", "**tide** $x^{2}$", "*e*", is_cloze=True)
    assert face(cloze, 1).front == "**tide** $[\\,\\ldots\\,]$"
    assert in_one_line(note) == "Q \\(x\\)"


def test_a_note_type_of_another_program_asks_by_its_templates() -> None:
    kind = NoteType(
        "1", "K", ("Word", "Sense"), (CardTemplate("a", "{{Word}}?", "{{FrontSide}}<hr id=answer>{{Sense}}"),)
    )
    note = Note("n", kind="other", markup="html", fields=("ebb", "<b>out</b>"))
    assert face(note, 0, kind) == Face("ebb?", "**out**")
    assert face(note, 0) == Face("ebb", "**out**")
    here = (Card("a", "n", 0), Card("b", "n", 1))
    assert cards_of(note, str, 9.0, here) == list(here), "none of its cards goes when it is changed"
    cloze = NoteType("1", "K", ("Text",), (CardTemplate("a", "{{cloze:Text}}!", "{{cloze:Text}}."),), "", is_cloze=True)
    gaps = Note("n", kind="other", markup="html", fields=("{{c1::a}} b",))
    assert face(gaps, 0, cloze) == Face("**[…]** b!", "**a** b.", is_cloze=True)
